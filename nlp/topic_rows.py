"""The rows of a table of topics by the word they are found by: packed points for adding up, the rows for saying why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.lanes import Lanes, pack
from nlp.patterns import Unless
from nlp.tables import quick_to_miss


@dataclass(frozen=True, slots=True)
class Weighted:
    """One row: `word` speaks for the code at `place` with `weight`, except near `unless`."""

    place: int
    word: str
    weight: int
    unless: Unless | None


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of one word: their weights by place for adding up, the rows themselves for saying why."""

    packed: int
    rows: tuple[Weighted, ...]
    guarded: tuple[Weighted, ...]


def found_of(rows: Iterable[Weighted], packed: Callable[[Iterable[tuple[int, int]]], int] = pack) -> Found:
    rows = tuple(rows)
    guarded = tuple(row for row in rows if row.unless)
    return Found(packed((row.place, row.weight) for row in rows), rows, guarded)


def apart(lanes: Lanes, word: str, packed: int) -> Found:
    """Return the rows of a word that has no negative contexts, as its points tell them."""
    weights = [(place, weight) for place, weight in enumerate(lanes.apart(packed)) if weight]
    return found_of((Weighted(place, word, weight, None) for place, weight in weights), lambda _: packed)


class Words(Mapping[str, Found]):
    """The rows of words, by word. Adding up touches nothing but their packed points, so most are no more than that, and
    are taken apart for whoever asks why; `told` are those that say more: negative contexts, or another spelling."""

    __slots__ = ("_lanes", "_told", "points")

    def __init__(self, points: Mapping[str, int], told: Mapping[str, Found], lanes: Lanes) -> None:
        self.points, self._told, self._lanes = quick_to_miss(points), told, lanes

    def __getitem__(self, word: str) -> Found:
        return self._told.get(word) or apart(self._lanes, word, self.points[word])

    def __contains__(self, word: object) -> bool:
        return word in self.points

    def __iter__(self) -> Iterator[str]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def but(self, word: str, rows: Sequence[Weighted]) -> Words:
        """Return the same with these rows for a word; without it where there are none."""
        own = {word: found_of(rows)} if rows else {}
        points = {key: packed for key, packed in self.points.items() if key != word}
        told = {key: found for key, found in self._told.items() if key != word}
        return Words({**points, **{word: found.packed for word, found in own.items()}}, {**told, **own}, self._lanes)


def unguarded(found: Found, text: str) -> Found:
    """Return the rows whose negative contexts are not in the text."""
    off = [row for row in found.guarded if row.unless and row.unless.regex.search(text)]
    return found_of(row for row in found.rows if row not in off) if off else found
