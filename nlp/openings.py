"""Openings: with which characters a form may begin, so that most messages are compared with no form at all.

The index of nlp/forms.py finds the forms whose words stand anywhere in a message, and gives them in an order. Hardly any
of them can begin where it must: at the first character for a command, among the first ones for what somebody says.
Two characters of every place where a form may begin tell so for less: an ordinary complaint is compared with one or
none of them (measured: 6.7 → 3.3 µs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Generic

from nlp.forms import DIGITS, REACH, SPACES, Entry, Tag, parse

_ANY = "\n"  # stands for whatever may follow; no cleaned message holds it
_SPACE = (*SPACES, *(char + _ANY for char in SPACES))
_OPENS = {
    "~": ("", _ANY),
    "#": (*DIGITS, *(digit + _ANY for digit in DIGITS)),
    " ": ("", *_SPACE),
    "_": _SPACE,
}
_LENGTH = {"~": 6, "#": 8, " ": 10**6, "_": 10**6, "?": 0, "(": 0}
# An expression takes digits of every script for a number, the tables here do not.
_ODD_DIGIT = re.compile(r"[^\D0-9]")


@cache  # most forms are both roles'
def openings(form: str) -> frozenset[str]:
    """Give how a match may begin: by two characters, or by one that anything or nothing follows; "" is by anything."""
    found, _ = _sequence(form, 0)
    single = {text[:1] for text in found if len(text) < 2 or text[1] == _ANY}
    if "" in single or _ANY in single:
        return frozenset(("",))
    return frozenset((*single, *(text for text in found if text[0] not in single)))


def _sequence(form: str, place: int) -> tuple[set[str], int]:
    """Read up to the end, a '|' or a ')': every beginning of two characters, and every whole text that is shorter."""
    full: set[str] = set()
    short = {""}
    while place < len(form) and form[place] not in "|)":
        sign = form[place]
        if sign == "(":
            piece, place = _group(form, place)
        else:
            piece, place = {*_OPENS.get(sign, sign)}, place + 1
        if place < len(form) and form[place] == "?":
            piece.add("")
            place += 1
        longer = {(left + right)[:2] for left in short for right in piece}
        full |= {text for text in longer if len(text) == 2 or text == _ANY}
        # What goes on with a certain character goes on with any, where it may.
        short = {text for text in longer - full if text + _ANY not in full}
    return full | short, place


def _group(form: str, place: int) -> tuple[set[str], int]:
    texts: set[str] = set()
    while True:
        branch, place = _sequence(form, place + 1)
        texts |= branch
        if form[place] == ")":
            return texts, place + 1


def firsts(forms: Iterable[str]) -> frozenset[str] | None:
    """Give the characters a text begins with that begins with one of the forms; None where it may be any."""
    found = {text[:1] for form in forms for text in openings(form)}
    return None if "" in found or not found.isdisjoint(DIGITS) else frozenset(found)


def longest(form: str) -> int:
    """Give how many characters a match has at most; very many where it has no end."""
    return _longest(form, 0)[0]


def _longest(form: str, place: int) -> tuple[int, int]:
    most = 0
    while place < len(form) and form[place] not in "|)":
        length = _LENGTH.get(form[place], 1)
        if form[place] == "(":
            while form[place] != ")":
                branch, place = _longest(form, place + 1)
                length = max(length, branch)
        most, place = most + length, place + 1
    return most, place


class Openings(Generic[Tag]):
    """Forms by what a text must hold where: those that begin it, and those that may begin early in it."""

    __slots__ = ("_always", "_first", "_known", "_ones", "_pairs")

    def __init__(self, first: Iterable[tuple[str, Entry[Tag]]], early: Iterable[tuple[str, Entry[Tag]]]) -> None:
        """Take forms with their entries of the index."""
        self._first: dict[str, list[Entry[Tag]]] = {}
        self._known: dict[str, list[Entry[Tag]]] = {}
        for form, entry in first:
            for text in openings(form):
                self._first.setdefault(text, []).append(entry)
        for form, entry in early:
            for text in _rarest(form):
                self._known.setdefault(text, []).append(entry)
        self._always = [*self._first.pop("", ()), *self._known.pop("", ())]
        # Of a text's characters and pairs few are known. Two classes of characters leave out the others in a single
        # run without a text being made of each (1.9 → 1.1 µs).
        self._ones = re.compile(_class_of(text for text in self._known if len(text) == 1))
        pairs = [text for text in self._known if len(text) == 2]
        self._pairs = re.compile(f"(?=({_class_of(pair[0] for pair in pairs)}{_class_of(pair[1] for pair in pairs)}))")

    def may_match(self, text: str, bare: str) -> list[Entry[Tag]] | None:
        """Give all forms that may fit the text, or its `bare` self as a whole; None where that cannot be told."""
        if _ODD_DIGIT.search(text):
            return None
        found = [*self._always]
        for whole in (text,) if bare == text else (text, bare):
            found += self._first.get(whole[:1], ())
            found += self._first.get(whole[:2], ())
        for char in self._ones.findall(text, 0, REACH):
            found += self._known[char]
        for pair in self._pairs.findall(text, 0, REACH + 1):
            found += self._known.get(pair, ())
        return found


def _class_of(chars: Iterable[str]) -> str:
    escaped = "".join(map(re.escape, sorted({*chars})))
    return f"[{escaped}]" if escaped else "(?!)"


def _rarest(form: str) -> Iterable[str]:
    """Give of what a text must hold one thing to fit the form: two characters of its words, else of its openings."""
    anchors = {anchor[:2] for anchor in parse(form).anchors}
    return anchors if all(len(anchor) == 2 for anchor in anchors) else openings(form)
