"""The access token of one account: fetched once for all who wait, kept until it runs out, never shown.

Platform page "stable access token": repeated calls return the same token, so several servers need no common lock; in
its last five minutes the next one is handed out and both are valid.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.official_trouble import ApiFailed, Trouble

# Begin to look for the next token this many seconds before the end of the present one.
RENEW_BEFORE = 300
# After a refresh that did not help, nobody refreshes again for so many seconds.
REST = 60

Fetch = Callable[[], Awaitable[tuple[str, float]]]


class AccessToken:
    """Single flight: however many ask, one fetch runs. `fetch` gives (token, seconds valid) or raises ApiFailed."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token = ""
        self._expires_at = 0.0
        self._rest_until = 0.0
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
        self._token = ""
        return await self._refreshed()

    def refused_again(self, refused: str) -> None:
        """The fresh token was refused too: stop refreshing for a while, or a day's quota burns in seconds."""
        if self._token == refused:
            self._rest_until = self._clock() + REST

    async def _renewed_or_old(self) -> str:
        old = self._token
        if self._clock() < self._rest_until:
            return old
        try:
            return await self._refreshed()
        except ApiFailed:
            self._rest_until = self._clock() + REST
            return old

    async def _refreshed(self) -> str:
        """Shielded: a caller that gives up does not take the fetch away from the others."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._fetch_and_keep())
            self._running.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._running)

    async def _fetch_and_keep(self) -> str:
        asked_at = self._clock()
        token, lifetime = await self._fetch()
        self._token, self._expires_at = token, asked_at + lifetime
        return token
