"""What every rule table of this room shares: rows as others read them, faults, weights, cues with negative contexts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

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


class Fired(NamedTuple):
    """A word of the rules that was found, and what it weighs."""

    word: str
    weight: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: a pattern that stands for `value` of an `axis` with a weight, except near its negative contexts."""

    axis: str
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
        return self.kept(text, self.scan.find(text).items())

    def kept(self, text: str, hits: Iterable[tuple[int, int]]) -> list[tuple[Cue, int]]:
        """Return the cues of hits (index, place) that no negative context takes away."""
        found = []
        for index, at in hits:
            cue = self.cues[index]
            if cue.unless is None or not cue.unless.holds(text, at):
                found.append((cue, at))
        return found


def table_of(cues: Iterable[Cue]) -> CueTable:
    cues = tuple(cues)
    return CueTable(cues, Scan([cue.pattern for cue in cues]))


def read_cues(rows: Sequence[Row], axis: str, groups: Groups, known: Sequence[str], note: str = "") -> list[Cue]:
    """Read a table whose column `axis` holds what a found `pattern` stands for. Raises BadRule."""
    refuse_doubles(rows, (axis, "pattern"))
    cues = []
    for row in rows:
        value = row.cells[axis]
        if value not in known:
            raise BadRule(row, f"unknown_{axis}:{value}", ",".join(known))
        weight = read_weight(row) if "weight" in row.cells else 1
        pattern, unless = read_pattern(row, "pattern", groups), read_unless(row, groups)
        cues.append(Cue(axis, value, pattern, weight, unless, row.cells.get(note, "")))
    return cues


def read_pattern(row: Row, column: str, groups: Groups) -> Pattern:
    return read_sign(row, row.cells[column], groups)


def read_sign(row: Row, text: str, groups: Groups) -> Pattern:
    try:
        return compile_pattern(text, groups)
    except BadPattern as wrong:
        raise BadRule(row, f"bad_pattern:{text}", str(wrong)) from wrong


def read_unless(row: Row, groups: Groups) -> Unless | None:
    try:
        return compile_unless(row.cells.get("unless", ""), groups)
    except BadPattern as wrong:
        raise BadRule(row, f"bad_pattern:{row.cells['unless']}", str(wrong)) from wrong


MOST_WEIGHT = 9999


def read_weight(row: Row) -> int:
    """Return the row's weight: a whole number from 1 to MOST_WEIGHT."""
    cell = row.cells["weight"]
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9 and 1 <= int(cell) <= MOST_WEIGHT):
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
