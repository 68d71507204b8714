"""How far this machine's clock is from the platform's, and who is told when it is far.

Nobody is refused for a timestamp (wechat page D17); but closing times, reminders and reply windows go by this clock, so
five minutes are too many. Two sources: the `Date` of the platform's answers, which is its time now, and the moment each
push was made, which can only lie before it came. A push that was late, or is played again, says nothing: of the last
five the smallest difference counts.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog

from bot.finishing import to_the_end
from bot.metrics import CLOCK_SKEW
from domain.organisation import Role
from handlers.texts import delivery as texts
from storage.batch import Batch
from storage.database import Database, is_passing_fault
from storage.store import DirectoryCache, Store
from storage.vault import Vault

log = structlog.get_logger()

TOO_FAR = timedelta(seconds=300)
PUSHES = 5
# The platform's own time counts for so long after it was read; it is read once a minute at most.
DATE_COUNTS_S, READ_EVERY_S = 3600.0, 60.0
LOOK_EVERY_S = 60.0
PURPOSE = "clock"


class ClockWatch:
    """Gathers both sources; `ahead` is how far this machine's clock is before the platform's (negative: behind it)."""

    def __init__(self) -> None:
        self._pushes: deque[float] = deque(maxlen=PUSHES)
        self._date: float | None = None
        self._read_at = -READ_EVERY_S
        CLOCK_SKEW.set_function(lambda: self.ahead.total_seconds())

    def pushed(self, sent_at: datetime | None, received_at: datetime) -> None:
        if sent_at is not None:
            self._pushes.append((received_at - sent_at).total_seconds())

    def dated(self, date: str) -> None:
        """The `Date` header of an answer; what cannot be read is left alone."""
        if not date or time.monotonic() - self._read_at < READ_EVERY_S:
            return
        ahead = ahead_of(date, datetime.now(UTC))
        if ahead is not None:
            self._date, self._read_at = ahead.total_seconds(), time.monotonic()

    @property
    def ahead(self) -> timedelta:
        if self._date is not None and time.monotonic() - self._read_at < DATE_COUNTS_S:
            return timedelta(seconds=self._date)
        return timedelta(seconds=min(self._pushes, key=abs, default=0.0))

    @property
    def is_far(self) -> bool:
        return abs(self.ahead) >= TOO_FAR


def ahead_of(date: str, now: datetime) -> timedelta | None:
    """How far `now` is before the moment an HTTP `Date` names; None where it names none."""
    try:
        named = parsedate_to_datetime(date)
    except ValueError:
        return None
    return now - (named if named.tzinfo else named.replace(tzinfo=UTC))


async def warn_while_far(
    watch: ClockWatch, database: Database, vault: Vault, clock: Callable[[], datetime], areas: Collection[str]
) -> None:
    """Say it in the log every minute, and once a day to those who look after the server."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        if not watch.is_far:
            continue
        log.error("clock.far", seconds=round(watch.ahead.total_seconds()))
        try:
            await to_the_end(asyncio.to_thread(tell_operators, database, vault, watch.ahead, areas, clock()))
        except Exception as error:
            if not is_passing_fault(error):
                log.exception("clock.untold", error=type(error).__name__)


def tell_operators(database: Database, vault: Vault, ahead: timedelta, areas: Collection[str], now: datetime) -> None:
    """One letter a day to the administrator over each area; where there is none, to its clerk or the town's."""
    with Batch(database) as batch:
        store = Store(batch, DirectoryCache(), vault)
        with batch.turn():
            found = [store.directory.area(code) for code in areas]
            for area in [area for area in found if area is not None]:
                roles = (Role.ADMIN, Role.CLERK, Role.TOWN_CLERK)
                person = next(
                    (holder for role in roles if (holder := store.directory.holder_upwards(role, area.id))), None
                )
                if person is not None:
                    once = f"clock:{person.id}:{now:%y%m%d}"
                    store.outbox.put(f"person:{person.id}", PURPOSE, texts.clock_far(ahead), now, once=once)
