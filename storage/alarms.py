"""Alarms: a danger to life that somebody must answer for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, select

from storage import tables
from storage.batch import Batch
from storage.rows import as_row, as_value


@dataclass(frozen=True, slots=True)
class Alarm:
    """`rounds` counts the alerts sent; `state` is open, answered (one said 收到) or ended; `kept_from` are the ids of those who
    hear nothing of it, apart by spaces."""

    id: int
    matter_id: int
    contact_id: int | None
    village_id: int
    kind: str
    raised_at: datetime
    rounds: int = 0
    answered_by: int | None = None
    answered_at: datetime | None = None
    safety: str = ""
    state: str = "open"
    kept_from: str = ""

    @property
    def kept_ids(self) -> frozenset[int]:
        return frozenset(map(int, self.kept_from.split()))

    def but(self, people: Iterable[int]) -> Alarm:
        """The alarm, kept from these as well."""
        return replace(self, kept_from=" ".join(map(str, sorted(self.kept_ids.union(people)))))


ALIVE_FOR = timedelta(days=1)


class Alarms:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def save(self, alarm: Alarm) -> Alarm:
        self._batch.save(tables.alarms, alarm.id, as_row(alarm, tables.alarms))
        self._batch.remember("alarms", alarm.id, alarm)
        return alarm

    def open(self, now: datetime) -> list[Alarm]:
        """Return those nobody has answered for yet; one of yesterday is no alarm any more, its matter goes on."""
        row = tables.alarms.c
        fresh = and_(row.state == "open", row.raised_at > now - ALIVE_FOR)
        query = select(tables.alarms).where(fresh).order_by(row.id)
        found = {alarm.id: alarm for alarm in (as_value(Alarm, row) for row in self._batch.read(query))}
        return [self._batch.recall("alarms", key) or alarm for key, alarm in found.items()]

    def of_contact(self, contact_id: int, since: datetime) -> list[Alarm]:
        """Return what one contact raised since then, oldest first."""
        row = tables.alarms.c
        query = select(tables.alarms).where(row.contact_id == contact_id, row.raised_at >= since).order_by(row.id)
        return [
            self._batch.recall("alarms", alarm.id) or alarm
            for alarm in (as_value(Alarm, row) for row in self._batch.read(query))
        ]

    def of_matter(self, matter_id: int) -> Alarm | None:
        """Return the alarm that was raised with the matter."""
        query = select(tables.alarms).where(tables.alarms.c.matter_id == matter_id)
        row = self._batch.read(query).first()
        return None if row is None else self._batch.recall("alarms", row.id) or as_value(Alarm, row)

    def get(self, alarm_id: int) -> Alarm | None:
        known: Alarm | None = self._batch.recall("alarms", alarm_id)
        if known is None:
            row = self._batch.read(select(tables.alarms).where(tables.alarms.c.id == alarm_id)).first()
            known = as_value(Alarm, row) if row else None
        return known
