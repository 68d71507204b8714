"""Somebody presses for votes or buys them: no vote moves, and what is told of it reaches discipline inspection alone."""

from __future__ import annotations

import pytest

from storage import tables_polls as t
from tests.handlers.talk import HOUSE, Village
from tests.handlers.test_polls import opened

NAMED = "发起投票 修路选哪条 东路 西路 截止周五晚八点"
AGREED = "发起投票 每户交卫生费三十 同意 反对 弃权 截止周五晚八点"
VILLAGE = ("小陈", "书记", "文书")


def choice(village: Village) -> int | None:
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE["o-laowang"]]
    return found[0] if found else None


def told_in_the_village(village: Village) -> str:
    return "\n".join(village.heard(who) for who in VILLAGE) + village.in_group()


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (NAMED, "陈小军逼我投东路"),
        (NAMED, "村里有人花钱买票选东路"),
        (NAMED, "小陈挨家叫投东路"),
        (NAMED, "书记拉票 给每户发了一桶油让选东路"),
        (NAMED, "书记让我选东路"),
        (NAMED, "小陈让我投东路"),
        (NAMED, "不投东路就停我低保"),
        (AGREED, "干部挨家挨户叫投同意"),
        (AGREED, "书记逼我同意"),
    ],
)
def test_pressing_is_no_vote_and_is_told_to_discipline_inspection_alone(
    village: Village, asked: str, words: str
) -> None:
    """It was counted as a vote for that option, over the opposite vote, and was told to nobody."""
    opened(village, asked)
    village.say("老王", "2")
    told_in_the_village(village)
    said = village.say("老王", words)
    assert "票没动" in said
    assert "镇纪委" in said
    assert choice(village) == 2
    assert words in village.heard("镇纪委")
    assert words not in told_in_the_village(village)
    assert village.matter().is_sealed


@pytest.mark.parametrize(
    ("words", "kept"), [("陈小军逼我投东路，我偏要投西路", "陈小军逼我投东路"), ("选西路 书记收了东路老板的钱", "书记收了东路老板的钱")]
)  # fmt: skip
def test_his_own_choice_beside_it_counts(village: Village, words: str, kept: str) -> None:
    opened(village, NAMED)
    assert "您家投的是 2" in village.say("老王", words)
    assert choice(village) == 2
    assert f"“{kept}”" in village.heard("镇纪委")


def test_a_matter_in_the_same_breath_goes_its_own_way(village: Village) -> None:
    opened(village, NAMED)
    village.say("老王", "陈小军逼我投东路，我家停电了")
    assert "“陈小军逼我投东路”" in village.heard("镇纪委")
    assert "“我家停电了”" in village.heard("小陈")


def test_it_is_filed_where_nothing_is_voted_on_and_for_one_unknown(village: Village) -> None:
    assert "镇纪委" in village.say("外村人", "书记逼我投张三")
    assert village.matter().is_sealed


@pytest.mark.parametrize(
    "words",
    ["我妈让我投东路", "我媳妇逼我投东路", "本来想选东路", "大家都劝我选东路", "书记说选东路好", "书记叫我投票"],
)
def test_advice_and_what_was_meant_once_is_neither_a_vote_nor_blame(village: Village, words: str) -> None:
    """本来想选东路 was counted."""
    opened(village, NAMED)
    village.say("老王", "2")
    village.say("老王", words)
    assert choice(village) == 2
    assert not any(matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize("words", ["非要我选我就选2", "给我家记上 我要投西路", "没人逼我 我投西路", "要我选就选西路"])
def test_what_only_sounds_like_it_is_a_vote(village: Village, words: str) -> None:
    opened(village, NAMED)
    assert "您家投的是 2" in village.say("老王", words)
    assert village.matters() == []


@pytest.mark.parametrize("words", ["书记逼我同意修路", "陈小军逼我同意修路"])
def test_who_is_pressed_by_an_office_without_a_poll_is_heard(village: Village, words: str) -> None:
    assert "镇纪委" in village.say("老王", words)


@pytest.mark.parametrize(
    "words", ["开发商逼我同意拆迁", "银行打电话叫我投保险", "有人打电话让我投资养老", "网格员上门叫我选低保还是特困"]
)
def test_pressing_for_something_else_is_a_matter_like_any_other(village: Village, words: str) -> None:
    village.say("老王", words)
    assert not any(matter.is_sealed for matter in village.matters())


def test_being_called_to_vote_is_no_pressing(village: Village) -> None:
    opened(village, NAMED)
    assert "您家投的是 2" in village.say("老王", "书记叫我们选 选西路")
    assert village.matters() == []
