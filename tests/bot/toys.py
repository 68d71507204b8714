"""What several tests of the wire share: accounts, pushes sealed by hand, and a toy server around the codec."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.channels import official
from bot.channels.official_account import OfficialAccount, account_from
from bot.emulator.wire import Push, envelope
from domain.messages import Incoming

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
GH = "gh_000000000001"


def account(mode: str = "aes", **more: Any) -> OfficialAccount:
    return account_from(
        {
            "name": "demo",
            "appid": "wxdemo000000000001",
            "secret": "demo-secret-never-shown",
            "token": "youshi-demo-token",
            "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            "mode": mode,
            **more,
        }
    )


AES, PLAIN = account(), account("plain")
PAYLOADS = {path.stem: path.read_bytes() for path in sorted((Path(__file__).parent / "payloads").glob("*.xml"))}


def sealed(
    xml: bytes | str, of: OfficialAccount = AES, at: datetime = NOW, nonce: str = "437374425"
) -> tuple[str, bytes]:
    """(query, body) of a genuine push of this XML."""
    return envelope(of, Push("o-laowang", "1", xml if isinstance(xml, bytes) else xml.encode()), at, nonce)


def read(xml: bytes | str, of: OfficialAccount = AES) -> Incoming | official.Unusable:
    query, body = sealed(xml, of)
    return official.read(of, query, body, NOW)


def heard(xml: bytes | str, of: OfficialAccount = AES) -> Incoming:
    incoming = read(xml, of)
    assert isinstance(incoming, Incoming), incoming
    return incoming


def message(inner: str, type_: str = "text", message_id: str = "1234567890123456", to: str = GH) -> str:
    """A message in the form of the platform page."""
    return (
        f"<xml><ToUserName><![CDATA[{to}]]></ToUserName>\n<FromUserName><![CDATA[o-laowang]]></FromUserName>\n"
        f"<CreateTime>1348831860</CreateTime>\n<MsgType><![CDATA[{type_}]]></MsgType>\n{inner}\n"
        f"<MsgId>{message_id}</MsgId>\n</xml>"
    )


def text(content: str, message_id: str = "1234567890123456", to: str = GH) -> str:
    return message(f"<Content><![CDATA[{content}]]></Content>", message_id=message_id, to=to)


def event(name: str, inner: str = "") -> str:
    return (
        f"<xml><ToUserName><![CDATA[{GH}]]></ToUserName>\n<FromUserName><![CDATA[o-laowang]]></FromUserName>\n"
        f"<CreateTime>123456789</CreateTime>\n<MsgType><![CDATA[event]]></MsgType>\n"
        f"<Event><![CDATA[{name}]]></Event>\n{inner}</xml>"
    )


Answer = Callable[[Incoming], Awaitable[str]]


class ToyServer:
    """Reads with the codec, answers once per event id and replays what it said; no inbox, no database."""

    def __init__(self, of: OfficialAccount, answer: Answer) -> None:
        self.account = of
        self.answer = answer
        self.effects: list[str] = []
        self.statuses: list[int] = []
        self._said: dict[str, asyncio.Task[str]] = {}

    async def post(self, request: web.Request) -> web.Response:
        try:
            incoming = official.read(self.account, request.rel_url.raw_query_string, await request.read(), NOW)
        except official.NotAuthentic:
            return self._status(403)
        except official.TooLarge:
            return self._status(413)
        if isinstance(incoming, official.Unusable):
            return web.Response(body=official.ACK)
        if incoming.event_id not in self._said:
            self.effects.append(incoming.event_id)
            self._said[incoming.event_id] = asyncio.create_task(self._run(incoming))
        said = await asyncio.shield(self._said[incoming.event_id])
        return web.Response(body=official.render_reply(self.account, incoming, said, NOW, official.fresh_nonce()))

    async def get(self, request: web.Request) -> web.Response:
        try:
            return web.Response(text=official.verify_url(self.account, request.rel_url.raw_query_string))
        except official.NotAuthentic:
            return self._status(403)

    async def _run(self, incoming: Incoming) -> str:
        return await self.answer(incoming)

    def _status(self, status: int) -> web.Response:
        self.statuses.append(status)
        return web.Response(status=status)

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[str]:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_post("/wx/demo", self.post)
        app.router.add_get("/wx/demo", self.get)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/wx/demo"
        finally:
            await runner.cleanup()
