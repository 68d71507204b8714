"""The sender: takes letters from the outbox, brings them on their way, and writes what became of them.

Sending happens outside every transaction. Letters of one address go one after the other, a hundred addresses at a
time; what was learnt is written in the background, many letters to a transaction. A letter whose outcome is unknown is
sent again only where its row says so (`repeat`); everything else that fails ends in the stuck report for a person.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from bot.delivering import Delivering
from bot.finishing import to_the_end
from bot.parcel import Transport
from bot.sending import State
from storage.database import is_passing_fault
from storage.letters import Journal, Letter
from storage.outbox import Post
from storage.routes import Route, find_routes
from storage.shared import Shared
from storage.windows import read_accounts

__all__ = ["TOPIC", "Sender", "Transport"]

log = structlog.get_logger()

TOPIC = "outbox"
# With a wake-up for every new letter, looking again only finds what is due by its time.
LOOK_EVERY_S = 1.0
AT_ONCE = 100
# Letters held by this sender, being sent or waiting for a place; claimed anew when a quarter of them is gone, so that a
# hundred are always on their way while the next are fetched.
IN_HAND = 400
REFILL_AT = 300
# Between two writes, while more are on their way: one transaction for a dozen letters instead of two. A crash within it
# repeats no more than what was under way.
GATHER_S = 0.02
# Pauses between tries to write what became of a letter; in all less than its lease.
NOTE_AGAIN_S = (0.1, 0.3, 0.6, 1.0, 2.0, 4.0, 8.0, 16.0)


class Sender:
    def __init__(
        self,
        post: Post,
        transports: Mapping[tuple[str, str], Transport],
        clock: Callable[[], datetime],
        shared: Shared,
        state: State | None = None,
        relay: Callable[[Letter, datetime], Awaitable[bool]] | None = None,
    ) -> None:
        """`transports` by (channel, account); `relay` hands a letter to a group nobody can write to to a cadre."""
        self._post = post
        self._transports = transports
        self._clock = clock
        self._shared = shared
        self._state = state or State()
        self._relay = relay
        self._waiting: deque[tuple[list[Letter], dict[int, list[Route]]]] = deque()
        self._in_hand = 0
        self._room = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()
        self._writing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Send until cancelled, and then finish what is under way; a fault of the database is waited out."""
        try:
            while True:
                await self._until_room()
                try:
                    taken = await to_the_end(self._take())
                except Exception as error:
                    if not is_passing_fault(error):
                        log.exception("sender.failed", error=type(error).__name__)
                    await asyncio.sleep(1.0)
                    continue
                if not taken:
                    await self._shared.wait(TOPIC, LOOK_EVERY_S)
        finally:
            await to_the_end(self._finish())

    async def send_due(self) -> int:
        """Send what is due now and wait for it; return how many letters were taken."""
        taken = await self._take()
        await self._finish()
        return taken

    async def _until_room(self) -> None:
        """Wait while we hold as many letters as we can carry."""
        while self._in_hand > REFILL_AT:
            self._room.clear()
            await self._room.wait()

    async def _take(self) -> int:
        """Claim as many letters as there is room for and set them on their way."""
        letters, routes = await asyncio.to_thread(self._claim, IN_HAND - self._in_hand)
        for _, group in itertools.groupby(sorted(letters, key=_by_address), key=lambda letter: letter.address):
            self._waiting.append((list(group), routes))
        for _ in range(min(AT_ONCE - len(self._running), len(self._waiting))):
            task = asyncio.create_task(self._carry())
            self._running.add(task)
            task.add_done_callback(self._running.discard)  # one cancelled before it began
        self._in_hand += len(letters)
        return len(letters)

    async def _carry(self) -> None:
        """One of the hundred: bring address after address on its way while any waits."""
        try:
            while self._waiting:
                await self._deliver(*self._waiting.popleft())
        finally:  # at once, not by a callback a moment later: whoever takes letters counts who is there to carry them
            self._running.discard(asyncio.current_task())

    def _claim(self, room: int) -> tuple[list[Letter], dict[int, list[Route]]]:
        now = self._clock()
        letters = self._post.claim(now, room)
        if not letters:
            return [], {}
        with self._post.database.read() as connection:
            routes = find_routes(connection, letters)
            rests, spent = read_accounts(connection, now)
        self._state.rests.merge(rests)
        self._state.know_spent(spent, now)
        return letters, routes

    async def _deliver(self, letters: list[Letter], routes: dict[int, list[Route]]) -> None:
        many = len(letters)
        try:
            if await self._relayed(letters, routes):
                return
            await Delivering(self._state, self._transports, self._clock, routes).deliver(letters)
        except Exception as error:
            # A defect of ours in one letter must not stop the others; its lease runs out and it is looked at again.
            log.exception("letter.failed", letter=letters[0].id, error=type(error).__name__)
        finally:
            self._in_hand -= many
            if self._in_hand <= REFILL_AT:
                self._room.set()
            self._write_soon()

    async def _relayed(self, letters: list[Letter], routes: dict[int, list[Route]]) -> bool:
        """Letters to an ordinary group go to the cadre who forwards them; False where nobody takes them."""
        first = letters[0]
        if first.kind != "group" or routes[first.id] or self._relay is None:
            return False
        left = []
        for letter in letters:
            is_late = letter.not_after is not None and self._clock() > letter.not_after
            if is_late or not await self._relay(letter, self._clock()):
                left.append(letter)
        letters[:] = left
        return not left

    # -- writing

    def _write_soon(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write what has gathered until nothing is left; patient with the database, for one unmarked is sent again."""
        while self._state.journal:
            journal, self._state.journal = self._state.journal, Journal()
            await self._note(self._post.write, journal, self._clock())
            if self._running:
                await asyncio.sleep(GATHER_S)

    async def _note(self, change: Callable[..., None], *facts: Any) -> None:
        for pause in (*NOTE_AGAIN_S, None):
            try:
                return await asyncio.to_thread(change, *facts)
            except Exception as error:
                if pause is None or not is_passing_fault(error):
                    log.exception("letters.unmarked", error=type(error).__name__)
                    return None
                await asyncio.sleep(pause)
        return None

    async def _finish(self) -> None:
        """Let what is under way arrive, and write it down."""
        while self._running:
            await asyncio.wait(self._running)
        self._write_soon()
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})


def _by_address(letter: Letter) -> tuple[str, int, int]:
    return letter.address, letter.priority, letter.id
