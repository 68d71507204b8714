"""Open questions and running conversations: what a bare answer may mean."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, literal_column, select

from domain.questions import OpenQuestion
from storage import tables
from storage.among import among
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.ids import new_id

_question_row = tables.questions.c
# A literal: SQLite takes a partial index only where it sees that the row is in it, and a parameter hides that.
_OPEN = _question_row.state == literal_column("'open'")
_ALIVE = Prepared(
    select(tables.questions)
    .where(
        among(_question_row.contact_id, "senders"),
        _OPEN,
        _question_row.valid_until > bindparam("now", type_=tables.Moment),
    )
    .order_by(_question_row.id)
)
_RUNNING = Prepared(select(tables.conversations).where(among(tables.conversations.c.contact_id, "senders")))


class Questions:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def fetch(self, now: datetime) -> Fetch:
        known: dict[int, tuple[OpenQuestion, ...]] = dict.fromkeys(self._batch.senders, ())
        for found in (yield _ALIVE, {"senders": self._batch.senders, "now": now}):
            known[found.contact_id] = (*known[found.contact_id], _question(found))
        self._batch.fetched("questions", known)

    def open_for(self, contact_id: int, now: datetime) -> tuple[OpenQuestion, ...]:
        known = self._batch.recall("questions", contact_id)
        if known is None and contact_id not in self._batch.senders:
            row = tables.questions.c
            query = select(tables.questions).where(row.contact_id == contact_id, _OPEN)
            known = tuple(_question(found) for found in self._batch.read(query.order_by(row.id)))
        return tuple(q for q in known if q.is_open(now)) if known else ()

    def unanswered(self, kind: str, asked_before: datetime, alive_at: datetime | None = None) -> list[OpenQuestion]:
        """Return open questions of a kind that have waited since before that moment (for the clock), oldest first; those
        whose time was over at `alive_at` are left out: nobody closes them, and they would stand before all others."""
        row = tables.questions.c
        waiting = and_(_OPEN, row.kind == kind, row.asked_at <= asked_before)
        waiting = waiting if alive_at is None else and_(waiting, row.valid_until > alive_at)
        query = select(tables.questions).where(waiting).order_by(row.id).limit(200)
        return [_question(found) for found in self._batch.read(query)]

    def ask(self, question: OpenQuestion) -> None:
        """Put the question; an older one of the same kind about the same thing is replaced."""
        kept = []
        for other in self._known(question.contact_id, question.asked_at):
            if (other.kind, other.thing_id) == (question.kind, question.thing_id):
                self._save(replace(other, state="replaced"))
            else:
                kept.append(other)
        self._batch.add(tables.questions, _row(question))
        self._batch.remember("questions", question.contact_id, (*kept, question))

    def close(self, question: OpenQuestion, now: datetime) -> None:
        self._save(replace(question, state="answered"))
        left = tuple(q for q in self._known(question.contact_id, now) if q.id != question.id)
        self._batch.remember("questions", question.contact_id, left)

    def _known(self, contact_id: int, now: datetime) -> tuple[OpenQuestion, ...]:
        return self.open_for(contact_id, now)

    def _save(self, question: OpenQuestion) -> None:
        self._batch.save(tables.questions, question.id, _row(question))


def _row(question: OpenQuestion) -> dict[str, Any]:
    return {
        "id": question.id,
        "contact_id": question.contact_id,
        "kind": question.kind,
        "thing_id": question.thing_id,
        "accepts": " ".join(question.accepts),
        "data": question.data,
        "asked_at": question.asked_at,
        "valid_until": question.valid_until,
        "state": question.state,
    }


def _question(row: Any) -> OpenQuestion:
    return OpenQuestion(
        row.id,
        row.contact_id,
        row.kind,
        row.thing_id,
        tuple(row.accepts.split()),
        row.asked_at,
        row.valid_until,
        row.data,
        row.state,
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A conversation on its way: which one, what was said so far, when we last asked."""

    name: str
    progress: dict[str, Any]
    asked_at: datetime
    version: int = 0


class Conversations:
    """One running conversation per (contact, scene)."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def fetch(self) -> Fetch:
        rows = yield _RUNNING, {"senders": self._batch.senders}
        self._batch.fetched("conversations", {(row.contact_id, row.group_name): _running(row) for row in rows})

    def running(self, contact_id: int, group: str) -> Running | None:
        running = self._row_of(contact_id, group)
        return running if running is not None and running.name else None

    def _row_of(self, contact_id: int, group: str) -> Running | None:
        """Return the row as it stands, an ended one too; read now where its person is not in the batch."""
        known: Running | None = self._batch.recall("conversations", (contact_id, group))
        if known is None and contact_id not in self._batch.senders:
            row = tables.conversations.c
            query = select(tables.conversations).where(row.contact_id == contact_id, row.group_name == group)
            known = next((_running(found) for found in self._batch.read(query)), None)
        return known

    def keep(self, contact_id: int, group: str, running: Running) -> None:
        before = self._row_of(contact_id, group)
        self._save(contact_id, group, replace(running, version=(before.version if before else 0) + 1))

    def end(self, contact_id: int, group: str) -> None:
        """Forget the conversation; the row stays with an empty name, so that its version keeps rising."""
        before = self.running(contact_id, group)
        if before is not None:
            self._save(contact_id, group, Running("", {}, before.asked_at, before.version + 1))

    def _save(self, contact_id: int, group: str, running: Running) -> None:
        row = {
            "contact_id": contact_id,
            "group_name": group,
            "name": running.name,
            "progress": json.dumps(running.progress, ensure_ascii=False, default=str),
            "asked_at": running.asked_at,
            "version": running.version,
        }
        self._batch.save(tables.conversations, (contact_id, group), row)
        self._batch.remember("conversations", (contact_id, group), running)


def _running(row: Any) -> Running:
    return Running(row.name, json.loads(row.progress), row.asked_at, row.version)


def new_question(
    contact_id: int,
    kind: str,
    thing_id: int,
    accepts: tuple[str, ...],
    now: datetime,
    valid_until: datetime,
    data: str = "",
) -> OpenQuestion:
    return OpenQuestion(new_id(), contact_id, kind, thing_id, accepts, now, valid_until, data)
