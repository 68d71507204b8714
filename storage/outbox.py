"""The outbox: what has been decided to be said, until it is sent, dropped with a reason, or given to a person.

What is sent is decided once: `once` is a sentence about the fact (`matter:12:filed`) and unique. Sending claims a row
by one conditional UPDATE with a lease, happens outside any transaction, and is marked afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Update, and_, func, or_, select, update

from storage import tables
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.vault import Vault

LEASE = timedelta(seconds=60)


class Repeat(StrEnum):
    """May it be said again when we do not know whether it arrived?"""

    NEVER = "never"
    IF_DEDUPLICATED = "if_deduplicated"
    YES = "yes"


class Priority:
    """Smaller goes first: life before answers before bulk."""

    LIFE = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """One row to be sent. `address` is `person:ID`, `contact:ID` or `group:ID`."""

    id: int
    address: str
    purpose: str
    text: str
    repeat: Repeat
    not_after: datetime | None
    attempts: int
    cause: str = ""

    @property
    def kind(self) -> str:
        return self.address.partition(":")[0]

    @property
    def target(self) -> int:
        return int(self.address.partition(":")[2])


class Outbox:
    def __init__(self, batch: Batch, vault: Vault) -> None:
        self._batch = batch
        self._vault = vault
        self.has_news = False

    def put(
        self,
        address: str,
        purpose: str,
        text: str,
        now: datetime,
        *,
        once: str | None = None,
        priority: int = Priority.NOTICE,
        due_at: datetime | None = None,
        not_after: datetime | None = None,
        repeat: Repeat = Repeat.YES,
        is_secret: bool = False,
    ) -> None:
        """Decide that this will be said. Where `once` has been told, the table keeps the first and drops this one."""
        row = {
            "id": new_id(),
            "address": address,
            "purpose": purpose,
            "body": self._vault.seal(text) if is_secret else text,
            "once": once,
            "priority": priority,
            "due_at": due_at or now,
            "not_after": not_after,
            "repeat": repeat.value,
            "state": "pending",
            "lease_until": None,
            "lease_by": "",
            "attempts": 0,
            "error": "",
            "receipt": "",
            "cause": self._batch.cause,
            "created_at": now,
            "ended_at": None,
        }
        self._batch.add(tables.outbox, row)
        self.has_news = True

    def recall_letter(self, once: str, now: datetime) -> bool:
        """Take back a letter nobody has begun to send; False where it is too late."""
        row = tables.outbox.c
        taken = self._batch.connection.execute(
            update(tables.outbox)
            .where(and_(row.once == once, row.state == "pending"))
            .values(state="carried", ended_at=now)
        )
        return bool(taken.rowcount)

    def any_sent(self, facts_about: str) -> bool:
        """Has any letter left whose `once` begins so?"""
        row = tables.outbox.c
        found = self._batch.read(select(row.id).where(row.once.startswith(facts_about), row.state == "sent").limit(1))
        return found.first() is not None

    def about(self, address: str) -> list[Any]:
        query = select(tables.outbox).where(tables.outbox.c.address == address).order_by(tables.outbox.c.id)
        return list(self._batch.read(query))


class Post:
    """The sender's side of the outbox; each call is a short transaction of its own."""

    def __init__(self, database: Database, vault: Vault, name: str) -> None:
        self.database = database
        self._vault = vault
        self._name = name

    def claim(self, now: datetime, limit: int = 50) -> list[Letter]:
        """Take due letters whose lease is free or has run out; nobody else gets them until ours does."""
        row = tables.outbox.c
        free = or_(row.state == "pending", and_(row.state == "claimed", row.lease_until < now))
        due = select(row.id).where(and_(free, row.due_at <= now)).order_by(row.priority, row.due_at).limit(limit)
        if not self.database.is_sqlite:
            due = due.with_for_update(skip_locked=True)
        taking = (
            update(tables.outbox)
            .where(row.id.in_(due.scalar_subquery() if self.database.is_sqlite else due))
            .values(state="claimed", lease_until=now + LEASE, lease_by=self._name, attempts=row.attempts + 1)
            .returning(
                row.id,
                row.address,
                row.purpose,
                row.body,
                row.repeat,
                row.not_after,
                row.attempts,
                row.priority,
                row.cause,
            )
        )
        with self.database.write() as connection:
            connection.execute(self._give_up(now))
            found = connection.execute(taking).all()
        return [self._letter(r) for r in sorted(found, key=lambda r: (r.priority, r.id))]

    def _give_up(self, now: datetime) -> Update:
        """Its sender was killed between sending and marking: what may not be said twice is left to a person."""
        row = tables.outbox.c
        lost = and_(row.state == "claimed", row.due_at <= now, row.lease_until < now, row.repeat == Repeat.NEVER.value)
        return update(tables.outbox).where(lost).values(state="stuck", error="lease ran out", ended_at=now)

    def mark(self, letters: Sequence[Letter], state: str, now: datetime, error: str = "", receipt: str = "") -> None:
        """Close letters that we hold: sent, dropped or stuck. One that another process took over is left alone."""
        self._update([letter.id for letter in letters], state=state, ended_at=now, error=error, receipt=receipt)

    def put_back(self, letter: Letter, due_at: datetime, error: str) -> None:
        self._update([letter.id], state="pending", due_at=due_at, error=error)

    def _update(self, ids: Sequence[int], **values: Any) -> None:
        row = tables.outbox.c
        mine = and_(row.id.in_(ids), row.state == "claimed", row.lease_by == self._name)
        with self.database.write() as connection:
            connection.execute(update(tables.outbox).where(mine).values(lease_until=None, **values))

    def next_due(self) -> datetime | None:
        """Return when the next pending letter is due, None when there is none."""
        row = tables.outbox.c
        with self.database.read() as connection:
            found: datetime | None = connection.execute(
                select(row.due_at).where(row.state.in_(("pending", "claimed"))).order_by(row.due_at).limit(1)
            ).scalar()
        return found

    def counts(self) -> dict[str, int]:
        row = tables.outbox.c
        with self.database.read() as connection:
            found = connection.execute(select(row.state, func.count()).group_by(row.state)).all()
        return {row[0]: row[1] for row in found}

    def _letter(self, row: Any) -> Letter:
        text = self._vault.open(row.body)
        repeat = Repeat(row.repeat)
        return Letter(row.id, row.address, row.purpose, text, repeat, row.not_after, row.attempts, row.cause)
