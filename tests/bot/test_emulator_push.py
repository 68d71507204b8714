"""The platform emulator proven against a toy server: what it delivers, and what it shows the villager."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.official_account import OfficialAccount
from bot.emulator.phones import FAULT
from bot.emulator.push import Knobs, PlatformEmulator
from domain.messages import Incoming, Kind
from tests.bot.toys import AES, NOW, PLAIN, Answer, ToyServer


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
