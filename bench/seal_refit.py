"""Fit which wordings are sealed: `python -m bench seal_refit OUT [FILE…] [--without WRITER]`.

OUT/seal_words.csv and OUT/seal_signs.csv are written, the points of what else is known, which stand in nlp/sealing.py, are
printed. Learned from are, by writer: bench/seal_lines.csv (288 lines in many voices, half of them to be sealed, and the
lines of other tables that tell of violence at home), what tests/nlp/test_signs.py holds true, the lines and examples of
topics (GO02 and GO03 accuse somebody), cries from home, and as open lines everything else of bench/topics_*.csv that is no
held set and the JSON lines of {"subject"} or {"text"} in FILE. What the old marks seal already is no open line.

The topics have seen their own lines: of those every second reading is learned from as if they knew nothing. `--without
WRITER` leaves one writer out and tells how his lines are read; `--without all` does so with each.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import math
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bench.topics_refit import option
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.refit_tone import pieces_of
from nlp.sealing import ALWAYS, SEALS, Known, Sealing, known_from, told
from nlp.signs import signs_of
from nlp.topics import SHORT
from nlp.words import classify, hear
from storage.rulebook import read_tables

HERE = Path(__file__).parent
RULES = HERE.parent / "rules"
TESTS = HERE.parent / "tests" / "nlp"
OFFICE = frozenset({"GO02", "GO03"})
FAMILY = "DS02"
NEAR = frozenset({"GO01", "GO04", "GO05", "EC02", "SS01", "SS02"})
"""Matters beside which somebody in office is often blamed: their lines count less as open ones."""
SEALED, OTHER, BESIDE, FILED, CALM = 1.0, 0.5, 0.15, 0.15, 0.3
"""How much a line counts: one written for sealing, an ordinary one, one of NEAR, one of FILE, a look-alike of a cry."""
LINES, LEAST = 5, 2
"""Letters and pairs of fewer lines, or of fewer points, stay out."""
FIRM, SIGNS_FIRM, KNOWN_FIRM = 2.0, 0.3, 0.3
SWEEPS = 20
FURTHEST = 40.0
LIMITS = (-25, -20, -15, -10, -5, 0, 5)


class Line(NamedTuple):
    """A line, who wrote it, whether it must be sealed and how much it counts."""

    writer: str
    text: str
    is_sealed: bool
    weight: float
    is_known: bool = False


class Taught(NamedTuple):
    """A line as it is weighed: what is told, each with its value, and whether the marks seal it anyway."""

    line: Line
    told: Mapping[str, float]
    is_marked: bool
    weight: float


def main(args: list[str]) -> None:
    """Write OUT and print the figures."""
    without, args = option(args, "--without")
    if not args:
        return print("python -m bench seal_refit OUT [FILE…] [--without WRITER[,WRITER…]]")
    lexicon = compile_lexicon(read_tables(RULES).rows)
    silent = replace(lexicon, sealing=Sealing({}, SEALS - 10**6))  # so that the marks alone seal
    taught = [each for line in _lines(args[1:]) for each in _taught(silent, line)]
    writers = list(dict.fromkeys(each.line.writer for each in taught))
    if without:
        groups = [{writer} for writer in writers] if without == "all" else [set(without.split(","))]
        for left in groups:
            _show(lexicon, [each for each in taught if each.line.writer not in left], taught, left)
        return None
    weights = _show(lexicon, taught, taught, writers)
    _write(Path(args[0]), weights)
    return print({name[2:]: round(10 * weight) for name, weight in weights.items() if name[0] == "k"})


def _show(
    lexicon: Lexicon, learned: Sequence[Taught], taught: Sequence[Taught], writers: Iterable[str]
) -> dict[str, float]:
    """Fit, and print how the lines of those writers are read; return the weights."""
    weights = _fit(lexicon, learned)
    for writer in writers if isinstance(writers, list) else sorted(writers):
        _measure(writer, [each for each in taught if each.line.writer == writer], weights)
    return weights


def _lines(files: Iterable[str]) -> Iterator[Line]:
    """Yield every line once, as the first who tells of it does."""
    seen = set()
    for line in _all(files):
        if line.text not in seen:
            seen.add(line.text)
            yield line


def _all(files: Iterable[str]) -> Iterator[Line]:
    for row in _table(HERE / "seal_lines.csv"):
        yield Line(row["writer"], row["text"], row["sealed"] == "1", SEALED, row["writer"] == "family")
    yield from _tested()
    held = {row["text"] for name in ("topics_chat", "topics_chat_oblique") for row in _table(HERE / f"{name}.csv")}
    for name in (HERE / "topics_lines.csv", RULES / "topics_examples.csv", HERE / "topics_more.csv"):
        for row in _table(name):
            is_sealed = row["code"] in OFFICE and row["kind"] == "example"
            weight = SEALED if is_sealed else BESIDE if row["code"] in NEAR or row["kind"] != "example" else OTHER
            if row["text"] not in held:
                yield Line(_fifth(name.stem, row["text"]), row["text"], is_sealed, weight, True)
    for row in _table(HERE / "topics_danger.csv"):
        if row["set"].endswith("tuned") and row["kind"] in ("home", "calm"):
            is_sealed = row["kind"] == "home"
            yield Line("cries", row["text"], is_sealed, SEALED if is_sealed else CALM)
    for row in _table(HERE / "topics_daily.csv"):
        if row["set"] != "fourth":
            yield Line(_fifth("daily", row["text"]), row["text"], False, OTHER)
    for file in files:
        for given in map(json.loads, Path(file).read_text("utf-8").splitlines()):
            text = given.get("subject") or given["text"]
            yield Line(_fifth(Path(file).stem, text), text, False, FILED)


def _fifth(name: str, text: str) -> str:
    """Return the name of the fifth a line is in: those sources have no writers of their own to leave out."""
    return f"{name} {zlib.crc32(text.encode()) % 5}"


def _tested() -> Iterator[Line]:
    """Yield what the tests hold true."""
    spec = importlib.util.spec_from_file_location("tested", TESTS / "test_signs.py")
    if spec and spec.loader:
        tested = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(tested)
        for name in ("HURT_AT_HOME", "OFFICE_ACCUSED", "UNNAMED", "NOBODY_HURT", "NOBODY_ACCUSED", "NO_SECRET"):
            for text in getattr(tested, name):
                yield Line("tests", text, not name.startswith("NO"), SEALED)


def _table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _taught(lexicon: Lexicon, line: Line) -> Iterator[Taught]:
    """Yield a short line as it is weighed; once more as if the topics knew nothing, where they have seen it."""
    heard = hear(lexicon, line.text)
    if not 0 < len(heard.said) <= SHORT:
        return
    reading = classify(lexicon, line.text, heard)
    met = lexicon.signs.kept(heard.matter, heard.signs)
    shares = [(reading.code or "", reading.confidence), *reading.alternatives]
    known = known_from(shares, lexicon.accusing, reading.type or "", heard.danger)
    is_marked = bool(reading.sealed)
    if is_marked and not line.is_sealed:
        return
    words = {f"w:{piece}": 1.0 for piece in pieces_of(heard.matter)}
    words |= {f"s:{cue.pattern.text}": 1.0 for cue, _ in met if cue.axis == "side"}
    words["k:start"] = 1.0
    signs = signs_of(met)
    whole = words | {f"k:{name}": float(times) for name, times in told(signs, known)}
    yield Taught(line, whole, is_marked, line.weight * (0.5 if line.is_known else 1.0))
    if line.is_known:
        unknown = Known(0.0, 0.0, known.kind, known.is_violent)
        alone = words | {f"k:{name}": float(times) for name, times in told(signs, unknown)}
        yield Taught(line, alone, is_marked, line.weight * 0.5)


def _fit(lexicon: Lexicon, taught: Sequence[Taught]) -> dict[str, float]:
    """Return the weights of logistic regression with a square penalty; a sign never speaks for the other side."""
    counts = Counter(name for each in taught for name in each.told)
    names = [name for name in sorted(counts) if name[0] != "w" or counts[name] >= LINES]
    sides = {f"s:{cue.pattern.text}": 1 if cue.value == "sealed" else -1 for cue in lexicon.signs.cues}
    weights = _settled(taught, names, sides)
    kept = [name for name in names if name[0] != "w" or abs(weights[name]) * 10 >= LEAST]
    return _settled(taught, kept, sides)


def _settled(taught: Sequence[Taught], names: Iterable[str], sides: Mapping[str, int]) -> dict[str, float]:
    places: dict[str, list[tuple[int, float]]] = {name: [] for name in names}
    for at, each in enumerate(taught):
        for name, value in each.told.items():
            if value and name in places:
                places[name].append((at, value))
    points, right = [0.0] * len(taught), [each.line.is_sealed for each in taught]
    share, counted = [0.5] * len(taught), [each.weight for each in taught]
    weights = dict.fromkeys(places, 0.0)
    for name in sides.keys() & places.keys():
        weights[name] = 0.1 * sides[name]
        for at, value in places[name]:
            points[at] += weights[name] * value
    still: set[str] = set()
    for sweep in range(SWEEPS):
        if sweep % 5 == 0:
            still = set()
        for name, where in places.items():
            if name in still:
                continue
            firm = 0.0 if name == "k:start" else {"w": FIRM, "s": SIGNS_FIRM, "k": KNOWN_FIRM}[name[0]]
            slope, bend = -firm * weights[name], firm + 1e-6
            for at, value in where:
                part, count = share[at], counted[at]
                slope += count * value * (right[at] - part)
                bend += count * value * value * part * (1 - part)
            step = max(-1.0, min(1.0, slope / bend))
            side = sides.get(name, 0)
            if side and (weights[name] + step) * side < 0.1:
                step = 0.1 * side - weights[name]
            if abs(step) < 0.002:
                still.add(name)
            weights[name] += step
            for at, value in where:
                points[at] = new = points[at] + step * value
                share[at] = 1 / (1 + math.exp(-new)) if new > -FURTHEST else 0.0
    return weights


def _points(each: Taught, weights: Mapping[str, float]) -> float:
    return sum(round(10 * weights.get(name, 0.0)) * value for name, value in each.told.items())


def _measure(writer: str, held: Sequence[Taught], weights: Mapping[str, float]) -> None:
    """Print of one writer how many of his lines are sealed, and by points alone, from several limits on."""
    lines = list({each.line.text: each for each in reversed(held)}.values())
    should = [each for each in lines if each.line.is_sealed]
    open_ = [each for each in lines if not each.line.is_sealed]
    print(
        f"{writer}: {len(should)} sealed ({sum(each.is_marked for each in should)} by marks), {len(open_)} open", end=""
    )
    for limit in LIMITS:
        both = sum(each.is_marked or _points(each, weights) >= limit for each in should)
        wrong = sum(_points(each, weights) >= limit for each in open_)
        print(f" | {limit}: {both / max(1, len(should)):.3f} {wrong / max(1, len(open_)):.3f}", end="")
    print(flush=True)


def _write(out: Path, weights: Mapping[str, float]) -> None:
    points = {name[2:]: round(10 * weight) for name, weight in weights.items() if name[0] == "w"}
    points = {word: point for word, point in points.items() if abs(point) >= LEAST}
    points[ALWAYS] = round(10 * weights["k:start"])
    order = sorted(points, key=lambda word: (points[word] < 0, -abs(points[word]), word))
    words = [{"side": _side(points[word]), "word": word, "weight": str(abs(points[word]))} for word in order]
    signs = _table(RULES / "seal_signs.csv")
    for row in signs:
        row["weight"] = str(max(1, round(abs(10 * weights.get(f"s:{row['pattern']}", 0.1)))))
    for name, rows in (("seal_words", words), ("seal_signs", signs)):
        with (out / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)


def _side(points: int) -> str:
    return "sealed" if points > 0 else "open"


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
