"""`youshi fake-platform`: the platform on this machine, for trying an official account without one."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Mapping
from typing import Any

import aiohttp
import click
from aiohttp import web

from bot.channels.official_account import OfficialAccount, account_from
from bot.commands_server import settings_or_stop
from bot.emulator.phones import Bubble
from bot.emulator.platform import Platform, platform_for
from bot.opening import read_accounts
from settings import DEMO_ACCOUNT, SettingsError
from storage import demo

# What a person at a phone can do: the path after /people/, and the field it takes.
_DOES = ("say", "follow", "unfollow", "scan", "click", "picture", "voice", "place", "allow")


class Desk:
    """HTTP around the emulator: its API for the server, and a small one for people's phones."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform

    def app(self) -> web.Application:
        app = self.platform.api.app()
        app.router.add_post("/people/{openid}/{act}", self.act)
        app.router.add_get("/people/{openid}", self.phone)
        app.router.add_post("/platform", self.switch)
        return app

    async def act(self, request: web.Request) -> web.Response:
        """POST /people/o-laowang/say {"text": "路灯坏了"}: what he does, and what his phone shows at once."""
        openid, act = request.match_info["openid"], request.match_info["act"]
        fields = await _fields(request)
        push = self.platform.push
        plays = {
            "say": lambda: push.say(openid, str(fields.get("text", ""))),
            "follow": lambda: push.follow(openid, fields.get("scene")),
            "unfollow": lambda: push.unfollow(openid),
            "scan": lambda: push.scan(openid, str(fields.get("scene", ""))),
            "click": lambda: push.click(openid, str(fields.get("key", ""))),
            "picture": lambda: push.send_image(openid, str(fields.get("media_id", "image-1"))),
            "voice": lambda: push.send_voice(
                openid, str(fields.get("media_id", "voice-1")), str(fields.get("text", ""))
            ),
            "place": lambda: push.send_location(openid, 34.5, 105.9, str(fields.get("label", ""))),
            "allow": lambda: push.allow(
                openid, str(fields.get("template_id", "")), str(fields.get("answer", "accept"))
            ),
        }
        if act not in plays:
            raise web.HTTPNotFound(text=f"no such act; known: {', '.join(_DOES)}\n")
        done = await plays[act]()
        return _json({"taken": done.taken, "texts": list(done.texts)})

    async def phone(self, request: web.Request) -> web.Response:
        """GET /people/o-laowang: everything on his screen, and how many messages his window still has."""
        openid = request.match_info["openid"]
        phone, now = self.platform.phones.phone(openid), self.platform.api.clock()
        screen = [_shown(bubble) for bubble in phone.screen]
        left = self.platform.ledger.left(openid, now)
        return _json({"openid": openid, "followed": phone.followed, "window_left": left, "screen": screen})

    async def switch(self, request: web.Request) -> web.Response:
        """POST /platform {"down": true}; {"fail": {"path": …, "code": …}} for every coming call, code null ends it.

        {"submit": true} is 提交 in the console: the server's address is called and must prove itself (`verified`).
        """
        fields = await _fields(request)
        state: dict[str, Any] = {}
        if "down" in fields:
            self.platform.api.is_down = bool(fields["down"])
        if isinstance(fail := fields.get("fail"), Mapping):
            self.platform.api.always(str(fail.get("path", "")), fail.get("code"))
        if fields.get("submit"):
            try:
                state["verified"] = await self.platform.push.verify()
            except aiohttp.ClientError:
                state["verified"] = False
        return _json({"down": self.platform.api.is_down, **state})


def _shown(bubble: Bubble) -> dict[str, Any]:
    return {"by": bubble.by, "kind": bubble.kind, "text": bubble.text, "at": bubble.at.isoformat()}


def _json(value: object) -> web.Response:
    return web.json_response(value, dumps=lambda v: json.dumps(v, ensure_ascii=False))


async def _fields(request: web.Request) -> dict[str, Any]:
    try:
        fields = json.loads(await request.read() or b"{}")
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise web.HTTPBadRequest(text="a JSON object is wanted\n")
    return fields


@click.command("fake-platform")
@click.option("--port", type=int, default=8089, show_default=True, help="Port of the platform's API.")
@click.option("--server", default="http://127.0.0.1:8080", show_default=True, help="Where the server is.")
@click.option(
    "--account", "name", default="", help="Which account of YOUSHI_OA_ACCOUNTS; default the first, else the demo one."
)
def fake_platform_command(port: int, server: str, name: str) -> None:
    """Play WeChat's platform for an account: start the server with YOUSHI_OA_API_BASE=http://127.0.0.1:PORT."""
    account = _account(name)
    platform = platform_for(account, f"{server.rstrip('/')}/wx/{account.name}")
    platform.phones.introduce(*(member[0] for member in demo.CAST))
    try:
        asyncio.run(_serve(platform, port))
    except OSError as wrong:
        raise click.ClickException(f"端口 {port} 用不了（{wrong.strerror}）：换一个 --port") from None


def _account(name: str) -> OfficialAccount:
    try:
        known = read_accounts(settings_or_stop(), with_demo=False)
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None
    if not known and name in ("", DEMO_ACCOUNT["name"]):
        return account_from(DEMO_ACCOUNT)
    if name and name not in known:
        raise click.ClickException(f"YOUSHI_OA_ACCOUNTS 里没有账号 {name}，有的是：{'、'.join(known) or '（空）'}")
    return known[name] if name else next(iter(known.values()))


async def _serve(platform: Platform, port: int) -> None:
    runner = web.AppRunner(Desk(platform).app(), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        click.echo(f"假的微信平台开好了：{base}。服务器这样开：YOUSHI_OA_API_BASE={base}")
        click.echo(
            f'让人说话：curl {base}/people/o-laowang/say -d \'{{"text":"路灯坏了"}}\'；看他手机：curl {base}/people/o-laowang'
        )
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await stop.wait()
    finally:
        await platform.push.close()
        await runner.cleanup()
