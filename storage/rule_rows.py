"""The rows of a rule table as they are kept: cells by column name, and rows made for whoever looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload


class Cells(Mapping[str, str]):
    """The cells of one line by column name. The names are kept once a table: there are tens of thousands of lines."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[str, ...]) -> None:
        self._places, self._values = places, values

    def __getitem__(self, name: str) -> str:
        return self._values[self._places[name]]

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping, without an exception caught for every cell of a column that is not there."""
        place = self._places.get(name)
        return default if place is None else self._values[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: where it stands and its cells by column name."""

    file: str
    line: int
    cells: Mapping[str, str]


class Table(Sequence[Row]):
    """The rows of one file. Only their cells are kept; each row is made for whoever looks at it: of tens of thousands most
    are looked at once, and what they held for that moment the process would never give back."""

    __slots__ = ("_cells", "_file", "_numbers", "_places")

    def __init__(
        self, file: str, places: Mapping[str, int], numbers: Sequence[int], cells: Sequence[tuple[str, ...]]
    ) -> None:
        self._file, self._places, self._numbers, self._cells = file, places, numbers, cells

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, at: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        return Row(self._file, self._numbers[at], Cells(self._places, self._cells[at]))

    def __iter__(self) -> Iterator[Row]:
        for number, cells in zip(self._numbers, self._cells, strict=True):
            yield Row(self._file, number, Cells(self._places, cells))

    def __len__(self) -> int:
        return len(self._cells)
