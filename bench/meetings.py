"""A tick with 10,000 meetings of which 100 are due, played by two workers at once, on both engines.

Each meeting has a roll of 42 with a phone each; 100 of them begin in 24 hours, the others over the next year. Printed:
the tick that decides (milliseconds, least and most of the workers' ticks until nothing is left), a tick with nothing
due, and how often any reminder was decided twice (none may be).
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bench.turns import databases
from bot.clock import tick
from bot.dispatch import Dispatch
from bot.rulebook import open_rulebook
from bot.wiring import load_demo
from domain.attendance import Invited
from domain.deadlines import CHINA
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from handlers.context import Words
from storage import tables
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.ledger import Step
from storage.migrate import migrate
from storage.store import DirectoryCache, Store
from storage.vault import Vault

MEETINGS, DUE, EACH = 10_000, 100, 42
VILLAGE = 3
NOW = datetime(2027, 3, 1, 10, 0, tzinfo=CHINA).astimezone(UTC)
VAULT = Vault("bench")


def _call(database: Database) -> None:
    dice = random.Random(1)
    for first in range(0, MEETINGS, 500):
        with Batch(database) as batch:
            store = Store(batch, DirectoryCache(), VAULT)
            with batch.turn():
                for number in range(first, first + 500):
                    _add(store, number, dice)


def _add(store: Store, number: int, dice: random.Random) -> None:
    ahead = timedelta(hours=24) if number < DUE else timedelta(days=dice.randrange(2, 365), minutes=dice.randrange(600))
    told = NOW - timedelta(days=10)
    meeting = Meeting(
        new_id(), number + 1, VILLAGE, VILLAGE, "mass", "meeting", "群众大会", "村委会", NOW + ahead,
        MeetingStatus.CALLED, 4, told, told,
    )  # fmt: skip
    people = [Invited(meeting.id, person, person, f"人{person}", "", True) for person in range(1, EACH + 1)]
    items = [AgendaItem(new_id(), meeting.id, 1, "修路")]
    store.meetings.add(meeting, items, people, (), Step(told, "vc", "called"))


class _Worker:
    """One process's part: its own connections, its own directory; plays ticks and notes how long each took."""

    def __init__(self, database: Database, words: Words, name: str) -> None:
        self._database, self._name = database, name
        self._dispatch, self._directories = Dispatch(lambda: words, {}), DirectoryCache()
        self.took: list[float] = []

    def play(self, number: int) -> None:
        message = replace(tick(NOW), event_id=f"tick:{self._name}:{number}")
        begun = time.perf_counter()
        with Batch(self._database) as batch:
            store = Store(batch, self._directories, VAULT)
            store.prefetch([message], NOW)
            with batch.turn():
                self._dispatch(store, message, NOW)
                store.inbox.finish(message, None, "none")
        self.took.append((time.perf_counter() - begun) * 1000)


def _two(workers: list[_Worker], ticks: int) -> None:
    start = threading.Barrier(len(workers))

    def run(worker: _Worker) -> None:
        start.wait()
        for number in range(ticks):
            worker.play(number)

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _decided(database: Database) -> Counter[str]:
    with database.read() as connection:
        rows = connection.execute(select(tables.outbox.c.once).where(tables.outbox.c.purpose == "meeting.reminder"))
        return Counter(str(row.once) for row in rows)


def main(args: list[str]) -> None:
    words = open_rulebook(None, Path(tempfile.gettempdir()) / "youshi-bench").value
    print(f"{MEETINGS:,} meetings, {DUE} due in this minute, rolls of {EACH}, two workers at once; milliseconds a tick")
    print(f"{'engine':<12}{'deciding':>20}{'nothing due':>14}{'reminders':>12}{'twice':>8}")
    with databases() as found:
        for engine, database in found.items():
            migrate(database)
            load_demo(database, VAULT)
            _call(database)
            other = Database(database.engine.url.render_as_string(hide_password=False).replace("+psycopg", ""))
            workers = [_Worker(database, words, "a"), _Worker(other, words, "b")]
            _two(workers, 6)
            busy = [took for worker in workers for took in worker.took]
            idle = _Worker(database, words, "c")
            for number in range(20):
                idle.play(number)
            other.dispose()
            decided = _decided(database)
            twice = sum(many - 1 for many in decided.values())
            span = f"{min(busy):.0f}–{max(busy):.0f}"
            print(f"{engine:<12}{span:>20}{sorted(idle.took)[10]:>14.1f}{len(decided):>12,}{twice:>8}")


if __name__ == "__main__":
    main([])
