"""A tick with 10,000 meetings of which 100 are due, played by two processes at once, on both engines.

Each meeting has a roll of 100 with a phone each; 100 of them begin in 24 hours, the others over the next year. Printed:
the turns that decide (how many, milliseconds of the median and of the longest), a tick with nothing due, and how many
reminders were decided, twice (none may be), or too late to be sent (none may be).
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bench.turns import databases
from bot.opening import load_demo
from domain.attendance import Invited
from domain.deadlines import CHINA
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from storage import tables
from storage.batch import Batch
from storage.database import Database
from storage.ids import new_id
from storage.ledger import Step
from storage.migrate import migrate
from storage.store import DirectoryCache, Store
from storage.vault import Vault
from tests.bot.reminding import Worker, two_processes

MEETINGS, DUE, EACH = 10_000, 100, 100
TURN_MS = 100  # no turn is longer (design page §3)
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


def _decided(database: Database) -> tuple[Counter[str], int]:
    """How often each reminder was decided, and how many of them too late."""
    row = tables.outbox.c
    with database.read() as connection:
        query = select(row.once, row.due_at, row.not_after).where(row.purpose == "meeting.reminder")
        rows = list(connection.execute(query))
    return Counter(str(found.once) for found in rows), sum(found.due_at > found.not_after for found in rows)


def _idle(url: str) -> list[float]:
    """Twenty ticks with nothing left to decide."""
    worker = Worker(url, "idle", NOW)
    worker.warm_up()
    for _ in range(20):
        worker.run()
    worker.close()
    return sorted(worker.took)


def main(args: list[str]) -> None:
    print(
        f"{MEETINGS:,} meetings, {DUE} due in this minute, rolls of {EACH}, two processes at once; milliseconds a turn"
    )
    print(
        f"{'engine':<12}{'turns':>7}{'median':>9}{'longest':>9}{'nothing due':>14}{'reminders':>12}{'twice':>8}{'late':>7}"
    )
    with databases() as found:
        for engine, database in found.items():
            migrate(database)
            load_demo(database, VAULT)
            _call(database)
            url = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
            took = sorted(itertools.chain.from_iterable(two_processes(url, NOW)))
            decided, late = _decided(database)
            twice = sum(many - 1 for many in decided.values())
            held = "held" if took[-1] <= TURN_MS and not twice and not late and len(decided) == DUE * EACH else "MISSED"
            print(f"{engine:<12}{len(took):>7}{took[len(took) // 2]:>9.0f}{took[-1]:>9.0f}{_idle(url)[10]:>14.1f}"
                  f"{len(decided):>12,}{twice:>8}{late:>7}  {held}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main([])
