"""Migrations: from nothing to the tables of the code, once, by as many processes as start at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect

from bot.opening import load_demo
from storage import schema as tables
from storage.database import Database
from storage.migrate import _config, is_current, migrate
from storage.outbox import Post
from tests.storage.desk import NOW, VAULT

ROOT = Path(__file__).resolve().parents[2]


def test_the_migrations_make_exactly_the_tables_of_the_code(
    blank_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(blank_url)
    migrate(database)
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, tables.metadata) == []
        made = set(inspect(connection).get_table_names())
    assert made == {*tables.metadata.tables, "alembic_version"}


def test_the_partial_indexes_stand_on_the_rows_they_are_for(
    blank_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(blank_url)
    migrate(database)
    catalogue = (
        "select name, sql from sqlite_master where type = 'index'"
        if database.is_sqlite
        else "select indexname, indexdef from pg_indexes where schemaname = 'public'"
    )
    with database.read() as connection:
        found = {name: sql or "" for name, sql in connection.exec_driver_sql(catalogue)}
    wanted = {
        i.name
        for t in tables.metadata.sorted_tables
        for i in t.indexes
        if i.dialect_options["sqlite"]["where"] is not None
    }
    assert wanted
    assert {name for name in wanted if "where" in found[str(name)].lower()} == wanted


def test_migrating_twice_changes_nothing(blank_url: str, open_database: Callable[[str], Database]) -> None:
    database = open_database(blank_url)
    assert not is_current(database)
    migrate(database)
    migrate(database)
    assert is_current(database)


def test_servers_that_start_at_once_migrate_once_and_load_one_village(blank_url: str) -> None:
    faults: list[BaseException] = []
    loaded: list[bool] = []
    ready = threading.Barrier(4)

    def start() -> None:
        database = Database(blank_url)
        try:
            ready.wait(10)
            migrate(database)
            assert is_current(database)
            ready.wait(30)
            loaded.append(load_demo(database, VAULT))
        except BaseException as fault:
            faults.append(fault)
        finally:
            database.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert sorted(loaded) == [False, False, False, True]


def test_processes_that_start_at_once_open_one_village(blank_url: str, tmp_path: Path) -> None:
    script = (
        "import sys; from storage.database import Database; from storage.migrate import migrate;"
        "from bot.opening import load_demo; from storage.vault import Vault;"
        f"d = Database({blank_url!r}); migrate(d); print(load_demo(d, Vault('key')))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], [errors[-500:] for _, errors in ended]
    assert sorted(out.strip() for out, _ in ended) == ["False", "False", "True"]


def _at_0005_with_two_letters(database: Database) -> None:
    with database.write() as connection:
        command.upgrade(_config(connection), "0005")
        for id_, text in ((1, "一"), (2, "二")):
            connection.exec_driver_sql(
                "insert into outbox (id, address, purpose, body, priority, due_at, created_at)"
                f" values ({id_}, 'contact:1', 'test', '{text}', 2, 0, 0)"
            )


def test_letters_from_before_0006_are_sent_after_it_and_again_after_going_back(
    blank_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(blank_url)
    _at_0005_with_two_letters(database)
    migrate(database)
    post = Post(database, VAULT, "one")
    assert [letter.text for letter in post.claim(NOW, 1)] == ["一"]
    assert post.claim(NOW) == []  # and so the second is held
    with database.write() as connection:
        command.downgrade(_config(connection), "0005")
        assert "held" not in {column["name"] for column in inspect(connection).get_columns("outbox")}
    migrate(database)
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set state = 'sent' where id = 1")
    assert [letter.text for letter in post.claim(NOW)] == ["二"]


def test_an_upgrade_that_breaks_half_way_has_not_happened(
    blank_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(blank_url)
    _at_0005_with_two_letters(database)

    @event.listens_for(database.engine, "before_cursor_execute")
    def break_it(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "ix_outbox_begun" in statement:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="power"):
        migrate(database)
    with database.read() as connection:
        assert "held" not in {column["name"] for column in inspect(connection).get_columns("outbox")}
        assert "ix_outbox_turn" in {index["name"] for index in inspect(connection).get_indexes("outbox")}
    event.remove(database.engine, "before_cursor_execute", break_it)
    migrate(database)
    assert is_current(database)
