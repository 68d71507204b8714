"""What the clock tidies: words kept longer than their time are forgotten, in slices."""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Context
from handlers.registry import every

# Raw chat text is kept half a year (defaults page §9); event keys must outlive every redelivery, seven days at least.
KEEP_WORDS = timedelta(days=180)


@every(minutes=10)
def forget_old_words(ctx: Context) -> None:
    ctx.store.inbox.prune(ctx.now - KEEP_WORDS)
