"""Meetings: the meeting and its agenda, the frozen roll, reminders decided, what was said and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, literal_column, select, update

from domain.attendance import Invited
from domain.meetings import LASTS, AgendaItem, Coming, Meeting, MeetingStatus
from storage import tables
from storage import tables_meetings as t
from storage.among import among
from storage.asking import Fetch, Parameters, Prepared, Rows
from storage.batch import Batch
from storage.counters import Counters
from storage.ids import new_id
from storage.ledger import Ledger, Step
from storage.rows import as_row, as_value

# Nobody speaks of more meetings than this at once.
LIMIT = 50
_LINE = tuple(t.invitations.c[field.name] for field in fields(Invited))


@dataclass(frozen=True, slots=True)
class Speech:
    """One thing said at a meeting. `kind` is words, picture or voice; `stance` 同意 and the like, where one was named."""

    id: int
    meeting_id: int
    item_id: int | None
    kind: str
    speaker: str
    stance: str
    text: str
    by_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided: who does it by when. `status` is open, done, or void where it was taken back."""

    id: int
    meeting_id: int
    item_id: int | None
    text: str
    owner_id: int | None
    owner: str
    due_at: datetime | None
    at: datetime
    status: str = "open"


_row = t.meetings.c
# Written out, not bound: an index over called meetings only is found by a condition that says so.
_CALLED = _row.status == literal_column("'called'")
# Meetings the people of a batch are invited to and that are not long over: one query for everybody in it.
_INVITED = Prepared(
    select(tables.bindings.c.contact_id, *_LINE, *(c.label(f"m_{c.name}") for c in t.meetings.c))
    .select_from(
        tables.bindings.join(t.invitations, t.invitations.c.person_id == tables.bindings.c.person_id).join(
            t.meetings, _row.id == t.invitations.c.meeting_id
        )
    )
    .where(
        among(tables.bindings.c.contact_id, "senders"),
        tables.bindings.c.ended_at.is_(None),
        _CALLED,
        _row.starts_at > bindparam("since", type_=tables.Moment),
    )
    .order_by(_row.starts_at, _row.id)
)


class Meetings:
    def __init__(self, batch: Batch, counters: Counters, ledger: Ledger) -> None:
        self._batch = batch
        self._counters = counters
        self._ledger = ledger

    # -- calling and changing

    def next_number(self, village_id: int) -> int:
        return self._counters.next(f"meeting:{village_id}")

    def add(
        self, meeting: Meeting, items: Sequence[AgendaItem], roll: Iterable[Invited], groups: Iterable[int], step: Step
    ) -> None:
        """Write a meeting with its agenda, its roll and the groups it is posted to."""
        self._batch.add(t.meetings, as_row(meeting, t.meetings))
        for item in items:
            self._batch.add(t.agenda, as_row(item, t.agenda))
        for line in roll:
            self._batch.add(t.invitations, as_row(line, t.invitations))
        for group in groups:
            self._batch.add(t.meeting_groups, {"meeting_id": meeting.id, "group_id": group})
        self._batch.remember("meetings", meeting.id, meeting)
        self._ledger.add("meeting", meeting.id, meeting.village_id, "", meeting.status, step)

    def change(self, before: Meeting, after: Meeting, step: Step) -> Meeting:
        """Save the changed meeting; the ledger row is written here, so that it cannot be forgotten."""
        self._batch.save(t.meetings, after.id, as_row(after, t.meetings))
        self._batch.remember("meetings", after.id, after)
        self._ledger.add("meeting", after.id, after.village_id, before.status, after.status, step)
        return after

    def keep(self, meeting: Meeting) -> Meeting:
        """Save what is no change of its life: a count, a sign-in code, that the reach was looked at."""
        self._batch.save(t.meetings, meeting.id, as_row(meeting, t.meetings))
        self._batch.remember("meetings", meeting.id, meeting)
        return meeting

    def withdraw_reminders(self, meeting: Meeting, now: datetime) -> None:
        """Take back what reminds of a start that no longer holds and has not left yet (the sender may be behind)."""
        row = tables.outbox.c
        waiting = and_(row.once.startswith(f"meeting:{meeting.id}:r:"), row.state == "pending")
        self._batch.connection.execute(
            update(tables.outbox).where(waiting).values(state="dropped", error="moved", ended_at=now)
        )

    # -- finding

    def get(self, meeting_id: int, *, to_change: bool = False) -> Meeting | None:
        """Return the meeting; `to_change` holds its row on PostgreSQL until the batch ends."""
        known: Meeting | None = self._batch.recall("meetings", meeting_id)
        if known is not None:
            return known
        query = select(t.meetings).where(_row.id == meeting_id)
        if to_change and not self._batch.is_sqlite:
            query = query.with_for_update()
        return next(iter(self._meetings(query)), None)

    def with_number(self, village_id: int, number: int) -> Meeting | None:
        return next(
            iter(self._meetings(select(t.meetings).where(_row.village_id == village_id, _row.number == number))), None
        )

    def living(self, village_ids: Sequence[int], since: datetime) -> list[Meeting]:
        """Return the meetings of these villages that are called and start after `since`, the next one first."""
        alive = and_(_row.village_id.in_(village_ids), _CALLED, _row.starts_at > since)
        return self._meetings(select(t.meetings).where(alive).order_by(_row.starts_at, _row.id).limit(LIMIT))

    def begun(self, village_ids: Sequence[int], now: datetime, since: datetime) -> list[Meeting]:
        """Return the meetings of these villages that have begun (or ended) since then, the newest first."""
        there = and_(
            _row.village_id.in_(village_ids), _row.status != "cancelled", _row.starts_at <= now, _row.starts_at > since
        )
        return self._meetings(select(t.meetings).where(there).order_by(_row.starts_at.desc(), _row.id).limit(LIMIT))

    def called_off(self, village_ids: Sequence[int], since: datetime) -> list[Meeting]:
        """Return the meetings of these villages that were to start after `since` and are off, the newest first."""
        off = and_(_row.village_id.in_(village_ids), _row.status == "cancelled", _row.starts_at > since)
        return self._meetings(select(t.meetings).where(off).order_by(_row.told_at.desc(), _row.id).limit(LIMIT))

    def _meetings(self, query: Any) -> list[Meeting]:
        found = [_meeting(row) for row in self._batch.read(query)]
        return [self._batch.recall("meetings", meeting.id) or meeting for meeting in found]

    def items(self, meeting_id: int) -> list[AgendaItem]:
        query = select(t.agenda).where(t.agenda.c.meeting_id == meeting_id).order_by(t.agenda.c.place)
        found = [as_value(AgendaItem, row) for row in self._batch.read(query)]
        return [self._batch.recall("agenda", item.id) or item for item in found]

    def save_item(self, item: AgendaItem) -> None:
        self._batch.save(t.agenda, item.id, as_row(item, t.agenda))
        self._batch.remember("agenda", item.id, item)

    def groups(self, meeting_id: int) -> list[int]:
        query = select(t.meeting_groups.c.group_id).where(t.meeting_groups.c.meeting_id == meeting_id)
        return [row.group_id for row in self._batch.read(query.order_by(t.meeting_groups.c.group_id))]

    # -- the roll

    def roll(self, meeting_id: int) -> list[Invited]:
        query = select(*_LINE).where(t.invitations.c.meeting_id == meeting_id).order_by(t.invitations.c.person_id)
        found = [_line(row) for row in self._batch.read(query)]
        return [self._batch.recall("invitations", _key(line)) or line for line in found]

    def rolls(self, meeting_ids: Sequence[int]) -> dict[int, list[Invited]]:
        """Return the rolls of several meetings, read at once."""
        row = t.invitations.c
        query = select(*_LINE).where(row.meeting_id.in_(meeting_ids)).order_by(row.meeting_id, row.person_id)
        found: dict[int, list[Invited]] = {meeting: [] for meeting in meeting_ids}
        for line in map(_line, self._batch.read(query)):
            found[line.meeting_id].append(self._batch.recall("invitations", _key(line)) or line)
        return found

    def agendas(self, meeting_ids: Sequence[int]) -> dict[int, list[AgendaItem]]:
        """Return the topics of several meetings, read at once."""
        row = t.agenda.c
        query = select(t.agenda).where(row.meeting_id.in_(meeting_ids)).order_by(row.meeting_id, row.place)
        found: dict[int, list[AgendaItem]] = {meeting: [] for meeting in meeting_ids}
        for item in (as_value(AgendaItem, known) for known in self._batch.read(query)):
            found[item.meeting_id].append(self._batch.recall("agenda", item.id) or item)
        return found

    def line(self, meeting_id: int, person_id: int) -> Invited | None:
        known: Invited | None = self._batch.recall("invitations", (meeting_id, person_id))
        if known is None:
            row = t.invitations.c
            query = select(*_LINE).where(row.meeting_id == meeting_id, row.person_id == person_id)
            known = next((_line(found) for found in self._batch.read(query)), None)
        return known

    def save_line(self, line: Invited) -> None:
        self._batch.save(t.invitations, _key(line), as_row(line, t.invitations))
        self._batch.remember("invitations", _key(line), line)

    def fetch(self, now: datetime) -> Fetch:
        """Read once for everybody in the batch what they are invited to."""
        senders = self._batch.senders
        self._batch.fetched("meetings_of", self._invitations(senders, (yield _INVITED, _asked(senders, now))))

    def invited(self, contact_id: int, now: datetime) -> list[tuple[Meeting, Invited]]:
        """Return the living meetings a contact's people are invited to, the next one first."""
        if contact_id not in self._batch.senders:
            return self._invitations([contact_id], self._batch.read(_INVITED, _asked([contact_id], now)))[contact_id]
        if not self._batch.knows("meetings_of"):
            self._batch.together(self.fetch(now))
        found = self._batch.recall("meetings_of", contact_id)
        if not found:
            return []
        fresh = (
            (self._batch.recall("meetings", m.id) or m, self._batch.recall("invitations", _key(i)) or i)
            for m, i in found
        )
        return [(meeting, line) for meeting, line in fresh if meeting.status is MeetingStatus.CALLED]

    @staticmethod
    def _invitations(senders: Sequence[int], rows: Rows) -> dict[int, list[tuple[Meeting, Invited]]]:
        found: dict[int, list[tuple[Meeting, Invited]]] = {sender: [] for sender in senders}
        for row in rows:
            found[row.contact_id].append((_meeting(row, "m_"), _line(row)))
        return found

    # -- reminders

    def due(self, kind: str, after: datetime, upto: datetime, limit: int, bodies: Sequence[str] = ()) -> list[Meeting]:
        """Return called meetings that start in that span and whose reminder of that kind has not been decided."""
        done = t.meeting_reminders.c
        decided = exists().where(done.meeting_id == _row.id, done.kind == kind, done.starts_at == _row.starts_at)
        wanted = [_CALLED, _row.starts_at > after, _row.starts_at <= upto, ~decided]
        if bodies:
            wanted.append(_row.body.in_(bodies))
        return self._meetings(select(t.meetings).where(*wanted).order_by(_row.starts_at, _row.id).limit(limit))

    def decide_reminder(self, meeting: Meeting, kind: str, now: datetime) -> None:
        """Note that it has been decided. A second worker that decides the same writes the same row."""
        row = {"meeting_id": meeting.id, "kind": kind, "starts_at": meeting.starts_at, "decided_at": now}
        self._batch.save(t.meeting_reminders, (meeting.id, kind, meeting.starts_at), row)

    def reach_due(self, now: datetime, limit: int) -> list[Meeting]:
        """Return the meetings for which it is time to look whom the notice has not reached."""
        due = and_(_row.reach_due_at.is_not(None), _row.reach_due_at <= now)
        return self._meetings(select(t.meetings).where(due).order_by(_row.reach_due_at, _row.id).limit(limit))

    # -- minutes

    def add_speech(self, speech: Speech) -> None:
        self._batch.add(t.speeches, as_row(speech, t.speeches))

    def save_speech(self, speech: Speech) -> None:
        self._batch.save(t.speeches, speech.id, as_row(speech, t.speeches))

    def speeches(self, meeting_id: int) -> list[Speech]:
        """Return what was said, in order; what was taken back is left out."""
        row = t.speeches.c
        query = select(t.speeches).where(row.meeting_id == meeting_id, row.kind != "void").order_by(row.id)
        return [as_value(Speech, row) for row in self._batch.read(query)]

    def add_decision(self, decision: Decision) -> None:
        self._batch.add(t.decisions, as_row(decision, t.decisions))

    def save_decision(self, decision: Decision) -> None:
        self._batch.save(t.decisions, decision.id, as_row(decision, t.decisions))

    def decisions(self, meeting_id: int) -> list[Decision]:
        """Return what was decided, in order; what was taken back is left out."""
        row = t.decisions.c
        query = select(t.decisions).where(row.meeting_id == meeting_id, row.status != "void").order_by(row.id)
        return [as_value(Decision, row) for row in self._batch.read(query)]


def speech(meeting_id: int, text: str, at: datetime, **more: Any) -> Speech:
    known = {"item_id": None, "kind": "words", "speaker": "", "stance": "", "by_id": None}
    return Speech(id=new_id(), meeting_id=meeting_id, text=text, at=at, **{**known, **more})


def _key(line: Invited) -> tuple[int, int]:
    return line.meeting_id, line.person_id


_MEETING_FIELDS = tuple(field.name for field in fields(Meeting))
_LINE_FIELDS = tuple(field.name for field in fields(Invited))
_ANSWER_AT = _LINE_FIELDS.index("answer")


def _asked(senders: Sequence[int], now: datetime) -> Parameters:
    return {"senders": senders, "since": now - LASTS}


def _meeting(row: Any, prefix: str = "") -> Meeting:
    known = row._mapping
    values = {name: known[f"{prefix}{name}"] for name in _MEETING_FIELDS}
    return Meeting(**{**values, "status": MeetingStatus(values["status"])})


def _line(row: Any) -> Invited:
    """A row that begins with the columns of `_LINE`; rolls are long, so it is read by position."""
    if len(row) == len(_LINE_FIELDS):
        facts: list[Any] = [*row]
        facts[_ANSWER_AT] = Coming(facts[_ANSWER_AT])
        return Invited(*facts)
    known = row._mapping
    values = {name: known[name] for name in _LINE_FIELDS}
    return Invited(**{**values, "answer": Coming(values["answer"])})
