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

_plans: dict[tuple[Table, tuple[str, ...], str, bool], _Plan] = {}


def _moment(value: Any) -> str:
    return str(milliseconds(value))


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
    return _array(_writer_of(kind), values)


def _writer_of(kind: Any) -> Callable[[Any], str]:
    return next(writer for type_, _, writer in _ARRAYS if isinstance(kind, type_))


def _array(write: Callable[[Any], str], values: Iterable[Any]) -> str:
    if write is _quoted:
        values = [*values]
        if (plain := _plain_texts(values)) is not None:
            return plain
    return "{" + ",".join(["NULL" if value is None else write(value) for value in values]) + "}"


def _plain_texts(values: Sequence[Any]) -> str | None:
    """The array where no text needs an escape and none is missing, as it mostly is: one pass instead of a call each."""
    try:
        joined = '","'.join(values)
    except TypeError:
        return None
    is_plain = values and "\\" not in joined and joined.count('"') == 2 * (len(values) - 1)
    return '{"' + joined + '"}' if is_plain else None


def insert_many(
    driver: Any, table: Table, rows: Sequence[dict[str, Any]], on_conflict: str, *, is_sqlite: bool
) -> None:
    """Insert rows that all have the same columns in the same order; `on_conflict` is "", "nothing:COLUMN" or "replace".

    `driver` is the driver's own connection (storage/asking.py).
    """
    plan = _plan_of(table, tuple(rows[0]), on_conflict, is_sqlite=is_sqlite)
    values = _values(plan, rows)
    if is_sqlite:
        driver.executemany(plan.statement, values)
    else:
        columns = zip(*values, strict=True)
        driver.execute(
            plan.statement, [_array(write, column) for write, column in zip(plan.writers, columns, strict=True)]
        )


def _values(plan: _Plan, rows: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """The rows' values as the drivers take them."""
    values = [list(row.values()) for row in rows]
    # The same few moments stand in many places, one object each time: it is counted out once. The rows hold every
    # object for as long as its id is used here.
    known: dict[int, int | None] = {id(None): None}
    for place in plan.moments:
        for row in values:
            moment = row[place]
            key = id(moment)
            if key not in known:
                known[key] = milliseconds(moment)
            row[place] = known[key]
    for place in plan.flags:  # sqlite3 looks for an adapter of whatever is not exactly an int: 225 ns against 37
        for row in values:
            row[place] = None if row[place] is None else int(row[place])
    return values


def uniform(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in runs that have the same columns in the same order, as rows made at one place have."""
    first = [*rows[0]]
    if not [row for row in rows if [*row] != first]:
        return [rows]
    return [[*run] for _, run in groupby(rows, key=tuple)]


class _Plan:
    """How rows of these columns are written: the statement, and what kind each column is."""

    __slots__ = ("flags", "moments", "statement", "writers")

    def __init__(self, table: Table, names: tuple[str, ...], on_conflict: str, *, is_sqlite: bool) -> None:
        self.statement = _statement(table, names, on_conflict, is_sqlite=is_sqlite)
        kinds = [table.c[name].type for name in names]
        self.moments = [place for place, kind in enumerate(kinds) if isinstance(kind, Moment)]
        self.flags = [place for place, kind in enumerate(kinds) if isinstance(kind, Boolean)]
        # Moments are numbers by the time they are written.
        self.writers = [str if isinstance(kind, Moment) else _writer_of(kind) for kind in kinds]


def _plan_of(table: Table, names: tuple[str, ...], on_conflict: str, *, is_sqlite: bool) -> _Plan:
    key = (table, names, on_conflict, is_sqlite)
    plan = _plans.get(key)
    if plan is None:
        plan = _plans[key] = _Plan(table, names, on_conflict, is_sqlite=is_sqlite)
    return plan


def _statement(table: Table, names: tuple[str, ...], on_conflict: str, *, is_sqlite: bool) -> str:
    arrays = ", ".join(f"%s::{_array_of(table, name)}" for name in names)
    marks = ", ".join("?" * len(names))
    source = f"values ({marks})" if is_sqlite else f"select * from unnest({arrays})"  # noqa: S608 - our names
    columns = ", ".join(map(_named, names))
    return f"insert into {table.name} ({columns}) {source}{_conflict(table, names, on_conflict)}"


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
