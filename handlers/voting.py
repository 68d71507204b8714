"""Voting (投票): a number, an option's words, a quoted poll; changeable until closing, one vote a roll entry.

A poll is a question that stands open to everybody on its roll without a row for each. A secret vote leaves nothing of
what was said: its text and its reply are blanked in its own commit (rulings, Secret polls).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from domain import matters
from domain.contacts import Level
from domain.organisation import Person
from domain.polls import Ballot, Poll, Reason, Unit, bits, check_choice, check_open, event_order, numbers
from domain.questions import CONTESTED_WITHIN, OpenQuestion
from domain.refusals import NotUnderstood, Refused
from domain.secret_ballots import marks_of, receipt_said
from handlers import asides, telling_apart, voting_beside
from handlers.context import Context
from handlers.poll_scope import scope_words
from handlers.polls import notice_fields
from handlers.registry import answers, intent, standing
from handlers.texts import ballots as ballot_texts
from handlers.texts import people as people_texts
from handlers.texts import polls as texts
from handlers.texts import refusals
from nlp.ballot_forms import changed, without_name, without_title
from nlp.ballot_more import vote_before, vote_beside
from nlp.ballot_talk import choices_said, is_double, poll_named
from nlp.ballot_yes_no import yes_or_no
from nlp.numbers import said_number
from nlp.proxy_talk import for_others
from storage.polls import entry_of

# So long after its closing a poll is still spoken of.
SPOKEN_OF = timedelta(days=7)
# So long after a vote a bare number may change it, whatever else was asked since: it is told apart by asking.
JUST_VOTED = timedelta(minutes=30)

# -- which polls stand open to whom


def in_quote(ctx: Context, quote: str) -> OpenQuestion | None:
    """Find the poll a quoted post of ours ends with (投票3), or whose question it repeats."""
    number, _ = poll_named(quote)
    polls = ctx.store.polls.alive_in(ctx.village.id)
    poll = next((poll for poll in polls if poll.number == number or poll.title in quote), None)
    if poll is None and number is not None:
        poll = ctx.store.polls.numbered(ctx.village.id, number)
    return _question(ctx, poll, poll.opens_at) if poll is not None else None


@standing("poll", in_quote=in_quote)
def open_polls(ctx: Context) -> tuple[OpenQuestion, ...]:
    """The polls the sender may answer here and now. One answered a while ago only takes what nothing else takes."""
    alive = ctx.store.polls.alive_in(ctx.person.village_id or 0) if ctx.person is not None else ()
    if not alive or ctx.person is None:
        return ()
    found = []
    for poll in alive:
        entry = entry_of(poll, ctx.person)
        if entry is None or not poll.is_open(ctx.incoming.received_at) or not _fits_scene(ctx, poll):
            continue
        stands = ctx.store.polls.entry(poll, entry)
        if stands.on_roll:
            found.append(_question(ctx, poll, _put_at(ctx, poll, stands.ballot)))
    return tuple(found)


def _put_at(ctx: Context, poll: Poll, ballot: Ballot | None) -> datetime:
    """When the question was put to him: with 之前想改就再回个数 once more, where he has just voted by name."""
    if ballot is None:
        return poll.opens_at
    is_fresh = not poll.is_secret and ctx.now - ballot.cast_at < JUST_VOTED
    return ballot.cast_at if is_fresh else poll.opens_at - 2 * CONTESTED_WITHIN


def _fits_scene(ctx: Context, poll: Poll) -> bool:
    return ctx.is_direct or (poll.in_group and not poll.is_secret)


def _question(ctx: Context, poll: Poll, asked_at: datetime) -> OpenQuestion:
    accepts = _numbers(len(poll.options))
    return OpenQuestion(poll.id, ctx.sender.contact.id, "poll", poll.id, accepts, asked_at, poll.closes_at)


@cache
def _numbers(many: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, many + 1))


# -- a vote


@answers("poll")
def vote(ctx: Context, question: OpenQuestion, said: str) -> None:
    poll = ctx.store.polls.get(question.thing_id)
    if poll is None or for_others(said, poll.options) or (said != ctx.said and is_double(ctx.said, poll.options)):
        raise NotUnderstood("poll")
    number, rest = poll_named(said)
    if number is not None and number != poll.number and rest:
        raise NotUnderstood("poll")
    words = without_title(rest if number == poll.number else said, poll.title)
    words = without_name(words, ctx.person.name if ctx.person else "")
    if poll.is_multiple and (several := _changed(ctx, poll, words)):
        return cast(ctx, poll, several)
    chosen, beside = _chosen(ctx, poll, words)
    if not chosen:
        raise NotUnderstood("poll")
    if not beside:
        return cast(ctx, poll, chosen)
    cast_or_say(ctx, poll, chosen)
    return voting_beside.take(ctx, beside)


def _chosen(ctx: Context, poll: Poll, words: str) -> tuple[tuple[int, ...], str]:
    """What a message chooses, and what is said beside it; (), "" where it chooses nothing clearly."""
    if whole := choices_said(words, poll.options):
        return whole, ""
    if meant := yes_or_no(words, poll.options, poll.title):
        return (meant,), ""
    chosen, beside = vote_beside(words, poll.options)
    if not chosen:
        chosen, beside = vote_before(words, poll.options)
        return (chosen, beside) if chosen and asides.is_matter(ctx, beside) else ((), "")
    return chosen, beside


def _changed(ctx: Context, poll: Poll, said: str) -> tuple[int, ...]:
    """再加个4, 不要3了 of the several options he chose before; () for other words."""
    entry = entry_of(poll, ctx.person) if ctx.person else None
    ballot = ctx.store.polls.entry(poll, entry).ballot if entry is not None else None
    return changed(said, numbers(ballot.choice), lambda words: choices_said(words, poll.options)) if ballot else ()


def cast(ctx: Context, poll: Poll, chosen: tuple[int, ...]) -> None:
    """Count a vote of the sender's roll entry. Raises Refused with the reason where it may not count."""
    entry = check_may_vote(ctx, poll)
    check_choice(poll, chosen)
    before = ctx.store.polls.entry(poll, entry).ballot
    incoming = ctx.incoming
    by = ctx.person.id if ctx.person else None
    ballot = Ballot(bits(chosen), incoming.platform_time or incoming.received_at, event_order(incoming.event_id), by)
    if not ctx.store.polls.cast(poll, entry, ballot):
        return _answer(ctx, poll, ballot_texts.kept_newer(poll))
    if before is not None and before.choice != ballot.choice:
        _tell_household(ctx, poll, entry)
    receipt = marks_of(poll.key, entry).receipt if poll.is_secret else ""
    return _answer(
        ctx,
        poll,
        ballot_texts.counted(
            poll, chosen, is_change=before is not None and before.choice != ballot.choice, receipt=receipt, now=ctx.now
        ),
    )


def cast_or_say(ctx: Context, poll: Poll, chosen: tuple[int, ...]) -> None:
    """The same of a vote with something beside it, which must not be lost where the vote is refused: the reason is said."""
    try:
        cast(ctx, poll, chosen)
    except Refused as refused:
        ctx.reply(refusals.sentence(refused.reason, refused.data))


def check_may_vote(ctx: Context, poll: Poll) -> int:
    """Whose vote it is. Everything that forbids it raises Refused here; of a secret poll no word of it is kept."""
    ctx.is_secret = ctx.is_secret or poll.is_secret
    if not ctx.is_proven:
        raise Refused(matters.Reason.PLAIN_MODE)
    check_open(poll, ctx.incoming.received_at)
    if not _fits_scene(ctx, poll):
        raise Refused(Reason.PRIVATE_ONLY, poll=poll)
    binding = ctx.sender.binding
    if binding is None or ctx.person is None:
        raise Refused(Reason.NOT_BOUND)
    entry = entry_of(poll, ctx.person)
    if entry is None or not ctx.store.polls.entry(poll, entry).on_roll:
        raise Refused(Reason.NOT_ON_ROLL, poll=poll, scope=scope_words(ctx.directory, poll))
    if binding.level is not Level.FULL:
        raise Refused(Reason.NEEDS_CODE, poll=poll)
    return entry


def _answer(ctx: Context, poll: Poll, text: str) -> None:
    if poll.is_secret:
        ctx.is_secret = True
        ctx.kept_reply = f"{ballot_texts.VOTE_KEPT}\n{texts.name(poll)}"
    ctx.reply(text)


def _tell_household(ctx: Context, poll: Poll, entry: int) -> None:
    """The others of the household hear that its vote changed and by whom, never what it is now."""
    if poll.unit is not Unit.HOUSEHOLD or ctx.person is None:
        return
    members = _others_at_home(ctx, entry)
    text = ballot_texts.household_told(poll, ctx.person.name)
    for person_id in sorted(members):
        once = f"poll:{poll.id}:changed:{ctx.incoming.event_id}:{person_id}"
        fields = notice_fields(ctx, poll, "changed")
        ctx.tell(members[person_id], text, "poll.changed", once=once, not_after=poll.closes_at, fields=fields)


def _others_at_home(ctx: Context, household_id: int) -> dict[int, Person]:
    """The other members of a household who have a phone bound."""
    own = ctx.person.id if ctx.person else 0
    members = {member.id: member for member in ctx.store.people.household_of(household_id) if member.id != own}
    senders = ctx.store.people.contacts_of(list(members)) if members else ()
    bound = {binding.person.id for sender in senders for binding in sender.bindings}
    return {person_id: member for person_id, member in members.items() if person_id in bound}


# -- what is said of votes where no question takes it


@intent("vote")
def vote_unasked(ctx: Context) -> None:
    """A vote no open poll of his took: say why, and what would do."""
    number, rest = poll_named(ctx.said)
    mine = [poll for q in open_polls(ctx) if (poll := ctx.store.polls.get(q.thing_id)) is not None]
    named = ctx.store.polls.numbered(ctx.village.id, number) if number is not None else None
    if named is not None and (named in mine or not rest):
        return _about(ctx, named, rest)
    if named is not None:
        check_may_vote(ctx, named)  # says why he may not
    if number is not None and rest and named is None:
        return ctx.reply(ballot_texts.no_such_poll(number, mine))
    if mine:
        return _about(ctx, mine[-1], ctx.said)
    _refuse_best(ctx)
    return ctx.reply(people_texts.nothing_asked() if said_number(ctx.said) else ballot_texts.nothing_to_vote())


def _about(ctx: Context, poll: Poll, said: str) -> None:
    check_may_vote(ctx, poll)
    chosen = choices_said(said, poll.options)
    if chosen:
        return cast(ctx, poll, chosen)
    if not said or said.strip(_BARE) in _TO_VOTE:
        return ctx.reply(ballot_texts.which_options(poll))
    figures = [int(figure) for figure in re.findall(r"\d{1,4}", said)]
    if figures and all(1 <= figure <= len(poll.options) for figure in figures):  # 能选1吗, 1是哪条路
        return ctx.reply(ballot_texts.not_counted(poll))
    is_try = bool(figures) or ctx.understanding.certain
    return ctx.reply(ballot_texts.no_such_option(poll) if is_try else ballot_texts.not_counted(poll))


# What only says that he wants to vote.
_BARE, _TO_VOTE = (
    " 。.!！,，~吧啊呀了呢哈",
    frozenset({"投票", "我投", "我投票", "我要投票", "我要投", "投", "选", "我选", "我来投", "我来投票"}),
)


def _refuse_best(ctx: Context) -> None:
    """Raise the reason of the poll he most likely means: one alive here, else the one closed last."""
    alive = ctx.store.polls.alive_in(ctx.village.id)
    if alive:
        check_may_vote(ctx, alive[-1])
    last = last_closed(ctx)
    if last is not None:
        check_may_vote(ctx, last)


def last_closed(ctx: Context) -> Poll | None:
    """The poll closed last, while it is still spoken of."""
    last = ctx.store.polls.last_closed(ctx.village.id)
    return last if last is not None and ctx.now - last.closes_at < SPOKEN_OF else None


# -- one's own vote, and the receipts of secret ones


def check(ctx: Context) -> None:
    """我投了啥: one's own vote while the poll is open; 回执 K7Q4-MX9P: is it in the published list?"""
    if not ctx.is_proven:
        raise Refused(matters.Reason.PLAIN_MODE)
    receipt = receipt_said(ctx.said)
    if receipt is not None:
        return _check_receipt(ctx, receipt)
    lines = [line for q in open_polls(ctx) if (line := _own(ctx, q))]
    if not lines:
        return _check_afterwards(ctx)
    ctx.is_secret = True
    ctx.kept_reply = ballot_texts.VOTE_KEPT
    telling_apart.forget(ctx)
    return ctx.reply("\n".join(lines))


def _check_afterwards(ctx: Context) -> None:
    """No poll is open to him: his vote in the one closed last, or why there is none to see."""
    last = last_closed(ctx)
    entry = entry_of(last, ctx.person) if last and ctx.person else None
    if ctx.store.polls.alive_in(ctx.village.id) or last is None or entry is None:
        _refuse_best(ctx)
        return ctx.reply(ballot_texts.nothing_to_vote())
    ctx.is_secret, ctx.kept_reply = True, ballot_texts.VOTE_KEPT  # 我投东路算了没 tells a vote
    if last.is_secret:
        return ctx.reply(ballot_texts.own_is_gone(last))
    ballot = ctx.store.polls.entry(last, entry).ballot
    if ballot is not None and last.unit is Unit.HOUSEHOLD and not _is_his_own(ctx, last, ballot, entry):
        return ctx.reply(ballot_texts.household_counted(last))
    return ctx.reply(ballot_texts.own_counted(last, numbers(ballot.choice) if ballot else ()))


def _own(ctx: Context, question: OpenQuestion) -> str:
    poll = ctx.store.polls.get(question.thing_id)
    entry = entry_of(poll, ctx.person) if poll and ctx.person else None
    if poll is None or entry is None:
        return ""
    if poll.lacks_key:
        return ballot_texts.no_key(poll)
    ballot = ctx.store.polls.entry(poll, entry).ballot
    if ballot is None:
        return ballot_texts.not_voted_yet(poll)
    receipt = marks_of(poll.key, entry).receipt if poll.is_secret else ""
    if poll.unit is Unit.HOUSEHOLD and not _is_his_own(ctx, poll, ballot, entry):
        return ballot_texts.household_voted(poll)
    return ballot_texts.my_ballot(poll, numbers(ballot.choice), receipt)


def _is_his_own(ctx: Context, poll: Poll, ballot: Ballot, entry: int) -> bool:
    """Did he cast the household's vote himself? What another of them chose is not told him (rulings, Household votes).

    Whose hand cast a secret one is not kept: it is his own where no other of them has a phone bound.
    """
    if not poll.is_secret:
        return ctx.person is not None and ballot.by_id == ctx.person.id
    return not _others_at_home(ctx, entry)


def _check_receipt(ctx: Context, receipt: str) -> None:
    poll = ctx.store.polls.with_receipt(ctx.village.id, receipt)
    ctx.reply(ballot_texts.receipt_found(poll, receipt) if poll else ballot_texts.receipt_not_found(receipt))
