"""A fake platform, a client of ours and a clock that stands until it is turned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.channels.official_api import ApiFailed, OfficialApi, Trouble
from bot.emulator.api import FakeApi
from bot.emulator.ledger import Source
from tests.bot.toys import AES, NOW

WANG = "o-laowang"


class Hands:
    """The clock's hands."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

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
    base: str
    session: aiohttp.ClientSession

    def meets(self, openid: str = WANG, source: Source | None = Source.MESSAGE) -> None:
        self.fake.phones.introduce(openid)
        if source:
            self.fake.ledger.grant(openid, source, self.clock.now)

    async def trouble(self, openid: str = WANG, text: str = "您好") -> tuple[Trouble, int | None]:
        """What goes wrong when this is sent; no secret may stand in it."""
        with pytest.raises(ApiFailed) as failed:
            await self.api.send_text(openid, text)
        shown = f"{failed.value!r} {failed.value} {failed.value.__cause__!r}"
        tokens = [request.query["access_token"] for request in self.fake.requests if "access_token" in request.query]
        for hidden in (AES.secret, AES.appid, text, *tokens):
            assert hidden not in shown
        return failed.value.trouble, failed.value.code


@asynccontextmanager
async def stage(patience: float = 5.0) -> AsyncIterator[Stage]:
    clock = Hands()
    fake = FakeApi([AES], clock=clock)
    limits = aiohttp.ClientTimeout(total=patience, sock_connect=patience)
    async with fake.serve() as base, aiohttp.ClientSession() as session:
        yield Stage(fake, OfficialApi(AES, session, base, clock=clock.seconds, timeout=limits), clock, base, session)
