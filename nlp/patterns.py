"""The small language of the rule tables, and the scan that finds hundreds of its patterns in a few microseconds.

`路灯` stands for itself. `…` is a gap of at most 6 letters and `……` of at most 12, never across the end of a sentence.
`(掉|落|)` are alternatives, `{孩子}` a named list of words, `^` and `$` the edges of the whole message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from sys import intern
from typing import Any

from nlp.normalise import alternation
from nlp.pieces import Pieces, pairs_of, take_apart
from nlp.tables import quick_to_miss

_TOKEN = re.compile(r"……|…|\([^()]*\)|\{[^{}]*\}|[\^$]|[^…(){}^$]+")
_STOP = "。！？!?；;\n"
_GAP = {"…": f"[^{_STOP}]{{0,6}}", "……": f"[^{_STOP}]{{0,12}}"}
_EDGE = {"^": r"\A\s*", "$": r"[\s。！？!?~，,.…]*\Z"}
_MARKS = frozenset("…(){}^$|")
_MOST_ANCHORS = 600
NEAR = 24
"""How far around a find its negative context is looked for, in letters."""

Groups = Mapping[str, Sequence[str]]
Forms = tuple[str, ...]
# Single letters (and the words) that stand in every other message: poor anchors.
_COMMON = frozenset("水地村钱路房打让给墙收树狗羊卖分办修放干土倒叫人家没不了的在有是我他上下里") | {
    "孩子",
    "现在",
    "老人",
}


class BadPattern(ValueError):
    """The pattern cannot be read; `mend` says what to write instead (a code, rendered by the caller)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `anchors` are words one of which is always present; `rest` is None where they suffice.

    `also` are letters one of which must be in the text too: cheaper to ask than the whole expression.
    """

    text: str
    anchors: tuple[str, ...]
    rest: Lazy | None
    also: frozenset[str] = frozenset()

    @property
    def whole(self) -> Lazy:
        """The whole pattern as a regular expression."""
        return self.rest or Lazy([self.anchors])

    @property
    def has_edge(self) -> bool:
        """Whether it asks for an edge of the whole message, so that a part may hold what the whole does not."""
        return not _EDGE.keys().isdisjoint(self.text)

    def stands_in(self, text: str) -> bool:
        """Whether it stands in a text: for one pattern alone; many are looked for with a `Scan`."""
        if self.rest is None:
            return any(word in text for word in self.anchors)
        return self.rest.regex.search(text) is not None


def compile_pattern(text: str, groups: Groups | None = None) -> Pattern:
    """Read one pattern or raise BadPattern naming what is wrong with it."""
    if _MARKS.isdisjoint(text):
        if not text:
            raise BadPattern("no_anchor")
        return Pattern(text, (text,), None)
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or not text.strip("…^$ "):
        raise BadPattern("brackets")
    pieces: list[list[Forms]] = [[]]
    source: list[str | Forms] = []
    for token in tokens:
        if token in _GAP:
            pieces.append([])
            source.append(_GAP[token])
        elif token in _EDGE:
            source.append(_EDGE[token])
        else:
            words = _alternatives(token, groups or {})
            pieces[-1].append(words)
            source.append(token if token[0] == "(" else words)
    anchors, others = _anchors(pieces)
    if not anchors:
        raise BadPattern("no_anchor")
    if len(tokens) == 1 and tokens[0] not in _EDGE:
        return Pattern(text, anchors, None)
    return Pattern(text, anchors, Lazy(source), _letters(others))


def _alternatives(token: str, groups: Groups) -> tuple[str, ...]:
    if token[0] == "(":
        if "{" in token or "…" in token:
            raise BadPattern("nested")
        return tuple(map(intern, token[1:-1].split("|")))
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


def _anchors(pieces: list[list[Forms]]) -> tuple[Forms, list[Forms]]:
    """Return the forms that are rarest in talk, and the parts of the pattern they leave out."""
    best: Forms = ()
    left: list[Forms] = []
    for piece in pieces:
        for chosen, used in _expansions(piece):
            if all(chosen) and (not best or _rarity(chosen) > _rarity(best)):
                best = chosen
                left = [part for each in pieces for part in each if not any(part is one for one in used)]
    return tuple(dict.fromkeys(best)), left


def _expansions(piece: list[Forms]) -> Iterable[tuple[Forms, list[Forms]]]:
    """Yield the whole piece spelled out if that is not too much, and each of its parts alone; with the parts used."""
    size = 1
    for words in piece:
        size *= len(words)
    if piece and size <= _MOST_ANCHORS:
        yield tuple(intern("".join(each)) for each in product(*piece)), piece
    for part in piece:
        yield part, [part]


def _rarity(words: Forms) -> tuple[int, int, int]:
    """Longer is rarer; then the letters every message has count against it; then the number of forms."""
    common = sum(word in _COMMON for word in words)
    return min(2, min(map(len, words))), -common, -len(words)


def _letters(parts: Iterable[Forms]) -> frozenset[str]:
    """Return the first letters of the part with the fewest, of those that cannot be empty."""
    sets = [frozenset(word[0] for word in words) for words in parts if all(words)]
    return min(sets, key=lambda letters: (len(letters), sorted(letters)), default=frozenset())


class Lazy:
    """An expression put together and compiled when first needed: of thousands few are ever met. Doing it twice is
    harmless. `parts` are pieces of it as they stand, `(掉|落|)` as it was written, words one of which stands there, and other
    expressions."""

    __slots__ = ("_parts", "_regex")

    def __init__(self, parts: Iterable[str | Forms | Lazy]) -> None:
        self._parts = tuple(parts)
        self._regex: re.Pattern[str] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Kept (nlp/keeping.py), it is as if never used."""
        return Lazy, (self._parts,)

    @property
    def source(self) -> str:
        return "".join(map(_source_of, self._parts))

    @property
    def regex(self) -> re.Pattern[str]:
        if self._regex is None:
            self._regex = re.compile(self.source)
        return self._regex


def _source_of(part: str | Forms | Lazy) -> str:
    if isinstance(part, Lazy):
        return part.source
    if isinstance(part, str):
        return _either(part[1:-1].split("|")) if part[0] == "(" else part
    return _either(part)


Hook = tuple[tuple[str, ...], int, Lazy | None, frozenset[str]]
"""What may follow the two letters that were met (nothing: no matter), the pattern's index, and what else must hold."""
Hooks = tuple[Hook, ...]
_Table = Mapping[str, tuple[Hooks, ...]]
_Met = list[tuple[int, tuple[Hooks, ...]]]
"""Where two letters (or one) were met, and the hooks that each of the scans has there."""


class Scan:
    """Finds which of many patterns occur in a text, in one pass over its letters.

    Its tables are built at the first look: what a `Joint` finds as well is seldom looked for alone.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._patterns = patterns

    @cached_property
    def _tables(self) -> tuple[_Table, _Table]:
        pairs, singles = _hooks(self._patterns)
        return _beside(pairs), _beside(singles)

    def find(self, text: str) -> dict[int, int]:
        """Return pattern index → where it was first found; the longer anchors first, else in the order of the text."""
        pieces = take_apart(text)
        pairs, singles = self._tables
        met = _met(pairs, singles, pieces.pairs, pieces.letters)
        return _held(text, met, 0, pieces.all) if met else {}


class Joint:
    """Two scans in one pass: one over a whole text, one over what is left of it without the names of places."""

    def __init__(self, whole: Sequence[Pattern], rest: Sequence[Pattern]) -> None:
        (pairs, singles), (rest_pairs, rest_singles) = _hooks(whole), _hooks(rest)
        self._pairs = _beside(pairs, rest_pairs)
        self._singles = _beside(singles, rest_singles)

    def find(self, text: str, pieces: Pieces, rest: str) -> tuple[dict[int, int], dict[int, int]]:
        """Return what each of them finds; `pieces` are those of the text."""
        met = _met(self._pairs, self._singles, pieces.pairs, pieces.letters)
        found = _held(text, met, 0, pieces.all)
        start = len(text) - len(rest)
        if start and text.endswith(rest):
            met = [(at - start, tables) for at, tables in met if at >= start]
        elif start:
            letters = list(rest)
            met = _met(self._pairs, self._singles, pairs_of(letters), letters)
        return found, _held(rest, met, 1, pieces.all)


def _hooks(patterns: Sequence[Pattern]) -> tuple[dict[str, Hooks], dict[str, Hooks]]:
    """Index patterns by the first two letters of their anchors, and those with an anchor of one letter by that."""
    pairs: dict[str, list[Hook]] = {}
    singles: dict[str, list[Hook]] = {}
    once: dict[str, str] = {}  # words of one list end alike in many patterns
    for index, pattern in enumerate(patterns):
        tails: dict[str, list[str]] = {}
        for anchor in pattern.anchors:
            tails.setdefault(anchor[:2], []).append(once.setdefault(anchor[2:], anchor[2:]))
        whole: Hook = ((), index, pattern.rest, pattern.also)
        for head, rests in tails.items():
            hook = whole if "" in rests else (tuple(rests), index, pattern.rest, pattern.also)
            (pairs if len(head) > 1 else singles).setdefault(head, []).append(hook)
    return _frozen(pairs), _frozen(singles)


def _frozen(hooks: Mapping[str, Sequence[Hook]]) -> dict[str, Hooks]:
    """Many words of one list are met alike: they share what they hold."""
    shared: dict[Hooks, Hooks] = {}
    return {key: shared.setdefault(each, each) for key, each in zip(hooks, map(tuple, hooks.values()), strict=True)}


def _beside(*tables: Mapping[str, Hooks]) -> dict[str, tuple[Hooks, ...]]:
    """Return for each key what each of the tables has there."""
    shared: dict[tuple[Hooks, ...], tuple[Hooks, ...]] = {}
    keys = dict.fromkeys(key for table in tables for key in table)
    beside = {key: tuple(table.get(key, ()) for table in tables) for key in keys}
    return quick_to_miss({key: shared.setdefault(each, each) for key, each in beside.items()})


def _met(pair_hooks: _Table, single_hooks: _Table, pairs: Iterable[str], letters: Iterable[str]) -> _Met:
    """Return what hooks the pairs and letters of a text meet, each in its order."""
    met = [(at, tables) for at, tables in enumerate(map(pair_hooks.get, pairs)) if tables]
    if single_hooks:
        met += [(at, tables) for at, tables in enumerate(map(single_hooks.get, letters)) if tables]
    return met


def _held(text: str, met: _Met, scan: int, letters: AbstractSet[str]) -> dict[int, int]:
    """Return which patterns of one scan hold, each with where it was first found. `letters` are at least the text's."""
    found: dict[int, int] = {}
    missed = False
    for at, tables in met:
        for tails, index, rest, also in tables[scan]:
            if index in found or (tails and not text.startswith(tails, at + 2)):
                continue
            if rest is None:
                found[index] = at
            elif not also or not also.isdisjoint(letters):
                hit = rest.regex.search(text)
                found[index] = -1 if hit is None else hit.start()
                missed = missed or hit is None
    return {index: at for index, at in found.items() if at >= 0} if missed else found


@dataclass(frozen=True, slots=True)
class Unless:
    """Negative contexts of one rule, as one expression; looked for near the find only."""

    contexts: Lazy

    @property
    def regex(self) -> re.Pattern[str]:
        return self.contexts.regex

    def holds(self, text: str, at: int) -> bool:
        return self.regex.search(text, max(0, at - NEAR), at + NEAR) is not None


def compile_unless(cell: str, groups: Groups | None = None) -> Unless | None:
    """Read a cell of negative contexts (patterns separated by spaces); an empty cell has none."""
    parts: list[str | Lazy] = []
    for part in cell.split():
        parts += ("|", compile_pattern(part, groups).whole)
    return Unless(Lazy(parts[1:])) if parts else None
