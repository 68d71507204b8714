"""Votes where several polls are open: 东路，五盏 answers two of them, 改成1 touches one in which he has voted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.polls import Poll
from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.voting import cast
from nlp.ballot_talk import choices_said
from nlp.numbers import said_number
from nlp.proxy_talk import for_others
from storage.polls import entry_of

_CLAUSES = re.compile(r"[\s,，、;；。]+")
_CHANGES = re.compile(r"(?:我|俺|我家)?(?:的票)?(?:改|换)")


def polls_of(ctx: Context, questions: Sequence[OpenQuestion]) -> list[Poll]:
    """The polls among what stands open to him, oldest first."""
    found = (ctx.store.polls.get(question.thing_id) for question in questions if question.kind == "poll")
    return [poll for poll in found if poll is not None]


def take(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """东路，五盏: every clause chooses in one poll, and each in another. False for other words, and for one poll."""
    if sum(question.kind == "poll" for question in questions) < 2 or said_number(ctx.said) is not None:
        return False
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
