"""Fit the village's own table anew from labelled lines; of the table there is, what they do not touch keeps a share.

It is multinomial logistic regression, each weight set in turn and never below nothing. A word may tell of a code where a
line of that code has it; every weight pays for its square, and `ENTRY` besides, so that only what helps comes in. The rarer
a word, the less it pays: 的 in all lines must not drown what 菇 says in six. Rows whose word stands in no two lines are what
somebody knew, and stay with a share of their weight. Same table and lines, same result. Why so: decision record 10.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
from typing import NamedTuple

from nlp.learn import LearnedRow, Progress, features
from nlp.lexicon import Lexicon
from nlp.patterns import Scan
from nlp.places import split_place
from nlp.topics import ALWAYS, CONTRACT, MATCHES
from nlp.words import say_standard

UNMET = 0.7
"""The share of its weight that a row keeps whose word stands in fewer than `LEAST_LINES` lines."""
LEAST_LINES = 2
STIFF, ENTRY = 1.0, 0.3
"""What a weight pays: half of this much for its square, and this much for itself."""
SURER = 1.4
"""By so much weights are raised in the end: held back, they make the table less sure than it is right."""
EVEN = 0.3
ALSO = 0.4
"""How much of a line's answer goes to the other codes that are right for it, together."""
LEAST = 3
"""Rows that round to less are left out: they say next to nothing, and all rows are kept in memory."""
SWEEPS = 12

Feature = tuple[str, str]
Offered = Mapping[Feature, int]


class Line(NamedTuple):
    """A labelled line: its code, other codes that are right too, and how much it counts."""

    text: str
    code: str
    also: tuple[str, ...] = ()
    weight: float = 1.0


@dataclass(slots=True)
class _Entry:
    """The weight of a feature for a code; the lines that have the feature, with their values."""

    feature: Feature
    place: int
    texts: Sequence[int]
    values: Sequence[float]
    right: float
    weight: float = 0.0
    slope: float = 0.0


@dataclass(slots=True)
class _Task:
    """`odds[place][line]` is e to the points of a code; `whole[line]` their sum; `counts[line]` what a line weighs;
    `reach` by how much a feature's values were raised, being rare."""

    counts: list[float]
    odds: list[list[float]]
    whole: list[float]
    entries: list[_Entry]
    reach: Mapping[Feature, float]


def refit(
    lexicon: Lexicon, table: Iterable[LearnedRow], lines: Sequence[Line], progress: Progress = lambda share: None
) -> list[LearnedRow]:
    """Return the table's rows with new weights, new rows among them; order: by code, the heaviest first."""
    kept = list(table)
    task = _prepare(lexicon, kept, lines)
    awake = task.entries
    for sweep in range(SWEEPS):
        moved = max((abs(_step(task, entry)) for entry in awake), default=0.0)
        progress((sweep + 1) / SWEEPS)
        if moved < 0.01:
            break
        everyone = sweep % 4 == 3
        awake = task.entries if everyone else [each for each in task.entries if each.weight > 0 or each.slope > -0.3]
    rows = [row for row in kept if row.code == CONTRACT or row.word == ALWAYS]
    return rows + _written(lexicon, kept, task)


def offered(lexicon: Lexicon) -> Callable[[str], Offered]:
    """Return what tells which words, letters and phrases of the table's kind a text offers, and how many times."""
    patterns = lexicon.rules.patterns
    scan = Scan(patterns)

    def of(text: str) -> Offered:
        said = split_place(say_standard(lexicon, text))[0]
        found: dict[Feature, int] = dict(features(said, lexicon.segmenter))
        found.update((("phrase", patterns[index].text), 1) for index in scan.find(said))
        return found

    return of


def _said(lexicon: Lexicon, row: LearnedRow) -> Feature:
    word = say_standard(lexicon, row.word)
    return row.match or "phrase", word.lower() if row.match == "word" else word


def _prepare(lexicon: Lexicon, table: Iterable[LearnedRow], lines: Sequence[Line]) -> _Task:
    places = {code: place for place, code in enumerate(lexicon.rules.codes)}
    texts, values = _spread(lexicon, lines)
    reach = _raise_the_rare(texts, values, len(lines))
    base = [0.0] * len(places)
    for row in table:
        if row.word == ALWAYS:
            base[places[row.code]] = row.weight / lexicon.rules.scale / SURER
    right = _rights(places, lines, texts, values)
    odds = [[math.exp(each)] * len(lines) for each in base]
    task = _Task([line.weight for line in lines], odds, [sum(map(math.exp, base))] * len(lines), [], reach)
    for feature, place in sorted(right, key=lambda key: (MATCHES.index(key[0][0]), key)):
        task.entries.append(_Entry(feature, place, texts[feature], values[feature], right[feature, place]))
    return task


def _raise_the_rare(
    texts: dict[Feature, list[int]], values: dict[Feature, list[float]], lines: int
) -> Mapping[Feature, float]:
    """Leave out what stands in too few lines and raise the values of the rest, the rarer the more; return by how much."""
    for feature in [feature for feature, numbers in texts.items() if len(numbers) < LEAST_LINES]:
        del texts[feature], values[feature]
    rare = {feature: math.log(lines / len(numbers)) for feature, numbers in texts.items()}
    usual = sum(rare.values()) / len(rare) if any(rare.values()) else 1.0
    reach = {feature: each / usual for feature, each in rare.items()}
    for feature, each in reach.items():
        values[feature] = [value * each for value in values[feature]]
    return reach


def _spread(lexicon: Lexicon, lines: Sequence[Line]) -> tuple[dict[Feature, list[int]], dict[Feature, list[float]]]:
    """Return for every feature the lines that have it, and how much it counts in each: long lines are made even."""
    of = offered(lexicon)
    each = [[(name, math.log2(1 + times)) for name, times in sorted(of(line.text).items())] for line in lines]
    lengths = [max(1.0, sum(value for _, value in found)) for found in each]
    typical = sorted(lengths)[len(lengths) // 2] if lengths else 1.0
    texts: dict[Feature, list[int]] = {}
    values: dict[Feature, list[float]] = {}
    for number, (found, length) in enumerate(zip(each, lengths, strict=True)):
        even = min(1.0, typical / length) ** EVEN
        for name, value in found:
            texts.setdefault(name, []).append(number)
            values.setdefault(name, []).append(value * even)
    return texts, values


def _rights(
    places: Mapping[str, int],
    lines: Sequence[Line],
    texts: Mapping[Feature, Sequence[int]],
    values: Mapping[Feature, Sequence[float]],
) -> dict[tuple[Feature, int], float]:
    """Return how often, and how strongly, a feature stood in lines of a code."""
    answers = []
    for line in lines:
        share = ALSO / len(line.also) if line.also else 0.0
        told = [(places[code], share * line.weight) for code in line.also]
        answers.append([(places[line.code], line.weight * (1 - (ALSO if line.also else 0))), *told])
    right: dict[tuple[Feature, int], float] = {}
    for feature, numbers in texts.items():
        for number, value in zip(numbers, values[feature], strict=True):
            for place, part in answers[number]:
                right[feature, place] = right.get((feature, place), 0.0) + value * part
    return right


def _step(task: _Task, entry: _Entry) -> float:
    """One Newton step of one weight, never below nothing; return the step."""
    odds, whole, counts = task.odds[entry.place], task.whole, task.counts
    share = [odds[text] / whole[text] for text in entry.texts]
    weighed = [value * part * counts[text] for value, part, text in zip(entry.values, share, entry.texts, strict=True)]
    entry.slope = entry.right - sum(weighed) - STIFF * entry.weight - ENTRY
    if entry.weight == 0.0 and entry.slope <= 0:
        return 0.0
    bend = STIFF + sum(map(mul, map(mul, weighed, entry.values), [1.0 - part for part in share]))
    step: float = max(-entry.weight, min(1.0, entry.slope / bend))
    entry.weight += step
    _shift(task, entry, step)
    return step


def _shift(task: _Task, entry: _Entry, step: float) -> None:
    odds, whole, exp = task.odds[entry.place], task.whole, math.exp
    for text, value in zip(entry.texts, entry.values, strict=True):
        old = odds[text]
        odds[text] = old * exp(step * value)
        whole[text] += odds[text] - old


def _written(lexicon: Lexicon, kept: Iterable[LearnedRow], task: _Task) -> list[LearnedRow]:
    """Round to points. A row is written the way it was, where only one was written so."""
    ways: dict[tuple[Feature, str], list[LearnedRow]] = {}
    for row in kept:
        if row.code != CONTRACT and row.word != ALWAYS:
            ways.setdefault((_said(lexicon, row), row.code), []).append(row)
    rows = [
        replace(row, weight=max(LEAST, round(UNMET * row.weight)))
        for (feature, _), each in ways.items()
        if feature not in task.reach
        for row in each[:1]
    ]
    for entry in task.entries:
        code = lexicon.rules.codes[entry.place]
        weight = round(entry.weight * task.reach[entry.feature] * SURER * lexicon.rules.scale)
        if weight >= LEAST:
            match, said = entry.feature
            way = ways.get((entry.feature, code), ())
            rows.append(LearnedRow(code, way[0].word if len(way) == 1 else said, weight, match))
    rows.sort(key=lambda row: (row.code, -row.weight, row.word, row.match))
    return rows
