"""The inbox: one row for every delivery a platform made, so that nothing is lost and nothing happens twice.

A row is unique by (channel, account, event id). Its states: `new` (accepted, still to do), `done` (its effects and the
rendered reply are in the same commit), `parked` (three attempts raised; a person must look).
`carried_by` says how the reply travels and is decided once: none → response | outbox.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select

from domain.messages import Actor, Incoming, Kind, Media, Place, Trust
from storage import tables
from storage.among import among
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.ids import new_id
from storage.vault import Vault

MAX_ATTEMPTS = 3
# A fault of the moment is often over in seconds; one that lasts is not helped by hurry.
RETRY_AFTER = (timedelta(seconds=5), timedelta(seconds=60))
# An accepted row is somebody's running turn for this long; then the sweeper takes it for orphaned.
ORPHANED_AFTER = timedelta(seconds=30)

Key = tuple[str, str, str]
_row = tables.inbox.c
# Written once: building a statement costs more than running it.
_KNOWN = Prepared(
    select(
        _row.channel, _row.account, _row.event_id, _row.id, _row.state, _row.reply, _row.carried_by, _row.attempts
    ).where(_row.channel == bindparam("channel"), _row.account == bindparam("account"), among(_row.event_id, "wanted"))
)


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    state: str
    reply: str | None
    carried_by: str
    attempts: int

    @property
    def is_finished(self) -> bool:
        return self.state != "new"


def key_of(incoming: Incoming) -> Key:
    return incoming.channel, incoming.account, incoming.event_id


class Inbox:
    def __init__(self, batch: Batch, vault: Vault) -> None:
        self._batch = batch
        self._vault = vault

    def fetch(self, incomings: Sequence[Incoming]) -> Fetch:
        """Read which of these messages are known; an account at a time, as their index is ordered."""
        wanted: dict[tuple[str, str], list[str]] = {}
        for incoming in incomings:
            wanted.setdefault((incoming.channel, incoming.account), []).append(incoming.event_id)
        found: dict[Any, Entry] = {}
        for (channel, account), events in wanted.items():
            asked = {"channel": channel, "account": account, "wanted": events}
            rows = yield _KNOWN, asked
            found.update((row[:3], self._entry(row)) for row in rows)
        self._batch.fetched("inbox", found)

    def _entry(self, row: Any) -> Entry:
        reply = self._vault.open(row.reply) if row.reply else row.reply
        return Entry(row.id, row.state, reply, row.carried_by, row.attempts)

    def entry(self, incoming: Incoming) -> Entry | None:
        entry: Entry | None = self._batch.recall("inbox", key_of(incoming))
        return entry

    def finish(
        self,
        incoming: Incoming,
        reply: str | None,
        carried_by: str,
        *,
        is_secret: bool = False,
        is_sealed: bool | None = None,
    ) -> int:
        """Write the row as done, with its reply; `is_secret` blanks what was said and seals what was answered.

        `is_sealed=False` leaves the reply open all the same: it says nothing.
        """
        entry = self.entry(incoming)
        done = Entry(entry.id if entry else new_id(), "done", reply, carried_by, entry.attempts if entry else 0)
        self._write(
            incoming,
            entry,
            done,
            text="" if is_secret else incoming.text,
            is_sealed=is_secret if is_sealed is None else is_sealed,
        )
        return done.id

    def carry(self, incoming: Incoming, entry: Entry, carried_by: str) -> None:
        """Let the reply of a finished message travel the other way after all: response or outbox."""
        carried = Entry(entry.id, entry.state, entry.reply, carried_by, entry.attempts)
        self._batch.remember("inbox", key_of(incoming), carried)
        self._batch.connection.execute(
            tables.inbox.update().where(tables.inbox.c.id == entry.id).values(carried_by=carried_by)
        )

    def accept(self, incoming: Incoming) -> None:
        """Keep the whole message durably, to be played later; a row that is already there stays as it is."""
        if self.entry(incoming) is None:
            waiting = Entry(new_id(), "new", None, "none", 0)
            self._write(incoming, None, waiting, retry_at=incoming.received_at + ORPHANED_AFTER)

    def fail(self, incoming: Incoming, error: str, now: datetime) -> Entry:
        """Note that a turn raised: to be tried again, or parked after the third time. `error` names no words of his.

        What is parked is sealed, for nobody knows what it was; what was only overheard in a group is not kept at all.
        """
        entry = self.entry(incoming)
        attempts = (entry.attempts if entry else 0) + 1
        parked = attempts >= MAX_ATTEMPTS
        state = "parked" if parked else "new"
        failed = Entry(entry.id if entry else new_id(), state, None, "none", attempts)
        retry_at = None if parked else now + RETRY_AFTER[attempts - 1]
        self._write(
            incoming, entry, failed, text=self._parked(incoming) if parked else None, retry_at=retry_at, error=error
        )
        return failed

    def _parked(self, incoming: Incoming) -> str:
        return self._vault.seal(incoming.text) if incoming.addressed and incoming.text else ""

    def _write(
        self,
        incoming: Incoming,
        known: Entry | None,
        entry: Entry,
        *,
        text: str | None = None,
        retry_at: datetime | None = None,
        error: str = "",
        is_sealed: bool = False,
    ) -> None:
        row = {
            "id": entry.id,
            "channel": incoming.channel,
            "account": incoming.account,
            "event_id": incoming.event_id,
            "kind": str(incoming.kind),
            "actor": incoming.actor.native_id,
            "group_name": incoming.group,
            "text": incoming.text if text is None else text,
            "received_at": incoming.received_at,
            "state": entry.state,
            "reply": self._vault.seal(entry.reply) if is_sealed and entry.reply else entry.reply,
            "carried_by": entry.carried_by,
        }
        if known is not None or entry.state != "done":  # of what is done at once the rest is as the table has it
            extra = _extra(incoming) if entry.state == "new" else ""
            row |= {"extra": extra, "attempts": entry.attempts, "retry_at": retry_at, "error": error}
        if known is None:
            self._batch.add(tables.inbox, row)
        else:
            self._batch.save(tables.inbox, entry.id, row)
        self._batch.remember("inbox", key_of(incoming), entry)

    def waiting(self, now: datetime, limit: int = 1000) -> list[Incoming]:
        """Return accepted rows whose time has come, oldest first: retries, and those a killed process left behind."""
        row = tables.inbox.c
        query = select(tables.inbox).where(and_(row.state == "new", row.retry_at <= now)).order_by(row.id).limit(limit)
        return [_incoming(found) for found in self._batch.read(query)]

    def is_waiting_before(self, moment: datetime, now: datetime) -> bool:
        """Is a message accepted before that moment still to be played? Not one that has failed over and over for an hour."""
        row = tables.inbox.c
        unplayed = and_(row.state == "new", row.received_at < moment, row.retry_at > now - timedelta(hours=1))
        return self._batch.read(select(row.id).where(unplayed).limit(1)).first() is not None

    def parked(self) -> int:
        return int(self._batch.read(select(func.count()).where(tables.inbox.c.state == "parked")).scalar_one())

    def prune(self, before: datetime, limit: int = 1000) -> int:
        """Forget finished and parked rows received before that moment (rulings keep event keys at least seven days)."""
        row = tables.inbox.c
        old = select(row.id).where(and_(row.received_at < before, row.state != "new")).limit(limit)
        return int(self._batch.connection.execute(delete(tables.inbox).where(row.id.in_(old))).rowcount)


def _extra(incoming: Incoming) -> str:
    """What only some kinds carry, so that an accepted message can be played again from its row."""
    return json.dumps(
        {
            "to": incoming.to,
            "platform_time": incoming.platform_time.isoformat() if incoming.platform_time else None,
            "addressed": incoming.addressed,
            "media": asdict(incoming.media) if incoming.media else None,
            "place": asdict(incoming.place) if incoming.place else None,
            "quote": incoming.quote,
            "trust": incoming.trust.value,
            "data": incoming.data,
        },
        ensure_ascii=False,
    )


def _incoming(row: Any) -> Incoming:
    extra = json.loads(row.extra or "{}")
    platform_time = extra.get("platform_time")
    return Incoming(
        channel=row.channel,
        account=row.account,
        event_id=row.event_id,
        kind=Kind(row.kind),
        actor=Actor(row.channel, row.account, row.actor),
        received_at=row.received_at,
        platform_time=datetime.fromisoformat(platform_time) if platform_time else None,
        to=extra.get("to", ""),
        group=row.group_name,
        addressed=extra.get("addressed", True),
        text=row.text,
        media=Media(**extra["media"]) if extra.get("media") else None,
        place=Place(**extra["place"]) if extra.get("place") else None,
        quote=extra.get("quote", ""),
        trust=Trust(extra.get("trust", Trust.SIGNED_BODY)),
        data=extra.get("data", {}),
    )
