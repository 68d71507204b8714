"""Likeness: which intent a text most resembles, by the pieces of one to three characters it shares with known words.

A naive Bayes table over pieces, filled from samples of every form and from the examples of rules/intents/examples.yaml.
It judges what no form fits and breaks ties between forms; a new example is learned by the next reading of the rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from operator import add

from nlp.lanes import MOST, Lanes, Packer, lane, pack

_NUMBERS = re.compile(r"[A-Za-z]{1,6}-?\d{6}-?\d{3}|\d+")
_DIGIT = re.compile(r"\d")
_BREAKS = re.compile(r"[\s,，、。.!！?？:：;；~～…—-]+")
_SMOOTH = 0.05
UNIT = 1 / 65536
_MOST = 512  # pieces of one text at most (3 × _LONGEST and its marks): their sum, and as much again, fills a lane
_LONGEST = 80  # what a text wants is said in its first line


def pieces_of(text: str, marks: Iterable[str] = ()) -> set[str]:
    """Give the pieces of a text: 1–3 characters, numbers all alike, and marks that stand for what it holds."""
    first = text[:_LONGEST]
    if _DIGIT.search(first):
        first = _NUMBERS.sub("0", first)
    framed = f"^{_BREAKS.sub(' ', first).strip()}$"
    pairs = [*map(add, framed, framed[1:])]
    return {*framed, *pairs, *map(add, pairs, framed[2:]), *marks}


Table = tuple[dict[str, int], list[int], dict[str, int]]
"""Every name with its place; by place the log of a piece never seen with it; by piece what speaks for which name."""


def table_of(samples: Iterable[tuple[set[str], str, float]]) -> Table:
    """Count the samples (pieces, name, weight) into a table, in units of 2⁻¹⁶."""
    counts: dict[str, dict[str, float]] = {}
    totals: dict[str, float] = {}
    for pieces, name, weight in samples:
        for piece in pieces:
            of_piece = counts.setdefault(piece, {})
            of_piece[name] = of_piece.get(name, 0.0) + weight
        totals[name] = totals.get(name, 0.0) + weight * len(pieces)
    unseen = _SMOOTH * max(1, len(counts))
    names = {name: place for place, name in enumerate(totals)}
    # The log of a piece never seen with an intent; what was seen is kept as the gain over it.
    base = [round(math.log(_SMOOTH / (total + unseen)) / UNIT) for total in totals.values()]
    packed, gains = Packer(), cache(_gain)
    speaks = {
        piece: packed((names[name], gains(count)) for name, count in of_piece.items())
        for piece, of_piece in counts.items()
    }
    return names, base, speaks


Speaking = tuple[int, int]
"""How many of some pieces are known, and what they say for the names together, side by side."""


class Likeness:
    """How strongly each piece speaks for each intent, in units of 2⁻¹⁶."""

    __slots__ = ("_base", "_bases", "_lanes", "_names", "_speaks")

    def __init__(self, table: Table) -> None:
        self._names, base, self._speaks = table
        # Only what sets the names apart counts: each base is told as the gain over the lowest.
        self._base = [one - min(base, default=0) for one in base]
        self._lanes = Lanes(len(self._names))
        self._bases: dict[int, int] = {}

    def is_familiar(self, pieces: Iterable[str], name: str, share: float) -> bool:
        """Tell whether such a share of the pieces of two and three characters was ever seen with the name.

        Most texts reach it after a few.
        """
        long = [piece for piece in pieces if len(piece) > 1 and piece[0] != "<"]
        place, all_of_them, seen = self._names[name], max(1, len(long)), 0
        for says in filter(None, map(self._speaks.get, long)):
            if lane(says, place):
                seen += 1
                if seen / all_of_them >= share:
                    return True
        return share <= 0

    def speaking(self, pieces: Iterable[str]) -> Speaking:
        """Add up what the pieces say; those never seen say nothing."""
        known = [*filter(None, map(self._speaks.get, pieces))]
        return len(known), sum(known)

    def scores(self, spoken: Speaking, ahead: int = 0) -> tuple[int, ...]:
        """Give the log-likeness of every name in units, in the order of `names`, all from one unknown point.

        `ahead` is given to the names besides, side by side.
        """
        count, said = spoken
        base = self._bases.get(count)
        if base is None:
            base = self._bases[count] = pack((place, count * base) for place, base in enumerate(self._base))
        return self._lanes.apart(said + base + ahead)

    def over(self, piece: str, name: str) -> list[int]:
        """Give by how much a piece speaks for each name more than for that one; less than nothing where it does less."""
        says = self._speaks.get(piece)
        if says is None:
            return [0] * len(self._names)
        gains = [lane(says, place) + base for place, base in enumerate(self._base)]
        return [gain - gains[self._names[name]] for gain in gains]

    @property
    def names(self) -> Mapping[str, int]:
        """Every name with its place among the scores."""
        return self._names


def _gain(count: float) -> int:
    """A gain of at least one unit: what was seen is told from what was not."""
    return min(max(round(math.log1p(count / _SMOOTH) / UNIT), 1), MOST // (2 * _MOST))
