"""The sender: takes letters from the outbox, brings them over a transport, and marks what became of them.

Sending happens outside every transaction. A letter whose outcome is unknown is sent again only where the row says so
(`repeat`), everything else that fails ends in the stuck report for a person to act on.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from bot.channels.official_trouble import ApiFailed, Trouble
from bot.finishing import to_the_end
from bot.metrics import LETTERS
from storage.database import is_passing_fault
from storage.outbox import Letter, Post, Repeat
from storage.routes import Route, routes_of
from storage.shared import Shared

log = structlog.get_logger()

TOPIC = "outbox"
# With a wake-up for every new letter, looking again only finds what is due by its time.
LOOK_EVERY_S = 1.0
AT_ONCE = 32
MAX_ATTEMPTS = 5
RETRY_AFTER = (5, 20, 60, 300, 900)  # seconds after the first, second … failed attempt
# Pauses between tries to write what became of a letter; in all less than its lease.
NOTE_AGAIN_S = (0.1, 0.3, 0.6, 1.0, 2.0, 4.0, 8.0, 16.0)
PAUSE = {Trouble.RATE_MIN: timedelta(seconds=65), Trouble.RATE_DAY: timedelta(hours=1)}
_PASSING = frozenset({Trouble.BUSY, Trouble.RATE_MIN, Trouble.RATE_DAY, Trouble.TOKEN, Trouble.CONFIG})


class Transport(Protocol):
    """A way to people. Raises ApiFailed with a Trouble that says what to do."""

    async def send(self, route: Route, text: str) -> None: ...


class Sender:
    def __init__(
        self,
        post: Post,
        transports: Mapping[tuple[str, str], Transport],
        clock: Callable[[], datetime],
        shared: Shared,
    ) -> None:
        """`transports` by (channel, account)."""
        self._post = post
        self._transports = transports
        self._clock = clock
        self._shared = shared
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Send until cancelled, and then finish what is under way; a fault of the database is waited out."""
        while True:
            try:
                sent = await to_the_end(self.send_due())
            except Exception as error:
                if not is_passing_fault(error):
                    log.exception("sender.failed", error=type(error).__name__)
                await asyncio.sleep(1.0)
                continue
            if not sent:
                await self._shared.wait(TOPIC, LOOK_EVERY_S)

    async def send_due(self) -> int:
        """Send what is due now; return how many letters were taken."""
        letters = await asyncio.to_thread(self._post.claim, self._clock())
        if not letters:
            return 0
        routes = await asyncio.to_thread(routes_of, self._post.database, letters)
        # Letters to one address keep their order; different addresses do not wait for each other.
        by_address = itertools.groupby(
            sorted(letters, key=lambda letter: letter.address), lambda letter: letter.address
        )
        sending = (self._send_all(list(group), routes) for _, group in by_address)
        for ended in await asyncio.gather(*sending, return_exceptions=True):  # one that fails leaves none half done
            if isinstance(ended, BaseException):
                raise ended
        return len(letters)

    async def _send_all(self, letters: list[Letter], routes: Mapping[int, list[Route]]) -> None:
        async with self._gate:
            for letter in letters:
                await self._send(letter, routes[letter.id])

    async def _send(self, letter: Letter, routes: list[Route]) -> None:
        now = self._clock()
        if letter.not_after is not None and now > letter.not_after:
            return await self._end(letter, "dropped", "too late")
        failed = await self._over_any(letter, routes)
        if failed is None:
            return await self._end(letter, "sent", "")
        if failed is Trouble.UNKNOWN_OUTCOME and letter.repeat is Repeat.NEVER:
            return await self._end(letter, "stuck", failed.value)
        if (failed in _PASSING or failed is Trouble.UNKNOWN_OUTCOME) and letter.attempts < MAX_ATTEMPTS:
            wait = PAUSE.get(failed, timedelta(seconds=RETRY_AFTER[letter.attempts - 1]))
            log.info("letter.waits", message=letter.cause, letter=letter.id, purpose=letter.purpose, why=failed.value)
            return await self._note(self._post.put_back, letter, now + wait, failed.value)
        return await self._end(letter, "stuck", failed.value)

    async def _over_any(self, letter: Letter, routes: list[Route]) -> Trouble | None:
        """Try each way in turn; None once one took it. What may have arrived is not sent over a second way."""
        failed = Trouble.UNREACHABLE
        for route in routes:
            transport = self._transports.get((route.channel, route.account))
            if transport is None:
                continue
            try:
                await transport.send(route, letter.text)
            except ApiFailed as trouble:
                failed = trouble.trouble
                if failed is Trouble.UNKNOWN_OUTCOME or failed in _PASSING:
                    return failed
                continue
            return None
        return failed

    async def _end(self, letter: Letter, state: str, error: str) -> None:
        LETTERS.labels(state).inc()
        note = log.info if state == "sent" else log.warning
        note("letter.ended", message=letter.cause, letter=letter.id, purpose=letter.purpose, state=state, why=error)
        await self._note(self._post.mark, [letter], state, self._clock(), error)

    async def _note(self, change: Callable[..., None], *facts: Any) -> None:
        """Write what became of a letter; patient with the database, for one that is not marked is sent again."""
        for pause in (*NOTE_AGAIN_S, None):
            try:
                return await asyncio.to_thread(change, *facts)
            except Exception as error:
                if pause is None or not is_passing_fault(error):
                    raise
                await asyncio.sleep(pause)
        return None
