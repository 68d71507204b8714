"""Whoever asked for a person hears that the one who is to call has read of it; nothing of that becomes a matter."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.fixture
def called(village: Village) -> Village:
    village.say("老王", "人工")
    village.heard("文书")
    return village


@pytest.mark.parametrize("said", ["好 我给他打", "收到", "好的", "我这就联系他", "马上给他回电话", "好，一会儿打过去"])
def test_the_asker_hears_that_he_will_be_called(called: Village, said: str) -> None:
    assert called.phone("老王") in called.say("文书", said)
    assert "文书赵敏" in called.heard("老王")
    assert not called.matters()


@pytest.mark.parametrize("said", ["打过了", "办好了", "已经联系了", "跟他说清楚了"])
def test_a_call_made_ends_it(called: Village, said: str) -> None:
    assert "联系过了" in called.say("文书", said)
    assert "没有要办的事" in called.say("文书", "收到")
    assert not called.matters()


def test_a_call_not_answered_leaves_it_open_and_he_hears_of_it(called: Village) -> None:
    assert "没打通" in called.say("文书", "给他打电话没人接")
    assert "没打通" in called.heard("老王")
    assert "联系过了" in called.say("文书", "打过了")
    assert not called.matters()


@pytest.mark.parametrize("said", ["路灯坏了", "我家水管漏水了给修一下", "001 收到", "没办完的"])
def test_what_he_says_besides_is_not_for_the_asker(called: Village, said: str) -> None:
    called.say("文书", said)
    assert called.heard("老王") == ""


def test_what_is_newer_in_his_hands_is_meant_first(called: Village) -> None:
    called.say("张婶", "路灯坏了")
    called.say("书记", f"{called.matter().number[-3:]} 转给文书")
    called.say("文书", "收到")
    assert "收到" in called.heard("张婶")
    assert called.heard("老王") == ""


def test_of_several_who_wait_for_a_call_the_one_named_is_meant(village: Village) -> None:
    """给老王打 told 张婶 that she would be called."""
    village.say("老王", "人工")
    village.say("张婶", "人工")
    assert "王德福" in village.say("文书", "我给老王打")
    assert "张桂兰" in village.say("文书", "我给张婶打过了")
