"""What a clerk's correction (改类 007 EN01) would change: a proposal with everything it would break, never a change.

A correction asks for one word's weight to rise, or for one new word, so that the text is read as the clerk says. Of the
words that could carry it the one is chosen that turns the fewest known examples; those it still turns are named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.topics import UNIT
from nlp.words import Lexicon, classify, say_standard, score_matter

LEAD = 1.0
"""How far ahead the right code must come out, in e-folds."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A text and the code a clerk says it has."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table to be added (`before` 0) or raised."""

    code: str
    word: str
    match: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Flip:
    """A known example that would be read otherwise: its code, what it is read as now and would be then."""

    text: str
    code: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes to be looked at, examples they would turn, and corrections no word of the text could carry."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    unsolved: tuple[Correction, ...]


@dataclass(slots=True)
class _Known:
    """An example with its points, which follow the changes proposed so far."""

    text: str
    code: str
    said: str
    words: frozenset[str]
    points: dict[str, float]
    first: str | None

    def best(self, word: str = "", match: str = "", code: str = "", gain: float = 0.0) -> str | None:
        points = self.points
        if word and self.has(word, match):
            points = {**points, code: points.get(code, 0.0) + gain}
        return max(points, key=lambda each: (points[each], each), default=None)

    def has(self, word: str, match: str) -> bool:
        return word in self.words if match == "word" else word in self.said


def propose(lexicon: Lexicon, corrections: Iterable[Correction], examples: Iterable[Correction]) -> Proposal:
    """Return what would make the corrections come out right. Pure: nothing is adopted. Raises KeyError for a code
    that does not exist."""
    known = [_know(lexicon, example) for example in examples]
    changes: list[Change] = []
    unsolved: list[Correction] = []
    for correction in corrections:
        lexicon.topics[correction.code]
        corrected = _know(lexicon, correction)
        for change in changes:
            _follow(corrected, change)
        if corrected.best() == correction.code:
            continue
        chosen = _cheapest(lexicon, corrected, known)
        if chosen is None:
            unsolved.append(correction)
            continue
        changes.append(chosen)
        for each in known:
            _follow(each, chosen)
    flips = [
        Flip(each.text, each.code, each.first, each.best())
        for each in known
        if each.best() != each.first and each.best() != each.code
    ]
    return Proposal(tuple(changes), tuple(flips), tuple(unsolved))


def _know(lexicon: Lexicon, example: Correction) -> _Known:
    said = say_standard(lexicon, example.text)
    points = {
        code: each / UNIT
        for code, each in zip(lexicon.rules.codes, score_matter(lexicon, said).points, strict=True)
        if each
    }
    words = frozenset(lexicon.segmenter.cut(said))
    known = _Known(example.text, example.code, said, words, points, None)
    known.first = known.best()
    return known


def _follow(known: _Known, change: Change) -> None:
    if known.has(change.word, change.match):
        known.points[change.code] = known.points.get(change.code, 0.0) + change.after - change.before


def _cheapest(lexicon: Lexicon, corrected: _Known, known: Sequence[_Known]) -> Change | None:
    code = corrected.code
    lead = max(corrected.points.values(), default=0.0) - corrected.points.get(code, 0.0)
    gain = math.ceil(lead + LEAD * lexicon.rules.scale)
    weights = _weights(lexicon, code)
    offered = [word for word in corrected.words if len(word) > 1 and not word.isascii()]
    costs = []
    for word in offered:
        match, before = weights.get(word, ("word", 0))
        others = [each for each in known if each.code != code and each.has(word, match)]
        turned = sum(each.best(word, match, code, gain) != each.best() for each in others)
        change = Change(code, word, match, before, before + gain)
        costs.append((turned, len(others), before == 0, -len(word), word, change))
    return min(costs, key=lambda each: each[:-1])[-1] if costs else None


def _weights(lexicon: Lexicon, code: str) -> dict[str, tuple[str, int]]:
    """Return the plain words that speak for a code now, with how they are found and their weights."""
    place = lexicon.rules.codes.index(code)
    weights: dict[str, tuple[str, int]] = {}
    for found in lexicon.rules.phrases:
        for row in found.rows:
            if row.place == place:
                weights[row.word] = ("phrase", row.weight)
    for word, found in lexicon.rules.words.items():
        for row in found.rows:
            if row.place == place:
                weights[word] = ("word", row.weight)
    return weights


def compare(old: Lexicon, new: Lexicon, texts: Iterable[str]) -> list[tuple[int, str | None, str | None]]:
    """Return which of the texts two rule sets read differently: place in the list, code before, code after."""
    changed = []
    for number, text in enumerate(texts):
        before, after = classify(old, text).code, classify(new, text).code
        if before != after:
            changed.append((number, before, after))
    return changed
