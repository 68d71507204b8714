"""Matters: their numbers, their notes, their ledger, and what of a sealed one can be read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.matters import Outcome, Status, Urgency
from storage.batch import Batch
from storage.counters import Counters
from storage.database import Database
from tests.storage.desk import NOW, VILLAGE, batch_of, count, later, matter, rows, said, step, turn

SECRET_WORDS = "村主任把低保给了他小舅子"


def test_a_matter_comes_back_as_it_was_filed(database: Database) -> None:
    filed = matter(
        "XH-261124-001", text="路灯坏了😀", owner_id=5, place_text="九社桥头", due_at=later(days=5), token_hash=""
    )
    with turn(database) as store:
        store.matters.add(filed, step())
    with batch_of(database) as store:
        assert store.matters.get(filed.id) == filed
        assert store.matters.with_number("XH-261124-001") == filed
        assert store.matters.with_number("XH-261124-002") is None
        assert store.matters.get(1) is None


def test_every_change_leaves_its_row_in_the_ledger(database: Database) -> None:
    with turn(database) as store:
        filed = matter()
        store.matters.add(filed, step("filed", 7))
    with turn(database) as store:
        held = store.matters.held(filed)
        accepted = store.matters.change(held, replace(held, status=Status.ACCEPTED), step("accept", 5))
        store.matters.change(
            accepted, replace(accepted, status=Status.DONE, outcome=Outcome.ON_SPOT), step("finish", 5)
        )
    assert [(row.was, row.became, row.why, row.by_id) for row in rows(database, "ledger")] == [
        ("", "filed", "filed", 7),
        ("filed", "accepted", "accept", 5),
        ("accepted", "done", "finish", 5),
    ]
    with batch_of(database) as store:
        assert [row.became for row in store.ledger.of("matter", filed.id)] == ["filed", "accepted", "done"]
        kept = store.matters.get(filed.id)
        assert kept is not None
        assert (kept.status, kept.outcome) == (Status.DONE, Outcome.ON_SPOT)


def test_numbers_rise_and_are_never_given_twice_whoever_takes_them(
    database_url: str, open_database: Callable[[str], Database]
) -> None:
    """Two processes (each with its own connections), three threads each; a batch that fails gives nothing back."""
    taken: list[int] = []
    faults: list[BaseException] = []
    lock = threading.Lock()

    def take(database: Database) -> None:
        try:
            for turn_ in range(10):
                _take_three(database, taken, lock, fails=turn_ % 4 == 3)
        except BaseException as fault:
            faults.append(fault)

    threads = [
        threading.Thread(target=take, args=(database,))
        for database in (open_database(database_url), open_database(database_url))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert len(taken) == len(set(taken)) == 6 * 8 * 3
    assert max(taken) <= 6 * 10 * 3


def _take_three(database: Database, taken: list[int], lock: threading.Lock, *, fails: bool) -> None:
    try:
        with Batch(database) as batch:
            numbers = [Counters(batch).next("matter:XH:261124") for _ in range(3)]
            assert numbers == sorted(numbers)
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        return
    with lock:
        taken.extend(numbers)


def test_every_area_and_day_counts_from_one(database: Database) -> None:
    with turn(database) as store:
        drawn = [
            store.matters.next_sequence(*key)
            for key in (("XH", "261124"), ("XH", "261124"), ("XH", "261125"), ("QC", "261124"))
        ]
        assert drawn == [1, 2, 1, 1]
    with turn(database) as store:
        assert store.matters.next_sequence("XH", "261124") > 2


def test_short_numbers_find_the_newest_first_and_only_in_their_villages(database: Database) -> None:
    with turn(database) as store:
        old, new, elsewhere, longer = (
            matter("XH-261123-007"),
            matter("XH-261124-007"),
            matter("DH-261124-007", village_id=99),
            matter("XH-261124-1007"),
        )
        for one in (old, new, elsewhere, longer):
            store.matters.add(one, step())
    with batch_of(database) as store:
        assert store.matters.ending_in("7", [VILLAGE]) == [new, old]
        assert store.matters.ending_in("007", [VILLAGE, 99]) == [elsewhere, new, old]
        assert store.matters.ending_in("1007", [VILLAGE]) == [longer]


def test_a_busy_neighbour_does_not_hide_my_matter(database: Database) -> None:
    """One query reads for everybody in the batch: those who report much must not crowd out those who reported once."""
    quiet, busy = said("进度", "o-zhangshen"), said("进度", "o-laowang")
    with turn(database, quiet, busy) as store:
        mine = matter(contact_id=store.people.sender(quiet.actor).contact.id)
        store.matters.add(mine, step())
        loud = store.people.sender(busy.actor).contact.id
        for _ in range(300):
            store.matters.add(matter(contact_id=loud), step())
    with batch_of(database, quiet, busy) as store:
        assert store.matters.reported_by(store.people.sender(quiet.actor).contact.id) == [mine]


def test_what_i_reported_comes_newest_first(database: Database) -> None:
    incoming = said("进度")
    with turn(database, incoming) as store:
        me = store.people.sender(incoming.actor).contact.id
        filed = [matter(contact_id=me) for _ in range(3)]
        for one in filed:
            store.matters.add(one, step())
    with batch_of(database, incoming) as store:
        assert store.matters.reported_by(me) == filed[::-1]
        assert store.matters.reported_by(999) == []


def test_only_living_matters_are_the_owners_work(database: Database) -> None:
    with turn(database) as store:
        for status in Status:
            store.matters.add(matter(owner_id=5, status=status), step())
    with batch_of(database) as store:
        assert {one.status for one in store.matters.living_of_owner(5)} == {Status.FILED, Status.ACCEPTED}


def test_a_sealed_matter_stands_nowhere_in_clear(database: Database) -> None:
    with turn(database) as store:
        filed = matter(
            text=SECRET_WORDS,
            place_text=SECRET_WORDS,
            result=SECRET_WORDS,
            is_sealed=True,
            token_hash="abc",
            contact_id=None,
        )
        store.matters.add(filed, step())
        store.matters.add_note(filed, "text", SECRET_WORDS, None, NOW)
        store.outbox.put("person:1", "matter.sealed", SECRET_WORDS, NOW, is_secret=True)
    with batch_of(database) as store:
        assert store.matters.get(filed.id) == filed
        assert store.matters.with_token("abc") == filed
        assert store.matters.with_token("") is None
    assert count(database, "notes") == 1
    assert spoken_of(database, SECRET_WORDS) == []


def test_a_note_of_an_open_matter_is_kept_as_it_was_said(database: Database) -> None:
    with turn(database) as store:
        filed = matter()
        store.matters.add(filed, step())
        store.matters.add_note(filed, "text", "还有一盏也坏了", 1, NOW)
    assert [(row.matter_id, row.text) for row in rows(database, "notes")] == [(filed.id, "还有一盏也坏了")]


def spoken_of(database: Database, words: str) -> list[str]:
    """The tables in whose rows the words stand, and the database files in which they do."""
    from storage import tables

    found = [name for name in tables.metadata.tables if any(words in str(row) for row in rows(database, name))]
    if database.is_sqlite:
        from pathlib import Path

        path = Path(str(database.url.database))
        found += [file.name for file in path.parent.glob(f"{path.name}*") if words.encode() in file.read_bytes()]
    return found


def test_what_is_late_is_found_until_it_is_noted_and_again_after_a_week(database: Database) -> None:
    late = matter("XH-261124-001", owner_id=5, due_at=later(days=1))
    with turn(database) as store:
        store.matters.add(late, step())
        store.matters.add(matter("XH-261124-002", owner_id=5, due_at=later(days=9)), step())
        store.matters.add(matter("XH-261124-003", owner_id=6, due_at=later(days=1)), step())
        store.matters.add(matter("XH-261124-004", owner_id=5, due_at=later(days=1), status=Status.DONE), step())
    week = timedelta(days=7)
    with turn(database) as store:
        assert store.matters.overdue([5], later(days=2), week, 9) == [late]
        store.matters.add_note(late, "overdue", "", None, later(days=2))
    with batch_of(database) as store:
        assert store.matters.overdue([5], later(days=3), week, 9) == []
        assert store.matters.overdue([5], later(days=9), week, 9) == [late]


def test_what_is_urgent_and_not_received_is_found_until_it_is_noted(database: Database) -> None:
    urgent = matter("XH-261124-001", owner_id=5, urgency=Urgency.P1)
    with turn(database) as store:
        store.matters.add(urgent, step())
        store.matters.add(matter("XH-261124-002", owner_id=5, urgency=Urgency.P2), step())
        store.matters.add(matter("XH-261124-003", owner_id=5, urgency=Urgency.P1, status=Status.ACCEPTED), step())
    with turn(database) as store:
        assert store.matters.unreceived([5], (Urgency.P1,), NOW, 9) == []
        assert store.matters.unreceived([5], (Urgency.P1,), later(hours=2), 9) == [urgent]
        store.matters.add_note(urgent, "unreceived", "", None, later(hours=2))
    with batch_of(database) as store:
        assert store.matters.unreceived([5], (Urgency.P1,), later(hours=3), 9) == []


def test_the_newest_matter_in_the_same_words_is_found_again(database: Database) -> None:
    mine, others = said("路灯坏了", "o-laowang"), said("路灯坏了", "o-zhangshen")
    hour = timedelta(hours=1)
    with turn(database, mine, others) as store:
        me, she = (store.people.sender(each.actor).contact.id for each in (mine, others))
        old, new = (matter(text="路灯坏了", contact_id=me, filed_at=at) for at in (NOW - 9 * hour, NOW - hour))
        hidden = matter(text="有人收礼", contact_id=me, is_sealed=True)
        for one in (old, new, hidden, matter(text="水管漏了", contact_id=me)):
            store.matters.add(one, step())
    with batch_of(database, mine, others) as store:
        assert store.matters.told(me, "路灯坏了！", NOW - 4 * hour) == new
        assert store.matters.told(she, "路灯坏了", NOW - 4 * hour) is None
        assert store.matters.told(me, "有人收礼", NOW - 4 * hour) is None
    with batch_of(database, mine) as store:
        assert store.matters.told(me, "路灯坏了", NOW) is None
