"""What is a text about: words and phrases with weights add up; the best code and the runner-up, with a margin.

The same code reads the village's 77 codes and any table `rules learn` wrote for other labels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nlp.normalise import Spelling, normalise
from nlp.patterns import BadPattern, Groups, Pattern, Scan, Unless, compile_pattern
from nlp.rules import BadRule, Fired, Row, read_unless, read_weight, refuse_doubles
from nlp.segment import Segmenter

MATCHES = ("word", "phrase")
ALWAYS = "*"
"""The word that always fires: how common a code is before anything is said."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The facts of one code: its class, a title a villager understands, who handles it, how urgent it is by itself."""

    code: str
    top: str
    title: str
    seed_class: str
    handlers: tuple[str, ...]
    urgency: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Weighted:
    """One row: `word` speaks for the code at `place` with `weight`, except near `unless`."""

    place: int
    word: str
    weight: int
    unless: Unless | None


@dataclass(frozen=True, slots=True)
class TopicRules:
    """A compiled table. `words` are found by the tokenizer, `phrases` by the scan; `base` is what every code starts at."""

    codes: tuple[str, ...]
    words: Mapping[str, tuple[Weighted, ...]]
    scan: Scan
    phrases: tuple[tuple[Weighted, ...], ...]
    base: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Points by place of the code, and every row that fired."""

    points: Mapping[int, int]
    fired: tuple[Weighted, ...]


def compile_topics(
    rows: Sequence[Row],
    codes: Iterable[str] | None = None,
    groups: Groups | None = None,
    spelling: Spelling | None = None,
) -> TopicRules:
    """Compile a table of weights. With `codes` given any other code is a fault; without, the table says its own labels.

    Words are read through the dialect table, so that a row may be written the way people talk. Raises BadRule.
    """
    known = tuple(codes) if codes is not None else tuple(dict.fromkeys(row.cells["code"] for row in rows))
    places = {code: place for place, code in enumerate(known)}
    words: dict[str, list[Weighted]] = {}
    phrases: dict[str, list[Weighted]] = {}
    patterns: dict[str, Pattern] = {}
    base = [0] * len(known)
    refuse_doubles(rows, ("code", "word"))
    for row in rows:
        code, match = row.cells["code"], row.cells.get("match", "") or "phrase"
        if code not in places:
            raise BadRule(row, f"unknown_code:{code}", ",".join(known))
        if match not in MATCHES:
            raise BadRule(row, f"unknown_match:{match}", ",".join(MATCHES))
        said = normalise(spelling, row.cells["word"]) if spelling else row.cells["word"]
        weighted = Weighted(places[code], row.cells["word"], read_weight(row), read_unless(row, groups or {}))
        if said == ALWAYS:
            base[places[code]] += weighted.weight
        elif match == "word":
            words.setdefault(said.lower(), []).append(weighted)
        else:
            try:
                patterns.setdefault(said, compile_pattern(said, groups))
            except BadPattern as wrong:
                raise BadRule(row, f"bad_pattern:{said}", str(wrong)) from wrong
            phrases.setdefault(said, []).append(weighted)
    return TopicRules(
        known,
        {word: tuple(each) for word, each in words.items()},
        Scan([patterns[said] for said in phrases]),
        tuple(tuple(each) for each in phrases.values()),
        tuple(base),
    )


def score(rules: TopicRules, segmenter: Segmenter, text: str) -> Scores:
    """Add up what fires in a normalised text; a word counts once however often it is said."""
    points: dict[int, int] = {}
    fired: list[Weighted] = []
    words = rules.words
    for word in dict.fromkeys(segmenter.cut(text)) if words else ():
        for each in words.get(word, ()):
            if each.unless is None or not each.unless.holds(text, text.find(word)):
                points[each.place] = points.get(each.place, 0) + each.weight
                fired.append(each)
    for index, at in rules.scan.find(text).items():
        for each in rules.phrases[index]:
            if each.unless is None or not each.unless.holds(text, at):
                points[each.place] = points.get(each.place, 0) + each.weight
                fired.append(each)
    return Scores(points, tuple(fired))


def rank(rules: TopicRules, points: Mapping[int, float]) -> list[tuple[int, float]]:
    """Return places with their points, best first; what fired nothing follows by its base, so there is always an order."""
    total = {place: points.get(place, 0) + base for place, base in enumerate(rules.base) if base or place in points}
    return sorted(total.items(), key=lambda each: (-each[1], each[0]))


def shares(ranked: Sequence[tuple[int, float]], scale: float) -> list[float]:
    """Turn points into shares that add up to one: softmax at the scale the table was calibrated to."""
    if not ranked:
        return []
    top = ranked[0][1]
    weights = [math.exp((points - top) / scale) for _, points in ranked]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def fired_for(scores: Scores, place: int) -> tuple[Fired, ...]:
    """Return the words that spoke for a code, the heaviest first."""
    words = [Fired(each.word, each.weight) for each in scores.fired if each.place == place]
    return tuple(sorted(words, key=lambda each: -each.weight))
