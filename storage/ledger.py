"""The ledger (台账): one append-only row for every change of status: thing, from, to, by, at, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage import tables
from storage.batch import Batch
from storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Step:
    """Who changed it, in which role, when and why. `why` is a code or plain words, never a complaint's text."""

    at: datetime
    by_role: str
    why: str
    by_id: int | None = None


class Ledger:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def add(self, thing: str, thing_id: int, area_id: int | None, was: str, became: str, step: Step) -> None:
        row = {
            "id": new_id(),
            "thing": thing,
            "thing_id": thing_id,
            "area_id": area_id,
            "was": str(was),
            "became": str(became),
            "by_id": step.by_id,
            "by_role": step.by_role,
            "at": step.at,
            "why": step.why,
        }
        self._batch.add(tables.ledger, row)

    def of(self, thing: str, thing_id: int) -> list[Any]:
        row = tables.ledger.c
        query = select(tables.ledger).where(row.thing == thing, row.thing_id == thing_id).order_by(row.id)
        return list(self._batch.read(query))
