"""The published lists of a secret poll (/polls/XH/3.txt): exactly the text its digest commits to.

Whoever has read the digest in the group checks it with `sha256sum` on what this page gives, without asking us. Receipts
and choices are two sorted lists; nothing joins them, and no name is in either.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import hdrs, web

from handlers.texts import polls as texts
from storage.database import Database
from storage.polls import published_text_of

PATH = "/polls/{village}/{number}.txt"
_HEADERS = {"X-Content-Type-Options": "nosniff", hdrs.CACHE_CONTROL: "no-cache"}


@dataclass(frozen=True)
class PollLists:
    database: Database

    def mount(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.show)

    async def show(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        found = None
        if number.isascii() and number.isdigit() and len(number) < 10:
            found = await asyncio.to_thread(
                published_text_of, self.database, request.match_info["village"], int(number)
            )
        if found is None:
            return web.Response(text=texts.no_lists_page(), status=404, headers=_HEADERS)
        return web.Response(text=found, headers=_HEADERS)
