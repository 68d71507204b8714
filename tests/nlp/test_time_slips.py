"""Times that cannot be, times put right, and two times between which the choice is left open."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from domain.calendar import calendar_from_rows
from nlp.time_slips import alternatives, corrected, impossible

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=8)))
with (Path(__file__).parents[2] / "rules" / "calendar.csv").open(encoding="utf-8-sig", newline="") as file:
    CALENDAR = calendar_from_rows(csv.DictReader(file), market_days=(1, 4, 7))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("周八下午开会", "周八"),
        ("星期9开会", "星期9"),
        ("13月5号下午三点开会", "13月5号"),
        ("十三月五号", "十三月五号"),
        ("会改到13月", "13月"),
        ("11月32号下午三点开会", "11月32号"),
        ("2月30号上午九点", "2月30号"),
        ("32号下午三点", "32号"),
        ("三十二号", "三十二号"),
        ("明天25点开会", "25点"),
        ("25:30开会", "25:30"),
    ],
)
def test_a_time_there_is_none_of_is_named(text: str, words: str) -> None:
    assert impossible(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "周三下午三点开会", "周日八点", "周1上午9点", "今天是12月31号", "十二月初三", "初八上午", "一周八次", "13号楼前面开会", "三个月", "月底", "说三点意见", "24点", "十点二十", "28号晚7点", "三百五十号", "礼拜天",
        "腊月三十", "正月十五", "12月5日18:00",
    ],
)  # fmt: skip
def test_what_may_be_a_time_or_is_none_at_all_is_left_alone(text: str) -> None:
    assert impossible(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("后天三点，不，四点在村委会开会", "后天四点在村委会开会"),
        ("开会定在周三，哦不对，周四下午三点，在村委会", "开会定在周四下午三点，在村委会"),
        ("明天下午三点 写错了 四点 在村委会开会", "明天下午四点 在村委会开会"),
        ("周三下午三点，不对，周四，在村委会开会", "周四下午三点，在村委会开会"),
        ("明天上午九点，错了，下午两点开会", "明天下午两点开会"),
        ("截止周五，不，周六", "截止周六"),
        ("明天上午9点，说错了，是后天上午9点半在大队开会", "后天上午9点半在大队开会"),
        ("不开了，明天再说", "不开了，明天再说"),
        ("后天上午十点开会不，我问问", "后天上午十点开会不，我问问"),
        ("明天下午三点开会，说水费", "明天下午三点开会，说水费"),
    ],
)
def test_a_time_put_right_counts_as_it_was_meant(text: str, meant: str) -> None:
    assert corrected(text, NOW, CALENDAR) == meant


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("周三或者周四开会", ("周三", "周四")),
        ("明天上午还是后天上午开会", ("明天上午", "后天上午")),
        ("三点还是四点开会", ("三点", "四点")),
        ("后天下午三点或四点", ("后天下午三点", "四点")),
        ("明天下午三点开会商量周三还是周四放水", None),
        ("东路还是西路 周五截止", None),
    ],
)
def test_a_choice_between_two_times_is_left_to_be_asked(text: str, both: tuple[str, str] | None) -> None:
    assert alternatives(text, NOW, CALENDAR) == both
