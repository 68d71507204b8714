"""D17: a clock that is wrong refuses nobody, and somebody hears of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web

from bot.channels.official_api import OfficialApi
from bot.doctor_accounts import online
from bot.emulator.api import FakeApi
from bot.skew import ClockWatch, tell_operators
from settings import Settings
from storage.database import Database
from storage.vault import Vault
from tests.bot.town import LAMP, WANG, Town
from tests.bot.toys import AES
from tests.conftest import SECRET
from tests.storage.desk import rows

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_d17_pushes_from_another_time_show_in_the_metric(lone_town: Town, minutes: int) -> None:
    lone_town.platform.push.knobs.clock_skew = timedelta(minutes=minutes)
    async with lone_town.house() as house:
        assert (await lone_town.say(WANG, LAMP)).texts
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{house.port}/metrics") as answer:
            shown = await answer.text()
    line = next(line for line in shown.splitlines() if line.startswith("youshi_clock_skew_seconds "))
    assert float(line.partition(" ")[2]) == pytest.approx(-60 * minutes, abs=5)


def test_d17_one_late_push_among_five_raises_no_alarm() -> None:
    watch = ClockWatch()
    watch.pushed(NOW - timedelta(days=5), NOW)
    for number in range(4):
        watch.pushed(NOW - timedelta(seconds=number), NOW)
    assert not watch.is_far
    for _ in range(5):
        watch.pushed(NOW + timedelta(minutes=6), NOW)
    assert watch.is_far
    assert watch.ahead == timedelta(minutes=-6)


def test_d17_the_platforms_own_time_counts_more_than_its_pushes() -> None:
    watch = ClockWatch()
    watch.pushed(NOW - timedelta(days=5), NOW)
    watch.dated("no time at all")
    assert watch.is_far
    watch.dated(format_datetime(datetime.now(UTC), usegmt=True))
    assert not watch.is_far


@asynccontextmanager
async def dated(its_time: datetime) -> AsyncIterator[str]:
    """A platform whose answers bear this time."""

    async def token(_request: web.Request) -> web.Response:
        headers = {"Date": format_datetime(its_time, usegmt=True)}
        return web.json_response({"access_token": "T" * 32, "expires_in": 7200}, headers=headers)

    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", token)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_d17_an_answers_date_tells_and_the_doctor_says_how_to_mend_it() -> None:
    watch = ClockWatch()
    async with dated(datetime.now(UTC) + timedelta(minutes=20)) as base, aiohttp.ClientSession() as session:
        await OfficialApi(AES, session, base, dated=watch.dated).token()
        found = [finding async for finding in online(AES, Settings(oa_api_base=base))]  # type: ignore[call-arg]
    assert round(watch.ahead.total_seconds() / 60) == -20
    said = next(finding for finding in found if "钟" in finding.what)
    assert (said.grade, "慢了" in said.what, "时间同步" in said.mend) == ("bad", True, True)


async def test_d17_a_true_clock_is_good_to_the_doctor() -> None:
    async with FakeApi([AES]).serve() as base:
        found = [finding async for finding in online(AES, Settings(oa_api_base=base))]  # type: ignore[call-arg]
    assert [finding.grade for finding in found if "钟" in finding.what] == ["good"]


def test_d17_the_administrator_hears_of_it_once_a_day(database: Database) -> None:
    for hours in (0, 5, 30):
        tell_operators(database, Vault(SECRET), timedelta(minutes=-7), {"XH", "nowhere"}, NOW + timedelta(hours=hours))
    said = rows(database, "outbox")
    assert [(row.address, row.purpose) for row in said] == [("person:1015", "clock")] * 2
    assert "慢了7分钟" in said[0].body
