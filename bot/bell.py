"""The bell: when the clock is wanted before its next minute."""

from __future__ import annotations

import threading
from datetime import datetime


class Bell:
    """One moment, the earliest anybody asked for. Set by writer threads, looked at by the clock.

    It lives in the process and may be lost: whatever is due is found by the next minute's tick anyway.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at: datetime | None = None

    def set(self, at: datetime) -> None:
        with self._lock:
            self._at = at if self._at is None else min(at, self._at)

    def rings(self, now: datetime) -> bool:
        """Has the moment come? Then it is forgotten."""
        with self._lock:
            if self._at is None or now < self._at:
                return False
            self._at = None
            return True
