"""A vote said behind somebody's name is that person's, never the sender's own; only an asked-for visit counts it."""

from __future__ import annotations

import pytest

from storage import tables_polls as t
from tests.handlers.talk import Village
from tests.handlers.test_polls import opened

NAMED = "发起投票 修路选哪条 东路 西路 截止周五晚八点"


def choices(village: Village) -> list[int]:
    return [row.choice for row in village.rows(t.ballots) if row.choice is not None]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("文书", "刘满仓 投1"), ("文书", "刘满仓投1"), ("小陈", "上门问了刘满仓 投东路"), ("小陈", "张桂兰 1"), ("小陈", "刘满囤 投1"),
        ("老王", "张桂兰 投1"), ("王秀英", "周奶奶 1"), ("王秀英", "我儿子 投1"), ("王秀英", "我儿子在广东 他投1"), ("王秀英", "周奶奶没微信 她想投1"),
    ],
)  # fmt: skip
def test_a_vote_behind_another_name_leaves_his_own_as_it_was(village: Village, who: str, words: str) -> None:
    """It became the sender's own vote, over the one he had cast."""
    opened(village, NAMED)
    village.say(who, "2")
    said = village.say(who, words)
    assert "没记" in said
    assert choices(village) == [2]


@pytest.mark.parametrize("words", ["王德福 投1", "全家 投1", "马上 投1", "我家 投1", "全家人 投1"])
def test_his_own_name_and_other_words_before_it_take_nothing_from_it(village: Village, words: str) -> None:
    opened(village, NAMED)
    assert "您家投的是 1" in village.say("老王", words)


@pytest.mark.parametrize("words", ["马上 投1", "全家 投1", "方案一"])
def test_a_keepers_own_vote_is_no_name(village: Village, words: str) -> None:
    opened(village, NAMED)
    assert "您家投的是 1" in village.say("小陈", words)


def test_somebody_who_is_voted_on_is_an_option(village: Village) -> None:
    opened(village, "发起投票 选谁当社长 刘满仓 李四 截止周五晚八点")
    assert "投的是 1 刘满仓" in village.say("小陈", "刘满仓 投1")


@pytest.mark.parametrize("words", ["周奶奶 1", "周奶奶 投1"])
def test_a_keeper_who_was_asked_to_see_her_has_her_ballot_counted(village: Village, words: str) -> None:
    opened(village, NAMED)
    village.say("小陈", "2")
    village.say("王秀英", "周奶奶没微信 她想投1")
    village.say("王秀英", "请人")
    assert "（上门）" in village.say("小陈", words)
    assert sorted(choices(village)) == [1, 2]


def test_a_keeper_takes_no_ballot_of_a_household_that_votes_by_phone(village: Village) -> None:
    """One visit that was asked for opened every household of his grid to him."""
    opened(village, NAMED)
    village.say("王秀英", "周奶奶没微信 她想投1")
    village.say("王秀英", "请人")
    assert "他家先给我回“请人”" in village.say("小陈", "王德福 2")
    assert choices(village) == []
    assert "（上门）" in village.say("小陈", "周奶奶 1")


def test_of_several_polls_his_mother_s_vote_is_none_of_his(village: Village) -> None:
    """我妈投东路，五盏 was two votes of his own."""
    opened(village, NAMED)
    opened(village, "发起投票 装几盏灯 三盏 五盏 截止周五晚八点")
    village.say("老王", "我妈投东路，五盏")
    assert choices(village) == []
