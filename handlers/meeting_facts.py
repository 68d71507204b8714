"""What one asks of a meeting one is called to: when, where, is it still on, was it moved, is it off."""

from __future__ import annotations

from datetime import timedelta

from domain.meetings import Meeting, MeetingStatus
from handlers.context import Context
from handlers.meeting_lookup import called_words, contact_words, invited_to
from handlers.texts import attendance as texts
from handlers.texts import meetings as texts_of_meetings
from handlers.which_meeting import named_in
from nlp.lazy import regex

# So long after its hour a meeting that was called off is still asked about.
ASKED_FOR = timedelta(days=1)
LONGEST = 20
_ASKS = regex(
    r"(?:几点|啥时候|什么时候|多会儿|哪天|在哪|哪里|哪儿|去哪|到哪).{0,4}(?:开会|开的?会|的会|会)|(?:开会|会|会议).{0,4}(?:几点|啥时候|什么时候|多会儿|哪天|在哪|哪里|哪儿|说啥|说什么|议啥|商量啥)|"
    r"(?:几点|啥时候|在哪儿?|哪儿|哪里)开(?:来着|呀|啊|呢)?[?？]?$|(?:是不是|到底是)(?:在|定在|改到)?[^\s,，]{1,8}(?:开会|的会)|"
    r"会(?:到底)?(?:还)?开不开|会(?:还|照常)开(?:吗|不)|(?:会)?(?:开|开始)了(?:没有?|吗)[?？]?$|"
    r"^(?:会|开会)?是?(?:在)?(?:周|星期|礼拜|[今明后]|晚上|下午|上午|早上|\d)[^\s,，]{0,8}(?:开会|的会|开)(?:吗|吧|是不是|对不对|对吧|没变吧)[?？]?$"
)
_DAY = r"(?:今天|今晚|明天|明晚|后天|周.|星期.|礼拜.|早上|上午|下午|晚上|村上|村里|大队|那个?|这个?|到底|的|[\s,，])*"
# 还开会不, 会是不是改了, 为啥不开了: is it on as it was told?
_WHETHER = regex(
    rf"{_DAY}(?:会|会议|开会)?(?:的?(?:时间|地点|地方))?(?:{_DAY})(?:"
    r"(?:还|照常|还照常)?(?:要)?开(?:会)?(?:不开(?:了|会)?|不|吗|么|没)|还(?:开|去)(?:会)?(?:呢|啊)?[?？]"
    r"|(?:为啥|为什么|咋|怎么|因为啥|啥原因)(?:又|就|都)?(?:不开|取消|改|推|延期?|变)(?:会|期|时间)?(?:了)?(?:呢|啊)?"
    r"|(?:是不是|是)?(?:又)?(?:取消|不开|改|推迟|推后|延期|变|换)(?:期|时间|地方|地点|日子)?(?:了|啦)(?:吗|么|没|没有|不|呢)|(?:是不是|听说)(?:又)?(?:取消|不开|改|推迟|推后|延期|变|换)(?:期|时间|地方|地点|日子)?(?:了|啦)?(?:吗|么|啊)?"
    r"|(?:改|推|挪|换|延|变)(?:到|成|在)(?:了)?(?:几点|几号|哪天|哪儿?|哪里|啥时候|什么时候|多会儿|啥地方|什么地方)(?:了|去了|开)?(?:呢|啊)?)[?？。]*"
)


def asks_about(said: str) -> bool:
    """会在哪开, 几点开会来着."""
    return len(said) <= LONGEST and _ASKS.search(said) is not None


def asks_whether(said: str) -> bool:
    """还开会不, 改到几点了, 为啥不开了: is the meeting on as it was told?"""
    return len(said) <= LONGEST and _WHETHER.fullmatch(said.strip(" 。！!")) is not None


def speaks_of_a_meeting(said: str) -> bool:
    """Is such a question surely about a meeting, even where none stands open? 改到几点了 may be about anything."""
    return "会" in said or "不开" in said


def tell_facts(ctx: Context) -> None:
    """When and where the next meeting is; whoever asks has heard of it."""
    tell(ctx, ctx.said)


def tell(ctx: Context, said: str) -> None:
    """When and where: of the meeting that is named, else of all ahead; whoever asks has heard of them."""
    ahead = {m.id: (m, line) for m, line in invited_to(ctx) if m.starts_at > ctx.now}
    meetings = [meeting for meeting, _ in ahead.values()]
    named, _ = named_in(ctx, meetings, said) if len(meetings) > 1 else (meetings, "")
    for meeting in (named or meetings)[:3]:
        _, line = ahead[meeting.id]
        ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "answered", ctx.now, line.person_id)
        facts = texts_of_meetings.facts(meeting, ctx.store.meetings.items(meeting.id), called_words(ctx, meeting))
        head = texts.still_on(is_changed=meeting.version > 0) if asks_whether(said) else ""
        ctx.reply(f"{head}{facts}")


def no_meeting(ctx: Context) -> None:
    """None is ahead: the one that was called off, where there was one, else how he hears of the next."""
    begun = next((meeting for meeting, _ in invited_to(ctx) if meeting.starts_at <= ctx.now), None)
    if begun is not None:
        return ctx.reply(texts.has_begun(begun))
    off = _called_off(ctx)
    if off is None:
        return ctx.reply(texts.no_notice(is_bound=ctx.person is not None))
    caller = ctx.store.people.person(off.called_by)
    return ctx.reply(texts.called_off(off, contact_words(caller) if caller else ""))


def take_off(ctx: Context, said: str) -> bool:
    """为啥不开了 of a meeting that was called off, where no other is ahead. False for other words, and where none was."""
    if not asks_whether(said) or (_called_off(ctx) is None and not speaks_of_a_meeting(said)):
        return False
    no_meeting(ctx)
    return True


def _called_off(ctx: Context) -> Meeting | None:
    """The newest meeting he was called to and that is off, until a day after it would have been."""
    if ctx.person is None:
        return None
    off = ctx.store.meetings.called_off([ctx.village.id], ctx.now - ASKED_FOR)
    return next(
        (m for m in off if m.status is MeetingStatus.CANCELLED and ctx.store.meetings.line(m.id, ctx.person.id)), None
    )
