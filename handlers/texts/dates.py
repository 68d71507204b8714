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


def day(on: date, today: date | None = None) -> str:
    """Give 11月27日 周五; with the year in front when `today` is known and the day is past or over half a year off."""
    year = "" if today is None or timedelta(0) <= on - today <= _NEAR else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日 {weekday(on)}"


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
