"""Which parts of a message are heard for danger by themselves: what is said beside a cry must not drown it.

The words of a message are weighed together, and calm ones take away from what sounds like a cry: 我家低保没批，有人落水了.
So a sentence is heard alone as well, and what follows a greeting; and a clause, and any two clauses, which may make us ask,
but never alarm: 去年也着过火 is half of a story. Measured: docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import add

from nlp.patterns import Groups
from nlp.pieces import Pieces
from nlp.tone import Tone

GREETINGS = "招呼"
"""The group of rules/word_groups.csv that names greetings."""
_SENTENCE_MARKS, _MARKS = "。！？!?；;\n", "，,。！!？?；; \n"
_SENTENCES, _CLAUSES = (re.compile(f"[{marks}]+") for marks in (_SENTENCE_MARKS, _MARKS))
_LEAST, _LEAST_UNNAMED = 4, 8
LOUD = 30
"""How many points wording alone must have in a part (a whole message: `nlp.danger.ALARM`), for a part is taken from its
context."""
RUNS_ON = 30
"""So long is what is said without a stop and may be about several things."""
MOST = 40
"""So many clauses are heard; nobody cries for help behind more of them."""


def greeting_of(groups: Groups) -> re.Pattern[str]:
    """Compile what may stand before a cry and says nothing: the words of the group, and whom it calls."""
    words = map(re.escape, sorted(groups.get(GREETINGS, ()), key=len, reverse=True))
    called = "|".join((r"@[^\s，,]+", *words))
    return re.compile(rf"^(?:(?:{called})[{_MARKS}]*)+")


def sentences_of(greeting: re.Pattern[str], text: str) -> list[str]:
    """Return the sentences of a message of several, and what follows a greeting: they may alarm."""
    greeted = greeting.match(text)
    if greeted is None and _SENTENCES.search(text) is None:
        return []
    bare = text[greeted.end() :] if greeted else text
    parts = dict.fromkeys((bare, *_SENTENCES.split(text, maxsplit=MOST)[:MOST]))
    return [part for part in parts if len(part) >= _LEAST and part != text]


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a message."""
    if _CLAUSES.search(text) is None:
        return [text] if text else []
    return [clause for clause in _CLAUSES.split(text, maxsplit=MOST)[:MOST] if clause]


def all_runs(clauses: list[str]) -> Iterable[str]:
    """Yield every clause and every two clauses that follow each other."""
    yield from (clause for clause in clauses if len(clause) >= _LEAST)
    yield from map("，".join, pairwise(clauses))


_WINDOW = 20


def windows(text: str) -> Iterable[str]:
    """Yield overlapping pieces of what was said without a stop: 养老金几号发厨房里一股煤气味我头有点晕低保的表在哪领."""
    yield from (text[at : at + _WINDOW] for at in range(0, min(len(text), MOST * _WINDOW) - _WINDOW // 2, _WINDOW // 2))


def loud_runs(tone: Tone, clauses: list[str]) -> Iterable[str]:
    """Yield those of them whose wording alone may be loud. Each clause is weighed once: two have the points of both."""
    points = [tone.weigh(clause) - tone.base for clause in clauses]
    for clause, own in zip(clauses, points, strict=True):
        if own + tone.base >= LOUD and len(clause) >= _LEAST_UNNAMED:
            yield clause
    for (one, other), (first, second) in zip(pairwise(clauses), pairwise(points), strict=True):
        if first + second + tone.base >= LOUD and len(one) + len(other) >= _LEAST_UNNAMED:
            yield f"{one}，{other}"


def may_be_loud(tone: Tone, text: str, clauses: list[str], pieces: Pieces, signs: int) -> bool:
    """Whether a clause of a text with these pieces, or two that follow each other, may be loud by its letters and at
    most so many points of signs. Hardly any complaint comes near, and none of its clauses need be weighed (16 → 4 µs)."""
    points = []
    at = 0
    for clause in clauses:
        at = text.index(clause, at)
        end = at + len(clause)
        points.append(tone.letters_of({*pieces.letters[at:end], *pieces.pairs[at : end - 1]}))
        at = end
    return max(points) + signs >= LOUD or max(map(add, points, points[1:])) - tone.base + 2 * signs >= LOUD
