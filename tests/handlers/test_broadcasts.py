"""Telling many at once: a cadre's sentence is read back, posted to his groups by day, and never filed as a matter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nlp.broadcast_talk import BroadcastWords, broadcast_said
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("text", "scope", "note"),
    [
        ("通知九社明天停水", "九社", "明天停水"),
        ("给九社说一声明天停水", "九社", "明天停水"),
        ("群发通知 九社 停水", "九社", "停水"),
        ("请通知全村周六大扫除", "全村", "周六大扫除"),
        ("在群里说一下明天收垃圾费", "", "明天收垃圾费"),
        ("大喇叭上喊一下防火", "", "防火"),
        ("告诉八社的人水费月底前交", "八社", "水费月底前交"),
        ("跟八社和九社说一下后天打疫苗", "八社和九社", "后天打疫苗"),
        ("发个通知", "", ""),
        ("全村通知 明天停电", "全村", "明天停电"),
    ],
)
def test_to_whom_and_what(text: str, scope: str, note: str) -> None:
    assert broadcast_said(text) == BroadcastWords(scope, note)


@pytest.mark.parametrize("text", ["没人通知大家停水了", "通知了没有", "通知大家了吗", "路灯坏了"])
def test_what_only_mentions_a_notice_tells_nobody(text: str) -> None:
    assert broadcast_said(text) is None


def test_it_is_read_back_posted_once_and_says_who_is_not_reached(village: Village) -> None:
    read = village.say("李书记", "通知九社明天停水")
    assert "发到“兴河大家庭”群" in read
    assert "九社的乡亲们：明天（11月23日 周一）停水。" in read
    assert "回 1 发出" in read
    assert village.in_group() == ""
    sent = village.say("李书记", "1")
    assert sent.startswith("发出了")
    assert "户没绑微信" in sent
    script = next(line for line in sent.splitlines() if line.startswith("喇叭稿：")).removeprefix("喇叭稿：")
    assert len(script) <= 80
    assert "九社的乡亲们：明天（11月23日 周一）停水。" in village.in_group()
    assert village.matters() == []


def test_at_night_it_waits_for_the_morning(village: Village) -> None:
    village.now = village.now.replace(hour=22)
    assert "夜里不打扰人，11月23日 周一 早7点发" in village.say("李书记", "通知全村后天打疫苗")
    assert "早7点发" in village.say("李书记", "1")
    assert village.in_group() == ""
    village.later(hours=9, minutes=1)
    assert "打疫苗" in village.in_group()


def test_a_fourth_of_the_day_says_that_it_waits(village: Village) -> None:
    for note in ("停水", "停电", "打疫苗"):
        village.say("李书记", f"通知全村{note}")
        assert village.say("李书记", "1").startswith("发出了")
    assert "已发满三条" in village.say("李书记", "通知全村领化肥")
    assert village.say("李书记", "1").startswith("排进明早")
    village.in_group()
    village.later(hours=21, minutes=1)
    assert "领化肥" in village.in_group()


def test_whoever_speaks_for_one_grid_cannot_speak_for_another(village: Village) -> None:
    """It is said why, and not filed as a complaint about water."""
    assert "不归您管，没有发" in village.say("小陈", "通知八社明天停水")
    assert "没找到“十八社”" in village.say("李书记", "通知十八社停水")
    assert "发到" in village.say("小陈", "通知大家明天停水")
    assert village.matters() == []


def test_party_members_are_written_to_one_by_one(village: Village) -> None:
    village.say("李书记", "通知党员周五过组织生活")
    village.say("李书记", "1")
    assert "过组织生活" in village.heard("党员")
    assert village.in_group() == ""


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("群发 张三身份证620522199001011234欠水费", "不能有身份证号"),
        ("通知全村" + "说" * 201, "200个字以内"),
        ("通知大家谁家媳妇最懒", "伤人"),
    ],
)
def test_what_may_not_be_posted_is_asked_for_in_other_words(village: Village, said: str, answer: str) -> None:
    assert answer in village.say("李书记", said)
    assert "发到" in village.say("李书记", "明天收水费")
    village.later(minutes=1)
    assert village.in_group() == ""


def test_it_can_be_changed_and_left(village: Village) -> None:
    village.say("李书记", "通知九社明天停水")
    village.say("李书记", "2")
    assert "后天（11月24日 周二）停水" in village.say("李书记", "后天停水")
    assert "八社的乡亲们" in village.say("李书记", "改成八社")
    assert "没发出" in village.say("李书记", "取消")
    village.later(minutes=2)
    assert village.in_group() == ""


def test_a_villager_tells_nobody(village: Village) -> None:
    village.say("老王", "通知大家明天停水")
    village.now += timedelta(minutes=1)
    assert village.in_group() == ""


@pytest.fixture
def posted(village: Village) -> Village:
    village.say("李书记", "通知一下 后天打疫苗 带身份证")
    assert "发出了" in village.say("李书记", "1")
    return village


@pytest.mark.parametrize("asked", ["几点打", "在哪打", "老人要打不", "要带钱不", "疫苗啥时候打", "几点", "在哪"])
def test_what_is_asked_of_a_notice_is_answered_with_it_and_with_whom_to_ask(posted: Village, asked: str) -> None:
    """几点打 and 在哪打 were filed as a fight."""
    said = posted.say("老王", asked)
    assert "打疫苗 带身份证" in said
    assert "问李长河 10000000004最准" in said
    assert not posted.matters()


@pytest.mark.parametrize("said", ["啥时候修路", "低保啥时候发", "路灯啥时候亮", "村长在不", "乡亲们好不"])
def test_what_is_asked_of_something_else_is_not(posted: Village, said: str) -> None:
    assert "打疫苗" not in posted.say("老王", said)


def test_a_day_later_nobody_means_the_notice_any_more(posted: Village) -> None:
    posted.later(hours=25)
    assert "打疫苗" not in posted.say("老王", "几点打")


def test_what_is_to_be_read_aloud_is_a_notice(village: Village) -> None:
    """It was asked about as electricity."""
    assert "明天（11月23日 周一）停电" in village.say("李书记", "用喇叭念一下 明天停电")


@pytest.mark.parametrize("words", ["下大雪了 大家别出门", "山洪预警 沿河的赶快撤"])
def test_a_warning_of_a_cadre_is_read_back_as_a_notice(village: Village, words: str) -> None:
    """Whether somebody is in danger was asked of the one who warned."""
    assert f"{words}。" in village.say("李书记", words)
    assert village.kinds("李书记") == []


def test_the_same_of_a_villager_is_no_notice(village: Village) -> None:
    assert "【通知】" not in village.say("老王", "下大雪了 大家别出门")
