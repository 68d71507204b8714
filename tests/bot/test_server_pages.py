"""Health and metrics: true, and shown to whom they are for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

from tests.bot.town import LAMP, WANG, Town
from tests.engines import OwnPostgres


@asynccontextmanager
async def get(town: Town, path: str, **headers: str) -> AsyncIterator[aiohttp.ClientResponse]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{town.port_pushed}{path}", headers=headers) as answer,
    ):
        yield answer


async def test_a_server_is_live_before_and_ready_once_its_rules_are_read(lone_town: Town) -> None:
    opens = threading.Event()
    async with lone_town.house(opens=opens) as house:
        async with get(lone_town, "/health/live") as answer:
            assert answer.status == 200
        async with get(lone_town, "/health/ready") as answer:
            assert answer.status == 503
            assert await answer.json() == {
                "database": True,
                "migrated": True,
                "rules": False,
                "disk": True,
                "turns": True,
            }
        opens.set()
        await asyncio.to_thread(house.loaded.ready.wait, 5)
        async with get(lone_town, "/health/ready") as answer:
            assert answer.status == 200
            assert all((await answer.json()).values())


async def test_a_server_without_its_database_is_live_and_not_ready(own_postgres: OwnPostgres, lone_town: Town) -> None:
    lone_town.url = own_postgres.url
    async with lone_town.house():
        async with get(lone_town, "/health/ready") as answer:
            assert answer.status == 200
        own_postgres.stop("immediate")
        async with get(lone_town, "/health/ready") as answer:
            assert answer.status == 503
            assert (await answer.json())["database"] is False
        async with get(lone_town, "/health/live") as answer:
            assert answer.status == 200
        own_postgres.start()
        async with get(lone_town, "/health/ready") as answer:
            assert answer.status == 200


async def test_metrics_are_shown_here_and_elsewhere_only_with_the_token(lone_town: Town) -> None:
    elsewhere = {"X-Forwarded-For": "203.0.113.7"}
    async with lone_town.house(metrics_token="a-token-of-the-township"):
        await lone_town.say(WANG, LAMP)
        async with get(lone_town, "/metrics") as answer:
            text = await answer.text()
            assert answer.status == 200
        for name in ("youshi_webhook_requests_total", "youshi_turns_total", "youshi_batch_turns_bucket"):
            assert name in text
        assert "o-laowang" not in text
        for wrong in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": "Bearer 口令"},
            {"Authorization": "Basic eA=="},
        ):
            async with get(lone_town, "/metrics", **elsewhere, **wrong) as answer:
                assert (wrong, answer.status) == (wrong, 404)
        async with get(lone_town, "/metrics", **elsewhere, Authorization="Bearer a-token-of-the-township") as answer:
            assert answer.status == 200
        async with get(lone_town, "/metrics", Forwarded="for=203.0.113.7") as answer:
            assert answer.status == 404


async def test_without_a_token_metrics_are_shown_to_nobody_elsewhere(lone_town: Town) -> None:
    async with lone_town.house():
        for token in ("", "Bearer ", "Bearer"):
            async with get(lone_town, "/metrics", Authorization=token, Forwarded="for=203.0.113.7") as answer:
                assert answer.status == 404


async def test_the_platform_can_prove_the_webhook(lone_town: Town) -> None:
    async with lone_town.house():
        assert await lone_town.platform.push.verify()
