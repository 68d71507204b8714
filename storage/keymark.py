"""The mark of SECRET_KEY in the database: tells whether what is sealed here opens with the key at hand.

31 bits of a keyed hash, kept among the counters: enough to notice a lost or another key, too little to look for it by.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, select, text, update

from storage import tables
from storage.database import START_TIMEOUT_MS, Database
from storage.vault import Vault

_NAME = "secret key"
_FIRST = text("insert into counters (name, last) values (:name, :mark) on conflict (name) do nothing")
_ANEW = text(
    "insert into counters (name, last) values (:name, :mark) on conflict (name) do update set last = excluded.last"
)
_READ = select(tables.counters.c.last).where(tables.counters.c.name == _NAME)


def mark_of(vault: Vault) -> int:
    return int(vault.digest("mark of the key", "")[:8], 16) >> 1


def read_mark(database: Database) -> int | None:
    """Return the mark of the key this database was begun with; None where there is none yet, nor a table for it."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return None  # looking would make an empty file
    with database.read() as connection:
        if not inspect(connection).has_table(tables.counters.name):
            return None
        found = connection.execute(_READ).scalar()
    return None if found is None else int(found)


def keep_mark(database: Database, vault: Vault) -> bool:
    """Note the key's mark where there is none yet; False where that of another key stands there."""
    known = read_mark(database)
    if known is None:
        with database.write(wait_ms=START_TIMEOUT_MS) as connection:
            connection.execute(_FIRST, {"name": _NAME, "mark": mark_of(vault)})
            known = connection.execute(_READ).scalar()
    return known == mark_of(vault)


def begin_anew(database: Database, vault: Vault) -> None:
    """Accept this key for good. Paper codes hashed with the old one fit no more: each household is to get another."""
    with database.write(wait_ms=START_TIMEOUT_MS) as connection:
        connection.execute(_ANEW, {"name": _NAME, "mark": mark_of(vault)})
        connection.execute(update(tables.households).values(code_hash=""))
