"""What lies a span away (三天后, 半个月内) and what comes again (每周三, 每月第一个周五)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from nlp.lazy import regex
from nlp.when_base import ONE_DAY, Notes, Present, add_months
from nlp.when_clocks import clock_of
from nlp.when_days import days_of
from nlp.when_moments import DUE_AFTER, Found, close_of, moment_at, span_of
from nlp.when_points import Point, has_day
from nlp.when_scan import Fields
from nlp.when_spans import back, moved

_EXTENDS = regex(r"(?:再|延|延长|延期|宽限|限|给|公示|公示期|投|推迟|多)[给投公示延长期]*[:：\s]*$")


def span_away(point: Point, text: str, present: Present, now: datetime, notes: Notes) -> Found:
    fields = point.fields
    delta = fields["delta"]
    _, unit, side = delta
    here = now.replace(second=0, microsecond=0)
    if fields.get("about"):
        notes.ask("about_how_long", delta)
    if side in ("ago", "last"):
        return _some_time_ago(fields, here, present, notes)
    there = moved(here, delta, present, notes)
    by_clock = unit in ("second", "minute", "quarter_hour", "hour") or (unit == "day" and delta[0] % 1 != 0)
    if side == "after":
        return _after_a_span(fields, there, by_clock, present, notes)
    if side == "next":
        monday = present.today - timedelta(days=present.today.weekday()) + timedelta(days=7)
        notes.ask(fields["doubt"], delta)
        return Found(
            moment_at(monday, 0), moved(moment_at(monday, 0), delta, present, notes) - timedelta(minutes=1), "span"
        )
    end = there if by_clock else close_of(there.date())
    due = (
        side == "within"
        or unit == "working_day"
        or (side is None and _EXTENDS.search(text, max(0, point.start - 8), point.start))
    )
    due = due or (side is None and DUE_AFTER.match(text, point.end) is not None)
    return Found(here, end, "deadline" if due else "span")


def _after_a_span(fields: Fields, there: datetime, by_clock: bool, present: Present, notes: Notes) -> Found:
    if by_clock:
        return Found(there, None, "instant")
    day = there.date()
    if "weekday" in fields:
        day += timedelta(days=fields["weekday"] - day.weekday())
    clock = clock_of(fields, notes, None)
    if clock is None:
        return Found(moment_at(day, 0), close_of(day), "day")
    if clock.ends is not None:
        return Found(moment_at(day, clock.minute), moment_at(day, clock.ends), "daypart")
    return Found(moment_at(day, clock.minute), None, "instant")


def _some_time_ago(fields: Fields, here: datetime, present: Present, notes: Notes) -> Found:
    there = back(here, fields["delta"])
    if fields["delta"][2] == "last":
        return Found(there, here, "span")
    if fields["delta"][1] in ("second", "minute", "quarter_hour", "hour"):
        return Found(there, None, "instant")
    return _after_a_span(fields, there, False, present, notes)


def recurring(point: Point, present: Present, notes: Notes) -> Found:
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
    start = moment_at(day, minute or 0)
    if point.to is not None:
        span = span_of(point.to.fields, day, None, minute, None, present, notes)
        return Found(start, span.end, "recurring")
    ends = (
        None
        if clock is not None and clock.ends is None
        else moment_at(day, clock.ends)
        if clock and clock.ends
        else close_of(day)
    )
    return Found(start, ends, "recurring")


def _next_occurrence(fields: Fields, unit: str, earliest: date, present: Present, notes: Notes) -> date:
    seen_from = Present(earliest, 0, present.calendar)
    if unit == "working_day":
        return present.calendar.add_working_days(earliest - ONE_DAY, 1)
    if unit == "month" and "nth" in fields:
        return _nth_of_month(fields, earliest, present, notes)
    if unit == "quarter" and not has_day(fields):
        first = earliest.replace(day=1)
        return add_months(first, (1 - first.month) % 3 + (3 if first.month % 3 == 1 and earliest.day > 1 else 0))
    if unit == "month" and "month_part" in fields:
        found = days_of({**fields, "month_off": 0}, seen_from, notes)
        found = found if found and found.first >= earliest else days_of({**fields, "month_off": 1}, seen_from, notes)
    else:
        found = days_of(fields, seen_from, Notes()) if has_day(fields) or "month" in fields else None
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
