"""Reading a roster as townships keep it: an Excel workbook, or CSV in UTF-8 (with or without BOM) or GB18030.

Every faulty cell is named with its row and column, what is wrong and what to do; nothing is guessed.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from domain.organisation import AreaKind
from domain.roster import CODE_COLUMNS, TITLES, Post, RosterFault, RosterRow, contradictions

MAX_BYTES = 50 * 1024 * 1024
# Column → (must it be there, what stands in it).
COLUMNS: Mapping[str, tuple[bool, str]] = {
    "县": (False, "乙县"),
    "镇": (True, "白水镇"),
    "镇代码": (False, "BS"),
    "村": (True, "柳树村"),
    "村代码": (False, "LS"),
    "社": (True, "一组"),
    "网格": (False, "一网格"),
    "微网格": (False, "1号微网格"),
    "户号": (True, "1"),
    "姓名": (True, "马长青"),
    "户主": (False, "是"),
    "性别": (False, "男"),
    "出生年": (False, "1961"),
    "电话": (True, "13800000000"),
    "党员": (False, "否"),
    "状况": (False, "在村"),
    "部门": (False, ""),
    "职务": (False, "书记、网格长（一网格）"),
}
_CALLED = {
    "乡镇": "镇", "村名": "村", "组": "社", "村民小组": "社", "小组": "社", "户编号": "户号", "名字": "姓名",
    "联系电话": "电话", "手机": "电话", "手机号": "电话", "出生年份": "出生年", "是否党员": "党员", "是否户主": "户主",
}  # fmt: skip
_PLACES = {
    "县": AreaKind.COUNTY, "镇": AreaKind.TOWN, "村": AreaKind.VILLAGE, "社": AreaKind.GROUP, "网格": AreaKind.GRID,
    "微网格": AreaKind.MICRO_GRID, "部门": AreaKind.DEPARTMENT,
}  # fmt: skip
_YES = {"是": True, "√": True, "1": True, "否": False, "×": False, "0": False}
_STATUS = {"在村": "here", "在家": "here", "外出": "away", "迁走": "moved", "去世": "dead"}
_NAME = re.compile(r"[\u3400-\u9fff·]{2,12}")
_CODE = re.compile(r"[A-Z]{1,6}")
_PHONE = re.compile(r"1\d{10}|0?\d{9,11}")
_TITLE = re.compile(r"([^()]+)(?:\(([^()]+)\))?")

Read = TypeVar("Read")


class Unreadable(Exception):
    """The file as a whole cannot be used; the text says why and what to do, in one line."""


class Wrong(Exception):
    def __init__(self, column: str, reason: str, *words: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.words = column, reason, words


def read_roster(path: Path) -> tuple[list[RosterRow], list[RosterFault]]:
    """The rows that can be used and every fault of the others. Raises Unreadable."""
    table = list(_sheet(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path))
    names = _columns(table[0]) if table else []
    if len(table) < 2:
        raise Unreadable(f"{path.name} 是空的：第1行写列名，从第2行起一人一行")
    rows: list[RosterRow] = []
    faults: list[RosterFault] = []
    for line, cells in enumerate(table[1:], start=2):
        if not any(cells):
            continue
        wrongs: list[Wrong] = []
        row = _row(line, cells, names, wrongs)
        if row is not None and not wrongs:
            rows.append(row)
        faults += [RosterFault(line, wrong.column, wrong.reason, wrong.words) for wrong in wrongs]
    return rows, sorted([*faults, *contradictions(rows)], key=lambda fault: fault.line)


def _sheet(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(cell) for cell in cells]
    except OSError as wrong:
        raise Unreadable(f"{path} 打不开：{wrong.strerror}") from None
    except Exception as wrong:  # openpyxl has no error of its own for what is no workbook
        raise Unreadable(f"{path.name} 不是 Excel 表（{type(wrong).__name__}）：用 Excel 或 WPS 另存为 .xlsx") from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return _clean(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


def _csv(path: Path) -> Iterator[list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        raise Unreadable(f"{path} 打不开：{wrong.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise Unreadable(f"{path.name} 超过 50 MB：按村分成几个文件")
    text = _decoded(raw, path.name)
    first = text.partition("\n")[0]
    try:
        for cells in csv.reader(
            io.StringIO(text), delimiter="\t" if "\t" in first and "," not in first else ",", strict=True
        ):
            yield [_clean(cell) for cell in cells]
    except csv.Error:
        raise Unreadable(f"{path.name} 不是规整的 CSV（引号没有配对）：用 Excel 或 WPS 另存为“CSV UTF-8”") from None


def _decoded(raw: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(f"{name} 的编码认不出来：用 Excel 或 WPS 另存为“CSV UTF-8”")


def _clean(cell: str) -> str:
    """Full-width digits and signs as half-width, no blanks around: how it is typed makes no difference."""
    return unicodedata.normalize("NFKC", cell.replace("\u200b", "")).strip()


def _columns(head: Sequence[str]) -> list[str]:
    names = [_CALLED.get(name, name) for name in head]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1, 0.4)
            hint = f"，是不是“{near[0]}”？" if near else "，不用的列请删掉"
            raise Unreadable(f"第1行：不认识“{name}”这一列{hint}可用的列：{'、'.join(COLUMNS)}")
        if names.count(name) > 1:
            raise Unreadable(f"第1行：“{name}”有两列：留一列")
    missing = [name for name, (needed, _) in COLUMNS.items() if needed and name not in names]
    if missing:
        raise Unreadable(f"第1行：缺“{'”“'.join(missing)}”：用 youshi roster template 文件.xlsx 拿一张空表照着填")
    return names


def _named(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if any(cells[len(names) :]):
        raise Wrong("", "too_many")
    return dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))


def _row(line: int, cells: Sequence[str], names: Sequence[str], wrongs: list[Wrong]) -> RosterRow | None:
    """Read one row; each faulty cell is added to `wrongs`, and the others are read all the same."""

    def read(cell_of: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return cell_of()
        except Wrong as wrong:
            wrongs.append(wrong)
            return otherwise

    nothing: dict[str, str] = {}
    cell = read(lambda: _named(names, cells), nothing)
    if not cell:
        return None
    places = {kind: cell[column] for column, kind in _PLACES.items() if cell.get(column)}
    if AreaKind.TOWN not in places:
        wrongs.append(Wrong("镇", "town"))
    codes = {kind: read(partial(_code, cell, column), "") for kind, column in CODE_COLUMNS.items() if kind in places}
    return RosterRow(
        line, read(lambda: _person(cell), ""), places, {kind: code for kind, code in codes.items() if code},
        read(lambda: _household(cell, places), None),
        bool(read(lambda: _yes(cell, "户主"), None)),
        read(lambda: _one_of(cell, "性别", {"男": "男", "女": "女"}), ""),
        read(lambda: _born(cell), None), read(lambda: _phone(cell), ""),
        read(lambda: _yes(cell, "党员"), None), read(lambda: _one_of(cell, "状况", _STATUS), ""),
        read(lambda: tuple(_posts(cell, places)), ()),
    )  # fmt: skip


def _person(cell: Mapping[str, str]) -> str:
    if not _NAME.fullmatch(cell["姓名"]):
        raise Wrong("姓名", "name" if cell["姓名"] else "no_name", cell["姓名"])
    return cell["姓名"]


def _household(cell: Mapping[str, str], places: Mapping[AreaKind, str]) -> int | None:
    said = cell["户号"]
    if not said:
        if AreaKind.GROUP in places:
            raise Wrong("户号", "no_number")
        return None
    if not re.fullmatch(r"[1-9]\d{0,5}", said):
        raise Wrong("户号", "number", said)
    for kind, column in ((AreaKind.VILLAGE, "村"), (AreaKind.GROUP, "社")):
        if kind not in places:
            raise Wrong(column, "no_place", column)
    return int(said)


def _code(cell: Mapping[str, str], column: str) -> str:
    code = cell.get(column, "").upper()
    if code and not _CODE.fullmatch(code):
        raise Wrong(column, "code", code)
    return code


def _one_of(cell: Mapping[str, str], column: str, known: Mapping[str, str]) -> str:
    said = cell.get(column, "")
    if said and said not in known:
        raise Wrong(column, "unknown", said, "、".join(known))
    return known.get(said, "")


def _yes(cell: Mapping[str, str], column: str) -> bool | None:
    said = cell.get(column, "")
    if said and said not in _YES:
        raise Wrong(column, "unknown", said, "是、否")
    return _YES.get(said)


def _born(cell: Mapping[str, str]) -> int | None:
    said = cell.get("出生年", "").removesuffix("年")
    if not said:
        return None
    if not re.fullmatch(r"\d{4}", said) or not 1900 <= int(said) <= datetime.now(UTC).year:
        raise Wrong("出生年", "year", said)
    return int(said)


def _phone(cell: Mapping[str, str]) -> str:
    said = re.sub(r"[\s\-]", "", cell["电话"])
    if re.search(r"[eE]\+?\d", said):
        raise Wrong("电话", "phone_lost", said)
    if said and not _PHONE.fullmatch(said):
        raise Wrong("电话", "phone", said)
    return said


def _posts(cell: Mapping[str, str], places: Mapping[AreaKind, str]) -> Iterator[Post]:
    for said in filter(None, re.split(r"[、,;/\s]+", cell.get("职务", ""))):
        match = _TITLE.fullmatch(said)
        if match is None or match[1] not in TITLES:
            near = difflib.get_close_matches(match[1] if match else said, TITLES, 1, 0.4)
            raise Wrong("职务", "title_like" if near else "title", said, *near)
        role, kind = TITLES[match[1]]
        if not match[2] and kind not in places:
            column = next(column for column, of in _PLACES.items() if of is kind)
            raise Wrong("职务", "post_where", match[1], column)
        yield Post(role, kind, match[2] or "")


def write_template(path: Path) -> None:
    """An empty workbook with the right columns, one example row and a sheet that explains them."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    sheet.append(list(COLUMNS))
    sheet.append([example for _, example in COLUMNS.values()])
    for row in sheet.iter_rows():
        for cell in row:
            cell.number_format = "@"  # text: Excel turns a phone into 1.38E+10 otherwise
    notes = book.create_sheet("说明")
    for line in _NOTES:
        notes.append([line])
    book.save(path)


_NOTES = (
    "一人一行；第2行是例子，填的时候删掉。",
    f"必须有的列：{'、'.join(name for name, (needed, _) in COLUMNS.items() if needed)}；别的列可以整列删掉。",
    "空着的格子表示“没说”，再导一遍不会把原来的抹掉。名册里没有的人不会被删。",
    "村代码：新的村要填，1到6个英文字母，编号用它开头（XH-261124-001）。",
    f"职务：{'、'.join(TITLES)}。几个用“、”隔开；管的地方不是本行的，写在括号里：网格长（三网格）。",
    f"状况：{'、'.join(_STATUS)}；空着算在村。",
)
