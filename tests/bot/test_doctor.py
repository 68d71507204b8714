"""The doctor names the cause and the mend of what is wrong with database, disk and key; never only where to look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.commands_doctor import examine
from bot.doctor_accounts import Finding
from bot.refusals import cause_and_mend
from settings import Settings
from storage.database import Database, is_passing_fault, sentence_of
from storage.migrate import migrate

Examined = Callable[..., list[Finding]]


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examined:
    """What is found, but for the rules: they take a second to read."""
    monkeypatch.setattr("bot.commands_doctor._rules", lambda _found: iter(()))

    def look(**settings: Any) -> list[Finding]:
        known = {"data_dir": tmp_path, "database_url": f"sqlite:///{tmp_path / 'x.db'}", "oa_accounts": []}
        found = list(examine(Settings(**{**known, **settings})))
        assert [f.what for f in found if "查不下去" in f.what] == []
        return found

    return look


def bad(found: list[Finding]) -> str:
    return "\n".join(f"{f.what} → {f.mend}" for f in found if f.grade == "bad")


@pytest.mark.parametrize("url", ["nonsense", "mysql://x@127.0.0.1/y"])
def test_an_address_that_is_none_is_named(examined: Examined, url: str) -> None:
    assert "YOUSHI_DATABASE_URL" in bad(examined(database_url=url))


def test_a_file_that_is_no_database_is_named_with_the_page_on_backups(examined: Examined, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database at all" * 400)
    said = bad(examined())
    assert "not a database" in said
    assert "docs/backup.md" in said


def test_mangled_pages_are_a_fault_of_the_file(tmp_path: Path, village_file: Path) -> None:
    """The driver could not even say so: fifty lines of UnicodeDecodeError."""
    content = bytearray(village_file.read_bytes())
    content[100:4096] = b"\xff" * 3996
    (tmp_path / "x.db").write_bytes(content)
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(DBAPIError, match="malformed") as raised:
        migrate(database)
    assert "docs/backup.md" in cause_and_mend(raised.value)[1]
    database.dispose()


def test_a_database_that_is_not_there_is_to_be_made(examined: Examined, postgres_server: str) -> None:
    said = bad(examined(database_url=postgres_server.rpartition("/")[0] + "/youshi_test_nosuch"))
    assert '"youshi_test_nosuch" does not exist' in said
    assert "createdb" in said


def test_a_folder_that_cannot_be_written_is_named(examined: Examined) -> None:
    assert "YOUSHI_DATA_DIR=/proc/nowhere 写不进去" in bad(examined(data_dir=Path("/proc/nowhere")))


@pytest.mark.parametrize(("left", "grade"), [(1, "bad"), (300, "warn")])
def test_a_disk_with_little_room_is_named(
    examined: Examined, monkeypatch: pytest.MonkeyPatch, left: int, grade: str
) -> None:
    monkeypatch.setattr("bot.commands_doctor.free_mb", lambda _folder: left)
    assert [f.grade for f in examined() if f"磁盘只剩 {left} MB" in f.what] == [grade]


def test_a_database_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """It was 0644 in a folder of 0755, names and phones in clear, beside a key of 0600."""
    path = tmp_path / "var" / "x.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    modes = {file.name: file.stat().st_mode & 0o777 for file in (path.parent, *path.parent.iterdir())}
    assert modes == {"var": 0o700, "x.db": 0o600, "x.db-wal": 0o600, "x.db-shm": 0o600}
    database.dispose()


def test_a_database_everybody_may_read_is_named(examined: Examined, tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    database = Database(f"sqlite:///{folder / 'x.db'}")
    migrate(database)
    database.dispose()
    assert "谁都能读" not in bad(examined(database_url=f"sqlite:///{folder / 'x.db'}"))
    (folder / "x.db").chmod(0o644)
    assert f"chmod 600 {folder / 'x.db'}*" in bad(examined(database_url=f"sqlite:///{folder / 'x.db'}"))


def test_looking_at_redis_leaves_nothing_in_it(examined: Examined, redis_server: str) -> None:
    import redis

    there = redis.Redis.from_url(redis_server)
    before = there.keys("*doctor*")
    assert any(f.what == "Redis 连得上" for f in examined(redis_url=redis_server))
    assert there.keys("*doctor*") == before == []
    there.close()


def test_a_full_disk_says_so_where_it_is_met(tmp_path: Path) -> None:
    """The log said OperationalError every two seconds, and of the cause not a word."""
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    migrate(database)
    with database.write() as connection:
        connection.exec_driver_sql("pragma max_page_count=1")
        with pytest.raises(DBAPIError) as raised:
            connection.exec_driver_sql("insert into counters (name, last) values (hex(zeroblob(4000000)), 1)")
    assert sentence_of(raised.value) == "database or disk is full"
    assert is_passing_fault(raised.value)
    assert "磁盘满了" in cause_and_mend(raised.value)[1]
    database.dispose()
