"""Moving, relocating and calling off a meeting: read back, then told to exactly those who were told before."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.conversations import Conversation, Question
from domain.meetings import (
    LASTS,
    Coming,
    Meeting,
    MeetingStatus,
    Reason,
    check_notice,
    check_start,
    errands_at,
    send_at,
)
from domain.posts import PostKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import errands, meeting_special, meeting_words
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation, running_here
from handlers.meeting_lookup import CALLERS, contact_words, tell_invited, upcoming
from handlers.meeting_which import meeting_slots, which_question
from handlers.meeting_words import iso
from handlers.posts import next_digest, post_to_groups
from handlers.registry import answers, intent
from handlers.texts import meeting_changes as change_texts
from handlers.texts import meetings as texts
from nlp.numbers import option_number
from nlp.time_slips import put_off

_ADDS = re.compile(
    r"(?:给)?(?:会上?|会议|会\d+)?(?:再|还要)?(?:加|添|增加|补)(?:上|一)?(?:个|一个)?议题|会上(?:再|还要)?(?:加|添|补)(?:上)?(?:一?[个件]|一)?事|(?:会议)?议题(?:里)?(?:再)?(?:加|添|增加)"
)

_CHANGES = re.compile(r"[改推挪延换变调移缓早晚]|提前|顺|往[前后]|地点|时间|日子")
_CALLS_OFF = re.compile(
    r"取消|[不别甭]开|(?:不|别|没法|甭)(?:再|用|召)开|停开|作废|开不[成了]|撤|[不别甭](?:办|搞|弄)了"
)


@intent("meeting.change", who=CALLERS, needs_proof=True, wins=True)
def change(ctx: Context) -> None:
    """会议改到周五, 会往后推一天, 会3改到村小学开. What names no change (会议内容) is none."""
    if not _CHANGES.search(ctx.said):
        raise NotUnderstood("meeting.change")
    slots: dict[str, Any] = meeting_slots(ctx, meeting_words.MOVED_TO.split(ctx.said)[0])
    meeting = ctx.store.meetings.get(slots["meeting"]) if "meeting" in slots else None
    complaint = ""
    try:
        slots |= {"to": _read_change(ctx, meeting, ctx.said)} if meeting else {}
    except NotUnderstood as missed:  # then it is asked what to change
        complaint = str(missed.data.get("say", ""))
    except Refused as refused:
        if meeting is None:
            raise
        return meeting_special.ask(ctx, meeting, refused, ctx.said)
    open_conversation(ctx, "meeting.change", slots)
    if complaint:
        ctx.replies[-1] = complaint
    return None


@answers(meeting_special.KIND)
def take_reason(ctx: Context, question: OpenQuestion, said: str) -> None:
    """特殊情况 县里要求, after the move was refused for its notice: what was asked for is read back with the reason."""
    meeting, slots = meeting_special.reason_for(ctx, question, said)
    slots["to"] = _read_change(ctx, replace(meeting, reason=slots["why"]), slots["said"])
    open_conversation(ctx, "meeting.change", slots)


def take_topic(ctx: Context) -> bool:
    """再加一个议题 路灯, of a meeting that is announced: what was told is not changed unseen. False for other words."""
    ahead = upcoming(ctx) if ctx.roles & CALLERS and _ADDS.match(ctx.said.strip()) else []
    if not ahead:
        return False
    ctx.reply(texts.no_more_topics(ahead[0]))
    return True


def _read_change(ctx: Context, meeting: Meeting, text: str) -> dict[str, str]:
    """Read a new start, a new place, or both. Refuses a start that cannot be."""
    moved = meeting_words.moved_start(ctx, text, meeting.starts_at)
    venue = ctx.understanding.slots.get("venue") if text == ctx.said else None
    venue = str(venue) if venue else meeting_words.new_venue(text)
    if moved is None and not venue:
        raise NotUnderstood("meeting.change")
    start = put_off(text, moved, meeting.starts_at) if moved else meeting.starts_at
    _check(ctx, meeting, start, venue or meeting.venue)
    said = meeting_words.moved_remark(ctx, text) if moved else ""
    return {"at": iso(start), "venue": venue or meeting.venue, "said": said}


def _check(ctx: Context, meeting: Meeting, start: datetime, venue: str) -> None:
    """A later day keeps the notice that was given; an earlier one needs its days from now on."""
    if start == meeting.starts_at and venue == meeting.venue:
        raise Refused(Reason.MEETING_SAME, meeting=meeting)
    check_start(ctx.words.meetings, start, ctx.now)
    body = ctx.words.meetings.bodies[meeting.body]
    told = ctx.now if start < meeting.starts_at else meeting.created_at
    if start != meeting.starts_at:
        check_notice(body, start, told, meeting.reason)


def _shape(ctx: Context) -> Conversation:
    running = running_here(ctx)
    known: Mapping[str, Any] = running.progress["slots"] if running and running.name == "meeting.change" else {}
    meeting = ctx.store.meetings.get(known["meeting"]) if known.get("meeting") else None
    if meeting is not None and known.get("why"):
        meeting = replace(meeting, reason=known["why"])
    which = which_question(ctx, known)

    def said_at_first(text: str) -> dict[str, Any]:
        """What the first words asked for, of the meeting that is now named."""
        chosen = ctx.store.meetings.get(which.parse(text))
        with suppress(NotUnderstood):
            return {"to": _read_change(ctx, chosen, known["said"])} if chosen else {}
        return {}

    def to(text: str) -> dict[str, str]:
        if meeting is None:
            raise NotUnderstood("meeting.change")
        return _read_change(ctx, meeting, text)

    return Conversation(
        "meeting.change",
        (
            replace(which, ask=lambda slots: which_question(ctx, slots).words(slots), beside=said_at_first),
            Question("to", lambda slots: _ask(ctx, slots), to, takes_any=True),
        ),
        read_back=lambda slots: _read_back(ctx, slots),
        choose=one_of_three,
        amend=lambda slots, text: {**slots, "to": to(text)},
        ask_amend=texts.NO_CHANGE,
    )


def _ask(ctx: Context, slots: Mapping[str, Any]) -> str:
    meeting = ctx.store.meetings.get(slots["meeting"])
    return change_texts.ask_change(meeting) if meeting else texts.no_meeting()


def _read_back(ctx: Context, slots: Mapping[str, Any]) -> str:
    meeting = ctx.store.meetings.get(slots["meeting"])
    if meeting is None:
        return texts.no_meeting()
    start = datetime.fromisoformat(slots["to"]["at"])
    to = slots["to"]
    return change_texts.change_read_back(meeting, start, to["venue"], told_before(ctx, meeting), to.get("said", ""))


def told_before(ctx: Context, meeting: Meeting) -> int:
    """How many heard of it over WeChat: exactly those hear of every change."""
    return sum(line.has_phone for line in ctx.store.meetings.roll(meeting.id))


@conversation_for("meeting.change", _shape, frozenset({"meeting.create", "meeting.change"}))
def finish(ctx: Context, meeting: int, to: Mapping[str, str], why: str = "", **_asked: Any) -> None:
    """1 发出: move it, ask again where the time is another one, and tell those who were told."""
    before = ctx.store.meetings.get(meeting, to_change=True)
    if before is None or before.status is not MeetingStatus.CALLED or _has_sat(ctx, before):
        raise Refused(Reason.MEETING_OVER, meeting=before) if before else Refused(Reason.MEETING_NONE)
    start, reason = datetime.fromisoformat(to["at"]), why or before.reason
    _check(ctx, replace(before, reason=reason), start, to["venue"])
    quiet = ctx.words.meetings.quiet
    leaves = send_at(ctx.now, min(start, before.starts_at), quiet)
    after = replace(
        before, starts_at=start, venue=to["venue"], reason=reason, version=before.version + 1, told_at=leaves,
        reach_due_at=errands_at(leaves, start, quiet) if start != before.starts_at else before.reach_due_at,
    )  # fmt: skip
    if before.starts_at <= ctx.now:  # too few came: who is there then is counted then
        after = replace(after, code="", checkin_at=None, counted_people=None, counted_households=None)
    ctx.store.meetings.withdraw_reminders(before, ctx.now)
    ctx.store.meetings.change(before, after, ctx.step("moved" if start != before.starts_at else "relocated"))
    if start != before.starts_at:
        _ask_again(ctx, after)
    contact = contact_words(ctx.person) if ctx.person else ""
    told, group = _tell(ctx, after, change_texts.changed(after, before, contact), "changed", before)
    left = errands.send_again(ctx, after) + group
    ctx.reply(change_texts.change_done(after, told, left, change_texts.change_aloud(after)))


def _ask_again(ctx: Context, meeting: Meeting) -> None:
    """Whoever could come on Friday need not be able to on Saturday: answers are asked for again."""
    for line in ctx.store.meetings.roll(meeting.id):
        if line.answer is not Coming.UNSAID or line.is_present:
            unsaid = replace(line, answer=Coming.UNSAID, companion="", answered_at=None, signed_at=None, signed_by="")
            ctx.store.meetings.save_line(unsaid)


def _has_sat(ctx: Context, meeting: Meeting) -> bool:
    """Is it over, or has anything been voted on or decided? Of one that only few came to neither."""
    if meeting.starts_at > ctx.now:
        return False
    voted = any(item.agreed is not None for item in ctx.store.meetings.items(meeting.id))
    return meeting.starts_at + LASTS <= ctx.now or voted or bool(ctx.store.meetings.decisions(meeting.id))


def _tell(ctx: Context, meeting: Meeting, words: str, what: str, before: Meeting) -> tuple[int, str]:
    """Tell persons, groups and whoever called it; return how many persons, and what is said of a group without room."""
    roll = ctx.store.meetings.roll(meeting.id)
    told = tell_invited(ctx, meeting, roll, what, lambda _line: words)
    _tell_caller(ctx, meeting, words, what, [line.person_id for line in roll if line.has_phone])
    area, groups = ctx.directory.areas.get(meeting.area_id), ctx.store.meetings.groups(meeting.id)
    if area is None or not groups:
        return told, ""
    digest_at = next_digest(ctx.now)
    still_means = digest_at < meeting.starts_at
    full = post_to_groups(
        ctx, area, words, PostKind.CHANGE, once=f"meeting:{meeting.id}:{what}:{meeting.version}",
        among=groups, not_after=meeting.starts_at, may_wait=still_means,
    )  # fmt: skip
    if not full:
        return told, ""
    return told, texts.group_is_full() if min(
        before.starts_at, meeting.starts_at
    ) > digest_at else texts.tell_group_now()


def _tell_caller(ctx: Context, meeting: Meeting, words: str, what: str, told: Collection[int]) -> None:
    """Whoever called a meeting hears of what another has done with it."""
    caller = ctx.store.people.person(meeting.called_by)
    if caller is None or ctx.person is None or caller.id == ctx.person.id or caller.id in told:
        return
    once = f"meeting:{meeting.id}:{what}:{meeting.version}:caller"
    ctx.tell(caller, change_texts.for_caller(words, ctx.person.name), f"meeting.{what}", once=once)


# -- calling it off


@intent("meeting.cancel", who=CALLERS, needs_proof=True, wins=True)
def cancel(ctx: Context) -> None:
    """会议取消, 不开了: asked once more, because it reaches everybody. 散会 and 会议室停电了 call nothing off."""
    if not _CALLS_OFF.search(ctx.said):
        raise NotUnderstood("meeting.cancel")
    open_conversation(ctx, "meeting.cancel", meeting_slots(ctx, ctx.said))


def _cancel_shape(ctx: Context) -> Conversation:
    running = running_here(ctx)
    which = which_question(ctx, running.progress["slots"] if running and running.name == "meeting.cancel" else {})
    return Conversation(
        "meeting.cancel",
        (
            replace(which, ask=lambda slots: which_question(ctx, slots).words(slots)),
            Question("sure", lambda slots: _ask_cancel(ctx, slots), _is_off),
        ),
    )


def _ask_cancel(ctx: Context, slots: Mapping[str, Any]) -> str:
    meeting = ctx.store.meetings.get(slots["meeting"])
    return change_texts.ask_cancel(meeting, told_before(ctx, meeting)) if meeting else texts.no_meeting()


_SHORT = 8


def _is_off(text: str) -> bool:
    words = {"取消": 1, "是": 1, "是的": 1, "对": 1, "不开": 1, "开": 2, "照常": 2, "不是": 2}
    plain = text.strip(" 。！!")
    chosen = words.get(plain) or option_number(text, ("不开了", "照常开"))
    if chosen is None and "照常" in plain:
        chosen = 2
    if chosen is None and len(plain) <= _SHORT and _CALLS_OFF.search(plain):  # 对 不开了, 取消吧
        chosen = 2 if re.search(r"[别不]取消", plain) else 1
    if chosen not in (1, 2):
        raise NotUnderstood("meeting.cancel")
    return chosen == 1


@conversation_for("meeting.cancel", _cancel_shape, frozenset({"meeting.cancel"}), is_choice=True)
def finish_cancel(ctx: Context, meeting: int, sure: bool, **_asked: Any) -> None:
    found = ctx.store.meetings.get(meeting, to_change=True)
    if found is None:
        raise Refused(Reason.MEETING_NONE)
    if not sure:
        return ctx.reply(change_texts.still_on(found))
    return _call_off(ctx, found)


def _call_off(ctx: Context, meeting: Meeting) -> None:
    if meeting.status is not MeetingStatus.CALLED or meeting.starts_at <= ctx.now:
        raise Refused(Reason.MEETING_OVER, meeting=meeting)
    off = replace(meeting, status=MeetingStatus.CANCELLED, version=meeting.version + 1, reach_due_at=None)
    ctx.store.meetings.withdraw_reminders(meeting, ctx.now)
    ctx.store.meetings.change(meeting, off, ctx.step("cancelled"))
    contact = contact_words(ctx.person) if ctx.person else ""
    told, group = _tell(ctx, off, change_texts.cancelled(off, contact), "cancelled", meeting)
    left = errands.send_again(ctx, off) + group
    ctx.reply(change_texts.cancel_done(off, told, left, change_texts.cancel_aloud(off)))
