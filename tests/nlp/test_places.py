"""Which of a village's places a text says something is at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.places import told_among

NAMES = {1: "七社", 2: "八社", 3: "九社", 4: "一网格", 5: "李家湾组", 6: "十二社"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("八社的路灯坏了", [2]),
        ("8组和李家湾路口", [2, 5]),
        ("第九社", [3]),
        ("７社的水沟", [1]),
        ("十二社桥头", [6]),
        ("二社的路", []),
        ("一网格那盏灯", [4]),
        ("八社社长不来", []),
        ("八社的老李打人", []),
        ("八社老李家门口", [2]),
        ("九社、八社、九社", [3, 2]),
        ("路灯坏了", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_whatever_it_is_called(text: str, places: list[int]) -> None:
    assert told_among(text, NAMES) == places


@given(st.text(alphabet="七八九十二第社组队网格李家湾老的0189", max_size=40))
def test_every_place_is_named_once_and_none_is_made_up(text: str) -> None:
    told = told_among(text, NAMES)
    assert len(told) == len(set(told))
    assert set(told) <= set(NAMES)
