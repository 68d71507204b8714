"""The arrows between the rooms hold, and the check that says so fails on a planted violation."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "web", "handlers", "storage", "domain", "nlp")


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=tree, env={"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("tree")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "settings.py", tree)
    shutil.copy(ROOT / "pyproject.toml", tree)
    return tree


@pytest.fixture
def planted(copy: Path) -> Iterator[Path]:
    yield copy
    for room in ROOMS:
        (copy / room / "planted.py").unlink(missing_ok=True)


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    [
        ("handlers", "import aiohttp", "Only bot and web serve HTTP"),
        ("handlers", "import sqlalchemy", "Only storage speaks to databases"),
        ("handlers", "from bot import turn", "The rooms"),
        ("handlers", "import jieba", "Only nlp cuts words"),
        ("handlers", "import wechatpy", "Only bot.channels speaks through wechatpy"),
        ("nlp", "from storage import store", "nlp knows no other room"),
        ("nlp", "from domain import matters", "nlp knows no other room"),
        ("domain", "from storage import tables", "The rooms"),
        ("domain", "from nlp import words", "nlp"),
        ("domain", "import redis", "Only storage speaks to databases"),
        ("domain", "import aiohttp", "Only bot and web serve HTTP"),
        ("storage", "from handlers import talk", "The rooms"),
        ("storage", "from nlp import words", "nlp"),
        ("storage", "import wechatpy", "Only bot.channels speaks through wechatpy"),
        ("web", "from bot import server", "The rooms"),
        ("web", "import psycopg", "Only storage speaks to databases"),
        ("bot", "import jieba", "Only nlp cuts words"),
        ("bot", "import sqlalchemy", "Only storage speaks to databases"),
    ],
)
def test_a_planted_violation_is_found_and_named(planted: Path, room: str, line: str, contract: str) -> None:
    (planted / room / "planted.py").write_text(f"{line}  # noqa: F401\n", encoding="utf-8")
    done = lint(planted)
    assert done.returncode != 0, f"{room}: {line} goes unnoticed"
    broken = [said for said in done.stdout.splitlines() if "BROKEN" in said]
    assert any(contract in said for said in broken), broken
    assert f"{room}.planted" in done.stdout


def imports_of(path: Path) -> set[str]:
    """The first names of what a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def files(*rooms: str) -> list[Path]:
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def test_only_bot_reads_the_settings() -> None:
    assert [
        path for path in files("web", "handlers", "storage", "domain", "nlp") if "settings" in imports_of(path)
    ] == []
    assert [path for path in files("bot") if "settings" in imports_of(path)]


def test_only_the_settings_read_the_environment() -> None:
    """import-linter cannot see `os.environ`."""

    def reads(path: Path) -> bool:
        names = {node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        return bool(names & {"environ", "getenv"})

    found = {path.relative_to(ROOT).as_posix() for path in files(*ROOMS) if reads(path)}
    assert found <= {"bot/commands_server.py"}, "a command line option is put where the settings are read"


def test_domain_needs_nothing_but_the_standard_library() -> None:
    for path in files("domain"):
        others = imports_of(path) - set(sys.stdlib_module_names) - {"domain"}
        assert others == set(), path


def test_domain_reads_no_clock_and_waits_for_nothing() -> None:
    for path in files("domain"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not calls & {"now", "utcnow", "today", "monotonic", "urandom"}, path
        assert not any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree)), path
        assert not imports_of(path) & {"random", "secrets", "time", "threading", "asyncio", "os", "pathlib"}, path


def test_nobody_commits_but_the_edge() -> None:
    """One message, one all-or-nothing turn: only storage/database.py commits (design §3)."""
    for path in files(*ROOMS):
        attributes = {
            node.attr for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
        }
        if path.name != "database.py" or path.parent.name != "storage":
            assert "commit" not in attributes, path
