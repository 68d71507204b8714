"""Times in notices and talk: `find` reads the one moment, day, span, deadline or recurrence a text is about.

Order of work: scan the words of time, put neighbouring words together into points, join points into spans, choose the
point the text is about, and see it from the present. Everything is China time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from nlp.lazy import Expression
from nlp.when_clocks import DAY, clock_of
from nlp.when_days import ONE_DAY, Calendar, Days, Notes, Present, Remark, add_months, days_of, working_days_from
from nlp.when_scan import Fields, Token, scan
from nlp.when_words import PARTS

# Each registers its rules with the scanner; where two fit, the earlier goes first.
# isort: off
import nlp.when_rules_clock
import nlp.when_rules_span
import nlp.when_rules_day  # noqa: F401
# isort: on

CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of time; all None when it says nothing.

    `kind` is instant, day, daypart, span, deadline or recurring; a deadline's moment is its `end`. `assumed` and
    `question` are codes with data. `at` is where in the text the words stand.
    """

    start: datetime | None = None
    end: datetime | None = None
    kind: str | None = None
    assumed: tuple[Remark, ...] = ()
    question: Remark | None = None
    at: tuple[int, int] = (0, 0)
    has_clock: bool = False


@dataclass(slots=True)
class Point:
    """Neighbouring words of time put together."""

    fields: Fields
    start: int
    end: int
    to: Point | None = None
    parts: list[tuple[int, int]] = field(default_factory=list)


NOTHING = Found()
_TITLE = Expression(r"《[^》]{0,30}》")
_TRADITIONAL = str.maketrans(
    "個點時號週兩禮後農曆臘節晝間幾過這當開會鐘內裏裡從曉陰陽舊歷來還歲凊淸",
    "个点时号周两礼后农历腊节昼间几过这当开会钟内里里从晓阴阳旧历来还岁清清",
)
_WIDE = {0xFF10 + n: 48 + n for n in range(10)} | {0xFF1A: ":", 0xFF0F: "/", 0xFF0D: "-", 0x3000: " ", 0x2236: ":"}
_PLAIN = {**_TRADITIONAL, **_WIDE}


def find(text: str, now: datetime, calendar: Calendar) -> Found:
    """Read the time a text is about, as seen from `now` (aware). Never raises for any text."""
    local = now.astimezone(CHINA)
    if not 1902 <= local.year <= 2096:
        return NOTHING
    plain = text.translate(_PLAIN)
    if "《" in plain:
        plain = _TITLE.sub(lambda title: " " * len(title[0]), plain)
    tokens = scan(plain)
    if not tokens:
        return NOTHING
    present = Present(local.date(), local.hour * 60 + local.minute, calendar)
    points = _joined(_points(tokens, plain), plain)
    return _best(points, plain, present, local)


# ---- putting words together -------------------------------------------------------------------------------------

_BETWEEN = Expression(r"[\s,，、()（）\[\]【】的是为于在:：。;；]*(?:[即也就]是|,?即)?[\s(（:：]*|之?后的?|以后的?")
_TO = Expression(r"[\s)）起开始时,，]*(?:到|至|--|——|-|~|—|－|–|～|―)+[\s(（]*")
_ROW = Expression(r"\s*[,，、和及与]\s*")
# The day of a point is named by one of these; a second one begins another point.
_DAY_KEYS = frozenset(("day", "rday", "follows", "weekday", "weekend", "nth", "holiday", "delta", "half", "quarter", "market"))
_EXPLICIT = frozenset(("day", "month"))


def _points(tokens: list[Token], text: str) -> list[Point]:
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


def _joined(points: list[Point], text: str) -> list[Point]:
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
        and not _has_day(third.fields)
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


def _has_day(fields: Fields) -> bool:
    return not _DAY_KEYS.isdisjoint(fields)


def _has_clock(fields: Fields) -> bool:
    return "clock" in fields or "part" in fields


def _completes(first: Point, second: Point) -> bool:
    """周五在村委会开会，晚上七点: the day and the clock of one meeting stand apart."""
    if "follows" in second.fields and "follows" not in first.fields and _has_day(first.fields):
        return first.to is None and "clock" not in first.fields and "part" not in first.fields
    if first.to is not None or "every" in second.fields or second.start - first.end > 30:
        return False
    one, two = first.fields, second.fields
    if "clock" in two and not _has_day(two) and "delta" not in one and _has_day(one) and "clock" not in one:
        return "part" not in one or "part" not in two
    return "clock" in one and not _has_day(one) and _has_day(two) and not _has_clock(two) and "delta" not in two


def _complete(first: Point, second: Point) -> None:
    first.fields = {**second.fields, **first.fields}
    first.parts.append((second.start, second.end))
    first.to = second.to


# ---- choosing ---------------------------------------------------------------------------------------------------


def _weight(point: Point) -> int:
    fields = point.fields
    if "vague" in fields:
        return 1
    if "now" in fields:
        return 1
    if "delta" in fields:
        return 2 if fields["delta"][2] is None else 6
    weight = 4 * _has_day(fields) + 3 * ("clock" in fields) + 2 * ("part" in fields) + 3 * ("week" in fields)
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


_MOVED_TO = Expression(r"(?:改|推|推迟|挪|移|调整|调|顺延|提前|延后|延迟|换|变更|延期|改期)(?:到|在|成|为|至)(?:了)?[:：\s]*$")


def _is_moved_to(point: Point, text: str) -> bool:
    """原定周三的会改到周五: the new time counts."""
    return _MOVED_TO.search(text, max(0, point.start - 8), point.start) is not None


def _is_past(found: Found, now: datetime) -> bool:
    moment = found.end or found.start
    return moment is None or moment < now


# ---- seeing a point from the present ----------------------------------------------------------------------------


def _seen(point: Point, text: str, present: Present, now: datetime) -> Found:
    notes = Notes()
    fields = point.fields
    try:
        if "vague" in fields:
            found = Found(question=Remark("which_day", fields["vague"]))
        elif "delta" in fields:
            found = _span_away(point, text, present, now, notes)
        elif "every" in fields:
            found = _recurring(point, present, notes)
        else:
            found = _placed(point, text, present, notes)
    except (ValueError, OverflowError):  # a year or a lunar day outside the tables: nothing we can name
        return NOTHING
    end = (point.to or point).end
    return Found(
        found.start, found.end, found.kind, (*found.assumed, *notes.assumed), found.question or notes.question,
        (point.start, end), _has_clock(fields),
    )  # fmt: skip


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), CHINA) + timedelta(minutes=minute)


def _close(day: date) -> datetime:
    return _moment(day, DAY - 1)


_DUE_BEFORE = Expression(
    r"(?:截止|截至|截止日期|最迟|最晚|不晚于|不迟于|赶在?|限(?:期|于|时)?|务必|必须)(?:时间|日期)?(?:是|为|到|至|在|于)?[:：\s]*$"
    r"|(?:投|投票|公示|公示期|延长|延期|延|宽限|办|报名|征求|征集|收集|填报|上报|交|登记|持续|开放|一直|再投|放|展)(?:时间)?(?:一直)?(?:到|至)[:：\s]*$|^(?:到|至)$"
)
_DUE_AFTER = Expression(
    r"\s*(?:钟)?(?:之前|以前|为止|截止|截至|止(?!咳|血|痛)|前(?![面头后往来去天提列几段])|到期|结束)"
)
_WITHIN = Expression(r"\s*(?:之内|以内|内(?![容部]))")
_SINCE = Expression(r"\s*(?:之后|以后|后(?![天面来边])|起|开始)")


def _is_deadline(point: Point, text: str) -> bool:
    end = (point.to or point).end
    if "within" in point.fields or "within" in (point.to or point).fields:
        return True
    if point.to is None and _DUE_BEFORE.search(text, max(0, point.start - 10), point.start):
        return True
    return _DUE_AFTER.match(text, end) is not None or _WITHIN.match(text, end) is not None


def _placed(point: Point, text: str, present: Present, notes: Notes) -> Found:
    """Place a point (or a span of two) on days and minutes."""
    fields = point.fields
    if "now" in fields:
        return Found(_moment(present.today, present.minute), None, "instant")
    days = days_of(fields, present, notes)
    if days is None and (_has_day(fields) or notes.question is not None):
        return NOTHING
    dated_end = point.to is not None and days is None and _has_day(point.to.fields)
    day, minute, ends = _day_and_minute(fields, days, present, notes, spans=point.to is not None, dated_end=dated_end)
    if point.to is not None:
        return _span(point.to.fields, day, days, minute, "part" in fields and fields["part"], present, notes)
    if _is_deadline(point, text):
        return _deadline(point, text, days, day, minute, ends, present)
    if minute is None:
        if days is None:
            return NOTHING
        if days.first == days.last:
            return Found(_moment(days.first, 0), _close(days.last), "day")
        if _SINCE.match(text, point.end) and "year" in fields and "month" not in fields:
            return Found(_moment(days.last + ONE_DAY, 0), None, "span")
        return Found(_moment(days.first, 0), _close(days.last), "span")
    if ends is not None:
        return Found(_moment(day, minute), _moment(day, max(ends, minute)), "daypart")
    return Found(_moment(day, minute), None, "instant")


def _day_and_minute(
    fields: Fields, days: Days | None, present: Present, notes: Notes, *, spans: bool, dated_end: bool = False
) -> tuple[date, int | None, int | None]:
    """Give the day and the minute; without a day named, the first such minute to come."""
    today = days is None or days.first == present.today
    clock = clock_of(fields, notes, present.minute if today else None, literal=dated_end)
    day = days.first if days is not None else present.today
    if clock is None:
        return day, None, None
    minute, ends = clock.minute, clock.ends
    if days is None:
        if minute >= DAY and present.minute <= minute - DAY and "part" in fields:
            minute -= DAY
        gone = minute < present.minute if ends is None else ends <= present.minute
        if gone and not (spans and "part" not in fields):
            day += ONE_DAY
            notes.assume("next_day", day)
        elif ends is not None and minute < present.minute:
            minute = present.minute
    elif day == present.today and minute < present.minute and (ends is None or ends <= present.minute):
        day = _passed_today(fields, day, notes)
    return day, minute, ends


def _passed_today(fields: Fields, day: date, notes: Notes) -> date:
    """周三上午九点 said on Wednesday at ten is next week's; 今天 stays today and is asked."""
    if "weekday" in fields and not fields.keys() & {"week", "rday", "day"}:
        day += timedelta(days=7)
        notes.ask("past_weekday", day)
    else:
        notes.ask("past_moment", day)
    return day


def _deadline(
    point: Point, text: str, days: Days | None, day: date, minute: int | None, ends: int | None, present: Present
) -> Found:
    now = _moment(present.today, present.minute)
    after = _DUE_AFTER.match(text, (point.to or point).end)
    before = after is not None and after[0].strip().endswith("前")
    if minute is not None:
        if ends is not None and not (before and PARTS[point.fields["part"]][3] in ("noon", "evening", "night")):
            minute = min(ends, DAY - 1)  # by the afternoon is by its end, but 晌午前, 天黑前 end where those begin
        return Found(now, _moment(day, minute), "deadline")
    last = days.last if days is not None else day
    if before and "holiday" in point.fields:
        last -= ONE_DAY  # 春节前 ends on the day before
    return Found(now, _close(last), "deadline")


def _span(
    fields: Fields, day: date, days: Days | None, minute: int | None, part: object, present: Present, notes: Notes
) -> Found:
    """Close a span: what its end leaves unsaid is taken from its start, and it lies after it."""
    start = _moment(day, minute or 0)
    if "now" in fields:
        return Found(start, _moment(present.today, present.minute), "span")
    if "delta" in fields:
        return Found(start, _moved(start, fields["delta"], present, notes), "span")
    end_day = _end_day(fields, day, days is not None, present, notes)
    clock = clock_of(fields, Notes(), None, literal=True)
    if clock is None:
        return Found(start, _close(end_day), "span")
    last = _moment(end_day, clock.minute if clock.ends is None or minute is None else clock.ends)
    if "part" not in fields and fields.get("style") != "24":
        while last <= start and last < start + timedelta(days=1):
            last += timedelta(hours=12)
    elif last <= start and not _has_day(fields):
        last += timedelta(days=1)
    if days is None and not _has_day(fields) and last < _moment(present.today, present.minute):
        notes.assume("next_day", day + ONE_DAY)
        start, last = start + timedelta(days=1), last + timedelta(days=1)
    return Found(start, last, "span")


def _end_day(fields: Fields, day: date, dated: bool, present: Present, notes: Notes) -> date:
    if not _has_day(fields) and "month" not in fields and "year" not in fields and "week" not in fields:
        return day
    if fields.get("rday") == 1 and dated and "part" not in fields:
        return day + ONE_DAY  # 次日 is the day after the first
    seen_from = Present(day, 0, present.calendar) if not fields.keys() & {"week", "rday", "month_off"} else present
    if "day" in fields and "month" not in fields and "month_off" not in fields and fields.get("lunar") is not True:
        fields = {**fields, "lunar": False}
    if fields.get("lunar") and "lunar" in fields and "day" in fields and "month" not in fields:
        fields = {**fields}
    days = days_of(fields, seen_from, Notes())
    return day if days is None else max(days.last, day)


# ---- a span away, and again and again ---------------------------------------------------------------------------

_EXTENDS = Expression(r"(?:再|延|延长|延期|宽限|限|给|公示|公示期|投|推迟|多)[给投公示延长期]*[:：\s]*$")


def _moved(start: datetime, delta: tuple[float, str, str | None], present: Present, notes: Notes) -> datetime:
    """Give the moment a span after another one; 半个月 is 15 days, working days follow the calendar."""
    amount, unit, _ = delta
    amount = min(amount, 40_000)
    if unit in ("second", "minute", "quarter_hour", "hour"):
        seconds = {"second": 1, "minute": 60, "quarter_hour": 900, "hour": 3600}[unit]
        return start + timedelta(seconds=seconds * amount)
    if unit == "working_day":
        day = working_days_from(start.date(), int(amount), present, notes)
        return start + (day - start.date())
    if unit in ("day", "week"):
        return start + timedelta(days=amount * (7 if unit == "week" else 1))
    months = {"month": 1, "quarter": 3, "year": 12}[unit] * min(amount, 1200)
    day = add_months(start.date(), int(months)) + timedelta(days=15 * (months % 1 != 0))
    return start + (day - start.date())


def _back(now: datetime, delta: tuple[float, str, str | None]) -> datetime:
    amount, unit, _ = delta
    if unit in ("month", "quarter", "year"):
        day = add_months(now.date(), -int({"month": 1, "quarter": 3, "year": 12}[unit] * min(amount, 1200)))
        return now + (day - now.date())
    return now - (_moved(now, (amount, "day" if unit == "working_day" else unit, None), _NOWHERE, Notes()) - now)


def _span_away(point: Point, text: str, present: Present, now: datetime, notes: Notes) -> Found:
    fields = point.fields
    delta = fields["delta"]
    _, unit, side = delta
    here = now.replace(second=0, microsecond=0)
    if fields.get("about"):
        notes.ask("about_how_long", delta)
    if side in ("ago", "last"):
        return _some_time_ago(fields, here, present, notes)
    there = _moved(here, delta, present, notes)
    by_clock = unit in ("second", "minute", "quarter_hour", "hour") or (unit == "day" and delta[0] % 1 != 0)
    if side == "after":
        return _after_a_span(fields, there, by_clock, present, notes)
    if side == "next":
        monday = present.today - timedelta(days=present.today.weekday()) + timedelta(days=7)
        notes.ask(fields["doubt"], delta)
        return Found(
            _moment(monday, 0), _moved(_moment(monday, 0), delta, present, notes) - timedelta(minutes=1), "span"
        )
    end = there if by_clock else _close(there.date())
    due = side == "within" or unit == "working_day" or (side is None and _EXTENDS.search(text, max(0, point.start - 8), point.start))
    due = due or (side is None and _DUE_AFTER.match(text, point.end) is not None)
    return Found(here, end, "deadline" if due else "span")


def _after_a_span(fields: Fields, there: datetime, by_clock: bool, present: Present, notes: Notes) -> Found:
    if by_clock:
        return Found(there, None, "instant")
    day = there.date()
    if "weekday" in fields:
        day += timedelta(days=fields["weekday"] - day.weekday())
    clock = clock_of(fields, notes, None)
    if clock is None:
        return Found(_moment(day, 0), _close(day), "day")
    if clock.ends is not None:
        return Found(_moment(day, clock.minute), _moment(day, clock.ends), "daypart")
    return Found(_moment(day, clock.minute), None, "instant")


def _some_time_ago(fields: Fields, here: datetime, present: Present, notes: Notes) -> Found:
    there = _back(here, fields["delta"])
    if fields["delta"][2] == "last":
        return Found(there, here, "span")
    if fields["delta"][1] in ("second", "minute", "quarter_hour", "hour"):
        return Found(there, None, "instant")
    return _after_a_span(fields, there, False, present, notes)


def _recurring(point: Point, present: Present, notes: Notes) -> Found:
    """Give the next occurrence of something that comes again."""
    fields = {key: value for key, value in point.fields.items() if key != "every"}
    n, unit = point.fields["every"]
    clock = clock_of(fields, notes, None)
    minute = clock.minute if clock is not None else None
    day = _next_occurrence(fields, unit, present.today, present, notes)
    if day == present.today and minute is not None and minute < present.minute:
        day = _next_occurrence(fields, unit, day + ONE_DAY, present, notes)
    if n > 1:
        notes.ask("from_which_day", (n, unit))
    start = _moment(day, minute or 0)
    if point.to is not None:
        span = _span(point.to.fields, day, None, minute, None, present, notes)
        return Found(start, span.end, "recurring")
    ends = (
        None
        if clock is not None and clock.ends is None
        else _moment(day, clock.ends)
        if clock and clock.ends
        else _close(day)
    )
    return Found(start, ends, "recurring")


def _next_occurrence(fields: Fields, unit: str, earliest: date, present: Present, notes: Notes) -> date:
    seen_from = Present(earliest, 0, present.calendar)
    if unit == "working_day":
        return present.calendar.add_working_days(earliest - ONE_DAY, 1)
    if unit == "month" and "nth" in fields:
        return _nth_of_month(fields, earliest, present, notes)
    if unit == "quarter" and not _has_day(fields):
        first = earliest.replace(day=1)
        return add_months(first, (1 - first.month) % 3 + (3 if first.month % 3 == 1 and earliest.day > 1 else 0))
    if unit == "month" and "month_part" in fields:
        found = days_of({**fields, "month_off": 0}, seen_from, notes)
        found = found if found and found.first >= earliest else days_of({**fields, "month_off": 1}, seen_from, notes)
    else:
        found = days_of(fields, seen_from, Notes()) if _has_day(fields) or "month" in fields else None
    if found is None:
        starts = {"week": -earliest.weekday() % 7, "month": 0, "year": 0}.get(unit, 0)
        return earliest + timedelta(days=starts)
    return found.first


def _nth_of_month(fields: Fields, earliest: date, present: Present, notes: Notes) -> date:
    for ahead in range(3):
        first = add_months(earliest.replace(day=1), ahead)
        month = {**fields, "year": first.year, "month": first.month, "lunar": False}
        found = days_of(month, present, notes)
        if found is not None and found.first >= earliest:
            return found.first
    return earliest


_NOWHERE: Present = Present(date(2000, 1, 1), 0, None)  # type: ignore[arg-type]  # days and hours need no calendar
