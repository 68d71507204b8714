"""Where messages wait for the writer thread, which takes them in batches."""

from __future__ import annotations

import threading
import time
from collections import deque

from bot.tickets import Ticket

# How many turns share a commit at most: past 64 the gain is small and the first of them waits for the last.
BATCH = 64
# A message that has waited this long is made durable before its turn comes, so that it can be acknowledged.
ACCEPT_AFTER_S = 1.0


class Lane:
    """The writer thread's queue."""

    def __init__(self) -> None:
        self._tickets: deque[Ticket] = deque()
        self._changed = threading.Condition()
        self._is_closing = False

    def put(self, ticket: Ticket) -> None:
        """Add a ticket; the writer sees it when it asks next, or when it is woken."""
        with self._changed:
            self._tickets.append(ticket)

    def wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def take(self) -> list[Ticket]:
        """Wait for tickets and return up to a batch of them; empty only when closing and nothing is left."""
        with self._changed:
            while not self._tickets and not self._is_closing:
                self._changed.wait()
            return [self._tickets.popleft() for _ in range(min(BATCH, len(self._tickets)))]

    def late(self) -> list[Ticket]:
        """Return the waiting tickets not yet durable, if the oldest of them has waited too long."""
        waiting = self.unkept()
        return waiting if waiting and waiting[0].arrived < time.monotonic() - ACCEPT_AFTER_S else []

    def unkept(self) -> list[Ticket]:
        """Return the waiting tickets that are not yet durable."""
        with self._changed:
            return [ticket for ticket in self._tickets if not ticket.is_accepted]

    def close(self) -> None:
        with self._changed:
            self._is_closing = True
            self._changed.notify()

    def __len__(self) -> int:
        return len(self._tickets)
