"""What must not be found out: who told a sealed matter, what a letter about it says, a token by guessing, an answer
anybody could have written."""

from __future__ import annotations

import re

from domain.messages import Trust
from handlers.sealing import LOOKUPS_A_DAY
from storage import tables
from tests.handlers.talk import LAMP, Village

ACCUSATION = "会计把修路的钱装自己腰包了"


def token_in(told: str) -> str:
    found = re.search(r"查询码\D*?([A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3})", told)
    assert found
    return found[1]


def test_the_ledger_of_a_sealed_matter_names_no_reporter(village: Village) -> None:
    village.say("老王", ACCUSATION)
    matter = village.matter()
    steps = village.rows(tables.ledger, tables.ledger.c.thing_id == matter.id)
    assert [step.why for step in steps] == ["filed"]
    assert [step.by_id for step in steps] == [None]
    village.say("老王", LAMP)
    assert {step.by_id for step in village.rows(tables.ledger)} == {None, village.person("老王").id}


def test_a_reminder_of_a_sealed_matter_lies_sealed(village: Village) -> None:
    village.say("老王", ACCUSATION)
    number = village.matter().number
    village.later(days=40)
    late = village.rows(tables.outbox, tables.outbox.c.purpose == "matter.overdue")
    assert late
    assert all(letter.body.startswith("sealed:") and not letter.fields for letter in late)
    assert number in village.heard("镇纪委")


def test_tokens_are_not_found_by_trying(village: Village) -> None:
    assert LOOKUPS_A_DAY <= 24
    token = token_in(village.say("老王", ACCUSATION))
    assert "没找到" not in village.say("老王", f"进度 {token}")
    for last in "ABCDEFGHJKMNPQRSTUVWXYZ2"[:LOOKUPS_A_DAY]:
        assert "没找到" in village.say("张婶", f"进度 AAA-AAA-AA{last}")
    assert "没找到" in village.say("张婶", f"进度 {token}"), "the right one is no longer found by whoever guesses"
    assert "没找到" not in village.say("老王", f"进度 {token}")
    village.later(days=1)
    assert "没找到" not in village.say("张婶", f"进度 {token}")


def test_a_rating_anybody_could_have_written_is_not_taken(filed: Village) -> None:
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.say("老王", "1", trust=Trust.SIGNED_URL)
    assert filed.matter().rating is None
    filed.say("老王", "1")
    assert filed.matter().rating == 1


def test_what_is_not_done_yet_is_not_rated(filed: Village) -> None:
    for said in ("满意", "001 1", "001 满意", "评价 001 1"):
        filed.say("老王", said)
    assert (filed.matter().rating, filed.matter().status) == (None, "filed")
