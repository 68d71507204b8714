"""The rooms stand, and a wall that is broken is seen: each contract fails on a planted violation."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import handlers

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "web", "handlers", "storage", "domain", "nlp")
LINT = Path(sys.executable).with_name("lint-imports")

PLANTED = [
    ("domain/matters.py", "import storage.batch", "The rooms"),
    ("handlers/talk.py", "import bot.turn", "The rooms"),
    ("nlp/numbers.py", "import domain.matters", "nlp knows no other room"),
    ("handlers/talk.py", "import aiohttp", "Only bot and web serve HTTP"),
    ("handlers/talk.py", "import sqlalchemy", "Only storage speaks to databases"),
    ("storage/ledger.py", "import jieba", "Only nlp cuts words"),
    ("web/screens.py", "import wechatpy", "Only bot.channels speaks through wechatpy"),
]


@pytest.mark.parametrize(("file", "line", "contract"), PLANTED, ids=[f"{line} in {file}" for file, line, _ in PLANTED])
def test_a_planted_import_breaks_its_contract(tmp_path: Path, file: str, line: str, contract: str) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "settings.py", tmp_path)
    planted = tmp_path / file
    planted.write_text(planted.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    found = subprocess.run(
        [str(LINT), "--no-cache"], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert found.returncode != 0
    assert any(contract in row and "BROKEN" in row for row in found.stdout.splitlines()), found.stdout


def test_only_bot_reads_the_settings() -> None:
    for room in set(ROOMS) - {"bot"}:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert "settings" not in names, path


def test_domain_is_plain_and_never_async() -> None:
    for path in (ROOT / "domain").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.Await)], path
        clocks = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in ("now", "today", "utcnow")]
        assert not clocks, f"{path} looks at a clock"


def test_every_module_that_binds_handlers_is_loaded() -> None:
    """A module nobody loads binds nothing, and its command is silently unknown."""
    binds = re.compile(r"^@(intent|answers|standing|on|claims|every|conversation)\(", re.MULTILINE)
    found = {path.stem for path in (ROOT / "handlers").glob("*.py") if binds.search(path.read_text("utf-8"))}
    assert len(found) > 25
    assert found <= set(handlers.BINDING)
