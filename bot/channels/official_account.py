"""An official account as configured: who it is, its secrets, and the keys that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Literal, cast

from bot.channels.official_crypto import Keys
from bot.channels.official_notices import notices_from
from domain.delivery import Notice

CHANNEL = "oa"

# What an account may be allowed to do; an unverified account lacks most of it (platform page: interface privileges).
CAPABILITIES = frozenset({"customer_service", "template", "subscribe", "qrcode", "oauth", "menu"})

# By kind of account (platform page "interface privileges"): what it may do unless `capabilities` says otherwise.
KINDS: Mapping[str, frozenset[str]] = {
    "service": CAPABILITIES,  # 服务号，已认证
    "service_unverified": frozenset({"menu"}),
    "subscription": frozenset({"customer_service", "subscribe", "menu"}),  # 公众号（原订阅号），已认证
    "subscription_unverified": frozenset(),
}
# Messages an account may push in a day before notices and bulk leave the rest to answers. The platform's own limits
# are higher (custom send 500,000, template 100,000), so the smaller of them counts.
A_DAY = 100_000

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TOKEN = re.compile(r"[!-~]{3,64}")
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


@dataclass(frozen=True, slots=True)
class Former:
    """The token and key pair before the last change, accepted until the platform has switched over."""

    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class OfficialAccount:
    """One official account. Raises ValueError in one line naming the cause and the mend; never shows a secret."""

    name: str
    appid: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)
    mode: Literal["plain", "aes"] = "aes"
    area: str = ""
    kind: str = "service"
    capabilities: frozenset[str] = CAPABILITIES
    templates: Mapping[str, tuple[Notice, ...]] = field(default_factory=dict, compare=False)
    daily: int = A_DAY
    previous: Former | None = None
    keyring: tuple[Keys, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._check(_NAME.fullmatch(self.name), "name 是网址的一段，只能用 A-Z a-z 0-9 _ -，最多 64 个")
        self._check(_NAME.fullmatch(self.appid), "appid 没填或者不对，从公众平台“基本配置”里抄")
        self._check(self.mode in ("plain", "aes"), 'mode 只能写 "plain" 或 "aes"，对着公众平台的“消息加解密方式”')
        self._check(self.kind in KINDS, f"kind 只能写 {'、'.join(KINDS)}，见 docs/connect.md 第1步")
        is_number = isinstance(self.daily, int) and not isinstance(self.daily, bool)
        self._check(is_number and self.daily > 0, "daily 要写大于 0 的整数")
        _check_capabilities(self.capabilities, self.name)
        pairs = [(self.token, self.aes_key)] + ([(self.previous.token, self.previous.aes_key)] if self.previous else [])
        object.__setattr__(self, "keyring", tuple(self._keys(token, aes_key) for token, aes_key in pairs))

    def _keys(self, token: str, aes_key: str) -> Keys:
        self._check(_TOKEN.fullmatch(token), "token 要 3 到 64 个看得见的英文字符，中间没有空格")
        if self.mode == "aes" or aes_key:
            wrong = f"aes_key 有 {len(aes_key)} 个字符；要 43 个 A-Z a-z 0-9，从公众平台“EncodingAESKey”抄"
            self._check(_AES_KEY.fullmatch(aes_key), wrong)
        return Keys(token, aes_key, self.appid)

    def _check(self, holds: object, message: str) -> None:
        _check(holds, f"账号 {self.name}：{message}")


_TEXTS = ("name", "appid", "secret", "token")


def account_from(raw: Mapping[str, Any]) -> OfficialAccount:
    """Read one entry of the setting OA_ACCOUNTS. Raises ValueError in one line."""
    known = [f.name for f in fields(OfficialAccount) if f.init]
    for name in raw:
        if name not in known:
            near = get_close_matches(name, known, 1)
            mend = f"是不是 {near[0]}？" if near else "去掉它，可用的见 docs/connect.md"
            raise ValueError(f"账号 {raw.get('name', '?')}：不认识 {name}，{mend}")
    others = [f.name for f in fields(OfficialAccount) if f.type == "str" or f.name == "mode"]
    missing = [n for n in others if not isinstance(raw.get(n, None if n in _TEXTS else ""), str)]
    _check(not missing, f"账号 {raw.get('name', '?')}：{'、'.join(missing)} 没填，或者不是引号里的文字")
    values = dict(raw)
    if "capabilities" in values:
        usual = KINDS.get(str(values.get("kind", "service")), CAPABILITIES)
        values["capabilities"] = _capabilities(values["capabilities"], usual, str(raw["name"]))
    elif values.get("kind") in KINDS:
        values["capabilities"] = KINDS[values["kind"]]
    if "templates" in values:
        values["templates"] = notices_from(values["templates"], str(raw["name"]))
    if values.get("previous") is not None:
        values["previous"] = _former(raw["name"], values["previous"])
    return OfficialAccount(**values)


def _check_capabilities(named: Iterable[object], name: str) -> None:
    unknown = "、".join(sorted(str(one) for one in named if one not in CAPABILITIES))
    _check(not unknown, f"账号 {name}：capabilities 里不认识 {unknown}；可用 {'、'.join(sorted(CAPABILITIES))}")


def _capabilities(raw: Any, usual: frozenset[str], name: str) -> frozenset[str]:
    """A list of all it may do, or an object that switches single ones of the `usual` on or off (name: true|false)."""
    if isinstance(raw, Mapping):
        _check_capabilities(raw, name)
        odd = "、".join(sorted(one for one, on in raw.items() if not isinstance(on, bool)))
        _check(not odd, f"账号 {name}：capabilities 里的 {odd} 只能写 true 或 false，不加引号")
        return (usual | {one for one, on in raw.items() if on}) - {one for one, on in raw.items() if not on}
    is_list = isinstance(raw, (list, tuple, set, frozenset)) and all(isinstance(one, str) for one in raw)
    _check(is_list, f'账号 {name}：capabilities 要写成列表，比如 ["menu","qrcode"]，或者 {{"menu":true}}')
    return frozenset(cast("list[str]", raw))


def _former(name: str, raw: Any) -> Former:
    is_pair = isinstance(raw, Mapping) and set(raw) <= {"token", "aes_key"} and "token" in raw
    holds = is_pair and all(isinstance(value, str) for value in raw.values())
    _check(holds, f'账号 {name}：previous 要写成 {{"token":"旧的","aes_key":"旧的"}}')
    return Former(**raw)


def _check(holds: object, message: str) -> None:
    if not holds:
        raise ValueError(message)
