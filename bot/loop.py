"""The event loop the server runs on: uvloop where there is one for this system, else Python's own.

Between 64 connections uvloop takes some 12 µs of CPU a message less (docs/decisions/0003-libraries.md); nothing else differs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


def run_on_loop(main: Coroutine[Any, Any, None]) -> None:
    """Run until it is done, as asyncio.run does."""
    with asyncio.Runner(loop_factory=_factory()) as runner:
        runner.run(main)


def _factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every system
        return None
    return uvloop.new_event_loop
