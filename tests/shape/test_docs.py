"""The generated pages are what would be generated now; every reason has a sentence; the READMEs name what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from scripts.generated_docs import DOCS, PAGES, ROOT
from storage.migrate import HEAD


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_generated_page_is_what_would_be_generated_now(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run `make docs`"


def test_the_newest_migration_is_the_one_a_start_looks_for() -> None:
    files = sorted((ROOT / "storage/migrations/versions").glob("[0-9]*.py"))
    assert files[-1].name.startswith(HEAD)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_links_only_to_what_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
    for command in re.findall(r"youshi ([a-z-]+)", text):
        assert command in COMMANDS or command in ("classify",), command


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))

    def commands(text: str) -> list[str]:
        blocks = re.findall(r"```\n(.*?)```", text, flags=re.DOTALL)
        return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]

    strip = [re.sub(r"43[^\"]*", "43", line) for line in commands(english)]
    assert strip == [re.sub(r"43[^\"]*", "43", line) for line in commands(chinese)]


def test_no_page_speaks_of_this_machine() -> None:
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        assert not re.search(r"/(?:work|tmp|root|home)/", Path(path).read_text(encoding="utf-8")), path
