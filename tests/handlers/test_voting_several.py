"""Several polls are open at once: each is named, one sentence may answer two, and a change touches one he has answered."""

from __future__ import annotations

import pytest

from storage import tables_polls as t
from tests.handlers.talk import Village
from tests.handlers.test_polls import opened

ROADS = "发起投票 修路选哪条 东路 西路 截止周五晚八点"
LAMPS = "发起投票 路灯装几盏 三盏 五盏 截止周五晚八点"
DITCH = "发起投票 水渠先淘哪段 上段 下段 截止周五晚八点"


@pytest.fixture
def polls(village: Village) -> Village:
    for question in (ROADS, LAMPS, DITCH):
        opened(village, question)
    return village


def votes(village: Village) -> int:
    return sum(row.choice is not None for row in village.rows(t.ballots))


def test_asked_what_there_is_all_of_them_are_named(polls: Village) -> None:
    """Only the newest was shown."""
    said = polls.say("老王", "有啥投票")
    assert all(word in said for word in ("投票1 修路选哪条", "投票2 路灯装几盏", "投票3 水渠先淘哪段", "2 五盏"))


def test_one_sentence_answers_two_of_them(polls: Village) -> None:
    said = polls.say("老王", "东路，五盏")
    assert "投的是 1 东路" in said
    assert "投的是 2 五盏" in said
    assert votes(polls) == 2


@pytest.mark.parametrize("words", ["东路，西路", "东路，五盏，六盏", "1，2", "东路 路灯坏了"])
def test_what_does_not_answer_each_by_a_clause_answers_none_of_them(polls: Village, words: str) -> None:
    polls.say("老王", words)
    assert votes(polls) == 0


def test_a_change_touches_the_one_he_has_answered(polls: Village) -> None:
    """改成2 was cast in the newest, in which he had no vote."""
    polls.say("老王", "东路")
    assert "修路选哪条，您家投的是 2" in polls.say("老王", "改成2")
    assert votes(polls) == 1


def test_a_change_where_he_has_answered_none_is_asked_about(polls: Village) -> None:
    assert "您是回" in polls.say("老王", "改成2")
    assert votes(polls) == 0


@pytest.mark.parametrize(("words", "is_told"), [("通知到了 1", True), ("打过电话了 1", True), ("xuan 1", False)])
def test_only_words_of_telling_note_that_somebody_was_told(village: Village, words: str, is_told: bool) -> None:
    """xuan 1 of a supervisor noted that a keeper had been told in person."""
    village.say("监委主任", "路灯坏了")
    village.later(minutes=30)
    assert ("当面或电话通知" in village.say("监委主任", words)) == is_told


@pytest.fixture
def shows(village: Village) -> Village:
    opened(village, "发起投票 唱戏几天 选项 两天 三天 截止周五晚八点")
    opened(village, "发起投票 巷口挂啥灯笼 选项 红的 黄的 截止周五晚八点")
    return village


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("唱戏的改成三天", "唱戏几天，您家投的是 2"), ("唱戏改三天", "唱戏几天，您家投的是 2"), ("唱戏改成2", "唱戏几天，您家投的是 2"),
        ("灯笼挂黄的", "巷口挂啥灯笼，您家投的是 2"), ("灯笼的改成2", "巷口挂啥灯笼，您家投的是 2"), ("投票2 改 2", "巷口挂啥灯笼，您家投的是 2"),
        ("灯笼的票投红的", "巷口挂啥灯笼，您家投的是 1"),
    ],
)  # fmt: skip
def test_the_poll_that_is_named_by_its_words_is_the_one_meant(shows: Village, words: str, told: str) -> None:
    """唱戏的改成三天 was answered with the other poll."""
    assert told in shows.say("老王", words)
    assert shows.matters() == []


@pytest.mark.parametrize("words", ["投票1投2 投票2投1", "投票1投2，投票2投1", "投票1 2 投票2 1", "投票2选1；投票1选2"])
def test_each_numbered_poll_gets_its_own_vote(shows: Village, words: str) -> None:
    """Only the first was counted, and nothing was said of the second."""
    said = shows.say("老王", words)
    assert "唱戏几天，您家投的是 2" in said
    assert "巷口挂啥灯笼，您家投的是 1" in said


def test_of_a_poll_that_is_not_there_it_is_said(shows: Village) -> None:
    said = shows.say("老王", "投票1投2 投票7投1")
    assert "唱戏几天，您家投的是 2" in said
    assert "没有投票7" in said


@pytest.mark.parametrize("words", ["灯笼让风刮跑了没人管", "唱戏的台子塌了没人修", "灯笼多少钱一个"])
def test_words_that_begin_like_a_title_and_choose_nothing_are_no_vote(shows: Village, words: str) -> None:
    assert "您家投的是" not in shows.say("老王", words)
