"""R7: Redis killed, emptied, read-only or slow while villagers talk: speed may go, no word does.

One server with its worker, a Redis of its own. A fault is set once half of the messages are answered and stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
import redis

from tests.bot.town import LAMP, Town, eventually, until_ready
from tests.engines import OwnRedis, free_port

pytestmark = pytest.mark.wall_clock
MESSAGES = 24


def _killed(server: OwnRedis) -> None:
    server.stop()


def _emptied(server: OwnRedis) -> None:
    _told(server, "FLUSHALL")


def _read_only(server: OwnRedis) -> None:
    """No replica follows, so that every write is refused."""
    _told(server, "CONFIG", "SET", "min-replicas-to-write", "1")


def _slow(server: OwnRedis) -> None:
    """Every command of anybody is answered only after two seconds."""
    _told(server, "CLIENT", "PAUSE", "2000", "ALL")


def _told(server: OwnRedis, *command: str) -> None:
    client = redis.Redis.from_url(server.url, socket_timeout=5)
    client.execute_command(*command)  # type: ignore[no-untyped-call]
    client.close()


@pytest.mark.parametrize("fault", [_killed, _emptied, _read_only, _slow], ids=lambda fault: fault.__name__.strip("_"))
async def test_r07_whatever_befalls_redis_each_message_is_done_and_answered_once(
    lone_town: Town, own_redis: OwnRedis, fault: Callable[[OwnRedis], None]
) -> None:
    town, port = lone_town, free_port()
    process = await town.start_process(port, YOUSHI_REDIS_URL=own_redis.url)
    try:
        await until_ready(port, process)
        town.push_to(port)
        push = town.platform.push
        said = [push.text(f"o-redis-{number}", f"第{number}件：{LAMP}") for number in range(MESSAGES)]
        outcomes = [await push.deliver(one) for one in said[: MESSAGES // 2]]
        await asyncio.to_thread(fault, own_redis)
        outcomes += await asyncio.gather(*map(push.deliver, said[MESSAGES // 2 :]))
        outcomes += [await push.deliver(one) for one in said]  # the platform sends everything a second time
        await eventually(lambda: {row.state for row in town.rows("outbox")} <= {"sent", "dropped", "stuck"}, 30)
    finally:
        process.terminate()
        await asyncio.wait_for(process.communicate(), 30)
    assert all(outcome.taken and len(outcome.texts) == 1 for outcome in outcomes)
    assert [len(outcome.deliveries) for outcome in outcomes] == [1] * len(outcomes), "none took the platform's 5 s"
    assert sorted(town.matters()) == sorted(f"第{number}件：{LAMP}" for number in range(MESSAGES))
