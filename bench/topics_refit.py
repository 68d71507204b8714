"""Fit rules/topics.csv anew: `python -m bench topics_refit OUT [FILE…] [--from TABLE] [--without FIFTH]`.

It learns from rules/topics_examples.csv, bench/topics_more.csv (examples the shipped table did not read right once), the
lines of talk and the invented letters of many writers (bench/topics_lines.csv, talk_lines.csv, letters_lines.csv),
tests/nlp/unseen_chat.txt and the letters in our codes among the files: a file of {"id","subject","body","code","also"}, or
one of {"id","text"} whose ids stand in bench/topics_letters.csv (no texts; of each letter its subject and its text are read).
Of the shipped table (or another) rows are kept, with less weight, whose words none of these say. `--without 0` leaves every
fifth id and every fifth line out and tells how they are read: how well it generalises. Examples the new table reads wrongly
count twice as much in the next round; then what changes is told.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from nlp.examples import failing_examples
from nlp.learn import LearnedRow
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.refit import Line, refit
from nlp.words import classify
from storage.rule_rows import Row
from storage.rulebook import SHAPES, read_rows, read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
MORE = HERE / "topics_more.csv"
LINES = HERE / "topics_lines.csv"
TALKED = HERE / "talk_lines.csv"
LETTERS = HERE / "letters_lines.csv"
CHAT = HERE.parent / "tests" / "nlp" / "unseen_chat.txt"
LABELLED = replace(SHAPES["topics_examples"], optional=("urgency", "type", "sealed"))
ROUNDS = 4
BODY = 0.7
READER = 0.6
"""How much a letter's text counts beside its subject, and a code given by one reader beside one agreed upon."""
REAL = 2.0
"""How much a real letter counts beside an invented one."""


class Told(NamedTuple):
    """A line, the id by which it is held back, and the group its figures belong to."""

    group: str
    name: str
    line: Line


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    fifth, args = option(args, "--without")
    table, args = option(args, "--from")
    if not args:
        return print("python -m bench topics_refit OUT [FILE…] [--from TABLE] [--without FIFTH]")
    tables = dict(read_tables(RULES).rows)
    if table:
        tables["topics"] = read_rows(Path(table), SHAPES["topics"])
    lexicon = compile_lexicon(tables)
    tables["topics_examples"] = (*tables["topics_examples"], *read_rows(MORE, SHAPES["topics_examples"]))
    lines = _examples(read_rows(LINES, LABELLED), "lines")
    told = [*_examples(tables["topics_examples"]), *lines, *_chat(), *_written(), *_letters(map(Path, args[1:]))]
    taught = [each.line for each in told if not fifth or not is_held(each.name, fifth)]
    rows = _rounds(lexicon, tables, taught, bool(fifth))
    _write(Path(args[0]), rows)
    new = _with(tables, rows)
    print(f"{len(tables['topics'])} rows before, {len(rows)} after, from {len(taught)} lines")
    if fifth:
        _measure(new, [each for each in told if is_held(each.name, fifth)])
    changed = sum(classify(lexicon, line.text).code != classify(new, line.text).code for _, _, line in told)
    return print(f"read otherwise: {changed} of {len(told)} lines")


def option(args: list[str], name: str) -> tuple[str, list[str]]:
    """Return an option's value ("" where it is not given) and what remains."""
    if name not in args:
        return "", args
    at = args.index(name)
    return "".join(args[at + 1 : at + 2]), args[:at] + args[at + 2 :]


def is_held(name: str, fifth: str) -> bool:
    """Whether the line of that name is in that fifth (0 to 4) of them all, always the same one."""
    return zlib.crc32(name.encode()) % 5 == int(fifth)


def _examples(rows: Iterable[Row], group: str = "examples") -> Iterator[Told]:
    for row in rows:
        if row.cells["kind"] == "example":
            yield Told(group, row.cells["text"], Line(row.cells["text"], row.cells["code"]))


def _written() -> Iterator[Told]:
    """Yield the matters of many writers: lines of talk, and of letters the subject and the text."""
    for row in _table(TALKED):
        if row["code"]:
            yield Told("talk", row["text"], Line(row["text"], row["code"], tuple(row["also"].split())))
    for row in _table(LETTERS):
        also = tuple(row["also"].split())
        yield Told("written subjects", row["subject"], Line(row["subject"], row["code"], also))
        yield Told("written letters", row["subject"], Line(row["body"], row["code"], also, BODY))


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _chat() -> Iterator[Told]:
    for given in CHAT.read_text("utf-8").splitlines():
        code, _, text = given.partition(" ")
        if text:
            yield Told("dialect", text, Line(text, code))


def _letters(files: Iterable[Path]) -> Iterator[Told]:
    with (HERE / "topics_letters.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["id"]: (row["code"], tuple(row["also"].split())) for row in csv.DictReader(file) if row["code"]}
    for file in files:
        for given in map(json.loads, file.read_text("utf-8").splitlines()):
            name = str(given["id"])
            if "code" in given:
                also = tuple(given["also"])
                yield Told("village subjects", name, Line(given["subject"], given["code"], also, REAL))
                yield Told("village letters", name, Line(given["body"], given["code"], also, REAL * BODY))
            elif name in codes:
                code, also = codes[name]
                is_whole = "subject" in given
                line = Line(given["text"], code, also, REAL * READER * (BODY if is_whole else 1))
                yield Told("other letters" if is_whole else "other subjects", name, line)


def _rounds(
    lexicon: Lexicon, tables: dict[str, Sequence[Row]], lines: Sequence[Line], is_measured: bool
) -> list[LearnedRow]:
    """Fit until every example is read right; while measuring once, for held examples would have a say."""
    start = [
        LearnedRow(row.cells["code"], row.cells["word"], int(row.cells["weight"]), row.cells["match"])
        for row in tables["topics"]
    ]
    rows = refit(lexicon, start, lines)
    for _ in range(0 if is_measured else ROUNDS):
        failing = list(failing_examples(_with(tables, rows), tables["topics_examples"]))
        print(f"{len(failing)} examples fail")
        if not failing:
            break
        wrong = {each.text for each in failing}
        lines = [line._replace(weight=line.weight * 2) if line.text in wrong else line for line in lines]
        rows = refit(lexicon, start, lines)
    return rows


def _with(tables: dict[str, Sequence[Row]], rows: Sequence[LearnedRow]) -> Lexicon:
    cells = [{"code": row.code, "word": row.word, "weight": str(row.weight), "match": row.match} for row in rows]
    return compile_lexicon({**tables, "topics": [Row("topics", at, each) for at, each in enumerate(cells, 2)]})


def _measure(lexicon: Lexicon, held: Sequence[Told]) -> None:
    """Print how the lines left out are read, best code and one of the best two, group by group."""
    groups: dict[str, list[tuple[bool, bool]]] = {}
    for group, _, line in held:
        reading, right = classify(lexicon, line.text), {line.code, *line.also}
        groups.setdefault(group, []).append((reading.code in right, reading.second in right))
    for name, read in groups.items():
        first, either = sum(one for one, _ in read), sum(one or two for one, two in read)
        print(f"left out, {name}: {first}/{len(read)} = {first / len(read):.3f} / {either / len(read):.3f}")


def _write(out: Path, rows: Iterable[LearnedRow]) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("code", "word", "weight", "match", "unless"))
        table.writerows((row.code, row.word, row.weight, row.match, "") for row in rows)
