"""Likeness: which intent a text most resembles, by the pieces of one to three characters it shares with known words.

A naive Bayes table over pieces, filled from samples of every form and from the examples of rules/intents/examples.yaml.
It judges what no form fits and breaks ties between forms; a new example is learned by the next reading of the rules.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterable, Mapping

_NUMBERS = re.compile(r"[A-Za-z]{1,6}-?\d{6}-?\d{3}|\d+")
_BREAKS = re.compile(r"[\s,，、。.!！?？:：;；~～…—-]+")
_SMOOTH = 0.05
_UNIT = 1 / 65536
_WIDTH = 32
_LANE = (1 << _WIDTH) - 1
_MOST = 512  # pieces of one text at most (3 × _LONGEST and its marks): their sum stays within a lane
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
    """How strongly each piece speaks for each intent.

    All gains of a piece are lanes of one whole number, so that adding up a message is one addition a piece.
    """

    __slots__ = ("_base", "_lanes", "_names", "_speaks")

    def __init__(self, samples: Iterable[tuple[set[str], str, float]]) -> None:
        counts: dict[str, dict[str, float]] = {}
        totals: dict[str, float] = {}
        for pieces, name, weight in samples:
            for piece in pieces:
                of_piece = counts.setdefault(piece, {})
                of_piece[name] = of_piece.get(name, 0.0) + weight
            totals[name] = totals.get(name, 0.0) + weight * len(pieces)
        unseen = _SMOOTH * max(1, len(counts))
        self._names = {name: place for place, name in enumerate(totals)}
        self._lanes = struct.Struct(f"<{len(totals)}I")
        # The log of a piece never seen with an intent; what was seen is kept as the gain over it.
        self._base = [math.log(_SMOOTH / (total + unseen)) for total in totals.values()]
        self._speaks: Mapping[str, int] = {
            piece: sum(_lane(count) << _WIDTH * self._names[name] for name, count in of_piece.items())
            for piece, of_piece in counts.items()
        }

    def familiar(self, pieces: Iterable[str], name: str) -> float:
        """Give which share of the pieces of two and three characters was ever seen with the name."""
        long = [piece for piece in pieces if len(piece) > 1 and piece[0] != "<"]
        lane = _LANE << _WIDTH * self._names[name]
        seen = sum(self._speaks.get(piece, 0) & lane != 0 for piece in long)
        return seen / max(1, len(long))

    def scores(self, pieces: Iterable[str]) -> dict[str, float]:
        """Give the log-likeness of every intent; pieces never seen say nothing. {} when nothing was ever seen."""
        known = [*filter(None, map(self._speaks.get, pieces))]
        count = len(known)
        gains = self._lanes.unpack(sum(known).to_bytes(self._lanes.size, "little"))
        scores = [base * count + gain * _UNIT for base, gain in zip(self._base, gains, strict=True)]
        return dict(zip(self._names, scores, strict=True))


def _lane(count: float) -> int:
    """A gain in units of 2⁻¹⁶, at least one unit: what was seen is told from what was not."""
    return min(max(round(math.log1p(count / _SMOOTH) / _UNIT), 1), _LANE // _MOST)
