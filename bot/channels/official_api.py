"""The outward side of the official account: a token, and texts to people who wrote within 48 hours."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.channels.official_account import OfficialAccount
from bot.channels.official_text import clean
from bot.channels.official_token import AccessToken
from bot.channels.official_trouble import ApiFailed, Trouble, trouble_of

__all__ = ["API_BASE", "ApiFailed", "OfficialApi", "Trouble"]

API_BASE = "https://api.weixin.qq.com"
# The connection itself gets less, so that "never reached" and "no answer" can be told apart.
TIMEOUT = aiohttp.ClientTimeout(total=5.0, sock_connect=3.0)
_MAX_ANSWER = 64 * 1024
_HEADERS = {"Content-Type": "application/json; charset=utf-8"}


class OfficialApi:
    """Calls of one account over a session that the caller owns and closes."""

    def __init__(
        self,
        account: OfficialAccount,
        session: aiohttp.ClientSession,
        base: str = API_BASE,
        clock: Callable[[], float] = time.time,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._account = account
        self._session = session
        self._base = base.rstrip("/")
        self._timeout = timeout
        self._token = AccessToken(self._stable_token, clock)

    async def token(self) -> str:
        return await self._token.get()

    async def send_text(self, openid: str, text: str) -> None:
        """Send one customer-service text of at most 2040 bytes; raises ApiFailed. Page "customer service messages"."""
        await self.call(
            "/cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": {"content": clean(text)}}
        )

    async def call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One authorised POST. A refused token is replaced once and the call made again; then ApiFailed."""
        token = await self._token.get()
        answer = await self._post(path, body, token)
        if answer.get("errcode") and trouble_of(answer["errcode"]) is Trouble.TOKEN:
            token = await self._token.after_refusal(token)
            answer = await self._post(path, body, token)
            if answer.get("errcode") and trouble_of(answer["errcode"]) is Trouble.TOKEN:
                self._token.refused_again(token)
        code = answer.get("errcode", 0)
        if code and trouble_of(code) is not Trouble.DUP:
            raise ApiFailed(trouble_of(code), path, code)
        return answer

    async def _stable_token(self) -> tuple[str, float]:
        path = "/cgi-bin/stable_token"
        account = self._account
        body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.secret}
        try:
            answer = await self._post(path, {**body, "force_refresh": False})
        except ApiFailed as failed:
            # Without a token nothing was said to anyone, so nothing about it is unknown.
            raise ApiFailed(Trouble.BUSY, path, detail=str(failed)) from None
        code = answer.get("errcode", 0)
        if code:
            # Here 40001 means a wrong secret, which no refresh will mend.
            trouble = trouble_of(code)
            raise ApiFailed(Trouble.CONFIG if trouble is Trouble.TOKEN else trouble, path, code)
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(lifetime, int):
            raise ApiFailed(Trouble.BUSY, path, detail="an answer without a token")
        return token, float(lifetime)

    async def _post(self, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
        """The platform's answer, errcode and all. Raises ApiFailed, which names neither the URL nor the words.

        Chinese goes out as itself: escaped it would double in size and meet the limit.
        """
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        params = {"access_token": token} if token else {}
        try:
            async with self._session.post(
                self._base + path,
                params=params,
                data=data,
                headers=_HEADERS,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                raw = b""
                async for chunk in response.content.iter_any():
                    raw += chunk
                    if len(raw) > _MAX_ANSWER:
                        break
                status = response.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL):
            raise ApiFailed(Trouble.BUSY, path, detail="no connection") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as wrong:
            raise ApiFailed(Trouble.UNKNOWN_OUTCOME, path, detail=type(wrong).__name__) from None
        return _answer(path, status, raw)


def _answer(path: str, status: int, raw: bytes) -> dict[str, Any]:
    """Only a JSON object counts: a proxy's page with status 200 has sent nothing to anyone."""
    if status != 200:
        raise ApiFailed(Trouble.UNKNOWN_OUTCOME if status == 504 else Trouble.BUSY, path, detail=f"HTTP {status}")
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("errcode", 0), int):
        cut_short = raw.lstrip().startswith(b"{")
        raise ApiFailed(Trouble.UNKNOWN_OUTCOME if cut_short else Trouble.BUSY, path, detail="not the platform's JSON")
    return answer
