"""What every message asks of the database is found by an index, however much is stored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Connection, event

from storage.database import Database
from storage.questions import new_question
from tests.storage.desk import NOW, batch_of, later, said

# Tables that grow with every message or every villager.
GROWING = ("inbox", "outbox", "contacts", "bindings", "matters", "questions", "conversations", "ledger", "ballots")


@pytest.fixture
def asked(database: Database) -> list[tuple[str, Any]]:
    """Every SELECT run from now on, with its parameters."""
    heard: list[tuple[str, Any]] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            heard.append((statement, parameters))

    return heard


def plan(connection: Connection, statement: str, parameters: Any, *, is_sqlite: bool) -> str:
    cursor = connection.connection.cursor()
    if not is_sqlite:
        cursor.execute("set local enable_seqscan = off")  # a small table is read whole, whatever index it has
    cursor.execute(("explain query plan " if is_sqlite else "explain ") + statement, parameters)
    return "\n".join(str(row[-1]) for row in cursor.fetchall())


def _sifts(table: str, told: str) -> bool:
    """PostgreSQL walks along an index of the whole account and throws away what was not asked for."""
    scans = re.findall(rf" on {table} .*\n +Index Cond: (.*)\n +Filter: .*ANY", told)
    return bool(scans)


def test_no_message_makes_the_database_read_a_growing_table_through(
    database: Database, asked: list[tuple[str, Any]]
) -> None:
    two = said("路灯坏了"), said("进度", who="o-zhangshen")
    with batch_of(database, *two) as store:
        for one in two:
            with store.batch.turn():
                sender = store.people.sender(one.actor)
                store.matters.reported_by(sender.contact.id)
                store.questions.open_for(sender.contact.id, NOW)
                store.questions.ask(new_question(sender.contact.id, "place", 0, (), NOW, later(days=1), ""))
                store.conversations.running(sender.contact.id, "")
                store.inbox.finish(one, "好", "response")
    assert len(asked) > 5
    with database.read() as connection:
        plans = {s: plan(connection, s, p, is_sqlite=database.is_sqlite) for s, p in asked}
    read_through = [
        (table, statement[:120])
        for statement, told in plans.items()
        for table in GROWING
        if f"SCAN {table}" in told or f"Seq Scan on {table}" in told or _sifts(table, told)
    ]
    assert read_through == []
