"""What the village's own matters teach: their words with the code they ended up with, and which of them a clerk set."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from storage import tables
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Judged:
    text: str
    code: str
    by_clerk: bool
    number: str


def judged_matters(database: Database) -> list[Judged]:
    """Return every matter that is not sealed, oldest first; those a clerk gave another code (改类) are marked."""
    ledger, matter = tables.ledger.c, tables.matters.c
    corrected = select(ledger.thing_id).where(ledger.thing == "matter", ledger.why.startswith("recode:"))
    query = (
        select(matter.text, matter.code, matter.number, matter.id.in_(corrected).label("by_clerk"))
        .where(matter.is_sealed.is_(False))
        .order_by(matter.id)
    )
    with database.read() as connection:
        return [Judged(row.text, row.code, bool(row.by_clerk), row.number) for row in connection.execute(query)]
