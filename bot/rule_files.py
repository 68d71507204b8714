"""What the rule files beside topics say, compiled: intents, calendar, polls; and what is wrong in them.

Apart from bot/rulebook.py, so that a command that only reads words does not load the whole house first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from domain.bodies import MeetingRules
from domain.calendar import BadCalendarRow, Calendar, calendar_from_rows
from nlp.intents import BadIntents, Intents, compile_intents
from nlp.poll_rules import PollRules, compile_poll_rules
from storage.meeting_rules import FILE as MEETINGS
from storage.meeting_rules import read_meeting_rules
from storage.rule_rows import Row
from storage.rulebook import INTENTS, RuleFault, Tables

RULES = Path(__file__).resolve().parent.parent / "rules"
POLLS = "polls.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENTRY = re.compile(rf"rules/({INTENTS}/\w+\.yaml)(?:: ([\w.]+))?")


def shipped_intents() -> dict[str, str]:
    """Return the files of rules/intents as the rulebook names them."""
    return {f"{INTENTS}/{path.name}": path.read_text("utf-8") for path in sorted((RULES / INTENTS).glob("*.yaml"))}


def faults_beside_topics(tables: Tables) -> Iterator[RuleFault]:
    """Yield what is wrong in the files that say nothing of topics: intents, calendar, meetings, polls."""
    checks: tuple[Callable[[], Intents | Calendar | MeetingRules | PollRules], ...] = (
        lambda: compiled_intents(tables.texts),
        lambda: calendar(tables.rows.get("calendar", ())),
        lambda: read_meeting_rules(tables.texts.get(MEETINGS, "")),
        lambda: poll_rules(tables.texts, read_meeting_rules(tables.texts.get(MEETINGS, "")).profile),
    )
    for check in checks:
        try:
            check()
        except RuleFault as fault:
            yield fault


def compiled_intents(texts: Mapping[str, str]) -> Intents:
    """Compile the files named intents/NAME.yaml. Raises RuleFault naming file, line and mend."""
    names = [name for name in texts if name.startswith(INTENTS + "/")]
    data = {Path(name).stem: parsed_yaml(name, texts[name]) for name in names}
    try:
        return compile_intents(data)
    except BadIntents as wrong:
        raise _intent_fault(str(wrong), texts) from wrong


def _intent_fault(told: str, texts: Mapping[str, str]) -> RuleFault:
    """Find the file and the line of the entry a message of BadIntents names."""
    found = _ENTRY.search(told)
    file, entry = (found.group(1), found.group(2) or "") if found else ("", "")
    lines = texts.get(file, "").splitlines()
    row = next((at for at, line in enumerate(lines, 1) if entry and line.startswith(entry + ":")), 0)
    what, _, mend = told.removeprefix(f"rules/{file}: ").rpartition("; ")
    return RuleFault(file, row, f"intents:{what or mend}", mend if what else "rules/intents/README.md")


def poll_rules(texts: Mapping[str, str], profile: str) -> PollRules:
    """Compile polls.yaml under the law profile the meetings are held by. Raises RuleFault."""
    content = parsed_yaml(POLLS, texts.get(POLLS, ""))
    if not isinstance(content, dict):
        raise RuleFault(POLLS, 0, "empty", "bodies,dignity")
    try:
        return compile_poll_rules(content, profile)
    except (ValueError, TypeError, AttributeError) as wrong:
        problem, mend = getattr(wrong, "problem", "unusable"), getattr(wrong, "mend", "rules/polls.yaml")
        raise RuleFault(POLLS, 0, problem, mend) from wrong


def parsed_yaml(file: str, text: str) -> Any:
    """Return what a YAML file says. Raises RuleFault naming the line."""
    try:
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe loader
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        told = str(getattr(wrong, "problem", None) or wrong).replace("\n", " ")
        raise RuleFault(file, mark.line + 1 if mark else 0, "yaml", told) from wrong


def calendar(rows: Sequence[Row]) -> Calendar:
    """Build the calendar from the rows of calendar.csv. Raises RuleFault naming the row."""
    try:
        return calendar_from_rows({"名称": row.cells.get("title", ""), **row.cells} for row in rows)
    except BadCalendarRow as wrong:
        row = rows[wrong.place]
        raise RuleFault(
            row.file, row.line, f"bad_day:{row.cells.get('日期')} {row.cells.get('安排')}", wrong.mend
        ) from wrong
