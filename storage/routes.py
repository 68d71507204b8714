"""Which accounts of which platforms reach an address of the outbox."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, select

from storage import tables
from storage.database import Database
from storage.outbox import Letter


@dataclass(frozen=True, slots=True)
class Route:
    channel: str
    account: str
    native_id: str
    is_group: bool = False


def routes_of(database: Database, letters: list[Letter]) -> dict[int, list[Route]]:
    """Return, by letter id, every way to its address; a person's own contacts, the official account first."""
    with database.read() as connection:
        return {letter.id: _routes(connection, letter) for letter in letters}


def _routes(connection: Connection, letter: Letter) -> list[Route]:
    contact, transport = tables.contacts.c, tables.transports.c
    reachable = contact.unfollowed_at.is_(None)
    if letter.kind == "group":
        query = select(transport.channel, transport.account, transport.native_id).where(
            transport.group_id == letter.target
        )
        return [Route(*row, is_group=True) for row in connection.execute(query)]
    if letter.kind == "contact":
        condition = and_(contact.id == letter.target, reachable)
    else:
        bound = select(tables.bindings.c.contact_id).where(
            and_(tables.bindings.c.person_id == letter.target, tables.bindings.c.ended_at.is_(None))
        )
        condition = and_(contact.id.in_(bound), reachable)
    query = select(contact.channel, contact.account, contact.native_id).where(condition).order_by(contact.id)
    found = [Route(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda route: route.channel != "oa")
