"""Intents: what somebody wants, from the words of rules/intents, with its slots and with what still must be asked.

Order of judgement: a whole message that is a listed form; else the best form at the head of the message or in its
first characters. A message that looks both like a command and like a matter is a matter for a villager and a command
for a cadre (conversation.md §6, rule 4). No segmenter is needed: importing this costs milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from nlp.forms import BadForm, FormIndex, expression_of, parse, texts_of
from nlp.said import Reader, Said
from nlp.slots import READERS
from nlp.when_base import Calendar

ROLES = ("villager", "cadre")
_SECTIONS = {"villager": ("villager",), "cadre": ("cadre",), "both": ROLES}
_EARLY = 12  # a command begins within the first 12 characters (conversation.md §6, rule 3)
_KEYS = frozenset(
    {"canonical", "whole", "heads", "says", "groups", "slots", "inner", "keeps", "ask", "weight", "set", "about"}
)
_MODES = ("whole", "heads", "says")


class BadIntents(ValueError):
    """The intent words cannot be used; the message names the file, the entry and the mend."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an intent: how it must stand in the message and which slots it fixes."""

    intent: str
    mode: str
    text: str
    fixed: Mapping[str, object]
    weight: int
    least: int = 0
    keeps: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """What an intent reads and what it asks for."""

    name: str
    readers: Mapping[str, Reader]
    inner: frozenset[str]
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intents:
    """All intents compiled, ready for `recognise`."""

    whole: Mapping[str, Mapping[str, Form]]
    index: Mapping[str, FormIndex[Form]]
    entries: Mapping[str, Mapping[str, Intent]]
    words: Mapping[str, re.Pattern[str]]
    swaps: Mapping[str, str]
    swap: re.Pattern[str]
    letters: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood. `question` is a code of what to ask (None: nothing), `asked` the data of that question.

    `alternatives` are at most three intents it might be. `certain` says that the whole message is a listed command
    form, so that a matter that merely sounds like a command can stay a matter.
    """

    intent: str | None
    slots: Mapping[str, object] = field(default_factory=dict)
    question: str | None = None
    asked: Any = None
    alternatives: tuple[str, ...] = ()
    certain: bool = False
    inner: Mapping[str, object] = field(default_factory=dict)


def compile_intents(data: Mapping[str, Any]) -> Intents:
    """Compile the parsed rules: sections villager, cadre, both and words; raise BadIntents naming file, entry, mend."""
    forms: dict[str, list[Form]] = {name: [] for name in ROLES}
    entries: dict[str, dict[str, Intent]] = {name: {} for name in ROLES}
    for section, roles in _SECTIONS.items():
        for name, entry in _mapping(data.get(section, {}), section).items():
            where = f"rules/intents/{section}.yaml: {name}"
            intent, own = _read_intent(name, _mapping(entry, where), where)
            for role in roles:
                if name in entries[role]:
                    raise BadIntents(f"{where}: stands also in another file for {role}; keep one")
                entries[role][name] = intent
                forms[role].extend(own)
    for role in ROLES:
        _refuse_duplicates(forms[role], role)
    words = _mapping(data.get("words", {}), "words")
    return _assemble(forms, entries, words)


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadIntents(f"{where}: write names and values here, not {type(value).__name__}")
    return value


def _read_intent(name: str, entry: Mapping[str, Any], where: str) -> tuple[Intent, list[Form]]:
    unknown = set(entry) - _KEYS
    if unknown:
        raise BadIntents(f"{where}: unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_KEYS))}")
    slots = _mapping(entry.get("slots") or {}, f"{where}: slots")
    inner = _mapping(entry.get("inner") or {}, f"{where}: inner")
    readers = {}
    for slot, reader in {**slots, **inner}.items():
        if reader not in READERS:
            raise BadIntents(f"{where}: slot {slot} has no reader {reader!r}; known are {', '.join(sorted(READERS))}")
        readers[slot] = READERS[reader]
    groups = [entry, *(_mapping(group, f"{where}: groups") for group in entry.get("groups") or [])]
    weight, keeps = int(entry.get("weight") or 0), bool(entry.get("keeps"))
    forms = [form for group in groups for form in _read_forms(name, group, where, weight, keeps)]
    ask = texts_of(entry, "ask", where)
    return Intent(name, readers, frozenset(inner), ask), forms


def _read_forms(name: str, group: Mapping[str, Any], where: str, weight: int, keeps: bool) -> Iterable[Form]:
    keeps = keeps or bool(group.get("keeps"))
    fixed = _mapping(group.get("set") or {}, f"{where}: set")
    for mode in _MODES:
        try:
            for text in texts_of(group, mode, where):
                yield Form(name, mode, text, fixed, weight, parse(text).least, keeps)
        except BadForm as wrong:
            raise BadIntents(f"{where}: {mode}: {wrong}") from wrong


def _refuse_duplicates(forms: Iterable[Form], role: str) -> None:
    seen: dict[tuple[str, str], Form] = {}
    for form in forms:
        other = seen.setdefault((form.mode, form.text), form)
        if other is not form:
            raise BadIntents(
                f"rules/intents: {form.text!r} ({form.mode}, {role}) "
                f"stands for {other.intent} and {form.intent}; keep one"
            )


def _assemble(
    forms: Mapping[str, list[Form]], entries: Mapping[str, Mapping[str, Intent]], words: Mapping[str, Any]
) -> Intents:
    used: dict[str, list[Form]] = {"villager": forms["villager"], "cadre": [*forms["cadre"]]}
    own = {(form.mode, form.text) for form in forms["cadre"]}
    # A cadre is a villager too: what he says in a villager's words counts where no cadre's command fits.
    used["cadre"] += [replace(form, foreign=True) for form in forms["villager"] if (form.mode, form.text) not in own]
    plain = {
        role: {form.text: form for form in reversed(used[role]) if form.mode == "whole" and _is_plain(form.text)}
        for role in ROLES
    }
    index = {
        role: FormIndex(
            (form.text, form) for form in used[role] if form.text not in plain[role] or form.mode != "whole"
        )
        for role in ROLES
    }
    all_entries = {"villager": entries["villager"], "cadre": {**entries["villager"], **entries["cadre"]}}
    swaps = {str(key): str(value) for key, value in _mapping(words.get("homophones") or {}, "homophones").items()}
    letters = _mapping(words.get("traditional") or {}, "traditional")
    return Intents(
        plain,
        index,
        all_entries,
        {name: _words(words, name) for name in _WORD_LISTS},
        swaps,
        re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True))) or r"(?!)"),
        {ord(old): str(new) for old, new in letters.items()} | _WIDTH,
    )


_WORD_LISTS = ("salutations", "fillers", "politeness", "trouble", "matters", "asking", "chat", "harmless")
_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)} | {0x3000: " ", 0x00A0: " ", 0x200B: "", 0xFE0F: "", 0xFEFF: ""}


def _is_plain(text: str) -> bool:
    return not any(sign in text for sign in "(|)?~# _")


def _words(words: Mapping[str, Any], name: str) -> re.Pattern[str]:
    forms = texts_of(words, name, f"rules/intents/words.yaml: {name}")
    if not forms:
        return re.compile(r"(?!)")
    try:
        return expression_of(forms, at_end=name == "politeness")
    except BadForm as wrong:
        raise BadIntents(f"rules/intents/words.yaml: {name}: {wrong}") from wrong


_BRACKETS = re.compile(r"\[[^\[\]]{1,8}\]|@[^\s@]{1,20}[\s:,]|^@[^\s@]{1,6}$")
_FULL_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,8}-\d{6}-(\d{3,})(?!\d)")
_SPACES = re.compile(r"\s+")
_EDGE = " ,，。.!！~～、;；:：?？…"


def normalise(intents: Intents, text: str) -> str:
    """Give the text in half width, simplified command words, homophones mended, brackets and spaces tidied."""
    text = text[:2000].translate(intents.letters)
    text = _SPACES.sub(" ", _BRACKETS.sub(" ", text)).strip()
    return intents.swap.sub(lambda match: intents.swaps[match[0]], text)


def core_of(intents: Intents, text: str) -> str:
    """Give the normalised text without salutation, fillers and politeness around it."""
    text = text.strip(_EDGE)
    for _ in range(4):
        shorter = text
        for name in ("salutations", "fillers"):
            match = intents.words[name].match(shorter)
            if match and match.end() < len(shorter):
                shorter = shorter[match.end() :].lstrip(_EDGE)
        tail = intents.words["politeness"].search(shorter)
        if tail and tail.start() > 0:
            shorter = shorter[: tail.start()].rstrip(_EDGE)
        if shorter == text:
            break
        text = shorter
    return text


@dataclass(frozen=True, slots=True)
class _Hit:
    form: Form
    score: int
    end: int
    certain: bool


def recognise(intents: Intents, text: str, role: str, now: datetime, calendar: Calendar) -> Understanding:
    """Say what the message wants. `role` is villager or cadre; anything else is taken as villager. Never raises."""
    role = role if role in ROLES else "villager"
    clean = normalise(intents, text)
    if not clean.strip(_EDGE):
        return Understanding("help" if "?" in clean else "chat")
    core = core_of(intents, clean)
    short = _FULL_NUMBER.sub(lambda match: match[1], core)
    hits = _hits(intents, short, role) or (_hits(intents, clean, role) if core != clean else [])
    harmless = [hit for hit in hits if hit.form.intent != "danger"]
    asks_danger = len(harmless) < len(hits) and intents.words["harmless"].search(core) is not None
    hits = harmless if asks_danger else hits
    best = max(hits, key=lambda hit: hit.score, default=None)
    best = _unless_a_matter(intents, core, role, best)
    if best is None:
        return Understanding(_free(intents, core), question="danger_now" if asks_danger else None)
    said = Said(core, short[best.end :], now, calendar)
    return _filled(intents.entries[role][best.form.intent], best, said, hits)


def _hits(intents: Intents, core: str, role: str) -> list[_Hit]:
    bare = core.replace(" ", "") if core.count(" ") else core
    whole = intents.whole[role].get(core.strip(_EDGE)) or intents.whole[role].get(bare.strip(_EDGE))
    hits = [] if whole is None else [_Hit(whole, 120 - 5 * whole.foreign, len(core), True)]
    for pattern, form in intents.index[role].candidates(core[:60]):
        hit = _try(pattern, form, core)
        if hit is not None:
            hits.append(hit)
    return hits


def _try(pattern: re.Pattern[str], form: Form, core: str) -> _Hit | None:
    penalty = 16 * form.foreign - form.weight
    if form.mode == "whole":
        match = pattern.fullmatch(core.strip(_EDGE))
        return None if match is None else _Hit(form, 110 - penalty, len(core), True)
    if form.mode == "heads":
        match = pattern.match(core)
        if match is None:
            return None
        cut = match.end() == len(core) or not ("\u4e00" <= core[match.end()] <= "\u9fff")
        return _Hit(form, (60 if cut else 34) + 4 * min(form.least, 10) - penalty, match.end(), cut)
    match = pattern.search(core)
    if match is None or match.start() > _EARLY:
        return None
    length = match.end() - match.start()
    nearly_all = length >= 0.8 * len(core)
    return _Hit(form, 30 + 4 * min(form.least, 10) - match.start() - penalty + 20 * nearly_all, match.end(), nearly_all)


def _unless_a_matter(intents: Intents, core: str, role: str, best: _Hit | None) -> _Hit | None:
    """A villager's complaint that sounds like a command stays a complaint; a cadre's command stays a command."""
    if best is None or best.certain or best.form.keeps:
        return best
    if role == "cadre" and not best.form.foreign:
        return best
    return None if intents.words["trouble"].search(core) else best


def _free(intents: Intents, core: str) -> str:
    """Judge free words: a trouble or a matter is reported, a question is asked, the rest is chat."""
    if intents.words["trouble"].search(core):
        return "report"
    if intents.words["chat"].fullmatch(core):
        return "chat"
    if intents.words["asking"].search(core):
        return "consult"
    return "report" if intents.words["matters"].search(core) else "chat"


def _filled(entry: Intent, best: _Hit, said: Said, hits: Iterable[_Hit]) -> Understanding:
    slots: dict[str, object] = {}
    inner: dict[str, object] = {}
    for name, reader in entry.readers.items():
        value = reader(said)
        if value is not None:
            (inner if name in entry.inner else slots)[name] = value
    slots.update(best.form.fixed)
    question, asked = _asked(entry, slots, said)
    near = [hit for hit in hits if hit.form.intent != entry.name and hit.score > best.score - 3]
    others = tuple(dict.fromkeys(hit.form.intent for hit in sorted(near, key=lambda hit: -hit.score)))[:2]
    if others:
        readings = (entry.name, *others)
        return Understanding(entry.name, slots, "which_intent", readings, readings, best.certain, inner)
    return Understanding(entry.name, slots, question, asked, (), best.certain, inner)


def _asked(entry: Intent, slots: Mapping[str, object], said: Said) -> tuple[str | None, Any]:
    """Give what must still be asked: a doubtful or past time first, then the first slot that is missing."""
    if said.asked is not None:
        return said.asked
    for name in entry.ask:
        if name not in slots and not (name == "time" and "starts_at" in slots):
            return f"ask_{name}", None
    return None, None
