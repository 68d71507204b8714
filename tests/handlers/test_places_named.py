"""Whether words may name a place at all is seen at a glance, and no place that is named is overlooked."""

from __future__ import annotations

import pytest

from handlers.filing import may_name
from nlp.places import told_among

NAMES = {1: "八社", 2: "李家湾社", 3: "湾", 4: "第十二村民小组", 5: "3组", 6: "一网格", 7: "桥头生产队"}


@pytest.mark.parametrize(
    "words",
    ["八社的路灯坏了", "8组没水", "李家湾路口", "湾里淹了", "十二组停电", "三队的渠", "一网格没人管", "桥头塌了一块"],
)
def test_what_names_a_place_is_looked_at(words: str) -> None:
    assert may_name(words, NAMES) or not told_among(words, NAMES)


@pytest.mark.parametrize("words", ["路灯坏了", "", "自来水停了两天了，水龙头一滴水都没有"])
def test_what_names_none_is_not(words: str) -> None:
    assert not may_name(words, NAMES)
    assert told_among(words, NAMES) == []
