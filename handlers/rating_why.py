"""哪里没好, asked of who was not satisfied: his reason, his slip (按错了 我是满意的), or a question of his own."""

from __future__ import annotations

import re

from domain import matters as rules
from domain.matters import Matter, Rating
from domain.messages import Kind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import discreet, manners, rating_words, remarks
from handlers.afterwards import add_to
from handlers.context import Context
from handlers.filing import clear_topic, owner_words_known
from handlers.matters import take_words
from handlers.rating import dissatisfied, take_rating
from handlers.rating_asked import lets_it_be
from handlers.registry import answers, claims
from handlers.texts import matters as texts
from handlers.texts import ratings as rating_texts

# A word or two (没修) resembles any topic.
_FEW_CHARS = 5
_ASKS_WHO_DID = re.compile("谁.{0,2}(?:修|办|弄|换|装|来|管)的?")


@answers("rating.why")
def answer_why(ctx: Context, question: OpenQuestion, said: str) -> None:
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "add", "rate", "chat"):
        raise NotUnderstood("rating.why")
    _take_reason(ctx, question, said)


def _take_reason(ctx: Context, question: OpenQuestion, said: str) -> None:
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    ctx.store.questions.close(question, ctx.now)
    if matter is None:
        return take_words(ctx, said)
    shown, aside = discreet.reason(ctx, said)
    dissatisfied(ctx, matter, shown)
    return discreet.hide(ctx, aside) if aside else None


def take(ctx: Context) -> bool:
    """Take what plainly answers 哪里没好 before it is heard as a command or a matter: 还是不亮, 点错了, 谁修的.

    False for other words; as a reason in words of any kind they are tried again behind all commands.
    """
    if not ctx.is_direct or not ctx.is_proven:
        return False
    question, matter = _asked(ctx, "rating.why")
    if question is None or matter is None:
        return False
    if _takes_it_back(ctx, question, matter):
        return True
    if lets_it_be(ctx.said):  # it stays a 3, and nobody is sent once more
        ctx.store.questions.close(question, ctx.now)
        ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
        ctx.reply(rating_texts.not_done_again(matter.number))
        return True
    if _ASKS_WHO_DID.match(ctx.said) or remarks.asks_who(ctx.said):
        ctx.reply(rating_texts.done_by(matter.number, owner_words_known(ctx, matter)))
        return True
    words = remarks.addition(ctx.said, is_named=False)
    if not words or ctx.understanding.slots.get("number"):  # 补充 007 is of that one
        return False
    is_of_it = clear_topic(ctx.reading) in (None, matter.code) or len(words) <= _FEW_CHARS
    if not (is_of_it and (remarks.supplements(ctx.said) or rating_words.fails(words))):
        return False
    _take_reason(ctx, question, words)
    return True


def _asked(ctx: Context, kind: str) -> tuple[OpenQuestion | None, Matter | None]:
    """The newest question of that kind, if nothing was asked since, and the matter it is about."""
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if not asked or asked[-1].kind != kind:
        return None, None
    return asked[-1], ctx.store.matters.get(asked[-1].thing_id, to_change=True)


def _takes_it_back(ctx: Context, question: OpenQuestion, matter: Matter) -> bool:
    """点错了 asks for the rating once more; 按错了 我是满意的, 哦好了 is one."""
    slip = rating_words.behind_slip(ctx.said)
    if slip == "":
        ctx.store.questions.close(question, ctx.now)
        ctx.ask("rating", matter.id, ("1", "2", "3"), rules.RATE_WITHIN)
        ctx.reply(rating_texts.rate_again(matter.number))
        return True
    words = ctx.said if slip is None else slip
    score, why = rating_words.judged(ctx, words)
    is_over = not score and manners.says_settled(manners.without_politeness(words))
    score = str(Rating.SATISFIED) if is_over else score
    if score in ("", Rating.NOT):
        return False
    take_rating(ctx, matter, score, why)
    return True


@claims(Kind.IMAGE, Kind.VIDEO)
def take_picture(ctx: Context) -> bool:
    """A picture instead of words: it is why he is not satisfied, or it belongs to what he is asked about."""
    media = ctx.incoming.media
    question, matter = _asked(ctx, "rating.why")
    is_why = question is not None
    if not is_why:
        question, matter = _asked(ctx, "rating")
    if media is None or question is None or matter is None or matter.is_sealed or not ctx.is_proven:
        return False
    thing = texts.THINGS[ctx.incoming.kind]
    ctx.store.media.expect(ctx.incoming, ctx.sender.contact.id, matter.id, ctx.now)
    ctx.store.matters.add_note(matter, ctx.incoming.kind, media.media_id, ctx.sender.contact.id, ctx.now)
    if is_why:
        _take_reason(ctx, question, f"[{thing}]")
    else:
        add_to(ctx, matter, f"[{thing}]", reply=rating_texts.picture_of_done(matter.number, thing))
    return True
