"""Migrations: from nothing to the tables of the code, once, by as many processes as start at the same time."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.wiring import load_demo
from storage import schema as tables
from storage.database import Database
from storage.migrate import is_current, migrate
from tests.storage.desk import VAULT

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
        "from bot.wiring import load_demo; from storage.vault import Vault;"
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
