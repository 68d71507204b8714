"""Whose turn it is: in order to one address, past whatever waits, and nobody is forgotten behind it."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import turns
from storage.database import Database
from storage.letters import Letter
from storage.outbox import LEASE, Post, Priority
from tests.storage.desk import NOW, batch_of, later, post, put, rows


def held(database: Database) -> list[str]:
    return [row.body for row in rows(database, "outbox") if row.held]


def begun_with_many_behind(database: Database, many: int) -> Post:
    """The first of them was tried in vain and is tried again in five minutes."""
    put(database, *(f"{number:04}" for number in range(many)))
    sender = post(database)
    sender.put_back(sender.claim(NOW, 1)[0], later(minutes=5), "busy")
    return sender


def test_what_waits_behind_a_begun_letter_is_walked_past_once(database: Database) -> None:
    sender = begun_with_many_behind(database, 1500)
    put(database, "别人的", address="person:2")
    assert [letter.text for letter in sender.claim(NOW, 5)] == ["别人的"]
    assert held(database) == [f"{number:04}" for number in range(1, 1500)]
    with database.write() as connection:
        assert sender._turns.next(connection, NOW, 5) == []
        due = connection.exec_driver_sql("select count(*) from outbox where state = 'pending' and held = ''").scalar()
    assert due == 1, "only the begun one itself is left where the next is looked for"


def test_when_it_has_arrived_the_others_follow_in_order_with_those_written_since(database: Database) -> None:
    sender = begun_with_many_behind(database, 1000)
    assert sender.claim(NOW) == []
    put(database, "以后写的")
    assert sender.next_due() is not None
    now, heard = later(minutes=5), []
    while letters := sender.claim(now, 300):
        heard += [letter.text for letter in letters]
        sender.mark(letters, "sent", now)
    assert heard == [*(f"{number:04}" for number in range(1000)), "以后写的"]
    assert sender.next_due() is None


def test_another_rank_and_another_address_do_not_wait(database: Database) -> None:
    sender = begun_with_many_behind(database, 3)
    put(database, "回话", priority=Priority.REPLY)
    put(database, "十一号", address="person:11")
    assert {letter.text for letter in sender.claim(NOW)} == {"回话", "十一号"}
    assert held(database) == ["0001", "0002"]


def test_held_letters_can_be_taken_back_and_are_let_go_when_the_begun_one_is(database: Database) -> None:
    put(database, "一", once="a")
    put(database, "二", once="b")
    put(database, "三", once="c")
    sender = post(database)
    sender.put_back(sender.claim(NOW, 1)[0], later(days=1), "busy")
    assert sender.claim(NOW) == []
    with batch_of(database) as store:
        assert store.outbox.recall_letter("b", NOW)
        assert store.outbox.recall_letter("a", NOW)
    assert [letter.text for letter in sender.claim(NOW)] == ["三"]


def test_a_sender_killed_with_letters_held_behind_its_own_leaves_them_to_the_next(database: Database) -> None:
    put(database, "一", "二", "三")
    post(database, "killed").claim(NOW, 1)
    other = post(database, "other")
    assert other.claim(NOW) == []
    assert held(database) == ["二", "三"]
    after = NOW + LEASE + (later(seconds=1) - NOW)
    [first] = other.claim(after)
    other.mark([first], "sent", after)
    assert [first.text, *(letter.text for letter in other.claim(after))] == ["一", "二", "三"]


def test_more_lines_than_one_claim_looks_at_all_get_their_turn(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LINES", 2)
    sender = post(database)
    for number in range(7):
        put(database, "一", "二", "三", address=f"person:{number}")
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set attempts = 1 where body = '一'")
    assert [letter.text for letter in sender.claim(NOW)] == ["一"] * 7
    assert len(held(database)) == 14
    with database.write() as connection:
        connection.exec_driver_sql("update outbox set state = 'sent' where body = '一'")
    taken = [[letter.text for letter in sender.claim(NOW)] for _ in range(4)]
    assert taken == [["二", "三"] * 2, ["二", "三"] * 2, ["二", "三"] * 2, ["二", "三"]]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(1, 3), st.integers(1, 4)),
        st.tuples(st.just("claim"), st.integers(0, 1), st.integers(1, 6)),
        st.tuples(st.just("send"), st.integers(0, 1), st.integers(1, 6)),
        st.tuples(st.just("fail"), st.integers(0, 1), st.integers(1, 3)),
        st.tuples(st.just("wait"), st.integers(1, 40), st.just(0)),
    ),
    max_size=40,
)


class Office:
    """Two senders and the letters they hold."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, NOW
        self.posts = [post(database, "a"), post(database, "b")]
        self.hands: list[list[Letter]] = [[], []]
        self.numbers = itertools.count()
        self.sent: dict[str, list[str]] = defaultdict(list)

    def put(self, address: int, many: int) -> None:
        texts = [f"{next(self.numbers):04}" for _ in range(many)]
        put(self.database, *texts, address=f"person:{address}", due_at=self.now)

    def claim(self, who: int, many: int) -> None:
        before = rows(self.database, "outbox")
        under_way = [r for r in before if r.attempts and r.state in ("pending", "claimed")]
        for letter in self.posts[who].claim(self.now, many):
            overtaken = [r for r in under_way if r.address == letter.address and r.id < letter.id]
            assert all(r.lease_until is not None and r.lease_until < self.now for r in overtaken)
            self.hands = [[held for held in hand if held.id != letter.id] for hand in self.hands]
            self.hands[who].append(letter)

    def _taken(self, who: int, many: int) -> list[Letter]:
        mine, self.hands[who] = self.hands[who][:many], self.hands[who][many:]
        holders = {row.id: row.lease_by for row in rows(self.database, "outbox") if row.state == "claimed"}
        return [letter for letter in mine if holders.get(letter.id) == self.posts[who].name]

    def send(self, who: int, many: int) -> None:
        mine = self._taken(who, many)
        self.posts[who].mark(mine, "sent", self.now)
        for letter in mine:
            self.sent[letter.address].append(letter.text)

    def fail(self, who: int, many: int) -> None:
        for letter in self._taken(who, many):
            self.posts[who].put_back(letter, later(seconds=(self.now - NOW).total_seconds() + 20), "busy")

    def wait(self, seconds: int, _: int) -> None:
        self.now += later(seconds=seconds) - NOW


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_no_letter_overtakes_a_begun_one_and_all_arrive_once(
    database: Database, acts: list[tuple[str, int, int]]
) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("delete from outbox")
    office = Office(database)
    for name, first, second in acts:
        getattr(office, name)(first, second)
    for _ in range(400):
        office.wait(30, 0)
        office.claim(0, 50)
        office.send(0, 50)
        office.send(1, 50)
        if office.posts[0].next_due() is None:
            break
    told = [text for texts in office.sent.values() for text in texts]
    assert sorted(told) == [row.body for row in rows(database, "outbox")]
    assert {row.state for row in rows(database, "outbox")} <= {"sent"}
