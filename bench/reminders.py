"""R13: 5,000 reminders, four senders on SQLite and eight on PostgreSQL, each a process of its own; then with kill -9.

`python -m bench reminders [--seed=N] [--sqlite|--postgresql]`. The platform is the fake one, over HTTP, in this process;
what a phone showed is counted there. First nobody dies: every reminder is shown once. Then a sender chosen by lot is
killed each time so many more have been shown, and another begins; a third of the reminders may never be said twice, a
third only where the platform knows them by their id, a third may. Those the dead held are taken over when their lease
has run out: the last sender's clock is two minutes ahead, so that nobody waits for that. Under three minutes in all.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import aiohttp

from bench.grounds import ACCOUNT, ROOT
from bench.next_letter import database_with
from bot.emulator.api import FakeApi
from storage.database import Database

JOBS = 5_000
SENDERS = {"SQLite": 4, "PostgreSQL": 8}
KILLS = 9
LATE = timedelta(minutes=2)  # beyond every lease
AT_MOST_S = 90.0


@dataclass
class Senders:
    """Processes that send from one database to one platform."""

    url: str
    base: str
    running: list[asyncio.subprocess.Process] = field(default_factory=list)
    begun: int = 0

    async def start(self, many: int, ahead: timedelta = timedelta(0)) -> None:
        for _ in range(many):
            self.begun += 1
            command = ("bench.reminders", "sender", self.url, self.base, f"s{self.begun}", str(ahead.total_seconds()))
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            self.running.append(process)

    async def kill_one(self, dice: random.Random) -> None:
        process = self.running.pop(dice.randrange(len(self.running)))
        process.kill()
        await process.wait()

    async def stop(self) -> None:
        for process in self.running:
            process.terminate()
        await asyncio.gather(*(process.wait() for process in self.running))
        self.running.clear()


async def measure(engine: str, dice: random.Random | None) -> bool:
    """One run; without dice nobody is killed. Prints its line, and says whether it held."""
    fake = FakeApi([ACCOUNT])
    fake.ledger.spend = lambda openid, now: 0  # type: ignore[method-assign]
    fake.phones.introduce(*(f"o{n}" for n in range(1, JOBS + 1)))
    with database_with(JOBS, engine=engine) as database:
        with database.write() as connection:
            if dice is not None:
                connection.exec_driver_sql(
                    "update outbox set repeat = case mod(id, 3) when 0 then 'never' when 1 then 'if_deduplicated'"
                    " else 'yes' end"
                )
        url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        async with fake.serve() as base:
            senders, begun = Senders(url, base), time.monotonic()
            await senders.start(SENDERS[engine])
            killed = await _kill_some(senders, fake, database, dice) if dice is not None else 0
            await _until(partial(_count, database, "state = 'pending'"), AT_MOST_S)
            spent = time.monotonic() - begun
            await senders.stop()
            if killed:
                await senders.start(1, LATE)
                await _until(partial(_count, database, "state in ('pending', 'claimed')"), AT_MOST_S)
                await senders.stop()
        return _report(engine, database, fake, killed, spent)


async def _kill_some(senders: Senders, fake: FakeApi, database: Database, dice: random.Random) -> int:
    """A kill each time another tenth has been shown; the next sender begins at once."""
    killed = 0
    for turn in range(1, KILLS + 1):
        wanted = turn * JOBS // (KILLS + 1)
        await _until(partial(_calls_left, fake, wanted), AT_MOST_S, every_s=0.005)
        if _count(database, "state = 'pending'") == 0:
            break
        await senders.kill_one(dice)
        killed += 1
        await senders.start(1)
    return killed


async def _until(left: Any, seconds: float, every_s: float = 0.1) -> None:
    """Until nothing is left; a measurement that does not end says so."""
    until = time.monotonic() + seconds
    while left():
        if time.monotonic() > until:
            raise TimeoutError(f"{left()} are left after {seconds:.0f} s")
        await asyncio.sleep(every_s)


def _calls_left(fake: FakeApi, wanted: int) -> int:
    return max(wanted - len(fake.requests), 0)


def _count(database: Database, condition: str) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql(f"select count(*) from outbox where {condition}").scalar_one())


def _report(engine: str, database: Database, fake: FakeApi, killed: int, spent: float) -> bool:
    with database.read() as connection:
        rows = connection.exec_driver_sql("select id, address, repeat, state from outbox").all()
        reported = set(connection.exec_driver_sql("select letter_id from undelivered").scalars())
    found: Counter[str] = Counter()
    for row in rows:
        shown = len(fake.phones.phone(f"o{row.address.partition(':')[2]}").texts)
        found["shown"] += shown > 0
        found["twice"] += shown > 1 and (row.repeat != "yes" or not killed)
        found["again"] += shown > 1 and row.repeat == "yes"
        found["reported"] += row.id in reported
        found["lost"] += (row.state == "sent" and not shown) or (row.state == "stuck" and row.id not in reported)
        found["open"] += row.state not in ("sent", "stuck")
    held = not (found["twice"] or found["lost"] or found["open"]) and (killed or found["shown"] == JOBS)
    print(
        f"{engine:<12}{SENDERS[engine]:>8}{killed:>7}{spent:>8.1f}{found['shown']:>8,}{found['reported']:>10}"
        f"{found['lost'] + found['open']:>6}{found['twice']:>7}{found['again']:>7}  {'held' if held else 'FAILED'}",
        flush=True,
    )
    return bool(held)


# -- one sender


async def send(url: str, base: str, name: str, ahead: timedelta) -> None:
    """Send what is due until SIGTERM, as a server's worker does."""
    from bench.delivery import sender_over

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as session:
        sender = sender_over(Database(url), session, base, lambda: datetime.now(UTC) + ahead, name)
        running = asyncio.create_task(sender.run())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        await asyncio.gather(running, return_exceptions=True)


def main(arguments: list[str]) -> None:
    seed = next((int(word.partition("=")[2]) for word in arguments if word.startswith("--seed=")), 20261124)
    only = [engine for engine in SENDERS if f"--{engine.lower()}" in arguments]
    print(f"{JOBS:,} reminders, seed {seed}; `again`: shown twice after a kill, as their row allows")
    print(
        f"{'engine':<12}{'senders':>8}{'kills':>7}{'s':>8}{'shown':>8}{'reported':>10}{'lost':>6}{'twice':>7}{'again':>7}"
    )
    held = [
        asyncio.run(measure(engine, random.Random(seed) if with_kills else None))
        for engine in only or SENDERS
        for with_kills in (False, True)
    ]
    if not all(held):
        sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["sender"]:
        url, base, name, ahead = sys.argv[2:6]
        asyncio.run(send(url, base, name, timedelta(seconds=float(ahead))))
    else:
        main(sys.argv[1:])
