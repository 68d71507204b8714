from __future__ import annotations

from pathlib import Path

import pytest

from nlp.corrections import Correction, Proposal, compare, propose
from nlp.words import Lexicon, classify, compile_lexicon
from storage.rulebook import Row, read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"
ODD = Correction("老嘎达又把场院的碌碡滚走了", "SA04")


def _examples() -> list[Correction]:
    rows = read_tables(RULES).rows["topics_examples"]
    return [Correction(row.cells["text"], row.cells["code"]) for row in rows if row.cells["kind"] == "example"]


def _with(proposal: Proposal) -> Lexicon:
    tables = dict(read_tables(RULES).rows)
    changed = {(change.code, change.word) for change in proposal.changes}
    kept = [row for row in tables["topics"] if (row.cells["code"], row.cells["word"]) not in changed]
    for change in proposal.changes:
        cells = {"code": change.code, "word": change.word, "weight": str(change.after), "match": change.match}
        kept.append(Row("topics_local.csv", 2, cells))
    return compile_lexicon({**tables, "topics": kept})


def test_a_correction_asks_for_one_word_and_then_reads_as_the_clerk_says(lexicon: Lexicon) -> None:
    assert classify(lexicon, ODD.text).code != ODD.code
    proposal = propose(lexicon, [ODD], _examples())
    assert len(proposal.changes) == 1
    assert proposal.unsolved == ()
    assert classify(_with(proposal), ODD.text).code == ODD.code


def test_a_correction_that_is_already_right_changes_nothing(lexicon: Lexicon) -> None:
    proposal = propose(lexicon, [Correction("路灯坏了没人修", "RC02")], _examples())
    assert proposal == Proposal((), (), ())


def test_no_example_breaks_without_being_named(lexicon: Lexicon) -> None:
    corrections = [Correction("路灯", "GO01"), Correction("低保", "RC05")]
    examples = _examples()
    proposal = propose(lexicon, corrections, examples)
    after = _with(proposal)
    broken = {each.text for each in examples if classify(after, each.text).code != each.code}
    assert broken
    assert broken <= {flip.text for flip in proposal.flips}


def test_a_code_that_does_not_exist_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError):
        propose(lexicon, [Correction("路灯坏了", "ZZ99")], [])


def test_what_a_rule_change_would_do_to_past_messages_is_shown(lexicon: Lexicon) -> None:
    after = _with(propose(lexicon, [ODD], _examples()))
    changed = compare(lexicon, after, ["路灯坏了没人修", ODD.text, "自来水停了"])
    assert [(number, code) for number, _, code in changed] == [(1, "SA04")]
