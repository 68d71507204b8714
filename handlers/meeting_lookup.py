"""Which meeting is meant, who is told, and where its pages are: what every module about meetings asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from domain.attendance import Invited, Tally, present, with_counted
from domain.bodies import Body
from domain.meetings import Meeting, MeetingStatus, Reason, send_at
from domain.organisation import Person, Role
from domain.refusals import Refused
from handlers.context import Context
from handlers.texts import meetings as texts
from handlers.texts import notices
from handlers.which_meeting import named_in
from storage.meeting_pages import page_mac, page_name
from storage.outbox import Priority

# Those whose words may call a meeting; what body each may call stands in rules/meetings.yaml.
CALLERS = frozenset(
    {
        Role.VC, Role.SECRETARY, Role.CLERK, Role.GRID_CHIEF, Role.GRID_HEAD, Role.GRID_MICRO, Role.COUNCIL,
        Role.SUPERVISOR, Role.TOWN_LEADER, Role.TOWN_CLERK,
    }
)  # fmt: skip


# -- telling


def tell_invited(
    ctx: Context, meeting: Meeting, roll: Sequence[Invited], what: str, words: Callable[[Invited], str]
) -> int:
    """Write to everybody on the roll who has a phone with us; once for each version of the meeting. How many."""
    due = send_at(ctx.now, meeting.starts_at, ctx.words.meetings.quiet)
    fields = notice_fields(ctx, meeting, what)
    told = [line for line in roll if line.has_phone]
    for line in told:
        ctx.store.outbox.put(
            f"person:{line.person_id}", f"meeting.{what}", words(line), ctx.now,
            once=f"meeting:{meeting.id}:{what}:{meeting.version}:{line.person_id}",
            priority=Priority.NOTICE, due_at=due, not_after=meeting.starts_at, fields=fields,
        )  # fmt: skip
    return len(told)


def tell_reminder(
    ctx: Context, line: Invited, words: str, once: str, not_after: datetime, fields: Mapping[str, str]
) -> None:
    """Remind one person; what would come after `not_after` is dropped, never sent late."""
    ctx.store.outbox.put(
        f"person:{line.person_id}", "meeting.reminder", words, ctx.now,
        once=once, priority=Priority.NOTICE, not_after=not_after, fields=fields,
    )  # fmt: skip


def notice_fields(ctx: Context, meeting: Meeting, said: str) -> Mapping[str, str]:
    """What a notice of the platform shows of it. Whoever calls a meeting holds an office, so he is known in memory."""
    form, village = ctx.words.meetings.forms.get(meeting.form), ctx.directory.areas.get(meeting.village_id)
    caller = ctx.directory.officer(meeting.called_by)
    return notices.of_meeting(meeting, said, form.name if form else "", caller, village.name if village else "")


def invited_to(ctx: Context) -> list[tuple[Meeting, Invited]]:
    """The living meetings the sender's people are invited to, the next one first."""
    return ctx.store.meetings.invited(ctx.sender.contact.id, ctx.now)


def contact_words(person: Person) -> str:
    return f"{person.name} {person.phone}".strip()


def there(meeting: Meeting, body: Body, roll: Sequence[Invited]) -> Tally:
    """Who signed in, or what was counted from the paper register where that is more."""
    return with_counted(present(body, roll), meeting.counted_people, meeting.counted_households)


# -- links


def paper_link(ctx: Context, meeting: Meeting) -> str:
    """The A4 page of a meeting; unguessable: who has the link was given it."""
    return _link(ctx, page_name("n", meeting.id, 0))


def minutes_link(ctx: Context, meeting: Meeting) -> str:
    """The page with everybody's words, for whoever keeps the archive."""
    return _link(ctx, page_name("m", meeting.id, 0))


def personal_link(ctx: Context, meeting: Meeting, person_id: int) -> str:
    """The same page for one person: opening it is a sign that his household has heard."""
    return _link(ctx, page_name("n", meeting.id, person_id))


def _link(ctx: Context, name: str) -> str:
    return f"{ctx.public_url}/n/{name}-{page_mac(ctx.store.vault, name)}" if ctx.public_url else ""


# -- which meeting is meant

_NUMBERED = re.compile(r"(?:(?<!到)会|第)\s*(?P<n>\d{1,5})\s*(?:号|次)?(?!\d|[点月日:：个人户])")


def pick(ctx: Context, meetings: Sequence[Meeting]) -> Meeting:
    """Give the meeting a message speaks of: by its number, by words of its title or topics, or the only one there is."""
    numbered = _NUMBERED.search(ctx.said)
    if numbered is not None:
        named = ctx.store.meetings.with_number(ctx.village.id, int(numbered["n"]))
        if named is None:
            raise Refused(Reason.MEETING_WHICH, meetings=meetings) if meetings else Refused(Reason.MEETING_NONE)
        if named.status is not MeetingStatus.CALLED and named.id not in {m.id for m in meetings}:
            raise Refused(Reason.MEETING_OVER, meeting=named)
        return named
    if not meetings:
        raise Refused(Reason.MEETING_NONE)
    meant = [m for m in meetings if _is_named(ctx, m)] if len(meetings) > 1 else list(meetings)
    if len(meant) != 1:
        meant = named_in(ctx, meetings, ctx.said, strictly=True)[0] or meant
    if len(meant) == 1:
        return meant[0]
    raise Refused(Reason.MEETING_WHICH, meetings=meant or meetings)


def _is_named(ctx: Context, meeting: Meeting) -> bool:
    body = ctx.words.meetings.body_in(ctx.said)
    if body is not None and body.code == meeting.body:
        return True
    return any(item.title in ctx.said for item in ctx.store.meetings.items(meeting.id))


def upcoming(ctx: Context) -> list[Meeting]:
    """The village's meetings that have not begun, the next one first."""
    return ctx.store.meetings.living([ctx.village.id], ctx.now)


def called_words(ctx: Context, meeting: Meeting) -> str:
    area, body = ctx.directory.areas.get(meeting.area_id), ctx.words.meetings.bodies[meeting.body]
    return texts.called_words(body, "" if area is None or area.id == meeting.village_id else area.name, 0, 0)
