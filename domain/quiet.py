"""Quiet hours (copy page: none 21:30–07:00 but for danger): when a push waits, and where a reminder moves to.

A reminder that would fall into quiet hours moves earlier, never later; any other push waits for the morning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

VILLAGE_TIME = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` (inclusive) until `ends` (exclusive) by the village's clock; equal ones mean never."""

    begins: time = time(21, 30)
    ends: time = time(7, 0)

    def covers(self, at: datetime) -> bool:
        clock = at.astimezone(VILLAGE_TIME).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def over_at(self, at: datetime) -> datetime:
        """The first moment from `at` on that is not quiet."""
        if not self.covers(at):
            return at
        local = at.astimezone(VILLAGE_TIME)
        morning = datetime.combine(local.date(), self.ends, VILLAGE_TIME)
        return morning if morning > local else morning + timedelta(days=1)

    def earlier(self, at: datetime) -> datetime:
        """The moment itself, or the minute before the quiet hours it lies in began: where a reminder moves to."""
        if not self.covers(at):
            return at
        local = at.astimezone(VILLAGE_TIME)
        evening = datetime.combine(local.date(), self.begins, VILLAGE_TIME)
        return (evening if evening <= local else evening - timedelta(days=1)) - timedelta(minutes=1)


NEVER_QUIET = QuietHours(time(0), time(0))


def quiet_hours(written: str) -> QuietHours:
    """Read `21:30-07:00`; an empty text means that no hour is quiet. Raises ValueError for anything else."""
    if not written.strip():
        return NEVER_QUIET
    begins, dash, ends = written.replace("–", "-").partition("-")
    if not dash:
        raise ValueError("write it as 21:30-07:00")
    return QuietHours(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
