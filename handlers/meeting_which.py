"""Which meeting a change is about, where several are ahead: by what was said of it (handlers/which_meeting.py), else asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.conversations import Question, Slots
from domain.meetings import LASTS, Meeting, Reason
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.meeting_lookup import pick, upcoming
from handlers.texts import meeting_changes as texts
from handlers.which_meeting import named_alone, named_in
from nlp.numbers import said_number

_NUMBER = re.compile(r"(?:就|是)*会\s*(?P<n>\d{1,5})(?:号)?(?:那个|的)?")
# What stands before the meeting that is meant: 取消上午的会.
_LEAD = re.compile(r"^(?:请|帮我)?(?:取消|撤销|把|将|改一?下?|那个|这个)*")


def meeting_slots(ctx: Context, text: str) -> Slots:
    """Give the meeting `text` names, or those among which it is to be asked, with what was said. Raises Refused where none is ahead."""
    ahead = _of_now(ctx, text) or upcoming(ctx)
    fits, _ = named_in(ctx, ahead, _LEAD.sub("", text))
    try:
        return {"meeting": pick(ctx, fits if len(fits) == 1 else ahead).id}
    except Refused as refused:
        if refused.reason != Reason.MEETING_WHICH:
            raise
        return {"among": [meeting.id for meeting in refused.data["meetings"]], "said": ctx.said}


# 人不够 改到下午三点: said of the one that was to begin.
_TOO_FEW = re.compile(
    "(?:人|人数|户数|代表|到的)(?:数)?(?:还)?(?:不够|不齐|没到齐|没来齐|凑不齐|太少|少)|(?:没|不)开成|今[天晚日]|现在"
)


def _of_now(ctx: Context, text: str) -> list[Meeting]:
    """The meeting whose hour has come, where it is spoken of or no other is ahead."""
    if not _TOO_FEW.search(text) and upcoming(ctx):
        return []
    living = ctx.store.meetings.living([ctx.village.id], ctx.now - LASTS)
    return [meeting for meeting in living if meeting.starts_at <= ctx.now]


def which_question(ctx: Context, slots: Mapping[str, Any]) -> Question:
    """Ask which of them: 会2, 2, 下午的, 机井那个."""
    among = [m for one in slots.get("among", ()) if (m := ctx.store.meetings.get(one)) is not None]
    return Question("meeting", texts.which(among) if among else "", lambda text: _chosen(ctx, among, text))


def _chosen(ctx: Context, among: Sequence[Meeting], text: str) -> int:
    bare = text.strip(" 。！!,，")
    numbered = _NUMBER.fullmatch(bare)
    number = int(numbered["n"]) if numbered else said_number(bare)
    fits = [m for m in among if m.number == number] if number is not None else named_alone(ctx, among, bare)[0]
    if len(fits) != 1:
        raise NotUnderstood("meeting.which")
    return fits[0].id
