"""A copy of a SQLite database and of the files beside it, taken while the server runs."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

# Somebody may hold the database for as long as a migration takes.
_PATIENCE_S = 60.0
# Made anew at every start.
CACHE = "cache"


class NotCopied(Exception):
    """The copy is not whole; the text is SQLite's."""


def copy_database(source: Path, target: Path) -> None:
    """Copy one moment of the database, its log included, into one file, and read that through. Raises NotCopied."""
    try:
        with closing(sqlite3.connect(source, timeout=_PATIENCE_S)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file to carry; the server switches back by itself
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as wrong:
        raise NotCopied(str(wrong)) from None
    if found != "ok":
        raise NotCopied(found)


def copy_files(data: Path, target: Path, without: Collection[str]) -> int:
    """Copy what lies under `data`, but for what is half written, and return how many files; `without` names things at the top."""
    skipped = {CACHE, *without}

    def left_out(folder: str, names: list[str]) -> set[str]:
        halves = {name for name in names if name.endswith(".part") or name.startswith((".", "secret.key."))}
        return halves | (skipped & set(names) if Path(folder) == data else set())

    shutil.copytree(data, target, ignore=left_out, dirs_exist_ok=True)
    return sum(path.is_file() for path in target.rglob("*"))
