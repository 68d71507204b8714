"""One worker's part in a minute full of reminders: `python -m tests.bot.reminding URL NAME NOW START`.

Plays the tick of that minute under a name of its own, and further parts of it as long as the bell rings, beginning when
the clock of the machine shows START. Prints the milliseconds each turn took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import LOOK_EVERY_S, tick
from bot.dispatch import Dispatch
from bot.rulebook import open_rulebook
from domain.messages import Incoming
from storage.batch import Batch
from storage.database import Database, is_passing_fault
from storage.store import DirectoryCache, Store
from storage.vault import Vault

VAULT = Vault("reminding")
STARTS_WITHIN_S = 6.0
LONG_AGO = timedelta(days=20)


class Worker:
    def __init__(self, url: str, name: str, now: datetime) -> None:
        self._database, self._name, self._now = Database(url), name, now
        words = open_rulebook(None, Path(tempfile.gettempdir()) / "youshi-reminding").value
        self._dispatch, self._directories = Dispatch(lambda: words, {}), DirectoryCache()
        self.took: list[float] = []

    def warm_up(self) -> None:
        """Play a tick of long ago: a server that has run for a minute has read the directory and made its statements."""
        self._is_played(replace(tick(self._now - LONG_AGO), event_id=f"tick:{self._name}:warm"), self._now - LONG_AGO)
        self.took.clear()

    def run(self) -> None:
        """Go on until nothing is left over; a batch that fails is played again, as the line does."""
        part = 0
        while part == 0 or self._dispatch.bell.rings(self._now):
            message = replace(tick(self._now, part), event_id=f"tick:{self._name}:{len(self.took)}")
            while not self._is_played(message, self._now):
                time.sleep(LOOK_EVERY_S)
            part += 1

    def close(self) -> None:
        self._database.dispose()

    def _is_played(self, message: Incoming, now: datetime) -> bool:
        begun = time.perf_counter()
        try:
            with Batch(self._database) as batch:
                entered = time.perf_counter()
                store = Store(batch, self._directories, VAULT, [message])
                store.prefetch([message], now)
                with batch.turn():
                    self._dispatch(store, message, now)
                    store.inbox.finish(message, None, "none")
        except Exception as fault:
            if is_passing_fault(fault):
                return False
            raise
        # On SQLite a batch waits for the other process's write lock before it begins.
        self.took.append((time.perf_counter() - (entered if self._database.is_sqlite else begun)) * 1000)
        return True


def two_processes(url: str, now: datetime) -> list[list[float]]:
    """Run two workers on one database at the same moment; return what the turns of each took. Raises if one fails."""
    start = time.time() + STARTS_WITHIN_S
    command = [sys.executable, "-m", "tests.bot.reminding", url]
    workers = [
        subprocess.Popen([*command, name, now.isoformat(), str(start)], stdout=subprocess.PIPE) for name in ("a", "b")
    ]
    said = [worker.communicate(timeout=240)[0] for worker in workers]
    if any(worker.returncode for worker in workers):
        raise RuntimeError("a worker failed")
    return [json.loads(one) for one in said]


def main(url: str, name: str, now: str, start: str) -> None:
    worker = Worker(url, name, datetime.fromisoformat(now))
    worker.warm_up()
    time.sleep(max(float(start) - time.time(), 0))
    worker.run()
    print(json.dumps(worker.took))


if __name__ == "__main__":
    main(*sys.argv[1:])
