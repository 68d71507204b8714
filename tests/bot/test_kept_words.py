"""The words of the house, kept from one start to the next: they read as those just made, and only where nothing changed."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot import rulebook
from bot.kept_lexicon import open_lexicon
from bot.rulebook import open_rulebook
from nlp.intents import recognise
from nlp.words import classify, hear
from storage.rulebook import RuleFault, Tables

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=8)))
BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often the lexicon was compiled."""
    times: list[int] = []
    compile_it = rulebook.compile_lexicon
    monkeypatch.setattr(rulebook, "compile_lexicon", lambda *given: (times.append(1), compile_it(*given))[1])
    return times


def test_kept_words_read_as_those_just_made(tmp_path: Path, made: list[int]) -> None:
    first, again = (open_rulebook(None, tmp_path).value for _ in range(2))
    assert made == [1]
    with (BENCH / "talk_held.csv").open(encoding="utf-8-sig") as file:
        said = [row["text"] for row in csv.DictReader(file)]
    said += ["进度 007", "发起投票 修路选哪条 A东路 B西路", "咋没人管咧", "开会通知到多少人了", "明天下午三点开会"]
    for text in said:
        assert classify(first.lexicon, text) == classify(again.lexicon, text), text
        assert hear(first.lexicon, text) == hear(again.lexicon, text), text
        for role in ("villager", "cadre"):
            told = [recognise(words.intents, text, role, NOW, words.calendar) for words in (first, again)]
            assert told[0] == told[1], text
    assert first.calendar == again.calendar
    assert first.meetings == again.meetings
    for question in ("选谁当组长", "修路选哪条", "分红按人还是按股"):
        bodies = [words.polls.body_of(question) for words in (first, again)]
        assert len({body and body.code for body in bodies}) == 1, question
        assert len({words.polls.judges_a_person(question) for words in (first, again)}) == 1


def test_a_changed_file_or_one_beside_it_is_looked_at_anew(tmp_path: Path, made: list[int]) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    own.mkdir()
    rows = own / "topics_local.csv"
    rows.write_text("code,word,weight\nDS02,喀喇棒,90\n", encoding="utf-8")
    open_rulebook(own, cache)
    assert classify(open_rulebook(own, cache).value.lexicon, "喀喇棒倒了").code == "DS02"
    assert made == [1]
    rows.write_text("code,word,weight\nDS03,喀喇棒,90\n", encoding="utf-8")
    assert classify(open_rulebook(own, cache).value.lexicon, "喀喇棒倒了").code == "DS03"
    assert made == [1, 1]
    (own / "TOPICS.CSV").write_text("", encoding="utf-8")
    assert [fault.file for fault in open_rulebook(own, cache).faults] == ["TOPICS.CSV"]
    assert made == [1, 1, 1]


def test_what_has_a_fault_is_not_kept_so_that_it_is_named_at_each_start(tmp_path: Path) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    own.mkdir()
    (own / "topics_local.csv").write_text("code,word,weight\nEN99,喀喇棒,90\n", encoding="utf-8")
    told = [[str(fault) for fault in open_rulebook(own, cache).faults] for _ in range(2)]
    assert told[0] == told[1]
    assert "EN99" in told[0][0]
    assert not list(cache.glob("words-*"))


def test_a_recalled_book_follows_its_files_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    own.mkdir()
    open_rulebook(own, cache)
    book = open_rulebook(own, cache)
    assert classify(book.value.lexicon, "喀喇棒倒了").code != "DS02"
    (own / "topics_local.csv").write_text("code,word,weight\nDS02,喀喇棒,90\n", encoding="utf-8")
    intents = book.value.intents
    monkeypatch.delattr(rulebook, "compiled_intents")  # seconds, in which the village would wait for nothing
    assert book.refresh()
    assert classify(book.value.lexicon, "喀喇棒倒了").code == "DS02"
    assert book.value.intents is intents


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    assert classify(open_rulebook(None, tmp_path / "cache").value.lexicon, "路灯坏了").code == "RC02"


def test_of_two_versions_of_rules_the_last_is_kept(tmp_path: Path) -> None:
    own, cache = tmp_path / "own", tmp_path / "cache"
    own.mkdir()
    for weight in (7, 8):
        (own / "topics_local.csv").write_text(f"code,word,weight\nDS02,喀喇棒,{weight}\n", encoding="utf-8")
        open_rulebook(own, cache)
    assert len(list(cache.glob("words-*.whole"))) == 1


def test_tables_are_not_even_read_where_words_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_rulebook(None, tmp_path)

    def read(*_: object) -> Tables:
        raise AssertionError

    monkeypatch.setattr("storage.rulebook.read_tables", read)
    assert open_rulebook(None, tmp_path).value.lexicon.topics


def test_a_command_reads_by_kept_tables_as_by_those_just_compiled(tmp_path: Path) -> None:
    told: list[RuleFault] = []
    first, again = (open_lexicon(None, tmp_path, told.append) for _ in range(2))
    assert [path.suffix for path in tmp_path.glob("lexicon-*")] == [".whole"]
    assert classify(first, "路灯坏了三天 老人孩子都不敢出门") == classify(again, "路灯坏了三天 老人孩子都不敢出门")
    own = tmp_path / "own"
    own.mkdir()
    (own / "topics_local.csv").write_text("code,word\nDS02,喀喇棒\n", encoding="utf-8")
    for _ in range(2):  # a fault is told each time
        assert classify(open_lexicon(own, tmp_path, told.append), "路灯坏了").code == "RC02"
    assert [fault.problem for fault in told] == ["missing_column:weight"] * 2
