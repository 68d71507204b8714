"""How a wording sounds: single letters and pairs of letters with weights for and against, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add

from nlp.rules import BadRule, Row, read_weight, refuse_doubles

ALWAYS = "*"


@dataclass(frozen=True, slots=True)
class Tone:
    """Weights in tenths of a logit; `base` is what a text starts at."""

    weights: Mapping[str, int]
    base: int

    def weigh(self, text: str) -> int:
        """Return the points of a text; each letter and pair counts once."""
        get = self.weights.get
        known = [get(each) for each in {*text, *map(add, text, text[1:])}]
        return self.base + sum(weight for weight in known if weight)

    def loudest(self, text: str, most: int = 4) -> tuple[str, ...]:
        """Return the letters and pairs that spoke most for it."""
        get = self.weights.get
        heard = {each: get(each, 0) for each in {*text, *map(add, text, text[1:])}}
        told = [each for each in sorted(heard, key=lambda each: (-heard[each], each)) if heard[each] > 0]
        return tuple(told[:most])


def compile_tone(rows: Sequence[Row], sides: tuple[str, str]) -> Tone:
    """Compile a table whose column `side` says for which of two sides a word speaks. Raises BadRule."""
    refuse_doubles(rows, ("word",))
    weights = {}
    for row in rows:
        if row.cells["side"] not in sides:
            raise BadRule(row, f"unknown_value:{row.cells['side']}", ",".join(sides))
        if len(row.cells["word"]) > 2:
            raise BadRule(row, f"bad_pattern:{row.cells['word']}", "1…2")
        weights[row.cells["word"]] = read_weight(row) * (1 if row.cells["side"] == sides[0] else -1)
    base = weights.pop(ALWAYS, 0)
    return Tone(weights, base)
