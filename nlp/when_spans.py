"""Spans of time added to a moment and taken from it."""

from __future__ import annotations

from datetime import datetime, timedelta

from nlp.when_base import Notes, Present, add_months
from nlp.when_days import working_days_from

Delta = tuple[float, str, str | None]  # how many, of what, which way

_DAY = 24 * 3600
_SECONDS = {
    "second": 1,
    "minute": 60,
    "quarter_hour": 900,
    "hour": 3600,
    "day": _DAY,
    "working_day": _DAY,
    "week": 7 * _DAY,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MOST = 40_000


def moved(start: datetime, delta: Delta, present: Present, notes: Notes) -> datetime:
    """Give the moment a span after another one; 半个月 is 15 days, working days follow the calendar."""
    amount, unit, _ = delta
    if unit == "working_day":
        day = working_days_from(start.date(), int(min(amount, _MOST)), present, notes)
    elif unit in _MONTHS:
        months = _MONTHS[unit] * min(amount, 1200)
        day = add_months(start.date(), int(months)) + timedelta(days=15 * (months % 1 != 0))
    else:
        return start + timedelta(seconds=_SECONDS[unit] * min(amount, _MOST))
    return start + (day - start.date())


def back(now: datetime, delta: Delta) -> datetime:
    """Give the moment a span before another one; working days are taken as days."""
    amount, unit, _ = delta
    if unit in _MONTHS:
        day = add_months(now.date(), -int(_MONTHS[unit] * min(amount, 1200)))
        return now + (day - now.date())
    return now - timedelta(seconds=_SECONDS[unit] * min(amount, _MOST))
