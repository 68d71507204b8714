"""docs/failure-modes.md: every row has a test named after it that exists, or says why it has none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [f"D{number}" for number in range(1, 33)] + ["R7", "R10", "R11", "R12", "R13", "R21"]
_LINE = re.compile(r"^\| ([DR]\d+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
_REASON = re.compile(r"none: .{20,}")


def table() -> list[tuple[str, str]]:
    return _LINE.findall((ROOT / "docs" / "failure-modes.md").read_text("utf-8"))


def all_tests() -> list[str]:
    """Every test function there is."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_"):
                found.append(node.name)
    return found


def rows_of(name: str) -> set[str]:
    """The rows a test is named after: test_d06_r11_… is D6 and R11."""
    begins = re.match(r"test_((?:[dr]\d{2}_)+)", name)
    return {f"{row[0].upper()}{int(row[1:])}" for row in begins[1].rstrip("_").split("_")} if begins else set()


def test_every_row_is_there_once_in_its_order() -> None:
    assert [row for row, _ in table()] == ROWS


def test_every_row_has_its_tests_or_a_reason() -> None:
    names = all_tests()
    for row, tests in table():
        begins = re.findall(r"`(test_\w+)`", tests)
        if not begins:
            assert _REASON.search(tests), f"{row} has neither test nor reason"
        for one in begins:
            found = [name for name in names if name.startswith(one)]
            assert found, f"{row}: no test is named {one}…"
            assert all(row in rows_of(name) for name in found), f"{row}: {one} is named after other rows"


def test_no_test_is_named_after_a_row_said_to_have_none() -> None:
    without = {row for row, tests in table() if "`test_" not in tests}
    assert [name for name in all_tests() if rows_of(name) & without] == []
