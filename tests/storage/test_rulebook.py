from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.lexicon import Lexicon, compile_lexicon
from nlp.rules import BadRule
from nlp.words import classify
from storage.rulebook import Rulebook, RuleFault, Tables, read_rows, read_tables

RULES = Path(__file__).resolve().parents[2] / "rules"
HEAD = "code,word,weight,match,unless\n"


def _lexicon(tables: Tables) -> Lexicon:
    return compile_lexicon(tables.rows)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        ("code,word,weigth\nRC01,路,3\n", 1, "unknown_column:weigth"),
        ("code,word\nRC01,路\n", 1, "missing_column:weight"),
        (HEAD + "RC01,,3,,\n", 2, "empty_cell:word"),
        (HEAD + "RC01,路,3,,,再见\n", 2, "too_many_cells"),
        ("", 0, "empty"),
    ],
)
def test_a_faulty_table_names_its_row_and_what_is_wrong(tmp_path: Path, content: str, row: int, problem: str) -> None:
    with pytest.raises(RuleFault) as caught:
        read_rows(_write(tmp_path / "topics.csv", content))
    assert (caught.value.row, caught.value.problem) == (row, problem)


def test_a_broken_encoding_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "topics.csv"
    path.write_bytes(HEAD.encode() + "RC01,路灯,3\n".encode("gbk"))
    with pytest.raises(RuleFault) as caught:
        read_rows(path)
    assert (caught.value.row, caught.value.problem) == (2, "encoding")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("ZZ99,路,3,,", "unknown_code:ZZ99"),
        ("RC01,路,0,,", "bad_weight:0"),
        ("RC01,路,-2,,", "bad_weight:-2"),
        ("RC01,路,3.5,,", "bad_weight:3.5"),
        ("RC01,路,3,sound,", "unknown_match:sound"),
        ("RC01,(路|,3,,", "bad_pattern:(路|"),
    ],
)
def test_a_faulty_row_is_named_when_compiled(tmp_path: Path, line: str, problem: str) -> None:
    _write(tmp_path / "topics.csv", HEAD + line + "\n")
    with pytest.raises(BadRule) as caught:
        _lexicon(read_tables(RULES, tmp_path))
    assert (caught.value.file, caught.value.row, caught.value.problem) == ("topics.csv", 2, problem)


@pytest.mark.parametrize("words", ["a|{甲组}", "a|{没有}", "a|(b", "a||b"])
def test_a_group_of_words_holds_words_alone(tmp_path: Path, words: str) -> None:
    """It was taken, and its braces never matched anything."""
    _write(tmp_path / "word_groups_local.csv", f"name,words\n甲组,{words}\n")
    with pytest.raises(BadRule, match="bad_pattern"):
        _lexicon(read_tables(RULES, tmp_path))


def test_the_same_row_twice_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "topics.csv", HEAD + "RC01,路,3,,\nRC01,路,4,,\n")
    with pytest.raises(BadRule, match="double"):
        _lexicon(read_tables(RULES, tmp_path))


def test_a_township_adds_and_takes_away_words(tmp_path: Path) -> None:
    _write(tmp_path / "topics_local.csv", HEAD + "RC02,亮亮杆,9,,\nRC02,路灯,0,,\n")
    rows = read_tables(RULES, tmp_path).rows["topics"]
    words = {(row.cells["code"], row.cells["word"]) for row in rows}
    assert ("RC02", "亮亮杆") in words
    assert ("RC02", "路灯") not in words
    assert ("RC02", "灯头") in words


def test_of_several_empty_cells_the_first_row_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleFault, match=r"topics\.csv:2 empty_cell:weight"):
        read_rows(_write(tmp_path / "topics.csv", "code,word,weight\nRC01,路,\n,灯,4\n"))


def test_a_row_is_the_same_however_it_is_come_by(tmp_path: Path) -> None:
    rows = read_rows(_write(tmp_path / "topics.csv", "code,word,weight\nRC01,路,3\n\nRC02,灯,4\nRC03,水,5\n"))
    assert len(rows) == 3
    assert [(row.line, row.cells["word"]) for row in rows] == [(2, "路"), (4, "灯"), (5, "水")]
    assert (rows[1].file, rows[1].line) == ("topics.csv", 4)
    assert rows[1].cells == {"code": "RC02", "word": "灯", "weight": "4"}
    assert [row.cells["word"] for row in rows[1:]] == ["灯", "水"]
    assert [row.cells["code"] for row in reversed(rows)] == ["RC03", "RC02", "RC01"]
    assert rows[0].cells.get("unless") is None
    assert rows[0].cells.get("unless", "") == ""


def test_a_clerk_may_head_the_columns_in_chinese(tmp_path: Path) -> None:
    rows = read_rows(_write(tmp_path / "topics.csv", "代码,词,分\nRC01,路,3\n"))
    assert rows[0].cells == {"code": "RC01", "word": "路", "weight": "3"}


def test_an_edited_file_is_in_force_without_a_restart(tmp_path: Path) -> None:
    book = Rulebook(RULES, tmp_path, _lexicon)
    assert not book.refresh()
    _write(tmp_path / "topics_local.csv", HEAD + "RC05,嘀嘀嗒,90,,\n")
    assert book.refresh()
    assert classify(book.value, "嘀嘀嗒").code == "RC05"


def test_a_bad_edit_keeps_the_last_good_table_and_is_named(tmp_path: Path) -> None:
    own = _write(tmp_path / "topics_local.csv", HEAD + "RC05,嘀嘀嗒,90,,\n")
    book = Rulebook(RULES, tmp_path, _lexicon)
    _write(own, HEAD + "RC05,嘀嘀嗒,很多,,\n")
    assert not book.refresh()
    assert [(fault.file, fault.row) for fault in book.faults] == [("topics_local.csv", 2)]  # type: ignore[attr-defined]
    assert classify(book.value, "嘀嘀嗒").code == "RC05"


def test_a_bad_file_at_the_first_start_gives_way_to_the_shipped_one(tmp_path: Path) -> None:
    _write(tmp_path / "topics.csv", HEAD + "RC01,路,多,,\n")
    _write(tmp_path / "topics_local.csv", HEAD + "RC05,嘀嘀嗒,90,,\n")
    book = Rulebook(RULES, tmp_path, _lexicon)
    assert [fault.file for fault in book.faults] == ["topics.csv"]  # type: ignore[attr-defined]
    assert classify(book.value, "嘀嘀嗒").code == "RC05"
    assert classify(book.value, "路灯不亮").code == "RC02"


def test_a_folder_that_cannot_be_looked_into_is_named_and_what_was_in_force_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It raised, and the watching of the rules ended with it."""
    _write(tmp_path / "topics_local.csv", HEAD + "RC05,嘀嘀嗒,90,,\n")
    book, looked = Rulebook(RULES, tmp_path, _lexicon), Path.iterdir

    def forbidden(path: Path) -> Iterator[Path]:
        if path == tmp_path:
            raise PermissionError(13, "Permission denied")
        return looked(path)

    with monkeypatch.context() as locked:
        locked.setattr(Path, "iterdir", forbidden)
        assert not book.refresh()
        assert [fault.problem for fault in book.faults] == ["unreadable"]
        assert [fault.problem for fault in Rulebook(RULES, tmp_path, _lexicon).faults] == ["unreadable"]
    assert classify(book.value, "嘀嘀嗒").code == "RC05"
    assert book.refresh()
    assert book.faults == ()


def test_what_only_looks_like_a_rule_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "topics.csv").mkdir()
    (tmp_path / "Calendar_local.CSV").write_text("x")
    (tmp_path / "urgency_local.xlsx").write_text("x")
    (tmp_path / "danger_local.csv").symlink_to(tmp_path / "nowhere")
    for other in ("README.txt", "去年的.xlsx", "~$topics.xlsx", ".~lock.topics.csv#"):
        (tmp_path / other).write_text("x")
    faults = read_tables(RULES, tmp_path).faults
    assert {fault.problem for fault in faults} == {"no_file"}
    assert [fault.mend for fault in faults] == [
        "calendar_local.csv", "danger_local.csv", "topics.csv", "urgency_local.csv",
    ]  # fmt: skip


def test_a_misnamed_file_is_named_with_the_nearest_right_name(tmp_path: Path) -> None:
    _write(tmp_path / "topic.csv", HEAD)
    faults = read_tables(RULES, tmp_path).faults
    assert [(fault.file, fault.problem, fault.mend) for fault in faults] == [
        ("topic.csv", "unknown_file", "topics.csv")
    ]


def test_a_link_to_nothing_does_not_make_the_folder_one_that_is_not_there(tmp_path: Path) -> None:
    """Its first entry was followed: the whole folder was called missing, and a good file beside it was not named."""
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone")
    assert [fault.problem for fault in read_tables(RULES, tmp_path).faults] == []
