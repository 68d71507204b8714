"""The simulator (/simulator): the village's phones in a browser, for anyone to play with.

It says nothing to the handlers itself. What a person does is played on the stage, which pushes it to the server's own
webhook, signed and sealed, over HTTP; what comes back is shown by the emulator and heard here. Official accounts carry
no quotes, so the direct chat with the account offers none; the group and the assistant's private chat do.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web

from web.acts import CHINA, Acts, Wrong
from web.cast import GROUP_HINT, GROUP_NAME, cast, doors
from web.same_origin import is_loopback_host, is_same_origin
from web.screens import Screens, Watcher
from web.stage import Stage

PATH = "/simulator"
PAGE = "simulator.html"
STATIC = Path(__file__).parent / "static"
# A line of comment this often keeps the stream open and finds out who has left.
BEAT_S = 15.0
# How long a browser waits before it connects again.
RETRY_MS = 1000

_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    hdrs.CACHE_CONTROL: "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Simulator:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._members = {member.openid: member for member in cast()}
        self.screens = Screens()
        self._acts = Acts(stage, self.screens, self._members)
        self._deafen = stage.listen(self.screens.add)

    def mount(self, app: web.Application) -> None:
        """Add the page's routes; to whoever comes under a foreign host name none of them is there."""
        add_get, add_post = app.router.add_get, app.router.add_post
        add_get("/", _here(self._door))
        add_get(PATH, _here(self._page))
        add_get(f"{PATH}/static/{{name}}", _here(self._static))
        add_get(f"{PATH}/picture/{{media}}", _here(self._picture))
        add_get(f"{PATH}/cast", _here(self._cast))
        add_get(f"{PATH}/screens", _here(self._screens))
        add_get(f"{PATH}/clock", _here(self._clock))
        add_get(f"{PATH}/platform", _here(self._platform))
        add_get(f"{PATH}/events", _here(self._events))
        add_post(f"{PATH}/say", _here(self._say))
        add_post(f"{PATH}/act", _here(self._act))
        add_post(f"{PATH}/clock", _here(self._move_clock))
        app.on_shutdown.append(self._close)

    async def _close(self, _app: web.Application) -> None:
        """Let the streams end, or the server would wait for them."""
        self._deafen()
        self.screens.close()

    # -- what there is

    async def _door(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(PATH)

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        return _file(PAGE)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _file(request.match_info["name"])

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        found = self._stage.picture(request.match_info["media"])
        if found is None or found[0] not in _PICTURES:
            raise web.HTTPNotFound
        return web.Response(body=found[1], content_type=found[0], headers=_HEADERS)

    async def _cast(self, _request: web.Request) -> web.StreamResponse:
        members = [{**asdict(m), "follows": self._stage.follows(m.openid)} for m in self._members.values()]
        group = {"name": GROUP_NAME, "hint": GROUP_HINT}
        return _json({"members": members, "group": group, "doors": [asdict(door) for door in doors()]})

    async def _screens(self, _request: web.Request) -> web.StreamResponse:
        return _json({"mark": self.screens.mark, "entries": [entry.as_json() for entry in self.screens.all()]})

    async def _clock(self, _request: web.Request) -> web.StreamResponse:
        return _json(self._time())

    async def _platform(self, _request: web.Request) -> web.StreamResponse:
        return _json(asdict(self._stage.switches()))

    def _time(self) -> dict[str, str]:
        return {"now": self._stage.now().astimezone(CHINA).isoformat(timespec="milliseconds")}

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: `bubble`, `follows`, `platform` and `clock`, each with its JSON."""
        response = web.StreamResponse(headers={**_HEADERS, hdrs.CACHE_CONTROL: "no-store"})
        response.content_type = "text/event-stream"
        with self.screens.watch() as watcher, suppress(ConnectionError):  # a tab was closed
            await response.prepare(request)
            first = _event("clock", json.dumps(self._time()))
            first += _event("platform", json.dumps(asdict(self._stage.switches())))
            await response.write(f"retry: {RETRY_MS}\n".encode() + first)
            while (lines := await _next(watcher)) is not None:
                await response.write(lines)
        return response

    # -- what people do

    async def _say(self, request: web.Request) -> web.StreamResponse:
        return await _done(request, self._acts.say)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        return await _done(request, self._acts.act)

    async def _move_clock(self, request: web.Request) -> web.StreamResponse:
        answer = await _done(request, self._acts.move_clock)
        if answer.status != web.HTTPOk.status_code:
            return answer
        self.screens.tell("clock", self._time())
        return _json(self._time())


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _here(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        if not is_loopback_host(request.host):
            raise web.HTTPNotFound
        return await handler(request)

    return guarded


async def _done(request: web.Request, act: Callable[[Mapping[str, Any]], Awaitable[None]]) -> web.StreamResponse:
    """Play what was asked; what cannot be is answered with its sentence."""
    try:
        await act(await _fields(request))
    except Wrong as wrong:
        return _json({"error": wrong.text}, wrong.status)
    return _json({"ok": True})


async def _fields(request: web.Request) -> Mapping[str, Any]:
    if not is_same_origin(request.headers, request.host):
        raise Wrong("只有模拟器自己的网页能这样做。", 403)
    if request.content_type != "application/json":
        raise Wrong("请用 Content-Type: application/json 发来。", 415)
    try:
        fields = json.loads(await request.read())
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise Wrong("看不懂发来的内容，要一个 JSON 对象。")
    return fields


async def _next(watcher: Watcher) -> bytes | None:
    """The next lines of the stream; None when it ends."""
    try:
        async with asyncio.timeout(BEAT_S):
            told = await watcher.get()
    except TimeoutError:
        return b": still here\n\n"
    return None if told is None else _event(*told)


def _event(name: str, data: str) -> bytes:
    return f"event: {name}\ndata: {data}\n\n".encode()


def _json(value: Any, status: int = 200) -> web.Response:
    return web.json_response(value, status=status, headers=_HEADERS)


def _file(name: str) -> web.StreamResponse:
    """One of the page's own files; nothing else can be named."""
    path = STATIC / name
    if path.suffix not in _TYPES or path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    response = web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], headers=_HEADERS)
    if path.suffix != ".svg":
        response.charset = "utf-8"
    return response
