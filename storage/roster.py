"""A roster brought into the database: what is new is added, what is said differently is changed, nothing is taken away.

People are known by village, household number and name; who has no household by town, name and phone. The same roster a
second time changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, update

from domain.organisation import AreaKind
from domain.roster import CODE_COLUMNS, Post, RosterFault, RosterRow
from storage import tables
from storage.ids import new_id
from storage.people import touch_directory

SLICE = 2000
# Any number that nobody else takes: two imports at once would each find a household missing.
_LOCK = 0x796F757368690003


@dataclass
class Report:
    """How many rows of each table are new or changed; the households that still have no paper code."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    faults: list[RosterFault] = field(default_factory=list)
    not_named: int = 0  # people of these villages that the roster does not name: left alone
    codes: list[tuple[str, str, int, str, str]] = field(default_factory=list)  # village, 社, number, head, new code
    without_code: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.added and not self.changed


def import_roster(
    connection: Connection,
    rows: Sequence[RosterRow],
    now: datetime,
    new_code: Callable[[int], tuple[str, str]] | None = None,
    done: Callable[[int], None] = lambda rows: None,
) -> Report:
    """Bring the rows in, in the caller's transaction. `new_code` draws (paper code, its hash) for a household's id;
    `done` hears of every row.

    Faults that only the database knows are in the report; where there is one the caller must not commit.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    return _Import(connection, now, new_code).run(rows, done)


class _Import:
    def __init__(
        self, connection: Connection, now: datetime, new_code: Callable[[int], tuple[str, str]] | None
    ) -> None:
        self._connection = connection
        self._now = now
        self._new_code = new_code
        self._report = Report()
        self._new: dict[str, list[dict[str, Any]]] = {}
        self._changes: dict[str, dict[int, dict[str, Any]]] = {}
        self._made: set[int] = set()

    def run(self, rows: Sequence[RosterRow], done: Callable[[int], None]) -> Report:
        self._read_areas()
        placed = [(row, self._place(row)) for row in rows]
        self._read_homes({area for _, areas in placed if (area := areas.get(AreaKind.VILLAGE))})
        heads = {row.home: row.name for row in rows if row.home and row.is_head}
        for row, areas in placed:
            home = self._home(row, areas, heads) if row.home else None
            person = self._person(row, home, areas)
            for post in row.posts:
                self._office(row, person, post, areas)
            done(1)
        self._codes()
        self._report.not_named = len(self._at_home) - len(self._named & set(self._at_home))
        self._write()
        return self._report

    # -- places

    def _read_areas(self) -> None:
        row = tables.areas.c
        found = self._connection.execute(select(row.id, row.kind, row.name, row.code, row.parent_id)).all()
        self._areas = {(one.parent_id, one.kind, one.name): one.id for one in found}
        self._counties: dict[str, set[int | None]] = {}
        for parent, kind, name in self._areas:
            if kind == AreaKind.TOWN:
                self._counties.setdefault(name, set()).add(parent)
        self._code_of = {one.id: one.code for one in found if one.code}
        self._codes_taken = {one.code: (one.id, one.name) for one in found if one.code}

    def _place(self, row: RosterRow) -> dict[AreaKind, int]:
        """The row's areas, made where they are missing. A town known by itself needs no county beside it."""
        areas: dict[AreaKind, int] = {}
        county = row.places.get(AreaKind.COUNTY)
        above = self._area(row, AreaKind.COUNTY, county, None) if county else self._county_of(row)
        for kind in (AreaKind.TOWN, AreaKind.VILLAGE):
            if name := row.places.get(kind):
                above = areas[kind] = self._area(row, kind, name, above)
        village, town = areas.get(AreaKind.VILLAGE), areas[AreaKind.TOWN]
        for kind, parent in ((AreaKind.GROUP, village), (AreaKind.GRID, village), (AreaKind.DEPARTMENT, town)):
            if (name := row.places.get(kind)) and parent is not None:
                areas[kind] = self._area(row, kind, name, parent)
        if (name := row.places.get(AreaKind.MICRO_GRID)) and village is not None:
            areas[AreaKind.MICRO_GRID] = self._area(
                row, AreaKind.MICRO_GRID, name, areas.get(AreaKind.GRID, village)
            )  # fmt: skip
        return areas

    def _county_of(self, row: RosterRow) -> int | None:
        counties = self._counties.get(row.places[AreaKind.TOWN], set())
        return next(iter(counties)) if len(counties) == 1 else None

    def _area(self, row: RosterRow, kind: AreaKind, name: str, parent: int | None) -> int:
        known = self._areas.get((parent, kind.value, name))
        code = row.codes.get(kind)
        taken = self._codes_taken.get(code) if code else None
        if taken is not None and taken[0] != known:
            self._fault(row, CODE_COLUMNS[kind], "code_taken", code or "", taken[1])
        if known is not None:
            self._name_code(row, kind, known, code)
            return int(known)
        if kind is AreaKind.VILLAGE and not code:
            self._fault(row, "村代码", "no_code", name)
        made = new_id()
        self._add(
            "areas",
            {"id": made, "kind": kind.value, "name": name, "code": code, "parent_id": parent, "tenant_id": 1},
        )
        self._areas[parent, kind.value, name] = made
        if kind is AreaKind.TOWN:
            self._counties.setdefault(name, set()).add(parent)
        if code:
            self._codes_taken.setdefault(code, (made, name))
        return made

    def _name_code(self, row: RosterRow, kind: AreaKind, known: int, code: str | None) -> None:
        """A place that has no code yet gets it; one that has another keeps it, for numbers begin with it."""
        had = self._code_of.setdefault(known, code or "")
        if code and had and had != code:
            self._fault(row, CODE_COLUMNS[kind], "code_kept", row.places[kind], had)
        elif code and known not in self._made and self._codes_taken.get(code) is None:
            self._codes_taken[code] = (known, row.places[kind])
            self._change("areas", {"id": known, "code": None}, {"code": code})

    # -- households and people

    def _read_homes(self, villages: set[int]) -> None:
        home, person, office = tables.households.c, tables.people.c, tables.roles.c
        here = home.village_id.in_(villages)
        homes = self._connection.execute(select(tables.households).where(here)).all()
        self._homes: dict[tuple[int, int], dict[str, Any]] = {(h.village_id, h.number): dict(h._mapping) for h in homes}
        at_home = select(tables.people).where(person.household_id.in_(select(home.id).where(here)))
        people = self._connection.execute(at_home).all()
        self._people: dict[tuple[Any, ...], dict[str, Any]] = {
            (p.household_id, p.name): dict(p._mapping) for p in people
        }
        self._at_home = {p.id for p in people}
        elsewhere = self._connection.execute(select(tables.people).where(person.household_id.is_(None))).all()
        self._people |= {("", p.name, p.phone): dict(p._mapping) for p in elsewhere}
        self._named: set[int] = set()
        self._posts = {
            (r.person_id, r.role, r.area_id): (r.id, r.until_at)
            for r in self._connection.execute(select(office.id, office.person_id, office.role, office.area_id, office.until_at))
        }  # fmt: skip

    def _home(self, row: RosterRow, areas: dict[AreaKind, int], heads: dict[Any, str]) -> int:
        village, group = areas[AreaKind.VILLAGE], areas[AreaKind.GROUP]
        # A village without grids: whoever answers for the 社, or the village, is found upwards from it.
        place = areas.get(AreaKind.MICRO_GRID) or areas.get(AreaKind.GRID)
        known = self._homes.get((village, row.household or 0))
        if known is None:
            known = {
                "id": new_id(), "village_id": village, "group_id": group, "micro_grid_id": place or group,
                "number": row.household, "head_name": heads.get(row.home, row.name), "code_hash": "",
            }  # fmt: skip
            self._homes[village, row.household or 0] = known
            self._add("households", known)
            return int(known["id"])
        said = {"group_id": group, "micro_grid_id": place or known["micro_grid_id"]}
        said["head_name"] = heads.get(row.home, known["head_name"])
        self._change("households", known, said)
        return int(known["id"])

    def _person(self, row: RosterRow, home: int | None, areas: dict[AreaKind, int]) -> int:
        key = (home, row.name) if home is not None else ("", row.name, row.phone)
        known = self._people.get(key)
        if known is None:
            known = {
                "id": new_id(), "household_id": home, "name": row.name, "gender": row.gender,
                "born_year": row.born_year, "phone": row.phone, "is_party_member": bool(row.is_party_member),
                "status": row.status or "here",
            }  # fmt: skip
            self._people[key] = known
            self._add("people", known)
        else:
            said = {"gender": row.gender, "born_year": row.born_year, "phone": row.phone, "status": row.status}
            said = {name: value for name, value in said.items() if value not in ("", None)}
            if row.is_party_member is not None:
                said["is_party_member"] = row.is_party_member
            self._change("people", known, said)
        self._named.add(int(known["id"]))
        return int(known["id"])

    def _office(self, row: RosterRow, person: int, post: Post, areas: dict[AreaKind, int]) -> None:
        area = self._named_area(post, areas) if post.area else areas.get(post.kind)
        if area is None:
            self._fault(row, "职务", "post_nowhere", post.area)
            return
        known = self._posts.get((person, post.role.value, area))
        if known is None:
            made = new_id()
            self._posts[person, post.role.value, area] = (made, None)
            facts = {"id": made, "person_id": person, "role": post.role.value, "area_id": area, "since_at": self._now}
            self._add("roles", facts)
        elif known[1] is not None:  # he held it before and holds it again
            self._posts[person, post.role.value, area] = (known[0], None)
            self._change("roles", {"id": known[0], "until_at": known[1]}, {"until_at": None})

    def _named_area(self, post: Post, areas: dict[AreaKind, int]) -> int | None:
        """A place of that name and kind under the row's village, else under its town."""
        for parent in (areas.get(AreaKind.VILLAGE), areas.get(AreaKind.GRID), areas[AreaKind.TOWN]):
            if (found := self._areas.get((parent, post.kind.value, post.area))) is not None:
                return int(found)
        within = {areas.get(AreaKind.VILLAGE)} | {
            area for (parent, _, _), area in self._areas.items() if parent == areas.get(AreaKind.VILLAGE)
        }
        named = [a for (parent, kind, name), a in self._areas.items() if (kind, name) == (post.kind.value, post.area) and parent in within]  # fmt: skip
        return int(named[0]) if len(named) == 1 else None

    def _codes(self) -> None:
        """Households without a paper code get one where codes are wanted: without it nobody of them can vote."""
        names = {area: name for (_, _, name), area in self._areas.items()}
        for home in self._homes.values():
            if home["code_hash"]:
                continue
            if self._new_code is None:
                self._report.without_code += 1
                continue
            code, hashed = self._new_code(home["id"])
            self._report.codes.append(
                (names[home["village_id"]], names[home["group_id"]], home["number"], home["head_name"], code)
            )
            self._change("households", home, {"code_hash": hashed}, counts=False)

    # -- writing

    def _fault(self, row: RosterRow, column: str, reason: str, *words: str) -> None:
        said = {(one.column, one.reason, one.words) for one in self._report.faults}
        if (column, reason, words) not in said:  # a new village without a code is one fault, not one for each person
            self._report.faults.append(RosterFault(row.line, column, reason, words))

    def _add(self, table: str, row: dict[str, Any]) -> None:
        self._new.setdefault(table, []).append(row)
        self._made.add(row["id"])
        self._report.added[table] += 1

    def _change(self, table: str, known: dict[str, Any], said: dict[str, Any], *, counts: bool = True) -> None:
        """Note what is said otherwise than it stands; a row that is itself new is only completed."""
        other = {name: value for name, value in said.items() if known[name] != value}
        if not other:
            return
        known.update(other)
        if known["id"] in self._made:
            return
        noted = self._changes.setdefault(table, {})
        if counts and known["id"] not in noted:
            self._report.changed[table] += 1
        noted.setdefault(known["id"], {}).update(other)

    def _write(self) -> None:
        if self._report.faults:
            return
        for name in ("areas", "households", "people", "roles"):
            table = tables.metadata.tables[name]
            for rows in _sliced(self._new.get(name, [])):
                self._connection.execute(table.insert(), rows)
            self._write_changes(table, self._changes.get(name, {}))
        if not self._report.is_empty or self._report.codes:
            touch_directory(self._connection)

    def _write_changes(self, table: Table, changes: dict[int, dict[str, Any]]) -> None:
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for id_, values in changes.items():
            by_columns.setdefault(tuple(sorted(values)), []).append({"its_id": id_, **{f"new_{n}": v for n, v in values.items()}})  # fmt: skip
        for names, rows in by_columns.items():
            change = update(table).where(table.c.id == bindparam("its_id"))
            change = change.values({name: bindparam(f"new_{name}") for name in names})
            for part in _sliced(rows):
                self._connection.execute(change, part)


def _sliced(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[first : first + SLICE] for first in range(0, len(rows), SLICE))
