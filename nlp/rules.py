"""What every rule table of this room shares: rows as others read them, faults, weights, cues with negative contexts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.patterns import BadPattern, Groups, Pattern, Scan, Unless, compile_pattern, compile_unless


class Row(Protocol):
    """A line of a table as the rulebook hands it over."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def cells(self) -> Mapping[str, str]: ...


class BadRule(ValueError):
    """A row that cannot be used. `problem` and `mend` are short codes or data; whoever shows it makes the sentence."""

    def __init__(self, row: Row, problem: str, mend: str) -> None:
        super().__init__(f"{row.file}:{row.line} {problem}; {mend}")
        self.file, self.row, self.problem, self.mend = row.file, row.line, problem, mend


@dataclass(frozen=True, slots=True)
class Fired:
    """A word of the rules that was found, and what it weighs."""

    word: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: a pattern that stands for `value` with a weight, except near its negative contexts."""

    value: str
    pattern: Pattern
    weight: int = 1
    unless: Unless | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CueTable:
    """Rows with one scan over all of them. `find` gives the cues that hold, with the place each was found at."""

    cues: tuple[Cue, ...]
    scan: Scan

    def find(self, text: str) -> list[tuple[Cue, int]]:
        found = []
        for index, at in self.scan.find(text).items():
            cue = self.cues[index]
            if cue.unless is None or not cue.unless.holds(text, at):
                found.append((cue, at))
        return found


def compile_cues(
    rows: Iterable[Row], value: str, groups: Groups, known: Sequence[str] = (), note: str = ""
) -> CueTable:
    """Compile a table whose column `value` holds what a found `pattern` stands for. Raises BadRule."""
    cues = []
    for row in rows:
        if known and row.cells[value] not in known:
            raise BadRule(row, f"unknown_{value}:{row.cells[value]}", ",".join(known))
        cues.append(
            Cue(
                row.cells[value],
                read_pattern(row, "pattern", groups),
                read_weight(row) if "weight" in row.cells else 1,
                read_unless(row, groups),
                row.cells.get(note, ""),
            )
        )
    refuse_doubles(rows if isinstance(rows, Sequence) else (), (value, "pattern"))
    return CueTable(tuple(cues), Scan([cue.pattern for cue in cues]))


def read_pattern(row: Row, column: str, groups: Groups) -> Pattern:
    try:
        return compile_pattern(row.cells[column], groups)
    except BadPattern as wrong:
        raise BadRule(row, f"bad_pattern:{row.cells[column]}", str(wrong)) from wrong


def read_unless(row: Row, groups: Groups) -> Unless | None:
    try:
        return compile_unless(row.cells.get("unless", ""), groups)
    except BadPattern as wrong:
        raise BadRule(row, f"bad_pattern:{row.cells['unless']}", str(wrong)) from wrong


def read_weight(row: Row) -> int:
    """Return the row's weight: a whole number from 1 to 9999."""
    cell = row.cells["weight"]
    if not (cell.isascii() and cell.isdigit() and 1 <= int(cell) <= 9999):
        raise BadRule(row, f"bad_weight:{cell}", "1…9999")
    return int(cell)


def refuse_doubles(rows: Iterable[Row], key: Sequence[str]) -> None:
    """Raise BadRule if two rows say the same thing: an editor would change one and wonder at the other."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        name = tuple(row.cells.get(part, "") for part in key)
        if name in seen:
            raise BadRule(row, f"double:{' '.join(name)}", str(seen[name]))
        seen[name] = row.line
