"""What the clerks' corrections would change is shown on past matters, and nothing is adopted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands_topics import rules
from handlers.context import Words
from tests.handlers.talk import open_village


def test_a_correction_is_proposed_with_what_it_would_turn(
    template: Path,
    tmp_path: Path,
    rulebook: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words: Words = rulebook.value  # type: ignore[attr-defined]
    path = tmp_path / "village.db"
    village = open_village(template, path, words)
    village.say("老王", "路灯坏了好几天了，黑灯瞎火的")
    village.say("文书", "改类 001 RC08")
    village.database.dispose()
    monkeypatch.setenv("YOUSHI_DATABASE_URL", f"sqlite:///{path}")
    shown = CliRunner().invoke(rules, ["learn", "--from-ledger"])
    assert shown.exit_code == 0, shown.output
    assert "1 件改过类" in shown.output
    row = re.search(
        r"建议（XH-261122-001）：RC08 “(.+)” 从 \d+ 分到 (\d+) 分，行：RC08,(.+),(\d+),(?:word|phrase)\n", shown.output
    )
    assert row, shown.output
    assert row.group(1, 2) == row.group(3, 4)
    assert "黑灯瞎火的" not in shown.output, "no complaint's text is printed"


def test_without_corrections_there_is_nothing_to_learn(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YOUSHI_DATABASE_URL", f"sqlite:///{template}")
    shown = CliRunner().invoke(rules, ["learn", "--from-ledger"])
    assert shown.exit_code == 0, shown.output
    assert "还没有人改过类" in shown.output


def test_what_a_correction_would_turn_is_named_by_its_number(
    template: Path,
    tmp_path: Path,
    rulebook: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It said 会读错：RC02 → EN01 a hundred times, and nobody knew of which matter."""
    path = tmp_path / "village.db"
    village = open_village(template, path, rulebook.value)  # type: ignore[attr-defined]
    village.say("老王", "路灯坏了")
    for who in ("王秀英", "村民代表", "党员"):
        village.say(who, "路灯坏了两天")
    village.say("文书", "改类 001 EN01")
    village.database.dispose()
    monkeypatch.setenv("YOUSHI_DATABASE_URL", f"sqlite:///{path}")
    shown = CliRunner().invoke(rules, ["learn", "--from-ledger"]).output
    turned = re.findall(r"^  会读错：(XH-261122-00\d)，RC02 → EN01（应是 RC02）$", shown, re.MULTILINE)
    assert turned
    assert "XH-261122-001" not in turned
