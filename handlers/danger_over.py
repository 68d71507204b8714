"""What stands around a danger: words that lead to it, and 火灭了, 找到了, 打错了 没着火: it is over, or was none."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.matters import Matter, Urgency
from handlers.context import Context
from nlp.danger import Danger

# Words that lead into what is meant; the first look for danger hears what comes behind them.
_LEAD = re.compile(
    r"^(?:补充|追加|转?人工|对了)[\s,，:：]+(?=.)|^.*(?:还有|另外|再就是)(?:个事|件事)?[\s,，:：]*(?=.{2})", re.DOTALL
)
_OVER = re.compile(
    r"(?:(?:打错|发错|点错|说错|报错|看错|搞错|弄错)了?|误报|虚惊一场|气话|开玩笑(?:的|呢)?|假的|[他她](?:已经)?(?:走|睡|出去|跑)了|没着火|没有的事)?"
    r"[\s,，。]*(?:其实|是|根本)*(?:没着火|没有的事)?[\s,，。]*(?:人|火|我们?|娃娃?|孩子|老人|我?[爸妈爹娘]|[他她]|都|已经|现在|刚|被|给)*"
    r"(?:找到|找着|回来|回家|扑灭|浇灭|灭|熄|没着火|没着|假的|误报|打错|发错|虚惊一场|气话|救出来|救上来|救下来|拉上来|爬上来|没事|平安|不烧|不着|不冒烟)(?:了|啦|咧|着呢)*"
    r"(?:[\s,，]*(?:人|都|我|大家)*(?:没人受伤|没伤(?:着|到)?人|没事|好好的|都好|平安)(?:了|的)*)?"
    r"(?:[\s,，]*(?:原来)?(?:就)?(?:在|去|到)了?[\u4e00-\u9fff]{0,4}(?:家里?|学校|同学那|屋里|炕上)(?:呢|耍|玩|睡着)*)?[\s,，。.!！]*(?:谢谢.*)?"
)


# He has done it: the ambulance comes before all words of comfort.
_HURT = re.compile(
    "(?:喝|灌|吃|服)(?:了|下|进).{0,6}(?:药|农药|百草枯|敌敌畏|甲胺磷|安眠)|(?:药|农药|百草枯|敌敌畏|老鼠药).{0,3}(?:喝|灌|吃|服)(?:了|下)|上(?:了)?吊了?|吊(?:着|在)|割(?:了)?腕"
)
_BY_MISTAKE = re.compile("(?:娃|孩子|小孩|孙子|孙女|孙孙|宝宝|幼儿|丫头|小子).{0,8}(?:误)?(?:吃|喝|吞|咽|舔)")


def is_hurt(story: str) -> bool:
    """敌敌畏灌了, 上吊了: somebody has harmed himself already."""
    return _HURT.search(story) is not None


def is_by_mistake(story: str) -> bool:
    """娃把老鼠药吃了: a child that swallows something wants to harm nobody."""
    return _BY_MISTAKE.search(story) is not None


def heard_behind(ctx: Context) -> Danger | None:
    """The danger a message tells of, also behind 补充 or a matter of its own: 补充 我男人打我."""
    found = ctx.heard.danger
    if (found is None or not found.certain) and (lead := _LEAD.match(ctx.said)):
        return ctx.ears.heard(ctx.said[lead.end() :]).danger or found
    return found


def is_over(said: str) -> bool:
    """Whether the whole message says so."""
    return _OVER.fullmatch(said.strip()) is not None


def ends(ctx: Context, matter: Matter) -> bool:
    """Does its keeper say that the danger is over (火灭了 没人受伤)? Then nobody is alerted again."""
    if matter.urgency is not Urgency.P0 or not is_over(ctx.said) or ctx.person is None:
        return False
    for alarm in ctx.store.alarms.open():
        if alarm.matter_id == matter.id:
            ctx.store.alarms.save(replace(alarm, state="answered", answered_by=ctx.person.id, answered_at=ctx.now))
    return True
