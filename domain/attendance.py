"""Who is due, who said he comes, who is there (到会): people and households counted side by side.

A household is there when one of its people is. Both routes of the law are shown, and either is enough
(村民委员会组织法 art. 26 and 32).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.bodies import Body, Of, Remote, Route
from domain.meetings import Coming


@dataclass(frozen=True, slots=True)
class Invited:
    """One line of a meeting's roll, frozen when it was announced.

    `answer` is what was said to the notice, `companion` who comes instead, `signed_by` how presence was shown: code,
    words, clerk, scan or remote.
    """

    meeting_id: int
    person_id: int
    household_id: int | None
    name: str
    gender: str
    has_phone: bool
    answer: Coming = Coming.UNSAID
    companion: str = ""
    answered_at: datetime | None = None
    signed_at: datetime | None = None
    signed_by: str = ""

    @property
    def is_present(self) -> bool:
        return self.signed_at is not None

    @property
    def is_coming(self) -> bool:
        return self.answer in (Coming.YES, Coming.PROXY)

    @property
    def unit(self) -> int:
        """The household, or the person himself where he has none here (a town official); never the same number."""
        return self.household_id if self.household_id is not None else -self.person_id


@dataclass(frozen=True, slots=True)
class Tally:
    """So many people of so many households."""

    people: int
    households: int

    def of(self, of: Of) -> int:
        return self.people if of is Of.PEOPLE else self.households


@dataclass(frozen=True, slots=True)
class Verdict:
    """One route to a valid meeting, and how far it is."""

    route: Route
    present: int
    due: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed

    @property
    def lacking(self) -> int:
        return max(self.needed - self.present, 0)


def tally(lines: Iterable[Invited]) -> Tally:
    kept = list(lines)
    return Tally(len(kept), len({line.unit for line in kept}))


def present(body: Body, lines: Iterable[Invited]) -> Tally:
    """Count who is there; from afar only where the body provides for it (rulings, Presence)."""
    return tally(
        line for line in lines if line.is_present and (line.signed_by != "remote" or body.remote is Remote.ALLOWED)
    )


def with_counted(here: Tally, people: int | None, households: int | None) -> Tally:
    """Add what the clerk counted from the paper register: whichever is more. A household that is there is one person at
    least; of how many households so many people are, they do not tell."""
    by_household = max(here.households, households or 0)
    return Tally(max(here.people, people or 0, by_household), by_household)


def impossible_count(body: Body, due: Tally, people: int | None, households: int | None) -> str:
    """Why a count cannot be right: people or households beyond the roll, or more households than people; "" where it can.

    A meeting that decides nothing is open to whoever comes.
    """
    if people is not None and households is not None and households > people:
        return "households"
    if body.routes and ((people or 0) > due.people or (households or 0) > due.households):
        return "due"
    return ""


def expected(body: Body, lines: Iterable[Invited]) -> Tally:
    """Count who said he comes. Somebody sent instead counts for the household, not for the person."""
    coming = [line for line in lines if line.is_coming]
    in_person = [line for line in coming if line.answer is Coming.YES]
    return Tally(len(in_person), len({line.unit for line in coming}))


def verdicts(body: Body, here: Tally, due: Tally) -> tuple[Verdict, ...]:
    """Give every route of the body; none for a meeting nothing is asked of."""
    return tuple(
        Verdict(route, here.of(route.of), due.of(route.of), route.needed(due.of(route.of))) for route in body.routes
    )


def is_quorate(body: Body, here: Tally, due: Tally) -> bool:
    """Is one of the routes met? A body without routes needs nobody in particular."""
    found = verdicts(body, here, due)
    return not found or any(verdict.is_met for verdict in found)


def is_passed(body: Body, agreed: int, here: int, due: int) -> bool | None:
    """Did it pass? None where the body only talks."""
    return None if body.passing is None else agreed >= body.passing.needed(here, due)


def outcome_of(body: Body, agreed: int, here: Tally, due: Tally, votes: int) -> str:
    """passed, failed, agreed (the body only talks), or void where too few are there to decide anything."""
    if body.routes and not is_quorate(body, here, due):
        return "void"
    passed = is_passed(body, agreed, here.people or votes, due.people)
    return {True: "passed", False: "failed", None: "agreed"}[passed]


def unanswered(lines: Sequence[Invited]) -> list[Invited]:
    """Give those from whose household nobody has answered."""
    answered = {line.unit for line in lines if line.answer is not Coming.UNSAID}
    return [line for line in lines if line.unit not in answered]


# -- reach


def reached_share(lines: Sequence[Invited], reached: Iterable[int]) -> float:
    """Give the share of households (units) that acknowledged the notice; 1 where nobody is due."""
    units = {line.unit for line in lines}
    return len(units & set(reached)) / len(units) if units else 1.0


def out_of_reach(lines: Sequence[Invited]) -> list[int]:
    """Give the households none of whose people has a phone with us: they are called or visited from the start."""
    with_phone = {line.unit for line in lines if line.has_phone}
    return list(dict.fromkeys(line.unit for line in lines if line.unit not in with_phone and line.unit > 0))
