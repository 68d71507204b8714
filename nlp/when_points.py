"""Points: neighbouring words of time put together, and points joined into spans.

明天 (11月26日) 上午 9点 is one point; 9月10号，11号，12号 and 周一到周五 are spans; a day and a clock that stand apart
(周五在村委会开会，晚上七点) are one meeting.
"""

from __future__ import annotations

from nlp.lazy import regex
from nlp.when_scan import Fields, Token


class Point:
    """Neighbouring words of time put together; `to` is the point a span ends with."""

    __slots__ = ("end", "fields", "start", "to")

    def __init__(self, fields: Fields, start: int, end: int) -> None:
        self.fields = fields
        self.start = start
        self.end = end
        self.to: Point | None = None


_BETWEEN = regex(r"[\s,，、()（）\[\]【】的是为于在:：。;；]*(?:[即也就]是|,?即)?[\s(（:：]*|之?后的?|以后的?")
_TO = regex(r"[\s)）起开始时,，]*(?:到|至|--|——|-|~|—|－|–|～|―)+[\s(（]*")
_ROW = regex(r"\s*[,，、和及与]\s*")
# The day of a point is named by one of these; a second one begins another point.
_DAY_KEYS = frozenset(
    ("day", "rday", "follows", "weekday", "weekend", "nth", "holiday", "delta", "half", "months", "quarter", "market")
)


def points_of(tokens: list[Token], text: str) -> list[Point]:
    points: list[Point] = []
    for token in tokens:
        last = points[-1] if points else None
        if (
            last is not None
            and token.start - last.end <= 8
            and _BETWEEN.fullmatch(text, last.end, token.start)
            and _fits(last, token, text)
        ):
            _add(last, token)
        else:
            points.append(Point(dict(token.fields), token.start, token.end))
    return points


def _fits(last: Point, token: Token, text: str) -> bool:
    """Tell whether the word says something more of the same point."""
    fields, new, last_end = last.fields, token.fields, last.end
    if "day" in fields and "day" in new and "month" in new and fields.get("lunar") != new.get("lunar"):
        return "month" in fields or token.kind == "date"  # the same day in both calendars
    if "vague" in fields or "vague" in new or ("delta" in fields and fields["delta"][1] in ("minute", "hour")):
        return False
    if "ahead" in new:
        return "delta" not in fields and not fields.keys().isdisjoint(("holiday", "day")) and last_end == token.start
    if "follows" in new:  # 春节第二天, 元宵节当晚
        return "follows" not in fields and "clock" not in fields and not ("part" in new and "part" in fields)
    if fields.keys() & {"clock", "part"} and "part" in new and text[last_end : token.start].strip():
        return False  # 上午8点半，下午2点 are two points
    if "nth" in new and new["nth"][1] in ("day", "working_day") and "nth" not in fields:
        return True
    if any(key in fields for key in new if key not in ("lunar", "style", "doubt", "part")):
        return token.kind == "calendar"
    if "part" in new and "part" in fields and ("clock" in fields or len(new) > 1):
        return False
    if "day" in new and ("day" in fields or "holiday" in fields or "nth" in fields or "delta" in fields):
        return False
    if "month" in new and ("day" in fields or "month_off" in fields):
        return False
    if "weekday" in new and "delta" in fields:
        return bool(fields["delta"][1:] == ("week", "after"))  # 两周后的周五
    if "now" in fields or "now" in new:
        return False
    if "holiday" in new and ("day" in fields or "rday" in fields or "weekday" in fields):
        return False
    if "delta" in new:
        return not (fields.keys() & (_DAY_KEYS | {"clock", "part", "week", "month"}))
    return not ("rday" in new and ("weekday" in fields or "holiday" in fields))


def _add(point: Point, token: Token) -> None:
    fields, new = point.fields, token.fields
    if token.kind == "calendar" and "day" in fields:
        pass
    elif "day" in fields and "day" in new and "month" in new:
        if not new.get("lunar"):
            fields.update(new)
            fields.pop("doubt", None)
    elif "ahead" in new:
        fields["shift"] = fields.get("shift", 0) - new["ahead"]
    else:
        if "lunar" in fields and token.kind == "day" and "day" not in fields and "month" not in fields:
            new = {**new, "lunar": fields["lunar"]}  # 农历 said before the day decides
            new.pop("doubt", None)
        fields.update(new)
    point.end = token.end


def joined(points: list[Point], text: str) -> list[Point]:
    """Join points with 到 between them, rows of days, and a day and a clock that stand apart."""
    joined: list[Point] = []
    for point in points:
        last = joined[-1] if joined else None
        if last is None:
            joined.append(point)
            continue
        between = (last.to or last).end
        if last.to is not None and _TO.fullmatch(text, between, point.start) and _is_daily(last, point):
            last.fields, last.to.fields = (
                {**last.to.fields, **last.fields},
                {**last.to.fields, **point.fields},
            )
            last.to.end = point.end
        elif last.to is None and _TO.fullmatch(text, between, point.start) and _may_span(last, point):
            last.to = point
        elif "delta" not in point.fields and _is_row(last, point, text, between):
            last.to = point
            last.fields.update({key: point.fields[key] for key in ("part", "clock", "style") if key in point.fields})
        elif _completes(last, point):
            _complete(last, point)
        else:
            joined.append(point)
    return joined


def _is_daily(first: Point, third: Point) -> bool:
    """周一到周五上午8点到12点: two days joined, then two clocks."""
    second = first.to
    return (
        second is not None
        and "clock" not in first.fields
        and "clock" in second.fields
        and "clock" in third.fields
        and not has_day(third.fields)
    )


def _may_span(first: Point, second: Point) -> bool:
    return "vague" not in first.fields and "vague" not in second.fields


def _is_row(first: Point, second: Point, text: str, between: int) -> bool:
    days = ("day", "weekday")
    return (
        any(key in first.fields and key in second.fields for key in days)
        and first.fields.keys().isdisjoint(("clock", "rday"))
        and "week" not in second.fields
        and _ROW.fullmatch(text, between, second.start) is not None
    )


def has_day(fields: Fields) -> bool:
    return not _DAY_KEYS.isdisjoint(fields)


def has_clock(fields: Fields) -> bool:
    return "clock" in fields or "part" in fields


def _completes(first: Point, second: Point) -> bool:
    """周五在村委会开会，晚上七点: the day and the clock of one meeting stand apart."""
    if "follows" in second.fields and "follows" not in first.fields and has_day(first.fields):
        return first.to is None and "clock" not in first.fields and "part" not in first.fields
    if first.to is not None or "every" in second.fields or second.start - first.end > 30:
        return False
    one, two = first.fields, second.fields
    if "clock" in two and not has_day(two) and "delta" not in one and has_day(one) and "clock" not in one:
        return "part" not in one or "part" not in two
    return "clock" in one and not has_day(one) and has_day(two) and not has_clock(two) and "delta" not in two


def _complete(first: Point, second: Point) -> None:
    first.fields = {**second.fields, **first.fields}
    first.to = second.to
