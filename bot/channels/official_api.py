"""The outward side of the official account: token, texts and notices to people, scene codes, media, menu, user info.

Every call has a timeout and is judged by its errcode; what went wrong is an ApiFailed whose Trouble says what to do.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

import aiohttp

from bot.channels.official_account import OfficialAccount
from bot.channels.official_http import TIMEOUT, Call, Downloaded, OfficialHttp
from bot.channels.official_text import clean
from bot.channels.official_token import AccessToken
from bot.channels.official_trouble import ApiFailed, Trouble, trouble_of
from storage.shared import Shared

__all__ = ["API_BASE", "ApiFailed", "OfficialApi", "Trouble"]

API_BASE = "https://api.weixin.qq.com"
# Platform page "scene QR codes": a temporary one lives thirty days at most, a scene has 64 characters at most.
QR_SECONDS = 30 * 24 * 3600
MAX_SCENE = 64
MAX_DOWNLOAD = 10 * 1024 * 1024

T = TypeVar("T")


class OfficialApi:
    """Calls of one account over a session that the caller owns and closes; `shared` keeps the token for all servers;
    `dated` hears the `Date` of every answer."""

    def __init__(
        self,
        account: OfficialAccount,
        session: aiohttp.ClientSession,
        base: str = API_BASE,
        clock: Callable[[], float] = time.time,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
        shared: Shared | None = None,
        dated: Callable[[str], None] = lambda date: None,
    ) -> None:
        self.account = account
        self._http = OfficialHttp(session, base, timeout, dated)
        self._token = AccessToken(self._stable_token, clock, shared, f"oa:{account.appid}")

    async def token(self) -> str:
        return await self._token.get()

    # -- to people

    async def send_text(self, openid: str, text: str) -> None:
        """Send one customer-service text of at most 2040 bytes; raises ApiFailed. Page "customer service messages"."""
        await self.call(_CUSTOM_SEND, {"touser": openid, "msgtype": "text", "text": {"content": clean(text)}})

    async def send_image(self, openid: str, media_id: str) -> None:
        await self.call(_CUSTOM_SEND, {"touser": openid, "msgtype": "image", "image": {"media_id": media_id}})

    async def send_voice(self, openid: str, media_id: str) -> None:
        await self.call(_CUSTOM_SEND, {"touser": openid, "msgtype": "voice", "voice": {"media_id": media_id}})

    async def show_typing(self, openid: str, *, is_typing: bool = True) -> None:
        """Show 对方正在输入 on the phone; it spends no message of the window."""
        command = "Typing" if is_typing else "CancelTyping"
        await self.call("/cgi-bin/message/custom/typing", {"touser": openid, "command": command})

    async def send_template(
        self, openid: str, template_id: str, data: Mapping[str, str], url: str = "", message_id: str = ""
    ) -> str:
        """Send a template notice; return the platform's id, which its receipt will name.

        The same `message_id` is sent once within ten minutes, so that an unknown outcome may be repeated.
        """
        body: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": _values(data)}
        body |= {"url": url} if url else {}
        body |= {"client_msg_id": message_id} if message_id else {}
        answer = await self.call("/cgi-bin/message/template/send", body)
        return str(answer.get("msgid", ""))

    async def send_subscribed(self, openid: str, template_id: str, data: Mapping[str, str], page: str = "") -> None:
        """Send a subscription notice, long-term or one-time; NO_GRANT where he has allowed none (any more)."""
        body: dict[str, Any] = {"touser": openid, "template_id": template_id, "data": _values(data)}
        await self.call("/cgi-bin/message/subscribe/bizsend", body | ({"page": page} if page else {}))

    # -- scene codes, menu, people

    async def make_scene_code(self, scene: str, seconds: int | None = QR_SECONDS) -> tuple[str, str]:
        """Return (ticket, the address the code holds). `seconds` None makes one of the 100,000 permanent ones."""
        if not 1 <= len(scene) <= MAX_SCENE:
            raise ValueError(f"a scene has 1 to {MAX_SCENE} characters")
        body: dict[str, Any] = {"action_info": {"scene": {"scene_str": scene}}, "action_name": "QR_LIMIT_STR_SCENE"}
        if seconds is not None:
            body |= {"action_name": "QR_STR_SCENE", "expire_seconds": min(seconds, QR_SECONDS)}
        answer = await self.call("/cgi-bin/qrcode/create", body)
        ticket, url = answer.get("ticket"), answer.get("url")
        if not isinstance(ticket, str) or not isinstance(url, str):
            raise ApiFailed(Trouble.BUSY, "/cgi-bin/qrcode/create", detail="an answer without a code")
        return ticket, url

    async def put_menu(self, menu: Mapping[str, Any]) -> None:
        await self.call("/cgi-bin/menu/create", dict(menu))

    async def menu(self) -> dict[str, Any]:
        return await self._authorised(Call("/cgi-bin/menu/get"))

    async def drop_menu(self) -> None:
        await self._authorised(Call("/cgi-bin/menu/delete"))

    async def user_info(self, openid: str) -> dict[str, Any]:
        """What the platform still tells of a follower: `subscribe` 1 or 0, when, over which scene."""
        return await self._authorised(Call("/cgi-bin/user/info", query=(("openid", openid), ("lang", "zh_CN"))))

    async def callback_addresses(self) -> list[str]:
        answer = await self._authorised(Call("/cgi-bin/getcallbackip"))
        return [str(address) for address in answer.get("ip_list", [])]

    # -- media

    async def upload(self, kind: str, name: str, type_: str, content: bytes) -> str:
        """Upload a temporary medium (three days); return its media_id."""
        call = Call("/cgi-bin/media/upload", query=(("type", kind),), form=("media", name, type_, content))
        answer = await self._authorised(call)
        media_id = answer.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise ApiFailed(Trouble.BUSY, call.path, detail="an answer without media_id")
        return media_id

    async def download(self, media_id: str, limit: int = MAX_DOWNLOAD) -> Downloaded:
        """The bytes of what somebody sent. An error comes as JSON with status 200: it is never taken for the file."""
        call = Call("/cgi-bin/media/get", query=(("media_id", media_id),))

        async def fetch(token: str) -> Downloaded | dict[str, Any]:
            return await self._http.file(call, token, limit)

        answer = await self._with_token(fetch)
        if isinstance(answer, Downloaded):
            return answer
        _raise_on_error(call.path, answer)
        if isinstance(address := answer.get("video_url"), str):  # a video lies elsewhere (page "temporary media")
            return await self._http.file_at(address, call.path, limit)
        raise ApiFailed(Trouble.BUSY, call.path, detail="no file in the answer")

    # -- the common way

    async def call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One authorised POST. A refused token is replaced once and the call made again; then ApiFailed."""
        return await self._authorised(Call(path, body))

    async def _authorised(self, call: Call) -> dict[str, Any]:
        async def ask(token: str) -> dict[str, Any]:
            return await self._http.json(call, token)

        answer = await self._with_token(ask)
        _raise_on_error(call.path, answer)
        return answer

    async def _with_token(self, ask: Callable[[str], Awaitable[T]]) -> T:
        """Ask; with the token refused, once more with another one. Two calls at most, whatever comes."""
        token = await self._token.get()
        answer = await ask(token)
        if _refuses_token(answer):
            token = await self._token.after_refusal(token)
            answer = await ask(token)
            if _refuses_token(answer):
                self._token.refused_again(token)
        return answer

    async def _stable_token(self) -> tuple[str, float]:
        path = "/cgi-bin/stable_token"
        account = self.account
        body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.secret}
        try:
            answer = await self._http.json(Call(path, {**body, "force_refresh": False}))
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


_CUSTOM_SEND = "/cgi-bin/message/custom/send"


def _values(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": clean(value)} for name, value in data.items()}


def _refuses_token(answer: object) -> bool:
    code = answer.get("errcode", 0) if isinstance(answer, dict) else 0
    return bool(code) and trouble_of(code) is Trouble.TOKEN


def _raise_on_error(path: str, answer: dict[str, Any]) -> None:
    code = answer.get("errcode", 0)
    if code and trouble_of(code) is not Trouble.DUP:
        raise ApiFailed(trouble_of(code), path, code)
