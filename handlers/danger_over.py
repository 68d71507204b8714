"""What stands around a danger: words that lead to it, and 火灭了, 找到了, 打错了 没着火: it is over, or was none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from handlers.accusing import blames_alone
from handlers.context import Context
from handlers.manners import lets_it_rest
from handlers.sealed_more import is_beaten_too, is_of_it
from nlp.danger import Danger

# Words that lead into what is meant; the first look for danger hears what comes behind them.
_LEAD = re.compile(
    r"^(?:补充|追加|转?人工|对了)[\s,，:：]+(?=.)|^.*(?:还有|另外|再就是)(?:个事|件事)?[\s,，:：]*(?=.{2})", re.DOTALL
)
_OVER = re.compile(
    r"(?:(?:打错|发错|点错|说错|报错|看错|搞错|弄错)了?|误报|虚惊一场|气话|开玩笑(?:的|呢)?|假的|[他她](?:已经)?(?:走|睡|出去|跑)了|没着火|没有的事)?"
    r"[\s,，。]*(?:其实|是|根本)*(?:没着火|没有的事)?[\s,，。]*(?:人|火|我们?|娃|孩子|老人|[爸妈爹娘]|[他她]|都|已经|现在|刚|被|给)*"
    r"(?:找到|找着|回来|回家|扑灭|浇灭|灭|熄|没着火|没着|假的|误报|打错|发错|虚惊一场|气话|救出来|救上来|救下来|拉上来|爬上来|没事|平安|不烧|不着|不冒烟)(?:了|啦|咧|着呢)*"
    r"(?:[\s,，]*(?:人|都|我|大家)*(?:没人受伤|没伤(?:着|到)?人|没事|好好的|都好|平安)(?:了|的)*)?"
    r"(?:[\s,，]*(?:原来)?(?:就)?(?:在|去|到)了?[\u4e00-\u9fff]{0,4}(?:家里?|学校|同学那|屋里|炕上)(?:呢|耍|玩|睡着)*)?[\s,，。.!！]*(?:谢谢.*)?"
)
# 看错了 是烧柴冒烟: whatever it was instead, unless it is another danger.
_MISTAKEN = re.compile("(?:打|发|点|说|报|看|搞|弄)错了?|误会|误报|虚惊")
_NOBODY = re.compile(r"没(?:有|得)?(?:人)?(?:危险|事|啥|人)?(?:了|的)?(?=$|[\s,，。!！])")
_PRESSES = re.compile(
    r"(?:快|赶紧|赶快|救命|来人|急死|急得很|真的|是真的|不骗你|有啊|有呢|有人|出血|流血|不行了|没气了|要死了)(?:点|来|啊|呀|了|人|的|呢|吧|救|命)*[!！。,，\s]*"
)


def heard_behind(ctx: Context) -> Danger | None:
    """The danger a message tells of, also behind 补充 or a matter of its own: 补充 我男人打我. Blame of somebody in office
    that merely sounds like a cry (小陈吃了隔壁的席 只给他掏) is none."""
    found = ctx.heard.danger
    if found is not None and (is_beaten_too(ctx) or (not (found.is_named or found.sealed) and _is_talk(ctx, found))):
        return None
    if (found is None or not found.certain) and (lead := _LEAD.match(ctx.said)):
        return ctx.ears.heard(ctx.said[lead.end() :]).danger or found
    return _fumes_at_work(ctx) if found is None and len(ctx.said) <= _FEW and _FAINT.search(ctx.said) else found


def _is_talk(ctx: Context, found: Danger) -> bool:
    """What merely sounds like a cry, and is blame, more of what was sealed just now, or lets something rest."""
    return blames_alone(ctx, ctx.said) or is_of_it(ctx, is_sure=found.certain) or lets_it_rest(ctx.said)


_FEW = 14
_FAINT = re.compile("头.{0,2}(?:晕|昏|疼|痛)|恶心|想吐|吐了|站不稳|发软|没劲|喘不上|胸闷")
_FUMES = re.compile("煤气|燃气|天然气|液化气|气罐|炭|炉子|煤烟|沼气|农药")
_FUMES_LAST = timedelta(hours=3)


def _fumes_at_work(ctx: Context) -> Danger | None:
    """头晕, after 屋里一股煤气味: what he breathes is doing its work."""
    told = ctx.store.matters.reported_by(ctx.sender.contact.id) if ctx.is_direct else []
    recent = [m for m in told if m.is_living and ctx.now - m.filed_at <= _FUMES_LAST]
    breathed = any(_FUMES.search(matter.text) for matter in recent)
    return Danger("gas", "120", True, (ctx.said,)) if breathed else None


def is_over(said: str) -> bool:
    """Whether the whole message says so."""
    return _OVER.fullmatch(said.strip()) is not None


def is_mistaken(ctx: Context, said: str) -> bool:
    """看错了 是烧柴冒烟: it was none, and what it was is no danger either."""
    found = _MISTAKEN.match(said.strip())
    rest = said.strip()[found.end() :].strip(" ,，。!！") if found else ""
    return found is not None and ctx.ears.heard(rest).danger is None


def leaves(ctx: Context, said: str) -> bool:
    """没有 就是怕塌: nobody is in danger, and what follows tells of none."""
    found = _NOBODY.match(said.strip())
    rest = said.strip()[found.end() :].strip(" ,，。!！") if found else ""
    return found is not None and (not rest or (danger := ctx.ears.heard(rest).danger) is None or not danger.certain)


def presses(said: str) -> bool:
    """快点, 真的: said to the question whether somebody is in danger, it means that somebody is."""
    return _PRESSES.match(said.strip()) is not None


def ends(ctx: Context, matter: Matter) -> bool:
    """Does its keeper say that the danger is over (火灭了 没人受伤)? Then nobody is alerted again."""
    if matter.urgency is not Urgency.P0 or not is_over(ctx.said) or ctx.person is None:
        return False
    for alarm in ctx.store.alarms.open(ctx.now):
        if alarm.matter_id == matter.id:
            ctx.store.alarms.save(replace(alarm, state="answered", answered_by=ctx.person.id, answered_at=ctx.now))
    return True
