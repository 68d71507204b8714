"""特殊情况 加原因, asked for where a meeting is called or moved too early: the reason is taken, whatever it tells of."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

EARLY = "11月28日上午九点村委会开村民会议 议题 救灾款"
LATE = "12月10日上午九点村委会开村民会议 议题 救灾款"
REASONS = ["特殊情况 下大雪房塌了要马上定", "特殊情况 昨晚塌了三户房子 要赶紧定", "特殊情况 山洪冲了桥", "情况特殊 县里要求", "特殊情况 上级催办", "特殊情况 房子塌了要安置", "情况紧急 堤要决口了", "是特殊情况，煤改气停供"]  # fmt: skip


@pytest.mark.parametrize("said", REASONS)
def test_the_reason_for_an_early_meeting_is_taken_and_alarms_nobody(village: Village, said: str) -> None:
    """特殊情况 下大雪房塌了 called the keeper out, and 1 was answered 好，人没事就好."""
    assert "特殊情况" in village.say("书记", EARLY)
    assert "回 1 发出" in village.say("书记", said)
    assert village.say("书记", "1").startswith("发出了")
    assert village.matters() == []


@pytest.mark.parametrize("said", REASONS)
def test_the_reason_for_moving_it_earlier_is_taken(village: Village, said: str) -> None:
    """It was never taken: nothing stood open after the refusal."""
    village.say("书记", LATE)
    village.say("书记", "1")
    assert "特殊情况" in village.say("书记", "会改到11月30日上午九点")
    assert "11月30日" in village.say("书记", said)
    assert "改好了" in village.say("书记", "1")
    assert village.matters() == []


def test_a_cry_in_the_reason_is_asked_about(village: Village) -> None:
    village.say("书记", EARLY)
    heard = village.say("书记", "特殊情况 房子塌了压住人了 快来救命")
    assert "回 1 发出" in heard
    assert "有没有人有危险" in heard


@pytest.mark.parametrize("who", ["书记", "老王"])
def test_the_same_words_to_no_such_question_alarm_as_ever(village: Village, who: str) -> None:
    assert "119" in village.say(who, "特殊情况 山洪冲了桥 有人掉下去了快救命")


def test_without_a_reason_the_meeting_is_not_moved(village: Village) -> None:
    village.say("书记", LATE)
    village.say("书记", "1")
    village.say("书记", "会改到11月30日上午九点")
    assert "改好了" not in village.say("书记", "1")
