"""Two times of a meeting left open (周三或者周四下午三点): each read whole, and the answer to “which of the two?”."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from domain.deadlines import CHINA
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.meeting_words import DAY_WORDS, When, day_of, is_half_open, iso, nearest_half
from handlers.texts import meetings as texts
from nlp.ballot_forms import by_place
from nlp.numbers import said_number
from nlp.when import Found, find

_WEEKDAY = re.compile("周|星期|礼拜")


def both_times(ctx: Context, either: tuple[str, str]) -> list[When]:
    """Read the two times of 周三或者周四下午三点: what one of them does not say is as in the other."""
    first, second = (find(words, ctx.now, ctx.words.calendar) for words in either)
    if first.start is None or second.start is None:
        return []
    starts = [first.start.astimezone(CHINA), second.start.astimezone(CHINA)]
    if starts[1] < starts[0] and _WEEKDAY.search(either[1]):  # the Sunday after that Saturday, though today is one
        starts[1] += timedelta(days=7)
    if not DAY_WORDS.search(either[1]) and second.has_clock:  # 明天下午三点或者四点
        hour = nearest_half(starts[1].hour, starts[0].hour) if is_half_open(second) else starts[1].hour
        starts[1] = starts[0].replace(hour=hour, minute=starts[1].minute)
    if not (first.has_clock or second.has_clock):
        return [{"day": start.date().isoformat()} for start in starts]
    clock = starts[0] if first.has_clock else starts[1]
    if not first.has_clock:
        starts[0] = starts[0].replace(hour=clock.hour, minute=clock.minute)
    if not second.has_clock:
        starts[1] = starts[1].replace(hour=clock.hour, minute=clock.minute)
    return [{"at": iso(start)} for start in starts]


def one_of_two(ctx: Context, times: list[When], text: str) -> When | None:
    """Read the answer to “which of the two?”: 2, 后一个, 周四 with its hour, 四点 with its day. None for a time of its own.

    Raises NotUnderstood where it fits both: 四点 of 周三或者周四.
    """
    bare = text.strip(" 。！!,，")
    place = said_number(bare) or by_place(bare, len(times))
    if place is not None:
        return times[place - 1] if 1 <= place <= len(times) else None
    found = find(bare, ctx.now, ctx.words.calendar)
    if found.start is None:
        return None
    begin, end = found.at
    said = found.start.astimezone(CHINA)
    if DAY_WORDS.search(bare[begin:end]):
        days = [date.fromisoformat(day_of(when)) for when in times]
        is_weekday = _WEEKDAY.search(bare) is not None
        fits = [
            when
            for when, on in zip(times, days, strict=True)
            if on == said.date() or (is_weekday and on.weekday() == said.weekday())
        ]
        return fits[0] if len(fits) == 1 and not found.has_clock else None
    if not found.has_clock:
        return None
    same = [when for when in times if "at" in when and _hour_fits(found, said, when["at"])]
    named = list(dict.fromkeys(day_of(when) for when in times))
    if len(same) == 1:
        return same[0]
    if len(named) > 1:
        raise NotUnderstood("meeting.when", say=texts.which_day(*(date.fromisoformat(day) for day in named)))
    near = datetime.fromisoformat(times[0]["at"]).hour if "at" in times[0] else said.hour
    hour = nearest_half(said.hour, near) if is_half_open(found) else said.hour
    return {"at": iso(datetime.fromisoformat(f"{named[0]}T{hour:02d}:{said:%M}").replace(tzinfo=CHINA))}


def _hour_fits(found: Found, said: datetime, at: str) -> bool:
    hour, minute = int(at[11:13]), int(at[14:16])
    is_hour = said.hour % 12 == hour % 12 if is_half_open(found) else said.hour == hour
    return is_hour and said.minute == minute
