"""Votes: speed beside the bare server, bursts, pace, growth, kills, and a county on one evening.

votes    durable AES votes/s beside a bare aiohttp echo and beside aiohttp + wechatpy (an echo), SQLite and PostgreSQL
burst    6,000 votes at once, each answered in its response; 8,000 at once, each accepted
pace     1,000 votes a second, sent by the clock
growth   CPU a vote with 1,000,000 ballots in the poll and with 10,000; counting 1,000,000
kill     kill -9 in a vote storm, twenty times
county   129 villages, 200,000 people, 120,000 votes, 5 % of them delivered twice, 1 % malformed
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from bench import grounds, server
from bench.grounds import Server, Village
from bench.load import Load
from bench.poll_county import county
from bench.poll_grounds import ENGINES, more_voters, texts, with_poll
from bench.poll_growth import growth
from bench.poll_storm import storm

PARTS = ("votes", "burst", "pace", "growth", "kill", "county")
BAR, HOPE = 0.20, 0.33


def votes(folder: Path) -> None:
    floor = grounds.floor("echo")
    floor.wait_until_it_listens()
    print(
        f"{server.PAIRS} pairs of {server.SECONDS} s, {server.CONNECTIONS} connections; servers on core 0\n{server.HEAD}"
    )
    try:
        server.measure_others(floor)
        for is_secret in (False, True):
            for engine in ENGINES:
                _votes_on(folder, floor, engine, is_secret=is_secret)
    finally:
        floor.close()


def _votes_on(folder: Path, floor: Server, engine: str, *, is_secret: bool) -> None:
    with grounds.village(engine, folder) as village:
        with_poll(village, is_secret=is_secret)
        ours = grounds.ours(village, folder, worker=False)
        try:
            ours.wait_until_ready()
            pairs = server.Pairs(ours, floor, village)
            slices = server._slices(village.openids, texts)
            pairs.run(slices, next(slices)[:64])
            line = pairs.line(f"{'secret ' if is_secret else ''}vote, {engine}", BAR, HOPE)
            table = "secret_ballots" if is_secret else "ballots"
            line.note += f" {grounds.count(village.url, table)} ballots of 780"
            server.show(line)
        finally:
            ours.close()


def burst(folder: Path) -> None:
    for engine in ENGINES:
        for many, limit, wants_reply in ((6_000, 3.5, True), (8_000, 5.0, False)):
            with grounds.village(engine, folder) as village:
                openids = more_voters(village, many)
                ours = grounds.ours(village, folder, worker=False)
                try:
                    ours.wait_until_ready()
                    _burst(village, engine, ours, openids, limit, wants_reply=wants_reply)
                finally:
                    ours.close()


def _burst(village: Village, engine: str, ours: Server, openids: list[str], limit: float, *, wants_reply: bool) -> None:
    many = len(openids)
    load = Load(ours.port, many)
    warm = grounds.signed(village.openids, iter(["进度"] * 200), 200, "/wx/bench")
    Load(ours.port, 8).run(warm, 1.0)
    done = load.run(grounds.signed(openids, texts(), many, "/wx/bench"), 60)
    load.close()
    last, replied = max(done.latencies, default=99), done.answered - done.acknowledged
    time.sleep(2)
    held = last <= limit and not done.errors and (replied == many or not wants_reply) and done.statuses == {200: many}
    kept = grounds.count(village.url, "ballots")
    print(f"{engine:<12}{many} at once: last answer after {last:.2f} s (limit {limit}), {replied} with their reply, "
          f"{done.acknowledged} acknowledged, {done.errors} errors, {done.statuses}; {kept} ballots "
          f"{'held' if held and kept == many else 'MISSED'}", flush=True)  # fmt: skip


def pace(folder: Path) -> None:
    for engine in ENGINES:
        with grounds.village(engine, folder) as village:
            openids = more_voters(village, 20_000)
            ours = grounds.ours(village, folder, worker=False)
            try:
                ours.wait_until_ready()
                Load(ours.port, 8).run(grounds.signed(village.openids, iter(["进度"] * 300), 300, "/wx/bench"), 1.0)
                late = _paced(ours.port, grounds.signed(openids, texts(), 20_000, "/wx/bench"), 1_000)
            finally:
                ours.close()
            p99, worst = late[int(len(late) * 0.99)] * 1e3, late[-1] * 1e3
            kept = grounds.count(village.url, "ballots")
            print(f"{engine:<12}{len(late)} votes at 1,000/s: p50 {late[len(late) // 2] * 1e3:.1f} ms, p99 {p99:.1f} ms, "
                  f"worst {worst:.0f} ms; {kept} ballots {'held' if p99 <= 25 and kept == 20_000 else 'MISSED'}", flush=True)  # fmt: skip


def _paced(port: int, requests: list[bytes], rate: int) -> list[float]:
    """Send by the clock over idle connections; latencies from the moment each was due, sorted."""
    load = Load(port, 256)
    idle, load._idle = list(load._idle), []
    begun, late, waiting, next_ = time.perf_counter() + 0.1, [], 0, 0
    while next_ < len(requests) or waiting:
        now = time.perf_counter()
        while next_ < len(requests) and begun + next_ / rate <= now and idle:
            connection = idle.pop()
            connection.send(requests[next_])
            connection.begun = begun + next_ / rate
            next_, waiting = next_ + 1, waiting + 1
        pause = max(begun + next_ / rate - time.perf_counter(), 0) if next_ < len(requests) else 0.5
        for key, _ in load._selector.select(min(pause, 0.01)):
            if key.data.answer() is not None:
                late.append(time.perf_counter() - key.data.begun)
                idle.append(key.data)
                waiting -= 1
    load.close()
    return sorted(late)


def main(options: list[str]) -> None:
    """Without a name all parts; `--part=votes` one of them."""
    wanted = [option.partition("=")[2] for option in options if option.startswith("--part=")] or list(PARTS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    parts = {"votes": votes, "burst": burst, "pace": pace, "growth": growth, "kill": storm, "county": county}
    with grounds.workplace() as folder:
        for name in wanted:
            print(f"-- {name}", flush=True)
            if parts[name](folder) is False:
                sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
