"""The village's time, and the clock as just another sender.

Every minute a message of kind tick goes down the same straight line as a villager's words. Its event id names the
minute, so that several processes tick once. What is due is derived from what is stored at each tick. A turn decides a
bounded part of it; where something is left over the bell brings a further part, with villagers' messages between.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.bell import Bell
from bot.dispatch import CLOCK
from domain.messages import Incoming, Kind, Trust

TICK_S = 60
# Also the rest between two parts of a long piece of work: the writer is free for the village meanwhile.
LOOK_EVERY_S = 0.1


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


def tick(now: datetime, part: int = 0) -> Incoming:
    """The tick of that minute, or a further part of its work; parts of two processes are two messages."""
    name = f"tick:{int(now.timestamp()) // TICK_S}"
    if part:
        name = f"{name}:{part}:{int(now.timestamp() * 1000)}"
    data = {"part": str(part)} if part else {}
    return Incoming("clock", "clock", name, Kind.TICK, CLOCK, now, data=data, trust=Trust.INTERNAL)


async def keep_ticking(now: Callable[[], datetime], submit: Callable[[Incoming], None], bell: Bell) -> None:
    """Send a tick for every minute that begins, and a part when the bell rings.

    A minute slept through is not made up, its work is derived anyway.
    """
    last, parts = -1, itertools.count(1)
    while True:
        moment = now()
        minute = int(moment.timestamp()) // TICK_S
        if minute != last:
            last = minute
            submit(tick(moment))
        elif bell.rings(moment):
            submit(tick(moment, next(parts)))
        await asyncio.sleep(LOOK_EVERY_S)
