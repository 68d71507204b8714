"""One calendar for the whole house: which days are worked, which are holidays, lunar days, terms and market days.

The value is built once from plain rows (rules/calendar.csv) and handed to nlp and domain alike, so that a notice, a
deadline and a reminder can never disagree about a day. For years without rows only weekends are days off, and whoever
counts with such a year says so (`knows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.almanac import LAST_YEAR, LunarDate, lunar_of, month_length, solar_of, solar_term

HOLIDAY = "放假"
MAKE_UP = "上班"
_ONE_DAY = timedelta(days=1)
_MOST_COUNTED = 1_000


class BadCalendarRow(ValueError):
    """A row of the holiday table cannot be read; the message names the row and the mend. `place` counts from 0."""

    def __init__(self, where: str, problem: str, mend: str, place: int = 0) -> None:
        super().__init__(f"{where}: {problem}; {mend}")
        self.mend, self.place = mend, place


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days as this village lives them.

    `holidays` and `make_up` hold the public holidays and the weekend days worked instead (调休), `years` the years
    for which both are known, `names` what each holiday is called. `market_days` are the last digits of the (lunar, or
    solar where `market_is_lunar` is False) days on which the market is held: (1, 4, 7) means 初一, 初四, 初七, 十一 …
    """

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict, hash=False)
    market_days: tuple[int, ...] = ()
    market_is_lunar: bool = True
    _counted: dict[tuple[date, int], date] = field(default_factory=dict, init=False, repr=False, compare=False)

    def knows(self, year: int) -> bool:
        """Tell whether the holidays and make-up days of that year are known."""
        return year in self.years

    def is_working_day(self, day: date) -> bool:
        """Tell whether offices work on that day; weekends alone decide where the year is not known."""
        if day in self.holidays:
            return False
        return day in self.make_up or day.weekday() < 5

    def next_working_day(self, day: date) -> date:
        """Give that day if it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Give the `count`-th worked day after `day`, which itself is not counted (民法典 art. 201)."""
        known = self._counted.get((day, count))  # the same few spans are asked for all day long
        if known is None:
            known = self._counted_from(day, count)
            if len(self._counted) > _MOST_COUNTED:
                self._counted.clear()
            self._counted[day, count] = known
        return known

    def _counted_from(self, day: date, count: int) -> date:
        while count > 0:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def lunar(self, day: date) -> LunarDate:
        """Give the lunar date; NoSuchLunarDay outside 1900–2100."""
        return lunar_of(day)

    def solar(self, year: int, month: int, day: int, leap: bool = False) -> date:
        """Give the solar day of a lunar date; NoSuchLunarDay where there is none."""
        return solar_of(year, month, day, leap)

    def lunar_month_length(self, year: int, month: int, leap: bool = False) -> int:
        """Give 29 or 30 days; NoSuchLunarDay where there is no such month."""
        return month_length(year, month, leap)

    def term(self, year: int, name: str) -> date:
        """Give the day of a solar term (清明, 冬至 …) in that solar year."""
        return solar_term(year, name)

    def is_market_day(self, day: date) -> bool:
        """Tell whether the market is held on that day; never where no market days are set."""
        if not self.market_days or day.year >= LAST_YEAR:
            return False
        number = lunar_of(day).day if self.market_is_lunar else day.day
        return number % 10 in self.market_days

    def next_market_day(self, day: date) -> date | None:
        """Give the first market day from `day` on, or None where the village set none."""
        return next((it for it in (day + timedelta(days=n) for n in range(12)) if self.is_market_day(it)), None)


def calendar_from_rows(
    rows: Iterable[Mapping[str, str]],
    market_days: Iterable[int] = (),
    *,
    market_is_lunar: bool = True,
    source: str = "calendar.csv",
) -> Calendar:
    """Build the calendar from rows with 日期, 安排 (放假 or 上班) and 名称; raise BadCalendarRow naming the row."""
    holidays: set[date] = set()
    make_up: set[date] = set()
    names: dict[date, str] = {}
    for number, row in enumerate(rows, start=2):
        day, kind, name = _read_row(row, f"{source} row {number}", number - 2)
        if day in holidays or day in make_up:
            raise BadCalendarRow(f"{source} row {number}", f"{day} stands there twice", "keep one", number - 2)
        (holidays if kind == HOLIDAY else make_up).add(day)
        names[day] = name
    days = tuple(market_days)
    if any(not 0 <= digit <= 9 for digit in days):
        raise BadCalendarRow("market days", str(days), "write last digits 0 to 9")
    years = frozenset(day.year for day in holidays)
    return Calendar(frozenset(holidays), frozenset(make_up), years, names, days, market_is_lunar)


def _read_row(row: Mapping[str, str], where: str, place: int) -> tuple[date, str, str]:
    try:
        day = date.fromisoformat((row.get("日期") or "").strip())
    except ValueError as wrong:
        raise BadCalendarRow(where, f"日期 {row.get('日期')!r} is no day", "write YYYY-MM-DD", place) from wrong
    kind = (row.get("安排") or "").strip()
    if kind not in (HOLIDAY, MAKE_UP):
        raise BadCalendarRow(where, f"安排 {kind!r}", f"write {HOLIDAY} or {MAKE_UP}", place)
    return day, kind, (row.get("名称") or "").strip()
