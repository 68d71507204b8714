"""A wish for a poll (想让大伙儿投票): only whoever answers for the village may ask it, so a villager's idea goes to him.

The lawful ways are named: the keeper may send it, and a tenth of the villagers may demand an assembly
(村民委员会组织法第二十五条).
"""

from __future__ import annotations

from domain.conversations import Conversation, Question
from domain.organisation import Person, first_receiver
from domain.polls import Reason
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation
from handlers.filing import office_of
from handlers.poll_scope import ORGANISERS
from handlers.texts import matters as matter_texts
from handlers.texts import polls as texts
from nlp.poll_talk import poll_said, wants_poll

WISH = "poll.wish"
SHORTEST, LONGEST = 4, 200
SAYS_NOTHING = 6  # 我要发起投票


def take(ctx: Context) -> bool:
    """弄个投票选… by a villager: his idea is passed on, and is no matter. False for everybody and everything else."""
    if ctx.roles & ORGANISERS or not wants_poll(ctx.said):
        return False
    offer(ctx)
    return True


def offer(ctx: Context) -> None:
    if _keeper(ctx) is None:
        return ctx.reply(texts.wish_for_nobody())
    said = poll_said(ctx.said, ctx.now, ctx.words.calendar)
    says_what = bool(said.options or said.title) and len(ctx.said) > SAYS_NOTHING
    return open_conversation(ctx, WISH, {"what": _a_wish(ctx, ctx.said)} if says_what else {})


def _keeper(ctx: Context) -> Person | None:
    return first_receiver(ctx.directory, ctx.place_id, ctx.village.id)


def _keeper_words(ctx: Context) -> str:
    keeper = _keeper(ctx)
    return matter_texts.who(keeper, office_of(ctx.directory, keeper, ctx.village.id)) if keeper else ""


def _a_wish(ctx: Context, text: str) -> str:
    words = text.strip(" 。！!,，")[:LONGEST]
    if len(words) < SHORTEST:
        raise NotUnderstood(WISH)
    if ctx.words.polls.judges_a_person(words):
        raise Refused(Reason.DIGNITY)
    return words


def _shape(ctx: Context) -> Conversation:
    return Conversation(
        WISH,
        (Question("what", texts.ASK_WISH, lambda text: _a_wish(ctx, text), takes_any=True),),
        read_back=lambda slots: texts.wish_read_back(slots["what"], _keeper_words(ctx)),
        choose=one_of_three,
        amend=lambda slots, text: {**slots, "what": _a_wish(ctx, text)},
        ask_amend=texts.ASK_WISH,
    )


@conversation_for(WISH, _shape)
def finish(ctx: Context, what: str) -> None:
    keeper, person = _keeper(ctx), ctx.person
    if keeper is None:
        return ctx.reply(texts.wish_for_nobody())
    who = f"{person.name}{person.phone}" if person else "一位没绑定的乡亲"
    ctx.tell(keeper, texts.wish_told(what, who), "poll.wish", once=f"poll:wish:{ctx.incoming.digest}")
    body = ctx.words.polls.body_of(what)
    return ctx.reply(texts.wish_passed_on(_keeper_words(ctx), body.title if body else ""))
