"""An official account as configured: who it is, its secrets, and the keys that follow from them."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
        _check(_NAME.fullmatch(self.name), f"OA account {self.name!r}: the name is part of a URL; use A-Z a-z 0-9 _ -")
        _check(
            _NAME.fullmatch(self.appid), f"OA account {self.name}: appid is missing or odd; copy it from the console"
        )
        _check(self.mode in ("plain", "aes"), f'OA account {self.name}: mode must be "plain" or "aes"')
        _check(self.kind in KINDS, f"OA account {self.name}: kind must be one of {', '.join(KINDS)}")
        _check(
            isinstance(self.daily, int) and self.daily > 0, f"OA account {self.name}: daily must be a number above 0"
        )
        unknown = ", ".join(sorted(set(self.capabilities) - CAPABILITIES))
        _check(not unknown, f"OA account {self.name}: unknown capability {unknown}; known: {sorted(CAPABILITIES)}")
        pairs = [(self.token, self.aes_key)] + ([(self.previous.token, self.previous.aes_key)] if self.previous else [])
        object.__setattr__(self, "keyring", tuple(self._keys(token, aes_key) for token, aes_key in pairs))

    def _keys(self, token: str, aes_key: str) -> Keys:
        _check(_TOKEN.fullmatch(token), f"OA account {self.name}: token must be 3 to 64 visible characters, no blanks")
        if self.mode == "aes" or aes_key:
            _check(
                _AES_KEY.fullmatch(aes_key),
                f"OA account {self.name}: aes_key has {len(aes_key)} characters; the console gives 43 of A-Z a-z 0-9",
            )
        return Keys(token, aes_key, self.appid)


def account_from(raw: Mapping[str, Any]) -> OfficialAccount:
    """Read one entry of the setting OA_ACCOUNTS. Raises ValueError in one line."""
    known = [f.name for f in fields(OfficialAccount) if f.init]
    for name in raw:
        if name not in known:
            near = get_close_matches(name, known, 1)
            raise ValueError(f"OA account: unknown field {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    missing = [name for name in ("name", "appid", "secret", "token") if not isinstance(raw.get(name), str)]
    _check(not missing, f"OA account {raw.get('name', '?')}: {', '.join(missing)} missing or not a text")
    values = dict(raw)
    if "capabilities" in values:
        values["capabilities"] = _capabilities(values["capabilities"])
    elif values.get("kind") in KINDS:
        values["capabilities"] = KINDS[values["kind"]]
    if "templates" in values:
        values["templates"] = notices_from(values["templates"], str(raw["name"]))
    if values.get("previous") is not None:
        values["previous"] = _former(raw["name"], values["previous"])
    return OfficialAccount(**values)


def _capabilities(raw: Any) -> frozenset[str]:
    """A list of names, or an object of name: true|false."""
    if isinstance(raw, Mapping):
        return frozenset(name for name, on in raw.items() if on)
    _check(isinstance(raw, (list, tuple, set, frozenset)), "OA account: capabilities must be a list of names")
    return frozenset(cast("list[str]", raw))


def _former(name: str, raw: Any) -> Former:
    _check(isinstance(raw, Mapping) and set(raw) <= {"token", "aes_key"} and "token" in raw,
           f'OA account {name}: previous must be {{"token", "aes_key"}}')  # fmt: skip
    return Former(**raw)


def _check(holds: object, message: str) -> None:
    if not holds:
        raise ValueError(message)
