"""`youshi doctor`: looks at everything a server needs and says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import errno
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from bot.channels.official_account import OfficialAccount
from bot.commands_server import settings_or_stop
from bot.doctor_accounts import Finding, look_at
from bot.opening import check_demo, open_database, read_accounts
from bot.refusals import cause_and_mend, is_of_the_database
from bot.rule_faults import fault_line
from bot.rulebook import open_rulebook
from bot.secret_key import SHORTEST, key_fault, key_file
from bot.space import LITTLE_MB, NONE_MB, folders_of, free_mb
from settings import Settings, SettingsError
from storage.database import Database
from storage.migrate import is_current
from storage.outbox import Post
from storage.people import load_directory
from storage.shared import ThroughRedis
from storage.vault import Vault
from storage.windows import read_accounts as read_rests

MAX_SKEW = timedelta(seconds=30)
# Working days of the coming year are known once the state has published them, in November.
WARN_FROM_MONTH = 12


def examine(found: Settings) -> Iterator[Finding]:
    looks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _settings, _files, _database, _key, _redis, _accounts, _letters, _rules,
    )  # fmt: skip
    for look in looks:
        try:
            yield from look(found)
        except Exception as trouble:
            yield Finding(
                "bad",
                f"{look.__name__.strip('_')} 查不下去：{type(trouble).__name__}",
                "看日志，或者把这一行发给维护的人",
            )


def _settings(found: Settings) -> Iterator[Finding]:
    try:
        check_demo(found, with_demo=bool(found.simulator))
    except SettingsError as wrong:
        yield Finding("bad", str(wrong))
        return
    yield Finding("good", "设置认得全")
    if not found.public_url:
        yield Finding("warn", "没有 YOUSHI_PUBLIC_URL", "正式用时填上外面能打开的地址，链接和二维码要用")
    if found.oa_api_base and found.oa_accounts:
        yield Finding("warn", f"YOUSHI_OA_API_BASE={found.oa_api_base}：找的不是微信自己的接口", "正式用时去掉它")


def _files(found: Settings) -> Iterator[Finding]:
    probe = found.data / ".doctor"
    try:
        found.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_text("1", encoding="utf-8")
        probe.unlink()
    except OSError as wrong:
        is_full = wrong.errno == errno.ENOSPC
        probe.unlink(missing_ok=True)
        yield Finding(
            "bad", f"YOUSHI_DATA_DIR={found.data} 写不进去（{'磁盘满了' if is_full else wrong.strerror}）",
            "腾出地方" if is_full else "换一个能写的目录，或者把它改成归开服务的用户",
        )  # fmt: skip
    else:
        yield Finding("good", f"数据目录能写：{found.data}")
    for folder in folders_of(found):
        if (left := free_mb(folder)) < LITTLE_MB:
            grade, mend = ("bad", "腾出地方") if left < NONE_MB else ("warn", "腾出地方，满了就什么也记不下来")
            yield Finding(grade, f"磁盘只剩 {left} MB：{folder}", mend)


def _key(found: Settings) -> Iterator[Finding]:
    key = key_file(found)
    if not found.secret_key and key.exists() and stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield Finding("bad", "secret.key 别人也能读", f"chmod 600 {key}")
    if 0 < len(found.secret_key) < SHORTEST:
        yield Finding(
            "warn", f"YOUSHI_SECRET_KEY 太短，猜得出来（不到{SHORTEST}个字符）",
            "还没有真人用就换长的；有人用了不要换，换了旧的都打不开",
        )  # fmt: skip
    with _in_order(found) as database:
        fault = "" if database is None else key_fault(found)
    if fault:
        yield Finding("bad", fault)


def _database(found: Settings) -> Iterator[Finding]:
    try:
        database = open_database(found)
        is_new = not is_current(database)
        skewed = [] if database.is_sqlite else list(_skew(database))
    except SettingsError as wrong:
        yield Finding("bad", str(wrong))
        return
    except Exception as wrong:
        if not is_of_the_database(wrong):
            raise
        cause, mend = cause_and_mend(wrong)
        yield Finding("bad", f"数据库连不上：{cause}", mend)
        return
    yield Finding("good", "数据库连得上：" + ("SQLite" if database.is_sqlite else "PostgreSQL"))
    if is_new:
        yield Finding("bad", "数据库不是最新的", "运行 .venv/bin/youshi migrate")
    yield from skewed
    yield from _open_to_all(database)
    database.dispose()


def _open_to_all(database: Database) -> Iterator[Finding]:
    """Names, phones and every open complaint stand in the file in clear."""
    path = Path(database.url.database or "") if database.is_sqlite else None
    if (
        path is not None
        and path.exists()
        and path.stat().st_mode & stat.S_IROTH
        and path.parent.stat().st_mode & stat.S_IXOTH
    ):
        yield Finding("bad", f"数据库文件这台机器上谁都能读：{path}", f"chmod 600 {path}*；chmod 700 {path.parent}")


@contextmanager
def _in_order(found: Settings) -> Iterator[Database | None]:
    """The database, or None where it cannot be looked into: `_database` has said why."""
    try:
        database = open_database(found)
        is_usable = is_current(database)
    except Exception:
        yield None
        return
    yield database if is_usable else None
    database.dispose()


def _skew(database: Database) -> Iterator[Finding]:
    skew = abs(datetime.now(UTC) - database.time())
    if skew > MAX_SKEW:
        yield Finding("bad", f"这台机器和数据库的钟差了{skew.seconds}秒", "打开时间同步（systemd-timesyncd 或 chrony）")
    else:
        yield Finding("good", "钟是准的")


def _redis(found: Settings) -> Iterator[Finding]:
    if not found.redis_url:
        yield Finding("good", "没有用 Redis，一台机器不用也行")
        return

    async def try_it() -> bool:
        shared = ThroughRedis(found.redis_url)
        answers = await shared.answers()
        await shared.close()
        return answers

    if asyncio.run(try_it()):
        yield Finding("good", "Redis 连得上")
    else:
        yield Finding("bad", "Redis 连不上", "看 YOUSHI_REDIS_URL；连不上也不丢东西，只是慢些")


def _accounts(found: Settings) -> Iterator[Finding]:
    try:
        accounts = read_accounts(found, with_demo=False)
    except SettingsError as wrong:
        yield Finding("bad", str(wrong))
        return
    if not accounts:
        yield Finding("warn", "还没有接公众号", "照 docs/connect.md 填 YOUSHI_OA_ACCOUNTS")
    for account in accounts.values():
        yield from look_at(account, found)
    yield from _areas(found, accounts)


def _areas(found: Settings, accounts: Mapping[str, OfficialAccount]) -> Iterator[Finding]:
    """What is said to an account of an unknown area would reach nobody."""
    with _in_order(found) as database:
        if database is None:
            return
        with database.read() as connection:
            directory = load_directory(connection, 0)
    for account in accounts.values():
        is_known = directory.area(account.area) if account.area else directory.areas
        if not is_known:
            yield Finding(
                "bad", f"账号 {account.name} 的 area 是“{account.area}”，数据库里没有这个村镇：反映的事没人收",
                "改 YOUSHI_OA_ACCOUNTS 里的 area；先试用就装演示村：.venv/bin/youshi demo，area 写 XH",
            )  # fmt: skip


def _letters(found: Settings) -> Iterator[Finding]:
    """What waits for a person: letters that no phone took, and accounts whose ways are at rest."""
    with _in_order(found) as database:
        if database is None:
            return
        counts = Post(database, Vault(""), "doctor").counts()
        with database.read() as connection:
            rests, _ = read_rests(connection, datetime.now(UTC))
    if stuck := counts.get("stuck"):
        yield Finding("warn", f"有{stuck}条没送到", "网格员在公众号里回“没送到的”，打电话或上门后回“通知到了 号”")
    for account, way in rests:
        yield Finding("bad", f"账号 {account} 的 {way} 歇着：微信不让发", "看上面账号那几行；额度用完的明天自己好")


def _rules(found: Settings) -> Iterator[Finding]:
    book = open_rulebook(found.rules_dir, found.data / "cache")
    for fault in book.faults:
        yield Finding(
            "bad", f"规则文件有错：{fault_line(fault)}", "照着改好，存盘就生效；运行 youshi rules check 看细处"
        )
    if not book.faults:
        yield Finding("good", "规则都读进来了")
    now = datetime.now(UTC)
    coming = now.year + (1 if now.month >= WARN_FROM_MONTH else 0)
    if not book.value.calendar.knows(coming):
        yield Finding("warn", f"{coming}年的放假和调休还没有", "补进 rules/calendar.csv；没补之前只按周末算")


_SIGNS = {"good": "✓", "warn": "!", "bad": "✗"}


@click.command("doctor")
def doctor_command() -> None:
    """Check configuration, database, Redis, accounts, rules and clock; exit 1 if something is wrong."""
    findings = list(examine(settings_or_stop()))
    for finding in findings:
        click.echo(f"{_SIGNS[finding.grade]} {finding.what}" + (f"  → {finding.mend}" if finding.mend else ""))
    bad = sum(finding.grade == "bad" for finding in findings)
    if bad:
        raise click.ClickException(f"有{bad}处要改。")
