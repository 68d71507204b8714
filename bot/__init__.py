"""The wire: webhooks, channels, inbox, turns, dispatch, outbox sender, clock, command line, wiring."""

from __future__ import annotations

import sys
from typing import Any


def _without_rich() -> None:
    """Load structlog without rich. Where that is installed, as it is beside the development tools, structlog takes it
    along to draw traces that nobody may see here (bot/logs.py): 8 MB and 50 ms of every start."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules["rich"] = None
    try:
        import structlog.dev  # noqa: F401 - loaded here, used everywhere
    finally:
        del modules["rich"]


_without_rich()
