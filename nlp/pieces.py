"""A text taken apart once for all who look for its letters and pairs of letters."""

from __future__ import annotations

from operator import add
from typing import NamedTuple


class Pieces(NamedTuple):
    """The letters and pairs of letters of a text: in its order, and all together."""

    letters: list[str]
    pairs: list[str]
    all: set[str]

    def after(self, start: int) -> set[str]:
        """Return the letters and pairs of what stands from `start` on."""
        return {*self.letters[start:], *self.pairs[start:]}


def take_apart(text: str) -> Pieces:
    letters = list(text)
    pairs = pairs_of(letters)
    return Pieces(letters, pairs, {*letters, *pairs})


def pairs_of(letters: list[str]) -> list[str]:
    return list(map(add, letters, letters[1:]))


def pieces_of(text: str) -> set[str]:
    """Return the letters and pairs of letters of a text, all together."""
    return {*text, *map(add, text, text[1:])}
