"""When something of ours breaks: nobody hears silence or a fault banner, and nothing happens twice."""

from __future__ import annotations

import asyncio
import errno
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from bot.clock import tick
from bot.tickets import Carrier
from bot.wiring import House
from domain.messages import Actor, Incoming, Kind
from handlers.context import Words
from handlers.texts import matters as texts
from storage import tables
from storage.batch import Batch
from storage.ids import new_id
from storage.inbox import Inbox
from storage.rulebook import Rulebook
from storage.store import Store
from tests.bot.town import CHEN, LAMP, WANG, ZHANG, Slow, Town, eventually, open_town
from tests.engines import admin, create_database, drop_database, fresh_name
from tests.storage.desk import VAULT, said

BROKEN = "坏消息"
Before = Callable[[Store, Incoming], None]


class Sometimes:
    """Does something to messages with a word in them, until they have been tried so many times."""

    def __init__(self, act: Before, attempts: int = 1_000, word: str = BROKEN) -> None:
        self.act, self.attempts, self.word = act, attempts, word

    def __call__(self, store: Store, incoming: Incoming) -> None:
        entry = store.inbox.entry(incoming)
        if self.word in incoming.text and (entry.attempts if entry else 0) < self.attempts:
            self.act(store, incoming)


def raising(_store: Store, incoming: Incoming) -> None:
    raise LookupError(incoming.text)


def an_impossible_row(store: Store, _incoming: Incoming) -> None:
    """The database refuses it only when the batch is written."""
    store.batch.add(tables.notes, {"id": new_id(), "matter_id": None, "kind": "", "text": "", "at": None})


def a_broken_query(store: Store, _incoming: Incoming) -> None:
    """On PostgreSQL this leaves the whole transaction useless."""
    store.batch.connection.exec_driver_sql("select nothing from nowhere")


def sleeping(seconds: float) -> Before:
    return lambda _store, _incoming: time.sleep(seconds)


async def until_parked(town: Town, many: int, which: Callable[[Any], bool]) -> None:
    """Let the clock go on after every try, until these messages have been tried for the last time."""
    for attempts, seconds in ((1, 6), (2, 61), (3, 0)):
        await eventually(
            lambda wanted=attempts: [r.attempts for r in town.rows("inbox") if which(r)] == [wanted] * many
        )
        town.turn_clock(seconds=seconds)
    assert {row.state for row in town.rows("inbox") if which(row)} == {"parked"}


@pytest.mark.parametrize("fault", [raising, an_impossible_row, a_broken_query])
async def test_a_turn_that_breaks_once_is_acknowledged_and_answered_a_little_later(town: Town, fault: Before) -> None:
    async with town.house(Sometimes(fault, attempts=1)):
        said_ = await town.say(WANG, f"{BROKEN}，{LAMP}")
        assert [delivery.answer for delivery in said_.deliveries] == [b"success"]
        town.turn_clock(seconds=6)
        texts_ = await town.heard(WANG, seconds=15)
        await town.settled()
    assert len(texts_) == 1
    assert "编号 XH-" in texts_[0]
    assert len(town.matters()) == 1
    assert town.states() == {"done": 1}
    assert town.faults == []


@pytest.mark.parametrize("fault", [raising, an_impossible_row])
async def test_a_turn_that_always_breaks_is_parked_and_the_person_is_told_once(town: Town, fault: Before) -> None:
    async with town.house(Sometimes(fault)):
        await town.say(WANG, f"{BROKEN}，{LAMP}")
        await until_parked(town, 1, lambda row: row.actor == WANG)
        texts_ = await town.heard(WANG, seconds=15)
        await town.say(ZHANG, LAMP)
    assert len(texts_) == 1
    assert "李长河" in texts_[0], "he is told whom to turn to"
    [row] = [row for row in town.rows("inbox") if row.actor == WANG]
    assert (row.state, row.attempts) == ("parked", 3)
    assert LAMP not in row.text, "nobody knows what it was: it lies sealed"
    assert row.error in ("LookupError", "IntegrityError")
    assert len(town.matters()) == 1
    assert len(town.texts(ZHANG)) == 1
    assert town.faults == []


@pytest.mark.parametrize("fault", [raising, an_impossible_row, a_broken_query])
async def test_neighbours_in_the_same_commit_are_answered_as_if_nothing_had_happened(town: Town, fault: Before) -> None:
    slow = Sometimes(sleeping(0.5), word="先占住")

    def both(store: Store, incoming: Incoming) -> None:
        slow(store, incoming)
        broken(store, incoming)

    broken = Sometimes(fault)
    neighbours = [f"o-neighbour-{number}" for number in range(9)]
    async with town.house(both):
        first = asyncio.create_task(town.say(ZHANG, f"先占住，{LAMP}"))
        await asyncio.sleep(0.15)
        pushes = [town.platform.push.text(who, LAMP) for who in neighbours]
        pushes.insert(4, town.platform.push.text(WANG, f"{BROKEN}，{LAMP}"))
        outcomes = await town.platform.push.deliver_all(pushes)
        await first
    assert [len(town.texts(who)) for who in neighbours] == [1] * 9
    assert all("编号 XH-" in town.texts(who)[0] for who in neighbours)
    assert outcomes[4].texts == ()
    assert len(town.matters()) == 10
    assert town.states() == {"done": 10, "new": 1}
    assert [row.attempts for row in town.rows("inbox") if row.actor == WANG] == [1]
    assert town.faults == []


async def test_an_apology_that_breaks_does_not_stop_the_house(town: Town) -> None:
    async with town.house(Sometimes(raising)) as house:

        def no_apology(_store: Store, _incoming: Incoming) -> str:
            raise RuntimeError

        house.line._play.apology = no_apology  # type: ignore[method-assign]
        await town.say(WANG, f"{BROKEN}，{LAMP}")
        await until_parked(town, 1, lambda row: row.actor == WANG)
        after = await town.say(ZHANG, LAMP)
    assert len(after.texts) == 1
    assert [row.state for row in town.rows("inbox") if row.actor == WANG] == ["parked"]


async def test_a_line_that_cannot_be_logged_does_not_stop_the_house(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk that held the log as well, the thread that plays the messages ended with the first fault."""
    full = Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr("bot.turn.log", Mock(error=full, exception=full, warning=full))
    town.platform.push.knobs.tries = 1
    async with town.house(Sometimes(an_impossible_row)) as house:
        push = town.platform.push.text(WANG, f"{BROKEN}，{LAMP}")
        assert [each.status for each in (await town.platform.push.deliver(push)).deliveries] == [503]
        after = await town.say(ZHANG, LAMP)
        assert house.checks()["turns"]
    assert len(after.texts) == 1
    assert not house.line.is_playing


async def test_nobody_is_told_of_a_tick_or_an_event_that_broke(town: Town) -> None:
    """He wrote nothing; an apology for it would only puzzle him."""

    def before(_store: Store, incoming: Incoming) -> None:
        if incoming.kind in (Kind.TICK, Kind.UNFOLLOW):
            raise LookupError

    contacts = len(town.rows("contacts"))
    async with town.house(before) as house:
        await town.platform.push.unfollow(WANG)
        house.line.enqueue(replace(tick(town.clock()), event_id="tick:0"))
        await until_parked(town, 2, lambda row: row.event_id == "tick:0" or row.actor == WANG)
    assert [row for row in town.rows("outbox") if row.purpose == "reply"] == []
    assert len(town.rows("contacts")) == contacts


ODD = ("\x00", "路灯\x00坏了", "\ud800", "路灯坏了\udfff", "\ufffe\uffff", "\x1b[31m", "一" * 200_000, "\u202e路灯坏了")


async def test_no_text_whatever_stops_the_house(town: Town) -> None:
    """As a channel that does not clean might hand it in."""
    async with town.house() as house:
        for number, text in enumerate(ODD):
            await _an_odd_text(town, house, number, text)


async def _an_odd_text(town: Town, house: House, number: int, text: str) -> None:
    incoming = replace(said(text, f"o-odd-{number}"), received_at=town.clock())
    answer = await asyncio.wait_for(house.line.submit(incoming), 6)
    after = await town.say(ZHANG, LAMP)
    for field in ("quote", "group", "event_id", "actor"):
        value: object = Actor("oa", "demo", f"x{text[:30]}") if field == "actor" else text[:30]
        odd = replace(incoming, **{"event_id": f"m:{field}:{number}", "text": LAMP, field: value})
        await asyncio.wait_for(house.line.submit(odd), 6)
    again = await town.say(ZHANG, LAMP)
    assert answer.carrier in (Carrier.REPLY, Carrier.LATER), text[:9]
    assert len(after.texts) == len(again.texts) == 1, text[:9]


async def test_text_that_comes_before_the_rules_are_read_is_kept_and_answered_later(town: Town) -> None:
    opens = threading.Event()
    async with town.house(opens=opens, passive_budget=1.5) as house:
        outcomes = await asyncio.gather(*(town.say(who, LAMP) for who in (WANG, ZHANG)))
        assert [outcome.texts for outcome in outcomes] == [(), ()]
        assert town.states() == {"new": 2}, "acknowledged only when it is safe"
        assert not house.checks()["rules"]
        opens.set()
        await town.heard(WANG)
        await town.settled()
    assert [len(town.texts(who)) for who in (WANG, ZHANG)] == [1, 1]
    assert all("编号 XH-" in town.texts(who)[0] for who in (WANG, ZHANG))
    assert len(town.matters()) == 2
    assert town.faults == []


async def test_a_house_closed_before_its_rules_are_read_blames_no_message(town: Town) -> None:
    opens = threading.Event()
    async with town.house(opens=opens):
        waiting = asyncio.create_task(town.say(WANG, LAMP))
        await asyncio.sleep(1.5)
    await asyncio.gather(waiting, return_exceptions=True)
    opens.set()
    assert [(row.state, row.attempts, row.error) for row in town.rows("inbox") if row.channel == "oa"] == [
        ("new", 0, "")
    ]
    town.turn_clock(minutes=1)
    async with town.house():
        texts_ = await town.heard(WANG, seconds=15)
    assert len(town.matters()) == 1
    assert len(texts_) == 1


async def test_what_a_killed_house_had_accepted_is_played_by_the_next(town: Town) -> None:
    orphans = [replace(said(LAMP, f"o-orphan-{number}"), received_at=town.clock()) for number in range(250)]
    for orphan in orphans:
        town.platform.phones.introduce(orphan.actor.native_id)
    with Batch(town.database) as batch:
        inbox = Inbox(batch, VAULT)
        batch.together(inbox.fetch(orphans))
        for orphan in orphans:
            inbox.accept(orphan)
    town.turn_clock(seconds=31)
    async with town.house():
        begun = time.monotonic()
        await eventually(lambda: town.states() == {"done": 250}, 40)
        took = time.monotonic() - begun
    assert len(town.matters()) == 250
    assert took < 12, "a village that voted while the power failed is not answered a hundred at a time"


async def test_d32_more_than_can_be_answered_in_time_is_kept_first_and_answered_after(town: Town) -> None:
    """Four seconds of work arrive at once: each is acknowledged in time and answered once."""
    people = [f"o-crowd-{number}" for number in range(200)]
    async with town.house(Sometimes(sleeping(0.02), word="路灯"), passive_budget=1.5):
        await asyncio.gather(*(town.say(who, LAMP) for who in people))
        await town.settled(40)
        await asyncio.sleep(0.3)
    assert {len(town.texts(who)) for who in people} == {1}
    assert len(town.matters()) == 200
    assert {row.carried_by for row in town.rows("inbox") if row.channel == "oa"} == {"response", "outbox"}
    assert max(delivery.seconds for delivery in town.platform.push.deliveries) < 5
    assert town.faults == []


async def test_the_keeper_hears_once_of_a_matter_whose_first_try_broke(town: Town) -> None:
    async with town.house(Sometimes(raising, attempts=1, word=LAMP)):
        await town.say(WANG, LAMP)
        town.turn_clock(seconds=6)
        await town.heard(WANG, seconds=15)
        await town.settled()
    assert len(town.texts(CHEN)) == 1


async def test_a_reply_whose_commit_outlasts_the_window_still_comes(
    village_template: str, postgres_server: str, tmp_path: Path, rulebook: Rulebook[Words]
) -> None:
    """The second message is acknowledged while its commit waits for a lock; the platform will not ask again."""
    name = fresh_name()
    url = create_database(postgres_server, name, village_template)
    locked, slow = threading.Event(), Slow(1.3, "先占住")

    def hold_the_outbox() -> None:
        with admin(url) as connection, connection.transaction():
            connection.execute("lock table outbox in exclusive mode")
            locked.set()
            time.sleep(5)

    def before(store: Store, incoming: Incoming) -> None:
        slow(store, incoming)
        if "第二件" in incoming.text and not locked.is_set():
            threading.Thread(target=hold_the_outbox).start()
            locked.wait(5)

    async with open_town(url, tmp_path, rulebook) as town, town.house(before):
        first = asyncio.create_task(town.say(WANG, f"先占住，{LAMP}"))
        await slow.has_begun()
        second = await town.say(WANG, f"第二件，{LAMP}")
        await first
        texts_ = await town.heard(WANG, 2, seconds=15)
    drop_database(postgres_server, name)
    assert [delivery.answer for delivery in second.deliveries] == [b"success"]
    assert len(texts_) == 2
    assert all("编号 XH-" in text for text in texts_)
    assert town.faults == []


def test_the_apology_names_somebody_to_turn_to() -> None:
    assert "李书记" in texts.parked("李书记")
