"""kill -9 under load, again and again: every acknowledged message has its effect exactly once.

Distinct complaints are posted over many connections; at a random moment the server is killed; it starts again; what was
never answered is delivered again, as the platform would. In the end every message stands in the village's books once.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from bench import grounds
from storage import tables
from storage.database import Database

KILLS = 20
CONNECTIONS = 32
MESSAGES = 1_500  # ready for each round; far more than are sent before the kill
MOMENT = (0.3, 1.2)  # seconds of load before the kill
SEED = 20261124


def _stories(number: Iterator[int]) -> Iterator[str]:
    """Complaints that can be told apart in the books."""
    for one in number:
        yield f"路灯坏了好几天了，黑灯瞎火的，灯杆编号{one:07d}"


class Round:
    """The messages of one server's life: which were sent, which were answered in full with 200."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.port = port
        self.queue = iter(enumerate(requests))
        self.sent: set[int] = set()
        self.answered: set[int] = set()

    async def post(self) -> None:
        """One connection: post, read the whole answer, post again, until the server is gone."""
        with suppress(OSError, asyncio.IncompleteReadError, ValueError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            for number, request in self.queue:
                self.sent.add(number)
                writer.write(request)
                if await _status(reader) == 200:
                    self.answered.add(number)
            writer.close()


async def _status(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12])


async def _until_killed(server: grounds.Server, round_: Round, seconds: float) -> None:
    posting = [asyncio.create_task(round_.post()) for _ in range(CONNECTIONS)]
    await asyncio.sleep(seconds)
    server.kill()
    await asyncio.wait(posting, timeout=10)


async def _again(port: int, requests: list[bytes]) -> None:
    """Deliver what was never answered once more."""
    round_ = Round(port, requests)
    await asyncio.gather(*(round_.post() for _ in range(8)))


def measure(engine: str, folder: Path) -> None:
    dice, numbers = random.Random(SEED), itertools.count()
    with grounds.village(engine, folder) as village:
        texts, answered, sent, pending = _stories(numbers), 0, 0, list[bytes]()
        for _ in range(KILLS):
            server = grounds.ours(village, folder, worker=True)
            server.wait_until_ready()
            asyncio.run(_again(server.port, pending))
            requests = grounds.signed(village.openids, texts, MESSAGES, "/wx/bench")
            round_ = Round(server.port, requests)
            asyncio.run(_until_killed(server, round_, dice.uniform(*MOMENT)))
            answered += len(round_.answered)
            sent += len(round_.sent)
            pending = [requests[number] for number in sorted(round_.sent - round_.answered)]
        server = grounds.ours(village, folder, worker=True)
        server.wait_until_ready()
        asyncio.run(_again(server.port, pending))
        asyncio.run(asyncio.sleep(6))  # the sweeper brings back what was accepted and not yet played
        server.close()
        found = _in_the_books(village.url)
    doubled = sum(many - 1 for many in found.values())
    print(f"{engine}: {KILLS} kills, {sent} sent, {answered} answered before a kill, {sent - answered} delivered again")
    print(f"{engine}: {len(found)} in the books, {sent - len(found)} lost, {doubled} doubled", flush=True)


def _in_the_books(url: str) -> Counter[str]:
    database = Database(url)
    with database.read() as connection:
        found = Counter(row.text for row in connection.execute(select(tables.matters.c.text)))
    database.dispose()
    return Counter({text: many for text, many in found.items() if "灯杆编号" in text})


def main(options: list[str]) -> None:
    with grounds.workplace() as folder:
        for engine in ("SQLite", "PostgreSQL"):
            measure(engine, folder)
