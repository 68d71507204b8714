"""Is a line of ordinary group talk a matter at all? Asked before a quiet offer to the keeper (off by default).

The topic table cannot tell: it fires on a third of ordinary lines. What the line tells besides can (nlp/spoken.py):
whether something is broken, left undone or asked for, or whether it is praised, sold, done with or merely told
(docs/rules.md has the measured rates). A line that is not sure stays chatter: an offer too many is worse than one too few.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.lexicon import Lexicon
from nlp.pieces import pieces_of
from nlp.spoken import MATTER
from nlp.topics import SHORT
from nlp.words import classify, hear

_MOST_WHY = 4
LIMIT = 25
"""From more points a line counts as a matter, in tenths of a logit."""
FEW, FEW_LIMIT = 9, 8
"""The same for lines of so few letters (垃圾没人拉): they add up to few."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is a matter, of what code, with its points (in tenths of a logit) and the letters that said so."""

    matter: bool
    code: str | None
    points: int
    why: tuple[str, ...]


def is_a_matter(lexicon: Lexicon, text: str) -> Verdict:
    """Judge one line of talk nobody addressed to us. Never raises."""
    heard = hear(lexicon, text)
    reading = classify(lexicon, text, heard)
    told = reading.told or classify(lexicon, heard.said[:SHORT]).told
    limit = FEW_LIMIT if len(heard.said) <= FEW else LIMIT
    points = told.matter if told else limit
    if points <= limit:
        return Verdict(False, None, points, ())
    said = lexicon.spoken.speaking(pieces_of(heard.matter[:SHORT]), (), MATTER)
    return Verdict(True, reading.code, points, tuple(each.word for each in said[:_MOST_WHY]))
