"""The outbox: said once, claimed once, never lost, never sent twice where that would hurt."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from domain.delivery import next_midnight
from storage.backlog import Backlog
from storage.database import Database
from storage.outbox import LEASE, Priority, Repeat
from storage.routes import Route, routes_of
from tests.conftest import SECRET
from tests.storage.desk import NOW, batch_of, count, later, post, put, rows, turn

ROOT = Path(__file__).resolve().parents[2]


def test_what_was_told_once_is_not_told_again(database: Database) -> None:
    put(database, "通知", once="meeting:12:reminder:24h")
    put(database, "再通知", "三通知", once="meeting:12:reminder:24h")
    put(database, "没有once", "也没有")
    assert [row.body for row in rows(database, "outbox")] == ["通知", "没有once", "也没有"]


def test_a_batch_that_loses_the_race_for_a_sentence_still_commits(database: Database) -> None:
    """Two processes decide the same at once; the second one's other rows stay."""
    if database.is_sqlite:
        put(database, "先", once="fact")
        put(database, "后", once="fact")
        assert count(database, "outbox") == 1
        return
    started, done = threading.Event(), threading.Event()

    def first() -> None:
        with batch_of(database) as store:
            with store.batch.turn():
                store.outbox.put("person:1", "test", "先", NOW, once="fact")
            store.outbox.about("person:1")  # writes it, uncommitted
            started.set()
            done.wait(5)

    other = threading.Thread(target=first)
    other.start()
    started.wait(5)
    threading.Timer(0.2, done.set).start()
    with turn(database) as store:
        store.outbox.put("person:1", "test", "后", NOW, once="fact")
        store.outbox.put("person:2", "test", "另一件", NOW)
    other.join(5)
    assert [row.body for row in rows(database, "outbox")] == ["先", "另一件"]


def test_due_letters_are_claimed_in_order_of_life_then_answers_then_bulk(database: Database) -> None:
    put(database, "群发", priority=Priority.BULK)
    put(database, "通知一", "通知二")
    put(database, "回复", priority=Priority.REPLY)
    put(database, "救命", priority=Priority.LIFE)
    put(database, "明天的", due_at=later(days=1))
    assert [letter.text for letter in post(database).claim(NOW)] == ["救命", "回复", "通知一", "通知二", "群发"]


def test_a_claimed_letter_is_nobody_elses_until_its_lease_runs_out(database: Database) -> None:
    put(database, "一")
    put(database, "二", address="person:2")
    one, two = post(database, "one"), post(database, "two")
    mine = one.claim(NOW, limit=1)
    theirs = two.claim(NOW)
    assert [letter.text for letter in mine + theirs] == ["一", "二"]
    assert two.claim(NOW + LEASE - timedelta(seconds=1)) == []
    late = two.claim(NOW + LEASE + timedelta(seconds=1))
    assert sorted(letter.text for letter in late) == ["一", "二"]
    assert {letter.attempts for letter in late} == {2}


def test_a_later_letter_to_the_same_address_waits_for_the_one_being_sent(database: Database) -> None:
    put(database, "一", "二")
    put(database, "回复", priority=Priority.REPLY)
    put(database, "以后的", due_at=later(days=1))
    one, two = post(database, "one"), post(database, "two")
    first = one.claim(NOW, limit=2)
    assert [letter.text for letter in first] == ["回复", "一"]
    assert two.claim(NOW) == []
    one.put_back(first[1], later(seconds=5), "busy")
    assert two.claim(NOW) == []
    assert [letter.text for letter in two.claim(later(seconds=5))] == ["一"]
    one.mark(first[:1], "sent", NOW)
    two.mark(first[1:], "sent", NOW)
    assert [letter.text for letter in two.claim(later(seconds=6))] == ["二"]


def test_villages_take_turns_and_one_that_sends_to_all_does_not_hold_up_another(database: Database) -> None:
    for number in range(30):
        put(database, f"甲村{number}", address=f"person:{number}", village_id=3, priority=Priority.BULK)
    for number in range(3):
        put(database, f"乙村{number}", address=f"person:{100 + number}", village_id=4, priority=Priority.BULK)
    put(database, "回话", address="person:200", village_id=3, priority=Priority.REPLY)
    taken = [letter.text for letter in post(database).claim(NOW, limit=8)]
    assert taken[0] == "回话"
    assert sorted(taken[1:]) == ["乙村0", "乙村1", "乙村2", "甲村0", "甲村1", "甲村2", "甲村3"]


def test_a_letter_another_took_over_is_not_marked_by_the_one_who_lost_it(database: Database) -> None:
    put(database, "一")
    one, two = post(database, "one"), post(database, "two")
    lost = one.claim(NOW)
    two.claim(later(minutes=5))
    one.mark(lost, "sent", later(minutes=5))
    one.put_back(lost[0], NOW, "busy")
    assert [(row.state, row.lease_by) for row in rows(database, "outbox")] == [("claimed", "two")]


def test_what_may_never_be_repeated_goes_to_a_person_when_its_lease_runs_out(database: Database) -> None:
    """The sender was killed between sending and marking: nobody knows whether it arrived (design §3)."""
    put(database, "只能说一次", repeat=Repeat.NEVER)
    put(database, "可以再说", repeat=Repeat.YES)
    assert len(post(database, "killed").claim(NOW)) == 2
    again = post(database, "next").claim(later(minutes=5))
    assert [letter.text for letter in again] == ["可以再说"]
    assert [row.state for row in rows(database, "outbox")] == ["stuck", "claimed"]


def test_sent_letters_are_closed_and_put_back_ones_come_again(database: Database) -> None:
    put(database, "一", "二", "三")
    sender = post(database)
    sent, back, stuck = sender.claim(NOW)
    sender.mark([sent], "sent", NOW, receipt="r1")
    sender.put_back(back, later(seconds=5), "busy")
    sender.mark([stuck], "stuck", NOW, "unreachable")
    assert [(row.state, row.error, row.receipt) for row in rows(database, "outbox")] == [
        ("sent", "", "r1"),
        ("pending", "busy", ""),
        ("stuck", "unreachable", ""),
    ]
    assert sender.claim(NOW) == []
    assert sender.next_due() == later(seconds=5)
    assert [letter.text for letter in sender.claim(later(seconds=5))] == ["二"]
    assert sender.counts() == {"sent": 1, "claimed": 1, "stuck": 1}


def test_a_letter_nobody_has_begun_to_send_can_be_taken_back(database: Database) -> None:
    put(database, "回复", once="reply:7")
    put(database, "在路上", once="reply:8")
    post(database).claim(NOW)
    put(database, "还没寄", once="reply:9")
    with batch_of(database) as store:
        assert not store.outbox.recall_letter("reply:7", NOW)
        assert store.outbox.recall_letter("reply:9", NOW)
        assert not store.outbox.recall_letter("reply:9", NOW)
        assert not store.outbox.recall_letter("reply:10", NOW)
    assert [row.state for row in rows(database, "outbox")] == ["claimed", "claimed", "carried"]


def test_whether_anything_left_is_told_by_its_sentence(database: Database) -> None:
    put(database, "一", once="alarm:1:0:5")
    put(database, "二", once="alarm:12:0:5")
    sender = post(database)
    sender.mark([letter for letter in sender.claim(NOW) if letter.text == "二"], "sent", NOW)
    with batch_of(database) as store:
        assert store.outbox.any_sent("alarm:12:")
        assert not store.outbox.any_sent("alarm:1:")


def test_a_sealed_letter_reaches_the_sender_in_clear_and_the_table_does_not_know_it(database: Database) -> None:
    put(database, "有人反映村干部", is_secret=True)
    assert "反映" not in str(rows(database, "outbox"))
    assert [letter.text for letter in post(database).claim(NOW)] == ["有人反映村干部"]


@pytest.mark.parametrize("workers", [8])
def test_many_senders_take_every_letter_exactly_once(database: Database, workers: int) -> None:
    put(database, *(str(number) for number in range(400)))
    taken: list[str] = []
    faults: list[BaseException] = []

    def send(name: str) -> None:
        try:
            mine = post(database, name)
            while letters := mine.claim(NOW, limit=7):
                taken.extend(letter.text for letter in letters)
                mine.mark(letters, "sent", NOW)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=send, args=(str(number),)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    assert Counter(taken) == {str(number): 1 for number in range(400)}


def test_two_processes_claim_every_letter_exactly_once(database: Database, database_url: str) -> None:
    put(database, *(str(number) for number in range(300)))
    script = (
        "import sys; from datetime import datetime, UTC; from storage.database import Database, is_passing_fault;"
        "from storage.outbox import Post; from storage.vault import Vault\n"
        f"post = Post(Database({database_url!r}), Vault({SECRET!r}), sys.argv[1]); now = datetime(2026, 11, 24, 1, tzinfo=UTC)\n"
        "while letters := post.claim(now, limit=5):\n"
        "    [print(letter.text) for letter in letters]; post.mark(letters, 'sent', now)\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, name], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    outputs = [process.communicate(timeout=60)[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert Counter(outputs[0] + outputs[1]) == {str(number): 1 for number in range(300)}
    assert [row.state for row in rows(database, "outbox")] == ["sent"] * 300


def test_a_letter_goes_to_every_way_that_reaches_its_address(database: Database) -> None:
    with turn(database) as store:
        wang = store.people.named("陈小军", 3)[0]
        store.outbox.put(f"person:{wang.id}", "test", "给人", NOW)
        store.outbox.put("contact:1", "test", "给微信号", NOW)
        store.outbox.put("group:1", "test", "给群", NOW)
        store.outbox.put("person:999999", "test", "给谁", NOW)
    letters = post(database).claim(NOW)
    routes = routes_of(database, letters)
    assert {letter.text: routes[letter.id] for letter in letters} == {
        "给人": [Route("oa", "demo", "o-xiaochen"), Route("sim", "demo", "o-xiaochen")],
        "给微信号": [Route("oa", "demo", "o-laowang")],
        "给群": [Route("sim", "demo", "xinghe-family", is_group=True)],
        "给谁": [],
    }


def test_what_waits_for_its_account_is_counted_by_village(database: Database) -> None:
    midnight = next_midnight(NOW)
    put(database, "明天发", "也明天发", village_id=3, due_at=midnight)
    put(database, "排着", address="person:2", village_id=4, due_at=later(minutes=30), priority=Priority.BULK)
    put(database, "晚上不吵", address="person:3", village_id=5, due_at=midnight)
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set error = 'rate_day' where village_id < 5")
    with turn(database) as store:
        assert store.stuck.backlogs(later(minutes=5)) == [Backlog(3, 2, 0)]
    with turn(database) as store:
        found = store.stuck.backlogs(later(minutes=25))
    assert sorted(found, key=lambda one: one.village_id) == [Backlog(3, 2, 0), Backlog(4, 0, 1)]
