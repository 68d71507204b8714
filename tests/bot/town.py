"""A town for tests of the whole line: the platform, its phones and the database stay while houses (servers) come and go.

Over real HTTP both ways; only the platform is played. What a handler does is put in through the Play of the line.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import select

from bot.channels.official import account_from
from bot.clock import VillageClock
from bot.emulator.ledger import Source
from bot.emulator.platform import Platform, platform_for
from bot.emulator.push import Outcome as Pushed
from bot.turn import Line, Outcome, Play
from bot.wiring import House
from domain.messages import Incoming
from handlers.context import Words
from settings import DEMO_ACCOUNT, Settings
from storage import demo, tables
from storage.database import Database
from storage.rulebook import Rulebook
from storage.store import Store
from tests.conftest import SECRET
from tests.engines import free_port

CHINA = timezone(timedelta(hours=8))

ROOT = Path(__file__).resolve().parents[2]
WANG, ZHANG, CHEN = "o-laowang", "o-zhangshen", "o-xiaochen"
ACCOUNT = account_from(DEMO_ACCOUNT)
LAMP = "路灯坏了好几天了，黑灯瞎火的"


class Wrapped:
    """A Play around another: `before` may sleep or raise; the true one then decides what is said."""

    def __init__(self, inner: Play, before: Callable[[Store, Incoming], None]) -> None:
        self._inner, self._before = inner, before

    def __call__(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        self._before(store, incoming)
        return self._inner(store, incoming, now)

    def listen_ahead(self, store: Store, incomings: Sequence[Incoming], now: datetime) -> None:
        self._inner.listen_ahead(store, incomings, now)

    def apology(self, store: Store, incoming: Incoming) -> str:
        return self._inner.apology(store, incoming)


class Slow:
    """Holds up every message with a word in it; `has_begun` waits until the first of them is being played."""

    def __init__(self, seconds: float, word: str = "慢") -> None:
        self._seconds, self._word = seconds, word
        self._begun = threading.Event()

    def __call__(self, _store: Store, incoming: Incoming) -> None:
        if self._word in incoming.text:
            self._begun.set()
            time.sleep(self._seconds)

    async def has_begun(self) -> None:
        assert await asyncio.to_thread(self._begun.wait, 30)


class ReadyHouse(House):
    """A house whose rules were read before, once for all tests; `opens` holds them back."""

    rulebook: Rulebook[Words]
    opens: threading.Event

    def load_rules(self) -> None:
        self.opens.wait(60)
        self.loaded.book = self.rulebook
        self.loaded.ready.set()


class Town:
    """`platform.push` plays what people do, `platform.api` answers the server's calls, `phones` show what came of it."""

    def __init__(self, url: str, folder: Path, rulebook: Rulebook[Words]) -> None:
        self.url = url
        self.folder = folder
        self.clock = VillageClock()
        self.platform: Platform = platform_for(ACCOUNT, "", self.clock)
        self.database = Database(url)
        self.api_base = ""
        self.port = 0
        self._rulebook = rulebook

    # -- houses

    def settings(self, **more: Any) -> Settings:
        known = {
            "database_url": self.url,
            "data_dir": self.folder,
            "secret_key": SECRET,
            "oa_api_base": self.api_base,
            "oa_accounts": [DEMO_ACCOUNT],
            "simulator": False,
            "quiet_hours": "",
            "flood_per_minute": 0,
            "port": self.port,
        }
        return Settings(**{**known, **more})

    @asynccontextmanager
    async def house(
        self,
        before: Callable[[Store, Incoming], None] | None = None,
        *,
        opens: threading.Event | None = None,
        **settings: Any,
    ) -> AsyncIterator[House]:
        """Open a house in this process; `before` is put in front of everything that is played."""
        found = self.settings(**settings)
        house = ReadyHouse(found, clock=self.clock)
        house.rulebook, house.opens = self._rulebook, opens or opened_at_once()
        if before is not None:
            play = Wrapped(house.dispatch, before)
            house.line = Line(
                house.database, play, house.clock, house.vault,
                budget_s=found.passive_budget, ready=house.loaded.ready, on_letters=house._wake,
            )  # fmt: skip
        await asyncio.to_thread(house.prepare)
        async with _listening(house, found.port) as port:
            self.push_to(port)
            yield house

    @asynccontextmanager
    async def process(self, *arguments: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """`youshi serve` as a process of its own on a free port, ready; its stderr is piped."""
        port = free_port()
        process = await self.start_process(port, *arguments, **environment)
        try:
            await until_ready(port, process)
            self.push_to(port)
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
                await asyncio.wait_for(process.wait(), 30)

    async def start_process(self, port: int, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "serve", *arguments,
            cwd=ROOT,
            env=self.environment(port, **environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    def environment(self, port: int, **more: str) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("YOUSHI_")}
        return {
            **ours,
            "PYTHONPATH": str(ROOT),
            "YOUSHI_DATABASE_URL": self.url,
            "YOUSHI_DATA_DIR": str(self.folder),
            "YOUSHI_SECRET_KEY": SECRET,
            "YOUSHI_OA_API_BASE": self.api_base,
            "YOUSHI_OA_ACCOUNTS": json.dumps([DEMO_ACCOUNT]),
            "YOUSHI_SIMULATOR": "0",
            "YOUSHI_QUIET_HOURS": "",
            "YOUSHI_FLOOD_PER_MINUTE": "0",
            "YOUSHI_PORT": str(port),
            **more,
        }

    def push_to(self, port: int) -> None:
        self.port_pushed = port
        self.platform.push.url = f"http://127.0.0.1:{port}/wx/{ACCOUNT.name}"

    # -- what people do and see

    async def say(self, openid: str, text: str) -> Pushed:
        return await self.platform.push.say(openid, text)

    def texts(self, openid: str) -> list[str]:
        return self.platform.phones.phone(openid).texts

    @property
    def faults(self) -> list[str]:
        return [bubble.openid for bubble in self.platform.phones.faults]

    async def heard(self, openid: str, many: int = 1, seconds: float = 10) -> list[str]:
        """Wait until so many bubbles are on the phone; then a moment longer, for one too many."""
        await eventually(lambda: len(self.texts(openid)) >= many, seconds)
        await asyncio.sleep(0.3)
        return self.texts(openid)

    # -- what is kept

    def rows(self, name: str) -> list[Any]:
        table = tables.metadata.tables[name]
        with self.database.read() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)))

    def states(self, name: str = "inbox") -> Counter[str]:
        return Counter(row.state for row in self.rows(name) if name != "inbox" or row.channel != "clock")

    def matters(self) -> list[str]:
        return [row.text for row in self.rows("matters")]

    def turn_clock(self, **span: float) -> None:
        """Let the village's time go on."""
        self.clock.move_to(self.clock() + timedelta(**span))

    def come_to_ten(self) -> None:
        """Let it be ten in the morning there."""
        now = self.clock().astimezone(CHINA)
        morning = now.replace(hour=10, minute=0, second=0, microsecond=0)
        self.clock.move_to(morning if morning > now else morning + timedelta(days=1))

    async def ticked(self, seconds: float = 20) -> None:
        """Wait until the clock's message of this minute has been played, and what came of it sent."""
        minute = int(self.clock().timestamp()) // 60

        def is_played() -> bool:
            return any(
                r.channel == "clock" and r.event_id == f"tick:{minute}" and r.state == "done"
                for r in self.rows("inbox")
            )

        await eventually(is_played, seconds)
        await self.settled()

    async def settled(self, seconds: float = 20) -> None:
        """Wait until nothing is left to play or to send now."""

        def is_idle() -> bool:
            open_ = [
                row for row in self.rows("outbox") if row.state in ("pending", "claimed") and row.due_at <= self.clock()
            ]
            return not open_ and self.states()["new"] == 0

        await eventually(is_idle, seconds)


async def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it did not come to pass in time"
        await asyncio.sleep(0.05)


@asynccontextmanager
async def open_town(url: str, folder: Path, rulebook: Rulebook[Words], *, at_ten: bool = True) -> AsyncIterator[Town]:
    """It opens at ten in the morning, so that no test hangs on the hour it is run at; else by the clock on the wall."""
    town = Town(url, folder, rulebook)
    if at_ten:
        town.come_to_ten()
    for openid, *_ in demo.CAST:  # they have all written to the account today
        town.platform.phones.introduce(openid)
        town.platform.ledger.grant(openid, Source.MESSAGE, town.clock())
    async with town.platform.api.serve() as town.api_base, town.platform.push:
        yield town
    town.database.dispose()


@asynccontextmanager
async def _listening(house: House, port: int) -> AsyncIterator[int]:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    house.port = listening.getsockname()[1]
    runner = web.AppRunner(house.app(), access_log=None, shutdown_timeout=6)
    await runner.setup()
    await web.SockSite(runner, listening, backlog=4096).start()
    try:
        await asyncio.to_thread(house.loaded.ready.wait, 0.2)
        yield house.port
    finally:
        await runner.cleanup()


def opened_at_once() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


async def until_ready(port: int, process: asyncio.subprocess.Process, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"http://127.0.0.1:{port}/health/ready") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            if process.returncode is not None or time.monotonic() > until:
                errors = await process.stderr.read() if process.stderr and process.returncode is not None else b""
                raise AssertionError(f"the server did not become ready: {errors.decode()[-2000:]}")
            await asyncio.sleep(0.05)
