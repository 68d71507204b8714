"""The doctor's look at an official account: what is wrong, in words that say how to mend it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.doctor_accounts import PAGES, offline, online
from bot.emulator.api import STABLE_TOKEN, FakeApi, Scripted
from settings import Settings
from tests.bot.town import Town
from tests.bot.toys import AES, account
from web.verification import VerificationFiles


def settings(base: str = "", **more: str) -> Settings:
    return Settings(oa_api_base=base, **more)  # type: ignore[call-arg, arg-type]


@pytest.fixture
async def fake() -> AsyncIterator[tuple[FakeApi, str]]:
    api = FakeApi([AES])
    async with api.serve() as base:
        yield api, base


async def words(of: object, base: str, **more: str) -> str:
    return "\n".join([f"{f.grade} {f.what} {f.mend}" async for f in online(of, settings(base, **more))])  # type: ignore[arg-type]


async def test_d28_an_address_that_is_not_on_the_whitelist_is_named(fake: tuple[FakeApi, str]) -> None:
    refusal = b'{"errcode":40164,"errmsg":"invalid ip 203.0.113.7, not in whitelist"}'
    fake[0].always(STABLE_TOKEN, Scripted(raw=refusal))
    said = await words(AES, fake[1])
    assert "203.0.113.7" in said
    assert "IP白名单" in said
    assert AES.secret not in said


@pytest.mark.parametrize(
    ("code", "said"),
    [(40013, "appid 不对"), (40125, "secret 不对"), (40001, "secret 不对"), (-1, "连不上"), (77777, "77777")],
)
async def test_every_refusal_has_its_mend(fake: tuple[FakeApi, str], code: int, said: str) -> None:
    fake[0].always(STABLE_TOKEN, code)
    assert said in await words(AES, fake[1])


async def test_all_is_well_but_for_the_menu(fake: tuple[FakeApi, str]) -> None:
    said = await words(AES, fake[1])
    assert "good 账号 demo 拿得到" in said
    assert "youshi menu" in said


async def test_an_address_nobody_answers_at_is_named(fake: tuple[FakeApi, str]) -> None:
    assert "外面打不开" in await words(AES, fake[1], public_url="http://127.0.0.1:9")


async def test_the_address_that_was_tried_is_named(fake: tuple[FakeApi, str]) -> None:
    said = await words(AES, "http://127.0.0.1:9")
    assert "YOUSHI_OA_API_BASE=http://127.0.0.1:9" in said
    assert "api.weixin" not in said


@pytest.mark.parametrize("forwarded", [("/wx/",), ("/wx/", "/t/"), ("/wx/", "/t/", "/n/", "/polls/")])
async def test_a_proxy_that_leaves_links_dead_is_named(
    lone_town: Town, fake: tuple[FakeApi, str], forwarded: tuple[str, ...]
) -> None:
    """The page told to forward /wx/ and /t/ alone: notices of meetings and lists of secret polls were dead."""
    async with lone_town.house() as house, proxy(house.port, forwarded) as base:
        said = await words(AES, fake[1], public_url=base)
    assert "外面打得开" in said
    dead = [path for path in PAGES if path not in forwarded]
    assert [path for path in PAGES if f"{path}、" in said or f"{path}：" in said] == dead


@asynccontextmanager
async def proxy(port: int, forwarded: tuple[str, ...]) -> AsyncIterator[str]:
    """A reverse proxy that forwards these paths and answers the rest itself, as some do, with a page and 200."""
    async with aiohttp.ClientSession() as session:

        async def forward(request: web.Request) -> web.Response:
            if not request.path.startswith(forwarded):
                return web.Response(text="Welcome to nginx!")
            async with session.get(f"http://127.0.0.1:{port}{request.rel_url}") as answer:
                return web.Response(status=answer.status, body=await answer.read())

        app = web.Application()
        app.router.add_get("/{path:.*}", forward)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"kind": "subscription"}, "没有 qrcode"),
        ({"kind": "service_unverified"}, "没有 customer_service"),
        ({"mode": "plain"}, "明文模式"),
        ({}, "没填 templates"),
    ],
)
def test_what_an_account_cannot_do_is_said(more: dict[str, str], said: str) -> None:
    mode = more.pop("mode", "aes")
    assert any(said in finding.what for finding in offline(account(mode, **more), settings()))


@pytest.mark.parametrize(
    ("url", "grade"),
    [("https://cun.example", "good"), ("http://cun.example:8080", "bad"), ("ftp://cun.example", "bad")],
)
def test_only_the_ports_the_platform_calls_will_do(url: str, grade: str) -> None:
    found = [f for f in offline(AES, settings(public_url=url)) if url in f.what]
    assert [f.grade for f in found] == [grade]


async def test_a_verification_file_is_shown_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "verify").mkdir()
    (tmp_path / "verify" / "MP_verify_abc.txt").write_text("abc123", encoding="utf-8")
    (tmp_path / "secret.key").write_text("secret", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    app = web.Application()
    VerificationFiles(tmp_path).mount(app)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{base}/MP_verify_abc.txt") as answer:
                assert (answer.status, await answer.text()) == (200, "abc123")
            for path in ("/secret.txt", "/secret.key", "/..%2Fsecret.txt", "/verify/MP_verify_abc.txt", "/a.txt"):
                async with session.get(base + path) as answer:
                    assert answer.status == 404, path
    finally:
        await runner.cleanup()
