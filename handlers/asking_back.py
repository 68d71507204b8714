"""A keeper asks back: 001 是哪根杆. The one who told of it is asked, and what he says next goes to the keeper."""

from __future__ import annotations

from datetime import timedelta

from domain.matters import Matter
from handlers import afterwards
from handlers.context import Context
from handlers.filing import title_of_matter
from handlers.matter_news import close_questions, said_by, tell_reporter
from handlers.texts import in_hand as texts

# So long his next words, whatever they are, answer the keeper.
ANSWER_WITHIN = timedelta(hours=2)
# Short answers that command nothing: 有, 没有, 是的, 3.
_SHORT = frozenset({"confirm", "change", "cancel", "vote", "chat"})
_CHARS = 12


def ask(ctx: Context, matter: Matter, words: str) -> None:
    """Put the keeper's question to whoever told of it; of a sealed matter nobody knows who that was."""
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    ctx.store.matters.add_note(matter, "keeper", words, ctx.sender.contact.id, ctx.now)
    if matter.contact_id is None:
        return ctx.reply(texts.nobody_to_ask(matter.number))
    text = texts.keeper_asks(matter.number, title_of_matter(ctx.words.lexicon, matter), said_by(ctx, matter), words)
    tell_reporter(ctx, matter, text, f"asked:{ctx.incoming.digest}")
    close_questions(ctx, matter, "addition", of=matter.contact_id)
    # Its data tells it from 补充, which he began himself.
    ctx.ask("addition", matter.id, (), ANSWER_WITHIN, to=matter.contact_id, data=matter.code)
    return ctx.reply(texts.asked_reporter(matter.number))


def take(ctx: Context) -> bool:
    """有, 3户 after a keeper's question: an answer to him, though elsewhere it answers nothing."""
    if not ctx.is_direct or len(ctx.said) > _CHARS or ctx.understanding.intent not in _SHORT:
        return False
    for question in reversed(ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)):
        if question.kind == "addition" and question.data:
            matter = ctx.store.matters.get(question.thing_id)
            if matter is not None:
                ctx.store.questions.close(question, ctx.now)
                afterwards.add_to(ctx, matter, ctx.said)
                return True
    return False
