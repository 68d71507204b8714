"""The words of time in a text, cut out from left to right and read one by one.

A rule is tried only where one of its first characters stands, so that text without any word of time costs one look-up
a character. What a rule reads does not depend on the present: fields of a day or a clock, put together later.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

Fields = dict[str, Any]
Reader = Callable[[re.Match[str]], Fields | None]

_MOST_TOKENS = 40  # a text with more words of time is no notice; what follows is not read


class Rule(NamedTuple):
    """An expression, the characters it can begin with, and what it says (None: nothing after all)."""

    kind: str
    pattern: re.Pattern[str]
    read: Reader


class Token(NamedTuple):
    """A word of time: its kind, the fields it fills, and where it stands."""

    kind: str
    fields: Fields
    start: int
    end: int


_RULES: dict[str, list[Rule]] = {}


def rule(kind: str, first: str, expression: str) -> Callable[[Reader], Reader]:
    """Register a reader for an expression that begins with one of the characters `first`; earlier rules go first."""

    def register(read: Reader) -> Reader:
        entry = Rule(kind, re.compile(expression), read)
        for char in dict.fromkeys(first):
            _RULES.setdefault(char, []).append(entry)
        return read

    return register


def words(kind: str, table: dict[str, Fields], guard: str = "") -> None:
    """Register a table of words; `guard` is an expression that must hold after each."""
    by_first: dict[str, list[str]] = {}
    for word in table:
        by_first.setdefault(word[0], []).append(word)
    for first, group in by_first.items():
        group.sort(key=len, reverse=True)
        entry = Rule(kind, re.compile(f"(?:{'|'.join(map(re.escape, group))}){guard}"), lambda found: table[found[0]])
        _RULES.setdefault(first, []).append(entry)


def scan(text: str) -> list[Token]:
    """Give the words of time of the text in order; they never overlap."""
    tokens: list[Token] = []
    place, length, rules = 0, len(text), _RULES
    while place < length:
        for kind, pattern, read in rules.get(text[place], ()):
            found = pattern.match(text, place)
            if found is not None and found.end() > place and (fields := read(found)) is not None:
                tokens.append(Token(kind, fields, place, found.end()))
                place = found.end()
                break
        else:
            place += 1
            continue
        if len(tokens) == _MOST_TOKENS:
            break
    return tokens
