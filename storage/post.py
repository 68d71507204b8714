"""The sender's side of the outbox: claiming letters by lease and writing what became of them.

Every call is a short transaction of its own. Which letter is next costs the same among a thousand and a million: the
index (priority, village, due) is walked from village to village, never through what waits behind.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select, text, update

from domain.delivery import fair_turns
from storage import tables
from storage.database import Database
from storage.journal import write_journal
from storage.letters import Ended, Journal, Letter, Repeat
from storage.vault import Vault

LEASE = timedelta(seconds=60)

# Every (priority, village) that has a pending letter: one step down the index for each, however many letters wait.
_LANES = text(
    """
    with recursive lane(p, v) as (
      select ranks.p, (select min(village_id) from outbox where state = 'pending' and priority = ranks.p)
      from (select 0 as p union all select 1 union all select 2 union all select 3) as ranks
      union all
      select lane.p, (select min(village_id) from outbox
                      where state = 'pending' and priority = lane.p and village_id > lane.v)
      from lane where lane.v is not null
    )
    select p, v from lane where v is not null order by p, v
    """
)
# The due letters of one lane. A letter waits while an earlier one of its rank to the same address has been begun and
# is not ended (being sent, or waiting to be tried again): what was decided first arrives first.
_DUE = """
    select o.id from outbox o
    where o.state = 'pending' and o.priority = :p and o.village_id = :v and o.due_at <= :now
      and not exists (select 1 from outbox b where b.address = o.address and b.id < o.id and b.priority = o.priority
                      and b.attempts > 0 and b.state in ('pending', 'claimed'))
    order by o.due_at, o.id limit :room
"""
_DUE_SQLITE, _DUE_POSTGRES = text(_DUE), text(_DUE + " for update of o skip locked")
_FREED = text(
    "update outbox set state = 'pending', lease_until = null"
    " where state = 'claimed' and lease_until < :now and repeat = 'yes'"
)
_LOST = text(
    "select id from outbox where state = 'claimed' and lease_until < :now and repeat != 'yes' order by lease_until limit 500"
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

    def claim(self, now: datetime, limit: int = 50) -> list[Letter]:
        """Take due letters whose lease is free or has run out; nobody else gets them until ours does.

        Life before answers before notices before bulk; within a rank the villages in turn; to one address in order.
        """
        with self.database.write() as connection:
            self._free_leases(connection, now)
            ids = self._due(connection, now, limit)
            holder = {"ids": ids, "until": now + LEASE, "holder": self.name}
            found = connection.execute(_TAKE, holder).all() if ids else []
        return [self._letter(r) for r in sorted(found, key=lambda r: (r.priority, r.id))]

    def _due(self, connection: Connection, now: datetime, limit: int) -> list[int]:
        ranks: dict[int, list[int]] = {}
        for priority, village in connection.execute(_LANES):
            ranks.setdefault(priority, []).append(village)
        query = _DUE_SQLITE if self.database.is_sqlite else _DUE_POSTGRES
        ids: list[int] = []
        for priority, villages in ranks.items():
            room = limit - len(ids)
            if room <= 0:
                break
            share = min(room, 2 * -(-room // len(villages)))
            # With more villages than room, another begins each time.
            first = int(now.timestamp()) % len(villages) if len(villages) > room else 0
            waiting = {
                village: list(
                    connection.execute(
                        query, {"p": priority, "v": village, "now": _ms(now), "room": share}
                    ).scalars()
                )
                for village in (*villages[first:], *villages[:first])[: max(room, 1)]
            }  # fmt: skip
            ids += fair_turns(waiting, room)
        return ids

    def _free_leases(self, connection: Connection, now: datetime) -> None:
        """Their sender was killed: what may be said twice is free again, what may not is left to a person."""
        connection.execute(_FREED, {"now": _ms(now)})
        lost = [row[0] for row in connection.execute(_LOST, {"now": _ms(now)})]
        if lost:
            found = connection.execute(select(*_TAKEN).where(_row.id.in_(lost))).all()
            journal = Journal(ended=[Ended(self._letter(r), "stuck", "lease ran out") for r in found])
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
            moments = [
                connection.execute(_FIRST, {"p": priority, "v": village}).scalar()
                for priority, village in connection.execute(_LANES).all()
            ]
            moments.append(connection.execute(_FIRST_LEASE).scalar())
        return min((moment for moment in moments if moment is not None), default=None)

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


_pending = text("state = 'pending'")  # in the words of the partial index, or SQLite does not see that it fits
_FIRST = (
    select(_row.due_at)
    .where(and_(_pending, _row.priority == bindparam("p"), _row.village_id == bindparam("v")))
    .order_by(_row.due_at)
    .limit(1)
)
_FIRST_LEASE = select(_row.lease_until).where(text("state = 'claimed'")).order_by(_row.lease_until).limit(1)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
