"""The sender's side of the outbox: claiming letters by lease and writing what became of them.

Every call is a short transaction of its own. Which letter is next is found by storage/turns.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from storage import tables
from storage.database import Database
from storage.journal import write_journal
from storage.letters import Ended, Journal, Letter, Repeat
from storage.tables import milliseconds
from storage.turns import Turns, first_due
from storage.vault import Vault

LEASE = timedelta(seconds=60)
# A letter that has outlived so many senders kills them, or breaks each: it is a person's, and those behind it may go.
TAKEN_AT_MOST = 5

_FREED = text(
    "update outbox set state = 'pending', lease_until = null"
    " where state = 'claimed' and lease_until < :now and repeat = 'yes' and attempts < :tries"
)
_LOST = text(
    "select id from outbox where state = 'claimed' and lease_until < :now and (repeat <> 'yes' or attempts >= :tries)"
    " order by lease_until limit 500"
)
_row = tables.outbox.c
_TAKEN = (
    _row.id, _row.address, _row.purpose, _row.body, _row.repeat, _row.not_after, _row.attempts, _row.cause,
    _row.priority, _row.image, _row.fields, _row.village_id, _row.way, _row.parts,
    _row.created_at, _row.due_at,
)  # fmt: skip
_TAKE = (
    update(tables.outbox)
    .where(_row.id.in_(bindparam("ids", expanding=True)), _row.state == "pending")
    .values(state="claimed", lease_until=bindparam("until"), lease_by=bindparam("holder"), attempts=_row.attempts + 1)
    .returning(*_TAKEN)
)


class Post:
    """The letters one sender holds, under its name."""

    def __init__(self, database: Database, vault: Vault, name: str) -> None:
        self.database = database
        self.vault = vault
        self.name = name
        self._turns = Turns(is_sqlite=database.is_sqlite)

    def claim(self, now: datetime, limit: int = 50) -> list[Letter]:
        """Take due letters whose lease is free or has run out; nobody else gets them until ours does.

        Life before answers before notices before bulk; within a rank the villages in turn; to one address in order.
        """
        with self.database.write() as connection:
            self._free_leases(connection, now)
            ids = self._turns.next(connection, now, limit)
            holder = {"ids": ids, "until": now + LEASE, "holder": self.name}
            found = connection.execute(_TAKE, holder).all() if ids else []
        return [self._letter(r) for r in sorted(found, key=lambda r: (r.priority, r.id))]

    def _free_leases(self, connection: Connection, now: datetime) -> None:
        """Their sender was killed: what may be said twice is free again, what may not is left to a person."""
        facts = {"now": milliseconds(now), "tries": TAKEN_AT_MOST}
        connection.execute(_FREED, facts)
        lost = [row[0] for row in connection.execute(_LOST, facts)]
        if lost:
            found = connection.execute(select(*_TAKEN).where(_row.id.in_(lost))).all()
            journal = Journal(ended=[Ended(self._letter(r), "stuck", _why_lost(r)) for r in found])
            write_journal(connection, journal, now, holder="")

    def write(self, journal: Journal, now: datetime) -> None:
        """Write what was learnt. A letter another process took over is left alone."""
        with self.database.write() as connection:
            write_journal(connection, journal, now, holder=self.name)

    def mark(self, letters: Sequence[Letter], state: str, now: datetime, error: str = "", receipt: str = "") -> None:
        """Close letters that we hold: sent, dropped or stuck."""
        self.write(Journal(ended=[Ended(letter, state, error, receipt=receipt) for letter in letters]), now)

    def put_back(self, letter: Letter, due_at: datetime, error: str) -> None:
        self.write(Journal(ended=[Ended(letter, "pending", error, due_at)]), due_at)

    def next_due(self) -> datetime | None:
        """Return when the next pending letter is due (a claimed one: when its lease ends), None when there is none."""
        with self.database.read() as connection:
            moments = first_due(connection)
            lease = connection.execute(_FIRST_LEASE).scalar()
        return min((*moments, lease) if lease is not None else moments, default=None)

    def counts(self) -> dict[str, int]:
        with self.database.read() as connection:
            found = connection.execute(select(_row.state, func.count()).group_by(_row.state)).all()
        return {row[0]: row[1] for row in found}

    def _letter(self, row: Any) -> Letter:
        return Letter(
            row.id,
            row.address,
            row.purpose,
            self.vault.open(row.body),
            Repeat(row.repeat),
            row.not_after,
            row.attempts,
            row.cause,
            row.priority,
            row.image,
            json.loads(row.fields) if row.fields else {},
            row.village_id,
            row.way,
            row.parts,
            is_secret=row.body.startswith("sealed:"),
            created_at=row.created_at,
            due_at=row.due_at,
        )


_FIRST_LEASE = select(_row.lease_until).where(text("state = 'claimed'")).order_by(_row.lease_until).limit(1)


def _why_lost(row: Any) -> str:
    return "broken" if row.repeat == Repeat.YES else "lease ran out"
