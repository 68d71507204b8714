"""What is said right after something that was sealed (他小舅子叫李二牛, a picture): it joins it, and nobody else reads it.

A sealed matter keeps no contact. For half an hour a question stands open to the one who told it; which matter it is of
is encrypted, and the question is gone when it has ended (docs/decisions/0004).
"""

from __future__ import annotations

import re
from datetime import timedelta

from domain.matters import Matter
from domain.messages import Kind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.filing import AT_HOME, CONDUCT, NO_MATTER, clear_topic
from handlers.matter_news import tell_handler
from handlers.registry import answers, claims
from handlers.texts import discreet as texts
from handlers.texts import matters as matter_texts
from nlp.numbers import said_number
from storage.media import NOBODY

KIND = "sealed.more"
MORE_FOR = timedelta(minutes=30)
_SMALL = 4
"""So many letters, of nothing in particular, are thanks."""
# 就是那个张三家, 他小舅子: they point at what was told.
_POINTS = re.compile("[他她打砸刀]|就是|那个|这个|证据|还有")
_SURE = 0.6


def expect(ctx: Context, matter: Matter) -> None:
    """Let what he says next join the matter; what was sealed before no longer takes any."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == KIND:
            ctx.store.questions.close(question, ctx.now)
    ctx.ask(KIND, 0, (), MORE_FOR, data=ctx.store.vault.seal(str(matter.id)))


def is_of_another(ctx: Context) -> bool:
    """路灯也坏了, 低保咋停了, after what nobody may read: a matter of its own, and nothing of what was told."""
    reading = ctx.reading
    code = clear_topic(reading)
    if code is None or code in CONDUCT or code == AT_HOME or reading.sealed:
        return False
    return (ctx.in_trouble or reading.confidence >= _SURE) and not _POINTS.search(ctx.said)


@answers(KIND)
def add(ctx: Context, question: OpenQuestion, said: str) -> None:
    """His next words, unless they are another matter, an answer to something else, or thanks."""
    is_small = len(said) <= _SMALL and not ctx.in_trouble and ctx.reading.code in (None, NO_MATTER)
    matter = _matter(ctx, question)
    if matter is None or is_small or said_number(said) is not None or is_of_another(ctx):
        raise NotUnderstood(KIND)
    ctx.is_secret = True
    ctx.store.matters.add_note(matter, "text", said, None, ctx.now)
    tell_handler(ctx, matter, matter_texts.addition_for_owner(matter.number, said), f"note:{ctx.incoming.digest}")
    ctx.reply(texts.sealed_too())


@claims(Kind.IMAGE, Kind.VIDEO)
def take_picture(ctx: Context) -> bool:
    """A picture sent right after: it loses who sent it. False where nothing was sealed just now."""
    asked = [q for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == KIND]
    matter = _matter(ctx, asked[-1]) if asked else None
    media = ctx.incoming.media
    if matter is None or media is None:
        return False
    ctx.is_secret = True
    ctx.store.media.expect(ctx.incoming, NOBODY, matter.id, ctx.now)
    ctx.store.matters.add_note(matter, ctx.incoming.kind, media.media_id, None, ctx.now)
    shown = f"[{matter_texts.THINGS[ctx.incoming.kind]}]"
    tell_handler(ctx, matter, matter_texts.addition_for_owner(matter.number, shown), f"note:{ctx.incoming.digest}")
    ctx.reply(texts.sealed_too())
    return True


def _matter(ctx: Context, question: OpenQuestion) -> Matter | None:
    return ctx.store.matters.get(int(ctx.store.vault.open(question.data) or 0))
