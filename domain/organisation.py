"""The organisation tree (组织): areas, people, offices, and who answers for a place.

One tree for administration and service (county, town, village, grid 网格, micro-grid 微网格) and, beside the grids
under a village, the groups (村民小组/社) that own land and meet. Source: organisation page §2.1–2.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class AreaKind(StrEnum):
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"
    VILLAGE = "village"
    GROUP = "group"  # 社
    GRID = "grid"  # 网格
    MICRO_GRID = "micro_grid"  # 微网格


class Role(StrEnum):
    """Role codes of organisation page §2.2; sets of them decide, never ranks."""

    VILLAGER = "villager"
    GUEST = "guest"
    REP = "rep"
    MEMBER = "member"
    GRID_MICRO = "grid_micro"
    GRID_HEAD = "grid_head"
    GRID_CHIEF = "grid_chief"
    CLERK = "clerk"
    VC = "vc"
    SECRETARY = "secretary"
    SUPERVISOR = "supervisor"
    COUNCIL = "council"
    ACCOUNTANT = "accountant"
    WOMEN = "women"
    CPPCC = "cppcc"
    STATION_HEAD = "station_head"
    LEGAL = "legal"
    TOWN_CLERK = "town_clerk"
    TOWN_LEADER = "town_leader"
    DEPT = "dept"
    DISCIPLINE = "discipline"
    COUNTY = "county"
    ADMIN = "admin"


KEEPERS = frozenset({Role.GRID_MICRO, Role.GRID_HEAD, Role.GRID_CHIEF})
VILLAGE_STAFF = KEEPERS | {Role.CLERK, Role.VC, Role.SECRETARY}
TOWN_STAFF = frozenset({Role.TOWN_CLERK, Role.TOWN_LEADER})
STAFF = VILLAGE_STAFF | TOWN_STAFF | {Role.DEPT, Role.DISCIPLINE, Role.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class Area:
    id: int
    kind: AreaKind
    name: str
    code: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    phone: str
    household_id: int | None
    village_id: int | None = None
    group_id: int | None = None
    micro_grid_id: int | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A role held by a person over an area."""

    person: Person
    role: Role
    area_id: int


_NO_ROLES: frozenset[Role] = frozenset()
_NO_NAMES: Mapping[int, str] = {}


@dataclass(frozen=True)
class Directory:
    """Every area and every office, as they stand at one revision. Villagers without an office are not in it."""

    revision: int
    areas: dict[int, Area]
    offices: tuple[Office, ...]
    # The grid in which most households of a 社 live: 社 and grids cut a village in two ways.
    grids_of_groups: Mapping[int, int] = field(default_factory=dict)
    _by_area: dict[int, tuple[Office, ...]] = field(init=False, repr=False)
    _by_person: dict[int, tuple[Office, ...]] = field(init=False, repr=False)
    _roles: dict[int, frozenset[Role]] = field(init=False, repr=False)
    _by_code: dict[str, Area] = field(init=False, repr=False)
    _children: dict[int, tuple[Area, ...]] = field(init=False, repr=False)
    _names: dict[int, dict[int, str]] = field(init=False, repr=False)
    _officers: dict[int, Person] = field(init=False, repr=False)
    # What was looked for upwards before. A village asks for the same few offices and places all day long.
    _found: dict[tuple[Any, ...], Person | None] = field(init=False, repr=False, compare=False)
    _kept: dict[tuple[Any, ...], Any] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "_by_area", _grouped((o.area_id, o) for o in self.offices))
        set_(self, "_by_person", _grouped((o.person.id, o) for o in self.offices))
        set_(self, "_roles", {person: frozenset(o.role for o in held) for person, held in self._by_person.items()})
        set_(self, "_by_code", {a.code: a for a in self.areas.values() if a.code})
        set_(self, "_children", _grouped((a.parent_id, a) for a in self.areas.values() if a.parent_id is not None))
        set_(self, "_names", {area: {a.id: a.name for a in below if a.name} for area, below in self._children.items()})
        set_(self, "_officers", {person: held[0].person for person, held in self._by_person.items()})
        set_(self, "_found", {})
        set_(self, "_kept", {})

    def kept(self, key: tuple[Any, ...], make: Callable[[], V]) -> V:
        """What is made of the directory once and holds as long as it stands."""
        if key not in self._kept:
            self._kept[key] = make()
        found: V = self._kept[key]
        return found

    def area(self, code: str) -> Area | None:
        return self._by_code.get(code)

    def children(self, area_id: int) -> tuple[Area, ...]:
        return self._children.get(area_id, ())

    def names_below(self, area_id: int) -> Mapping[int, str]:
        """The names of its children, by their ids."""
        return self._names.get(area_id, _NO_NAMES)

    def upwards(self, area_id: int | None) -> Iterator[Area]:
        """Yield the area and everything above it, lowest first."""
        while area_id is not None and (area := self.areas.get(area_id)) is not None:
            yield area
            area_id = area.parent_id

    def within(self, area_id: int | None, outer_id: int) -> bool:
        return any(area.id == outer_id for area in self.upwards(area_id))

    def above(self, area_id: int | None, kind: AreaKind) -> Area | None:
        """Return the nearest area of that kind at or above, or None."""
        return next((area for area in self.upwards(area_id) if area.kind is kind), None)

    def roles_of(self, person_id: int | None) -> frozenset[Role]:
        return self._roles.get(person_id or 0, _NO_ROLES)

    def offices_of(self, person_id: int | None) -> tuple[Office, ...]:
        return self._by_person.get(person_id or 0, ())

    def officer(self, person_id: int | None) -> Person | None:
        """Return the person if he holds an office; all others are in the database only."""
        return self._officers.get(person_id or 0)

    def holders(self, role: Role, area_id: int) -> tuple[Person, ...]:
        return tuple(o.person for o in self._by_area.get(area_id, ()) if o.role is role)

    def holder_upwards(self, role: Role, area_id: int | None) -> Person | None:
        """Return who holds the role for the area or the nearest area above it."""
        key = (role, area_id)
        if key not in self._found:
            held = (self.holders(role, area.id) for area in self.upwards(area_id))
            self._found[key] = next((holders[0] for holders in held if holders), None)
        return self._found[key]

    def first_receiver(self, place_id: int | None, village_id: int) -> Person | None:
        key = (place_id, village_id, "first")
        if key not in self._found:
            self._found[key] = self._first_receiver(place_id, village_id)
        return self._found[key]

    def _first_receiver(self, place_id: int | None, village_id: int) -> Person | None:
        if place_id is not None:
            place_id = self.grids_of_groups.get(place_id, place_id)
            for role in (Role.GRID_HEAD, Role.GRID_MICRO):
                if (keeper := self.holder_upwards(role, place_id)) is not None:
                    return keeper
        for role in (Role.GRID_CHIEF, Role.SECRETARY, Role.TOWN_CLERK):
            if (keeper := self.holder_upwards(role, village_id)) is not None:
                return keeper
        return None

    def serves(self, person_id: int, roles: frozenset[Role], area_id: int | None) -> bool:
        """Does he hold one of the roles over this area or one that contains it?"""
        held = {o.area_id for o in self.offices_of(person_id) if o.role in roles}
        return any(area.id in held for area in self.upwards(area_id))


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    lists: dict[K, list[V]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in lists.items()}


def first_receiver(directory: Directory, place_id: int | None, village_id: int) -> Person | None:
    """Return who receives a matter first (rulings, First receiver).

    The grid head of the place (of a 社: of the grid most of it lies in), else its micro-grid head; with the place unknown the grid chief of the village,
    else the town clerk. None only where the township has entered nobody at all.
    """
    return directory.first_receiver(place_id, village_id)
