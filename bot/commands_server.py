"""Commands that run or prepare the server: serve, work, migrate, demo, doctor."""

from __future__ import annotations

import asyncio
import os
import sys

import click

import settings as knobs
from bot import logs
from bot.opening import load_demo, read_secret_key
from bot.wiring import House, serve, work
from settings import Settings, SettingsError
from storage.database import Database
from storage.demo import is_loaded
from storage.migrate import migrate as bring_up_to_date
from storage.vault import Vault


def settings_or_stop(**changes: object) -> Settings:
    """Read the settings; a wrong one ends the command with its one line."""
    for name, value in changes.items():
        if value is not None:
            os.environ[knobs.PREFIX + name.upper()] = str(value)
    try:
        found = knobs.load()
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None
    logs.configure(found.log_format)
    return found


def _prepared(found: Settings, *, with_demo: bool) -> House:
    try:
        house = House(found, with_demo=with_demo)
        house.prepare()
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None
    except Exception as wrong:
        if type(wrong).__module__.startswith("sqlalchemy"):
            raise click.ClickException(database_trouble(found, wrong)) from None
        raise
    return house


def database_trouble(found: Settings, wrong: Exception) -> str:
    cause = str(getattr(wrong, "orig", wrong)).strip().splitlines()[0]
    where = found.database.rpartition("@")[2] if "@" in found.database else found.database
    return f"数据库 {where} 打不开：{cause}。请看 YOUSHI_DATABASE_URL 对不对，数据库开着没有"


@click.command("serve")
@click.option("--host", help="Address to listen on (YOUSHI_HOST).")
@click.option("--port", type=int, help="Port to listen on (YOUSHI_PORT).")
@click.option("--no-worker", is_flag=True, help="Leave outbox and clock to `youshi work`.")
@click.option("--demo", "with_demo", is_flag=True, help="With the demo village, its account and the simulator.")
def serve_command(host: str | None, port: int | None, no_worker: bool, with_demo: bool) -> None:
    """Serve the webhooks and pages, with the worker inside."""
    found = settings_or_stop(host=host, port=port, worker="0" if no_worker else None)
    with_demo = with_demo or has_demo(found)
    house, shown = _prepared(found, with_demo=with_demo), with_demo and found.simulator is not False
    try:
        asyncio.run(serve(house, lambda port: _say_where(found, port, simulator=shown)))
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None


def has_demo(found: Settings) -> bool:
    """Is the demo village wanted: asked for by SIMULATOR, or loaded here with no account of its own connected?"""
    if found.simulator is not None or found.oa_accounts or not found.is_loopback:
        return bool(found.simulator)
    database = Database(found.database)
    try:
        return is_loaded(database)
    except Exception:  # no tables yet, or no database: nothing is loaded, and the start says what is wrong
        return False
    finally:
        database.dispose()


def _say_where(found: Settings, port: int, *, simulator: bool) -> None:
    base = f"http://{found.host}:{port}"
    if simulator:
        click.echo(f"有事好商量，演示村开好了。用浏览器打开 {base}/simulator 跟村里人说说话。按 Ctrl+C 停。")
        click.echo(f"(The demo village is open: {base}/simulator. Ctrl+C stops it.)")
    else:
        click.echo(f"Listening on {base}; webhook {base}/wx/<account>")
    sys.stdout.flush()


@click.command("work")
def work_command() -> None:
    """Run the worker alone: outbox sender and clock."""
    found = settings_or_stop()
    asyncio.run(work(_prepared(found, with_demo=has_demo(found))))


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    found = settings_or_stop()
    try:
        bring_up_to_date(Database(found.database))
    except Exception as wrong:
        if type(wrong).__module__.startswith("sqlalchemy"):
            raise click.ClickException(database_trouble(found, wrong)) from None
        raise
    click.echo("数据库是最新的了。")


@click.command("demo")
def demo_command() -> None:
    """Load the demo village (once; a second time changes nothing)."""
    found = settings_or_stop()
    database = Database(found.database)
    try:
        bring_up_to_date(database)
        loaded = load_demo(database, Vault(read_secret_key(found)))
    except Exception as wrong:
        if type(wrong).__module__.startswith("sqlalchemy"):
            raise click.ClickException(database_trouble(found, wrong)) from None
        raise
    click.echo("演示村装好了：甲县 青川镇 兴河村，300户。" if loaded else "演示村已经在了，没有动它。")
