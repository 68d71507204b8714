"""SECRET_KEY: read, made at the very first start, and held against the database whose texts it seals."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.opening import open_database
from settings import Settings, SettingsError
from storage.database import Database
from storage.keymark import keep_mark, mark_of, read_mark
from storage.vault import Vault

FILE = "secret.key"
# What is drawn has 43 characters; a word somebody thought of is soon guessed.
SHORTEST = 16
_HOW_ON = "真找不回来了怎么办，见 docs/backup.md"


def read_secret_key(settings: Settings, *, lost: bool = False) -> str:
    """Return SECRET_KEY, or the key of var/secret.key, made there (mode 0600) the first time.

    SettingsError where the file is gone but the database was begun with one; `lost`: it will not come back.
    """
    path = key_file(settings)
    if not settings.secret_key and not path.exists():
        if not lost:
            _refuse(key_fault(settings))
        _make_secret_key(path)
    if not (key := _found_key(settings)):
        raise SettingsError(f"{path} 是空的：把原来的 {FILE} 放回来")
    return key


def check_secret_key(settings: Settings, database: Database, vault: Vault) -> None:
    """Note whose key this database is sealed with, or refuse another. Needs the tables; raises SettingsError."""
    if not keep_mark(database, vault):
        _refuse(_another(settings))


def key_fault(settings: Settings) -> str:
    """Say in a line what is wrong between key and database, "" for nothing; changes nothing."""
    database = open_database(settings)
    try:
        known = read_mark(database)
    finally:
        database.dispose()
    if known is None:
        return ""
    if not (key := _found_key(settings)):
        return (
            f"{key_file(settings)} 不在了，可是数据库里有用它密封的东西：把备份里的 {FILE} 放回去，"
            f"或者把原来的钥匙写进 YOUSHI_SECRET_KEY。{_HOW_ON}"
        )
    return "" if mark_of(Vault(key)) == known else _another(settings)


def key_file(settings: Settings) -> Path:
    return settings.data / FILE


def _found_key(settings: Settings) -> str:
    path = key_file(settings)
    return settings.secret_key or (path.read_text(encoding="utf-8").strip() if path.exists() else "")


def _another(settings: Settings) -> str:
    which = "YOUSHI_SECRET_KEY" if settings.secret_key else str(key_file(settings))
    return (
        f"{which} 不是这个数据库原来的钥匙：密封的反映、查询码、绑定码和发出去的网页都打不开。"
        f"换回原来的那把（几台服务器要用同一把）。{_HOW_ON}"
    )


def _refuse(fault: str) -> None:
    if fault:
        raise SettingsError(fault)


def _make_secret_key(path: Path) -> None:
    """Put the whole key in place in one step: servers that start at once must all read the same one, none half of it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(mode=0o600, exist_ok=False)
    except OSError as wrong:
        raise SettingsError(f"YOUSHI_DATA_DIR={path.parent} 写不进去（{wrong.strerror}）：换一个能写的目录") from None
    try:
        draft.write_text(secrets.token_urlsafe(32), encoding="utf-8")
        with suppress(FileExistsError):  # another process was quicker
            _put_in_place(draft, path)
    except OSError as wrong:
        raise SettingsError(f"{path} 写不进去（{wrong.strerror}）：换一个能写的 YOUSHI_DATA_DIR") from None
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    """Raises FileExistsError where there is a key already."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (exFAT, some shares): next best is one short write
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(draft.read_text("utf-8"))
