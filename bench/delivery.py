"""Delivery: what sending costs beside a bare client and wechatpy, what faults leave behind, what finding the next costs.

`python -m bench delivery [part…]`: next, token, faults, speed; without a part, all. `speed` pins this process to one
core and the platform (50 ms to answer) to the other.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bench import next_letter
from bench.grounds import ACCOUNT, SECRET
from bench.next_letter import NOW, WORDS, database_with
from bot import logs
from bot.channels.official_api import OfficialApi
from bot.channels.official_http import open_session
from bot.channels.official_transport import OfficialTransport
from bot.emulator.api import CUSTOM_SEND, FakeApi, Scripted
from bot.sender import Sender
from bot.sending import Account, State
from storage.database import Database
from storage.ids import new_id
from storage.outbox import Post
from storage.shared import InProcess, ThroughRedis
from storage.vault import Vault

LATENCY_S = 0.05
AT_ONCE = 100
SENDS = 6000
THEIR_SENDS, THEIR_THREADS = 800, 32
NOTICES, FAULTS = 10_000, 0.05


class Hands:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


# -- tokens


async def fetch_together(base: str, coroutines: int, shared: Any) -> None:
    async with aiohttp.ClientSession() as session:
        api = OfficialApi(ACCOUNT, session, base, shared=shared)
        await asyncio.gather(*(api.token() for _ in range(coroutines)))


def _in_process(base: str, redis: str, prefix: str, start: Any) -> None:
    start.wait()
    asyncio.run(fetch_together(base, 64, ThroughRedis(redis, prefix) if redis else InProcess()))


async def count_fetches(processes: int, redis: str = "") -> int:
    fake = FakeApi([ACCOUNT])
    async with fake.serve() as base:
        if processes == 1:
            await fetch_together(base, 64, InProcess())
            return fake.tokens.fetches
        context = multiprocessing.get_context("spawn")
        start, prefix = context.Event(), f"youshi-bench-{new_id()}"
        running = [context.Process(target=_in_process, args=(base, redis, prefix, start)) for _ in range(processes)]
        for process in running:
            process.start()
        await asyncio.sleep(2.0)
        start.set()
        for process in running:
            await asyncio.to_thread(process.join, 60)
        return fake.tokens.fetches


def measure_token() -> None:
    redis = os.environ.get("YOUSHI_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
    print(f"64 cold coroutines, one process: {asyncio.run(count_fetches(1))} token fetch")
    print(f"two processes, no Redis: {asyncio.run(count_fetches(2))} token fetches")
    print(f"two processes, one Redis: {asyncio.run(count_fetches(2, redis))} token fetches")


# -- faults

CODES = (-1, 45009, 45011, 45015, 45047, 45002, 43004, 40003, 48002, 40001, 42001)


async def send_among_faults() -> tuple[Counter[tuple[str, str]], int]:
    """Send with random faults until nothing is pending; (how the rows ended, messages shown twice)."""
    hands, dice = Hands(), random.Random(7)
    fake = FakeApi([ACCOUNT], clock=hands)
    fake.ledger.spend = lambda openid, now: 0  # type: ignore[method-assign]
    fake.phones.introduce(*(f"o{n}" for n in range(1, NOTICES + 1)))
    plain = fake._answer

    async def at_times_wrong(request: web.Request, path: str, raw: bytes, true: Any) -> web.StreamResponse:
        if path == CUSTOM_SEND and dice.random() < FAULTS:
            fake.script(path, fault(dice))
        return await plain(request, path, raw, true)

    fake._answer = at_times_wrong  # type: ignore[method-assign]
    with database_with(NOTICES) as database:
        with database.write() as connection:  # a third may not be said twice
            connection.exec_driver_sql("update outbox set repeat = 'never' where id % 3 = 0")
        async with fake.serve() as base, aiohttp.ClientSession() as session:
            await drain(database, sender_over(database, session, base, hands), hands)
        with database.read() as connection:
            rows = connection.exec_driver_sql("select state, error, count(*) from outbox group by 1, 2").all()
            never = set(connection.exec_driver_sql("select address from outbox where repeat = 'never'").scalars())
            numbers = {f"contact:{n}": f"o{n}" for n in range(1, NOTICES + 1)}
    twice = sum(len(fake.phones.phone(numbers[address]).texts) > 1 for address in never)
    return Counter({(row[0], row[1]): row[2] for row in rows}), twice


def fault(dice: random.Random) -> Scripted:
    kind = dice.randrange(6)
    if kind == 0:
        return Scripted(html="<html>login</html>")
    if kind == 1:
        return Scripted(drop=True, deliver=dice.random() < 0.5)
    if kind == 2:
        return Scripted(raw=b'{"errcode":0,"err', deliver=True)
    if kind == 3:
        return Scripted(status=500, raw=b"oops")
    return Scripted(code=dice.choice(CODES))


async def drain(database: Database, sender: Sender, hands: Hands) -> None:
    post = Post(database, Vault(SECRET), "look")
    while (due := post.next_due()) is not None:
        hands.now = max(hands.now, due)
        if not await sender.send_due():
            hands.now += timedelta(seconds=30)


def sender_over(
    database: Database, session: aiohttp.ClientSession, base: str, clock: Callable[[], datetime], name: str = "bench"
) -> Sender:
    api = OfficialApi(ACCOUNT, session, base, clock=lambda: clock().timestamp())
    state = State({ACCOUNT.name: Account(ACCOUNT.capabilities, ACCOUNT.templates, 10**9)})
    transports = {("oa", ACCOUNT.name): OfficialTransport(api)}
    return Sender(Post(database, Vault(SECRET), name), transports, clock, InProcess(), state)


def measure_faults() -> None:
    ended, twice = asyncio.run(send_among_faults())
    print(f"{NOTICES:,} notices, {FAULTS:.0%} faults:")
    for (state, why), many in sorted(ended.items(), key=lambda pair: -pair[1]):
        print(f"  {state:10}{why:28}{many:>8,}")
    final = sum(
        many for (state, why), many in ended.items() if state == "sent" or (state in ("stuck", "dropped") and why)
    )
    print(f"  ended with a reason: {final:,}; said twice though it must not be: {twice}")


# -- speed


def _platform(ready: Any) -> None:
    """A platform that takes 50 ms for every call, in a process of its own."""
    os.sched_setaffinity(0, {1})

    async def send(request: web.Request) -> web.Response:
        await request.read()
        await asyncio.sleep(LATENCY_S)
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    async def token(request: web.Request) -> web.Response:
        return web.json_response({"access_token": "T" * 136, "expires_in": 7200})

    async def serve() -> None:
        app = web.Application()
        app.router.add_post(CUSTOM_SEND, send)
        app.router.add_post("/cgi-bin/stable_token", token)
        app.router.add_get("/cgi-bin/token", token)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


@contextmanager
def slow_platform() -> Iterator[str]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_platform, args=(there,), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{here.recv()}"
    process.terminate()
    process.join()


async def bare_rate(base: str) -> float:
    """Sends a second of an aiohttp client that only posts and reads the answer."""
    body = {"touser": "o1", "msgtype": "text", "text": {"content": WORDS}}
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def send() -> None:
            for _ in range(SENDS // AT_ONCE):
                async with session.post(base + CUSTOM_SEND, json=body, params={"access_token": "T" * 136}) as answer:
                    await answer.json()

        begun = time.perf_counter()
        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
        return SENDS / (time.perf_counter() - begun)


async def our_rate(base: str) -> float:
    """Sends a second of the whole sender: claim, route, send, write what became of it."""
    with database_with(SENDS) as database:
        async with open_session(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
            sender = sender_over(database, session, base, lambda: datetime.now(UTC))
            post = Post(database, Vault(SECRET), "look")
            begun = time.perf_counter()
            running = asyncio.create_task(sender.run())
            while post.next_due() is not None:  # noqa: ASYNC110 - the rows tell, not the sender
                await asyncio.sleep(0.1)
            spent = time.perf_counter() - begun
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        with database.read() as connection:
            sent = connection.exec_driver_sql("select count(*) from outbox where state = 'sent'").scalar_one()
        assert sent == SENDS, sent
    return SENDS / spent


def their_rate(base: str) -> float:
    from wechatpy import WeChatClient

    client = WeChatClient("wx", "secret", access_token="T" * 136)
    client.API_BASE_URL = f"{base}/cgi-bin/"
    client.session.set(client.access_token_key, "T" * 136)
    begun = time.perf_counter()
    with ThreadPoolExecutor(THEIR_THREADS) as pool:
        list(pool.map(lambda n: client.message.send_text(f"o{n}", WORDS), range(THEIR_SENDS)))
    return THEIR_SENDS / (time.perf_counter() - begun)


def measure_speed(rounds: int = 3) -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {0})
    try:
        with slow_platform() as base:
            bare, ours = [], []
            for _ in range(rounds):
                bare.append(asyncio.run(bare_rate(base)))
                ours.append(asyncio.run(our_rate(base)))
            theirs = their_rate(base)
    finally:
        os.sched_setaffinity(0, before)
    best, mine = statistics.median(bare), statistics.median(ours)
    print(f"{'sends/s at 50 ms':34}{'median':>8}  rounds")
    print(f"{'bare aiohttp client, 100 at once':34}{best:8.0f}  {' '.join(f'{rate:.0f}' for rate in bare)}")
    print(f"{'our sender, 100 at once':34}{mine:8.0f}  {' '.join(f'{rate:.0f}' for rate in ours)}  ({mine / best:.2f})")
    print(f"{'wechatpy, 32 threads':34}{theirs:8.0f}")


PARTS = {"next": next_letter.measure, "token": measure_token, "faults": measure_faults, "speed": measure_speed}


def main(arguments: list[str]) -> None:
    """Measure the named parts, or all."""
    import structlog

    logs.configure("json")
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # wechatpy's own pool is smaller than its threads

    structlog.configure(processors=[_silence])
    for name in [name for name in arguments if name in PARTS] or list(PARTS):
        print(f"-- {name}", flush=True)
        PARTS[name]()


def _silence(_logger: Any, _name: str, _event: Any) -> Any:
    import structlog

    raise structlog.DropEvent


if __name__ == "__main__":
    main(sys.argv[1:])
