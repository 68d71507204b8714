"""Read, check and watch the rule files: the knowledge a township may edit without code and without a restart.

`rules/NAME.csv` is shipped. A township's own directory (RULES_DIR) may hold `NAME.csv`, which takes the shipped file's
place, or `NAME_local.csv`, whose rows are added to it: a row with the same key takes the place of the shipped one, and
one whose weight is 0 takes it away. `meetings.yaml`, `polls.yaml` and `intents/*.yaml` are replaced whole. Files are UTF-8 with BOM, so that WPS and Excel open them; what cannot be read is
named with file, row and what mends it, and the last good table stays in force.
"""

from __future__ import annotations

import csv
import difflib
import io
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from storage.rule_rows import Row, Table

Made = TypeVar("Made")

LOCAL = "_local"
SUFFIXES = (".csv", ".yaml")
INTENTS = "intents"
"""The one folder inside: its files are named `intents/NAME.yaml`."""
MOST_BYTES = 8_000_000
"""No rule file is larger: what is was put there by mistake, and reading it would hold up the village."""


class RuleFault(ValueError):
    """A rule file that cannot be used: which file, which row (0: the file as a whole), what is wrong, what mends it."""

    def __init__(self, file: str, row: int, problem: str, mend: str) -> None:
        super().__init__(f"{file}:{row} {problem}; {mend}")
        self.file, self.row, self.problem, self.mend = file, row, problem, mend


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table must look like: its columns, those that may be empty or missing, and those that name a row."""

    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


_TOLD = Shape(
    ("found", "what"),
    ("urgent", "waits", "sealed", "matter", "cry", "咨询", "求助", "投诉", "举报", "建议", "表扬", "example"),
    ("found", "what"),
)
SHAPES: Mapping[str, Shape] = {
    "topics": Shape(("code", "word", "weight"), ("match", "unless"), ("code", "word")),
    "topics_list": Shape(("code", "top", "title", "urgency"), ("seed_class", "handlers", "sealed"), ("code",)),
    "topics_examples": Shape(("code", "kind", "text"), (), ("code", "text")),
    "topics_types": Shape(("type", "pattern", "weight"), ("unless",), ("type", "pattern")),
    "topics_sealed": Shape(("mark", "pattern"), ("unless",), ("mark", "pattern")),
    "urgency": Shape(("level", "pattern"), ("unless",), ("level", "pattern")),
    "spoken": _TOLD,
    "written": _TOLD,
    "danger": Shape(("kind", "number", "pattern"), ("unless",), ("kind", "pattern")),
    "danger_unless": Shape(("effect", "where", "pattern"), ("kinds",), ("effect", "pattern")),
    "danger_words": Shape(("side", "word", "weight"), (), ("word",)),
    "danger_signs": Shape(("side", "pattern", "weight", "example"), ("counter", "vague"), ("pattern",)),
    "dialect": Shape(("said", "standard"), ("unless", "kind"), ("said",)),
    "dialect_traditional": Shape(("said", "standard"), (), ("said",)),
    "dialect_sounds": Shape(("sound", "letters"), (), ("sound",)),
    "word_groups": Shape(("name", "words"), (), ("name",)),
    "calendar": Shape(("日期", "安排"), ("title",), ("日期",)),
}

# A clerk may head the columns in his own language.
_CHINESE = {
    "代码": "code", "词": "word", "分": "weight", "怎么找": "match", "不算": "unless", "大类": "top", "名称": "title",
    "五类": "seed_class", "归谁办": "handlers", "急缓": "urgency", "保密": "sealed", "正反": "kind", "例句": "text",
    "类型": "type", "说法": "pattern", "级别": "level", "记号": "signs", "电话": "number", "作用": "effect", "位置": "where",
    "土话": "said", "普通话": "standard", "组名": "name", "词表": "words", "标记": "mark", "边": "side",
    "怎么认": "found", "认什么": "what", "急": "urgent", "能等": "waits", "是事项": "matter", "命急": "cry", "例": "example",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table as plain rows, by name (`topics`), the texts of other rule files (`polls.yaml`), and what is wrong.

    `sources` says which file each table came from; a faulty file is left out here and named in `faults`.
    """

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[RuleFault, ...] = ()


def read_rows(path: Path, shape: Shape | None = None) -> Table:
    """Read one table. Raises RuleFault for a broken encoding, an unknown or missing column, or an empty cell."""
    shape = shape or SHAPES.get(path.stem.removesuffix(LOCAL))
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        first = next(reader, None)
        if first is None:
            raise RuleFault(path.name, 0, "empty", ",".join(shape.columns) if shape else "header")
        header = [_CHINESE.get(name.strip(), name.strip()) for name in first]
        if shape:
            _check_header(path.name, header, shape)
        places = {name: place for place, name in enumerate(header)}
        once: dict[str, str] = {}  # codes, weights and ways to look stand in thousands of rows: one string each
        numbers, cells = array("L"), []
        for line in reader:
            if any(map(str.strip, line)):
                numbers.append(reader.line_num)
                cells.append(
                    _cells(path.name, reader.line_num, len(header), [once.setdefault(cell, cell) for cell in line])
                )
    except csv.Error as wrong:
        raise RuleFault(path.name, reader.line_num, "csv", str(wrong)) from wrong
    needed = [(column, places[column]) for column in shape.columns] if shape else []
    for number, each in zip(numbers, cells, strict=True):
        for column, place in needed:
            if not each[place]:
                raise RuleFault(path.name, number, f"empty_cell:{column}", column)
    return Table(path.name, places, numbers, cells)


def _text(path: Path) -> str:
    name = _name(path)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuleFault(name, 0, "too_large", f"{MOST_BYTES // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as wrong:
        raise RuleFault(name, 0, "unreadable", str(wrong.strerror)) from wrong
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        row = content.count(b"\n", 0, wrong.start) + 1
        raise RuleFault(name, row, "encoding", "CSV UTF-8") from wrong


def _check_header(file: str, header: list[str], shape: Shape) -> None:
    known = shape.columns + shape.optional
    for name in header:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise RuleFault(file, 1, f"unknown_column:{name}", near[0] if near else ",".join(known))
    missing = [name for name in shape.columns if name not in header]
    if missing:
        raise RuleFault(file, 1, f"missing_column:{missing[0]}", ",".join(known))
    if len(set(header)) < len(header):
        raise RuleFault(file, 1, "double_column", ",".join(known))


def _cells(file: str, number: int, width: int, line: list[str]) -> tuple[str, ...]:
    if any(map(str.strip, line[width:])):
        raise RuleFault(file, number, "too_many_cells", '"…,…"')
    line = line[:width] + [""] * (width - len(line))
    return tuple(map(str.strip, line))


def read_tables(builtin: Path, override: Path | None = None, skip: frozenset[str] = frozenset()) -> Tables:
    """Read every rule file of the shipped directory with a township's own laid over it. Never raises on a bad file.

    `skip` names files of the township's directory that are to be left out (they were found faulty later).
    """
    rows: dict[str, Sequence[Row]] = {}
    texts: dict[str, str] = {}
    faults: list[RuleFault] = []
    if override is not None and (fault := _unlisted(override)):  # its words would be gone without a word
        faults.append(fault)
    own = {_name(path): path for path in _files(override) if _name(path) not in skip}
    for path in _files(builtin):
        for chosen in (own.get(_name(path)), path):
            if chosen is None:
                continue
            try:
                if path.suffix == ".csv":
                    rows[path.stem] = _some(chosen.name, read_rows(chosen))
                else:
                    texts[_name(path)] = _filled(_name(path), _text(chosen))
                break
            except RuleFault as fault:
                faults.append(fault)
    for name, shape in SHAPES.items():
        local = own.get(f"{name}{LOCAL}.csv")
        if local is not None:
            try:
                rows[name] = _merged(rows.get(name, ()), read_rows(local, shape), shape.key)
            except RuleFault as fault:
                faults.append(fault)
    return Tables(rows, texts, tuple(faults + _strangers(builtin, own) + _passed_over(builtin, override)))


def _some(name: str, rows: Table) -> Table:
    if not rows:
        raise RuleFault(name, 1, "no_rows", f"{name.removesuffix('.csv')}{LOCAL}.csv")
    return rows


def _filled(name: str, text: str) -> str:
    if not text.strip():
        raise RuleFault(name, 0, "empty", "rules/" + name)
    return text


def _files(directory: Path | None) -> list[Path]:
    """Every rule file of a folder; none where it cannot be looked into (`_unlisted` says why)."""
    if directory is None:
        return []
    try:
        paths = [*directory.iterdir(), *(directory / INTENTS).glob("*.yaml")]
        return sorted(path for path in paths if path.suffix in SUFFIXES and path.is_file())
    except OSError:
        return []


def contents_of(builtin: Path, override: Path | None) -> list[bytes] | None:
    """Return all that a rulebook hangs on: the files, and what else lies beside a township's own; None where it cannot be
    read."""
    try:
        beside = sorted(override.iterdir()) if override is not None else []
        told = [f"{path.name}\t{path.is_file()}\t{path.is_dir()}".encode(errors="surrogateescape") for path in beside]
        for path in _files(builtin) + _files(override):
            told += [_name(path).encode(errors="surrogateescape"), path.read_bytes()]
    except OSError:
        return None
    return told


def _unlisted(directory: Path) -> RuleFault | None:
    try:
        next(directory.iterdir(), directory).lstat()  # a folder may be listed and its files not be reached
    except (FileNotFoundError, NotADirectoryError):
        return RuleFault(str(directory), 0, "no_folder", "YOUSHI_RULES_DIR")
    except OSError as wrong:
        return RuleFault(str(directory), 0, "unreadable", str(wrong.strerror))
    return None


def _name(path: Path) -> str:
    """Return what a rule file is called: its name, below the folder of the intents with the folder before it."""
    return f"{INTENTS}/{path.name}" if path.parent.name == INTENTS else path.name


def _merged(shipped: Sequence[Row], own: Sequence[Row], key: tuple[str, ...]) -> tuple[Row, ...]:
    def named(row: Row) -> tuple[str, ...]:
        return tuple(row.cells.get(column, "") for column in key)

    replaced = {named(row) for row in own}
    kept = tuple(row for row in shipped if named(row) not in replaced)
    return kept + tuple(row for row in own if row.cells.get("weight") != "0")


def _strangers(builtin: Path, own: Mapping[str, Path]) -> list[RuleFault]:
    """Name the township's files that would change nothing, with the nearest name that would."""
    known = [_name(path) for path in _files(builtin)]
    known += [f"{name}{LOCAL}.csv" for name in SHAPES if f"{name}.csv" in known]
    faults = []
    for name in own:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            faults.append(RuleFault(name, 0, "unknown_file", near[0] if near else ",".join(known)))
    return faults


_WORKBOOKS = (".xlsx", ".xls", ".et")


def _passed_over(builtin: Path, override: Path | None) -> list[RuleFault]:
    """Name what looks like a rule file and is none: TOPICS.CSV, a workbook, a folder or a link to nothing of its name."""
    if override is None:
        return []
    try:
        found = [path for path in override.iterdir() if not path.name.startswith((".", "~"))]
    except OSError:
        return []
    taken = {path.name for path in _files(override)}
    known = [*(_name(path) for path in _files(builtin)), *(f"{name}{LOCAL}.csv" for name in SHAPES)]
    faults = []
    for path in sorted(found):
        named = path.name.lower() if path.suffix.lower() not in _WORKBOOKS else f"{path.stem.lower()}.csv"
        if path.name not in taken and named in known:
            faults.append(RuleFault(path.name, 0, "no_file", named))
    return faults


class Shelf(Protocol[Made]):
    """Where what was made of the rules is kept from one start to the next; `contents` are the files it was made of."""

    def recall(self, contents: Sequence[bytes]) -> Made | None:
        """Return what was made of just these files, if it is still there."""

    def keep(self, contents: Sequence[bytes], made: Made) -> None:
        """Keep what was made of these files."""


class Rulebook(Generic[Made]):
    """The rules in force: what `build` made of the newest good files. `refresh` costs a few file stats.

    `build` gets the Tables and may raise whatever it likes, best a ValueError with `file`, `row`, `problem` and `mend`.
    At the first reading the township's file at fault is left out, later the value in force simply stays. `faults`
    tells what is wrong now. Files without a fault need not be read a second time: with a `shelf`, what was made of them
    at an earlier start is in force at once.
    """

    def __init__(
        self, builtin: Path, override: Path | None, build: Callable[[Tables], Made], shelf: Shelf[Made] | None = None
    ) -> None:
        self._builtin, self._override, self._build, self._shelf = builtin, override, build, shelf
        self._seen = self._stamp()
        self.faults: tuple[RuleFault, ...] = ()
        self.value = self._first()

    def refresh(self) -> bool:
        """Read again if a file changed since; True if another value is in force now. Never raises."""
        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        tables = read_tables(self._builtin, self._override)
        self.faults = tables.faults
        # A file that cannot be read would silently give way to the shipped one: what was in force stays instead.
        if tables.faults:
            return False
        try:
            self.value = self._build(tables)
        except Exception as wrong:
            self.faults = (self._blamed(wrong, frozenset()),)
            return False
        return True

    def _first(self) -> Made:
        contents = contents_of(self._builtin, self._override) if self._shelf else None
        if self._shelf and contents and (kept := self._shelf.recall(contents)) is not None:
            return kept
        made = self._read_and_made()
        # What was changed in between was made of other files than these.
        if self._shelf and contents and not self.faults and self._stamp() == self._seen:
            self._shelf.keep(contents, made)
        return made

    def _read_and_made(self) -> Made:
        left_out: frozenset[str] = frozenset()
        while True:
            tables = read_tables(self._builtin, self._override, left_out)
            try:
                made = self._build(tables)
            except Exception as wrong:
                fault = self._blamed(wrong, left_out)
                if fault.file not in self._own() - left_out:
                    raise
                left_out |= {fault.file}
                self.faults += (fault,)
            else:
                self.faults = tables.faults + self.faults
                return made

    def _blamed(self, wrong: Exception, left_out: frozenset[str]) -> RuleFault:
        """Say which of the township's files is at fault: the one named, else one without which the rest can be built,
        else any: the village is never without rules."""
        own = self._own() - left_out
        file = str(getattr(wrong, "file", ""))
        if file not in own and own:
            file = next((each for each in sorted(own) if self._stands_without(left_out | {each})), min(own))
        problem, mend = getattr(wrong, "problem", ""), getattr(wrong, "mend", "")
        told = f"unusable:{type(wrong).__name__} {wrong}"[:200].replace("\n", " ")
        return RuleFault(file, int(getattr(wrong, "row", 0) or 0), problem or told, mend or "rules/" + file)

    def _stands_without(self, left_out: frozenset[str]) -> bool:
        try:
            self._build(read_tables(self._builtin, self._override, left_out))
        except Exception:
            return False
        return True

    def _own(self) -> frozenset[str]:
        return frozenset(map(_name, _files(self._override)))

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        stamps = []
        for path in _files(self._builtin) + _files(self._override):
            try:
                state = path.stat()
            except OSError:
                continue
            stamps.append((str(path), state.st_mtime_ns, state.st_size))
        return tuple(stamps)
