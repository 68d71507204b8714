"""What somebody chose in a secret poll, told beside something else or in words that are no vote: it is filed nowhere, kept
nowhere and shown to nobody (rulings, Secret polls). What goes beyond it goes on without it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.polls import Poll
from domain.questions import OpenQuestion
from domain.refusals import Refused
from handlers import asides, discreet, voting_beside
from handlers.context import Context
from handlers.matter_lookup import HANDLERS
from handlers.texts import ballots as texts
from handlers.texts import undecided as undecided_texts
from handlers.texts.refusals import sentence
from handlers.voting import cast, check_may_vote, last_closed
from nlp.ballot_secret import (
    cast_slyly,
    chooses_alone,
    clauses_of,
    is_his_own,
    tells_ballot,
    wants_secrecy,
    without_ballots,
)
from nlp.ballot_talk import choices_said
from nlp.numbers import said_number
from storage.polls import entry_of

# A longer text is cut clause by clause all the same; what chooses alone stands at its beginning or its end.
LEAST_CLAUSES = 2


def told_poll(ctx: Context, said: str) -> Poll | None:
    """The secret poll of which a text tells somebody's choice: one alive, or his own in the one closed last."""
    for poll in reversed(ctx.store.polls.alive_in(ctx.village.id)):
        if poll.is_secret and tells_ballot(said, poll.options):
            return None if _is_a_command(ctx, said) else poll
    last = last_closed(ctx)
    if last is None or not last.is_secret or not is_his_own(said) or not tells_ballot(said, last.options):
        return None
    return None if _is_a_command(ctx, said) else last


def _is_a_command(ctx: Context, said: str) -> bool:
    """What a cadre says of options is a command, or a new poll, unless he speaks of himself."""
    return bool(ctx.roles & HANDLERS) and (ctx.understanding.certain or not is_his_own(said))


def take(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """我投了豫剧团书记能看见不, B 井水浑了: what no question took as a vote, and tells one."""
    if not (ctx.is_direct or ctx.incoming.addressed):
        return False
    poll = told_poll(ctx, ctx.said)
    if poll is None:
        return _take_beside(ctx, questions)
    ctx.is_secret = True
    try:
        check_may_vote(ctx, poll)
        _answer(ctx, poll)
    except Refused as refused:
        ctx.reply(sentence(refused.reason, refused.data))
    _take_rest(ctx, poll)
    return True


def _answer(ctx: Context, poll: Poll) -> None:
    """Count what he surely chooses; who asks whether it is seen hears that, and what would count."""
    if not wants_secrecy(ctx.said):
        return ctx.reply(texts.not_counted(poll))
    chosen = cast_slyly(ctx.said, poll.options)
    if chosen:
        return cast(ctx, poll, chosen)
    ctx.reply(texts.who_sees(poll))
    entry = entry_of(poll, ctx.person) if ctx.person else None
    if entry is not None and ctx.store.polls.entry(poll, entry).ballot is None:
        ctx.reply(texts.not_counted(poll))
    return None


def _take_rest(ctx: Context, poll: Poll) -> None:
    """File what is surely trouble besides; of what cannot be parted from the choice he hears how to say it again."""
    rest = without_ballots(ctx.said, poll.options)
    if rest and (asides.is_matter(ctx, rest) or discreet.is_unfit(ctx, rest) or voting_beside.presses(ctx, rest)):
        return voting_beside.take(ctx, rest)
    is_more = ctx.in_trouble or (ctx.reading.sealed and not wants_secrecy(ctx.said))
    return ctx.reply(texts.say_it_without_vote()) if is_more else None


def _take_beside(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """三号 娃娃上学呢: what chooses alone stands before or behind a story. It is cut off, and he hears that it did not count."""
    polls = [poll for poll in reversed(ctx.store.polls.alive_in(ctx.village.id)) if poll.is_secret]
    clauses = clauses_of(ctx.said) if polls else []
    if len(clauses) < LEAST_CLAUSES or ctx.roles & HANDLERS or ctx.understanding.certain:
        return False
    is_asked = any(not question.kind.startswith("poll") for question in questions)
    ends = [c for c in (clauses[0], clauses[-1]) if not (is_asked and said_number(c) is not None)]
    for poll in polls:
        told = next((end for end in ends if chooses_alone(end, poll.options)), None)
        if told is None:
            continue
        ctx.is_secret = True
        rest = without_ballots(ctx.said, poll.options)
        if rest:
            voting_beside.take(ctx, rest)
        chosen = choices_said(told, poll.options)
        ctx.reply(undecided_texts.beside_a_story(poll, told, chosen[0]) if chosen else texts.not_counted(poll))
        return True
    return False


def without_choice(ctx: Context) -> Context:
    """Take the choice out of what is told to others: a cry for help goes out without the vote said beside it."""
    poll = told_poll(ctx, ctx.said)
    if poll is not None:
        ctx.is_secret = True
        ctx.said = without_ballots(ctx.said, poll.options) or ctx.said
    return ctx
