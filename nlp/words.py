"""The room's two doors: `compile_lexicon` makes everything from plain rows, `classify` and its sisters read a text.

A Lexicon is frozen and may be read by many threads. Bad rules raise BadRule naming file and row; no text raises.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.danger import Danger, DangerRules, compile_danger, find_danger
from nlp.normalise import Respelling, Spelling, compile_spelling, normalise
from nlp.parts import split_matters
from nlp.patterns import Groups
from nlp.rules import BadRule, CueTable, Fired, Row, compile_cues, refuse_doubles
from nlp.segment import SHARED, Segmenter
from nlp.sounds import Sounds, compile_sounds
from nlp.topics import Scores, Topic, TopicRules, compile_topics, fired_for, rank, score, shares

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬")
LEVELS = ("P1", "P2", "P3", "petition")
MARKS = ("cadre", "blame", "accusation", "violence", "anonymous")
ASK_BELOW = 0.55
CHOICES = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything this room knows, compiled. `topics` are the facts of each code."""

    spelling: Spelling
    sounds: Sounds
    segmenter: Segmenter
    topics: Mapping[str, Topic]
    rules: TopicRules
    danger: DangerRules
    urgency: CueTable
    types: CueTable
    marks: CueTable


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is about. `code` is the best guess, also when `ask`; shares of `alternatives` follow, best first."""

    code: str | None
    top: str | None
    second: str | None
    type: str | None
    confidence: float
    margin: float
    urgency: str | None
    why: tuple[Fired, ...]
    alternatives: tuple[tuple[str, float], ...]
    ask: bool
    choices: tuple[str, ...]
    sealed: bool | None
    parts: tuple[str, ...]
    petition: bool
    danger: Danger | None


def compile_lexicon(tables: Mapping[str, Sequence[Row]], segmenter: Segmenter = SHARED) -> Lexicon:
    """Compile all tables of this room from plain rows by table name. Raises BadRule naming file, row and what mends it."""
    spelling = _spelling(tables)
    sounds = compile_sounds(tables.get("dialect_sounds", ()))
    groups = _groups(tables.get("word_groups", ()))
    topics = _topics(tables.get("topics_list", ()))
    return Lexicon(
        spelling,
        sounds,
        segmenter,
        topics,
        compile_topics(tables.get("topics", ()), topics, groups, spelling, sounds),
        compile_danger(tables.get("danger", ()), tables.get("danger_unless", ()), groups),
        compile_cues(tables.get("urgency", ()), "level", groups, LEVELS),
        compile_cues(tables.get("topics_types", ()), "type", groups, TYPES),
        compile_cues(tables.get("topics_sealed", ()), "mark", groups, MARKS),
    )


def _spelling(tables: Mapping[str, Sequence[Row]]) -> Spelling:
    rows = tables.get("dialect", ())
    refuse_doubles(rows, ("said",))
    said = [Respelling(row.cells["said"], row.cells["standard"], tuple(row.cells["unless"].split())) for row in rows]
    letters = {row.cells["said"]: row.cells["standard"] for row in tables.get("dialect_traditional", ())}
    return compile_spelling(said, letters)


def _groups(rows: Sequence[Row]) -> Groups:
    return {row.cells["name"]: tuple(row.cells["words"].split("|")) for row in rows}


def _topics(rows: Sequence[Row]) -> dict[str, Topic]:
    refuse_doubles(rows, ("code",))
    topics = {}
    for row in rows:
        cell = row.cells
        if cell["urgency"] not in ("P1", "P2", "P3"):
            raise BadRule(row, f"unknown_urgency:{cell['urgency']}", "P1,P2,P3")
        handlers = tuple(cell["handlers"].split())
        sealed = cell.get("sealed", "") == "1"
        topics[cell["code"]] = Topic(
            cell["code"], cell["top"], cell["title"], cell["seed_class"], handlers, cell["urgency"], sealed
        )
    return topics


def say_standard(lexicon: Lexicon, text: str) -> str:
    """Return the text as every rule sees it."""
    return normalise(lexicon.spelling, text)


def look_for_danger(lexicon: Lexicon, text: str) -> Danger | None:
    """Return who is in what danger, or None; `certain` means alarm at once, else ask one question. Never raises."""
    return find_danger(lexicon.danger, normalise(lexicon.spelling, text))


def classify(lexicon: Lexicon, text: str) -> Reading:
    """Read a text with the village's own rules: matter, runner-up, type, urgency, sealing. Never raises."""
    said = normalise(lexicon.spelling, text)
    rules = lexicon.rules
    scores = score(rules, lexicon.segmenter, said)
    danger = find_danger(lexicon.danger, said)
    kind = _type(lexicon, said)
    ranked = rank(rules, scores.points)
    split = split_matters(text, lambda part: _best(lexicon, part))
    return _reading(lexicon, said, scores, ranked, danger, kind, split)


def classify_with(lexicon: Lexicon, table: TopicRules, text: str) -> Reading:
    """Read a text with a table of other labels: the village's own axes are then None. Never raises."""
    scores = score(table, lexicon.segmenter, normalise(lexicon.spelling, text))
    ranked = rank(table, scores.points)
    order = _named(table, ranked)
    confidence = order[0][1] if order else 0.0
    margin = confidence - (order[1][1] if len(order) > 1 else 0.0)
    return Reading(
        code=order[0][0] if order else None,
        top=None,
        second=order[1][0] if len(order) > 1 else None,
        type=None,
        confidence=confidence,
        margin=round(margin, 4),
        urgency=None,
        why=fired_for(scores, ranked[0][0]) if ranked else (),
        alternatives=tuple(order[1:]),
        ask=confidence < ASK_BELOW,
        choices=tuple(code for code, _ in order[:CHOICES]) if confidence < ASK_BELOW else (),
        sealed=None,
        parts=(text,),
        petition=False,
        danger=None,
    )


def explain(
    lexicon: Lexicon, text: str, table: TopicRules | None = None
) -> tuple[str, list[tuple[str, float, tuple[Fired, ...]]]]:
    """Return the text as the rules see it, and for each code that got points its share and the words that fired."""
    rules = table or lexicon.rules
    said = normalise(lexicon.spelling, text)
    scores = score(rules, lexicon.segmenter, said)
    ranked = [each for each in rank(rules, scores.points) if each[0] in scores.points]
    parts = shares(ranked, rules.scale)
    return said, [
        (rules.codes[place], part, fired_for(scores, place)) for (place, _), part in zip(ranked, parts, strict=True)
    ]


def _named(rules: TopicRules, ranked: Sequence[tuple[int, float]]) -> list[tuple[str, float]]:
    return [
        (rules.codes[place], round(part, 4)) for (place, _), part in zip(ranked, shares(ranked, rules.scale), strict=True)
    ]


def _best(lexicon: Lexicon, part: str) -> str | None:
    points = score(lexicon.rules, lexicon.segmenter, normalise(lexicon.spelling, part)).points
    best = max(points, key=lambda place: points[place], default=None)
    return lexicon.rules.codes[best] if best is not None and points[best] >= 5 else None


def _reading(
    lexicon: Lexicon,
    said: str,
    scores: Scores,
    ranked: list[tuple[int, float]],
    danger: Danger | None,
    kind: str | None,
    parts: tuple[str, ...],
) -> Reading:
    order = _named(lexicon.rules, ranked)
    code = order[0][0] if order else None
    topic = lexicon.topics[code] if code else None
    cues = {cue.value for cue, _ in lexicon.urgency.find(said)}
    confidence = order[0][1] if order else 0.0
    margin = confidence - (order[1][1] if len(order) > 1 else 0.0)
    certain = danger is not None and danger.certain
    ask = not certain and (confidence < ASK_BELOW or danger is not None)
    marks = {cue.value for cue, _ in lexicon.marks.find(said)}
    sealed = _is_sealed(topic, marks) or (danger is not None and danger.sealed)
    return Reading(
        code,
        topic.top if topic else None,
        order[1][0] if len(order) > 1 else None,
        kind,
        confidence,
        round(margin, 4),
        "P0" if certain else _urgency(topic, kind, cues),
        fired_for(scores, ranked[0][0]) if ranked else (),
        tuple(order[1 : 1 + CHOICES]),
        ask,
        tuple(code for code, part in order[:CHOICES] if part >= 0.05) if ask else (),
        sealed,
        parts,
        "petition" in cues,
        danger,
    )


def _type(lexicon: Lexicon, said: str) -> str | None:
    points: dict[str, int] = {}
    for cue, _ in lexicon.types.find(said):
        points[cue.value] = points.get(cue.value, 0) + cue.weight
    return max(points, key=lambda kind: points[kind]) if points else "求助"


def _is_sealed(topic: Topic | None, marks: set[str]) -> bool:
    if marks & {"accusation", "violence", "anonymous"} or {"cadre", "blame"} <= marks:
        return True
    return topic is not None and topic.sealed


def _urgency(topic: Topic | None, kind: str | None, cues: set[str]) -> str:
    if cues & {"P1", "petition"}:
        return "P1"
    base = topic.urgency if topic else "P3"
    if "P2" in cues:
        return min(base, "P2")
    if "P3" in cues or kind in ("咨询", "建议", "表扬"):
        return "P3"
    return base
