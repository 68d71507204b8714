"""Incidents: what was authentic but unusable, kept for the operator without its words."""

from __future__ import annotations

from sqlalchemy import func, select

from domain.messages import Incident
from storage import tables
from storage.batch import Batch
from storage.ids import new_id


class Incidents:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def add(self, incident: Incident) -> None:
        row = {
            "id": new_id(),
            "channel": incident.channel,
            "account": incident.account,
            "reason": incident.reason,
            "digest": incident.digest,
            "at": incident.at,
        }
        self._batch.add(tables.incidents, row)

    def count(self) -> int:
        return int(self._batch.read(select(func.count()).select_from(tables.incidents)).scalar_one())
