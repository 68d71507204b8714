"""A matter (事项/诉求): what a villager brings, from filing to his rating.

    filed → accepted → done → closed          withdrawn while it lives, and filed again if he wants it after all
              ↑________|  once, when he is not satisfied; and when its keeper said 办好了 by mistake

Every change goes through a function here that returns the changed matter or raises Refused; storage writes the ledger
row. Sources: organisation page §2.4, topics page §5.2, rulings (Numbers, Status and bins, Rating words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zlib import crc32

from domain.refusals import Refused


class Status(StrEnum):
    FILED = "filed"
    ACCEPTED = "accepted"
    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Urgency(StrEnum):
    """P0 life, P1 within a day, P2 five working days, P3 fifteen (topics page §5.2)."""

    P0 = "P0"
    P1 = "P1"
    P2 = "P2"
    P3 = "P3"


class Outcome(StrEnum):
    NONE = ""
    ON_SPOT = "on_spot"
    SETTLED = "settled"
    ASSIGNED = "assigned_with_deadline"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Reason(StrEnum):
    """Why a rule about matters says no."""

    ALREADY_ENDED = "matter.already_ended"
    NOT_DONE_YET = "matter.not_done_yet"
    NOT_YOURS = "matter.not_yours"
    NO_SUCH = "matter.no_such"
    WHICH = "matter.which"
    URGED_TODAY = "matter.urged_today"
    NEEDS_RESULT = "matter.needs_result"
    PAST_CAP = "matter.past_cap"
    PLAIN_MODE = "channel.plain_mode"
    NOT_YOUR_ROLE = "role.not_yours"


class Rating(StrEnum):
    SATISFIED = "1"
    SO_SO = "2"
    NOT = "3"


# A second 催一下 within these hours would only annoy; the villager is told when the first went out.
URGE_EVERY = timedelta(hours=4)
RATE_WITHIN = timedelta(days=7)
HARD_CAP = timedelta(days=60)
LIVING = frozenset({Status.FILED, Status.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Matter:
    id: int
    number: str
    village_id: int
    code: str
    urgency: Urgency
    text: str
    filed_at: datetime
    source_channel: str
    status: Status = Status.FILED
    contact_id: int | None = None
    reporter_id: int | None = None
    owner_id: int | None = None
    place_id: int | None = None
    place_text: str = ""
    second_code: str = ""
    request_type: str = ""
    due_at: datetime | None = None
    outcome: Outcome = Outcome.NONE
    result: str = ""
    is_sealed: bool = False
    is_proxy: bool = False
    ended_at: datetime | None = None
    rating: int | None = None
    reopened: int = 0
    urged_at: datetime | None = None
    token_hash: str = ""

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def words_key(self) -> int | None:
        """A short key of its words, to find the same words told again; None where they are sealed."""
        return None if self.is_sealed else words_key(self.text)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters were filed in some days, how many of them are left now, and how many of these are late."""

    filed: int
    left: int
    late: int


_MARKS, _ENDING = re.compile(r"[\W_]+"), "了啊呀呢嘛吧"


def bare_words(text: str) -> str:
    """Give the words without what makes no difference when they are said again: marks, and particles at the end."""
    return _MARKS.sub("", text).rstrip(_ENDING)


def words_key(text: str) -> int:
    """Give the same short number for the same bare words; others may share it, so compare the words."""
    return crc32(bare_words(text).encode("utf-8", "replace"))


def day_of(now: datetime) -> str:
    """Write `261122`, the day matters are counted by; `now` is in the village's zone."""
    return f"{now.year % 100:02d}{now.month:02d}{now.day:02d}"


def matter_number(area_code: str, day: datetime, sequence: int) -> str:
    """Write `XH-261122-007`: area, day (+08:00), sequence of that area and day; widens past 999."""
    return number_on(area_code, day_of(day), sequence)


def number_on(area_code: str, day: str, sequence: int) -> str:
    """The same where the day is written already."""
    return f"{area_code}-{day}-{sequence:03d}"


def accept(matter: Matter) -> Matter:
    """The keeper says 收到: he has it. Saying so twice is harmless."""
    _must_live(matter)
    return replace(matter, status=Status.ACCEPTED)


def assign(matter: Matter, owner_id: int, due_at: datetime | None) -> Matter:
    """It passes into other hands; whoever gets it has not said 收到 yet."""
    _must_live(matter)
    return replace(matter, owner_id=owner_id, status=Status.FILED, outcome=Outcome.ASSIGNED, due_at=due_at)


def hasten(matter: Matter, due_at: datetime) -> Matter:
    """It is wanted sooner; what was promised to whoever told of it is never made later so."""
    _must_live(matter)
    return replace(matter, due_at=min(matter.due_at or due_at, due_at))


def put_off(matter: Matter, due_at: datetime) -> Matter:
    """More time for it, with a new date: at most sixty days from its filing (defaults page §9, hard cap)."""
    _must_live(matter)
    latest = matter.filed_at + HARD_CAP
    if due_at > latest:
        raise Refused(Reason.PAST_CAP, number=matter.number, latest=latest)
    return replace(matter, due_at=due_at)


def decline(matter: Matter, why: str, now: datetime) -> Matter:
    """不受理: not for the village to settle; whoever told of it hears why and where to go instead."""
    _must_live(matter)
    return replace(matter, status=Status.CLOSED, outcome=Outcome.DECLINED, result=why.strip(), ended_at=now)


def finish(matter: Matter, result: str, now: datetime) -> Matter:
    """The keeper says 办好了 and what was done; a result without words is refused (the villager is told how).

    What its reporter was not satisfied with a second time is with the town leader, and may still be done.
    """
    if not (matter.status is Status.CLOSED and matter.rating == int(Rating.NOT)):
        _must_live(matter)
    if not result.strip():
        raise Refused(Reason.NEEDS_RESULT, number=matter.number)
    outcome = Outcome.ON_SPOT if matter.outcome is Outcome.NONE else matter.outcome
    return replace(matter, status=Status.DONE, result=result.strip(), outcome=outcome, ended_at=now)


def acknowledge(matter: Matter, now: datetime) -> Matter:
    """Praise (表扬) asks for nothing: it is kept and passed on, and nobody has to answer it by any date."""
    _must_live(matter)
    return replace(matter, status=Status.CLOSED, outcome=Outcome.ON_SPOT, due_at=None, ended_at=now)


def rate(matter: Matter, rating: Rating) -> Matter:
    """The reporter says how it went; only he may, only once it is done. He may change his mind until it closes."""
    if matter.status not in (Status.DONE, Status.CLOSED):
        raise Refused(Reason.NOT_DONE_YET, number=matter.number)
    return replace(matter, rating=int(rating), status=Status.CLOSED)


def take_back(matter: Matter) -> Matter:
    """Its keeper said 办好了 by mistake: as long as nobody has rated it, it goes on as before, its date too."""
    if matter.status is not Status.DONE:
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
    outcome = Outcome.NONE if matter.outcome is Outcome.ON_SPOT else matter.outcome
    return replace(matter, status=Status.ACCEPTED, result="", outcome=outcome, ended_at=None)


def may_reopen(matter: Matter) -> bool:
    """Once only; the second dissatisfaction goes to the town leader instead (scenario E07)."""
    return matter.reopened == 0


def reopen(matter: Matter, due_at: datetime) -> Matter:
    return replace(
        matter,
        status=Status.ACCEPTED,
        reopened=matter.reopened + 1,
        due_at=due_at,
        ended_at=None,
        outcome=Outcome.NONE,
    )


def withdraw(matter: Matter, now: datetime) -> Matter:
    if not matter.is_living:
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
    return replace(matter, status=Status.WITHDRAWN, outcome=Outcome.WITHDRAWN, ended_at=now)


def restore(matter: Matter, due_at: datetime) -> Matter:
    """He withdrew it and wants it after all: it begins again, with a date of its own."""
    if matter.status is not Status.WITHDRAWN:
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
    return replace(matter, status=Status.FILED, outcome=Outcome.NONE, due_at=due_at, ended_at=None)


def urge(matter: Matter, now: datetime) -> Matter:
    if not matter.is_living:
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
    if matter.urged_at is not None and now - matter.urged_at < URGE_EVERY:
        raise Refused(Reason.URGED_TODAY, number=matter.number, urged_at=matter.urged_at)
    return replace(matter, urged_at=now)


def _must_live(matter: Matter) -> None:
    if not matter.is_living:
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
