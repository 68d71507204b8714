"""What is answered to 您说的是哪样 and to 您说了2件事: a number with more behind it, part of it, or 看不懂."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

WATER, TWO = "水有问题", "路灯坏了 垃圾也没人拉"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("三 在九社桥头", "AG01"), ("3，浇地的", "AG01"), ("1 九社那边", "RC03"), ("第二个 河里头", "EN02"),         ("1和2", "RC03"),
    ],
)  # fmt: skip
def test_a_choice_with_more_behind_it_is_that_choice(village: Village, said: str, code: str) -> None:
    """Before, 三 in front of a place chose nothing, and the first was filed."""
    village.say("王秀英", WATER)
    village.say("王秀英", said)
    assert [matter.code for matter in village.matters()] == [code]


def test_a_story_that_begins_with_a_number_is_one(village: Village) -> None:
    village.say("王秀英", WATER)
    village.say("王秀英", "2 路灯又坏了")
    assert "RC02" in [matter.code for matter in village.matters()]


@pytest.mark.parametrize(
    "said", ["你说啥 看不懂", "你说的啥", "看不懂 不识字", "问的啥 听不懂", "啥 没看懂", "啥意思", "看不懂你说啥"]
)
def test_who_does_not_understand_the_question_files_nothing_by_it(village: Village, said: str) -> None:
    village.say("王秀英", WATER)
    village.say("王秀英", said)
    assert village.matters() == []
    village.say("王秀英", "1")
    assert village.matter().code == "RC03"


@pytest.mark.parametrize("said", ["5", "9", "4"])
def test_a_number_that_was_not_offered_is_asked_again(village: Village, said: str) -> None:
    """Before, he heard 我这会儿没问您."""
    village.say("王秀英", WATER)
    assert "1 饮水供水" in village.say("王秀英", said)
    village.say("王秀英", "3")
    assert village.matter().code == "AG01"


def test_words_of_nothing_leave_the_story_what_it_was(village: Village) -> None:
    """Before, 水停了 was filed as 闲聊无关 behind 你管我是哪个社."""
    village.say("外村人", "水停了")
    village.say("外村人", "你管我是哪个社")
    assert village.matter().code == "RC03"


@pytest.mark.parametrize(
    "said",
    [
        "就路灯 垃圾不用管", "垃圾那个不用了 已经拉走了", "只要第一个", "光报路灯", "垃圾算了", "垃圾已经有人拉了", "就是路灯，垃圾先不说",
        "只管路灯就行",
    ],
)  # fmt: skip
def test_of_several_only_what_he_wants_is_filed(village: Village, said: str) -> None:
    """Before, both were filed, and the answer as a third."""
    village.say("王秀英", TWO)
    assert "没记：“垃圾也没人拉”" in village.say("王秀英", said)
    assert [matter.code for matter in village.matters()] == ["RC02"]


@pytest.mark.parametrize("said", ["分开", "1", "两个都要", "先说路灯", "先修路灯", "都要紧"])
def test_both_are_filed_where_he_wants_both(village: Village, said: str) -> None:
    village.say("王秀英", TWO)
    village.say("王秀英", said)
    assert sorted(matter.code for matter in village.matters()) == ["EN01", "RC02"]


@pytest.mark.parametrize("said", ["还有我家水管漏了", "另外我家门口路也烂了"])
def test_a_third_story_is_not_lost(village: Village, said: str) -> None:
    village.say("王秀英", TWO)
    village.say("王秀英", said)
    village.later(minutes=45)
    assert len(village.matters()) == 3


@pytest.mark.parametrize("said", ["井盖没了", "我家门口的井盖没有了 晚上看不见"])
def test_what_is_unclear_is_asked_about_and_not_put_aside(village: Village, said: str) -> None:
    assert "没听明白" not in village.say("王秀英", said)
