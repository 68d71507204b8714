"""The polls people speak of, kept in the process and read again when the revision "polls" rises.

Those that are alive are few and read by every vote, and what closed last is still spoken of.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from domain.polls import Poll, Result, Scope, State, Unit
from storage import tables_polls as t
from storage.batch import Batch
from storage.vault import Vault

REVISION = "polls"
_ALIVE = select(t.polls).where(t.polls.c.state.in_(("waiting", "open"))).order_by(t.polls.c.id)
_CLOSED = t.polls.c.state == "closed"
_NEWEST = (
    select(t.polls.c.village_id, func.max(t.polls.c.closes_at).label("at"))
    .where(_CLOSED)
    .group_by(t.polls.c.village_id)
    .subquery()
)
_LAST = select(t.polls).join(
    _NEWEST, and_(_CLOSED, t.polls.c.village_id == _NEWEST.c.village_id, t.polls.c.closes_at == _NEWEST.c.at)
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The polls people speak of, by village: those alive, oldest first, and the one that closed last."""

    alive: Mapping[int, tuple[Poll, ...]]
    closed: Mapping[int, Poll]
    by_id: Mapping[int, Poll]


class PollBoard:
    """The polls spoken of, as of the last revision read; shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._spoken = Spoken({}, {}, {})

    def spoken(self, batch: Batch, vault: Vault, revision: int) -> Spoken:
        with self._lock:
            if revision != self._revision:
                alive: dict[int, tuple[Poll, ...]] = {}
                for row in batch.connection.execute(_ALIVE):
                    poll = poll_of(row, vault)
                    alive[poll.village_id] = (*alive.get(poll.village_id, ()), poll)
                closed = {row.village_id: poll_of(row, vault) for row in batch.connection.execute(_LAST)}
                by_id = {poll.id: poll for polls in alive.values() for poll in polls}
                self._spoken, self._revision = Spoken(alive, closed, by_id), revision
            return self._spoken


def poll_of(row: Any, vault: Vault) -> Poll:
    """Read a row of the polls. A key that is not of this SECRET_KEY comes out empty (`Poll.lacks_key`)."""
    areas, party_only, people = json.loads(row.scope)
    result = None
    if row.result:
        counts, voted, roll, digest = json.loads(row.result)
        result = Result(tuple(counts), voted, roll, digest)
    return Poll(
        row.id, row.number, row.version, row.village_id, row.area_id,
        Scope(tuple(areas), party_only, tuple(people)), row.title, tuple(json.loads(row.options)), Unit(row.unit),
        row.is_multiple, row.is_secret, row.in_group, State(row.state), row.opens_at, row.closes_at, row.by_id,
        row.roll, row.body, bytes.fromhex(vault.open(row.key)) if row.key else b"", row.reminded_for, result,
        row.most,
    )  # fmt: skip
