"""R7: Redis killed, emptied, read-only or slow while villagers talk: what it costs, and that no word is lost or doubled.

One server with its worker on core 0; its own Redis, the load and PostgreSQL on core 1. Stretches go healthy, broken,
healthy, broken … healthy: the ratio of a broken one is its rate over the mean of the healthy two beside it, so that a
growing database and a busy machine burden both; the value is the median. A fault is kept up for its whole stretch.
Afterwards some messages of every stretch are delivered three times more, and everything is counted in the database.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import redis

from bench import grounds
from bench.grounds import Village
from bench.load import Load, Slice
from storage.database import Database
from storage.shared import REST_S
from tests.engines import OwnRedis

SECONDS, PAIRS, CONNECTIONS = 3.0, 3, 64
MESSAGES_A_SECOND = 2_500  # more than any engine takes here
AGAIN = 50  # of each stretch, delivered three times more
LEAST, LONGEST_S = 0.75, 5.0  # R7: at most a quarter of the throughput, no answer after the platform's five seconds


def _told(server: OwnRedis, *command: str) -> None:
    client = redis.Redis.from_url(server.url, socket_timeout=5)
    with suppress(redis.RedisError):
        client.execute_command(*command)  # type: ignore[no-untyped-call]
    client.close()


@contextmanager
def _killed(server: OwnRedis) -> Iterator[None]:
    server.stop()
    yield
    server.start()


@contextmanager
def _read_only(server: OwnRedis) -> Iterator[None]:
    """No replica follows, so that every write is refused."""
    _told(server, "CONFIG", "SET", "min-replicas-to-write", "1")
    yield
    _told(server, "CONFIG", "SET", "min-replicas-to-write", "0")


@contextmanager
def _again_and_again(pause: float, server: OwnRedis, *command: str) -> Iterator[None]:
    ends = threading.Event()

    def repeat() -> None:
        while not ends.wait(pause):
            _told(server, *command)

    _told(server, *command)
    running = threading.Thread(target=repeat)
    running.start()
    yield
    ends.set()
    running.join()


def _emptied(server: OwnRedis) -> AbstractContextManager[None]:
    return _again_and_again(0.1, server, "FLUSHALL")


def _slow(server: OwnRedis) -> AbstractContextManager[None]:
    """Whatever anybody asks is answered up to two seconds later; the next pause begins where one ends."""
    return _again_and_again(0.0, server, "CLIENT", "PAUSE", "2000", "ALL")


FAULTS: dict[str, Callable[[OwnRedis], AbstractContextManager[None]]] = {
    "killed": _killed, "emptied": _emptied, "read-only": _read_only, "slow 2 s": _slow,
}  # fmt: skip


@dataclass
class Run:
    """What one engine went through."""

    village: Village
    port: int
    dice: random.Random
    texts: Iterator[str] = field(
        default_factory=lambda: (f"第{n}件，{grounds.COMPLAINTS[0]}" for n in itertools.count())
    )
    said: list[str] = field(default_factory=list)
    again: list[bytes] = field(default_factory=list)
    slices: list[Slice] = field(default_factory=list)

    def stretch(self, load: Load, seconds: float = SECONDS) -> Slice:
        """Send for so long; note what was sent."""
        texts = list(itertools.islice(self.texts, int(MESSAGES_A_SECOND * seconds)))
        requests = grounds.signed(self.village.openids, iter(texts), len(texts), "/wx/bench")
        left = iter(requests)
        done = load.run(left, seconds)
        sent = len(requests) - sum(1 for _ in left)
        self.said += texts[:sent]
        self.again += self.dice.sample(requests[:sent], min(AGAIN, sent))
        self.slices.append(done)
        return done


def _one_fault(run: Run, load: Load, server: OwnRedis, name: str) -> float:
    healthy, broken = [run.stretch(load)], []
    for _ in range(PAIRS):
        with FAULTS[name](server):
            broken.append(run.stretch(load))
        time.sleep(REST_S + 2)  # until Redis is asked again
        healthy.append(run.stretch(load))
    beside = [statistics.mean((a.rate, b.rate)) for a, b in itertools.pairwise(healthy)]
    ratios = [one.rate / rate for one, rate in zip(broken, beside, strict=True)]
    ratio, slowest = statistics.median(ratios), max(max(one.latencies) for one in broken)
    print(f"  {name:<11}{statistics.median(beside):>7.0f}{statistics.median(one.rate for one in broken):>7.0f}"
          f"{ratio:>7.2f} [{min(ratios):.2f} .. {max(ratios):.2f}]{slowest * 1e3:>9.0f}", flush=True)  # fmt: skip
    return ratio


def one_engine(engine: str, folder: Path, dice: random.Random) -> bool:
    with grounds.village(engine, folder) as village:
        own, platform = OwnRedis(), grounds.floor("platform", grounds.LOAD_CORE)
        server = grounds.ours(village, folder, worker=True, platform=platform.port, YOUSHI_REDIS_URL=own.url)
        try:
            server.wait_until_ready()
            print(f"{engine}\n  {'':<11}{'req/s':>7}{'then':>7}{'ratio':>7}{'':<15}{'slowest ms':>10}")
            run, load = Run(village, server.port, dice), Load(server.port, CONNECTIONS)
            run.stretch(load, SECONDS / 2)  # warm
            ratios = [_one_fault(run, load, own, name) for name in FAULTS]
            again = load.run(iter(run.again * 3), 60)
            load.close()
        finally:
            for one in (server, platform, own):
                one.close()
        wrong = _check(run, again)
    return not wrong and min(ratios) >= LEAST


def _check(run: Run, again: Slice) -> int:
    """Print what the database holds beside what was answered; return what must not be."""
    database = Database(run.village.url)
    with database.read() as connection:
        matters = Counter(text for (text,) in connection.exec_driver_sql("select text from matters"))
        rows = connection.exec_driver_sql("select count(*) from inbox where channel = 'oa'").scalar_one()
        told = connection.exec_driver_sql(
            "select count(distinct once) from outbox where purpose = 'matter.new'"
        ).scalar_one()
    database.dispose()
    every = [*run.slices, again]
    unanswered = sum(one.errors for one in every) + sum(
        many for one in every for status, many in one.statuses.items() if status != 200
    )
    lost = sum(matters[text] == 0 for text in run.said)
    doubled = sum(many > 1 for many in matters.values()) + (rows != len(run.said))
    slowest = max(max(one.latencies) for one in every)
    late = slowest > LONGEST_S
    print(f"  {len(run.said)} sent, {len(run.again)} of them delivered 3 times more; not answered {unanswered}, "
          f"lost {lost}, doubled {doubled}, keepers not told {len(matters) - told}, slowest {slowest:.2f} s",
          flush=True)  # fmt: skip
    return int(unanswered + lost + doubled + (told != len(matters)) + late)


def main(options: list[str]) -> None:
    seed = next((int(option.partition("=")[2]) for option in options if option.startswith("--seed=")), 20261124)
    only = [name for name in ("SQLite", "PostgreSQL") if f"--{name.lower()}" in options] or ["SQLite", "PostgreSQL"]
    print(
        f"{PAIRS} pairs of {SECONDS} s, {CONNECTIONS} connections, seed {seed}; R7: ratio ≥ {LEAST}, 0 lost, 0 doubled, none later than {LONGEST_S:.0f} s"
    )
    with grounds.workplace() as folder:
        held = [one_engine(engine, folder, random.Random(seed)) for engine in only]
    print("held" if all(held) else "FAILED")
    if not all(held):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
