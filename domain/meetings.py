"""Meetings (会议): when one may be called, when it is remembered, and what is still missing before it may begin.

Times are aware; villages live by China time. Reminders are derived: nothing is stored for a moment to come, so a meeting
that is moved or called off leaves nothing behind. Sources: domain/law.md §1.6, rulings (Group budget, Presence).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.bodies import Body, MeetingRules, Quiet, Reminder
from domain.deadlines import CHINA
from domain.refusals import Refused

MAX_AGENDA = 8
# Nobody calls a meeting further ahead than this; what looks so is a slip.
FURTHEST = timedelta(days=400)
# It is spoken of so long after it began.
LASTS = timedelta(hours=4)


class Reason(StrEnum):
    """Why a meeting is not called, moved or opened so."""

    MEETING_PAST = "meeting_past"
    MEETING_FAR = "meeting_far"
    MEETING_HOUR = "meeting_hour"
    MEETING_NOTICE = "meeting_notice"
    MEETING_CALLER = "meeting_caller"
    MEETING_NONE = "meeting_none"
    MEETING_WHICH = "meeting_which"
    MEETING_OVER = "meeting_over"
    MEETING_NOBODY = "meeting_nobody"
    MEETING_SAME = "meeting_same"


class MeetingStatus(StrEnum):
    CALLED = "called"
    CANCELLED = "cancelled"
    HELD = "held"


class Coming(StrEnum):
    """What somebody answered to the notice."""

    UNSAID = ""
    YES = "yes"
    NO = "no"
    PROXY = "proxy"  # somebody of the household comes instead


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `told_at` is when those invited last heard of it (the notice, or its last change).

    `number` runs within the village. `reason` is why a statutory notice period was cut short (law: special cases).
    `code` is the sign-in code once sign-in is open.
    """

    id: int
    number: int
    village_id: int
    area_id: int
    body: str
    form: str
    title: str
    venue: str
    starts_at: datetime
    status: MeetingStatus
    called_by: int
    created_at: datetime
    told_at: datetime
    version: int = 0
    reason: str = ""
    code: str = ""
    checkin_at: datetime | None = None
    ended_at: datetime | None = None
    counted_people: int | None = None
    counted_households: int | None = None
    chair: str = ""
    result: str = ""
    reach_due_at: datetime | None = None  # when it is looked whom the notice has not reached; None: it has been


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One topic of the meeting (一事一议), with what came of it."""

    id: int
    meeting_id: int
    place: int
    title: str
    outcome: str = ""
    agreed: int | None = None
    opposed: int | None = None
    abstained: int | None = None


# -- when it may be


def check_start(rules: MeetingRules, starts_at: datetime, now: datetime) -> None:
    """Refuse a meeting in the past, over a year away, or at an hour at which nobody is called."""
    if starts_at <= now:
        raise Refused(Reason.MEETING_PAST, starts_at=starts_at)
    if starts_at - now > FURTHEST:
        raise Refused(Reason.MEETING_FAR, starts_at=starts_at)
    check_hour(rules, starts_at)


def check_hour(rules: MeetingRules, starts_at: datetime) -> None:
    """Refuse an hour at which nobody is called; the day does not matter."""
    local = starts_at.astimezone(CHINA)
    if not rules.earliest <= local.time() <= rules.latest:
        raise Refused(Reason.MEETING_HOUR, starts_at=starts_at, earliest=rules.earliest, latest=rules.latest)


def earliest_day(body: Body, now: datetime) -> date:
    """Give the first day on which the body may meet if it is told now; the day of the notice is not counted."""
    return now.astimezone(CHINA).date() + timedelta(days=body.notice_days)


def check_notice(body: Body, starts_at: datetime, now: datetime, reason: str = "") -> None:
    """Refuse a statutory meeting announced too late, unless the law knows special cases and one is named."""
    first = earliest_day(body, now)
    if starts_at.astimezone(CHINA).date() >= first or (body.has_exception and reason):
        return
    raise Refused(Reason.MEETING_NOTICE, body=body, first=first, starts_at=starts_at)


# -- quiet hours and reminders


def is_quiet(at: datetime, quiet: Quiet) -> bool:
    """Is that a moment at which villagers are left alone? The end is no longer quiet."""
    moment = at.astimezone(CHINA).time()
    if quiet.begins > quiet.ends:
        return moment >= quiet.begins or moment < quiet.ends
    return quiet.begins <= moment < quiet.ends


def quiet_ends(at: datetime, quiet: Quiet) -> datetime:
    """Give the moment itself where it is not quiet, else when the quiet ends."""
    if not is_quiet(at, quiet):
        return at
    local = at.astimezone(CHINA)
    ends = _at(local.date(), quiet.ends)
    return ends if ends > local else ends + timedelta(days=1)


def before_quiet(at: datetime, quiet: Quiet) -> datetime:
    """Give the moment itself where it is not quiet, else the last one of the evening before: earlier, never later."""
    if not is_quiet(at, quiet):
        return at
    local = at.astimezone(CHINA)
    evening = _at(local.date(), quiet.last)
    return evening if evening <= local else evening - timedelta(days=1)


def send_at(now: datetime, starts_at: datetime, quiet: Quiet) -> datetime:
    """Give when a notice or a change decided now may leave: at once, or when the quiet ends, if that is early enough."""
    ends = quiet_ends(now, quiet)
    return ends if ends <= starts_at - timedelta(minutes=30) else now


def reminder_at(reminder: Reminder, starts_at: datetime, quiet: Quiet) -> datetime:
    return before_quiet(starts_at - reminder.before, quiet)


def starts_due(reminder: Reminder, now: datetime, quiet: Quiet) -> tuple[datetime, datetime]:
    """Give the span of starts (after the first, up to the last) whose reminder is due now and not yet senseless.

    `reminder_at` rises with the start, so the meetings due are one stretch of an index, however many there are.
    In quiet hours nothing is due: an empty span.
    """
    if is_quiet(now, quiet):
        return now, now
    after = now + reminder.latest
    local = now.astimezone(CHINA)
    if local.time() >= quiet.last:  # tonight's are brought forward to this moment
        return after, quiet_ends(_at(local.date(), quiet.begins), quiet) + reminder.before - timedelta(milliseconds=1)
    return after, now + reminder.before


def is_wanted(reminder: Reminder, meeting: Meeting, quiet: Quiet) -> bool:
    """Is the reminder worth sending? Not where those invited heard of the meeting after it would have been due."""
    return meeting.status is MeetingStatus.CALLED and meeting.told_at < reminder_at(reminder, meeting.starts_at, quiet)


def statutory_reminder(days: int) -> Reminder:
    """The notice of the law itself, said again so many days before a meeting called long ahead."""
    return Reminder(f"notice{days}", timedelta(days=days), to_group=True, latest=timedelta(days=days - 1, hours=1))


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, CHINA)


# -- what is missing


class Lack(StrEnum):
    """What stands between a meeting and its beginning."""

    NOTICE = "notice"
    REACH = "reach"
    ANSWERS = "answers"
    QUORUM = "quorum"
    VENUE = "venue"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What is known of a meeting when it is asked 这会能不能开."""

    has_venue: bool
    has_agenda: bool
    notice_kept: bool
    reached_share: float
    is_quorate: bool
    has_begun: bool  # people are signing in: presence counts, not promises


def lacks(rules: MeetingRules, body: Body, ready: Readiness) -> tuple[Lack, ...]:
    """Give what is missing, in the order in which it is mended."""
    found = []
    if not ready.has_venue:
        found.append(Lack.VENUE)
    if not ready.has_agenda:
        found.append(Lack.AGENDA)
    if not ready.notice_kept:
        found.append(Lack.NOTICE)
    if ready.reached_share < rules.reach_share and not ready.has_begun:
        found.append(Lack.REACH)
    if body.routes and not ready.is_quorate:
        found.append(Lack.QUORUM if ready.has_begun else Lack.ANSWERS)
    return tuple(found)


def notice_kept(body: Body, meeting: Meeting, first_told_at: datetime) -> bool:
    days = (meeting.starts_at.astimezone(CHINA).date() - first_told_at.astimezone(CHINA).date()).days
    return days >= body.notice_days or bool(body.has_exception and meeting.reason)


def errands_at(told_at: datetime, starts_at: datetime, quiet: Quiet) -> datetime:
    """Give when the reach is looked at: halfway between notice and meeting, a day before it at the latest."""
    halfway = told_at + (starts_at - told_at) / 2
    return quiet_ends(min(halfway, max(starts_at - timedelta(hours=24), told_at)), quiet)
