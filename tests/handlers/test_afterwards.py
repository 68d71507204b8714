"""What is said of a matter after it was told: pressing for it, judging it, and who ended it."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village


@pytest.mark.parametrize("said", ["路灯的事催一下", "路灯那个催催", "催一下路灯的事", "路灯那事再催一催"])
def test_the_one_named_is_pressed_for(filed: Village, said: str) -> None:
    filed.say("老王", "垃圾没人拉")
    filed.heard("小陈")
    assert "催过了" in filed.say("老王", said)
    assert "【催办】路灯照明" in filed.heard("小陈")
    assert len(filed.matters()) == 2


def test_pressed_for_twice_it_is_not_filed_again(filed: Village) -> None:
    filed.say("老王", "路灯的事催一下")
    assert "催过了" in filed.say("老王", "催催路灯")
    assert len(filed.matters()) == 1


def test_what_he_has_not_told_of_is_not_pressed_for(filed: Village) -> None:
    filed.heard("小陈")
    filed.say("老王", "水管漏水的事催一下")
    assert "催办" not in filed.heard("小陈")


@pytest.fixture
def done(filed: Village) -> Village:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.heard("老王")
    return filed


@pytest.mark.parametrize("said", ["谢谢 亮了", "亮了 谢谢", "好的 亮了"])
def test_thanks_with_a_word_that_it_works_is_satisfied(done: Village, said: str) -> None:
    done.say("老王", said)
    assert done.matter().rating == 1


@pytest.mark.parametrize("said", ["又坏了", "灯又不亮了", "没两天又灭了"])
def test_what_fails_again_after_a_good_rating_is_taken_up_once_more(done: Village, said: str) -> None:
    done.say("老王", "满意")
    done.later(days=2)
    done.heard("小陈")
    assert "重新办" in done.say("老王", said)
    assert done.matter().status is Status.ACCEPTED
    assert said in done.heard("小陈")
    assert len(done.matters()) == 1


@pytest.mark.parametrize("said", ["垃圾又没人拉了", "村口的路灯又坏了", "又下雨了"])
def test_other_things_that_happen_again_are_not(done: Village, said: str) -> None:
    done.say("老王", "满意")
    done.say("老王", said)
    assert done.matter("001").status is Status.CLOSED


def test_weeks_later_it_is_a_new_one(done: Village) -> None:
    done.say("老王", "满意")
    done.later(days=20)
    done.say("老王", "灯又不亮了")
    assert done.matters()[0].status is Status.CLOSED


def test_whoever_ended_it_is_named_and_its_keeper_hears(filed: Village) -> None:
    filed.say("文书", "001 办好了 换了灯头")
    told = filed.heard("老王")
    assert "文书赵敏" in told
    assert "陈小军" not in told
    assert "您不用办了" in filed.heard("小陈")


def test_the_sealed_ones_in_his_hands_are_counted_to_him_alone(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    assert "收到1件" in village.say("镇纪委", "台账")
    assert "收到0件" in village.say("书记", "台账")
