"""The desk at which minutes are written: of which meeting, by whom, and how many are there."""

from __future__ import annotations

from datetime import timedelta

from domain.attendance import Tally, tally
from domain.meetings import AgendaItem, Meeting, MeetingStatus
from domain.organisation import Role
from handlers.context import Context
from handlers.meeting_lookup import contact_words, minutes_link, there
from handlers.texts import minutes as texts

# The desk stays open so long after the last line; minutes of a meeting may be written so long after it began.
DESK_FOR = timedelta(hours=2)
WRITE_WITHIN = timedelta(days=7)
ASK_FOR = timedelta(minutes=30)
# Those who keep the village's minutes whoever called the meeting, and those who answer for a 社 and its meetings.
_KEEP = frozenset({Role.SECRETARY, Role.VC, Role.CLERK})
_OF_AREA = frozenset({Role.GRID_CHIEF, Role.GRID_HEAD, Role.GRID_MICRO})


def recordable(ctx: Context) -> list[Meeting]:
    """What is going on or has been held this week, the newest first; else what is about to begin."""
    begun = ctx.store.meetings.begun([ctx.village.id], ctx.now, ctx.now - WRITE_WITHIN)
    unwritten = [m for m in begun if m.status is MeetingStatus.CALLED]
    today = [m for m in unwritten if ctx.now - m.starts_at < timedelta(hours=12)]
    near = ctx.store.meetings.living([ctx.village.id], ctx.now)
    soon = [m for m in near if m.starts_at - ctx.now <= timedelta(hours=1)]
    return today or soon or unwritten or begun[:1] or near[:1]


def may_write(ctx: Context, meeting: Meeting) -> bool:
    """Whoever called it, the clerk and the secretary; of a meeting of one 社 its keeper, until its result is out."""
    if ctx.person is None:
        return False
    if ctx.person.id == meeting.called_by or ctx.directory.serves(ctx.person.id, _KEEP, meeting.area_id):
        return True
    is_small = meeting.area_id != meeting.village_id and meeting.status is not MeetingStatus.HELD
    return is_small and ctx.directory.serves(ctx.person.id, _OF_AREA, meeting.area_id)


def show_instead(ctx: Context, meeting: Meeting) -> None:
    """To whom the minutes are not to write they are there to read: the result, to a supervisor every word."""
    caller = ctx.store.people.person(meeting.called_by)
    link = minutes_link(ctx, meeting) if Role.SUPERVISOR in ctx.roles else ""
    ctx.reply(texts.not_his_to_write(meeting, contact_words(caller) if caller else "", link))


def keep_open(ctx: Context, meeting: Meeting, item: AgendaItem | None) -> None:
    ctx.ask("minutes", meeting.id, (), DESK_FOR, data=str(item.id) if item else "")


def here_of(ctx: Context, meeting: Meeting) -> tuple[Tally, Tally]:
    """Who is there by the list or as the clerk counted, whichever is more; and who is due."""
    roll = ctx.store.meetings.roll(meeting.id)
    return there(meeting, ctx.words.meetings.bodies[meeting.body], roll), tally(roll)
