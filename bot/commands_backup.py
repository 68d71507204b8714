"""`youshi backup`: everything that belongs together, copied while the server runs."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands_server import settings_or_stop
from bot.opening import open_database
from bot.refusals import told_in_one_line
from bot.secret_key import key_fault
from settings import Settings, SettingsError
from storage.backups import NotCopied, copy_database, copy_files

# What SQLite keeps beside a database: the copy holds it already.
_BESIDE = ("", "-wal", "-shm", "-journal")


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
def backup_command(folder: Path) -> None:
    """Copy database, key and pictures into FOLDER, which must be new; the server may run meanwhile."""
    found = settings_or_stop()
    with told_in_one_line(found):
        if fault := key_fault(found):
            raise SettingsError(fault)
        try:
            _copy(found, folder)
        except (OSError, NotCopied) as wrong:
            cause = getattr(wrong, "strerror", None) or wrong
            raise SettingsError(
                f"备份没有做成：{cause}。{folder} 里的不要用，看磁盘还有没有地方，换个目录再来"
            ) from None


def _copy(found: Settings, folder: Path) -> None:
    database = open_database(found)
    source = Path(database.url.database or "") if database.is_sqlite else None
    if source is not None and not source.exists():
        raise SettingsError(f"还没有数据库 {source}：没有什么要备份的")
    if folder.exists() and any(folder.iterdir()):
        raise SettingsError(f"{folder} 里已经有东西了：换一个新目录")
    if folder.resolve().is_relative_to(found.data.resolve()):
        raise SettingsError(f"{folder} 在 {found.data} 里面：备份要放到外面，最好放到另一台机器上")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if source is not None:  # before the files: whatever a row of the copy names is then among them
        copy_database(source, folder / source.name)
        (folder / source.name).chmod(0o600)
    many = copy_files(found.data, folder, [f"{source.name}{end}" for end in _BESIDE] if source else [])
    folder.chmod(0o700)  # it had taken on the mode of what was copied
    click.echo(f"备份好了：{folder}，{many}个文件。怎么恢复见 docs/backup.md")
    if source is None:
        click.echo("数据库是 PostgreSQL，不在里面：用 pg_dump 另外备份，见 docs/backup.md")
    if found.secret_key:
        click.echo("钥匙在 YOUSHI_SECRET_KEY 里，不在备份里：另外抄一份收好")
