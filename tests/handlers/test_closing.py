"""The closing question: what is counted is what was said, and nobody hears 了结 while he is being asked."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village

DITCH, LAMP = "屋后头那条水沟塞满了树叶叶水流不走", "村口路灯不亮"


@pytest.fixture
def asked(village: Village) -> Village:
    """老王 is asked how the ditch was done."""
    village.say("老王", DITCH)
    village.say("小陈", "001 办好了 捞了三车树叶")
    for who in ("老王", "小陈", "李书记"):
        village.heard(who)
    return village


@pytest.fixture
def asked_twice(asked: Village) -> Village:
    asked.say("老王", LAMP)
    asked.say("小陈", "002 办好了 换了灯泡")
    asked.heard("老王")
    return asked


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("巴适", 1), ("老好了", 1), ("我妈说弄干净了 谢谢你们", 1), ("得劲儿", 1), ("还要得", 2), ("凑活", 2), ("二 就那样", 2),
        ("不中", 3), ("不咋地", 3), ("打3", 3), ("差评", 3),
    ],
)  # fmt: skip
def test_a_rating_is_understood_in_the_words_of_any_region(asked: Village, said: str, score: int) -> None:
    """Before, 老好了 and 打3 were told 这件事已经了结了, and 巴适 was 没听明白."""
    asked.say("老王", said)
    assert asked.matter().rating == score


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("你们糊弄鬼哩", "糊弄鬼"), ("1分都不给", "1分都不给"), ("弄了一半就走了", "弄了一半"), ("扯淡 根本没弄", "根本没弄"),
        ("谁给你们说修好了", "谁给你们说"), ("昨天刚弄好今天又堵了", "今天又堵了"), ("3 只捞了半截", "只捞了半截"),
        ("3 根本没弄", "根本没弄"), ("3只掏了半截", "只掏了半截"), ("3 人都没来", "人都没来"), ("3 小毛病一大堆", "小毛病"),
        ("3 路面还是泥", "路面"), ("三 没修好", "没修好"),
    ],
)  # fmt: skip
def test_dissatisfaction_reopens_with_its_reason(asked: Village, said: str, reason: str) -> None:
    """Before, nothing was recorded: 3 只捞了半截 was taken for three of something."""
    asked.say("老王", said)
    assert (asked.matter().rating, asked.matter().status) == (3, Status.ACCEPTED)
    assert reason in asked.heard("小陈")
    assert reason in asked.heard("李书记")


@pytest.mark.parametrize(
    "said",
    ["001", "XH-261122-001", "xh-261122-001", "中不中你们自己来看", "撤回吧 不说了", "催一下", "撤回", "好的", "OK", "👍", "😡",
     "那就好", "谢谢,麻烦你们了", "不用弄了", "满意 就是还漏水", "3 个人来了", "3 只鸡死了", "喊我打3"],
)  # fmt: skip
def test_what_is_no_rating_counts_for_none(asked: Village, said: str) -> None:
    """Before, the bare number 001 was counted as 满意."""
    reply = asked.say("老王", said)
    assert asked.matters()[0].rating is None
    assert asked.matters()[0].status is Status.DONE
    assert "rating" in asked.kinds("老王")
    assert "了结" not in reply
    assert "没问您" not in reply


@pytest.mark.parametrize("said", ["中不中你们自己来看", "撤回吧 不说了", "催一下", "你们咋还不来"])
def test_who_presses_for_what_is_done_is_asked_how_it_is_and_his_keeper_hears_it(asked: Village, said: str) -> None:
    if "1 满意 2 凑合 3 不满意" in asked.say("老王", said):
        assert said in asked.heard("小陈")
    else:
        assert asked.matter().rating == 3


@pytest.mark.parametrize("said", ["那就好", "谢谢,麻烦你们了", "👍", "好的", "嗯", "不用弄了", "哦哦"])
def test_what_is_not_understood_is_answered_with_the_question_again(asked: Village, said: str) -> None:
    assert "1 满意 2 凑合 3 不满意" in asked.say("老王", said)
    assert asked.kinds("老王") == ["rating"]


@pytest.mark.parametrize("said", ["不是不满意 是还没看", "等我回去看一眼", "不晓得 我没去看"])
def test_who_has_not_looked_yet_may_take_his_time(asked: Village, said: str) -> None:
    """Before, 不是不满意 was counted as 不满意."""
    assert "不急" in asked.say("老王", said)
    assert asked.kinds("老王") == ["rating"]
    asked.say("老王", "满意")
    assert asked.matter().rating == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("满意 不过旁边那截也堵了", "RC07"), ("满意 就是门口路灯也坏了", "RC02"), ("满意，还有个就是村口垃圾没人拉", "EN01"),
        ("凑合 不过隔壁那段也塌了", "RC07"),
    ],
)  # fmt: skip
def test_a_story_beside_the_rating_is_a_matter_of_its_own(asked: Village, said: str, code: str) -> None:
    """Before, 满意 was counted as 不满意, or not at all."""
    asked.say("老王", said)
    first, second = asked.matters()
    assert (first.rating, first.status) == (1 if "满意" in said else 2, Status.CLOSED)
    assert second.code == code
    assert "满意" not in second.text


@pytest.mark.parametrize(
    ("said", "why"), [("满意 就是来晚了", "来晚了"), ("满意，来得快", "来得快"), ("凑合 就是慢", "慢")]
)
def test_what_is_said_of_the_same_goes_to_its_keeper(asked: Village, said: str, why: str) -> None:
    asked.say("老王", said)
    assert len(asked.matters()) == 1
    assert why in asked.heard("小陈")


@pytest.mark.parametrize("said", ["路灯又坏了", "没人来拉垃圾", "有人骗我钱"])
def test_another_trouble_is_no_rating(asked: Village, said: str) -> None:
    asked.say("老王", said)
    assert asked.matters()[0].rating is None
    assert len(asked.matters()) == 2


# -- two at once


@pytest.mark.parametrize(
    ("said", "ditch", "lamp"),
    [
        ("沟的满意 灯的不满意", 1, 3), ("灯满意，沟凑合", 2, 1), ("灯还是不亮", None, 3), ("灯亮了", None, 1), ("都满意", 1, 1),
        ("两件都满意", 1, 1), ("满意", None, None), ("都差不多嘛", None, None), ("还行", None, None), ("没弄好", None, None),
    ],
)  # fmt: skip
def test_of_two_each_word_goes_to_the_one_it_names(
    asked_twice: Village, said: str, ditch: int | None, lamp: int | None
) -> None:
    """Before, 沟的满意 灯的不满意 was a 3 for the newest."""
    asked_twice.say("老王", said)
    assert tuple(matter.rating for matter in asked_twice.matters()) == (ditch, lamp)


def test_of_two_ratings_he_is_shown_what_each_is_about(asked_twice: Village) -> None:
    reply = asked_twice.say("老王", "满意")
    assert "1评价002 “村口路灯不亮”" in reply
    assert "2评价001 “屋后头那条水沟" in reply


# -- the number alone


@pytest.mark.parametrize("said", ["XH-261122-001", "001", "编号XH-261122-001", "xh-261122-001。"])
def test_a_number_alone_asks_how_far_it_is(village: Village, said: str) -> None:
    """Before, 现在没有要您投的票."""
    village.say("老王", DITCH)
    assert "等他回话" in village.say("老王", said)


def test_a_number_of_nobody_is_said_to_be_unknown(village: Village) -> None:
    village.say("老王", DITCH)
    assert "没找到" in village.say("老王", "XH-261122-044")
    assert "没找到" in village.say("张婶", "XH-261122-001")
