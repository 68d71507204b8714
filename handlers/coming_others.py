"""Who answers a notice for others: for his own household, or as the keeper of theirs (张婶打电话说她去不成).

Of anybody else it is not noted: they say so themselves, or tell their keeper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.attendance import Invited
from domain.bodies import Unit
from domain.meetings import Coming, Meeting
from domain.organisation import VILLAGE_STAFF
from handlers.context import Context
from handlers.errands import THING, done_for
from handlers.meeting_lookup import upcoming
from handlers.poll_scope import area_named
from handlers.texts import coming as texts
from nlp.coming import FAMILY, Answer, Comes, Other, kin, read
from nlp.lazy import regex

_KIN = regex(FAMILY)
_PLACED = regex(r"^第?[\d一二三四五六七八九十]{1,3}[社组队]")
_CALLED = regex(r"^(?:[老小](?P<familiar>.)|(?P<titled>.)大?(?P<title>[婶叔嫂爷奶伯哥姐姨婆娘妈爸])奶?)$")
# 说了唐万财家 他家来人: that he told them comes first.
_TOLD_FIRST = regex(
    "^(?:我)?(?:刚|已经)?(?:给|跟|和)?(?:(?:说|通知|告诉|问|打了?电话|走访|上门)(?:了|过|到了?)[\\s,，:：]*(?:给|跟)?)?"
)
_WOMEN = frozenset("婶嫂奶姐姨婆娘妈")


def said_of_others(ctx: Context, meeting: Meeting, own: Invited, answer: Answer) -> list[str]:
    """Note what he says of others where he may; what he hears of each. Nothing where he names nobody who is called."""
    roll = ctx.store.meetings.roll(meeting.id) if answer.others else []
    is_silent = answer.comes is Comes.UNSAID
    heard = []
    for other in answer.others:
        if _KIN.fullmatch(other.who):
            heard += [texts.kin_does_not(kin(other.who), meeting)] if is_silent and not other.comes else []
            continue
        lines = called_so(ctx, roll, other.who)
        mine = [line for line in lines if line.unit == own.unit and line.person_id != own.person_id]
        mine = mine or [line for line in lines if _keeps(ctx, line)]
        if len(mine) == 1:
            heard.append(_note(ctx, meeting, mine[0], other))
        elif lines:
            heard.append(texts.says_it_himself(other.who, meeting, asks=is_silent))
    return heard


def take(ctx: Context) -> bool:
    """马守信家不来, 老王说他去, by whoever looks after them, of a meeting that has not begun. False for all else."""
    if not ctx.roles & VILLAGE_STAFF or not ctx.is_proven or not (ctx.is_direct or ctx.incoming.addressed):
        return False
    answer = read(_TOLD_FIRST.sub("", ctx.said.strip()))
    if answer is None or answer.comes is not Comes.UNSAID or any(_KIN.fullmatch(o.who) for o in answer.others):
        return False
    for meeting in upcoming(ctx):
        roll = ctx.store.meetings.roll(meeting.id)
        found = [(other, called_so(ctx, roll, other.who)) for other in answer.others]
        if not all(lines for _, lines in found):
            continue
        for other, lines in found:
            ctx.reply(_of_kept(ctx, meeting, other, lines))
        return True
    return False


def _of_kept(ctx: Context, meeting: Meeting, other: Other, lines: Sequence[Invited]) -> str:
    kept = [line for line in lines if _keeps(ctx, line)]
    if len(kept) == 1:
        return _note(ctx, meeting, kept[0], other)
    if not kept:
        return texts.says_it_himself(other.who, meeting, asks=False)
    if _CALLED.match(other.who):
        return texts.whose(other.who, (), meeting)
    return texts.whose(other.who, [_placed(ctx, line) for line in kept], meeting)


def _note(ctx: Context, meeting: Meeting, line: Invited, other: Other) -> str:
    if other.companion and ctx.words.meetings.bodies[meeting.body].unit is Unit.PERSON:
        return texts.comes_himself(line.name, meeting)
    coming = Coming.PROXY if other.companion else Coming.YES if other.comes else Coming.NO
    companion = kin(other.companion)
    ctx.store.meetings.save_line(replace(line, answer=coming, companion=companion, answered_at=ctx.now))
    how = "signed_up" if other.comes else "answered"
    ctx.store.reach.acknowledge(THING, meeting.id, line.unit, how, ctx.now, line.person_id)
    done_for(ctx, meeting, line.unit)
    return texts.noted_of(line.name, meeting, companion, comes=other.comes)


def _keeps(ctx: Context, line: Invited) -> bool:
    person = ctx.store.people.person(line.person_id)
    if ctx.person is None or person is None or not ctx.is_proven:
        return False
    return ctx.directory.serves(ctx.person.id, VILLAGE_STAFF, person.micro_grid_id or person.village_id)


def _placed(ctx: Context, line: Invited) -> str:
    person = ctx.store.people.person(line.person_id)
    area = ctx.directory.areas.get(person.group_id or 0) if person else None
    return f"{area.name}{line.name}" if area else line.name


def called_so(ctx: Context, roll: Sequence[Invited], who: str) -> list[Invited]:
    """Whom 七社王大山, 王大山, 老王 or 张婶 may mean on this roll."""
    place = _PLACED.match(who)
    area = area_named(ctx, place.group().rstrip("组队社") + "社") if place else None
    name = re.sub("(?<=..)家$", "", _PLACED.sub("", who).lstrip("的"))
    lines = [line for line in roll if line.name == name]
    called = _CALLED.match(name)
    if not lines and called is not None:
        surname, title = called["familiar"] or called["titled"], called["title"]
        gender = None if title is None else ("女" if title in _WOMEN else "男")
        lines = [line for line in roll if line.name[0] == surname and gender in (None, line.gender)]
    if area is None:
        return lines
    people = [(line, ctx.store.people.person(line.person_id)) for line in lines]
    return [line for line, person in people if person is not None and person.group_id == area.id]
