"""Of several meetings ahead, which is meant: 会2, 第二个, 机井的会, 上午的, 明天那个, 两个都.

What was said is kept while it is asked which: a bare 1 then finishes that command, and is no answer to anything else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from domain.conversations import Conversation, Question
from domain.meetings import Meeting, Reason
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.conversing import conversation_for, open_conversation
from handlers.registry import INTENTS
from handlers.texts import refusals
from nlp.attending import covers
from nlp.lazy import regex
from nlp.numbers import number, said_number

_CLAUSES = regex(r"[\s,，。;；!！、]+")
_NUMBERED = regex(r"会\s*(\d{1,5})(?!\d|[点月日:：个人户])")
_PLACED = regex(
    r"第(?P<nth>[一二三四1-4])(?:个|场|次)|(?P<first>头一?个|前一?个|前(?:面|头)(?:那)?个|先头那?个)|(?P<last>后一?个|后(?:面|头)(?:那)?个|最后一?个)"
)
_ALL = regex(r"(?:这|那)?(?:两|三|四|几|俩)(?:个|场|次)?(?:会)?(?:都|全)?|都(?=[去来不能行])|每个(?:会)?(?:都)?|全都?")
_WHEN = regex(
    r"(?:大?后天|明天|今天|今晚|明晚|[一下]?(?:周|星期|礼拜)[一二三四五六日天末]|\d{1,2}月\d{1,2}[号日]|\d{1,2}号)?(?:早上|早晨|上午|中午|下午|晚上|晚)?(?:[一二三四五六七八九十\d]{1,2}点半?)?"
)
_CALLED = regex(
    r"(?:说|商量|讨论|开|关于)?(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的事|的)?(?:那个|这个|那场|那次)?(?:会议?|(?<=那个)|(?<=这个)|(?<=那场))"
)
# What stands between the name of a meeting and what is said of it.
_THAT = regex(r"^(?:的)?(?:事)?(?:那个|这个|那场|那次|那)?(?:会议?)?(?:的话|呢|吧|，)?")


def named_in(
    ctx: Context, meetings: Sequence[Meeting], said: str, *, strictly: bool = False
) -> tuple[list[Meeting], str]:
    """The meetings words name, and the words without those names. Nothing where they name none, or all but by chance.

    `strictly`: a time names a meeting only as 明天的会, for in a command it may be the new one (改到明天).
    """
    if found := _NUMBERED.search(said):
        named = [m for m in meetings if m.number == int(found[1])]
        return named, _without(said, found)
    ordered = sorted(meetings, key=lambda m: m.starts_at)
    if len(meetings) > 1 and (found := _PLACED.search(said)):
        place = (int(number(found["nth"]) or 0) if found["nth"] else 1 if found["first"] else len(ordered)) - 1
        return (ordered[place : place + 1], _without(said, found)) if 0 <= place < len(ordered) else ([], said)
    if len(meetings) > 1 and not strictly and (found := _ALL.match(said)):
        return ordered, _without(said, found)
    return _by_time(ctx, ordered, said, strictly=strictly) or _by_topic(ctx, ordered, said) or ([], said)


def _without(said: str, found: re.Match[str]) -> str:
    return (said[: found.start()] + _THAT.sub("", said[found.end() :])).strip()


def _by_time(
    ctx: Context, meetings: Sequence[Meeting], said: str, *, strictly: bool
) -> tuple[list[Meeting], str] | None:
    found = _WHEN.match(said)
    if found is None or not found[0] or len(meetings) < 2:
        return None
    if strictly and not re.match("的?(?:会|那个|那场)", said[found.end() :]):
        return None
    then = [
        m for m in meetings if covers(found[0], m.starts_at.astimezone(ctx.now.tzinfo), ctx.now, ctx.words.calendar)
    ]
    return (then, _without(said, found)) if 0 < len(then) < len(meetings) else None


def _by_topic(ctx: Context, meetings: Sequence[Meeting], said: str) -> tuple[list[Meeting], str] | None:
    found = _CALLED.match(said)
    if found is None:
        return None
    name, body = found["name"], ctx.words.meetings.body_in(found[0])
    about = [
        m
        for m in meetings
        if (body is not None and m.body == body.code)
        or any(name in item.title or item.title in name for item in ctx.store.meetings.items(m.id))
    ]
    return (about, _without(said, found)) if about and len(about) <= max(1, len(meetings) - 1) else None


def by_meeting(ctx: Context, meetings: Sequence[Meeting], said: str) -> list[tuple[Meeting, str]]:
    """What is said of each: 上午的去 下午的去不成. Empty where the first words name none."""
    told: list[tuple[list[Meeting], str]] = []
    for clause in (clause for clause in _CLAUSES.split(said.strip()) if clause):
        named, words = named_in(ctx, meetings, clause)
        if named:
            told.append((named, words))
        elif told:
            told[-1] = (told[-1][0], f"{told[-1][1]} {clause}".strip())
        else:
            return []
    return [(meeting, words) for named, words in told for meeting in named]


def named_alone(ctx: Context, meetings: Sequence[Meeting], said: str) -> tuple[list[Meeting], str]:
    """The same of words that answer “which?”: 机井的, 上午."""
    bare = said.strip(" 。！!")
    named, words = named_in(ctx, meetings, bare)
    return (named, words) if named else named_in(ctx, meetings, f"{bare.removesuffix('的')}的会")


# -- asked which


def _which_shape(ctx: Context) -> Conversation:
    return Conversation(
        "meeting.which", (Question("chosen", lambda slots: str(slots["ask"]), lambda text: _chosen(ctx, text)),)
    )


def _chosen(ctx: Context, text: str) -> str:
    """1, 会2, 上午那个, 机井的: by its number or by what was said of it; 党员会往后推一天 says the command again, too."""
    ahead = ctx.store.meetings.living([ctx.village.id], ctx.now)
    bare = said_number(text)
    if bare is not None:
        return str(bare)
    named, words = named_alone(ctx, ahead, text)
    is_command = (ctx.understanding.intent or "").startswith("meeting.")
    if len(named) != 1 or (words and not is_command):
        raise NotUnderstood("meeting.which")
    return f"会{named[0].number} {text if words else ''}".strip()


@conversation_for("meeting.which", _which_shape)
def go_on(ctx: Context, intent: str, said: str, meetings: list[int], ask: str, chosen: str) -> None:
    """The command is obeyed as if its meeting had been named at once."""
    which, _, again = chosen.partition(" ")
    n = int(which.removeprefix("会"))
    listed = n in meetings
    if not listed and (chosen.startswith("会") or not 1 <= n <= len(meetings)):
        return ctx.reply(ask)
    named = n if listed else meetings[n - 1]
    intent, said = (ctx.understanding.intent or intent, again) if again else (intent, said)
    bound = next((b for b in INTENTS.get(intent, ()) if b.who is None or b.who & ctx.roles), None)
    if bound is None:
        raise NotUnderstood("meeting.which")
    whole = Context(
        ctx.store, ctx.incoming, ctx.now, ctx.ears, ctx.village, ctx.sender, ctx.group, f"会{named} {said}", ctx.replies,
        public_url=ctx.public_url,
    )  # fmt: skip
    return bound.act(whole)


def say_why(ctx: Context, refused: Refused) -> None:
    """Say why a command is refused; where it is only asked which meeting, the command waits for the answer."""
    words = refusals.sentence(refused.reason, refused.data)
    intent = ctx.understanding.intent or ""
    if refused.reason is not Reason.MEETING_WHICH or not intent.startswith(("meeting.", "checkin.")):
        return ctx.reply(words)
    meetings: Sequence[Meeting] = refused.data["meetings"]
    slots: dict[str, Any] = {
        "intent": intent,
        "said": ctx.said,
        "meetings": [m.number for m in meetings[:4]],
        "ask": words,
    }
    return open_conversation(ctx, "meeting.which", slots)
