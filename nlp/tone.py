"""How a wording sounds: letters, pairs of letters and signs with weights for and against, added up.

A sign is a pattern (nlp/patterns.py), mostly a group of words that mean the same here: one row says “a day long past”,
not one row for each way to name such a day. So what nobody has written yet is weighed by what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from nlp.patterns import Groups, Pattern, Scan
from nlp.pieces import take_apart
from nlp.rules import BadRule, Row, read_pattern, read_weight, refuse_doubles
from nlp.tables import quick_to_miss

ALWAYS = "*"


Hook = tuple[int, tuple[tuple[str, int], ...]]
"""What one or two letters tell: the signs met at once (one bit each), and longer words that begin so, with their bit."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Weights in tenths of a logit; `base` is what a text starts at. `signs` are named as their pattern is written.

    Most signs are lists of words: `hooks` finds those beside the letters and pairs, `scan` the few that are more, whose
    places among `signs` are `scanned`. `naming` are the signs of the first side that say themselves what it is about,
    not only who, when or how urgent. `patterns` are the signs for who looks for them together with others; `edged` are the
    places of those that ask for an edge of the text.
    """

    weights: Mapping[str, int]
    base: int
    hooks: Mapping[str, Hook]
    scan: Scan | None
    scanned: tuple[int, ...]
    signs: tuple[tuple[str, int], ...]
    patterns: tuple[Pattern, ...]
    naming: frozenset[int]
    edged: tuple[int, ...]

    def weigh(self, text: str) -> int:
        """Return the points of a text; each letter, pair and sign counts once."""
        pieces = take_apart(text).all
        return self.points_of(pieces, self._met(text, pieces))

    def weighs(self, text: str, least: int, signs: int | None) -> bool:
        """Whether a part of a text has so many points; `signs` are the most that signs can give to it (None: not known)."""
        pieces = take_apart(text).all
        if signs is not None and self.letters_of(pieces) + signs < least:
            return False
        return self.points_of(pieces, self._met(text, pieces)) >= least

    def letters_of(self, pieces: AbstractSet[str]) -> int:
        """Return the points of these letters and pairs, without any sign."""
        return sum(filter(None, map(self.weights.get, pieces)), self.base)

    def most_of(self, pieces: AbstractSet[str], met: Iterable[int]) -> int:
        """Return how many points the signs can give to any part of a text with these letters and pairs, in which these
        signs were met: what stands in a part stands in the whole, but for a sign that asks for the edge of a text."""
        most = sum([weight for index in met if (weight := self.signs[index][1]) > 0])
        for index in self.edged:
            also = self.patterns[index].also
            if self.signs[index][1] > 0 and not (also and also.isdisjoint(pieces)):
                most += self.signs[index][1]
        return most

    def met_after(self, text: str, start: int, found: Iterable[tuple[int, int]]) -> list[int]:
        """Return the signs that stand in what is left of a text from `start` on, of those found in it (index, place)."""
        left = text[start:]
        met = {index for index, at in found if at >= start or self.patterns[index].stands_in(left)}
        return [*met, *(index for index in self.edged if index not in met and self.patterns[index].stands_in(left))]

    def points_of(self, pieces: AbstractSet[str], met: Iterable[int]) -> int:
        """Return the points of a text with these letters and pairs, in which these signs were met."""
        signs = self.signs
        return self.letters_of(pieces) + sum([signs[index][1] for index in met])

    def met(self, text: str) -> list[int]:
        """Return the places in `signs` of those that stand in a text."""
        return self._met(text, take_apart(text).all)

    def is_named(self, text: str) -> bool:
        """Whether a sign says what it is about."""
        return not self.naming.isdisjoint(self.met(text))

    def _met(self, text: str, pieces: AbstractSet[str]) -> list[int]:
        mask = 0
        for bits, longer in filter(None, map(self.hooks.get, pieces)):
            mask |= bits
            for word, bit in longer:
                if mask & bit != bit and word in text:
                    mask |= bit
        met = [self.scanned[index] for index in self.scan.find(text)] if self.scan else []
        while mask:
            low = mask & -mask
            met.append(low.bit_length() - 1)
            mask ^= low
        return met

    def loudest(self, text: str, most: int = 4) -> tuple[str, ...]:
        """Return the letters, pairs and signs that spoke most for it."""
        get = self.weights.get
        heard = {each: get(each, 0) for each in take_apart(text).all}
        heard |= dict(self.signs[index] for index in self.met(text))
        told = [each for each in sorted(heard, key=lambda each: (-heard[each], each)) if heard[each] > 0]
        return tuple(told[:most])


def compile_tone(words: Sequence[Row], signs: Sequence[Row], sides: tuple[str, str], groups: Groups) -> Tone:
    """Compile two tables whose column `side` says for which of two sides a row speaks. Raises BadRule."""
    refuse_doubles(words, ("word",))
    refuse_doubles(signs, ("pattern",))
    weights = {}
    once: dict[int, int] = {}  # equal weights are one number, so that those of a text are few places in memory
    for row in words:
        if len(row.cells["word"]) > 2:
            raise BadRule(row, f"bad_pattern:{row.cells['word']}", "1…2")
        weight = _weight(row, sides)
        weights[row.cells["word"]] = once.setdefault(weight, weight)
    base = weights.pop(ALWAYS, 0)
    patterns = [read_pattern(row, "pattern", groups) for row in signs]
    told = tuple((pattern.text, _weight(row, sides)) for pattern, row in zip(patterns, signs, strict=True))
    scanned = tuple(index for index, pattern in enumerate(patterns) if pattern.rest)
    scan = Scan([patterns[index] for index in scanned]) if scanned else None
    naming = frozenset(at for at, row in enumerate(signs) if told[at][1] > 0 and not row.cells.get("vague"))
    edged = tuple(index for index, pattern in enumerate(patterns) if pattern.has_edge)
    return Tone(quick_to_miss(weights), base, _hooks(patterns), scan, scanned, told, tuple(patterns), naming, edged)


def _hooks(patterns: Sequence[Pattern]) -> dict[str, Hook]:
    """Index the words of the signs that are no more than words; one that holds a shorter one of its sign is left out."""
    bits: dict[str, int] = {}
    longer: dict[str, dict[str, int]] = {}
    for index, pattern in enumerate(patterns):
        words = () if pattern.rest else pattern.anchors
        known = set(words)
        for word in words:
            if not known.isdisjoint(_within(word)):
                continue
            if len(word) <= 2:
                bits[word] = bits.get(word, 0) | 1 << index
            else:
                longer.setdefault(word[:2], {})[word] = longer.get(word[:2], {}).get(word, 0) | 1 << index
    return {key: (bits.get(key, 0), tuple(longer.get(key, {}).items())) for key in {*bits, *longer}}


def _within(word: str) -> Iterator[str]:
    """Yield every shorter word that a word holds."""
    for size in range(1, len(word)):
        for at in range(len(word) - size + 1):
            yield word[at : at + size]


def _weight(row: Row, sides: tuple[str, str]) -> int:
    if row.cells["side"] not in sides:
        raise BadRule(row, f"unknown_value:{row.cells['side']}", ",".join(sides))
    return read_weight(row) * (1 if row.cells["side"] == sides[0] else -1)
