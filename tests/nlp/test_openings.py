"""What a form may begin with: no form that fits a text is passed by, whatever signs it is written with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rule_files import compiled_intents, shipped_intents
from nlp.forms import FormIndex, samples_of
from nlp.intents import normalise
from nlp.openings import Openings, openings

LETTERS = "还再不没来修办好去"


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("还没来", {"还没"}),
        ("(还|再)?没来", {"还没", "再没", "没来"}),
        ("还~来", {"还"}),
        ("~来", {""}),
        ("还?", {""}),
        ("(甲|乙丙)", {"甲", "乙丙"}),
    ],
)
def test_a_form_begins_with_two_characters_or_one_that_anything_follows(form: str, begins: set[str]) -> None:
    assert openings(form) == begins


def test_a_number_and_a_space_are_every_one_that_may_be_written() -> None:
    assert {"3", "三", "百"} <= openings("#号")
    assert {"第3", "第三", "第 "} <= openings("第 #号")


def test_every_shipped_form_is_tried_on_every_text_it_was_made_for() -> None:
    intents = compiled_intents(shipped_intents())
    for role, index in intents.index.items():
        for form, entry in index.entries:
            for sample in samples_of(form, 40):
                text = normalise(intents, sample)
                if entry[0].match(text):
                    assert entry in (intents.openings[role].may_match(text, text) or ()), (form, text)


def _part(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=3).map(lambda branches: f"({'|'.join(branches)})")
    sign = st.sampled_from("~# _")
    return st.lists(st.one_of(st.sampled_from(LETTERS), group, group.map(lambda g: f"{g}?"), sign), min_size=1,
                    max_size=4).map("".join)  # fmt: skip


FORMS = st.recursive(st.text(LETTERS, min_size=1, max_size=3), _part, max_leaves=8).map(lambda form: f"{form}了")
TEXTS = st.text(LETTERS + "了三3 ，", max_size=8)


@given(FORMS, TEXTS, TEXTS)
def test_whatever_a_form_matches_may_match(form: str, before: str, after: str) -> None:
    index = FormIndex([(form, form)])
    (pair,) = index.entries
    first, early = Openings([pair], []), Openings([], [pair])
    for sample in (*samples_of(form), before):
        for text in (sample + after, before + sample + after):
            match = re.search(pair[1][0].pattern, text)
            if match and match.start() == 0:
                assert pair[1] in (first.may_match(text, text) or ()), (form, text)
            if match and match.start() <= 12:
                assert pair[1] in (early.may_match(text, text) or ()), (form, text)


def test_digits_of_another_script_are_left_to_the_index() -> None:
    assert Openings[str]([], []).may_match("投٣", "投٣") is None
