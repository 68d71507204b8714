"""Many rows in one statement. On PostgreSQL a column is a list, unnested by the server; on SQLite rows are tuples.

PostgreSQL's driver sends with `executemany`, and the server plans and answers, every row by itself; here a batch of 64
is one message each way. SQLAlchemy's own way makes the parameters of every row anew, an eighth of what a vote costs
(docs/decisions/0001).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import BigInteger, Boolean, Integer, Table, Text

from storage.tables import Moment, milliseconds

_statements: dict[tuple[Table, tuple[str, ...], str], str] = {}


def _milliseconds(value: Any) -> int | None:
    return None if value is None else milliseconds(value)


def _moment(value: Any) -> str:
    return str(_milliseconds(value))


def _quoted(value: Any) -> str:
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


# How a value stands in an array literal. The driver's own way asks an expression about every single text.
_ARRAYS: tuple[tuple[type[Any], str, Callable[[Any], str]], ...] = (
    (Moment, "bigint[]", _moment),
    (BigInteger, "bigint[]", str),
    (Integer, "int[]", str),
    (Boolean, "bool[]", str),
    (Text, "text[]", _quoted),
)


def array_literal(kind: Any, values: Iterable[Any]) -> str:
    """Return the values of a column's type as PostgreSQL writes an array."""
    write = next(writer for type_, _, writer in _ARRAYS if isinstance(kind, type_))
    return "{" + ",".join(["NULL" if value is None else write(value) for value in values]) + "}"


def insert_many(
    driver: Any, table: Table, rows: Sequence[dict[str, Any]], on_conflict: str, *, is_sqlite: bool
) -> None:
    """Insert rows that all have the same columns in the same order; `on_conflict` is "", "nothing:COLUMN" or "replace".

    `driver` is the driver's own connection (storage/asking.py).
    """
    names = tuple(rows[0])
    kinds = [table.c[name].type for name in names]
    statement = _statement(table, names, on_conflict, is_sqlite=is_sqlite)
    if is_sqlite:
        values = [list(row.values()) for row in rows]
        for place in [place for place, kind in enumerate(kinds) if isinstance(kind, Moment)]:
            for row in values:
                row[place] = _milliseconds(row[place])
        driver.executemany(statement, values)
        return
    columns = zip(*[row.values() for row in rows], strict=True)
    driver.execute(statement, [array_literal(kind, column) for kind, column in zip(kinds, columns, strict=True)])


def uniform(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in runs that have the same columns in the same order, as rows made at one place have."""
    first = [*rows[0]]
    if not [row for row in rows if [*row] != first]:
        return [rows]
    return [[*run] for _, run in groupby(rows, key=tuple)]


def _statement(table: Table, names: tuple[str, ...], on_conflict: str, *, is_sqlite: bool = False) -> str:
    key = (table, names, f"{on_conflict}{is_sqlite}")
    if key not in _statements:
        arrays = ", ".join(f"%s::{_array_of(table, name)}" for name in names)
        marks = ", ".join("?" * len(names))
        source = f"values ({marks})" if is_sqlite else f"select * from unnest({arrays})"  # noqa: S608 - our names
        columns = ", ".join(map(_named, names))
        _statements[key] = f"insert into {table.name} ({columns}) {source}{_conflict(table, names, on_conflict)}"
    return _statements[key]


def _array_of(table: Table, name: str) -> str:
    return next(array for kind, array, _ in _ARRAYS if isinstance(table.c[name].type, kind))


def _named(name: str) -> str:
    """A column called like a word of SQL (left, order) is told apart by its quotes."""
    return f'"{name}"'


def _conflict(table: Table, names: tuple[str, ...], on_conflict: str) -> str:
    if on_conflict.startswith("nothing:"):
        return f" on conflict ({on_conflict.partition(':')[2]}) do nothing"
    if on_conflict == "replace":
        keys = [column.name for column in table.primary_key]
        rest = ", ".join(f"{_named(name)} = excluded.{_named(name)}" for name in names if name not in keys)
        return f" on conflict ({', '.join(map(_named, keys))}) do update set {rest}{_only_newer(table)}"
    return ""


def _only_newer(table: Table) -> str:
    newest = table.info.get("newest_by", ())
    new, old = (", ".join(f"{owner}.{_named(name)}" for name in newest) for owner in ("excluded", table.name))
    return f" where ({new}) >= ({old})" if newest else ""
