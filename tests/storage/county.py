"""A county of 129 villages in eleven towns, generated: the size of organisation page §1 (112 villages, 17 communities)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from storage import tables
from storage.people import touch_directory
from tests.storage.desk import NOW

VILLAGES = 129
TOWNS = 11
GRIDS, MICRO_PER_GRID, HOMES_PER_MICRO = 4, 6, 14
# Above every id of the demo village.
_FIRST = 1_000_000
SLICE = 2_000


def load_county(connection: Connection) -> None:
    """About 43,000 households and as many heads of them; every grid and micro-grid has its keeper."""
    made: dict[str, list[dict[str, Any]]] = {}
    for name, row in _rows():
        made.setdefault(name, []).append(row)
    for table in tables.metadata.sorted_tables:
        for start in range(0, len(made.get(table.name, ())), SLICE):
            connection.execute(table.insert(), made[table.name][start : start + SLICE])
    touch_directory(connection)


def _rows() -> Iterator[tuple[str, dict[str, Any]]]:
    ids = iter(range(_FIRST, 10**9))
    county = next(ids)
    yield _area(county, "county", "大县", "DX", None)
    towns = [next(ids) for _ in range(TOWNS)]
    for number, town in enumerate(towns):
        yield _area(town, "town", f"{number}镇", f"T{number:02d}", county)
    for number in range(VILLAGES):
        village = next(ids)
        yield _area(village, "village", f"{number}村", f"V{number:03d}", towns[number % TOWNS])
        yield from _village(ids, village)


def _village(ids: Iterator[int], village: int) -> Iterator[tuple[str, dict[str, Any]]]:
    groups = [next(ids) for _ in range(4)]
    for number, group in enumerate(groups):
        yield _area(group, "group", f"{number}社", None, village)
    number = 0
    for _ in range(GRIDS):
        grid = next(ids)
        yield _area(grid, "grid", f"{grid}网格", None, village)
        for place in range(MICRO_PER_GRID):
            micro = next(ids)
            yield _area(micro, "micro_grid", f"{micro}号微网格", None, grid)
            for home in range(HOMES_PER_MICRO):
                number += 1
                person = next(ids)
                yield from _home(person, village, groups[number % 4], micro, number)
                if home == 0:
                    yield _role(next(ids), person, "grid_micro", micro)
                if home == 1 and place == 0:
                    yield _role(next(ids), person, "grid_head", grid)


def _home(person: int, village: int, group: int, micro: int, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    place = {"village_id": village, "group_id": group, "micro_grid_id": micro}
    name = f"户主{person}"
    yield "households", {"id": person, "number": number, "head_name": name, "code_hash": "", **place}
    yield "people", {"id": person, "household_id": person, "name": name, "phone": f"100{person:08d}"}


def _area(id_: int, kind: str, name: str, code: str | None, parent: int | None) -> tuple[str, dict[str, Any]]:
    return "areas", {"id": id_, "kind": kind, "name": name, "code": code, "parent_id": parent, "tenant_id": 1}


def _role(id_: int, person: int, role: str, area: int) -> tuple[str, dict[str, Any]]:
    return "roles", {"id": id_, "person_id": person, "role": role, "area_id": area, "since_at": NOW}
