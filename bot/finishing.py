"""Ending work that has begun instead of tearing it: what is on its way to a phone or a database arrives or fails."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

# A request to the platform gives up after five seconds.
PATIENCE_S = 6.0


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Await the work; cancelled, let it finish (for PATIENCE_S at most) before the cancellation goes on."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task}, timeout=PATIENCE_S)
        task.cancel()
        raise
