"""Matters, their notes, and the numbers they carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from domain.matters import LIVING, Matter, Outcome, Status, Urgency
from storage import tables
from storage.batch import Batch
from storage.counters import Counters
from storage.ids import new_id
from storage.ledger import Ledger, Step
from storage.rows import as_row, as_value
from storage.vault import Vault

# Nobody reads further back in a chat than this many matters.
LIMIT = 200


class Matters:
    def __init__(self, batch: Batch, counters: Counters, ledger: Ledger, vault: Vault) -> None:
        self._batch = batch
        self._counters = counters
        self._ledger = ledger
        self._vault = vault

    def next_sequence(self, area_code: str, day: str) -> int:
        return self._counters.next(f"matter:{area_code}:{day}")

    def add(self, matter: Matter, step: Step) -> None:
        # A plain INSERT: should another process have drawn the same id, its matter must not be written over.
        self._batch.add(tables.matters, self._row(matter))
        self._keep_in_mind(matter)
        self._ledger.add("matter", matter.id, matter.village_id, "", matter.status, step)

    def change(self, before: Matter, after: Matter, step: Step) -> Matter:
        """Save the changed matter; the ledger row is written here, so that it cannot be forgotten."""
        self._batch.save(tables.matters, after.id, self._row(after))
        self._keep_in_mind(after)
        self._ledger.add("matter", after.id, after.village_id, before.status, after.status, step)
        return after

    def _row(self, matter: Matter) -> dict[str, Any]:
        row = as_row(matter, tables.matters)
        if matter.is_sealed:
            row.update({name: self._vault.seal(row[name]) for name in ("text", "place_text", "result")})
        return row

    def _keep_in_mind(self, matter: Matter) -> None:
        self._batch.remember("matters", matter.id, matter)
        if matter.contact_id is not None and self._batch.knows("matters_of"):
            mine = dict(self._batch.recall("matters_of", matter.contact_id) or {})
            mine[matter.id] = matter
            self._batch.remember("matters_of", matter.contact_id, mine)

    def get(self, matter_id: int, *, to_change: bool = False) -> Matter | None:
        """Return the matter; `to_change` holds its row on PostgreSQL until the batch ends."""
        known: Matter | None = self._batch.recall("matters", matter_id)
        if known is not None:
            return known
        query = select(tables.matters).where(tables.matters.c.id == matter_id)
        if to_change and not self._batch.is_sqlite:
            query = query.with_for_update()
        found = [self._matter(row) for row in self._batch.read(query)]
        return found[0] if found else None

    def held(self, matter: Matter) -> Matter:
        """Return the matter as it stands now, held against changes by others until the batch ends."""
        return self.get(matter.id, to_change=True) or matter

    def reported_by(self, contact_id: int) -> list[Matter]:
        """Return what this contact reported, newest first; read once for everybody in the batch."""
        if not self._batch.knows("matters_of"):
            self._fetch_reported()
        mine: dict[int, Matter] | None = self._batch.recall("matters_of", contact_id)
        if mine is None and contact_id not in self._batch.senders:
            mine = {m.id: m for m in self._query(tables.matters.c.contact_id == contact_id)}
        return sorted((mine or {}).values(), key=lambda m: m.id, reverse=True)

    def _fetch_reported(self) -> None:
        known: dict[int, dict[int, Matter]] = {contact: {} for contact in self._batch.senders}
        row = tables.matters.c
        # The limit is each reporter's own: one who reports every day must not crowd out one who did so once.
        place = func.row_number().over(partition_by=row.contact_id, order_by=row.id.desc()).label("place")
        ranked = select(row.id, place).where(row.contact_id.in_(self._batch.senders)).subquery()
        newest = select(ranked.c.id).where(ranked.c.place <= LIMIT)
        for found in self._batch.read(select(tables.matters).where(row.id.in_(newest))):
            known[found.contact_id][found.id] = self._matter(found)
        self._batch.fetched("matters_of", known)

    def with_number(self, number: str) -> Matter | None:
        return next(iter(self._query(tables.matters.c.number == number)), None)

    def with_token(self, token_hash: str) -> Matter | None:
        """Return the sealed matter whose lookup token has this keyed hash."""
        return next(iter(self._query(tables.matters.c.token_hash == token_hash)), None)

    def ending_in(self, digits: str, village_ids: Iterable[int]) -> list[Matter]:
        """Return the matters of these villages whose sequence number is `digits`, newest first."""
        suffix = f"%-{int(digits):03d}"
        wanted = and_(tables.matters.c.village_id.in_(list(village_ids)), tables.matters.c.number.like(suffix))
        return self._query(wanted)

    def living_of_owner(self, owner_id: int) -> list[Matter]:
        row = tables.matters.c
        return self._query(and_(row.owner_id == owner_id, row.status.in_([s.value for s in LIVING])))

    def _query(self, condition: Any) -> list[Matter]:
        query = select(tables.matters).where(condition).order_by(tables.matters.c.id.desc()).limit(LIMIT)
        return [self._matter(row) for row in self._batch.read(query)]

    def add_note(self, matter: Matter, kind: str, text: str, contact_id: int | None, at: datetime) -> None:
        row = {
            "id": new_id(),
            "matter_id": matter.id,
            "contact_id": contact_id,
            "kind": kind,
            "text": self._vault.seal(text) if matter.is_sealed else text,
            "at": at,
        }
        self._batch.add(tables.notes, row)

    def _matter(self, row: Any) -> Matter:
        matter = as_value(Matter, row)
        return replace(
            matter,
            status=Status(matter.status),
            urgency=Urgency(matter.urgency),
            outcome=Outcome(matter.outcome),
            text=self._vault.open(matter.text),
            place_text=self._vault.open(matter.place_text),
            result=self._vault.open(matter.result),
        )
