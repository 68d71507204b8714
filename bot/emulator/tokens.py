"""The platform's access tokens: the stable kind, and the old kind where each call kills the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from bot.emulator.phones import Clock

LIFETIME = timedelta(seconds=7200)
# In the last five minutes the next token is handed out, and the old one stays valid.
OVERLAP = timedelta(seconds=300)
FORCED_APART = timedelta(seconds=30)


@dataclass(slots=True)
class _Token:
    appid: str
    text: str
    issued_at: datetime
    ends_at: datetime


class Tokens:
    """`fetches` counts what was asked for, of either kind."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: dict[str, _Token] = {}
        self._stable: dict[str, _Token] = {}
        self._plain: dict[str, _Token] = {}
        self.fetches = 0

    def stable(self, appid: str, force: bool = False) -> dict[str, Any]:
        """The same token until its last five minutes; forced, a new one at once, at most every 30 seconds."""
        self.fetches += 1
        now, token = self._clock(), self._stable.get(appid)
        if token is not None and force and now - token.issued_at >= FORCED_APART:
            token.ends_at = now
            token = None
        if token is None or token.ends_at - now <= OVERLAP:
            token = self._stable[appid] = self._issue(appid, now)
        return {"access_token": token.text, "expires_in": int((token.ends_at - now).total_seconds())}

    def plain(self, appid: str) -> dict[str, Any]:
        self.fetches += 1
        now = self._clock()
        if appid in self._plain:
            before = self._plain[appid]
            before.ends_at = min(before.ends_at, now + OVERLAP)
        token = self._plain[appid] = self._issue(appid, now)
        return {"access_token": token.text, "expires_in": int(LIFETIME.total_seconds())}

    def check(self, text: str) -> tuple[str, int]:
        """(appid, 0) of a valid token, else an error code."""
        token = self._all.get(text)
        if token is None:
            return "", 40001
        return token.appid, 42001 if self._clock() >= token.ends_at else 0

    def revoke_all(self) -> None:
        """Everything issued so far is invalid from now on, as after a change of the secret."""
        self._all.clear()
        self._stable.clear()
        self._plain.clear()

    def _issue(self, appid: str, now: datetime) -> _Token:
        token = _Token(appid, token_urlsafe(96), now, now + LIFETIME)
        self._all[token.text] = token
        return token
