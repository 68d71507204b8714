"""`youshi roster`: the township's people, households, places and offices from a table, and an empty table to fill."""

from __future__ import annotations

import csv
import os
import secrets
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.commands_server import settings_or_stop
from bot.opening import open_database
from bot.refusals import told_in_one_line
from bot.roster_file import Unreadable, read_roster, write_template
from bot.secret_key import check_secret_key, read_secret_key
from domain.roster import RosterFault
from handlers.texts.roster import fault_line
from settings import SettingsError
from storage.database import START_TIMEOUT_MS, Database
from storage.migrate import migrate
from storage.roster import Report, import_roster
from storage.vault import Vault, household_code_digest

SHOWN = 50
_THINGS = {"areas": "个地方", "households": "户", "people": "人", "roles": "个职务"}


class _Undo(Exception):
    """Leave the transaction without a trace."""


@click.group()
def roster() -> None:
    """The roster (名册): people, households, places and offices."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
@click.option(
    "--codes", type=click.Path(path_type=Path), help="Draw a paper code for every household without one; CSV to print."
)
def import_command(file: Path, dry_run: bool, codes: Path | None) -> None:
    """Bring in a roster (.xlsx, or .csv in UTF-8 or GB18030); a second time changes nothing, and nobody is taken away."""
    found = settings_or_stop()
    if codes is not None and codes.exists():
        raise click.ClickException(f"{codes} 已经在了：换一个文件名，免得盖掉印好的绑定码")
    try:
        rows, faults = read_roster(file)
    except Unreadable as wrong:
        raise click.ClickException(str(wrong)) from None
    _stop_on(faults)
    with told_in_one_line(found):
        vault, database = Vault(read_secret_key(found)), open_database(found)
        migrate(database)
        check_secret_key(found, database, vault)
        draw = _drawer(vault) if codes is not None else None
        with click.progressbar(length=len(rows), label=f"{len(rows)} 行", file=sys.stderr, width=30) as bar:
            report = _imported(
                database, lambda c: import_roster(c, rows, datetime.now(UTC), draw, bar.update), codes, dry_run
            )
        database.dispose()
    _stop_on(report.faults)
    _say(report, codes, dry_run=dry_run)


def _imported(database: Database, bring_in: Callable[..., Report], codes: Path | None, dry_run: bool) -> Report:
    """All of it or nothing. The codes are on disk before they are in the database: nobody is without the paper."""
    report = Report()
    try:
        with database.write(wait_ms=START_TIMEOUT_MS) as connection:
            report = bring_in(connection)
            if report.faults or dry_run:
                raise _Undo
            if codes is not None and report.codes:
                _write_codes(codes, report)
    except _Undo:
        pass
    return report


def _drawer(vault: Vault) -> Callable[[int], tuple[str, str]]:
    def draw(household: int) -> tuple[str, str]:
        code = f"{secrets.randbelow(10_000):04d}"
        return code, household_code_digest(vault, household, code)

    return draw


def _write_codes(path: Path, report: Report) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as wrong:
        raise SettingsError(f"{path} 写不了（{wrong.strerror}）：换个地方放绑定码。名册没有导入") from None
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(("村", "社", "户号", "户主", "绑定码"))
        out.writerows(report.codes)


def _stop_on(faults: Iterable[RosterFault]) -> None:
    faults = list(faults)
    if not faults:
        return
    for fault in faults[:SHOWN]:
        click.echo(fault_line(fault), err=True)
    if len(faults) > SHOWN:
        click.echo(f"……还有{len(faults) - SHOWN}处", err=True)
    raise click.ClickException(f"有{len(faults)}处要改，一行都没有导入。")


def _say(report: Report, codes: Path | None, *, dry_run: bool) -> None:
    will = "会" if dry_run else ""
    if report.is_empty:
        click.echo("和库里一样，没有要改的。")
    for word, counted in (("新增", report.added), ("改动", report.changed)):
        if counted:
            parts = "，".join(f"{counted[name]}{unit}" for name, unit in _THINGS.items() if counted[name])
            click.echo(f"{will}{word}：{parts}")
    if report.not_named:
        click.echo(f"这些村里有{report.not_named}人名册上没有：没有动他们")
    if report.codes and codes is not None:
        click.echo(
            f"{will}给{len(report.codes)}户发绑定码" + ("" if dry_run else f"，在 {codes}：印好发到户，发完就删")
        )
    if report.without_code:
        click.echo(f"{report.without_code}户没有绑定码，投不了票：加 --codes 绑定码.csv 再导一遍就有")
    if dry_run:
        click.echo("这是试导，什么都没有改。没问题就去掉 --dry-run 再来一遍。")


@roster.command("template")
@click.argument("file", type=click.Path(path_type=Path))
def template_command(file: Path) -> None:
    """Write an empty workbook with the right columns and an example row."""
    if file.exists():
        raise click.ClickException(f"{file} 已经在了：换一个文件名")
    if file.suffix.lower() != ".xlsx":
        raise click.ClickException(f"{file} 要以 .xlsx 结尾")
    try:
        write_template(file)
    except OSError as wrong:
        raise click.ClickException(f"{file} 写不了：{wrong.strerror}") from None
    click.echo(f"空表写好了：{file}。照“说明”那一页填，填好运行 youshi roster import {file} --dry-run")
