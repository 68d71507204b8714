"""What repositories ask together: each gets its own rows, and a fault tells whose it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import bindparam, column, select, text
from sqlalchemy.exc import DBAPIError

from domain.matters import Matter
from storage import tables
from storage.asking import Fetch, Prepared
from storage.batch import Batch
from storage.database import Database, is_passing_fault
from tests.storage.desk import NOW, matter, turn
from tests.storage.desk import said as heard

_AREA = Prepared(select(tables.areas.c.id, tables.areas.c.name).where(tables.areas.c.id == bindparam("area")))
_INSIDE = Prepared(select(tables.areas.c.id).where(tables.areas.c.parent_id == bindparam("area")).order_by("id"))
_MATTER = Prepared(select(tables.matters).where(tables.matters.c.number == bindparam("number")))
_NOWHERE = Prepared(text("select name from no_such_table").columns(column("name")))


def name_of(area: int, found: dict[int, Any]) -> Fetch:
    rows = yield _AREA, {"area": area}
    found[area] = rows[0].name if rows else None


def inside(area: int, found: list[str]) -> Fetch:
    """Asks twice, and no more where there is nothing."""
    for row in (yield _INSIDE, {"area": area}):
        names: dict[int, Any] = {}
        yield from name_of(row.id, names)
        found += names.values()


def test_each_gets_its_own_rows_however_often_it_asks(database: Database) -> None:
    names: dict[int, Any] = {}
    villages: list[str] = []
    none: list[str] = []
    with Batch(database) as batch:
        batch.together(
            name_of(1, names), inside(1, villages), inside(10**9, none), name_of(10**9, names), name_of(3, names)
        )
        alone = batch.read(_AREA, {"area": 3})
    with database.read() as connection:
        known = {row.id: row for row in connection.execute(select(tables.areas))}
    assert names == {1: known[1].name, 3: known[3].name, 10**9: None}
    assert villages
    assert set(villages) <= {row.name for row in known.values() if row.parent_id == 1}
    assert none == []
    assert [tuple(row) for row in alone] == [(3, known[3].name)]


def test_a_row_reads_as_sqlalchemys_own_does(database: Database) -> None:
    kept = matter("XH-261124-900")
    with turn(database, heard("路灯坏了")) as store:
        store.batch.add(tables.matters, store.matters._row(kept))
    with Batch(database) as batch:
        [ours] = batch.read(_MATTER, {"number": kept.number})
        theirs = batch.read(select(tables.matters).where(tables.matters.c.number == kept.number)).one()
    assert tuple(ours) == tuple(theirs)
    assert dict(ours._mapping) == dict(theirs._mapping)
    assert (ours.filed_at, type(ours.is_sealed)) == (NOW, bool)


def test_what_is_asked_sees_what_the_turns_before_wrote(database: Database) -> None:
    kept = matter("XH-261124-901")
    with turn(database, heard("路灯坏了")) as store:
        store.batch._pending.add(tables.matters, store.matters._row(kept))
        assert [row.id for row in store.batch.read(_MATTER, {"number": kept.number})] == [kept.id]


def test_a_statement_at_fault_is_told_from_a_lost_connection_and_nothing_is_kept(database: Database) -> None:
    kept = matter("XH-261124-902")
    with pytest.raises(DBAPIError) as wrong:
        _keep(database, kept, lambda batch: batch.together(_one(_AREA, {"area": 1}), _one(_NOWHERE, {})))
    assert not is_passing_fault(wrong.value)
    with Batch(database) as batch:
        assert batch.read(_MATTER, {"number": kept.number}) == []


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)  # SQLite has no connection to lose
def test_a_lost_connection_is_a_fault_of_the_moment(database: Database) -> None:

    def ask_in_vain(batch: Batch) -> None:
        _end_connection(batch)
        batch.together(_one(_AREA, {"area": 1}))

    with pytest.raises(DBAPIError) as lost:
        _keep(database, matter(), ask_in_vain)
    assert is_passing_fault(lost.value)
    with Batch(database) as batch:  # the next one has a connection that lives
        assert len(batch.read(_AREA, {"area": 1})) == 1


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
def test_a_connection_lost_at_the_last_moment_keeps_nothing(database: Database) -> None:
    kept = matter("XH-261124-903")
    with pytest.raises(DBAPIError) as lost:
        _keep(database, kept, _end_connection)
    assert is_passing_fault(lost.value)
    with Batch(database) as batch:
        assert batch.read(_MATTER, {"number": kept.number}) == []


@pytest.mark.parametrize(
    "engine", ["sqlite"], indirect=True
)  # PostgreSQL's rows are all there before the first is read
def test_a_fault_between_two_rows_is_told_like_any_other(database: Database) -> None:
    broken = Prepared(
        text("select json(value) as name from (select '1' as value union all select '{x')").columns(column("name"))
    )
    with Batch(database) as batch:
        for ask in (lambda: batch.read(broken), lambda: batch.together(_one(broken, {}))):
            with pytest.raises(DBAPIError):
                ask()


def _keep(database: Database, kept: Matter, then: Callable[[Batch], None]) -> None:
    """Want a matter written, and let something happen before it is."""
    with turn(database, heard("路灯坏了")) as store:
        store.batch._pending.add(tables.matters, store.matters._row(kept))
        then(store.batch)


def _end_connection(batch: Batch) -> None:
    own = batch.connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
    with batch.database.aside() as other:
        other.exec_driver_sql(f"select pg_terminate_backend({own})")


def _one(prepared: Prepared, parameters: dict[str, Any]) -> Fetch:
    yield prepared, parameters
