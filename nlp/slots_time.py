"""Slots of time: when something starts, closes, is due, how many days, which month."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from nlp.lazy import regex
from nlp.numbers import number
from nlp.said import Reader, Said
from nlp.when_shared import HAN

_DAYS = regex(
    rf"(?<![月\d{HAN}第初到至])(?P<n>\d{{1,3}}|[{HAN}百]{{1,4}}|"
    r"[俩仨半])(?P<more>个)?(?P<half>半)?(?P<unit>工作日|天|日|周|星期|礼拜|月(?!份|\d))(?![初底末中]|前天)"
)
_PER = {"周": 7, "星期": 7, "礼拜": 7, "月": 30}


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


_CLOSING = regex(r"(?:截止|截至|截|投到|投票到|到|至|结束|期限|最晚|最迟)(?:时间|日期)?(?:是|为|在|于)?[:：\s]*$")
_CLOSED = regex(r"\s*(?:截止|截至|结束|为止|之前|以前|前|止)")


def is_closing(said: Said) -> bool:
    """Tell whether the time named is when a poll closes, not a part of what it asks (周六开会还是周日)."""
    found = said.time
    if found.kind == "deadline":
        return True
    begin, end = found.at
    before = _CLOSING.search(said.text, max(0, begin - 8), begin)
    return before is not None or _CLOSED.match(said.text, end) is not None


def closes_at(said: Said) -> str | None:
    """Give the moment a poll closes: the end of a deadline or of the day named."""
    return _last_moment(said) if is_closing(said) else None


def _last_moment(said: Said) -> str | None:
    found = said.time
    if found.kind == "instant":
        return _iso(found.start)
    return _iso(found.end) if found.kind in ("deadline", "day", "daypart", "span") else None


def until(said: Said) -> str | None:
    """Give the last moment of a deadline named by a day, not by a count of days (延长到周日)."""
    if said.time.kind is None or _is_a_count(said) or said.time.question_code == "about_how_long":
        return None
    return _last_moment(said)


def _is_a_count(said: Said) -> bool:
    begin, end = said.time.at
    return _DAYS.search(said.text[begin:end]) is not None and not re.search(
        r"[月日号周期拜]\s*[一二三四五六日天\d]|\d[号日]|底", said.text[begin:end]
    )


def days(said: Said) -> int | None:
    """Give a count of days (七天 7, 半个月 15, 一周 7, 三个工作日 3)."""
    match = _DAYS.search(said.text)
    if match is None or (match["unit"] == "日" and not said.text.startswith(match[0])):
        return None
    if match["unit"] == "月" and not match["more"] and match["n"] not in ("俩", "仨", "半"):
        return None
    value = 0.5 if match["n"] == "半" else number(match["n"])
    if value is None:
        return None
    per = _PER.get(match["unit"], 1)
    return int(float(value) * per + (per / 2 if match["half"] else 0)) or None


def starts_at(said: Said) -> str | None:
    """Give the moment a meeting starts, where a clock or a part of the day is said."""
    found = said.time
    return _iso(found.start) if found.kind is not None and found.has_clock else None


def any_date(said: Said) -> str | None:
    """Give the day, whether or not a clock is said."""
    found = said.time
    if found.kind is None or found.start is None:
        return None
    moment = found.end if found.kind == "deadline" else found.start
    return None if moment is None else moment.date().isoformat()


def only_date(said: Said) -> str | None:
    """Give the day where no clock is said."""
    return None if said.time.has_clock else any_date(said)


_SHIFT = regex(
    rf"(?:往后|向后|朝后|推迟|延后|延迟|往前|提前|推|延|挪)(?:推|延|挪|移)?(?:迟|后)?(?P<n>\d{{1,2}}|"
    rf"[{HAN}俩半]{{1,2}})个?(?P<unit>天|日|周|星期|礼拜|小时|钟头)"
)


def is_shift(said: Said) -> bool:
    """Tell whether a meeting is moved by a span (往后推一天), whose day only the meeting knows."""
    return _SHIFT.search(said.text) is not None


def new_starts_at(said: Said) -> str | None:
    """Give the new moment of a meeting."""
    found = said.time
    if is_shift(said) or not found.has_clock:
        return None
    return _iso(found.end if found.kind == "deadline" else found.start)


def new_date(said: Said) -> str | None:
    """Give the new day of a meeting where no clock is said."""
    return None if is_shift(said) else only_date(said)


_MONTHS = regex(
    rf"(?P<year>\d{{4}}年|去年|今年|明年)?(?P<month>\d{{1,2}}|[{HAN}]{{1,3}})月(?:份)?|(?P<near>上上个?月|"
    r"上个?月|这个?月|本月|当月|这月)"
)


def month(said: Said) -> str | None:
    """Give the month as YYYY-MM: the one named, its latest occurrence when no year is said."""
    match = _MONTHS.search(said.text)
    if match is None:
        return None
    here = said.now.date()
    if match["near"]:
        back = 2 if match["near"].startswith("上上") else 1 if match["near"].startswith("上") else 0
        first = here.replace(day=1)
        for _ in range(back):
            first = (first - timedelta(days=1)).replace(day=1)
        return f"{first:%Y-%m}"
    value = number(match["month"])
    if not isinstance(value, int) or not 1 <= value <= 12:
        return None
    return f"{_year_of(match['year'], value, here):04d}-{value:02d}"


def _year_of(said_year: str | None, of_month: int, here: date) -> int:
    if said_year is None:
        return here.year - (of_month > here.month)
    return (
        here.year + {"去年": -1, "今年": 0, "明年": 1}[said_year] if not said_year[0].isdigit() else int(said_year[:4])
    )


def due(said: Said) -> str | None:
    """Give the moment an assignment is due where a day is named; a count of days is `days`."""
    return until(said)


TIME_READERS: dict[str, Reader] = {
    "closes_at": closes_at,
    "until": until,
    "due": due,
    "days": days,
    "starts_at": starts_at,
    "date": only_date,
    "any_date": any_date,
    "new_starts_at": new_starts_at,
    "new_date": new_date,
    "month": month,
}
