"""Votes where several polls are open: 东路，五盏 answers two of them, 改成1 touches one in which he has voted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.polls import Poll
from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.texts import ballots as texts
from handlers.voting import cast, cast_or_say
from nlp.ballot_talk import choices_said
from nlp.numbers import WIDE, said_number
from nlp.proxy_talk import for_others
from storage.polls import entry_of

_CLAUSES = re.compile(r"[\s,，、;；。]+")
_CHANGES = re.compile(r"(?:我|俺|我家)?(?:的票)?(?:改|换)")


def polls_of(ctx: Context, questions: Sequence[OpenQuestion]) -> list[Poll]:
    """The polls among what stands open to him, oldest first."""
    found = (ctx.store.polls.get(question.thing_id) for question in questions if question.kind == "poll")
    return [poll for poll in found if poll is not None]


_EACH_NAMED = re.compile(
    r"投票\s*(?P<n>\d{1,4})(?:号|的)?[\s,，:：、]*(?P<vote>(?:(?!投票\s*\d).)*?)[\s,，、;；。和]*(?=投票\s*\d|$)"
)
_OF_TITLE = re.compile("(?:那个|这个|的|事|票)*[\\s,，:：]*")
_SHORTEST, _LONGEST, _LONGEST_TITLED = 2, 6, 20


def _take_numbered(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """投票1投2 投票2投1: each in the poll it names; of one that is not there it is said."""
    told = [(int(match["n"]), match["vote"]) for match in _EACH_NAMED.finditer(ctx.said.translate(WIDE).strip())]
    if len({number for number, _ in told}) < 2 or not all(vote for _, vote in told):
        return False
    polls = {poll.number: poll for poll in polls_of(ctx, questions)}
    meant = [(polls.get(number), number, vote) for number, vote in told]
    if not any(poll is not None and choices_said(vote, poll.options) for poll, _, vote in meant):
        return False
    for poll, number, vote in meant:
        chosen = choices_said(vote, poll.options) if poll is not None else ()
        if poll is not None and chosen:
            cast_or_say(ctx, poll, chosen)
        else:
            ctx.reply(texts.no_such_option(poll) if poll is not None else texts.no_such_poll(number, ()))
    return True


def _take_titled(ctx: Context, polls: Sequence[Poll]) -> bool:
    """唱戏的改成三天, 灯笼挂黄的: the words it begins with stand in one poll's title, and the rest chooses there."""
    for length in range(min(_LONGEST, len(ctx.said) - 1), _SHORTEST - 1, -1):
        named = [poll for poll in polls if ctx.said[:length] in poll.title]
        if len(named) != 1:
            continue
        poll = named[0]
        rest = _OF_TITLE.sub("", ctx.said[length:], count=1)
        shorter = rest[1:] if rest[:1] in poll.title else ""  # 挂黄的
        chosen = choices_said(rest, poll.options) or (choices_said(shorter, poll.options) if shorter else ())
        if chosen:
            cast(ctx, poll, chosen)
        return bool(chosen)
    return False


def take(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """东路，五盏: every clause chooses in one poll, and each in another. False for other words, and for one poll."""
    if "投票" in ctx.said and _take_numbered(ctx, questions):
        return True
    if sum(question.kind == "poll" for question in questions) < 2 or said_number(ctx.said) is not None:
        return False
    if len(ctx.said) <= _LONGEST_TITLED and _take_titled(ctx, polls_of(ctx, questions)):
        return True
    clauses = [clause for clause in _CLAUSES.split(ctx.said.strip()) if clause]
    if len(clauses) < 2 or any(said_number(clause) is not None for clause in clauses):
        return False
    polls = polls_of(ctx, questions)
    if len(clauses) > len(polls) or any(for_others(clause, poll.options) for clause in clauses for poll in polls):
        return False  # 我妈投东路，五盏: whose is which?
    meant = [[(poll, chosen) for poll in polls if (chosen := choices_said(clause, poll.options))] for clause in clauses]
    if any(len(each) != 1 for each in meant) or len({each[0][0].id for each in meant}) < len(clauses):
        return False
    for [(poll, chosen)] in meant:
        cast(ctx, poll, chosen)
    return True


def changed_by(ctx: Context, meant: tuple[OpenQuestion, ...]) -> tuple[OpenQuestion, ...]:
    """Of the polls 改成1 may mean those in which he has voted; all of them for other words, and where he has voted in none."""
    if len(meant) < 2 or not _CHANGES.match(ctx.said):
        return meant
    voted = tuple(question for question in meant if question.kind == "poll" and _has_voted(ctx, question))
    return voted or meant


def _has_voted(ctx: Context, question: OpenQuestion) -> bool:
    poll = ctx.store.polls.get(question.thing_id)
    entry = entry_of(poll, ctx.person) if poll is not None and ctx.person is not None else None
    return poll is not None and entry is not None and ctx.store.polls.entry(poll, entry).ballot is not None
