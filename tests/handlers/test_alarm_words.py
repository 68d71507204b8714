"""What those alerted answer besides 收到: a nod counts, 去不了 reaches the others and the teller, a question is answered."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

ILL = "我爸倒地上叫不应"


@pytest.fixture
def alarm(village: Village) -> Village:
    village.say("老王", ILL)
    for who in ("小陈", "书记", "镇领导", "老王"):
        village.heard(who)
    return village


@pytest.mark.parametrize("who", ["小陈", "书记"])
@pytest.mark.parametrize("said", ["知道了", "好的", "行", "看到了 马上去", "ok"])
def test_a_nod_right_after_the_alarm_is_as_good_as_received(alarm: Village, who: str, said: str) -> None:
    alarm.say(who, said)
    assert "收到了" in alarm.heard("老王")
    assert "正在处理" in alarm.heard("镇领导")
    alarm.later(minutes=4)
    assert "还没人回" not in alarm.heard("小陈")


def test_a_nod_long_after_is_about_something_else(alarm: Village) -> None:
    alarm.later(minutes=12)
    alarm.later(hours=1)
    alarm.heard("老王")
    alarm.say("书记", "好的")
    assert "回话说收到了" not in alarm.heard("老王")


@pytest.mark.parametrize("said", ["我在乡上开会 赶不回来", "去不了 走不开", "我人在县城"])
def test_who_cannot_come_is_told_to_the_others_and_the_alarm_stays(alarm: Village, said: str) -> None:
    assert "李长河" in alarm.say("小陈", said)
    assert said in alarm.heard("书记")
    assert "李长河" in alarm.heard("老王")
    alarm.later(minutes=4)
    assert "还没人回" in alarm.heard("书记")


@pytest.mark.parametrize("said", ["在哪", "谁家的", "电话多少", "啥情况"])
def test_where_and_who_is_read_again(alarm: Village, said: str) -> None:
    answer = alarm.say("书记", said)
    assert ILL in answer
    assert "王德福10000000001" in answer
    assert "九社" in answer


def test_what_only_the_teller_knows_is_asked_of_him(alarm: Village) -> None:
    alarm.say("小陈", "打了120没有？")
    assert "打了120没有" in alarm.heard("老王")
    alarm.say("老王", "打了 说二十分钟到")
    assert "二十分钟" in alarm.heard("小陈")


def test_a_matter_of_his_own_is_no_word_to_the_alarm(alarm: Village) -> None:
    assert "路灯" in alarm.say("书记", "八社的路灯坏了")


def test_after_the_teller_said_it_is_over_nobody_is_said_to_have_answered(village: Village) -> None:
    village.say("王秀英", "我孙女走丢了")
    village.say("王秀英", "找到了 在她姑家")
    answer = village.say("书记", "收到")
    assert "已经回" not in answer
    assert "核实" in answer
