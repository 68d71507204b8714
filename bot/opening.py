"""From the settings to what they name: the accounts, the database; a wrong one is refused in a line."""

from __future__ import annotations

from bot.channels.official import OfficialAccount, account_from
from settings import DEMO_ACCOUNT, Settings, SettingsError
from storage import demo
from storage.database import START_TIMEOUT_MS, Database
from storage.shared import Shared, shared_for
from storage.vault import Vault, household_code_digest


def read_accounts(settings: Settings, *, with_demo: bool) -> dict[str, OfficialAccount]:
    """Return the official accounts by name; SettingsError in one line for a wrong one."""
    raw = [*settings.oa_accounts, *([DEMO_ACCOUNT] if with_demo else [])]
    try:
        found = [account_from(one) for one in raw]
    except ValueError as wrong:
        raise SettingsError(f"YOUSHI_OA_ACCOUNTS：{wrong}") from None
    accounts = {account.name: account for account in found}
    if len(accounts) < len(found):
        name = next(account.name for account in found if accounts[account.name] is not account)
        raise SettingsError(f"YOUSHI_OA_ACCOUNTS：有两个账号都叫 {name}，改一个的 name")
    return accounts


def public_url(settings: Settings) -> str:
    """Where links lead: what was set, or this machine's own address where a village is only played on it.

    With an account of its own the server stands behind a proxy: its loopback address on a phone would lead nowhere.
    """
    if settings.public_url or settings.oa_accounts or not settings.is_loopback:
        return settings.public_url
    return f"http://{settings.host}:{settings.port}"


def check_channels(settings: Settings) -> None:
    """A channel this version does not have must not be thought to run."""
    for name in ("wecom_agents", "wecom_robots", "wecom_aibots", "onebot_gateways"):
        if getattr(settings, name):
            raise SettingsError(f"这一版还没有这个渠道：请去掉 YOUSHI_{name.upper()}")


def check_demo(settings: Settings, *, with_demo: bool) -> None:
    """The demo account's token is public: it and the simulator exist only on a loopback address."""
    if (with_demo or settings.simulator) and not settings.is_loopback:
        raise SettingsError(
            f"演示村和模拟器只能开在本机：YOUSHI_HOST={settings.host} 不是本机地址。"
            "改回 127.0.0.1，或者去掉 --demo 和 YOUSHI_SIMULATOR"
        )


def check_rules_dir(settings: Settings) -> None:
    """A slip in the name or a disk that is not mounted would drop the township's own rules without a word."""
    if settings.rules_dir is not None and not settings.rules_dir.is_dir():
        raise SettingsError(f"YOUSHI_RULES_DIR={settings.rules_dir} 没有这个目录，或者没有挂上：改对它，不用就去掉")


def open_database(settings: Settings) -> Database:
    if settings.database in ("sqlite://", "sqlite:///", "sqlite:///:memory:"):
        raise SettingsError("YOUSHI_DATABASE_URL 没写文件，一停什么都没了：写成 sqlite:///路径")
    try:
        return Database(settings.database)
    except OSError as wrong:
        raise SettingsError(f"YOUSHI_DATABASE_URL 的目录写不进去（{wrong.strerror}）：换一个能写的目录") from None
    except Exception:  # no address at all, or a database this server has no driver for
        raise SettingsError("YOUSHI_DATABASE_URL 不认识：要写 sqlite:///路径 或者 postgresql://…") from None


def open_shared(settings: Settings) -> Shared:
    try:
        return shared_for(settings.redis_url)
    except ValueError:
        raise SettingsError("YOUSHI_REDIS_URL 不认识：要写 redis://地址:端口/库，或者留空") from None


def load_demo(database: Database, vault: Vault) -> bool:
    with database.write(wait_ms=START_TIMEOUT_MS) as connection:
        return demo.load(connection, lambda household, code: household_code_digest(vault, household, code))
