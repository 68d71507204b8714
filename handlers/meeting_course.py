"""What is said of the meetings there are, in few words: which they are, that one begins, that it is over, that it stays.

会议开始, 散会 and 有哪些会 change nothing that was announced: none of them may be taken for a change.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.attendance import is_quorate, tally
from domain.deadlines import CHINA
from domain.meetings import LASTS, Meeting, MeetingStatus
from handlers import minute_words
from handlers.attendance import open_checkin
from handlers.context import Context
from handlers.meeting_changes import take_topic
from handlers.meeting_lookup import CALLERS, pick, there, upcoming
from handlers.minute_desk import may_write, recordable, show_instead
from handlers.minute_result import read_back
from handlers.minutes import open_minutes
from handlers.texts import meeting_course as texts
from handlers.turnout import take_recount
from nlp.lazy import regex

_NOW = r"(?:咱们?|我们|大家|现在|正式|准备|那|就|这|可以)*"
_DONE = r"(?:了|啦|咧|喽|哩|吧)*"
_BEGINS = regex(rf"{_NOW}(?:(?:会|会议){_NOW}(?:开始|开){_DONE}|开始(?:开会|会议){_DONE}|开会{_DONE})")
_ENDS = regex(
    rf"(?:今天的?|现在)?(?:会议?|今天)?(?:就)?(?:到这(?:里|儿)?|到此(?:结束|为止)|散会|散|开完|开毕){_DONE}|会议?(?:就)?(?:结束|完毕){_DONE}|开完会{_DONE}|会议?(?:都|已经)?(?:开完|结束|完|散)(?:了|啦|咧)"
)
_STAYS = regex(
    r"(?:明天的?|后天的?|这个?)?会议?(?:还是|就)?(?:照常|照旧|按时|如期|正常|不变)(?:开|召开|进行)?(?:吧|了)?|照常开会?"
)
_DAYS = r"(?:今天|今儿|明天|明儿|后天|今明两天|这两天|这几天|这周|本周|下周|这星期|这礼拜|下星期|下礼拜|这个?月|本月|最近|近期|近来|接下来|后面|往后|眼下|目前|现在)"
_LISTS = regex(
    rf"(?:看看?|查一?下?|查看|我看看?)?{_DAYS}?(?:都|还|村里|我|我们)*(?:有|要开|开|召开|要参加|安排了?|通知了)*(?:些|几个)?(?:哪些|啥|什么|几个|哪几个|多少)(?:个)?(?:会议?|会要开|会没开)(?:要开|没开)?(?:呢|啊|吗)?"
    rf"|(?:看看?|查一?下?|查看|我看看?)?{_DAYS}?(?:的)?(?:我|我们)?(?:的)?(?:会议?(?:列表|安排|日程|清单|计划)|会议|会)|{_DAYS}(?:有|开)会(?:不|没|吗|没有)"
    r"|(?:看看?|查看)(?:一下|下)?(?:会议?|开会)?通知|会议?(?:的)?(?:内容|议题|议程)"
    r"|(?:下次|下个|这个|那个)?(?:会|会议)(?:是|在|到底|都)*(?:几点|啥时候|什么时候|哪天|哪里|哪儿|哪)(?:开)?(?:呢|来着)?|(?:几点|啥时候|什么时候|哪天|在哪里?|在哪儿)开会(?:呢|来着)?"
)
# What was said ahead of the meeting, to whoever keeps its minutes.
_SAID_BEFORE = regex(
    r"(?:看看?|查看)?(?:大家|群众|村民|各户|会前|会上)?(?:的)?(?:会前)?意见(?:有哪些|有啥|是啥|都是啥|呢)?|(?:会前)?大家(?:会前)?(?:都)?(?:说|提|讲)(?:了)?(?:些)?(?:啥|什么|哪些意见)(?:意见)?"
)
_NOT_HELD = regex(
    r"(?:今天的?|昨天的?|刚才的?)?(?:那个?|这个?)?会议?(?:最后|也|都)?没(?:有)?(?:能)?开(?:成|起来|了|上)(?:了)?"
)
# 决定 换管子 张桂兰负责 12月15日前, though nobody said 会议记录 before.
_DECIDES = regex(r"(?:会上|大家)?(?:决定|决议|议定|商定)(?:了|是)?[\s:：,，]+(?=.{2})")
# 表决结果 给小学送温暖 同意20 反对5: said of the meeting that goes on.
_COUNTS = regex(r"(?:现场)?(?:表决|举手|投票)(?:结果|情况)?[\s:：,，].*(?:同意|赞成)\s*\d")
_MOST = 5
_THIS_WEEK = regex(r"这周|本周|这星期|这礼拜")
_NEXT_WEEK = regex(r"下周|下星期|下礼拜")


def take(ctx: Context) -> bool:
    """Take what one who calls meetings says of those there are; False for other words and where there is none."""
    if not ctx.roles & CALLERS or not ctx.is_proven:
        return take_topic(ctx)
    is_of_hall = bool(_DECIDES.match(ctx.said) or minute_words.votes_of(ctx.said) or _COUNTS.match(ctx.said))
    if is_of_hall and _is_going_on(ctx):
        open_minutes(ctx)  # the line is the first of them
        return True
    if take_recount(ctx):
        return True
    if len(ctx.said) > 16:
        return take_topic(ctx)
    said = ctx.said.strip(" 。！!？?，,")
    if _LISTS.fullmatch(said):
        return _list(ctx)
    if _BEGINS.fullmatch(said):
        return _begin(ctx)
    if _ENDS.fullmatch(said):
        return _end(ctx)
    if _SAID_BEFORE.fullmatch(said):
        return _tell_before(ctx)
    if minute_words.posts(said):
        return _post(ctx)
    if _NOT_HELD.fullmatch(said):
        return _not_held(ctx)
    if _STAYS.fullmatch(said):
        ahead = upcoming(ctx)
        if ahead:
            ctx.reply(texts.unchanged(ahead[:4]))
        return bool(ahead)
    return take_topic(ctx)


def _list(ctx: Context) -> bool:
    ahead = [meeting for meeting in upcoming(ctx) if _is_within(ctx, meeting.starts_at)]
    agendas = {m.id: ctx.store.meetings.items(m.id) for m in ahead[:_MOST]}
    ctx.reply(texts.listed(ahead[:_MOST], agendas, [m for m in _begun(ctx) if m.status is MeetingStatus.CALLED][:2]))
    return True


def _is_within(ctx: Context, starts_at: datetime) -> bool:
    """Is it in the week he asks for? Without a week every one is."""
    monday = ctx.now.date() - timedelta(days=ctx.now.weekday())
    weeks = (starts_at.astimezone(CHINA).date() - monday).days // 7
    wanted = 0 if _THIS_WEEK.search(ctx.said) else 1 if _NEXT_WEEK.search(ctx.said) else None
    is_sunday = ctx.now.weekday() == monday.weekday() + 6  # then the week that begins tomorrow may be meant
    return wanted is None or weeks == wanted or (wanted == 0 and is_sunday and weeks == 1)


def _begun(ctx: Context) -> list[Meeting]:
    return ctx.store.meetings.begun([ctx.village.id], ctx.now, ctx.now - timedelta(hours=12))


def _is_going_on(ctx: Context) -> bool:
    """Has a meeting begun that nobody has written up yet, or does one take signatures?"""
    return any(m.status is MeetingStatus.CALLED for m in _begun(ctx)) or any(m.checkin_at for m in upcoming(ctx))


def _begin(ctx: Context) -> bool:
    """会议开始: whoever is there signs in. Of a meeting that is hours away it is said when it is."""
    ahead = upcoming(ctx)
    going_on = [m for m in _begun(ctx) if m.status is MeetingStatus.CALLED and ctx.now - m.starts_at < LASTS]
    if going_on or any(m.starts_at <= ctx.now + ctx.words.meetings.checkin_before for m in ahead):
        open_checkin(ctx)
        return True
    if not ahead or ctx.said.strip(" 。！!") == "开会":  # then he calls one
        return False
    ctx.reply(texts.not_yet(ahead[0]))
    return True


def _end(ctx: Context) -> bool:
    """散会: what came of it is written down. Nothing is called off."""
    if any(meeting.status is MeetingStatus.CALLED for meeting in _begun(ctx)):
        open_minutes(ctx)
        ctx.replies.insert(0, texts.over_now())
        return True
    ahead = upcoming(ctx) if "会" in ctx.said else []
    if ahead:
        ctx.reply(texts.not_begun(ahead[0]))
    return bool(ahead)


def _post(ctx: Context) -> bool:
    """会议结果发群里: it is read back once more, as 记完了 reads it. Raises Refused where there is no meeting."""
    meeting = pick(ctx, recordable(ctx))
    if may_write(ctx, meeting):
        read_back(ctx, meeting)
    else:
        show_instead(ctx, meeting)
    return True


def _tell_before(ctx: Context) -> bool:
    """会前意见: what those invited said ahead of the meeting that is next or going on."""
    near = [*_begun(ctx), *upcoming(ctx)]
    if not near:
        return False
    said = [(s.speaker, s.text) for s in ctx.store.meetings.speeches(near[0].id) if s.kind == "before"]
    ctx.reply(texts.said_before(near[0], said))
    return True


def _sat(ctx: Context, meeting: Meeting) -> bool:
    """Were enough of them there? Too few who went home again are the usual reason why a meeting did not take place."""
    body, roll = ctx.words.meetings.bodies[meeting.body], ctx.store.meetings.roll(meeting.id)
    here = there(meeting, body, roll)
    return here.people > 0 and bool(body.routes) and is_quorate(body, here, tally(roll))


def _not_held(ctx: Context) -> bool:
    """会没开成: nobody waits for its result any more; it is called anew, if at all."""
    unwritten = [meeting for meeting in _begun(ctx) if meeting.status is MeetingStatus.CALLED]
    if not unwritten:
        return False
    before = ctx.store.meetings.get(pick(ctx, unwritten).id, to_change=True)
    if before is None:
        return False
    if _sat(ctx, before):
        ctx.reply(texts.has_sat(before))
        return True
    off = replace(before, status=MeetingStatus.CANCELLED, version=before.version + 1, reach_due_at=None)
    ctx.store.meetings.change(before, off, ctx.step("not held", ctx.role_in(CALLERS)))
    ctx.reply(texts.not_held(before))
    return True
