"""What was asked and never answered: after its time the clock brings it to a person. No story waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.matters import Status
from domain.questions import OpenQuestion
from handlers.context import Context, village_of
from handlers.matters import CHOICE_FOR, file_waiting
from handlers.question_kinds import WAITING_KINDS
from handlers.rating import dissatisfied
from handlers.registry import every
from handlers.texts import ratings as rating_texts
from storage.outbox import Priority

# A 3 whose reason was asked and not given is passed on without one after a day.
REASON_WITHIN = timedelta(hours=24)


@every(minutes=1)
def file_unanswered_stories(ctx: Context) -> None:
    """A story whose 您说的是哪样 or 分开记吗 went unanswered is filed as what it most likely is."""
    for kind in WAITING_KINDS:
        for question in ctx.store.questions.unanswered(kind, ctx.now - CHOICE_FOR):
            _in_his_name(ctx, question, file_waiting)


@every(minutes=1)
def reopen_unexplained(ctx: Context) -> None:
    """不满意 without a reason is dissatisfaction all the same."""
    for question in ctx.store.questions.unanswered("rating.why", ctx.now - REASON_WITHIN):
        _in_his_name(ctx, question, _reopen)


def _reopen(ctx: Context, question: OpenQuestion) -> None:
    ctx.store.questions.close(question, ctx.now)
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    if matter is not None and matter.status is Status.CLOSED:
        dissatisfied(ctx, matter, rating_texts.NO_REASON_GIVEN)


def _in_his_name(ctx: Context, question: OpenQuestion, act: Callable[[Context, OpenQuestion], None]) -> None:
    """Play it as if he had just said it; what he would hear at once is sent to him."""
    sender = ctx.store.people.contact(question.contact_id)
    if sender is None:
        return ctx.store.questions.close(question, ctx.now)
    incoming = replace(ctx.incoming, channel=sender.contact.channel, account=sender.contact.account)
    village = village_of(ctx.directory, sender, ctx.village)
    there = replace(ctx, incoming=incoming, sender=sender, village=village, said="", replies=[], is_secret=False)
    act(there, question)
    if text := "\n".join(there.replies):
        there.tell_contact(sender.contact.id, text, "reply", once=f"unanswered:{question.id}", priority=Priority.REPLY)
    return None
