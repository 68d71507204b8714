"""What is said in a group and calls nobody (handlers/overhearing.py)."""

from __future__ import annotations

import pytest

from bot.dispatch import Dispatch
from handlers.texts import overhearing as texts
from storage import tables
from tests.handlers.talk import ACCOUNTS, Village

SAID = "九社桥头的路灯坏了好几天了，晚上黑得看不见"


@pytest.fixture
def ears(village: Village) -> Village:
    village.dispatch = Dispatch(lambda: village.words, ACCOUNTS, overhears=True)
    return village


def test_by_default_group_talk_leaves_nothing(village: Village) -> None:
    assert village.group(SAID, by="王秀英") == ""
    assert village.heard("小陈") == ""
    assert not village.rows(tables.questions)


@pytest.mark.parametrize("yes", ["1", "登记", "登记吧。"])
def test_what_sounds_like_a_matter_is_put_to_its_keeper_and_filed_when_he_says_so(ears: Village, yes: str) -> None:
    assert ears.group(SAID, by="王秀英") == ""
    assert texts.offered(SAID) in ears.heard("小陈")
    assert ears.in_group() == ""
    assert not ears.matters()
    assert "编号" in ears.say("小陈", yes)
    assert (ears.matter().code, ears.matter().text) == ("RC02", SAID)
    assert ears.in_group() == ""


def test_what_he_does_not_want_is_not_filed(ears: Village) -> None:
    ears.group(SAID, by="王秀英")
    assert ears.say("小陈", "2") == texts.let_be()
    assert not ears.matters()
    assert not any(row.data for row in ears.rows(tables.questions))


def test_a_keeper_is_asked_about_one_line_at_a_time(ears: Village) -> None:
    ears.group(SAID, by="王秀英")
    ears.heard("小陈")
    ears.group("九社的垃圾堆了半个月没人拉", by="老王")
    assert ears.heard("小陈") == ""
    ears.say("小陈", "2")
    ears.group("九社的垃圾堆了半个月没人拉", by="老王")
    assert "垃圾" in ears.heard("小陈")


@pytest.mark.parametrize(
    "said",
    [
        "今天我家包饺子，都来吃",
        "明天赶集谁去，捎我一个",
        "会计贪污了救济款",
        "小陈天天不管事，路灯坏了都没人修",
        "哈哈哈哈",
    ],
)
def test_talk_and_what_must_be_sealed_is_put_to_nobody(ears: Village, said: str) -> None:
    assert ears.group(said, by="王秀英") == ""
    assert ears.heard("小陈") == ears.heard("书记") == ""
    assert not ears.rows(tables.questions)
