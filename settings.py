"""The knobs: one frozen object, read once from the environment (prefix YOUSHI_). Only bot/ reads it.

docs/settings.md is generated from the fields below and compared in a test.
"""

from __future__ import annotations

import difflib
import ipaddress
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from domain.quiet import QuietHours, quiet_hours

ROOT = Path(__file__).resolve().parent
PREFIX = "YOUSHI_"

# The demo account is public knowledge; it and the simulator exist only on a loopback address.
DEMO_ACCOUNT: dict[str, Any] = {
    "name": "demo",
    "appid": "wxdemo000000000001",
    "secret": "demo-secret",
    "token": "youshi-demo-token",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "mode": "aes",
    "area": "XH",
}


# R21: a person who sends a thousand messages is answered no more often than somebody reads.
FLOOD_PER_MINUTE = 20


class SettingsError(Exception):
    """The environment cannot be used; the text names the cause and the mend, in one line."""


class Settings(BaseSettings):
    """What a township may set. Every field is YOUSHI_<NAME> in the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    database_url: str = Field(
        "sqlite:///var/youshi.db", description="Where everything is kept: `sqlite:///path` or `postgresql://…`."
    )
    data_dir: Path = Field(Path("var"), description="Media, spool, caches; relative to the checkout.")
    secret_key: str = Field(
        "",
        repr=False,
        description="Key for codes and sealed texts; made in `var/secret.key` if empty. Stays the same for as long as its "
        "database: another one stops the start (docs/backup.md).",
    )
    public_url: str = Field("", description="The address people reach this server at, for links and QR codes.")
    worker: bool = Field(True, description="Run the outbox sender and the clock inside the web server.")
    redis_url: str = Field("", description="Optional Redis for several servers: wake-ups, rate buckets, tokens.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8080, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    simulator: bool | None = Field(
        None, description="Serve /simulator. Default: on with the demo village, off otherwise; loopback only."
    )
    log_format: Literal["console", "json"] = Field("console", description="How log lines look.")
    rules_dir: Path | None = Field(None, description="A folder whose files override those of `rules/`.")
    oa_accounts: list[dict[str, Any]] = Field(
        default_factory=list, repr=False, description="Official accounts, a JSON list (docs/connect.md)."
    )
    oa_api_base: str = Field("", description="Where the platform's API is; the demo account uses the built-in fake.")
    wecom_api_base: str = Field("", description="Where the WeCom API is (for a later channel).")
    wecom_agents: list[dict[str, Any]] = Field(default_factory=list, repr=False, description="WeCom apps (later).")
    wecom_robots: list[dict[str, Any]] = Field(default_factory=list, repr=False, description="Group robots (later).")
    wecom_aibots: list[dict[str, Any]] = Field(default_factory=list, repr=False, description="WeCom AI bots (later).")
    aibot_ws_url: str = Field("", description="Address of the AI bot's long connection (later).")
    onebot_gateways: list[dict[str, Any]] = Field(
        default_factory=list, repr=False, description="OneBot gateways; each needs `accept_risk: true` (later)."
    )
    passive_budget: float = Field(
        3.5, gt=0, le=4.5, description="Seconds a message may take before its reply goes by the outbox."
    )
    flood_per_minute: int | None = Field(
        None,
        ge=0,
        description="Answers one person gets in any minute, by one server; 0: without limit. Unset: 20, and without "
        "limit where a village is only played: no account of its own, and HOST a loopback address.",
    )
    overhear: bool = Field(
        False,
        description="Ask the keeper, quietly, whether to file what is said in a group, calls nobody and sounds like a "
        "matter. Some 4 in 100 lines of ordinary talk do (docs/rules.md).",
    )
    quiet_hours: str = Field(
        "21:30-07:00", description="When villagers get no pushes but for danger; empty: never quiet."
    )
    metrics_token: str = Field("", repr=False, description="Bearer token that opens /metrics from elsewhere.")

    @field_validator("quiet_hours")
    @classmethod
    def _readable(cls, written: str) -> str:
        try:
            quiet_hours(written)
        except ValueError:
            raise ValueError("要写成 21:30-07:00，空着就是没有") from None
        return written

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, written: str) -> str:
        if written and not _is_address(written):  # which scheme and port will do is the doctor's to say
            raise ValueError("要写成 https://域名 这样的网址")
        return written

    @field_validator("redis_url")
    @classmethod
    def _a_redis(cls, written: str) -> str:
        if written and not (_is_address(written) and written.startswith(("redis://", "rediss://", "unix://"))):
            raise ValueError("要写成 redis://地址:6379/0，空着就是不用")
        return written

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def flood_limit(self) -> int:
        """Answers a minute to one person, 0 without limit."""
        if self.flood_per_minute is not None:
            return self.flood_per_minute
        return 0 if self.is_loopback and not self.oa_accounts else FLOOD_PER_MINUTE

    @property
    def quiet(self) -> QuietHours:
        return quiet_hours(self.quiet_hours)

    @property
    def database(self) -> str:
        """The database address with a relative SQLite path resolved against the checkout."""
        return absolute_sqlite(self.database_url)

    @property
    def data(self) -> Path:
        return self.data_dir if self.data_dir.is_absolute() else ROOT / self.data_dir


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        _port = parts.port  # raises where it is none
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path))


def absolute_sqlite(url: str) -> str:
    head, path = url.partition(":///")[::2]
    if not head.startswith("sqlite") or not path or path.startswith(("/", ":memory:")):
        return url
    return f"{head}:///{ROOT / path}"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment; raise SettingsError for an unknown name or a bad value."""
    environ = os.environ if environ is None else environ
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in environ:
        if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_") and name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            raise SettingsError(f"不认识的设置 {name}" + (f"，是不是 {near[0]}？" if near else "，见 docs/settings.md"))
    try:
        return Settings()  # type: ignore[call-arg]  # the mypy plugin is not worth its price: fields have defaults
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX
        raise SettingsError(f"设置 {name} 用不了：{_said(first)}，见 docs/settings.md") from None
    except SourceError as error:  # pydantic-settings wraps JSON it cannot read in an error of its own
        found = re.search(r'field "(\w+)"', str(error))
        name = PREFIX + found[1].upper() if found else PREFIX
        raise SettingsError(f"设置 {name} 不是规整的 JSON{_where(error)}，见 docs/settings.md") from None


# By the kind of pydantic's error; what is not here is said in its own words.
_SAID = {
    "list_type": "要写成列表 […]",
    "dict_type": "列表里的每一项要写成 {…}",
    "int_parsing": "要写整数",
    "int_from_float": "要写整数",
    "float_parsing": "要写数字",
    "bool_parsing": "要写 1 或 0",
    "path_type": "要写一个路径",
}


def _said(error: Mapping[str, Any]) -> str:
    limits = error.get("ctx", {})
    if error["type"] == "literal_error":
        return f"只能写 {limits.get('expected', '').replace(' or ', ' 或 ')}"
    for bound, words in (("gt", "要大于"), ("ge", "不能小于"), ("lt", "要小于"), ("le", "不能大于")):
        if bound in limits:
            return f"{words} {limits[bound]}"
    return _SAID.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")


def _where(error: Exception) -> str:
    """Where the JSON breaks off, as an editor counts; never what stands there, which may be a secret."""
    cause = error.__cause__
    if not isinstance(cause, json.JSONDecodeError):
        return ""
    return f"：第{cause.lineno}行第{cause.colno}个字符那里读不下去，看引号、逗号、括号（整段用单引号包起来）"
