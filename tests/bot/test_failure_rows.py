"""Failures seen in real bots (wechat page D) and faults to survive (performance page R), each test named after its row.

Rows about what we send (D6, D10, D11, D19, D20, D22, D27, D28, R10–R12) are in test_sending.py, D23 and D24 in
test_media.py, R21 in test_flood.py. D21, D25, D26, D29 and D30 concern group robots, gateways and AI bots.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import aiohttp
import pytest

from bot.channels import official
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


@pytest.mark.parametrize("said", ["x]]></Content><ToUserName><![CDATA[oVICTIM", "a\x00b\x1f\ufffe", "\ud800", FAMILY])
def test_d09_no_text_breaks_or_forges_a_reply(said: str) -> None:
    incoming = toys.heard(toys.text("您好"), toys.PLAIN)
    body = official.render_reply(toys.PLAIN, incoming, said, toys.NOW, "nonce")
    xml = ElementTree.fromstring(body.decode()) if body != official.ACK else None
    if xml is not None:
        assert [e.text for e in xml.findall("ToUserName")] == [WANG]
        assert len(xml.findall("Content")) == 1


async def test_d12_signs_of_four_bytes_are_kept_and_said_back(town: Town) -> None:
    async with town.house():
        await town.say(WANG, f"{LAMP}{FAMILY}")
        await town.settled()
    assert town.matters() == [f"{LAMP}{FAMILY}"]
    assert any(FAMILY in text for text in town.texts(CHEN))


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def test_d13_a_declaration_is_never_read() -> None:
    with pytest.raises(official.NotAuthentic):
        toys.read(BOMB + toys.text("您好"), toys.PLAIN)
    assert isinstance(toys.read(BOMB + toys.text("您好")), official.Unusable)


def test_d14_a_huge_or_nested_body_is_refused_before_it_costs_anything() -> None:
    query, _ = toys.sealed(toys.text("您好"))
    begun = time.process_time()
    with pytest.raises(official.TooLarge):
        official.read(toys.AES, query, b"<a>" * 350_000, toys.NOW)
    with pytest.raises(official.NotAuthentic):
        official.read(toys.AES, query, b"<a>" * 20_000, toys.NOW)
    assert time.process_time() - begun < 0.5


def test_d15_what_is_not_sealed_is_refused_where_sealing_is_agreed() -> None:
    query, _ = toys.sealed(toys.text("您好"), toys.PLAIN)
    with pytest.raises(official.NotAuthentic):
        official.read(toys.AES, query, toys.text("投1").encode(), toys.NOW)
    with pytest.raises(official.NotAuthentic):
        official.verify_url(toys.AES, "signature=0&timestamp=1&nonce=2&echostr=hello")


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


def test_d31_times_beyond_2038_are_read() -> None:
    incoming = toys.heard(toys.text("您好").replace("1348831860", "4102444800"))
    assert incoming.platform_time == datetime(2100, 1, 1, tzinfo=UTC)


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


async def test_every_call_to_the_platform_is_bounded_in_time() -> None:
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
