"""The fake REST platform and our client against it, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.channels.official_api import ApiFailed, OfficialApi, Trouble
from bot.emulator.api import CUSTOM_SEND, STABLE_TOKEN, FakeApi, Scripted
from bot.emulator.ledger import Source
from tests.bot.toys import AES, NOW

WANG = "o-laowang"


@dataclass
class Hands:
    """A clock that stands until it is turned."""

    now: datetime = NOW
    tasks: list[object] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def turn(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Stage:
    fake: FakeApi
    api: OfficialApi
    clock: Hands

    def meets(self, openid: str = WANG, source: Source | None = Source.MESSAGE) -> None:
        phone = self.fake.phones.phone(openid)
        phone.known = phone.followed = True
        if source:
            self.fake.ledger.grant(openid, source, self.clock.now)

    async def trouble(self, openid: str = WANG, text: str = "您好") -> tuple[Trouble, int | None]:
        with pytest.raises(ApiFailed) as failed:
            await self.api.send_text(openid, text)
        assert AES.secret not in str(failed.value)
        assert "access_token=" not in str(failed.value)
        return failed.value.trouble, failed.value.code


@asynccontextmanager
async def stage(timeout: float = 5.0) -> AsyncIterator[Stage]:
    clock = Hands()
    fake = FakeApi([AES], clock=clock)
    limits = aiohttp.ClientTimeout(total=timeout, sock_connect=timeout)
    async with fake.serve() as base, aiohttp.ClientSession() as session:
        yield Stage(fake, OfficialApi(AES, session, base, clock=clock.seconds, timeout=limits), clock)


async def test_a_text_reaches_the_phone() -> None:
    async with stage() as s:
        s.meets()
        await s.api.send_text(WANG, "已经派人去修了\x08👍")
        assert s.fake.phones.phone(WANG).texts == ["已经派人去修了👍"]
        assert "已经派人去修了".encode() in s.fake.calls(CUSTOM_SEND)[0].raw


async def test_five_messages_in_48_hours_and_no_sixth() -> None:
    async with stage() as s:
        s.meets()
        for _ in range(5):
            await s.api.send_text(WANG, "您好")
        assert await s.trouble() == (Trouble.WINDOW, 45047)
        s.clock.turn(hours=48)
        assert await s.trouble() == (Trouble.WINDOW, 45015)


async def test_a_refused_token_costs_exactly_two_calls_and_one_fetch() -> None:
    async with stage() as s:
        s.meets()
        s.fake.always(CUSTOM_SEND, 40001)
        assert await s.trouble() == (Trouble.TOKEN, 40001)
        assert len(s.fake.calls(CUSTOM_SEND)) == 2
        assert len(s.fake.calls(STABLE_TOKEN)) == 2
        assert await s.trouble() == (Trouble.TOKEN, None)
        assert len(s.fake.calls(STABLE_TOKEN)) == 2


async def test_sixty_four_senders_fetch_one_token() -> None:
    async with stage() as s:
        for number in range(64):
            s.meets(f"o-{number}")
        await asyncio.gather(*(s.api.send_text(f"o-{number}", "您好") for number in range(64)))
        assert len(s.fake.calls(STABLE_TOKEN)) == 1


async def test_no_answer_after_the_request_was_sent_is_an_unknown_outcome() -> None:
    async with stage(timeout=0.2) as s:
        s.meets()
        await s.api.token()
        s.fake.script(CUSTOM_SEND, Scripted(hang=0.5, deliver=True))
        assert await s.trouble() == (Trouble.UNKNOWN_OUTCOME, None)
        assert s.fake.phones.phone(WANG).texts == ["您好"]


async def test_a_page_with_status_200_is_not_a_delivery() -> None:
    async with stage() as s:
        s.meets()
        s.fake.script(CUSTOM_SEND, Scripted(html="<html>请登录</html>"))
        assert await s.trouble() == (Trouble.BUSY, None)
