"""The command `rules learn`: what it writes can be used, and what cannot be learned from is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli

TOLD = [("路灯坏了", "灯"), ("路灯不亮", "灯"), ("水管漏水", "水"), ("停水两天", "水")]


def learned(folder: Path, lines: list[tuple[str, str]]) -> Result:
    file = folder / "lines.jsonl"
    file.write_text("".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in lines), "utf-8")
    return CliRunner().invoke(cli, ["rules", "learn", str(file), "--out", str(folder / "t.csv")])


@pytest.mark.parametrize("label", ["", "  ", "#", "灯\x00"])
def test_a_label_no_table_can_have_is_named_with_its_row(tmp_path: Path, label: str) -> None:
    """It wrote a table, said 学好了, and `classify` refused it."""
    result = learned(tmp_path, [*TOLD, ("没人管", label)])
    assert result.exit_code == 1
    assert "第5行 label" in result.output
    assert not (tmp_path / "t.csv").exists()


@pytest.mark.parametrize(
    "lines",
    [
        [*TOLD, ("灯又坏了", " 灯 ")],
        [("路灯坏了", label) for _ in range(100) for label in "ABC"],
        TOLD * 200,
    ],
)
def test_what_it_writes_can_be_used(tmp_path: Path, lines: list[tuple[str, str]]) -> None:
    assert learned(tmp_path, lines).exit_code == 0
    table = str(tmp_path / "t.csv")
    assert CliRunner().invoke(cli, ["rules", "check", table]).exit_code == 0
    read = CliRunner().invoke(cli, ["classify", "--rules", table], input='{"id":1,"text":"路灯坏了"}\n')
    assert json.loads(read.output)["code"] in {label.strip() for _, label in lines}


def test_a_label_without_a_word_of_its_own_is_told(tmp_path: Path) -> None:
    result = learned(tmp_path, [(text, label) for text in ("路灯坏了", "水管漏水", "停电了") for label in "ABC"])
    assert result.exit_code == 0
    assert "这些标签没有自己的词，学不到：C" in result.output
