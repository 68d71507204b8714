"""What a clerk's correction (改类 007 EN01) would change: a proposal with everything it would break, never a change.

A correction asks for one word's weight to rise, or for one new word, so that the text is read as the clerk says. Of the
words that could carry it the one is chosen that turns the fewest known examples; those it still turns are named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nlp.lexicon import Lexicon
from nlp.places import split_place
from nlp.topics import UNIT, TopicRules, score, with_row
from nlp.words import classify, say_standard

LEAD = 1.0
"""How far ahead the right code must come out, in e-folds."""
TRIES = 3
"""How often a weight that does not suffice yet (a word said by its sound counts half) is raised further."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A text and the code a clerk says it has; `name` is what people know it by."""

    text: str
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A row for topics_local.csv: it stands in place of all rows of its code and word, which had `before` together.

    `name` is the text for whose sake it is.
    """

    code: str
    word: str
    match: str
    before: int
    after: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Flip:
    """A known example that would be read otherwise: its code, what it is read as now and would be then, and the change
    that turns it."""

    text: str
    code: str
    before: str | None
    after: str | None
    name: str = ""
    by: Change | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes to be looked at, examples they would turn, and corrections no word of the text could carry."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    unsolved: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """An example as the table sees it, its sound, and what it is read as by the table there is."""

    text: str
    code: str
    matter: str
    sound: str
    first: str | None
    name: str


def propose(lexicon: Lexicon, corrections: Iterable[Correction], examples: Iterable[Correction]) -> Proposal:
    """Return what would make the corrections come out right. Pure: nothing is adopted. Raises KeyError for a code
    that does not exist."""
    known = [_know(lexicon, example) for example in examples]
    read = [each.first for each in known]
    table = lexicon.rules
    turned_by: dict[int, Change] = {}
    changes: list[Change] = []
    unsolved: list[Correction] = []
    for correction in corrections:
        lexicon.topics[correction.code]
        corrected = _know(lexicon, correction)
        if _read(lexicon, table, corrected) == correction.code:
            continue
        chosen = _cheapest(lexicon, table, corrected, known, read)
        if chosen is None:
            unsolved.append(correction)
            continue
        chosen = replace(chosen, name=correction.name)
        changes.append(chosen)
        table = _changed(table, chosen)
        for number in _within_earshot(table, chosen.word, known):
            before, read[number] = read[number], _read(lexicon, table, known[number])
            if read[number] != before:
                turned_by[number] = chosen
    flips = [
        Flip(each.text, each.code, each.first, after, each.name, turned_by.get(number))
        for number, (each, after) in enumerate(zip(known, read, strict=True))
        if after != each.first and after != each.code
    ]
    return Proposal(tuple(changes), tuple(flips), tuple(unsolved))


def _know(lexicon: Lexicon, example: Correction) -> _Known:
    matter = split_place(say_standard(lexicon, example.text))[0]
    first = _best(lexicon, lexicon.rules, matter)
    return _Known(example.text, example.code, matter, lexicon.rules.sounds.of(matter), first, example.name)


def _read(lexicon: Lexicon, table: TopicRules, known: _Known) -> str | None:
    return _best(lexicon, table, known.matter)


def _best(lexicon: Lexicon, table: TopicRules, matter: str) -> str | None:
    points = score(table, lexicon.segmenter, matter).points
    best = max(points, default=0)
    return table.codes[points.index(best)] if best else None


def _changed(table: TopicRules, change: Change) -> TopicRules:
    return with_row(table, change.code, change.word, change.match, change.after)


def _within_earshot(table: TopicRules, word: str, known: Sequence[_Known]) -> list[int]:
    """Return the examples that a row for a word can touch at all: those in which it is said, or sounds as if it were."""
    sound = table.sounds.of(word)
    return [number for number, each in enumerate(known) if sound in each.sound]


def _cheapest(
    lexicon: Lexicon, table: TopicRules, corrected: _Known, known: Sequence[_Known], read: Sequence[str | None]
) -> Change | None:
    """Return the change that turns the fewest examples; among equals one that few examples have, and a known word."""
    costs = []
    for word in _offered(lexicon, corrected):
        change = _enough(lexicon, table, corrected, word)
        if change is None:
            continue
        after = _changed(table, change)
        others = [at for at in _within_earshot(table, word, known) if known[at].code != corrected.code]
        turned = sum(_read(lexicon, after, known[at]) != read[at] for at in others)
        costs.append((turned, len(others), change.before == 0, -len(word), word, change))
    return min(costs, key=lambda each: each[:-1])[-1] if costs else None


def _offered(lexicon: Lexicon, corrected: _Known) -> list[str]:
    """Return the words that may carry a correction; one that dialect turns into another could not be written down."""
    cut = dict.fromkeys(lexicon.segmenter.cut(corrected.matter))
    return [word for word in cut if len(word) > 1 and not word.isascii() and say_standard(lexicon, word) == word]


def _enough(lexicon: Lexicon, table: TopicRules, corrected: _Known, word: str) -> Change | None:
    """Return the change of one word by which the text comes out right, or None if no weight does it."""
    code, place = corrected.code, table.codes.index(corrected.code)
    now = _now(table, word, place)
    if now is None:
        return None
    change, after = Change(code, word, now[0], now[1], now[1]), table
    for _ in range(TRIES):
        points = score(after, lexicon.segmenter, corrected.matter).points
        lead = max(points) - points[place]
        change = replace(change, after=change.after + math.ceil(lead / UNIT + LEAD * table.scale))
        after = _changed(table, change)
        if _read(lexicon, after, corrected) == code:
            return change
    return None


def _now(table: TopicRules, word: str, place: int) -> tuple[str, int] | None:
    """Return how a word is found for a code (if it is not yet: as a word) and its weights together. None where it
    counts in some contexts only: a row in its place would count everywhere."""
    ways = [("phrase", table.phrases[at]) for at, pattern in enumerate(table.patterns) if pattern.text == word]
    if word in table.words:
        ways.append(("word", table.words[word]))
    rows = [(row, way) for way, found in ways for row in found.rows if (row.place, row.word) == (place, word)]
    if any(row.unless for row, _ in rows):
        return None
    heaviest = max(rows, key=lambda each: each[0].weight, default=(None, "word"))
    return heaviest[1], sum(row.weight for row, _ in rows)


def compare(old: Lexicon, new: Lexicon, texts: Iterable[str]) -> list[tuple[int, str | None, str | None]]:
    """Return which of the texts two rule sets read differently: place in the list, code before, code after."""
    changed = []
    for number, text in enumerate(texts):
        before, after = classify(old, text).code, classify(new, text).code
        if before != after:
            changed.append((number, before, after))
    return changed
