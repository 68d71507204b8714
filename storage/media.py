"""Pictures and voices people sent: expected by the turn that heard of them, fetched by the worker, shown to the keeper.

A row is `waiting` until its file is here and the keeper has it; then `kept`. One that could not be had in the
platform's three days is `lost`, and its sender is asked for it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, select, update

from domain.messages import Incoming
from storage import tables_delivery
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id

EXPIRES_AFTER = timedelta(days=3)
# While one worker fetches a file the others leave it alone.
LEASE = timedelta(seconds=60)
# Pauses after the first, second … vain try; the last repeats until the platform's three days are over.
AGAIN = tuple(timedelta(minutes=m) for m in (1, 3, 10, 30, 60, 180, 360))
CHANNEL = "oa"
NOBODY = 0
# The state of a picture or voice whose matter was forgotten; its file goes with the next look (bot/fetching.py).
FORGOTTEN = "forgotten"

_row = tables_delivery.media.c


@dataclass(frozen=True, slots=True)
class Medium:
    id: int
    channel: str
    account: str
    media_id: str
    kind: str
    contact_id: int
    matter_id: int | None
    path: str
    tries: int
    why: str
    expires_at: datetime
    transcript: str


_COLUMNS = tuple(_row[name] for name in Medium.__dataclass_fields__)


class MediaRoom:
    """The turn's side."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def expect(self, incoming: Incoming, contact_id: int, matter_id: int | None, now: datetime) -> None:
        """Note that something is to be fetched; a second word of the same changes nothing."""
        media = incoming.media
        if media is None or not media.media_id or incoming.channel != CHANNEL or self._known(incoming):
            return
        row = {
            "id": new_id(), "channel": incoming.channel, "account": incoming.account, "media_id": media.media_id,
            "kind": incoming.kind.value, "contact_id": contact_id, "matter_id": matter_id, "state": "waiting",
            "path": "", "type": media.format, "size": 0, "tries": 0, "why": "", "due_at": now,
            "expires_at": now + EXPIRES_AFTER, "kept_at": None, "transcript": "",
        }  # fmt: skip
        self._batch.add(tables_delivery.media, row)
        self._batch.remember("media", (incoming.account, media.media_id), True)

    def _known(self, incoming: Incoming) -> bool:
        assert incoming.media is not None  # noqa: S101
        key = (incoming.account, incoming.media.media_id)
        if self._batch.recall("media", key):
            return True
        return bool(self._read(and_(_row.account == key[0], _row.media_id == key[1], _row.channel == CHANNEL)))

    def attach(self, contact_id: int, media_ids: Sequence[str], matter_id: int, *, is_sealed: bool = False) -> None:
        """A picture that came before its story belongs to it now, and of a sealed one to NOBODY."""
        mine = and_(_row.contact_id == contact_id, _row.media_id.in_(media_ids), _row.matter_id.is_(None))
        self._change(mine, matter_id=matter_id, **({"contact_id": NOBODY} if is_sealed else {}))

    def to_show(self) -> list[Medium]:
        """What has come since and belongs to a matter: the one who handles it is to see or hear it."""
        return self._read(and_(_row.state == "waiting", _row.path != "", _row.matter_id.is_not(None)))

    def lost(self, now: datetime) -> list[Medium]:
        """What could not be had: its time is up, or what came is nothing that can be kept."""
        return self._read(and_(_row.state == "waiting", _row.path == "", _row.expires_at <= now))

    def idle(self, now: datetime) -> list[Medium]:
        """What has come and belongs to nothing after three days."""
        return self._read(and_(_row.state == "waiting", _row.path != "", _row.expires_at <= now))

    def close(self, medium: Medium, state: str) -> None:
        self._change(_row.id == medium.id, state=state)

    def of_matter(self, matter_id: int) -> list[Medium]:
        return self._read(_row.matter_id == matter_id)

    def transcribe(self, medium: Medium, words: str) -> None:
        self._change(_row.id == medium.id, transcript=words)

    def _read(self, wanted: ColumnElement[bool]) -> list[Medium]:
        query = select(*_COLUMNS).where(wanted).order_by(_row.id).limit(100)
        return [Medium(*row) for row in self._batch.read(query)]

    def _change(self, wanted: ColumnElement[bool], **values: object) -> None:
        self._batch.read(select(_row.id).limit(1))  # what this batch has added must be there to be changed
        self._batch.connection.execute(update(tables_delivery.media).where(wanted).values(**values))


class MediaFetch:
    """The worker's side; each call is a short transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, now: datetime, limit: int = 8) -> list[Medium]:
        """Take what is due to be fetched; it is due again after the lease, should we die."""
        due = and_(_row.state == "waiting", _row.path == "", _row.due_at <= now, _row.expires_at > now)
        query = select(*_COLUMNS).where(due).order_by(_row.due_at).limit(limit)
        with self._database.write() as connection:
            if not self._database.is_sqlite:
                query = query.with_for_update(skip_locked=True)
            found = [Medium(*row) for row in connection.execute(query)]
            self._change(connection, [medium.id for medium in found], due_at=now + LEASE)
        return found

    def forgotten(self) -> list[Medium]:
        """What belonged to a matter that was forgotten (storage/tidying.py), and still has its file."""
        query = select(*_COLUMNS).where(and_(_row.state == FORGOTTEN, _row.path != "")).limit(1000)
        with self._database.read() as connection:
            return [Medium(*row) for row in connection.execute(query)]

    def gone(self, media: Sequence[Medium]) -> None:
        """Their files are gone."""
        with self._database.write() as connection:
            self._change(connection, [medium.id for medium in media], path="")

    def kept(self, medium: Medium, path: str, type_: str, size: int, now: datetime) -> None:
        with self._database.write() as connection:
            self._change(connection, [medium.id], path=path, type=type_, size=size, kept_at=now, why="")

    def failed(self, medium: Medium, why: str, now: datetime, *, is_final: bool) -> None:
        """Try again later, or see to it that its sender is asked for it again."""
        pause = AGAIN[min(medium.tries, len(AGAIN) - 1)]
        values = {"why": why, "tries": medium.tries + 1, "due_at": now + pause}
        with self._database.write() as connection:
            self._change(connection, [medium.id], **values, **({"expires_at": now} if is_final else {}))

    def _change(self, connection: Connection, ids: Sequence[int], **values: object) -> None:
        if ids:
            connection.execute(update(tables_delivery.media).where(_row.id.in_(ids)).values(**values))
