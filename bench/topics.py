"""What a message is about, measured: `python -m bench topics [FILE…]`.

Without files: the lines of bench/topics_*.csv, which stand in no rule file and were written after the rules; speed, load
time and memory. A file of JSON lines is known by its columns:

* {"id","text","label","subject"?}   labelled lines (with `subject`: full texts). All such files are learned from together,
  four fifths of the ids, and each is measured on the fifth that was left out; then again with 10 % homophone typos.
* {"text","body","code","also","urgency","sealed","type"}   letters in our codes, by the shipped rules.
  Of other letters those in bench/topics_letters_held.csv, too, by their ids.
* {"title","text","kind"}   requests with their type, by the shipped rules.
* {"text","src"}   ordinary lines: which would be taken for a matter (a recall is printed beside it).
* {"cluster","subject"}   messages grouped as the same matter.

A row {"text","code"} counts as chat in our codes. The shipped rules were made with the development files: their figures
there say how well they fit, not how well they generalise; docs/rules.md tells which is which.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from nlp.chatter import is_a_matter
from nlp.learn import learn
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.same_matter import SAME, facts_of, same_matter_score, spread_of
from nlp.segment import Segmenter
from nlp.topics import TopicRules, compile_topics
from nlp.words import Reading, classify, classify_with, look_for_danger, say_standard
from storage.rule_rows import Row
from storage.rulebook import read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
MOST = 1100
TYPOS = 0.1
Line = Mapping[str, Any]


def main(args: list[str]) -> None:
    """Print every figure beside its bar (moonshot in brackets)."""
    lexicon = compile_lexicon(read_tables(RULES).rows)
    files = {path.name: rows for path in map(Path, args) if (rows := _read(path))}
    _labelled(lexicon, {name: rows for name, rows in files.items() if "label" in rows[0]})
    for name, rows in files.items():
        _one(lexicon, name, rows)
        _held_letters(lexicon, name, rows)
    chat = _table("topics_chat.csv")
    _codes(lexicon, "chat lines, all codes, held out", chat, ".75 (.85) / .87 (.93)")
    oblique = _table("topics_chat_oblique.csv")
    _codes(lexicon, "the same by another, half without a word of the title", oblique, ".75 (.85) / .87 (.93)")
    cries = _table("topics_danger.csv")
    for name, told in _DANGER_SETS.items():
        _danger(lexicon, told, [row for row in cries if row["set"] == name])
    _daily(lexicon, _table("topics_daily.csv"))
    _held_talk(lexicon)
    _speed([row["text"] for row in (*chat, *oblique)])
    print(_fresh(_LOADING), end="")


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except OSError as wrong:
        print(f"{path}: {wrong.strerror}")
    except ValueError as wrong:
        print(f"{path}: no JSON lines ({wrong})")
    return []


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _one(lexicon: Lexicon, name: str, rows: Sequence[Line]) -> None:
    first = rows[0]
    if "cluster" in first:
        _same(lexicon, name, rows)
    elif "code" in first:
        told = [{**row, "text": row.get("body") or row["text"]} for row in rows]
        _codes(lexicon, f"{name}, shipped rules", told, ".80 (.90) / .90 (.96)")
        if "urgency" in first:
            _signs(lexicon, name, told)
    elif "kind" in first:
        _share(f"{name}, type right", (classify(lexicon, row["title"]).type == row["kind"] for row in rows), "no bar")
    elif "src" in first:
        _ordinary(lexicon, name, rows, _table("topics_chat.csv"))
    elif "label" not in first:
        print(f"{name}: no columns this measures (see python -m bench)")


def _held_letters(lexicon: Lexicon, name: str, rows: Sequence[Line]) -> None:
    """Letters whose ids stand in bench/topics_letters_held.csv: one reader's codes and another's labels, never learned from."""
    codes = {row["id"]: row for row in _table("topics_letters_held.csv")}
    held = [(row, codes[row["id"]]) for row in rows if row.get("id") in codes and "subject" in row]
    for how in ("subject", "text") if held else ():
        told = [
            {
                "text": row[how], "code": told["code"], "also": told["also"].split(), "urgency": told["urgency"],
                "type": told["type"], "sealed": told["sealed"] == "1",
            }
            for row, told in held
        ]  # fmt: skip
        whole = "whole letter" if how == "text" else how
        _codes(lexicon, f"{name}, held letters by their {whole}", told, ".80 (.90) / .90 (.96)")
        _signs(lexicon, f"{name}, held, {whole}", told)


def _held_talk(lexicon: Lexicon) -> None:
    """Print of every writer of bench/talk_held.csv, from which nothing is learned, how his matters and his talk are read."""
    rows = _table("talk_held.csv")
    for writer in dict.fromkeys(row["writer"] for row in rows):
        own = [{**row, "sealed": row["sealed"] == "1"} for row in rows if row["writer"] == writer]
        matters, talk = ([row for row in own if row["kind"] == kind] for kind in ("matter", "talk"))
        _codes(lexicon, f"short lines of `{writer}`, held out", matters, ".75 (.85) / .87 (.93)")
        _signs(lexicon, f"short lines of `{writer}`", matters)
        _ordinary(lexicon, f"group talk of `{writer}`", talk, matters)


# Seven classes, or any other labels.


def _labelled(lexicon: Lexicon, files: Mapping[str, Sequence[Line]]) -> None:
    if not files:
        return
    taught = [(row["text"], row["label"]) for rows in files.values() for row in rows if not _held(row)]
    begun = time.perf_counter()
    rows = learn(taught, lexicon.segmenter, lexicon.spelling, MOST)
    print(f"learned from {len(taught)} lines: {len(rows)} rows in {time.perf_counter() - begun:.0f} s   bar {MOST}")
    cells = [{"code": row.code, "word": row.word, "weight": str(row.weight), "match": row.match} for row in rows]
    table = compile_topics([Row("learned", at, each) for at, each in enumerate(cells, 2)], sounds=lexicon.sounds)
    for name, lines in files.items():
        held = [row for row in lines if _held(row)]
        full = "subject" in lines[0]
        one, two = (".875 (.90)", ".96 (.975)") if full else (".84 (.87)", ".92 (.95)")
        _labels(lexicon, table, name, held, one, two)
        typos = _Typos(lexicon)
        wrong = [{**row, "text": typos.into(row["text"])} for row in held]
        _labels(lexicon, table, f"{name}, 10 % typos", wrong, "–" if full else ".79 (.84)", "–")


def _held(row: Line) -> bool:
    """One id in five, the same on every machine; subject and full text of one message fall on the same side."""
    return zlib.crc32(str(row["id"]).encode()) % 5 == 0


def _labels(lexicon: Lexicon, table: TopicRules, name: str, rows: Sequence[Line], one: str, two: str) -> None:
    read = [classify_with(lexicon, table, row["text"]) for row in rows]
    told = [row["label"] for row in rows]
    either = sum(label in (reading.code, reading.second) for label, reading in zip(told, read, strict=True))
    _print(f"{name}: macro-F1", f"{_macro_f1(told, [reading.code for reading in read]):.3f}", one)
    _print(f"{name}: top-2", f"{either / len(rows):.3f} of {len(rows)}", two)


def _macro_f1(told: Sequence[str], read: Sequence[str | None]) -> float:
    labels = sorted(set(told))
    pairs = Counter(zip(told, read, strict=True))
    said, guessed = Counter(told), Counter(read)
    return sum(2 * pairs[label, label] / (said[label] + guessed[label]) for label in labels) / len(labels)


class _Typos:
    """Replaces one Han letter in ten by another of the same sound, always the same ones."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sounds = lexicon.sounds.table
        self._same: dict[Any, list[str]] = {}
        for letter, sound in self._sounds.items():
            self._same.setdefault(sound, []).append(chr(letter))
        self._chance = random.Random(7)

    def into(self, text: str) -> str:
        return "".join(map(self._letter, text))

    def _letter(self, letter: str) -> str:
        others = [each for each in self._same.get(self._sounds.get(ord(letter)), []) if each != letter]
        return self._chance.choice(others) if others and self._chance.random() < TYPOS else letter


# Our own codes and signs.


def _codes(lexicon: Lexicon, what: str, rows: Sequence[Line], bar: str) -> None:
    """`also` names codes that are right as well."""
    first = either = asked = 0
    for row in rows:
        reading, right = classify(lexicon, row["text"]), {row["code"], *_also(row)}
        first += reading.code in right
        either += reading.code in right or reading.second in right
        asked += reading.ask
    count = len(rows)
    _print(f"{what}: top-1 / top-2", f"{first / count:.3f} / {either / count:.3f} of {count}", bar)
    _print(f"{what}: asked back", f"{asked / count:.3f}", "no bar")


def _also(row: Line) -> Iterable[str]:
    also = row.get("also") or ()
    return also.split() if isinstance(also, str) else also


def _signs(lexicon: Lexicon, name: str, rows: Sequence[Line]) -> None:
    read = [(row, classify(lexicon, row["text"])) for row in rows]
    _share(f"{name}, urgency right", (reading.urgency == row["urgency"] for row, reading in read), ".85 (.93)")
    if read[0][0].get("type"):
        _share(f"{name}, type right", (reading.type == row["type"] for row, reading in read), "no bar")
    both = sum(bool(row["sealed"] and reading.sealed) for row, reading in read)
    should, did = sum(bool(row["sealed"]) for row, _ in read), sum(bool(reading.sealed) for _, reading in read)
    told = f"{both}/{should} = {both / should:.3f} / {both / did:.3f}"
    _print(f"{name}, sealed recall / precision", told, ".90 (1.0) / .80 (.9)")


# Authors of their own, so to say. Unread and never learned from: one half of the fifth, the seventh (cries that mostly name
# their danger) and the thirteenth. All others were measured once before the wording was fitted with them (docs/rules.md).
_DANGER_SETS = {
    "fifth": "fifth set, half not looked at",
    "seventh": "seventh set",
    "thirteenth": "thirteenth set",
    "followed": "what is said on of a matter, looked at, not learned from",
    "first tuned": "first set, tuned on since",
    "second half tuned": "second set, one half, tuned on since",
    "tuned": "second set, half tuned on",
    "third tuned": "third set, tuned on since",
    "fourth half tuned": "fourth set, one half, tuned on since",
    "fourth tuned": "fourth set, half tuned on",
    "fifth tuned": "fifth set, half tuned on",
    "sixth tuned": "sixth set, tuned on",
    "eighth half tuned": "eighth set, one half, tuned on since",
    "eighth tuned": "eighth set, half tuned on",
    "ninth tuned": "ninth set, tuned on since",
    "tenth tuned": "tenth set, tuned on since",
    "eleventh tuned": "eleventh set, tuned on since",
    "twelfth tuned": "twelfth set, tuned on since",
    "fourteenth tuned": "fourteenth set, tuned on since",
    "played tuned": "what was said in play, tuned on",
    "followed tuned": "what is said on of a matter or a danger, tuned on",
}


def _danger(lexicon: Lexicon, name: str, rows: Sequence[Line]) -> None:
    cries = [row["text"] for row in rows if row["kind"] != "calm"]
    calm = [row["text"] for row in rows if row["kind"] == "calm"]
    _share(f"P0 alarmed, {name}", (_alarms(lexicon, text) for text in cries), ".97 (1.0)")
    missed = [text for text in cries if not _alarms(lexicon, text)]
    quiet = sum(_is_quiet(classify(lexicon, text)) for text in missed)
    _print("  misses neither P1 nor asked about", f"{quiet} of {len(missed)}", "0")
    if calm:
        _share("false alarms on look-alikes", (_alarms(lexicon, text) for text in calm), "≤ .05 (0)")
        _share("  look-alikes asked about", (_asks(lexicon, text) for text in calm), "no bar")


def _daily(lexicon: Lexicon, rows: Sequence[Line]) -> None:
    """Ordinary complaints: the first set was learned from, and `tuned`; the others were not."""
    for name in dict.fromkeys(row["set"] for row in rows):
        texts = [row["text"] for row in rows if row["set"] == name]
        _share(f"ordinary complaints, {name} set: P0 alarmed", (_alarms(lexicon, text) for text in texts), "no bar")
        _share("  asked about", (_asks(lexicon, text) for text in texts), "no bar")


def _alarms(lexicon: Lexicon, text: str) -> bool:
    danger = look_for_danger(lexicon, text)
    return danger is not None and danger.certain


def _asks(lexicon: Lexicon, text: str) -> bool:
    danger = look_for_danger(lexicon, text)
    return danger is not None and not danger.certain


def _is_quiet(reading: Reading) -> bool:
    return reading.danger is None and reading.urgency != "P1"


def _ordinary(lexicon: Lexicon, name: str, rows: Sequence[Line], matters: Sequence[Line]) -> None:
    """`matters` are lines that should be found: without their recall a rate of false alarms says nothing."""
    found = [is_a_matter(lexicon, row["text"]).matter for row in matters if not row["code"].startswith("OT")]
    _share(f"{name}: taken for a matter", (is_a_matter(lexicon, row["text"]).matter for row in rows), "≤ .05 (.02)")
    _share("  at recall of matters", found, "≥ .80")


def _same(lexicon: Lexicon, name: str, rows: Sequence[Line]) -> None:
    said = [say_standard(lexicon, row["subject"]) for row in rows]
    spread = spread_of(said)
    facts = [facts_of(text, classify(lexicon, text).code, spread, len(said)) for text in said]
    right = proposed = pairs = 0
    for (one, first), (other, second) in combinations(zip(rows, facts, strict=True), 2):
        same, near = one["cluster"] == other["cluster"], same_matter_score(first, second) >= SAME
        right, proposed, pairs = right + (same and near), proposed + near, pairs + same
    told = f"{right / max(1, proposed):.3f} / {right / max(1, pairs):.3f} over {pairs} pairs"
    _print(f"{name}, same matter: precision / recall", told, "no bar")


# Speed and size.

_LOADING = """
import time
def resident(): return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
bare, begun = resident(), time.perf_counter()
from pathlib import Path
from nlp.segment import Segmenter
from nlp.lexicon import compile_lexicon
from nlp.words import classify
from storage.rulebook import read_tables
lexicon = compile_lexicon(read_tables(Path("rules")).rows, Segmenter(accelerated=False))
lexicon.segmenter.load()
classify(lexicon, "路灯坏了")
took = time.perf_counter() - begun
print(f"{'tables loaded, plain jieba':<58} {took:.2f} s   bar 1 (0.4)")
print(f"{'memory of the room (with Python itself)':<58} {resident() - bare:.0f} ({resident():.0f}) MB   bar 120")
import tempfile
from bot.kept_lexicon import open_lexicon
with tempfile.TemporaryDirectory() as cache:
    for _ in range(2):
        begun = time.perf_counter()
        open_lexicon(None, Path(cache), print).segmenter.load()
    print(f"{'tables loaded as they were kept':<58} {time.perf_counter() - begun:.2f} s")
"""


def _speed(texts: Sequence[str]) -> None:
    lines = [text for text in texts if 20 <= len(text) <= 30]
    tables = read_tables(RULES).rows
    for name, accelerated, bar in (("plain jieba", False, "4,000"), ("rjieba", True, "15,000 (40,000)")):
        lexicon = compile_lexicon(tables, Segmenter(accelerated=accelerated))
        if accelerated and not lexicon.segmenter.is_accelerated():
            print("rjieba is not installed: pip install rjieba")
            continue
        took = _best(lambda lexicon=lexicon: [classify(lexicon, text) for text in lines])  # type: ignore[misc]
        _print(f"classify, {name}, 20 to 30 letters", f"{len(lines) / took:,.0f} lines/s", bar)


def _best(run: Callable[[], object], times: int = 7) -> float:
    """Give the shortest of several runs in seconds, the first left out."""
    run()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _fresh(code: str) -> str:
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HERE.parent)
    return ran.stdout


def _share(what: str, right: Iterable[bool], bar: str) -> None:
    each = list(right)
    _print(what, f"{sum(each)}/{len(each)} = {sum(each) / len(each):.3f}", bar)


def _print(what: str, figure: str, bar: str) -> None:
    print(f"{what:<58} {figure}   bar {bar}")


if __name__ == "__main__":
    main(sys.argv[1:])
