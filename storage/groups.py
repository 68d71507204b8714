"""Village groups: a logical group of an area with any number of transports (platform chats)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from storage import tables
from storage.batch import Batch


@dataclass(frozen=True, slots=True)
class Group:
    """`is_heard`: some transport speaks and listens there; an ordinary group is reached by a cadre who forwards."""

    id: int
    area_id: int
    name: str
    is_heard: bool = True


@dataclass(frozen=True, slots=True)
class Transport:
    group_id: int
    channel: str
    account: str
    native_id: str


class Groups:
    def __init__(self, batch: Batch) -> None:
        self._batch = batch

    def of_chat(self, channel: str, account: str, native_id: str) -> Group | None:
        """Return the logical group behind a platform's chat, None for a chat nobody has entered."""
        row = tables.transports.c
        query = (
            select(tables.groups)
            .join(tables.transports, row.group_id == tables.groups.c.id)
            .where(row.channel == channel, row.account == account, row.native_id == native_id)
        )
        return next((_group(found) for found in self._batch.read(query)), None)

    def of_area(self, area_id: int) -> list[Group]:
        group = tables.groups.c
        heard = select(tables.transports.c.group_id).where(tables.transports.c.group_id == group.id).exists()
        query = select(group.id, group.area_id, group.name, heard).where(group.area_id == area_id).order_by(group.id)
        return [Group(id_, area, name, bool(is_heard)) for id_, area, name, is_heard in self._batch.read(query)]

    def transports(self, group_id: int) -> list[Transport]:
        row = tables.transports.c
        query = select(row.group_id, row.channel, row.account, row.native_id).where(row.group_id == group_id)
        return [Transport(*found) for found in self._batch.read(query)]


def _group(row: Any) -> Group:
    return Group(row.id, row.area_id, row.name)
