"""Polls (投票): what may be asked, who may answer until when, and how ballots are counted.

A poll over WeChat is consultative: 征求意见，不代替会议表决 (law page, ruling a). One roll is frozen at opening; a ballot
belongs to a roll entry (a household, a person), so nothing that is sent can count more than the roll.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.posts import before_night, is_quiet
from domain.refusals import Refused

FEWEST_OPTIONS, MOST_OPTIONS = 2, 20
LONGEST_TITLE, LONGEST_OPTION = 60, 30
# A poll that runs longer than this is more likely a slip of the year than meant.
LONGEST = timedelta(days=180)
# After closing, votes received in time may still wait in other processes, on one SQLite file too; then the count is final.
SETTLES_IN = timedelta(seconds=10)
SMALL_CELL = 5
# The letters of a reminder leave over some minutes, all of them before the quiet hours.
LETTERS_TAKE = timedelta(minutes=15)


class Unit(StrEnum):
    """What one vote belongs to."""

    HOUSEHOLD = "household"
    PERSON = "person"
    REPRESENTATIVE = "representative"


class State(StrEnum):
    WAITING = "waiting"  # made, opens later
    OPEN = "open"
    CLOSED = "closed"
    REPLACED = "replaced"  # its text was changed after the first vote; a new version asks again


class Reason(StrEnum):
    """Why a poll or a vote is refused; each has its sentence in handlers/texts."""

    TOO_FEW = "poll.too_few"
    TOO_MANY = "poll.too_many"
    SAME_OPTION = "poll.same_option"
    BARE_NUMBERS = "poll.bare_numbers"
    TITLE_TOO_LONG = "poll.title_too_long"
    OPTION_TOO_LONG = "poll.option_too_long"
    CLOSES_IN_THE_PAST = "poll.closes_in_the_past"
    CLOSES_TOO_LATE = "poll.closes_too_late"
    NO_SUCH_TIME = "poll.no_such_time"
    TWO_TIMES = "poll.two_times"
    OPENS_AFTER_CLOSING = "poll.opens_after_closing"
    DIGNITY = "poll.dignity"
    NO_SUCH_SCOPE = "poll.no_such_scope"
    SEVERAL_CALLED = "poll.several_called"
    NOT_YOUR_AREA = "poll.not_your_area"
    EMPTY_ROLL = "poll.empty_roll"
    CLOSED = "poll.closed"
    NOT_OPEN_YET = "poll.not_open_yet"
    NO_KEY = "poll.no_key"
    REPLACED = "poll.replaced"
    PRIVATE_ONLY = "poll.private_only"
    NOT_BOUND = "poll.not_bound"
    NEEDS_CODE = "poll.needs_code"
    NOT_ON_ROLL = "poll.not_on_roll"
    ONE_ONLY = "poll.one_only"
    TOO_MANY_CHOSEN = "poll.too_many_chosen"
    NO_SUCH_OPTION = "poll.no_such_option"
    NONE_OPEN = "poll.none_open"
    WHICH = "poll.which"
    EARLIER_THAN_NOW = "poll.earlier_than_now"
    NOT_LATER = "poll.not_later"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom it asks: everybody of some areas, only the party members there, or the people of a list."""

    areas: tuple[int, ...]
    party_only: bool = False
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The count of a closed poll, by option in their order. `voted` of `roll` entries took part."""

    counts: tuple[int, ...]
    voted: int
    roll: int
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Poll:
    """One version of one poll. `number` is what people call it by (投票3); a new version keeps it.

    `key` is the key of a secret poll's ballots, b"" for a named one and for every one once it is closed. `most` is how many
    options one may choose where `is_multiple`, 0 for as many as one likes.
    """

    id: int
    number: int
    version: int
    village_id: int
    area_id: int
    scope: Scope
    title: str
    options: tuple[str, ...]
    unit: Unit
    is_multiple: bool
    is_secret: bool
    in_group: bool
    state: State
    opens_at: datetime
    closes_at: datetime
    by_id: int
    roll: int = 0
    body: str = ""
    key: bytes = b""
    reminded_for: datetime | None = None
    result: Result | None = None
    most: int = 0

    @property
    def lacks_key(self) -> bool:
        """Does a secret poll run whose key cannot be read (another SECRET_KEY)? Nothing may be written in it then."""
        return self.is_secret and self.state is State.OPEN and not self.key

    def is_open(self, at: datetime) -> bool:
        return self.state is State.OPEN and self.opens_at <= at < self.closes_at


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote as it stands: the chosen options as bits (option 1 is bit 0), and when it was cast.

    `event` tells apart two votes of one millisecond, so that the newest is the same in whatever order they commit.
    """

    choice: int
    cast_at: datetime
    event: str = ""
    by_id: int | None = None
    how: str = "wechat"

    @property
    def age(self) -> tuple[datetime, str]:
        return self.cast_at, self.event


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be asked, before it is a poll."""

    title: str
    options: tuple[str, ...]
    closes_at: datetime
    opens_at: datetime | None = None
    unit: Unit = Unit.HOUSEHOLD
    is_multiple: bool = False
    is_secret: bool = False
    in_group: bool = True
    scope: Scope = field(default=Scope(()))


# -- making one


def check_options(options: Sequence[str]) -> None:
    """Raise Refused for fewer than 2 or more than 20 options, for two that are the same, for one too long, and for
    numbers that are not their own places."""
    if len(options) < FEWEST_OPTIONS:
        raise Refused(Reason.TOO_FEW, options=tuple(options))
    if len(options) > MOST_OPTIONS:
        raise Refused(Reason.TOO_MANY, many=len(options))
    numbers = {int(option): place for place, option in enumerate(options, start=1) if option.strip().isdecimal()}
    if any(1 <= value <= len(options) and value != place for value, place in numbers.items()):
        raise Refused(Reason.BARE_NUMBERS)  # a 2 that is pressed would be the second one, and mean another
    seen: dict[str, str] = {}
    for option in options:
        if len(option) > LONGEST_OPTION:
            raise Refused(Reason.OPTION_TOO_LONG, option=option)
        if _bare(option) in seen:
            raise Refused(Reason.SAME_OPTION, option=seen[_bare(option)])
        seen[_bare(option)] = option


def _bare(option: str) -> str:
    return "".join(char for char in option.lower() if char.isalnum())


def check_title(title: str) -> None:
    if len(title) > LONGEST_TITLE:
        raise Refused(Reason.TITLE_TOO_LONG, many=len(title))


def check_times(closes_at: datetime, opens_at: datetime | None, now: datetime) -> None:
    """Raise Refused for a closing that has passed, one half a year off, and an opening after the closing."""
    if closes_at <= now:
        raise Refused(Reason.CLOSES_IN_THE_PAST, at=closes_at)
    if closes_at > now + LONGEST:
        raise Refused(Reason.CLOSES_TOO_LATE, at=closes_at)
    if opens_at is not None and opens_at >= closes_at:
        raise Refused(Reason.OPENS_AFTER_CLOSING, opens_at=opens_at, closes_at=closes_at)


def check_draft(draft: Draft, now: datetime) -> None:
    check_title(draft.title)
    check_options(draft.options)
    check_times(draft.closes_at, draft.opens_at, now)


# -- voting


def bits(numbers: Iterable[int]) -> int:
    """Give the choice that names these options (1 the first)."""
    return sum(1 << number - 1 for number in set(numbers))


def numbers(choice: int) -> tuple[int, ...]:
    """Give the options a choice names, 1 the first."""
    return tuple(place for place in range(1, choice.bit_length() + 1) if choice >> place - 1 & 1)


def is_choice(poll: Poll, choice: int) -> bool:
    """Does a ballot's choice name options of this poll, and no more of them than count?"""
    named = numbers(choice) if choice > 0 else ()
    return bool(named) and named[-1] <= len(poll.options) and len(named) <= may_choose(poll)


def may_choose(poll: Poll) -> int:
    """Give how many options one vote may name."""
    return (poll.most or len(poll.options)) if poll.is_multiple else 1


def check_choice(poll: Poll, chosen: Sequence[int]) -> None:
    """Raise Refused for a vote that names more options than one may choose."""
    if len(chosen) > may_choose(poll):
        raise Refused(Reason.TOO_MANY_CHOSEN if poll.is_multiple else Reason.ONE_ONLY, poll=poll, many=len(chosen))


def event_order(event_id: str) -> str:
    """Give the event's name so that text order is the order of its number: the platform counts its messages up."""
    digits = len(event_id) - len(event_id.rstrip("0123456789"))
    return event_id[: len(event_id) - digits] + event_id[len(event_id) - digits :].zfill(20) if digits else event_id


def newest(known: Ballot | None, cast: Ballot) -> Ballot:
    """The later ballot counts, whatever the order in which they arrive (performance page R9)."""
    return cast if known is None or cast.age >= known.age else known


def check_open(poll: Poll, received_at: datetime) -> None:
    """Raise Refused for a vote before the opening or at or after the closing. Counts by when the server received it."""
    if poll.state is State.REPLACED:
        raise Refused(Reason.REPLACED, poll=poll)
    if poll.state is State.CLOSED or received_at >= poll.closes_at:
        raise Refused(Reason.CLOSED, poll=poll)
    if poll.state is State.WAITING or received_at < poll.opens_at:
        raise Refused(Reason.NOT_OPEN_YET, poll=poll)
    if poll.lacks_key:
        raise Refused(Reason.NO_KEY, poll=poll)


# -- the clock


def remind_at(poll: Poll) -> datetime | None:
    """When those who have not voted are reminded: 24 h before closing; of a short poll one hour before, or never."""
    span = poll.closes_at - poll.opens_at
    if span >= timedelta(hours=30):
        return poll.closes_at - timedelta(hours=24)
    return poll.closes_at - timedelta(hours=1) if span >= timedelta(hours=3) else None


def reminder_is_due(poll: Poll, now: datetime) -> bool:
    """Not in the quiet hours: then it is due the evening before. `now` is in the village's zone."""
    at = remind_at(poll)
    if at is None or poll.reminded_for == poll.closes_at or not poll.is_open(now):
        return False
    at = at.astimezone(now.tzinfo)
    return (at if not is_quiet(at) else before_night(at) - LETTERS_TAKE) <= now


def may_count_at(poll: Poll) -> datetime:
    """When every vote received in time is in the database, from whichever process received it."""
    return poll.closes_at + SETTLES_IN


# -- counting


def count(by_choice: Mapping[int, int], options: int, roll: int) -> Result:
    """Count ballots given as choice → how many. Raises ValueError where more voted than the roll holds."""
    counts = [0] * options
    for choice, many in by_choice.items():
        for number in numbers(choice):
            counts[number - 1] += many
    voted = sum(by_choice.values())
    if voted > roll:
        raise ValueError("more ballots than the roll")
    return Result(tuple(counts), voted, roll)


def leaders(result: Result) -> tuple[int, ...]:
    """Give the numbers of the options with the most votes; none where nobody voted."""
    most = max(result.counts, default=0)
    return tuple(n for n, votes in enumerate(result.counts, 1) if votes == most) if most else ()


def publishable(cells: Mapping[str, Sequence[int]]) -> bool:
    """May a breakdown (社 → votes by option) be shown? Not with a cell of 1 to 4 in it (rulings, Small cells).

    All of it is withheld: with the whole published, one withheld row could be found by subtracting the others.
    """
    return all(votes == 0 or votes >= SMALL_CELL for row in cells.values() for votes in row)
