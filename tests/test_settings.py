"""The environment: read once, refused in one line that names the cause and the mend."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.opening import read_accounts
from settings import DEMO_ACCOUNT, Settings, SettingsError, absolute_sqlite, load

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("YOUSHI_") and not name.startswith("YOUSHI_TEST_"):
            monkeypatch.delenv(name)


def test_nothing_need_be_set() -> None:
    found = load()
    assert found.host == "127.0.0.1"
    assert found.port == 8080
    assert found.is_loopback
    assert found.database.startswith("sqlite:///")
    assert Path(found.database.removeprefix("sqlite:///")).is_absolute()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("YOUSHI_DATABSE_URL", "YOUSHI_DATABASE_URL"),
        ("YOUSHI_PROT", "YOUSHI_PORT"),
        ("YOUSHI_SECRETKEY", "YOUSHI_SECRET_KEY"),
    ],
)
def test_a_name_nobody_knows_stops_the_start_and_names_its_nearest(
    monkeypatch: pytest.MonkeyPatch, name: str, near: str
) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(SettingsError, match=name) as refused:
        load()
    assert near in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YOUSHI_PUBLIC_URL", "https://x.example:99999"),
        ("YOUSHI_PUBLIC_URL", "cun.example"),
        ("YOUSHI_REDIS_URL", "127.0.0.1"),
        ("YOUSHI_REDIS_URL", "http://127.0.0.1:6379"),
    ],
)
def test_an_address_that_is_none_is_refused_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load()


def test_a_name_of_the_tests_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSHI_TEST_ANYTHING", "x")
    load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YOUSHI_PORT", "eighty"),
        ("YOUSHI_PORT", "70000"),
        ("YOUSHI_PORT", "-1"),
        ("YOUSHI_WORKER", "perhaps"),
        ("YOUSHI_LOG_FORMAT", "xml"),
        ("YOUSHI_PASSIVE_BUDGET", "0"),
        ("YOUSHI_PASSIVE_BUDGET", "5"),
        ("YOUSHI_PASSIVE_BUDGET", "nan"),
        ("YOUSHI_OA_ACCOUNTS", "{not json"),
        ("YOUSHI_OA_ACCOUNTS", '{"name": "x"}'),
        ("YOUSHI_OA_ACCOUNTS", '["x"]'),
        ("YOUSHI_QUIET_HOURS", "at night"),
        ("YOUSHI_FLOOD_PER_MINUTE", "-1"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load()
    said = str(refused.value)
    assert name in said
    assert "\n" not in said
    named = (name, "docs/settings.md", "console", "json", "JSON")
    left = re.sub("|".join(named), "", said)
    assert re.search("[a-z]{4,}", left) is None, "operators read Chinese"


def test_two_accounts_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second took the place of the first, and its messages were refused."""
    monkeypatch.setenv("YOUSHI_OA_ACCOUNTS", json.dumps([DEMO_ACCOUNT, {**DEMO_ACCOUNT, "appid": "wxother"}]))
    with pytest.raises(SettingsError, match="两个账号都叫 demo"):
        read_accounts(load(), with_demo=False)


def test_no_secret_is_shown_when_it_is_refused_or_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSHI_SECRET_KEY", "never-shown")
    monkeypatch.setenv("YOUSHI_OA_ACCOUNTS", '[{"name": "x", "secret": "never-shown"}]')
    assert "never-shown" not in repr(load())
    monkeypatch.setenv("YOUSHI_OA_ACCOUNTS", '[{"name": "x", "secret": "never-shown"]')
    with pytest.raises(SettingsError) as refused:
        load()
    assert "never-shown" not in str(refused.value)


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(Exception, match="frozen"):
        load().port = 1  # type: ignore[misc]


def test_a_relative_file_is_in_the_checkout_and_another_address_is_left_alone() -> None:
    assert absolute_sqlite("sqlite:///var/youshi.db") == f"sqlite:///{ROOT}/var/youshi.db"
    for url in ("sqlite:////data/youshi.db", "sqlite:///:memory:", "postgresql://x@127.0.0.1/y"):
        assert absolute_sqlite(url) == url


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("YOUSHI_")}
    ours = {"YOUSHI_DATA_DIR": str(tmp_path), "YOUSHI_DATABASE_URL": f"sqlite:///{tmp_path}/x.db", "YOUSHI_PORT": "0"}
    ours["YOUSHI_SIMULATOR"] = "0"
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT, env={**known, "PYTHONPATH": str(ROOT), **ours, **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "environment", "names"),
    [
        (("serve",), {"YOUSHI_HOSTS": "x"}, "YOUSHI_HOST"),
        (("serve",), {"YOUSHI_PORT": "eighty"}, "YOUSHI_PORT"),
        (("serve", "--demo"), {"YOUSHI_HOST": "0.0.0.0"}, "YOUSHI_HOST"),
        (("serve",), {"YOUSHI_HOST": "0.0.0.0", "YOUSHI_SIMULATOR": "1"}, "YOUSHI_SIMULATOR"),
        (("serve",), {"YOUSHI_HOST": "192.0.2.1"}, "192.0.2.1"),
        (("serve",), {"YOUSHI_OA_ACCOUNTS": '[{"name": "x"}]'}, "YOUSHI_OA_ACCOUNTS"),
        (("serve",), {"YOUSHI_OA_ACCOUNTS": '[{"name": "x", "appid": "wx", "token": "t", "aes_key": "short"}]'}, "YOUSHI_OA_ACCOUNTS"),
        (("serve",), {"YOUSHI_DATABASE_URL": "nonsense"}, "YOUSHI_DATABASE_URL"),
        (("serve",), {"YOUSHI_DATABASE_URL": "mysql://x@127.0.0.1/y"}, "YOUSHI_DATABASE_URL"),
        (("serve",), {"YOUSHI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/y"}, "YOUSHI_DATABASE_URL"),
        (("serve",), {"YOUSHI_DATABASE_URL": "sqlite:////proc/nowhere/x.db"}, "YOUSHI_DATABASE_URL"),
        (("serve",), {"YOUSHI_DATA_DIR": "/proc/nowhere"}, "YOUSHI_DATA_DIR"),
        (("migrate",), {"YOUSHI_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/y"}, "YOUSHI_DATABASE_URL"),
        (("work",), {"YOUSHI_DATABASE_URL": "nonsense"}, "YOUSHI_DATABASE_URL"),
        (("migrate",), {"YOUSHI_DATABASE_URL": "mysql://x@127.0.0.1/y"}, "YOUSHI_DATABASE_URL"),
        (("serve",), {"YOUSHI_RULES_DIR": "/nowhere"}, "YOUSHI_RULES_DIR=/nowhere"),
        (("rules", "check"), {"YOUSHI_RULES_DIR": "/nowhere"}, "/nowhere"),
        (("serve",), {"YOUSHI_REDIS_URL": "nonsense"}, "YOUSHI_REDIS_URL"),
    ],
)  # fmt: skip
def test_what_stops_the_start_is_told_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], names: str
) -> None:
    ended = start(tmp_path, *arguments, **environment)
    assert ended.returncode == 1, ended.stderr[-500:]
    lines = ended.stderr.strip().splitlines()
    assert len(lines) == 1, ended.stderr[-500:]
    assert names in lines[0]
    assert "Traceback" not in ended.stderr


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = start(tmp_path, "serve", YOUSHI_PORT=port)
    assert ended.returncode == 1
    assert port in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_the_key_made_at_the_first_start_is_nobody_elses_to_read(tmp_path: Path) -> None:
    assert start(tmp_path, "demo").returncode == 0
    key = tmp_path / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    first = key.read_text()
    assert len(first) >= 32
    assert start(tmp_path, "demo").returncode == 0
    assert key.read_text() == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("secret")] == ["secret.key"]


def test_servers_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from bot.secret_key import read_secret_key

    found = Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'none.db'}")
    for _ in range(50):
        (tmp_path / "secret.key").unlink(missing_ok=True)
        with ThreadPoolExecutor(8) as pool:
            keys = set(pool.map(lambda _: read_secret_key(found), range(8)))
        assert len(keys) == 1
        assert len(keys.pop()) >= 32


@pytest.mark.parametrize(
    ("host", "said", "limit"),
    [("127.0.0.1", "", 0), ("0.0.0.0", "", 20), ("127.0.0.1", "5", 5), ("0.0.0.0", "0", 0)],
)
def test_a_person_is_answered_without_limit_only_where_a_village_is_played(
    monkeypatch: pytest.MonkeyPatch, host: str, said: str, limit: int
) -> None:
    monkeypatch.setenv("YOUSHI_HOST", host)
    if said:
        monkeypatch.setenv("YOUSHI_FLOOD_PER_MINUTE", said)
    assert load().flood_limit == limit
    monkeypatch.setenv("YOUSHI_OA_ACCOUNTS", json.dumps([DEMO_ACCOUNT]))  # behind a proxy HOST is the loopback address
    assert load().flood_limit == (limit if said else 20)


def test_a_database_in_memory_is_refused(tmp_path: Path) -> None:
    """All was gone at the next stop, and the doctor advised on the mode of the current directory."""
    refused = start(tmp_path, "migrate", YOUSHI_DATABASE_URL="sqlite://")
    assert refused.returncode == 1
    assert "没写文件" in refused.stderr
