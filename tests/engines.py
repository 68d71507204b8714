"""The engines the tests run on: PostgreSQL and Redis servers that answer, or own ones from installed binaries.

Shared by the tests and the benchmarks. Everything listens on the loopback address and only on ports found free; only
databases named youshi_test_<random> are created and dropped, and only processes started here are ended.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import redis
from sqlalchemy.engine import make_url

POSTGRES_URL = os.environ.get("YOUSHI_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("YOUSHI_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
PREFIX = "youshi_test_"


class Absent(Exception):
    """The engine cannot be had here; the text says why in one line."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def fresh_name() -> str:
    return PREFIX + secrets.token_hex(6)


def with_database(url: str, name: str) -> str:
    """The same server, another database."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def admin(url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        yield connection


def create_database(url: str, name: str, template: str = "") -> str:
    """Create a database of the tests' own; return its address."""
    assert name.startswith(PREFIX)
    with admin(url) as connection:
        connection.execute(f'create database "{name}"' + (f' template "{template}"' if template else ""))
    return with_database(url, name)


def drop_database(url: str, name: str) -> None:
    assert name.startswith(PREFIX)
    with admin(url) as connection:
        connection.execute(f'drop database if exists "{name}" with (force)')


def may_create(url: str) -> bool:
    """Does the server answer, and may we create databases there? Raises Absent when it answers and we may not."""
    try:
        with admin(url) as connection:
            row = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError:
        return False
    if not (row and row[0]):
        raise Absent("PostgreSQL answers, but this user has no right to create a database")
    return True


def postgres_binaries() -> Path:
    """Where initdb and pg_ctl are; raises Absent where they are not installed."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda found: found.parent.name, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found is None:
        raise Absent("no PostgreSQL server answers and none is installed")
    return Path(found).resolve().parent


class OwnPostgres:
    """A PostgreSQL server of one's own: to be killed, stopped and stalled at will."""

    def __init__(self, *, fsync: bool = False) -> None:
        self._bin = postgres_binaries()
        self._user = _unprivileged() if os.geteuid() == 0 else ""
        self._home = Path(tempfile.mkdtemp(prefix="youshi-postgres-"))
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        if self._user:
            shutil.chown(self._home, self._user)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"fsync={'on' if fsync else 'off'}\nlisten_addresses='127.0.0.1'\n")
            settings.write(f"unix_socket_directories=''\nmax_connections=100\nport={self.port}\n")
        self.start()

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        # PostgreSQL refuses to run as root.
        before = ["setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups"] if self._user else []
        done = subprocess.run(
            [*before, str(self._bin / program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        if check and done.returncode:
            raise Absent(f"{program} failed: {done.stdout.strip().splitlines()[-1:]}")

    def start(self) -> None:
        # -l, or pg_ctl's pipe stays open in the server and the call never ends.
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self._data / "log"), "start")

    def stop(self, mode: str = "fast") -> None:
        """`fast` shuts down in order, `immediate` is a crash."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", mode, "stop", check=False)

    def pids(self) -> list[int]:
        """The server and its children, for counting CPU."""
        postmaster = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *map(int, children)]

    def close(self) -> None:
        self.stop("immediate")
        shutil.rmtree(self._home, ignore_errors=True)


def _unprivileged() -> str:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Absent("PostgreSQL does not run as root, and there is no other user")


class OwnRedis:
    """A Redis server of one's own: to be killed, stopped and stalled at will."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise Absent("no Redis server answers and none is installed")
        self._program = program
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._home = tempfile.mkdtemp(prefix="youshi-redis-")
        self.start()

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [self._program, *options, "--dir", self._home], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 10
        while not redis_answers(self.url):
            if time.monotonic() > until:
                raise Absent("redis-server does not come up")
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(10)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)


def redis_answers(url: str) -> bool:
    client = redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()
