"""A point seen from the present: the day and minute, the span, or the moment by which."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

from nlp.lazy import regex
from nlp.when_base import ONE_DAY, Days, Notes, Present, Remark
from nlp.when_clocks import DAY, clock_of
from nlp.when_days import days_of
from nlp.when_points import Point, has_day
from nlp.when_scan import Fields
from nlp.when_spans import moved
from nlp.when_words import PARTS

CHINA = timezone(timedelta(hours=8))


class Found(NamedTuple):
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

    @property
    def question_code(self) -> str | None:
        """The code of the question, None where nothing is asked."""
        return None if self.question is None else self.question.code


NOTHING = Found()


def moment_at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(), CHINA) + timedelta(minutes=minute)


def close_of(day: date) -> datetime:
    return moment_at(day, DAY - 1)


_DUE_BEFORE = regex(
    r"(?:截止|截至|截止日期|最迟|最晚|不晚于|不迟于|赶在?|限(?:期|于|时)?|务必|必须)(?:时间|日期)?(?:是|为|到|至|"
    r"在|于)?[:：\s]*$"
    r"|(?:投|投票|公示|公示期|延长|延期|延|宽限|办|报名|征求|征集|收集|填报|上报|交|登记|持续|开放|一直|再投|放|"
    r"展)(?:时间)?(?:一直)?(?:到|至)[:：\s]*$|^(?:到|至)$"
)
DUE_AFTER = regex(r"\s*(?:钟)?(?:之前|以前|为止|截止|截至|止(?!咳|血|痛)|前(?![面头后往来去天提列几段])|到期|结束)")
_WITHIN = regex(r"\s*(?:之内|以内|内(?![容部]))")
_SINCE = regex(r"\s*(?:之后|以后|后(?![天面来边])|起|开始)")


def _is_deadline(point: Point, text: str) -> bool:
    end = (point.to or point).end
    if "within" in point.fields or "within" in (point.to or point).fields:
        return True
    if point.to is None and _DUE_BEFORE.search(text, max(0, point.start - 10), point.start):
        return True
    return DUE_AFTER.match(text, end) is not None or _WITHIN.match(text, end) is not None


def placed(point: Point, text: str, present: Present, notes: Notes) -> Found:
    """Place a point (or a span of two) on days and minutes."""
    fields = point.fields
    if "now" in fields:
        return Found(moment_at(present.today, present.minute), None, "instant")
    days = days_of(fields, present, notes)
    if days is None and (has_day(fields) or notes.question is not None):
        return NOTHING
    dated_end = point.to is not None and days is None and has_day(point.to.fields)
    day, minute, ends = _day_and_minute(fields, days, present, notes, spans=point.to is not None, dated_end=dated_end)
    if point.to is not None:
        return span_of(point.to.fields, day, days, minute, "part" in fields and fields["part"], present, notes)
    if _is_deadline(point, text):
        return _deadline(point, text, days, day, minute, ends, present)
    if minute is None:
        if days is None:
            return NOTHING
        if days.first == days.last:
            return Found(moment_at(days.first, 0), close_of(days.last), "day")
        if _SINCE.match(text, point.end) and "year" in fields and "month" not in fields:
            return Found(moment_at(days.last + ONE_DAY, 0), None, "span")
        return Found(moment_at(days.first, 0), close_of(days.last), "span")
    if ends is not None:
        return Found(moment_at(day, minute), moment_at(day, max(ends, minute)), "daypart")
    return Found(moment_at(day, minute), None, "instant")


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
    now = moment_at(present.today, present.minute)
    after = DUE_AFTER.match(text, (point.to or point).end)
    before = after is not None and after[0].strip().endswith("前")
    if minute is not None:
        if ends is not None and not (before and PARTS[point.fields["part"]][3] in ("noon", "evening", "night")):
            minute = min(ends, DAY - 1)  # by the afternoon is by its end, but 晌午前, 天黑前 end where those begin
        return Found(now, moment_at(day, minute), "deadline")
    last = days.last if days is not None else day
    if before and "holiday" in point.fields:
        last -= ONE_DAY  # 春节前 ends on the day before
    return Found(now, close_of(last), "deadline")


def span_of(
    fields: Fields, day: date, days: Days | None, minute: int | None, part: object, present: Present, notes: Notes
) -> Found:
    """Close a span: what its end leaves unsaid is taken from its start, and it lies after it."""
    start = moment_at(day, minute or 0)
    if "now" in fields:
        return Found(start, moment_at(present.today, present.minute), "span")
    if "delta" in fields:
        return Found(start, moved(start, fields["delta"], present, notes), "span")
    end_day = _end_day(fields, day, days is not None, present, notes)
    clock = clock_of(fields, Notes(), None, literal=True)
    if clock is None:
        return Found(start, close_of(end_day), "span")
    last = moment_at(end_day, clock.minute if clock.ends is None or minute is None else clock.ends)
    if "part" not in fields and fields.get("style") != "24":
        while last <= start and last < start + timedelta(days=1):
            last += timedelta(hours=12)
    elif last <= start and not has_day(fields):
        last += timedelta(days=1)
    if days is None and not has_day(fields) and last < moment_at(present.today, present.minute):
        notes.assume("next_day", day + ONE_DAY)
        start, last = start + timedelta(days=1), last + timedelta(days=1)
    return Found(start, last, "span")


def _end_day(fields: Fields, day: date, dated: bool, present: Present, notes: Notes) -> date:
    if not has_day(fields) and "month" not in fields and "year" not in fields and "week" not in fields:
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
