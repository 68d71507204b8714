"""Is somebody in danger right now? The first look at every text of every scene, so it must cost next to nothing.

A find inside an idiom (热死了, 火锅) is none. A find that is past, supposed, told or seen on a screen is uncertain: one
question is asked. A cry for help in the same message makes even those certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.patterns import Groups
from nlp.rules import BadRule, Cue, CueTable, Row, read_cues, read_pattern, table_of

KINDS = (
    "fire", "gas", "drowning", "collapse", "flood", "shock", "traffic", "violence", "suicide", "missing", "poison",
    "medical",
)  # fmt: skip
NUMBERS = ("110", "119", "120", "122", "12356")
EFFECTS = ("no", "ask", "sure")
WHERES = ("over", "before", "near")

_CLAUSE = "，。！？,!?；;\n"
_BEFORE = 14
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Danger:
    """What threatens whom to call, and whether it is sure enough to alarm without asking. `why` are the words found."""

    kind: str
    number: str
    certain: bool
    why: tuple[str, ...]
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """One row of the contexts: what it does to a find, where it has to stand, and for which kinds (empty: all)."""

    effect: str
    where: str
    regex: re.Pattern[str]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DangerRules:
    cues: CueTable
    contexts: tuple[Context, ...]


def compile_danger(rows: Sequence[Row], unless: Iterable[Row], groups: Groups) -> DangerRules:
    """Compile both tables; contexts of one effect, place and kinds become one expression. Raises BadRule."""
    for row in rows:
        if row.cells["number"] not in NUMBERS:
            raise BadRule(row, f"unknown_number:{row.cells['number']}", ",".join(NUMBERS))
    cues = table_of(read_cues(rows, "kind", groups, KINDS, note="number"))
    gathered: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for row in unless:
        effect, where = row.cells["effect"], row.cells["where"]
        kinds = tuple(row.cells.get("kinds", "").split())
        for cell, known in ((effect, EFFECTS), (where, WHERES), *((kind, KINDS) for kind in kinds)):
            if cell not in known:
                raise BadRule(row, f"unknown_value:{cell}", ",".join(known))
        gathered.setdefault((effect, where, kinds), []).append(read_pattern(row, "pattern", groups).source)
    contexts = [Context(key[0], key[1], re.compile("|".join(parts)), key[2]) for key, parts in gathered.items()]
    return DangerRules(cues, tuple(sorted(contexts, key=lambda each: EFFECTS.index(each.effect))))


def find_danger(rules: DangerRules, text: str) -> Danger | None:
    """Return the most urgent danger in a normalised text, or None. Never raises."""
    return judge_danger(rules, text, rules.cues.find(text))


def judge_danger(rules: DangerRules, text: str, found: list[tuple[Cue, int]]) -> Danger | None:
    """Return the most urgent danger among the cues found, or None if each is taken back by its context."""
    if not found:
        return None
    judged = [(cue, _judge(rules, text, cue, at)) for cue, at in found]
    held = [(cue, verdict) for cue, verdict in judged if verdict != "no"]
    if not held:
        return None
    certain = [cue for cue, verdict in held if verdict == "sure"]
    chosen = min(certain or [cue for cue, _ in held], key=lambda cue: _ORDER[cue.value])
    why = tuple(cue.pattern.text for cue in (certain or [cue for cue, _ in held]) if cue.value == chosen.value)
    sealed = any(cue.value == "suicide" for cue, _ in held)
    return Danger(chosen.value, chosen.note, bool(certain), why, sealed)


# Whom to call first if several are found: what kills in minutes stands before what takes hours.
_ORDER = {
    kind: place
    for place, kind in enumerate(
        ("suicide", "gas", "shock", "drowning", "poison", "violence", "fire", "traffic", "collapse", "flood",
         "medical", "missing")
    )
}  # fmt: skip


def _judge(rules: DangerRules, text: str, cue: Cue, at: int) -> str:
    """Return no, ask or sure for one find."""
    end = _end_of(cue, text, at)
    asked = False
    for context in rules.contexts:
        if context.kinds and cue.value not in context.kinds:
            continue
        if not _holds(context, text, at, end):
            continue
        if context.effect == "no":
            return "no"
        if context.effect == "ask":
            asked = True
        elif asked:
            return "sure"
    return "ask" if asked else "sure"


def _end_of(cue: Cue, text: str, at: int) -> int:
    if cue.pattern.rest is None:
        return at + max(len(word) for word in cue.pattern.anchors if text.startswith(word, at))
    found = cue.pattern.rest.regex.match(text, at)
    return found.end() if found else at + 1


def _holds(context: Context, text: str, at: int, end: int) -> bool:
    if context.where == "over":
        for hit in context.regex.finditer(text, max(0, at - 12), end + 12):
            if hit.start() < end and hit.end() > at:
                return True
        return False
    if context.where == "before":
        start = max(text.rfind(mark, 0, at) for mark in _CLAUSE) + 1
        return context.regex.search(text, max(start, at - _BEFORE), end) is not None
    return context.regex.search(text, max(0, at - _NEAR), end + _NEAR) is not None
