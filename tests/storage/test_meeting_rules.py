"""rules/meetings.yaml: what it says, and that a wrong entry is named with what mends it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rulebook import open_rulebook
from domain.bodies import SHIPPED, Remote
from storage.meeting_rules import read_meeting_rules
from storage.rulebook import RuleFault

TEXT = (Path(__file__).resolve().parents[2] / "rules" / "meetings.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("周三开村民代表会", "rep_meeting"),
        ("初八上午开代表会", "rep_meeting"),
        ("腊月二十群众大会", "mass"),
        ("开村民会议", "villagers_assembly"),
        ("全体党员大会", "party_meeting"),
        ("地头 板凳会 九社", "bandeng"),
        ("集体经济组织成员大会", "coop_assembly"),
        ("两委会", "committee"),
        ("九社开社员会", "group_assembly"),
        ("户代表会", "group_assembly"),
        ("党员座谈会", "party_talk"),
        ("开会", None),
    ],
)
def test_a_body_is_known_by_how_people_call_it(said: str, code: str | None) -> None:
    body = read_meeting_rules(TEXT).body_in(said)
    assert (body.code if body else None) == code


@pytest.mark.parametrize(
    ("said", "code"), [("请党员参加", "party_meeting"), ("代表", "rep_meeting"), ("全村", "mass"), ("老王", None)]
)
def test_people_named_are_a_body_too(said: str, code: str | None) -> None:
    body = read_meeting_rules(TEXT).body_of_people(said)
    assert (body.code if body else None) == code


def test_the_five_forms_of_consultation_have_both_names() -> None:
    rules = read_meeting_rules(TEXT)
    names = {form.name for form in rules.forms.values()}
    assert {"会议协商", "沟通协商", "对话协商", "书面协商", "网络协商"} <= names
    labels = {form.label for form in rules.forms.values()}
    assert {"专题协商集中议", "民主恳谈会议", "楼院议事会当面议", "走访约谈上门议", "书面协商书面议"} <= labels
    assert rules.form_in("书面征求意见").code == "written"
    assert rules.form_in("开会").code == "meeting"


def test_only_the_cooperative_meets_from_afar() -> None:
    bodies = read_meeting_rules(TEXT).bodies.values()
    assert {body.code for body in bodies if body.remote is Remote.ALLOWED} == {"coop_assembly"}


def test_the_law_profile_is_data() -> None:
    old = read_meeting_rules(TEXT.replace("profile: cn_2026", "profile: cn_2018", 1))
    assert "2018" in old.bodies["rep_meeting"].article
    assert "2018" not in read_meeting_rules(TEXT).bodies["rep_meeting"].article


def test_under_the_old_law_land_belongs_to_the_villagers_assembly(tmp_path: Path) -> None:
    """One switch, the profile of meetings.yaml, for polls as well (scenario E21)."""
    question = "机动地租给公司 同意 不同意"
    default = open_rulebook(None, tmp_path / "cache").value.polls.body_of(question)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "meetings.yaml").write_text(TEXT.replace("profile: cn_2026", "profile: cn_2018", 1), "utf-8")
    old = open_rulebook(tmp_path / "own", tmp_path / "cache").value.polls.body_of(question)
    assert default is not None
    assert default.title == "农村集体经济组织成员大会"
    assert old is not None
    assert old.title.startswith("村民会议")
    assert "2018" in old.law


def _broken(**change: Any) -> str:
    raw = yaml.safe_load(TEXT)
    raw["bodies"]["rep_meeting"].update(change)
    return yaml.safe_dump(raw, allow_unicode=True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"unit": "family"}, "unit"),
        ({"notice_days": -1}, "notice_days"),
        ({"notice_days": "三天"}, "notice_days"),
        ({"routes": [{"of": "people", "share": "5/3"}]}, "routes"),
        ({"routes": [{"of": "cows", "share": "2/3"}]}, "routes"),
        ({"routes": [{"of": "people"}]}, "routes"),
        ({"words": ["群众大会"]}, "words"),
        ({"words": []}, "rep_meeting"),
        ({"called": {"members": "roles", "roles": ["king"], "area": "village"}}, "called"),
        ({"called": {"members": "adults", "area": "moon"}}, "called"),
        ({"may_call": ["everybody"]}, "may_call"),
        ({"quorum": 3}, "quorum"),
        ({"passes": {"of": "all", "share": "1/2"}}, "passes"),
        ({"instead": "茶话会"}, "instead"),
    ],
)
def test_a_wrong_entry_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(RuleFault) as fault:
        read_meeting_rules(_broken(**change))
    assert "meetings.yaml" in str(fault.value)
    assert named in str(fault.value)


@pytest.mark.parametrize("code", SHIPPED)
def test_no_body_is_taken_away_while_its_meetings_live_on(code: str) -> None:
    raw = yaml.safe_load(TEXT)
    assert set(raw["bodies"]) == set(SHIPPED)
    del raw["bodies"][code]
    raw["people"].pop(code, None)
    for body in raw["bodies"].values():
        body.pop("instead", None)
    with pytest.raises(RuleFault, match=code):
        read_meeting_rules(yaml.safe_dump(raw, allow_unicode=True))


def test_a_body_of_ones_own_may_go_again() -> None:
    bodies = read_meeting_rules(TEXT).bodies
    assert bodies["tea_party"] is bodies["mass"]


@pytest.mark.parametrize("text", ["", "[", "bodies: {}", "profile: x\nprofiles: {}", "a: 1", "bodies: 3\nprofile: 1"])
def test_nonsense_is_refused_not_crashed_on(text: str) -> None:
    with pytest.raises(RuleFault):
        read_meeting_rules(text)
