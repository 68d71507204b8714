"""The index of forms: nothing a form can match is passed by, and neighbours are spelled out together."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rule_files import compiled_intents, shipped_intents
from nlp.forms import FormIndex, parse, samples_of
from nlp.intents import Intents

LETTERS = "还再不没来修办好去"


@pytest.fixture(scope="module")
def intents() -> Intents:
    return compiled_intents(shipped_intents())


def test_every_shipped_form_is_found_in_every_text_it_was_made_for(intents: Intents) -> None:
    for index in intents.index.values():
        forms = {form.text: form for entries in index._by_two.values() for _, form in entries}
        forms |= {form.text: form for entries in index._by_one.values() for _, form in entries}
        for text, form in forms.items():
            for sample in samples_of(text, 40):
                assert form in [tag for _, tag in index.candidates(sample)], (text, sample)


@pytest.mark.parametrize(
    ("form", "anchors"),
    [
        ("(去|来)不成", ("去不成", "来不成")),
        ("(还)?没来", ("还没来", "没来")),
        ("(再|还)(不|没)~(修|办)", ("再不", "再没", "还不", "还没")),
        ("(甲|乙|丙|丁|戊)(子|丑|寅|卯|辰)", ("甲", "乙", "丙", "丁", "戊")),
        ("#号楼", ("号楼",)),
    ],
)
def test_neighbours_are_spelled_out_together_where_they_are_few(form: str, anchors: tuple[str, ...]) -> None:
    assert parse(form).anchors == anchors


def _part(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, min_size=1, max_size=3).map(lambda branches: f"({'|'.join(branches)})")
    return st.lists(st.one_of(st.sampled_from(LETTERS), group, group.map(lambda g: f"{g}?"), st.just("~")), min_size=1,
                    max_size=4).map("".join)  # fmt: skip


FORMS = st.recursive(st.text(LETTERS, min_size=1, max_size=3), _part, max_leaves=8).map(lambda form: f"{form}了")


@given(FORMS, st.text(LETTERS + "了", max_size=8), st.text(LETTERS + "了", max_size=8))
def test_whatever_a_form_matches_holds_one_of_its_anchors(form: str, before: str, after: str) -> None:
    parsed, index = parse(form), FormIndex([(form, form)])
    for text in (*(before + sample + after for sample in samples_of(form)), before + after):
        if re.search(parsed.expression, text):
            assert any(anchor in text for anchor in parsed.anchors), (form, text)
            assert index.candidates(text), (form, text)
