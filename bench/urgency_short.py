"""Fit what tells how urgent a short text is: `python -m bench urgency_short OUT FILE… [--without VOICE]`.

It learns from bench/urgency_lines.csv (lines with their urgency, by voice: five made for this, and lines of other writers
out of bench/topics_*.csv, labelled since), and from the subjects of the letters in the files given, whose urgency stands
in them or, by id, in bench/topics_letters.csv. Which signs are weighed, alone or together, stands in
rules/urgency_signs.csv; OUT gets its place, with new weights. The numbers of nlp/signs.py are printed. `--without VOICE`
leaves that voice out; without it every voice is left out in turn and read by what was learned from the others.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.logistic import logistic
from bench.topics_refit import option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.rules import Row
from nlp.signs import LEVELS, URGENT_CUE, signs_of
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rulebook import read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
COUNTS = {"subjects": 0.1, "village": 1.0}
"""Subjects of letters are no talk, and whoever labelled them had read the letter."""
SLACK = 3
"""A missed danger is worse than one too many: so much, in tenths of a logit, is urgent already a little below the middle."""
WAITING = 1.3
STIFF = 1.0


class Line(NamedTuple):
    """A short text: whose, how urgent it is, how it is read now; what it tells of being urgent, and of waiting."""

    voice: str
    urgency: str
    read: str
    has_cue: bool
    urgent: dict[str, float]
    waits: dict[str, float]


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    without, args = option(args, "--without")
    if not args:
        return print("python -m bench urgency_short OUT FILE… [--without VOICE]")
    tables = read_tables(RULES).rows
    lexicon, rows = compile_lexicon(tables), tables["urgency_signs"]
    lines = list(_lines(lexicon, rows, map(Path, args[1:])))
    urgent, waits = _fit([line for line in lines if line.voice != without])
    _write(Path(args[0]), rows, {**urgent, **waits})
    for weights in (urgent, waits):
        print({name: round(10 * weight) for name, weight in weights.items() if " " not in name})
    for voice in [without] if without else dict.fromkeys(line.voice for line in lines):
        learned = _fit([line for line in lines if line.voice != voice])
        held = [line for line in lines if line.voice == voice]
        told = [(line.urgency, _judge(line, *learned)) for line in held]
        print(f"{voice}, left out: {_share(told)} (as read now: {_share((line.urgency, line.read) for line in held)})")
    return None


def _lines(lexicon: Lexicon, rows: Sequence[Row], files: Iterable[Path]) -> Iterator[Line]:
    with (HERE / "urgency_lines.csv").open(encoding="utf-8", newline="") as table:
        told = [(row["voice"], row["urgency"], row["text"]) for row in csv.DictReader(table)]
    with (HERE / "topics_letters.csv").open(encoding="utf-8", newline="") as table:
        labels = {row["id"]: row["urgency"] for row in csv.DictReader(table)}
    for file in files:
        for given in map(json.loads, file.read_text("utf-8").splitlines()):
            voice = "village" if "urgency" in given else "subjects"
            urgency = given.get("urgency") or labels.get(str(given["id"]), "")
            if urgency and "subject" in given:
                told.append((voice, urgency.replace("P0", "P1"), given["subject"]))
    for voice, urgency, text in told:
        line = _line(lexicon, rows, voice, urgency, text)
        if line:
            yield line


def _line(lexicon: Lexicon, rows: Sequence[Row], voice: str, urgency: str, text: str) -> Line | None:
    heard = hear(lexicon, text)
    if len(heard.said) > SHORT:
        return None
    reading = classify(lexicon, text, heard)
    topic = lexicon.topics.get(reading.code or "")
    signs = signs_of(lexicon.signs.kept(heard.matter, heard.signs))
    base = {"start": 1.0, f"kind:{reading.type}": 1.0, f"itself:{topic.urgency if topic else 'P3'}": 1.0}
    urgent, waits = dict(base), dict(base)
    for level in ("P2", "P3"):
        waits[f"cue:{level}"] = min(2, signs.get(level, 0))
    waits["accused"] = float(not {"accusation", "blame", "fault"}.isdisjoint(signs))
    for row in rows:
        if signs.keys() >= set(row.cells["signs"].split()):
            (urgent if LEVELS[row.cells["level"]][0] else waits)[_name(row)] = 1.0
    read = (reading.urgency or "").replace("P0", "P1")
    return Line(voice, urgency, read, "P1" in signs, urgent, waits)


def _name(row: Row) -> str:
    axis = "urgent" if LEVELS[row.cells["level"]][0] else "waits"
    return f"{axis}: {row.cells['signs']}"


_P1_MATTER = "itself:P1"
_URGENT_KNOWS = ("kind:建议", "kind:表扬", _P1_MATTER)


def _fit(lines: Sequence[Line]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights for being urgent, a cue of P1 counting a fixed number of points, and for waiting."""
    urgent = [
        {n: v for n, v in line.urgent.items() if ":" not in n or " " in n or n in _URGENT_KNOWS} for line in lines
    ]
    counts = [COUNTS.get(line.voice, 1.0) for line in lines]
    given = [URGENT_CUE / 10 * line.has_cue for line in lines]
    one = logistic(urgent, [line.urgency == "P1" for line in lines], counts, given, STIFF)
    one["start"] += SLACK / 10
    # A matter that is P1 by itself and only asked about is P2, says the page of topics: nothing to learn there.
    calm = [line for line in lines if line.urgency in ("P2", "P3") and _P1_MATTER not in line.waits]
    can_wait = [line.urgency == "P3" for line in calm]
    counts = [COUNTS.get(line.voice, 1.0) * (WAITING if line.urgency == "P3" else 1.0) for line in calm]
    return one, logistic([line.waits for line in calm], can_wait, counts, [0.0] * len(calm), STIFF)


def _judge(line: Line, urgent: Mapping[str, float], waits: Mapping[str, float]) -> str:
    points = sum(urgent.get(name, 0.0) * value for name, value in line.urgent.items())
    if points + URGENT_CUE / 10 * line.has_cue > 0:
        return "P1"
    if _P1_MATTER in line.waits:
        return "P3" if {"kind:建议", "kind:表扬"} & line.waits.keys() else "P2"
    return "P3" if sum(waits.get(name, 0.0) * value for name, value in line.waits.items()) > 0 else "P2"


def _write(out: Path, rows: Sequence[Row], weights: Mapping[str, float]) -> None:
    """A sign may turn out to speak for the other side; what says nothing is left out."""
    told = []
    for row in rows:
        points = round(10 * weights.get(_name(row), 0.0))
        more, less = ("P1", "low") if LEVELS[row.cells["level"]][0] else ("P3", "P2")
        if points:
            told.append((more if points > 0 else less, row.cells["signs"], abs(points), row.cells["example"]))
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("level", "signs", "weight", "example"), *told])


def _share(told: Iterable[tuple[str, str]]) -> str:
    pairs = list(told)
    right = sum(one == other for one, other in pairs)
    return f"{right}/{len(pairs)} = {right / len(pairs):.3f}"
