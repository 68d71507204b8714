"""What is said of meetings that are announced: it begins, it is over, which they are. None of it changes one."""

from __future__ import annotations

import pytest

from storage import tables_meetings
from tests.handlers.talk import Village
from tests.handlers.test_attendance import begun


def called(village: Village) -> None:
    village.say("文书", "明天下午三点半在村委会开群众会 九社每户 说机井")
    village.say("文书", "1")
    village.in_group()


def on_the_day(village: Village) -> None:
    called(village)
    village.later(hours=29)
    village.in_group()


@pytest.mark.parametrize("words", ["会议开始", "现在开会", "开会了", "会开始了", "大家开会吧"])
def test_that_it_begins_opens_the_sign_in(village: Village, words: str) -> None:
    """会议开始 offered to call it off, and 1 told the group so."""
    on_the_day(village)
    assert "签到码" in village.say("文书", words)
    village.say("文书", "1")
    assert "取消" not in village.in_group()
    assert "签到2人" in village.say("文书", "签到 王德福 张桂兰")


@pytest.mark.parametrize(
    "words", ["散会", "散会了", "会开完了", "开完会了", "会议结束", "会议结束了", "会散了", "就到这里吧", "到此结束"]
)
def test_that_it_is_over_asks_for_the_minutes(village: Village, words: str) -> None:
    on_the_day(village)
    village.say("文书", "签到 王德福 张桂兰")
    village.later(minutes=45)
    assert "开始记会1" in village.say("文书", words)
    assert village.rows(tables_meetings.meetings)[0].status == "called"


@pytest.mark.parametrize(
    "words",
    ["会议", "会议列表", "近期会议", "有哪些会", "我的会", "看看通知", "会议内容", "下周有啥会", "还有啥会没开"],
)
def test_the_meetings_are_listed(village: Village, words: str) -> None:
    called(village)
    village.later(minutes=5)
    assert "会1：11月23日 周一 下午3点半在村委会开九社群众大会，商量：机井" in village.say("文书", words)


@pytest.mark.parametrize(
    "words",
    [
        "会议室停电了",
        "会议室钥匙在谁那",
        "会场布置好了",
        "会场没电",
        "会议照片",
        "会议内容",
        "散会",
        "会议结束",
        "会照常开",
        "会议完毕",
    ],
)
def test_words_about_a_meeting_offer_no_change(village: Village, words: str) -> None:
    called(village)
    said = village.say("文书", words)
    assert "不开了？" not in said
    assert "对不对" not in said
    assert "改到哪天" not in said


@pytest.mark.parametrize("words", ["不开了", "会议取消", "明天的会不开了", "会先不开了", "那个会别开了", "撤销会议"])
def test_a_meeting_is_called_off_by_what_says_so(village: Village, words: str) -> None:
    called(village)
    assert "不开了？" in village.say("文书", words)
    assert "取消了" in village.say("文书", "对 不开了")
    assert "会议取消" in village.in_group()


def test_what_else_is_said_lets_the_offer_fall(village: Village) -> None:
    """Every line of the minutes got the question again, and a later 1 would have called the meeting off."""
    on_the_day(village)
    village.say("文书", "会议取消")
    assert "签到2人" in village.say("文书", "签到 王德福 张桂兰")
    assert "开始记会1" in village.say("文书", "会议记录")
    assert "记下了王德福" in village.say("文书", "王德福:我不同意")
    village.say("文书", "1")
    assert "取消" not in village.in_group()


def test_the_list_is_taken_while_a_call_is_being_made(village: Village) -> None:
    on_the_day(village)
    assert "哪天几点开" in village.say("文书", "开个会")
    assert "签到2人" in village.say("文书", "签到 王德福 张桂兰")


def test_a_notice_is_not_taken_back_by_another(village: Village) -> None:
    """通知撤回 told the whole village 撤回."""
    called(village)
    assert "收不回来" in village.say("文书", "通知撤回")
    village.say("文书", "1")
    assert "撤回" not in village.in_group()


def test_what_is_begun_in_the_group_is_finished_there(village: Village) -> None:
    """The read-back stood in his private chat, and 1 in the group answered nothing."""
    called(village)
    assert "已私信您" in village.group("明天的会改到后天", by="文书", addressed=True)
    village.group("1", by="文书", addressed=True)
    assert "改到11月24日" in village.in_group()


def test_a_number_in_the_group_answers_nothing_begun_elsewhere(village: Village) -> None:
    village.say("文书", "明天下午三点半在村委会开群众会 九社每户 说机井")
    village.group("1", by="文书", addressed=True)
    assert "会1" not in village.in_group()


def test_an_old_doubt_about_danger_takes_no_number_of_what_is_asked_since(village: Village) -> None:
    """1 发出 became 1 有危险."""
    assert "有没有人有危险" in village.say("文书", "后山裂了个大缝")
    village.later(minutes=2)
    assert "回 1 发出" in village.say("文书", "明天下午三点半在村委会开群众会 九社每户 说修路")
    assert "发出了" in village.say("文书", "1")


def test_a_doubt_about_danger_is_answered_first_where_nothing_else_is_asked_since(village: Village) -> None:
    called(village)
    village.later(minutes=2)
    assert "有没有人有危险" in village.say("老王", "后山裂了个大缝")
    assert "先顾人" in village.say("老王", "1")


def test_the_loudspeaker_breaks_off_in_no_word(village: Village) -> None:
    topics = "农村自来水管网改造工程施工期间停水安排、村集体经济收益分配方案征求意见"
    village.say("文书", f"后天下午三点半在村委会开群众会 全村 议题：{topics}")
    assert "商量农村自来水管网改造工程施工期间停水安排等2件事。" in village.say("文书", "1")


def test_a_decision_opens_the_minutes_it_belongs_to(village: Village) -> None:
    called(village)
    village.later(hours=23)
    village.later(hours=7)
    village.say("文书", "会议开始")
    said = village.say("文书", "决定 换管子 张桂兰负责 12月15日前")
    assert "哪个社" not in said
    assert "换管子" in said
    assert "定下：换管子" in village.say("文书", "散会")
    assert len(village.rows(tables_meetings.decisions)) == 1


@pytest.mark.parametrize(("share", "status"), [(0.4, "cancelled"), (0.8, "called")])
def test_a_meeting_enough_people_sat_in_is_not_struck_off(village: Village, share: float, status: str) -> None:
    """会没开成 one word too late would have thrown away who was there; too few who went home again are no meeting."""
    begun(village, "周五晚上七点在村委会开村民代表会议 说机井")
    names = [row.name for row in village.rows(tables_meetings.invitations)]
    for name in names[: round(len(names) * share)]:
        village.say("李书记", f"签到 {name}")
    village.later(minutes=45)
    heard = village.say("李书记", "会没开成")
    assert ("没开成，不等结果了" in heard) == (status == "cancelled")
    assert village.rows(tables_meetings.meetings)[0].status == status
