"""The web server: webhooks, health, metrics. Everything about a platform is in its channel."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.channels import official
from bot.channels.official import OfficialAccount
from bot.metrics import REQUESTS
from bot.reception import ACKNOWLEDGED, BUSY, Reception, Sealed

_TOO_LARGE = web.HTTPRequestEntityTooLarge
# A body that does not arrive would hold a connection for ever; the platform itself gives us five seconds in all.
READ_TIMEOUT_S = 5.0
_XML = "text/xml"
_BROKEN, _REFUSED, _SLOW, _LARGE = 400, 403, 408, 413


@dataclass(frozen=True)
class Desk:
    """What the request handlers need, handed over at wiring."""

    accounts: Mapping[str, OfficialAccount]
    reception: Reception
    is_ready: Callable[[], Mapping[str, bool]]
    metrics_token: str = ""


DESK = web.AppKey("desk", Desk)


def make_app(desk: Desk) -> web.Application:
    app = web.Application(client_max_size=official.MAX_BODY)
    app[DESK] = desk
    app.router.add_get("/wx/{account}", verify)
    app.router.add_post("/wx/{account}", receive)
    app.router.add_get("/health/live", live)
    app.router.add_get("/health/ready", ready)
    app.router.add_get("/metrics", metrics)
    return app


async def verify(request: web.Request) -> web.Response:
    """The platform asks whether this is ours; its echo goes back once the signature is right."""
    desk = request.app[DESK]
    account = desk.accounts.get(request.match_info["account"])
    try:
        if account is None:
            raise official.NotAuthentic
        return web.Response(text=official.verify_url(account, request.rel_url.raw_query_string))
    except official.NotAuthentic:
        desk.reception.refused.note(account.name if account is not None else None)
        return _refused(_REFUSED)


async def receive(request: web.Request) -> web.Response:
    """One delivery: authentic or refused; then its reply, `success`, or 503 where nothing could be kept."""
    desk = request.app[DESK]
    account = desk.accounts.get(request.match_info["account"])
    if account is None:
        desk.reception.refused.note(None)
        return _refused(_REFUSED)
    if (request.content_length or 0) > official.MAX_BODY:
        return _refused(_LARGE)
    try:
        body = await _body(request)
    except _TOO_LARGE:
        return _refused(_LARGE)
    except TimeoutError:
        return _refused(_SLOW)
    except web.RequestPayloadError:  # a body that is not compressed as it says, or ends too early
        return _refused(_BROKEN)
    response = await desk.reception.receive(account, request.rel_url.raw_query_string, body)
    if isinstance(response, Sealed):
        return web.Response(body=response.body, content_type=_XML if response is not ACKNOWLEDGED else "text/plain")
    return web.Response(status=response.status) if response is BUSY else _closing(response.status)


async def _body(request: web.Request) -> bytes:
    """The whole body; one that came with its head needs no clock."""
    if request.content.is_eof():
        return await request.read()
    async with asyncio.timeout(READ_TIMEOUT_S):
        return await request.read()


def _refused(status: int) -> web.Response:
    REQUESTS.labels(str(status)).inc()
    return _closing(status)


def _closing(status: int) -> web.Response:
    response = web.Response(status=status)
    response.force_close()
    return response


async def live(request: web.Request) -> web.Response:
    return web.json_response({"live": True})


async def ready(request: web.Request) -> web.Response:
    """Ready: listening, database reachable, rules loaded."""
    checks = await asyncio.to_thread(request.app[DESK].is_ready)
    return web.json_response(dict(checks), status=200 if all(checks.values()) else 503)


async def metrics(request: web.Request) -> web.Response:
    """Prometheus, from this machine or with the token; to anybody else it is not there."""
    token = request.app[DESK].metrics_token
    given = request.headers.get(hdrs.AUTHORIZATION, "").removeprefix("Bearer ")
    if not _is_here(request) and not (
        token and hmac.compare_digest(token.encode(), given.encode(errors="surrogateescape"))
    ):
        raise web.HTTPNotFound
    return web.Response(body=generate_latest(), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})


def _is_here(request: web.Request) -> bool:
    """Did the request come from this machine, and not through a proxy on it?"""
    if hdrs.X_FORWARDED_FOR in request.headers or hdrs.FORWARDED in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False
