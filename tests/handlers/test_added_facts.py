"""What resembles a command or a question and belongs to the matter just told."""

from __future__ import annotations

import pytest

from domain.matters import Urgency
from tests.handlers.talk import LAMP, Village


@pytest.fixture
def lamp(village: Village) -> Village:
    village.say("老王", LAMP)
    village.heard("小陈")
    return village


@pytest.mark.parametrize(
    "said",
    [
        "我手机换了 13909381234", "我的电话是13909381234", "有事打我老婆电话13900001111", "联系我儿子手机13900001111",
        "上门之前先打个电话", "来前打声招呼",
        "小陈来了 没带灯泡", "小陈说明天来修", "师傅来过了", "师傅昨天来看过 说等配件",
    ],
)  # fmt: skip
def test_how_he_is_reached_and_what_was_done_so_far_reach_the_keeper(lamp: Village, said: str) -> None:
    """It was answered with a menu, a question about danger, the progress or 人工, and lost."""
    lamp.say("老王", said)
    assert said in lamp.heard("小陈")
    assert len(lamp.matters()) == 1


@pytest.mark.parametrize("said", ["小陈来了没", "小陈来过吗", "师傅说啥时候来", "小陈电话多少"])
def test_a_question_for_it_stays_a_question(lamp: Village, said: str) -> None:
    lamp.say("老王", said)
    assert "又补充了" not in lamp.heard("小陈")


def test_with_nothing_told_it_joins_nothing(village: Village) -> None:
    village.say("老王", "小陈来了 没带灯泡")
    assert village.notes() == []


def test_a_day_of_the_month_is_no_number_of_a_matter(lamp: Village) -> None:
    assert lamp.matter().number in lamp.say("老王", "27号能修好吗")
    assert "没找到编号尾数是27" in lamp.say("老王", "27号办了没")


@pytest.mark.parametrize("said", ["八社巷子口的也坏了", "七社村口那盏也不亮了"])
def test_the_same_trouble_elsewhere_is_a_matter_of_its_own(lamp: Village, said: str) -> None:
    lamp.say("老王", said)
    assert lamp.heard("小陈") == ""
    first, second = lamp.matters()
    assert (second.code, second.owner_id != first.owner_id) == (first.code, True)


@pytest.mark.parametrize("said", ["旁边那盏也坏了", "九社西头的也坏了"])
def test_the_same_trouble_beside_it_joins(lamp: Village, said: str) -> None:
    lamp.say("老王", said)
    assert len(lamp.matters()) == 1


@pytest.mark.parametrize("said", ["昨天我孙子差点掉进去", "补充 我妈昨晚差点摔进去"])
def test_a_near_fall_makes_it_urgent(village: Village, said: str) -> None:
    village.say("老王", "村口路上有个坑")
    village.heard("小陈")
    assert "按急事办" in village.say("老王", said)
    matter = village.matter()
    assert matter.urgency is Urgency.P1
    assert "【急】" in village.heard("小陈")
    assert "【急】" in village.heard("书记")
    village.say("老王", said)
    assert "【急】" not in village.heard("书记")


def test_an_addition_that_is_not_urgent_changes_no_date(village: Village) -> None:
    village.say("老王", "村口路上有个坑")
    before = village.matter()
    village.say("老王", "补充 坑有一米宽")
    assert (village.matter().urgency, village.matter().due_at) == (before.urgency, before.due_at)


def test_a_place_named_by_somebody_unknown_is_not_asked_again(village: Village) -> None:
    assert "在哪个社" not in village.say("外村人", "八社桥栏杆坏了")
    assert "在哪个社" in village.say("没绑的", "路灯坏了")
