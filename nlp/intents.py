"""Intents: what somebody wants, from the words of rules/intents, with its slots and with what still must be asked.

Order of judgement: a whole message that is a listed form; else the forms found at its head or in its first characters
weighed together with its likeness to all that is known of each intent. A message that looks both like a command and
like a matter is a matter for a villager and a command for a cadre (conversation.md §6, rule 4). No segmenter is
needed: importing this costs milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from nlp.forms import REACH, Entry
from nlp.intent_rules import LEADS, ROLES, BadIntents, Form, Intent, Intents, Label, compile_intents, marks_of
from nlp.lazy import regex
from nlp.likeness import UNIT, Speaking, pieces_of
from nlp.plain_reports import FOREIGN, NEAR, ONLY_BY_FORM, POINTS_PER_LOG, REPORT
from nlp.said import Said
from nlp.when_base import Calendar

__all__ = ["BadIntents", "Intents", "Understanding", "compile_intents", "normalise", "recognise"]

_EARLY = 12  # a command begins within the first 12 characters (conversation.md §6, rule 3)
_FREE = frozenset(("report", "consult", "chat"))  # what free words can be
_FAMILIAR = 0.14  # measured: paraphrases share .47 of their pieces with their intent, strange texts .03
_THINGS = frozenset("栏箱机墙牌室台屏柜亭桌椅板厅楼")  # 投票箱, 公示栏, 会议室 are things, no commands
_TROUBLE = 70.0  # how many points a word of trouble is worth to a villager's complaint
_FAR_BELOW = 25.0  # likeness further below the best than this says no more


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood. `question` is a code of what to ask (None: nothing), `asked` the data of that question.

    `alternatives` are at most three intents it might be. `certain` says that the whole message is a listed command
    form, so that a matter that merely sounds like a command can stay a matter. `inner` are slots for our own handlers.
    `momentary`: said at another moment the same words would mean another day.
    """

    intent: str | None
    slots: Mapping[str, object] = field(default_factory=dict)
    question: str | None = None
    asked: Any = None
    alternatives: tuple[str, ...] = ()
    certain: bool = False
    inner: Mapping[str, object] = field(default_factory=dict)
    momentary: bool = False


_BRACKETS = regex(r"\[[^\[\]]{1,8}\]|@[^\s@]{1,20}[\s:,]|^@[^\s@]{1,6}$")
_FULL_NUMBER = regex(r"(?<![A-Za-z0-9])[A-Za-z]{1,8}-?\d{6}-?(\d{3,})(?!\d)")
_DIGIT = regex(r"\d")
_EDGE = " ,，。.!！~～、;；:：?？…"


def normalise(intents: Intents, text: str) -> str:
    """Give the text in half width, simplified command words, homophones mended, brackets and spaces tidied."""
    text = text[:2000].replace("，", ",")  # by far the commonest
    if intents.unlike.search(text):
        text = text.translate(intents.letters)
    if "[" in text or "@" in text:
        text = _BRACKETS.sub(" ", text)
    text = " ".join(text.split())
    return intents.swap.sub(lambda match: intents.swaps[match[0]], text)


def core_of(intents: Intents, text: str) -> str:
    """Give the normalised text without salutation, fillers and politeness around it."""
    text = text.strip(_EDGE)
    for _ in range(4):
        shorter = text
        if intents.leads is None or shorter[:1] in intents.leads:
            shorter = _without_lead(intents, shorter)
        tail = intents.words["politeness"].search(shorter, max(0, len(shorter) - intents.tail))
        if tail and tail.start() > 0:
            shorter = shorter[: tail.start()].rstrip(_EDGE)
        if shorter == text:
            break
        text = shorter
    return text


def _without_lead(intents: Intents, text: str) -> str:
    for name in LEADS:
        match = intents.words[name].match(text)
        if match and match.end() < len(text):
            text = text[match.end() :].lstrip(_EDGE)
    return text


class _Hit(NamedTuple):
    """A form that fits: how well, where it ends, and whether the whole message is that form."""

    form: Form
    score: float
    end: int
    certain: bool


class _Reading(NamedTuple):
    """One label the message may have, with its score and the form that speaks for it, if any."""

    name: str
    label: Label
    score: float
    hit: _Hit | None


def recognise(intents: Intents, text: str, role: str, now: datetime, calendar: Calendar) -> Understanding:
    """Say what the message wants. `role` is villager or cadre; anything else is taken as villager. Never raises."""
    role = role if role in ROLES else "villager"
    clean = normalise(intents, text)
    if not clean.strip(_EDGE):
        return Understanding("help" if "?" in clean else "chat")
    core = core_of(intents, clean)
    short = _FULL_NUMBER.sub(lambda match: match[1], core) if _DIGIT.search(core) else core
    hits = _hits(intents, short, role) or (_hits(intents, clean, role) if core != clean else [])
    spoken = intents.likeness[role].speaking(pieces_of(core)) if not hits else None
    if spoken and (plain := intents.plain_reports[role]) is not None and plain.holds(spoken):
        return _TWO_REPORTS if _TWO_MATTERS.match(core) else _ONE_REPORT
    safe = [hit for hit in hits if hit.form.intent != "danger"]
    asks_danger = len(safe) < len(hits) and intents.words["harmless"].search(core) is not None
    readings = _readings(intents, core, role, safe if asks_danger else hits, spoken)
    best = _judged(intents, core, role, readings)
    if best is not None and _is_strange(intents, core, role, best):
        best = next((reading for reading in readings if reading.label.intent in _FREE), best)
    if best is None:
        return Understanding("chat", question="danger_now" if asks_danger else None)
    said = Said(core, short[best.hit.end :] if best.hit else short, now, calendar)
    understood = _filled(intents.entries[role][best.label.intent], best, said, readings)
    return _with_danger(understood) if asks_danger else understood


def _is_strange(intents: Intents, core: str, role: str, best: _Reading) -> bool:
    """Tell whether too little of the message was ever seen with what it seems to be: then it is free words."""
    if best.label.intent in _FREE or (best.hit is not None and best.hit.certain):
        return False
    pieces = pieces_of(core, ())
    label = best.hit.form.label if best.hit is not None else best.name
    needed = _FAMILIAR if best.hit is None else _FAMILIAR / 2
    return not intents.likeness[role].is_familiar(pieces, label, needed)


def _with_danger(understood: Understanding) -> Understanding:
    sure, momentary = understood.certain, understood.momentary
    return Understanding(understood.intent, understood.slots, "danger_now", certain=sure, momentary=momentary)


def _hits(intents: Intents, core: str, role: str) -> list[_Hit]:
    edged = core.strip(_EDGE)
    whole = intents.whole[role].get(edged)
    if whole is None and " " in edged:
        whole = intents.whole[role].get(core.replace(" ", "").strip(_EDGE))
    hits = [] if whole is None else [_Hit(whole, 120 - 5 * whole.foreign, len(core), True)]
    near = intents.openings[role].may_match(core, edged)
    found = _tried(near, core) if near is not None else []
    # Several count in the order of the index, which also knows how far their words are looked for.
    if near is None or len(found) > 1 or (found and found[0].end > REACH):
        found = _tried(intents.index[role].candidates(core[:REACH]), core)
    return hits + found


def _tried(entries: Iterable[Entry[Form]], core: str) -> list[_Hit]:
    """Give the forms that fit, each once."""
    hits: dict[int, _Hit] = {}
    for pattern, form in entries:
        hit = _try(pattern, form, core)
        if hit is not None:
            hits[id(form)] = hit
    return list(hits.values())


def _try(pattern: re.Pattern[str], form: Form, core: str) -> _Hit | None:
    if form.mode == "says":
        match = pattern.search(core, 0, 80)
        return None if match is None or match.start() > _EARLY else _holding(form, match, core)
    if form.mode == "heads":
        match = pattern.match(core)
        return None if match is None else _begun(form, match.end(), core)
    if pattern.fullmatch(core.strip(_EDGE)) is None:
        return None
    return _Hit(form, 110 - _penalty(form), len(core), True)


def _penalty(form: Form) -> int:
    return 16 * form.foreign - form.weight


def _begun(form: Form, end: int, core: str) -> _Hit:
    cut = end == len(core) or not ("\u4e00" <= core[end] <= "\u9fff")
    base = 60 if cut else 0 if core[end] in _THINGS else 34
    return _Hit(form, base + 4 * min(form.least, 10) - _penalty(form), end, cut)


def _holding(form: Form, match: re.Match[str], core: str) -> _Hit:
    nearly_all = match.end() - match.start() >= 0.8 * len(core)
    score = 30 + 4 * min(form.least, 10) - match.start() - _penalty(form) + 20 * nearly_all
    return _Hit(form, score, match.end(), nearly_all)


def _readings(intents: Intents, core: str, role: str, hits: Iterable[_Hit], spoken: Speaking | None) -> list[_Reading]:
    """Give every label worth a thought, best first: forms and likeness added up."""
    best: dict[str, _Hit] = {}
    for hit in hits:
        if hit.form.label not in best or hit.score > best[hit.form.label].score:
            best[hit.form.label] = hit
    labels = intents.labels[role]
    if any(hit.certain and hit.score > 100 for hit in best.values()):
        readings = [_Reading(label, labels[label], hit.score, hit) for label, hit in best.items()]
        return sorted(readings, key=lambda reading: -reading.score)
    likeness = intents.likeness[role]
    known, said = spoken or likeness.speaking(pieces_of(core))
    marked, told = likeness.speaking(marks_of(core, intents.words))
    logs = likeness.scores((known + marked, said + told))
    top = max(logs, default=0)
    least = top - _FAR_BELOW / UNIT
    kept = _FREE | best.keys()
    near = [(label, log) for label, log in zip(likeness.names, logs, strict=True) if log > least or label in kept]
    readings = []
    for label, log in near:
        own = best.get(label)
        if own is None and label in ONLY_BY_FORM:
            continue
        facts = labels[label]
        score = own.score if own is not None else -FOREIGN * facts.foreign
        fall = (log - top) * UNIT
        score += (fall if fall > -4 * _FAR_BELOW else -4 * _FAR_BELOW) / POINTS_PER_LOG
        readings.append(_Reading(label, facts, score, own))
    return sorted(readings, key=lambda reading: -reading.score)


def _judged(intents: Intents, core: str, role: str, readings: list[_Reading]) -> _Reading | None:
    """A villager's complaint that sounds like a command stays a complaint; a cadre's command stays a command."""
    if not readings:
        return None
    best = readings[0]
    if (best.hit is not None and (best.hit.certain or best.hit.form.keeps)) or best.label.keeps:
        return best
    if role == "cadre" and not best.label.foreign:
        return best
    report = next((reading for reading in readings if reading.label.intent == "report"), None)
    if report is None or report.score + _TROUBLE < best.score or not intents.words["trouble"].search(core):
        return best
    return report


def _filled(entry: Intent, best: _Reading, said: Said, readings: Iterable[_Reading]) -> Understanding:
    slots: dict[str, object] = {}
    inner: dict[str, object] = {}
    for name, reader in entry.readers.items():
        value = reader(said)
        if value is not None:
            (inner if name in entry.inner else slots)[name] = value
    slots.update(best.label.fixed)
    certain = best.hit is not None and best.hit.certain
    near = [reading.label.intent for reading in readings if reading.score > best.score - NEAR]
    others = tuple(name for name in dict.fromkeys(near) if name != entry.name)[:2]
    if others and not certain:
        names = (entry.name, *others)
        return Understanding(entry.name, slots, "which_intent", names, names, certain, inner, said.is_momentary)
    question, asked = _asked(entry, slots, said)
    return Understanding(entry.name, slots, question, asked, (), certain, inner, said.is_momentary)


# Slots whose time lies ahead: a past one is asked.
_AHEAD = frozenset(("starts_at", "date", "closes_at", "until", "due"))


# Not made anew for each of the many complaints.
_ONE_REPORT = Understanding(REPORT)
_TWO_REPORTS = Understanding(REPORT, question="split")
# Two matters in one message are told apart after asking (topics.md §5.3).
_TWO_MATTERS = regex(r".{4,60}?(?:另外|再一个|再就是|还有个|还有一件|第二件)\S*.{2,}")
# A slot is not asked for where another one says the same.
_INSTEAD = {"time": frozenset(("starts_at",)), "days": frozenset(("until", "due"))}


def _asked(entry: Intent, slots: Mapping[str, object], said: Said) -> tuple[str | None, Any]:
    """Give what must still be asked: a doubtful or past time first, then the first slot that is missing."""
    if said.asked is not None and not _AHEAD.isdisjoint(entry.readers):
        return said.asked
    if entry.name in ("report", "add", "anonymous") and _TWO_MATTERS.match(said.text):
        return "split", None
    for name in entry.ask:
        if name not in slots and not (_INSTEAD.get(name, frozenset()) & slots.keys()):
            return f"ask_{name}", None
    return None, None
