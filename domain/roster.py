"""A roster (名册): the township's own list of people, households, places and offices, one person a row.

Pure: a row as it was read, the titles people write, and what contradicts itself within one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.organisation import AreaKind, Role

# What stands in the column 职务, and the place the office is over. The first title of a role is its usual name.
TITLES: dict[str, tuple[Role, AreaKind]] = {
    "微网格长": (Role.GRID_MICRO, AreaKind.MICRO_GRID),
    "网格长": (Role.GRID_HEAD, AreaKind.GRID),
    "网格员": (Role.GRID_HEAD, AreaKind.GRID),
    "总网格长": (Role.GRID_CHIEF, AreaKind.VILLAGE),
    "文书": (Role.CLERK, AreaKind.VILLAGE),
    "村主任": (Role.VC, AreaKind.VILLAGE),
    "主任": (Role.VC, AreaKind.VILLAGE),
    "书记": (Role.SECRETARY, AreaKind.VILLAGE),
    "村书记": (Role.SECRETARY, AreaKind.VILLAGE),
    "监委": (Role.SUPERVISOR, AreaKind.VILLAGE),
    "监委主任": (Role.SUPERVISOR, AreaKind.VILLAGE),
    "会计": (Role.ACCOUNTANT, AreaKind.VILLAGE),
    "妇联": (Role.WOMEN, AreaKind.VILLAGE),
    "妇联主席": (Role.WOMEN, AreaKind.VILLAGE),
    "议事会": (Role.COUNCIL, AreaKind.VILLAGE),
    "村民代表": (Role.REP, AreaKind.GROUP),
    "代表": (Role.REP, AreaKind.GROUP),
    "镇领导": (Role.TOWN_LEADER, AreaKind.TOWN),
    "镇办事员": (Role.TOWN_CLERK, AreaKind.TOWN),
    "镇纪委": (Role.DISCIPLINE, AreaKind.TOWN),
    "管理员": (Role.ADMIN, AreaKind.TOWN),
    "部门": (Role.DEPT, AreaKind.DEPARTMENT),
}


@dataclass(frozen=True, slots=True)
class Post:
    """An office in a row. `area` names the place where it is not the row's own ("网格长（三网格）")."""

    role: Role
    kind: AreaKind
    area: str = ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person. `places` are the names of the row's areas by kind; "" and None are "not said", never "none"."""

    line: int
    name: str
    places: dict[AreaKind, str]
    codes: dict[AreaKind, str]
    household: int | None = None
    is_head: bool = False
    gender: str = ""
    born_year: int | None = None
    phone: str = ""
    is_party_member: bool | None = None
    status: str = ""
    posts: tuple[Post, ...] = ()

    @property
    def home(self) -> tuple[str, str, int] | None:
        """(town, village, number) of the household."""
        if self.household is None:
            return None
        return self.places[AreaKind.TOWN], self.places[AreaKind.VILLAGE], self.household


@dataclass(frozen=True, slots=True)
class RosterFault:
    """What is wrong and where. `column` "" where it is the whole row; `reason` and `words` are said by handlers/texts."""

    line: int
    column: str
    reason: str
    words: tuple[str, ...] = ()


CODE_COLUMNS = {AreaKind.TOWN: "镇代码", AreaKind.VILLAGE: "村代码"}
_WHERE = ((AreaKind.GROUP, "社"), (AreaKind.GRID, "网格"), (AreaKind.MICRO_GRID, "微网格"))


def contradictions(rows: Sequence[RosterRow]) -> Iterator[RosterFault]:
    """What two rows of one list say differently."""
    yield from _homes(rows)
    yield from _codes(rows)
    yield from _grids(rows)


def _homes(rows: Iterable[RosterRow]) -> Iterator[RosterFault]:
    first: dict[tuple[str, str, int], RosterRow] = {}
    heads: dict[tuple[str, str, int], int] = {}
    named: dict[tuple[object, str], int] = {}
    for row in rows:
        key = (row.home or (row.places.get(AreaKind.TOWN), row.phone), row.name)
        if (before := named.setdefault(key, row.line)) != row.line:
            yield RosterFault(row.line, "姓名", "same_name", (row.name, str(before)))
        if row.home is None:
            continue
        home, number = first.setdefault(row.home, row), str(row.household)
        for kind, column in _WHERE:
            if row.places.get(kind, "") != home.places.get(kind, ""):
                yield RosterFault(row.line, column, "other_place", (number, str(home.line)))
        if row.is_head and (before := heads.setdefault(row.home, row.line)) != row.line:
            yield RosterFault(row.line, "户主", "two_heads", (number, str(before)))


def _codes(rows: Iterable[RosterRow]) -> Iterator[RosterFault]:
    """A code is of one place, and a place has one code."""
    by_code: dict[str, tuple[str, int]] = {}
    by_place: dict[tuple[AreaKind, str, str], tuple[str, int]] = {}
    for row in rows:
        for kind, code in row.codes.items():
            place, column = row.places[kind], CODE_COLUMNS[kind]
            of, line = by_code.setdefault(code, (place, row.line))
            if of != place:
                yield RosterFault(row.line, column, "code_of_other", (code, str(line), of))
            had, line = by_place.setdefault((kind, row.places[AreaKind.TOWN], place), (code, row.line))
            if had != code:
                yield RosterFault(row.line, column, "two_codes", (place, str(line), had))


def _grids(rows: Iterable[RosterRow]) -> Iterator[RosterFault]:
    above: dict[tuple[str, str], tuple[str, int]] = {}
    for row in rows:
        micro = row.places.get(AreaKind.MICRO_GRID)
        if micro:
            grid, village = row.places.get(AreaKind.GRID, ""), row.places.get(AreaKind.VILLAGE, "")
            had, line = above.setdefault((village, micro), (grid, row.line))
            if had != grid:
                yield RosterFault(row.line, "网格", "two_grids", (micro, str(line), had))
