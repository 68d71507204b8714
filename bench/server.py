"""Our server beside a bare aiohttp echo, in one run.

The servers share core 0, the load has core 1. Slices go F T F T … F: the ratio of a target slice is its rate over the
mean of the two floor slices beside it, so that a busy machine burdens both; the value is the median of all pairs.
Target messages are distinct, AES, from 780 bound villagers; a reply leaves only after its commit with fsync.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import grounds
from bench.floor import has_werobot
from bench.grounds import Server, Village
from bench.load import Load, Slice

SECONDS = 1.5
PAIRS = 5
CONNECTIONS = 64
# A second of the fastest target seen would need about so many messages; what is left over is not used.
MESSAGES_A_SECOND = 3_500


@dataclass
class Line:
    name: str
    rate: float
    ratio: float
    low: float
    high: float
    cpu: float
    floor_cpu: float
    database_cpu: float
    p50: float
    p99: float
    busy: float
    note: str
    bar: float = 0.0
    hope: float = 0.0


class Pairs:
    """Slices of one target between slices of the floor."""

    def __init__(self, target: Server, floor: Server, village: Village | None = None) -> None:
        self.target, self.floor, self.village = target, floor, village
        self._targets, self._floors = Load(target.port, CONNECTIONS), Load(floor.port, CONNECTIONS)
        self.floor_slices: list[tuple[Slice, float]] = []
        self.target_slices: list[tuple[Slice, float, float]] = []

    def run(self, slices: Iterator[list[bytes]], floor_requests: list[bytes]) -> None:
        self._targets.run(next(slices), SECONDS / 2)  # warm: connections, statements, caches
        self._one_floor(floor_requests)
        for _ in range(PAIRS):
            requests = next(slices)
            before, database = self.target.cpu(), self._database_cpu()
            done = self._targets.run(requests, SECONDS)
            self.target_slices.append((done, self.target.cpu() - before, self._database_cpu() - database))
            self._one_floor(floor_requests)
        self._targets.close()
        self._floors.close()

    def _one_floor(self, requests: list[bytes]) -> None:
        before = self.floor.cpu()
        done = self._floors.run((one for _ in range(1_000) for one in requests), SECONDS)
        self.floor_slices.append((done, self.floor.cpu() - before))

    def _database_cpu(self) -> float:
        own = self.village.postgres if self.village else None
        return sum(map(grounds.cpu_of, own.pids())) if own else 0.0

    def line(self, name: str, bar: float = 0.0, hope: float = 0.0) -> Line:
        floors = [slice_.rate for slice_, _ in self.floor_slices]
        targets = [slice_ for slice_, _, _ in self.target_slices]
        ratios = [slice_.rate / statistics.mean(floors[place : place + 2]) for place, slice_ in enumerate(targets)]
        return Line(
            name,
            statistics.median(slice_.rate for slice_ in targets),
            statistics.median(ratios),
            min(ratios),
            max(ratios),
            _per_answer([(slice_, cpu) for slice_, cpu, _ in self.target_slices]),
            _per_answer(self.floor_slices),
            _per_answer([(slice_, cpu) for slice_, _, cpu in self.target_slices]),
            statistics.median(slice_.at(0.5) for slice_ in targets) * 1e3,
            statistics.median(slice_.at(0.99) for slice_ in targets) * 1e3,
            max(slice_.busy for slice_, _ in self.floor_slices),
            _note(targets),
            bar,
            hope,
        )


def _per_answer(slices: list[tuple[Slice, float]]) -> float:
    """Median CPU µs per answer."""
    return statistics.median(cpu / max(slice_.answered, 1) * 1e6 for slice_, cpu in slices)


def _note(slices: list[Slice]) -> str:
    """Whatever was not simply answered with its reply in the response."""
    acknowledged, errors = sum(one.acknowledged for one in slices), sum(one.errors for one in slices)
    odd = {status: many for one in slices for status, many in one.statuses.items() if status != 200}
    parts = [
        f"{acknowledged} answered later" if acknowledged else "",
        f"{errors} errors" if errors else "",
        str(odd) if odd else "",
    ]
    return ", ".join(part for part in parts if part)


HEAD = f"{'':<52}{'req/s':>7}{'× floor':>9}{'[min .. max]':>16}{'CPU µs':>8}{'× F':>6}{'+DB µs':>7}{'p50 ms':>8}{'p99 ms':>8}  bar"


def show(line: Line) -> None:
    verdict = ""
    if line.bar:
        reached = "moonshot" if line.ratio >= line.hope else "reached" if line.ratio >= line.bar else "MISSED"
        verdict = f"{line.bar:.2f} / {line.hope:.2f} {reached}"
    spread = f"[{line.low:.3f} .. {line.high:.3f}]"
    print(
        f"{line.name:<52}{line.rate:>7.0f}{line.ratio:>9.3f}{spread:>16}{line.cpu:>8.0f}{line.cpu / line.floor_cpu:>6.1f}"
        f"{line.database_cpu:>7.0f}{line.p50:>8.1f}{line.p99:>8.1f}  {verdict}{'  ' + line.note if line.note else ''}",
        flush=True,
    )


def _slices(openids: list[str], texts: Callable[[], Iterator[str]]) -> Iterator[list[bytes]]:
    """Fresh messages for every slice, made while no clock runs."""
    said = texts()
    while True:
        yield grounds.signed(openids, said, int(MESSAGES_A_SECOND * SECONDS), "/wx/bench")


def _progress() -> Iterator[str]:
    while True:
        yield "进度"


def measure_ours(folder: Path, floor: Server, engine: str, *, worker: bool) -> list[Line]:
    lines = []
    with_worker = "with worker" if worker else "no worker"
    jobs: list[tuple[str, Callable[[], Iterator[str]], int, float, float]] = [
        ("complaint, never said before", grounds.complaints, 0, 0.10, 0.20),
        ("complaint, in 64 wordings", grounds.common_complaints, 0, 0.10, 0.20),
        ("进度", _progress, 2, 0.15, 0.30),
    ]
    for name, texts, matters, bar, hope in jobs:
        with ExitStack() as stack:
            village = stack.enter_context(grounds.village(engine, folder, matters_each=matters))
            platform = grounds.floor("platform", grounds.LOAD_CORE)
            stack.callback(platform.close)
            server = grounds.ours(village, folder, worker=worker, platform=platform.port)
            stack.callback(server.close)
            server.wait_until_ready()
            pairs = Pairs(server, floor, village)
            slices = _slices(village.openids, texts)
            pairs.run(slices, next(slices)[:64])
            line = pairs.line(f"{name}, {engine}, {with_worker}", bar, hope)
            if name.startswith("complaint"):
                line.note += _unfiled(pairs, village)
            show(line)
            lines.append(line)
    return lines


def _unfiled(pairs: Pairs, village: Village) -> str:
    """Nothing when every answered complaint is a matter and its keeper is told; the warm-up's answers come on top."""
    answered = sum(slice_.answered - slice_.acknowledged for slice_, _, _ in pairs.target_slices)
    filed, told = grounds.count(village.url, "matters"), grounds.count(village.url, "outbox")
    return "" if filed >= answered and told >= filed else f" ONLY {filed} FILED AND {told} TOLD OF {answered}"


def measure_others(floor: Server) -> list[Line]:
    """What others' libraries do with the same messages: an echo that remembers nothing."""
    kinds = {"wechatpy": "aiohttp + wechatpy AES echo"}
    if has_werobot():
        kinds["werobot"] = "tornado + WeRoBot AES echo"
    return [_measure_other(floor, kind, name) for kind, name in kinds.items()]


def _measure_other(floor: Server, kind: str, name: str) -> Line:
    server = grounds.floor(kind)
    server.wait_until_it_listens()
    pairs = Pairs(server, floor)
    slices = _slices([f"oBench{number:022d}" for number in range(780)], grounds.complaints)
    pairs.run(slices, next(slices)[:64])
    server.close()
    line = pairs.line(name)
    show(line)
    return line


def main(options: list[str]) -> None:
    """`--quick` measures without the worker only."""
    with grounds.workplace() as folder:
        floor = grounds.floor("echo")
        floor.wait_until_it_listens()
        print(
            f"{PAIRS} pairs of {SECONDS} s, {CONNECTIONS} connections; servers on core 0, load and PostgreSQL on core 1"
        )
        print(HEAD)
        try:
            lines = measure_others(floor)
            for worker in (False,) if "--quick" in options else (False, True):
                for engine in ("SQLite", "PostgreSQL"):
                    lines += measure_ours(folder, floor, engine, worker=worker)
        finally:
            floor.close()
        busiest = max(line.busy for line in lines)
        print(f"floor {statistics.median(line.floor_cpu for line in lines):.0f} µs CPU a request; "
              f"the load itself was at most {busiest:.0%} busy while driving it")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
