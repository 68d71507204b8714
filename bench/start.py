"""From exec to ready, and resident memory, with the demo village (bars 3 s and 180 MB, moonshot 1.5 s)."""

from __future__ import annotations

import statistics

from bench import grounds

STARTS = 5


def main(options: list[str]) -> None:
    with grounds.workplace() as folder, grounds.village("SQLite", folder) as village:
        seconds, memory = [], []
        for _ in range(STARTS):
            server = grounds.ours(village, folder, worker=True)
            try:
                seconds.append(server.wait_until_ready())
                memory.append(server.resident_mb())
            finally:
                server.close()
    middle = statistics.median(seconds)
    print(f"ready after {middle:.2f} s [{min(seconds):.2f} .. {max(seconds):.2f}]  bar 3.0 / 1.5")
    print(f"resident {statistics.median(memory):.0f} MB  bar 180")
