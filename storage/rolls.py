"""Who may vote, and who is to be told: the people behind a poll's roll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select

from domain.polls import Poll, Scope, Unit
from storage import tables, tables_polls
from storage.batch import Batch
from storage.people import GONE, person_columns, person_of

# Adults by the year of birth, the only thing the roster knows: whoever turns 18 this year is counted (confessed).
ADULT = 18


class Rolls:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def entries(self, scope: Scope, unit: Unit, year: int) -> list[int]:
        """Return everybody a poll of this scope asks, as roll entries. `scope.areas` names the lowest areas."""
        if unit is Unit.REPRESENTATIVE:
            return self._representatives(scope)
        people, homes = tables.people.c, tables.households.c
        at_home = tables.people.join(tables.households, people.household_id == homes.id)
        here = self._within(scope)
        adult = or_(people.born_year.is_(None), people.born_year <= year - ADULT)
        if scope.party_only:
            here = and_(here, people.is_party_member.is_(True))
        wanted = homes.id if unit is Unit.HOUSEHOLD else people.id
        # A household is asked while one adult of it is left.
        living = and_(people.status.not_in(GONE), adult)
        query = select(wanted).select_from(at_home).where(here, living).distinct().order_by(wanted)
        return [row[0] for row in self._batch.read(query)]

    def _within(self, scope: Scope) -> Any:
        homes = tables.households.c
        if scope.people:
            return tables.people.c.id.in_(scope.people)
        areas = list(scope.areas)
        return or_(homes.village_id.in_(areas), homes.group_id.in_(areas), homes.micro_grid_id.in_(areas))

    def _representatives(self, scope: Scope) -> list[int]:
        office, people = tables.roles.c, tables.people.c
        held = and_(office.role == "rep", office.until_at.is_(None), office.area_id.in_(scope.areas))
        living = tables.roles.join(tables.people, office.person_id == people.id)
        query = select(office.person_id).select_from(living).where(held, people.status.not_in(GONE))
        return [row[0] for row in self._batch.read(query.distinct().order_by(office.person_id))]

    def reachable(self, poll: Poll, after: int, limit: int, *, only_missing: bool) -> list[Any]:
        """Return the next people of the roll with a bound phone, by id; `only_missing`: who have not voted yet."""
        people = tables.people.c
        bound = exists().where(
            tables.bindings.c.person_id == people.id,
            tables.bindings.c.ended_at.is_(None),
            tables.bindings.c.contact_id == tables.contacts.c.id,
            tables.contacts.c.unfollowed_at.is_(None),
        )
        query = self._on_roll(poll, only_missing=only_missing).where(people.id > after, bound)
        return [person_of(row) for row in self._batch.read(query.order_by(people.id).limit(limit))]

    def missing(self, poll: Poll, limit: int, areas: Sequence[int] = ()) -> list[str]:
        """Name who has not voted in a named poll, in all or of some 社 and micro-grids: heads of households, or people."""
        homes = tables.households.c
        name = homes.head_name if poll.unit is Unit.HOUSEHOLD else tables.people.c.name
        asked = self._on_roll(poll, only_missing=True).with_only_columns(tables_polls.poll_roll.c.entry, name)
        if areas:
            asked = asked.where(or_(homes.group_id.in_(areas), homes.micro_grid_id.in_(areas)))
        rows = self._batch.read(asked.distinct().order_by(tables_polls.poll_roll.c.entry).limit(limit))
        return [row[1] for row in rows]

    def on_roll(self, poll: Poll, areas: Sequence[int]) -> int:
        """Count who may vote in some 社 and micro-grids: households, or people."""
        homes = tables.households.c
        asked = self._on_roll(poll, only_missing=False).with_only_columns(tables_polls.poll_roll.c.entry).distinct()
        inside = asked.where(or_(homes.group_id.in_(areas), homes.micro_grid_id.in_(areas))).subquery()
        many: int = self._batch.read(select(func.count()).select_from(inside)).scalar_one()
        return many

    def _on_roll(self, poll: Poll, *, only_missing: bool) -> Select[Any]:
        roll, people = tables_polls.poll_roll.c, tables.people.c
        entry = people.household_id if poll.unit is Unit.HOUSEHOLD else people.id
        query = (
            select(*person_columns())
            .select_from(
                tables_polls.poll_roll.join(tables.people, roll.entry == entry).outerjoin(
                    tables.households, people.household_id == tables.households.c.id
                )
            )
            .where(roll.poll_id == poll.id, people.status.not_in(GONE))
        )
        if only_missing:
            cast = tables_polls.ballots.c
            query = query.where(~exists().where(cast.poll_id == roll.poll_id, cast.entry == roll.entry))
        return query

    def by_group(self, poll: Poll) -> list[tuple[int, int, int]]:
        """Count a named poll's ballots by 社 and choice: (社, choice, how many)."""
        cast, homes, people = tables_polls.ballots.c, tables.households.c, tables.people.c
        if poll.unit is Unit.HOUSEHOLD:
            source = tables_polls.ballots.join(tables.households, cast.entry == homes.id)
        else:
            source = tables_polls.ballots.join(tables.people, cast.entry == people.id).join(
                tables.households, people.household_id == homes.id
            )
        query = select(homes.group_id, cast.choice, func.count()).select_from(source).where(cast.poll_id == poll.id)
        return [(row[0], row[1], row[2]) for row in self._batch.read(query.group_by(homes.group_id, cast.choice))]

    # -- rounds of letters

    def rounds(self) -> list[tuple[int, str, int]]:
        row = tables_polls.poll_rounds.c
        found = self._batch.read(select(row.poll_id, row.what, row.reached).where(row.reached >= 0).limit(100))
        return [(r[0], r[1], r[2]) for r in found]

    def reach(self, poll_id: int, what: str, reached: int) -> None:
        """Note how far a round has come; -1: everybody has been told."""
        row = {"poll_id": poll_id, "what": what, "reached": reached}
        self._batch.save(tables_polls.poll_rounds, (poll_id, what), row)
