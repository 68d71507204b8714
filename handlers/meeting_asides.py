"""What a cadre says of a meeting that is announced, in few words: 延期, 通知到多少, 多请几个党员来, 再催一遍."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from domain.attendance import reached_share
from domain.meetings import Meeting
from handlers.context import Context
from handlers.meeting_changes import change
from handlers.meeting_lookup import CALLERS, minutes_link, paper_link, pick, upcoming
from handlers.poll_commands import extend, serves
from handlers.poll_scope import ORGANISERS
from handlers.registry import intent
from handlers.sign_lists import DESK
from handlers.texts import meeting_asides as texts
from handlers.texts import people as people_texts
from nlp.lazy import regex

_PUTS_OFF = regex(
    r"(?:会议?|开会)?(?:先)?(?:延期|改期|推迟|延后|往后推|推后|改时间|换时间|改个时间|换个时间|挪个时间|推一推|缓一缓|缓几天)(?:一下|下|吧|了|开)*"
    r"|(?:延期|改期|推迟|延后|顺延|推)(?:到|至).{1,14}"
)
_REACH = regex(
    r"(?:还)?(?:有)?(?:多少|几)(?:个)?(?:人|户|家)(?:都|已经|还|没|不)*(?:看到|看了|收到|知道|得信|得着信|听到|晓得|通知到|通知)(?:了|的)*(?:没|吗|呢)?"
    r"|(?:会议?|会的?)?(?:都)?(?:通知|信儿?|消息)(?:都)?(?:到|传到|送到|发到|带到)(?:了|位)*(?:多少|几|没|哪些?|谁|吗)(?:个)?(?:人|户|家)?(?:了|没有|呢|没)*"
    r"|(?:还有|还剩|现在)?(?:谁|哪些人|哪几户|哪些户|哪家)(?:还)?(?:没|没有|不)?(?:看到|收到|知道|得信|得着信|通知到|听到)(?:了|的|会)*|(?:通知|知晓)(?:情况|率)|都(?:通知|知道)(?:到)?(?:了)?(?:没|吗|没有)"
)
_PEOPLE = r"(?:党员|代表|群众|老人|老党员|年轻人|户主|村民|妇女|干部|社长|组长|各户|老师|大户|人)"
_ASKS_MORE = regex(
    rf"(?:再|也|还|还要|另外)*(?:多|再|也)(?:请|叫|喊|通知|来|邀)(?:一些|几个|些|上|点|几位|下)*{_PEOPLE}(?:们)?(?:都|也)?(?:来|参加|到会|听听|开会)*(?:吧|了)?"
    rf"|把{_PEOPLE}(?:们)?(?:也|都)?(?:请|叫|喊|通知|邀)(?:上|来|到)+(?:吧|了)?|{_PEOPLE}(?:们)?(?:也|都)(?:请|叫|喊|通知)(?:上|来|到)+(?:吧|了)?|(?:请|叫|喊|通知){_PEOPLE}(?:们)?也(?:来|参加|到会)(?:吧)?"
)
_OF_POLLS = regex("[投票]")


def take(ctx: Context) -> bool:
    """Take what one who calls meetings says of the one ahead; False for other words and where none is ahead."""
    if not ctx.roles & DESK or not ctx.is_proven or len(ctx.said) > 24:
        return False
    said = ctx.said.strip(" 。！!？?，,")
    if _REACH.fullmatch(said):
        return _about(ctx, tell_reach)
    if _PRINTS.fullmatch(said):
        return _print(ctx)
    if ctx.roles & CALLERS and _PUTS_OFF.fullmatch(said):
        return _put_off(ctx)
    if ctx.roles & CALLERS and _ASKS_MORE.fullmatch(said):
        return _about(ctx, lambda ctx, meeting: ctx.reply(texts.roll_is_frozen(meeting)))
    return False


_PAGE = r"(?:会议?)?(?:通知|记录|签到表|\s*\d{1,4})?(?:单|表|页)?"
_PRINTS = regex(
    rf"(?:给我|帮我|我要|我想|怎么|咋)?(?:把)?{_PAGE}(?:的)?(?:给我)?打印(?:一下|出来|一份|下)?(?:个|份)?{_PAGE}(?:吧|呢)?|签到表|(?:会议)?(?:记录|通知)(?:在)?(?:哪|哪里|哪儿)(?:能)?(?:看|找|打印)"
)
PRINTED_FOR = timedelta(days=60)


def _print(ctx: Context) -> bool:
    """打印通知, 会1打印, 会议记录在哪看: the page of that meeting, to be opened and printed."""
    ahead, begun = upcoming(ctx), ctx.store.meetings.begun([ctx.village.id], ctx.now, ctx.now - PRINTED_FOR)
    wants_minutes = "记录" in ctx.said
    near = begun[:1] if wants_minutes or not ahead else ahead[:1]
    meeting = pick(ctx, near)
    link = minutes_link(ctx, meeting) if wants_minutes and ctx.roles & CALLERS else paper_link(ctx, meeting)
    ctx.reply(texts.page(meeting, link))
    return True


def _about(ctx: Context, act: Callable[[Context, Meeting], None]) -> bool:
    ahead = upcoming(ctx)
    if ahead:
        act(ctx, pick(ctx, ahead))
    return bool(ahead)


def _put_off(ctx: Context) -> bool:
    """延期: of the meeting ahead; with a poll open as well it is asked which."""
    if not upcoming(ctx):
        return _put_off_poll(ctx)
    if ctx.store.polls.alive_in(ctx.village.id) and "会" not in ctx.said:
        ctx.reply(texts.put_off_what())
    else:
        change(ctx)
    return True


def _put_off_poll(ctx: Context) -> bool:
    mine = [poll for poll in ctx.store.polls.alive_in(ctx.village.id) if serves(ctx, poll)]
    if not mine:
        return False
    if "到" in ctx.said or "至" in ctx.said:
        extend(ctx)
    else:
        ctx.reply(texts.extend_until_when(mine[-1]))
    return True


def tell_reach(ctx: Context, meeting: Meeting) -> None:
    """Whom the notice has reached, household by household, and by what; who signed up is another question."""
    roll = ctx.store.meetings.roll(meeting.id)
    reached = ctx.store.reach.reached("meeting", meeting.id)
    homes: dict[int, str] = {}
    for line in roll:
        homes.setdefault(line.unit, line.name)
    left = [name for unit, name in homes.items() if unit not in reached]
    ways: dict[str, int] = {}
    for unit in homes:
        for how in reached.get(unit, frozenset()):
            ways[how] = ways.get(how, 0) + 1
    share = reached_share(roll, reached)
    wanted = ctx.words.meetings.reach_share
    ctx.reply(texts.reached(meeting, len(homes), len(homes) - len(left), share, wanted, ways, left))


@intent("remind", who=CALLERS | ORGANISERS, needs_proof=True)
def remind(ctx: Context) -> None:
    """再催一遍: reminders go out by themselves; when, and to whom. A department that is late is another matter."""
    ahead = upcoming(ctx)
    open_polls = ctx.store.polls.alive_in(ctx.village.id)
    if ctx.understanding.slots.get("department") or not (ahead or open_polls):
        return ctx.reply(people_texts.not_yet())
    of_poll = open_polls and (not ahead or _OF_POLLS.search(ctx.said))
    return ctx.reply(texts.reminded_by_itself(None if of_poll else ahead[0], open_polls[0] if of_poll else None))
