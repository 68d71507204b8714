"""A ticket: one message on its way through the house, and the deliveries that wait for its reply."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from domain.messages import Incoming

Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)


class Carrier(Enum):
    """What the platform is answered with."""

    REPLY = "reply"  # the text, in this response
    LATER = "later"  # success: the message is safe, and its reply (if any) comes by the outbox
    BUSY = "busy"  # 503: nothing was kept, the platform must try again


@dataclass(frozen=True, slots=True)
class Answer:
    carrier: Carrier
    text: str = ""


LATER = Answer(Carrier.LATER)
BUSY = Answer(Carrier.BUSY)

_lock = threading.Lock()  # held for a few instructions; one for all tickets keeps a ticket small


class Maker(Protocol[Made_co]):
    """Turns an answer into what a request is given."""

    def make(self, answer: Answer) -> Made_co:
        """May be asked before the answer is certain; what it makes is then perhaps thrown away."""

    def given(self, answer: Answer) -> None:
        """The request has been given what was made of this answer."""


@dataclass(slots=True, eq=False)
class Delivery(Generic[Made]):
    """One request that waits for what is made of the answer. Used on the event loop only.

    `until` is when it must be answered by `success` if the message is safe, `last` when it must be answered at all.
    """

    future: asyncio.Future[Made]
    maker: Maker[Made]
    until: float
    last: float
    _made: tuple[Answer, Made] | None = None

    def prepare(self, answer: Answer) -> None:
        """Make what it will be given if the commit succeeds, while the database is about it."""
        with suppress(Exception):  # made again, and told of, when it is answered
            self._made = answer, self.maker.make(answer)

    def answer(self, answer: Answer) -> None:
        """Give it its answer, unless it has one; a defect in making one is the request's own."""
        if self.future.done():
            return
        made = self._made
        try:
            self.future.set_result(made[1] if made and made[0] is answer else self.maker.make(answer))
        except Exception as defect:
            self.future.set_exception(defect)
        self.maker.given(answer)


@dataclass(slots=True, eq=False)
class Ticket:
    """Who carries the reply is decided exactly once, between the turn (any thread) and the waiting deliveries."""

    incoming: Incoming
    arrived: float
    is_accepted: bool = False
    deliveries: list[Delivery[Any]] = field(default_factory=list)
    # Its last delivery was answered `success` although the reply counted on it: the reply has to come by the outbox.
    is_missed: bool = False
    _is_taken: bool = False

    def join(self, delivery: Delivery[Any]) -> None:
        with _lock:
            self.deliveries.append(delivery)

    def take(self) -> bool:
        """The turn asks: is anybody still waiting? If so they will wait until its commit."""
        with _lock:
            self._is_taken = bool(self.deliveries)
            return self._is_taken

    def release(self) -> None:
        """The commit did not happen; the turn will be played again."""
        with _lock:
            self._is_taken = False

    def leave(self, delivery: Delivery[Any], *, by_force: bool = False) -> bool:
        """A delivery asks to be answered without the reply; refused once the reply counts on it, unless by force."""
        with _lock:
            if (self._is_taken and not by_force) or delivery not in self.deliveries:
                return False
            self.deliveries.remove(delivery)
            return True

    def prepare(self, answer: Answer) -> None:
        """Make ready what its deliveries are given if this answer is committed. Call on the event loop only."""
        with _lock:
            waiting = [*self.deliveries]
        for delivery in waiting:
            delivery.prepare(answer)

    def answer(self, answer: Answer) -> bool:
        """Answer every waiting delivery; False when nobody waited. Call on the event loop only."""
        with _lock:
            waiting, self.deliveries = self.deliveries, []
        for delivery in waiting:
            delivery.answer(answer)
        return bool(waiting)
