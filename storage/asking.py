"""What every batch asks of the database: written once, and on PostgreSQL asked together.

A statement that goes by itself costs some 260 µs at both ends, most of it for waking and waiting; a vote's batch had
fourteen of them (docs/decisions/0001). SQLAlchemy writes these statements and knows their types; they are run on the
driver's own connection, and their rows are plain named tuples.

    class Questions:
        def fetch(self) -> Fetch:
            rows = yield _ALIVE, {"senders": …}      # asked beside what others ask at the same time
            …
    batch.together(questions.fetch(), conversations.fetch())
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Parameters = Mapping[str, Any]
Rows = list[Any]
Ask = tuple["Prepared", Parameters]
Fetch = Generator[Ask, Rows, None]


class Prepared:
    """A SELECT whose text never changes. Not for one whose conditions are put together on the way."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._written: dict[str, Written] = {}

    def on(self, dialect: Dialect) -> Written:
        written = self._written.get(dialect.name)
        if written is None:
            written = self._written[dialect.name] = Written(self._statement, dialect)
        return written


class Written:
    """The statement as one engine takes it."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self._order: Sequence[str] | None = compiled.positiontup if compiled.positional else None
        self._given = dict(compiled.params)
        self._binders = {
            name: binder
            for name, bind in compiled.binds.items()
            if (binder := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        columns = list(statement.selected_columns)
        row: Any = namedtuple("_Row", [column.name for column in columns])  # type: ignore[misc]
        self._row: Any = type("Row", (row,), {"__slots__": (), "_mapping": property(row._asdict)})
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._readers = [(place, reader) for place, reader in enumerate(readers) if reader is not None]

    def arguments(self, parameters: Parameters) -> Any:
        values = {**self._given, **parameters}
        for name, binder in self._binders.items():
            values[name] = binder(values[name])
        return values if self._order is None else [values[name] for name in self._order]

    def rows(self, found: Sequence[Any]) -> Rows:
        if self._readers and found:
            changed = [list(row) for row in found]
            for place, read in self._readers:
                for row in changed:
                    row[place] = read(row[place])
            found = changed
        return [*map(self._row._make, found)]


def read(connection: Connection, prepared: Prepared, parameters: Parameters) -> Rows:
    """Run one by itself. On PostgreSQL that is cheaper than an exchange of one (40 against 65 µs), unless the transaction
    has still to be begun: then that goes along with it."""
    written = prepared.on(connection.dialect)
    driver: Any = connection.connection.driver_connection
    with _told_as_ours(connection):
        if connection.dialect.name == "sqlite" or driver.autocommit or driver.pgconn.transaction_status:
            return written.rows(driver.execute(written.sql, written.arguments(parameters)).fetchall())
        with driver.pipeline():
            cursor = driver.execute(written.sql, written.arguments(parameters))
        return written.rows(cursor.fetchall())


def together(connection: Connection, fetches: Sequence[Fetch]) -> None:
    """Answer what the fetches ask: all their first questions in one exchange, then all their second ones."""
    asking = [(fetch, ask) for fetch in fetches if (ask := _next(fetch, None)) is not None]
    while asking:
        sent = []
        with _told_as_ours(connection):
            with exchange(connection) as driver:
                for fetch, (prepared, parameters) in asking:
                    written = prepared.on(connection.dialect)
                    sent.append((fetch, written, driver.execute(written.sql, written.arguments(parameters))))
            answered = [(fetch, written.rows(cursor.fetchall())) for fetch, written, cursor in sent]
        asking = [(fetch, ask) for fetch, rows in answered if (ask := _next(fetch, rows)) is not None]


def _next(fetch: Fetch, rows: Rows | None) -> Ask | None:
    try:
        return next(fetch) if rows is None else fetch.send(rows)
    except StopIteration:
        return None


@contextmanager
def exchange(connection: Connection) -> Iterator[Any]:
    """The driver's connection. On PostgreSQL what is run inside is sent as it comes and waited for once, at the end.

    Results are read after it.
    """
    driver: Any = connection.connection.driver_connection
    with _told_as_ours(connection):
        if connection.dialect.name == "sqlite":
            yield driver
        else:
            with driver.pipeline():
                yield driver


@contextmanager
def _told_as_ours(connection: Connection) -> Iterator[None]:
    """Let the driver's errors come out as SQLAlchemy's: a lost connection is told from rows at fault (storage/database.py).

    SQLite reads a row when it is fetched, so reading the rows may fail as well as asking for them.
    """
    dialect: Any = connection.dialect
    driver = connection.connection.driver_connection
    try:
        yield
    except dialect.dbapi.Error as fault:
        is_lost = dialect.is_disconnect(fault, driver, None)
        if is_lost:
            connection.invalidate(fault)
        raise DBAPIError.instance(
            None,
            None,
            fault,
            dialect.dbapi.Error,
            hide_parameters=True,
            connection_invalidated=is_lost,
            dialect=dialect,
        ) from fault
