"""Requests refused as not the platform's: told in the log, at most once a minute, whoever sends however many."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

log = structlog.get_logger()

EVERY_S = 60.0
_MEND = "Token or EncodingAESKey is not the console's, or the URL ends in another name: docs/connect.md, step 8"


class RefusedPushes:
    """A wrong Token is the likeliest fault of the first day, and the platform says of it only that it failed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._silent_until = float("-inf")
        self._since = 0

    def note(self, account: str | None) -> None:
        """One was refused; `account`: ours it was meant for, None for a name that is none of ours."""
        self._since += 1
        now = self._clock()
        if now >= self._silent_until:
            log.warning("webhook.refused", account=account, many=self._since, mend=_MEND)
            self._silent_until, self._since = now + EVERY_S, 0
