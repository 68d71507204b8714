"""Rows of the failure table (docs/failure-modes.md) seen from outside: a running house, the emulator, real HTTP."""

from __future__ import annotations

import asyncio
import itertools
import time
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.emulator.api import CUSTOM_SEND, STABLE_TOKEN, TOKEN, Scripted
from bot.emulator.wire import Push, envelope
from domain.messages import Incoming
from storage.database import Database
from storage.store import Store
from tests.bot import toys
from tests.bot.posting import CHEN as KEEPER
from tests.bot.posting import WANG, ZHANG, posting
from tests.bot.stage import stage
from tests.bot.town import ACCOUNT, LAMP, Town


async def test_d09_a_villagers_forgery_reaches_the_keeper_as_the_words_it_is(lone_town: Town) -> None:
    forged = f"{LAMP}x]]></Content><ToUserName><![CDATA[o-zhangshen]]></ToUserName>"
    town = lone_town
    async with town.house():
        split = forged.replace("]]>", "]]]]><![CDATA[>")
        inner = f"<Content><![CDATA[{split}]]></Content>"
        said = await town.platform.push.deliver(town.platform.push.message(WANG, "text", inner, forged))
        assert len(said.texts) == 1
        await town.settled()
    assert town.matters() == [forged]
    assert (town.texts(ZHANG), town.faults) == ([], [])


async def test_d13_a_declaration_under_a_genuine_envelope_opens_nothing(lone_town: Town) -> None:
    """Neither a file nor a host is asked for, and no fault is shown."""
    town = lone_town
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{town.api_base}{TOKEN}"><!ENTITY f SYSTEM "file:///etc/hosts">]>'
    async with town.house():
        for entity in ("&e;", "&f;"):
            xml = outside + toys.text("PUT").replace("<![CDATA[PUT]]>", entity)
            said = await town.platform.push.send_raw(WANG, xml.encode())
            assert (said.taken, said.texts) == (True, ())
        await town.settled()
    assert town.platform.api.calls(TOKEN) == []
    assert "localhost" not in "".join(row.text for row in town.rows("inbox"))
    assert (town.matters(), town.faults) == ([], [])


async def test_d14_a_huge_body_is_refused_at_the_door_and_others_are_answered(lone_town: Town) -> None:
    town = lone_town
    query, _ = envelope(ACCOUNT, Push(WANG, "1", b"<xml/>"), town.clock())
    async with town.house():
        await town.say(ZHANG, "您好")
        begun = time.monotonic()
        answers = [await town.platform.push.post(query, b"<a>" * 350_000) for _ in range(10)]
        took = time.monotonic() - begun
        deep = [await town.platform.push.post(query, b"<a>" * 20_000) for _ in range(10)]
        assert (await town.say(ZHANG, "找谁")).texts
    assert {answer.status for answer in answers} == {413}
    assert {answer.status for answer in deep} == {403}
    assert took < 2


async def test_d15_nothing_unsigned_is_taken_and_no_echo_is_given_to_a_stranger(lone_town: Town) -> None:
    town = lone_town
    push = Push(WANG, "1", toys.text(LAMP).encode())
    plain_query, plain_body = envelope(toys.PLAIN, push, town.clock())
    query, body = envelope(ACCOUNT, push, town.clock())
    mixed = push.xml.replace(b"</xml>", body[body.index(b"<Encrypt>") : body.index(b"</xml>")] + b"</xml>")
    async with town.house():
        for name, asked, sent in (
            ("no signature", "", body),
            ("plain body", plain_query, plain_body),
            ("plain body under a sealed query", query, plain_body),
            ("clear part differs", query, mixed.replace(LAMP.encode(), "投1".encode())),
            ("another's signature", query[:-1] + ("0" if query[-1] != "0" else "1"), body),
        ):
            assert (await town.platform.push.post(asked, sent)).status == 403, name
        async with aiohttp.ClientSession() as session:
            for forged in ("echostr=hello", "signature=0&timestamp=1&nonce=2&echostr=hello"):
                async with session.get(f"{town.platform.push.url}?{forged}") as answer:
                    assert (answer.status, "hello" in await answer.text()) == (403, False)
        assert await town.platform.push.verify("1234567890")
        assert await town.platform.push.verify("</script>") is False
        await town.settled()
    assert (town.matters(), [row for row in town.rows("inbox") if row.channel == "oa"]) == ([], [])


async def test_d21_the_minutes_limit_makes_the_account_pause_and_keeps_the_order(database: Database) -> None:
    """45011 of the official account; the same pause a group robot would need."""
    async with posting(database) as p:
        p.fake.always(CUSTOM_SEND, 45011)
        for number in range(3):
            p.put(WANG, f"第{number}条")
        p.put(ZHANG, "别人的")
        for _ in range(6):
            await p.sender.send_due()
            p.clock.turn(seconds=10)
        assert p.calls(CUSTOM_SEND) <= 2, "those on their way, then nothing for a minute"
        p.fake.always(CUSTOM_SEND, None)
        await p.drain()
        assert (p.texts(WANG), p.texts(ZHANG)) == ([f"第{number}条" for number in range(3)], ["别人的"])
        assert p.clock() - toys.NOW < timedelta(minutes=5)


async def test_d31_a_message_of_the_year_2100_is_played_with_its_time(lone_town: Town) -> None:
    town = lone_town
    town.platform.push.clock = lambda: datetime(2100, 1, 1, tzinfo=UTC)
    seen: list[datetime | None] = []

    def watch(_store: Store, incoming: Incoming) -> None:
        seen.extend([incoming.platform_time] if incoming.channel == "oa" else [])

    async with town.house(watch):
        assert "编号" in (await town.say(WANG, LAMP)).texts[0]
    assert (seen, town.faults) == ([datetime(2100, 1, 1, tzinfo=UTC)], [])


async def test_r10_with_the_days_quota_used_up_answers_still_come_in_the_response(lone_town: Town) -> None:
    town = lone_town
    town.platform.api.always(CUSTOM_SEND, 45009)
    async with town.house():
        for number in range(5):
            assert "编号" in (await town.say(WANG, f"{LAMP}{'啊' * number}")).texts[0] or number
        await town.settled()
        for _ in range(3):  # half an hour: no more than a probe in ten minutes
            before = len(town.platform.api.calls(CUSTOM_SEND))
            town.turn_clock(minutes=10, seconds=1)
            await asyncio.sleep(1.5)
            assert len(town.platform.api.calls(CUSTOM_SEND)) - before <= 1
        assert town.texts(KEEPER) == []
        town.platform.api.always(CUSTOM_SEND, None)
        town.turn_clock(minutes=10, seconds=1)
        assert "新事项" in (await town.heard(KEEPER))[0]


async def test_r11_sixty_four_senders_at_an_expiry_fetch_one_token() -> None:
    async with stage() as s:
        s.meets()
        s.fake.ledger.spend = lambda openid, now: 0  # type: ignore[method-assign]
        await s.api.token()
        s.fake.tokens.revoke_all()
        s.clock.turn(seconds=1)
        await asyncio.gather(*(s.api.send_text(WANG, f"第{number}条") for number in range(64)))
        assert len(s.fake.calls(STABLE_TOKEN)) == 2, "the first, and one for all of them"
        assert len(s.fake.phones.phone(WANG).texts) == 64


async def test_r12_no_answer_however_slow_holds_up_the_event_loop(database: Database) -> None:
    """Calls that hang, break off or answer nonsense, while a heart beats beside them every 5 ms."""
    answers = [
        Scripted(hang=1.0), Scripted(drop=True), Scripted(raw=b'{"errcode":0,"err'), Scripted(html="<html>" * 50_000),
        Scripted(status=500, raw=b"oops"), Scripted(code=45015), Scripted(code=45047), Scripted(code=48001),
    ]  # fmt: skip
    async with posting(database) as p:
        p.patience = 0.3
        p.__post_init__()
        await p.api.token()
        p.fake.script(CUSTOM_SEND, *answers)
        for number in range(len(answers)):
            p.put((WANG, ZHANG, KEEPER)[number % 3], f"提醒{number}")
        beats = [time.monotonic()]

        async def heart() -> None:
            while True:
                await asyncio.sleep(0.005)
                beats.append(time.monotonic())

        beating = asyncio.create_task(heart())
        await p.drain()
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
        assert {row.state for row in p.rows()} <= {"sent", "stuck"}
    pauses = sorted(after - before for before, after in itertools.pairwise(beats))
    assert pauses[int(0.99 * len(pauses))] < 0.05
