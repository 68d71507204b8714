"""One database, two engines: SQLite embedded (WAL, synchronous=FULL) and PostgreSQL.

Every transaction that writes is opened by `Database.write()`. On SQLite it starts with BEGIN IMMEDIATE, so that the
write lock is taken before anything is read and two processes never decide on the same stale rows.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

# Another process may hold the write lock for one batch; 20 of the longest allowed turns (100 ms) is patience enough.
BUSY_TIMEOUT_MS = 2_000
# At a start another process may be migrating or loading the village. That takes seconds, and nobody waits for a reply.
START_TIMEOUT_MS = 60_000
# A PostgreSQL that does not answer must not hold a villager's five seconds: connecting gives up before they end.
CONNECT_TIMEOUT_S = 3


class Database:
    """A database address with its engine. Cheap to make; connects when first used."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)
        self._aside = self.engine if self.is_sqlite else _postgres_aside(url)
        self._file: tuple[int, int] | None = None  # which file was first opened, as the file system knows it
        if self.is_sqlite:
            event.listen(self.engine, "connect", self._note_file)
        # SQLite lets one write at a time and makes the others sleep and ask again; within the process they queue here.
        self._writing: threading.Lock | nullcontext[None] = threading.Lock() if self.is_sqlite else nullcontext()

    @contextmanager
    def write(self, *, wait_ms: int = BUSY_TIMEOUT_MS) -> Iterator[Connection]:
        """Open the one writing transaction; commits at the end, rolls back when the block raises.

        `wait_ms`: how long another process may hold SQLite's write lock before this raises.
        """
        with self._writing, self.engine.connect() as connection:
            if self.is_sqlite:
                self._refuse_another_file()
                self._begin(connection, wait_ms)
            else:
                connection.begin()  # no message yet; a batch speaks to the driver itself (storage/asking.py)
            try:
                yield connection
            except BaseException:
                _roll_back(connection)
                raise
            connection.commit()

    def _note_file(self, *_connected: Any) -> None:
        self._file = self._file or _file_at(self.url)

    def _refuse_another_file(self) -> None:
        """What is written into a file that was removed or replaced is gone with the process: better not to take it."""
        if _file_at(self.url) != self._file:
            raise OperationalError(None, None, sqlite3.OperationalError("database file was removed or replaced"))

    @staticmethod
    def _begin(connection: Connection, wait_ms: int) -> None:
        if wait_ms == BUSY_TIMEOUT_MS:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_ms}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection for looking only; what it sees is one moment of the database."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN" if self.is_sqlite else "SET TRANSACTION READ ONLY")
            try:
                yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """Open a PostgreSQL connection beside the batch, each statement committed by itself and not waited for.

        What it writes is not flushed at once: whatever the batch commits later stands behind it in the same log.
        """
        with self._aside.connect() as connection:
            yield connection

    def is_reachable(self) -> bool:
        """Does it answer, and is it still the file that was opened?"""
        try:
            with self.read() as connection:
                connection.execute(text("select 1"))
        except DBAPIError:
            return False
        return not self.is_sqlite or _file_at(self.url) == self._file

    def time(self) -> datetime:
        """Return the database server's own time; SQLite has ours."""
        with self.read() as connection:
            if self.is_sqlite:
                return datetime.now(UTC)
            theirs: datetime = connection.execute(text("select clock_timestamp()")).scalar_one()
            return theirs

    @property
    def is_idle(self) -> bool:
        """Has every connection come back?"""
        pools = (self.engine.pool, self._aside.pool)
        return not any(isinstance(pool, QueuePool) and pool.checkedout() for pool in pools)

    def dispose(self) -> None:
        self.engine.dispose()
        self._aside.dispose()


def is_passing_fault(error: BaseException) -> bool:
    """Is this a fault of the moment (lock, lost connection, deadlock, disk full) rather than of the rows or the tables?"""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    # SQLite files a missing column under OperationalError too; only its result code tells (low byte, sqlite.org/rescode).
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, OperationalError) and (code is None or code & 0xFF in _PASSING)


def sentence_of(error: BaseException) -> str:
    """The driver's own sentence in one line (database or disk is full); the statement and its values are not in it."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]


_PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_READONLY,
    }
)  # fmt: skip


def _file_at(url: URL) -> tuple[int, int] | None:
    try:
        state = os.stat(url.database or ":memory:")  # once a batch; a Path costs three times as much
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _roll_back(connection: Connection) -> None:
    # A failed COMMIT (disk full) has already ended SQLite's transaction; rolling back again would hide the real error.
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()


def _sqlite_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url,
        poolclass=QueuePool,
        hide_parameters=True,  # an error must never carry a complaint into a log
        pool_size=8,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "do_connect")
    def keep_private(_dialect: Any, _record: Any, arguments: Any, _named: Any) -> None:
        """Names, phones and complaints stand in it in clear. What SQLite lays beside it takes on its mode."""
        path = Path(arguments[0])
        with suppress(OSError):  # SQLite says better what is wrong
            if str(path) != ":memory:" and not path.exists() and path.parent.is_dir():
                path.touch(mode=0o600)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # The driver's own idea of transactions is switched off: `write` and `read` begin them themselves.
        connection.isolation_level = None
        _switch_to_wal(connection)
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "cache_size=-64000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Switching is refused at once, not waited for, while a server starting beside us is about it: ask again."""
    until = time.monotonic() + START_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as wrong:
            if time.monotonic() > until or getattr(wrong, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL:
                raise
            time.sleep(0.02)
        except UnicodeDecodeError:  # the driver's message quotes what stands in a page that is none
            raise sqlite3.DatabaseError("database disk image is malformed") from None


def _postgres_url(url: str) -> URL:
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername in ("postgresql", "postgres") else parsed


def _postgres_aside(url: str) -> Engine:
    return create_engine(
        _postgres_url(url),
        isolation_level="AUTOCOMMIT",
        pool_size=2,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "youshi-aside",
            "options": "-c synchronous_commit=off",
        },
    )


def _postgres_engine(url: str) -> Engine:
    return create_engine(
        _postgres_url(url),
        pool_size=8,
        max_overflow=8,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "youshi",
            # What is asked is in memory or on an SSD. At the default of 4.0 a list of 64 senders was looked for by
            # reading a village's 800 contacts through: 1.3 ms a batch against 0.4.
            "options": "-c random_page_cost=1.1",
        },
    )
