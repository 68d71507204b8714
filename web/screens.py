"""What stands on the simulator's screens, in the order it came, and those who watch."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

# Bubbles kept for a reload; older ones are gone from the screens, never from the village's memory.
KEPT = 4000
# A watcher this far behind is let go: his browser connects again and fetches the screens.
BEHIND = 500

ChatKind = Literal["oa", "group", "bot"]


@dataclass(frozen=True, slots=True)
class Quote:
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One bubble. `owner` has the phone it is shown on ("" for the group); `who` said it ("" for the village's account).

    `by` is self, reply, service or platform (the fault banner), as the emulator names it.
    """

    chat: ChatKind
    owner: str
    who: str
    by: str
    kind: str
    text: str
    at: datetime
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A bubble with its number, counted over all screens."""

    seq: int
    shown: Shown

    def as_json(self) -> dict[str, Any]:
        return {"seq": self.seq, **asdict(self.shown), "at": self.shown.at.isoformat()}


Watcher = asyncio.Queue[tuple[str, str] | None]


class Screens:
    """Belongs to the event loop; nothing here may be called from another thread."""

    def __init__(self) -> None:
        # A browser that finds another mark knows that the server began anew and its own notes are void.
        self.mark = secrets.token_hex(4)
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = itertools.count(1)
        self._watchers: set[Watcher] = set()

    def add(self, shown: Shown) -> None:
        entry = Entry(next(self._numbers), shown)
        self._entries.append(entry)
        self.tell("bubble", entry.as_json())

    def all(self) -> list[Entry]:
        return list(self._entries)

    def find(self, seq: int) -> Shown | None:
        return next((entry.shown for entry in reversed(self._entries) if entry.seq == seq), None)

    def tell(self, event: str, data: Any) -> None:
        """Send an event to everybody who watches."""
        line = json.dumps(data)
        for watcher in tuple(self._watchers):
            if watcher.qsize() >= BEHIND:
                self._let_go(watcher)
            else:
                watcher.put_nowait((event, line))

    @contextmanager
    def watch(self) -> Iterator[Watcher]:
        """A queue of (event, JSON) from now on; None ends it."""
        watcher: Watcher = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def close(self) -> None:
        for watcher in tuple(self._watchers):
            self._let_go(watcher)

    def _let_go(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)
        watcher.put_nowait(None)
