"""The page of one letter (/t/…): the whole text in large type, for who could not read it in a message.

No login: whoever holds the link holds the letter. The page names no recipient, loads nothing, and no search engine may
keep it.
"""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from aiohttp import hdrs, web

from handlers.texts import delivery as texts
from storage.database import Database
from storage.pages import PATH, Page, Pages
from storage.vault import Unopened

_CHINA = timezone(timedelta(hours=8))
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
    hdrs.CACHE_CONTROL: "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_STYLE = (
    "body{margin:0 auto;max-width:38rem;padding:1.2rem;font:1.35rem/1.7 sans-serif;color:#111;background:#fff}"
    "p{margin:0 0 1rem;white-space:pre-wrap;overflow-wrap:anywhere}footer{color:#555;font-size:1rem}img{max-width:100%}"
)


@dataclass(frozen=True)
class LetterPages:
    pages: Pages
    database: Database
    clock: Callable[[], datetime]
    data: Path

    def mount(self, app: web.Application) -> None:
        app.router.add_get(PATH + "{token}", self.show)
        app.router.add_get(PATH + "{token}/picture", self.picture)

    async def show(self, request: web.Request) -> web.Response:
        token = request.match_info["token"]
        page = await self._page(token)
        if page is None:
            return self._answer(texts.page_gone(), "", 404)
        picture = f'<img src="{PATH}{html.escape(token)}/picture" alt="">' if page.image else ""
        return self._answer(page.text, f"{page.at.astimezone(_CHINA):%Y-%m-%d %H:%M}", 200, picture)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        page = await self._page(request.match_info["token"])
        path = (self.data / page.image).resolve() if page is not None and page.image else None
        kind = _PICTURES.get(path.suffix.lower()) if path is not None else None
        if path is None or kind is None or not path.is_relative_to(self.data.resolve()) or not path.is_file():
            raise web.HTTPNotFound
        try:
            content = self.pages.vault.open_bytes(await asyncio.to_thread(path.read_bytes))
        except Unopened:
            raise web.HTTPNotFound from None
        return web.Response(body=content, content_type=kind, headers=_HEADERS)

    async def _page(self, token: str) -> Page | None:
        return await asyncio.to_thread(self.pages.read, self.database, token, self.clock())

    def _answer(self, text: str, at: str, status: int, picture: str = "") -> web.Response:
        body = (
            '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{texts.PAGE_TITLE}</title><style>{_STYLE}</style></head><body>"
            f"<main>{picture}<p>{html.escape(text)}</p></main>"
            f"<footer>{texts.page_foot(at)}</footer></body></html>"
        )
        headers = {**_HEADERS, hdrs.CONTENT_TYPE: "text/html; charset=utf-8"}
        return web.Response(text=body, status=status, headers=headers)
