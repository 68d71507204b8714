"""Danger that was not heard, or heard without the words that help at once."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize(
    "said",
    ["吃了一整瓶安眠药会怎么样", "喝了半瓶农药会怎么样", "想死找谁", "跳楼会怎么样"],
)
def test_who_asks_about_dying_is_asked_in_return(village: Village, said: str) -> None:
    """The books were looked up for it, and a menu shown."""
    answer = village.say("王秀英", said)
    assert "12356" in answer or "120" in answer
    assert "有人" in answer


@pytest.mark.parametrize(
    "said",
    [
        "娃娃把老鼠药当糖吃了 要不要去医院",
        "人喝了除草剂要不要紧",
        "孙子误吃了农药要不要紧",
        "触电了咋救",
    ],
)
def test_what_must_be_done_at_once_is_said_before_the_question(village: Village, said: str) -> None:
    assert "120" in village.say("王秀英", said)


@pytest.mark.parametrize(
    "said", ["我儿子打我 不给我饭吃", "我男人打我 能离婚不", "我孙女说她叔叔晚上摸她", "老师摸我 我不想去上学了"]
)
def test_who_is_harmed_at_home_reads_whom_to_call(village: Village, said: str) -> None:
    assert "110" in village.say("王秀英", said)
    assert said in village.heard("妇联")
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("said", ["救", "救救", "sos", "SOS！", "救我"])
def test_a_cry_of_one_word_is_asked_about(village: Village, said: str) -> None:
    village.say("王秀英", said)
    village.later(minutes=6)
    assert said in village.heard("小陈")


@pytest.mark.parametrize(
    "said", ["老刘头不见了 大家帮忙找找", "谁看见我家娃了 找不着了 帮着找找", "我妈不见了 大家出去找找"]
)
def test_what_may_be_a_danger_is_asked_in_private_when_the_group_reads_it(village: Village, said: str) -> None:
    village.bind("张婶", to="张婶", channel="sim")
    village.group(said, by="张婶")
    village.later(minutes=6)
    assert said in village.heard("小陈")


def test_the_group_reads_nothing_of_the_question(village: Village) -> None:
    village.bind("张婶", to="张婶", channel="sim")
    assert village.group("老刘头不见了 大家帮忙找找", by="张婶") == ""
    assert "有没有人有危险" in village.heard("张婶")
    assert village.in_group() == ""
    village.say("张婶", "2")
    village.later(minutes=6)
    assert "人命关天" not in village.heard("小陈")


@pytest.mark.parametrize("said", ["灭了灭了", "火灭了 大家别来了", "没事了没事了", "扑灭了"])
def test_who_says_in_the_group_that_it_is_over_ends_the_alarm(village: Village, said: str) -> None:
    village.bind("张婶", to="张婶", channel="sim")
    village.group("后沟着火了", by="张婶")
    village.heard("小陈")
    village.group(said, by="张婶")
    assert said in village.heard("小陈")
    village.later(minutes=12)
    assert "第2次" not in village.heard("小陈")


def test_somebody_else_in_the_group_ends_no_alarm(village: Village) -> None:
    village.group("后沟着火了", by="张婶")
    village.group("灭了灭了", by="老王")
    village.later(minutes=4)
    assert "第2次" in village.heard("小陈")


@pytest.mark.parametrize(
    ("first", "then"), [("我家着火了快来人", "隔壁老王家着火了"), ("巷子口着火了", "巷口那边着火了快来")]
)
def test_one_received_is_for_all_who_told_of_one_fire(village: Village, first: str, then: str) -> None:
    village.say("老王", first)
    village.say("张婶", then)
    village.say("小陈", "收到")
    assert "收到" in village.heard("老王")
    assert "收到" in village.heard("张婶")
    village.later(minutes=12)
    assert "第2次" not in village.heard("书记")


def test_another_danger_is_not_received_with_it(village: Village) -> None:
    village.say("老王", "我家着火了快来人")
    village.say("张婶", "我爸晕倒了叫不醒")
    village.heard("老王")
    village.say("小陈", "收到")
    village.later(minutes=4)
    assert "第2次" in village.heard("书记")


@pytest.mark.parametrize("said", ["找不到人 她家锁着门", "敲门没人在", "去了 人不在家 门锁着"])
def test_how_far_a_keeper_is_is_no_danger(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    filed.later(minutes=6)
    assert "【" not in filed.heard("书记")


@pytest.mark.parametrize("said", ["王秀英躺地上不动了", "着火了快来人", "她家冒烟了 敲门没人应"])
def test_what_a_keeper_cries_is(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    filed.later(minutes=6)
    assert "【" in filed.heard("书记")


@pytest.mark.parametrize(
    "said", ["我老汉今早上走了 要办后事 不知道找谁", "我妈昨晚没了 要办丧事 找谁", "老人今早走的 准备后事 该找谁"]
)
def test_who_buries_somebody_is_not_asked_what_the_lost_one_wore(village: Village, said: str) -> None:
    answer = village.say("王秀英", said)
    village.later(minutes=6)
    assert "穿啥衣服" not in answer
    assert "人命关天" not in village.heard("小陈")


@pytest.mark.parametrize(
    "said", ["我们几十个人明天去县上堵门", "再不解决我们全村人就去县上堵门", "明天几十个人去镇上堵大门"]
)
def test_who_will_go_up_is_not_in_danger(village: Village, said: str) -> None:
    village.say("老王", said)
    village.later(minutes=6)
    assert "请核实" not in village.heard("小陈")
    assert said in village.heard("书记") + village.heard("镇领导")
