"""What the readers of days share: the calendar they ask, the present they see from, what they note and give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple, Protocol

from nlp.when_scan import Fields

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1901, 2099


class LunarDay(Protocol):
    """A day of the lunar calendar."""

    @property
    def year(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def day(self) -> int: ...
    @property
    def leap(self) -> bool: ...


class Calendar(Protocol):
    """What the parser asks of the house's one calendar value. Lunar days that never were raise ValueError."""

    def knows(self, year: int) -> bool: ...
    def is_working_day(self, day: date) -> bool: ...
    def add_working_days(self, day: date, count: int) -> date: ...
    def lunar(self, day: date) -> LunarDay: ...
    def solar(self, year: int, month: int, day: int, leap: bool = False) -> date: ...
    def lunar_month_length(self, year: int, month: int, leap: bool = False) -> int: ...
    def term(self, year: int, name: str) -> date: ...
    def next_market_day(self, day: date) -> date | None: ...


class Remark(NamedTuple):
    """One thing assumed, or asked: a code and what fills its sentence."""

    code: str
    value: Any = None


class Notes:
    """What was assumed on the way, and the first question that must be asked."""

    __slots__ = ("assumed", "question")

    def __init__(self) -> None:
        self.assumed: list[Remark] = []
        self.question: Remark | None = None

    def assume(self, code: str, value: Any = None) -> None:
        self.assumed.append(Remark(code, value))

    def ask(self, code: str, value: Any = None) -> None:
        self.question = self.question or Remark(code, value)


class Days(NamedTuple):
    """From the first to the last day meant; `fixed` says that no year or month had to be filled in."""

    first: date
    last: date
    fixed: bool = True


class Present(NamedTuple):
    """The day and minute the text is read at, with the calendar."""

    today: date
    minute: int
    calendar: Calendar


def one(day: date, fixed: bool = True) -> Days:
    """Give a single day."""
    return Days(day, day, fixed)


def year_of(fields: Fields, present: Present) -> int | None:
    """Give the year named, or None where none is."""
    if "year" in fields:
        return int(fields["year"])
    return present.today.year + int(fields["year_off"]) if "year_off" in fields else None


def length_of_month(year: int, month: int) -> int:
    """Give 28 to 31; the module `calendar` costs milliseconds to import."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - ONE_DAY).day


def solar_day(year: int, month: int, day: int) -> date | None:
    """Give the day, or None where the month has none such."""
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= day <= length_of_month(year, month):
        return date(year, month, day)
    return None


def add_months(day: date, months: int) -> date:
    """Give the same day of a later month, its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    return date(year, month + 1, min(day.day, length_of_month(year, month + 1)))


def of_lunar_year(calendar: Calendar, year: int, month: int, day: int, leap: bool) -> date | None:
    """Give the day (the last of a short month for its 30th), or None where the year has no such month."""
    try:
        return calendar.solar(year, month, min(day, calendar.lunar_month_length(year, month, leap)), leap)
    except ValueError:
        return None
