"""A column among a list of any length, as one parameter: the statement stays the same, and is planned once.

An expanding IN is written, sent and parsed anew for every length of list, and each batch asks with another one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

from storage.bulk import array_literal


class _List(UserDefinedType[Sequence[Any]]):
    """JSON on SQLite, an array literal on PostgreSQL.

    Not a kind of Text: SQLAlchemy would cast the parameter to text first, and PostgreSQL could not hash the array.
    """

    cache_ok = True

    def __init__(self, is_text: bool) -> None:
        super().__init__()
        self.is_text = is_text

    def get_col_spec(self, **_options: Any) -> str:
        return "text[]" if self.is_text else "bigint[]"

    def bind_processor(self, dialect: Any) -> Callable[[Sequence[Any] | None], str]:
        if dialect.name == "sqlite":
            return lambda values: json.dumps(list(values or ()))
        kind = Text() if self.is_text else BigInteger()
        return lambda values: array_literal(kind, values or ())


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> _Among:
        """Stand as written: SQLAlchemy would add `= 1` for SQLite, and no index serves that."""
        return self


class _AmongIds(_Among):
    inherit_cache = True
    name = "among_ids"


class _AmongTexts(_Among):
    inherit_cache = True
    name = "among_texts"


def among(column: Column[Any], parameter: str) -> FunctionElement[bool]:
    """The condition that the column's value is in the list given as `parameter` when the statement is run."""
    is_text = isinstance(column.type, Text)
    return (_AmongTexts if is_text else _AmongIds)(column, bindparam(parameter, type_=_List(is_text)))


@compiles(_Among, "sqlite")
def _in_json(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both are compiled, no input


@compiles(_Among, "postgresql")
def _any_of(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (CAST({values} AS {'text' if element.name == 'among_texts' else 'bigint'}[]))"
