"""Quorums by both routes, majorities, who counts as there: the tables of the law (scenarios E19, E20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.attendance import (
    Invited,
    Tally,
    expected,
    is_passed,
    is_quorate,
    out_of_reach,
    present,
    reached_share,
    tally,
    unanswered,
    verdicts,
)
from domain.bodies import Body, MeetingRules
from domain.meetings import Coming
from domain.notices import SCRIPT_CHARS, script
from storage.meeting_rules import read_meeting_rules

RULES: MeetingRules = read_meeting_rules(
    (Path(__file__).resolve().parents[2] / "rules" / "meetings.yaml").read_text("utf-8")
)
AT = datetime(2026, 11, 27, 11, tzinfo=UTC)


def of(code: str) -> Body:
    return RULES.bodies[code]


@pytest.mark.parametrize(
    ("code", "due", "here", "quorate"),
    [
        ("rep_meeting", (42, 40), (27, 27), False),
        ("rep_meeting", (42, 40), (28, 28), True),
        ("villagers_assembly", (780, 300), (391, 150), True),
        ("villagers_assembly", (780, 300), (390, 150), False),
        ("villagers_assembly", (780, 300), (200, 200), True),
        ("villagers_assembly", (780, 300), (300, 199), False),
        ("group_assembly", (260, 100), (174, 60), True),
        ("group_assembly", (260, 100), (173, 66), False),
        ("group_assembly", (260, 100), (70, 67), True),
        ("party_meeting", (60, 50), (39, 39), False),
        ("party_meeting", (60, 50), (40, 40), True),
        ("coop_assembly", (780, 300), (519, 300), False),
        ("coop_assembly", (780, 300), (520, 300), True),
        ("bandeng", (30, 12), (2, 2), False),
        ("bandeng", (30, 12), (3, 3), True),
        ("committee", (7, 7), (3, 3), False),
        ("committee", (7, 7), (4, 4), True),
        ("mass", (780, 300), (0, 0), True),
        ("rep_meeting", (0, 0), (0, 0), False),
    ],
)
def test_who_must_be_there(code: str, due: tuple[int, int], here: tuple[int, int], quorate: bool) -> None:
    assert is_quorate(of(code), Tally(*here), Tally(*due)) is quorate


@pytest.mark.parametrize(
    ("code", "agreed", "here", "due", "passed"),
    [
        ("rep_meeting", 15, 28, 42, True),
        ("rep_meeting", 14, 28, 42, False),
        ("villagers_assembly", 196, 391, 780, True),
        ("villagers_assembly", 195, 391, 780, False),
        ("party_meeting", 31, 40, 60, True),
        ("party_meeting", 30, 40, 60, False),
        ("coop_assembly", 520, 600, 780, True),
        ("coop_assembly", 519, 600, 780, False),
        ("mass", 100, 100, 100, None),
    ],
)
def test_what_carries_a_decision(code: str, agreed: int, here: int, due: int, passed: bool | None) -> None:
    assert is_passed(of(code), agreed, here, due) is passed


def test_both_routes_are_told_with_what_is_lacking() -> None:
    people, households = verdicts(of("villagers_assembly"), Tally(300, 199), Tally(780, 300))
    assert (people.needed, people.lacking, people.is_met) == (391, 91, False)
    assert (households.needed, households.lacking, households.is_met) == (200, 1, False)


def line(person: int, home: int | None = None, **more: Any) -> Invited:
    return replace(Invited(1, person, home, f"人{person}", "男", True), **more)


def test_a_household_is_there_when_one_of_it_is() -> None:
    lines = [line(1, 10, signed_at=AT), line(2, 10), line(3, 11), line(4, None, signed_at=AT)]
    assert tally(lines) == Tally(4, 3)
    assert present(of("mass"), lines) == Tally(2, 2)


def test_nobody_is_present_from_afar_unless_the_law_says_so() -> None:
    lines = [line(1, 10, signed_at=AT, signed_by="remote"), line(2, 11, signed_at=AT, signed_by="code")]
    assert present(of("rep_meeting"), lines) == Tally(1, 1)
    assert present(of("coop_assembly"), lines) == Tally(2, 2)


def test_whoever_is_sent_instead_counts_for_the_household_only() -> None:
    lines = [line(1, 10, answer=Coming.PROXY), line(2, 11, answer=Coming.YES), line(3, 12, answer=Coming.NO)]
    assert expected(of("mass"), lines) == Tally(1, 2)


def test_one_answer_speaks_for_the_household() -> None:
    lines = [line(1, 10, answer=Coming.YES), line(2, 10), line(3, 11), line(4, 12)]
    assert [found.person_id for found in unanswered(lines)] == [3, 4]


def test_reach_counts_households_and_those_without_a_phone_are_known_from_the_start() -> None:
    lines = [line(1, 10), line(2, 10, has_phone=False), line(3, 11, has_phone=False), line(4, None, has_phone=False)]
    assert reached_share(lines, [10, 99]) == pytest.approx(1 / 3)
    assert reached_share([], []) == 1.0
    assert out_of_reach(lines) == [11]


@given(st.integers(0, 3000), st.integers(0, 3000), st.sampled_from(sorted(RULES.bodies)))
def test_more_people_never_make_a_meeting_invalid(due: int, here: int, code: str) -> None:
    body = of(code)
    here = min(here, due)
    households = (due + 1) // 2
    now = is_quorate(body, Tally(here, min(here, households)), Tally(due, households))
    later = is_quorate(body, Tally(min(here + 1, due), min(here + 1, households)), Tally(due, households))
    assert later or not now
    for verdict in verdicts(body, Tally(here, min(here, households)), Tally(due, households)):
        assert verdict.is_met == (verdict.lacking == 0)


@given(st.lists(st.text(max_size=200), min_size=1, max_size=4))
def test_a_script_is_never_longer_than_can_be_heard(variants: list[str]) -> None:
    assert len(script(variants)) <= SCRIPT_CHARS


def test_the_fullest_script_that_fits_is_taken() -> None:
    assert script(["长" * 81, "中" * 80, "短"]) == "中" * 80
    assert script(["长" * 200]).endswith("…")
