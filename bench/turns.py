"""What a turn costs the writer thread, by how many share a commit (docs/decisions/0001).

CPU µs per message of this process, least of three runs; SQLite in a temporary file, PostgreSQL in a database of its own.
"""

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.dispatch import Dispatch
from bot.opening import load_demo
from bot.rulebook import open_rulebook
from bot.tickets import Delivery, Ticket
from bot.turn import Line
from domain.messages import Actor, Incoming, Kind
from storage.database import Database
from storage.migrate import migrate
from storage.vault import Vault

SIZES = (1, 8, 64)
MESSAGES = 640
PEOPLE = 500
TEXTS = {"complaint": "路灯坏了好几天了，黑灯瞎火的", "progress": "进度"}
POSTGRES = os.environ.get("YOUSHI_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


class _NoLoop:
    """The turns are played by hand here; nobody waits for their answers."""

    def call_soon_threadsafe(self, _call: Callable[[], None]) -> None:
        return None


@contextmanager
def databases() -> Iterator[dict[str, Database]]:
    """A fresh SQLite file, and a database on PostgreSQL where one answers."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": Database(f"sqlite:///{folder}/bench.db")}
        server, name = Database(POSTGRES), f"youshi_test_{secrets.token_hex(4)}"
        with_postgres = server.is_reachable()
        if with_postgres:
            _command(server, f"create database {name}")
            found["PostgreSQL"] = Database(POSTGRES.rpartition("/")[0] + f"/{name}")
        else:
            print("PostgreSQL does not answer: left out")
        try:
            yield found
        finally:
            for database in found.values():
                database.dispose()
            if with_postgres:
                _command(server, f"drop database {name}")


def _command(server: Database, sql: str) -> None:
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(sql)


def cost(line: Line, text: str, size: int) -> float:
    """Return CPU µs per message when `size` of them share a commit."""
    started = time.process_time()
    for first in range(0, MESSAGES, size):
        line._play_batch([_ticket(text, first + n) for n in range(size)])
    return (time.process_time() - started) / MESSAGES * 1e6


def _ticket(text: str, number: int) -> Ticket:
    openid = f"bench-{number % PEOPLE}"
    now = datetime.now(UTC)
    event = f"m:{openid}:{time.time_ns()}"
    ticket = Ticket(Incoming("oa", "demo", event, Kind.TEXT, Actor("oa", "demo", openid), now, text=text), 0.0)
    waiting: Any = None
    ticket.join(Delivery(waiting, lambda answer: answer, 0.0, 0.0))
    return ticket


def main(args: list[str]) -> None:
    book = open_rulebook(None, Path(tempfile.gettempdir()) / "youshi-bench")
    print(
        f"{'engine':<12}{'message':<12}" + "".join(f"{f'batch {size}':>12}" for size in SIZES) + "   µs CPU a message"
    )
    with databases() as found:
        for engine, database in found.items():
            migrate(database)
            vault = Vault("bench")
            load_demo(database, vault)
            line = Line(
                database, Dispatch(lambda: book.value, {("oa", "demo"): "XH"}), lambda: datetime.now(UTC), vault
            )
            line._loop = _NoLoop()  # type: ignore[assignment]
            for name, text in TEXTS.items():
                costs = [min(cost(line, text, size) for _ in range(3)) for size in SIZES]
                print(f"{engine:<12}{name:<12}" + "".join(f"{value:>12.0f}" for value in costs))


if __name__ == "__main__":
    main([])
