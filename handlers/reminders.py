"""Reminders (会前提醒), derived at every tick from what is stored: nothing is kept for a moment to come.

24 h and 30 min before to persons, 3 h before once to the group (rulings, Group budget); in quiet hours earlier, never
later; what has lost its sense is dropped. Each is decided once: by its row, and by the unique sentence of its letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.attendance import Invited, unanswered
from domain.bodies import Reminder, Unit
from domain.meetings import AgendaItem, Coming, Meeting, is_wanted, starts_due, statutory_reminder
from domain.posts import PostKind
from handlers.context import Context
from handlers.meeting_lookup import tell_reminder
from handlers.posts import post_to_groups
from handlers.registry import every
from handlers.texts import meetings as texts

# So many meetings of one kind a tick, and so many lines of their rolls: a turn must not hold up the village; what is
# left comes with the next tick.
A_TICK = 100
LINES_A_TICK = 1_000


@every(minutes=1)
def remind(ctx: Context) -> None:
    rules = ctx.words.meetings
    for reminder in rules.reminders:
        _decide(ctx, reminder, ())
    for days in sorted({body.notice_days for body in rules.bodies.values() if body.is_statutory}):
        _decide(ctx, statutory_reminder(days), [b.code for b in rules.bodies.values() if b.notice_days == days])


def _decide(ctx: Context, reminder: Reminder, bodies: Sequence[str]) -> None:
    quiet = ctx.words.meetings.quiet
    after, upto = starts_due(reminder, ctx.now, quiet)
    if upto <= after:
        return
    due = ctx.store.meetings.due(reminder.name, after, upto, A_TICK, bodies)
    if not due:
        return
    wanted = [meeting for meeting in due if is_wanted(reminder, meeting, quiet)]
    rolls = ctx.store.meetings.rolls([meeting.id for meeting in wanted])
    agendas = ctx.store.meetings.agendas([meeting.id for meeting in wanted])
    lines = 0
    for meeting in due:
        if lines > LINES_A_TICK:
            return
        ctx.store.meetings.decide_reminder(meeting, reminder.name, ctx.now)
        if meeting.id in rolls:
            lines += len(rolls[meeting.id])
            not_after = meeting.starts_at - reminder.latest
            _send(ctx, _Due(reminder, meeting, rolls[meeting.id], agendas[meeting.id], not_after))


@dataclass(frozen=True, slots=True)
class _Due:
    """One reminder that is due: of which meeting, to whom, about what, and until when it makes sense."""

    reminder: Reminder
    meeting: Meeting
    roll: list[Invited]
    items: list[AgendaItem]
    not_after: datetime

    @property
    def once(self) -> str:
        return f"meeting:{self.meeting.id}:r:{self.reminder.name}:{int(self.meeting.starts_at.timestamp())}"


def _send(ctx: Context, due: _Due) -> None:
    if due.reminder.name.startswith("notice"):
        _notice_again(ctx, due)
    elif due.reminder.to_group:
        _to_group(ctx, due)
    else:
        _to_people(ctx, due)


def _to_people(ctx: Context, due: _Due) -> None:
    """To everybody on the roll who has a phone; who cannot come is left alone, who has not answered is asked."""
    today, is_soon = ctx.now.date(), due.reminder.name == "soon"
    silent = {line.person_id for line in unanswered(due.roll)}
    asks = texts.soon(due.meeting) if is_soon else texts.reminder(due.meeting, due.items, today, asks=True)
    tells = texts.soon(due.meeting) if is_soon else texts.reminder(due.meeting, due.items, today, asks=False)
    for line in due.roll:
        if line.has_phone and line.answer is not Coming.NO and not line.is_present:
            words = asks if line.person_id in silent else tells
            tell_reminder(ctx, line, words, f"{due.once}:{line.person_id}", due.not_after)


def _to_group(ctx: Context, due: _Due) -> None:
    """Once to the groups it was announced in; where the day is full, to the persons instead."""
    area, groups = ctx.directory.areas.get(due.meeting.area_id), ctx.store.meetings.groups(due.meeting.id)
    left = bool(groups) and area is None
    if area is not None and groups:
        words = texts.group_reminder(due.meeting, due.items, ctx.now.date(), _silent_words(ctx, due))
        full = post_to_groups(
            ctx, area, words, PostKind.REMINDER, once=due.once, not_after=due.not_after, among=groups
        )  # fmt: skip
        left = bool(full)
    if left:
        _to_people(ctx, due)


def _silent_words(ctx: Context, due: _Due) -> str:
    """How many have not answered: 12人 or 12户, "" for none."""
    silent = unanswered(due.roll)
    by_person = ctx.words.meetings.bodies[due.meeting.body].unit is Unit.PERSON
    many = len(silent) if by_person else len({line.unit for line in silent})
    return f"{many}{'人' if by_person else '户'}" if many else ""


def _notice_again(ctx: Context, due: _Due) -> None:
    """A statutory meeting called long ahead is announced again when the law's days begin."""
    meeting, body = due.meeting, ctx.words.meetings.bodies[due.meeting.body]
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    who = texts.called_words(body, "" if area is None or area.id == meeting.village_id else area.name, 0, 0)
    words = texts.statutory_again(meeting, due.items, who)
    if area is not None and groups:
        post_to_groups(
            ctx, area, words, PostKind.NOTICE, once=due.once, not_after=due.not_after, among=groups
        )  # fmt: skip
    for line in due.roll:
        if line.has_phone and line.answer is not Coming.NO:
            tell_reminder(ctx, line, words, f"{due.once}:{line.person_id}", due.not_after)
