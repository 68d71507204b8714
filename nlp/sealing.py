"""Whether a wording must be sealed though no outright mark stands in it: who is in office, what is held against him, who
does what to whom at home, and how it is worded, weighed together in tenths of a logit.

Lists of marks (rules/topics_sealed.csv) know what somebody thought of. Whoever writes next says it otherwise, but speaks
of the same things: so groups of words (rules/seal_signs.csv), letters and pairs (rules/seal_words.csv) and what the topics
make likely each say a little. `python -m bench seal_refit` fits all of it (docs/rules.md).
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.danger import Danger
from nlp.pieces import pieces_of
from nlp.rules import BadRule, CueTable, Fired, Row, read_weight, refuse_doubles
from nlp.signs import SEALING_MARKS, Signs
from nlp.tables import quick_to_miss
from nlp.topics import SHORT

SEALED, OPEN = SIDES = ("sealed", "open")
ALWAYS = "*"
FAMILY = "DS02"
PRAISE = "表扬"


class Known(NamedTuple):
    """What else is known of a text: how likely the topics make it that somebody in office is accused (`office`) or that
    it is about a family (`family`), the kind of request, and whether it sounds like violence."""

    office: float
    family: float
    kind: str
    is_violent: bool


@dataclass(frozen=True, slots=True)
class Sealing:
    """Points of letters and pairs, and what a text starts at."""

    words: Mapping[str, int]
    base: int

    def fired(self, text: str) -> list[Fired]:
        """Return the letters and pairs that speak for sealing."""
        return [Fired(piece, points) for piece in pieces_of(text) if (points := self.words.get(piece, 0)) > 0]


def compile_sealing(rows: Sequence[Row]) -> Sealing:
    """Read the letters and pairs. Raises BadRule."""
    refuse_doubles(rows, ("word",))
    words: dict[str, int] = {}
    for row in rows:
        if len(row.cells["word"]) > 2:
            raise BadRule(row, f"bad_pattern:{row.cells['word']}", "1…2")
        if row.cells["side"] not in SIDES:
            raise BadRule(row, f"unknown_value:{row.cells['side']}", ",".join(SIDES))
        words[row.cells["word"]] = read_weight(row) * (1 if row.cells["side"] == SEALED else -1)
    base = words.pop(ALWAYS, 0)
    return Sealing(quick_to_miss(words), base)


STEPS = (0.05, 0.15, 0.3, 0.5)
"""From which shares of the topics on one step more is told."""
MOST = 2
TOLD = ("cadre", "fault")
"""Marks of rules/topics_sealed.csv that seal nothing alone; each counts at most twice."""


def told(signs: Signs, known: Known) -> Iterable[tuple[str, int]]:
    """Yield what is known of a text, each with how many times it counts."""
    for mark in TOLD:
        if mark in signs:
            yield mark, min(MOST, signs[mark])
    yield "office", sum([known.office >= step for step in STEPS])
    yield "family", sum([known.family >= step for step in STEPS])
    yield known.kind, 1
    if known.is_violent:
        yield "violent", 1


def known_from(
    shares: Iterable[tuple[str, float]], accusing: Container[str], kind: str, danger: Danger | None
) -> Known:
    """Return what is known of a text: `shares` are those of its likeliest codes, `accusing` those that accuse somebody."""
    office = family = 0.0
    for code, share in shares:
        if code in accusing:
            office += share
        elif code == FAMILY:
            family = share
    return Known(office, family, kind, danger is not None and danger.kind == "violence")


# What else is known tells so much, in tenths of a logit, as `python -m bench seal_refit` printed it when plain statements
# still counted as 求助: most of them are 投诉 now (nlp/spoken.py), which tells what 求助 told then.
_KNOWN = {
    "cadre": 7, "fault": -1, "office": 7, "family": 4, "violent": 16,
    "咨询": -14, "求助": -10, "投诉": -10, "举报": 3, "建议": -10, "表扬": -8,
}  # fmt: skip
SEALS = 1
"""From so many points on a short text is sealed. Lower takes in more ordinary complaints than accusations: from −15 on twice
as many lines of every day (docs/rules.md)."""
LEAST = 7
"""A text of fewer letters (他家吃低保) says too little to be weighed."""
_REACH = 40
"""So many points letters and pairs hardly ever add: where more is wanting they are not asked."""


def seals(sealing: Sealing, signs: Signs, known: Known, text: str) -> bool:
    """Whether a short text is sealed for what it tells and how it is worded."""
    if known.kind == PRAISE:
        return False
    if signs or known.is_violent or max(known.office, known.family) >= STEPS[0]:
        points = sealing.base + signs.get(SEALED, 0) - signs.get(OPEN, 0)
        points += sum([_KNOWN[name] * times for name, times in told(signs, known)])
    else:  # most messages: nothing of it is known
        points = sealing.base + _KNOWN[known.kind]
    if points < SEALS - _REACH:
        return False
    return points + sum(filter(None, map(sealing.words.get, pieces_of(text)))) >= SEALS


def is_worded_sealed(
    sealing: Sealing, table: CueTable, text: str, signs: Signs, known: Known, hits: Sequence[tuple[int, int]]
) -> bool:
    """Whether a short text is sealed for its wording. Where a mark was met in a context that makes it none (打我微信,
    小时候, 电视里) it was looked at closer than by any wording: then it is not."""
    if not LEAST <= len(text) <= SHORT or not seals(sealing, signs, known, text):
        return False
    marks = [(at, place) for at, place in hits if table.cues[at].value in SEALING_MARKS]
    return len(table.kept(text, marks)) == len(marks)
