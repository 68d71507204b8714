"""Many rows in one statement: arrays are written alike by whichever way is taken, and moments are counted out once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Text

from storage import tables
from storage.bulk import array_literal
from storage.database import Database
from storage.tables import milliseconds
from tests.storage.desk import NOW, batch_of, matter, rows, said, step


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        ([], "{}"),
        ([""], '{""}'),
        (["路灯", "a, {b}"], '{"路灯","a, {b}"}'),
        (["路灯", None], '{"路灯",NULL}'),
        (['他说"好"', "一"], '{"他说\\"好\\"","一"}'),
        (["一\\", "二"], '{"一\\\\","二"}'),
    ],
)
def test_texts_stand_in_an_array_as_postgresql_reads_them(texts: Sequence[str | None], written: str) -> None:
    assert array_literal(Text(), texts) == written


def test_whatever_is_said_comes_back(database: Database) -> None:
    texts = ["", '"', '","', "\\", "a\nb", "{}", "NULL", "他说：“好”"]
    with batch_of(database, said("一")) as store:
        for text in texts:
            store.outbox.put("person:1", "test", text, NOW)
    assert [row.body for row in rows(database, "outbox")] == texts


def test_moments_that_are_one_and_moments_that_are_like_it(database: Database) -> None:
    moments = [NOW, NOW + timedelta(0), NOW + timedelta(days=1), NOW]
    with batch_of(database, said("一")) as store:
        for due_at in moments:
            store.outbox.put("person:1", "test", "一", NOW, due_at=due_at)
    assert [milliseconds(row.due_at) for row in rows(database, "outbox")] == [milliseconds(at) for at in moments]
    assert {row.not_after for row in rows(database, "outbox")} == {None}


def test_a_new_matter_is_written_as_it_would_be_in_full(database: Database) -> None:
    with batch_of(database, said("一")) as store:
        new = matter(text="路灯坏了", contact_id=7)
        store.matters.add(new, step())
        full, short = store.matters._row(new), store.matters._new_row(new)
        later = {name: full[name] for name in full.keys() - short.keys()}
    assert {name: value for name, value in full.items() if name in short} == short
    assert full.keys() == {column.name for column in tables.matters.columns}
    (row,) = rows(database, "matters")
    assert {name: getattr(row, name) for name in later} == later
