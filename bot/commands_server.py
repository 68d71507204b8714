"""Commands that run or prepare the server: serve, work, migrate, demo, doctor."""

from __future__ import annotations

import asyncio
import os
import sys

import click

import settings as knobs
from bot import logs
from bot.opening import load_demo, open_database
from bot.refusals import told_in_one_line
from bot.secret_key import check_secret_key, read_secret_key
from bot.wiring import House, serve, work
from settings import Settings, SettingsError
from storage.demo import is_loaded
from storage.keymark import begin_anew
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
    with told_in_one_line(found):
        house = House(found, with_demo=with_demo)
        house.prepare()
    return house


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
    with told_in_one_line(found):
        asyncio.run(serve(house, lambda port: _say_where(found, port, simulator=shown)))


def has_demo(found: Settings) -> bool:
    """Is the demo village wanted: asked for by SIMULATOR, or loaded here with no account of its own connected?"""
    if found.simulator is not None or found.oa_accounts or not found.is_loopback:
        return bool(found.simulator)
    try:
        database = open_database(found)
    except SettingsError:  # no database, or no tables yet: nothing is loaded, and the start says what is wrong
        return False
    try:
        return is_loaded(database)
    except Exception:
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
@click.option("--new-key", is_flag=True, help="Accept another SECRET_KEY for good: what the old one sealed stays shut.")
def migrate_command(new_key: bool) -> None:
    """Bring the database up to date."""
    found = settings_or_stop()
    with told_in_one_line(found):
        database = open_database(found)
        bring_up_to_date(database)
        if new_key:
            begin_anew(database, Vault(read_secret_key(found, lost=True)))
    click.echo(
        "数据库是最新的了。"
        + (
            "往后用现在这把钥匙；旧钥匙密封的打不开了；绑定码都作废，要重新发（youshi roster import --codes）。"
            if new_key
            else ""
        )
    )


@click.command("demo")
def demo_command() -> None:
    """Load the demo village (once; a second time changes nothing)."""
    found = settings_or_stop()
    with told_in_one_line(found):
        vault, database = Vault(read_secret_key(found)), open_database(found)
        bring_up_to_date(database)
        check_secret_key(found, database, vault)
        loaded = load_demo(database, vault)
    click.echo("演示村装好了：甲县 青川镇 兴河村，300户。" if loaded else "演示村已经在了，没有动它。")
