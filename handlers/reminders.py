"""Reminders (会前提醒), derived at every tick from what is stored: nothing is kept for a moment to come.

24 h and 30 min before to persons, 3 h before once to the group (rulings, Group budget); in quiet hours earlier, never
later; what has lost its sense is dropped. Each is decided once: by its row, and by the unique sentence of its letter.
"""

from __future__ import annotations

from datetime import datetime

from domain.attendance import unanswered
from domain.bodies import Reminder, Unit
from domain.meetings import Coming, Meeting, is_wanted, starts_due, statutory_reminder
from domain.posts import PostKind
from handlers.context import Context
from handlers.meetings import tell_reminder
from handlers.posts import post_to_groups
from handlers.registry import every
from handlers.texts import meetings as texts

# So many meetings of one kind a tick: a turn must not hold up the village; the rest comes with the next one.
A_TICK = 25


@every(minutes=1)
def remind(ctx: Context) -> None:
    rules = ctx.words.meetings
    for reminder in rules.reminders:
        _decide(ctx, reminder, ())
    for days in sorted({body.notice_days for body in rules.bodies.values() if body.is_statutory}):
        _decide(ctx, statutory_reminder(days), [b.code for b in rules.bodies.values() if b.notice_days == days])


def _decide(ctx: Context, reminder: Reminder, bodies: tuple[str, ...] | list[str]) -> None:
    after, upto = starts_due(reminder, ctx.now, ctx.words.meetings.quiet)
    if upto <= after:
        return
    for meeting in ctx.store.meetings.due(reminder.name, after, upto, A_TICK, bodies):
        ctx.store.meetings.decide_reminder(meeting, reminder.name, ctx.now)
        if is_wanted(reminder, meeting, ctx.words.meetings.quiet):
            _send(ctx, reminder, meeting, meeting.starts_at - reminder.latest)


def _send(ctx: Context, reminder: Reminder, meeting: Meeting, not_after: datetime) -> None:
    if reminder.name.startswith("notice"):
        return _notice_again(ctx, reminder, meeting, not_after)
    if reminder.to_group:
        return _to_group(ctx, reminder, meeting, not_after)
    return _to_people(ctx, reminder, meeting, not_after)


def _once(reminder: Reminder, meeting: Meeting) -> str:
    return f"meeting:{meeting.id}:r:{reminder.name}:{int(meeting.starts_at.timestamp())}"


def _to_people(ctx: Context, reminder: Reminder, meeting: Meeting, not_after: datetime) -> None:
    """To everybody on the roll who has a phone; who cannot come is left alone, who has not answered is asked."""
    items, today = ctx.store.meetings.items(meeting.id), ctx.now.date()
    roll = ctx.store.meetings.roll(meeting.id)
    silent = {line.person_id for line in unanswered(roll)}
    for line in roll:
        if not line.has_phone or line.answer is Coming.NO or line.is_present:
            continue
        words = (
            texts.soon(meeting) if reminder.name == "soon"
            else texts.reminder(meeting, items, today, asks=line.person_id in silent)
        )  # fmt: skip
        tell_reminder(ctx, line, words, f"{_once(reminder, meeting)}:{line.person_id}", not_after)


def _to_group(ctx: Context, reminder: Reminder, meeting: Meeting, not_after: datetime) -> None:
    """Once to the groups it was announced in; where the day is full, to the persons instead."""
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    left = bool(groups) and area is None
    if area is not None and groups:
        silent = unanswered(ctx.store.meetings.roll(meeting.id))
        body = ctx.words.meetings.bodies[meeting.body]
        count = len(silent) if body.unit is Unit.PERSON else len({line.unit for line in silent})
        unit = "人" if body.unit is Unit.PERSON else "户"
        words = texts.group_reminder(
            meeting, ctx.store.meetings.items(meeting.id), ctx.now.date(), f"{count}{unit}" if count else ""
        )
        left = bool(
            post_to_groups(
                ctx, area, words, PostKind.REMINDER, once=_once(reminder, meeting), not_after=not_after, among=groups
            )
        )
    if left:
        _to_people(ctx, reminder, meeting, not_after)


def _notice_again(ctx: Context, reminder: Reminder, meeting: Meeting, not_after: datetime) -> None:
    """A statutory meeting called long ahead is announced again when the law's days begin."""
    body = ctx.words.meetings.bodies[meeting.body]
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    who = texts.called_words(body, "" if area is None or area.id == meeting.village_id else area.name, 0, 0)
    words = texts.statutory_again(meeting, ctx.store.meetings.items(meeting.id), who)
    if area is not None and groups:
        post_to_groups(
            ctx, area, words, PostKind.NOTICE, once=_once(reminder, meeting), not_after=not_after, among=groups
        )
    for line in ctx.store.meetings.roll(meeting.id):
        if line.has_phone and line.answer is not Coming.NO:
            tell_reminder(ctx, line, words, f"{_once(reminder, meeting)}:{line.person_id}", not_after)
