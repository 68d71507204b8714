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
