"""Which meeting a change is about, where several are ahead: by its number, its day and hour (上午的会), its topic, else asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.conversations import Question, Slots
from domain.deadlines import CHINA
from domain.meetings import Meeting, Reason
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.meeting_lookup import pick, upcoming
from handlers.meeting_words import DAY_WORDS
from handlers.texts import meeting_changes as texts
from nlp.numbers import said_number
from nlp.when import find

_NUMBER = re.compile(r"(?:就|是)*会\s*(?P<n>\d{1,5})(?:号)?(?:那个|的)?")
_MORNING, _LATER, _EVENING = "上午", "下午", "晚上"
_PARTS = re.compile(rf"{_MORNING}|{_LATER}|{_EVENING}|今晚|明晚")
_NOON, _DARK = 12, 18


def meeting_slots(ctx: Context, text: str) -> Slots:
    """Give the meeting `text` names, or those among which it is to be asked, with what was said. Raises Refused where none is ahead."""
    ahead = upcoming(ctx)
    fits = [meeting for meeting in ahead if _is_at(ctx, meeting, text)]
    try:
        return {"meeting": pick(ctx, fits if len(fits) == 1 else ahead).id}
    except Refused as refused:
        if refused.reason != Reason.MEETING_WHICH:
            raise
        return {"among": [meeting.id for meeting in refused.data["meetings"]], "said": ctx.said}


def _is_at(ctx: Context, meeting: Meeting, text: str) -> bool:
    """Does a text say the day or the part of the day of that meeting?"""
    starts = meeting.starts_at.astimezone(CHINA)
    found, part = find(text, ctx.now, ctx.words.calendar), _PARTS.search(text)
    begin, end = found.at
    has_day = found.start is not None and DAY_WORDS.search(text[begin:end]) is not None
    if not has_day and part is None:
        return False
    same_day = not has_day or (found.start is not None and found.start.astimezone(CHINA).date() == starts.date())
    return same_day and (part is None or _part_of(starts) == (_EVENING if part[0].endswith("晚") else part[0]))


def _part_of(starts: datetime) -> str:
    return _MORNING if starts.hour < _NOON else _LATER if starts.hour < _DARK else _EVENING


def which_question(ctx: Context, slots: Mapping[str, Any]) -> Question:
    """Ask which of them: 会2, 2, 下午的, 机井那个."""
    among = [m for one in slots.get("among", ()) if (m := ctx.store.meetings.get(one)) is not None]
    return Question("meeting", texts.which(among) if among else "", lambda text: _chosen(ctx, among, text))


def _chosen(ctx: Context, among: Sequence[Meeting], text: str) -> int:
    bare = text.strip(" 。！!,，")
    numbered = _NUMBER.fullmatch(bare)
    number = int(numbered["n"]) if numbered else said_number(bare)
    if number is not None:
        fits = [meeting for meeting in among if meeting.number == number]
    else:
        body = ctx.words.meetings.body_in(bare)
        named = [m for m in among if body is not None and m.body == body.code]
        named += [m for m in among if any(item.title in bare for item in ctx.store.meetings.items(m.id))]
        fits = list(dict.fromkeys(named)) or [m for m in among if _is_at(ctx, m, bare)]
    if len(fits) != 1:
        raise NotUnderstood("meeting.which")
    return fits[0].id
