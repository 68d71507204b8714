"""How many messages the platform lets an account send to a person who just did something.

Platform page "customer service messages": a message gives 5 within 48 hours; a click on the menu, a follow and a scan
give 3 within one minute. How grants combine is not documented: here each source is renewed, never added up, and the one
that ends first is used first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CLOSED = 45015
USED_UP = 45047


class Source(StrEnum):
    """What opens the window."""

    MESSAGE = "message"
    MENU = "menu"
    FOLLOW = "follow"
    SCAN = "scan"


# How many messages, for how long.
TERMS = {
    Source.MESSAGE: (5, timedelta(hours=48)),
    Source.MENU: (3, timedelta(minutes=1)),
    Source.FOLLOW: (3, timedelta(minutes=1)),
    Source.SCAN: (3, timedelta(minutes=1)),
}


@dataclass(slots=True)
class _Grant:
    left: int
    until: datetime


class Ledger:
    """The reply windows of one account."""

    def __init__(self) -> None:
        self._grants: dict[str, dict[Source, _Grant]] = {}
        self._notices: dict[tuple[str, str], int] = {}

    def allow(self, openid: str, template_id: str, *, is_long_term: bool = False) -> None:
        """He accepts a pop-up: one more notice of a one-time template, any number of a long-term one."""
        before = self._notices.get((openid, template_id), 0)
        self._notices[openid, template_id] = -1 if is_long_term else max(before, 0) + 1

    def forbid(self, openid: str, template_id: str) -> None:
        self._notices.pop((openid, template_id), None)

    def use_grant(self, openid: str, template_id: str) -> bool:
        left = self._notices.get((openid, template_id), 0)
        if left > 0:
            self._notices[openid, template_id] = left - 1
        return left != 0

    def grant(self, openid: str, source: Source, now: datetime) -> None:
        left, span = TERMS[source]
        self._grants.setdefault(openid, {})[source] = _Grant(left, now + span)

    def close(self, openid: str) -> None:
        """He unfollowed: nothing reaches him."""
        self._grants.pop(openid, None)

    def left(self, openid: str, now: datetime) -> int:
        return sum(grant.left for grant in self._open(openid, now))

    def spend(self, openid: str, now: datetime) -> int:
        """0, or the error code of the platform."""
        grants = self._open(openid, now)
        if not grants:
            return CLOSED
        usable = [grant for grant in grants if grant.left]
        if not usable:
            return USED_UP
        min(usable, key=lambda grant: grant.until).left -= 1
        return 0

    def _open(self, openid: str, now: datetime) -> list[_Grant]:
        return [grant for grant in self._grants.get(openid, {}).values() if now < grant.until]
