"""What is said of a meeting one is called to, besides coming or not: questions, 想去没车, 又开会; and what stands beside an answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from domain.attendance import Invited
from domain.meetings import Meeting
from handlers import asides
from handlers.context import Context
from handlers.meeting_lookup import contact_words
from handlers.texts import attendance as texts
from handlers.texts.matters import say_it_alone
from nlp.attending import Attending, Says, attending
from storage.meetings import speech

HEARD_LATELY = timedelta(hours=24)
_PARTS = re.compile(r"[\s,，。;；!！]+(?:另外|还有|顺便|对了)?[\s,，]*")
_OPINION = re.compile(
    r"(?:把|帮|替|给|代)?(?:我们?家?|俺)?的?(?:意见|想法|话)(?:给)?(?:记上|记下|带到|带上|捎上|说一声|说说|是|就是)*[\s,，:：。]*(?P<it>.{3,})$"
    r"|(?:带个话|捎个话|捎句话|带句话|帮我说一?[声句]|替我说一?[声句]|我就说一句|我想说)[\s,，:：]*(?P<that>.{3,})$"
)


# 让书记来我家看看漏雨的房子: somebody is to come for it.
_CALLS = re.compile("(?:让|叫|请|喊|派|麻烦)[^\\s,，]{1,6}来[^\\s,，]{0,8}[看修管办拉查弄]")


def read(ctx: Context, meeting: Meeting, said: str) -> Attending | None:
    """What a message says of this meeting; of a cadre's command nothing."""
    if ctx.understanding.certain and ctx.understanding.intent not in (None, "chat", "rsvp", "report", "consult"):
        return None
    is_fresh = ctx.now - meeting.told_at <= HEARD_LATELY
    return attending(said, meeting.starts_at, ctx.now, ctx.words.calendar, is_fresh=is_fresh)


def reply(ctx: Context, meeting: Meeting, line: Invited, found: Attending) -> None:
    """Answer what is neither yes nor no. Who says 想去，没车 is passed on to whoever called the meeting."""
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
    caller = ctx.store.people.person(meeting.called_by)
    contact = contact_words(caller) if caller else ""
    if found.says is Says.WOULD and caller is not None:
        who = contact_words(ctx.person) if ctx.person else line.name
        words = texts.would_come_told(meeting, who, found.why)
        once = f"meeting:{meeting.id}:would:{line.person_id}:{ctx.incoming.digest}"
        ctx.tell(caller, words, "meeting.would", once=once, not_after=meeting.starts_at)
        return ctx.reply(texts.would_come(meeting, found.why, contact))
    said = {
        Says.MUST: lambda: texts.need_not(meeting, contact),
        Says.ASKS: lambda: texts.ask_caller(meeting, contact),
        Says.GRUMBLES: lambda: texts.tired_of_meetings(meeting),
    }
    return ctx.reply(said.get(found.says, lambda: texts.another_time(meeting))())


def split(ctx: Context, said: str, is_answer: Callable[[str], bool]) -> tuple[str, str]:
    """Tell the answer from what stands beside it: 来不了 水管爆了. The rest is "" where all of it is one answer."""
    parts = [part for part in _PARTS.split(said.strip(" 。！!")) if part]
    if len(parts) < 2:
        return said, ""
    rest = said[said.index(parts[0]) + len(parts[0]) :].strip(" ,，。;；!！")
    if is_answer(parts[0]) and (_OPINION.match(rest) or _CALLS.match(rest) or asides.is_matter(ctx, rest)):
        return parts[0], rest
    first = said[: said.rindex(parts[-1])].strip(" ,，。;；!！")
    return (parts[-1], first) if is_answer(parts[-1]) and asides.is_matter(ctx, first) else (said, "")


def take_rest(ctx: Context, meeting: Meeting, rest: str) -> None:
    """An opinion goes into the minutes beforehand, trouble becomes a matter; who calls somebody hears how to have it noted."""
    opinion = _OPINION.match(rest)
    if opinion is None:
        called = _CALLS.match(rest) is not None and not asides.is_matter(ctx, rest)
        return ctx.reply(say_it_alone(rest)) if called else asides.take(ctx, rest)
    name, by = (ctx.person.name, ctx.person.id) if ctx.person else ("", None)
    words = opinion["it"] or opinion["that"]
    ctx.store.meetings.add_speech(speech(meeting.id, words, ctx.now, kind="before", speaker=name, by_id=by))
    return ctx.reply(texts.opinion_kept())
