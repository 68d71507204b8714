"""How a wording sounds: letters, pairs of letters and signs with weights for and against, added up.

A sign is a pattern (nlp/patterns.py), mostly a group of words that mean the same here: one row says “a day long past”,
not one row for each way to name such a day. So what nobody has written yet is weighed by what it is made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add

from nlp.patterns import Groups, Scan
from nlp.rules import BadRule, Row, read_pattern, read_weight, refuse_doubles

ALWAYS = "*"


@dataclass(frozen=True, slots=True)
class Tone:
    """Weights in tenths of a logit; `base` is what a text starts at. `signs` are named as their pattern is written."""

    weights: Mapping[str, int]
    base: int
    scan: Scan
    signs: tuple[tuple[str, int], ...]

    def weigh(self, text: str) -> int:
        """Return the points of a text; each letter, pair and sign counts once."""
        get = self.weights.get
        known = [get(each) for each in {*text, *map(add, text, text[1:])}]
        met = [self.signs[index][1] for index in self.scan.find(text)]
        return self.base + sum(weight for weight in known if weight) + sum(met)

    def loudest(self, text: str, most: int = 4) -> tuple[str, ...]:
        """Return the letters, pairs and signs that spoke most for it."""
        get = self.weights.get
        heard = {each: get(each, 0) for each in {*text, *map(add, text, text[1:])}}
        heard |= dict(self.signs[index] for index in self.scan.find(text))
        told = [each for each in sorted(heard, key=lambda each: (-heard[each], each)) if heard[each] > 0]
        return tuple(told[:most])


def compile_tone(words: Sequence[Row], signs: Sequence[Row], sides: tuple[str, str], groups: Groups) -> Tone:
    """Compile two tables whose column `side` says for which of two sides a row speaks. Raises BadRule."""
    refuse_doubles(words, ("word",))
    refuse_doubles(signs, ("pattern",))
    weights = {}
    for row in words:
        if len(row.cells["word"]) > 2:
            raise BadRule(row, f"bad_pattern:{row.cells['word']}", "1…2")
        weights[row.cells["word"]] = _weight(row, sides)
    base = weights.pop(ALWAYS, 0)
    patterns = [read_pattern(row, "pattern", groups) for row in signs]
    told = tuple((pattern.text, _weight(row, sides)) for pattern, row in zip(patterns, signs, strict=True))
    return Tone(weights, base, Scan(patterns), told)


def _weight(row: Row, sides: tuple[str, str]) -> int:
    if row.cells["side"] not in sides:
        raise BadRule(row, f"unknown_value:{row.cells['side']}", ",".join(sides))
    return read_weight(row) * (1 if row.cells["side"] == sides[0] else -1)
