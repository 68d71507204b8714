"""Fit which words of letters tell that they can wait: `python -m bench urgency_refit OUT FILE… [--topics TABLE] [--without FIFTH]`.

The files are letters, {"id","subject","body","urgency"} or {"id","subject","text"}; the ids of the second kind stand with
their urgency in bench/topics_letters.csv (those in bench/topics_letters_held.csv are never learned from); the invented letters of
bench/letters_lines.csv are learned from beside them. Each is read as its text and as subject with text. OUT gets the place of rules/urgency_words.csv; the points of kind, matter and cues, which stand in nlp/signs.py, are
printed. `--without 0` leaves every fifth id out and tells how those are read; with a table of topics that has not seen
them (`--topics`) it tells how well it generalises. Letters of P1 have no say: what raises them is no matter of waiting.
It is logistic regression on the shipped readings: words that say little are left out, then it is fitted again.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.logistic import logistic
from bench.topics_refit import is_held, option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.signs import LETTER_MOST, MARKS, SPOKEN, TYPES, URGENCIES, signs_of
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rulebook import SHAPES, Row, read_rows, read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
LABELS = HERE / "topics_letters.csv"
AGREED = 4.0
"""How much a letter counts on whose urgency several readers agreed, beside one of a single reader."""
INVENTED = 1.0
"""The same of an invented letter."""
LEAST_LETTERS = 30
WORD = 0.5
"""A word counts less than what is known of the whole letter, so that no word takes its place."""
LEAST = 0.12
STIFF = 10.0
TELLING = (
    [("type", kind) for kind in TYPES]
    + [("level", level) for level in URGENCIES if level not in SPOKEN]
    + [("mark", mark) for mark in MARKS]
)


class Letter(NamedTuple):
    """A way to read a letter: what speaks for waiting with its value, the answer, what it counts; whose, and how read."""

    told: dict[str, float]
    waits: bool
    weight: float
    name: str
    group: str
    text: str
    urgency: str


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    fifth, args = option(args, "--without")
    table, args = option(args, "--topics")
    if not args:
        return print("python -m bench urgency_refit OUT FILE… [--topics TABLE] [--without FIFTH]")
    tables = dict(read_tables(RULES).rows)
    if table:
        tables["topics"] = read_rows(Path(table), SHAPES["topics"])
    lexicon = compile_lexicon(tables)
    letters = [each for file in args[1:] for each in _letters(lexicon, Path(file))]
    letters += _written(lexicon)
    taught = [each for each in letters if each.urgency != "P1" and not (fifth and is_held(each.name, fifth))]
    counts = Counter(name for each in taught for name in each.told)
    known = [name for name in sorted(counts) if not name.startswith("w:") or counts[name] >= LEAST_LETTERS]
    weights = _fit(taught, known)
    weights = _fit(taught, [name for name in known if not name.startswith("w:") or abs(weights[name]) * WORD >= LEAST])
    rows = _rows(weights)
    with Path(args[0]).open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("level", "word", "weight"), *rows])
    numbers = {name: round(10 * weight) for name, weight in weights.items() if not name.startswith("w:")}
    print(f"{len(rows)} words from {len(taught)} readings; in tenths of a logit: {numbers}")
    return _measure(tables, rows, [each for each in letters if not fifth or is_held(each.name, fifth)])


def _letters(lexicon: Lexicon, file: Path) -> Iterator[Letter]:
    with LABELS.open(encoding="utf-8", newline="") as table:
        labels = {row["id"]: row["urgency"] for row in csv.DictReader(table)}
    for given in map(json.loads, file.read_text("utf-8").splitlines()):
        name = str(given["id"])
        is_agreed = "urgency" in given
        urgency = given["urgency"] if is_agreed else labels.get(name, "")
        if not urgency or "subject" not in given:
            continue
        text = given["body"] if is_agreed else given["text"]
        for group, whole in (("letter", text), ("subject with letter", f"{given['subject'].strip()}。{text.strip()}")):
            told = _told(lexicon, whole)
            if told:
                group = f"{file.name}, {group}"
                weight = AGREED if is_agreed else 1.0
                yield Letter(told, urgency == "P3", weight, name, group, whole, "P1" if urgency == "P0" else urgency)


def _written(lexicon: Lexicon) -> Iterator[Letter]:
    with (HERE / "letters_lines.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            for group, whole in (
                ("written", row["body"]),
                ("written, with subject", f"{row['subject']}。{row['body']}"),
            ):
                if told := _told(lexicon, whole):
                    yield Letter(told, row["urgency"] == "P3", INVENTED, row["subject"], group, whole, row["urgency"])


def _told(lexicon: Lexicon, text: str) -> dict[str, float]:
    """Return what speaks for or against waiting in a letter; nothing for a short text."""
    heard = hear(lexicon, text)
    if len(heard.said) <= SHORT:
        return {}
    reading = classify(lexicon, text, heard)
    topic = lexicon.topics.get(reading.code or "")
    signs = signs_of(lexicon.signs.kept(heard.matter, heard.signs))
    told = {f"kind {reading.type}": 1.0, f"by itself {topic.urgency if topic else 'P3'}": 1.0, "start": 1.0}
    told |= {f"{axis} {value}": min(LETTER_MOST, signs.get(value, 0)) / 2 for axis, value in TELLING}
    told |= {f"w:{word}": WORD for word in set(lexicon.segmenter.cut(heard.matter)) if _is_word(word)}
    return told


def _is_word(word: str) -> bool:
    return len(word) > 1 and all("\u4e00" <= letter <= "\u9fff" for letter in word)


def _fit(letters: Sequence[Letter], names: Iterable[str]) -> dict[str, float]:
    told, right = [each.told for each in letters], [each.waits for each in letters]
    return logistic(told, right, [each.weight for each in letters], [0.0] * len(letters), STIFF, list(names))


def _rows(weights: Mapping[str, float]) -> list[tuple[str, str, int]]:
    told = {name[2:]: round(10 * WORD * weight) for name, weight in weights.items() if name.startswith("w:")}
    rows = [("P3" if points > 0 else "P2", word, abs(points)) for word, points in told.items() if points]
    return sorted(rows, key=lambda row: (row[0], -row[2], row[1]))


def _measure(
    tables: Mapping[str, Sequence[Row]], rows: Sequence[tuple[str, str, int]], letters: Sequence[Letter]
) -> None:
    cells = [{"level": level, "word": word, "weight": str(weight)} for level, word, weight in rows]
    words = [Row("urgency_words", at, each) for at, each in enumerate(cells, 2)]
    lexicon = compile_lexicon({**tables, "urgency_words": words})
    groups: dict[str, list[bool]] = {}
    for each in letters:
        read = classify(lexicon, each.text).urgency or ""
        groups.setdefault(each.group, []).append(read.replace("P0", "P1") == each.urgency)
    for name, right in groups.items():
        print(f"urgency right, {name}: {sum(right)}/{len(right)} = {sum(right) / len(right):.3f}")
