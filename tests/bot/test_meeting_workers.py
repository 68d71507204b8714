"""Two processes at the same minute: of ten thousand reminders none is decided twice and none late, on both engines.

The inbox already plays a minute's tick once. Here that is taken away (each worker plays ticks of its own name), so that
only the reminders' own keys stand between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from domain.attendance import Invited
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from handlers.context import SLICE
from storage import tables
from storage.database import Database
from storage.ids import new_id
from tests.bot.reminding import two_processes
from tests.storage.desk import NOW, VILLAGE, step, turn

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


def test_r13_two_processes_decide_ten_thousand_reminders_once_and_in_slices(
    database_url: str, open_database: Callable[[str], Database]
) -> None:
    database = open_database(database_url)
    _call(database)
    took = two_processes(database_url, NOW)
    with database.read() as connection:
        row = tables.outbox.c
        rows = list(
            connection.execute(
                select(row.address, row.once, row.due_at, row.not_after).where(row.purpose == "meeting.reminder")
            )
        )
    told = Counter((found.address, found.once) for found in rows)
    assert len(told) == MEETINGS * EACH
    assert set(told.values()) == {1}
    assert all(found.due_at == NOW < found.not_after for found in rows)
    assert sum(map(len, took)) >= MEETINGS * EACH / (SLICE + EACH), "each turn decides a slice"
