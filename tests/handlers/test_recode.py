"""改类: who may, what is kept of it, and what is refused."""

from __future__ import annotations

import pytest

from storage import tables
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


@pytest.mark.parametrize(
    ("who", "code", "reader"), [("小陈", "DS02", "妇联"), ("文书", "GO03", "镇纪委"), ("文书", "GO02", "镇纪委")]
)
def test_what_is_found_to_be_for_few_eyes_is_sealed(village: Village, who: str, code: str, reader: str) -> None:
    """Before, it stayed open, by its number, its words and the name of whoever told of it."""
    village.say("老王", "他们家又打架了")
    village.say("老王", "补充 就在门口打的")
    village.heard("老王")
    assert "村里不经手" in village.say(who, f"改类 001 {code}")
    matter = village.matter()
    assert matter.is_sealed
    assert matter.contact_id is None
    assert matter.reporter_id is None
    assert "打架" in village.heard(reader)
    assert "查询码" in village.heard("老王")
    assert all(row.contact_id is None and "门口" not in row.text for row in village.rows(tables.notes))
    for other in ("小陈", "书记", "文书"):
        assert "没找到" in village.say(other, "001 是谁报的")
    assert "打架" in village.say(reader, "001 原话")


def test_its_teller_follows_it_by_the_token(village: Village) -> None:
    village.say("老王", "他们家又打架了")
    village.say("小陈", "改类 001 DS02")
    token = village.heard("老王").rpartition("查询码 ")[2].split("\n")[0]
    assert "还没看" in village.say("老王", f"进度 {token}")
