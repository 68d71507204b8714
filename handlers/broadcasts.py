"""Telling many at once (群发通知): read back, then posted to the groups of what the sender answers for.

通知九社明天停水 goes to 九社's group, or to the nearest group above it; 党员 and 代表 are written to one by one. Quiet hours
and the budget of three posts a day hold. Nobody can know who has read a group (rulings); how many households have no
phone with us is said, with a script for the loudspeaker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.attendance import out_of_reach
from domain.conversations import Conversation, Question
from domain.organisation import Area, Person
from domain.polls import Reason, Unit
from domain.posts import A_DAY, PostKind
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation
from handlers.matters import take_words
from handlers.meeting_lookup import CALLERS, contact_words
from handlers.poll_scope import ORGANISERS, Asked, default_scope, resolve
from handlers.posts import groups_for, is_forwarded, leaves_at, post_to_groups
from handlers.registry import intent
from handlers.texts import broadcasts as texts
from handlers.texts import refusals
from handlers.texts.dates import day
from handlers.turnout import loudspeaker
from nlp.broadcast_talk import broadcast_said
from nlp.when import find
from storage.groups import Group
from storage.ids import new_id

CREATE = "broadcast"
SHORTEST, LONGEST = 2, 200
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{16,19})(?!\d)")
_EVERYBODY = re.compile(r"大家|大伙儿?|各户|各家|村民|群众|乡亲们?|社员|全体")  # everybody he answers for
_ALOUD = re.compile(r"喇叭|广播")
SCRIPT_ASKED = 8
# 通知撤回: the last notice is meant, it is none of its own.
_TAKES_BACK = re.compile(r"(?:给我|帮我)?(?:撤回|撤销|撤掉|撤了|撤|收回|作废|取消|发错|错)(?:了|掉|一下|吧)*")
_DATED = re.compile(r"\d{1,2}[月号日]")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天]")
_SAYER = CALLERS | ORGANISERS


@dataclass(frozen=True, slots=True)
class _Audience:
    """Who hears it: the groups, or where it is for party members or representatives those people one by one."""

    asked: Asked
    area: Area
    groups: list[Group]
    people: list[Person]

    @property
    def words(self) -> str:
        if self.groups:
            return texts.names([group.name for group in self.groups])
        return texts.to_people(len(self.people), self.asked.words)


@intent(CREATE, who=_SAYER, needs_proof=True, wins=True)
def create(ctx: Context) -> None:
    """群发通知 九社 停水; the bare 大喇叭 asks for the script of the next meeting."""
    said = broadcast_said(ctx.said)
    if (said is None or not said.note) and _ALOUD.search(ctx.said) and len(ctx.said) <= SCRIPT_ASKED:
        return loudspeaker(ctx)
    if said is None:
        return take_words(ctx, ctx.said)
    if _TAKES_BACK.fullmatch(said.note):
        return ctx.reply(texts.cannot_take_back())
    slots: dict[str, Any] = {"scope": said.scope} if said.scope and not _EVERYBODY.fullmatch(said.scope) else {}
    try:
        _asked(ctx, slots)
    except Refused as refused:  # said here: a command that cannot be done is not filed as a matter
        own = default_scope(ctx, Unit.PERSON).words
        is_known = refused.reason != Reason.NO_SUCH_SCOPE
        return ctx.reply(texts.not_yours(said.scope, own) if is_known else texts.no_such_place(said.scope))
    complaint = ""
    if len(said.note) >= SHORTEST:
        try:
            slots["note"] = _a_note(ctx, said.note)
        except NotUnderstood as missed:
            complaint = refusals.hint(missed.hint, missed.data)
    open_conversation(ctx, CREATE, slots)
    if complaint:  # it asks for other words in the place of the plain question
        ctx.replies[-1] = complaint
    return None


def _asked(ctx: Context, slots: Mapping[str, Any]) -> Asked:
    """Whom it is for. Raises Refused for a place nobody knows or that is not his to speak to."""
    return resolve(ctx, slots["scope"], Unit.PERSON) if slots.get("scope") else default_scope(ctx, Unit.PERSON)


def _a_note(ctx: Context, text: str) -> str:
    words = text.strip(" 。.!！,，:：")
    if len(words) < SHORTEST:
        raise NotUnderstood("broadcast.note")
    if len(words) > LONGEST:
        raise NotUnderstood("broadcast.long")
    if _NUMBERS.search(words):
        raise NotUnderstood("broadcast.numbers")
    if ctx.words.polls.judges_a_person(words):
        raise NotUnderstood("broadcast.dignity")
    return _with_date(ctx, words)


def _with_date(ctx: Context, words: str) -> str:
    """明天停水 is read tomorrow, too: the date stands beside it."""
    found = find(words, ctx.now, ctx.words.calendar)
    moment, end = (found.end if found.kind == "deadline" else found.start), found.at[1]
    if moment is None or found.kind == "recurring" or _DATED.search(words) or moment < ctx.now:
        return words
    on = moment.astimezone(ctx.now.tzinfo).date()
    said = day(on).partition(" ")[0] if _WEEKDAY.search(words[:end]) else day(on)
    return f"{words[:end]}（{said}）{words[end:]}"


def _shape(ctx: Context) -> Conversation:
    return Conversation(
        CREATE,
        (Question("note", texts.ASK_NOTE, lambda text: _a_note(ctx, text), takes_any=True),),
        read_back=lambda slots: _read_back(ctx, slots),
        choose=one_of_three,
        amend=lambda slots, text: _amended(ctx, slots, text),
        ask_amend=texts.ASK_CHANGE,
    )


def _amended(ctx: Context, slots: Mapping[str, Any], text: str) -> dict[str, Any]:
    match = re.fullmatch(
        r"(?:只|改成|改为|改|换成)?(?:发|给|到|通知)*(?P<who>[^\s,，。]{2,8}?)(?:的人|群)?", text.strip(" 。")
    )
    try:
        if match:
            resolve(ctx, match["who"], Unit.PERSON)
            return {**slots, "scope": match["who"]}
    except Refused as refused:
        if refused.reason != Reason.NO_SUCH_SCOPE:
            raise
    said = broadcast_said(text)
    return {**slots, "note": _a_note(ctx, said.note if said and said.note else text)}


def _audience(ctx: Context, slots: Mapping[str, Any]) -> _Audience:
    asked = _asked(ctx, slots)
    area = ctx.directory.areas[asked.area_id]
    is_for_some = asked.scope.party_only or asked.scope.people or asked.unit is Unit.REPRESENTATIVE
    groups = [] if is_for_some else groups_for(ctx, area)
    if groups:
        return _Audience(asked, area, groups, [])
    entries = ctx.store.rolls.entries(asked.scope, asked.unit, ctx.now.year)
    reached = ctx.store.reach.phones_of(entries)
    people = [person for one in sorted(reached) if (person := ctx.store.people.person(one)) is not None]
    return _Audience(asked, area, [], people)


def _text(ctx: Context, audience: _Audience, note: str) -> str:
    return texts.notice(note, audience.asked.words, contact_words(ctx.person) if ctx.person else "")


def _is_full(ctx: Context, audience: _Audience) -> bool:
    at = leaves_at(ctx) or ctx.now
    return bool(audience.groups) and all(
        len(ctx.store.posts.of_day(group.id, at)) >= A_DAY for group in audience.groups
    )


def _read_back(ctx: Context, slots: Mapping[str, Any]) -> str:
    audience = _audience(ctx, slots)
    if not audience.groups and not audience.people:
        return texts.nobody(audience.asked.words)
    text = _text(ctx, audience, slots["note"])
    return texts.read_back(text, audience.words, leaves_at(ctx), full=_is_full(ctx, audience))


@conversation_for(CREATE, _shape)
def finish(ctx: Context, note: str, scope: str = "") -> None:
    """1 发出: post it, or write to each."""
    audience = _audience(ctx, {"scope": scope})
    if not audience.groups and not audience.people:
        return ctx.reply(texts.nobody(audience.asked.words))
    text, once = _text(ctx, audience, note), f"broadcast:{new_id()}"
    full = False
    if audience.groups:
        full = bool(post_to_groups(ctx, audience.area, text, PostKind.NOTICE, once=once))
    for person in audience.people:
        ctx.tell(person, text, "broadcast", once=f"{once}:{person.id}", due_at=leaves_at(ctx))
    ctx.store.ledger.add("broadcast", new_id(), audience.area.id, "", "sent", ctx.step("sent", ctx.role_in(_SAYER)))
    aloud = texts.aloud(note, audience.asked.words)
    forwarded = bool(audience.groups) and is_forwarded(ctx, audience.area)
    return ctx.reply(
        texts.sent(
            audience.words, leaves_at(ctx), full=full, forwarded=forwarded, reach=_reach(ctx, audience), aloud=aloud
        )
    )


def _reach(ctx: Context, audience: _Audience) -> str:
    if not audience.groups:
        return ""
    lines = ctx.store.reach.called(0, ctx.words.meetings.bodies["mass"], audience.area, ctx.now)
    homes = {line.unit for line in lines if line.unit > 0}
    return texts.reach(len(homes), len(out_of_reach(lines)))
