"""Deadlines (截止): when something is due, counted in worked days, worked hours or hours on the wall.

Sources: the day something arrives is not counted, and a last day that is no working day moves to the next one (民法典
art. 201 and 203); office hours 08:30–12:00 and 14:30–18:00 unless the township says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from itertools import pairwise

from domain.calendar import Calendar

CHINA = timezone(timedelta(hours=8))
Session = tuple[time, time]
OFFICE_HOURS: tuple[Session, ...] = ((time(8, 30), time(12, 0)), (time(14, 30), time(18, 0)))
_NONE = timedelta(0)


class Count(StrEnum):
    """How a span is counted."""

    WALL = "wall"  # hours as the clock on the wall shows them, nights and holidays included (danger, P1)
    WORKED_TIME = "worked_time"  # hours within office hours of worked days
    WORKED_DAYS = "worked_days"  # worked days after the day of arrival, to the end of the last one's office hours
    CALENDAR_DAYS = "calendar_days"  # days after the day of arrival; a last day off moves to the next worked one


@dataclass(frozen=True, slots=True)
class Policy:
    """How long somebody has. `span` in whole days for the two kinds of days, any span for the two kinds of hours.

    `may_land_off` says that a span of calendar days ends at 23:59 of its last day, worked or not.
    """

    span: timedelta
    count: Count = Count.WORKED_DAYS
    sessions: tuple[Session, ...] = OFFICE_HOURS
    may_land_off: bool = False

    def __post_init__(self) -> None:
        if self.span < _NONE:
            raise ValueError("a deadline lies ahead: the span must not be negative")
        if self.count in (Count.WORKED_DAYS, Count.CALENDAR_DAYS) and self.span % timedelta(days=1):
            raise ValueError("days are counted whole: give the span in days")
        ends = [moment for session in self.sessions for moment in session]
        if not ends or any(later <= earlier for earlier, later in pairwise(ends)):
            raise ValueError("office hours must follow one another within the day")


def worked_days(count: int, sessions: tuple[Session, ...] = OFFICE_HOURS) -> Policy:
    """Give the policy of that many working days (工作日)."""
    return Policy(timedelta(days=count), Count.WORKED_DAYS, sessions)


def wall_hours(hours: float) -> Policy:
    """Give the policy of hours on the wall clock, as danger has them."""
    return Policy(timedelta(hours=hours), Count.WALL)


def due(start: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Give the moment by which it must be done, in China time.

    Monotone in `start` and in the span; never outside office hours of a worked day, except for the wall clock and
    where the policy says so. Raises ValueError for a naive `start`.
    """
    if start.tzinfo is None:
        raise ValueError("a moment has a time zone: start is naive")
    begun = start.astimezone(CHINA)
    if policy.count is Count.WALL:
        return begun + policy.span
    if policy.count is Count.WORKED_TIME:
        return _after_worked_time(begun, policy, calendar)
    if policy.count is Count.WORKED_DAYS:
        last = calendar.add_working_days(begun.date(), policy.span.days)
    else:
        last = begun.date() + policy.span
    if policy.count is Count.CALENDAR_DAYS and policy.may_land_off:
        return _at(last, time(23, 59))
    return _close_of(last, begun, policy, calendar)


def is_working_time(moment: datetime, policy: Policy, calendar: Calendar) -> bool:
    """Tell whether the moment lies in office hours, both ends included."""
    local = moment.astimezone(CHINA)
    inside = any(opens <= local.time() <= closes for opens, closes in policy.sessions)
    return inside and calendar.is_working_day(local.date())


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)


def _close_of(day: date, begun: datetime, policy: Policy, calendar: Calendar) -> datetime:
    """Give the end of office hours of that day or the next worked one; of today's only while it still lies ahead."""
    closes = policy.sessions[-1][1]
    worked = calendar.next_working_day(day)
    if _at(worked, closes) < begun:
        worked = calendar.next_working_day(worked + timedelta(days=1))
    return _at(worked, closes)


def _after_worked_time(begun: datetime, policy: Policy, calendar: Calendar) -> datetime:
    left = policy.span
    day = begun.date()
    while True:
        if calendar.is_working_day(day):
            for opens, closes in policy.sessions:
                entered = max(begun, _at(day, opens))
                room = _at(day, closes) - entered
                if room >= left and room >= _NONE:
                    return entered + left
                left -= max(room, _NONE)
        day += timedelta(days=1)
