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
    """An expression, what it says (None: nothing after all), and a character it may not follow.

    The last holds only for text outside a word of time: in 周三9点 the 9 follows a numeral, but one already read.
    """

    kind: str
    pattern: re.Pattern[str]
    read: Reader
    not_after: re.Pattern[str] | None = None


class Token(NamedTuple):
    """A word of time: its kind, the fields it fills, and where it stands."""

    kind: str
    fields: Fields
    start: int
    end: int


_RULES: dict[str, list[Rule]] = {}


def rule(kind: str, first: str, expression: str, not_after: str = "") -> Callable[[Reader], Reader]:
    """Register a reader for an expression that begins with one of the characters `first`; earlier rules go first."""

    def register(read: Reader) -> Reader:
        entry = Rule(kind, re.compile(expression), read, re.compile(not_after) if not_after else None)
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
    place, read_to, length, rules = 0, 0, len(text), _RULES
    while place < length:
        for kind, pattern, read, not_after in rules.get(text[place], ()):
            if not_after is not None and place > read_to and not_after.match(text, place - 1):
                continue
            found = pattern.match(text, place)
            if found is not None and found.end() > place and (fields := read(found)) is not None:
                tokens.append(Token(kind, fields, place, found.end()))
                place = read_to = found.end()
                break
        else:
            place += 1
            continue
        if len(tokens) == _MOST_TOKENS:
            break
    return tokens
