"""Fit what short texts tell of urgency and of the kind of request: `python -m bench spoken_refit OUT FILE… [--without WRITER]`.

It learns from bench/topics_lines.csv and bench/talk_lines.csv (matters with urgency and kind), bench/urgency_lines.csv
(urgency alone), and from the subjects of the letters in FILE, whose labels stand in them or, by id, in
bench/topics_letters.csv. OUT gets the place of rules/spoken.csv: which signs are looked for is taken from there, the rest
is found anew. bench/talk_held.csv is never learned from; how it is read is told. `--without WRITER` leaves a writer out
(lines, oblique, plain, subjects, village, or a voice) and tells how he is read.
"""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.logistic import FREE, logistic
from bench.topics_refit import option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.pieces import pieces_of
from nlp.signs import TYPES, signs_of
from nlp.spoken import (
    ALWAYS,
    ALWAYS_SAID,
    AXES,
    BEGINS,
    ENDS,
    KIND_CUE,
    LETTERS,
    MATTER,
    SIGN,
    SOUND_STEP,
    SOUNDS,
    last_of,
    steps_of,
)
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rulebook import read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
TESTS = HERE.parent / "tests" / "nlp"
HELD = HERE / "talk_held.csv"
COUNTS = {"subjects": 0.1, "tested": 6.0}
"""Subjects of letters are no talk, and whoever labelled them had read the letter; what the tests hold true is agreed on."""
STIFF = 1.0
LEAST_LINES = 4
"""What stands in fewer lines is left out."""
MOST_PIECES = 2000
"""So many letters and pairs are kept, those that tell most."""
SOUND = 0.25
"""What one step of sounding like danger is worth: ten points, so that its weight is held like that of others."""
CUE, CUE_TELLS = (SIGN, "P1"), 50
"""A cue of P1 (rules/urgency.csv) alone makes urgent, unless all else speaks against it: fixed, so that whoever adds a cue
can rely on it. So do those of a kind (rules/topics_types.csv, nlp/spoken.py)."""
SLACK = 3
"""A missed danger is worse than one too many: so much, in tenths of a logit, is urgent already a little below the middle."""

Feature = tuple[str, str]
START = (ALWAYS, ALWAYS_SAID)
CUES_OF_KIND = "cues of a kind"
"""Not in the table: nlp/spoken.py adds them by their points."""
Weights = Mapping[str, Mapping[Feature, float]]


class Line(NamedTuple):
    """A short text: whose, its labels ("" where it has none), how it is read now, and what it tells, with values."""

    writer: str
    urgency: str
    kind: str
    read: tuple[str, str]
    is_certain: bool
    told: Mapping[Feature, float]


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    without, args = option(args, "--without")
    if not args:
        return print("python -m bench spoken_refit OUT FILE… [--without WRITER]")
    tables = read_tables(RULES).rows
    lexicon = compile_lexicon(tables)
    lines = [each for given in _given(map(Path, args[1:])) if (each := _line(lexicon, *given))]
    weights = _fit([line for line in lines if line.writer != without])
    examples = {row.cells["what"]: row.cells["example"] for row in tables["spoken"] if row.cells.get("example")}
    _write(Path(args[0]), weights, examples)
    held = [each for given in _table(HELD, HELD.stem) if (each := _line(lexicon, *given))]
    for writer in [without] if without else dict.fromkeys(line.writer for line in held):
        _show(writer, [line for line in (lines if without else held) if line.writer == writer], weights)
    return None


_Given = tuple[str, str, str, str]
"""Writer, urgency, kind, text."""


def _given(files: Iterable[Path]) -> Iterator[_Given]:
    yield from _table(HERE / "topics_lines.csv", "lines")
    yield from _table(HERE / "talk_lines.csv", "talk")
    yield from _table(HERE / "urgency_lines.csv", "urgency")
    yield from _tested()
    with (HERE / "topics_letters.csv").open(encoding="utf-8", newline="") as table:
        labels = {row["id"]: row for row in csv.DictReader(table)}
    for file in files:
        for given in map(json.loads, file.read_text("utf-8").splitlines()):
            label = given if "urgency" in given else labels.get(str(given["id"]))
            if label and label["urgency"] and "subject" in given:
                writer = "village" if "urgency" in given else "subjects"
                yield writer, label["urgency"], label["type"], given["subject"]


def _tested() -> Iterator[_Given]:
    """Yield what tests/nlp/test_signs.py holds true of urgency."""
    spec = importlib.util.spec_from_file_location("tested", TESTS / "test_signs.py")
    if spec is None or spec.loader is None:
        return
    tested = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tested)
    for text in tested.URGENT_ALL_THE_SAME:
        yield "tested", "P1", "", text
    for test in vars(tested).values():
        for mark in getattr(test, "pytestmark", ()):
            names = mark.args[0]
            if "level" in names or "urgency" in names:
                for each in mark.args[1]:
                    told = dict(zip(names, each, strict=True))
                    yield "tested", told.get("level") or told["urgency"], "", told.get("text", "")


def _table(file: Path, name: str) -> Iterator[_Given]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        for row in csv.DictReader(table):
            if row["urgency"]:
                yield row.get("writer") or row.get("voice") or name, row["urgency"], row.get("type", ""), row["text"]


def _line(lexicon: Lexicon, writer: str, urgency: str, kind: str, text: str) -> Line | None:
    heard = hear(lexicon, text)
    matter = heard.matter
    if not matter or len(heard.said) > SHORT:
        return None
    reading = classify(lexicon, text, heard)
    told: dict[Feature, float] = {(LETTERS, piece): 1.0 for piece in pieces_of(matter)}
    signs = signs_of(lexicon.signs.kept(matter, heard.signs))
    told |= {(SIGN, sign): 1.0 for sign in signs}
    told |= {(CUES_OF_KIND, kind): float(signs[kind]) for kind in TYPES if kind in signs}
    told |= {(BEGINS, matter[0]): 1.0, (ENDS, last_of(matter)): 1.0, (MATTER, reading.code or ""): 1.0}
    told |= {(SOUNDS, str(SOUND_STEP)): SOUND * steps_of(heard.sounds), START: 1.0}
    read = reading.urgency or "", reading.type or ""
    is_certain = heard.danger is not None and heard.danger.certain
    return Line(writer, urgency, kind, read, is_certain, {each: value for each, value in told.items() if each[1]})


def _fit(lines: Sequence[Line]) -> Weights:
    """Return the weights of each axis. What tells least is left out, then it is fitted again."""
    counts = Counter(feature for line in lines for feature in line.told)
    known = {each for each, count in counts.items() if count >= LEAST_LINES and each[0] != CUES_OF_KIND}
    first = _axes(lines, known)
    most = {each: max(abs(first[axis].get(each, 0.0)) for axis in AXES) for each in known if each[0] == LETTERS}
    kept = sorted(most, key=lambda each: (-most[each], each))[:MOST_PIECES]
    return _axes(lines, {each for each in known if each[0] != LETTERS} | set(kept))


def _axes(lines: Sequence[Line], known: set[Feature]) -> Weights:
    urgent = [line.urgency in ("P0", "P1") for line in lines]
    calm = [line for line in lines if line.urgency in ("P2", "P3")]
    of_kind = [line for line in lines if line.kind]
    return {
        "urgent": _axis("urgent", lines, urgent, known),
        "waits": _axis("waits", calm, [line.urgency == "P3" for line in calm], known),
    } | {kind: _axis(kind, of_kind, [line.kind == kind for line in of_kind], known) for kind in TYPES}


def _axis(axis: str, lines: Sequence[Line], right: Sequence[bool], known: set[Feature]) -> dict[Feature, float]:
    names = {each: FREE if each == START else "\t".join(each) for each in known if each not in _given_on(axis)}
    told = [{names[each]: value for each, value in line.told.items() if each in names} for line in lines]
    counts = [COUNTS.get(line.writer, 1.0) for line in lines]
    given = [sum(line.told.get(each, 0.0) * tells for each, tells in _given_on(axis).items()) for line in lines]
    # In one order whatever order sets have today: the same lines give the same table.
    found = logistic(told, right, counts, given, STIFF, sorted(names.values()))
    weights = {each: found.get(name, 0.0) for each, name in names.items()}
    if axis == "urgent":
        weights[START] += SLACK / 10
    return weights | _given_on(axis)


def _given_on(axis: str) -> dict[Feature, float]:
    """What stands fixed on an axis."""
    if axis == "urgent":
        return {CUE: CUE_TELLS / 10}
    return {(SIGN, axis): 0.0, (CUES_OF_KIND, axis): KIND_CUE / 10} if axis in TYPES else {}


def _judge(line: Line, weights: Weights) -> tuple[str, str]:
    sums = {axis: sum(weights[axis].get(each, 0.0) * value for each, value in line.told.items()) for axis in AXES}
    urgency = "P0" if line.is_certain else "P1" if sums["urgent"] > 0 else "P3" if sums["waits"] > 0 else "P2"
    return urgency, max(TYPES, key=sums.__getitem__)


def _write(out: Path, weights: Weights, examples: Mapping[str, str]) -> None:
    rows = []
    for found in (ALWAYS, SOUNDS, SIGN, MATTER, ENDS, BEGINS, LETTERS):
        named = {each for axis in AXES for each in weights[axis] if each[0] == found}
        for each in sorted(named, key=lambda each: each[1]):
            scale = 10 * (SOUND if found == SOUNDS else 1.0)
            points = [round(scale * weights[axis].get(each, 0.0)) for axis in AXES]
            if any(points) or each[1] in examples:
                rows.append((*each, *(point or "" for point in points), examples.get(each[1], "")))
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("found", "what", *AXES, "example"), *rows])
    print(f"{len(rows)} rows")


def _show(writer: str, lines: Sequence[Line], weights: Weights) -> None:
    judged = [(line, *_judge(line, weights)) for line in lines]
    urgency = _share((line.urgency, told) for line, told, _ in judged)
    without_cries = _share((line.urgency.replace("P0", "P1"), told.replace("P0", "P1")) for line, told, _ in judged)
    kind = _share((line.kind, told) for line, _, told in judged if line.kind)
    now = _share((line.urgency, line.read[0]) for line in lines), _share((line.kind, line.read[1]) for line in lines)
    print(f"{writer}: urgency {urgency} ({without_cries} with P0 as P1; as read now {now[0]}), kind {kind} ({now[1]})")


def _share(told: Iterable[tuple[str, str]]) -> str:
    pairs = list(told)
    return f"{sum(one == other for one, other in pairs)}/{len(pairs)} = {sum(one == other for one, other in pairs) / max(1, len(pairs)):.3f}"


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
