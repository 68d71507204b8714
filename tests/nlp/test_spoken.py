"""What a short text and a letter tell of urgency and of the kind of request (nlp/spoken.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.explaining import told_for
from nlp.lexicon import Lexicon
from nlp.rules import BadRule
from nlp.signs import TYPES, signs_of
from nlp.spoken import CUES, LETTER_CUE, MOST_CUES, SIGN, Known, compile_spoken, tell, tell_letter
from nlp.words import classify, hear
from storage.rule_rows import Row
from storage.rulebook import read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"


def _rows(*cells: tuple[str, str, str, str, str]) -> list[Row]:
    names = ("found", "what", "urgent", "waits", "咨询")
    return [Row("t.csv", at, dict(zip(names, each, strict=True))) for at, each in enumerate(cells, 2)]


def test_every_sign_is_met_in_its_example(lexicon: Lexicon) -> None:
    rows = [row for row in read_tables(RULES).rows["spoken"] if row.cells["found"] == SIGN]
    looked_for = [row for row in rows if row.cells["what"] not in CUES]
    wrong = []
    for row in looked_for:
        heard = hear(lexicon, row.cells["example"])
        if row.cells["what"] not in signs_of(lexicon.signs.kept(heard.matter, heard.signs)):
            wrong.append(row.cells["what"] + "：" + row.cells["example"])
    assert wrong == []
    assert len(looked_for) > 50


def test_what_is_met_adds_up_on_each_axis() -> None:
    spoken, cues = compile_spoken(
        _rows(
            ("always", "*", "-9", "-1", "2"),
            ("letters", "水", "4", "", "-8"),
            ("letters", "停水", "6", "-3", ""),
            ("begins", "水", "100", "100", "100"),
            ("ends", "吗", "", "5", "7"),
            ("code", "RC03", "3", "-2", ""),
            ("sign", "全村", "5", "", ""),
            ("sign", "P1", "30", "", ""),
            ("sounds", "10", "2", "", ""),
            ("sure", "10", "3", "", ""),
            ("office", "10", "4", "", ""),
            ("family", "10", "5", "", ""),
        ),
        {},
        {"RC03"},
    )
    assert [cue.value for cue in cues] == ["全村"]
    told = tell(spoken, "今天停水吗？", Known("RC03", 0.99, 0.31, 0.1, 25), {"全村": 1})
    assert (told.urgent, told.waits, told.kinds[TYPES.index("咨询")]) == (
        -9 + 4 + 6 + 3 + 5 + 2 * 2 + 9 * 3 + 3 * 4 + 1 * 5,
        -1 - 3 + 5 - 2,
        2 - 8 + 7,
    )
    assert told.kind == "咨询"
    assert tell(spoken, "天气", Known(), {"求助": 1, "投诉": 2}).kinds == (2, 4, 8, 0, 0, 0)
    assert tell(spoken, "天气", Known(), {}).urgent == -9
    assert tell(spoken, "", Known(sounds=-1000), {"P1": 1}).urgent == -9 + 30 - 2 * 10


def test_of_a_letter_each_word_adds_up_once_and_cues_only_so_far() -> None:
    written, cues = compile_spoken(
        _rows(
            ("always", "*", "-9", "-1", "2"),
            ("letters", "水", "400", "400", "400"),
            ("word", "自来水", "4", "", "-8"),
            ("word", "停", "", "3", ""),
            ("code", "RC03", "3", "-2", ""),
            ("sign", "全村", "5", "", ""),
            ("sure", "10", "3", "", ""),
        ),
        {},
        {"RC03"},
        {"全村"},
    )
    assert cues == []  # another table looks for it already
    told = tell_letter(written, ["自来水", "停", "停", "水"], Known("RC03", 0.99), {"全村": 1, "求助": 1, "投诉": 99})
    assert (told.urgent, told.waits) == (-9 + 4 + 3 + 5 + 9 * 3, -1 + 3 - 2)
    assert told.kinds == (2 - 8, LETTER_CUE, LETTER_CUE * MOST_CUES, 0, 0, 0)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("somewhere", "水", "1", "", ""), "unknown_value:somewhere"),
        (("letters", "停水了", "1", "", ""), "bad_pattern:停水了"),
        (("begins", "停水", "1", "", ""), "bad_pattern:停水"),
        (("ends", "停水", "1", "", ""), "bad_pattern:停水"),
        (("code", "RC99", "1", "", ""), "unknown_code:RC99"),
        (("sounds", "5", "1", "", ""), "unknown_value:5"),
        (("always", "水", "1", "", ""), "unknown_value:水"),
        (("letters", "水", "1.5", "", ""), "bad_weight:1.5"),
        (("letters", "水", "--1", "", ""), "bad_weight:--1"),
        (("letters", "水", "", "10000", ""), "bad_weight:10000"),
        (("sign", "{没有}", "1", "", ""), "bad_pattern:{没有}"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(cells: tuple[str, str, str, str, str], problem: str) -> None:
    with pytest.raises(BadRule, match=r"t\.csv:2") as wrong:
        compile_spoken(_rows(cells), {}, {"RC03"})
    assert wrong.value.problem == problem


def test_two_rows_of_one_sign_are_refused() -> None:
    with pytest.raises(BadRule, match="double"):
        compile_spoken(_rows(("letters", "水", "1", "", ""), ("letters", "水", "2", "", "")), {}, ())


LETTER = "领导您好，我们是青石沟的村民，组里的路一到雨天就走不成人，请问什么时候能把我们组的路列入硬化计划？盼望能给我们一个回复，全组老小都感谢您，祝您工作顺利，身体健康。"


@pytest.mark.parametrize(("text", "word"), [("能不能给我们社修条路", "{愿望}"), (LETTER, "盼望")])
def test_what_spoke_for_an_urgency_can_be_shown(lexicon: Lexicon, text: str, word: str) -> None:
    assert classify(lexicon, text).urgency == "P3"
    told = told_for(lexicon, text, "waits")
    assert word in [each.word for each in told]
    assert [each.weight for each in told] == sorted((each.weight for each in told), reverse=True)
    assert len(told) > 1
    assert told_for(lexicon, text, "waits", 1) == told[:1]
    assert all(each.word in text or each.word in CUES or each.word[0] in "{(" for each in told)
