"""What a cadre says of an announced meeting in few words: 延期, 通知到多少, 多请几个党员来, 再催一遍."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_meetings import called, meetings
from tests.handlers.test_polls import opened

AHEAD = "后天下午三点在村委会开群众会说修路 全村"


@pytest.mark.parametrize("words", ["通知到多少", "多少人看到了", "都通知到了没", "多少户知道了"])
def test_whom_the_notice_has_reached_is_told_and_by_what(village: Village, words: str) -> None:
    """It was answered with who signed up."""
    called(village, AHEAD)
    village.say("王秀英", "我去")
    village.say("老王", "知道了")
    said = village.say("李书记", words)
    assert "请了300户，得着信儿的2户（1%）" in said
    assert "回了话1户、报了名1户" in said
    assert "还没信儿的：" in said
    assert "王秀英" not in said


@pytest.mark.parametrize("words", ["多请党员来", "多请几个代表", "把党员也叫上", "再叫几个年轻人来", "代表也请上"])
def test_nobody_is_added_to_a_meeting_that_is_announced(village: Village, words: str) -> None:
    """多请党员来 began another meeting, 把党员也叫上 became a matter."""
    called(village, AHEAD)
    assert "名单不能再添" in village.say("李书记", words)
    assert len(meetings(village)) == 1
    assert village.matters() == []


@pytest.mark.parametrize("words", ["延期", "推迟", "会推迟一下", "改个时间"])
def test_put_off_is_of_the_meeting_ahead(village: Village, words: str) -> None:
    """延期 was nothing we could do."""
    called(village, AHEAD)
    assert "改到哪天几点" in village.say("李书记", words)
    assert "11月26日 周四 下午3点" in village.say("李书记", "周四")
    village.say("李书记", "1")
    assert [start for _, start, _, _ in meetings(village)] == ["11-26 15:00"]


def test_put_off_until_a_day_is_read_back_at_once(village: Village) -> None:
    called(village, AHEAD)
    assert "11月28日 周六 下午3点" in village.say("李书记", "延期到周六")


def test_with_a_poll_open_as_well_it_is_asked_which(village: Village) -> None:
    called(village, AHEAD)
    opened(village)
    assert "您说的是会还是投票" in village.say("李书记", "延期")
    assert "改到哪天几点" in village.say("李书记", "会延期")


def test_with_only_a_poll_open_it_is_the_poll(village: Village) -> None:
    opened(village)
    assert "延到啥时候" in village.say("李书记", "延期")
    assert "11月28日 周六" in village.say("李书记", "延期到周六")


@pytest.mark.parametrize("words", ["再催一遍", "叫没报名的来", "提醒没看的人"])
def test_reminders_go_out_by_themselves_and_that_is_said(village: Village, words: str) -> None:
    called(village, AHEAD)
    assert "我自己提醒" in village.say("李书记", words)


def test_a_reminder_of_voters_is_of_the_poll(village: Village) -> None:
    called(village, AHEAD)
    opened(village)
    assert "没投，绑定了的都私信一遍" in village.say("李书记", "提醒没投的")


@pytest.mark.parametrize("words", ["催一下供电所", "多请人来修路灯"])
def test_what_is_about_something_else_is_left_to_it(village: Village, words: str) -> None:
    called(village, AHEAD)
    said = village.say("李书记", words)
    assert "我自己提醒" not in said
    assert "名单不能再添" not in said


@pytest.mark.parametrize("words", ["能晚到一会不", "晚点去行不", "雨下大了还开不", "下雨还开吗"])
def test_whether_one_may_be_late_and_whether_rain_stops_it_is_for_the_caller(village: Village, words: str) -> None:
    """能晚到一会不 was asked about as culture, and 雨下大了还开不 filed with it as small talk."""
    called(village, AHEAD)
    assert "这个通知里没说" in village.say("老王", words)
    assert village.matters() == []


@pytest.mark.parametrize("words", ["来几个人了", "到几个人了"])
def test_how_many_have_come_is_no_cry_for_help(village: Village, words: str) -> None:
    called(village, AHEAD)
    village.say("王秀英", "我去")
    assert "请了780人" in village.say("李书记", words)
    assert village.questions("李书记") == []


def test_a_meeting_not_sent_yet_is_given_up_in_its_own_words(village: Village) -> None:
    village.say("李书记", AHEAD)
    assert "没发出" in village.say("李书记", "会不开了")


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("明天上午十点在大队开会 讨论三件事 修渠 低保 环境卫生 请各户准时参加", "1.修渠 2.低保 3.环境卫生"),
        ("明天上午十点在大队开群众会 一是修渠 二是收合疗 三是防火", "1.修渠 2.收合疗 3.防火"),
        ("明晚七点在广场开群众会 说一个事 修渠", "商量：修渠"),
    ],
)
def test_what_is_counted_or_numbered_is_the_agenda(village: Village, words: str, topics: str) -> None:
    """三件事 was the agenda: 三件."""
    village.say("李书记", words)
    assert topics in village.say("李书记", "全村")


def test_a_call_whose_topic_is_none_is_asked_for_it(village: Village) -> None:
    """明天下午三点开会 说个事 became a matter."""
    assert "在哪里开" in village.say("李书记", "明天下午三点开会 说个事")
    assert village.matters() == []


def test_who_cannot_come_is_a_question_of_the_caller(village: Village) -> None:
    """It was noted that he cannot come himself."""
    called(village, AHEAD)
    assert "请了780人" in village.say("李书记", "谁来不了")


@pytest.mark.parametrize("words", ["我可能晚点", "我晚到一会", "要迟一点来"])
def test_who_comes_late_comes(village: Village, words: str) -> None:
    called(village, AHEAD)
    assert "您来" in village.say("老王", words)


@pytest.mark.parametrize(
    "said", ["打印", "打印通知", "给我打印通知", "会1打印", "签到表", "会议记录在哪看", "打印会议记录"]
)
def test_whoever_wants_a_page_is_told_where_it_is(village: Village, said: str) -> None:
    village.say("李书记", "后天下午三点在大队开群众会说水费 每户一人")
    village.say("李书记", "1")
    village.later(days=2, hours=8)
    assert "打印" in village.say("李书记", said)
    assert "会1" in village.say("李书记", said)
    assert village.questions("李书记") == []
