"""What the table of short texts is learned from and measured on (bench/spoken_refit.py): every line with its labels."""

from __future__ import annotations

import csv
import importlib.util
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
TESTS = HERE.parent / "tests" / "nlp"
HELD = HERE / "talk_held.csv"
LETTERS = HERE / "letters_lines.csv"
SEEN = ("lines", "examples")
"""Whose lines the topics were fitted on: there they are surer than of what they have not seen."""


class Given(NamedTuple):
    """A text, who wrote it, and its labels: P0 to P3, the kind of request, "1" sealed or "0" open, `matter` or `talk`;
    each "" where it is not known."""

    writer: str
    text: str
    urgency: str = ""
    kind: str = ""
    sealed: str = ""
    what: str = ""


def learned_from(files: Iterable[Path]) -> Iterator[Given]:
    """Yield what is learned from, `files` being development files."""
    told = [
        *_table(HERE / "topics_lines.csv", "lines"),
        *_table(HERE / "talk_lines.csv", "talk"),
        *_table(HERE / "urgency_lines.csv", "urgency"),
        *_table(HERE / "seal_lines.csv", "seal"),
        *_other(),
        *_tested(),
        *(
            Given("written", row["subject"], row["urgency"], row["type"], row["sealed"], "matter")
            for row in _rows(LETTERS)
        ),
    ]
    held = {each.text for each in held_back()}
    yield from (each for each in told if each.text not in held)
    for file in files:
        yield from _filed(file)


def held_back() -> Iterator[Given]:
    """Yield what is never learned from."""
    return _table(HELD, HELD.stem)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def _table(file: Path, name: str) -> Iterator[Given]:
    for row in _rows(file):
        writer = row.get("writer") or row.get("voice") or name
        kind = row.get("kind", "")
        what = {"example": "matter", "counter": ""}.get(kind, kind)
        yield Given(writer, row["text"], row.get("urgency", ""), row.get("type", ""), row.get("sealed", ""), what)


def _other() -> Iterator[Given]:
    """Yield lines that were labelled for something else: talk, ordinary complaints, examples, cries from home."""
    for row in _rows(HERE / "topics_talk.csv"):
        yield Given("older talk", row["text"], sealed="0", what="talk")
    for row in _rows(HERE / "topics_daily.csv"):
        if row["set"] in ("first", "tuned"):
            yield Given("daily", row["text"], sealed="0", what="matter")
    for file in (RULES / "topics_examples.csv", HERE / "topics_more.csv"):
        for row in _rows(file):
            if row["kind"] == "example":
                yield Given("examples", row["text"], what="matter")
    for row in _rows(HERE / "topics_danger.csv"):
        if row["set"].endswith("tuned"):
            if row["kind"] in ("home", "calm"):
                yield Given("cries", row["text"], sealed=str(int(row["kind"] == "home")))
            if row["kind"] != "calm":
                yield Given("alarmed", row["text"], urgency="P0")
    for line in (TESTS / "danger_alarms.txt").read_text("utf-8").splitlines():
        yield Given("alarmed", line.split(" ", 1)[1], urgency="P0")


def _tested() -> Iterator[Given]:
    """Yield what the tests hold true of urgency, of sealing and of talk."""
    names = ("test_signs", "test_sealing", "test_chatter", "test_danger")
    signs, sealing, chatter, danger = map(_module, names)
    for text in (*signs["URGENT_ALL_THE_SAME"], *danger["A_LITTLE_LIKE_ONE"]):
        yield Given("tested", text, urgency="P1")
    for test in signs.values():
        for mark in getattr(test, "pytestmark", ()):
            names = mark.args[0]
            if "level" in names or "urgency" in names:
                for each in mark.args[1]:
                    told = dict(zip(names, each, strict=True))
                    sealed = str(int(told["is_sealed"])) if "is_sealed" in told else ""
                    urgency = told.get("level") or told["urgency"]
                    yield Given("tested", told.get("text", ""), urgency=urgency, sealed=sealed)
    for name, sealed in (("HURT_AT_HOME", 1), ("OFFICE_ACCUSED", 1), ("UNNAMED", 1), ("NOBODY_HURT", 0),
                         ("NOBODY_ACCUSED", 0), ("NO_SECRET", 0)):  # fmt: skip
        for text in signs[name]:
            yield Given("tested", text, sealed=str(sealed))
    for name, sealed in (("WORDED_SEALED", 1), ("WORDED_OPEN", 0)):
        for text in sealing[name]:
            yield Given("tested", text, sealed=str(sealed))
    for name, what in (("STATED", "matter"), ("TALKED", "talk")):
        for text in chatter[name]:
            yield Given("tested", text, what=what)


def _module(name: str) -> Mapping[str, Any]:
    spec = importlib.util.spec_from_file_location(name, TESTS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(TESTS / f"{name}.py")
    tested = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tested)
    return vars(tested)


def _filed(file: Path) -> Iterator[Given]:
    labels = _labels()
    for given in map(json.loads, file.read_text("utf-8").splitlines()):
        if "src" in given:
            yield Given("ordinary", given["text"], sealed="0", what="talk")
        elif told := _told_of(given, labels, "subjects"):
            yield told._replace(text=given["subject"])


def letters_from(files: Iterable[Path]) -> Iterator[Given]:
    """Yield letters, each as its text and as subject with text; of those in FILES one in five belongs to a writer, by its id."""
    for row in _rows(LETTERS):
        yield from _both(Given("written", "", row["urgency"], row["type"], row["sealed"]), row["subject"], row["body"])
    labels = _labels()
    for file in files:
        for given in map(json.loads, file.read_text("utf-8").splitlines()):
            if told := _told_of(given, labels, "town"):
                fifth = zlib.crc32(str(given["id"]).encode()) % 5
                told = told._replace(writer=f"{told.writer} {fifth}")
                yield from _both(told, given["subject"], given.get("body") or given["text"])


def _both(told: Given, subject: str, text: str) -> Iterator[Given]:
    yield told._replace(text=text)
    yield told._replace(text=f"{subject.strip()}。{text.strip()}")


def _labels() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in _rows(HERE / "topics_letters.csv")}


def _told_of(given: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]], writer: str) -> Given | None:
    """Return the labels of a letter, by who gave them: the readers of the file, or those of bench/topics_letters.csv."""
    label = given if "urgency" in given else labels.get(str(given.get("id")))
    if not label or not label["urgency"] or "subject" not in given:
        return None
    by = "village" if "urgency" in given else writer
    return Given(by, "", label["urgency"], label["type"], str(int(label["sealed"])), "matter")
