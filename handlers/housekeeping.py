"""What the clock tidies: words kept longer than their time are forgotten, in slices.

Minutes, ballots and their results have a longer time of their own (defaults page §9: five years) and are not tidied.
"""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Context
from handlers.registry import every
from storage.tidying import forget_conversations, forget_letters, forget_matters, forget_questions

# Raw chat text is kept half a year (defaults page §9); event keys must outlive every redelivery, seven days at least.
KEEP_WORDS = timedelta(days=180)
# A matter is kept three years from its end, as everybody is told (handlers/texts/people.py: KEPT_HOW_LONG).
KEEP_MATTERS = timedelta(days=3 * 365)


@every(minutes=10)
def forget_old_words(ctx: Context) -> None:
    before = ctx.now - KEEP_WORDS
    ctx.store.inbox.prune(before)
    forget_letters(ctx.store.batch, before)
    forget_questions(ctx.store.batch, before)


@every(minutes=24 * 60)
def forget_what_is_long_over(ctx: Context) -> None:
    forget_conversations(ctx.store.batch, ctx.now - KEEP_WORDS)
    forget_matters(ctx.store.batch, ctx.now - KEEP_MATTERS)
