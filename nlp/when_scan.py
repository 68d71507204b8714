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
_MOST_LOOKS = 1_000  # nor one with more places where a word of time might begin
_NUMERALS = frozenset("0123456789零〇○一二两三四五六七八九十")


class Rule:
    """An expression, what it says (None: nothing after all), and a character it may not follow.

    The last holds only for text outside a word of time: in 周三9点 the 9 follows a numeral, but one already read.
    Expressions are compiled when first tried, so that importing the parser stays quick.
    """

    __slots__ = ("_not_after", "_pattern", "expression", "forbidden", "kind", "read")

    def __init__(self, kind: str, expression: str, read: Reader, forbidden: str) -> None:
        self.kind = kind
        self.expression = expression
        self.read = read
        self.forbidden = forbidden
        self._pattern: re.Pattern[str] | None = None
        self._not_after: re.Pattern[str] | None = None

    def _compiled(self) -> re.Pattern[str]:
        self._pattern = re.compile(self.expression)
        self._not_after = re.compile(self.forbidden) if self.forbidden else None
        return self._pattern

    def at(self, text: str, place: int, read_to: int) -> Token | None:
        """Read what stands at the place; `read_to` is where the last word of time ended."""
        pattern = self._pattern or self._compiled()
        if self._not_after is not None and place > read_to and self._not_after.match(text, place - 1):
            return None
        found = pattern.match(text, place)
        if found is None or found.end() == place:
            return None
        fields = self.read(found)
        return None if fields is None else Token(self.kind, fields, place, found.end())


class Words(NamedTuple):
    """Words that begin with one character: their lengths, and what each says."""

    kind: str
    lengths: tuple[int, ...]
    table: dict[str, Fields]
    guard: re.Pattern[str] | None

    def at(self, text: str, place: int, read_to: int) -> Token | None:
        """Read the longest of the words that stands at the place."""
        for length in self.lengths:
            if place + length > len(text):  # a slice would be cut short, and the word taken for a longer one
                continue
            fields = self.table.get(text[place : place + length])
            if fields is not None and (self.guard is None or self.guard.match(text, place + length)):
                return Token(self.kind, fields, place, place + length)
        return None


class Token(NamedTuple):
    """A word of time: its kind, the fields it fills, and where it stands."""

    kind: str
    fields: Fields
    start: int
    end: int


_RULES: dict[str, list[Rule | Words]] = {}


def rule(kind: str, first: str, expression: str, not_after: str = "") -> Callable[[Reader], Reader]:
    """Register a reader for an expression that begins with one of the characters `first`; earlier rules go first."""

    def register(read: Reader) -> Reader:
        entry = Rule(kind, expression, read, not_after)
        for char in dict.fromkeys(first):
            _RULES.setdefault(char, []).append(entry)
        return read

    return register


def words(kind: str, table: dict[str, Fields], guard: str = "") -> None:
    """Register a table of words, the longest first; `guard` is an expression that must hold after each."""
    after = re.compile(guard) if guard else None
    lengths: dict[str, set[int]] = {}
    for word in table:
        lengths.setdefault(word[0], set()).add(len(word))
    for first, sizes in lengths.items():
        entry = Words(kind, tuple(sorted(sizes, reverse=True)), table, after)
        _RULES.setdefault(first, []).append(entry)


def scan(text: str) -> list[Token]:
    """Give the words of time of the text in order; they never overlap."""
    tokens: list[Token] = []
    place, read_to, length, rules, looks = 0, 0, len(text), _RULES, 0
    while place < length:
        char = text[place]
        if char not in rules or (char in _NUMERALS and place > read_to and text[place - 1] in _NUMERALS):
            place += 1  # no number begins in the middle of another
            continue
        looks += 1
        for entry in rules[char]:
            token = entry.at(text, place, read_to)
            if token is not None:
                tokens.append(token)
                place = read_to = token.end
                break
        else:
            place += 1
        if len(tokens) == _MOST_TOKENS or looks == _MOST_LOOKS:
            break
    return tokens
