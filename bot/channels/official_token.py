"""The access token of one account: fetched once for all who wait, kept until it runs out, never shown.

Platform page "stable access token": repeated calls return the same token, so several servers need no common lock; in
its last five minutes the next one is handed out and both are valid.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.official_trouble import ApiFailed, Trouble
from storage.shared import Shared

# Begin to look for the next token this many seconds before the end of the present one.
RENEW_BEFORE = 300
# After a refresh that did not help, nobody refreshes again for so many seconds.
REST = 60

Fetch = Callable[[], Awaitable[tuple[str, float]]]


class AccessToken:
    """Single flight: however many ask, one fetch runs. `fetch` gives (token, seconds valid) or raises ApiFailed."""

    def __init__(
        self, fetch: Fetch, clock: Callable[[], float], shared: Shared | None = None, name: str = "token"
    ) -> None:
        """`shared` hands the token on to the other servers of the account, under `name`."""
        self._fetch = fetch
        self._clock = clock
        self._shared = shared
        self._name = name
        self._refused = ""
        self._token = ""
        self._expires_at = 0.0
        self._rest_until = 0.0
        self._look_again_at = 0.0
        self._running: asyncio.Task[str] | None = None

    async def get(self) -> str:
        """A valid token. Raises ApiFailed when there is none and none can be had."""
        now = self._clock()
        if self._token and now < self._expires_at - RENEW_BEFORE:
            return self._token
        if self._token and now < self._expires_at:
            return await self._renewed_or_old()
        return await self._refreshed()

    async def after_refusal(self, refused: str) -> str:
        """Another token than the refused one; raises ApiFailed(TOKEN) where a refresh was just tried in vain."""
        if self._token and self._token != refused:
            return self._token
        if self._clock() < self._rest_until:
            raise ApiFailed(Trouble.TOKEN, "access token", detail="refreshed a moment ago")
        self._token, self._refused = "", refused
        return await self._refreshed()

    def refused_again(self, refused: str) -> None:
        """The fresh token was refused too: stop refreshing for a while, or a day's quota burns in seconds."""
        if self._token == refused:
            self._rest_until = self._clock() + REST

    async def _renewed_or_old(self) -> str:
        old, now = self._token, self._clock()
        if now < max(self._rest_until, self._look_again_at):
            return old
        try:
            token = await self._refreshed()
        except ApiFailed:
            self._rest_until = self._clock() + REST
            return old
        if now >= self._expires_at - RENEW_BEFORE:  # the platform has no newer one yet: not every message asks again
            self._look_again_at = now + REST
        return token

    async def _refreshed(self) -> str:
        """Shielded: a caller that gives up does not take the fetch away from the others."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._fetch_and_keep())
            self._running.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._running)

    async def _fetch_and_keep(self) -> str:
        asked_at = self._clock()
        kept = await self._theirs()
        if kept is not None:
            self._token, self._expires_at = kept
            return self._token
        token, lifetime = await self._fetch()
        self._token, self._expires_at = token, asked_at + lifetime
        if self._shared is not None:
            words = f"{self._expires_at:.0f} {token}"
            if not await self._shared.put_token(self._name, words, asked_at, lifetime):
                # Somebody who asked later was answered earlier: theirs is the newer one.
                self._token, self._expires_at = await self._theirs() or (self._token, self._expires_at)
        return self._token

    async def _theirs(self) -> tuple[str, float] | None:
        """A token another server has put there, if it is not the refused one and has life enough left."""
        found = await self._shared.token(self._name) if self._shared is not None else None
        if found is None:
            return None
        ends, _, token = found[0].partition(" ")
        is_fresh = self._clock() < float(ends) - RENEW_BEFORE
        return (token, float(ends)) if is_fresh and token not in ("", self._refused) else None
