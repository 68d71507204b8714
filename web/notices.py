"""The A4 pages of meetings (/n/…): a large-type notice for a phone and for the printer, under links nobody can guess.

The link names the meeting and whom it was sent to, and carries a keyed hash of both. Opening one's own link is noted as
a sign that the household has heard; the page that is printed belongs to nobody and notes nothing.
"""

from __future__ import annotations

import asyncio
import hmac
import html
import re
from collections.abc import Callable
from datetime import datetime

from aiohttp import hdrs, web

from domain.bodies import MeetingRules
from domain.notices import Paper
from handlers.texts import papers
from storage.database import Database
from storage.meeting_pages import note_opening, page_mac, page_name, read_page
from storage.vault import Vault

PATH = "/n/{name}"
_NAME = re.compile(r"(?P<kind>[nm])(?P<meeting>\d{1,19})-(?P<person>\d{1,19})-(?P<mac>[0-9a-f]{24})")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    hdrs.CACHE_CONTROL: "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
_STYLE = """
@page { size: A4; margin: 20mm }
body { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; font-size: 20px; line-height: 1.7;
  max-width: 170mm; margin: 0 auto; padding: 12px; color: #111; background: #fff; overflow-wrap: anywhere }
h1 { font-size: 34px; text-align: center; line-height: 1.3; margin: .5em 0 }
table { border-collapse: collapse; width: 100%; font-size: 24px }
th, td { border: 2px solid #333; padding: 8px 10px; text-align: left; vertical-align: top }
th { width: 5em; white-space: nowrap }
footer { margin-top: 1.5em; text-align: right }
@media print { body { font-size: 16pt; padding: 0 } h1 { font-size: 28pt } table { font-size: 18pt } }
"""
_LARGEST_ID = 2**63 - 1


class Notices:
    def __init__(
        self,
        database: Database,
        vault: Vault,
        rules: Callable[[], MeetingRules | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._vault, self._rules, self._clock = database, vault, rules, clock

    def mount(self, app: web.Application) -> None:
        app.router.add_get(PATH, self.show)

    async def show(self, request: web.Request) -> web.Response:
        match = _NAME.fullmatch(request.match_info["name"])
        if match is None or int(match["meeting"]) > _LARGEST_ID or int(match["person"]) > _LARGEST_ID:
            return _not_found()
        meeting, person = int(match["meeting"]), int(match["person"])
        expected = page_mac(self._vault, page_name(match["kind"], meeting, person))
        if not hmac.compare_digest(expected, match["mac"]):
            return _not_found()
        if self._rules() is None:  # the rules are still being read
            return _page(Paper("503", (), (papers.WAIT,), ()), 503)
        paper = await asyncio.to_thread(self._paper, match["kind"], meeting)
        if paper is None:
            return _not_found()
        if person:
            await asyncio.to_thread(note_opening, self._database, meeting, person, self._clock())
        return _page(paper)

    def _paper(self, kind: str, meeting_id: int) -> Paper | None:
        page = read_page(self._database, meeting_id)
        rules = self._rules()
        body = rules.bodies.get(page.meeting.body) if page and rules else None
        if page is None or body is None:
            return None
        make = papers.minutes if kind == "m" else papers.notice
        return make(page, body, self._clock())


def render(paper: Paper) -> str:
    """The page as HTML; everything that anybody wrote is escaped."""
    facts = "".join(f"<tr><th>{_safe(name)}</th><td>{_safe(value)}</td></tr>" for name, value in paper.facts)
    words = "".join(f"<p>{_safe(words)}</p>" for words in paper.paragraphs)
    signed = "<br>".join(_safe(line) for line in paper.signed)
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(paper.heading)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{_safe(paper.heading)}</h1><table>{facts}</table>{words}<footer>{signed}</footer></body></html>"
    )


def _safe(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _page(paper: Paper, status: int = 200) -> web.Response:
    return web.Response(text=render(paper), content_type="text/html", charset="utf-8", headers=_HEADERS, status=status)


def _not_found() -> web.Response:
    """One answer for whatever is wrong with a link: nothing can be tried out."""
    return _page(Paper("404", (), (papers.NOT_FOUND,), ()), 404)
