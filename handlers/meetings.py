"""Meetings in talk (会议): called by one sentence or by questions, read back, and told to exactly those invited.

Load, decide, save, say; the rules are domain/meetings.py, the bodies rules/meetings.yaml. Changes: meeting_changes.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.attendance import Invited, out_of_reach
from domain.bodies import EVERYBODY, Body, Unit
from domain.conversations import Conversation, Question
from domain.meetings import (
    AgendaItem,
    Meeting,
    MeetingStatus,
    Reason,
    check_hour,
    check_notice,
    check_start,
    errands_at,
    send_at,
)
from domain.organisation import Area, Person, Role
from domain.posts import PostKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import errands, meeting_amends, meeting_either, meeting_topics, meeting_who, meeting_words
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation, running_here
from handlers.meeting_lookup import CALLERS, contact_words, paper_link, personal_link, tell_invited
from handlers.meeting_who import body_of
from handlers.meeting_words import is_doubtful, needs_clock, starts_at
from handlers.posts import groups_for, is_forwarded, post_to_groups
from handlers.registry import answers, intent
from handlers.texts import matters as matter_texts
from handlers.texts import meeting_amends as amend_texts
from handlers.texts import meetings as texts
from handlers.texts import refusals
from nlp.numbers import option_number
from storage.ids import new_id
from storage.outbox import Priority

LAST_HOUR = "18:00"
APPROVE_FOR = timedelta(days=3)


_IS_BUSY = re.compile(
    r"(?:我|我们|现在|这会儿|正|还|刚)*(?:在开会|开(?:着)?会(?:着)?(?:呢|哩))(?:呢|哩|着)*(?:[\s,，]*(?:等|一)?(?:会儿?|下|完了)?(?:再|给你)?(?:说|回|看|打|联系)\S{0,4})?"
)
# 我在开会, 老开会不办事, 不要开会: of meetings, and none is called.
_CALLS_NONE = re.compile(
    r"(?:正|还|刚)?在开会|忙着开会|开(?:着)?会(?:着)?(?:呢|哩)|(?:老|老是|天天|光|总是|成天)(?:是|知道|会)?开会|(?:不要|不用|不想|不必|少|甭|别)(?:再|老|总)?开会|开会(?:有)?(?:啥|什么)?用|(?:没|没有)开过?会"
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting as it will be called."""

    body: Body
    area: Area
    starts_at: datetime
    venue: str
    topics: tuple[str, ...]
    form: str
    reason: str = ""
    name: str = ""  # 家长会, where the meeting has a name of its own

    @property
    def called(self) -> str:
        """What it is called. Only a meeting of the people may be called anything; others have the law's name."""
        return self.name if self.name and self.body.code == EVERYBODY else self.body.name


# -- one sentence, or questions


@intent("meeting.create", who=CALLERS, needs_proof=True, wins=True)
def create(ctx: Context) -> None:
    """明儿下午三点半在大队开会说机井的事: what was not said is asked, one thing at a time. 我在开会 calls none."""
    if _IS_BUSY.fullmatch(ctx.said.strip(" 。！!")):
        return ctx.reply(texts.busy())
    if _CALLS_NONE.search(ctx.said):
        raise NotUnderstood("meeting.create")
    slots, complaint = _first_slots(ctx)
    open_conversation(ctx, "meeting.create", slots)
    if complaint:  # a time that cannot be: its sentence asks for another in the place of the plain question
        ctx.replies[-1] = complaint
    return None


def _first_slots(ctx: Context) -> tuple[dict[str, Any], str]:
    said, slots, complaint = ctx.understanding.slots, dict[str, Any](), ""
    try:
        when = meeting_words.asked_back(meeting_words.read_when(ctx, ctx.said), ctx.said)
        _check(ctx, when)
        slots["when"] = when
    except Refused as refused:
        complaint = refusals.sentence(refused.reason, refused.data)
    except NotUnderstood as missed:
        complaint = str(missed.data.get("say", ""))
        if either := missed.data.get("either"):
            slots["either"] = meeting_either.both_times(ctx, either)
    form = ctx.words.meetings.form_in(ctx.said)
    if form.code != "meeting":
        slots["form"] = form.code
    if not form.needs_place:
        slots["venue"] = ""
        if (
            "day" in slots.get("when", {}) and "night" not in slots["when"]
        ):  # nobody sits together: the last day is what counts
            slots["clock"] = LAST_HOUR
    elif said.get("venue"):
        slots["venue"] = str(said["venue"])
    topic = str(said.get("topic") or "") or meeting_topics.topic_behind(ctx) or meeting_topics.topic_among(ctx)
    if topic:
        with suppress(NotUnderstood):  # 说个事: asked like what was not said
            slots["topics"] = meeting_topics.read_topics(meeting_topics.without_people(ctx, topic))
    if name := meeting_who.name_said(ctx.said):
        slots["name"] = name
    return slots | meeting_who.first_who(ctx), complaint


def _check(ctx: Context, when: Mapping[str, Any]) -> None:
    """Refuse a moment that cannot be; of a day without an hour only one that is over."""
    rules = ctx.words.meetings
    if "at" in when:
        check_start(rules, datetime.fromisoformat(when["at"]), ctx.now)
    elif date.fromisoformat(when["day"]) < ctx.now.date():
        raise Refused(Reason.MEETING_PAST, starts_at=datetime.fromisoformat(f"{when['day']}T00:00+08:00"))


def _shape(ctx: Context) -> Conversation:
    running = running_here(ctx)
    slots = running.progress["slots"] if running and running.name == "meeting.create" else {}

    def when(text: str) -> Any:
        chosen = meeting_either.one_of_two(ctx, slots["either"], text) if slots.get("either") else None
        found = chosen or meeting_words.asked_back(meeting_words.read_when(ctx, text), text)
        _check(ctx, found)
        return found

    def sure(text: str) -> Any:
        found = meeting_words.read_sure(ctx, text, slots.get("when", {}))
        if found:
            _check(ctx, found)
        return found

    def clock(text: str) -> Any:
        found = meeting_words.read_clock(ctx, text)
        check_hour(ctx.words.meetings, datetime.fromisoformat(f"{ctx.now.date()}T{found}:00+08:00"))
        return found

    def who(text: str) -> Any:
        return meeting_who.answered_who(ctx, slots, text)

    return Conversation(
        "meeting.create",
        (
            Question("when", texts.ASK_TIME, when),
            Question("sure", lambda slots: texts.doubt(slots["when"]["doubt"]), sure, when=is_doubtful),
            Question("clock", lambda slots: _ask_clock(ctx, slots), clock, when=needs_clock),
            Question("venue", texts.ASK_VENUE, meeting_words.read_venue, takes_any=True),
            Question("topics", texts.ASK_TOPIC, meeting_topics.read_topics, takes_any=True),
            Question("who", lambda slots: _ask_who(ctx, slots), who, takes_any=True),
        ),
        read_back=lambda slots: _read_back(ctx, slots),
        choose=one_of_three,
        amend=lambda slots, text: meeting_amends.amended(ctx, slots, text),
        ask_amend=texts.CHANGE_WHAT,
    )


def _ask_clock(ctx: Context, slots: Mapping[str, Any]) -> str:
    day = (slots.get("sure") or {}).get("day") or slots["when"]["day"]
    if "night" in slots["when"]:
        rules, hour = ctx.words.meetings, int(slots["when"]["night"][:2])
        return texts.night_or_day(date.fromisoformat(day), hour, rules.earliest, rules.latest)
    return texts.ask_clock(date.fromisoformat(day))


def _ask_who(ctx: Context, slots: Mapping[str, Any]) -> str:
    body = ctx.words.meetings.bodies.get(slots.get("body", ""))
    ask = texts.ASK_WHO if body is None else texts.ask_area(body)
    if slots.get("two"):
        return amend_texts.one_at_a_time(slots["two"]) + ask
    return amend_texts.nowhere(slots["nowhere"], meeting_who.groups_of(ctx)) + ask if slots.get("nowhere") else ask


def _read_back(ctx: Context, slots: Mapping[str, Any]) -> str:
    """Show what will be sent. What cannot be sent so is said here, before anybody answers 1."""
    try:
        plan = _plan(ctx, slots)
        _check_plan(ctx, plan)
    except Refused as refused:
        return refusals.sentence(refused.reason, refused.data)
    except NotUnderstood as missed:
        return refusals.hint(missed.hint, missed.data)
    who = _who_words(ctx, plan, _roll(ctx, plan, 0))
    assumed = "" if slots.get("sure") else slots["when"].get("assumed", "")
    form = ctx.words.meetings.forms[plan.form].name
    return texts.read_back(
        plan.called, plan.starts_at, assumed, plan.venue, plan.topics, who, form, plan.reason,
        ctx.now.date(), _remarks(ctx, plan),
    )  # fmt: skip


def _remarks(ctx: Context, plan: Plan) -> list[str]:
    """What he should know before he sends it: the same is called already, or the law leaves a topic to others."""
    ahead = ctx.store.meetings.living([ctx.village.id], ctx.now)
    same = next((m for m in ahead if m.starts_at == plan.starts_at and m.area_id == plan.area.id), None)
    remarks = [texts.called_before(same)] if same else []
    for topic in plan.topics:
        body = ctx.words.polls.body_of(topic)
        is_theirs = body is not None and (body.code == plan.body.code or body.title.startswith(plan.body.name))
        if body is not None and body.code == "coop_assembly" and not is_theirs:
            return [*remarks, texts.belongs_to(body.title, topic)]
    return remarks


def _plan(ctx: Context, slots: Mapping[str, Any]) -> Plan:
    body = body_of(ctx.words.meetings, slots)
    start = starts_at(slots)
    if start is None:
        raise NotUnderstood("meeting.time")
    area = meeting_who.place_body(ctx, body, slots["who"].get("area") or 0)
    form, reason = slots.get("form", "meeting"), slots.get("reason", "")
    return Plan(body, area, start, slots["venue"], tuple(slots["topics"]), form, reason, slots.get("name", ""))


def _check_plan(ctx: Context, plan: Plan) -> None:
    check_start(ctx.words.meetings, plan.starts_at, ctx.now)
    check_notice(plan.body, plan.starts_at, ctx.now, plan.reason)
    if not _roll(ctx, plan, 0):
        raise Refused(Reason.MEETING_NOBODY, body=plan.body)


@conversation_for(
    "meeting.create", _shape, frozenset({"meeting.change", "topic.new", "topic"}), meeting_amends.is_amendment
)
def finish(ctx: Context, **slots: Any) -> None:
    """1 发出: call it, or ask whoever has the right to call this body."""
    plan = _plan(ctx, slots)
    _check_plan(ctx, plan)
    if ctx.person is None:
        raise Refused(Reason.MEETING_CALLER, body=plan.body, caller=_caller_words(ctx, plan))
    if not ctx.roles & plan.body.may_call:
        return _ask_caller(ctx, plan, slots)
    call(ctx, plan, ctx.person)
    return None


# -- the one who may call it


def _caller(ctx: Context, plan: Plan) -> Person | None:
    found = (
        ctx.directory.holder_upwards(role, plan.area.id)
        for role in (Role.VC, Role.SECRETARY, *sorted(plan.body.may_call))
    )
    return next((p for p in found if p is not None and ctx.directory.roles_of(p.id) & plan.body.may_call), None)


def _caller_words(ctx: Context, plan: Plan) -> str:
    person = _caller(ctx, plan)
    return person.name if person else matter_texts.ROLE_NAMES.get(sorted(plan.body.may_call)[0], "")


def _ask_caller(ctx: Context, plan: Plan, slots: Mapping[str, Any]) -> None:
    """The clerk drafts, whoever may call it says 1."""
    person = _caller(ctx, plan)
    if person is None or ctx.person is None:
        raise Refused(Reason.MEETING_CALLER, body=plan.body, caller=_caller_words(ctx, plan))
    thing, data = new_id(), json.dumps({"slots": slots, "by": ctx.person.id}, ensure_ascii=False)
    for other in ctx.store.people.contacts_of([person.id]):
        ctx.ask("meeting.approve", thing, ("1", "2"), APPROVE_FOR, to=other.contact.id, data=data)
    words = texts.approve(_read_back(ctx, slots), ctx.person.name)
    ctx.tell(person, words, "meeting.approve", once=f"meeting:approve:{thing}", priority=Priority.REPLY)
    ctx.reply(texts.waits_for_caller(plan.body, person.name))


@answers("meeting.approve")
def approve(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("发出", "不发"))
    if chosen not in (1, 2):
        raise NotUnderstood("meeting.approve")
    kept = json.loads(question.data)
    ctx.store.questions.close(question, ctx.now)
    drafter = ctx.store.people.person(kept["by"])
    if ctx.person is None or chosen == 2:
        if drafter is not None and ctx.person is not None:
            ctx.tell(
                drafter, texts.disapproved(ctx.person.name), "meeting.approve", once=f"meeting:no:{question.thing_id}"
            )
        return ctx.reply(texts.not_approved())
    plan = _plan(ctx, kept["slots"])
    _check_plan(ctx, plan)
    if not ctx.roles & plan.body.may_call:
        raise Refused(Reason.MEETING_CALLER, body=plan.body, caller=_caller_words(ctx, plan))
    meeting = call(ctx, plan, ctx.person)
    if drafter is not None:
        words = texts.approved(meeting, ctx.person.name)
        ctx.tell(drafter, words, "meeting.approve", once=f"meeting:yes:{question.thing_id}")
    return None


# -- calling it


def _roll(ctx: Context, plan: Plan, meeting_id: int) -> list[Invited]:
    return ctx.store.reach.called(meeting_id, plan.body, plan.area, ctx.now)


def call(ctx: Context, plan: Plan, caller: Person) -> Meeting:
    """Write the meeting with its frozen roll, tell exactly those on it and the area's groups, send keepers to the rest."""
    rules = ctx.words.meetings
    meeting_id = new_id()
    leaves = send_at(ctx.now, plan.starts_at, rules.quiet)
    meeting = Meeting(
        meeting_id, ctx.store.meetings.next_number(ctx.village.id), ctx.village.id, plan.area.id,
        plan.body.code, plan.form, _title(ctx, plan), plan.venue, plan.starts_at, MeetingStatus.CALLED, caller.id,
        ctx.now, leaves, reason=plan.reason, reach_due_at=errands_at(leaves, plan.starts_at, rules.quiet),
    )  # fmt: skip
    items = [AgendaItem(new_id(), meeting_id, place, title) for place, title in enumerate(plan.topics, start=1)]
    roll = _roll(ctx, plan, meeting_id)
    groups = [group.id for group in groups_for(ctx, plan.area)] if plan.body.in_group else []
    ctx.store.meetings.add(meeting, items, roll, groups, ctx.step("called", ctx.role_in(CALLERS)))
    _announce(ctx, plan, meeting, items, roll, caller)
    return meeting


def _title(ctx: Context, plan: Plan) -> str:
    """九社群众大会, 村民代表会议: the body, with its place where that is narrower than the village."""
    form = ctx.words.meetings.forms[plan.form]
    name = plan.called if form.needs_place else f"{plan.called}（{form.name}）"
    return name if plan.area.id == ctx.village.id else f"{plan.area.name}{name}"


def _announce(
    ctx: Context, plan: Plan, meeting: Meeting, items: Sequence[AgendaItem], roll: list[Invited], caller: Person
) -> None:
    who, contact = _who_words(ctx, plan, roll), contact_words(caller)
    told = tell_invited(
        ctx,
        meeting,
        roll,
        "notice",
        lambda line: texts.notice(meeting, items, who, contact, personal_link(ctx, meeting, line.person_id)),
    )
    leaves_at = meeting.told_at if meeting.told_at > ctx.now else None
    group = ""
    if plan.body.in_group and groups_for(ctx, plan.area):
        full = post_to_groups(
            ctx, plan.area, texts.group_notice(meeting, items, who, contact), PostKind.NOTICE,
            once=f"meeting:{meeting.id}:notice", not_after=meeting.starts_at,
        )  # fmt: skip
        group = texts.posted(full=bool(full), forwarded=is_forwarded(ctx, plan.area), later=leaves_at is not None)
    left = errands.make(ctx, meeting, out_of_reach(roll))
    aloud = texts.loudspeaker(meeting, items, _who_words(ctx, plan), may_send=plan.body.unit is Unit.HOUSEHOLD)
    ctx.reply(texts.called(meeting, told, group, left, aloud, paper_link(ctx, meeting), leaves_at))


def _who_words(ctx: Context, plan: Plan, roll: Sequence[Invited] = ()) -> str:
    place = "" if plan.area.id == ctx.village.id else plan.area.name
    return texts.called_words(plan.body, place, len(roll), len({line.unit for line in roll}))
