"""What is asked of a meeting that is ahead, was moved, or is off."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_attendance import called


@pytest.fixture
def notice(village: Village) -> Village:
    called(village)
    return village


@pytest.mark.parametrize(
    "said", ["还开会不", "还开不开了", "为啥不开了", "会取消了吗", "几点开会", "会是不是取消了", "我去"]
)
def test_a_meeting_that_is_off_is_said_to_be_off(notice: Village, said: str) -> None:
    """几点开会 heard that no meeting had ever been called, the others nothing."""
    notice.say("李书记", "会议取消")
    notice.say("李书记", "1")
    heard = notice.say("老王", said)
    assert "取消了，不开了" in heard
    assert "李长河" in heard
    assert notice.matters() == []


@pytest.mark.parametrize("said", ["会是不是改了", "改到几点了", "周五还开不开", "还开会不"])
def test_a_meeting_that_was_moved_is_told_as_it_stands(notice: Village, said: str) -> None:
    notice.say("李书记", "会议改到周六上午十点")
    notice.say("李书记", "1")
    heard = notice.say("老王", said)
    assert "改过一回，按这个来" in heard
    assert "11月28日 周六 上午10点" in heard


def test_a_meeting_that_was_not_moved_is_on_as_told(notice: Village) -> None:
    assert "没变，照常开" in notice.say("老王", "会是不是改了")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("啥事", "商量：修路"), ("通知是啥", "商量：修路"), ("要不要去", "您家自己定"),
        ("能不能晚点", "通知里没说"), ("管饭不", "通知里没说"),
    ],
)  # fmt: skip
def test_a_question_about_the_notice_is_no_question_about_us(notice: Village, said: str, heard: str) -> None:
    """通知是啥 told how to mute us, 管饭不 whom to call."""
    assert heard in notice.say("老王", said)


@pytest.mark.parametrize("said", ["路灯为啥不开了", "水为啥又改了"])
def test_other_things_that_are_off_are_matters(notice: Village, said: str) -> None:
    assert "会1" not in notice.say("老王", said)


def test_nothing_was_called_and_nothing_is_off(village: Village) -> None:
    assert "没有请您参加的会" in village.say("老王", "会取消了吗")
