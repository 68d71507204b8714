"""What the printed pages of a meeting show, read on a read-only connection of their own, and who opened them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from domain.attendance import Invited
from domain.meetings import AgendaItem, Coming, Meeting, MeetingStatus
from storage import tables
from storage import tables_meetings as t
from storage.batch import Batch
from storage.database import Database
from storage.meetings import Decision, Speech
from storage.rows import as_value
from storage.vault import Vault

MAC_CHARS = 24


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting with everything that was said, decided and signed, and who called it."""

    meeting: Meeting
    items: tuple[AgendaItem, ...]
    decisions: tuple[Decision, ...]
    speeches: tuple[Speech, ...]
    roll: tuple[Invited, ...]
    caller: str
    phone: str
    area: str


def page_name(kind: str, meeting_id: int, person_id: int) -> str:
    """Name a page: n the notice and the result, m the minutes; person 0 for the one that is printed."""
    return f"{kind}{meeting_id}-{person_id}"


def page_mac(vault: Vault, name: str) -> str:
    """The part of a link nobody can guess (96 bits of a keyed hash)."""
    return vault.digest("meeting page", name)[:MAC_CHARS]


def read_page(database: Database, meeting_id: int) -> MeetingPage | None:
    with database.read() as connection:
        row = connection.execute(select(t.meetings).where(t.meetings.c.id == meeting_id)).first()
        return _page(connection, row._mapping) if row is not None else None


def _page(connection: Connection, known: object) -> MeetingPage:
    values = dict(known)  # type: ignore[call-overload]
    meeting = Meeting(**{**values, "status": MeetingStatus(values["status"])})
    of = meeting.id
    agenda = select(t.agenda).where(t.agenda.c.meeting_id == of).order_by(t.agenda.c.place)
    kept = (t.decisions.c.meeting_id == of, t.decisions.c.status != "void")
    decided = select(t.decisions).where(*kept).order_by(t.decisions.c.id)
    said = (
        select(t.speeches).where(t.speeches.c.meeting_id == of, t.speeches.c.kind != "void").order_by(t.speeches.c.id)
    )
    roll = select(t.invitations).where(t.invitations.c.meeting_id == of).order_by(t.invitations.c.person_id)
    people, areas = tables.people.c, tables.areas.c
    caller = connection.execute(select(people.name, people.phone).where(people.id == meeting.called_by)).first()
    area = connection.execute(select(areas.name).where(areas.id == meeting.village_id)).scalar()
    return MeetingPage(
        meeting,
        tuple(as_value(AgendaItem, row) for row in connection.execute(agenda)),
        tuple(as_value(Decision, row) for row in connection.execute(decided)),
        tuple(as_value(Speech, row) for row in connection.execute(said)),
        tuple(_line(row) for row in connection.execute(roll)),
        caller.name if caller else "",
        caller.phone if caller else "",
        str(area or ""),
    )


def _line(row: object) -> Invited:
    found = as_value(_Line, row)
    return Invited(
        found.meeting_id, found.person_id, found.household_id, found.name, found.gender, found.has_phone,
        Coming(found.answer), found.companion, found.answered_at, found.signed_at, found.signed_by,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    meeting_id: int
    person_id: int
    household_id: int | None
    name: str
    gender: str
    has_phone: bool
    answer: str
    companion: str
    answered_at: datetime | None
    signed_at: datetime | None
    signed_by: str


def note_opening(database: Database, meeting_id: int, person_id: int, at: datetime) -> None:
    """Somebody opened the page that was sent to him: his household has heard (rulings, Read receipts).

    A phone that fetches links ahead looks the same; the sign is named `opened` beside the others, so it can be left out.
    """
    with Batch(database) as batch:
        row = t.invitations.c
        unit = select(row.household_id).where(row.meeting_id == meeting_id, row.person_id == person_id)
        found = batch.read(unit).first()
        if found is None:
            return
        home = found.household_id if found.household_id is not None else -person_id
        seen = {"thing": "meeting", "thing_id": meeting_id, "unit_id": home, "how": "opened"}
        key = ("meeting", meeting_id, home, "opened")
        batch.save(t.acknowledgements, key, {**seen, "person_id": person_id, "at": at})
