"""Many small sums at once: whole numbers side by side in one, so that adding up a message is one addition a word."""

from __future__ import annotations

import struct
from collections.abc import Iterable

_WIDTH = 32
MOST = (1 << _WIDTH) - 1


class Lanes:
    """So many lanes of 32 bits. A sum that leaves its lane spoils its neighbour: callers bound what they add."""

    __slots__ = ("_form",)

    def __init__(self, count: int) -> None:
        self._form = struct.Struct(f"<{count}I")

    def apart(self, packed: int) -> tuple[int, ...]:
        """Return what stands in each lane."""
        found: tuple[int, ...] = self._form.unpack(packed.to_bytes(self._form.size, "little"))
        return found


def pack(values: Iterable[tuple[int, int]]) -> int:
    """Put values (lane, number) side by side; several of one lane add up."""
    return sum(number << _WIDTH * lane for lane, number in values)


def lane(packed: int, place: int) -> int:
    """Return what stands in one lane."""
    return packed >> _WIDTH * place & MOST
