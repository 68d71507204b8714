"""Two workers at the same minute: of ten thousand reminders none is decided twice, on both engines.

The inbox already plays a minute's tick once. Here that is taken away (each worker plays a tick of its own name), so that
only the reminders' own keys stand between them.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from bot.clock import tick
from bot.dispatch import Dispatch
from domain.attendance import Invited
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from domain.messages import Incoming
from handlers.context import Words
from storage import tables
from storage.batch import Batch
from storage.database import Database, is_passing_fault
from storage.ids import new_id
from storage.rulebook import Rulebook
from storage.store import DirectoryCache, Store
from tests.storage.desk import NOW, VAULT, VILLAGE, step, turn

MEETINGS, EACH = 100, 100


def _call(database: Database) -> None:
    starts = NOW + timedelta(hours=24)
    with turn(database) as store:
        for number in range(1, MEETINGS + 1):
            meeting = Meeting(
                new_id(), number, VILLAGE, VILLAGE, "mass", "meeting", "会", "村委会", starts, MeetingStatus.CALLED, 4,
                NOW - timedelta(days=3), NOW - timedelta(days=3),
            )  # fmt: skip
            items = [AgendaItem(new_id(), meeting.id, 1, "修路")]
            roll = [Invited(meeting.id, person, person, f"人{person}", "", True) for person in range(1, EACH + 1)]
            store.meetings.add(meeting, items, roll, (), step("called"))


def _is_played(database: Database, dispatch: Dispatch, directories: DirectoryCache, message: Incoming) -> bool:
    """Play one tick; False where the other worker kept the embedded database longer than a batch waits for it."""
    try:
        with Batch(database) as batch:
            store = Store(batch, directories, VAULT)
            store.prefetch([message], NOW)
            with batch.turn():
                dispatch(store, message, NOW)
                store.inbox.finish(message, None, "none")
    except Exception as fault:
        if is_passing_fault(fault):
            return False
        raise
    return True


def _work(database: Database, words: Words, name: str, faults: list[BaseException], start: threading.Barrier) -> None:
    """Play ticks of the same minute until nothing is left; a batch that fails is played again, as the line does."""
    dispatch, directories = Dispatch(lambda: words, {}), DirectoryCache()
    start.wait()
    try:
        for number in range(8):
            message = replace(tick(NOW), event_id=f"tick:{name}:{number}")
            while not _is_played(database, dispatch, directories, message):
                time.sleep(0.05)
    except BaseException as fault:
        faults.append(fault)


def test_two_workers_decide_ten_thousand_reminders_once(
    database_url: str, open_database: Callable[[str], Database], rulebook: Rulebook[Words]
) -> None:
    databases = [open_database(database_url) for _ in range(2)]
    _call(databases[0])
    faults: list[BaseException] = []
    start = threading.Barrier(2)
    workers = [
        threading.Thread(target=_work, args=(database, rulebook.value, f"w{n}", faults, start))
        for n, database in enumerate(databases)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert faults == []
    with databases[0].read() as connection:
        row = tables.outbox.c
        told = Counter(
            (found.address, found.once) for found in connection.execute(
                select(row.address, row.once).where(row.purpose == "meeting.reminder")
            )
        )  # fmt: skip
    assert len(told) == MEETINGS * EACH
    assert set(told.values()) == {1}
