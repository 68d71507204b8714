from __future__ import annotations

from pathlib import Path

import pytest

from nlp.lexicon import Lexicon
from nlp.patterns import Scan
from nlp.pieces import take_apart
from nlp.rules import BadRule
from nlp.tone import compile_tone
from nlp.words import say_standard
from storage.rule_rows import Row
from storage.rulebook import read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"
SIDES = ("danger", "calm")


def _rows(*cells: dict[str, str]) -> list[Row]:
    return [Row("t.csv", line, each) for line, each in enumerate(cells, 2)]


def test_every_shipped_sign_is_met_in_its_example_and_not_in_its_counter_example(lexicon: Lexicon) -> None:
    tables = read_tables(RULES).rows
    wrong = []
    tone = lexicon.danger.tone
    for row in tables["danger_signs"]:
        for column, expected in (("example", True), ("counter", False)):
            text = row.cells.get(column, "")
            met = {tone.signs[index][0] for index in tone.met(say_standard(lexicon, text))}
            if text and (row.cells["pattern"] in met) != expected:
                wrong.append(text)
    assert wrong == []
    assert len(tone.signs) > 20


def test_letters_pairs_and_signs_add_up_each_once() -> None:
    words = _rows({"side": "danger", "word": "火", "weight": "3"}, {"side": "calm", "word": "*", "weight": "10"})
    signs = _rows({"side": "calm", "pattern": "{往日}", "weight": "7", "example": "去年"})
    tone = compile_tone(words, signs, SIDES, {"往日": ("去年", "前年")})
    assert tone.weigh("火火") == 3 - 10
    assert tone.weigh("去年前年着火") == 3 - 10 - 7
    assert tone.loudest("去年着火") == ("火",)


@pytest.mark.parametrize("cell", [{"pattern": "{没有}"}, {"side": "both"}, {"weight": "0"}])
def test_a_sign_that_cannot_be_used_is_named(cell: dict[str, str]) -> None:
    row = {"side": "calm", "pattern": "去年", "weight": "7", "example": "去年", **cell}
    with pytest.raises(BadRule):
        compile_tone([], _rows(row), SIDES, {})


def test_who_it_is_about_does_not_say_what_it_is_about() -> None:
    signs = _rows(
        {"side": "danger", "pattern": "奶奶", "weight": "9", "example": "奶奶", "vague": "1"},
        {"side": "danger", "pattern": "昏了", "weight": "9", "example": "昏了"},
        {"side": "calm", "pattern": "去年", "weight": "9", "example": "去年"},
    )
    tone = compile_tone([], signs, SIDES, {})
    assert not tone.is_named("去年奶奶来了")
    assert tone.is_named("奶奶昏了")


def test_signs_give_a_part_no_more_than_those_of_the_whole_and_of_its_edges() -> None:
    signs = _rows(
        {"side": "danger", "pattern": "昏了", "weight": "9", "example": "昏了"},
        {"side": "danger", "pattern": "(灶房|厨房)起火$", "weight": "8", "example": "灶房起火"},
        {"side": "danger", "pattern": "^喊…人", "weight": "3", "example": "喊了人"},
        {"side": "calm", "pattern": "去年", "weight": "7", "example": "去年"},
    )
    tone = compile_tone([], signs, SIDES, {})
    for text in ("去年奶奶昏了，灶房起火，喊了人。", "去年灶房起火，村口喊了人", "灶房灯坏了，奶奶昏了"):
        most = tone.most_of(take_apart(text).all, tone.met(text))
        assert all(tone.weigh(part) <= most for part in text.split("，"))
    assert tone.most_of(take_apart("路灯坏了").all, []) == 0


@pytest.mark.parametrize("text", ["奶奶昏了，喊了人", "奶奶昏了，奶奶昏了", "昏了倒在门口，灶房起火"])
def test_what_stands_after_a_place_is_met_as_by_itself(text: str) -> None:
    signs = _rows(
        {"side": "danger", "pattern": "昏了", "weight": "9", "example": "昏了"},
        {"side": "danger", "pattern": "奶奶…了", "weight": "9", "example": "奶奶昏了"},
        {"side": "danger", "pattern": "^喊…人", "weight": "3", "example": "喊了人"},
        {"side": "danger", "pattern": "起火$", "weight": "3", "example": "起火"},
    )
    tone = compile_tone([], signs, SIDES, {})
    found = Scan(tone.patterns).find(text).items()
    for start in range(len(text)):
        assert sorted(tone.met_after(text, start, found)) == sorted(tone.met(text[start:]))
        assert take_apart(text).after(start) == take_apart(text[start:]).all
