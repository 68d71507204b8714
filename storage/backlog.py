"""What waits because the account may not send: its day's budget is used up, or the platform makes it rest.

Nothing of it is lost, but nobody would know. Counted by steps down the index of the next letters, never through it:
however much waits (129 villages, 300,000 letters: 24 ms).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from domain.delivery import next_midnight
from storage.batch import Batch
from storage.tables import milliseconds
from storage.turns import LANES

# More than this is "many".
AT_MOST = 500
# The account at rest is tried again every ten minutes; what has waited for less than this is no news.
PATIENCE = timedelta(minutes=20)
PROBED_WITHIN = timedelta(minutes=11)

# No more rows than `many` are looked at in a lane, whatever they wait for.
_WAITING = """
    select count(*) from (select error, created_at from outbox where state = 'pending' and held = '' and priority = :p
                          and village_id = :v and {due} limit :many) as waiting
    where error = 'rate_day' and {old}
"""
_TOMORROW = text(_WAITING.format(due="due_at = :midnight", old="true"))
_RESTING = text(_WAITING.format(due="due_at > :now and due_at <= :probed", old="created_at < :early"))


@dataclass(frozen=True, slots=True)
class Backlog:
    """Letters of one village that wait; `tomorrow` until midnight, `resting` until the platform takes them again."""

    village_id: int
    tomorrow: int
    resting: int


def backlogs(batch: Batch, now: datetime) -> list[Backlog]:
    """One for every village that has any, in no order."""
    midnight, tomorrow, resting = next_midnight(now), Counter[int](), Counter[int]()
    for priority, village in [(row.p, row.v) for row in batch.read(LANES)]:
        lane = {"p": priority, "v": village, "many": AT_MOST}
        tomorrow[village] += int(batch.read(_TOMORROW, {**lane, "midnight": milliseconds(midnight)}).scalar_one())
        times = {
            "now": milliseconds(now),
            "probed": milliseconds(now + PROBED_WITHIN),
            "early": milliseconds(now - PATIENCE),
        }
        resting[village] += int(batch.read(_RESTING, {**lane, **times}).scalar_one())
    villages = {village for village in (*tomorrow, *resting) if tomorrow[village] or resting[village]}
    return [Backlog(village, tomorrow[village], resting[village]) for village in villages]
