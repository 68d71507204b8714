"""From words to days: what 初八, 下周三, 月底, 清明前一天 or 三个工作日 mean as seen from a given present.

Always towards the future: a month and day without a year is its next occurrence, a bare weekday the coming one. What
had to be assumed is noted, and what can honestly be read two ways is noted as a question.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from nlp.when_base import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    Calendar,
    Days,
    Notes,
    Present,
    add_months,
    length_of_month,
    of_lunar_year,
    one,
    solar_day,
    year_of,
)
from nlp.when_feasts import half, holiday, market, months, quarter
from nlp.when_scan import Fields

_WEEK = timedelta(days=7)


def days_of(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give the days the fields mean, or None when they name none."""
    days = None
    for key, read in _READERS:
        if key in fields:
            days = read(fields, present, notes)
            break
    if days is not None and days.first == days.last and key not in ("rday", "weekday"):
        _compare(fields, days.first, present, notes)
    if "follows" in fields:
        days = days or one(present.today)
    shift = fields.get("shift", 0) + fields.get("follows", 0)
    if days is not None and ("shift" in fields or "follows" in fields):
        days = one((days.last if shift > 0 else days.first) + timedelta(days=shift), days.fixed)
    return days


def _compare(fields: Fields, day: date, present: Present, notes: Notes) -> None:
    """Ask where a date and the weekday or the 明天 beside it do not agree."""
    if "weekday" in fields and "nth" not in fields and "week" not in fields and day.weekday() != fields["weekday"]:
        notes.ask("weekday_differs", day)
    if "rday" in fields and day != present.today + timedelta(days=fields["rday"]):
        notes.ask("day_differs", day)


# ---- months and days --------------------------------------------------------------------------------------------


def _calendar_day(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Read a day of a month: lunar or solar, the month named, near (下个月) or left out."""
    if "doubt" in fields:
        notes.ask(fields["doubt"], (fields.get("month"), fields["day"]))
    if fields.get("lunar"):
        return _lunar_day(fields, present, notes)
    day = int(fields["day"])
    if "month_off" in fields:
        first = add_months(present.today.replace(day=1), int(fields["month_off"]))
        found = solar_day(first.year, first.month, day)
        if found is not None and found < present.today and fields["month_off"] == 0:
            notes.ask("past_day", found)
        return None if found is None else one(found)
    if "month" in fields:
        return _month_and_day(int(fields["month"]), day, year_of(fields, present), present, notes)
    return _day_of_coming_month(day, present, notes)


def _month_and_day(month: int, day: int, year: int | None, present: Present, notes: Notes) -> Days | None:
    if year is not None:
        fixed = solar_day(year, month, day)
        return None if fixed is None else one(fixed)
    for ahead in range(9):  # 2月29日 may be eight years off
        found = solar_day(present.today.year + ahead, month, day)
        if found is not None and found >= present.today:
            if ahead:
                notes.assume("next_year", found.year)
            return one(found, fixed=False)
    return None


def _day_of_coming_month(day: int, present: Present, notes: Notes) -> Days | None:
    for ahead in range(3):
        first = add_months(present.today.replace(day=1), ahead)
        found = solar_day(first.year, first.month, day)
        if found is not None and found >= present.today:
            if ahead:
                is_past = solar_day(present.today.year, present.today.month, day) is not None
                notes.assume("next_month" if is_past else "short_month", found.month)
            return one(found, fixed=False)
    return None


def _lunar_day(fields: Fields, present: Present, notes: Notes) -> Days | None:
    calendar, day, leap = present.calendar, int(fields["day"]), bool(fields.get("leap"))
    here = calendar.lunar(present.today)
    if "or_day" in fields:
        either = [_lunar_day({"day": it, "lunar": True}, present, notes) for it in (day, fields["or_day"])]
        return min(days for days in either if days is not None)
    if "month" not in fields:
        return _day_of_lunar_month(day, int(fields.get("month_off", 0)), "month_off" in fields, present, notes)
    month, year = int(fields["month"]), year_of(fields, present)
    years = range(here.year, here.year + 40) if year is None else range(year, year + 1)
    for candidate in years:
        found = of_lunar_year(calendar, candidate, month, day, leap)
        if found is not None and (year is not None or found >= present.today):
            notes.assume("lunar", found)
            if day == 30 and calendar.lunar(found).day == 29:
                notes.assume("month_has_29", found)
            return one(found, fixed=year is not None)
    notes.ask("no_such_lunar_day", (month, day))
    return None


def _day_of_lunar_month(day: int, offset: int, near: bool, present: Present, notes: Notes) -> Days | None:
    """Read 初八 as the next one, 下月初五 as that of the next lunar month."""
    start = _first_of_lunar_month(present.today, present.calendar)
    for _ in range(offset):
        start = _next_lunar_month(start, present.calendar)
    for _ in range(3):
        lunar = present.calendar.lunar(start)
        length = present.calendar.lunar_month_length(lunar.year, lunar.month, lunar.leap)
        if day <= length and (near or start + timedelta(days=day - 1) >= present.today):
            found = start + timedelta(days=day - 1)
            notes.assume("lunar", found)
            return one(found, fixed=near)
        start = _next_lunar_month(start, present.calendar)
    return None


def _first_of_lunar_month(day: date, calendar: Calendar) -> date:
    return day - timedelta(days=calendar.lunar(day).day - 1)


def _next_lunar_month(first: date, calendar: Calendar) -> date:
    lunar = calendar.lunar(first)
    return first + timedelta(days=calendar.lunar_month_length(lunar.year, lunar.month, lunar.leap))


def _month(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Read a month without a day, or a part of it (月底, 三月中旬)."""
    first = _first_of_month(fields, present, notes)
    if first is None:
        return None
    if fields.get("lunar"):
        last = _next_lunar_month(first, present.calendar) - ONE_DAY
    else:
        last = first.replace(day=length_of_month(first.year, first.month))
    part = fields.get("month_part")
    if part in ("底", "末"):
        return one(last)
    if part == "中":
        return one(first.replace(day=15) if not fields.get("lunar") else first + timedelta(days=14))
    if part == "初":
        notes.ask("which_day", "月初")
        return Days(first, first + timedelta(days=4))
    begins, ends = {"上旬": (0, 9), "中旬": (10, 19), "下旬": (20, 40)}.get(part or "", (0, 40))
    return Days(first + timedelta(days=begins), min(first + timedelta(days=ends), last))


def _first_of_month(fields: Fields, present: Present, notes: Notes) -> date | None:
    if "month_off" in fields:
        return add_months(present.today.replace(day=1), int(fields["month_off"]))
    month, year = int(fields["month"]), year_of(fields, present)
    if fields.get("lunar"):
        here = present.calendar.lunar(present.today)
        wanted = year if year is not None else here.year + ((here.month, here.leap) > (month, bool(fields.get("leap"))))
        return of_lunar_year(present.calendar, wanted, month, 1, bool(fields.get("leap")))
    if year is None:
        year = present.today.year
        if month < present.today.month:
            year += 1
            notes.assume("next_year", year)
    return solar_day(year, month, 1)


# ---- near days and weeks ----------------------------------------------------------------------------------------


def _relative(fields: Fields, present: Present, notes: Notes) -> Days | None:
    day = present.today + timedelta(days=int(fields["rday"]))
    year = year_of(fields, present)
    if year is not None:  # 去年的今天
        found = solar_day(year, day.month, day.day)
        return None if found is None else one(found)
    if "rday_to" in fields:
        return Days(day, present.today + timedelta(days=fields["rday_to"]))
    if "weekday" in fields and day.weekday() != fields["weekday"]:
        notes.ask("weekday_differs", day)
    return one(day)


def _week(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Read a week or a day of it; weeks start on Monday, and on a Sunday 下周 begins tomorrow."""
    offset = int(fields.get("week", 0))
    monday = present.today - timedelta(days=present.today.weekday()) + offset * _WEEK
    if "weekday" not in fields and "weekend" not in fields:
        return Days(monday, monday + timedelta(days=6))
    begins, ends = (5, 6) if "weekend" in fields else (fields["weekday"], fields["weekday"])
    days = Days(monday + timedelta(days=begins), monday + timedelta(days=ends), "week" in fields)
    if "weekend" in fields and days.first < present.today <= days.last:
        days = Days(present.today, days.last)
    if "week" in fields and offset == 1 and present.today.weekday() == 6 and begins > 0:
        notes.ask("which_week", days.first)
    if offset == 0 and days.last < present.today:
        days = Days(days.first + _WEEK, days.last + _WEEK, days.fixed)
        if "week" in fields or present.today.weekday() != 6:
            notes.ask("past_weekday", days.first)
        else:  # on a Sunday every other weekday is past: nobody means it
            notes.assume("next_week", days.first)
    return days


# ---- the n-th of something --------------------------------------------------------------------------------------


def _nth(fields: Fields, present: Present, notes: Notes) -> Days | None:
    n, what, last, counted = fields["nth"]
    inner = ("nth", "every", "weekday") if what == "week" else ("nth", "every")
    base = days_of({key: value for key, value in fields.items() if key not in inner}, present, notes)
    if what == "day":
        start = base.first if base else present.today
        return one(base.last if base and last else start + timedelta(days=n - 1))
    if what == "working_day":
        return _working_day_of(base, last, present, notes)
    if base is None:
        year = year_of(fields, present)
        base = Days(date(year, 1, 1), date(year, 12, 31)) if year else _this_month(present)
    for _ in range(2):
        found = _nth_in(base, n, what, last, counted)
        if found is not None and what == "week" and "weekday" in fields:
            found = one(found.first + timedelta(days=fields["weekday"]))
        if found is None or found.last >= present.today or not _may_roll(fields):
            return found
        base = _after(base)
    return found


def _may_roll(fields: Fields) -> bool:
    return not any(key in fields for key in ("year", "year_off", "month", "month_off"))


def _this_month(present: Present) -> Days:
    first = present.today.replace(day=1)
    return Days(first, add_months(first, 1) - ONE_DAY)


def _after(month: Days) -> Days:
    first = month.last + ONE_DAY
    return Days(first, add_months(first, 1) - ONE_DAY)


def _nth_in(base: Days, n: int, what: Any, last: bool, counted: bool) -> Days | None:
    """Give the n-th weekday or week in a span; weeks are counted by their Mondays, 最后三周 takes whole weeks."""
    weekday = 0 if what == "week" else what
    first = base.first + timedelta(days=(weekday - base.first.weekday()) % 7)
    if last:
        end = base.last - timedelta(days=(base.last.weekday() - (6 if what == "week" else weekday)) % 7)
        start = end - timedelta(days=7 * n - 1 if what == "week" else 7 * (n - 1))
        return Days(start, end if what == "week" and not counted else start + timedelta(days=6 * (what == "week")))
    start = first + (n - 1) * _WEEK
    return Days(start, start + timedelta(days=6 * (what == "week"))) if start <= base.last else None


def _working_day_of(base: Days | None, last: bool, present: Present, notes: Notes) -> Days:
    if base is None:
        return one(working_days_from(present.today, 1, present, notes))
    if last:
        day = base.last
        while not present.calendar.is_working_day(day):
            day -= ONE_DAY
        return one(day)
    return one(working_days_from(base.first - ONE_DAY, 1, present, notes))


def working_days_from(day: date, count: int, present: Present, notes: Notes) -> date:
    """Count working days after a day, and note where the holidays of a year are not known yet."""
    reached = present.calendar.add_working_days(day, min(count, 400))
    if not present.calendar.knows(reached.year):
        notes.assume("holidays_unknown", reached.year)
    return reached


def _whole_year(fields: Fields, present: Present, notes: Notes) -> Days | None:
    year = year_of(fields, present)
    return Days(date(year, 1, 1), date(year, 12, 31)) if year and FIRST_YEAR <= year <= LAST_YEAR else None


_READERS: tuple[tuple[str, Callable[[Fields, Present, Notes], Days | None]], ...] = (
    ("nth", _nth),
    ("holiday", holiday),
    ("day", _calendar_day),
    ("month", _month),
    ("rday", _relative),
    ("week", _week),
    ("weekday", _week),
    ("weekend", _week),
    ("month_off", _month),
    ("half", half),
    ("months", months),
    ("quarter", quarter),
    ("market", market),
    ("year", _whole_year),
    ("year_off", _whole_year),
)
