"""Two processes on one database and a poll: it is counted once, no change is lost, no vote that came in time is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.clock import tick
from bot.dispatch import Dispatch
from domain.messages import Incoming
from handlers.context import Words
from storage import tables, tables_polls
from storage.batch import Batch
from storage.database import Database
from storage.rulebook import Rulebook
from storage.store import DirectoryCache, Store
from tests.handlers.talk import ACCOUNTS, VAULT, Village

Open = Callable[[str], Database]
ROADS = "发起投票 修路选哪条 东路 西路 截止周五晚八点"
on_postgres = pytest.mark.parametrize("engine", ["postgres"], indirect=True)  # SQLite has one writer at a time


def _nothing() -> None:
    pass


@dataclass
class Process:
    """One process: its own connections and what it keeps in memory. It plays a message as bot/turn.py does."""

    database: Database
    words: Words
    directories: DirectoryCache = field(default_factory=DirectoryCache)

    def play(
        self,
        incoming: Incoming,
        now: datetime,
        *,
        when_read: Callable[[], None] = _nothing,
        before_commit: Callable[[], None] = _nothing,
    ) -> str:
        """`when_read`: what happens elsewhere once this process has read the polls, `before_commit`: before it ends."""
        dispatch = Dispatch(lambda: self.words, ACCOUNTS)
        with Batch(self.database) as batch:
            store = Store(batch, self.directories, VAULT, [incoming])
            store.prefetch([incoming], now)
            when_read()
            with batch.turn():
                outcome = dispatch(store, incoming, now)
                store.inbox.finish(incoming, outcome.reply, "none", is_secret=outcome.is_secret)
            before_commit()
        return outcome.reply or ""


@pytest.fixture
def village(database: Database, rulebook: Rulebook[Words]) -> Village:
    return Village(database, rulebook.value)


@pytest.fixture
def pair(database_url: str, open_database: Open, rulebook: Rulebook[Words]) -> tuple[Process, Process]:
    one, other = (Process(open_database(database_url), rulebook.value) for _ in range(2))
    return one, other


def asked(village: Village, how: str = "") -> Any:
    village.say("书记", f"{ROADS} {how}")
    village.say("书记", "1")
    return poll_of(village)


def poll_of(village: Village) -> Any:
    return village.rows(tables_polls.polls)[-1]


def closings(village: Village) -> int:
    return sum(row.thing == "poll" and row.became == "closed" for row in village.rows(tables.ledger))


@pytest.fixture
def counting(village: Village) -> datetime:
    """A secret poll with three votes, and the moment it may be counted."""
    closes_at: datetime = asked(village, "不记名").closes_at
    for who, choice in (("老王", "1"), ("张婶", "2"), ("小陈", "1")):
        village.say(who, f"投{choice}")
    village.now = closes_at + timedelta(seconds=11)
    return village.now


def check_counted_once(village: Village) -> None:
    poll, [lists] = poll_of(village), village.rows(tables_polls.poll_lists)
    told = [row.body for row in village.rows(tables.outbox) if row.purpose in ("post.result", "poll.result")]
    assert poll.result.startswith("[[2, 1], 3, 300,")
    assert len(lists.choices.split("\n")) == len(lists.receipts.split("\n")) == 3
    assert lists.digest in poll.result
    assert told
    assert all(lists.digest in text for text in told)
    assert closings(village) == 1


def test_two_parts_of_a_tick_count_a_secret_poll_once(
    village: Village, counting: datetime, pair: tuple[Process, Process]
) -> None:
    """The one that waited for the other counted again: no ballots were left, and the result was wiped."""
    one, other = pair
    waiting = threading.Thread(target=lambda: other.play(tick(counting, 2), counting))

    def start() -> None:
        waiting.start()
        time.sleep(0.5)  # it stands before the lock of the clock, or of the file

    one.play(tick(counting, 1), counting, before_commit=start)
    waiting.join(20)
    check_counted_once(village)


def unlocked(message: Incoming) -> Incoming:
    """The same by another name of the clock: nothing but the poll itself stands between the two."""
    return replace(message, actor=replace(message.actor, native_id="another clock"))


@on_postgres
def test_whoever_read_the_poll_before_it_was_counted_does_not_count_it_again(
    village: Village, counting: datetime, pair: tuple[Process, Process]
) -> None:
    one, other = pair

    def count_first() -> None:
        one.play(tick(counting, 1), counting)

    other.play(unlocked(tick(counting, 2)), counting, when_read=count_first)
    check_counted_once(village)


@on_postgres
def test_two_that_count_at_once_count_once(village: Village, counting: datetime, pair: tuple[Process, Process]) -> None:
    """Both have read an open poll; the second waits until the first has committed."""
    one, other = pair
    waiting = threading.Thread(target=lambda: other.play(unlocked(tick(counting, 2)), counting))

    def start() -> None:
        waiting.start()
        time.sleep(0.5)

    one.play(tick(counting, 1), counting, before_commit=start)
    waiting.join(20)
    check_counted_once(village)


@on_postgres
def test_an_extension_is_not_lost_to_the_reminder_of_another_process(
    village: Village, pair: tuple[Process, Process]
) -> None:
    """The tick of 24 h before had read the poll; it wrote the closing back that the organiser had put off."""
    one, other = pair
    now = asked(village).closes_at - timedelta(hours=24)
    village.now = now

    def put_off() -> None:
        assert "延长到11月29日" in one.play(village.text("书记", "投票延长到周日晚八点"), now)

    other.play(tick(now), now, when_read=put_off)
    assert poll_of(village).closes_at == now + timedelta(hours=72)
    assert poll_of(village).reminded_for is None
    village.later(hours=48)
    assert poll_of(village).reminded_for == poll_of(village).closes_at


@on_postgres
def test_of_two_who_put_it_off_at_once_neither_brings_the_closing_nearer(
    village: Village, pair: tuple[Process, Process]
) -> None:
    one, other = pair
    closes_at = asked(village).closes_at

    def further() -> None:
        one.play(village.text("书记", "投票延长到下周三晚八点"), village.now)

    said = other.play(village.text("文书", "投票延长到周日晚八点"), village.now, when_read=further)
    assert poll_of(village).closes_at == closes_at + timedelta(days=5)
    assert "要延长就说个更晚的时间" in said


@on_postgres
def test_a_poll_that_was_counted_meanwhile_is_neither_put_off_nor_replaced(
    village: Village, counting: datetime, pair: tuple[Process, Process]
) -> None:
    one, other = pair
    village.now = counting - timedelta(seconds=12)
    village.say("书记", "投票1题目改成选谁当九社社长")
    assert "11月29日 周日 晚8点截止" in village.say("书记", "截止周日晚八点")

    def count_first() -> None:
        one.play(tick(counting, 1), counting)

    other.play(village.text("书记", "1"), counting, when_read=count_first)
    check_counted_once(village)
    assert [row.state for row in village.rows(tables_polls.polls)] == ["closed"]


def test_a_vote_that_came_in_time_to_another_process_is_counted(village: Village) -> None:
    """On SQLite the worker counted on the stroke of the hour, while the vote still waited in the web process."""
    closes_at = asked(village).closes_at
    village.now = closes_at - timedelta(seconds=1)
    vote = village.text("老王", "投1")
    village.now = closes_at + timedelta(milliseconds=100)
    village.tick()
    assert poll_of(village).state == "open"
    village.now = closes_at + timedelta(milliseconds=400)
    assert "您家投的是 1 东路" in village.play(vote)[0]
    assert "已经截止" in village.say("张婶", "投1")
    village.later(seconds=11)
    assert poll_of(village).result.startswith("[[1, 0], 1, 300")


def test_the_count_waits_for_a_vote_that_was_accepted_and_not_played(village: Village) -> None:
    closes_at = asked(village).closes_at
    village.now = closes_at - timedelta(seconds=1)
    vote = village.text("老王", "投1")
    with Batch(village.database) as batch:
        Store(batch, DirectoryCache(), VAULT).inbox.accept(vote)
    village.now = closes_at + timedelta(seconds=12)
    village.tick()
    assert poll_of(village).state == "open"
    assert "您家投的是 1 东路" in village.play(vote)[0]
    village.later(seconds=2)
    assert poll_of(village).result.startswith("[[1, 0], 1, 300")
