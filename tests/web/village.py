"""A whole demo village on a free port, as `make run` opens it, with its database in a folder of the test's own.

The rules are compiled and the village is loaded once for all of them: each would take seconds.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import settings
from bot.opening import load_demo
from bot.rulebook import open_rulebook
from bot.wiring import House, open_house
from handlers.context import Words
from storage.database import Database
from storage.migrate import migrate
from storage.rulebook import Rulebook
from storage.vault import Vault
from tests.bot.town import ReadyHouse, opened_at_once
from tests.conftest import SECRET

PATIENCE_S = 10.0


@dataclass(frozen=True)
class Village:
    house: House
    base: str
    http: aiohttp.ClientSession

    async def post(self, name: str, headers: dict[str, str] | None = None, **fields: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(f"/simulator/{name}", json=fields, headers=headers) as answer:
            return answer.status, await answer.json()

    async def get(self, name: str) -> dict[str, Any]:
        async with self.http.get(f"/simulator/{name}") as answer:
            assert answer.status == 200
            return dict(await answer.json())

    async def say(self, openid: str, text: str, chat: str = "oa", **more: Any) -> None:
        assert await self.post("say", openid=openid, text=text, chat=chat, **more) == (200, {"ok": True})

    async def act(self, openid: str, act: str, **more: Any) -> None:
        assert await self.post("act", openid=openid, act=act, **more) == (200, {"ok": True})

    async def ahead(self, **span: float) -> datetime:
        """Move the village's clock by so much."""
        status, answer = await self.post("clock", now=(self.house.clock() + timedelta(**span)).isoformat())
        assert status == 200
        return datetime.fromisoformat(answer["now"])

    async def screen(self, chat: str, owner: str = "") -> list[dict[str, Any]]:
        entries = (await self.get("screens"))["entries"]
        return [entry for entry in entries if entry["chat"] == chat and entry["owner"] == owner]

    async def texts(self, chat: str, owner: str = "") -> list[str]:
        return [entry["text"] for entry in await self.screen(chat, owner)]

    async def reads(self, words: str, chat: str, owner: str = "") -> dict[str, Any]:
        """Wait for a bubble with these words on that screen."""
        found: list[dict[str, Any]] = []

        async def look() -> bool:
            found[:] = [entry for entry in await self.screen(chat, owner) if words in entry["text"]]
            return bool(found)

        await until(look, f"{words} on the screen of {owner or chat}")
        return found[-1]

    async def asks(self, openid: str, question: str, words: str) -> dict[str, Any]:
        """Ask until an answer says so: what a sender does behind the asker's back comes when it comes."""
        found: list[dict[str, Any]] = []

        async def ask() -> bool:
            await self.say(openid, question)
            found[:] = [entry for entry in await self.screen("oa", openid) if words in entry["text"]]
            return bool(found)

        await until(ask, f"{words} in answer to {question}")
        return found[-1]


async def until(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    """Wait until it holds; fail with its name after ten seconds."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if await holds():
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"never came: {what}")


@cache
def _rules() -> Rulebook[Words]:
    with tempfile.TemporaryDirectory() as folder:
        return open_rulebook(None, Path(folder))


@cache
def _village() -> bytes:
    """The file of a database with the demo village."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/village.db")
        migrate(database)
        load_demo(database, Vault(SECRET))
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.dispose()
        return Path(folder, "village.db").read_bytes()


@asynccontextmanager
async def open_village(folder: Path, **knobs: str) -> AsyncIterator[Village]:
    """`knobs` are settings by name, e.g. simulator="0"."""
    file = folder / "village.db"
    if not file.exists():
        file.write_bytes(_village())
    with pytest.MonkeyPatch.context() as patch:
        given = {
            "database_url": f"sqlite:///{file}",
            "data_dir": str(folder),
            "secret_key": SECRET,
            "port": "0",
            **knobs,
        }
        for name, value in given.items():
            patch.setenv(f"YOUSHI_{name.upper()}", value)
        house = ReadyHouse(settings.load(), with_demo=True)
    house.rulebook, house.opens = _rules(), opened_at_once()
    house.prepare()
    async with open_house(house) as port:
        base = f"http://127.0.0.1:{port}"
        async with aiohttp.ClientSession(base) as http:

            async def is_ready() -> bool:
                return all(house.checks().values())

            await until(is_ready, "the rules")
            yield Village(house, base, http)
