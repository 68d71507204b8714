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


@pytest.mark.parametrize(
    "said",
    [
        "截止改到周四晚八点", "截止改到周三晚八点", "截止时间改到礼拜二下午六点", "周四晚上八点就截止吧", "投到周四晚八点", "截止提到周四",
        "改到周三中午截止", "改成周四中午截止", "把周五改成周四", "截止时间给我调到礼拜四晚上", "星期三晌午就截止", "截止时间改成周四下午", "提前到周三晚八点截止",
    ],
)  # fmt: skip
def test_a_day_before_the_closing_is_never_the_one_a_week_later(asked: Village, said: str) -> None:
    """截止改到周四, of what closes on Friday, was lengthened by a week and told to everybody."""
    assert "要早截止就说“投票结束”" in asked.say("李书记", said)
    asked.say("李书记", "1")
    assert "延长到" not in asked.in_group()
    assert asked.rows(tables_polls.polls)[0].closes_at.astimezone(asked.now.tzinfo).day == 27


@pytest.mark.parametrize(
    ("said", "until"),
    [("把周五改成周六", "11月28日"), ("截止时间改成周六下午", "11月28日 周六 下午3点"), ("截止挪到28号晚八点", "11月28日 周六 晚8点")],
)  # fmt: skip
def test_another_closing_is_of_the_poll_that_is_open(asked: Village, said: str, until: str) -> None:
    """把周五改成周六 was answered 眼下没有通知过的会."""
    assert f"延长到{until}" in asked.say("李书记", said)


def test_of_a_meeting_that_is_ahead_another_day_is_the_meetings(asked: Village) -> None:
    asked.say("李书记", "周六上午九点在村委会开群众会 议题 机井 全村")
    asked.say("李书记", "1")
    assert "延长到" not in asked.say("李书记", "把周六改成周日")


@pytest.mark.parametrize(
    ("said", "until"), [("延长到周四", "12月3日"), ("推迟到周二", "12月1日"), ("投票延期到礼拜三", "12月2日")]
)
def test_a_day_that_was_guessed_is_read_back(asked: Village, said: str, until: str) -> None:
    assert f"延长到{until}" in (answer := asked.say("李书记", said))
    assert "回 1 延长" in answer
    assert asked.in_group() == ""
    assert "截止时间没动" in asked.say("李书记", "3")
    asked.say("李书记", said)
    asked.say("李书记", "1")
    assert f"延长到{until}" in asked.in_group()


@pytest.mark.parametrize("said", ["截止改到11月30日中午", "11月30日晌午截止", "截止时间改到11月30号中午截止"])
def test_noon_is_at_twelve(asked: Village, said: str) -> None:
    asked.say("李书记", said)
    assert "11月30日 周一 中午12点" in asked.in_group()


@pytest.mark.parametrize(
    "said", ["会取消", "会不开了", "会议取消", "把会取消了", "周六的会不开了", "那个会别开了", "取消开会", "会先别开了"]
)
def test_a_meeting_called_off_while_a_closing_is_asked_is_no_answer_to_it(asked: Village, said: str) -> None:
    """会取消 was answered 好，不截止; nobody heard that the meeting was off."""
    asked.say("李书记", "周六上午九点在村委会开群众会 议题 机井 全村")
    asked.say("李书记", "1")
    asked.say("李书记", "投票结束")
    assert "群众大会" in asked.say("李书记", said)
    asked.in_group()
    asked.say("李书记", "1")
    assert "会议取消" in asked.in_group()
    assert asked.rows(tables_polls.polls)[0].closes_at.astimezone(asked.now.tzinfo).day == 27


@pytest.mark.parametrize("said", ["3", "不截", "先不截止了", "算了不截了", "取消", "算了", "先别截止"])
def test_not_closing_leaves_it_as_it_is(asked: Village, said: str) -> None:
    asked.say("李书记", "投票结束")
    assert "照样投" in asked.say("李书记", said)
