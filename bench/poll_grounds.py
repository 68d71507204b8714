"""What the measurements of votes stand on: an open poll with its roll, and bound voters."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from bench import grounds
from bench.grounds import ACCOUNT, Village
from storage import tables, tables_polls
from storage.database import Database
from storage.people import touch
from storage.vault import Vault
from tests.storage.county import SLICE

ENGINES = ("SQLite", "PostgreSQL")
OPTIONS = ("东路", "西路", "南路")
FIRST_POLL = 900_000_000_000


def open_poll(
    connection: Connection, village: int, entries: Iterable[int], *, poll: int = FIRST_POLL, unit: str = "person",
    is_secret: bool = False, opened: timedelta = timedelta(hours=1), closes: timedelta = timedelta(days=5),
) -> int:  # fmt: skip
    """An open poll of a village with that roll, as if it had been made in talk an hour ago."""
    now, roll = datetime.now(UTC), [{"poll_id": poll, "entry": entry} for entry in entries]
    row = {
        "id": poll, "number": 1, "version": 1, "village_id": village, "area_id": village, "by_id": 1,
        "scope": json.dumps([[village], False, []]), "title": "修路选哪条", "options": json.dumps(OPTIONS, ensure_ascii=False),
        "unit": unit, "is_multiple": False, "is_secret": is_secret, "in_group": not is_secret, "state": "open",
        "opens_at": now - opened, "closes_at": now + closes, "roll": len(roll),
        "key": Vault(grounds.SECRET).seal(bytes(range(32)).hex()) if is_secret else "",
    }  # fmt: skip
    connection.execute(tables_polls.polls.insert(), [row])
    for start in range(0, len(roll), SLICE):
        connection.execute(tables_polls.poll_roll.insert(), roll[start : start + SLICE])
    touch(connection, "polls")
    return poll


def people_of(url: str) -> list[int]:
    database = Database(url)
    with database.read() as connection:
        found = connection.execute(select(tables.people.c.id).where(tables.people.c.household_id.is_not(None)))
        people = [row.id for row in found]
    database.dispose()
    return people


def with_poll(village: Village, *, is_secret: bool = False) -> None:
    people = people_of(village.url)
    database = Database(village.url)
    with database.write() as connection:
        open_poll(connection, 3, people, is_secret=is_secret)
    database.dispose()


def texts() -> Iterator[str]:
    dice = random.Random(1)
    while True:
        yield dice.choice(("1", "2", "投1", "选西路", "改成2"))


def more_voters(village: Village, many: int) -> list[str]:
    """So many bound voters on the roll of one poll."""
    database, now = Database(village.url), datetime.now(UTC)
    people = [{"id": 5_000_000 + n, "household_id": 1 + n % 300, "name": f"人{n}"} for n in range(many)]
    openids = [f"oVoter{n:022d}" for n in range(many)]
    with database.write() as connection:
        bind_all(connection, people, openids, now)
        open_poll(connection, 3, [int(str(person["id"])) for person in people])
    database.dispose()
    return openids


def bind_all(connection: Connection, people: list[dict[str, Any]], openids: list[str], now: datetime) -> None:
    contacts = [
        {"id": p["id"], "channel": "oa", "account": ACCOUNT.name, "native_id": o, "speaking_as": p["id"], "followed_at": now}
        for p, o in zip(people, openids, strict=True)
    ]  # fmt: skip
    proof = {"level": "full", "proven_by": "paper_code", "consent": "bench", "bound_at": now}
    bound = [{"id": p["id"], "contact_id": p["id"], "person_id": p["id"], **proof} for p in people]
    for table, rows in ((tables.people, people), (tables.contacts, contacts), (tables.bindings, bound)):
        for start in range(0, len(rows), SLICE):
            connection.execute(table.insert(), rows[start : start + SLICE])
