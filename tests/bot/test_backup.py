"""What `youshi backup` copies from a running server is whole, and a server starts from it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands_backup import backup_command
from bot.secret_key import key_fault
from settings import Settings
from storage.backups import NotCopied, copy_database
from storage.database import Database
from storage.keymark import keep_mark
from storage.vault import Vault

KEY = "the key this village was begun with"


@pytest.fixture
def data(tmp_path: Path, village_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A village's DATA_DIR with its database, key, a picture, and what need not be kept."""
    data = tmp_path / "var"
    (data / "media" / "ab").mkdir(parents=True)
    (data / "cache").mkdir()
    (data / "youshi.db").write_bytes(village_file.read_bytes())
    (data / "secret.key").write_text(KEY)
    (data / "media" / "ab" / "lamp.jpg").write_bytes(b"sealed")
    (data / "media" / "ab" / "half.part").write_bytes(b"hal")
    (data / "cache" / "words.table").write_bytes(b"made anew")
    monkeypatch.setenv("YOUSHI_DATA_DIR", str(data))
    monkeypatch.setenv("YOUSHI_DATABASE_URL", f"sqlite:///{data / 'youshi.db'}")
    database = Database(f"sqlite:///{data / 'youshi.db'}")
    keep_mark(database, Vault(KEY))
    yield data
    database.dispose()


def back_up(folder: Path) -> Result:
    return CliRunner().invoke(backup_command, [str(folder)])


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_everything_that_belongs_together_is_copied_and_nobody_else_may_read_it(data: Path, tmp_path: Path) -> None:
    ended = back_up(tmp_path / "copy")
    assert ended.exit_code == 0, ended.output
    assert names(tmp_path / "copy") == ["media/ab/lamp.jpg", "secret.key", "youshi.db"]
    assert (tmp_path / "copy").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "copy" / "youshi.db").stat().st_mode & 0o777 == 0o600


def test_what_is_written_meanwhile_is_in_whole_or_not_at_all(data: Path, tmp_path: Path) -> None:
    """Two rows of one transaction: never one without the other, and what was committed before is there."""
    database, enough = Database(f"sqlite:///{data / 'youshi.db'}"), threading.Event()

    def write() -> None:
        at = 0
        while not enough.is_set():
            at += 1
            with database.write() as connection:
                for side in "ab":
                    connection.exec_driver_sql(f"insert into counters (name, last) values ('{side}{at}', 1)")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for at in range(5):
            ended = back_up(tmp_path / f"copy{at}")
            assert ended.exit_code == 0, ended.output
    finally:
        enough.set()
        writer.join(30)
        database.dispose()
    for at in range(5):
        with sqlite3.connect(tmp_path / f"copy{at}" / "youshi.db") as copy:
            sides = copy.execute("select substr(name, 1, 1), count(*) from counters where last = 1 group by 1")
            counted = {side: many for side, many in sides if side in "ab"}
        assert counted.get("a") == counted.get("b")


def test_a_server_starts_from_the_copy(data: Path, tmp_path: Path) -> None:
    assert back_up(tmp_path / "copy").exit_code == 0
    found = Settings(data_dir=tmp_path / "copy", database_url=f"sqlite:///{tmp_path / 'copy' / 'youshi.db'}")
    assert key_fault(found) == ""
    restored = Database(found.database)
    with restored.read() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("select count(*) from households").scalar() == 300
    restored.dispose()


@pytest.mark.parametrize("what", ["full", "inside", "no key", "no database"])
def test_what_would_be_no_backup_is_refused_in_a_line(data: Path, tmp_path: Path, what: str) -> None:
    folder = data / "copy" if what == "inside" else tmp_path / "copy"
    if what == "full":
        folder.mkdir()
        (folder / "other").write_text("x")
    elif what == "no key":
        (data / "secret.key").unlink()
    elif what == "no database":
        (data / "youshi.db").unlink()
    said = {"full": "换一个新目录", "inside": "放到外面", "no key": "不在了", "no database": "还没有数据库"}[what]
    ended = back_up(folder)
    assert ended.exit_code == 1
    assert said in ended.output
    assert len(ended.output.strip().splitlines()) == 1
    assert not (folder / "youshi.db").exists()


def test_a_key_of_the_environment_is_to_be_kept_apart(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUSHI_SECRET_KEY", KEY)
    assert "YOUSHI_SECRET_KEY 里" in back_up(tmp_path / "copy").output


def test_a_damaged_database_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"no database at all" * 400)
    with pytest.raises(NotCopied):
        copy_database(tmp_path / "bad.db", tmp_path / "copy.db")
