"""What a tick of the clock sets off: every part by itself, so that one at fault stops none of the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import structlog

from handlers.context import Context
from handlers.registry import TIMED, Timed

log = structlog.get_logger()


def play_tick(ctx: Context) -> None:
    """Do what is due. An alarm still goes round while reminders fail; what failed is tried again at its next time."""
    for timed in _due(ctx):
        failed = ctx.store.batch.attempt(partial(timed.act, ctx))
        if failed is not None:
            log.error("clock.failed", what=timed.act.__module__, error=type(failed).__name__, exc_info=failed)


def _due(ctx: Context) -> Iterator[Timed]:
    part = int(ctx.incoming.data.get("part", "0"))
    if part:  # each of those that left something over is first in its turn
        sliced = [timed for timed in TIMED if timed.in_slices]
        first = part % len(sliced)
        yield from (*sliced[first:], *sliced[:first])
        return
    minute = int(ctx.now.timestamp() // 60)
    yield from (timed for timed in TIMED if minute % max(int(timed.every.total_seconds() // 60), 1) == 0)
