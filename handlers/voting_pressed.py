"""Somebody presses for votes or buys them, told in words that end like a vote: no vote moves, and it is filed, sealed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.matter_lookup import HANDLERS
from handlers.texts import ballots as texts
from handlers.voting import cast_or_say
from handlers.voting_beside import file_pressed, is_by_office, presses
from nlp.ballot_more import vote_beside

_OF_VOTES = re.compile("[投选票]")


def _is_of_a_poll(ctx: Context, mine: Sequence[OpenQuestion]) -> bool:
    """书记逼我同意, where a poll asks for agreement; 开发商逼我同意拆迁 is a matter of its own."""
    polls = (ctx.store.polls.get(question.thing_id) for question in mine)
    return any(ctx.said.endswith(option) for poll in polls if poll is not None for option in poll.options)


def take_pressed(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """陈小军逼我投东路: no vote moves, and the words go to discipline inspection, sealed. False for other words.

    What he chooses himself beside it (我偏投西路) counts. A cadre's sentence about others is a command, if anything.
    """
    if not (ctx.is_direct or ctx.incoming.addressed) or not presses(ctx, ctx.said):
        return False
    if ctx.roles & HANDLERS and (ctx.understanding.certain or not set("我俺咱") & set(ctx.said)):
        return False
    mine = [question for question in questions if question.kind == "poll"]
    if not (_OF_VOTES.search(ctx.said) or is_by_office(ctx, ctx.said) or _is_of_a_poll(ctx, mine)):
        return False
    poll = ctx.store.polls.get(mine[-1].thing_id) if mine else None
    chosen, rest = vote_beside(ctx.said, poll.options) if poll else ((), "")
    if poll is not None and chosen and presses(ctx, rest):
        cast_or_say(ctx, poll, chosen)
    elif poll is not None:
        ctx.reply(texts.not_moved(poll))
    file_pressed(ctx, rest or ctx.said)
    return True
