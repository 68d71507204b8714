"""How a meeting is called loosely: spans of hours, days nobody finds in a calendar, names of its own, talk of meetings."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

AT = "在村委会开九社群众会 说机井"


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("明天上午九点到十一点", "11月23日 周一 上午9点\n"),
        ("明天9:00-11:00", "11月23日 周一 上午9点\n"),
        ("12月1日9:00-11:00 ", "12月1日 周二 上午9点\n"),
        ("明天下午三点到五点半", "11月23日 周一 下午3点\n"),
        ("明天上午9-11点", "11月23日 周一 上午9点\n"),
        ("1125上午九点", "11月25日 周三 上午9点\n"),
        ("明年十二月一日上午十点", "2027年12月1日 周三 上午10点\n"),
        ("12月1日上午十点", "：12月1日 周二 上午10点\n"),
    ],
)
def test_a_moment_said_loosely_is_read(village: Village, when: str, read: str) -> None:
    """A span lost date and time, and 1125 was tomorrow."""
    assert read in village.say("文书", when + AT)


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("明后天上午九点", "明天、后天"),
        ("周六周日上午九点", "周六、周日"),
        ("等小陈回来上午九点", "“等小陈回来”是哪一天"),
        ("收秋后上午九点", "“收秋后”是哪一天"),
    ],
)
def test_a_day_that_is_not_said_is_asked(village: Village, when: str, asked: str) -> None:
    """All of them were tomorrow at nine, or today."""
    assert asked in village.say("文书", when + AT)


@pytest.mark.parametrize(
    ("when", "answer", "read"),
    [
        ("周六日上午九点", "周日", "11月29日 周日 上午9点"),
        ("周六 周日上午九点", "周六", "11月28日 周六 上午9点"),
        ("明后天上午九点", "后天", "11月24日 周二 上午9点"),
    ],
)
def test_of_two_days_one_is_chosen(village: Village, when: str, answer: str, read: str) -> None:
    village.say("文书", when + AT)
    assert read in village.say("文书", answer)


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("周三一早", "11月25日 周三 早7点"),
        ("等下午三点再", "11月22日 周日 下午3点"),
        ("明天下午三到五点", "11月23日 周一 下午3点"),
        ("明天下午等大家忙完后三点", "11月23日 周一 下午3点"),
    ],
)
def test_a_day_that_is_said_is_not_asked(village: Village, when: str, read: str) -> None:
    assert read in village.say("文书", when + AT)


def test_moving_it_says_that_the_month_has_no_such_day(village: Village) -> None:
    village.say("文书", "明天下午三点" + AT)
    village.say("文书", "1")
    assert "那个月没有三十" in village.say("文书", "会改到腊月三十上午九点")


@pytest.mark.parametrize(
    ("words", "answer"),
    [("我在开会", "您先忙"), ("开会呢 等会说", "您先忙"), ("老开会不办事", ""), ("不要开会", ""), ("没开会", "")],
)
def test_talk_of_meetings_calls_none(village: Village, words: str, answer: str) -> None:
    said = village.say("文书", words)
    assert answer in said
    assert "几点开" not in said


@pytest.mark.parametrize("words", ["我想开个会", "我们打算开个会", "开会"])
def test_who_wants_a_meeting_is_asked_when(village: Village, words: str) -> None:
    assert "哪天几点开" in village.say("文书", words)


def test_the_same_call_again_is_warned_of(village: Village) -> None:
    village.say("文书", "明天下午三点" + AT)
    village.say("文书", "1")
    assert "已经通知过九社群众大会（会1）" in village.say("文书", "明天下午三点" + AT)
    village.say("文书", "取消")
    assert "已经通知过" not in village.say("文书", "明天下午四点" + AT)


@pytest.mark.parametrize("topic", ["土地承包给外村公司", "土地补偿款分配"])
def test_what_the_members_decide_is_said(village: Village, topic: str) -> None:
    said = village.say("文书", f"12月8号上午九点在村委会开村民会议 议题 {topic}")
    assert "按法律要由农村集体经济组织成员大会定" in said
    assert "按法律" not in village.say("文书", "议题 修路")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("明天下午三点在学校开九社家长会 说娃娃上学", "开家长会"),
        ("明天下午三点在村委会开听证会 说水价 全村", "开听证会"),
        ("明天下午三点在村委会开全村动员会 说防火", "开动员会"),
        ("明天下午三点在村委会开九社群众会 说家长会的事", "开群众大会"),
    ],
)
def test_a_meeting_keeps_the_name_it_is_given(village: Village, words: str, title: str) -> None:
    assert title in village.say("文书", words)


@pytest.mark.parametrize("body", ["党员和村民代表会", "党员干部会"])
def test_two_circles_at_once_are_asked_apart(village: Village, body: str) -> None:
    assert "一次只能请一拨人" in village.say("文书", f"12月3号下午三点在村委会开{body} 说修路")


@pytest.mark.parametrize(
    ("body", "instead", "who"), [("党员大会", "党员座谈会", "全体党员60人"), ("代表会", "代表座谈会", "村民代表42人")]
)
def test_what_needs_no_notice_calls_the_same_people(village: Village, body: str, instead: str, who: str) -> None:
    """群众会 in the place of 党员大会 called all three hundred households."""
    assert f"回“{instead}”" in village.say("文书", f"后天上午九点在村委会开{body} 说学习")
    assert f"请：{who}" in village.say("文书", instead)
