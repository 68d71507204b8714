"""The lunar months and the 24 solar terms of 1900–2100 as two small tables.

Both were computed once with an astronomical library and are compared in the tests, day by day, with two independent
ones. Those two differ only in the 9th lunar month of 2057 (a new moon within a minute of midnight); we follow sxtwl.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

FIRST_YEAR = 1900
LAST_YEAR = 2100

# One word a lunar year: the leap month in the bits above 13, then one bit a month, first month lowest; set = 30 days.
_MONTHS = (
    "116d2 00752 00ea5 0b64a 0064b 00a9b 09556 0056a 00b59 05752 00752 0db25 00b25 00a4b 0b4ab 002ad "
    "0056b 04b69 00da9 0fd92 00e92 00d25 0ba4d 00a56 002b6 095b5 006d4 00ea9 05e92 00e92 0cd26 0052b "
    "00a57 0b2b6 00b5a 006d4 06ec9 00749 0f693 00a93 0052b 0ca5b 00aad 0056a 09b55 00ba4 00b49 05a93 "
    "00a95 0f52d 00536 00aad 0b5aa 005b2 00da5 07d4a 00d4a 10a95 00a97 00556 0cab5 00ad5 006d2 08ea5 "
    "00ea5 0064a 06c97 00a9b 0f55a 0056a 00b69 0b752 00b52 00b25 0964b 00a4b 114ab 002ad 0056d 0cb69 "
    "00da9 00d92 09d25 00d25 15a4d 00a56 002b6 0c5b5 006d5 00ea9 0be92 00e92 00d26 06a56 00a57 114d6 "
    "0035a 006d5 0b6c9 00749 00693 0952b 0052b 00a5b 0555a 0056a 0fb55 00ba4 00b49 0ba93 00a95 0052d "
    "08aad 00ab5 135aa 005d2 00da5 0dd4a 00d4a 00c95 0952e 00556 00ab5 055b2 006d2 0cea5 00725 0064b "
    "0ac97 00cab 0055a 06ad6 00b69 17752 00b52 00b25 0da4b 00a4b 004ab 0a55b 005ad 00b6a 05b52 00d92 "
    "0fd25 00d25 00a55 0b4ad 004b6 005b5 06daa 00ec9 11e92 00e92 00d26 0ca56 00a57 00556 086d5 00755 "
    "00749 06e93 00693 0f52b 0052b 00a5b 0b55a 0056a 00b65 0974a 00b4a 11a95 00a95 0052d 0caad 00ab5 "
    "005aa 08ba5 00da5 00d4a 07c95 00c96 0f94e 00556 00ab5 0b5b2 006d2 00ea5 08e4a 0068b 10c97 004ab "
    "0055b 0cad6 00b6a 00752 09725 00b45 00a8b 0549b 004ab "
)

# One word a solar year: two bits a term, 小寒 lowest, the days after the earliest day that term ever falls on.
_TERMS = (
    "5aa665a65a56 6aaaa6aa9a5a aaaaaabaaa6a aaabbabbafaa 5aa665a65aab 6aaaa6aa9a5a aaaaaaaaaa6a aaabbabbafaa "
    "5aa665a65aab 6aaaa6aa9a5a aaaaaaaaaa6a aaabbabbafaa 56a665a65aab 6aa6a6aa9a56 aaaaaaaa9a5a aaabaabaaeaa "
    "569665a65aaa 6aa6a6a69a56 6aaaaaaa9a5a aaabaabaaeaa 569665a65aaa 5aa6a6a65a56 6aaaaaaa9a5a aaabaabaaa6a "
    "569665a65aaa 5aa6a6a65a56 6aaaa6aa9a5a aaabaabaaa6a 555665a65aaa 5aa665a65a56 6aaaa6aa9a5a aaaaaabaaa6a "
    "555665665aaa 5aa665a65a56 6aaaa6aa9a5a aaaaaaaaaa6a 555665665aaa 5aa665a65a56 6aaaa6aa9a5a aaaaaaaaaa6a "
    "555665665aaa 5aa665a65a56 6aaaa6aa9a5a aaaaaaaaaa6a 555665655aaa 569665a65a56 6aa6a6aa9a56 aaaaaaaa9a5a "
    "5556556559aa 569665a65a55 6aa6a6a65a56 aaaaaaaa9a5a 5556556559aa 569665a65a55 5aa6a6a65a56 6aaaa6aa9a5a "
    "5556556555aa 569665a65a55 5aa665a65a56 6aaaa6aa9a5a 55555565556a 555665665a55 5aa665a65a56 6aaaa6aa9a5a "
    "55555565556a 555665665a55 5aa665a65a56 6aaaa6aa9a5a 55555555556a 555665665a55 5aa665a65a56 6aaaa6aa9a5a "
    "55555555556a 555665655a55 5aa665a65a56 6aa6a6aa9a5a 55555555456a 555655655a55 5a9665a65a56 6aa6a6a69a56 "
    "55555555456a 555655655a55 569665a65a56 6aa6a6a65a56 55555155455a 555655655955 569665a65a55 5aa6a5a65a56 "
    "15555155455a 555555655555 569665665a55 5aa665a65a56 15555155455a 555555655515 555665665a55 5aa665a65a56 "
    "15555155455a 555555555515 555665665a55 5aa665a65a56 15555155455a 555555555515 555665665a55 5aa665a65a56 "
    "15555155455a 555555555515 555655655a55 5aa665a65a56 15515155455a 555555554515 555655655a55 5a9665a65a56 "
    "15515151455a 555551554515 555655655a55 569665a65a56 155151510556 555551554505 555655655955 569665665a55 "
    "155110510556 155551554505 555555655555 569665665a55 055110510556 155551554505 555555555515 555665665a55 "
    "055110510556 155551554505 555555555515 555665665a55 055110510556 155551554505 555555555515 555655655a55 "
    "055110510556 155551554505 555555555515 555655655a55 055110510556 155151514505 555555554515 555655655a55 "
    "054110510556 155151510505 555551554515 555655655a55 014110110556 155110510501 555551554505 555555655555 "
    "014110110555 155110510501 555551554505 555555555555 014110110555 055110510501 155551554505 555555555555 "
    "000110110555 055110510501 155551554505 555555555515 000110110555 055110510501 155551554505 555555555515 "
    "000100100555 055110510501 155151514505 555555555515 000100100555 054110510501 155151514505 555551554515 "
    "000100100555 054110510501 155150510505 555551554515 000100100555 014110110501 155110510505 555551554505 "
    "000000100055 014110110500 155110510501 555551554505 000000000055 014110110500 055110510501 155551554505 "
    "000000000055 000110110500 055110510501 155551554505 000000000015 000100110500 055110510501 155551554505 "
    "555555555515 "
)

_TERM_DAYS = _TERMS.split()

TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
_EARLIEST = (4, 19, 3, 18, 4, 19, 4, 19, 4, 20, 4, 20, 6, 22, 6, 22, 6, 22, 7, 22, 6, 21, 6, 21)


class NoSuchLunarDay(ValueError):
    """That lunar month has no such day, or the year lies outside 1900–2100."""


@dataclass(frozen=True, slots=True, order=True)
class LunarDate:
    """A day of the lunar calendar; `leap` marks the second month of that number (闰月)."""

    year: int
    month: int
    day: int
    leap: bool = False


def _lengths(word: str) -> tuple[int, ...]:
    bits = int(word, 16)
    return tuple(29 + (bits >> place & 1) for place in range(13 if bits >> 13 else 12))


_LEAP = tuple(int(word, 16) >> 13 for word in _MONTHS.split())
_LENGTHS = tuple(_lengths(word) for word in _MONTHS.split())
# The ordinal of each lunar new year's day; 1900-01-31 began lunar 1900.
_NEW_YEAR = tuple(accumulate((sum(months) for months in _LENGTHS), initial=date(1900, 1, 31).toordinal()))


def lunar_of(day: date) -> LunarDate:
    """Give the lunar date of a solar day from 1900-01-31 to the end of lunar 2100; else raise NoSuchLunarDay."""
    ordinal = day.toordinal()
    place = bisect_right(_NEW_YEAR, ordinal) - 1
    if not 0 <= place < len(_LENGTHS):
        raise NoSuchLunarDay(day.isoformat())
    rest = ordinal - _NEW_YEAR[place]
    lengths = _LENGTHS[place]
    index = 0
    while rest >= lengths[index]:
        rest -= lengths[index]
        index += 1
    leap = _LEAP[place]
    is_leap = bool(leap) and index == leap
    month = index if leap and index >= leap else index + 1
    return LunarDate(FIRST_YEAR + place, month, rest + 1, is_leap)


def _index(year: int, month: int, leap: bool) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise NoSuchLunarDay(f"{year}-{month}")
    of_year = _LEAP[year - FIRST_YEAR]
    if leap and month != of_year:
        raise NoSuchLunarDay(f"{year} has no leap month {month}")
    return month if leap or (of_year and month > of_year) else month - 1


def leap_month(year: int) -> int:
    """Give the number of the month that is doubled in that lunar year, 0 for none."""
    return _LEAP[year - FIRST_YEAR] if FIRST_YEAR <= year <= LAST_YEAR else 0


def month_length(year: int, month: int, leap: bool = False) -> int:
    """Give 29 or 30, or raise NoSuchLunarDay."""
    index = _index(year, month, leap)
    return _LENGTHS[year - FIRST_YEAR][index]


def solar_of(year: int, month: int, day: int, leap: bool = False) -> date:
    """Give the solar day of a lunar date, or raise NoSuchLunarDay."""
    index = _index(year, month, leap)
    months = _LENGTHS[year - FIRST_YEAR]
    if not 1 <= day <= months[index]:
        raise NoSuchLunarDay(f"{year}-{month} has no day {day}")
    return date.fromordinal(_NEW_YEAR[year - FIRST_YEAR] + sum(months[:index]) + day - 1)


def solar_term(year: int, name: str) -> date:
    """Give the day of that term (清明, 冬至 …) in the solar year; KeyError for a name that is no term."""
    if name not in TERMS:
        raise KeyError(name)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchLunarDay(str(year))
    place = TERMS.index(name)
    late = int(_TERM_DAYS[year - FIRST_YEAR], 16) >> 2 * place & 3
    return date(year, place // 2 + 1, _EARLIEST[place] + late)
