"""A poll one has answered stays open to a change: a number that may mean it is told apart, never guessed."""

from __future__ import annotations

from tests.handlers.talk import Village
from tests.handlers.test_polls import opened

NAMED_POLL = "发起投票 修路选哪条 东路 西路 截止周五晚八点"


def test_a_number_behind_the_menu_is_told_apart_from_a_change_of_his_vote(village: Village) -> None:
    """It filed the words nobody had understood, though the poll had said that a number changes the vote."""
    opened(village, NAMED_POLL)
    village.say("老王", "1")
    village.later(hours=3)
    assert "没听明白" in village.say("老王", "蓝莓电脑桌子")
    said = village.say("老王", "2")
    assert "投票" in said
    assert "要办啥" in said
    assert village.matters() == []
    assert "改好了" in village.say("老王", "投票")


def test_a_number_right_after_a_vote_is_told_apart_from_a_rating(filed: Village) -> None:
    filed.say("小陈", "001 换了灯泡")
    opened(filed, NAMED_POLL)
    filed.say("老王", "1")
    assert "您家投的是 1" in filed.say("老王", "投票")
    said = filed.say("老王", "2")
    assert "1投票" in said
    assert "2评价" in said


def test_where_the_choices_have_been_shown_a_number_is_no_longer_which_question(filed: Village) -> None:
    """我投的啥 showed the choices, and 2 was then taken for 评价 with the number said before."""
    filed.say("小陈", "001 换了灯泡")
    opened(filed, NAMED_POLL)
    assert "2评价" in filed.say("老王", "1")
    assert "1 东路" in filed.say("老王", "我投的啥")
    assert "2评价" in filed.say("老王", "2")
    assert "您家投的是 2" in filed.say("老王", "1")
