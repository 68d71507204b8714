"""One HTTP call to the platform, judged: only a JSON object with errcode 0 counts, whatever the status line says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from yarl import URL

from bot.channels.official_trouble import ApiFailed, Trouble

# The connection itself gets less, so that "never reached" and "no answer" can be told apart.
TIMEOUT = aiohttp.ClientTimeout(total=5.0, sock_connect=3.0)
_MAX_ANSWER = 64 * 1024
TOO_LARGE = "too large"
# Less than the lease of a medium (storage/media.py), or two workers would fetch it.
FILE_WITHIN_S = 50.0
# What an answer that brings something holds in place of an errcode.
_WITHOUT_CODE = frozenset(
    {"access_token", "media_id", "thumb_media_id", "ticket", "menu", "subscribe", "ip_list", "video_url"}
)
_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
# Chinese goes out as itself: escaped it would double in size and meet the limit.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def open_session(**how: Any) -> aiohttp.ClientSession:
    """A session for the platform's calls. They need no cookies, and what a proxy sets must not go along to others."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), **how)


@dataclass(frozen=True, slots=True)
class Call:
    """A request before its token: `body` goes out as JSON, `form` as multipart, neither as a GET."""

    path: str
    body: dict[str, Any] | None = None
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[str, str, str, bytes] | None = None  # field, file name, content type, content


@dataclass(frozen=True, slots=True)
class Downloaded:
    """Bytes the platform handed over, with what it calls them. `type` is its word, not proof."""

    content: bytes
    type: str


class OfficialHttp:
    """The wire below OfficialApi. Errors name neither the URL nor the words: both may hold secrets."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base: str,
        timeout: aiohttp.ClientTimeout,
        dated: Callable[[str], None] = lambda date: None,
    ) -> None:
        """`dated` hears the `Date` of every answer."""
        self._session = session
        self._base = base.rstrip("/")
        self._timeout = timeout
        # A file may take long on a village's line, as long as it comes; silence is given no more time than elsewhere.
        self._for_files = aiohttp.ClientTimeout(
            total=FILE_WITHIN_S, sock_connect=timeout.sock_connect, sock_read=timeout.total
        )
        self._made: tuple[str, str, URL] = ("", "", URL())
        self._dated = dated

    async def json(self, call: Call, token: str = "") -> dict[str, Any]:
        """The platform's answer, errcode and all. Raises ApiFailed."""
        patience = self._for_files if call.form is not None else self._timeout
        status, raw, _ = await self._ask(call, token, _MAX_ANSWER, patience)
        return judged(call.path, status, raw)

    async def file(self, call: Call, token: str, limit: int) -> Downloaded | dict[str, Any]:
        """A file, or the JSON object that the platform sends in its place, with status 200 too."""
        status, raw, type_ = await self._ask(call, token, limit, self._for_files)
        if status == 200 and raw and "json" not in type_ and "text/" not in type_ and not raw.startswith(b'{"errcode"'):
            if len(raw) > limit:
                raise ApiFailed(Trouble.CONTENT, call.path, detail=TOO_LARGE)
            return Downloaded(raw, type_)
        return judged(call.path, status, raw)

    async def file_at(self, address: str, path: str, limit: int) -> Downloaded:
        """A file that the platform keeps elsewhere (videos); no token goes there. Raises ApiFailed."""
        if not address.startswith(("https://", "http://")):
            raise ApiFailed(Trouble.BUSY, path, detail="an odd address")
        try:
            async with self._session.get(address, timeout=self._for_files, allow_redirects=False) as response:
                raw = await response.content.read(limit + 1)
                while len(raw) <= limit and (more := await response.content.read(limit + 1 - len(raw))):
                    raw += more
                status, type_ = response.status, response.headers.get("Content-Type", "").lower()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as wrong:
            raise ApiFailed(Trouble.BUSY, path, detail=type(wrong).__name__) from None
        if status != 200 or not raw or "json" in type_ or "text/" in type_:
            raise ApiFailed(Trouble.BUSY, path, detail=f"HTTP {status}")
        if len(raw) > limit:
            raise ApiFailed(Trouble.CONTENT, path, detail=TOO_LARGE)
        return Downloaded(raw, type_)

    async def _ask(self, call: Call, token: str, limit: int, patience: aiohttp.ClientTimeout) -> tuple[int, bytes, str]:
        try:
            async with self._request(call, token, patience) as response:
                self._dated(response.headers.get("Date", ""))
                raw = bytearray()
                async for chunk in response.content.iter_any():
                    raw += chunk
                    if len(raw) > limit:
                        break
                return response.status, bytes(raw), response.headers.get("Content-Type", "").lower()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, ValueError):  # ValueError: no address
            raise ApiFailed(Trouble.BUSY, call.path, detail="no connection") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
            raise ApiFailed(Trouble.UNKNOWN_OUTCOME, call.path, detail=type(wrong).__name__) from None

    def _request(self, call: Call, token: str, patience: aiohttp.ClientTimeout) -> Any:
        how: dict[str, Any] = {"timeout": patience, "allow_redirects": False}
        url = self._url(call, token)
        if call.form is not None:
            name, file_name, type_, content = call.form
            form = aiohttp.FormData()
            form.add_field(name, io.BytesIO(content), filename=file_name, content_type=type_)
            return self._session.post(url, data=form, **how)
        if call.body is None:
            return self._session.get(url, **how)
        data = _ENCODER.encode(call.body).encode("utf-8", "replace")
        return self._session.post(url, data=data, headers=_HEADERS, **how)

    def _url(self, call: Call, token: str) -> URL:
        """The address of a call. Most go to the same one as the call before, and making it costs as much as a letter."""
        if not call.query and self._made[:2] == (call.path, token):
            return self._made[2]
        params = dict(call.query) | ({"access_token": token} if token else {})
        url = URL(self._base + call.path).extend_query(params)
        if not call.query:
            self._made = call.path, token, url
        return url


def judged(path: str, status: int, raw: bytes) -> dict[str, Any]:
    """Only the platform's own JSON counts: a proxy's page or object with status 200 has sent nothing to anyone."""
    if status != 200:
        raise ApiFailed(Trouble.UNKNOWN_OUTCOME if status == 504 else Trouble.BUSY, path, detail=f"HTTP {status}")
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):  # the second: brackets within brackets without end
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("errcode", 0), int):
        cut_short = not raw.strip() or raw.lstrip().startswith(b"{")  # its own answer, lost on the way
        raise ApiFailed(Trouble.UNKNOWN_OUTCOME if cut_short else Trouble.BUSY, path, detail="not the platform's JSON")
    if "errcode" not in answer and not answer.keys() & _WITHOUT_CODE:
        raise ApiFailed(Trouble.BUSY, path, detail="no errcode")
    return answer
