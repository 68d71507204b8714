"""What people want: lines of our own invention with the intent and slots they must give."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands_words import read_intents
from nlp.intents import BadIntents, compile_intents, recognise

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone(timedelta(hours=8)))
INTENTS = read_intents()

VILLAGER: list[tuple[str, str, dict[str, Any]]] = [
    ("我要反映 路灯坏了", "report", {}),
    ("反应个事", "report", {}),
    ("我家水亭了三天了没人管", "report", {}),
    ("投票箱坏了", "report", {}),
    ("公示栏倒了", "report", {}),
    ("查进度 007", "track", {"number": "007"}),
    ("XH-261122-007 进度", "track", {"number": "XH-261122-007"}),
    ("我那事咋样了", "track", {}),
    ("书记好，麻烦帮我查一下进度，谢谢", "track", {}),
    ("都三天了", "urge", {}),
    ("不解决我打12345", "urge", {}),
    ("投1", "vote", {"choice": 1}),
    ("我投第一个", "vote", {"choice": 1}),
    ("改成2", "vote", {"choice": 2}),
    ("我选东路", "vote", {"choice": "东路"}),
    ("我妈投2 她没微信", "proxy", {"name": "我妈", "choice": 2}),
    ("好着呢", "rate", {"score": 1}),
    ("凑合", "rate", {"score": 2}),
    ("没修好 骗人", "rate", {"score": 3}),
    ("撤回 007", "withdraw", {"number": "007"}),
    ("算了不反映了", "withdraw", {}),
    ("绑定 张桂兰 九社", "bind", {"name": "张桂兰", "area": "九社"}),
    ("绑定码 1234", "bind", {"code": "1234"}),
    ("书记电话", "who", {"role": "书记"}),
    ("我们微网格是谁", "who", {"role": "微网格"}),
    ("还有个事 村口那个垃圾", "add", {}),
    ("你们记了我啥", "privacy", {}),
    ("人工", "human", {}),
    ("？", "help", {}),
    ("对", "confirm", {}),
    ("改", "change", {}),
    ("取消", "cancel", {}),
    ("您好", "chat", {}),
]
CADRE: list[tuple[str, str, dict[str, Any]]] = [
    ("007 收到", "dept.accept", {"number": "007"}),
    ("接单", "dept.accept", {}),
    ("007 办好了 换了灯泡", "dept.done", {"number": "007"}),
    ("退回 不归我们管 归供电所", "dept.return", {"department": "供电所", "reason": "不归我们管 归供电所"}),
    ("派给综治", "assign", {"department": "综治"}),
    ("改类 007 RC03", "recode", {"number": "007", "code": "RC03"}),
    ("已转发", "relayed", {}),
    ("我家水停了", "report", {}),
]


@pytest.mark.parametrize(("text", "intent", "slots"), VILLAGER)
def test_a_villager_is_understood(text: str, intent: str, slots: dict[str, Any]) -> None:
    understood = recognise(INTENTS, text, "villager", NOW, None)
    assert (understood.intent, dict(understood.slots)) == (intent, slots)


@pytest.mark.parametrize(("text", "intent", "slots"), CADRE)
def test_a_cadre_is_understood(text: str, intent: str, slots: dict[str, Any]) -> None:
    understood = recognise(INTENTS, text, "cadre", NOW, None)
    assert (understood.intent, dict(understood.slots)) == (intent, slots)


def test_what_was_done_is_kept_as_a_note() -> None:
    assert dict(recognise(INTENTS, "007 办好了 换了灯泡", "cadre", NOW, None).inner) == {"note": "换了灯泡"}


def test_only_a_whole_command_is_certain() -> None:
    assert recognise(INTENTS, "查进度 007", "villager", NOW, None).certain
    assert not recognise(INTENTS, "投票箱坏了", "villager", NOW, None).certain


def test_a_word_that_stands_for_two_intents_is_refused() -> None:
    twice = {"villager": {"one": {"whole": ["进度"]}, "two": {"whole": ["进度"]}}}
    with pytest.raises(BadIntents, match="one and two; keep one"):
        compile_intents(twice)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"villager": {"one": {"hole": ["a"]}}}, "villager.yaml: one: unknown key 'hole'"),
        ({"villager": {"one": {"whole": ["(甲|乙"]}}}, "never closed"),
        ({"villager": {"one": {"whole": ["甲?"]}}}, "some text must always be there"),
        ({"villager": {"one": {"whole": "甲"}}}, "must be a list"),
        ({"villager": {"one": {"slots": {"x": "nothing"}}}}, "slot x has no reader"),
        ({"villager": []}, "names and values"),
        ({"words": {"trouble": ["坏)"]}}, "trouble"),
    ],
)
def test_bad_words_are_refused_with_file_entry_and_mend(data: dict[str, Any], says: str) -> None:
    with pytest.raises(BadIntents, match=says):
        compile_intents(data)


@given(st.text(max_size=400), st.sampled_from(["villager", "cadre", "nobody"]))
@settings(max_examples=300)
def test_any_text_is_understood_without_an_exception(text: str, role: str) -> None:
    assert recognise(INTENTS, text, role, NOW, None).intent
