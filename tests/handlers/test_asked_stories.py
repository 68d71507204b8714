"""A story that was asked about: what answers, what is another story, and what says that there is none."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

RIVER = "河里水都红了呛人"


def stories(village: Village) -> list[str]:
    return [matter.text for matter in village.matters()]


def test_1_after_words_about_nothing_asks_for_the_story(village: Village) -> None:
    assert "1 说件事" in village.say("老王", "麻将桌上吵")
    assert "您说，我听着" in village.say("老王", "1")
    assert not village.matters()
    village.say("老王", "我家门口垃圾没人拉")
    assert stories(village) == ["我家门口垃圾没人拉"]


def test_what_is_not_understood_the_second_time_either_goes_to_a_person(village: Village) -> None:
    village.say("老王", "阿巴阿巴阿巴")
    village.say("老王", "1")
    assert "编号" in village.say("老王", "呜哩哇啦阿巴阿巴")
    assert stories(village) == ["阿巴阿巴阿巴\n呜哩哇啦阿巴阿巴"]


def test_1_after_a_trouble_files_it(village: Village) -> None:
    assert "1 说件事" in village.say("老王", "又吵了一晚上睡不着哈哈")
    assert "编号" in village.say("老王", "1")
    assert stories(village) == ["又吵了一晚上睡不着哈哈"]


@pytest.mark.parametrize("said", ["没啥事", "没得事", "随便说说", "没事 随便问问", "没有什么事"])
def test_nothing_in_words_is_nothing(village: Village, said: str) -> None:
    assert "没啥事" in village.say("老王", "吵死了")
    village.say("老王", said)
    village.later(hours=1)
    assert not village.matters()


@pytest.mark.parametrize("said", ["你听不懂吗", "听不懂人话", "啥意思", "我没看懂"])
def test_a_word_on_the_question_leaves_it_open(village: Village, said: str) -> None:
    asked = village.say("老王", RIVER)
    assert "说细一点" in village.say("老王", said)
    assert not village.matters()
    number = next(line[0] for line in asked.splitlines() if "生活污水" in line)
    assert "生活污水" in village.say("老王", number)


def test_another_trouble_is_filed_beside_the_one_asked_about(village: Village) -> None:
    village.say("老王", RIVER)
    village.say("老王", "路灯坏了")
    assert stories(village) == [RIVER, "路灯坏了"]


@pytest.mark.parametrize("said", ["就是村口那条河", "是化工厂排的", "臭了一个月了"])
def test_more_of_it_stays_with_it(village: Village, said: str) -> None:
    village.say("老王", RIVER)
    village.say("老王", said)
    assert stories(village) == [f"{RIVER}\n{said}"]
