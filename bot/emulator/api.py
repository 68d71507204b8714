"""The platform's REST side, faked: tokens and customer-service messages, with its windows and error codes enforced.

An aiohttp application that runs on a free port of its own (`serve`) or under a prefix of another one (`app`).
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import BodyPartReader, web

from bot.channels.official_account import CAPABILITIES, OfficialAccount
from bot.emulator.endpoints import (
    GETS,
    LOGINS,
    MEDIA_GET,
    MEDIA_UPLOAD,
    POSTS,
    SHOW_QR,
    Asked,
    Login,
    Notices,
    Play,
    code_picture,
)
from bot.emulator.files import KINDS, Files
from bot.emulator.ledger import Ledger
from bot.emulator.phones import Bubble, Clock, Phones, wall_clock
from bot.emulator.tokens import Tokens

MAX_CONTENT = 2048

CUSTOM_SEND = "/cgi-bin/message/custom/send"
STABLE_TOKEN = "/cgi-bin/stable_token"  # noqa: S105
VIDEO = "/video/"
TOKEN = "/cgi-bin/token"  # noqa: S105

_WORDS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid",
    40004: "invalid media type",
    40006: "invalid file size",
    40009: "invalid image size",
    40007: "invalid media_id",
    40013: "invalid appid",
    40164: "invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist",
    40125: "invalid appsecret",
    42001: "access_token expired",
    41005: "media data missing",
    43004: "require subscribe",
    44004: "empty content",
    45002: "content size out of limit",
    45015: "response out of time limit or subscription is canceled",
    45047: "out of response count limit",
    47001: "data format error",
    45009: "reach max api daily quota limit",
    48001: "api unauthorized",
    48002: "user refuse to accept the msg",
}


@dataclass(frozen=True, slots=True)
class Scripted:
    """An answer prepared for one coming call, in place of the true one.

    `code` is an error code; `html` a page with status 200; `hang` seconds of silence first; `drop` hangs up.
    With `deliver` the message reaches the phone all the same: the outcome that the caller cannot know.
    """

    code: int | None = None
    status: int = 200
    html: str = ""
    raw: bytes | None = None
    hang: float = 0.0
    drop: bool = False
    deliver: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it came."""

    path: str
    query: dict[str, str]
    raw: bytes
    at: datetime
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.raw) if self.raw else {}


class FakeApi:
    """The accounts' side of the platform. Phones and ledger are those of the pushing side, where there is one."""

    def __init__(
        self,
        accounts: Iterable[OfficialAccount],
        phones: Phones | None = None,
        ledger: Ledger | None = None,
        clock: Clock = wall_clock,
    ) -> None:
        self.accounts = {account.appid: account for account in accounts}
        self.phones = phones or Phones()
        self.ledger = ledger or Ledger()
        self.clock = clock
        self.tokens = Tokens(clock)
        self.requests: list[Recorded] = []
        self.files = Files(clock)
        self.notices = Notices()
        self.templates: set[str] = set()  # the account's own; empty: any id will do
        self.codes: dict[str, str] = {}  # scenes by ticket
        self.menus: dict[str, dict[str, Any]] = {}
        self.allowed: dict[str, frozenset[str]] = {a.appid: CAPABILITIES for a in self.accounts.values()}
        self.daily: dict[str, int] = {}  # calls a day by path; what is not here is unlimited
        self.used: Counter[tuple[str, str]] = Counter()
        self.cleared = 0
        self.login_codes: dict[str, str | None] = {}  # of the web login: whose code, None once used
        self.is_down = False
        self.sent_notice: Callable[[str, str], None] = lambda openid, message_id: None
        self._scripts: dict[str, deque[Scripted]] = defaultdict(deque)
        self._always: dict[str, Scripted] = {}
        self._ids = itertools.count(1)

    def script(self, path: str, *answers: Scripted | int) -> None:
        """The next calls of this path get these answers, one each; a number is an error code."""
        self._scripts[path].extend(_scripted(answer) for answer in answers)

    def always(self, path: str, answer: Scripted | int | None) -> None:
        """Every call of this path gets this answer; None ends it."""
        if answer is None:
            self._always.pop(path, None)
        else:
            self._always[path] = _scripted(answer)

    def calls(self, path: str) -> list[Recorded]:
        return [request for request in self.requests if request.path == path]

    def app(self) -> web.Application:
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_post(STABLE_TOKEN, self._stable_token)
        app.router.add_get(TOKEN, self._token)
        app.router.add_post(CUSTOM_SEND, self._custom_send)
        app.router.add_post(MEDIA_UPLOAD, self._upload)
        app.router.add_get(MEDIA_GET, self._download)
        app.router.add_get(SHOW_QR, self._show_code)
        app.router.add_get(f"{VIDEO}{{media_id}}", self._show_video)
        for path, (capability, play) in POSTS.items():
            app.router.add_post(path, self._endpoint(path, capability, play))
        for path, (capability, play) in GETS.items():
            app.router.add_get(path, self._endpoint(path, capability, play))
        for path, login in LOGINS.items():
            app.router.add_get(path, self._login(path, login))
        return app

    @asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
        """Listen; gives the base address."""
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            yield f"http://{host}:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def _stable_token(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()

        def answer() -> dict[str, Any]:
            asked = _object(raw)
            refused = self._refused(asked.get("appid"), asked.get("secret"))
            return refused or self.tokens.stable(str(asked["appid"]), bool(asked.get("force_refresh")))

        return await self._answer(request, STABLE_TOKEN, raw, answer)

    async def _token(self, request: web.Request) -> web.StreamResponse:
        def answer() -> dict[str, Any]:
            appid, secret = request.query.get("appid"), request.query.get("secret")
            return self._refused(appid, secret) or self.tokens.plain(str(appid))

        return await self._answer(request, TOKEN, b"", answer)

    def _refused(self, appid: object, secret: object) -> dict[str, Any] | None:
        account = self.accounts.get(str(appid))
        if account is None:
            return error(40013)
        return None if account.secret == secret else error(40125)

    # -- the common way

    def _endpoint(self, path: str, capability: str, play: Play) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            raw = await request.read()
            return await self._answer(request, path, raw, lambda: self._played(request, path, capability, raw, play))

        return answer

    def _login(self, path: str, login: Login) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._answer(request, path, b"", lambda: login(self, request.query))

        return answer

    def _played(self, request: web.Request, path: str, capability: str, raw: bytes, play: Play) -> dict[str, Any]:
        """The platform's checks before any endpoint: token, what the account may do, the day's calls, the form."""
        appid, code = self._admit(request, path, capability)
        if code:
            return error(code)
        body = _object(raw)
        if request.method == "POST" and not body:
            return error(47001)
        return play(self, Asked(appid, self.accounts[appid].name, dict(request.query), body, raw))

    def _admit(self, request: web.Request, path: str, capability: str) -> tuple[str, int]:
        appid, code = self.tokens.check(request.query.get("access_token", ""))
        if code:
            return appid, code
        if capability and capability not in self.allowed[appid]:
            return appid, 48001
        day = (path, f"{self.clock():%y%m%d}")
        self.used[day] += 1
        return appid, 45009 if self.used[day] > self.daily.get(path, 10**9) else 0

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content, type_ = b"", ""
        if request.content_type.startswith("multipart/"):
            async for part in await request.multipart():
                if isinstance(part, BodyPartReader) and part.name == "media":
                    content, type_ = bytes(await part.read()), part.headers.get("Content-Type", "")

        def answer() -> dict[str, Any]:
            _, code = self._admit(request, MEDIA_UPLOAD, "")
            kind = request.query.get("type", "")
            if code or kind not in KINDS or not content:
                return error(code or (40004 if kind not in KINDS else 41005))
            if len(content) > KINDS[kind]:
                return error(40009 if kind == "image" else 40006)
            media_id = self.files.put(kind, type_, content)
            return {"type": kind, "media_id": media_id, "created_at": int(self.clock().timestamp())}

        return await self._answer(request, MEDIA_UPLOAD, content, answer)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        _, code = self._admit(request, MEDIA_GET, "")
        file = self.files.get(request.query.get("media_id", ""))
        scripted = self._scripts[MEDIA_GET] or MEDIA_GET in self._always
        if code or file is None or scripted or self.is_down:
            return await self._answer(request, MEDIA_GET, b"", lambda: error(code or 40007))
        if file.kind == "video":  # named by an address, as the platform does
            address = request.url.with_path(f"{request.path.removesuffix(MEDIA_GET)}{VIDEO}{request.query['media_id']}")
            return await self._answer(request, MEDIA_GET, b"", lambda: {"video_url": str(address.with_query(None))})
        self.requests.append(Recorded(MEDIA_GET, dict(request.query), b"", self.clock()))
        headers = {"Content-Disposition": 'attachment; filename="medium"'}
        return web.Response(body=file.content, content_type=file.type, headers=headers)

    async def _show_video(self, request: web.Request) -> web.StreamResponse:
        file = self.files.get(request.match_info["media_id"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.type)

    async def _show_code(self, request: web.Request) -> web.StreamResponse:
        picture = code_picture(self, request.query.get("ticket", ""))
        if picture is None:
            raise web.HTTPNotFound
        return web.Response(body=picture, content_type="image/png")

    async def _custom_send(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        return await self._answer(request, CUSTOM_SEND, raw, lambda: self._send(request, raw))

    def _send(self, request: web.Request, raw: bytes) -> dict[str, Any]:
        """The platform's checks, in its order: token, form, person, content, window."""
        appid, code = self._admit(request, CUSTOM_SEND, "customer_service")
        if code:
            return error(code)
        message = _object(raw)
        if not message:
            return error(47001)
        openid, now = str(message.get("touser", "")), self.clock()
        kind, content = _content(message, raw)
        code = self._unreachable(openid) or _content_error(kind, content)
        if not code and kind in ("image", "voice") and self.files.get(content) is None:
            code = 40007
        code = code or self.ledger.spend(openid, now)
        if code:
            return error(code)
        self.phones.show(Bubble(self.accounts[appid].name, openid, content, now, "service", kind))
        return {"errcode": 0, "errmsg": "ok"}

    def _unreachable(self, openid: str) -> int:
        phone = self.phones.known(openid)
        if phone is None:
            return 40003
        if phone.refuses:
            return 48002
        return 0 if phone.followed else 45015

    async def _answer(self, request: web.Request, path: str, raw: bytes, true: Any) -> web.StreamResponse:
        """The scripted answer if one is due, else the true one; every request is recorded."""
        script = self._scripts[path].popleft() if self._scripts[path] else self._always.get(path)
        if self.is_down:
            script = Scripted(status=502, html="Bad Gateway")
        answer = true() if script is None or script.deliver else error(script.code or 0)
        self.requests.append(Recorded(path, dict(request.query), raw, self.clock(), answer))
        if script is None:
            return web.json_response(answer)
        return await _as_scripted(request, script, answer)


async def _as_scripted(request: web.Request, script: Scripted, answer: dict[str, Any]) -> web.StreamResponse:
    if script.hang:
        await asyncio.sleep(script.hang)
    if script.drop:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if script.html:
        return web.Response(text=script.html, content_type="text/html", status=script.status)
    if script.raw is not None:
        return web.Response(body=script.raw, status=script.status)
    return web.json_response(error(script.code) if script.code is not None else answer, status=script.status)


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _scripted(answer: Scripted | int) -> Scripted:
    return answer if isinstance(answer, Scripted) else Scripted(code=answer)


def error(code: int) -> dict[str, Any]:
    return {"errcode": code, "errmsg": _WORDS.get(code, "ok" if code == 0 else "error")}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _content(message: dict[str, Any], raw: bytes) -> tuple[str, str]:
    """(kind, what the phone shows). Escaped Chinese is shown and counted as it stands: \\u8def, twice as long."""
    kind = str(message.get("msgtype"))
    part = message.get(kind)
    content = part.get("content", part.get("media_id")) if isinstance(part, dict) else None
    if not isinstance(content, str):
        return kind, ""
    return kind, json.dumps(content)[1:-1] if b"\\u" in raw and not content.isascii() else content


def _content_error(kind: str, content: str) -> int:
    if not content.strip():
        return 44004
    return 45002 if kind == "text" and len(content.encode("utf-8", "replace")) > MAX_CONTENT else 0
