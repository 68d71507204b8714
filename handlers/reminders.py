"""Reminders (会前提醒), derived at every tick from what is stored: nothing is kept for a moment to come.

24 h and 30 min before to persons, 3 h before once to the group (rulings, Group budget); in quiet hours earlier, never
later; what has lost its sense is dropped. Each is decided once: by its row, and by the unique sentence of its letter.
A turn decides a slice; a roll longer than a slice goes on after the last of its letters that is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.attendance import Invited, unanswered
from domain.bodies import Reminder, Unit
from domain.meetings import AgendaItem, Coming, Meeting, is_wanted, starts_due, statutory_reminder
from domain.posts import PostKind
from handlers.context import SLICE, Context
from handlers.meeting_lookup import notice_fields, tell_reminder
from handlers.posts import post_to_groups
from handlers.registry import every
from handlers.texts import meetings as texts

# So many meetings of one kind are looked at in a turn; reading the roll of one costs as much as so many letters.
MEETINGS_A_SLICE = 20
READING = 8


@every(minutes=1, in_slices=True)
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
        return None
    meetings = ctx.store.meetings.due(reminder.name, after, upto, MEETINGS_A_SLICE, bodies)
    for meeting in meetings:
        if ctx.room <= 0:
            return ctx.come_back()
        if not is_wanted(reminder, meeting, quiet) or _send(ctx, _read(ctx, reminder, meeting)):
            ctx.store.meetings.decide_reminder(meeting, reminder.name, ctx.now)
    if len(meetings) == MEETINGS_A_SLICE:
        ctx.come_back()
    return None


def _read(ctx: Context, reminder: Reminder, meeting: Meeting) -> _Due:
    ctx.room -= READING
    roll, items = ctx.store.meetings.roll(meeting.id), ctx.store.meetings.items(meeting.id)
    due = _Due(reminder, meeting, roll, items, meeting.starts_at - reminder.latest)
    if len(roll) > SLICE:  # it may have begun in an earlier turn
        due.told.update(ctx.store.outbox.known([due.once_for(line) for line in roll]))
    return due


@dataclass(frozen=True, slots=True)
class _Due:
    """One reminder that is due: of which meeting, to whom, about what, and until when it makes sense."""

    reminder: Reminder
    meeting: Meeting
    roll: list[Invited]
    items: list[AgendaItem]
    not_after: datetime
    told: set[str] = field(default_factory=set)  # letters written by earlier turns

    @property
    def once(self) -> str:
        return f"meeting:{self.meeting.id}:r:{self.reminder.name}:{int(self.meeting.starts_at.timestamp())}"

    @property
    def is_notice(self) -> bool:
        """The statutory notice said again, rather than a reminder."""
        return self.reminder.name.startswith("notice")

    def once_for(self, line: Invited) -> str:
        return f"{self.once}:{line.person_id}"

    def left(self) -> list[Invited]:
        """Who has a phone, is wanted, and has not been written to."""
        return [
            line
            for line in self.roll
            if line.has_phone and line.answer is not Coming.NO and self.once_for(line) not in self.told
        ]


def _send(ctx: Context, due: _Due) -> bool:
    """False where the turn had no room for all of it."""
    if due.is_notice:
        return _notice_again(ctx, due)
    return _to_group(ctx, due) if due.reminder.to_group else _to_people(ctx, due)


def _tell(ctx: Context, due: _Due, lines: Sequence[Invited], words: Callable[[Invited], str]) -> bool:
    """Write to as many as there is room for, and to a whole roll where it is no longer than a slice."""
    is_first = ctx.room >= SLICE - READING
    many = ctx.room if len(due.roll) > SLICE else len(lines)
    if len(lines) > ctx.room and not is_first:
        many = 0
    fields = notice_fields(ctx, due.meeting, "again" if due.is_notice else "reminder")
    for line in lines[: max(many, 0)]:
        tell_reminder(ctx, line, words(line), due.once_for(line), due.not_after, fields)
    ctx.room -= len(lines)
    if len(lines) > many:
        ctx.come_back()
    return len(lines) <= many


def _to_people(ctx: Context, due: _Due) -> bool:
    """To everybody on the roll who has a phone; who cannot come is left alone, who has not answered is asked."""
    today, is_soon = ctx.now.date(), due.reminder.name == "soon"
    silent = {line.person_id for line in unanswered(due.roll)}
    asks = texts.soon(due.meeting) if is_soon else texts.reminder(due.meeting, due.items, today, asks=True)
    tells = texts.soon(due.meeting) if is_soon else texts.reminder(due.meeting, due.items, today, asks=False)
    lines = [line for line in due.left() if not line.is_present]
    return _tell(ctx, due, lines, lambda line: asks if line.person_id in silent else tells)


def _to_group(ctx: Context, due: _Due) -> bool:
    """Once to the groups it was announced in; where the day is full, to the persons instead."""
    area, groups = ctx.directory.areas.get(due.meeting.area_id), ctx.store.meetings.groups(due.meeting.id)
    left = bool(due.told) or (bool(groups) and area is None)
    if area is not None and groups:
        words = texts.group_reminder(due.meeting, due.items, ctx.now.date(), _silent_words(ctx, due))
        full = post_to_groups(
            ctx, area, words, PostKind.REMINDER, once=due.once, not_after=due.not_after, among=groups
        )  # fmt: skip
        left = left or bool(full)
    return not left or _to_people(ctx, due)


def _silent_words(ctx: Context, due: _Due) -> str:
    """How many have not answered: 12人 or 12户, "" for none."""
    silent = unanswered(due.roll)
    by_person = ctx.words.meetings.bodies[due.meeting.body].unit is Unit.PERSON
    many = len(silent) if by_person else len({line.unit for line in silent})
    return f"{many}{'人' if by_person else '户'}" if many else ""


def _notice_again(ctx: Context, due: _Due) -> bool:
    """A statutory meeting called long ahead is announced again when the law's days begin."""
    meeting, body = due.meeting, ctx.words.meetings.bodies[due.meeting.body]
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    who = texts.called_words(body, "" if area is None or area.id == meeting.village_id else area.name, 0, 0)
    words = texts.statutory_again(meeting, due.items, who)
    if area is not None and groups:
        post_to_groups(
            ctx, area, words, PostKind.NOTICE, once=due.once, not_after=due.not_after, among=groups
        )  # fmt: skip
    return _tell(ctx, due, due.left(), lambda _line: words)
