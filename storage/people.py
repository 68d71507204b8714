"""People, their contacts and bindings, and the directory of areas and offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, select, update

from domain.contacts import Binding, Contact, Level, Sender, speaking
from domain.messages import Actor
from domain.organisation import Area, AreaKind, Directory, Office, Person, Role
from storage import tables
from storage.among import among
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.ids import new_id
from storage.rows import as_row

GONE = ("dead", "moved")
"""Who has died or moved away is asked, called and counted nowhere."""
_PERSON = (
    tables.people.c.id.label("person_id"),
    tables.people.c.name,
    tables.people.c.phone,
    tables.people.c.household_id,
    tables.households.c.village_id,
    tables.households.c.group_id,
    tables.households.c.micro_grid_id,
)
_AT_HOME = tables.people.outerjoin(tables.households, tables.people.c.household_id == tables.households.c.id)

_bound = tables.bindings.c
_SENDERS = (
    select(
        tables.contacts,
        _bound.id.label("binding_id"),
        _bound.level,
        _bound.proven_by,
        _bound.consent,
        _bound.bound_at,
        *_PERSON,
    )
    .select_from(
        tables.contacts.outerjoin(
            tables.bindings, and_(_bound.contact_id == tables.contacts.c.id, _bound.ended_at.is_(None))
        )
        .outerjoin(tables.people, _bound.person_id == tables.people.c.id)
        .outerjoin(tables.households, tables.people.c.household_id == tables.households.c.id)
    )
    .order_by(tables.contacts.c.id, _bound.id)
)
_SPEAKING = Prepared(
    _SENDERS.where(
        tables.contacts.c.channel == bindparam("channel"),
        tables.contacts.c.account == bindparam("account"),
        among(tables.contacts.c.native_id, "wanted"),
    )
)
Key = tuple[str, str, str]
_VILLAGER = frozenset({Role.VILLAGER})
_REVISION = select(tables.revisions.c.value).where(tables.revisions.c.name == "directory")
_REVISIONS = Prepared(select(tables.revisions.c.name, tables.revisions.c.value))


def person_columns() -> tuple[Any, ...]:
    """What `person_of` needs of people outer-joined with their households."""
    return _PERSON


def person_of(row: Any) -> Person:
    return Person(row.person_id, row.name, row.phone, row.household_id, row.village_id, row.group_id, row.micro_grid_id)


class People:
    """Who is speaking, and who answers for what."""

    def __init__(self, batch: Batch, directory: Directory) -> None:
        self._batch = batch
        self.directory = directory
        self.speaking: tuple[Sender, ...] = ()  # those of the batch who are known

    # -- senders

    def fetch(self, actors: Iterable[Actor]) -> Fetch:
        """Read everybody who speaks in the batch."""
        wanted: dict[tuple[str, str], set[str]] = {}
        for actor in actors:
            wanted.setdefault((actor.channel, actor.account), set()).add(actor.native_id)
        senders: dict[Key, Sender] = {}
        for (channel, account), names in wanted.items():
            asked = {"channel": channel, "account": account, "wanted": list(names)}
            found = self._collect((yield _SPEAKING, asked))
            senders.update((_key_of(sender.contact), sender) for sender in found)
        self._batch.fetched("senders", senders)
        self._batch.senders = tuple(sender.contact.id for sender in senders.values())
        self._batch.speaks_as = {s.contact.id: s.person.id for s in senders.values() if s.person is not None}
        self._batch.speakers = frozenset(self._batch.speaks_as.values())
        self.speaking = tuple(senders.values())

    def sender(self, actor: Actor) -> Sender:
        """Return who speaks; a contact heard for the first time gets its row now."""
        known: Sender | None = self._batch.recall("senders", _key_of(actor))
        if known is None:
            known = Sender(Contact(new_id(), actor.channel, actor.account, actor.native_id))
            self._batch.add(tables.contacts, as_row(known.contact, tables.contacts))
            self._remember(known)
            # A contact heard for the first time has been asked nothing and has reported nothing: no need to look.
            self._batch.senders = (*self._batch.senders, known.contact.id)
        return known

    def contact(self, contact_id: int) -> Sender | None:
        return next(iter(self._senders(tables.contacts.c.id == contact_id)), None)

    def contacts_of(self, person_ids: Sequence[int]) -> list[Sender]:
        """Return every contact that speaks for one of these people and can be reached."""
        bound = select(tables.bindings.c.contact_id).where(
            and_(tables.bindings.c.person_id.in_(person_ids), tables.bindings.c.ended_at.is_(None))
        )
        reachable = tables.contacts.c.unfollowed_at.is_(None)
        return self._senders(and_(tables.contacts.c.id.in_(bound), reachable))

    def _senders(self, condition: Any, parameters: dict[str, Any] | None = None) -> list[Sender]:
        return self._collect(self._batch.read(_SENDERS.where(condition), parameters))

    def _collect(self, rows: Iterable[Any]) -> list[Sender]:
        found: dict[int, tuple[Contact, list[Binding]]] = {}
        for row in rows:
            contact, bindings = found.setdefault(row.id, (Contact(*row[_CONTACT]), []))
            if row.binding_id is not None:
                bindings.append(_binding(row, contact.id))
        return [self.as_sender(contact, tuple(bindings)) for contact, bindings in found.values()]

    def as_sender(self, contact: Contact, bindings: tuple[Binding, ...]) -> Sender:
        binding = speaking(contact, bindings)
        if binding is None:
            return Sender(contact, bindings)
        # An office may only be acted in by a proven phone (rulings, Binding).
        held = self.directory.roles_of(binding.person.id) if binding.level is Level.FULL else None
        return Sender(contact, bindings, _VILLAGER | held if held else _VILLAGER)

    # -- changes

    def save_contact(self, sender: Sender, contact: Contact) -> Sender:
        changed = self.as_sender(contact, sender.bindings)
        self._batch.save(tables.contacts, contact.id, as_row(contact, tables.contacts))
        self._remember(changed)
        return changed

    def bind(self, sender: Sender, person: Person, level: Level, proven_by: str, consent: str, now: datetime) -> Sender:
        """Bind the contact to a person as well; binding the same person again only raises the level."""
        kept = tuple(b for b in sender.bindings if b.person.id != person.id)
        before = next((b for b in sender.bindings if b.person.id == person.id), None)
        if before is not None and before.level is Level.FULL:
            level = Level.FULL
        binding = Binding(before.id if before else new_id(), sender.contact.id, person, level, proven_by, consent, now)
        if before is None:
            self._batch.add(tables.bindings, _binding_row(binding))
        else:
            self._batch.save(tables.bindings, binding.id, _binding_row(binding))
        contact = replace(sender.contact, speaking_as=person.id)
        return self.save_contact(replace(sender, bindings=(*kept, binding)), contact)

    def unbind(self, sender: Sender, person_id: int, now: datetime) -> Sender:
        kept = tuple(b for b in sender.bindings if b.person.id != person_id)
        for binding in sender.bindings:
            if binding.person.id == person_id:
                self._batch.save(tables.bindings, binding.id, _binding_row(binding, ended_at=now))
        contact = replace(sender.contact, speaking_as=kept[0].person.id if kept else None)
        return self.save_contact(replace(sender, bindings=kept), contact)

    def _remember(self, sender: Sender) -> None:
        self._batch.remember("senders", _key_of(sender.contact), sender)

    # -- the roster

    def person(self, person_id: int) -> Person | None:
        query = select(*_PERSON).select_from(_AT_HOME).where(tables.people.c.id == person_id)
        row = self._batch.read(query).first()
        return person_of(row) if row else None

    def named(self, name: str, village_id: int) -> list[Person]:
        """Return everyone of that name on the roster of the village."""
        at_home = and_(tables.people.c.name == name, tables.households.c.village_id == village_id)
        query = select(*_PERSON).select_from(_AT_HOME).where(at_home)
        return [person_of(row) for row in self._batch.read(query)]

    def household_of(self, household_id: int) -> list[Person]:
        query = select(*_PERSON).select_from(_AT_HOME).where(tables.people.c.household_id == household_id)
        return [person_of(row) for row in self._batch.read(query)]

    def household_code(self, household_id: int) -> str:
        """Return the keyed hash of the household's paper code, "" where none was printed."""
        query = select(tables.households.c.code_hash).where(tables.households.c.id == household_id)
        return str(self._batch.read(query).scalar() or "")


def _binding_row(binding: Binding, ended_at: datetime | None = None) -> dict[str, Any]:
    return {
        "id": binding.id,
        "contact_id": binding.contact_id,
        "person_id": binding.person.id,
        "level": binding.level.value,
        "proven_by": binding.proven_by,
        "consent": binding.consent,
        "bound_at": binding.bound_at,
        "ended_at": ended_at,
    }


def _key_of(who: Contact | Actor) -> Key:
    """By what a sender is found: a plain tuple, which is compared and hashed at a tenth of an Actor's cost."""
    return who.channel, who.account, who.native_id


# Where in a row of _SENDERS the binding and its person begin; a contact's columns are the fields of Contact in order.
_CONTACT, _BINDING = slice(len(tables.contacts.columns)), slice(len(tables.contacts.columns), -len(_PERSON))
_BOUND = slice(-len(_PERSON), None)
_LEVELS = {str(level): level for level in Level}


def _binding(row: Any, contact_id: int) -> Binding:
    binding_id, level, *proof = row[_BINDING]
    return Binding(binding_id, contact_id, Person(*row[_BOUND]), _LEVELS[level], *proof)


# -- the directory


def directory_revision(connection: Connection) -> int:
    return int(connection.execute(_REVISION).scalar() or 0)


def fetch_revisions(found: dict[str, int]) -> Fetch:
    """Read how often what is kept in processes has changed: the directory, the polls alive."""
    for row in (yield _REVISIONS, {}):
        found[row.name] = row.value


def touch_directory(connection: Connection) -> None:
    """Say that areas or offices have changed, so that every process reads them again."""
    touch(connection, "directory")


def touch(connection: Connection, name: str) -> None:
    row = tables.revisions.c
    raised = connection.execute(update(tables.revisions).where(row.name == name).values(value=row.value + 1)).rowcount
    if not raised:
        connection.execute(tables.revisions.insert().values(name=name, value=1))


def load_directory(connection: Connection, revision: int) -> Directory:
    areas = {
        row.id: Area(row.id, AreaKind(row.kind), row.name, row.code or "", row.parent_id)
        for row in connection.execute(select(tables.areas))
    }
    query = (
        select(tables.roles.c.role, tables.roles.c.area_id, *_PERSON)
        .select_from(tables.roles.join(_AT_HOME, tables.roles.c.person_id == tables.people.c.id))
        .where(tables.roles.c.until_at.is_(None))
        .order_by(tables.roles.c.id)
    )
    offices = tuple(Office(person_of(row), Role(row.role), row.area_id) for row in connection.execute(query))
    return Directory(revision, areas, offices, _grids_of_groups(connection))


def _grids_of_groups(connection: Connection) -> dict[int, int]:
    """Return for each 社 the grid most of its households live in; of two as large the one entered first."""
    home, unit = tables.households.c, tables.areas.c
    grid = case((unit.kind == AreaKind.GRID.value, unit.id), else_=unit.parent_id)
    many = func.count().label("many")
    query = select(home.group_id, grid.label("grid"), many).join_from(
        tables.households, tables.areas, home.micro_grid_id == unit.id
    )
    counted = connection.execute(query.group_by(home.group_id, grid).order_by(many.desc(), grid))
    found: dict[int, int] = {}
    for row in counted:
        found.setdefault(row.group_id, row.grid)
    return found
