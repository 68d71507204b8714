"""Fit what short texts tell (rules/spoken.csv): `python -m bench spoken_refit OUT FILE… [--without WRITER]`.

Urgency and kind of request are learned from the matters of bench/topics_lines.csv and bench/talk_lines.csv,
bench/urgency_lines.csv (urgency alone), and the subjects of the letters in FILE, whose labels stand in them or, by id, in
bench/topics_letters.csv; what must be sealed from all of these, bench/seal_lines.csv, cries from home and what the tests hold
true; what is a matter and what mere talk from the same lines, bench/topics_talk.csv, and lines of {"text","src"} in FILE.
OUT gets the place of rules/spoken.csv: which signs are looked for is taken from there, the rest is found anew.

bench/talk_held.csv is never learned from; how it is read is told. `--without WRITER` leaves a writer out and tells how he is
read. The topics have seen their own lines, and are surer there than of others: those count less for what hangs on that.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bench.logistic import FREE, logistic
from bench.spoken_lines import RULES, SEEN, Given, held_back, learned_from
from bench.topics_refit import option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.pieces import pieces_of
from nlp.signs import TYPES, signs_of
from nlp.spoken import (
    ALWAYS,
    ALWAYS_SAID,
    AXES,
    BEGINS,
    CODE,
    ENDS,
    FOUND,
    KIND_CUE,
    LETTERS,
    SIGN,
    SOUNDS,
    STEP,
    STEPPED,
    known_of,
    last_of,
)
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rulebook import read_tables

LABELLED = {"subjects": 0.2, "tested": 6.0}
"""Subjects of letters are no talk, and whoever labelled them had read the letter; what the tests hold true is agreed on."""
COUNTS: Mapping[str, Mapping[str, float]] = {
    "sealed": {"subjects": 0.1, "village": 0.3, "ordinary": 0.1, "daily": 0.5, "tested": 3.0},
    "matter": {"subjects": 0.05, "village": 0.2, "ordinary": 0.15, "tested": 12.0, **dict.fromkeys(SEEN, 0.2)},
}
"""How much a line counts on an axis, by its writer; on the others LABELLED."""
CALM = 0.3
"""The same of what only looks like a cry, for sealing."""
STIFF = 1.0
LEAST_LINES = 4
"""What stands in fewer lines is left out."""
MOST_PIECES = 3500
"""So many letters and pairs are kept, those that tell most."""
STEPS = {SOUNDS: 0.25, **dict.fromkeys(STEPPED[1:], 0.2)}
"""What one step is worth: so that its weight is held like that of others."""
CUE, CUE_TELLS = (SIGN, "P1"), 75
"""A cue of P1 (rules/urgency.csv) alone makes urgent, unless all else speaks against it: fixed, so that whoever adds a cue
can rely on it. So do those of a kind (rules/topics_types.csv, nlp/spoken.py)."""
SLACK = 3
"""A missed danger is worse than one too many: so much, in tenths of a logit, is urgent already a little below the middle."""
LIMITS = (-15, -10, -5, 0, 5, 10, 15, 20, 25)

Feature = tuple[str, str]
START = (ALWAYS, ALWAYS_SAID)
CUES_OF_KIND = "cues of a kind"
"""Not in the table: nlp/spoken.py adds them by their points."""
Weights = Mapping[str, Mapping[Feature, float]]


class Line(NamedTuple):
    """A short text: its labels, how it is read now (urgency, kind), whether marks seal it, whether somebody wants to die
    (that is sealed whatever else is told), whether it is a sure cry, and what it tells, with values."""

    given: Given
    read: tuple[str, str]
    is_marked: bool
    is_despair: bool
    is_certain: bool
    told: Mapping[Feature, float]


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    without, args = option(args, "--without")
    if not args:
        return print("python -m bench spoken_refit OUT FILE… [--without WRITER]")
    tables = read_tables(RULES).rows
    silent = tuple(replace(row, cells={**row.cells, "sealed": ""}) for row in tables["spoken"])
    lexicon = compile_lexicon({**tables, "spoken": silent})  # so that the marks alone seal
    lines = _lines(lexicon, learned_from(map(Path, args[1:])))
    weights = _fit([line for line in lines if line.given.writer != without])
    examples = {row.cells["what"]: row.cells["example"] for row in tables["spoken"] if row.cells.get("example")}
    _write(Path(args[0]), weights, examples)
    held = [line for line in lines if line.given.writer == without] if without else _lines(lexicon, held_back())
    for writer in dict.fromkeys(line.given.writer for line in held):
        _show(writer, [line for line in held if line.given.writer == writer], weights)
    return None


def _lines(lexicon: Lexicon, given: Iterable[Given]) -> list[Line]:
    return [line for each in given if (line := _line(lexicon, each))]


def _line(lexicon: Lexicon, given: Given) -> Line | None:
    heard = hear(lexicon, given.text)
    matter = heard.matter
    if not matter or len(heard.said) > SHORT:
        return None
    reading = classify(lexicon, given.text, heard)
    told: dict[Feature, float] = {(LETTERS, piece): 1.0 for piece in pieces_of(matter) if piece == piece.strip()}
    signs = signs_of(lexicon.signs.kept(matter, heard.signs))
    told |= {(SIGN, sign): 1.0 for sign in signs}
    told |= {(CUES_OF_KIND, kind): float(signs[kind]) for kind in TYPES if kind in signs}
    told |= {(BEGINS, matter[0]): 1.0, (ENDS, last_of(matter)): 1.0, (CODE, reading.code or ""): 1.0, START: 1.0}
    shares = [(reading.code or "", reading.confidence), *reading.alternatives]
    known = known_of(shares, lexicon.accusing, heard.sounds)
    told |= {(name, str(STEP)): STEPS[name] * steps for name, steps in zip(STEPPED, known.steps, strict=True)}
    danger = heard.danger
    is_certain = danger is not None and danger.certain
    is_despair = danger is not None and danger.sealed and bool(reading.sealed)
    read = reading.urgency or "", reading.type or ""
    said = {each: value for each, value in told.items() if each[1].strip() and value}
    return Line(given, read, bool(reading.sealed), is_despair, is_certain, said)


def _count(line: Line, axis: str) -> float:
    count = COUNTS.get(axis, LABELLED).get(line.given.writer, 1.0)
    return CALM * count if axis == "sealed" and line.given.writer == "cries" and line.given.sealed == "0" else count


def _fit(lines: Sequence[Line]) -> Weights:
    """Return the weights of each axis. What tells least is left out, then it is fitted again."""
    counts = Counter(feature for line in lines for feature in line.told)
    known = {each for each, count in counts.items() if count >= LEAST_LINES and each[0] != CUES_OF_KIND}
    first = _axes(lines, known)
    most = {each: max(abs(first[axis].get(each, 0.0)) for axis in AXES) for each in known if each[0] == LETTERS}
    kept = sorted(most, key=lambda each: (-most[each], each))[:MOST_PIECES]
    return _axes(lines, {each for each in known if each[0] != LETTERS} | set(kept))


def _axes(lines: Sequence[Line], known: set[Feature]) -> Weights:
    urgent = [(line, line.given.urgency in ("P0", "P1")) for line in lines if line.given.urgency]
    waits = [(line, line.given.urgency == "P3") for line in lines if line.given.urgency in ("P2", "P3")]
    sealed = [(line, line.given.sealed == "1") for line in lines if line.given.sealed and not _is_given(line)]
    matter = [(line, line.given.what == "matter") for line in lines if line.given.what]
    told = {"urgent": urgent, "waits": waits, "sealed": sealed, "matter": matter}
    for kind in TYPES:
        told[kind] = [(line, line.given.kind == kind) for line in lines if line.given.kind]
    return {axis: _axis(axis, told[axis], known) for axis in AXES}


def _is_given(line: Line) -> bool:
    """Whether marks seal what is said to be open. It is left out, as when nothing its letters say could change that."""
    return line.is_marked and line.given.sealed == "0"


def _axis(axis: str, lines: Sequence[tuple[Line, bool]], known: set[Feature]) -> dict[Feature, float]:
    names = {each: FREE if each == START else "\t".join(each) for each in known if each not in _given_on(axis)}
    told = [{names[each]: value for each, value in line.told.items() if each in names} for line, _ in lines]
    counts = [_count(line, axis) for line, _ in lines]
    given = [sum(line.told.get(each, 0.0) * tells for each, tells in _given_on(axis).items()) for line, _ in lines]
    # In one order whatever order sets have today: the same lines give the same table.
    found = logistic(told, [right for _, right in lines], counts, given, STIFF, sorted(names.values()))
    weights = {each: found.get(name, 0.0) for each, name in names.items()}
    if axis == "urgent":
        weights[START] += SLACK / 10
    return weights | _given_on(axis)


def _given_on(axis: str) -> dict[Feature, float]:
    """What stands fixed on an axis."""
    if axis == "urgent":
        return {CUE: CUE_TELLS / 10}
    return {(SIGN, axis): 0.0, (CUES_OF_KIND, axis): KIND_CUE / 10} if axis in TYPES else {}


def _sum(line: Line, weights: Weights, axis: str) -> float:
    return 10 * sum(weights[axis].get(each, 0.0) * value for each, value in line.told.items())


def _judge(line: Line, weights: Weights) -> tuple[str, str]:
    sums = {axis: _sum(line, weights, axis) for axis in AXES}
    urgency = "P0" if line.is_certain else "P1" if sums["urgent"] > 0 else "P3" if sums["waits"] > 0 else "P2"
    return urgency, max(TYPES, key=sums.__getitem__)


def _write(out: Path, weights: Weights, examples: Mapping[str, str]) -> None:
    rows = []
    for found in (ALWAYS, *STEPPED, *(each for each in reversed(FOUND) if each not in (ALWAYS, *STEPPED))):
        named = {each for axis in AXES for each in weights[axis] if each[0] == found}
        for each in sorted(named, key=lambda each: each[1]):
            scale = 10 * STEPS.get(found, 1.0)
            points = [round(scale * weights[axis].get(each, 0.0)) for axis in AXES]
            if any(points) or each[1] in examples:
                rows.append((*each, *(point or "" for point in points), examples.get(each[1], "")))
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("found", "what", *AXES, "example"), *rows])
    print(f"{len(rows)} rows")


def _show(writer: str, lines: Sequence[Line], weights: Weights) -> None:
    labelled = [(line, *_judge(line, weights)) for line in lines if line.given.urgency]
    if labelled:
        urgency = _share((line.given.urgency, told) for line, told, _ in labelled)
        both = [(line.given.urgency.replace("P0", "P1"), told.replace("P0", "P1")) for line, told, _ in labelled]
        kind = _share((line.given.kind, told) for line, _, told in labelled if line.given.kind)
        now = (_share((line.given.urgency, line.read[0]) for line, *_ in labelled),
               _share((line.given.kind, line.read[1]) for line, *_ in labelled))  # fmt: skip
        print(
            f"{writer}: urgency {urgency} ({_share(both)} with P0 as P1; as read now {now[0]}), kind {kind} ({now[1]})"
        )
    told = [line for line in lines if line.given.sealed and not line.is_despair]
    secret = [(line, line.given.sealed == "1", _sum(line, weights, "sealed")) for line in told]
    for limit in LIMITS:
        found = [right for line, right, points in secret if line.is_marked or points > limit]
        print(
            f"  sealed from {limit}: {sum(found)} of {sum(right for _, right, _ in secret)}, {found.count(False)} in vain"
        )
    for limit in LIMITS:
        met = [(line.given.what, _sum(line, weights, "matter") > limit) for line in lines if line.given.what]
        counts = Counter(met)
        shares = [counts[what, True] / max(1, counts[what, True] + counts[what, False]) for what in ("matter", "talk")]
        print(f"  matter from {limit}: {shares[0]:.3f} of matters, {shares[1]:.3f} of talk")


def _share(told: Iterable[tuple[str, str]]) -> str:
    pairs = list(told)
    right = sum(one == other for one, other in pairs)
    return f"{right}/{len(pairs)} = {right / max(1, len(pairs)):.3f}"


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
