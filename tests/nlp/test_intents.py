"""What people want: lines of our own invention with the intent and slots they must give.

The lines stand in intent_lines.csv. The present is Sunday 2026-11-22 10:00, lunar 十月十四.
"""

from __future__ import annotations

import csv
import json
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands_words import RULES, read_calendar, read_intents
from handlers.texts import words as texts
from nlp.intents import BadIntents, Understanding, compile_intents, recognise

NOW = datetime(2026, 11, 22, 10, tzinfo=timezone(timedelta(hours=8)))
INTENTS = read_intents()
CALENDAR = read_calendar()
FILES = {
    name: yaml.safe_load((RULES / "intents" / f"{name}.yaml").read_text("utf-8"))
    for name in ("villager", "cadre", "both")
}

CADRE = """poll.create poll.options poll.close poll.extend poll.result meeting.create meeting.change meeting.cancel
meeting.check meeting.roster checkin.open minutes topic.new topic.from screen post assign dept.accept dept.return
dept.done dept.extend ledger overdue digest visit contact points board charter redwhite broadcast remind admin"""
VILLAGER = """report anonymous add track urge rate withdraw vote rsvp checkin opinion support topic who points charter
affairs filing order volunteer consult mediate privacy human help read.large read.aloud bind proxy"""
BOTH = "confirm change cancel danger scam chat"


def understand(text: str, role: str = "villager") -> Understanding:
    return recognise(INTENTS, text, role, NOW, CALENDAR)


def lines() -> list[tuple[str, str, str, dict[str, Any]]]:
    with (Path(__file__).parent / "intent_lines.csv").open(encoding="utf-8", newline="") as file:
        return [(row["as"], row["text"], row["intent"], json.loads(row["slots"])) for row in csv.DictReader(file)]


def test_every_intent_of_the_contract_is_there() -> None:
    assert set(CADRE.split()) | {
        "recode",
        "relayed",
        "undelivered",
        "undelivered.done",
        "delivery.history",
        "transcribe",
    } == set(FILES["cadre"])
    assert set(VILLAGER.split()) | {"unbind"} == set(FILES["villager"])
    assert set(BOTH.split()) | {"proxy.end"} == set(FILES["both"])
    assert set(texts.INTENT_NAMES) == {name for entries in FILES.values() for name in entries}


@pytest.mark.parametrize(("role", "text", "intent", "slots"), lines())
def test_a_line_is_understood(role: str, text: str, intent: str, slots: dict[str, Any]) -> None:
    understood = understand(text, role)
    assert understood.intent == intent
    assert {name: understood.slots.get(name) for name in slots} == slots


def test_what_is_taught_is_understood() -> None:
    """The canonical form and every example of an entry must give that entry."""
    for role, sections in (("villager", ("villager", "both")), ("cadre", ("cadre", "both"))):
        for section in sections:
            for name, entry in FILES[section].items():
                groups = [entry, *entry.get("groups", [])]
                for text in (entry["canonical"], *(text for group in groups for text in group.get("examples", []))):
                    assert understand(text, role).intent == name, text


@pytest.mark.parametrize(
    "text",
    ["投票箱坏了", "公示栏叫风刮倒了", "签到机打不开", "积分超市关门了", "会议室漏雨", "大队部厕所堵了", "广播喇叭坏了",
     "村务公开栏的玻璃碎了", "会议室的灯不亮", "投票那天路滑摔了"],
)  # fmt: skip
def test_a_complaint_that_sounds_like_a_command_stays_a_complaint(text: str) -> None:
    understood = understand(text)
    assert understood.intent == "report"
    assert not understood.certain


def test_a_command_of_a_cadre_stays_a_command_although_it_names_a_trouble() -> None:
    understood = understand("公示 水管坏了维修费用 七天", "cadre")
    assert (understood.intent, understood.slots["days"]) == ("post", 7)


def test_what_was_done_is_kept_beside_the_slots() -> None:
    understood = understand("007 办好了 换了灯泡", "cadre")
    assert (dict(understood.slots), dict(understood.inner)) == ({"number": "007"}, {"note": "换了灯泡"})


@pytest.mark.parametrize(
    ("text", "role", "code"),
    [
        ("明儿下午三点半在大队开会说机井的事", "cadre", "ask_scope"),
        ("腊月二十群众大会", "cadre", "ask_time"),
        ("这周六开会", "cadre", "past_weekday"),
        ("昨天下午三点开会", "cadre", "past_moment"),
        ("发起投票 修路选哪条 A东路 B西路", "cadre", "ask_closes_at"),
        ("还有个事 村口那个垃圾 另外路也烂", "villager", "split"),
        ("要是着火了咋办", "villager", "danger_now"),
        ("转办", "cadre", "ask_department"),
    ],
)
def test_what_is_missing_or_doubtful_is_asked(text: str, role: str, code: str) -> None:
    understood = understand(text, role)
    assert understood.question == code
    assert texts.question(code, understood.asked)


def test_an_ambiguous_message_is_given_at_most_three_readings() -> None:
    for role, text, _, _ in lines():
        understood = understand(text, role)
        assert len(understood.alternatives) <= 3
        assert bool(understood.alternatives) == (understood.question == "which_intent")


@pytest.mark.parametrize("text", ["投1", "一", "选一", "壹", "１", "我投第一个", "①", "投1。", " 投1 ", "头票1"])
def test_a_vote_is_a_vote_however_it_is_typed(text: str) -> None:
    assert (understand(text).intent, understand(text).slots) == ("vote", {"choice": 1})


@pytest.mark.parametrize(
    "around",
    [
        "书记好，{}",
        "{}，谢谢",
        "麻烦您{}",
        "嗯，{}",
        "各位好 {}",
        "@小有 {}",
        "[微笑]{}",
        "{}！！！",
        "李书记您好啊，{}，辛苦了",
    ],
)
def test_salutation_and_politeness_around_a_command_do_not_matter(around: str) -> None:
    understood = understand(around.format("查进度 007"))
    assert (understood.intent, understood.slots) == ("track", {"number": "007"})


def test_a_full_number_is_kept_in_full_and_digits_as_digits() -> None:
    assert understand("进度 XH-261122-007").slots == {"number": "XH-261122-007"}
    assert understand("进度 007").slots == {"number": "007"}
    assert understand("七号那事办得咋样了").slots == {"number": "7"}
    assert understand("都三天了还没人来").slots == {}
    assert understand("不解决我打12345").slots == {}


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
        ({"villager": {"one": {"whole": ["?甲"]}}}, "cannot stand first"),
        ({"villager": {"one": {"whole": ["甲)"]}}}, "too many"),
        ({"villager": {"one": {"whole": "甲"}}}, "must be a list"),
        ({"villager": {"one": {"slots": {"x": "nothing"}}}}, "slot x has no reader"),
        ({"villager": {"one": {"whole": ["甲"]}}, "both": {"one": {"whole": ["乙"]}}}, "stands also in another file"),
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
    understood = understand(text, role)
    assert understood.intent
    if understood.question is not None:
        assert texts.question(understood.question, understood.asked)


@given(
    st.lists(st.sampled_from([row[1] for row in lines()]), min_size=1, max_size=4),
    st.sampled_from(["villager", "cadre"]),
)
@settings(max_examples=200)
def test_lines_run_together_are_understood_without_an_exception(parts: list[str], role: str) -> None:
    assert understand("".join(parts), role).intent


@pytest.mark.parametrize("unit", ["投", "1", "我家", "把会改到", "进度007", "张三：", "A东路", "给老李", "第一条"])
def test_ten_thousand_characters_take_less_than_50_ms(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    for role in ("villager", "cadre"):
        understand(text, role)
        begun = time.process_time()
        understand(text, role)
        assert time.process_time() - begun < 0.05


def test_whether_or_not_is_asked_with_the_bare_word_whatever_stands_before_it() -> None:
    assert understand("给大家弄个投票 猪场搬还是不搬", "cadre").slots["options"] == ["搬", "不搬"]
    assert understand("给大家弄个投票 老井填还是不填", "cadre").slots["options"] == ["填", "不填"]
