"""Everything this room knows, compiled from plain rows.

A Lexicon is frozen and may be read by many threads. Bad rules raise BadRule naming file and row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.danger import (
    DangerRules,
    compile_danger,
)
from nlp.danger_parts import greeting_of
from nlp.normalise import Respelling, Spelling, compile_spelling
from nlp.patterns import Groups, Joint
from nlp.rules import BadRule, CueTable, Row, read_cues, refuse_doubles, table_of
from nlp.segment import SHARED, Segmenter
from nlp.signs import MARKS, TYPES, URGENCIES
from nlp.sounds import Sounds, compile_sounds
from nlp.spoken import CUES, Spoken, compile_spoken
from nlp.topics import Topic, TopicRules, compile_topics


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything this room knows, compiled. `topics` are the facts of each code; `accusing` those of them by which
    somebody in office is accused; `spoken` and `written`: what a short text and a letter tell of urgency, of the kind of
    request, of sealing and of being a matter at all."""

    spelling: Spelling
    sounds: Sounds
    segmenter: Segmenter
    topics: Mapping[str, Topic]
    accusing: frozenset[str]
    rules: TopicRules
    danger: DangerRules
    signs: CueTable
    joint: Joint
    spoken: Spoken
    written: Spoken
    greeting: re.Pattern[str]


def compile_lexicon(tables: Mapping[str, Sequence[Row]], segmenter: Segmenter = SHARED) -> Lexicon:
    """Compile all tables of this room from plain rows by table name. Raises BadRule naming file, row and mend."""
    spelling = _spelling(tables)
    sounds = compile_sounds(tables.get("dialect_sounds", ()))
    groups = _groups(tables.get("word_groups", ()))
    topics = _topics(tables.get("topics_list", ()))
    signs = read_cues(tables.get("urgency", ()), "level", groups, URGENCIES)
    signs += read_cues(tables.get("topics_types", ()), "type", groups, TYPES)
    signs += read_cues(tables.get("topics_sealed", ()), "mark", groups, MARKS)
    spoken, met = compile_spoken(tables.get("spoken", ()), groups, topics)
    signs += met
    written, more = compile_spoken(tables.get("written", ()), groups, topics, {*CUES, *(cue.value for cue in met)})
    signs += more
    rules = compile_topics(tables.get("topics", ()), topics, groups, spelling, sounds)
    danger = compile_danger(tables, groups)
    # One pass over the letters serves all four tables; in this order the sections are told apart by index.
    joint = Joint(
        [*(cue.pattern for cue in danger.cues.cues), *danger.tone.patterns],
        [*rules.patterns, *(cue.pattern for cue in signs)],
    )
    accusing = frozenset(code for code, topic in topics.items() if topic.accuses)
    return Lexicon(
        spelling,
        sounds,
        segmenter,
        topics,
        accusing,
        rules,
        danger,
        table_of(signs),
        joint,
        spoken,
        written,
        greeting_of(groups),
    )


def _spelling(tables: Mapping[str, Sequence[Row]]) -> Spelling:
    rows = tables.get("dialect", ())
    refuse_doubles(rows, ("said",))
    said = [
        Respelling(row.cells["said"], row.cells["standard"], tuple(row.cells.get("unless", "").split())) for row in rows
    ]
    letters = {row.cells["said"]: row.cells["standard"] for row in tables.get("dialect_traditional", ())}
    return compile_spelling(said, letters)


_NO_WORD = re.compile(r"[{}()]|^\||\|\||\|$")


def _groups(rows: Sequence[Row]) -> Groups:
    """The words of each group as they stand: a group holds no other group and no choices. Raises BadRule."""
    for row in rows:
        if found := _NO_WORD.search(row.cells["words"]):
            raise BadRule(row, f"bad_pattern:{found[0]}", "词|词|词")
    return {row.cells["name"]: tuple(row.cells["words"].split("|")) for row in rows}


def _topics(rows: Sequence[Row]) -> dict[str, Topic]:
    refuse_doubles(rows, ("code",))
    topics = {}
    for row in rows:
        cell = row.cells
        if cell["urgency"] not in ("P1", "P2", "P3"):
            raise BadRule(row, f"unknown_urgency:{cell['urgency']}", "P1,P2,P3")
        handlers = tuple(cell.get("handlers", "").split())
        sealed = cell.get("sealed", "") == "1"
        code = cell["code"]
        topics[code] = Topic(
            code, cell["top"], cell["title"], cell.get("seed_class", ""), handlers, cell["urgency"], sealed
        )
    return topics
