"""Delivery to one person: which ways are open, in which order, and what a letter may still wait for.

The passive reply is not among them: it has left with the response of the turn. Everything else goes customer service →
long-term subscription → one-time subscription → template → the keeper's call list (wechat page A7, A8; rulings).
Pure: the sender (bot/delivering.py) fetches what is known, asks here, and acts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.quiet import QuietHours


class Way(StrEnum):
    SERVICE = "service"  # customer-service message inside a reply window
    LONG_TERM = "long_term"  # long-term subscription notice (政务民生)
    ONE_TIME = "one_time"  # one accepted pop-up, one notice
    TEMPLATE = "template"  # template notice of a verified service account
    GATEWAY = "gateway"  # a platform that carries texts to people and groups as they are
    RELAY = "relay"  # a cadre forwards it to the ordinary group
    CALL = "call"  # nobody's phone takes it: the keeper calls or visits


# Ways over which the platform itself drops a second message of the same id (`client_msg_id`, ten minutes).
DEDUPLICATED = frozenset({Way.TEMPLATE})
DEDUPLICATED_FOR = timedelta(minutes=10)
# So a letter of unknown outcome goes again after this long at most, once, and not when the sender comes late to it.
REPEATED_AFTER = timedelta(minutes=5)
REPEATED_LATE = timedelta(minutes=2)


class Source(StrEnum):
    """What opens a reply window (platform page "customer service messages")."""

    MESSAGE = "message"
    MENU = "menu"
    FOLLOW = "follow"
    SCAN = "scan"


# How many messages, for how long.
TERMS: dict[Source, tuple[int, timedelta]] = {
    Source.MESSAGE: (5, timedelta(hours=48)),
    Source.MENU: (3, timedelta(minutes=1)),
    Source.FOLLOW: (3, timedelta(minutes=1)),
    Source.SCAN: (3, timedelta(minutes=1)),
}
# Clocks of the platform and the server differ, and a call takes time: the last seconds of a window are not used.
MARGIN = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Window:
    source: Source
    left: int
    until: datetime


def open_windows(windows: Iterable[Window], now: datetime) -> list[Window]:
    """The windows still of use, the one that ends first in front: it is spent first."""
    return sorted((w for w in windows if w.left > 0 and now < w.until - MARGIN), key=lambda w: w.until)


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of one contact and its account. `windows` empty: we never heard it, the platform may know more.

    `grants` holds template ids he allowed and how many notices are left of each (long-term ones: any positive number).
    """

    follows: bool = True
    unreachable: str = ""
    windows: tuple[Window, ...] = ()
    grants: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Notice:
    """One template of an account: what it is for, how it is sent, and which of our fields fill which of its own."""

    template_id: str
    way: Way
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What an account can do for a letter: its capabilities, the notice that fits the purpose, ways at rest."""

    capabilities: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()
    resting: frozenset[Way] = frozenset()


_NEEDS = {
    Way.SERVICE: "customer_service",
    Way.LONG_TERM: "subscribe",
    Way.ONE_TIME: "subscribe",
    Way.TEMPLATE: "template",
}


def ways(reach: Reach, offer: Offer, now: datetime) -> tuple[Way, ...]:
    """The open ways to this contact, best first; empty where only a person can reach him.

    A window that our ledger believes closed is tried last of all: the ledger may be wrong, and the platform says so at
    once. Nothing is tried for someone who left or who was found unreachable since he last spoke.
    """
    if not reach.follows or reach.unreachable:
        return ()
    known_open = not reach.windows or bool(open_windows(reach.windows, now))
    order = [Way.SERVICE] if known_open else []
    usable = [notice.way for notice in offer.notices if _is_usable(notice, notice.way, reach)]
    order += [way for way in (Way.LONG_TERM, Way.ONE_TIME, Way.TEMPLATE) if way in usable]
    if not known_open:
        order.append(Way.SERVICE)
    return tuple(way for way in order if _NEEDS[way] in offer.capabilities)


def notices_for(way: Way, reach: Reach, offer: Offer) -> tuple[Notice, ...]:
    """The notices that may go this way, best first."""
    return tuple(notice for notice in offer.notices if _is_usable(notice, way, reach))


def _is_usable(notice: Notice, way: Way, reach: Reach) -> bool:
    return notice.way is way and (way is Way.TEMPLATE or notice.template_id in reach.grants)


# -- when


class Push(StrEnum):
    """How a letter stands to the hours of the day."""

    ANY_HOUR = "any_hour"  # danger to life, answers to one who has just spoken
    OFFICE = "office"  # the work of somebody who holds an office
    VILLAGER = "villager"  # everything else


@dataclass(frozen=True, slots=True)
class Timing:
    """Send now, wait until a moment, or drop for a reason."""

    until: datetime | None = None
    dropped: str = ""


SEND_NOW = Timing()
TOO_LATE = "too late"


def timing(push: Push, not_after: datetime | None, quiet: QuietHours, now: datetime) -> Timing:
    """Whether its time has come. A letter that the quiet hours would outlast is dropped, never sent late or at night."""
    if not_after is not None and now > not_after:
        return Timing(dropped=TOO_LATE)
    if push is not Push.VILLAGER or not quiet.covers(now):
        return SEND_NOW
    morning = quiet.over_at(now)
    return Timing(dropped="quiet hours") if not_after is not None and morning >= not_after else Timing(until=morning)


# -- again

# Seconds after the first, second … failed attempt: an answer is waited for, a notice is not.
HURRIED = (5, 20, 60, 300, 900)
PATIENT = (300, 600, 900)


def next_try(attempts: int, now: datetime, *, hurried: bool, not_after: datetime | None = None) -> datetime | None:
    """When to try again after so many failed attempts; None when it is a person's turn. Never beyond `not_after`."""
    pauses = HURRIED if hurried else PATIENT
    if attempts > len(pauses):
        return None
    at = now + timedelta(seconds=pauses[attempts - 1])
    if not_after is not None and at > not_after:
        return not_after if now < not_after - timedelta(seconds=5) else None
    return at


# -- how much


@dataclass(frozen=True, slots=True)
class Budget:
    """What an account may push in a day (+08:00). Answers may use all of it; notices and bulk leave room for them."""

    a_day: int
    spent: int = 0
    shares: tuple[float, ...] = field(default=(1.0, 1.0, 0.95, 0.8))

    def allows(self, priority: int) -> bool:
        return self.spent < self.a_day * self.shares[min(priority, len(self.shares) - 1)]


def next_midnight(now: datetime) -> datetime:
    from domain.quiet import VILLAGE_TIME

    local = now.astimezone(VILLAGE_TIME)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def fair_turns(waiting: dict[int, list[int]], room: int) -> list[int]:
    """Take up to `room` letters from the villages in turn, one each a round, so that nobody's thousand stop another's ten."""
    taken: list[int] = []
    queues = [iter(letters) for letters in waiting.values()]
    while queues and len(taken) < room:
        left = []
        for queue in queues:
            if len(taken) >= room:
                break
            if (letter := next(queue, None)) is not None:
                taken.append(letter)
                left.append(queue)
        queues = left
    return taken
