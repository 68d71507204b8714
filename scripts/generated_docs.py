"""Write the generated pages: docs/settings.md from settings.py, docs/commands.md from the command line and rules/intents.

`python -m scripts.generated_docs` writes them; a test compares them with what would be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

from bot.cli import cli
from settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
INTENTS = ROOT / "rules" / "intents"
_SECTIONS = (("villager", "村民可以说 (villagers)"), ("cadre", "干部可以说 (cadres)"), ("both", "谁都可以说 (anybody)"))


def settings_page() -> str:
    lines = [
        "# Settings",
        "",
        "Read once from the environment when a process starts; an unknown `YOUSHI_*` name stops the start with its",
        "nearest match. This page is generated from `settings.py` (`make docs`).",
        "",
        "| variable | default | what it does |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default in ("", None) or default == [] else f"`{default}`"
        lines.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def commands_page() -> str:
    lines = [
        "# Commands",
        "",
        "Generated (`make docs`): the command line from `bot/`, the words people say from `rules/intents/`.",
        "",
        "## The command line",
        "",
        "| command | does |",
        "|---|---|",
        *(f"| `{path}` | {about} |" for path, about in sorted(_commands(cli, "youshi"))),
    ]
    for section, title in _SECTIONS:
        lines += ["", f"## {title}", "", "| intent | canonical | slots |", "|---|---|---|"]
        entries: dict[str, Any] = yaml.safe_load((INTENTS / f"{section}.yaml").read_text(encoding="utf-8")) or {}
        for name, entry in entries.items():
            slots = ", ".join([*(entry.get("slots") or {}), *(entry.get("inner") or {})])
            lines.append(f"| `{name}` | {entry.get('canonical', '')} | {slots} |")
    return "\n".join(lines) + "\n"


def _commands(group: click.Command, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(group, click.Group):
        yield path, group.get_short_help_str(120)
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            yield from _commands(command, f"{path} {name}")


PAGES = {"settings.md": settings_page, "commands.md": commands_page}


def main() -> None:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
