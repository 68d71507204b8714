"""A caller who says that somebody is in danger and wants money is a trick, and no danger; money that is gone is urgent."""

from __future__ import annotations

import pytest

from handlers.texts import people
from storage import tables
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    "said",
    [
        "有个人打电话说我孙儿被抓了要我汇两万块", "有人说我孙儿出车祸了 喊我打两万", "电话里说我儿子住院动手术 让我转三万",
        "有人打电话说我女儿撞了人 喊我打钱",
    ],
)  # fmt: skip
def test_who_is_told_of_an_accident_and_asked_for_money_is_warned(village: Village, said: str) -> None:
    """It alarmed three people as a crash, or asked whether somebody was in danger."""
    assert people.scam_of_others() in village.say("老王", said)
    assert village.rows(tables.alarms) == []


@pytest.mark.parametrize("said", ["我已经汇了", "钱打过去了", "转了两万", "都给他了 打了三万"])
def test_money_that_is_gone_is_told_what_to_do_about_and_filed(village: Village, said: str) -> None:
    village.say("老王", "有个人打电话说我孙儿被抓了要我汇两万块")
    told = village.say("老王", said)
    assert "110" in told
    assert "止付" in told
    assert said in village.matter().text
    assert "孙儿被抓" in village.matter().text


@pytest.mark.parametrize("said", ["我还没汇", "没打钱", "不转了", "我给他打了电话"])
def test_money_that_is_not_gone_is_not(village: Village, said: str) -> None:
    village.say("老王", "有个人打电话说我孙儿被抓了要我汇两万块")
    assert "止付" not in village.say("老王", said)


def test_without_a_trick_told_of_before_it_is_no_loss(village: Village) -> None:
    assert "止付" not in village.say("老王", "我已经汇了")


@pytest.mark.parametrize("said", ["我儿子出车祸了 要我打120不", "有人说我孙子出车祸了 在桥头", "我儿子出车祸了快来人"])
def test_an_accident_without_money_is_one(village: Village, said: str) -> None:
    village.say("老王", said)
    assert len(village.rows(tables.alarms)) == 1
