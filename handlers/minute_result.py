"""The end of minutes: the result is judged by who is there as it is counted now, read back, and posted with 1.

What the group reads and what is told afterwards (会上定了啥) are the same words; what changes them is posted anew.
"""

from __future__ import annotations

from dataclasses import replace

from domain.attendance import Tally, outcome_of
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from domain.posts import PostKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.meeting_lookup import CALLERS, minutes_link, paper_link
from handlers.minute_desk import ASK_FOR, here_of, keep_open
from handlers.posts import is_forwarded, post_to_groups
from handlers.registry import answers
from handlers.texts import minutes as texts
from nlp.numbers import option_number
from storage.meetings import Decision
from storage.outbox import Priority


def read_back(ctx: Context, meeting: Meeting, *, has_changed: bool = False) -> None:
    """Read what would be posted. Votes of more than are there are asked about first: nothing is posted with them."""
    here, due = here_of(ctx, meeting)
    items = _judged(ctx, meeting, here, due)
    if over := next((item for item in items if item.outcome != "void" and _votes(item) > here.people > 0), None):
        keep_open(ctx, meeting, over)
        return ctx.reply(texts.votes_exceed(over, _votes(over), here.people))
    words = result_words(ctx, meeting)
    ctx.ask("minutes.end", meeting.id, ("1", "2", "3"), ASK_FOR, data=words)
    if any(item.outcome == "void" for item in items):
        ctx.reply(texts.not_declared(ctx.words.meetings.bodies[meeting.body], here, due))
    return ctx.reply(texts.read_back(words, len(ctx.store.meetings.speeches(meeting.id)), has_changed=has_changed))


def _votes(item: AgendaItem) -> int:
    return (item.agreed or 0) + (item.opposed or 0) + (item.abstained or 0)


def _judged(ctx: Context, meeting: Meeting, here: Tally, due: Tally) -> list[AgendaItem]:
    """The topics, each with what came of it by the rule of the body and the count of those there as it is now."""
    body = ctx.words.meetings.bodies[meeting.body]
    items = []
    for item in ctx.store.meetings.items(meeting.id):
        if item.agreed is None:
            items.append(item)
            continue
        judged = replace(item, outcome=outcome_of(body, item.agreed, here, due, _votes(item)))
        if judged != item:
            ctx.store.meetings.save_item(judged)
        items.append(judged)
    return items


def decided(ctx: Context, meeting: Meeting) -> list[Decision]:
    """What was decided; nothing where too few are there, however many were counted when it was written."""
    here, due = here_of(ctx, meeting)
    body = ctx.words.meetings.bodies[meeting.body]
    is_void = outcome_of(body, 0, here, due, 0) == "void"
    return [] if is_void else ctx.store.meetings.decisions(meeting.id)


def result_words(ctx: Context, meeting: Meeting) -> str:
    """The result as the group reads it: presence, each topic, each decision; nobody's words."""
    here, due = here_of(ctx, meeting)
    items = _judged(ctx, meeting, here, due)
    return texts.result(meeting, items, decided(ctx, meeting), here, due)


@answers("minutes.end")
def end_minutes(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 发出去 2 接着记 3 先放着. What changed since it was read back is read back again."""
    chosen = option_number(said, ("发出去", "接着记", "先放着"))
    meeting = ctx.store.meetings.get(question.thing_id, to_change=True)
    if chosen not in (1, 2, 3) or meeting is None:
        raise NotUnderstood("minutes.end")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 2:
        keep_open(ctx, meeting, None)
        return ctx.reply(texts.go_on(meeting))
    if chosen == 3:
        return ctx.reply(texts.kept(meeting))
    if result_words(ctx, meeting) != question.data:
        return read_back(ctx, meeting, has_changed=True)
    return _publish(ctx, meeting)


def _publish(ctx: Context, meeting: Meeting) -> None:
    """The meeting was held: its result goes to the groups it was announced in, each owner hears what is his."""
    words, is_again = result_words(ctx, meeting), meeting.status is MeetingStatus.HELD
    if is_again and words == texts.uncorrected(meeting.result):
        return ctx.reply(texts.published_before(meeting))
    words = texts.corrected(words) if is_again else words
    held = replace(meeting, status=MeetingStatus.HELD, ended_at=ctx.now, result=words, reach_due_at=None)
    if not is_again:
        ctx.store.meetings.withdraw_reminders(meeting, ctx.now)
    ctx.store.meetings.change(meeting, held, ctx.step("held", ctx.role_in(CALLERS)))
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    full = False
    if area is not None and groups:  # each result that is posted is another, so each message is one fact
        once = f"meeting:{meeting.id}:result:{ctx.incoming.digest}"
        full = bool(post_to_groups(ctx, area, words, PostKind.RESULT, once=once, among=groups))
    decisions = decided(ctx, meeting)
    for decision in decisions:
        _tell_owner(ctx, held, decision)
    if is_again:
        _tell_caller(ctx, held, words)
    aloud = texts.result_aloud(held, ctx.store.meetings.items(meeting.id), decisions)
    forwarded = area is not None and is_forwarded(ctx, area)
    links = paper_link(ctx, held), minutes_link(ctx, held)
    return ctx.reply(texts.published(held, bool(groups), full, aloud, *links, forwarded=forwarded))


def _tell_caller(ctx: Context, meeting: Meeting, words: str) -> None:
    """Whoever called the meeting hears when somebody else puts its result right."""
    caller = ctx.store.people.person(meeting.called_by)
    if caller is None or ctx.person is None or caller.id == ctx.person.id:
        return
    once = f"meeting:{meeting.id}:corrected:{ctx.incoming.digest}"
    ctx.tell(caller, texts.for_caller(ctx.person.name, words), "meeting.result", once=once, priority=Priority.NOTICE)


def _tell_owner(ctx: Context, meeting: Meeting, decision: Decision) -> None:
    """Each owner hears what is his, and again when its words, its day or he himself became another."""
    owner = ctx.store.people.person(decision.owner_id) if decision.owner_id else None
    if owner is None or owner.id not in ctx.store.reach.phones_of([owner.id]):
        return
    words = texts.for_owner(meeting, decision.text, decision.due_at)
    until = f"{decision.due_at:%y%m%d}" if decision.due_at else ""
    once = f"meeting:{meeting.id}:decision:{decision.id}:{owner.id}:{until}:{decision.text[:40]}"
    ctx.tell(owner, words, "meeting.decision", once=once, priority=Priority.NOTICE)
