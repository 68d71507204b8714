"""The official account as a transport of the outbox: texts and pictures inside a window, notices outside of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.channels.official_api import OfficialApi
from bot.channels.official_notices import fill
from bot.channels.official_text import LIMIT, byte_size, fit
from bot.channels.official_trouble import ApiFailed, Trouble
from bot.parcel import Parcel, Receipt
from domain.delivery import Way
from handlers.texts.delivery import rest_on_page
from storage.routes import Route
from storage.vault import Unopened

MAX_PARTS = 3  # rulings, Copy: more is a link to a page
_MARK_BYTES = 8  # room for "(1/3) "
# An uploaded picture is deleted by the platform after three days; one upload serves all who get it until then.
UPLOAD_LASTS = timedelta(days=2)
_TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".amr": "audio/amr", ".mp3": "audio/mpeg",
}  # fmt: skip
_VOICES = (".amr", ".mp3")


class OfficialTransport:
    def __init__(self, api: OfficialApi, unsealed: Callable[[bytes], bytes] = lambda content: content) -> None:
        """`unsealed` opens the files people sent, which lie sealed on our disk."""
        self._api = api
        self._unsealed = unsealed
        self._uploads: dict[str, tuple[str, datetime]] = {}
        self._uploading: dict[str, asyncio.Lock] = {}

    async def send(self, route: Route, parcel: Parcel) -> Receipt:
        """Bring the parcel to one openid over its way; raises ApiFailed."""
        if parcel.way is Way.TEMPLATE:
            return await self._template(route.native_id, parcel)
        if parcel.way in (Way.LONG_TERM, Way.ONE_TIME):
            return await self._subscribed(route.native_id, parcel)
        return await self._service(route.native_id, parcel)

    async def _service(self, openid: str, parcel: Parcel) -> Receipt:
        steps = self._steps(openid, parcel)
        for done, step in enumerate(steps):
            if done < parcel.skip:
                continue
            try:
                await step()
            except ApiFailed as failed:
                failed.arrived = done
                raise
        return Receipt(max(len(steps) - parcel.skip, 0))

    def _steps(self, openid: str, parcel: Parcel) -> list[Callable[[], Awaitable[None]]]:
        steps: list[Callable[[], Awaitable[None]]] = []
        if parcel.image:
            steps.append(lambda: self._picture(openid, parcel))
        room = max(min(MAX_PARTS, parcel.at_most - len(steps)), 1)
        for part in parts(parcel.text, room, parcel.link) if parcel.text.strip() else []:
            steps.append(lambda part=part: self._api.send_text(openid, part))  # type: ignore[misc]
        return steps

    async def _picture(self, openid: str, parcel: Parcel) -> None:
        media_id = await self._media(parcel.image, parcel.now)
        try:
            send = self._api.send_voice if _is_voice(parcel.image) else self._api.send_image
            await send(openid, media_id)
        except ApiFailed as failed:
            if failed.code == _BAD_MEDIA:  # deleted there before its time
                self._uploads.pop(parcel.image, None)
            raise

    async def _media(self, path: str, now: datetime) -> str:
        async with self._uploading.setdefault(path, asyncio.Lock()):
            known = self._uploads.get(path)
            if known is None or known[1] < now:
                known = await self._upload(path), now + UPLOAD_LASTS
                self._uploads[path] = known
                self._forget_old(now)
            return known[0]

    def _forget_old(self, now: datetime) -> None:
        """Keep only what is still there or on its way: a server runs for months."""
        self._uploads = {path: known for path, known in self._uploads.items() if known[1] >= now}
        on_their_way = {path: lock for path, lock in self._uploading.items() if lock.locked() or path in self._uploads}
        self._uploading = on_their_way

    async def _upload(self, path: str) -> str:
        file = Path(path)
        try:
            content = self._unsealed(await asyncio.to_thread(file.read_bytes))
        except (OSError, Unopened):
            raise ApiFailed(Trouble.CONTENT, "media", detail="the picture is not there") from None
        try:
            kind = "voice" if _is_voice(path) else "image"
            return await self._api.upload(kind, file.name, _TYPES.get(file.suffix.lower(), "image/png"), content)
        except ApiFailed as failed:
            if failed.trouble is Trouble.UNKNOWN_OUTCOME:  # an upload that may have arrived has reached nobody
                raise ApiFailed(Trouble.BUSY, failed.endpoint, failed.code, "upload") from None
            raise

    async def _template(self, openid: str, parcel: Parcel) -> Receipt:
        notice = parcel.notice
        if notice is None:
            raise ApiFailed(Trouble.CONTENT, "template", detail="no template")
        data = fill(notice, parcel.fields, parcel.text, parcel.now)
        sent = await self._api.send_template(openid, notice.template_id, data, parcel.link, parcel.id)
        return Receipt(0, sent)

    async def _subscribed(self, openid: str, parcel: Parcel) -> Receipt:
        notice = parcel.notice
        if notice is None:
            raise ApiFailed(Trouble.CONTENT, "subscribe", detail="no template")
        data = fill(notice, parcel.fields, parcel.text, parcel.now)
        await self._api.send_subscribed(openid, notice.template_id, data, parcel.link)
        return Receipt(0)


_BAD_MEDIA = 40007


def _is_voice(path: str) -> bool:
    return path.lower().endswith(_VOICES)


def parts(text: str, at_most: int = MAX_PARTS, link: str = "") -> list[str]:
    """Split by UTF-8 bytes between graphemes; one part goes as it is, several are numbered.

    A text that needs more than `at_most` ends with where to read all of it. Without a page that is said too.
    """
    first, rest = fit(text, LIMIT)
    if not rest:
        return [first]
    cut = _cut(text, at_most, LIMIT - _MARK_BYTES)
    if cut is None:
        tail = rest_on_page(link)
        cut = _cut_short(text, at_most, LIMIT - _MARK_BYTES, byte_size(tail) + 1)
        cut[-1] = f"{cut[-1].rstrip()}\n{tail}"
    if len(cut) == 1:
        return cut
    return [f"({number}/{len(cut)}) {piece}" for number, piece in enumerate(cut, start=1)]


def _cut(text: str, at_most: int, limit: int) -> list[str] | None:
    """The whole text in parts, None where they are too many."""
    pieces: list[str] = []
    while text:
        if len(pieces) == at_most:
            return None
        piece, text = fit(text, limit)
        pieces.append(piece)
    return pieces


def _cut_short(text: str, at_most: int, limit: int, tail: int) -> list[str]:
    pieces: list[str] = []
    for number in range(at_most):
        piece, text = fit(text, limit - (tail if number == at_most - 1 else 0))
        pieces.append(piece)
    return pieces
