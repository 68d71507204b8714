"""Forms: the small notation in which rules/intents writes what people type, compiled to expressions with anchors.

A form is plain text with six signs: `(甲|乙)` one of these, `甲?` or `(…)?` may be missing, `~` up to six characters
in between, `#` a number, a space where a space or punctuation may stand, and `_` where one must. The longest text that
every match of a form must hold is its anchor; an index from the first two characters of anchors to forms means that a
message is compared only with the few forms that can match it at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from nlp.lazy import regex

Tag = TypeVar("Tag")
Entry = tuple[re.Pattern[str], Tag]  # a form compiled, with what it stands for

_GAP = r"[^\n]{0,6}?"
SPACES = " ,，、。.:：;；!！?？~～—"  # where a space may stand (cleaned text has no other white space)
_SPACE = rf"[\s{SPACES}]*"
_BREAK = rf"[\s{SPACES}]+"
_NUMERALS = "〇零一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d{{1,6}}|[{_NUMERALS}]{{1,8}})"
# Every numeral is looked up under this one sign.
_ANY_DIGIT = "0"
REACH = 60  # the words of a form are looked for among so many characters
DIGITS = frozenset(f"0123456789{_NUMERALS}")


class BadForm(ValueError):
    """A form that cannot be read; the message says where it stands and how to mend it."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A form read: its expression and the anchors, of which every match holds at least one."""

    expression: str
    anchors: tuple[str, ...]
    least: int  # how many characters of text every match holds at least


def parse(form: str) -> Parsed:
    """Read one form, or raise BadForm."""
    expression, anchors, least, place, _ = _sequence(form, 0)
    if place != len(form):
        raise BadForm(f"{form!r}: a ')' or '|' too many at character {place + 1}")
    if not anchors:
        raise BadForm(f"{form!r}: some text must always be there, not only parts that may be missing")
    return Parsed(expression, anchors, least)


_Spelled = tuple[str, ...]  # every text a part may be, where those are few; empty where they are not
_Piece = tuple[str, tuple[str, ...], int, int, _Spelled]  # expression, anchors, least text, where it ends, spelled
_MOST_SPELLED = 24


def _sequence(form: str, place: int) -> _Piece:
    """Read up to the end, a '|' or a ')'. The best anchors are those whose shortest one is longest.

    Neighbours are spelled out together: of (还|再)不(来|修) every match holds 还不来, 还不修, 再不来 or 再不修.
    """
    parts: list[str] = []
    found: list[tuple[str, ...]] = []
    together: _Spelled = ("",)
    is_whole, least = True, 0
    while place < len(form) and form[place] not in "|)":
        sign = form[place]
        if sign == "(":
            piece, anchors, text, place, spelled = _group(form, place)
        else:
            piece, anchors, text, place = _sign(sign), _anchors_of(sign), sign not in "~_ ", place + 1
            spelled = () if sign in "~_ #" else (sign,)
        missing = place < len(form) and form[place] == "?"
        least += 0 if missing else text
        place += missing
        parts.append(f"{piece}?" if missing else piece)
        found.append(anchors if not missing else ())
        options = (*spelled, "") if missing and spelled else spelled
        if len(together) * len(options) > _MOST_SPELLED or not options:
            is_whole, together = False, ("",)
        together = tuple(dict.fromkeys(left + right for left in together for right in options)) or ("",)
        found.append(() if "" in together else together)
    best = max((anchors for anchors in found if anchors), key=_strength, default=())
    return "".join(parts), best, least, place, together if is_whole else ()


def _group(form: str, place: int) -> _Piece:
    branches: list[str] = []
    least: list[int] = []
    anchors: list[str] = []
    spelled: list[str] = []
    complete = is_spelled = True
    while True:
        expression, held, text, place, spelling = _sequence(form, place + 1)
        branches.append(expression)
        least.append(text)
        anchors.extend(held)
        spelled.extend(spelling)
        complete, is_spelled = complete and bool(held), is_spelled and bool(spelling)
        if place >= len(form):
            raise BadForm(f"{form!r}: a '(' is never closed")
        if form[place] == ")":
            every = tuple(dict.fromkeys(anchors)) if complete else ()
            spelled = list(dict.fromkeys(spelled)) if is_spelled else []
            return f"(?:{'|'.join(branches)})", every, min(least), place + 1, tuple(spelled)


def _strength(anchors: tuple[str, ...]) -> tuple[int, int]:
    return min(map(len, anchors)), -len(anchors)


def _anchors_of(sign: str) -> tuple[str, ...]:
    if sign == "#":
        return (_ANY_DIGIT,)
    return () if sign in "~_ ?" else (sign,)


def _sign(sign: str) -> str:
    if sign == "?":
        raise BadForm("a '?' follows what may be missing; it cannot stand first")
    return {"~": _GAP, "#": _NUMBER, " ": _SPACE, "_": _BREAK}.get(sign) or re.escape(sign)


def samples_of(form: str, most: int = 12) -> tuple[str, ...]:
    """Give texts the form matches, at most `most`, always the same ones: what is like them is like the form."""
    chosen: dict[str, None] = {}
    for turn in range(most):
        text, _ = _sampled(form, 0, turn)
        chosen[" ".join(text.split())] = None
    return tuple(text for text in chosen if text)


def _sampled(form: str, place: int, turn: int) -> tuple[str, int]:
    """Write one sample from `place` to the end, a '|' or a ')'; `turn` decides between branches and missing parts."""
    written = ""
    while place < len(form) and form[place] not in "|)":
        sign = form[place]
        if sign == "(":
            piece, place = _sampled_group(form, place, turn)
        else:
            piece, place = {"~": "", "_": " ", "#": "3"}.get(sign, sign), place + 1
        if place < len(form) and form[place] == "?":
            piece, place = piece if (turn + place) % 2 else "", place + 1
        written += piece
    return written, place


def _sampled_group(form: str, place: int, turn: int) -> tuple[str, int]:
    branches = []
    begun = place
    while True:
        text, place = _sampled(form, place + 1, turn * 7 + begun)
        branches.append(text)
        if form[place] == ")":
            return branches[(turn * 5 + begun) % len(branches)], place + 1


class FormIndex(Generic[Tag]):
    """All forms of one set, found through their anchors."""

    __slots__ = ("_by_one", "_by_two", "entries")

    def __init__(self, forms: Iterable[tuple[str, Tag]]) -> None:
        self.entries: list[tuple[str, Entry[Tag]]] = []
        self._by_two: dict[str, list[Entry[Tag]]] = {}
        self._by_one: dict[str, list[Entry[Tag]]] = {}
        for form, tag in forms:
            parsed = parse(form)
            entry = (regex(parsed.expression), tag)
            self.entries.append((form, entry))
            for anchor in dict.fromkeys(anchor[:2] for anchor in parsed.anchors):
                (self._by_two if len(anchor) == 2 else self._by_one).setdefault(anchor, []).append(entry)

    def candidates(self, text: str) -> list[Entry[Tag]]:
        """Give the forms of which an anchor begins somewhere in the text, each once."""
        found: dict[int, Entry[Tag]] = {}
        two, one = self._by_two, self._by_one
        for place, char in enumerate(text):
            for entry in two.get(text[place : place + 2], ()):
                found[id(entry)] = entry
            for entry in one.get(_ANY_DIGIT if char in DIGITS else char, ()):
                found[id(entry)] = entry
            if char in _NUMERALS and char in one:  # a form may also begin with the word itself: 一般般
                for entry in one[char]:
                    found[id(entry)] = entry
        return list(found.values())


def expression_of(forms: Iterable[str], *, at_end: bool = False) -> re.Pattern[str]:
    """Compile several forms into one expression that matches any of them (only at the end of the text if asked)."""
    together = "|".join(parse(form).expression for form in forms)
    return re.compile(f"(?:{together})$" if at_end else together)


def texts_of(entries: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    """Give the list of texts under `key`, or raise BadForm naming the entry."""
    value = entries.get(key, [])
    if not isinstance(value, list) or any(not isinstance(item, str | int) for item in value):
        raise BadForm(f"{where}: {key} must be a list of texts")
    return tuple(str(item) for item in value)
