"""What every message asks of the database is found by an index, however much is stored."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import Connection, event

from storage import asking
from storage.database import Database
from storage.outbox import Post
from storage.questions import new_question
from tests.storage.desk import NOW, VAULT, batch_of, later, said, turn

# Tables that grow with every message or every villager.
GROWING = ("inbox", "outbox", "contacts", "bindings", "matters", "questions", "conversations", "ledger", "ballots")


@pytest.fixture
def asked(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Every SELECT and UPDATE run from now on, with its parameters: by SQLAlchemy and past it (storage/asking.py)."""
    heard: list[tuple[str, Any]] = []
    made = asking.Written.arguments

    def hear_prepared(written: asking.Written, parameters: asking.Parameters) -> Any:
        arguments = made(written, parameters)
        heard.append((written.sql, arguments))
        return arguments

    monkeypatch.setattr(asking.Written, "arguments", hear_prepared)

    @event.listens_for(database.engine, "before_cursor_execute")
    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE")):
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
    return any("person_id" not in told_by for told_by in scans)  # one person's bindings are few


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
    assert len(asked) > 9
    with database.read() as connection:
        plans = {s: plan(connection, s, p, is_sqlite=database.is_sqlite) for s, p in asked}
    read_through = [
        (table, statement[:120])
        for statement, told in plans.items()
        for table in GROWING
        if f"SCAN {table}" in told or f"Seq Scan on {table}" in told or _sifts(table, told)
    ]
    assert read_through == []


def test_the_next_letter_is_found_by_an_index_whatever_was_sent_and_whatever_waits(
    database: Database, asked: list[tuple[str, Any]]
) -> None:
    """Old letters to one address, one of them being tried again, and more behind it."""
    with turn(database) as store:
        for number in range(900):
            store.outbox.put("person:1", "test", str(number), NOW)
        store.outbox.put("person:2", "test", "别人的", NOW)
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set state = 'sent' where address = 'person:1' and body < '5'")
        if not database.is_sqlite:
            connection.exec_driver_sql("analyze outbox")
    post = Post(database, VAULT, "one")
    post.put_back(post.claim(NOW, 1)[0], later(minutes=5), "busy")
    asked.clear()
    assert [letter.text for letter in post.claim(NOW, 7)] == ["别人的"]  # holds the others
    post.claim(later(minutes=1), 7)  # looks at their line
    assert post.next_due() is not None
    statements = {s: p for s, p in asked if "outbox" in s}
    assert any("held = address" in s for s in statements)
    with database.read() as connection:
        plans = {s: plan(connection, s, p, is_sqlite=database.is_sqlite) for s, p in statements.items()}
    walked = [
        (statement, told)
        for statement, told in plans.items()
        if re.search(
            r"SCAN (outbox|[bh])\b(?! USING (COVERING )?INDEX ix_outbox_(turn|held|lease))|Seq Scan on outbox", told
        )
    ]
    assert walked == []
    _assert_uses(plans, "held = ''", "and due_at <=", "ix_outbox_turn", "ix_outbox_begun", "ix_outbox_held")
    _assert_uses(plans, "min(held)", "line", "ix_outbox_held")
    _assert_uses(plans, "select 1 from outbox where address", "attempts > 0", "ix_outbox_begun")


def _assert_uses(plans: dict[str, str], word: str, another: str, *indexes: str) -> None:
    [told] = [told for statement, told in plans.items() if word in statement and another in statement]
    assert [index for index in indexes if index not in told] == [], told
