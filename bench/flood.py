"""R21: one person sends 1,000 messages in ten seconds; what 200 voters notice of it, and how often he is answered.

Everything is sent by the clock from the load's core; a latency counts from the moment its message was due. Both runs of a
pair use one server, so that a busy machine burdens both alike.
"""

from __future__ import annotations

import itertools
import statistics
import time
from pathlib import Path

from bench import grounds
from bench.load import Load
from bench.poll_grounds import texts, with_poll

VOTERS, SECONDS, RATE, PAIRS = 200, 10, 100, 3
FLOODER = "oBench" + "f" * 22
LIMIT = 20


def _played(port: int, requests: list[tuple[bytes, bool]]) -> tuple[list[float], int]:
    """Send evenly over ten seconds; return the voters' latencies, sorted, and how often the flooder heard words."""
    load = Load(port, 256)
    idle, load._idle = list(load._idle), []
    begun, late, words, waiting, next_ = time.perf_counter() + 0.1, [], 0, 0, 0
    gap = SECONDS / len(requests)
    is_flood: dict[int, bool] = {}
    while next_ < len(requests) or waiting:
        now = time.perf_counter()
        while next_ < len(requests) and begun + next_ * gap <= now and idle:
            connection = idle.pop()
            data, is_flood[id(connection)] = requests[next_]
            connection.send(data)
            connection.begun = begun + next_ * gap
            next_, waiting = next_ + 1, waiting + 1
        for key, _ in load._selector.select(0.002):
            answered = key.data.answer()
            if answered is None:
                continue
            if not is_flood[id(key.data)]:
                late.append(time.perf_counter() - key.data.begun)
            else:
                words += answered[1].startswith(b"<xml>")
            idle.append(key.data)
            waiting -= 1
    load.close()
    return sorted(late), words


def main(_options: list[str]) -> None:
    with grounds.workplace() as folder:
        for engine in ("SQLite", "PostgreSQL"):
            _on(engine, folder)


def _on(engine: str, folder: Path) -> None:
    with grounds.village(engine, folder) as village:
        with_poll(village)
        ours = grounds.ours(village, folder, worker=False, YOUSHI_FLOOD_PER_MINUTE=str(LIMIT))
        try:
            ours.wait_until_ready()
            voters = village.openids[:VOTERS]
            # Each vote of a person stays far below his own limit.
            said = itertools.islice(texts(), VOTERS * PAIRS * 4)
            ratios, heard = [], 0
            for _ in range(PAIRS):
                alone = [(one, False) for one in grounds.signed(voters, said, VOTERS, "/wx/bench")]
                votes = [(one, False) for one in grounds.signed(voters, said, VOTERS, "/wx/bench")]
                flood = [
                    (one, True)
                    for one in grounds.signed([FLOODER], itertools.repeat("在吗"), SECONDS * RATE, "/wx/bench")
                ]
                base, _ = _played(ours.port, alone)
                mixed = [each for pair in zip(*[iter(flood)] * (len(flood) // VOTERS), strict=True) for each in pair]
                step = len(flood) // VOTERS
                woven = [
                    one for place, vote in enumerate(votes) for one in (*mixed[place * step : (place + 1) * step], vote)
                ]
                beside, words = _played(ours.port, woven)
                heard += words
                ratios.append(_p99(beside) / _p99(base))
        finally:
            ours.close()
    print(f"{engine:<12}voters' p99 beside the flood ÷ alone: {statistics.median(ratios):.2f} "
          f"[{min(ratios):.2f} .. {max(ratios):.2f}] (R21: 1.2); the flooder heard {heard} answers of {PAIRS * SECONDS * RATE}",
          flush=True)  # fmt: skip


def _p99(latencies: list[float]) -> float:
    return latencies[int(len(latencies) * 0.99)]
