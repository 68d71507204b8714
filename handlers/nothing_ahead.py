"""Said or asked of a meeting or a poll where there is none: 几点开会, 有没有投票, 收到.

Filed it would be a matter about nothing.
"""

from __future__ import annotations

import re

from handlers.context import Context
from handlers.matter_lookup import HANDLERS
from handlers.rsvp import invited_to
from handlers.texts import attendance as texts
from handlers.texts import ballots, people
from handlers.voting import last_closed, open_polls

_WHEN = r"(?:今天|今晚|明天|明晚|后天|这几天|最近|下午|晚上|上午|这周|村里|大队|咱们?|我们)*"
_TAIL = r"(?:[吗没不么呢啊呀]|没有|来着|了)*[?？。]?"
_MEETING = re.compile(
    rf"{_WHEN}(?:"
    rf"(?:有没有|还有没有|有|还有|要不要|要|还)(?:啥|什么)?(?:会要?开?|开会)"
    rf"|(?:会|开会|会议)?(?:是|定在|定|在)*(?:几点|啥时候|什么时候|哪天|几号|在?哪里?|在?哪儿|啥地方|什么地方)(?:开会|开的?会|开)"
    rf"|(?:开会|会|会议)(?:的)?(?:时间|地点|地方)?(?:是|定在|定|在|改|变|改到|改成|定了)*(?:几点|啥时候|什么时候|哪天|几号|哪里?|哪儿|啥|了)?|开会通知"
    rf"){_TAIL}"
)
LONGEST = 20
_SPEAKS_OF = ("会", "票", "收到")
_HEARD = re.compile("(?:好的?|嗯)?[,， ]*收到了?[,， ]*(?:谢谢)?[。!！]*")
_ASKS = re.compile("[吗没么?？几哪啥]|什么|改|变|开会了|开会通知|要不要")
_POLL = re.compile(
    rf"{_WHEN}(?:(?:啥时候|什么时候|几时|几点|哪天|还|要|要不要)投票|(?:有没有|有|还有)(?:要投的|啥|什么)?(?:投票|票要?投)|投票(?=[吗没不么])|投票(?:啥时候|什么时候|几点|哪天|开始|在哪)){_TAIL}"
)


def take(ctx: Context) -> bool:
    """Say that there is none; False for other words, and where there is one (its own handler knows more)."""
    said = ctx.said.strip()
    is_short = len(said) <= LONGEST and any(word in said for word in _SPEAKS_OF)
    if not is_short or not (ctx.is_direct or ctx.incoming.addressed):
        return False
    if _HEARD.fullmatch(said) and not (ctx.roles & HANDLERS or invited_to(ctx)):
        ctx.reply(people.hello())
        return True
    if _MEETING.fullmatch(said) and _ASKS.search(said) and not invited_to(ctx):
        ctx.reply(texts.no_notice(is_bound=ctx.person is not None))
        return True
    if _POLL.fullmatch(said) and not open_polls(ctx) and last_closed(ctx) is None:
        ctx.reply(ballots.nothing_to_vote())
        return True
    return False
