"""Which accounts of which platforms reach an address of the outbox, and what is known of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from domain.delivery import Reach, Source, Window
from storage import tables, tables_delivery
from storage.database import Database
from storage.letters import Letter


@dataclass(frozen=True, slots=True)
class Route:
    """`is_office`: the one it reaches holds an office, so that his work may find him at any hour."""

    channel: str
    account: str
    native_id: str
    is_group: bool = False
    contact_id: int | None = field(default=None, compare=False)
    is_office: bool = field(default=False, compare=False)
    reach: Reach = field(default=Reach(), compare=False)


def routes_of(database: Database, letters: Sequence[Letter]) -> dict[int, list[Route]]:
    """Return, by letter id, every way to its address; a person's own contacts, the official account first."""
    with database.read() as connection:
        return find_routes(connection, letters)


def find_routes(connection: Connection, letters: Sequence[Letter]) -> dict[int, list[Route]]:
    """The same inside a transaction: a handful of queries however many letters there are."""
    targets: dict[str, set[int]] = defaultdict(set)
    for letter in letters:
        targets[letter.kind].add(letter.target)
    found = {
        "group": _groups(connection, targets["group"]),
        "contact": _contacts(connection, targets["contact"]),
        "person": _people(connection, targets["person"]),
    }
    _enrich(connection, [found["contact"], found["person"]])
    return {letter.id: found[letter.kind].get(letter.target, []) for letter in letters}


_contact, _bound, _transport = tables.contacts.c, tables.bindings.c, tables.transports.c
_SEEN = (_contact.id, _contact.channel, _contact.account, _contact.native_id)
_GROUPS = select(_transport.group_id, _transport.channel, _transport.account, _transport.native_id).where(
    _transport.group_id.in_(bindparam("ids", expanding=True))
)
_CONTACTS = select(_contact.id.label("target"), *_SEEN).where(
    and_(_contact.id.in_(bindparam("ids", expanding=True)), _contact.unfollowed_at.is_(None))
)
_PEOPLE = (
    select(_bound.person_id.label("target"), *_SEEN)
    .join(tables.contacts, _contact.id == _bound.contact_id)
    .where(
        and_(
            _bound.person_id.in_(bindparam("ids", expanding=True)),
            _bound.ended_at.is_(None),
            _contact.unfollowed_at.is_(None),
        )
    )
    .order_by(_contact.id)
)


def _groups(connection: Connection, ids: set[int]) -> dict[int, list[Route]]:
    found: dict[int, list[Route]] = defaultdict(list)
    for row in connection.execute(_GROUPS, {"ids": list(ids)}) if ids else ():
        found[row.group_id].append(Route(row.channel, row.account, row.native_id, is_group=True))
    return found


def _contacts(connection: Connection, ids: set[int]) -> dict[int, list[Route]]:
    return _by_target(connection.execute(_CONTACTS, {"ids": list(ids)}) if ids else ())


def _people(connection: Connection, ids: set[int]) -> dict[int, list[Route]]:
    return _by_target(connection.execute(_PEOPLE, {"ids": list(ids)}) if ids else ())


def _by_target(rows: Iterable[Any]) -> dict[int, list[Route]]:
    found: dict[int, list[Route]] = defaultdict(list)
    for row in rows:
        found[row.target].append(Route(row.channel, row.account, row.native_id, contact_id=row.id))
    for routes in found.values():
        routes.sort(key=lambda route: route.channel != "oa")
    return found


# -- what is known of each contact

_window, _lost, _grant, _role = (
    tables_delivery.windows.c, tables_delivery.unreachables.c, tables_delivery.grants.c, tables.roles.c,
)  # fmt: skip
_IDS: Any = bindparam("ids", expanding=True)
_WINDOWS = select(_window.contact_id, _window.source, _window.left, _window.granted_at, _window.until_at).where(
    _window.contact_id.in_(_IDS)
)
_UNREACHABLE = select(_lost.contact_id, _lost.why, _lost.since_at).where(_lost.contact_id.in_(_IDS))
_GRANTS = select(_grant.contact_id, _grant.template_id).where(_grant.contact_id.in_(_IDS), _grant.left > 0)
_OFFICES = (
    select(_bound.contact_id)
    .distinct()
    .join(tables.roles, _role.person_id == _bound.person_id)
    .where(
        _bound.contact_id.in_(_IDS),
        _bound.ended_at.is_(None),
        _role.until_at.is_(None),
        _role.role.not_in(("villager", "guest", "rep", "member")),
    )
)


def _enrich(connection: Connection, found: Sequence[dict[int, list[Route]]]) -> None:
    ids = list({r.contact_id for by in found for routes in by.values() for r in routes if r.contact_id is not None})
    if not ids:
        return
    reaches = _reaches(connection, ids)
    offices = set(connection.execute(_OFFICES, {"ids": ids}).scalars())
    for by_target in found:
        for routes in by_target.values():
            routes[:] = [
                replace(r, reach=reaches.get(r.contact_id or 0, r.reach), is_office=r.contact_id in offices)
                if r.contact_id in reaches or r.contact_id in offices
                else r
                for r in routes
            ]


def _reaches(connection: Connection, ids: list[int]) -> dict[int, Reach]:
    windows: dict[int, list[Window]] = defaultdict(list)
    spoke: dict[int, datetime] = {}
    for contact, source, left, granted_at, until_at in connection.execute(_WINDOWS, {"ids": ids}):
        windows[contact].append(Window(Source(source), left, until_at))
        spoke[contact] = max(granted_at, spoke.get(contact, granted_at))
    # Somebody who has spoken since he was found unreachable is reachable again.
    lost = {
        contact: why
        for contact, why, since_at in connection.execute(_UNREACHABLE, {"ids": ids})
        if contact not in spoke or spoke[contact] <= since_at
    }
    grants: dict[int, set[str]] = defaultdict(set)
    for contact, template in connection.execute(_GRANTS, {"ids": ids}):
        grants[contact].add(template)
    return {
        contact: Reach(
            unreachable=lost.get(contact, ""),
            windows=tuple(windows.get(contact, ())),
            grants=frozenset(grants.get(contact, ())),
        )
        for contact in windows.keys() | lost.keys() | grants.keys()
    }
