"""Days and moments as our texts print them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from handlers.texts.dates import clock, day, lunar_day, moment

CHINA = timezone(timedelta(hours=8))


def test_a_moment_is_an_absolute_date_with_its_weekday() -> None:
    assert moment(datetime(2026, 11, 27, 19, tzinfo=CHINA)) == "11月27日 周五 晚7点"
    assert moment(datetime(2026, 11, 27, 11, tzinfo=UTC)) == "11月27日 周五 晚7点"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "凌晨0点"),
        (6, 30, "早6点半"),
        (9, 5, "上午9点05分"),
        (12, 0, "中午12点"),
        (15, 45, "下午3点45分"),
        (23, 59, "晚11点59分"),
    ],
)
def test_a_clock_says_its_part_of_the_day(hour: int, minute: int, said: str) -> None:
    assert clock(datetime(2026, 1, 1, hour, minute, tzinfo=CHINA)) == said


def test_the_year_is_said_when_it_could_be_mistaken() -> None:
    today = date(2026, 11, 22)
    assert day(date(2026, 11, 27), today) == "11月27日 周五"
    assert day(date(2027, 1, 5), today) == "1月5日 周二"
    assert day(date(2026, 11, 21), today) == "2026年11月21日 周六"
    assert day(date(2027, 9, 1), today) == "2027年9月1日 周三"


@pytest.mark.parametrize(
    ("month", "on", "said"),
    [
        (1, 1, "正月初一"), (10, 14, "十月十四"), (12, 10, "腊月初十"), (11, 11, "冬月十一"), (2, 20, "二月二十"),
        (12, 23, "腊月廿三"), (5, 29, "五月廿九"), (7, 30, "七月三十"),
    ],
)  # fmt: skip
def test_a_lunar_day_as_people_say_it(month: int, on: int, said: str) -> None:
    assert lunar_day(month, on) == said
    assert lunar_day(month, on, is_leap=True) == f"闰{said}"
