"""Many small sums at once: whole numbers side by side in one, so that adding up a message is one addition a word."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any

_WIDTH = 32
MOST = (1 << _WIDTH) - 1


class Lanes:
    """So many lanes of 32 bits. A sum that leaves its lane spoils its neighbour: callers bound what they add."""

    __slots__ = ("_form",)

    def __init__(self, count: int) -> None:
        self._form = struct.Struct(f"<{count}I")

    def __reduce__(self) -> tuple[Any, ...]:
        """A struct cannot be kept (nlp/keeping.py); it is made anew."""
        return Lanes, (self._form.size // struct.calcsize("<I"),)

    def apart(self, packed: int) -> tuple[int, ...]:
        """Return what stands in each lane."""
        found: tuple[int, ...] = self._form.unpack(packed.to_bytes(self._form.size, "little"))
        return found


def pack(values: Iterable[tuple[int, int]]) -> int:
    """Put values (lane, number) side by side; several of one lane add up."""
    packed = 0
    for place, number in values:
        packed += number << _WIDTH * place
    return packed


class Packer:
    """Packs for one table: thousands of words say the same of the same lanes, and share one number of many bytes."""

    __slots__ = ("_packed",)

    def __init__(self) -> None:
        self._packed: dict[tuple[tuple[int, int], ...], int] = {}

    def __call__(self, values: Iterable[tuple[int, int]]) -> int:
        key = tuple(values)
        found = self._packed.get(key)
        if found is None:
            found = self._packed[key] = pack(key)
        return found


def lane(packed: int, place: int) -> int:
    """Return what stands in one lane."""
    return packed >> _WIDTH * place & MOST


def foremost(points: Sequence[int], most: int) -> list[int]:
    """Return the places of those that got most points, most first. To sort those that got a third of the most is mostly
    enough, and takes two thirds of the time that it takes to sort all."""
    best = max(points, default=0)
    if not best:
        return []
    least = best * 3 // 10 or 1
    named = [place for place, each in enumerate(points) if each >= least]
    if len(named) < most:
        named = [place for place, each in enumerate(points) if each]
    named.sort(key=points.__getitem__, reverse=True)
    return named[:most]
