"""Reach: which household acknowledged a notice by what, who has no phone with us, and whom a keeper calls or visits.

Read receipts do not exist (rulings): whoever answered, opened our page, signed up, signed in, was called or visited has
heard of it. The thing is named by a word and its id (`meeting`, 12), so that postings and polls may use the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, or_, select

from domain.attendance import Invited
from domain.bodies import Body, Members
from domain.organisation import Area, AreaKind, Directory
from storage import tables
from storage import tables_meetings as t
from storage.among import among
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.people import GONE
from storage.rows import as_row, as_value

ADULT = 18


@dataclass(frozen=True, slots=True)
class Errand:
    """A household a keeper calls or visits. `kind` is call or visit; `done_how` called or visited."""

    id: int
    thing: str
    thing_id: int
    household_id: int
    keeper_id: int
    head_name: str
    kind: str
    made_at: datetime
    until_at: datetime
    done_at: datetime | None = None
    done_how: str = ""


_people, _homes = tables.people.c, tables.households.c
_HAS_PHONE = exists().where(
    tables.bindings.c.person_id == _people.id,
    tables.bindings.c.ended_at.is_(None),
    tables.bindings.c.contact_id == tables.contacts.c.id,
    tables.contacts.c.unfollowed_at.is_(None),
)
_WHO = (_people.id, _people.household_id, _people.name, _people.gender, _HAS_PHONE.label("has_phone"))
_AT_HOME = tables.people.outerjoin(tables.households, _people.household_id == _homes.id)
_LINES = select(*_WHO).select_from(_AT_HOME).where(_people.status.not_in(GONE))


# Which keepers of a batch have anything to do.
_KEEPERS = Prepared(
    select(t.errands.c.keeper_id)
    .where(
        among(t.errands.c.keeper_id, "keepers"),
        t.errands.c.done_at.is_(None),
        t.errands.c.until_at > bindparam("now", type_=tables.Moment),
    )
    .distinct()
)


class Reach:
    def __init__(self, batch: Batch, directory: Directory) -> None:
        self._batch = batch
        self._directory = directory

    # -- who is called

    def called(self, meeting_id: int, body: Body, area: Area, now: datetime) -> list[Invited]:
        """Return the roll of a body over an area as it stands now, each person once."""
        if body.members is Members.ROLES:
            return self._lines(meeting_id, _people.id.in_(self._holders(body, area)))
        condition = self._living_in(area)
        if body.members is Members.PARTY:
            return self._lines(meeting_id, and_(condition, _people.is_party_member.is_(True)))
        of_age = or_(_people.born_year.is_(None), _people.born_year <= now.year - ADULT)
        return self._lines(meeting_id, and_(condition, of_age))

    def _lines(self, meeting_id: int, condition: Any) -> list[Invited]:
        rows = self._batch.read(_LINES.where(condition).order_by(_people.id))
        return [Invited(meeting_id, r.id, r.household_id, r.name, r.gender, bool(r.has_phone)) for r in rows]

    def _holders(self, body: Body, area: Area) -> list[int]:
        inside = {
            office.person.id
            for office in self._directory.offices
            if office.role in body.roles and self._directory.within(office.area_id, area.id)
        }
        return sorted(inside)

    def _living_in(self, area: Area) -> Any:
        if area.kind is AreaKind.GROUP:
            return _homes.group_id == area.id
        if area.kind in (AreaKind.GRID, AreaKind.MICRO_GRID):
            inside = [area.id, *(child.id for child in self._directory.children(area.id))]
            return _homes.micro_grid_id.in_(inside)
        villages = [a.id for a in self._directory.areas.values() if self._directory.within(a.id, area.id)]
        return _homes.village_id.in_(villages)

    # -- who has heard

    def acknowledge(
        self, thing: str, thing_id: int, unit: int, how: str, at: datetime, person_id: int | None = None
    ) -> None:
        """Note by what sign a household has heard of it; said again it changes nothing but the hour."""
        row = {"thing": thing, "thing_id": thing_id, "unit_id": unit, "how": how, "person_id": person_id, "at": at}
        self._batch.save(t.acknowledgements, (thing, thing_id, unit, how), row)
        known = self._batch.recall("reach", (thing, thing_id))
        if known is not None:
            self._batch.remember("reach", (thing, thing_id), {**known, unit: known.get(unit, frozenset()) | {how}})

    def reached(self, thing: str, thing_id: int) -> dict[int, frozenset[str]]:
        """Return by household (or minus a person's id) the signs that it has heard."""
        known: dict[int, frozenset[str]] | None = self._batch.recall("reach", (thing, thing_id))
        if known is None:
            row = t.acknowledgements.c
            query = select(row.unit_id, row.how).where(row.thing == thing, row.thing_id == thing_id)
            known = {}
            for unit, how in self._batch.read(query):
                known[unit] = known.get(unit, frozenset()) | {how}
            self._batch.remember("reach", (thing, thing_id), known)
        return known

    # -- errands

    def add_errand(self, errand: Errand) -> None:
        self._batch.add(t.errands, as_row(errand, t.errands))
        self._batch.remember("errands.made", errand.keeper_id, True)

    def save_errand(self, errand: Errand) -> None:
        self._batch.save(t.errands, errand.id, as_row(errand, t.errands))
        self._batch.remember("errands.made", errand.keeper_id, True)

    def errands_of(self, keeper_id: int, now: datetime) -> list[Errand]:
        """Return what a keeper has still to do and still makes sense, the most urgent first.

        Which keepers of the batch have anything to do is read once for all: most messages have nothing to do with it.
        """
        row = t.errands.c
        if keeper_id in self._batch.speakers and self._batch.knows("errands") and not self._has_errands(keeper_id):
            return []
        open_ = and_(row.keeper_id == keeper_id, row.done_at.is_(None), row.until_at > now)
        query = select(t.errands).where(open_).order_by(row.until_at, row.id).limit(400)
        return [as_value(Errand, found) for found in self._batch.read(query)]

    def fetch(self, now: datetime) -> Fetch:
        found = yield _KEEPERS, {"keepers": sorted(self._batch.speakers), "now": now}
        self._batch.fetched("errands", {row[0]: True for row in found})

    def _has_errands(self, keeper_id: int) -> bool:
        known = self._batch.recall("errands", keeper_id) or self._batch.recall("errands.made", keeper_id)
        return bool(known)

    def errands_about(self, thing: str, thing_id: int) -> list[Errand]:
        row = t.errands.c
        query = select(t.errands).where(row.thing == thing, row.thing_id == thing_id).order_by(row.id)
        return [as_value(Errand, found) for found in self._batch.read(query)]

    def homes(self, household_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Return the head's name and the micro-grid of each household."""
        query = select(_homes.id, _homes.head_name, _homes.micro_grid_id).where(_homes.id.in_(household_ids))
        return {row.id: (row.head_name, row.micro_grid_id) for row in self._batch.read(query)}

    def phones_of(self, person_ids: Sequence[int]) -> frozenset[int]:
        """Return which of these people have a phone with us."""
        query = select(_people.id).where(_people.id.in_(person_ids), _HAS_PHONE)
        return frozenset(row.id for row in self._batch.read(query))
