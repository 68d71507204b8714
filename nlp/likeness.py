"""Likeness: which intent a text most resembles, by the pieces of one to three characters it shares with known words.

A naive Bayes table over pieces, filled from samples of every form and from the examples of rules/intents/examples.yaml.
It judges what no form fits and breaks ties between forms; a new example is learned by the next reading of the rules.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
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

    __slots__ = ("_base", "_speaks")

    def __init__(self, samples: Iterable[tuple[set[str], str, float]]) -> None:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        totals: Counter[str] = Counter()
        for pieces, intent, weight in samples:
            for piece in pieces:
                counts[piece][intent] += weight  # type: ignore[assignment]
            totals[intent] += weight * len(pieces)  # type: ignore[assignment]
        unseen = _SMOOTH * max(1, len(counts))
        # The log of a piece never seen with an intent; what was seen is kept as the gain over it.
        self._base = {intent: math.log(_SMOOTH / (total + unseen)) for intent, total in totals.items()}
        self._speaks: Mapping[str, list[tuple[str, float]]] = {
            piece: [(intent, math.log1p(count / _SMOOTH)) for intent, count in of_piece.items()]
            for piece, of_piece in counts.items()
        }

    def familiar(self, pieces: Iterable[str], label: str) -> float:
        """Give which share of the pieces of two and three characters was ever seen with the label."""
        long = [piece for piece in pieces if len(piece) > 1 and piece[0] != "<"]
        seen = sum(any(name == label for name, _ in self._speaks.get(piece, ())) for piece in long)
        return seen / max(1, len(long))

    def scores(self, pieces: Iterable[str]) -> dict[str, float]:
        """Give the log-likeness of every intent; pieces never seen say nothing. {} when nothing was ever seen."""
        known = [speaks for piece in pieces if (speaks := self._speaks.get(piece)) is not None]
        count = len(known)
        scores = {intent: base * count for intent, base in self._base.items()}
        for speaks in known:
            for intent, gain in speaks:
                scores[intent] += gain
        return scores
