"""A township's own rule files: each one taken over while running, each bad one named, the last good one kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.rule_faults import fault_line
from bot.rule_files import RULES
from bot.rulebook import open_rulebook
from handlers.context import Words
from nlp.chatter import is_a_matter
from nlp.intents import recognise
from nlp.words import classify, look_for_danger, say_standard
from storage.rulebook import MOST_BYTES, Rulebook
from tests.bot.town import Town

TABLES = sorted(path.name for path in RULES.glob("*.csv"))
YAMLS = [
    "meetings.yaml",
    "polls.yaml",
    *(f"intents/{path.name}" for path in sorted((RULES / "intents").glob("*.yaml"))),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook[Words], Path]:
    own = tmp_path_factory.mktemp("own")
    (own / "intents").mkdir()
    return open_rulebook(own, tmp_path_factory.mktemp("cache")), own


@pytest.fixture
def book(opened: tuple[Rulebook[Words], Path]) -> Iterator[Rulebook[Words]]:
    """The rulebook of a township whose directory is empty before and after each test."""
    book, own = opened
    yield book
    for path in [*own.glob("*.*"), *own.glob("intents/*")]:
        path.unlink()
    book._seen, book.faults = (), ()


@pytest.fixture
def own(opened: tuple[Rulebook[Words], Path]) -> Path:
    return opened[1]


def _shipped(name: str) -> str:
    return (RULES / name).read_text("utf-8-sig")


def _intent(words: Words, text: str, role: str = "villager") -> str:
    return recognise(words.intents, text, role, datetime(2026, 11, 28, tzinfo=UTC), words.calendar).intent


def _alarms(words: Words, text: str) -> bool:
    danger = look_for_danger(words.lexicon, text)
    return danger is not None and danger.certain


def _tells_all(words: Words, text: str) -> bool:
    """Whether a short text is urgent, sealed and a matter."""
    reading = classify(words.lexicon, text)
    return (reading.urgency, reading.sealed, is_a_matter(words.lexicon, text).matter) == ("P1", True, True)


def _letter(words: Words, text: str) -> tuple[str | None, str | None, bool | None]:
    """The kind of request of a letter, its urgency, and whether it is sealed."""
    reading = classify(words.lexicon, text)
    return reading.type, reading.urgency, reading.sealed


TAKEN: dict[str, tuple[Callable[[str], str], Callable[[Words], bool]]] = {
    "topics.csv": (lambda t: t + "RC05,嘀嘀嗒,900,phrase,\n", lambda w: classify(w.lexicon, "嘀嘀嗒").code == "RC05"),
    "topics_list.csv": (
        lambda t: t.replace("路灯照明", "灯的事"),
        lambda w: w.lexicon.topics["RC02"].title == "灯的事",
    ),
    "topics_types.csv": (
        lambda t: t + "表扬,嘀嘀嗒,90,\n",
        lambda w: classify(w.lexicon, "路灯嘀嘀嗒").type == "表扬",
    ),
    "topics_sealed.csv": (
        lambda t: t + "accusation,嘀嘀嗒,\n",
        lambda w: classify(w.lexicon, "路灯嘀嘀嗒").sealed is True,
    ),
    "urgency.csv": (lambda t: t + "P1,嘀嘀嗒,\n", lambda w: classify(w.lexicon, "路灯嘀嘀嗒").urgency == "P1"),
    "spoken.csv": (
        lambda t: t + "sign,嘀嘀嗒,90,,90,90,,,,,,,,灯泡这几天嘀嘀嗒\n",
        lambda w: _tells_all(w, "灯泡这几天嘀嘀嗒"),
    ),
    "written.csv": (
        lambda t: t + "word,灯泡,,900,900,,,,,,,900,\n",
        lambda w: _letter(w, "灯泡坏了没人修，投诉。" * 9) == ("表扬", "P3", True),
    ),
    "danger.csv": (
        lambda t: t + "fire,119,嘀嘀嗒,\n",
        lambda w: look_for_danger(w.lexicon, "嘀嘀嗒") is not None,
    ),
    "danger_unless.csv": (
        lambda t: t + "no,over,着火了,\n",
        lambda w: not _alarms(w, "秸秆着火了"),
    ),
    "danger_words.csv": (
        lambda t: t + "danger,嘀嗒,900\n",
        lambda w: look_for_danger(w.lexicon, "嘀嗒") is not None,
    ),
    "danger_signs.csv": (
        lambda t: t + "danger,嘀嘀嗒,900,嘀嘀嗒,嘀嗒\n",
        lambda w: look_for_danger(w.lexicon, "嘀嘀嗒") is not None,
    ),
    "dialect.csv": (lambda t: t + "亮亮杆,路灯,\n", lambda w: say_standard(w.lexicon, "亮亮杆") == "路灯"),
    "dialect_traditional.csv": (lambda t: t + "㐂,喜\n", lambda w: say_standard(w.lexicon, "㐂事") == "喜事"),
    "dialect_sounds.csv": (lambda t: t + "xyz,㐂\n", lambda w: ord("㐂") in w.lexicon.sounds.table),
    "word_groups.csv": (
        lambda t: t.replace("高处,", "高处,嘀嘀台|"),
        lambda w: any("嘀嘀台" in cue.pattern.whole.source for cue in w.lexicon.danger.cues.cues),
    ),
    "calendar.csv": (
        lambda t: t + "2031-03-04,放假,村庙会\n",
        lambda w: date(2031, 3, 4) in w.calendar.holidays,
    ),
    "meetings.yaml": (
        lambda t: t.replace("opens_before_minutes: 60", "opens_before_minutes: 47"),
        lambda w: w.meetings.checkin_before.total_seconds() == 47 * 60,
    ),
    "polls.yaml": (lambda t: t.replace("title: ", "title: 嘀", 1), lambda w: w.polls.bodies[0].title.startswith("嘀")),
    "intents/villager.yaml": (
        lambda t: t.replace("    进度, ", "    嘀嘀嗒, 进度, ", 1),
        lambda w: _intent(w, "嘀嘀嗒") == "track",
    ),
    "intents/cadre.yaml": (
        lambda t: t.replace("    投票, 发起投票, ", "    嘀嘀嗒, 投票, 发起投票, ", 1),
        lambda w: _intent(w, "嘀嘀嗒", "cadre") == "poll.create",
    ),
    "intents/both.yaml": (
        lambda t: t.replace("    对, 对的, ", "    嘀嘀嗒, 对, 对的, ", 1),
        lambda w: _intent(w, "嘀嘀嗒") == "confirm",
    ),
    "intents/words.yaml": (
        lambda t: t.replace("头票: 投票", "嘀嘀嗒: 进度", 1),
        lambda w: _intent(w, "嘀嘀嗒") == "track",
    ),
}


def test_every_rule_file_is_among_those_tried() -> None:
    assert sorted([*TAKEN, "topics_examples.csv"]) == sorted([*TABLES, *YAMLS])  # examples: `rules check` alone


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_township_overrides_every_file_while_it_runs(book: Rulebook[Words], own: Path, name: str) -> None:
    change, holds = TAKEN[name]
    assert not holds(book.value)
    (own / name).write_text(change(_shipped(name)), "utf-8-sig")
    assert book.refresh()
    assert book.faults == ()
    assert holds(book.value)
    (own / name).unlink()
    assert book.refresh()
    assert not holds(book.value)


def _kept(book: Rulebook[Words], name: str) -> str:
    """Refresh with a bad file there: the rules in force stay, and the line a clerk reads names the file."""
    value = book.value
    assert not book.refresh()
    assert book.value is value
    (fault,) = book.faults
    assert fault.file == name
    return fault_line(fault)


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_broken_encoding_an_empty_file_and_a_huge_one_are_named(book: Rulebook[Words], own: Path, name: str) -> None:
    path = own / name
    path.write_bytes("代码,说法\n路灯,灯\n".encode("gbk"))
    assert "编码不对" in _kept(book, name)
    path.write_bytes(b"")
    assert "是空的" in _kept(book, name)
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "太大" in _kept(book, name)
    assert MOST_BYTES < 100_000_000


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_a_strange_column_or_no_rows_is_named(book: Rulebook[Words], own: Path, name: str) -> None:
    head, _, rest = _shipped(name).partition("\n")
    (own / name).write_text(f"{head.strip()},colour\n{rest}", "utf-8-sig")
    assert "有不认识的列：colour" in _kept(book, name)
    (own / name).write_text(head + "\n", "utf-8-sig")
    assert "只有列名" in _kept(book, name)


DOUBLED = [name for name in TABLES if name not in ("topics_examples.csv", "dialect_traditional.csv", "word_groups.csv")]


@pytest.mark.parametrize("name", DOUBLED)
def test_the_same_row_twice_is_named_with_its_row(book: Rulebook[Words], own: Path, name: str) -> None:
    text = _shipped(name).rstrip("\n")
    (own / name).write_text(f"{text}\n{text.splitlines()[-1]}\n", "utf-8-sig")
    assert f"第{len(text.splitlines()) + 1}行" in _kept(book, name)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("topics.csv", "RC02,", "RC99,", "没有这个代码：RC99"),
        ("topics_list.csv", ",P2,", ",P9,", "急缓只能是"),
        ("topics_types.csv", "咨询,咨询,6", "咨询,咨询,六", "分数要填 1 到 9999 的整数：六"),
        ("topics_sealed.csv", "accusation,", "rumour,", "不认识的标记：rumour"),
        ("danger_words.csv", "calm,", "maybe,", "不认识的词：maybe"),
        ("urgency.csv", "P1,", "P7,", "不认识的级别：P7"),
        ("spoken.csv", "sounds,10,", "smells,10,", "不认识的词：smells"),
        ("spoken.csv", "sounds,10,", "sounds,10,很", "分数要填"),
        ("written.csv", "word,", "words,", "不认识的词：words"),
        ("written.csv", "word,", "word,嘀嗒,0.5\nword,", "分数要填"),
        ("danger.csv", "fire,119,", "fire,911,", "电话只能是：911"),
        ("danger.csv", "(灭火|救火)", "(灭火|救火", "说法写得不对"),
        ("danger_unless.csv", "no,over,", "no,under,", "不认识的词：under"),
        ("danger_words.csv", "danger,", "danger,嘀嗒,-3\ndanger,", "分数要填"),
        ("calendar.csv", "2004-01-01,放假", "2004-01-01,休息", "日子写得不对：2004-01-01 休息"),
        ("calendar.csv", "2004-01-01,", "2004-13-01,", "日子写得不对：2004-13-01"),
        ("meetings.yaml", "checkin: {", "checkin: {{", "不是规整的 YAML"),
        ("meetings.yaml", "bodies:", "bodys:", "不认识的项"),
        ("polls.yaml", "bodies:", "bodys:", "不认识的项：bodys"),
        ("polls.yaml", "bodies:", "- bodies:", "不是规整的 YAML"),
        ("intents/villager.yaml", "track:", "track: [", "不是规整的 YAML"),
        ("intents/villager.yaml", "  whole: [", "  hole: [", "unknown key 'hole'"),
        ("intents/villager.yaml", "  keeps: true", "  weight: heavy", "weight 'heavy' is no whole number"),
        ("intents/both.yaml", "    对, 对的, ", "    进度, 对, 对的, ", "进度"),
        ("intents/words.yaml", "trouble:\n", "trouble:\n  - '坏)'\n", "坏)"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_mends_it(
    book: Rulebook[Words], own: Path, name: str, old: str, new: str, said: str
) -> None:
    text = _shipped(name)
    assert old in text
    (own / name).write_text(text.replace(old, new, 1), "utf-8-sig")
    assert said in _kept(book, name)
    assert _intent(book.value, "进度") == "track"


def test_a_village_starts_with_the_shipped_rules_where_its_own_intents_are_bad(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "villager.yaml").write_text("track: {whole: 进度}\n", "utf-8")
    (tmp_path / "topics_local.csv").write_text("code,word,weight\nRC05,嘀嘀嗒,900\n", "utf-8-sig")
    book = open_rulebook(tmp_path, tmp_path / "cache")
    assert [fault.file for fault in book.faults] == ["intents/villager.yaml"]
    assert _intent(book.value, "进度") == "track"
    assert classify(book.value.lexicon, "嘀嘀嗒").code == "RC05"


def test_a_bad_file_of_one_name_does_not_hide_a_good_one_of_another(book: Rulebook[Words], own: Path) -> None:
    (own / "polls.yaml").write_text("dignity: 5\n", "utf-8")
    assert "polls.yaml" in _kept(book, "polls.yaml")
    (own / "polls.yaml").unlink()
    (own / "intents" / "villager.yaml").write_text(
        _shipped("intents/villager.yaml").replace("    进度, ", "    嘀嘀嗒, 进度, ", 1), "utf-8"
    )
    assert book.refresh()
    assert _intent(book.value, "嘀嘀嗒") == "track"


def test_a_folder_that_is_gone_is_a_fault_and_what_was_in_force_stays(tmp_path: Path) -> None:
    """A slip in the name or a disk not mounted dropped the township's own words, and everything said that all is well."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "topics_local.csv").write_text("code,word,weight\nRC05,嘀嘀嗒,900\n", "utf-8-sig")
    book = open_rulebook(own, tmp_path / "cache")
    own.rename(tmp_path / "away")
    assert not book.refresh()
    assert ["没有这个目录" in fault_line(fault) for fault in book.faults] == [True]
    assert classify(book.value.lexicon, "嘀嘀嗒").code == "RC05"
    (tmp_path / "away").rename(own)
    assert book.refresh()
    assert book.faults == ()


async def test_a_faulty_file_is_told_once_in_the_log_and_as_a_clerk_reads_it(
    lone_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stood there every second, 86,400 lines a day, as a code."""
    own = tmp_path / "own"
    own.mkdir()
    log = Mock()
    monkeypatch.setattr("bot.wiring.log", log)
    monkeypatch.setattr("bot.wiring.WATCH_RULES_EVERY_S", 0.02)
    async with lone_town.house(rules_dir=own) as house:
        house.loaded.book = open_rulebook(own, tmp_path / "cache")
        (own / "topics_local.csv").write_text("code,word,weight\nRC02,嘀,xx\n", "utf-8-sig")
        for _ in range(200):
            await asyncio.sleep(0.1)
            if log.warning.called:
                break
        await asyncio.sleep(1)  # it looks fifty times a second: time enough to say it again
    (told,) = log.warning.call_args_list
    assert told.args == ("rules.fault",)
    assert "topics_local.csv 第2行 分数要填 1 到 9999 的整数：xx" in told.kwargs["fault"]
