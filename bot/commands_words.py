"""The commands `when` and `understand`: what a text means, as JSON, for people and for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click

from bot.rule_faults import OWN_RULES, fault_line
from bot.rule_files import RULES, calendar, compiled_intents, shipped_intents
from domain.calendar import Calendar
from handlers.texts import words as texts
from nlp.intents import Intents, recognise
from nlp.when import Found, find
from storage.rulebook import RuleFault, read_rows, read_tables

CHINA = timezone(timedelta(hours=8))


def read_intents(rules_dir: Path | None = None) -> Intents:
    """Compile rules/intents, a township's own laid over them. Raises RuleFault."""
    return compiled_intents(read_tables(RULES, rules_dir).texts if rules_dir else shipped_intents())


def read_calendar(rules_dir: Path | None = None) -> Calendar:
    """Read the holidays, a township's own laid over them. Raises RuleFault naming the row."""
    return calendar(read_tables(RULES, rules_dir).rows["calendar"] if rules_dir else read_rows(RULES / "calendar.csv"))


def _read(read: Callable[[Path | None], Any], rules_dir: Path | None) -> Any:
    try:
        return read(rules_dir)
    except RuleFault as wrong:
        raise click.ClickException(fault_line(wrong)) from wrong


def _moment(text: str | None) -> datetime:
    """Read an ISO moment; China time where it names no zone, the present where there is none."""
    if text is None:
        return datetime.now(CHINA)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment


class _Now(click.ParamType[datetime]):
    name = "ISO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return _moment(value)
        except ValueError:
            self.fail(f"{value!r} is no ISO moment, write 2026-11-22T10:00", param, ctx)


_NOW = click.option("--now", type=_Now(), default=None, help="The present, as ISO; the clock's if left out.")


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(CHINA).isoformat(timespec="seconds")


def as_json(found: Found) -> dict[str, Any]:
    """Give what was found of a time as the contract writes it."""
    return {
        "start": _iso(found.start),
        "end": _iso(found.end),
        "kind": found.kind,
        "assumed": [texts.assumed(remark.code, remark.value) for remark in found.assumed],
        "question": None if found.question is None else texts.question(found.question.code, found.question.value),
    }


@click.command()
@click.argument("text")
@_NOW
@OWN_RULES
def when(text: str, now: datetime | None, rules_dir: Path | None) -> None:
    """Say what time TEXT is about. With TEXT `-`, read JSON lines {"id","text","now"?} and write one each."""
    days = _read(read_calendar, rules_dir)

    def answer(line: str, at: datetime, _: str | None) -> dict[str, Any]:
        return as_json(find(line, at, days))

    _answer(text, now, None, answer)


@click.command()
@click.argument("text")
@click.option("--as", "role", type=click.Choice(["villager", "cadre"]), help="Who speaks.")
@_NOW
@OWN_RULES
def understand(text: str, role: str | None, now: datetime | None, rules_dir: Path | None) -> None:
    """Say what TEXT wants. With TEXT `-`, read JSON lines {"id","text","now"?,"as"?} and write one each."""
    if role is None and text != "-":
        raise click.UsageError("say who speaks: --as villager or --as cadre")
    intents, days = _read(read_intents, rules_dir), _read(read_calendar, rules_dir)

    def answer(line: str, at: datetime, speaker: str | None) -> dict[str, Any]:
        if speaker not in ("villager", "cadre"):
            raise ValueError(f"as: {speaker!r} is neither villager nor cadre")
        understood = recognise(intents, line, speaker, at, days)
        code = understood.question
        asked = None if code is None else texts.question(code, understood.asked)
        return {"intent": understood.intent, "slots": dict(understood.slots), "question": asked}

    _answer(text, now, role, answer)


Answer = Callable[[str, datetime, str | None], dict[str, Any]]


def _answer(text: str, now: datetime | None, role: str | None, answer: Answer) -> None:
    if text != "-":
        _write(answer(text, now or datetime.now(CHINA), role))
        return
    for line in _lines():
        _write(_line(line, now, role, answer))


def _write(value: dict[str, Any]) -> None:
    """Write one line as UTF-8 whatever the locale; half a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")


def _lines() -> Iterator[bytes]:
    return (line for line in sys.stdin.buffer if line.strip())


def _line(line: bytes, now: datetime | None, role: str | None, answer: Answer) -> dict[str, Any]:
    """Answer one JSON line; what cannot be handled gives {"id","error"} and the rest go on."""
    name = None
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        return {"id": None, "error": "这一行不是 JSON"}
    try:
        name = asked.get("id")
        text = asked.get("text")
        if not isinstance(text, str):
            return {"id": name, "error": "缺少 text，或它不是文字"}
        at = _moment(asked["now"]) if asked.get("now") else now or datetime.now(CHINA)
        return {"id": name, **answer(text, at, asked.get("as", role))}
    except (ValueError, TypeError, RecursionError) as wrong:
        return {"id": name, "error": str(wrong)}
