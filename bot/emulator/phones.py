"""The villagers' phones as the platform sees them: what each shows, and what went wrong on its screen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Clock = Callable[[], datetime]

FAULT = "该公众号提供的服务出现故障，请稍后再试"


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen: his own, an answer in the response, a later one of the API, or the fault banner."""

    account: str
    openid: str
    text: str
    at: datetime
    by: Literal["self", "reply", "service", "platform"]
    kind: str = "text"
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt of the platform to hand over a push: the request as sent, and what came back."""

    openid: str
    message_id: str
    attempt: int
    query: str
    body: bytes
    status: int | None
    answer: bytes
    seconds: float
    taken: bool
    verdict: str


@dataclass(slots=True)
class Phone:
    """`bubbles` holds what the account said, in order; `screen` everything, the person's own words and banners too."""

    openid: str
    followed: bool = False
    known: bool = False
    refuses: bool = False
    screen: list[Bubble] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def bubbles(self) -> list[Bubble]:
        return [bubble for bubble in self.screen if bubble.by in ("reply", "service")]

    @property
    def faults(self) -> list[Bubble]:
        return [bubble for bubble in self.screen if bubble.by == "platform"]

    @property
    def texts(self) -> list[str]:
        return [bubble.text for bubble in self.bubbles]


class Phones:
    """Every phone of one account, shared by the pushing and the serving side; followers hear of each new bubble."""

    def __init__(self) -> None:
        self._phones: dict[str, Phone] = {}
        self._queues: set[asyncio.Queue[Bubble]] = set()
        self._listeners: set[Callable[[Bubble], None]] = set()

    def phone(self, openid: str) -> Phone:
        if openid not in self._phones:
            self._phones[openid] = Phone(openid)
        return self._phones[openid]

    def introduce(self, *openids: str) -> None:
        """These people followed the account some time ago; their reply windows are closed."""
        for openid in openids:
            phone = self.phone(openid)
            phone.known = phone.followed = True

    def known(self, openid: str) -> Phone | None:
        """The phone, if it ever met this account."""
        phone = self._phones.get(openid)
        return phone if phone and phone.known else None

    def all(self) -> list[Phone]:
        return list(self._phones.values())

    @property
    def faults(self) -> list[Bubble]:
        return [fault for phone in self._phones.values() for fault in phone.faults]

    def show(self, bubble: Bubble) -> None:
        self.phone(bubble.openid).screen.append(bubble)
        for queue in self._queues:
            queue.put_nowait(bubble)
        for listener in tuple(self._listeners):
            listener(bubble)

    def subscribe(self) -> asyncio.Queue[Bubble]:
        """A queue of every bubble from now on; give it back with `unsubscribe`."""
        queue: asyncio.Queue[Bubble] = asyncio.Queue()
        self._queues.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Bubble]) -> None:
        self._queues.discard(queue)

    def listen(self, listener: Callable[[Bubble], None]) -> Callable[[], None]:
        """Call `listener` for every new bubble; returns what ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)
