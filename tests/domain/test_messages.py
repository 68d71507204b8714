"""What a message says: long runs of marks say no more than short ones, and cost whoever reads them more than anything."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Actor, Incoming, Kind

SOME = Incoming("oa", "demo", "m:1", Kind.TEXT, Actor("oa", "demo", "o-1"), datetime(2026, 11, 22, tzinfo=UTC))


def said(text: str) -> str:
    return replace(SOME, text=text).said


@pytest.mark.parametrize("mark", ["。", "，", " ", "\n", "🔥", "。，", "\u200b", "([", "—…"])
def test_a_page_of_marks_is_a_few_marks(mark: str) -> None:
    assert len(said("路灯坏了" + mark * 10_000 + "快来")) <= len("路灯坏了快来") + 32


@given(st.text(alphabet="路灯坏了 。，\n!a1🔥", max_size=200))
def test_nothing_that_says_something_is_lost(text: str) -> None:
    heard = said(text)
    assert re.sub(r"[^\w]", "", heard) == re.sub(r"[^\w]", "", text)
    if re.search(r"[^\w]{33,}", text) is None:
        assert heard == text.strip()
