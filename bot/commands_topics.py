"""`youshi classify` and `youshi rules`: what a text is about, and the rule tables that say so."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from bot.kept_lexicon import open_lexicon
from bot.rule_faults import OWN_RULES, fault_line
from bot.rule_files import RULES, faults_beside_topics
from nlp.examples import failing_examples
from nlp.explaining import explain, sealed_for, told_for
from nlp.learn import LearnedRow, learn
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.rules import BadRule, Fired
from nlp.segment import Segmenter
from nlp.sounds import Sounds
from nlp.topics import CONTRACT, TopicRules, compile_topics
from nlp.words import Reading, classify_with
from nlp.words import classify as read_text
from storage.rule_rows import Row
from storage.rulebook import SHAPES, RuleFault, Tables, read_rows, read_tables

_CACHE = click.option(
    "--data-dir", envvar="YOUSHI_DATA_DIR", type=click.Path(path_type=Path), hidden=True, help="Where caches go."
)

# Rows named by `rules check` at once; each costs a second.
MOST_NAMED = 20
_dump = json.JSONEncoder(ensure_ascii=False).encode


# All that a table of other labels needs of the shipped ones: how words are spelled and sound.
_SPELLING = ("dialect", "dialect_traditional", "dialect_sounds")


def _lexicon(rules_dir: Path | None, data_dir: Path | None, *, is_whole: bool = True) -> Lexicon:
    try:
        return open_lexicon(rules_dir, data_dir, _say) if is_whole else _spelling(rules_dir, data_dir)
    except BadRule as wrong:
        raise click.ClickException(fault_line(wrong)) from wrong


def _spelling(rules_dir: Path | None, data_dir: Path | None) -> Lexicon:
    tables = read_tables(RULES, rules_dir)
    for fault in tables.faults:
        _say(fault)
    return compile_lexicon({name: tables.rows[name] for name in _SPELLING if name in tables.rows}, Segmenter(data_dir))


def _say(fault: RuleFault) -> None:
    click.echo(fault_line(fault), err=True)


@click.command()
@click.option("--rules", "file", type=click.Path(path_type=Path), help="A table written by `rules learn`.")
@OWN_RULES
@_CACHE
def classify(file: Path | None, rules_dir: Path | None, data_dir: Path | None) -> None:
    """Read JSON lines {"id","text"} and write what each is about, one JSON line each, in order."""
    lexicon = _lexicon(rules_dir, data_dir, is_whole=file is None)
    table = _foreign_table(file, lexicon.sounds) if file else None
    write = sys.stdout.write
    for given in sys.stdin:
        if given.strip():
            write(_answer(lexicon, table, given) + "\n")


def _foreign_table(file: Path, sounds: Sounds) -> TopicRules:
    try:
        return compile_topics(read_rows(file, SHAPES["topics"]), sounds=sounds)
    except (RuleFault, BadRule) as wrong:
        raise click.ClickException(fault_line(wrong)) from wrong


def _answer(lexicon: Lexicon, table: TopicRules | None, given: str) -> str:
    try:
        line = json.loads(given.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        line = None
    if not isinstance(line, dict):
        return _dump({"id": None, "error": "这一行不是 JSON"})
    text = line.get("text")
    if not isinstance(text, str):
        return _dump({"id": line.get("id"), "error": "缺少 text，或它不是文字"})
    try:
        text.encode()
        reading = read_text(lexicon, text) if table is None else classify_with(lexicon, table, text)
        answer = _dump({"id": line.get("id"), **as_json(reading)})
        answer.encode()
    except (UnicodeEncodeError, RecursionError):  # half a character, a file that is no UTF-8; an endless id
        return _dump({"id": None, "error": "里面有不是文字的东西，请存成 UTF-8"})
    return answer


def as_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as the outer contract spells it."""
    return {
        "code": reading.code,
        "top": reading.top,
        "second": reading.second,
        "type": reading.type,
        "confidence": round(reading.confidence, 4),
        "margin": round(reading.margin, 4),
        "urgency": reading.urgency,
        "why": [{"word": fired.word, "weight": fired.weight} for fired in reading.why],
        "alternatives": [{"code": code, "confidence": round(share, 4)} for code, share in reading.alternatives],
        "ask": reading.ask,
        "sealed": reading.sealed,
        "parts": None if reading.sealed is None else list(reading.parts),
    }


@click.group()
def rules() -> None:
    """Check, explain and learn the rule tables."""


@rules.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@OWN_RULES
def check(file: Path | None, rules_dir: Path | None) -> None:
    """Name every faulty row (of a file that is no table, the first), every failing example and what it lost to."""
    if file is not None and file.is_file():
        count = len(_checked_file(file))
        click.echo(f"{file.name} 没有问题，{count} 行。")
        return
    tables = read_tables(RULES, file if file is not None else rules_dir)
    problems = list(_problems(tables))
    for problem in problems:
        click.echo(problem)
    if problems:
        raise click.ClickException(f"共 {len(problems)} 处要改。")
    click.echo(f"规则没有问题：{sum(map(len, tables.rows.values()))} 行。")


def _checked_file(file: Path) -> Sequence[object]:
    shape = SHAPES.get(file.stem.removesuffix("_local"), SHAPES["topics"])
    try:
        rows = read_rows(file, shape)
        if shape is SHAPES["topics"]:
            compile_topics(rows)
    except (RuleFault, BadRule) as wrong:
        raise click.ClickException(fault_line(wrong)) from wrong
    return rows


def _problems(tables: Tables) -> Iterator[str]:
    """Every fault once: what two files are both read by would be named twice."""
    yield from dict.fromkeys(map(fault_line, [*tables.faults, *faults_beside_topics(tables)]))
    faulty = list(_faulty_rows(tables))
    yield from faulty
    for failure in () if faulty else failing_examples(compile_lexicon(tables.rows), tables.rows["topics_examples"]):
        where = f"{failure.file} 第{failure.line}行"
        said = f"例句“{failure.text}”应是" if failure.kind == "example" else f"反例“{failure.text}”不该是"
        yield f"{where} {said} {failure.code}，读成了 {failure.read_as}：{_words(failure.stolen_by)}"


def _faulty_rows(tables: Tables) -> Iterator[str]:
    """Compiling stops at the first faulty row: it is named and left out until the rest can be compiled."""
    rows = dict(tables.rows)
    for _ in range(MOST_NAMED):
        try:
            compile_lexicon(rows)
            return
        except BadRule as wrong:
            yield fault_line(wrong)
            left: dict[str, Sequence[Row]] = {
                name: tuple(r for r in table if not _is_at(r, wrong)) for name, table in rows.items()
            }
            if all(len(left[name]) == len(rows[name]) for name in rows):
                return  # it names no row of its own
            rows = left
    yield f"前{MOST_NAMED}处先改，改好再查一遍"


def _is_at(row: Row, wrong: BadRule) -> bool:
    return row.line == wrong.row and row.file == wrong.file


def _words(fired: Iterable[Fired]) -> str:
    return "、".join(f"{each.word} {each.weight}" for each in fired) or "没有词"


@rules.command("learn")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Where the table goes (CSV).")
@click.option(
    "--from-ledger", is_flag=True, help="Show what the clerks' corrections (改类) would change; adopts nothing."
)
@click.option("--text-field", default="text", show_default=True)
@click.option("--label-field", default="label", show_default=True)
@click.option("--most", default=1100, show_default=True, type=click.IntRange(10, 100_000), help="Rows at most.")
@_CACHE
def learn_table(
    files: tuple[Path, ...],
    out: Path | None,
    from_ledger: bool,
    text_field: str,
    label_field: str,
    most: int,
    data_dir: Path | None,
) -> None:
    """Learn a table of weighted words from labelled JSON lines; the same lines give the same table."""
    if from_ledger:
        from bot.ledger_lessons import show_lessons

        return show_lessons(_lexicon(None, data_dir))
    if not files or out is None:
        raise click.UsageError("Missing argument 'LABELLED.jsonl'." if not files else "Missing option '--out'.")
    lines = [line for file in files for line in _labelled(file, text_field, label_field)]
    lexicon = _lexicon(None, data_dir, is_whole=False)
    with click.progressbar(length=1000, label=f"{len(lines)} 行", file=sys.stderr, width=30) as bar:
        told = [0]

        def progress(share: float) -> None:
            bar.update(max(0, int(share * 1000) - told[0]))
            told[0] = max(told[0], int(share * 1000))

        try:
            rows = learn(lines, lexicon.segmenter, lexicon.spelling, most, progress)
        except ValueError as wrong:
            raise click.ClickException("至少要有两种标签的句子才能学。") from wrong
    known = {row.code for row in rows} - {CONTRACT}
    mute = sorted({label for _, label in lines} - known)
    if mute:
        click.echo(f"这些标签没有自己的词，学不到：{'、'.join(mute[:MOST_NAMED])}", err=True)
    _write_table(out, rows)
    return click.echo(f"学好了：{len(lines)} 行，{len(known)} 种标签，{len(rows)} 个词，写在 {out}")


def _labelled(file: Path, text_field: str, label_field: str) -> Iterator[tuple[str, str]]:
    """Yield (text, label) of each line; a line that cannot be read stops the learning and is named."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise click.ClickException(f"{file} 打不开，或不是 UTF-8。") from wrong
    for number, given in enumerate(content.split("\n"), 1):
        if not given.strip():
            continue
        try:
            line = json.loads(given)
            text, label = line[text_field], line[label_field]
        except (ValueError, KeyError, TypeError, RecursionError) as wrong:
            raise click.ClickException(f"{file} 第{number}行 要有 {text_field} 和 {label_field} 两项。") from wrong
        if not (isinstance(text, str) and isinstance(label, str)):
            raise click.ClickException(f"{file} 第{number}行 {text_field} 和 {label_field} 都要是文字。")
        label = label.strip()
        if not label.isprintable() or label in ("", CONTRACT):
            raise click.ClickException(
                f"{file} 第{number}行 {label_field} 不能空着、不能是 {CONTRACT}，也不能有看不见的字符。"
            )
        yield text, label


def _write_table(out: Path, rows: Iterable[LearnedRow]) -> None:
    """Write the table the way rule files are kept: UTF-8 with BOM, whole or not at all."""
    half = out.with_name(out.name + ".part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with half.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(("code", "word", "weight", "match", "unless"))
            table.writerows((row.code, row.word, row.weight, row.match, "") for row in rows)
        half.replace(out)
    except OSError as wrong:
        raise click.ClickException(f"{out} 写不进去：{wrong.strerror}") from wrong


_URGENCY_BY = {"P1": "urgent", "P3": "waits"}
"""What speaks for an urgency; P2 is what neither speaks for, P0 is a danger."""


def _echo_told(what: str, fired: tuple[Fired, ...]) -> None:
    if fired:
        click.echo(f"{what}因为：{_words(fired)}")


@rules.command("explain")
@click.argument("text")
@click.option("--rules", "file", type=click.Path(path_type=Path), help="A table written by `rules learn`.")
@OWN_RULES
def explain_text(text: str, file: Path | None, rules_dir: Path | None) -> None:
    """Show which words fired with which weight, code by code."""
    lexicon = _lexicon(rules_dir, None, is_whole=file is None)
    table = _foreign_table(file, lexicon.sounds) if file else None
    reading = read_text(lexicon, text) if table is None else classify_with(lexicon, table, text)
    said, codes = explain(lexicon, text, table)
    if said != text:
        click.echo(f"读作：{said}")
    for code, share, fired in codes:
        title = lexicon.topics[code].title if table is None else ""
        click.echo(f"{code} {title} {share:.0%}：{_words(fired)}")
    if not codes:
        click.echo("没有认出是什么事。")
    if reading.danger is not None:
        sure = "" if reading.danger.certain else "（先问一句）"
        click.echo(f"危险：{reading.danger.kind} {reading.danger.number}{sure}：{'、'.join(reading.danger.why)}")
    if reading.sealed is not None:
        click.echo(f"类型 {reading.type}，急缓 {reading.urgency}，{'保密' if reading.sealed else '不保密'}")
        _echo_told("类型", told_for(lexicon, text, reading.type or ""))
    if reading.urgency in _URGENCY_BY:
        _echo_told("急缓", told_for(lexicon, text, _URGENCY_BY[reading.urgency]))
    if reading.sealed:
        _echo_told("保密", sealed_for(lexicon, text))
