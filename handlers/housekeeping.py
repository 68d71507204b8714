"""What the clock tidies: words kept longer than their time are forgotten, in slices.

What a matter, a minute or a ballot keeps of them has times of its own (defaults page §9: three and five years).
"""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Context
from handlers.registry import every
from storage.tidying import forget_conversations, forget_letters, forget_questions

# Raw chat text is kept half a year (defaults page §9); event keys must outlive every redelivery, seven days at least.
KEEP_WORDS = timedelta(days=180)


@every(minutes=10)
def forget_old_words(ctx: Context) -> None:
    before = ctx.now - KEEP_WORDS
    ctx.store.inbox.prune(before)
    forget_letters(ctx.store.batch, before)
    forget_questions(ctx.store.batch, before)


@every(minutes=24 * 60)
def forget_old_conversations(ctx: Context) -> None:
    forget_conversations(ctx.store.batch, ctx.now - KEEP_WORDS)
