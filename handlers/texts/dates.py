"""Days and moments as our own texts print them: an absolute date with its weekday (11月27日 周五 晚7点).

Whatever is printed here, the time parser reads back as the same day and minute (a property test holds both to it).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

CHINA = timezone(timedelta(hours=8))
_WEEKDAYS = "一二三四五六日"
_NEAR = timedelta(days=180)
# From which hour on each part of the day is said, and what is taken off the hour.
_PARTS = ((18, "晚", 12), (13, "下午", 12), (12, "中午", 0), (8, "上午", 0), (5, "早", 0), (0, "凌晨", 0))


def weekday(on: date) -> str:
    """Give 周一 … 周日."""
    return f"周{_WEEKDAYS[on.weekday()]}"


@lru_cache(maxsize=1024)  # the day something must be done by is that of everything filed today
def day(on: date, today: date | None = None) -> str:
    """Give 11月27日 周五; with the year in front when `today` is known and the day is past or over half a year off."""
    year = "" if today is None or timedelta(0) <= on - today <= _NEAR else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 {weekday(on)}"


_LUNAR_MONTHS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
_TENS, _ONES = ("初", "十", "廿"), "十一二三四五六七八九"


def lunar_day(month: int, on: int, *, is_leap: bool = False) -> str:
    """Give 十月十四, 腊月廿三, 闰六月初十."""
    name = {20: "二十", 30: "三十"}.get(on) or f"{_TENS[(on - 1) // 10]}{_ONES[on % 10]}"
    return f"{'闰' if is_leap else ''}{_LUNAR_MONTHS[month - 1]}{name}"


def clock(at: datetime) -> str:
    """Give 晚7点, 上午9点半, 下午3点05分 in China time."""
    local = at.astimezone(CHINA)
    part, less = next((word, less) for begins, word, less in _PARTS if local.hour >= begins)
    minute = "" if local.minute == 0 else "半" if local.minute == 30 else f"{local.minute:02d}分"
    return f"{part}{local.hour - less}点{minute}"


@lru_cache(maxsize=1024)  # what closes or begins at one moment is told to a whole village
def moment(at: datetime, today: date | None = None) -> str:
    """Give 11月27日 周五 晚7点 in China time; the year as in `day`."""
    return f"{day(at.astimezone(CHINA).date(), today)} {clock(at)}"
