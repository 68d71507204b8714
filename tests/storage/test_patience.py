"""A start waits for another that holds the embedded database; a turn does not wait that long."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import Database, is_passing_fault


@pytest.fixture
def held(tmp_path: Path) -> Iterator[tuple[Database, sqlite3.Connection]]:
    """A database whose write lock another connection holds."""
    path = tmp_path / "held.db"
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        connection.exec_driver_sql("create table t (a int)")
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    yield database, other
    other.close()
    database.dispose()


def test_a_database_whose_file_is_gone_takes_nothing_until_it_is_back(tmp_path: Path) -> None:
    """It was written into a file no name leads to any more: acknowledged, and lost with the process."""
    path = tmp_path / "x.db"
    database = Database(f"sqlite:///{path}")
    with database.write() as connection:
        connection.exec_driver_sql("create table t (a int)")
    path.rename(tmp_path / "away")
    for lost in (lambda: None, path.touch):  # gone; another one in its place
        lost()
        assert not database.is_reachable()
        with pytest.raises(OperationalError, match="removed or replaced") as raised, database.write():
            pass
        assert is_passing_fault(raised.value)
    (tmp_path / "away").replace(path)
    with database.write() as connection:
        connection.exec_driver_sql("insert into t values (1)")
    assert database.is_reachable()
    database.dispose()


def test_a_start_waits_longer_than_a_turn_may(held: tuple[Database, sqlite3.Connection]) -> None:
    database, other = held
    waited: list[float] = []

    def start() -> None:
        begun = time.monotonic()
        with database.write(wait_ms=30_000) as connection:
            connection.exec_driver_sql("insert into t values (1)")
        waited.append(time.monotonic() - begun)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join(2.5)  # past a turn's patience
    assert thread.is_alive()
    other.execute("commit")
    thread.join(30)
    assert len(waited) == 1
    with database.read() as connection:
        assert connection.exec_driver_sql("select count(*) from t").scalar() == 1
        assert connection.exec_driver_sql("pragma busy_timeout").scalar() == 2_000


def test_a_turn_gives_up_after_its_patience(held: tuple[Database, sqlite3.Connection]) -> None:
    database, other = held
    with pytest.raises(OperationalError, match="locked"), database.write(wait_ms=50):
        pass
    other.execute("commit")


def test_many_servers_may_open_a_new_file_at_one_moment(tmp_path: Path) -> None:
    """Before, one of them was told `database is locked` while another switched the new file to WAL."""
    for number in range(12):
        faults: list[BaseException] = []
        together = threading.Barrier(8)

        def start(url: str, together: threading.Barrier = together, faults: list[BaseException] = faults) -> None:
            database = Database(url)
            try:
                together.wait(30)
                with database.read() as connection:
                    connection.exec_driver_sql("select 1")
            except BaseException as fault:
                faults.append(fault)
            finally:
                database.dispose()

        url = f"sqlite:///{tmp_path}/new-{number}.db"
        threads = [threading.Thread(target=start, args=(url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert faults == []
