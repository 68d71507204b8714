"""What a keeper adds to something he has just reported as done: 换了三米管子, after 修好了. Filed it would be a matter of its own."""

from __future__ import annotations

from datetime import timedelta

from handlers import keeper_words, remarks
from handlers.context import Context
from handlers.filing import title_of_matter
from handlers.matter_lookup import HANDLERS
from handlers.matter_news import said_by, tell_reporter
from handlers.texts import in_hand as texts
from handlers.texts import matters as matter_texts

LONGEST = 20
# So long after 办好了 such words are about that.
JUST_DONE = timedelta(hours=2)


def take(ctx: Context) -> bool:
    """Tell whoever told of it. False where something else in his hands is of that kind, and for other words."""
    is_keeper = bool(ctx.roles & HANDLERS) and ctx.is_proven and ctx.is_direct
    if not is_keeper or len(ctx.said) > LONGEST or not keeper_words.tells_end(ctx.said) or ctx.person is None:
        return False
    if ctx.understanding.certain or remarks.split_number(ctx.said)[0] or not remarks.is_ended(ctx.said):
        return False
    if ctx.store.matters.living_of_owner(ctx.person.id):
        return False  # it may be of one of those
    done = ctx.store.matters.done_of_owner(ctx.person.id, ctx.now - JUST_DONE)
    last = max(done, key=lambda matter: matter.ended_at or matter.filed_at, default=None)
    if last is None or last.is_sealed:
        return False
    ctx.store.matters.add_note(last, "keeper", ctx.said, ctx.sender.contact.id, ctx.now)
    title = title_of_matter(ctx.words.lexicon, last)
    text = matter_texts.keeper_says(last.number, title, said_by(ctx, last), ctx.said)
    tell_reporter(ctx, last, text, f"note:{ctx.incoming.digest}")
    ctx.reply(texts.added_to_done(last.number))
    return True
