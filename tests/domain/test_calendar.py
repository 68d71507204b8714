"""The lunar table and the holidays against independent libraries; working and market days."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
import sxtwl
from hypothesis import given
from hypothesis import strategies as st
from lunar_python import LunarYear, Solar

from domain.almanac import TERMS, LunarDate, NoSuchLunarDay, leap_month, lunar_of, month_length, solar_of, solar_term
from domain.calendar import BadCalendarRow, Calendar, calendar_from_rows

FIRST, LAST = date(1901, 1, 1), date(2100, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
# The new moon of the 9th month of 2057 falls within a minute of midnight; the two libraries differ for that month.
DIFFER = (date(2057, 9, 28), date(2057, 10, 27))
ROWS = Path(__file__).parents[2] / "rules" / "calendar.csv"


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    with ROWS.open(encoding="utf-8-sig", newline="") as file:
        return calendar_from_rows(csv.DictReader(file), market_days=(1, 4, 7))


def test_every_day_of_two_centuries_has_the_lunar_date_sxtwl_gives() -> None:
    for day in DAYS:
        theirs = sxtwl.fromSolar(day.year, day.month, day.day)
        expected = LunarDate(
            theirs.getLunarYear(), theirs.getLunarMonth(), theirs.getLunarDay(), bool(theirs.isLunarLeap())
        )
        assert lunar_of(day) == expected, day


def theirs_of_lunar_python() -> dict[date, tuple[int, int, int]]:
    """Unroll its months into days: asking it for each day takes a minute."""
    days = {}
    for year in range(1900, 2101):
        for month in LunarYear.fromYear(year).getMonthsInYear():
            first = Solar.fromJulianDay(month.getFirstJulianDay())
            begun = date(first.getYear(), first.getMonth(), first.getDay())
            for n in range(month.getDayCount()):
                days[begun + timedelta(days=n)] = (month.getYear(), month.getMonth(), n + 1)
    return days


def test_every_day_of_two_centuries_has_the_lunar_date_lunar_python_gives_but_one_month() -> None:
    theirs = theirs_of_lunar_python()
    differing = []
    for day in DAYS:
        ours = lunar_of(day)
        if (ours.year, -ours.month if ours.leap else ours.month, ours.day) != theirs[day]:
            differing.append(day)
    assert (differing[0], differing[-1], len(differing)) == (*DIFFER, 30)


def test_every_term_of_two_centuries_falls_on_the_day_lunar_python_gives() -> None:
    for year in range(1901, 2101):
        terms = Solar.fromYmd(year, 6, 1).getLunar().getJieQiTable()
        for name, moment in terms.items():
            if name in TERMS and moment.getYear() == year:
                assert solar_term(year, name) == date(year, moment.getMonth(), moment.getDay()), (year, name)


def test_a_lunar_date_and_its_solar_day_lead_to_each_other() -> None:
    for day in DAYS:
        lunar = lunar_of(day)
        assert solar_of(lunar.year, lunar.month, lunar.day, lunar.leap) == day
        assert lunar.day <= month_length(lunar.year, lunar.month, lunar.leap)


@pytest.mark.parametrize(
    ("year", "month", "day", "leap"),
    [(2026, 12, 30, False), (2026, 6, 1, True), (2026, 13, 1, False), (2101, 1, 1, False), (1899, 1, 1, False)],
)
def test_a_lunar_day_that_never_was_is_refused(year: int, month: int, day: int, leap: bool) -> None:
    with pytest.raises(NoSuchLunarDay):
        solar_of(year, month, day, leap)


def test_the_leap_months_are_known() -> None:
    assert [leap_month(year) for year in (2023, 2025, 2026, 2028, 2033)] == [2, 6, 0, 5, 11]
    assert solar_of(2025, 6, 1, leap=True) == date(2025, 7, 25)


def test_the_24_terms_of_a_year_follow_one_another() -> None:
    days = [solar_term(2026, name) for name in TERMS]
    assert days == sorted(days)
    assert (solar_term(2026, "清明"), solar_term(2026, "冬至")) == (date(2026, 4, 5), date(2026, 12, 22))


def test_working_days_are_those_of_the_published_holidays(calendar: Calendar) -> None:
    day = date(2004, 1, 1)
    while day.year <= 2026:
        assert calendar.is_working_day(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_shipped_table_is_the_one_its_script_writes(calendar: Calendar) -> None:
    from scripts.calendar_rows import rows

    with ROWS.open(encoding="utf-8-sig", newline="") as file:
        assert [tuple(row) for row in csv.reader(file)][1:] == rows()
    assert calendar.knows(2026)
    assert not calendar.knows(2027)


def test_beyond_the_table_only_weekends_are_days_off(calendar: Calendar) -> None:
    assert calendar.is_working_day(date(2027, 10, 1))
    assert not calendar.is_working_day(date(2027, 10, 2))


def test_the_day_of_arrival_is_not_counted(calendar: Calendar) -> None:
    assert calendar.add_working_days(date(2026, 11, 22), 3) == date(2026, 11, 25)
    # 2026-09-30 to 10-08: seven days of holiday between; 10-10 is worked instead of a Saturday.
    assert calendar.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_the_market_is_held_on_lunar_days_ending_so(calendar: Calendar) -> None:
    # 2026-11-22 is 十月十四.
    assert calendar.next_market_day(date(2026, 11, 22)) == date(2026, 11, 22)
    assert calendar.next_market_day(date(2026, 11, 23)) == date(2026, 11, 25)
    assert Calendar().next_market_day(date(2026, 11, 22)) is None


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"日期": "2026-13-01", "安排": "放假", "名称": "x"}, "row 2: 日期"),
        ({"日期": "2026-01-01", "安排": "休", "名称": "x"}, "row 2: 安排"),
        ({}, "row 2: 日期"),
    ],
)
def test_a_bad_row_is_named_with_its_mend(row: dict[str, str], says: str) -> None:
    with pytest.raises(BadCalendarRow, match=says):
        calendar_from_rows([row])


def test_a_day_written_twice_is_refused() -> None:
    row = {"日期": "2026-01-01", "安排": "放假", "名称": "元旦"}
    with pytest.raises(BadCalendarRow, match="twice"):
        calendar_from_rows([row, row])


@given(st.dates(FIRST, date(2100, 12, 1)), st.integers(0, 40))
def test_counting_working_days_lands_on_the_right_one(day: date, count: int) -> None:
    reached = Calendar().add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (reached - day).days + 1)]
    assert sum(Calendar().is_working_day(it) for it in between) == count
