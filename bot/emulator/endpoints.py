"""The platform's endpoints beside tokens and customer-service texts: notices, scene codes, media, menu, people.

Each is a function of the fake API, the account and what was sent, giving the answer as documented, its limits enforced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.channels.official_notices import field_error
from bot.emulator.phones import Bubble
from bot.scan_codes import scan_code

if TYPE_CHECKING:
    from bot.emulator.api import FakeApi

TEMPLATE_SEND = "/cgi-bin/message/template/send"
BIZ_SEND = "/cgi-bin/message/subscribe/bizsend"
TYPING = "/cgi-bin/message/custom/typing"
QR_CREATE = "/cgi-bin/qrcode/create"
SHOW_QR = "/cgi-bin/showqrcode"
MEDIA_UPLOAD = "/cgi-bin/media/upload"
MEDIA_GET = "/cgi-bin/media/get"
MENU_CREATE, MENU_GET, MENU_DELETE = "/cgi-bin/menu/create", "/cgi-bin/menu/get", "/cgi-bin/menu/delete"
USER_INFO = "/cgi-bin/user/info"
CALLBACK_IP = "/cgi-bin/getcallbackip"
TICKET = "/cgi-bin/ticket/getticket"
CLEAR_QUOTA = "/cgi-bin/clear_quota"

DEDUPLICATED_FOR = timedelta(minutes=10)
MAX_SCENE = 64
_OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: which account asks, its query, its JSON body (or raw bytes)."""

    appid: str
    account: str
    query: Mapping[str, str]
    body: Mapping[str, Any]
    raw: bytes


@dataclass
class Notices:
    """Notices sent by id, so that a second one of the same `client_msg_id` is not shown again."""

    seen: dict[tuple[str, str], tuple[int, datetime]] = field(default_factory=dict)
    next_id: int = 2918131553548107776

    def new_id(self) -> int:
        self.next_id += 1
        return self.next_id


# -- notices


def send_template(api: FakeApi, asked: Asked) -> dict[str, Any]:
    openid, now = str(asked.body.get("touser", "")), api.clock()
    if code := _cannot_notify(api, openid) or _bad_template(api, asked):
        return {"errcode": code, "errmsg": _argument(asked) if code == 47003 else ""}
    key = (openid, str(asked.body.get("client_msg_id", "")))
    seen = api.notices.seen.get(key) if key[1] else None
    if seen is not None and now - seen[1] < DEDUPLICATED_FOR:
        return {**_OK, "msgid": seen[0]}
    number = api.notices.new_id()
    if key[1]:
        api.notices.seen[key] = (number, now)
    api.phones.show(Bubble(asked.account, openid, card(asked.body), now, "service", "template"))
    api.sent_notice(openid, str(number))
    return {**_OK, "msgid": number}


def send_subscribed(api: FakeApi, asked: Asked) -> dict[str, Any]:
    openid, now = str(asked.body.get("touser", "")), api.clock()
    if code := _cannot_notify(api, openid) or _bad_template(api, asked):
        return {"errcode": code, "errmsg": _argument(asked) if code == 47003 else ""}
    if not api.ledger.use_grant(openid, str(asked.body.get("template_id"))):
        return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
    api.phones.show(Bubble(asked.account, openid, card(asked.body), now, "service", "notice"))
    return dict(_OK)


def _cannot_notify(api: FakeApi, openid: str) -> int:
    phone = api.phones.known(openid)
    if phone is None:
        return 40003
    if phone.refuses:
        return 43019
    return 0 if phone.followed else 43004


def _bad_template(api: FakeApi, asked: Asked) -> int:
    template = asked.body.get("template_id")
    if not isinstance(template, str) or not template or (api.templates and template not in api.templates):
        return 40037
    return 47003 if field_error(asked.body.get("data")) else 0


def _argument(asked: Asked) -> str:
    return f"argument invalid! data.{field_error(asked.body.get('data'))}.value invalid"


def card(body: Mapping[str, Any]) -> str:
    """What the phone shows of a notice: its values, one a line, and where it leads."""
    lines = [str(entry.get("value", "")) for entry in body["data"].values()]
    link = body.get("url") or body.get("page")
    return "\n".join([*lines, *([f"详情 {link}"] if link else [])])


def show_typing(api: FakeApi, asked: Asked) -> dict[str, Any]:
    openid = str(asked.body.get("touser", ""))
    if asked.body.get("command") not in ("Typing", "CancelTyping"):
        return {"errcode": 45072, "errmsg": "command field must be in: ['Typing', 'CancelTyping']"}
    if api.phones.known(openid) is None:
        return {"errcode": 40003, "errmsg": "invalid openid"}
    return dict(_OK) if api.ledger.left(openid, api.clock()) else {"errcode": 45080, "errmsg": "typing not allowed"}


# -- scene codes


def make_code(api: FakeApi, asked: Asked) -> dict[str, Any]:
    info = asked.body.get("action_info")
    scene = info.get("scene") if isinstance(info, Mapping) else None
    words = str(scene.get("scene_str", "")) if isinstance(scene, Mapping) else ""
    if asked.body.get("action_name") not in ("QR_STR_SCENE", "QR_LIMIT_STR_SCENE") or not 1 <= len(words) <= MAX_SCENE:
        return {"errcode": 40053, "errmsg": "invalid action_info"}
    ticket = f"gQ{len(api.codes) + 1:08d}"
    url = f"http://weixin.qq.com/q/{ticket}"
    api.codes[ticket] = words
    answer: dict[str, Any] = {"ticket": ticket, "url": url}
    if asked.body["action_name"] == "QR_STR_SCENE":
        answer["expire_seconds"] = min(int(asked.body.get("expire_seconds", 60)), 2592000)
    return answer


def code_picture(api: FakeApi, ticket: str) -> bytes | None:
    if ticket not in api.codes:
        return None
    return scan_code(f"http://weixin.qq.com/q/{ticket}", scale=4)


# -- menu


def create_menu(api: FakeApi, asked: Asked) -> dict[str, Any]:
    """Three buttons with five below each at most; names of 16 bytes, below 60."""
    buttons = asked.body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        return {"errcode": 40016, "errmsg": "invalid button size"}
    for button in buttons:
        below = button.get("sub_button", [])
        if len(below) > 5:
            return {"errcode": 45010, "errmsg": "create menu limit"}
        if _too_long(button, 16) or any(_too_long(one, 60) for one in below):
            return {"errcode": 40018, "errmsg": "invalid button name size"}
    api.menus[asked.appid] = dict(asked.body)
    return dict(_OK)


def _too_long(button: Mapping[str, Any], limit: int) -> bool:
    name = button.get("name")
    return not isinstance(name, str) or not 0 < len(name.encode()) <= limit


def get_menu(api: FakeApi, asked: Asked) -> dict[str, Any]:
    menu = api.menus.get(asked.appid)
    return {"menu": menu} if menu else {"errcode": 46003, "errmsg": "menu no exist"}


def delete_menu(api: FakeApi, asked: Asked) -> dict[str, Any]:
    api.menus.pop(asked.appid, None)
    return dict(_OK)


# -- people and the account


def user_info(api: FakeApi, asked: Asked) -> dict[str, Any]:
    phone = api.phones.known(asked.query.get("openid", ""))
    if phone is None:
        return {"errcode": 40003, "errmsg": "invalid openid"}
    if not phone.followed:
        return {"subscribe": 0, "openid": phone.openid}
    return {"subscribe": 1, "openid": phone.openid, "language": "zh_CN", "subscribe_scene": "ADD_SCENE_QR_CODE",
            "subscribe_time": int(api.clock().timestamp()), "qr_scene": 0, "qr_scene_str": ""}  # fmt: skip


def callback_addresses(api: FakeApi, asked: Asked) -> dict[str, Any]:
    return {"ip_list": ["127.0.0.1"]}


def ticket(api: FakeApi, asked: Asked) -> dict[str, Any]:
    return {**_OK, "ticket": f"ticket-{asked.appid}", "expires_in": 7200}


def clear_quota(api: FakeApi, asked: Asked) -> dict[str, Any]:
    """Ten times a month; then 48006."""
    if api.cleared >= 10:
        return {"errcode": 48006, "errmsg": "forbid to clear quota because of reaching the limit"}
    api.cleared += 1
    api.used.clear()
    return dict(_OK)


# -- web login (no access token: the app's secret stands in the query)

OAUTH_TOKEN, OAUTH_USER = "/sns/oauth2/access_token", "/sns/userinfo"


def oauth_token(api: FakeApi, query: Mapping[str, str]) -> dict[str, Any]:
    """A code serves once: 40163 the second time, 40029 where it was never given."""
    account = api.accounts.get(query.get("appid", ""))
    if account is None or account.secret != query.get("secret"):
        return {"errcode": 40125 if account else 40013, "errmsg": "invalid appid or secret"}
    code = query.get("code", "")
    if code not in api.login_codes:
        return {"errcode": 40029, "errmsg": "invalid code"}
    openid = api.login_codes[code]
    if openid is None:
        return {"errcode": 40163, "errmsg": "code been used"}
    api.login_codes[code] = None
    return {"access_token": f"web-{openid}", "expires_in": 7200, "refresh_token": f"again-{openid}",
            "openid": openid, "scope": "snsapi_base"}  # fmt: skip


def oauth_user(api: FakeApi, query: Mapping[str, str]) -> dict[str, Any]:
    openid = query.get("openid", "")
    if query.get("access_token") != f"web-{openid}":
        return {"errcode": 42007, "errmsg": "access_token expired, or the user changed his password"}
    return {"openid": openid, "nickname": "", "sex": 0, "headimgurl": "", "privilege": []}


Login = Callable[["FakeApi", Mapping[str, str]], dict[str, Any]]
LOGINS: dict[str, Login] = {OAUTH_TOKEN: oauth_token, OAUTH_USER: oauth_user}


Play = Callable[["FakeApi", Asked], dict[str, Any]]
POSTS: dict[str, tuple[str, Play]] = {
    TEMPLATE_SEND: ("template", send_template),
    BIZ_SEND: ("subscribe", send_subscribed),
    TYPING: ("customer_service", show_typing),
    QR_CREATE: ("qrcode", make_code),
    MENU_CREATE: ("menu", create_menu),
    CLEAR_QUOTA: ("", clear_quota),
}
GETS: dict[str, tuple[str, Play]] = {
    MENU_GET: ("menu", get_menu),
    MENU_DELETE: ("menu", delete_menu),
    USER_INFO: ("customer_service", user_info),
    CALLBACK_IP: ("", callback_addresses),
    TICKET: ("oauth", ticket),
}
