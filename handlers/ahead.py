"""Asked whether there is a meeting or a poll: 有没有会, 开会时间改了没, 啥时候投票. He hears what is ahead, or that nothing is;
filed it would be a matter about nothing.
"""

from __future__ import annotations

from datetime import timedelta

from handlers.context import Context
from handlers.filing import clear_topic
from handlers.matter_lookup import HANDLERS
from handlers.meeting_facts import asks_about, asks_whether, no_meeting, take_off, tell_facts
from handlers.meeting_lookup import invited_to
from handlers.posts import groups_for
from handlers.texts import ballots, people
from handlers.texts import broadcasts as broadcast_texts
from handlers.voting import open_polls
from nlp.lazy import regex

_WHEN = r"(?:今天|今晚|明天|明晚|后天|这几天|最近|下午|晚上|上午|这周|村里|大队|咱们?|我们)*"
_TAIL = r"(?:[吗没不么呢啊呀]|没有|来着|了)*[?？。]?"
_MEETING = regex(
    rf"{_WHEN}(?:(?:有没有|还有没有|要不要)(?:会要?开?|开会)|(?:有|还有|要)?(?:啥|什么)?(?:会|开会)(?=[吗没不么])"
    rf"|(?:开会|会|会议)(?:的)?(?:时间|地点|地方)?(?:改|变|定)(?=了)){_TAIL}|开会了|开会通知"
)
_POLL = regex(
    rf"{_WHEN}(?:(?:啥时候|什么时候|几时|几点|哪天|还|要|要不要)投票|(?:有没有|有|还有)(?:要投的|啥|什么)?(?:投票|票要?投)"
    rf"|投票(?=[吗没不么])|投票(?:啥时候|什么时候|几点|哪天|开始|在哪)投?){_TAIL}"
)
_NEWS = regex(
    rf"(?:村里|村上|大队|咱们?村|社里|最近|这几天|这两天|今天)+(?:有没有|有|出)(?:了)?(?:啥|什么)?(?:新)?(?:事情?|事儿|通知|消息|新闻|安排|活动){_TAIL}"
)
# How the fact of a notice told to many begins (handlers/broadcasts.py).
BROADCAST = "broadcast:"
_HEARD = regex("(?:好的?|嗯)?[,， ]*收到了?[,， ]*(?:谢谢)?[。!！]*")
# What is asked of a notice that has just been posted: 几点打, 要带钱不, 停到啥时候.
_OF_A_NOTICE = regex(
    "几[点号天]|[啥几]时候|什么时候|多会儿?|哪[天里儿]|在哪|[到去]哪|[带拿交要收]啥|带什么|[带拿](?:钱|人|娃|证)|要钱|多少钱|收费|免费|谁[去来能]|都[得要]?去|必须|不去|多久|多长时间|.[不吗没么][?？]?$"
)
_EMPTY = regex(r"[几点在哪天里儿要不吗没么啥时候什多少的了是人都我你他家年月日号能有这那个一\s,，?？。]+")
LONGEST = 20
ASKED = 14
ASKED_WITHIN = timedelta(hours=24)
_SPEAKS_OF = ("会", "票", "收到", "事", "通知", "消息", "新闻", "安排", "活动")


def take(ctx: Context) -> bool:
    """Tell what is ahead; False for other words, and for a command (开会通知 of a cadre)."""
    said = ctx.said.strip()
    if len(said) > LONGEST or not (ctx.is_direct or ctx.incoming.addressed):
        return False
    if ctx.understanding.certain and ctx.understanding.intent not in ("chat", "consult"):
        return False
    if asks_whether(said) and _of_a_meeting(ctx, said):
        return True
    if any(word in said for word in _SPEAKS_OF) and (
        _heard(ctx, said) or _of_a_meeting(ctx, said) or _of_a_poll(ctx, said) or _of_news(ctx, said)
    ):
        return True
    return _of_a_notice(ctx, said)


def _heard(ctx: Context, said: str) -> bool:
    """收到 with nothing open; a keeper's is for a matter."""
    if not _HEARD.fullmatch(said) or ctx.roles & HANDLERS or invited_to(ctx):
        return False
    ctx.reply(people.hello())
    return True


def _of_a_meeting(ctx: Context, said: str) -> bool:
    if asks_whether(said) and not any(meeting.starts_at > ctx.now for meeting, _ in invited_to(ctx)):
        return take_off(ctx, said)
    if not (_MEETING.fullmatch(said) or asks_about(said)):
        return False
    _tell_meeting(ctx)
    return True


def _of_a_poll(ctx: Context, said: str) -> bool:
    if not _POLL.fullmatch(said):
        return False
    _tell_poll(ctx)
    return True


def _of_news(ctx: Context, said: str) -> bool:
    """村里最近有啥事没: the poll or the meeting ahead, or that none is."""
    if not _NEWS.fullmatch(said):
        return False
    (_tell_poll if open_polls(ctx) else _tell_meeting)(ctx)
    return True


def _of_a_notice(ctx: Context, said: str) -> bool:
    """几点打 after 后天打疫苗: what was posted, and whom to ask for more; filed it was a fight (打)."""
    if len(said) > ASKED or not _OF_A_NOTICE.search(said) or invited_to(ctx) or open_polls(ctx):
        return False
    area = ctx.directory.areas.get(ctx.place_id or 0, ctx.village)
    groups = [group.id for group in groups_for(ctx, area)]
    notice = ctx.store.posts.newest(groups, BROADCAST, ctx.now - ASKED_WITHIN) if groups else ""
    tells, told = _EMPTY.sub("", said), broadcast_texts.note_of(notice)
    speaks_of_it = any(sign in told for sign in tells) if tells else clear_topic(ctx.reading) is None
    if not notice or not speaks_of_it:
        return False
    ctx.reply(broadcast_texts.asked_of_it(notice))
    return True


def _tell_meeting(ctx: Context) -> None:
    if any(meeting.starts_at > ctx.now for meeting, _ in invited_to(ctx)):
        tell_facts(ctx)
    else:
        no_meeting(ctx)


def _tell_poll(ctx: Context) -> None:
    polls = [poll for question in open_polls(ctx) if (poll := ctx.store.polls.get(question.thing_id)) is not None]
    if len(polls) > 1:
        return ctx.reply(ballots.all_open(polls))
    return ctx.reply(ballots.which_options(polls[0]) if polls else ballots.nothing_to_vote())
