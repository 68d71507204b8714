"""What an organiser says of polls that are out: put off, remind, which there are, who is missing, and that one be gone."""

from __future__ import annotations

import pytest

from storage import tables_polls
from tests.handlers.talk import Village

ROADS = "发起投票 修路选哪条 A东路 B西路 截止周五晚八点"


@pytest.fixture
def asked(village: Village) -> Village:
    """A poll is out, until Friday at eight."""
    village.say("李书记", ROADS)
    village.say("李书记", "1")
    village.in_group()
    return village


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("延长到周日", "11月29日 周日"),
        ("延期两天", "11月29日 周日 晚8点"),
        ("推迟两天", "11月29日 周日 晚8点"),
        ("延长一个礼拜", "12月4日 周五 晚8点"),
        ("投票再延两天", "11月29日 周日 晚8点"),
    ],
)
def test_a_closing_is_put_off_in_any_words(asked: Village, said: str, until: str) -> None:
    assert f"延长到{until}" in asked.say("李书记", said)
    assert f"延长到{until}" in asked.in_group()


def test_whoever_was_told_the_closing_and_has_not_voted_hears_the_new_one(asked: Village) -> None:
    asked.later(minutes=2)
    asked.say("老王", "1")
    asked.heard("老王")
    assert "晚8点截止" in asked.heard("张婶")
    asked.say("李书记", "延长到周日")
    asked.later(minutes=2)
    assert "延长到11月29日 周日" in asked.heard("张婶")
    assert asked.heard("老王") == ""


@pytest.mark.parametrize(("answer", "until"), [("周日晚八点", "11月29日 周日 晚8点"), ("两天", "11月29日 周日 晚8点")])
def test_until_when_is_asked_where_it_is_not_said(asked: Village, answer: str, until: str) -> None:
    assert "延到啥时候" in asked.say("李书记", "延长投票")
    assert until in asked.say("李书记", answer)


@pytest.mark.parametrize("said", ["提前到周四", "投票提前到周四结束", "投票提前两天截止", "投票往前推两天"])
def test_an_earlier_closing_is_never_taken_for_a_later_one(asked: Village, said: str) -> None:
    assert "延长到" not in asked.say("李书记", said)
    assert "延长到" not in asked.in_group()


def test_two_days_more_are_not_of_the_poll_where_a_matter_is_in_hand(asked: Village) -> None:
    asked.say("老王", "我家门口路灯坏了")
    asked.say("小陈", "收到")
    asked.say("小陈", "延期两天")
    assert "延长到" not in asked.in_group()


@pytest.mark.parametrize(
    "said",
    ["取消投票", "作废投票", "撤回投票", "发错了把投票撤了", "这个投票不要了", "删除投票"],
)
def test_what_is_out_can_only_be_closed_early_and_that_is_said(asked: Village, said: str) -> None:
    told = asked.say("李书记", said)
    assert "取消不了，只能提前截止" in told
    assert "照样出结果" in told
    assert "照样投" in asked.say("李书记", "3")
    assert asked.rows(tables_polls.polls)[0].state == "open"


def test_whoever_would_rather_cancel_hears_it_while_he_is_asked(asked: Village) -> None:
    assert "取消不了" not in asked.say("李书记", "投票结束")
    assert "取消不了" in asked.say("李书记", "不是截止 是取消")


@pytest.mark.parametrize("said", ["再催一遍", "提醒没投的人", "提醒大家投票", "通知没投的人投票", "重发投票"])
def test_those_who_have_not_voted_are_reminded_at_his_word(asked: Village, said: str) -> None:
    asked.say("老王", "1")
    asked.heard("老王")
    asked.heard("张婶")
    assert "还有299户没投" in asked.say("李书记", said)
    asked.later(minutes=2)
    assert "还没投" in asked.heard("张婶")
    assert asked.heard("老王") == ""
    assert "还有299户没投" in asked.in_group()
    asked.say("李书记", said)
    asked.later(minutes=2)
    assert asked.heard("张婶") == ""  # once a day


def test_of_a_secret_poll_only_the_group_is_told(village: Village) -> None:
    village.say("李书记", f"{ROADS} 不记名")
    village.say("李书记", "1")
    village.later(minutes=2)
    village.heard("张婶")
    assert "不单独发" in village.say("李书记", "再催一遍")
    village.later(minutes=2)
    assert village.heard("张婶") == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("咋发投票", "直接说一句就行"),
        ("怎么发起投票", "直接说一句就行"),
        ("投票列表", "正在投的：\n投票1 修路选哪条：已投0户"),
        ("有几个投票", "正在投的：\n投票1 修路选哪条：已投0户"),
        ("投票啥情况", "已投0户"),
        ("投票进展", "已投0户"),
        ("没投的名单", "还有300户没投"),
        ("九社还有几户没投", "九社还有100户没投"),
        ("四网格还有几户没投", "四网格还有78户没投"),
        ("修改投票", "改哪样"),
        ("投票加一个选项 南路", "3 南路"),
        ("改投票1 加选项 南路", "3 南路"),
        ("投票题目改成先修哪条路", "先修哪条路\n1 东路"),
    ],
)
def test_a_question_of_his_polls_is_answered_and_is_no_matter(asked: Village, said: str, told: str) -> None:
    assert told in asked.say("李书记", said)
    assert asked.matters() == []


@pytest.mark.parametrize("said", ["我家门口的路灯坏了 催一下", "投票箱坏了 提醒修一下", "选举投票的时候有人拉票"])
def test_what_only_sounds_like_it_stays_a_matter(asked: Village, said: str) -> None:
    asked.say("老王", said)
    assert asked.in_group() == ""


def test_which_of_two_is_asked_and_the_answer_carries_the_command_out(asked: Village) -> None:
    asked.say("李书记", "发起投票 灯选啥 A白光 B黄光 截止周五晚八点")
    asked.say("李书记", "1")
    assert "投票1 修路选哪条\n投票2 灯选啥" in asked.say("李书记", "投票结束")
    assert "“灯选啥”本来" in asked.say("李书记", "2")
    asked.say("李书记", "3")
    assert "投票2 灯选啥" in asked.say("李书记", "延长到周日")
    assert "延长到11月29日" in asked.say("李书记", "投票1")
    assert asked.rows(tables_polls.ballots) == []
