"""Row ids made by the process that writes the row, rising with time.

63 bits: 40 of milliseconds since 2024 (until 2058), 13 drawn once per process, 10 counted within the millisecond.
Two processes that draw the same 13 bits could make the same id in the same millisecond; the primary key then refuses
the second, the batch is played again one by one, and the new attempt draws new ids.
"""

from __future__ import annotations

import secrets
import threading
import time

_EPOCH_MS = 1_704_067_200_000
_node = secrets.randbelow(1 << 13)
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """Return an id larger than any this process made before."""
    global _last
    now = (time.time_ns() // 1_000_000 - _EPOCH_MS) << 23 | _node << 10
    with _lock:
        # Within one millisecond, and when the clock steps back, count on from the last one.
        _last = now if now > _last else _last + 1
        return _last
