"""How well and how fast words are understood: `python -m bench words [TIMES.jsonl]`.

Lines and times in bench/words_*.csv are held out: they stand in no rule file and were written after the rules. A file
of times in the form {"text","base","expect","grain","end"?,"meeting"?,"source"?,"contested"?} may be named beside them.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.commands_words import read_calendar, read_intents
from nlp.intents import recognise
from nlp.when import CHINA, Found, find

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 22, 10, tzinfo=CHINA)


def main(args: list[str]) -> None:
    """Print every figure beside its bar."""
    intents, calendar = read_intents(), read_calendar()
    lines = _rows("words_lines.csv")
    wanted = [_line_right(intents, calendar, row) for row in lines]
    _print("intent right, held-out lines", sum(right for right, _ in wanted), len(wanted), ".90 (.97)")
    _print("every slot right, held-out lines", sum(slots for _, slots in wanted), len(wanted), ".85 (.93)")
    times = _rows("words_times.csv")
    _print("times right, held-out notices", sum(_time_right(calendar, row) for row in times), len(times), ".90 (.97)")
    for path in args:
        _public(calendar, Path(path))
    texts = [row["text"] for row in times]
    when = _best(lambda: [find(text, NOW, calendar) for text in texts]) / len(texts)
    print(f"when                  {when * 1e6:8.1f} µs a call      bar 200 (50)")
    said = [(row["text"], row["as"]) for row in lines]
    each = _best(lambda: [recognise(intents, text, role, NOW, calendar) for text, role in said]) / len(said)
    print(f"understand            {1 / each:8.0f} lines/s        bar 3,000 (10,000)")
    for module in ("nlp.when", "nlp.intents"):
        print(f"import {module:<14} {_import_ms(module):8.1f} ms             bar 50")


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _print(what: str, right: int, count: int, bar: str) -> None:
    print(f"{what:<34} {right}/{count} = {right / count:.3f}   bar {bar}")


def _line_right(intents: Any, calendar: Any, row: dict[str, str]) -> tuple[bool, bool]:
    understood = recognise(intents, row["text"], row["as"], NOW, calendar)
    right = understood.intent == row["intent"]
    return right, right and all(understood.slots.get(k) == v for k, v in json.loads(row["slots"]).items())


def _china(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def _time_right(calendar: Any, row: dict[str, str]) -> bool:
    """Compare to the minute; where the row names only a day, a part of that day is right too."""
    found = find(row["text"], _china(row["now"]), calendar)
    right = True
    if row["start"]:
        start = _china(row["start"])
        whole_day = (start.hour, start.minute) == (0, 0) and found.kind != "instant"
        right = found.start == start or (whole_day and found.start is not None and found.start.date() == start.date())
    return right and (not row["end"] or found.end == _china(row["end"]))


def _public(calendar: Any, path: Path) -> None:
    groups: dict[str, list[bool]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        group = "notices" if case.get("source") == "authored" else "meeting times" if case["meeting"] else "other times"
        group = "contested" if case.get("contested") else group
        groups.setdefault(group, []).append(_public_right(find(case["text"], _china(case["base"]), calendar), case))
    for group, right in sorted(groups.items()):
        _print(f"{group}, {path.name}", sum(right), len(right), "meeting .95 (.98), notices .90 (.97)")


def _public_right(found: Found, case: dict[str, Any]) -> bool:
    expected = [_china(text) for text in case["expect"]]
    if case["grain"] == "deadline":
        return found.end is not None and any(
            found.end == one or (one.hour == 0 and found.end.date() == one.date()) for one in expected
        )
    if found.start is None or ("end" in case and found.end != _china(case["end"])):
        return False
    if case["grain"] in ("day", "daypart"):
        return any(found.start.date() == one.date() for one in expected)
    return found.start in expected


def _best(run: Callable[[], object], times: int = 7) -> float:
    """Give the shortest of several runs in seconds, the first left out."""
    run()
    return min(_once(run) for _ in range(times))


def _once(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _import_ms(module: str, times: int = 7) -> float:
    code = f"import time; t = time.perf_counter(); import {module}; print((time.perf_counter() - t) * 1e3)"
    return min(_fresh(code) for _ in range(times))


def _fresh(code: str) -> float:
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
