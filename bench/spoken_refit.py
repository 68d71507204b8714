"""Fit what short texts and letters tell: `python -m bench spoken_refit OUT FILE… [--letters] [--topics TABLE] [--without WRITER]
[--only AXIS]`.

Of short texts (rules/spoken.csv) urgency and kind of request are learned from the matters of bench/topics_lines.csv and
bench/talk_lines.csv, bench/urgency_lines.csv (urgency alone), and the subjects of invented letters (bench/letters_lines.csv)
and of those in FILE, whose labels stand in them or, by id, in bench/topics_letters.csv; what must be sealed from all of these,
bench/seal_lines.csv, cries from home and what the tests hold true; what is a matter and what mere talk from the same lines,
bench/topics_talk.csv, and lines of {"text","src"} in FILE. With `--letters` (rules/written.csv) from the same letters, each as
its text and as subject with text. OUT gets the place of the table: which signs are looked for is taken from there, the rest is
found anew.

bench/talk_held.csv is never learned from; how it is read is told. `--without WRITER` leaves a writer out and tells how he is
read; the letters in FILE are by five writers each, by their ids (`village 0`). The topics have seen their own lines, and are
surer there than of others: those count less for what hangs on that, and `--topics` gives a table that has not seen them.
`--only AXIS` fits one axis anew; the others, and the letters, pairs and words they are told by, stay as they are.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bench.logistic import FREE, logistic
from bench.spoken_lines import RULES, SEEN, Given, held_back, learned_from, letters_from
from bench.topics_refit import option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.pieces import pieces_of
from nlp.signs import SEALING_MARKS, TYPES, signs_of
from nlp.spoken import (
    ALWAYS,
    ALWAYS_SAID,
    AXES,
    BEGINS,
    CODE,
    ENDS,
    FOUND,
    KIND_CUE,
    LETTER_CUE,
    LETTERS,
    MOST_CUES,
    SIGN,
    SOUNDS,
    STEP,
    STEPPED,
    WORD,
    known_of,
    last_of,
)
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rule_rows import Row
from storage.rulebook import SHAPES, read_rows, read_tables

LABELLED = {"subjects": 0.02, "written": 0.1, "village": 1.0, "tested": 2.0, "hard": 0.15, "alarmed": 0.0}
"""How much a short line counts, by the first word of its writer. Subjects of letters are no talk, and whoever labelled them had
read the letter; what the tests hold true is agreed on; `hard` lines were written at the edges of what must be sealed, and are
much alike; `alarmed` are the cries the wording of danger is learned from."""
LETTER_COUNTS = {"village": 4.0}
"""How much a letter counts: of `village` several readers agreed on the labels."""
COUNTS: Mapping[str, Mapping[str, float]] = {
    "sealed": {
        "subjects": 0.02,
        "written": 0.1,
        "village": 0.3,
        "ordinary": 0.1,
        "daily": 0.5,
        "tested": 2.0,
        "hard": 0.3,
    },
    "matter": {
        "subjects": 0.05,
        "written": 0.05,
        "village": 0.2,
        "ordinary": 0.15,
        "tested": 12.0,
        "hard": 0.0,
        **dict.fromkeys(SEEN, 0.2),
    },
    "cry": {"subjects": 0.2, "village": 4.0, "tested": 6.0, "hard": 0.15, "alarmed": 0.3},
}
"""How much a short line counts on an axis, by the first word of its writer; on the others LABELLED."""
CALM = 0.3
"""The same of what only looks like a cry, for sealing."""
STIFF = {LETTERS: 1.0, WORD: 4.0}
"""How much weights are held back in short texts and in letters, which meet more at once."""
STIFF_ON = {"urgent": 0.4, "waits": 0.6, "sealed": 1.5, "matter": 2.5, "cry": 2.0}
"""The same on one axis of short texts: less where many lines tell, more where few do."""
LEAST_LINES = {LETTERS: 2, WORD: 12}
"""What stands in fewer lines is left out."""
MOST_PIECES = {LETTERS: 20000, WORD: 1500}
"""So many letters and pairs, or words, are kept: those whose weight, raised by how many lines have them, is most."""
RARER, LEAST_RARE = 0.5, 0.2
"""What is rare in short texts is held back less, as in the topics (decision record 10): its value is raised by how rare it is,
to this power; what nearly all lines have counts as that rare at least."""
OFTENER = 0.25
"""Which letters and pairs are kept hangs on their weight and on how many lines have them, to this power."""
_MANY, LEAST_POINTS = (LETTERS, WORD, BEGINS, ENDS), 2
"""A letter, pair or word that says less than that on every axis is left out, too."""
STEPS = {SOUNDS: 0.25, **dict.fromkeys(STEPPED[1:], 0.2)}
"""What one step is worth: so that its weight is held like that of others."""
CUES_TELL = {"urgent": {(SIGN, "P1"): 90}, "sealed": {(SIGN, mark): 20 for mark in SEALING_MARKS}}
"""A cue of P1 (rules/urgency.csv) alone makes a short text urgent, a mark (rules/topics_sealed.csv) seals it, unless all else
speaks against it: fixed, so that whoever adds one can rely on it. So do cues of a kind (rules/topics_types.csv)."""
SLACK = {"urgent": 5, "waits": 3}
"""Tenths of a logit given to short texts in the end: a missed danger is worse than one too many, and the many lines written for
each code are more often P2 than what people write."""
LIMITS = (-15, -10, -5, 0, 5, 10, 15, 20, 25)

Feature = tuple[str, str]
START = (ALWAYS, ALWAYS_SAID)
CUES_OF_KIND = "cues of a kind"
"""Not in the table: nlp/spoken.py adds them by their points."""
Weights = Mapping[str, Mapping[Feature, float]]


class Line(NamedTuple):
    """A text: its labels, how it is read now (urgency, kind), whether marks seal it, whether somebody wants to die (that is
    sealed whatever else is told), whether it is a sure cry, whether it is a letter, and what it tells, with values."""

    given: Given
    read: tuple[str, str]
    is_marked: bool
    is_despair: bool
    is_certain: bool
    is_letter: bool
    told: Mapping[Feature, float]


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    without, args = option(args, "--without")
    topics, args = option(args, "--topics")
    only, args = option(args, "--only")
    is_letter = "--letters" in args
    args = [each for each in args if each != "--letters"]
    if not args or only not in ("", *AXES):
        return print(
            "python -m bench spoken_refit OUT FILE… [--letters] [--topics TABLE] [--without WRITER] [--only AXIS]"
        )
    tables = dict(read_tables(RULES).rows)
    if topics:
        tables["topics"] = read_rows(Path(topics), SHAPES["topics"])
    silent = {
        name: tuple(replace(row, cells={**row.cells, "sealed": ""}) for row in tables[name])
        for name in ("spoken", "written")
    }
    lexicon = compile_lexicon({**tables, **silent})  # so that the marks alone seal
    files = list(map(Path, args[1:]))
    lines = _lines(lexicon, letters_from(files) if is_letter else learned_from(files), is_letter=is_letter)
    old = tables["written" if is_letter else "spoken"]
    stays = _weights_of(old) if only else {}
    weights = stays | _fit([line for line in lines if line.given.writer != without], (only,) if only else AXES, stays)
    examples = {row.cells["what"]: row.cells["example"] for row in old if row.cells.get("example")}
    _write(Path(args[0]), weights, examples)
    held = [line for line in lines if line.given.writer == without]
    if not without and not is_letter:
        held = _lines(lexicon, held_back(), is_letter=False)
    for writer in dict.fromkeys(line.given.writer for line in held):
        _show(writer, [line for line in held if line.given.writer == writer], weights)
    return None


def _lines(lexicon: Lexicon, given: Iterable[Given], *, is_letter: bool) -> list[Line]:
    return [line for each in given if (line := _line(lexicon, each, is_letter=is_letter))]


def _line(lexicon: Lexicon, given: Given, *, is_letter: bool) -> Line | None:
    heard = hear(lexicon, given.text)
    matter = heard.matter
    if not matter or (len(heard.said) > SHORT) != is_letter:
        return None
    reading = classify(lexicon, given.text, heard)
    signs = signs_of(lexicon.signs.kept(matter, heard.signs))
    told: dict[Feature, float] = {(SIGN, sign): 1.0 for sign in signs}
    if is_letter:
        told |= {(WORD, word): 1.0 for word in reading.scores.cut if _is_word(word)}
        told |= {(CUES_OF_KIND, kind): float(min(MOST_CUES, signs[kind])) for kind in TYPES if kind in signs}
    else:
        told |= {(LETTERS, piece): 1.0 for piece in pieces_of(matter) if piece == piece.strip()}
        told |= {(CUES_OF_KIND, kind): float(signs[kind]) for kind in TYPES if kind in signs}
        told |= {(BEGINS, matter[0]): 1.0, (ENDS, last_of(matter)): 1.0}
    told |= {(CODE, reading.code or ""): 1.0, START: 1.0}
    shares = [(reading.code or "", reading.confidence), *reading.alternatives]
    known = known_of(shares, lexicon.accusing, heard.sounds)
    told |= {(name, str(STEP)): STEPS[name] * steps for name, steps in zip(STEPPED, known.steps, strict=True)}
    danger = heard.danger
    is_certain = danger is not None and danger.certain
    is_despair = danger is not None and danger.sealed and bool(reading.sealed)
    read = reading.urgency or "", reading.type or ""
    said = {each: value for each, value in told.items() if each[1].strip() and value}
    return Line(given, read, bool(reading.sealed), is_despair, is_certain, is_letter, said)


def _is_word(word: str) -> bool:
    return len(word) > 1 and all("\u4e00" <= letter <= "\u9fff" for letter in word)


def _count(line: Line, axis: str) -> float:
    writer = line.given.writer.split()[0]
    if line.is_letter:
        return LETTER_COUNTS.get(writer, 1.0)
    count = COUNTS.get(axis, LABELLED).get(writer, 1.0)
    return CALM * count if axis == "sealed" and writer == "cries" and line.given.sealed == "0" else count


def _weights_of(rows: Iterable[Row]) -> dict[str, dict[Feature, float]]:
    """Return the weights of a table."""
    told = [((row.cells["found"], row.cells["what"]), row.cells) for row in rows]
    return {axis: {each: int(cells.get(axis) or 0) / _scale(each) for each, cells in told} for axis in AXES}


def _fit(lines: Sequence[Line], axes: Sequence[str], stays: Weights) -> Weights:
    """Return the weights of these axes. What tells least is left out, then it is fitted again; what tells something on an
    axis that stays, is kept."""
    form = WORD if lines[0].is_letter else LETTERS
    counts = Counter(feature for line in lines for feature in line.told)
    known = {each for each, count in counts.items() if count >= LEAST_LINES[form] and each[0] != CUES_OF_KIND}
    reach = _reach(lines, {each: counts[each] for each in known}) if form == LETTERS else {}
    first = _axes(lines, reach, known, form, axes)
    standing = {each for weights in stays.values() for each, weight in weights.items() if weight}
    most = {
        each: max(abs(first[axis].get(each, 0.0)) for axis in axes)
        * (counts[each] ** OFTENER if form == LETTERS else 1)
        for each in known
        if each[0] == form
    }
    kept = sorted(most, key=lambda each: (each not in standing, -most[each], each))[: MOST_PIECES[form]]
    weights = _axes(lines, reach, {each for each in known if each[0] != form} | set(kept), form, axes)
    return _rounded(lines, weights, form, standing)


def _rounded(lines: Sequence[Line], weights: Weights, form: str, standing: Collection[Feature]) -> Weights:
    """Return the weights as the table has them, in whole points, and where each axis starts found again beside those: what
    is rounded on each of many steps adds up."""
    told = _told_on(lines, form)
    said = {
        each
        for axis in weights
        for each, weight in weights[axis].items()
        if each != START and (each[0] not in _MANY or each in standing or abs(_points(each, weight)) >= LEAST_POINTS)
    }
    whole = {
        axis: {each: _points(each, weight) / _scale(each) for each, weight in weights[axis].items() if each in said}
        for axis in weights
    }
    return {axis: whole[axis] | {START: _start(axis, told[axis], whole[axis], form)} for axis in weights}


def _start(axis: str, lines: Sequence[tuple[Line, bool]], weights: Mapping[Feature, float], form: str) -> float:
    given = [sum(weights.get(each, 0.0) * value for each, value in line.told.items()) for line, _ in lines]
    counts = [_count(line, axis) for line, _ in lines]
    found = logistic([{FREE: 1.0}] * len(lines), [right for _, right in lines], counts, given, 0.0)
    return found.get(FREE, 0.0) + (SLACK.get(axis, 0) / 10 if form == LETTERS else 0.0)


def _scale(each: Feature) -> float:
    """How many points of the table one logit of a value is: a row of STEPPED is met once for each step."""
    return 10 * STEPS.get(each[0], 1.0)


def _points(each: Feature, weight: float) -> int:
    return round(_scale(each) * weight)


def _reach(lines: Sequence[Line], counts: Mapping[Feature, int]) -> dict[Feature, float]:
    """Return by how much the values of letters and pairs are raised, being rare; those that are neither stay."""
    rare = {each: math.log(len(lines) / count) for each, count in counts.items() if each[0] in (LETTERS, BEGINS, ENDS)}
    pieces = [value for each, value in rare.items() if each[0] == LETTERS]
    usual = sum(pieces) / len(pieces) if pieces else 1.0
    return {each: (max(LEAST_RARE, value) / usual) ** RARER for each, value in rare.items()}


def _axes(
    lines: Sequence[Line], reach: Mapping[Feature, float], known: set[Feature], form: str, axes: Sequence[str]
) -> Weights:
    told = _told_on(lines, form)
    return {axis: _axis(axis, told[axis], reach, known, form) for axis in axes}


def _told_on(lines: Sequence[Line], form: str) -> dict[str, list[tuple[Line, bool]]]:
    """Return for each axis the lines whose label is known there, with it."""
    urgent = [(line, line.given.urgency in ("P0", "P1")) for line in lines if line.given.urgency]
    waits = [(line, line.given.urgency == "P3") for line in lines if line.given.urgency in ("P2", "P3")]
    sealed = [(line, line.given.sealed == "1") for line in lines if line.given.sealed]
    matter = [(line, line.given.what == "matter") for line in lines if line.given.what]
    cry = [(line, line.given.urgency == "P0") for line in lines if line.given.urgency in ("P0", "P1")]
    told = {"urgent": urgent, "waits": waits, "sealed": sealed}
    told |= {"matter": [], "cry": []} if form == WORD else {"matter": matter, "cry": cry}
    for kind in TYPES:
        told[kind] = [(line, line.given.kind == kind) for line in lines if line.given.kind]
    return told


def _axis(
    axis: str, lines: Sequence[tuple[Line, bool]], reach: Mapping[Feature, float], known: set[Feature], form: str
) -> dict[Feature, float]:
    fixed = _given_on(axis, form)
    names = {each: FREE if each == START else "\t".join(each) for each in known if each not in fixed}
    told = [
        {names[each]: value * reach.get(each, 1.0) for each, value in line.told.items() if each in names}
        for line, _ in lines
    ]
    counts = [_count(line, axis) for line, _ in lines]
    given = [sum(line.told.get(each, 0.0) * tells for each, tells in fixed.items()) for line, _ in lines]
    # In one order whatever order sets have today: the same lines give the same table.
    stiff = STIFF_ON.get(axis, STIFF[form]) if form == LETTERS else STIFF[form]
    found = logistic(told, [right for _, right in lines], counts, given, stiff, sorted(names.values()))
    return {each: found.get(name, 0.0) * reach.get(each, 1.0) for each, name in names.items()} | fixed


def _given_on(axis: str, form: str) -> dict[Feature, float]:
    """What stands fixed on an axis."""
    if form == LETTERS and axis in CUES_TELL:
        return {each: points / 10 for each, points in CUES_TELL[axis].items()}
    cue = LETTER_CUE if form == WORD else KIND_CUE
    return {(SIGN, axis): 0.0, (CUES_OF_KIND, axis): cue / 10} if axis in TYPES else {}


def _sum(line: Line, weights: Weights, axis: str) -> float:
    return 10 * sum(weights[axis].get(each, 0.0) * value for each, value in line.told.items())


def _judge(line: Line, weights: Weights) -> tuple[str, str]:
    sums = {axis: _sum(line, weights, axis) for axis in AXES}
    is_urgent = sums["urgent"] > 0 or (line.is_letter and (SIGN, "petition") in line.told)
    urgency = "P0" if line.is_certain else "P1" if is_urgent else "P3" if sums["waits"] > 0 else "P2"
    return urgency, max(TYPES, key=sums.__getitem__)


def _write(out: Path, weights: Weights, examples: Mapping[str, str]) -> None:
    rows = []
    for found in (ALWAYS, *STEPPED, *(each for each in reversed(FOUND) if each not in (ALWAYS, *STEPPED))):
        named = {each for axis in AXES for each in weights[axis] if each[0] == found}
        for each in sorted(named, key=lambda each: each[1]):
            points = [_points(each, weights[axis].get(each, 0.0)) for axis in AXES]
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
