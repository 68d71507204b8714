"""Bodies that meet (会议的种类): who is called, what makes a meeting valid, how long before it is announced.

Data of rules/meetings.yaml, read and checked by storage/meeting_rules.py. Articles as domain/law.md §1.6 cites them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from fractions import Fraction

from domain.organisation import Role

SHIPPED = (
    "villagers_assembly", "rep_meeting", "group_assembly", "coop_assembly", "party_meeting", "committee", "council",
    "mass", "party_talk", "rep_talk", "bandeng", "keepers", "supervision",
)  # fmt: skip
"""Codes no township may take away: meetings that were called live on. It may change what they say, and add its own."""
EVERYBODY = "mass"


class Of(StrEnum):
    PEOPLE = "people"
    HOUSEHOLDS = "households"


class Unit(StrEnum):
    """What is counted and shown first: 人 or 户."""

    PERSON = "person"
    HOUSEHOLD = "household"


class Members(StrEnum):
    ADULTS = "adults"
    ROLES = "roles"
    PARTY = "party"


class Remote(StrEnum):
    """May somebody be present from afar? Only where a law says so (rulings, Presence)."""

    ALLOWED = "allowed"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True, slots=True)
class Route:
    """One way to a valid meeting: a share of those due (`more`: over it, else at least), or a number of them."""

    of: Of
    share: Fraction = Fraction(0)
    more: bool = False
    count: int = 0

    def needed(self, due: int) -> int:
        """Give how many must be there. Of nobody due no number is enough: then it is at least one."""
        by_share = self.share * due
        least = by_share.__floor__() + 1 if self.more else by_share.__ceil__()
        return max(least, self.count, 1)


@dataclass(frozen=True, slots=True)
class Passing:
    """What carries a decision: a share of those present, or of all who were due."""

    of_due: bool
    share: Fraction
    more: bool

    def needed(self, present: int, due: int) -> int:
        base = self.share * (due if self.of_due else present)
        return max(base.__floor__() + 1 if self.more else base.__ceil__(), 1)


@dataclass(frozen=True, slots=True)
class Body:
    """`area` is village, group or any; `rule` is the law in plain words, for people."""

    code: str
    name: str
    words: tuple[str, ...]
    members: Members
    roles: frozenset[Role]
    area: str
    unit: Unit
    routes: tuple[Route, ...]
    passing: Passing | None
    notice_days: int
    has_exception: bool
    article: str
    rule: str
    remote: Remote
    may_call: frozenset[Role]
    in_group: bool = True  # is the notice posted to the group of its area?
    instead: str = ""  # how the same people meet where nothing is decided

    @property
    def is_statutory(self) -> bool:
        """Does a law ask for so many days of notice?"""
        return self.notice_days > 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form of consultation (协商形式, Y13) and the 356 method's name for it (Y18)."""

    code: str
    name: str
    label: str
    words: tuple[str, ...]
    needs_place: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """`latest` is how long before the meeting it has lost its sense: it is then dropped, never sent late."""

    name: str
    before: timedelta
    to_group: bool
    latest: timedelta


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which villagers are left alone; what falls into them leaves at `last` of the evening before."""

    begins: time
    ends: time
    last: time


class Bodies(dict[str, "Body"]):
    """Bodies by code. One a township added and took away again meets as everybody does: no law speaks of it."""

    def __missing__(self, code: str) -> Body:
        return self[EVERYBODY]


@dataclass(frozen=True)
class MeetingRules:
    """Everything rules/meetings.yaml says, under the law profile in force."""

    profile: str
    bodies: Bodies
    forms: dict[str, Form]
    people: dict[str, tuple[str, ...]]
    reminders: tuple[Reminder, ...]
    quiet: Quiet
    earliest: time
    latest: time
    reach_share: float
    checkin_before: timedelta
    checkin_open: timedelta

    def body_in(self, text: str) -> Body | None:
        """Give the body a text names, by the longest of its words that stands in it."""
        found = [(len(word), body) for body in self.bodies.values() for word in body.words if word in text]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def body_of_people(self, text: str) -> Body | None:
        """Give the body whose people a text names: 党员, 代表, 全村."""
        found = [(len(word), code) for code, words in self.people.items() for word in words if word in text]
        return self.bodies[max(found)[1]] if found else None

    def form_in(self, text: str) -> Form:
        """Give the form of consultation a text names, a sitting where it names none."""
        found = [(len(word), form) for form in self.forms.values() for word in form.words if word in text]
        return max(found, key=lambda pair: pair[0])[1] if found else self.forms["meeting"]
