"""Holidays, solar terms, halves and quarters of a year, market days."""

from __future__ import annotations

from datetime import date, timedelta

from nlp.when_base import (
    FIRST_YEAR,
    LAST_YEAR,
    ONE_DAY,
    Calendar,
    Days,
    Notes,
    Present,
    add_months,
    of_lunar_year,
    one,
    solar_day,
    year_of,
)
from nlp.when_scan import Fields
from nlp.when_words import HOLIDAYS


def holiday_in(word: str, year: int, calendar: Calendar) -> date | None:
    """Give the day of a holiday in that year (a lunar one in the lunar year of that number), None where it has none."""
    code = HOLIDAYS[word]
    if code[0] == "T":
        return calendar.term(year, code[1:])
    if code[0] == "W":
        return _nth_weekday(year, int(code[1:3]), int(code[3]), int(code[4]) - 1)
    if code == "LAST":
        return of_lunar_year(calendar, year, 12, 30, False)
    if code[0] == "L":
        return of_lunar_year(calendar, year, int(code[1:3]), int(code[3:]), False)
    return solar_day(year, int(code[:2]), int(code[2:]))


def _nth_weekday(year: int, month: int, n: int, weekday: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def holiday(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give the day of a holiday: of the year named, else its next."""
    word, year = fields["holiday"], year_of(fields, present)
    found: date | None = None
    if year is not None:
        found = holiday_in(word, year, present.calendar) if FIRST_YEAR <= year <= LAST_YEAR else None
    else:
        for candidate in range(present.today.year - 1, min(present.today.year + 3, LAST_YEAR + 1)):
            found = holiday_in(word, candidate, present.calendar)
            if found is not None and found >= present.today:
                break
    if found is None:
        return None
    code = HOLIDAYS[word]
    if code == "LAST" and present.calendar.lunar(found).day == 29:
        notes.assume("month_has_29", found)
    elif code == "L1223":
        notes.ask("which_small_year", found)
    elif code[0] == "L":
        notes.assume("lunar", found)
    return one(found, fixed=year is not None)


def half(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give a half or an end of the year; its beginning and middle are asked."""
    word = fields["half"]
    year = year_of(fields, present) or present.today.year
    if word in ("年底", "年末", "岁末"):
        return one(date(year, 12, 31))
    if word == "年内":
        return Days(present.today, date(year, 12, 31))
    if word == "上半年":
        return Days(date(year, 1, 1), date(year, 6, 30))
    if word == "下半年":
        return Days(date(year, 7, 1), date(year, 12, 31))
    notes.ask("which_day", word)
    return Days(date(year, 6, 15), date(year, 7, 15)) if word == "年中" else Days(date(year, 1, 1), date(year, 1, 31))


def months(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give a season (spring is March to May) or the first quarters of a year."""
    first, count = fields["months"]
    year = year_of(fields, present) or present.today.year
    begun = add_months(date(year, 1, 1), first - 1)
    return Days(begun, add_months(begun, count) - ONE_DAY)


def quarter(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give a quarter or its last day."""
    year = year_of(fields, present)
    number = fields["quarter"]
    if number is None:
        number = (present.today.month - 1) // 3 + 1
        first = add_months(date(present.today.year, 3 * number - 2, 1), 3 * fields["quarter_off"])
    else:
        first = date(year or present.today.year, 3 * number - 2, 1)
        if year is None and add_months(first, 3) <= present.today:
            first = add_months(first, 12)
    last = add_months(first, 3) - ONE_DAY
    return one(last) if fields["end"] else Days(first, last)


def market(fields: Fields, present: Present, notes: Notes) -> Days | None:
    """Give the next market day; asked where the village set none."""
    found = None if fields["market"] == "庙会" else present.calendar.next_market_day(present.today)
    if found is None:
        notes.ask("which_day", fields["market"])
        return None
    notes.assume("market_day", found)
    return one(found)
