"""The doctor's look at official accounts: what each may do, whether the platform lets us in, whether it finds us."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import aiohttp

from bot.channels.official_account import CAPABILITIES, OfficialAccount
from bot.channels.official_api import API_BASE, OfficialApi
from bot.channels.official_trouble import ApiFailed, Trouble
from bot.emulator.wire import verification_query
from bot.skew import TOO_FAR, ahead_of
from handlers.texts.delivery import page_gone
from handlers.texts.papers import NOT_FOUND
from handlers.texts.polls import no_lists_page
from settings import Settings

PATIENCE = aiohttp.ClientTimeout(total=6.0)
# The platform calls back on these ports only.
PORTS = (80, 443)
# Where the links we send lead → a dead one, and what our own page says of it.
PAGES: Mapping[str, tuple[str, str]] = {
    "/t/": ("0", page_gone()),
    "/n/": ("0", NOT_FOUND),
    "/polls/": ("XX/0.txt", no_lists_page()),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`grade` is good, warn or bad; `mend` says what to do about it."""

    grade: str
    what: str
    mend: str = ""


# Capability → (what people miss without it, what to do).
_MISSED: Mapping[str, tuple[str, str]] = {
    "customer_service": ("两天内的回话发不出去", "要认证过的服务号或公众号"),
    "template": ("两天没说话的人收不到通知", "要认证过的服务号，在公众平台开通模板消息"),
    "subscribe": ("不能发订阅通知", "要认证过的账号；政务账号可以申请长期订阅"),
    "qrcode": ("门牌码、转发图里的码做不了，只能打字绑定", "要认证过的服务号"),
    "menu": ("没有底部菜单", "服务号，或者认证过的公众号"),
    "oauth": ("网页里认不出是谁", "要认证过的服务号"),
}


def offline(account: OfficialAccount, found: Settings) -> Iterator[Finding]:
    """What can be said without asking anybody."""
    name = account.name
    if account.mode == "plain":
        yield Finding("bad", f"账号 {name} 是明文模式，只能反映和查进度", "在公众平台改成安全模式，这里 mode 改成 aes")
    else:
        yield Finding("good", f"账号 {name} 是安全模式")
    for capability in sorted(CAPABILITIES - account.capabilities):
        missed, mend = _MISSED[capability]
        yield Finding("warn", f"账号 {name} 没有 {capability}：{missed}", mend)
    if account.capabilities & {"template", "subscribe"} and not account.templates:
        yield Finding(
            "warn",
            f"账号 {name} 没填 templates：两天没说话的人收不到通知，要靠网格员打电话",
            "照 docs/connect.md 第5步填",
        )
    yield from _address(account, found)


def _address(account: OfficialAccount, found: Settings) -> Iterator[Finding]:
    if not found.public_url:
        return
    parts = urlsplit(found.public_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    callback = f"{found.public_url.rstrip('/')}/wx/{account.name}"
    if parts.scheme not in ("http", "https") or port not in PORTS:
        yield Finding("bad", f"YOUSHI_PUBLIC_URL={found.public_url} 微信打不开", "微信只认 http 80 或 https 443 端口")
    else:
        yield Finding("good", f"账号 {account.name} 的服务器地址（URL）填：{callback}")


async def online(account: OfficialAccount, found: Settings) -> AsyncIterator[Finding]:
    """Ask the platform for a token and the menu, and our own public address for its echo."""
    async with aiohttp.ClientSession(timeout=PATIENCE) as session:
        dates: list[str] = []
        api = OfficialApi(account, session, found.oa_api_base or API_BASE, dated=dates.append)
        try:
            await api.token()
        except ApiFailed as failed:
            yield await _refused(account, failed, session, found)
        else:
            yield Finding("good", f"账号 {account.name} 拿得到 access_token")
            if "menu" in account.capabilities:
                yield await _menu(account, api)
        for finding in _clock(dates):
            yield finding
        if found.public_url:
            echo = await _echo(account, session, found)
            yield echo
            if echo.grade == "good" and (dead := [path for path in PAGES if not await _is_ours(path, session, found)]):
                yield Finding(
                    "bad", f"反向代理没有转 {'、'.join(dead)}：发出去的链接村民打不开",
                    "照 docs/connect.md 第2步，把它们和 /wx/ 一样原样转过来",
                )  # fmt: skip


def _clock(dates: Sequence[str]) -> Iterator[Finding]:
    """The platform's answer bears its own time."""
    ahead = ahead_of(dates[0], datetime.now(UTC)) if dates else None
    if ahead is not None:
        yield clock_finding(ahead, "微信")


def clock_finding(ahead: timedelta, whose: str) -> Finding:
    seconds, which = round(abs(ahead).total_seconds()), "快" if ahead > timedelta(0) else "慢"
    if abs(ahead) < TOO_FAR:
        return Finding("good", f"这台机器的钟和{whose}对得上")
    return Finding(
        "bad", f"这台机器的钟比{whose}{which}了{seconds}秒：投票截止、开会提醒都会差这么多",
        "打开时间同步（systemd-timesyncd 或 chrony）",
    )  # fmt: skip


async def _refused(
    account: OfficialAccount, failed: ApiFailed, session: aiohttp.ClientSession, found: Settings
) -> Finding:
    name = account.name
    if failed.code == 40164:
        address = await _our_address(account, session, found)
        return Finding(
            "bad", f"账号 {name}：这台机器的 IP 不在白名单里{f'（{address}）' if address else ''}",
            "公众平台 → 设置与开发 → 基本配置 → IP白名单，把它加进去",
        )  # fmt: skip
    if failed.code == 40013:
        return Finding("bad", f"账号 {name} 的 appid 不对", "从公众平台“基本配置”里重新抄")
    if failed.code in (40001, 40125):
        return Finding("bad", f"账号 {name} 的 secret 不对", "在公众平台重置 AppSecret，填进 YOUSHI_OA_ACCOUNTS")
    if failed.trouble is Trouble.BUSY:
        return _out_of_reach(name, found)
    return Finding("bad", f"账号 {name}：微信不给 access_token（{failed.code}）", "把这个数字发给维护的人")


def _out_of_reach(name: str, found: Settings) -> Finding:
    if found.oa_api_base:
        return Finding(
            "bad", f"账号 {name}：连不上微信的接口，试的是 YOUSHI_OA_API_BASE={found.oa_api_base}",
            "这个设置只在用假的微信、或者另有接口地址时用；用真的就去掉它",
        )  # fmt: skip
    return Finding("bad", f"账号 {name}：连不上微信的接口", "看这台机器能不能上外网，防火墙放行 api.weixin.qq.com 443")


async def _our_address(account: OfficialAccount, session: aiohttp.ClientSession, found: Settings) -> str:
    """The address the platform sees us under: it names it in its refusal."""
    body = {"grant_type": "client_credential", "appid": account.appid, "secret": account.secret}
    base = (found.oa_api_base or API_BASE).rstrip("/")
    try:
        async with session.post(f"{base}/cgi-bin/stable_token", json=body) as answer:
            words = str((await answer.json(content_type=None)).get("errmsg", ""))
    except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError):
        return ""
    match = re.search(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]{4,}", words)
    return match[0] if match else ""


async def _menu(account: OfficialAccount, api: OfficialApi) -> Finding:
    try:
        await api.menu()
    except ApiFailed as failed:
        if failed.code == 46003:
            return Finding("warn", f"账号 {account.name} 还没有底部菜单", "运行 .venv/bin/youshi menu")
        return Finding("warn", f"账号 {account.name} 的菜单看不到（{failed.code or failed.trouble.value}）")
    return Finding("good", f"账号 {account.name} 有底部菜单")


async def _echo(account: OfficialAccount, session: aiohttp.ClientSession, found: Settings) -> Finding:
    """Call our own webhook from outside as the platform does when the address is saved there."""
    echo, now = "youshi-doctor", datetime.now(UTC)
    url = f"{found.public_url.rstrip('/')}/wx/{account.name}?{verification_query(account, echo, now)}"
    try:
        async with session.get(url, allow_redirects=False) as answer:
            is_ours = answer.status == 200 and await answer.text() == echo
    except (aiohttp.ClientError, TimeoutError, OSError):
        is_ours = False
    if is_ours:
        return Finding("good", f"外面打得开 {found.public_url}，微信找得到我们")
    return Finding(
        "bad", f"外面打不开 {found.public_url}/wx/{account.name}",
        "看域名解析、80/443 端口、反向代理；代理要原样转 /wx/ 下面的请求，也看服务开着没有",
    )  # fmt: skip


async def _is_ours(path: str, session: aiohttp.ClientSession, found: Settings) -> bool:
    """Does a link that leads nowhere get our page that says so, not the proxy's own?"""
    dead, says = PAGES[path]
    try:
        async with session.get(f"{found.public_url.rstrip('/')}{path}{dead}", allow_redirects=False) as answer:
            return says.partition("：")[0].partition("。")[0] in await answer.text()
    except (aiohttp.ClientError, TimeoutError, OSError, UnicodeDecodeError):
        return False


def look_at(account: OfficialAccount, found: Settings) -> Iterator[Finding]:
    yield from offline(account, found)

    async def gather() -> list[Finding]:
        return [finding async for finding in online(account, found)]

    yield from asyncio.run(gather())
