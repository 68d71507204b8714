"""The turn: where messages wait, are played person by person, share a commit, and get their replies.

Everything that waits for a network is on the event loop; a turn waits for nothing but the database and runs on the
writer thread, so a person's messages keep their order. Nothing is acknowledged before it is committed.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.lane import ACCEPT_AFTER_S, Lane
from bot.metrics import BATCH_SIZE, FAILURES, TURNS
from bot.tickets import BUSY, LATER, Answer, Carrier, Delivery, Made, Maker, Ticket
from domain.messages import SPOKEN, Incoming
from storage.batch import Batch
from storage.database import Database, is_passing_fault, sentence_of
from storage.inbox import Entry, Key, key_of
from storage.outbox import Priority
from storage.storable import storable
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from storage.windows import CHANNEL as OFFICIAL

log = structlog.get_logger()

# Messages that may wait in memory. More are refused (503), so that the platform keeps them for us.
MAX_WAITING = 10_000
# The platform hangs up after 5 s; what is not committed by then is refused while it still listens.
HARD_LIMIT_S = 4.6
# How often it is looked whose time is up.
LOOK_EVERY_S = 0.1
# Pauses between tries when the database itself is at fault; the last one repeats until it is back.
FAULT_PAUSES_S = (0.05, 0.2, 0.5, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to: the reply (None: nothing to say), and whether it is secret.

    `kept` is stored in the reply's place where even a sealed reply may not be kept (a secret vote): a redelivery and
    the outbox say that instead.
    """

    reply: str | None
    is_secret: bool = False
    kept: str | None = None


class Play(Protocol):
    """What is done with a message (bot/dispatch.py); raises only on a defect of ours."""

    def __call__(self, store: Store, incoming: Incoming, now: datetime) -> Outcome: ...

    def listen_ahead(self, store: Store, incomings: Sequence[Incoming], now: datetime) -> None:
        """Read the words of a whole batch before its turns; it may be left out."""

    def apology(self, store: Store, incoming: Incoming) -> str:
        """What the person is told when his message was parked."""


def _always() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


class _AsItIs:
    """The answer itself, for whoever is no platform."""

    def make(self, answer: Answer) -> Answer:
        return answer

    def given(self, answer: Answer) -> None:
        pass


class Line:
    """The straight line from an authentic message to its reply."""

    def __init__(
        self,
        database: Database,
        play: Play,
        clock: Callable[[], datetime],
        vault: Vault,
        *,
        budget_s: float = 3.5,
        ready: threading.Event | None = None,
        on_letters: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._play = play
        self._clock = clock
        self._vault = vault
        self._budget = budget_s
        self._on_letters = on_letters
        self._ready = ready or _always()
        self._directories = DirectoryCache()
        self._running: dict[Key, Ticket] = {}
        self._lane = Lane()
        self._writer = threading.Thread(target=self._work, args=(self._lane,), name="writer", daemon=True)
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop
        self._stopping = threading.Event()

    # -- on the event loop

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._writer.start()

    async def stop(self) -> None:
        """Play or at least keep everything that is waiting, then end."""
        self._stopping.set()
        self._lane.close()
        if self._writer.is_alive():
            await asyncio.to_thread(self._writer.join, 10)
        if self._timer is not None:
            self._timer.cancel()

    @property
    def is_playing(self) -> bool:
        """Does the thread live that plays the messages?"""
        return self._writer.is_alive()

    @property
    def waiting(self) -> int:
        return len(self._running)

    async def submit(self, incoming: Incoming) -> Answer:
        """Bring one authentic message to its turn; return what its sender is answered with, inside the window."""
        future: asyncio.Future[Answer] = self._loop.create_future()
        self.bring(storable(incoming), future, _AsItIs(), time.monotonic())
        self.wake()
        return await future

    def bring(self, incoming: Incoming, future: asyncio.Future[Made], maker: Maker[Made], arrived: float) -> None:
        """The same for one of many that came at `arrived` (monotonic seconds), from which its window counts.

        `maker` turns the answer into what the future is given. `wake` comes after all. The message must be one the
        database takes (storage/storable.py), as whatever was read from XML is.
        """
        delivery = Delivery(future, maker, arrived + self._budget, arrived + HARD_LIMIT_S)
        if len(self._running) >= MAX_WAITING and key_of(incoming) not in self._running:
            delivery.answer(BUSY)
            return
        self._ticket(incoming, delivery, arrived)
        if self._timer is None:
            self._timer = self._loop.call_later(LOOK_EVERY_S, self._expire)

    def wake(self) -> None:
        """Let the writer see what was brought: messages that came together then share a commit."""
        self._lane.wake()

    def enqueue(self, incoming: Incoming) -> None:
        """Bring a message that is already durable (a retry, an orphan) or made by ourselves (a tick) to its turn."""
        if key_of(incoming) not in self._running:
            self._ticket(incoming, None, time.monotonic(), is_accepted=True)
            self.wake()

    def _ticket(
        self, incoming: Incoming, delivery: Delivery[Any] | None, arrived: float, *, is_accepted: bool = False
    ) -> Ticket:
        key = key_of(incoming)
        ticket = self._running.get(key)
        if ticket is None:
            ticket = self._running[key] = Ticket(incoming, arrived, is_accepted)
            self._lane.put(ticket)
        if delivery is not None:
            ticket.join(delivery)
        return ticket

    def _expire(self) -> None:
        """Answer deliveries whose time is up: `success` where the message is safe, 503 at the very last."""
        now = time.monotonic()
        for ticket in self._running.values():
            if ticket.arrived + self._budget > now:  # in the order of their arrival
                break
            for delivery in [each for each in ticket.deliveries if each.until <= now and not each.future.done()]:
                if ticket.is_accepted and ticket.leave(delivery):
                    delivery.answer(LATER)
                elif delivery.last <= now and ticket.leave(delivery, by_force=True):
                    ticket.is_missed = ticket.is_accepted  # a 503 brings the platform back, `success` does not
                    delivery.answer(LATER if ticket.is_accepted else BUSY)
        self._timer = self._loop.call_later(LOOK_EVERY_S, self._expire) if self._running else None

    def _deliver(self, done: Sequence[tuple[Ticket, Answer]], *, has_news: bool) -> None:
        for ticket, answer in done:
            self._running.pop(key_of(ticket.incoming), None)
            if not ticket.answer(answer) and answer.carrier is Carrier.REPLY and ticket.is_missed:
                self._ticket(ticket.incoming, None, time.monotonic(), is_accepted=True).is_missed = True
                self.wake()
        if has_news:
            self._on_letters()

    # -- on a writer thread

    def _work(self, lane: Lane) -> None:
        while not self._ready.wait(ACCEPT_AFTER_S) and not self._stopping.is_set():
            # The rules are still being read: what came meanwhile is made safe, and answered through the outbox.
            if late := lane.late():
                self._accept(late)
        if not self._ready.is_set():  # stopped before that: the next start plays what is kept here
            return self._accept(lane.unkept())
        while tickets := lane.take():
            try:
                self._persist(tickets)
            except Exception:
                # Nobody else plays messages: whatever it was, and even if it cannot be logged, this thread goes on.
                self._let_go(tickets)
            if late := lane.late():
                self._accept(late)
        return None

    def _persist(self, tickets: Sequence[Ticket]) -> None:
        """Play a batch until it is committed. Rows at fault are found by playing it again one by one; never raises."""
        try:
            self._patiently(lambda: self._play_batch(tickets), tickets)
        except Exception as error:
            log.exception("batch.failed", size=len(tickets), error=type(error).__name__)
            if len(tickets) > 1:
                for ticket in tickets:
                    self._persist([ticket])
            else:
                self._note_failure(tickets[0], error)

    def _patiently(self, work: Callable[[], None], tickets: Sequence[Ticket]) -> None:
        """Do it, again and again while the database itself is at fault; raises every other error."""
        for tries in itertools.count():
            try:
                work()
                return
            except Exception as error:
                for ticket in tickets:
                    ticket.release()
                if not is_passing_fault(error):
                    raise
                cause = sentence_of(error)
                log.warning("database.fault", error=type(error).__name__, cause=cause, size=len(tickets), tries=tries)
                if self._stopping.is_set() and tries >= len(FAULT_PAUSES_S):
                    return
                time.sleep(FAULT_PAUSES_S[min(tries, len(FAULT_PAUSES_S) - 1)])

    def _note_failure(self, ticket: Ticket, error: Exception) -> None:
        """The turn's own rows were refused by the database: keep the message and try again later."""
        try:
            self._patiently(lambda: self._keep_failed(ticket, error), [ticket])
        except Exception as fault:
            # Not even its inbox row can be written. It must not take the lane, and with it the village, down.
            log.exception("message.lost", message=ticket.incoming.digest, error=type(fault).__name__)
            self._let_go([ticket])

    def _let_go(self, tickets: Sequence[Ticket]) -> None:
        """Leave messages to the sweeper where they are in the inbox, to the platform where they are not."""
        done = [(ticket, LATER if ticket.is_accepted else BUSY) for ticket in tickets]
        self._loop.call_soon_threadsafe(lambda: self._deliver(done, has_news=False))

    def _keep_failed(self, ticket: Ticket, error: Exception) -> None:
        now = self._clock()
        with Batch(self._database) as batch:
            store = Store(batch, self._directories, self._vault, [ticket.incoming])
            store.prefetch([ticket.incoming], now)
            answer = self._fail(store, ticket, error, now)
        self._loop.call_soon_threadsafe(lambda: self._deliver([(ticket, answer)], has_news=False))

    def _play_batch(self, tickets: Sequence[Ticket]) -> None:
        now = self._clock()
        with Batch(self._database) as batch:
            incomings = [ticket.incoming for ticket in tickets]
            store = Store(batch, self._directories, self._vault, incomings)
            store.prefetch(incomings, now)
            if len(tickets) > 1:
                self._play.listen_ahead(store, incomings, now)
            done = []
            for place, ticket in enumerate(tickets, start=1):
                batch.left = len(tickets) - place
                done.append((ticket, self._play_one(store, ticket, now)))
            self._prepare(done)
        BATCH_SIZE.observe(len(tickets))
        TURNS.inc(len(tickets))
        news = store.outbox.has_news
        self._loop.call_soon_threadsafe(lambda: self._deliver(done, has_news=news))

    def _prepare(self, done: Sequence[tuple[Ticket, Answer]]) -> None:
        """Let the event loop seal the replies while this thread waits for the commit; they leave only after it."""
        replies = [(ticket, answer) for ticket, answer in done if answer.carrier is Carrier.REPLY]

        def prepare() -> None:
            for ticket, answer in replies:
                ticket.prepare(answer)

        if replies:
            self._loop.call_soon_threadsafe(prepare)

    def _play_one(self, store: Store, ticket: Ticket, now: datetime) -> Answer:
        store.batch.cause = ticket.incoming.digest
        entry = store.inbox.entry(ticket.incoming)
        if entry is not None and entry.is_finished:
            return self._replay(store, ticket, entry, now)
        try:
            with store.batch.turn():
                return self._turn(store, ticket, now)
        except Exception as error:
            if is_passing_fault(error):
                raise
            ticket.release()
            return self._fail(store, ticket, error, now)

    def _turn(self, store: Store, ticket: Ticket, now: datetime) -> Answer:
        incoming = ticket.incoming
        outcome = self._play(store, incoming, now)
        self._hear(store, incoming, now)
        if outcome.reply is None:
            store.inbox.finish(incoming, None, "none", is_secret=outcome.is_secret)
            return LATER
        kept = outcome.kept or outcome.reply
        is_sealed = outcome.is_secret and not outcome.kept
        if ticket.take():
            store.inbox.finish(incoming, kept, "response", is_secret=outcome.is_secret, is_sealed=is_sealed)
            return Answer(Carrier.REPLY, outcome.reply)
        row = store.inbox.finish(incoming, kept, "outbox", is_secret=outcome.is_secret, is_sealed=is_sealed)
        self._post_reply(store, incoming, kept, row, now, is_secret=is_sealed)
        return LATER

    def _hear(self, store: Store, incoming: Incoming, now: datetime) -> None:
        """What he did opens a reply window, whatever came of it."""
        if incoming.channel == OFFICIAL:
            store.windows.heard(incoming, store.people.sender(incoming.actor).contact.id, now)

    def _replay(self, store: Store, ticket: Ticket, entry: Entry, now: datetime) -> Answer:
        """Answer a redelivery of a finished message: the platform asks again only if it did not take our answer."""
        if not entry.reply or entry.carried_by == "none":
            return LATER
        if entry.carried_by == "response":
            if not ticket.is_missed or ticket.take():
                return Answer(Carrier.REPLY, entry.reply)
            store.inbox.carry(ticket.incoming, entry, "outbox")
            self._post_reply(store, ticket.incoming, entry.reply, entry.id, now, is_secret=True)
            return LATER
        if ticket.take() and store.outbox.recall_letter(f"reply:{entry.id}", now):
            store.inbox.carry(ticket.incoming, entry, "response")
            return Answer(Carrier.REPLY, entry.reply)
        return LATER

    def _fail(self, store: Store, ticket: Ticket, error: Exception, now: datetime) -> Answer:
        """Keep the message with what went wrong; park it after the third time and tell the person."""
        incoming = ticket.incoming
        log.error("turn.failed", message=incoming.digest, error=type(error).__name__, exc_info=error)
        FAILURES.labels(type(error).__name__).inc()
        with store.batch.turn():
            entry = store.inbox.fail(incoming, type(error).__name__, now)
        if entry.state == "parked":
            self._apologise(store, incoming, entry.id, now)
        return LATER

    def _apologise(self, store: Store, incoming: Incoming, row: int, now: datetime) -> None:
        """Tell the person that his message was parked; nobody wrote a tick, a receipt or what was only overheard."""
        if incoming.kind not in SPOKEN or not incoming.addressed:
            return
        try:
            with store.batch.turn():
                self._hear(store, incoming, now)
                self._post_reply(store, incoming, self._play.apology(store, incoming), row, now)
        except Exception as error:
            if is_passing_fault(error):
                raise
            log.exception("apology.failed", message=incoming.digest, error=type(error).__name__)

    def _post_reply(
        self, store: Store, incoming: Incoming, reply: str, row: int, now: datetime, *, is_secret: bool = False
    ) -> None:
        contact = store.people.sender(incoming.actor).contact
        address, once = f"contact:{contact.id}", f"reply:{row}"
        store.outbox.put(address, "reply", reply, now, once=once, priority=Priority.REPLY, is_secret=is_secret)

    def _accept(self, tickets: list[Ticket]) -> None:
        """Make waiting messages durable ahead of their turns, in one commit."""
        if not tickets:
            return
        try:
            with Batch(self._database) as batch:
                store = Store(batch, self._directories, self._vault)
                batch.together(store.inbox.fetch([ticket.incoming for ticket in tickets]))
                for ticket in tickets:
                    store.inbox.accept(ticket.incoming)
        except Exception as error:
            log.warning("accept.failed", error=type(error).__name__, size=len(tickets))
            return
        for ticket in tickets:
            ticket.is_accepted = True
