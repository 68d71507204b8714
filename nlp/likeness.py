"""Likeness: which intent a text most resembles, by the pieces of one to three characters it shares with known words.

A naive Bayes table over pieces, filled from samples of every form and from the examples of rules/intents/examples.yaml.
It judges what no form fits and breaks ties between forms; a new example is learned by the next reading of the rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

_NUMBERS = re.compile(r"[A-Za-z]{1,6}-?\d{6}-?\d{3}|\d+")
_BREAKS = re.compile(r"[\s,，、。.!！?？:：;；~～…—-]+")
_SMOOTH = 0.05
_LONGEST = 80  # what a text wants is said in its first line


def pieces_of(text: str, marks: Iterable[str] = ()) -> set[str]:
    """Give the pieces of a text: 1–3 characters, numbers all alike, and marks that stand for what it holds."""
    plain = _BREAKS.sub(" ", _NUMBERS.sub("0", text[:_LONGEST])).strip()
    framed = f"^{plain}$"
    length = len(framed)
    pieces = {framed[place : place + size] for size in (1, 2, 3) for place in range(length - size + 1)}
    pieces.update(marks)
    return pieces


class Likeness:
    """How strongly each piece speaks for each intent."""

    __slots__ = ("_base", "_names", "_speaks")

    def __init__(self, samples: Iterable[tuple[set[str], str, float]]) -> None:
        counts: dict[str, dict[str, float]] = {}
        totals: dict[str, float] = {}
        for pieces, name, weight in samples:
            for piece in pieces:
                of_piece = counts.setdefault(piece, {})
                of_piece[name] = of_piece.get(name, 0.0) + weight
            totals[name] = totals.get(name, 0.0) + weight * len(pieces)
        unseen = _SMOOTH * max(1, len(counts))
        self._names = tuple(totals)
        places = {name: place for place, name in enumerate(self._names)}
        # The log of a piece never seen with an intent; what was seen is kept as the gain over it.
        self._base = [math.log(_SMOOTH / (total + unseen)) for total in totals.values()]
        self._speaks: Mapping[str, tuple[tuple[int, float], ...]] = {
            piece: tuple((places[name], math.log1p(count / _SMOOTH)) for name, count in of_piece.items())
            for piece, of_piece in counts.items()
        }

    def familiar(self, pieces: Iterable[str], name: str) -> float:
        """Give which share of the pieces of two and three characters was ever seen with the name."""
        long = [piece for piece in pieces if len(piece) > 1 and piece[0] != "<"]
        place = self._names.index(name)
        seen = sum(any(other == place for other, _ in self._speaks.get(piece, ())) for piece in long)
        return seen / max(1, len(long))

    def scores(self, pieces: Iterable[str]) -> dict[str, float]:
        """Give the log-likeness of every intent; pieces never seen say nothing. {} when nothing was ever seen."""
        speaks = self._speaks
        known = [speaks[piece] for piece in pieces if piece in speaks]
        count = len(known)
        scores = [base * count for base in self._base]
        for gains in known:
            for place, gain in gains:
                scores[place] += gain
        return dict(zip(self._names, scores, strict=True))
