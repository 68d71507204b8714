"""The rules in force: files of rules/ (and the township's own) compiled into the words of the house, watched, swapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from domain.calendar import Calendar, calendar_from_rows
from handlers.context import Words
from nlp.intents import Intents, compile_intents
from nlp.poll_rules import BadPollRules, compile_poll_rules
from nlp.segment import Segmenter
from nlp.words import compile_lexicon
from storage.meeting_rules import FILE as MEETINGS
from storage.meeting_rules import read_meeting_rules
from storage.rulebook import Rulebook, Tables

RULES = Path(__file__).resolve().parent.parent / "rules"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def open_rulebook(override: Path | None, cache: Path) -> Rulebook[Words]:
    """Read and compile all rules and load the segmenter; a township's faulty file is left out and named in `faults`."""
    segmenter = Segmenter(cache)
    # First of all and once: what compiling them needs for a moment is then room for the tables that are read next.
    intents = compile_intents(_intents(RULES / "intents"))
    book = Rulebook(RULES, override, lambda tables: _words(tables, segmenter, intents))
    segmenter.load()
    return book


def _words(tables: Tables, segmenter: Segmenter, intents: Intents) -> Words:
    meetings = read_meeting_rules(tables.texts.get(MEETINGS, ""))
    return Words(
        compile_lexicon(tables.rows, segmenter),
        intents,
        calendar(tables.rows.get("calendar", ())),
        meetings,
        compile_poll_rules(_yaml(tables.texts.get("polls.yaml", "")), meetings.profile),  # one law for both
    )


def _yaml(content: str) -> Any:
    try:
        return yaml.load(content, Loader=_LOADER)  # noqa: S506 - the safe loader
    except yaml.YAMLError as wrong:
        raise BadPollRules("yaml", str(wrong).replace("\n", " ")) from wrong


def _intents(folder: Path) -> Mapping[str, Any]:
    return {path.stem: yaml.load(path.read_text("utf-8"), Loader=_LOADER) for path in sorted(folder.glob("*.yaml"))}  # noqa: S506


def calendar(rows: Iterable[Any]) -> Calendar:
    return calendar_from_rows({"名称": row.cells.get("title", ""), **row.cells} for row in rows)
