"""Rows to values and back, where a table's columns are a dataclass's fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import Table

T = TypeVar("T")


def as_row(value: Any, table: Table) -> dict[str, Any]:
    """Return the columns of `table` taken from the fields of the same name."""
    names, fields_of = _columns(table)
    return dict(zip(names, fields_of(value), strict=True))


def as_value(kind: type[T], row: Any) -> T:
    """Build the dataclass from a result row that has (at least) its fields."""
    known = row._mapping
    return kind(**{name: known[name] for name in _fields(kind)})


_COLUMNS: dict[Table, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}
_FIELDS: dict[type, tuple[str, ...]] = {}


def _columns(table: Table) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The columns' names (at least two), and what takes the fields of those names from a value."""
    if table not in _COLUMNS:
        names = tuple(column.name for column in table.columns)
        _COLUMNS[table] = names, attrgetter(*names)
    return _COLUMNS[table]


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind))
    return _FIELDS[kind]
