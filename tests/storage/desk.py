"""A turn's desk for the storage tests: one batch, one turn, the store in hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from domain.matters import Matter, Urgency
from domain.messages import Actor, Incoming, Kind
from storage import tables
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.ledger import Step
from storage.outbox import Post
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.conftest import SECRET

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
VAULT = Vault(SECRET)
VILLAGE = 3  # 兴河村, the third area of the demo village


def said(text: str, who: str = "o-laowang", event: str = "", **more: Any) -> Incoming:
    """A line said in a private chat; every one is another message unless `event` names it."""
    actor = Actor("oa", "demo", who)
    return Incoming("oa", "demo", event or f"m:{who}:{new_id()}", Kind.TEXT, actor, NOW, text=text, **more)


@contextmanager
def batch_of(database: Database, *incomings: Incoming, now: datetime = NOW) -> Iterator[Store]:
    """One batch with its store; turns are opened by the test."""
    with Batch(database) as batch:
        store = Store(batch, DirectoryCache(), VAULT, incomings)
        store.prefetch(incomings, now)
        yield store


@contextmanager
def turn(database: Database, *incomings: Incoming, now: datetime = NOW) -> Iterator[Store]:
    """One batch of one turn."""
    with batch_of(database, *incomings, now=now) as store, store.batch.turn():
        yield store


def matter(number: str = "", **more: Any) -> Matter:
    made = Matter(
        id=new_id(),
        number=number or f"XH-261124-{new_id()}",
        village_id=VILLAGE,
        code="RC03",
        urgency=Urgency.P2,
        text="路灯坏了",
        filed_at=NOW,
        source_channel="oa",
    )
    return replace(made, **more)


def step(why: str = "filed", by_id: int | None = 1) -> Step:
    return Step(NOW, "villager", why, by_id)


def rows(database: Database, name: str) -> list[Any]:
    with database.read() as connection:
        table = tables.metadata.tables[name]
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def count(database: Database, name: str) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one())


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def post(database: Database, name: str = "one") -> Post:
    return Post(database, VAULT, name)


def put(database: Database, *texts: str, address: str = "person:1", **how: object) -> None:
    with turn(database) as store:
        for text in texts:
            store.outbox.put(address, "test", text, NOW, **how)  # type: ignore[arg-type]
