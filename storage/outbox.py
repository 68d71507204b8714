"""The outbox: what has been decided to be said, until it is sent, dropped with a reason, or given to a person.

What is sent is decided once: `once` is a sentence about the fact (`matter:12:filed`) and unique. Sending claims a row
by one conditional UPDATE with a lease, happens outside any transaction, and is marked afterwards (storage/post.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from typing import Any

from sqlalchemy import and_, select, update

from storage import tables
from storage.batch import Batch
from storage.ids import new_id
from storage.letters import Letter, Priority, Repeat
from storage.post import LEASE, Post
from storage.vault import Vault

__all__ = ["LEASE", "Letter", "Outbox", "Post", "Priority", "Repeat"]


def _as_json(fields: Mapping[str, str]) -> str:
    """The fields as JSON; an encoder of json's own would be made anew for each letter (1.8 → 1.0 µs)."""
    return "{" + ", ".join([f"{_quoted(name)}: {_quoted(value)}" for name, value in fields.items()]) + "}"


class Outbox:
    def __init__(self, batch: Batch, vault: Vault) -> None:
        self._batch = batch
        self._vault = vault
        self.has_news = False

    def put(
        self,
        address: str,
        purpose: str,
        text: str,
        now: datetime,
        *,
        once: str | None = None,
        priority: int = Priority.NOTICE,
        due_at: datetime | None = None,
        not_after: datetime | None = None,
        repeat: Repeat = Repeat.YES,
        is_secret: bool = False,
        image: str = "",
        fields: Mapping[str, str] | None = None,
        village_id: int = 0,
    ) -> None:
        """Decide that this will be said. Where `once` has been told, the table keeps the first and drops this one.

        `image` is a picture's path relative to DATA_DIR, sent before the text (which may then be empty).
        """
        # What a new letter has of its table's defaults is left to them: nine values less a row.
        row = {
            "id": new_id(),
            "address": address,
            "purpose": purpose,
            "body": self._vault.seal(text) if is_secret else text,
            "image": image,
            "fields": _as_json(fields) if fields else "",
            "once": once,
            "village_id": village_id,
            "priority": priority,
            "due_at": due_at or now,
            "not_after": not_after,
            "repeat": str(repeat),
            "cause": self._batch.cause,
            "created_at": now,
        }
        self._batch.add(tables.outbox, row)
        self.has_news = True

    def recall_letter(self, once: str, now: datetime) -> bool:
        """Take back a letter nobody has begun to send; False where it is too late."""
        row = tables.outbox.c
        taken = self._batch.connection.execute(
            update(tables.outbox)
            .where(and_(row.once == once, row.state == "pending"))
            .values(state="carried", ended_at=now)
        )
        return bool(taken.rowcount)

    def words_about(self, facts_about: str) -> list[str]:
        """Return what was decided to be said of facts whose `once` begins so."""
        row = tables.outbox.c
        found = self._batch.read(select(row.body).where(row.once.startswith(facts_about)).order_by(row.id))
        return [self._vault.open(one.body) for one in found]

    def known(self, facts: Sequence[str]) -> set[str]:
        """Return those of these facts (`once`) that have been decided."""
        row = tables.outbox.c
        return {found.once for found in self._batch.read(select(row.once).where(row.once.in_(facts)))}

    def any_sent(self, facts_about: str) -> bool:
        """Has any letter left whose `once` begins so?"""
        row = tables.outbox.c
        found = self._batch.read(select(row.id).where(row.once.startswith(facts_about), row.state == "sent").limit(1))
        return found.first() is not None

    def about(self, address: str) -> list[Any]:
        query = select(tables.outbox).where(tables.outbox.c.address == address).order_by(tables.outbox.c.id)
        return list(self._batch.read(query))
