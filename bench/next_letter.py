"""Finding and claiming the next letter: what it costs among a thousand and among a million, on both engines.

Three outboxes: letters to a thousand people; the same where half of all are to one person and wait behind one that was
begun (it is tried again later); and one where those have been let go and follow one after the other.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.grounds import ACCOUNT, SECRET
from storage import tables
from storage.database import Database
from storage.migrate import migrate
from storage.outbox import Post
from storage.vault import Vault
from tests import engines

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FEW, MANY = 1_000, 1_000_000
PEOPLE = 1_000
WORDS = "周五晚上七点在村委会开会，商量村口的路怎么修。能来回1，来不了回2。"


@contextmanager
def database_with(
    letters: int, *, villages: int = 5, contacts: int | None = None, engine: str = "SQLite"
) -> Iterator[Database]:
    """A fresh database with so many pending letters, each to a contact of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="youshi-bench-"))
        url = f"sqlite:///{Path(folder) / 'delivery.db'}"
        if engine == "PostgreSQL":
            own = engines.OwnPostgres(fsync=True)
            stack.callback(own.close)
            url = engines.create_database(own.url, engines.fresh_name())
        database = Database(url)
        migrate(database)
        people = contacts if contacts is not None else letters
        with database.write() as connection:
            rows = (
                {"id": n, "channel": "oa", "account": ACCOUNT.name, "native_id": f"o{n}"} for n in range(1, people + 1)
            )
            for slice_ in sliced(rows):
                connection.execute(tables.contacts.insert(), slice_)
            for slice_ in sliced(letter(n, n % people + 1, n % villages) for n in range(letters)):
                connection.execute(tables.outbox.insert(), slice_)
            connection.exec_driver_sql("analyze")
        yield database
        database.dispose()


def sliced(rows: Any, many: int = 5000) -> Iterator[list[dict[str, Any]]]:
    kept: list[dict[str, Any]] = []
    for row in rows:
        kept.append(row)
        if len(kept) == many:
            yield kept
            kept = []
    if kept:
        yield kept


def letter(number: int, contact: int, village: int) -> dict[str, Any]:
    return {
        "id": number + 1, "address": f"contact:{contact}", "purpose": "meeting", "body": WORDS, "image": "",
        "fields": "", "once": None, "village_id": village + 1, "priority": 2 + number % 2,
        "due_at": NOW - timedelta(seconds=number % 3600), "not_after": None, "repeat": "yes", "state": "pending",
        "lease_until": None, "lease_by": "", "attempts": 0, "error": "", "receipt": "", "way": "", "parts": 0,
        "cause": "", "created_at": NOW, "ended_at": None,
    }  # fmt: skip


def costs(database: Database) -> dict[str, float]:
    """Median µs of each, in the order in which they are done."""
    post = Post(database, Vault(SECRET), "bench")
    sent = partial(post.mark, state="sent", now=NOW)

    def claim() -> float:
        return median_us(lambda: post.claim(NOW, 1), sent)

    found = {"when is the next": median_us(post.next_due), "claim it": claim()}
    many = _put_behind_a_begun_one(database)
    begun = time.perf_counter()
    while _is_any_in_the_way(database):
        sent(post.claim(NOW, 1))
    found["set one aside (mean)"] = (time.perf_counter() - begun) / many * 1e6
    _tidy(database)
    found |= {"when, with many held": median_us(post.next_due), "claim, with many held": claim()}
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set state = 'sent' where state = 'pending' and attempts > 0")
    found["claim, being let go"] = claim()
    return found


def _put_behind_a_begun_one(database: Database) -> int:
    """Half of what is left goes to one person, has been due longest, and its first is tried again in five minutes."""
    later_ms = int((NOW + timedelta(minutes=5)).timestamp() * 1000)
    with database.write() as connection:
        moved = connection.exec_driver_sql(
            "update outbox set address = 'contact:1', village_id = 1, priority = 2, due_at = due_at - 7200000"
            " where state = 'pending' and mod(id / 2, 2) = 0"
        )
        connection.exec_driver_sql(
            f"update outbox set attempts = 1, due_at = {later_ms} where id ="
            " (select min(id) from outbox where state = 'pending' and address = 'contact:1')"
        )
        connection.exec_driver_sql("analyze")
    return int(moved.rowcount)


def _tidy(database: Database) -> None:
    """What PostgreSQL does by itself within a minute of so many changes: take dead rows out of the indexes."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze outbox")


def _is_any_in_the_way(database: Database) -> bool:
    """Is any letter behind the begun one still where the next is looked for?"""
    with database.read() as connection:
        return bool(
            connection.exec_driver_sql(
                "select 1 from outbox where state = 'pending' and held = '' and attempts = 0"
                " and priority = 2 and village_id = 1 and address = 'contact:1' limit 1"
            ).first()
        )


def median_us(act: Callable[[], Any], after: Callable[[Any], object] = lambda found: None, times: int = 100) -> float:
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        found = act()
        spent.append(time.perf_counter() - begun)
        after(found)
    return statistics.median(spent) * 1e6


def measure() -> None:
    for engine in ("SQLite", "PostgreSQL"):
        print(f"  {engine}", flush=True)
        found = []
        for letters in (FEW, MANY):
            with database_with(letters, contacts=PEOPLE, engine=engine) as database:
                found.append(costs(database))
        few, many = found
        print(f"    {'pending rows, µs':24}{FEW:>12,}{MANY:>12,}{'ratio':>8}")
        for name, before in few.items():
            print(f"    {name:24}{before:12.0f}{many[name]:12.0f}{many[name] / before:8.2f}", flush=True)
