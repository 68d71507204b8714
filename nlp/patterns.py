"""The small language of the rule tables, and the scan that finds hundreds of its patterns in a few microseconds.

`路灯` stands for itself. `…` is a gap of at most 6 letters and `……` of at most 12, never across the end of a sentence.
`(掉|落|)` are alternatives, `{孩子}` a named list of words, `^` and `$` the edges of the whole message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import add

from nlp.normalise import alternation

_TOKEN = re.compile(r"……|…|\([^()]*\)|\{[^{}]*\}|[\^$]|[^…(){}^$]+")
_STOP = "。！？!?；;\n"
_GAP = {"…": f"[^{_STOP}]{{0,6}}", "……": f"[^{_STOP}]{{0,12}}"}
_MOST_ANCHORS = 600
NEAR = 24
"""How far around a find its negative context is looked for, in letters."""

Groups = Mapping[str, Sequence[str]]


class BadPattern(ValueError):
    """The pattern cannot be read; `mend` says what to write instead (a code, rendered by the caller)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `anchors` are words one of which is always present; `regex` is None where they suffice."""

    text: str
    anchors: tuple[str, ...]
    regex: re.Pattern[str] | None


def compile_pattern(text: str, groups: Groups | None = None, spell: Mapping[str, str] | None = None) -> Pattern:
    """Read one pattern or raise BadPattern naming what is wrong with it."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or not text.strip("…^$ "):
        raise BadPattern("brackets")
    pieces: list[list[tuple[str, ...]]] = [[]]
    source: list[str] = []
    for token in tokens:
        if token in _GAP:
            pieces.append([])
            source.append(_GAP[token])
        elif token in "^$":
            source.append({"^": r"\A\s*", "$": r"[\s。！？!?~，,.…]*\Z"}[token])
        else:
            words = _alternatives(token, groups or {})
            pieces[-1].append(words)
            source.append(re.escape(words[0]) if len(words) == 1 else _either(words))
    anchors = _anchors(pieces)
    if not anchors:
        raise BadPattern("no_anchor")
    plain = len(tokens) == 1 and all(tokens[0][0] not in mark for mark in ("^", "$", "…"))
    return Pattern(text, anchors, None if plain else re.compile("".join(source)))


def _alternatives(token: str, groups: Groups) -> tuple[str, ...]:
    if token[0] == "(":
        return tuple(token[1:-1].split("|"))
    if token[0] == "{":
        if token[1:-1] not in groups:
            raise BadPattern("group:" + token[1:-1])
        return tuple(groups[token[1:-1]])
    return (token,)


def _either(words: Sequence[str]) -> str:
    body = alternation(word for word in words if word)
    return f"(?:{body})" + ("?" if "" in words else "")


def _anchors(pieces: Iterable[list[tuple[str, ...]]]) -> tuple[str, ...]:
    """Return the words of the piece that is rarest in talk: the longest, then the one with the fewest forms."""
    best: tuple[str, ...] = ()
    for piece in pieces:
        for chosen in _expansions(piece):
            if all(chosen) and (not best or _rarity(chosen) > _rarity(best)):
                best = chosen
    return tuple(dict.fromkeys(best))


def _expansions(piece: list[tuple[str, ...]]) -> Iterable[tuple[str, ...]]:
    """Yield the whole piece spelled out if that is not too much, and each of its parts alone."""
    size = 1
    for words in piece:
        size *= len(words)
    if piece and size <= _MOST_ANCHORS:
        yield tuple("".join(each) for each in product(*piece))
    yield from piece


def _rarity(words: tuple[str, ...]) -> tuple[int, int]:
    return min(2, min(map(len, words))), -len(words)


class Scan:
    """Finds which of many patterns occur in a text, in one pass over its letters. Read-only once built."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        pairs: dict[str, list[tuple[str, int, re.Pattern[str] | None]]] = {}
        singles: dict[str, list[tuple[str, int, re.Pattern[str] | None]]] = {}
        for index, pattern in enumerate(patterns):
            for anchor in pattern.anchors:
                table = pairs if len(anchor) > 1 else singles
                table.setdefault(anchor[:2], []).append((anchor, index, pattern.regex))
        self._pairs = {key: tuple(hooks) for key, hooks in pairs.items()}
        self._singles = {key: tuple(hooks) for key, hooks in singles.items()}

    def find(self, text: str) -> dict[int, int]:
        """Return pattern index → where it was first found, in the order of the text."""
        found: dict[int, int] = {}
        tried: set[int] = set()
        for table, keys in ((self._pairs, map(add, text, text[1:])), (self._singles, text)):
            if not table:
                continue
            for at, hooks in enumerate(map(table.get, keys)):
                if hooks is not None:
                    self._follow(text, at, hooks, found, tried)
        return found

    @staticmethod
    def _follow(
        text: str,
        at: int,
        hooks: tuple[tuple[str, int, re.Pattern[str] | None], ...],
        found: dict[int, int],
        tried: set[int],
    ) -> None:
        for anchor, index, regex in hooks:
            if index in found or not text.startswith(anchor, at):
                continue
            if regex is None:
                found[index] = at
            elif index not in tried:
                tried.add(index)
                hit = regex.search(text)
                if hit is not None:
                    found[index] = hit.start()


@dataclass(frozen=True, slots=True)
class Unless:
    """Negative contexts of one rule, as one expression; looked for near the find only."""

    regex: re.Pattern[str]

    def holds(self, text: str, at: int) -> bool:
        return self.regex.search(text, max(0, at - NEAR), at + NEAR) is not None


def compile_unless(cell: str, groups: Groups | None = None) -> Unless | None:
    """Read a cell of negative contexts (patterns separated by spaces); an empty cell has none."""
    sources = [pattern_source(part, groups or {}) for part in cell.split()]
    return Unless(re.compile("|".join(sources))) if sources else None


def pattern_source(text: str, groups: Groups) -> str:
    pattern = compile_pattern(text, groups)
    if pattern.regex is not None:
        return pattern.regex.pattern
    return _either(pattern.anchors) if len(pattern.anchors) > 1 else re.escape(pattern.anchors[0])
