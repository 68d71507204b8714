"""What a command cannot get over, in one Chinese line that names cause and mend."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import click

from settings import Settings, SettingsError
from storage.database import sentence_of

# What the driver's sentence holds → what to do about it.
_MENDS = (
    ("not a database", "这个文件坏了，或者不是我们的：停下服务，换回备份里的，见 docs/backup.md"),
    ("malformed", "这个文件坏了：停下服务，换回备份里的，见 docs/backup.md"),
    ("is full", "磁盘满了：腾出地方，服务自己接着来"),
    ("No space left", "磁盘满了：腾出地方，服务自己接着来"),
    ("unable to open database file", "看目录在不在、能不能写"),
    ("readonly", "这个文件写不了：看它和目录归谁、磁盘是不是只读"),
    ("password", "看 YOUSHI_DATABASE_URL 里的用户和密码"),
    ("does not exist", "先建好这个库和用户（createdb、createuser），或者改 YOUSHI_DATABASE_URL"),
)
_ELSE = "请看 YOUSHI_DATABASE_URL 对不对，数据库开着没有"


@contextmanager
def told_in_one_line(found: Settings) -> Iterator[None]:
    """End the command with its one line where the settings or the database cannot be used."""
    try:
        yield
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from None
    except Exception as wrong:
        if not is_of_the_database(wrong):
            raise
        raise click.ClickException(database_trouble(found, wrong)) from None


def is_of_the_database(wrong: Exception) -> bool:
    return isinstance(wrong, sqlite3.Error) or type(wrong).__module__.startswith("sqlalchemy")


def database_trouble(found: Settings, wrong: Exception) -> str:
    cause, mend = cause_and_mend(wrong)
    where = found.database.rpartition("@")[2] if "@" in found.database else found.database
    return f"数据库（YOUSHI_DATABASE_URL）{where} 打不开：{cause}。{mend}"


def cause_and_mend(wrong: Exception) -> tuple[str, str]:
    """The driver's own sentence, which holds nothing anybody said, and what to do."""
    cause = sentence_of(wrong)
    return cause, next((mend for sign, mend in _MENDS if sign in cause), _ELSE)
