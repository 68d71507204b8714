"""The platform emulator proven against a toy server: what it delivers, and what it shows the villager."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.channels.official import render_reply
from bot.channels.official_account import OfficialAccount
from bot.emulator.phones import FAULT
from bot.emulator.push import Knobs, PlatformEmulator
from bot.emulator.wire import Push, envelope, gh
from domain.messages import Incoming, Kind
from tests.bot.toys import AES, NOW, PLAIN, Answer, ToyServer, heard, text


async def echo(incoming: Incoming) -> str:
    return f"收到：{incoming.text or incoming.kind.value}"


@asynccontextmanager
async def village(
    answer: Answer = echo, of: OfficialAccount = AES, **knobs: object
) -> AsyncIterator[tuple[PlatformEmulator, ToyServer]]:
    server = ToyServer(of, answer)
    async with server.serve() as url, PlatformEmulator(of, url, clock=lambda: NOW, knobs=Knobs(**knobs)) as emulator:  # type: ignore[arg-type]
        yield emulator, server


@pytest.mark.parametrize("of", [AES, PLAIN], ids=["aes", "plain"])
async def test_a_text_is_answered_with_one_bubble(of: OfficialAccount) -> None:
    async with village(of=of) as (emulator, _):
        outcome = await emulator.say("o-laowang", "路灯坏了]]><![CDATA[ & <b> 👨‍👩‍👧‍👦")
        assert outcome.texts == ("收到：路灯坏了]]><![CDATA[ & <b> 👨‍👩‍👧‍👦",)
        assert emulator.phone("o-laowang").texts == list(outcome.texts)
        assert not emulator.faults
        assert await emulator.verify()


async def test_a_lost_first_answer_brings_the_same_message_again() -> None:
    async with village(ignore_answers=1) as (emulator, server):
        outcome = await emulator.say("o-laowang", "路灯坏了")
        assert [d.verdict for d in outcome.deliveries] == ["answer lost on the way", "taken"]
        assert outcome.deliveries[0].body != outcome.deliveries[1].body
        assert len(server.effects) == 1
        assert emulator.phone("o-laowang").texts == ["收到：路灯坏了"]


async def test_a_retry_may_be_the_very_same_request() -> None:
    async with village(ignore_answers=2, fresh_envelope=False) as (emulator, server):
        outcome = await emulator.say("o-laowang", "路灯坏了")
        assert len({(d.query, d.body) for d in outcome.deliveries}) == 1
        assert len(outcome.deliveries) == 3
        assert len(server.effects) == 1


async def test_a_late_first_answer_counts_as_none() -> None:
    async def slow(incoming: Incoming) -> str:
        await asyncio.sleep(0.3)
        return "慢慢来"

    async with village(slow, deadline=0.2) as (emulator, server):
        outcome = await emulator.say("o-laowang", "在吗")
        assert [d.verdict for d in outcome.deliveries] == ["late", "taken"]
        assert len(server.effects) == 1
        assert emulator.phone("o-laowang").texts == ["慢慢来"]


async def test_three_late_answers_are_the_fault_banner() -> None:
    async def never(incoming: Incoming) -> str:
        await asyncio.sleep(3)
        return "太晚了"

    async with village(never, deadline=0.05) as (emulator, _):
        outcome = await emulator.say("o-laowang", "在吗")
        assert [d.verdict for d in outcome.deliveries] == ["late"] * 3
        assert [fault.text for fault in emulator.phone("o-laowang").faults] == [FAULT]
        assert emulator.phone("o-laowang").texts == []


async def test_three_deliveries_at_once_are_one_effect_and_one_bubble() -> None:
    async with village(concurrent=3) as (emulator, server):
        outcome = await emulator.say("o-laowang", "路灯坏了")
        assert len(outcome.deliveries) == 3
        assert len(server.effects) == 1
        assert emulator.phone("o-laowang").texts == ["收到：路灯坏了"]


async def test_a_follow_with_a_scene_and_a_scan_arrive_as_such() -> None:
    async with village() as (emulator, _):
        await emulator.follow("o-laowang", "hh.12.ab")
        await emulator.scan("o-laowang", "hh.13.cd")
        await emulator.click("o-laowang", "progress")
        assert emulator.phone("o-laowang").texts == ["收到：follow", "收到：scan", "收到：menu"]


async def test_subscribers_see_every_new_bubble() -> None:
    async with village() as (emulator, _):
        queue = emulator.phones.subscribe()
        await emulator.say("o-laowang", "你好")
        assert [(await queue.get()).by, (await queue.get()).by] == ["self", "reply"]
        emulator.phones.unsubscribe(queue)
        await emulator.say("o-laowang", "你好")
        assert queue.empty()


async def test_every_kind_a_phone_can_send_is_answered() -> None:
    async with village() as (emulator, _):
        await emulator.send_voice("o-laowang", recognition="路灯坏了")
        await emulator.send_image("o-laowang")
        await emulator.send_video("o-laowang")
        await emulator.send_location("o-laowang", 34.5, 105.9, "九社")
        await emulator.send_link("o-laowang", "标题", "http://127.0.0.1/")
        await emulator.send_unknown("o-laowang")
        expected = ["路灯坏了", Kind.IMAGE, Kind.VIDEO, Kind.LOCATION, Kind.LINK, Kind.UNKNOWN]
        assert emulator.phone("o-laowang").texts == [f"收到：{kind}" for kind in expected]


async def test_what_a_phone_does_without_words_arrives_too() -> None:
    async with village() as (emulator, _):
        await emulator.unfollow("o-laowang")
        await emulator.visit("o-laowang", "http://127.0.0.1/board")
        await emulator.whereabouts("o-laowang", 34.5, 105.9)
        await emulator.allow("o-laowang", "tpl-meeting")
        await emulator.receipt("o-laowang", "17")
        expected = [Kind.UNFOLLOW, Kind.VISIT, Kind.WHEREABOUTS, Kind.GRANT, Kind.RECEIPT]
        assert emulator.phone("o-laowang").texts == [f"收到：{kind}" for kind in expected]
        assert not emulator.phone("o-laowang").followed


# --- what the phone makes of other answers


@asynccontextmanager
async def answering(body: bytes, status: int = 200, of: OfficialAccount = AES) -> AsyncIterator[PlatformEmulator]:
    """An emulator before a server that always says this."""

    async def post(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(body=body, status=status)

    app = web.Application()
    app.router.add_post("/", post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    async with PlatformEmulator(of, url, clock=lambda: NOW) as emulator:
        yield emulator
    await runner.cleanup()


def replied(content: str, of: OfficialAccount = PLAIN) -> bytes:
    return render_reply(of, heard(text("好", to=gh(AES)), of), content, NOW, "1")


FAULTY = {
    "JSON": b'{"text": "hello"}',
    "a page": b"<html>hello</html>",
    "broken XML": replied("好")[:-3],
    "another person": replied("好").replace(b"o-laowang", b"o-zhangshen"),
    "another account": replied("好").replace(gh(AES).encode(), b"gh_other"),
    "two receivers": replied("好").replace(b"<MsgType>", b"<ToUserName>o-laowang</ToUserName><MsgType>"),
    "empty content": replied("好").replace("好".encode(), b""),
    "no time": replied("好").replace(b"CreateTime", b"Time"),
    "unknown kind": replied("好").replace(b"[text]", b"[hologram]"),
    "too long": replied("路" * 683),
    "not UTF-8": replied("好").replace("好".encode(), "好".encode("gbk")),
    "a word": b"ok",
}


@pytest.mark.parametrize("name", FAULTY)
async def test_an_answer_the_platform_cannot_take_is_the_banner_after_three_tries(name: str) -> None:
    async with answering(FAULTY[name], of=PLAIN) as emulator:
        outcome = await emulator.say("o-laowang", "好")
        assert not outcome.taken
        assert len(outcome.deliveries) == 3
        assert [bubble.text for bubble in emulator.phone("o-laowang").faults] == [FAULT]
        assert emulator.phone("o-laowang").texts == []


@pytest.mark.parametrize("status", [201, 301, 403, 413, 500, 503])
async def test_any_status_but_200_is_a_fault(status: int) -> None:
    async with answering(b"success", status) as emulator:
        assert not (await emulator.say("o-laowang", "好")).taken


@pytest.mark.parametrize("body", [b"", b"success"])
async def test_an_acknowledgement_shows_nothing_and_brings_no_retry(body: bytes) -> None:
    async with answering(body) as emulator:
        outcome = await emulator.say("o-laowang", "好")
        assert (outcome.taken, outcome.texts, len(outcome.deliveries)) == (True, (), 1)
        assert not emulator.faults


@pytest.mark.parametrize(
    "change",
    [(b"<Nonce>", b"<Nonce>x"), (b"<MsgSignature><![CDATA[", b"<MsgSignature><![CDATA[0"), (b"Encrypt", b"Sealed")],
)
async def test_a_sealed_answer_is_checked_as_strictly_as_a_push(change: tuple[bytes, bytes]) -> None:
    good = replied("好", AES)
    async with answering(good) as emulator:
        assert (await emulator.say("o-laowang", "好")).texts == ("好",)
    async with answering(good.replace(*change)) as emulator:
        assert not (await emulator.say("o-laowang", "好")).taken


async def test_a_clear_answer_in_aes_mode_is_a_fault() -> None:
    async with answering(replied("好")) as emulator:
        assert not (await emulator.say("o-laowang", "好")).taken


async def test_nobody_listening_is_a_fault_too() -> None:
    async with PlatformEmulator(AES, "http://127.0.0.1:9/") as emulator:
        outcome = await emulator.say("o-laowang", "好")
        assert [d.verdict.split(":")[0] for d in outcome.deliveries] == ["connection"] * 3


# --- the network between


async def test_pushes_may_arrive_in_any_order_and_at_once() -> None:
    async with village(latency=0.01) as (emulator, server):
        pushes = [emulator.text(f"o-{number % 5}", f"第{number}句") for number in range(50)]
        random.Random(1).shuffle(pushes)
        outcomes = await emulator.deliver_all(pushes)
        assert all(outcome.taken for outcome in outcomes)
        assert len(server.effects) == 50
        await emulator.deliver_all(pushes[:10], in_turn=True)
        assert len(server.effects) == 50


async def test_a_replayed_capture_has_no_second_effect_and_shows_on_no_phone() -> None:
    async with village() as (emulator, server):
        outcome = await emulator.say("o-laowang", "投1")
        again = await emulator.replay(outcome.deliveries[0])
        assert again.status == 200
        assert len(server.effects) == 1
        assert emulator.phone("o-laowang").texts == ["收到：投1"]


@pytest.mark.parametrize("skew", [timedelta(minutes=-10), timedelta(minutes=10), timedelta(days=400)])
async def test_a_skewed_clock_refuses_nothing(skew: timedelta) -> None:
    async with village(clock_skew=skew) as (emulator, _):
        assert (await emulator.say("o-laowang", "好")).texts == ("收到：好",)


async def test_gbk_and_huge_bodies_are_no_fault_of_ours() -> None:
    async with village() as (emulator, server):
        outcome = await emulator.send_raw("o-laowang", text("路灯坏了").encode("gbk"))
        assert outcome.taken
        assert not outcome.texts
        query, body = envelope(AES, Push("o-laowang", "1", text("好").encode()), NOW)
        assert (await emulator.post(query, body + b" " * 2**20)).status == 413
        assert (await emulator.post(query.replace("msg_signature=", "msg_signature=0"), body)).status == 403
        assert (await emulator.post("", b"")).status == 403
        assert not server.effects


async def test_an_aborted_connection_brings_the_message_again() -> None:
    tries = []

    async def abort_once(request: web.Request) -> web.Response:
        tries.append(await request.read())
        if len(tries) == 1 and request.transport is not None:
            request.transport.abort()
        return web.Response(body=b"success")

    app = web.Application()
    app.router.add_post("/", abort_once)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with PlatformEmulator(AES, f"http://127.0.0.1:{runner.addresses[0][1]}/") as emulator:
        outcome = await emulator.say("o-laowang", "好")
    await runner.cleanup()
    assert [d.verdict.split(":")[0] for d in outcome.deliveries] == ["connection", "taken"]
