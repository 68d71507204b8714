"""Moments of a poll as they are said: when it closes, when it begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nlp.time_slips import DAY_WORDS, alternatives, corrected, impossible
from nlp.when import Found, find
from nlp.when_base import Calendar

_FAR = timedelta(days=180)
_NOON = 12
_AT_NOON = ("中午", _NOON * 60)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as it was said. `question`: what is doubtful about it; `no_thirtieth`: its month ends with the 29th;
    `cannot_be`: the words of a day or hour there is none of; `either`: the two between which it was left open;
    `words`: what was said of it, where it changes a moment that was named before."""

    at: datetime | None
    question: str = ""
    no_thirtieth: bool = False
    cannot_be: str = ""
    either: tuple[str, ...] = ()
    words: str = ""


def moment_said(text: str, now: datetime, calendar: Calendar) -> Moment:
    """Read the answer to “until when?”: 周五晚八点, 月底, 三天, 腊月廿三. `at` is None where no moment is named."""
    text = corrected(text, now, calendar)
    return slip_of(text, now, calendar) or moment_of(find(text, now, calendar), now)


def slip_of(text: str, now: datetime, calendar: Calendar) -> Moment | None:
    """周八, 13月, 周五或者周六: words of a time that name none."""
    if wrong := impossible(text):
        return Moment(None, cannot_be=wrong)
    either = alternatives(text, now, calendar)
    return Moment(None, either=either) if either else None


def moment_of(found: Found, now: datetime) -> Moment:
    if found.kind is None:
        return Moment(None, found.question.code if found.question else "")
    at = found.start if found.kind in ("instant", "daypart") else found.end
    codes = {remark.code for remark in found.assumed}
    if at is not None and "next_year" in codes and at > now + _FAR:
        at = at.replace(year=at.year - 1)  # 11月20日 said on the 22nd has passed; nobody asks a year ahead
    if (
        at is not None
        and found.kind == "deadline"
        and ("hour_of_part", _AT_NOON) in ((r.code, r.value) for r in found.assumed)
    ):
        at = at.replace(hour=_NOON, minute=0)  # 周三中午截止 is at noon, as 周三中午 is
    question = found.question.code if found.question and found.question.code in ("which_hour", "which_day") else ""
    return Moment(at, question, "month_has_29" in codes)


_MORNING = 8


def from_morning(opens: Moment | None) -> Moment | None:
    """Begin in the morning of a day that was named without an hour."""
    if opens is None or opens.at is None or (opens.at.hour, opens.at.minute) != (23, 59):
        return opens
    return replace(opens, at=opens.at.replace(hour=_MORNING, minute=0))


def end_of_day(at: datetime) -> datetime:
    return at.replace(hour=23, minute=59)


_PART = re.compile("早|上午|中午|晌午|下午|后晌|傍晚|晚|夜|凌晨|黑")
_CLOCK = re.compile(r"点|[:：]\d{2}")
_ENDS = re.compile(
    "底|末|小时|钟头|分钟|(?:\\d|[一二两三四五六七八九十半])个?(?:天|周|星期|礼拜|月)(?![一二三四五六日天\\d])"
)
_DATE = re.compile(r"\d[./-]\d|[号日]")


def keeping(before: datetime, closes: Moment) -> datetime | None:
    """Give the moment that is meant by a change of one named before: of 周五晚8点 晚上九点 keeps the day, 周四 the hour.
    None where no moment is named."""
    names_day = DAY_WORDS.search(closes.words) or _DATE.search(closes.words) or _ENDS.search(closes.words)
    names_hour = _CLOCK.search(closes.words) or _PART.search(closes.words)
    if closes.at is None or (names_day and closes.question):
        return None
    if names_hour and not names_day:
        hour = closes.at.hour
        is_bare = not _PART.search(closes.words) and ":" not in closes.words and hour < _NOON
        hour += _NOON if is_bare and before.hour >= _NOON else 0
        return before.replace(hour=hour, minute=closes.at.minute)
    had_hour = (before.hour, before.minute) != (23, 59)
    if names_day and not names_hour and had_hour and not _ENDS.search(closes.words):
        return closes.at.replace(hour=before.hour, minute=before.minute)
    return closes.at
