"""看不清, in answer to a poll, a picture or a notice: the same once more in plain letters, and no alarm."""

from __future__ import annotations

import pytest

from nlp.rereading import is_unreadable
from tests.handlers.talk import Village
from tests.handlers.test_polls import opened


@pytest.mark.parametrize(
    "words",
    ["看不清", "我看不清", "图看不清楚", "字太小了老汉看不见", "看不清上面写的啥", "我妈看不清", "老花眼看不见", "图太糊了", "字看不清咋投", "念给我听"],
)  # fmt: skip
def test_whoever_cannot_read_a_poll_is_told_its_choices_in_letters(village: Village, words: str) -> None:
    """看不清 heard that this cannot be done yet, 图看不清楚 became a matter of street lamps, 我妈看不清 an alarm."""
    opened(village)
    assert "1 东路\n2 西路" in village.say("老王", words)
    assert village.matters() == []
    assert "danger.check" not in village.kinds("老王")


def test_after_the_closing_it_is_the_picture_of_the_result(village: Village) -> None:
    opened(village)
    village.later(days=6)
    assert "1.东路 0户" in village.say("老王", "图看不清")


def test_a_notice_of_a_meeting_is_read_out_again(village: Village) -> None:
    village.say("李书记", "明天下午三点在村委会开群众大会 商量机井 全村每户")
    village.say("李书记", "1")
    village.later(minutes=1)
    assert "机井" in village.say("老王", "字太小看不清")


def test_with_nothing_shown_there_is_a_way_to_larger_letters(village: Village) -> None:
    said = village.say("老王", "看不清")
    assert "放大" in said
    assert "人工" in said


def test_somebody_who_does_not_see_may_be_ill_where_nothing_was_shown(village: Village) -> None:
    village.say("老王", "我妈看不清了")
    assert "danger.check" in village.kinds("老王")


@pytest.mark.parametrize("words", ["眼睛看不见了", "太黑看不清路", "路灯不亮看不清", "水表看不清", "监控看不清", "娃看不清黑板", "我不清楚"])  # fmt: skip
def test_eyes_and_lamps_are_no_matter_of_letters(words: str) -> None:
    assert is_unreadable(words) is None
