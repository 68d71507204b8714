"""The village's time, and the clock as just another sender.

Every minute a message of kind tick goes down the same straight line as a villager's words. Its event id names the
minute, so that several processes tick once. What is due is derived from what is stored at each tick.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.dispatch import CLOCK
from domain.messages import Incoming, Kind, Trust

TICK_S = 60
LOOK_EVERY_S = 1.0


class VillageClock:
    """The time of day here. The simulator may move it forward, never back: what has happened has happened."""

    def __init__(self) -> None:
        self._ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move_to(self, moment: datetime) -> None:
        """Set the clock; raises ValueError for a moment that has passed."""
        ahead = moment - datetime.now(UTC)
        if ahead < self._ahead - timedelta(seconds=2):
            raise ValueError("village time only moves forward")
        self._ahead = max(ahead, self._ahead)


def tick(now: datetime) -> Incoming:
    minute = int(now.timestamp()) // TICK_S
    return Incoming("clock", "clock", f"tick:{minute}", Kind.TICK, CLOCK, now, trust=Trust.INTERNAL)


async def keep_ticking(now: Callable[[], datetime], submit: Callable[[Incoming], None]) -> None:
    """Send a tick for every minute that begins; a minute slept through is not made up, its work is derived anyway."""
    last = -1
    while True:
        moment = now()
        minute = int(moment.timestamp()) // TICK_S
        if minute != last:
            last = minute
            submit(tick(moment))
        await asyncio.sleep(LOOK_EVERY_S)
