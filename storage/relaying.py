"""Beginning a relay: a letter to an ordinary group becomes two letters to the cadre who forwards it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from domain.organisation import Area, AreaKind, Directory, Person, Role
from storage import tables, tables_delivery
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.letters import Letter
from storage.outbox import Outbox
from storage.people import directory_revision, load_directory
from storage.vault import Vault

# Who forwards to a group, nearest first.
RELAYERS = (Role.GRID_HEAD, Role.GRID_MICRO, Role.GRID_CHIEF, Role.CLERK, Role.VC, Role.SECRETARY)


@dataclass(frozen=True, slots=True)
class Plan:
    """`relay_id` is drawn before the scene code is made, so that a scan leads back to this letter."""

    relay_id: int
    letter: Letter
    group_name: str
    village: Area | None
    cadre: Person


def plan_relay(database: Database, letter: Letter) -> Plan | None:
    """Who forwards this letter; None where the group is not known or nobody of its area can be written to."""
    with database.read() as connection:
        row = tables.groups.c
        group = connection.execute(select(row.area_id, row.name).where(row.id == letter.target)).first()
        if group is None:
            return None
        directory = load_directory(connection, directory_revision(connection))
        cadre = _relayer(connection, directory, group.area_id)
        village = directory.above(group.area_id, AreaKind.VILLAGE)
    return Plan(new_id(), letter, group.name, village, cadre) if cadre is not None else None


def _relayer(connection: Connection, directory: Directory, area_id: int) -> Person | None:
    holders = [holder for role in RELAYERS if (holder := directory.holder_upwards(role, area_id)) is not None]
    bound = tables.bindings.c
    query = (
        select(bound.person_id)
        .join(tables.contacts, tables.contacts.c.id == bound.contact_id)
        .where(bound.person_id.in_([person.id for person in holders]), bound.ended_at.is_(None))
        .where(tables.contacts.c.unfollowed_at.is_(None))
    )
    reachable = set(connection.execute(query).scalars())
    return next((person for person in holders if person.id in reachable), None)


@dataclass(frozen=True, slots=True)
class Words:
    """What the cadre gets: what to do, with the picture, and the text to forward."""

    request: str
    forward: str
    image: str = ""


def begin_relay(
    database: Database, vault: Vault, plan: Plan, words: Words, now: datetime, log: Callable[[], None] = lambda: None
) -> bool:
    """Put both letters and the relay in one transaction; False where another process has done so."""
    letter = plan.letter
    row = tables.outbox.c
    with Batch(database) as batch:
        held = update(tables.outbox).where(row.id == letter.id, row.state == "claimed")
        if not batch.connection.execute(held.values(state="relaying", lease_until=None, way="relay")).rowcount:
            return False
        facts = {
            "id": plan.relay_id, "letter_id": letter.id, "group_id": letter.target, "person_id": plan.cadre.id,
            "asked_at": now, "reminded_at": None, "relayed_at": None, "state": "asked",
        }  # fmt: skip
        batch.add(tables_delivery.relays, facts)
        outbox, address = Outbox(batch, vault), f"person:{plan.cadre.id}"
        common = {"priority": letter.priority, "not_after": letter.not_after, "village_id": letter.village_id}
        for name, text, image in (("ask", words.request, ""), ("text", words.forward, words.image)):
            outbox.put(address, "relay", text, now, once=f"relay:{letter.id}:{name}", image=image, **common)  # type: ignore[arg-type]
    log()
    return True
