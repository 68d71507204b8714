"""改类: who may, what is kept of it, and what is refused."""

from __future__ import annotations

from tests.handlers.talk import Village

COMPLAINT = "路灯坏了好几天了，黑灯瞎火的"


def test_a_clerk_says_what_a_matter_is_about_and_the_ledger_keeps_it(village: Village) -> None:
    village.say("老王", COMPLAINT)
    matter = village.matters()[-1]
    answer = village.say("文书", "改类 001 EN01")
    assert answer.endswith(matter.number)
    assert village.matters()[-1].code == "EN01"
    assert village.matters()[-1].second_code == matter.code
    assert f"recode:{matter.code}>EN01" in village.ledger(matter)[-1]
    assert "clerk" in village.ledger(matter)[-1]


def test_a_code_nobody_knows_is_answered_with_those_written_alike(village: Village) -> None:
    village.say("老王", COMPLAINT)
    before = village.matters()[-1]
    answer = village.say("文书", "改类 001 EN99")
    assert "EN0" in answer
    assert village.matters()[-1] == before


def test_a_villager_cannot_change_what_a_matter_is_about(village: Village) -> None:
    village.say("老王", COMPLAINT)
    before = village.matters()[-1].code
    village.say("张婶", "改类 001 EN01")
    village.say("老王", "改类 001 EN01")
    assert village.matters()[0].code == before


def test_a_keeper_of_another_grid_cannot_either(village: Village) -> None:
    village.say("老王", COMPLAINT)
    before = village.matters()[-1].code
    village.say("水管所", "改类 001 EN01")
    assert village.matters()[-1].code == before


def test_a_code_may_be_named_by_what_it_is_called(village: Village) -> None:
    village.say("老王", "九社巷子口的路灯坏了")
    assert "道路桥涵" in village.say("文书", "001改成道路的")
    assert village.matter().code == "RC01"


def test_a_name_that_several_have_is_asked_about(village: Village) -> None:
    village.say("老王", "九社巷子口的路灯坏了")
    told = village.say("文书", "改类 001 补贴")
    assert "补贴" in told
    assert village.matter().code == "RC02"
