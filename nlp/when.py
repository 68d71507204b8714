"""Times in notices and talk: `find` reads the one moment, day, span, deadline or recurrence a text is about.

Order of work: scan the words of time, put neighbouring words together into points, join points into spans, choose the
point the text is about, and see it from the present. Everything is China time.
"""

from __future__ import annotations

from datetime import datetime

from nlp.lazy import regex
from nlp.when_away import recurring, span_away
from nlp.when_base import Calendar, Notes, Present, Remark
from nlp.when_moments import CHINA, NOTHING, Found, placed
from nlp.when_points import Point, has_clock, has_day, joined, points_of
from nlp.when_scan import scan

# Each registers its rules with the scanner; where two fit, the earlier goes first.
# isort: off
import nlp.when_rules_clock
import nlp.when_rules_span
import nlp.when_rules_day  # noqa: F401
# isort: on

__all__ = ["CHINA", "TIMELESS", "Calendar", "Found", "find"]

TIMELESS = Found()
"""What is found in a text without any word of time, at whatever moment it is read."""

_TITLE = regex(r"《[^》]{0,30}》")
_TRADITIONAL = str.maketrans(
    "個點時號週兩禮後農曆臘節晝間幾過這當開會鐘內裏裡從曉陰陽舊歷來還歲凊淸",
    "个点时号周两礼后农历腊节昼间几过这当开会钟内里里从晓阴阳旧历来还岁清清",
)
_WIDE = {0xFF10 + n: 48 + n for n in range(10)} | {0xFF1A: ":", 0xFF0F: "/", 0xFF0D: "-", 0x3000: " ", 0x2236: ":"}
_PLAIN = {**_TRADITIONAL, **_WIDE}


def find(text: str, now: datetime, calendar: Calendar) -> Found:
    """Read the time a text is about, as seen from `now` (aware): TIMELESS itself where no word tells one. Never raises."""
    local = now.astimezone(CHINA)
    if not 1902 <= local.year <= 2096:
        return NOTHING
    plain = text.translate(_PLAIN)
    if "《" in plain:
        plain = _TITLE.sub(lambda title: " " * len(title[0]), plain)
    tokens = scan(plain)
    if not tokens:
        return TIMELESS
    present = Present(local.date(), local.hour * 60 + local.minute, calendar)
    points = joined(points_of(tokens, plain), plain)
    return _best(points, plain, present, local)


def _weight(point: Point) -> int:
    fields = point.fields
    if "vague" in fields:
        return 1
    if "now" in fields:
        return 1
    if "delta" in fields:
        return 2 if fields["delta"][2] is None else 6
    weight = 4 * has_day(fields) + 3 * ("clock" in fields) + 2 * ("part" in fields) + 3 * ("week" in fields)
    return weight + 2 * ("month" in fields or "month_off" in fields) + 4 * ("every" in fields) + ("year" in fields) + 1


def _best(points: list[Point], text: str, present: Present, now: datetime) -> Found:
    weights = [_weight(point) + 10 * _is_moved_to(point, text) for point in points]
    chosen = [point for point, weight in zip(points, weights, strict=True) if weight == max(weights)]
    found = NOTHING
    for point in chosen:
        one = _seen(point, text, present, now)
        if found is NOTHING or (_is_past(found, now) and not _is_past(one, now)):
            found = one
    return found


_MOVED_TO = regex(
    r"(?:改|推|推迟|挪|移|调整|调|顺延|提前|延后|延迟|换|变更|延期|改期)(?:到|在|成|为|至)(?:了)?[:：\s]*$"
)


def _is_moved_to(point: Point, text: str) -> bool:
    """原定周三的会改到周五: the new time counts."""
    return _MOVED_TO.search(text, max(0, point.start - 8), point.start) is not None


def _is_past(found: Found, now: datetime) -> bool:
    moment = found.end or found.start
    return moment is None or moment < now


def _seen(point: Point, text: str, present: Present, now: datetime) -> Found:
    notes = Notes()
    fields = point.fields
    try:
        if "vague" in fields:
            found = Found(question=Remark("which_day", fields["vague"]))
        elif "delta" in fields:
            found = span_away(point, text, present, now, notes)
        elif "every" in fields:
            found = recurring(point, present, notes)
        else:
            found = placed(point, text, present, notes)
    except (ValueError, OverflowError):  # a year or a lunar day outside the tables: nothing we can name
        return NOTHING
    end = (point.to or point).end
    return Found(
        found.start, found.end, found.kind, (*found.assumed, *notes.assumed), found.question or notes.question,
        (point.start, end), has_clock(fields),
    )  # fmt: skip
