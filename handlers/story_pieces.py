"""What a long story without a pause is about, where all of it together reads as about nothing: its clearest piece tells."""

from __future__ import annotations

from handlers.context import Context
from handlers.filing import UNKNOWN_TOPIC, clear_topic
from nlp.words import classify

_PIECE, _STEP, _SURE = 20, 10, 0.6
# What is about no thing, and what must be sealed by all that is said, is not guessed from a piece.
_NEVER = ("OT", "GO", "DS")


def clearest(ctx: Context, said: str) -> str:
    """The code of the piece that is most surely about something; of none that is sure a person judges."""
    pieces = [said[at : at + _PIECE] for at in range(0, max(1, len(said) - _STEP), _STEP)]
    read = [classify(ctx.words.lexicon, piece) for piece in pieces]
    sure = [each for each in read if not (clear_topic(each) or _NEVER[0]).startswith(_NEVER)]
    best = max(sure, key=lambda each: each.confidence, default=None)
    return best.code or UNKNOWN_TOPIC if best is not None and best.confidence >= _SURE else UNKNOWN_TOPIC
