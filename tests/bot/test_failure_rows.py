"""Failures seen in real bots (D) and faults to survive (R), each test named after its row.

docs/failure-modes.md lists every row with its tests; more of them seen from outside are in test_failure_wire.py.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.channels.official_api import ApiFailed, OfficialApi
from bot.emulator.api import CUSTOM_SEND, STABLE_TOKEN, FakeApi, Scripted
from bot.sender import Sender
from bot.sending import Account, State
from bot.wiring import MAX_DETACHED
from domain.messages import Incoming
from storage.database import Database
from storage.outbox import Post
from storage.shared import InProcess, Shared, ThroughRedis
from storage.store import Store
from storage.vault import Vault
from tests.bot import toys
from tests.bot.posting import CONTACTS, WANG, ZHANG, posting
from tests.bot.stage import stage
from tests.bot.town import CHEN, LAMP, Town
from tests.conftest import SECRET
from tests.engines import free_port

FAMILY = "👨‍👩‍👧‍👦🇨🇳é𠮷"


def sleepy(seconds: float) -> object:
    def before(_store: Store, incoming: Incoming) -> None:
        if LAMP in incoming.text:
            time.sleep(seconds)

    return before


async def test_d01_a_slow_turn_delivered_three_times_at_once_is_one_effect_and_one_bubble(lone_town: Town) -> None:
    town = lone_town
    town.platform.push.knobs.concurrent = 3
    async with town.house(sleepy(0.5), passive_budget=0.2):  # type: ignore[arg-type]
        await town.say(WANG, LAMP)
        texts = await town.heard(WANG)
    assert (town.matters(), len(texts), town.faults) == ([LAMP], 1, [])


async def test_d02_an_answer_the_phone_did_not_take_is_given_to_the_retry(lone_town: Town) -> None:
    lone_town.platform.push.knobs.ignore_answers = 1
    async with lone_town.house():
        said = await lone_town.say(WANG, LAMP)
    assert "编号" in said.texts[0]
    assert lone_town.matters() == [LAMP]


async def test_d03_what_was_done_is_known_after_a_restart(lone_town: Town) -> None:
    town = lone_town
    push = town.platform.push.text(WANG, LAMP)
    async with town.house():
        first = await town.platform.push.deliver(push)
    async with town.house():
        again = await town.platform.push.deliver(push)
    assert again.texts == first.texts
    assert town.matters() == [LAMP]


async def test_d04_three_events_of_one_second_are_three_and_again_still_three(lone_town: Town) -> None:
    town, push = lone_town, lone_town.platform.push
    push.clock = lambda: datetime(2026, 11, 24, 1, tzinfo=UTC)
    events = [
        push.event("o-new", "subscribe", "<EventKey></EventKey>"),
        push.event("o-new", "SCAN", "<EventKey>hh.1.00000000</EventKey><Ticket>t</Ticket>"),
        push.event("o-new", "CLICK", "<EventKey>who</EventKey>"),
    ]
    async with town.house():
        for _ in range(3):
            await push.deliver_all(events, in_turn=True)
    assert len([row for row in town.rows("inbox") if row.actor == "o-new"]) == 3


async def test_d05_sixty_four_senders_and_a_second_server_share_one_fetch() -> None:
    shared = InProcess()
    async with stage() as s:
        apis = [OfficialApi(toys.AES, s.session, s.base, clock=s.clock.seconds, shared=shared) for _ in range(2)]
        await asyncio.gather(*(apis[0].token() for _ in range(64)))
        await asyncio.gather(*(apis[1].token() for _ in range(64)))
        assert len(s.fake.calls(STABLE_TOKEN)) == 1
        s.fake.tokens.revoke_all()
        s.clock.turn(seconds=1)
        for api in apis:
            s.meets()
            await api.send_text(WANG, "您好")
        assert len(s.fake.calls(STABLE_TOKEN)) == 2


async def test_d07_a_token_endpoint_that_hangs_is_given_up_and_an_old_token_still_serves() -> None:
    async with stage(patience=0.3) as s:
        s.fake.script(STABLE_TOKEN, Scripted(hang=1.0))
        begun = time.monotonic()
        with pytest.raises(ApiFailed):
            await s.api.token()
        assert time.monotonic() - begun < 5
        token = await s.api.token()
        s.clock.turn(seconds=7200 - 200)
        s.fake.script(STABLE_TOKEN, Scripted(hang=1.0))
        assert await s.api.token() == token


@pytest.mark.parametrize("kind", ["process", "redis"])
async def test_d08_a_late_writer_does_not_bring_an_older_token_back(kind: str, request: pytest.FixtureRequest) -> None:
    shared: Shared = InProcess()
    if kind == "redis":
        shared = ThroughRedis(request.getfixturevalue("redis_server"), request.getfixturevalue("redis_prefix"))
    assert await shared.put_token("t", "newer", 200.0, 60)
    assert not await shared.put_token("t", "older", 100.0, 60)
    kept = await shared.token("t")
    assert kept is not None
    assert kept[0] == "newer"
    await shared.close()


async def test_d12_signs_of_four_bytes_are_kept_and_said_back(town: Town) -> None:
    async with town.house():
        await town.say(WANG, f"{LAMP}{FAMILY}")
        await town.settled()
    assert town.matters() == [f"{LAMP}{FAMILY}"]
    assert any(FAMILY in text for text in town.texts(CHEN))


async def test_d16_a_capture_played_days_later_has_no_second_effect(lone_town: Town) -> None:
    town = lone_town
    async with town.house():
        await town.say(WANG, LAMP)
        capture = town.platform.push.deliveries[-1]
        town.turn_clock(days=5)
        await town.platform.push.replay(capture)
        await town.settled()
    assert town.matters() == [LAMP]


@pytest.mark.parametrize("minutes", [-10, 10, 60 * 24])
async def test_d17_a_wrong_clock_refuses_nobody(lone_town: Town, minutes: int) -> None:
    lone_town.platform.push.knobs.clock_skew = timedelta(minutes=minutes)
    async with lone_town.house():
        assert (await lone_town.say(WANG, LAMP)).texts
    assert lone_town.faults == []


async def test_d18_a_defect_of_ours_shows_no_fault_on_the_phone(lone_town: Town) -> None:
    def breaks(_store: Store, incoming: Incoming) -> None:
        if incoming.text == LAMP:
            raise KeyError("a defect")

    async with lone_town.house(breaks):
        said = await lone_town.say(WANG, LAMP)
        assert said.taken
        assert (await lone_town.say(ZHANG, "您好")).texts
    assert lone_town.faults == []
    assert lone_town.states()["new"] == 1


async def test_d32_a_flood_of_unusable_pushes_leaves_few_tasks_and_no_fault(lone_town: Town) -> None:
    town = lone_town
    async with town.house() as house:
        pushes = [town.platform.push.send_raw(WANG, f"<xml>{number}</xml>".encode()) for number in range(400)]
        watch = asyncio.ensure_future(asyncio.gather(*pushes))
        most = 0
        while not watch.done():
            most = max(most, len(house._tasks))
            await asyncio.sleep(0.005)
        await watch
        assert (await town.say(ZHANG, "找谁")).texts
    assert most <= MAX_DETACHED + 20
    assert town.faults == []


# -- faults to survive


async def test_r07_with_redis_gone_every_letter_leaves_once_and_the_token_is_still_fetched(database: Database) -> None:
    gone = ThroughRedis(f"redis://127.0.0.1:{free_port()}/0")
    async with posting(database) as p:
        p.api._token._shared = gone
        p.sender._shared = gone
        for number in range(10):
            p.put((WANG, ZHANG)[number % 2], f"第{number}条")
        begun = time.monotonic()
        running = asyncio.create_task(p.sender.run())
        while any(row.state in ("pending", "claimed") for row in p.rows()):
            assert time.monotonic() - begun < 5
            await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert {row.state for row in p.rows()} == {"sent"}
        shown = "\n".join(p.texts(WANG) + p.texts(ZHANG))
        assert [shown.count(f"第{number}条") for number in range(10)] == [1] * 10
    await gone.close()


async def test_r13_four_senders_say_every_reminder_once(database: Database) -> None:
    many = 240
    async with posting(database) as p:
        numbers = dict(CONTACTS)
        p.fake.ledger.spend = lambda openid, now: 0  # type: ignore[method-assign]
        for number in range(many):
            p.put(list(numbers)[number % 3], f"提醒{number}。", once=f"meeting:{number}:reminder")
            p.put(list(numbers)[number % 3], f"提醒{number}。", once=f"meeting:{number}:reminder")
        senders = []
        for name in "abcd":
            post = Post(database, Vault(SECRET), name)
            state = State({toys.AES.name: Account(toys.AES.capabilities, {}, 10**6)})
            senders.append(Sender(post, p.sender._transports, p.clock, InProcess(), state))
        while any(await asyncio.gather(*(sender.send_due() for sender in senders))):
            pass
        shown = "".join(text for openid in numbers for text in p.texts(openid))
        assert {row.state for row in p.rows()} == {"sent"}
        assert [number for number in range(many) if shown.count(f"提醒{number}。") != 1] == []


async def test_r13_after_a_kill_between_claim_and_send_each_fires_once_or_is_reported(database: Database) -> None:
    from storage.outbox import LEASE, Repeat

    async with posting(database) as p:
        for number in range(20):
            repeat = Repeat.NEVER if number % 2 else Repeat.YES
            p.put((WANG, ZHANG)[number % 2], f"提醒{number}。", repeat=repeat)
        Post(database, Vault(SECRET), "killed").claim(p.clock(), 7)
        p.clock.now += LEASE + timedelta(seconds=1)
        await p.drain()
        shown = "".join(p.texts(WANG) + p.texts(ZHANG))
        assert {row.state for row in p.rows()} <= {"sent", "stuck"}
        for row in p.rows():
            assert shown.count(row.body) == (1 if row.state == "sent" else 0)


async def test_r12_every_call_to_the_platform_is_bounded_in_time() -> None:
    fake = FakeApi([toys.AES])
    async with fake.serve() as base, aiohttp.ClientSession() as session:
        api = OfficialApi(toys.AES, session, base, timeout=aiohttp.ClientTimeout(total=0.3))
        await api.token()
        for path, call in (
            (CUSTOM_SEND, lambda: api.send_text(WANG, "您好")),
            ("/cgi-bin/message/template/send", lambda: api.send_template(WANG, "T", {"thing1": "事"})),
            ("/cgi-bin/message/subscribe/bizsend", lambda: api.send_subscribed(WANG, "T", {"thing1": "事"})),
            ("/cgi-bin/qrcode/create", lambda: api.make_scene_code("s")),
            ("/cgi-bin/media/upload", lambda: api.upload("image", "a.png", "image/png", b"x")),
            ("/cgi-bin/media/get", lambda: api.download("m")),
            ("/cgi-bin/menu/get", api.menu),
            ("/cgi-bin/user/info", lambda: api.user_info(WANG)),
            ("/cgi-bin/message/custom/typing", lambda: api.show_typing(WANG)),
        ):
            fake.script(path, Scripted(hang=2.0))
            begun = time.monotonic()
            with pytest.raises(ApiFailed):
                await call()  # type: ignore[operator]
            assert time.monotonic() - begun < 1.5, path
