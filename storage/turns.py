"""Whose turn it is: the next due letters of the outbox, at the same cost among a thousand and among a million.

The index (priority, village, due) is walked from village to village, never through what waits behind. A letter waits
while an earlier one of its rank to the same address has been begun and is not ended (being sent, or waiting to be tried
again): what was decided first arrives first. One that is found waiting is marked `held` and so leaves that index, so
that it is walked past once and not by every claim; when nothing before it is under way any more, the next claim lets
the first of its line go. Whatever ends a letter need know nothing of this, and a claim that lost a race is mended by the
next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from domain.delivery import fair_turns
from storage import tables
from storage.tables import milliseconds

# Letters looked at in one step where some were found waiting; steps of one claim in one lane.
LOOK, STEPS = 500, 40
# Lines of held letters one claim looks at.
LINES = 200

# Every (priority, village) that has a letter which may be next: one step down the index for each, however many there are.
LANES = text(
    """
    with recursive lane(p, v) as (
      select ranks.p,
             (select min(village_id) from outbox where state = 'pending' and held = '' and priority = ranks.p)
      from (select 0 as p union all select 1 union all select 2 union all select 3) as ranks
      union all
      select lane.p, (select min(village_id) from outbox
                      where state = 'pending' and held = '' and priority = lane.p and village_id > lane.v)
      from lane where lane.v is not null
    )
    select p, v from lane where v is not null order by p, v
    """
)
_DUE = """
    select o.id,
           exists (select 1 from outbox b where b.address = o.address and b.priority = o.priority and b.id < o.id
                   and b.state in ('pending', 'claimed') and b.attempts > 0)
        or exists (select 1 from outbox h where h.held = o.address || '/' || o.priority and h.id < o.id
                   and h.state = 'pending' and h.held <> '') as waits
    from (select id, address, priority, due_at from outbox
          where state = 'pending' and held = '' and priority = :p and village_id = :v and due_at <= :now
          order by due_at, id limit :look{locked}) as o
    order by o.due_at, o.id
"""
_HOLD = text("update outbox set held = address || '/' || priority where id in :ids").bindparams(
    bindparam("ids", expanding=True)
)
# The lines of held letters after a given one: one step down the index for each.
_LINES = text(
    """
    with recursive line(name, n) as (
      select (select min(held) from outbox where state = 'pending' and held <> '' and held > :after), 1
      union all
      select (select min(held) from outbox where state = 'pending' and held <> '' and held > line.name), n + 1
      from line where line.name is not null and n < :many
    )
    select name from line where name is not null order by n
    """
)
_UNDER_WAY = text(
    "select 1 from outbox where address = :address and priority = :p and state in ('pending', 'claimed')"
    " and attempts > 0 and held = '' limit 1"
)
_LET_GO = """
    update outbox set held = '' where id in (
      select id from outbox where state = 'pending' and held <> '' and held = :name order by id limit :many{locked})
"""
_FIRST = text(
    "select due_at from outbox where state = 'pending' and held = '' and priority = :p and village_id = :v"
    " order by due_at limit 1"
).columns(tables.outbox.c.due_at)
_FIRST_HELD = text(
    "select due_at from outbox where state = 'pending' and held <> '' order by held, id limit 1"
).columns(tables.outbox.c.due_at)
# On PostgreSQL senders pass by what another has in hand, and look one after the other: one that holds letters back
# must be seen by one whose own letter before them has just arrived. (SQLite has one writer anyway.)
_IN_HAND = " for update skip locked"
_ON_SQLITE = text(_DUE.format(locked="")), text(_LET_GO.format(locked=""))
_ONE_LOOKS = text("select pg_advisory_xact_lock(:number)").bindparams(number=0x796F757368690002)
_ON_POSTGRES = text(_DUE.format(locked=_IN_HAND)), text(_LET_GO.format(locked=_IN_HAND))


class Turns:
    """What one sender remembers of its last look: up to which line the held letters were looked at."""

    def __init__(self, *, is_sqlite: bool) -> None:
        self._is_alone = is_sqlite
        self._due, self._free = _ON_SQLITE if is_sqlite else _ON_POSTGRES
        self._after = ""

    def next(self, connection: Connection, now: datetime, limit: int) -> list[int]:
        """Return the ids of due letters: life before answers before notices, villages in turn, an address in order."""
        if not self._is_alone:
            connection.execute(_ONE_LOOKS)
        self._let_go(connection, limit)
        ranks: dict[int, list[int]] = {}
        for priority, village in connection.execute(LANES):
            ranks.setdefault(priority, []).append(village)
        ids: list[int] = []
        for priority, villages in ranks.items():
            room = limit - len(ids)
            if room <= 0:
                break
            share = min(room, 2 * -(-room // len(villages)))
            # With more villages than room, another begins each time.
            first = int(now.timestamp()) % len(villages) if len(villages) > room else 0
            turn = (*villages[first:], *villages[:first])[: max(room, 1)]
            waiting = {village: self._of_lane(connection, priority, village, now, share) for village in turn}
            ids += fair_turns(waiting, room)
        return ids

    def _of_lane(self, connection: Connection, priority: int, village: int, now: datetime, room: int) -> list[int]:
        look = room
        for _ in range(STEPS):
            facts = {"p": priority, "v": village, "now": milliseconds(now), "look": look}
            seen = connection.execute(self._due, facts).all()
            free = [row.id for row in seen if not row.waits]
            if waiting := [row.id for row in seen if row.waits]:
                connection.execute(_HOLD, {"ids": waiting})
            if not waiting or len(seen) < look or len(free) >= room:
                break
            look = room + LOOK
        return free[:room]

    def _let_go(self, connection: Connection, many: int) -> None:
        """Where nothing is under way any more, the first of those held behind it may be next: as many as can be taken."""
        names: Sequence[str] = connection.execute(_LINES, {"after": self._after, "many": LINES}).scalars().all()
        self._after = names[-1] if len(names) == LINES else ""
        for name in names:
            address, _, priority = name.rpartition("/")
            if connection.execute(_UNDER_WAY, {"address": address, "p": int(priority)}).first() is None:
                connection.execute(self._free, {"name": name, "many": many})


def first_due(connection: Connection) -> list[datetime]:
    """When the first letter of each lane is due, and one of those held."""
    lanes = connection.execute(LANES).all()
    moments = [connection.execute(_FIRST, {"p": priority, "v": village}).scalar() for priority, village in lanes]
    return [moment for moment in (*moments, connection.execute(_FIRST_HELD).scalar()) if moment is not None]
