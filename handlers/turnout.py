"""How many are there (到会): who came, who is missing, whether it is enough, by both routes of the law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.attendance import (
    Invited,
    expected,
    impossible_count,
    present,
    reached_share,
    tally,
    unanswered,
    verdicts,
)
from domain.attendance import is_quorate as quorate
from domain.bodies import Body, Unit
from domain.meetings import LASTS, Lack, Meeting, MeetingStatus, Readiness, lacks, notice_kept
from handlers.context import Context
from handlers.meeting_lookup import called_words, pick, there
from handlers.minute_desk import DESK_FOR, keep_open, may_write
from handlers.registry import intent
from handlers.sign_lists import DESK
from handlers.texts import attendance as texts
from handlers.texts import meetings as texts_of_meetings
from handlers.texts import minutes as texts_of_minutes
from nlp.headcount import Headcount, headcount, only_counts


@intent("meeting.roster", who=DESK, wins=True)
def roster(ctx: Context) -> None:
    """谁来了, 谁没签到, 报名情况, 差几户; 到了23个 够不够 is answered by both routes."""
    counted = headcount(ctx.said)
    if counted is not None:
        return keep_count(ctx, pick(ctx, _near(ctx) or _written(ctx)), counted)
    meeting = pick(ctx, _near(ctx))
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    due = tally(roll)
    here = there(meeting, body, roll)
    has_begun = any(line.is_present for line in roll) or meeting.starts_at <= ctx.now
    found = verdicts(body, here if has_begun else expected(body, roll), due)
    if has_begun and not re.search(r"报名|回话|回复", ctx.said):
        absent = _absent(body, roll)
        asks_absent = re.search(r"没|缺|差谁", ctx.said) is not None
        return ctx.reply(texts.attendance(meeting, body, roll, here, due, found, absent if asks_absent else None))
    silent = unanswered(roll)
    asks_silent = re.search(r"没(?:报|回|答|签|来)", ctx.said) is not None
    return ctx.reply(texts.answers(meeting, body, roll, due, found, silent, names_silent=asks_silent))


def _absent(body: Body, roll: Sequence[Invited]) -> list[Invited]:
    """Who is not there; where households count, those of whom nobody is."""
    there = {line.unit for line in roll if line.is_present}
    return [i for i in roll if not i.is_present and (body.unit is Unit.PERSON or i.unit not in there)]


def _near(ctx: Context) -> list[Meeting]:
    """The meeting that is going on, else the next one; several only where several are near."""
    going_on = [m for m in ctx.store.meetings.living([ctx.village.id], ctx.now - LASTS) if m.starts_at <= ctx.now]
    ahead = ctx.store.meetings.living([ctx.village.id], ctx.now)
    opened = [m for m in ahead if m.checkin_at is not None or m.starts_at - ctx.now <= timedelta(hours=1)]
    return going_on or opened or ahead


def _written(ctx: Context) -> list[Meeting]:
    """The meeting of today whose result is out, for whoever may put it right."""
    begun = ctx.store.meetings.begun([ctx.village.id], ctx.now + DESK_FOR, ctx.now - timedelta(hours=12))
    return [m for m in begun[:1] if m.status is MeetingStatus.HELD and may_write(ctx, m)]


def keep_count(ctx: Context, meeting: Meeting, said: Headcount) -> None:
    """到了160户 共392人: the clerk counted from the paper register; both routes say how far that is.

    What cannot be (more than are due, more households than people) is asked again and not kept.
    """
    body, roll = ctx.words.meetings.bodies[meeting.body], ctx.store.meetings.roll(meeting.id)
    due = tally(roll)
    if said.is_vague:
        return ctx.reply(texts.count_is_vague(meeting))
    people, households = said.people, said.households
    if said.some is not None:  # what was counted before may be the same people counted otherwise: it falls
        meeting = replace(meeting, counted_people=None, counted_households=None)
        is_of_people = body.unit is Unit.PERSON or (bool(body.routes) and said.some > due.households)
        people, households = (said.some, None) if is_of_people else (None, said.some)
    if wrong := impossible_count(body, due, people, households):
        return ctx.reply(texts.count_is_wrong(wrong, due, people or 0, households or 0, meeting))
    kept = ctx.store.meetings.keep(recounted(meeting, people, households))
    signed, here = present(body, roll), there(kept, body, roll)
    is_more = signed.people > (people or signed.people)
    ctx.reply(texts.counted(kept, body, said, here, due, more_signed=is_more))
    if meeting.status is MeetingStatus.HELD:  # the group reads another number
        keep_open(ctx, meeting, None)
        ctx.reply(texts_of_minutes.count_after_result(meeting))
    return None


def recounted(meeting: Meeting, people: int | None, households: int | None) -> Meeting:
    """The new count stands. What was counted before and cannot be any more with it (more households than people) falls."""
    if people is None:
        kept = meeting.counted_people
        people = kept if kept is None or kept >= (households or 0) else None
    elif households is None:
        kept = meeting.counted_households
        households = kept if kept is None or kept <= people else None
    return replace(meeting, counted_people=people, counted_households=households)


def take_recount(ctx: Context) -> bool:
    """不对 到会的是27人, said of a meeting that is going on. False for other words and where none is."""
    said = only_counts(ctx.said) if ctx.roles & DESK and ctx.is_proven else None
    if said is None:
        return False
    near = [meeting for meeting in _near(ctx) if meeting.starts_at <= ctx.now or meeting.checkin_at is not None]
    if not (near := near or _written(ctx)):
        return False
    keep_count(ctx, pick(ctx, near), said)
    return True


@intent("meeting.check", who=DESK, wins=True)
def check(ctx: Context) -> None:
    """这会能不能开: what is missing, by both routes, and how to mend it."""
    meeting = pick(ctx, _near(ctx))
    rules, roll = ctx.words.meetings, ctx.store.meetings.roll(meeting.id)
    body = rules.bodies[meeting.body]
    due = tally(roll)
    has_begun = any(line.is_present for line in roll) or meeting.starts_at <= ctx.now
    here = there(meeting, body, roll) if has_begun else expected(body, roll)
    share = reached_share(roll, ctx.store.reach.reached("meeting", meeting.id))
    ready = Readiness(
        bool(meeting.venue) or not rules.forms[meeting.form].needs_place,
        bool(ctx.store.meetings.items(meeting.id)),
        notice_kept(body, meeting, meeting.created_at),
        share,
        quorate(body, here, due),
        has_begun,
    )
    missing: tuple[Lack, ...] = lacks(rules, body, ready)
    ctx.reply(texts.readiness(meeting, body, missing, verdicts(body, here, due), share, has_begun=has_begun))


def loudspeaker(ctx: Context) -> None:
    """大喇叭: the script of the next meeting, to be read aloud."""
    meeting = pick(ctx, _near(ctx))
    body = ctx.words.meetings.bodies[meeting.body]
    words = texts_of_meetings.loudspeaker(
        meeting, ctx.store.meetings.items(meeting.id), called_words(ctx, meeting), may_send=body.unit is Unit.HOUSEHOLD
    )
    return ctx.reply(texts_of_meetings.aloud(meeting, words))
