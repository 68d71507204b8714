"""A matter is its person's, from whichever phone or chat he told it and asks of it."""

from __future__ import annotations

from tests.handlers.talk import LAMP, Village


def test_what_was_told_in_the_group_is_known_in_private(village: Village) -> None:
    """Where it stands was refused: you have not told of anything."""
    village.group(LAMP, by="老王", addressed=True)
    number = village.matter().number
    assert number in village.say("老王", "我那事办了没")
    assert number in village.say("老王", number[-3:])


def test_what_is_added_in_the_group_joins_the_matter_told_in_private(village: Village) -> None:
    village.say("老王", LAMP)
    village.heard("小陈")
    village.group("补充 是两盏", by="老王", addressed=True)
    assert len(village.matters()) == 1
    assert "是两盏" in village.heard("小陈")


def test_a_second_phone_of_the_same_person_rates_what_the_first_one_told(village: Village) -> None:
    village.say("老王", LAMP)
    village.bind("新手机", to="老王")
    assert village.matter().number in village.say("新手机", "进度")
    village.say("小陈", "001 办好了 换了灯泡")
    village.say("新手机", "001 满意")
    assert village.matter().rating == 1


def test_what_was_told_in_the_group_is_rated_in_private(village: Village) -> None:
    """1 was answered: I have asked you nothing."""
    village.group(LAMP, by="老王", addressed=True)
    village.say("小陈", "001 办好了 换了灯泡")
    assert "谢谢" in village.say("老王", "1")
    assert village.matter().rating == 1
    assert "rating" not in village.kinds("老王", channel="sim")


def test_nobody_else_is_shown_it(village: Village) -> None:
    """A phone nobody is bound to, or a neighbour's, learns nothing, also in the same batch."""
    village.say("老王", LAMP)
    for other in ("没绑的", "张婶"):
        number = village.matter().number
        assert number not in village.say(other, "进度")
    together = village.together(("张婶", "进度"), ("老王", "进度"))
    assert [village.matter().number in answer for answer in together] == [False, True]
