"""The words of rules/intents read and compiled: forms with their index, slots, word lists, and the likeness table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nlp.forms import BadForm, FormIndex, expression_of, parse, samples_of, texts_of
from nlp.likeness import Likeness, Table, pieces_of, table_of
from nlp.openings import Openings, firsts, longest
from nlp.plain_reports import REPORT, PlainReports
from nlp.said import Reader
from nlp.slots import READERS

ROLES = ("villager", "cadre")
_SECTIONS = {"villager": ("villager",), "cadre": ("cadre",), "both": ROLES}
_KEYS = frozenset(
    (
        *("canonical", "whole", "heads", "says", "examples", "groups", "set"),
        *("keeps", "weight", "slots", "inner", "ask", "about"),
    )
)
_MODES = ("whole", "heads", "says")
LEADS = ("salutations", "fillers")
_WORD_LISTS = ("salutations", "fillers", "politeness", "trouble", "matters", "asking", "chat", "harmless")
_WIDTH = {0xFF01 + n: chr(0x21 + n) for n in range(94)} | {0x3000: " ", 0x00A0: " ", 0x200B: "", 0xFE0F: "", 0xFEFF: ""}
# How much a sample of a form and an example count in the likeness table.
_FORM_WEIGHT, _EXAMPLE_WEIGHT = 0.5, 3.0
# Word lists that are marks of their own in the likeness table.
_MARKED = ("trouble", "matters", "asking")
MARKS = tuple(f"<{name}>" for name in _MARKED)


class BadIntents(ValueError):
    """The intent words cannot be used; the message names the file, the entry and the mend."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an intent: how it must stand in the message and which slots it fixes.

    `label` is the intent, or the intent with the place of a group that fixes slots (rate/1), as the likeness table
    tells them apart. `least` is how many characters of text every match holds at least.
    """

    intent: str
    label: str
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
class Label:
    """What a label of the likeness table stands for."""

    intent: str
    fixed: Mapping[str, object]
    keeps: bool
    foreign: bool


@dataclass(frozen=True, slots=True)
class Intents:
    """All intents compiled, ready for `recognise`; the mappings are by role."""

    whole: Mapping[str, Mapping[str, Form]]
    index: Mapping[str, FormIndex[Form]]
    openings: Mapping[str, Openings[Form]]
    entries: Mapping[str, Mapping[str, Intent]]
    labels: Mapping[str, Mapping[str, Label]]
    likeness: Mapping[str, Likeness]
    plain_reports: Mapping[str, PlainReports | None]
    words: Mapping[str, re.Pattern[str]]
    swaps: Mapping[str, str]
    swap: re.Pattern[str]
    letters: Mapping[int, str]
    unlike: re.Pattern[str]  # any character of `letters`
    leads: frozenset[str] | None  # what a salutation or a filler may begin with, where that is not anything
    tail: int  # how many characters politeness has at most


@dataclass(slots=True)
class _Read:
    """What was read of one role's files."""

    entries: dict[str, Intent]
    forms: list[Form]
    examples: list[tuple[str, Form]]


def compile_intents(data: Mapping[str, Any]) -> Intents:
    """Compile the parsed rules: sections villager, cadre, both and words; raise BadIntents naming file, entry, mend."""
    read = {role: _Read({}, [], []) for role in ROLES}
    for section, roles in _SECTIONS.items():
        for name, entry in _mapping(data.get(section, {}), section).items():
            where = f"rules/intents/{section}.yaml: {name}"
            intent, forms, examples = _read_intent(name, _mapping(entry, where), where)
            for role in roles:
                if name in read[role].entries:
                    raise BadIntents(f"{where}: stands also in another file for {role}; keep one")
                read[role].entries[name] = intent
                read[role].forms.extend(forms)
                read[role].examples.extend(examples)
    for role in ROLES:
        _refuse_duplicates(read[role].forms, role)
    return _assemble(read, _mapping(data.get("words", {}), "words"))


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadIntents(f"{where}: write names and values here, not {type(value).__name__}")
    return value


def _read_intent(name: str, entry: Mapping[str, Any], where: str) -> tuple[Intent, list[Form], list[tuple[str, Form]]]:
    unknown = set(entry) - _KEYS
    if unknown:
        raise BadIntents(f"{where}: unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_KEYS))}")
    inner = _mapping(entry.get("inner") or {}, f"{where}: inner")
    readers = {}
    for slot, reader in {**_mapping(entry.get("slots") or {}, f"{where}: slots"), **inner}.items():
        if reader not in READERS:
            raise BadIntents(f"{where}: slot {slot} has no reader {reader!r}; known are {', '.join(sorted(READERS))}")
        readers[slot] = READERS[reader]
    forms: list[Form] = []
    examples: list[tuple[str, Form]] = []
    for place, group in enumerate([entry, *(entry.get("groups") or [])]):
        model = _model(name, place, entry, _mapping(group, f"{where}: groups"), where)
        forms.extend(_read_forms(model, group, where))
        examples.extend((text, model) for text in texts_of(group, "examples", where))
    if isinstance(entry.get("canonical"), str):
        examples.append((entry["canonical"], forms[0] if forms else _model(name, 0, entry, entry, where)))
    return Intent(name, readers, frozenset(inner), texts_of(entry, "ask", where)), forms, examples


def _model(name: str, place: int, entry: Mapping[str, Any], group: Mapping[str, Any], where: str) -> Form:
    """Give what all forms of a group have in common."""
    fixed = _mapping(group.get("set") or {}, f"{where}: set")
    keeps = bool(entry.get("keeps")) or bool(group.get("keeps"))
    label = f"{name}/{place}" if fixed else name
    weight = entry.get("weight") or 0
    if not isinstance(weight, int):
        raise BadIntents(f"{where}: weight {weight!r} is no whole number; write one like 8 or -8")
    return Form(name, label, "", "", fixed, weight, keeps=keeps)


def _read_forms(model: Form, group: Mapping[str, Any], where: str) -> Iterable[Form]:
    for mode in _MODES:
        try:
            for text in texts_of(group, mode, where):
                yield replace(model, mode=mode, text=text, least=parse(text).least)
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


def _assemble(read: Mapping[str, _Read], words: Mapping[str, Any]) -> Intents:
    villager, cadre = read["villager"], read["cadre"]
    own = {(form.mode, form.text) for form in cadre.forms}
    # A cadre is a villager too: what he says in a villager's words counts where no cadre's command fits.
    lent = [replace(form, foreign=True) for form in villager.forms if (form.mode, form.text) not in own]
    used = {"villager": villager.forms, "cadre": [*cadre.forms, *lent]}
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
    entries = {"villager": villager.entries, "cadre": {**villager.entries, **cadre.entries}}
    lists = {name: _words(words, name) for name in _WORD_LISTS}
    lent_examples = [(text, replace(model, foreign=True)) for text, model in villager.examples]
    examples = {"villager": villager.examples, "cadre": [*cadre.examples, *_foreign_only(lent_examples, cadre.entries)]}
    tables = _likeness(used, examples, lists, words if REPORT in villager.entries else {})
    likeness = {role: Likeness(table) for role, table in tables.items()}
    labels = {role: _labels(used[role], [model for _, model in examples[role]]) for role in ROLES}
    swaps = {str(key): str(value) for key, value in _mapping(words.get("homophones", {}), "homophones").items()}
    traditional = _mapping(words.get("traditional", {}), "traditional")
    letters = {ord(old): str(new) for old, new in traditional.items()} | _WIDTH
    return Intents(
        plain,
        index,
        {role: _openings(index[role]) for role in ROLES},
        entries,
        labels,
        likeness,
        {role: _plain_reports(entries[role], labels[role], likeness[role]) for role in ROLES},
        lists,
        swaps,
        re.compile("|".join(map(re.escape, sorted(swaps, key=len, reverse=True))) or r"(?!)"),
        letters,
        re.compile(f"[{re.escape(''.join(map(chr, letters)))}]"),
        _leads(words),
        max((longest(form) for form in texts_of(words, "politeness", "words.yaml")), default=0),
    )


def _leads(words: Mapping[str, Any]) -> frozenset[str] | None:
    return firsts(form for name in LEADS for form in texts_of(words, name, "words.yaml"))


def _openings(index: FormIndex[Form]) -> Openings[Form]:
    first = [pair for pair in index.entries if pair[1][1].mode != "says"]
    return Openings(first, [pair for pair in index.entries if pair[1][1].mode == "says"])


def _plain_reports(
    entries: Mapping[str, Intent], labels: Mapping[str, Label], likeness: Likeness
) -> PlainReports | None:
    """None where the rules have no reports, or read and ask something in each."""
    entry, label = entries.get(REPORT), labels.get(REPORT)
    if entry is None or label is None or entry.readers or entry.ask or label.fixed or not label.keeps:
        return None
    return PlainReports(likeness, {name: label.foreign for name, label in labels.items()}, MARKS)


def _foreign_only(examples: Iterable[tuple[str, Form]], entries: Mapping[str, Intent]) -> Iterable[tuple[str, Form]]:
    """Leave out examples of names a cadre means otherwise (points, charter)."""
    return (pair for pair in examples if pair[1].intent not in entries)


def _labels(forms: Iterable[Form], models: Iterable[Form]) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for form in (*models, *forms):
        labels.setdefault(form.label, Label(form.intent, form.fixed, form.keeps, form.foreign))
    return labels


def _complaints(words: Mapping[str, Any]) -> tuple[str, ...]:
    """Give samples of every word of trouble and of every matter: each speaks for a complaint."""
    forms = [form for name in ("trouble", "matters") for form in texts_of(words, name, f"words.yaml: {name}")]
    return tuple(text for form in forms for text in samples_of(form, 40))


def _likeness(
    forms: Mapping[str, Sequence[Form]],
    examples: Mapping[str, Sequence[tuple[str, Form]]],
    lists: Mapping[str, re.Pattern[str]],
    words: Mapping[str, Any],
) -> dict[str, Table]:
    """Make every role's table. Most forms are both roles': each is sampled, and each sample taken to pieces, once."""
    samples = cache(samples_of)
    pieces = cache(lambda text: pieces_of(text, marks_of(text, lists)))
    complaints = _complaints(words)

    def told(role: str) -> Iterable[tuple[set[str], str, float]]:
        for form in forms[role]:
            for text in samples(form.text):
                yield pieces(text), form.label, _FORM_WEIGHT
        for text in complaints:
            yield pieces(text), REPORT, _FORM_WEIGHT
        for text, model in examples[role]:
            yield pieces(text), model.label, _EXAMPLE_WEIGHT

    return {role: table_of(told(role)) for role in ROLES}


def marks_of(text: str, lists: Mapping[str, re.Pattern[str]]) -> list[str]:
    """Give the marks of the likeness table: which of the word lists the text holds."""
    return [mark for name, mark in zip(_MARKED, MARKS, strict=True) if lists[name].search(text)]


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
