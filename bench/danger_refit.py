"""Fit how a cry for help is worded anew: `python -m bench danger_refit OUT [FILE…] [--without FIFTH]`.

OUT/danger_words.csv and OUT/danger_signs.csv are written. Learned from are cries and look-alikes (tests/nlp/danger_*.txt,
the sets of bench/topics_danger.csv that were tuned on) and, as calm lines, ordinary matters: the sets `first`, `tuned`
and `answers` of bench/topics_daily.csv, what is said to the service (tests/nlp/intent_lines.csv), the examples of matters that
are not urgent by themselves, talk and matters of many writers (bench/talk_lines.csv: P0 is a cry, P1 is neither), what is
said in the conversations of the tests as it was read before (bench/dialog_lines.csv), and JSON lines of {"subject"} or {"text"} in FILE (P1 by their `urgency` left out). No line of the sets that are held back is used. What a pattern says
outright is no calm line; where one found anything, a line counts once with the find and once as if nothing had been found.

Where something happens says nothing of what happens: some lines, cries and calm ones alike, are learned from a second time
behind the name of a spot. `--without 0` starts from nothing, leaves a fifth of every source out (lines that stand together,
for neighbours resemble each other) and tells how they are read.
"""

from __future__ import annotations

import ast
import csv
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from nlp.danger import VERDICTS
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.refit_tone import Pull, ToneLine, ToneWeights, refit_tone
from nlp.tone import ALWAYS
from nlp.words import Wording, look_for_danger, wording_of
from storage.rule_rows import Row
from storage.rulebook import read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
TESTS = HERE.parent / "tests" / "nlp"
NEAR = frozenset({"DS02", "PS01"})
"""Violence at home and illness: examples of them may be cries."""
CALLS = frozenset({"danger", "human", "report", "add", "affairs"})
"""What is said to the service that may be a cry, or is a matter."""
FILED, TALK, EXAMPLE, DAILY, ANSWERED = 0.3, 0.5, 0.7, 2.0, 4.0
"""How much a line of a file (or an order), of talk, an example, an ordinary complaint and an answer counts beside a cry."""
DIALOGS = (("none", False, TALK), ("sure", True, FILED), ("ask", False, 1.6), ("ask", True, 0.6))
"""The same of what is said in the conversations of the tests; what is asked about there is a cry one time in three."""
FOLLOWED = 0.15
"""The same for what is said on of a matter (水还在流): the matter itself tells there that it is no cry (handlers/danger_before.py)."""
UNFOUND = 0.25
"""The part of a line with a find that counts as if nothing had been found."""
LEAN = 2
"""Points given to every wording in the end: a missed cry is worse than a false alarm, and the many calm lines weigh."""
SPOTTED = 0.5
"""How much a line counts the second time, behind a spot. Every example does so, every second cry and look-alike."""
_SPOTS = (
    "村口 桥头 大槐树下 老井边 井边 河边 河坝边 水塘边 鱼塘边 水库边 渠边 卫生室旁边 "
    "卫生院门口 学校门口 小学旁边 幼儿园门口 电线杆旁边 变压器旁边 锅炉房旁边 煤气站旁边 "
    "药店门口 敬老院门口 老人活动室门口 晒场 打谷场 祠堂门口 后山脚下 山坡上 崖下 沟边 "
    "公厕旁边 化粪池旁边 加油站旁边 村委会门口 广场上 小卖部门口 铁路边 公路边 坟地边 "
    "屠宰场旁边 农药店门口 派出所旁边 "
)
_JOINTS = ("", " ", "的", "一带")


class Told(NamedTuple):
    """A line, its source, and which fifth of it."""

    source: str
    text: str
    is_cry: bool
    weight: float
    fifth: int


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    at = args.index("--without") if "--without" in args else len(args)
    fifth = int(args[at + 1]) if at < len(args) else None
    args = args[:at] + args[at + 2 :]
    if not args:
        return print("python -m bench danger_refit OUT [FILE…] [--without FIFTH]")
    tables = dict(read_tables(RULES).rows)
    lexicon = compile_lexicon(tables)
    told = list(_told(lexicon, args[1:]))
    lines = list(_lines(lexicon, [each for each in told if each.fifth != fifth]))
    pull, tone = Pull(), lexicon.danger.tone
    if fifth is not None:
        pull, tone = pull._replace(keep=0.0), replace(tone, weights={}, base=0, known=frozenset())
    weights = refit_tone(tone, lines, pull)
    weights = weights._replace(base=weights.base + LEAN)
    print(f"{len(tables['danger_words'])} rows before, {len(weights.words) + 1} after, from {len(lines)} lines")
    new = {"danger_words": _words(weights), "danger_signs": _signs(tables["danger_signs"], weights)}
    out = Path(args[0])
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in new.items():
        _write(out / f"{name}.csv", rows)
    after = compile_lexicon({**tables, **{name: _rows(name, rows) for name, rows in new.items()}})
    return _measure(lexicon, after, [each for each in told if fifth is None or each.fifth == fifth])


def _told(lexicon: Lexicon, files: Iterable[str]) -> Iterator[Told]:
    danger = _table(HERE / "topics_danger.csv")
    held = {row["text"] for row in danger if "tuned" not in row["set"]}
    cries = [line.split(" ", 1)[1] for line in (TESTS / "danger_alarms.txt").read_text("utf-8").splitlines()]
    alike = (TESTS / "danger_lookalikes.txt").read_text("utf-8").splitlines()
    sources = {("tests", True): (cries, 1.0), ("tests", False): (alike, 1.0)}
    for name in sorted({row["set"] for row in danger if "tuned" in row["set"]}):
        for is_cry in (True, False):
            texts = [row["text"] for row in danger if row["set"] == name and (row["kind"] != "calm") == is_cry]
            sources[name, is_cry] = texts, 1.0 if is_cry or not name.startswith("followed") else FOLLOWED
    daily = _table(HERE / "topics_daily.csv")
    for name, weight in (("first", DAILY), ("tuned", DAILY), ("answers", 1.0)):
        sources[f"daily {name}", False] = [row["text"] for row in daily if row["set"] == name], weight
    sources["answered", False] = _answers(), ANSWERED
    dialogs = _table(HERE / "dialog_lines.csv")
    for verdict, is_cry, weight in DIALOGS:
        lines = [row["text"] for row in dialogs if row["danger"] == verdict]
        sources[f"dialogs, {verdict}", is_cry] = lines, weight
    orders = [row["text"] for row in _table(TESTS / "intent_lines.csv") if row["intent"] not in CALLS]
    sources["orders", False] = orders, FILED
    sources["examples", False] = list(_examples(lexicon)), EXAMPLE
    talk = _table(HERE / "talk_lines.csv")
    for writer in dict.fromkeys(row["writer"] for row in talk):
        own = [row for row in talk if row["writer"] == writer]
        sources[f"{writer} cries", True] = [row["text"] for row in own if row["urgency"] == "P0"], 1.0
        for urgency, name in (("", "talk"), ("P2", "P2"), ("P3", "P3")):
            sources[f"{writer} {name}", False] = [row["text"] for row in own if row["urgency"] == urgency], TALK
    for file in files:
        sources[Path(file).stem, False] = list(_filed(Path(file))), FILED
    for (source, is_cry), (texts, weight) in sources.items():
        for at, text in enumerate(texts):
            if text not in held:
                yield Told(source, text, is_cry, weight, at * 5 // len(texts))


def _answers() -> list[str]:
    """What tests/nlp/test_danger.py holds to be no cry: answers that name people."""
    tree = ast.parse((TESTS / "test_danger.py").read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ANSWERS":
            return list(ast.literal_eval(node.value))
    return []


def _examples(lexicon: Lexicon) -> Iterator[str]:
    for file in (RULES / "topics_examples.csv", HERE / "topics_more.csv"):
        for row in _table(file):
            if row["code"] not in NEAR and lexicon.topics[row["code"]].urgency != "P1":
                yield row["text"]


def _filed(file: Path) -> Iterator[str]:
    for given in map(json.loads, file.read_text("utf-8").splitlines()):
        if given.get("urgency") not in ("P0", "P1"):
            yield given.get("subject") or given["text"]


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _lines(lexicon: Lexicon, told: Iterable[Told]) -> Iterator[ToneLine]:
    for each in told:
        wording = wording_of(lexicon, each.text)
        if wording is None or (each.weight < 1 and wording.found == VERDICTS["sure"]):
            continue
        yield from _weighed(each, wording, each.weight)
        number = zlib.crc32(each.text.encode())
        if each.weight != FILED and (number % 2 == 0 or each.weight in (DAILY, EXAMPLE)):
            spots = _SPOTS.split()
            spot = spots[number // 7 % len(spots)] + _JOINTS[number // 3 % len(_JOINTS)]
            yield from _weighed(each, wording._replace(text=spot + wording.text), each.weight * SPOTTED)


def _weighed(told: Told, wording: Wording, weight: float) -> Iterator[ToneLine]:
    if wording.found is not None:
        yield ToneLine(wording.text, told.is_cry, wording.found, weight * (1 - UNFOUND))
        weight *= UNFOUND
    yield ToneLine(wording.text, told.is_cry, wording.alone, weight)


def _side(points: int) -> dict[str, str]:
    return {"side": "danger" if points > 0 else "calm", "weight": str(abs(points))}


def _words(weights: ToneWeights) -> list[dict[str, str]]:
    # 119 and 120 stand in cries; as letters they would make one of 进度 119.
    points = {word: point for word, point in weights.words.items() if not any(letter.isdecimal() for letter in word)}
    points[ALWAYS] = weights.base
    order = sorted(points, key=lambda word: (points[word] < 0, -abs(points[word]), word))
    return [{"side": "", "word": word, **_side(points[word])} for word in order]


def _signs(rows: Sequence[Row], weights: ToneWeights) -> list[dict[str, str]]:
    return [{**row.cells, **_side(points)} for row, points in zip(rows, weights.signs, strict=True)]


def _rows(name: str, cells: Sequence[Mapping[str, str]]) -> list[Row]:
    return [Row(name, line, each) for line, each in enumerate(cells, 2)]


def _write(file: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        names = ("side", "word", "weight") if "word" in rows[0] else list(rows[0])
        table = csv.DictWriter(out, names, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def _measure(before: Lexicon, after: Lexicon, told: Sequence[Told]) -> None:
    """Print of every source how many are alarmed and how many asked about, by the shipped rules and by the new ones."""
    for source, is_cry in dict.fromkeys((each.source, each.is_cry) for each in told):
        texts = [each.text for each in told if (each.source, each.is_cry) == (source, is_cry)]
        figures = [_alarmed_and_asked(lexicon, texts) for lexicon in (before, after)]
        old, new = (f"{alarmed / len(texts):.3f} + {asked / len(texts):.3f}" for alarmed, asked in figures)
        name = f"{source}, {'cries' if is_cry else 'calm'}: alarmed + asked"
        print(f"{name:<50} {new}   of {len(texts)}   (shipped {old})")


def _alarmed_and_asked(lexicon: Lexicon, texts: Iterable[str]) -> tuple[int, int]:
    found = [danger.certain for text in texts if (danger := look_for_danger(lexicon, text)) is not None]
    return sum(found), len(found) - sum(found)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
