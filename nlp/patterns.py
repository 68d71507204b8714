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
_EDGE = {"^": r"\A\s*", "$": r"[\s。！？!?~，,.…]*\Z"}
_MARKS = frozenset("…(){}^$|")
_MOST_ANCHORS = 600
NEAR = 24
"""How far around a find its negative context is looked for, in letters."""

Groups = Mapping[str, Sequence[str]]


class BadPattern(ValueError):
    """The pattern cannot be read; `mend` says what to write instead (a code, rendered by the caller)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `anchors` are words one of which is always present; `rest` is None where they suffice."""

    text: str
    anchors: tuple[str, ...]
    rest: Lazy | None

    @property
    def source(self) -> str:
        """The whole pattern as a regular expression."""
        return self.rest.source if self.rest else _either(self.anchors)


def compile_pattern(text: str, groups: Groups | None = None) -> Pattern:
    """Read one pattern or raise BadPattern naming what is wrong with it."""
    if _MARKS.isdisjoint(text):
        if not text:
            raise BadPattern("no_anchor")
        return Pattern(text, (text,), None)
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or not text.strip("…^$ "):
        raise BadPattern("brackets")
    pieces: list[list[tuple[str, ...]]] = [[]]
    source: list[str] = []
    for token in tokens:
        if token in _GAP:
            pieces.append([])
            source.append(_GAP[token])
        elif token in _EDGE:
            source.append(_EDGE[token])
        else:
            words = _alternatives(token, groups or {})
            pieces[-1].append(words)
            source.append(_either(words))
    anchors = _anchors(pieces)
    if not anchors:
        raise BadPattern("no_anchor")
    whole = len(tokens) == 1 and tokens[0] not in _EDGE
    return Pattern(text, anchors, None if whole else Lazy("".join(source)))


def _alternatives(token: str, groups: Groups) -> tuple[str, ...]:
    if token[0] == "(":
        return tuple(token[1:-1].split("|"))
    if token[0] == "{":
        if token[1:-1] not in groups:
            raise BadPattern("group:" + token[1:-1])
        return tuple(groups[token[1:-1]])
    return (token,)


def _either(words: Sequence[str]) -> str:
    if len(words) == 1:
        return re.escape(words[0])
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


class Lazy:
    """An expression compiled when first needed: hundreds of patterns, few of them ever met. Compiling twice is harmless."""

    __slots__ = ("_regex", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(self.source)
        return self._regex


Hook = tuple[str, int, Lazy | None]
"""What follows the two letters that were met, the pattern's index, and what else must hold."""


class Scan:
    """Finds which of many patterns occur in a text, in one pass over its letters. Read-only once built."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        pairs: dict[str, list[Hook]] = {}
        singles: dict[str, list[Hook]] = {}
        for index, pattern in enumerate(patterns):
            for anchor in pattern.anchors:
                table = pairs if len(anchor) > 1 else singles
                table.setdefault(anchor[:2], []).append((anchor[2:], index, pattern.rest))
        self._pairs = {key: tuple(hooks) for key, hooks in pairs.items()}
        self._singles = {key: tuple(hooks) for key, hooks in singles.items()}

    def find(self, text: str) -> dict[int, int]:
        """Return pattern index → where it was first found; the longer anchors first, else in the order of the text."""
        met = [(at, hooks) for at, hooks in enumerate(map(self._pairs.get, map(add, text, text[1:]))) if hooks]
        if self._singles:
            met += [(at, hooks) for at, hooks in enumerate(map(self._singles.get, text)) if hooks]
        found: dict[int, int] = {}
        for at, hooks in met:
            for tail, index, rest in hooks:
                if index in found or (tail and not text.startswith(tail, at + 2)):
                    continue
                if rest is None:
                    found[index] = at
                else:
                    hit = rest.regex.search(text)
                    found[index] = -1 if hit is None else hit.start()
        if -1 in found.values():
            return {index: at for index, at in found.items() if at >= 0}
        return found


@dataclass(frozen=True, slots=True)
class Unless:
    """Negative contexts of one rule, as one expression; looked for near the find only."""

    regex: re.Pattern[str]

    def holds(self, text: str, at: int) -> bool:
        return self.regex.search(text, max(0, at - NEAR), at + NEAR) is not None


def compile_unless(cell: str, groups: Groups | None = None) -> Unless | None:
    """Read a cell of negative contexts (patterns separated by spaces); an empty cell has none."""
    sources = [compile_pattern(part, groups).source for part in cell.split()]
    return Unless(re.compile("|".join(sources))) if sources else None
