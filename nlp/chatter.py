"""Is a line of ordinary group talk a matter at all? Asked before a quiet offer to the keeper; off by default.

The topic table cannot tell: it fires on a third of ordinary lines. How a line sounds can: whether something is broken,
left undone or asked for, or whether it is praised, sold, done with or merely told (docs/rules.md has the measured rates).
A line that is not sure stays chatter: an offer too many is worse than one too few.
"""

from __future__ import annotations

from dataclasses import dataclass

from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.places import split_place
from nlp.words import classify

MATTER = 8
"""Points from which a line counts as a matter, in tenths of a logit."""
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is a matter, of what code, with its points (in tenths of a logit) and the letters that said so."""

    matter: bool
    code: str | None
    points: int
    why: tuple[str, ...]


def is_a_matter(lexicon: Lexicon, text: str) -> Verdict:
    """Judge one line of talk nobody addressed to us. Never raises."""
    said = split_place(normalise(lexicon.spelling, text)[:_LOOKED_AT])[0]
    points = lexicon.chatter.weigh(said)
    if points < MATTER:
        return Verdict(False, None, points, ())
    return Verdict(True, classify(lexicon, text).code, points, lexicon.chatter.loudest(said))
