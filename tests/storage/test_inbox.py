"""The inbox: one row for a message however often it comes, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.messages import Incoming, Kind, Media, Place, Trust
from storage.database import Database
from storage.inbox import MAX_ATTEMPTS, ORPHANED_AFTER, RETRY_AFTER
from tests.storage.desk import NOW, VAULT, batch_of, count, later, rows, said, turn
from tests.storage.test_matters import spoken_of

FULL = replace(
    said("看这张照片", event="m:full"),
    kind=Kind.IMAGE,
    platform_time=NOW,
    to="gh_1",
    group="xinghe",
    addressed=False,
    media=Media("id-1", "http://127.0.0.1/p", "jpg"),
    place=Place(30.5, 104.1, "九社桥头"),
    quote="那盏灯",
    trust=Trust.SIGNED_URL,
    data={"key": "hh.231", "keys": "former"},
)


def test_an_accepted_message_is_played_again_exactly_as_it_came(database: Database) -> None:
    with batch_of(database, FULL) as store:
        store.inbox.accept(FULL)
    with batch_of(database) as store:
        assert store.inbox.waiting(NOW) == []
        assert store.inbox.waiting(NOW + ORPHANED_AFTER) == [FULL]


def test_accepting_a_message_that_is_there_leaves_it_as_it_is(database: Database) -> None:
    incoming = said("一")
    with turn(database, incoming) as store:
        store.inbox.finish(incoming, "好", "response")
    with batch_of(database, incoming) as store:
        store.inbox.accept(incoming)
    assert [(row.state, row.reply) for row in rows(database, "inbox")] == [("done", "好")]


def test_a_finished_message_keeps_its_reply_and_how_it_travelled(database: Database) -> None:
    incoming = said("一")
    with turn(database, incoming) as store:
        assert store.inbox.entry(incoming) is None
        store.inbox.accept(incoming)
        row = store.inbox.finish(incoming, "记下了", "outbox")
    with batch_of(database, incoming) as store:
        entry = store.inbox.entry(incoming)
        assert entry is not None
        assert (entry.id, entry.is_finished, entry.reply, entry.carried_by) == (row, True, "记下了", "outbox")
        store.inbox.carry(incoming, entry, "response")
    assert [row.carried_by for row in rows(database, "inbox")] == ["response"]


def test_a_message_known_to_another_process_is_refused_a_second_row(database: Database) -> None:
    incoming = said("一")
    with turn(database, incoming) as store:
        store.inbox.finish(incoming, "好", "response")
    with pytest.raises(IntegrityError), turn(database) as store:  # not prefetched: as if it had come in between
        store.inbox.finish(incoming, "好", "response")
    assert count(database, "inbox") == 1


def test_the_same_message_id_of_another_sender_or_account_is_another_message(database: Database) -> None:
    one = said("一", event="m:o-a:1")
    other = replace(one, event_id="m:o-b:1")
    elsewhere = replace(one, account="town", actor=replace(one.actor, account="town"))
    with turn(database, one, other, elsewhere) as store:
        for incoming in (one, other, elsewhere):
            assert store.inbox.entry(incoming) is None
            store.inbox.finish(incoming, "好", "response")
    assert count(database, "inbox") == 3


def test_a_turn_that_raised_is_tried_again_and_parked_after_the_third_time(database: Database) -> None:
    incoming, now = said("一"), NOW
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with turn(database, incoming, now=now) as store:
            entry = store.inbox.fail(incoming, "ZeroDivisionError", now)
        assert (entry.attempts, entry.state) == (attempt, "parked" if attempt == MAX_ATTEMPTS else "new")
        with batch_of(database) as store:
            assert store.inbox.waiting(now) == []
            now += RETRY_AFTER[attempt - 1] if attempt < MAX_ATTEMPTS else timedelta(days=1)
            assert store.inbox.waiting(now) == ([incoming] if attempt < MAX_ATTEMPTS else [])
            assert store.inbox.parked() == (1 if attempt == MAX_ATTEMPTS else 0)
    assert [(row.error, row.retry_at) for row in rows(database, "inbox")] == [("ZeroDivisionError", None)]


def test_a_secret_message_leaves_no_words(database: Database) -> None:
    incoming = said("村主任吃低保", event="m:secret")
    with turn(database, incoming) as store:
        store.inbox.finish(incoming, "已密报镇纪委", "response", is_secret=True)
    assert spoken_of(database, "村主任吃低保") == []
    assert spoken_of(database, "已密报镇纪委") == []
    with batch_of(database, incoming) as store:
        entry = store.inbox.entry(incoming)
        assert entry is not None
        assert entry.reply == "已密报镇纪委"


def test_a_secret_message_that_had_to_wait_leaves_no_words_in_its_row(database: Database) -> None:
    """Accepted ahead of its turn it is not yet known to be secret; once it is, the row forgets it."""
    incoming = replace(said("村主任吃低保", event="m:secret"), quote="村主任吃低保", media=Media("村主任吃低保"))
    with batch_of(database, incoming) as store:
        store.inbox.accept(incoming)
    with turn(database, incoming) as store:
        store.inbox.finish(incoming, "已密报镇纪委", "outbox", is_secret=True)
    assert all("村主任" not in str(row) and "密报" not in str(row) for row in rows(database, "inbox"))


def test_the_oldest_waiting_are_played_first_and_only_so_many_at_once(database: Database) -> None:
    waiting = [said(str(number)) for number in range(5)]
    with batch_of(database, *waiting) as store:
        for incoming in waiting:
            store.inbox.accept(incoming)
    with batch_of(database) as store:
        assert store.inbox.waiting(later(minutes=1), limit=3) == waiting[:3]


def test_only_finished_messages_are_forgotten_and_only_old_ones(database: Database) -> None:
    old, new, unfinished, failed = said("一"), replace(said("二"), received_at=later(days=8)), said("三"), said("四")
    with turn(database, old, new, unfinished, failed) as store:
        store.inbox.finish(old, None, "none")
        store.inbox.finish(new, None, "none")
        store.inbox.accept(unfinished)
        for _ in range(MAX_ATTEMPTS):
            store.inbox.fail(failed, "KeyError", later(minutes=1))
    with batch_of(database) as store:
        assert store.inbox.prune(later(days=7)) == 2
    assert [row.text for row in rows(database, "inbox")] == ["二", "三"]


@pytest.mark.parametrize("overheard", [False, True])
def test_what_failed_for_good_lies_sealed_and_what_was_overheard_not_at_all(
    database: Database, overheard: bool
) -> None:
    broken = replace(
        said("会计把钱装自己腰包了"), addressed=not overheard, group="g-1" if overheard else "", quote="引用"
    )
    with turn(database, broken) as store:
        for _ in range(MAX_ATTEMPTS):
            store.inbox.fail(broken, "KeyError", later(minutes=1))
    [row] = rows(database, "inbox")
    assert row.state == "parked"
    assert "腰包" not in row.text
    assert "引用" not in row.extra
    assert VAULT.open(row.text) == ("" if overheard else broken.text)


@pytest.mark.parametrize("text", ["", "😀" * 500, "一" * 20_000, "'; drop table inbox; --", "%_\\", "\t\r\n", "\u200b"])
def test_whatever_is_said_is_kept_as_it_is(database: Database, text: str) -> None:
    incoming: Incoming = said(text)
    with batch_of(database, incoming) as store:
        store.inbox.accept(incoming)
    with batch_of(database) as store:
        assert store.inbox.waiting(NOW + ORPHANED_AFTER) == [incoming]
