"""Ballots on both engines: the newest of a roll entry counts, whatever the order in which processes commit."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from domain.polls import Ballot, Poll, Scope, State, Unit, count, event_order
from domain.secret_ballots import marks_of
from storage import tables, tables_polls
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.ledger import Step
from storage.store import DirectoryCache, Store
from storage.vault import new_key
from tests.storage.desk import NOW, VAULT, VILLAGE, turn

STEP = Step(NOW, "clock", "test")


def made(database: Database, entries: Iterable[int], *, is_secret: bool = False, options: int = 3) -> Poll:
    """An open poll with that roll."""
    entries = list(entries)
    poll = Poll(
        new_id(), new_id() % 10**9, 1, VILLAGE, VILLAGE, Scope((VILLAGE,)), "修路选哪条",
        tuple("东西南北中"[:options]), Unit.HOUSEHOLD, True, is_secret, not is_secret, State.OPEN,
        NOW - timedelta(days=1), NOW + timedelta(days=1), 1, len(entries), key=new_key() if is_secret else b"",
    )  # fmt: skip
    with turn(database) as store:
        store.polls.add(poll, entries, STEP)
    return poll


def vote(second: float, choice: int, number: int = 1) -> Ballot:
    return Ballot(choice, NOW + timedelta(seconds=second), event_order(f"m:{number}"))


def cast(database: Database, poll: Poll, entry: int, ballot: Ballot) -> None:
    with turn(database) as store:
        store.polls.cast(poll, entry, ballot)


def standing(database: Database, poll: Poll) -> dict[int, int]:
    """What counts, by roll entry."""
    with turn(database) as store:
        roll = tables_polls.poll_roll.c
        entries = [row.entry for row in store.batch.read(select(roll.entry).where(roll.poll_id == poll.id))]
        found = {entry: store.polls.entry(poll, entry).ballot for entry in entries}
    return {entry: ballot.choice for entry, ballot in found.items() if ballot is not None}


@pytest.mark.parametrize("is_secret", [False, True])
def test_the_later_vote_counts_in_whatever_order_they_commit(database: Database, is_secret: bool) -> None:
    poll = made(database, [1, 2], is_secret=is_secret)
    blind_to_each_other(database, poll, [(1, vote(5, 2)), (1, vote(3, 1)), (2, vote(1, 1)), (2, vote(2, 4))])
    assert standing(database, poll) == {1: 2, 2: 4}


def blind_to_each_other(database: Database, poll: Poll, votes: list[tuple[int, Ballot]]) -> None:
    """Cast each vote as a process would that read the ballots before any of the others was there."""
    for entry, ballot in votes:
        with Batch(database) as batch:
            store = Store(batch, DirectoryCache(), VAULT)
            from storage.polls import Entry

            batch.remember("roll", (poll.id, entry), Entry(True))  # what it read long ago: nothing cast yet
            with batch.turn():
                store.polls.cast(poll, entry, ballot)


def test_two_votes_of_one_second_are_ordered_by_their_numbers(database: Database) -> None:
    poll = made(database, [1])
    blind_to_each_other(database, poll, [(1, vote(1, 1, 10)), (1, vote(1, 2, 9))])
    assert standing(database, poll) == {1: 1}


def test_a_secret_ballot_table_names_nobody_and_no_time(database: Database) -> None:
    poll = made(database, range(1, 50), is_secret=True)
    for entry in range(1, 50):
        cast(database, poll, entry, vote(entry, 1))
    with database.read() as connection:
        rows = list(connection.execute(select(tables_polls.secret_ballots)))
        assert list(connection.execute(select(tables_polls.ballots))) == []
    by_token = {marks_of(poll.key, entry).token: entry for entry in range(1, 50)}
    in_order_of_blind = [by_token[row.token] for row in sorted(rows, key=lambda row: row.blind)]
    assert in_order_of_blind != list(range(1, 50))
    assert in_order_of_blind != list(range(49, 0, -1))


def test_ten_thousand_random_interleavings_never_count_more_than_the_roll(database: Database) -> None:
    """Every roll entry is an interleaving of its own: two phones, retries, changes of mind, committed out of order."""
    dice = random.Random(7)
    entries = range(1, 10_001)
    poll = made(database, entries)
    newest: dict[int, Ballot] = {}
    messages: list[tuple[int, Ballot]] = []
    for entry in entries:
        votes = [
            vote(dice.randrange(60), 1 << dice.randrange(3), dice.randrange(10**6)) for _ in range(dice.randint(0, 4))
        ]
        votes += dice.choices(votes, k=dice.randint(0, 2)) if votes else []
        dice.shuffle(votes)
        messages += [(entry, ballot) for ballot in votes]
        if votes:
            newest[entry] = max(votes, key=lambda ballot: ballot.age)
    dice.shuffle(messages)
    for start in range(0, len(messages), 2000):
        part = messages[start : start + 2000]
        with Batch(database) as batch:
            store = Store(batch, DirectoryCache(), VAULT)
            store.batch.together(store.polls._fetch({(poll.id, entry): poll for entry, _ in part}))
            for entry, ballot in part:
                with batch.turn():
                    store.polls.cast(poll, entry, ballot)
    with turn(database) as store:
        result = count(store.polls.by_choice(poll), len(poll.options), poll.roll)
    assert result.voted == len(newest) <= poll.roll
    assert result.counts == tuple(sum(b.choice == 1 << n for b in newest.values()) for n in range(3))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.integers(0, 5), st.sampled_from([1, 2, 4]), st.integers(0, 9)), max_size=12
    ),
    st.randoms(),
)
def test_no_order_of_arrival_changes_the_count(sent: list[tuple[int, int, int, int]], dice: random.Random) -> None:
    """Pure: the newest of each entry counts, and no more entries than sent anything."""
    from domain.polls import newest

    def counted(messages: list[tuple[int, int, int, int]]) -> dict[int, Ballot]:
        kept: dict[int, Ballot] = {}
        for entry, second, _choice, number in messages:
            kept[entry] = newest(kept.get(entry), vote(second, 1 << number % 3, number))
        return kept

    shuffled = list(sent)
    dice.shuffle(shuffled)
    assert counted(sent) == counted(shuffled) == counted(sent + sent)


def test_two_writers_at_once_agree_and_do_not_deadlock(database: Database) -> None:
    """Each writes every entry, in opposite orders, in batches; the later votes of the second stand."""
    entries = list(range(1, 121))
    poll = made(database, entries)

    def write(second: int, choice: int, order: list[int]) -> None:
        for start in range(0, len(order), 20):
            with Batch(database) as batch:
                store = Store(batch, DirectoryCache(), VAULT)
                batch.together(store.polls._fetch({(poll.id, entry): poll for entry in order[start : start + 20]}))
                for entry in order[start : start + 20]:
                    with batch.turn():
                        store.polls.cast(poll, entry, vote(second, choice))

    threads = [
        threading.Thread(target=write, args=(1, 1, entries)),
        threading.Thread(target=write, args=(2, 2, entries[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert standing(database, poll) == dict.fromkeys(entries, 2)


def test_polls_are_read_again_when_another_process_changed_one(database: Database) -> None:
    cache = DirectoryCache()

    def seen() -> set[int]:
        with Batch(database) as batch:
            return {poll.id for poll in Store(batch, cache, VAULT).polls.alive_in(VILLAGE)}

    assert seen() == set()
    poll = made(database, [1])
    assert seen() == {poll.id}


def test_what_closed_last_is_known_in_its_batch_and_to_every_process(database: Database) -> None:
    ours, theirs = DirectoryCache(), DirectoryCache()
    first, second, open_ = (made(database, [1]) for _ in range(3))
    for poll, hours in ((second, 2), (first, 1)):
        with Batch(database) as batch:
            store = Store(batch, ours, VAULT)
            with batch.turn():
                store.polls.save(replace(poll, state=State.CLOSED, closes_at=NOW + timedelta(hours=hours)), STEP)
            assert (found := store.polls.last_closed(VILLAGE)) is not None
            assert found.id == second.id  # by its closing time, not by when it was written
    for directories in (ours, theirs):
        with Batch(database) as batch:
            polls = Store(batch, directories, VAULT).polls
            assert (found := polls.last_closed(VILLAGE)) is not None
            assert (found.id, found.state) == (second.id, State.CLOSED)
            assert open_.id in [poll.id for poll in polls.alive_in(VILLAGE)]
            assert polls.last_closed(-1) is None


def test_the_roll_holds_whom_the_scope_names(database: Database) -> None:
    with turn(database) as store:
        rolls = store.rolls
        assert len(rolls.entries(Scope((VILLAGE,)), Unit.HOUSEHOLD, 2026)) == 300
        assert len(rolls.entries(Scope((VILLAGE,)), Unit.PERSON, 2026)) == 780
        assert len(rolls.entries(Scope((VILLAGE,), party_only=True), Unit.PERSON, 2026)) == 60
        below = tuple(area.id for area in store.directory.children(VILLAGE))
        assert len(rolls.entries(Scope((VILLAGE, *below)), Unit.REPRESENTATIVE, 2026)) == 42


def test_children_and_the_dead_are_on_no_roll(database: Database) -> None:
    with database.write() as connection:
        people = tables.people
        connection.execute(people.update().where(people.c.id == 1).values(born_year=2015))
        connection.execute(people.update().where(people.c.id == 2).values(status="dead"))
    with turn(database) as store:
        assert len(store.rolls.entries(Scope((VILLAGE,)), Unit.PERSON, 2026)) == 778
