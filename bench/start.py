"""From exec to ready with the demo village already loaded, and the memory the server then holds.

The bars: ready within 3 s (moonshot 1.5), resident at most 180 MB. The first start, which makes tables and village, is
shown beside it; so is the start of a bare aiohttp server in the same run, as a measure of the machine.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

from bench import grounds
from tests import engines

TIMES = 5
READY_BAR_S, READY_HOPE_S, MEMORY_BAR_MB = 3.0, 1.5, 180


def _demo(folder: os.PathLike[str], url: str) -> grounds.Server:
    port = engines.free_port()
    environment = {"YOUSHI_DATABASE_URL": url, "YOUSHI_DATA_DIR": str(folder), "YOUSHI_PORT": str(port)}
    command = [sys.executable, "-m", "bot.cli", "serve", "--demo"]
    return grounds.Server(command, port, grounds.SERVER_CORE, environment=environment)


def main(options: list[str]) -> None:
    with grounds.workplace() as folder:
        url = f"sqlite:///{folder / 'start.db'}"
        first = _demo(folder, url)
        made = first.wait_until_ready()
        first.close()
        bare, ready, memory = [], [], []
        for _ in range(TIMES):
            echo = grounds.floor("echo")
            echo.wait_until_it_listens()
            bare.append(time.perf_counter() - echo.begun)
            echo.close()
            server = _demo(folder, url)
            ready.append(server.wait_until_ready())
            time.sleep(1.5)  # the clock ticks, the worker looks for letters
            memory.append(server.resident_mb())
            server.close()
    took, held = statistics.median(ready), statistics.median(memory)
    print(f"bare aiohttp listens after      {statistics.median(bare):5.2f} s   [{min(bare):.2f} .. {max(bare):.2f}]")
    print(f"first start, village made        {made:5.2f} s")
    print(f"ready, village there             {took:5.2f} s   [{min(ready):.2f} .. {max(ready):.2f}]  bar {READY_BAR_S} / {READY_HOPE_S}: "
          f"{'moonshot' if took <= READY_HOPE_S else 'reached' if took <= READY_BAR_S else 'MISSED'}")  # fmt: skip
    print(f"resident                         {held:5.0f} MB  [{min(memory):.0f} .. {max(memory):.0f}]  bar {MEMORY_BAR_MB}: "
          f"{'reached' if held <= MEMORY_BAR_MB else 'MISSED'}")  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
