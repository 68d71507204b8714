"""The commands `when` and `understand`: what a text means, as JSON, for people and for scripts."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import click
import yaml

from domain.calendar import Calendar, calendar_from_rows
from handlers.texts import words as texts
from nlp.intents import BadIntents, Intents, compile_intents, recognise
from nlp.when import Found, find

CHINA = timezone(timedelta(hours=8))
RULES = Path(__file__).parent.parent / "rules"
# The C loader reads the same safe subset twenty times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_intents(folder: Path = RULES / "intents") -> Intents:
    """Read every file of rules/intents and compile them; raise BadIntents naming the file and the mend."""
    data: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            data[path.stem] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
        except yaml.YAMLError as wrong:
            raise BadIntents(f"rules/intents/{path.name}: {wrong}") from wrong
    return compile_intents(data)


def read_calendar(path: Path = RULES / "calendar.csv") -> Calendar:
    """Read the holidays; raise BadCalendarRow naming the row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return calendar_from_rows(csv.DictReader(file), source=path.name)


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
def when(text: str, now: datetime | None) -> None:
    """Say what time TEXT is about. With TEXT `-`, read JSON lines {"id","text","now"?} and write one each."""
    calendar = read_calendar()

    def answer(line: str, at: datetime, _: str | None) -> dict[str, Any]:
        return as_json(find(line, at, calendar))

    _answer(text, now, None, answer)


@click.command()
@click.argument("text")
@click.option("--as", "role", type=click.Choice(["villager", "cadre"]), help="Who speaks.")
@_NOW
def understand(text: str, role: str | None, now: datetime | None) -> None:
    """Say what TEXT wants. With TEXT `-`, read JSON lines {"id","text","now"?,"as"?} and write one each."""
    if role is None and text != "-":
        raise click.UsageError("say who speaks: --as villager or --as cadre")
    intents, calendar = read_intents(), read_calendar()

    def answer(line: str, at: datetime, speaker: str | None) -> dict[str, Any]:
        if speaker not in ("villager", "cadre"):
            raise ValueError(f"as: {speaker!r} is neither villager nor cadre")
        understood = recognise(intents, line, speaker, at, calendar)
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
        if not isinstance(asked, dict):
            raise ValueError("a line is an object with id and text")
        name = asked.get("id")
        text = asked["text"]
        if not isinstance(text, str):
            raise ValueError("text must be a string")
        at = _moment(asked["now"]) if asked.get("now") else now or datetime.now(CHINA)
        return {"id": name, **answer(text, at, asked.get("as", role))}
    except KeyError as missing:
        return {"id": name, "error": f"no {missing.args[0]}"}
    except (ValueError, TypeError, RecursionError) as wrong:
        return {"id": name, "error": str(wrong)}
