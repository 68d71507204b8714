"""What the village may not see, whatever it is said beside: blame of a cadre behind 人工, in a rating, in an addition, while
a fire burns. It goes its own way, sealed; what it was said beside goes on without it (rulings, Sealed matters)."""

from __future__ import annotations

from dataclasses import replace

from handlers.accusing import accuses_by_name
from handlers.context import Context
from handlers.filing import draft_of
from handlers.matter_lookup import HANDLERS
from handlers.matters import apart, file_words
from nlp.words import classify, hear, tells_on

_BY_CONDUCT = "GO02"
"""The code of an accusation whose words are of no matter of their own: a cadre's conduct."""


def is_unfit(ctx: Context, words: str) -> bool:
    """Whether the words tell on somebody, so that nobody of the village may read them beside a name."""
    heard = ctx.heard if words == ctx.said else hear(ctx.words.lexicon, words)
    if accuses_by_name(ctx, words):
        return True
    return tells_on(ctx.words.lexicon, heard) and bool(classify(ctx.words.lexicon, words, heard).sealed)


def take_aside(ctx: Context, words: str) -> bool:
    """File such words out of the village's sight and say so; False where there is nothing in them to hide."""
    if not is_unfit(ctx, words):
        return False
    for part in apart(ctx, words, classify(ctx.words.lexicon, words)):
        draft = draft_of(classify(ctx.words.lexicon, part), part)
        is_hidden = draft.is_sealed or is_unfit(ctx, part)
        code = draft.code if draft.is_sealed or not is_hidden else _BY_CONDUCT
        file_words(ctx, replace(draft, code=code, is_sealed=is_hidden))
    return True


def take(ctx: Context) -> bool:
    """Take a villager's words that blame somebody in office by his name, before they are read as anything else."""
    return ctx.is_direct and not ctx.roles & HANDLERS and accuses_by_name(ctx, ctx.said) and take_aside(ctx, ctx.said)
