"""Fit the weights of a wording anew (nlp/tone.py): logistic regression, drawn towards what the weights were.

Every letter, pair and sign of a text counts once. `given` are points that something else says of the text and that stay
as they are. Weights move one at a time, each by its Newton step, until none moves any more; those that say next to nothing
then leave, and the others settle once more. The same tone and lines give the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import NamedTuple

from nlp.tone import ALWAYS, Tone

SWEEPS = 40
STILL = 0.02
UNIT = 10.0
"""Weights are written in tenths of a logit."""
FURTHEST = 50.0
"""Logits beyond which nothing is more certain."""

Piece = str | int
"""A letter or pair as it is written, or the place of a sign."""


class ToneLine(NamedTuple):
    """A text, whether it speaks for the first side, what else is known of it, and how much it counts."""

    text: str
    is_first: bool
    given: int = 0
    weight: float = 1.0


class ToneWeights(NamedTuple):
    """Points of a text that says nothing, of letters and pairs (without those that have none), of the signs in order."""

    base: int
    words: Mapping[str, int]
    signs: Sequence[int]


class Pull(NamedTuple):
    """How the weights are held: towards `keep` of what they were, so firmly; letters and pairs in fewer than `lines` lines
    stay out unless the tone knows them, those of fewer than `least` points leave."""

    keep: float = 1.0
    firm: float = 1.0
    signs_firm: float = 0.1
    lines: int = 7
    least: int = 2


@dataclass(slots=True)
class _Weight:
    """One piece with its lines; `home` is where it is drawn to. `side` is 1 or -1 for a sign: it never changes, it is what
    the sign means."""

    piece: Piece
    lines: list[int]
    home: float
    firm: float
    value: float
    side: int = 0
    is_still: bool = False


@dataclass(slots=True)
class _Task:
    points: list[float]
    share: list[float]
    right: list[bool]
    counts: list[float]


def refit_tone(tone: Tone, lines: Sequence[ToneLine], pull: Pull) -> ToneWeights:
    """Return whole weights for the lines. A sign that stands in none keeps its own."""
    weights = _weights(tone, lines, pull)
    task = _Task(
        [line.given / UNIT for line in lines],
        [0.0] * len(lines),
        [line.is_first for line in lines],
        [line.weight for line in lines],
    )
    for each in weights:
        _shift(task, each.lines, each.value)
    _settle(task, weights)
    kept = []
    for each in weights:
        if isinstance(each.piece, str) and each.piece != ALWAYS and round(abs(each.value) * UNIT) < pull.least:
            _shift(task, each.lines, -each.value)
        else:
            kept.append(each)
    _settle(task, kept)
    return _written(tone, kept)


def pieces_of(text: str) -> set[str]:
    """Return the letters and pairs of a text that can stand in a table."""
    return {piece for piece in (*text, *map(add, text, text[1:])) if piece != ALWAYS and piece == piece.strip()}


def _weights(tone: Tone, lines: Sequence[ToneLine], pull: Pull) -> list[_Weight]:
    found: dict[Piece, list[int]] = {}
    for at, line in enumerate(lines):
        for word in sorted(pieces_of(line.text)):
            found.setdefault(word, []).append(at)
        for sign in tone.met(line.text):
            found.setdefault(sign, []).append(at)
    weights = [_Weight(ALWAYS, list(range(len(lines))), 0.0, 0.0, tone.base / UNIT)]
    for piece, places in found.items():
        if isinstance(piece, int):
            was = tone.signs[piece][1] / UNIT
            weights.append(_Weight(piece, places, was * pull.keep, pull.signs_firm, was, 1 if was > 0 else -1))
        elif piece in tone.weights or len(places) >= pull.lines:
            was = tone.weights.get(piece, 0) / UNIT
            weights.append(_Weight(piece, places, was * pull.keep, pull.firm, was))
    return weights


def _settle(task: _Task, weights: Sequence[_Weight]) -> None:
    for sweep in range(SWEEPS):
        is_whole = sweep % 5 == 0
        furthest = max((_step(task, each) for each in weights if is_whole or not each.is_still), default=0.0)
        if is_whole and furthest < STILL:
            return


def _step(task: _Task, each: _Weight) -> float:
    """Move one weight by its Newton step; return how far, in points."""
    share, right, counts = task.share, task.right, task.counts
    slope = each.firm * (each.home - each.value)
    bend = each.firm + 1e-6
    for at in each.lines:
        part, count = share[at], counts[at]
        slope += count * (right[at] - part)
        bend += count * part * (1.0 - part)
    step = max(-1.0, min(1.0, slope / bend))
    if each.side and (each.value + step) * each.side < 1 / UNIT:
        step = each.side / UNIT - each.value
    each.is_still = abs(step) * UNIT < STILL
    each.value += step
    _shift(task, each.lines, step)
    return abs(step) * UNIT


def _shift(task: _Task, lines: Iterable[int], step: float) -> None:
    points, share, exp = task.points, task.share, math.exp
    for at in lines:
        points[at] = new = points[at] + step
        share[at] = 1.0 / (1.0 + exp(-new)) if new > -FURTHEST else 0.0


def _written(tone: Tone, weights: Sequence[_Weight]) -> ToneWeights:
    base, words, signs = 0, {}, [points for _, points in tone.signs]
    for each in weights:
        points = round(each.value * UNIT)
        if each.piece == ALWAYS:
            base = points
        elif isinstance(each.piece, int):
            signs[each.piece] = points
        elif points:
            words[each.piece] = points
    return ToneWeights(base, words, signs)
