from __future__ import annotations

from pathlib import Path

import pytest

from nlp.corrections import Correction, Proposal, compare, propose
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.segment import TOKENIZER
from nlp.words import classify
from storage.rule_rows import Row
from storage.rulebook import read_tables

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


def _turned(lexicon: Lexicon, after: Lexicon, examples: list[Correction]) -> dict[str, str | None]:
    """What the examples that the change turns wrong are read as by the real table."""
    read = {each.text: classify(after, each.text).code for each in examples}
    before = {each.text: classify(lexicon, each.text).code for each in examples}
    codes = {each.text: each.code for each in examples}
    return {text: code for text, code in read.items() if code not in (before[text], codes[text])}


def test_exactly_what_the_table_would_turn_is_named_whatever_is_corrected(lexicon: Lexicon) -> None:
    examples = _examples()
    corrections = [
        Correction(one.text, other.code) for one, other in zip(examples[::23], examples[11::23], strict=False)
    ]
    proposal = propose(lexicon, corrections, examples)
    turned = _turned(lexicon, _with(proposal), examples)
    assert len(proposal.changes) >= 20
    assert {flip.text: flip.after for flip in proposal.flips} == turned


def _small(*said: tuple[str, str, int, str]) -> Lexicon:
    """A table of these rows (code, word, weight, match) alone."""
    cells = [("code", "word", "weight", "match"), ("#", TOKENIZER, "14", ""), *said]
    rows = [dict(zip(cells[0], map(str, each), strict=True)) for each in cells[1:]]
    topics = tuple(Row("topics.csv", at, each) for at, each in enumerate(rows, 2))
    return compile_lexicon({**read_tables(RULES).rows, "topics": topics})


def test_an_example_that_only_sounds_like_the_word_is_named() -> None:
    example = Correction("垃极", "EN01")
    small = _small(("EN01", "垃圾", 60, "word"), ("CU04", "祖坟", 60, "phrase"))
    assert classify(small, example.text).code == "EN01"
    proposal = propose(small, [Correction("垃圾", "CU04")], [example, Correction("祖坟", "CU04")])
    assert [(flip.text, flip.after) for flip in proposal.flips] == [(example.text, "CU04")]
    after = _small(
        ("EN01", "垃圾", 60, "word"),
        ("CU04", "祖坟", 60, "phrase"),
        ("CU04", "垃圾", proposal.changes[0].after, proposal.changes[0].match),
    )
    assert classify(after, example.text).code == "CU04"


def test_a_word_found_in_two_ways_is_asked_for_in_one_row_that_takes_the_place_of_both() -> None:
    rival = ("RC01", "路灯", 90, "word")
    small = _small(rival, ("RC02", "路灯", 30, "phrase"), ("RC02", "路灯", 20, "word"))
    proposal = propose(small, [Correction("路灯", "RC02")], [])
    [change] = proposal.changes
    assert (change.match, change.before) == ("phrase", 50)
    assert classify(_small(rival, ("RC02", "路灯", change.after, change.match)), "路灯").code == "RC02"


def test_a_word_that_counts_in_some_contexts_only_is_left_to_a_person() -> None:
    tables = dict(read_tables(RULES).rows)
    said = [("RC02", "灯笼", "9", "元宵"), ("RC01", "灯笼", "60", "")]
    tables["topics"] = tuple(
        Row("topics.csv", at, {"code": code, "word": word, "weight": weight, "match": "word", "unless": unless})
        for at, (code, word, weight, unless) in enumerate(said, 2)
    )
    asked = Correction("灯笼", "RC02")
    assert propose(compile_lexicon(tables), [asked], []) == Proposal((), (), (asked,))


def test_a_code_that_does_not_exist_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError):
        propose(lexicon, [Correction("路灯坏了", "ZZ99")], [])


def test_what_a_rule_change_would_do_to_past_messages_is_shown(lexicon: Lexicon) -> None:
    after = _with(propose(lexicon, [ODD], _examples()))
    changed = compare(lexicon, after, ["路灯坏了没人修", ODD.text, "自来水停了"])
    assert [(number, code) for number, _, code in changed] == [(1, "SA04")]
