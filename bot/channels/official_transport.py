"""The official account as a transport of the outbox: customer-service texts, split where they are too long."""

from __future__ import annotations

from bot.channels.official_api import OfficialApi
from bot.channels.official_text import LIMIT, fit
from storage.routes import Route

MAX_PARTS = 3  # rulings, Copy: more is a link to a page
_MARK_BYTES = 8  # room for "(1/3) "


class OfficialTransport:
    def __init__(self, api: OfficialApi) -> None:
        self._api = api

    async def send(self, route: Route, text: str) -> None:
        """Send the text to one openid, in at most three numbered parts; raises ApiFailed."""
        for part in parts(text):
            await self._api.send_text(route.native_id, part)


def parts(text: str) -> list[str]:
    """Split by UTF-8 bytes between graphemes; one part goes as it is, several are numbered."""
    first, rest = fit(text, LIMIT)
    if not rest:
        return [first]
    cut: list[str] = []
    rest = text
    while rest and len(cut) < MAX_PARTS:
        piece, rest = fit(rest, LIMIT - _MARK_BYTES)
        cut.append(piece)
    return [f"({number}/{len(cut)}) {piece}" for number, piece in enumerate(cut, start=1)]
