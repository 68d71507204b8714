"""From words to the minute of the day: 下午三点, 晚7点, 吃过黑饭, 七点.

Minutes count from midnight; 24:00 and the small hours after an evening are minutes past 1440, of the next day.
"""

from __future__ import annotations

from typing import NamedTuple

from nlp.when_base import Notes
from nlp.when_scan import Fields
from nlp.when_words import PARTS

DAY = 24 * 60
NOON = 12 * 60


class Clock(NamedTuple):
    """A minute of the day, and for a mere part of the day the minute it ends; `sure` says the words leave no other."""

    minute: int
    ends: int | None = None
    sure: bool = True


def clock_of(fields: Fields, notes: Notes, now: int | None, literal: bool = False) -> Clock | None:
    """Give the minute meant, or None when no clock is named.

    `now` is the minute of the present where the day is today or unsaid, else None. `literal` takes a bare hour as it
    stands (the second of a span is compared with the first by the caller).
    """
    if "clock" not in fields:
        return _part_alone(fields, notes) if "part" in fields else None
    minute, style = int(fields["clock"]), fields["style"]
    if "part" in fields:
        return Clock(_in_part(minute, style, PARTS[fields["part"]][3]))
    if style == "24" or literal:
        return Clock(minute)
    if style == "digital" and minute >= 7 * 60:  # who writes 9:30 counts by 24 hours
        return Clock(minute, sure=False)
    return _bare(minute, now, notes)


def _part_alone(fields: Fields, notes: Notes) -> Clock:
    word = fields["part"]
    default, _, ends, family = PARTS[word]
    if (family in ("small", "night") and ends > 24 * 60 - 1) or family == "small":
        notes.ask("which_hour", word)
    notes.assume("hour_of_part", (word, default))
    return Clock(default, ends, sure=False)


def _in_part(minute: int, style: str, family: str) -> int:
    """Put a spoken hour into its part of the day: 下午三点 15:00, 晚12点 24:00, 中午1点 13:00, 夜里2点 26:00."""
    hour = minute // 60
    if style == "24" or hour > 12:
        return minute
    if family == "small":
        return minute - NOON if hour == 12 else minute
    if family == "morning":
        return minute
    if family == "noon":
        return minute + NOON if hour < 10 else minute
    if family == "afternoon":
        return minute + NOON if hour < 12 else minute
    late = hour == 12 or hour < (5 if family == "evening" else 6)
    return minute + (DAY if late and hour != 12 else NOON)


def _bare(minute: int, now: int | None, notes: Notes) -> Clock:
    """Read an hour without its half of the day: the nearest one to come while people are up, and ask.

    For another day than today 1 to 4 are afternoon, the rest is taken as it stands.
    """
    hour = minute // 60
    later = minute + NOON if hour < 12 else minute
    if now is None:
        chosen = later if 1 <= hour <= 4 else minute
    else:
        chosen = next((it for it in (minute, later) if it >= now and it >= 5 * 60), minute if hour >= 5 else later)
        if hour >= 9 and chosen != minute:  # nobody meets at nine at night: tomorrow morning
            chosen = minute
    if hour <= 7 or chosen != minute:
        notes.ask("which_half", chosen)
    elif hour < 12:
        notes.assume("half_of_day", chosen)
    return Clock(chosen, sure=False)
