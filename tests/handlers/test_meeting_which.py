"""Of several meetings ahead: which one is moved or called off is said by number, hour or topic, else asked."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.fixture
def two(village: Village) -> Village:
    """会1 tomorrow morning about a well, 会2 tomorrow afternoon about insurance."""
    for words in ("明天上午九点在村委会开九社群众会 说机井", "明天下午三点在村委会开八社群众会 说医保"):
        village.say("李书记", words)
        village.say("李书记", "1")
    return village


@pytest.mark.parametrize(
    ("words", "meeting"),
    [("上午的会取消", "会1："), ("明天下午的会不开了", "会2："), ("医保那个会不开了", "会2："), ("会1取消", "会1：")],
)
def test_it_is_named_in_the_first_words(two: Village, words: str, meeting: str) -> None:
    """上午的会取消 was asked about, and the answer signed him up for the other one."""
    said = two.say("李书记", words)
    assert said.startswith(meeting)
    assert "不开了？" in said


@pytest.mark.parametrize(
    ("answer", "meeting"), [("会1", "会1："), ("2", "会2："), ("下午的", "会2："), ("机井那个", "会1：")]
)
def test_what_was_wanted_is_kept_while_it_is_asked_which(two: Village, answer: str, meeting: str) -> None:
    assert "您说的是哪个会" in two.say("李书记", "不开了")
    said = two.say("李书记", answer)
    assert said.startswith(meeting)
    assert "不开了？" in said
    assert "取消了" in two.say("李书记", "1")


def test_the_new_time_is_kept_as_well(two: Village) -> None:
    assert "您说的是哪个会" in two.say("李书记", "会改到后天")
    assert "11月24日 周二 下午3点（原来11月23日 周一 下午3点）" in two.say("李书记", "会2")
    assert "改好了" in two.say("李书记", "1")


def test_a_meeting_to_be_moved_is_named_by_its_own_time(two: Village) -> None:
    said = two.say("李书记", "明天上午的会改到明天下午五点")
    assert "会1（九社群众大会）这样改" in said
    assert "下午5点（原来11月23日 周一 上午9点）" in said


def test_a_matter_lets_the_question_fall(two: Village) -> None:
    two.say("李书记", "不开了")
    assert "路灯" in two.say("李书记", "九社巷子口的路灯坏了")
    two.in_group()
    two.say("李书记", "1")
    assert "会议取消" not in two.in_group()
