"""What every test may ask for: a database on either engine with the demo village in it, a Redis, the rules.

The village is loaded once per session into a template (a SQLite file, a PostgreSQL database); each test gets a copy.
Where an engine cannot be had its tests are skipped with one plain line; with CI=true nothing may be skipped.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import redis
from xdist.scheduler import LoadScopeScheduling

from bot.opening import load_demo
from bot.rulebook import open_rulebook
from handlers.context import Words
from storage.database import Database
from storage.migrate import migrate
from storage.rulebook import Rulebook
from storage.vault import Vault
from tests import engines

# How long an example takes says something about the machine, not about us.
hypothesis.settings.register_profile("youshi", deadline=None)
hypothesis.settings.load_profile("youshi")

SECRET = "the-tests-own-secret-key"
MUST_RUN = os.environ.get("CI", "").lower() in ("1", "true", "yes")
ENGINES = ("sqlite", "postgres")


# -- workers

SERVED = "tests/bot/"


class ServersTogether(LoadScopeScheduling):
    """Shares the files out among the workers. Tests that start servers, and wait for them by the clock, all run on one:
    the platform's patience of five seconds is no test of how busy we are ourselves."""

    def _split_scope(self, nodeid: str) -> str:
        return SERVED if nodeid.startswith(SERVED) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ServersTogether:
    return ServersTogether(config, log)


# -- skips


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
    """With CI=true a skip is a failure: a machine that cannot run a test must not look as if it had."""
    report = yield
    if MUST_RUN and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and with CI=true nothing may be ({reason})"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    reasons: dict[str, int] = {}
    for report in reports:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} skipped: {reason.removeprefix('Skipped: ')}")


# -- servers


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL where databases may be created."""
    own: engines.OwnPostgres | None = None
    try:
        if engines.may_create(engines.POSTGRES_URL):
            yield engines.POSTGRES_URL
            return
        own = engines.OwnPostgres()
    except engines.Absent as reason:
        pytest.skip(f"PostgreSQL tests: {reason}")
    yield own.url
    own.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    own: engines.OwnRedis | None = None
    if engines.redis_answers(engines.REDIS_URL):
        yield engines.REDIS_URL
        return
    try:
        own = engines.OwnRedis()
    except engines.Absent as reason:
        pytest.skip(f"Redis tests: {reason}")
    yield own.url
    own.close()


@pytest.fixture
def redis_prefix(redis_server: str) -> Iterator[str]:
    """A prefix of this test's own; what is under it is deleted at the end."""
    prefix = f"youshi-test-{secrets.token_hex(6)}"
    yield prefix
    client = redis.Redis.from_url(redis_server)
    for key in client.scan_iter(f"{prefix}:*"):
        client.delete(key)
    client.close()


@pytest.fixture
def own_postgres() -> Iterator[engines.OwnPostgres]:
    """A server that may be killed."""
    try:
        server = engines.OwnPostgres()
    except engines.Absent as reason:
        pytest.skip(f"PostgreSQL tests: {reason}")
    yield server
    server.close()


@pytest.fixture
def own_redis() -> Iterator[engines.OwnRedis]:
    try:
        server = engines.OwnRedis()
    except engines.Absent as reason:
        pytest.skip(f"Redis tests: {reason}")
    yield server
    server.close()


# -- databases


@pytest.fixture
def vault() -> Vault:
    return Vault(SECRET)


def _load_village(url: str) -> None:
    database = Database(url)
    migrate(database)
    load_demo(database, Vault(SECRET))
    database.dispose()


@pytest.fixture(scope="session")
def village_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo village, to be copied."""
    path = tmp_path_factory.mktemp("template") / "village.db"
    _load_village(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def village_template(postgres_server: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the demo village, to be copied."""
    name = engines.fresh_name()
    url = engines.create_database(postgres_server, name)
    try:
        _load_village(url)
        yield name
    finally:
        engines.drop_database(postgres_server, name)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def blank_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with no tables."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    yield from _postgres(request.getfixturevalue("postgres_server"), "")


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with the demo village."""
    if engine == "sqlite":
        path = tmp_path / "village.db"
        shutil.copy(request.getfixturevalue("village_file"), path)
        yield f"sqlite:///{path}"
        return
    yield from _postgres(request.getfixturevalue("postgres_server"), request.getfixturevalue("village_template"))


def _postgres(server: str, template: str) -> Iterator[str]:
    name = engines.fresh_name()
    yield engines.create_database(server, name, template)
    engines.drop_database(server, name)


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Open databases that are closed when the test ends."""
    opened: list[Database] = []

    def open_(url: str) -> Database:
        opened.append(Database(url))
        return opened[-1]

    yield open_
    for database in opened:
        database.dispose()


@pytest.fixture
def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    return open_database(database_url)


# -- rules


@pytest.fixture(scope="session")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook[Words]:
    """The shipped rules, read and compiled once: it takes a second."""
    return open_rulebook(None, tmp_path_factory.mktemp("cache"))
