"""What is known of the one a few letters go to, as it changes while they are sent: windows, grants, whether he is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.sending import State
from domain.delivery import Notice, Reach, Way, Window, open_windows
from storage.routes import Route


class Recipient:
    """Starts from what the routes brought from the database; every change also goes into the journal."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._reach: dict[int, Reach] = {}

    def reach(self, route: Route) -> Reach:
        return self._reach.get(route.contact_id or 0, route.reach)

    def room(self, routes: Sequence[Route], at_most: int, now: datetime) -> int:
        """How many single messages he may get: never more than a window has left."""
        for route in routes:
            if windows := open_windows(self.reach(route).windows, now):
                at_most = min(at_most, sum(window.left for window in windows))
        return at_most

    def spend(self, route: Route, way: Way, notice: Notice | None, used: int, now: datetime) -> None:
        """So many messages (or one notice) have left over this way."""
        self._push(route, way, used, now)
        if route.contact_id is None:
            return
        if way is Way.SERVICE:
            self._spend_windows(route, route.contact_id, used, now)
        elif way is Way.ONE_TIME and notice is not None:
            self._state.journal.used[route.contact_id, notice.template_id] += 1
            self._forget(route, notice)

    def _push(self, route: Route, way: Way, used: int, now: datetime) -> None:
        if route.channel == "oa" and (used or way is not Way.SERVICE):
            many = max(used, 1)
            self._state.journal.pushed[route.account] += many
            self._state.spend(route.account, many, now)

    def _spend_windows(self, route: Route, contact: int, used: int, now: datetime) -> None:
        reach = self.reach(route)
        for _ in range(used):
            first = next(iter(open_windows(reach.windows, now)), None)
            if first is None:
                break
            self._state.journal.spent[contact, first.source.value] += 1
            reach = replace(reach, windows=tuple(_less(w) if w is first else w for w in reach.windows))
        self._reach[contact] = reach

    def close_windows(self, route: Route) -> None:
        """The platform says that no window is open, whatever our ledger says."""
        if route.contact_id is not None:
            self._state.journal.closed.add(route.contact_id)
            reach = self.reach(route)
            self._reach[route.contact_id] = replace(reach, windows=tuple(replace(w, left=0) for w in reach.windows))

    def lose(self, route: Route, why: str) -> None:
        """He cannot be reached on this account until he speaks again."""
        if route.contact_id is not None:
            self._state.journal.unreachable[route.contact_id] = why
            self._reach[route.contact_id] = replace(self.reach(route), unreachable=why)

    def revoke(self, route: Route, notice: Notice) -> None:
        if route.contact_id is not None:
            self._state.journal.revoked.add((route.contact_id, notice.template_id))
            self._forget(route, notice)

    def _forget(self, route: Route, notice: Notice) -> None:
        reach = self.reach(route)
        self._reach[route.contact_id or 0] = replace(reach, grants=reach.grants - {notice.template_id})


def _less(window: Window) -> Window:
    return replace(window, left=window.left - 1)
