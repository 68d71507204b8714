"""A lost or changed SECRET_KEY is noticed before anybody is told that his sealed matter does not exist."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from unittest.mock import Mock

import pytest

from bot.secret_key import check_secret_key, key_fault, read_secret_key
from settings import Settings, SettingsError
from storage.database import Database
from storage.keymark import keep_mark, mark_of, read_mark
from storage.migrate import migrate
from storage.vault import Vault
from tests.test_settings import start

OLD, OTHER = "the key this village was begun with", "another key, just as long as the first"


def begun(folder: Path) -> Path:
    assert start(folder, "demo").returncode == 0
    return folder / "secret.key"


def test_the_first_start_notes_the_key_and_every_later_one_finds_it(blank_url: str) -> None:
    database = Database(blank_url)
    assert read_mark(database) is None
    migrate(database)
    assert read_mark(database) is None
    assert [keep_mark(database, Vault(OLD)), keep_mark(database, Vault(OLD))] == [True, True]
    assert not keep_mark(database, Vault(OTHER))
    assert read_mark(database) == mark_of(Vault(OLD))
    database.dispose()


def test_a_key_is_made_where_files_cannot_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On exFAT and some shares the first start ended in a traceback and left half a key lying."""
    monkeypatch.setattr("bot.secret_key.os.link", Mock(side_effect=PermissionError(1, "Operation not permitted")))
    keys = {read_secret_key(Settings(data_dir=tmp_path)) for _ in range(2)}
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_database_without_a_file_is_not_made_by_looking(tmp_path: Path) -> None:
    assert key_fault(Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'none.db'}")) == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["serve", "work", "demo"])
def test_a_key_that_is_gone_stops_the_start_and_no_other_is_made(tmp_path: Path, command: str) -> None:
    """A new key was made without a word, and who asked after his sealed matter heard that there is none."""
    key = begun(tmp_path)
    key.rename(tmp_path / "elsewhere")
    ended = start(tmp_path, command)
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "secret.key 不在了" in line
    assert "备份" in line
    assert not key.exists()


@pytest.mark.parametrize("set_in", ["file", "environment"])
def test_another_key_stops_the_start_and_is_named_by_the_doctor(tmp_path: Path, set_in: str) -> None:
    key = begun(tmp_path)
    environment = {"YOUSHI_SECRET_KEY": OTHER} if set_in == "environment" else {}
    if set_in == "file":
        key.write_text(OTHER)
    ended = start(tmp_path, "serve", **environment)
    assert ended.returncode == 1
    assert "不是这个数据库原来的钥匙" in ended.stderr
    assert ("YOUSHI_SECRET_KEY" if set_in == "environment" else str(key)) in ended.stderr
    assert OTHER not in ended.stderr
    doctor = start(tmp_path, "doctor", **environment)
    assert doctor.returncode == 1
    assert "✗" in doctor.stdout
    assert "不是这个数据库原来的钥匙" in doctor.stdout


def test_the_doctor_names_a_key_that_is_gone_and_makes_none(tmp_path: Path) -> None:
    key = begun(tmp_path)
    key.unlink()
    assert "secret.key 不在了" in start(tmp_path, "doctor").stdout
    assert not key.exists()


def test_a_short_key_is_warned_of(tmp_path: Path) -> None:
    assert "太短" in start(tmp_path, "doctor", YOUSHI_SECRET_KEY="short").stdout


def test_an_empty_key_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n")
    ended = start(tmp_path, "serve")
    assert (ended.returncode, "是空的" in ended.stderr) == (1, True)


def test_a_key_that_will_not_come_back_is_given_up_by_name_alone(tmp_path: Path) -> None:
    begun(tmp_path).unlink()
    assert "往后用现在这把钥匙" in start(tmp_path, "migrate", "--new-key").stdout
    assert "✗" not in start(tmp_path, "doctor").stdout
    with sqlite3.connect(tmp_path / "x.db") as connection:
        assert connection.execute("select count(*) from households where code_hash <> ''").fetchone() == (0,)
    assert start(tmp_path, "demo").returncode == 0


def test_servers_of_one_database_have_one_key(database: Database, tmp_path: Path) -> None:
    first, second = (Settings(data_dir=tmp_path, secret_key=key) for key in (OLD, OTHER))
    check_secret_key(first, database, Vault(OLD))
    with pytest.raises(SettingsError, match="几台服务器"):
        check_secret_key(second, database, Vault(OTHER))
