"""How many are there (到会): who came, who is missing, whether it is enough, by both routes of the law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.attendance import (
    Invited,
    expected,
    reached_share,
    tally,
    unanswered,
    verdicts,
)
from domain.attendance import is_quorate as quorate
from domain.bodies import Body, Unit
from domain.meetings import LASTS, Lack, Meeting, Readiness, lacks, notice_kept
from handlers.context import Context
from handlers.meeting_lookup import called_words, pick, there
from handlers.registry import intent
from handlers.sign_lists import DESK
from handlers.texts import attendance as texts
from handlers.texts import meetings as texts_of_meetings
from nlp.numbers import number

_COUNTED = re.compile(
    r"(?:到|来|有)(?:会|场)?了?\s*(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,5})\s*(?P<unit>个|人|位|户|家)"
)


@intent("meeting.roster", who=DESK, wins=True)
def roster(ctx: Context) -> None:
    """谁来了, 谁没签到, 报名情况, 差几户; 到了23个 够不够 is answered by both routes."""
    meeting = pick(ctx, _near(ctx))
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    counted = _COUNTED.search(ctx.said)
    if counted is not None:
        return _count(ctx, meeting, body, roll, int(number(counted["n"]) or 0), counted["unit"])
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


def _count(ctx: Context, meeting: Meeting, body: Body, roll: Sequence[Invited], many: int, unit: str) -> None:
    """到了23个: the clerk counted heads (or households); both routes say how far that is."""
    households = unit in ("户", "家")
    due = tally(roll)
    is_unit_said = unit != "个"
    by_household = households or (not is_unit_said and body.unit is Unit.HOUSEHOLD)
    kept = replace(meeting, counted_households=many) if by_household else replace(meeting, counted_people=many)
    ctx.store.meetings.keep(kept)
    ctx.reply(texts.counted(meeting, body, many, due, by_household=households, both=not is_unit_said))


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
