"""Rows to values and back, where a table's columns are a dataclass's fields."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Table

T = TypeVar("T")


def as_row(value: Any, table: Table) -> dict[str, Any]:
    """Return the columns of `table` taken from the fields of the same name."""
    return {name: getattr(value, name) for name in _columns(table)}


def as_value(kind: type[T], row: Any) -> T:
    """Build the dataclass from a result row that has (at least) its fields."""
    known = row._mapping
    return kind(**{name: known[name] for name in _fields(kind)})


_COLUMNS: dict[Table, tuple[str, ...]] = {}
_FIELDS: dict[type, tuple[str, ...]] = {}


def _columns(table: Table) -> tuple[str, ...]:
    if table not in _COLUMNS:
        _COLUMNS[table] = tuple(column.name for column in table.columns)
    return _COLUMNS[table]


def _fields(kind: type) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind))
    return _FIELDS[kind]
