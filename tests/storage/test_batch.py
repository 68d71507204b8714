"""The batch: turns that share a commit, each all or nothing, each seeing those before it."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from domain.contacts import Level
from domain.messages import Actor
from storage import tables
from storage.database import Database, is_passing_fault
from storage.questions import Running
from storage.store import lock_key
from tests.storage.desk import NOW, batch_of, count, matter, rows, said, step, turn


def test_a_turn_that_raises_leaves_nothing_and_its_neighbours_stay(database: Database) -> None:
    first, broken, last = said("一", "o-a"), said("二", "o-b"), said("三", "o-c")
    with batch_of(database, first, broken, last) as store:
        for incoming in (first, broken, last):
            try:
                with store.batch.turn():
                    sender = store.people.sender(incoming.actor)
                    store.matters.add(matter(text=incoming.text, contact_id=sender.contact.id), step())
                    store.outbox.put(f"contact:{sender.contact.id}", "test", incoming.text, NOW)
                    store.inbox.finish(incoming, "好", "response")
                    if incoming is broken:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass
    assert [row.text for row in rows(database, "matters")] == ["一", "三"]
    assert [row.body for row in rows(database, "outbox")] == ["一", "三"]
    assert [row.text for row in rows(database, "inbox")] == ["一", "三"]
    assert {row.native_id for row in rows(database, "contacts")} >= {"o-a", "o-c"}
    assert "o-b" not in {row.native_id for row in rows(database, "contacts")}


def test_a_batch_that_raises_leaves_nothing(database: Database) -> None:
    with suppress(ZeroDivisionError), turn(database, said("一")) as store:
        store.matters.add(matter(), step())
        store.matters.ending_in("1", [3])  # reading writes what earlier turns left, inside the same transaction
        raise ZeroDivisionError
    assert count(database, "matters") == 0
    assert count(database, "ledger") == 0


def test_a_refused_turn_leaves_only_its_answer(database: Database) -> None:
    incoming = said("投票")
    with turn(database, incoming) as store:
        store.matters.add(matter(), step())
        store.outbox.put("person:1", "test", "不该说的", NOW)
        store.batch.forget_turn()
        store.inbox.finish(incoming, "现在不能投", "response")
    assert (count(database, "matters"), count(database, "ledger"), count(database, "outbox")) == (0, 0, 0)
    assert [row.reply for row in rows(database, "inbox")] == ["现在不能投"]


def test_a_refused_turn_is_forgotten_by_later_reads_too(database: Database) -> None:
    incoming = said("路灯坏了", "o-stranger")
    with batch_of(database, incoming) as store:
        with store.batch.turn():
            filed = matter()
            store.matters.add(filed, step())
            store.batch.forget_turn()
            assert store.matters.get(filed.id) is None
        with store.batch.turn():
            assert store.matters.get(filed.id) is None


def test_earlier_turns_of_a_batch_are_seen_by_later_ones(database: Database) -> None:
    """By key, by query, and by whoever reported it."""
    incoming = said("路灯坏了")
    with batch_of(database, incoming) as store:
        sender = store.people.sender(incoming.actor)
        assert store.matters.reported_by(sender.contact.id) == []
        with store.batch.turn():
            filed = matter("XH-261124-007", contact_id=sender.contact.id, owner_id=5)
            store.matters.add(filed, step())
            store.outbox.put("person:5", "matter.new", "有一件新事", NOW)
        with store.batch.turn():
            assert store.matters.get(filed.id) == filed
            assert store.matters.with_number("XH-261124-007") == filed
            assert store.matters.ending_in("7", [3]) == [filed]
            assert store.matters.living_of_owner(5) == [filed]
            assert store.matters.reported_by(sender.contact.id) == [filed]
            assert [row.body for row in store.outbox.about("person:5")] == ["有一件新事"]


def test_a_turn_sees_its_own_change_of_a_matter(database: Database) -> None:
    with turn(database) as store:
        filed = matter()
        store.matters.add(filed, step())
        changed = store.matters.change(filed, replace(filed, result="换了灯泡"), step("done"))
        assert store.matters.get(filed.id) == changed
    assert [row.result for row in rows(database, "matters")] == ["换了灯泡"]


def test_a_row_with_an_id_already_taken_is_refused_and_overwrites_nothing(database: Database) -> None:
    """Two processes that draw the same number must not lose a villager's matter (storage/ids.py)."""
    with turn(database) as store:
        first = matter(text="水管爆了")
        store.matters.add(first, step())
    with pytest.raises(IntegrityError), turn(database) as store:
        store.matters.add(matter(id=first.id, text="路灯坏了"), step())
    assert [row.text for row in rows(database, "matters")] == ["水管爆了"]


def test_rows_pointing_at_each_other_are_written_in_order(database: Database) -> None:
    incoming = said("我是王德福", "o-newcomer")
    with turn(database, incoming) as store:
        sender = store.people.sender(incoming.actor)
        person = store.people.named("王德福", 3)[0]
        store.people.bind(sender, person, Level.LIMITED, "phone", "c1", NOW)
    assert count(database, "bindings") == 31


def test_writers_of_one_person_wait_for_each_other(database: Database) -> None:
    """Eight threads count one conversation up by reading and writing it; no step is lost."""
    workers = [threading.Thread(target=_count_five_up, args=(database,)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    with batch_of(database, said("", COUNTER)) as store:
        running = store.conversations.running(store.batch.senders[0], "")
        assert running is not None
        assert (running.progress, running.version) == ({"n": 40}, 40)


COUNTER = "o-jianwei"


def _count_five_up(database: Database) -> None:
    for _ in range(5):
        with batch_of(database, said("加一", COUNTER)) as store, store.batch.turn():
            me = store.batch.senders[0]
            before = store.conversations.running(me, "") or Running("count", {"n": 0}, NOW)
            store.conversations.keep(me, "", replace(before, progress={"n": before.progress["n"] + 1}))


def test_locks_of_a_batch_are_taken_in_one_order() -> None:
    """Two actors never share a key by chance of spelling, and a key is the same in every process."""
    keys = {lock_key(Actor("oa", "demo", name)) for name in ("o-a", "o-b", "o-\ud800", "", "o-a\0")}
    assert len(keys) == 5
    assert lock_key(Actor("oa", "demo", "o-laowang")) == lock_key(Actor("oa", "demo", "o-laowang"))
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_batches_of_the_same_people_in_any_order_do_not_wait_for_each_other(database: Database) -> None:
    people = [f"o-person-{number}" for number in range(20)]
    faults: list[BaseException] = []

    def play(order: list[str]) -> None:
        try:
            for _ in range(10):
                with batch_of(database, *(said("好", who) for who in order)) as store:
                    for who in order:
                        with store.batch.turn():
                            store.people.sender(said("", who).actor)
        except BaseException as fault:
            faults.append(fault)

    threads = [
        threading.Thread(target=play, args=(order,)) for order in (people, people[::-1], people[10:] + people[:10])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    names = [row.native_id for row in rows(database, "contacts") if row.channel == "oa"]
    assert len(names) == len(set(names)) == 35


def test_a_fault_of_the_rows_or_the_tables_does_not_pass(database: Database) -> None:
    with pytest.raises(DBAPIError) as refused, turn(database) as store:
        store.batch.add(tables.bindings, {"id": 1})
    with pytest.raises(DBAPIError) as missing, database.read() as connection:
        connection.exec_driver_sql("select nothing from nowhere")
    assert [is_passing_fault(error) for error in (refused.value, missing.value, ValueError())] == [False] * 3


def test_a_locked_sqlite_is_a_fault_of_the_moment_and_a_missing_column_is_not() -> None:
    for code, passes in (
        (sqlite3.SQLITE_BUSY, True),
        (sqlite3.SQLITE_IOERR_FSYNC, True),
        (sqlite3.SQLITE_ERROR, False),
    ):
        cause = sqlite3.OperationalError("x")
        cause.sqlite_errorcode = code
        assert is_passing_fault(OperationalError("begin", {}, cause)) is passes


def test_what_is_opened_for_reading_changes_nothing(database: Database) -> None:
    before = count(database, "counters")
    with suppress(DBAPIError), database.read() as connection:
        connection.execute(tables.counters.insert().values(name="x", last=1))
    assert count(database, "counters") == before


def test_what_was_fetched_while_a_turn_ran_stays_though_the_turn_fails(database: Database) -> None:
    with batch_of(database, said("一")) as store:
        batch = store.batch
        with batch.turn():
            batch.remember("test", "elder", 1)
        with suppress(ZeroDivisionError), batch.turn():
            batch.remember("test", "elder", 2)
            batch.remember("test", "mine", 2)
            batch.fetched("test", {"elder": 0, "mine": 0, "other": 0})
            assert [batch.recall("test", key) for key in ("elder", "mine", "other")] == [2, 2, 0]
            raise ZeroDivisionError
        assert [batch.recall("test", key) for key in ("elder", "mine", "other")] == [1, 0, 0]
        assert batch.knows("test")


def test_a_part_that_fails_takes_back_what_it_remembered_and_no_more(database: Database) -> None:
    def part() -> None:
        batch.remember("test", "before", 2)
        batch.remember("test", "within", 2)
        raise ZeroDivisionError

    with batch_of(database, said("一")) as store:
        batch = store.batch
        with batch.turn():
            batch.remember("test", "before", 1)
            assert isinstance(batch.attempt(part), ZeroDivisionError)
            assert (batch.recall("test", "before"), batch.recall("test", "within")) == (1, None)
        assert (batch.recall("test", "before"), batch.recall("test", "within")) == (1, None)
