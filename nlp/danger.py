"""Is somebody in danger right now? The first look at every text of every scene, so it must cost next to nothing.

Two looks are laid over each other: patterns (what the words say outright) and single letters and pairs with weights for
and against danger (what the wording sounds like). Either alone may alarm or ask; very calm wording turns a pattern's
alarm into a question.

A find inside an idiom (热死了, 火锅) is none. A find that is past, supposed, told or seen on a screen is uncertain: one
question is asked. A cry for help in the same message makes even those certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.patterns import Groups
from nlp.rules import BadRule, Cue, CueTable, Row, read_cues, read_pattern, table_of
from nlp.tone import Tone, compile_tone

KINDS = (
    "fire", "gas", "drowning", "collapse", "flood", "shock", "traffic", "violence", "suicide", "missing", "poison",
    "medical",
)  # fmt: skip
NUMBERS = ("110", "119", "120", "122", "12356")
EFFECTS = ("no", "ask", "sure")
WHERES = ("over", "before", "near")

SIDES = ("danger", "calm")
# In tenths of a logit. Measured: docs/rules.md.
ALARM, ASK, CALM = 20, 0, -40
CALM_LETTER = 0
LONGEST = 40
"""Letters that are weighed together; weights add up, so a long letter must not be taken as one cry."""
SPOKEN = 80
"""Longer texts are letters. They tell of dangers calmly: to alarm, the words around a find must sound like a cry."""
_LOOKS = 30

_CLAUSE = "，。！？,!?；;\n"
_SENTENCE = re.compile(r"[。！？!?；;\n]+")
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
    tone: Tone


def compile_danger(rows: Sequence[Row], unless: Iterable[Row], words: Sequence[Row], groups: Groups) -> DangerRules:
    """Compile the three tables; contexts of one effect, place and kinds become one expression. Raises BadRule."""
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
    ordered = sorted(contexts, key=lambda each: EFFECTS.index(each.effect))
    return DangerRules(cues, tuple(ordered), compile_tone(words, SIDES))


def find_danger(rules: DangerRules, text: str) -> Danger | None:
    """Return the most urgent danger in a normalised text, or None. Never raises."""
    return judge_danger(rules, text, rules.cues.find(text))


def judge_danger(rules: DangerRules, text: str, found: list[tuple[Cue, int]]) -> Danger | None:
    """Return the most urgent danger among the cues found and in the wording, or None."""
    tone = sounds_of_danger(rules, text)
    if not found and tone < ASK:
        return None
    judged = [(cue, _judge(rules, text, cue, at), at) for cue, at in found]
    held = [cue for cue, verdict, _ in judged if verdict != "no"]
    certain = [cue for cue, verdict, at in judged if verdict == "sure" and _is_alarming(rules, text, at, tone)]
    if held:
        chosen = min(certain or held, key=lambda cue: _ORDER[cue.value])
        why = tuple(cue.pattern.text for cue in (certain or held) if cue.value == chosen.value)
        return Danger(chosen.value, chosen.note, bool(certain), why, any(cue.value == "suicide" for cue in held))
    # Every find stood in a harmless context, or the text is calmed: only a very alarming wording is asked about.
    doubtful = bool(judged) or (tone >= ASK and _is_calmed(rules, text))
    if len(text) > SPOKEN:
        doubtful, tone = True, tone - ALARM  # many sentences are many chances to sound alarming
    if tone < (ALARM if doubtful else ASK):
        return None
    return _by_tone(rules, text, certain=tone >= ALARM and not doubtful)


def _is_alarming(rules: DangerRules, text: str, at: int, tone: int) -> bool:
    """Whether the words around a find do not sound too calm for it."""
    if len(text) <= LONGEST:
        return tone >= CALM
    around = rules.tone.weigh(text[max(0, at - LONGEST // 2) : at + LONGEST // 2])
    return around >= (CALM if len(text) <= SPOKEN else CALM_LETTER)


def _is_calmed(rules: DangerRules, text: str) -> bool:
    """Whether a harmless idiom, a past or a supposition stands in the text and no cry for help beside it."""
    effects = {context.effect for context in rules.contexts if context.regex.search(text)}
    return not effects.isdisjoint({"no", "ask"}) and "sure" not in effects


def sounds_of_danger(rules: DangerRules, text: str) -> int:
    """Return how much the most alarming sentence sounds like a cry for help, in tenths of a logit."""
    if len(text) <= LONGEST:
        return rules.tone.weigh(text)
    looks = [
        sentence[start : start + LONGEST]
        for sentence in _SENTENCE.split(text[: LONGEST * _LOOKS])
        for start in range(0, max(1, len(sentence) - LONGEST // 2), LONGEST // 2)
    ]
    return max(map(rules.tone.weigh, looks[:_LOOKS]), default=rules.tone.base)


# Letters that tell what danger a wording without a known pattern means, and whom to call; the first that is met.
_HINTS = (
    ("suicide", "12356", "活跳吊绳遗"),
    ("violence", "110", "打砍刀杀抢绑掐"),
    ("fire", "119", "火烧烟着燃"),
    ("drowning", "119", "水河井塘渠淹沉冲"),
    ("collapse", "119", "塌埋压垮砸困"),
    ("traffic", "122", "车撞轧翻"),
    ("shock", "120", "电"),
    ("missing", "110", "找丢见踪回"),
)


def _by_tone(rules: DangerRules, text: str, certain: bool) -> Danger:
    kind, number = next(((kind, number) for kind, number, hint in _HINTS if any(map(text.count, hint))), ("", ""))
    return Danger(kind or "medical", number or "120", certain, rules.tone.loudest(text), kind == "suicide")


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
