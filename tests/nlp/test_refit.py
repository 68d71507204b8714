from __future__ import annotations

import pytest

from bench.topics_refit import main
from nlp.learn import LearnedRow
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.refit import Line, refit
from nlp.segment import TOKENIZER
from nlp.words import classify
from storage.rule_rows import Row
from tests.nlp.conftest import RULES

START = [
    LearnedRow("#", TOKENIZER, 14, ""),
    LearnedRow("OT04", "*", 14, ""),
    LearnedRow("RC02", "路灯", 60, "phrase"),
    LearnedRow("RC03", "停水", 60, "phrase"),
    LearnedRow("RC04", "变压器", 60, "word"),
]
LINES = [
    *(Line(text, "RC02") for text in ("路灯坏了", "灯泡不亮", "灯泡碎了")),
    *(Line(text, "RC03") for text in ("停水两天", "龙头没水", "龙头滴水")),
    Line("灯泡和龙头", "RC02", ("RC03",)),
]


def _with(lexicon: Lexicon, rows: list[LearnedRow]) -> Lexicon:
    from storage.rulebook import read_tables

    cells = [{"code": row.code, "word": row.word, "weight": str(row.weight), "match": row.match} for row in rows]
    topics = [Row("topics", at, each) for at, each in enumerate(cells, 2)]
    return compile_lexicon({**read_tables(RULES).rows, "topics": topics}, lexicon.segmenter)


@pytest.fixture(scope="module")
def small(lexicon: Lexicon) -> Lexicon:
    return _with(lexicon, START)


def test_new_words_enter_and_what_no_line_touches_keeps_its_share(lexicon: Lexicon, small: Lexicon) -> None:
    rows = refit(small, START, LINES)
    weights = {(row.code, row.word): row.weight for row in rows}
    assert weights["RC02", "灯泡"] > 0 < weights["RC03", "龙头"]
    assert weights["RC04", "变压器"] == 42  # 0.7 of 60
    assert rows[:2] == START[:2]
    after = _with(lexicon, rows)
    assert [classify(after, text).code for text in ("灯泡坏了", "龙头漏", "变压器响")] == ["RC02", "RC03", "RC04"]
    assert classify(small, "灯泡坏了").code != "RC02"


def test_the_same_lines_give_the_same_table_and_no_weight_is_below_three(small: Lexicon) -> None:
    rows = refit(small, START, LINES)
    assert rows == refit(small, START, LINES)
    assert min(row.weight for row in rows) >= 3


def test_the_rarer_of_two_words_tells_more(small: Lexicon) -> None:
    """坏 stands in many lines of many codes, 灯泡 in few."""
    lines = [
        *LINES,
        *(Line(f"{thing}坏了", code) for thing, code in (("路灯", "RC02"), ("水管", "RC03"), ("电表", "RC04"))),
    ]
    weights = {(row.code, row.word): row.weight for row in refit(small, START, lines) if row.match == "word"}
    assert weights["RC02", "灯泡"] > weights.get(("RC02", "坏"), 0)


def test_the_command_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert "topics_refit OUT" in capsys.readouterr().out
