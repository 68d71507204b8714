"""人呢, 说好今天来的 咋还没到, 都催, 第二个呢, 前面说的那个不算: few words about what he has told of, which name nothing."""

from __future__ import annotations

from domain import matters as rules
from domain.matters import Matter
from domain.refusals import Refused
from handlers.afterwards import CONTINUES_FOR, JOINS_FOR, all_living, ask_back, living, urge_matter
from handlers.context import Context
from handlers.matter_lookup import HANDLERS
from handlers.texts import matters as texts
from handlers.tracking import progress_line
from nlp.lazy import regex
from nlp.numbers import said_number

CHARS = 24
_MAY = regex("[呢咧哩没不催第撤哪]|作废")
_CAME = regex(
    r"(?:哎|喂|那|我说|都几点了|这都几点了)*[\s,，]*(?:人|师傅|修[灯水路]?的(?:人|师傅)?|来修的)(?:呢|咧|哩|在哪[儿里]?(?:了|呢)?|到哪[儿里]?了)"
    r"|(?:你们?|他们?|小[\u4e00-\u9fff])?(?:不是)?(?:说|讲|答应|约)(?:好)?(?:的|了|过)?(?:是)?[^\s,，]{0,6}(?:来|修|办|弄|到)[^\s,，]{0,3}[\s,，]*(?:人|他|师傅)?(?:咋|怎么|为啥)?(?:到现在)?(?:还|又|也)?(?:没|不见)(?:见|有)?(?:人|他)?(?:到|来|影|动静|修|办|弄)?[了呢啊]?"
)
_ALL = regex(r"(?:都|全|全部|[两三四几]件(?:事)?(?:都)?|样样)(?:给我|帮我|再)?催(?:一下|催|一遍|一催)?(?:吧|呗)?")
_NTH = regex(
    r"(?:那)?第(?P<n>[一二三123])(?:个|件|样)(?:事)?(?:呢|咧|(?:的)?(?:咋样|怎么样|办得咋样|啥情况)(?:了)?|办(?:了|好)没|到哪(?:一步)?了)"
)
_VOID = regex(
    r"(?:前面|刚才|刚刚|上面|先前|之前|我)*(?:说|讲|报|反映|发)的(?:那个|那件|那句|那些|话|这个)?(?:事)?(?:都|就)?(?:不算(?:数)?|作废|别算|当(?:我)?没说|撤(?:了|掉)|不要了)(?:了|吧|啊)*"
)
_NO_NEED = regex("(?:现在|都|也)?(?:不用|不要|不需要|用不着)(?:来|管|修|办|弄)?(?:人)?(?:了|吧|啦|咯)+")


def take(ctx: Context) -> bool:
    """Take such words of one who has told of something; False for all others."""
    if len(ctx.said) > CHARS or not ctx.is_direct or ctx.roles & HANDLERS or not _MAY.search(ctx.said):
        return False
    said = ctx.said.strip(" 。！!?？~啊呀")
    if _CAME.fullmatch(said):
        return _urge_newest(ctx)
    if _ALL.fullmatch(said):
        return _urge_all(ctx)
    if (nth := _NTH.fullmatch(said)) is not None:
        return _tell_nth(ctx, int(said_number(nth["n"]) or 0))
    return _VOID.fullmatch(said) is not None and _take_back(ctx)


def _urge_newest(ctx: Context) -> bool:
    matter = living(ctx, JOINS_FOR)
    if matter is None or matter.is_sealed:
        return False
    urge_matter(ctx, ctx.store.matters.held(matter), ctx.said)
    return True


def _urge_all(ctx: Context) -> bool:
    """Each that was not pressed for today; where all were, he hears when."""
    mine = [matter for matter in all_living(ctx) if not matter.is_sealed]
    if not mine:
        return False
    fresh = [matter for matter in mine if _may_urge(ctx, matter)]
    for matter in fresh or mine[:1]:
        urge_matter(ctx, ctx.store.matters.held(matter), "")
    return True


def _may_urge(ctx: Context, matter: Matter) -> bool:
    try:
        rules.urge(matter, ctx.now)
    except Refused:
        return False
    return True


def _tell_nth(ctx: Context, number: int) -> bool:
    """第二个呢, after a list of what he has told of, the newest first."""
    mine = [m for m in ctx.store.matters.reported_by(ctx.sender.contact.id) if not m.is_sealed]
    if not 1 <= number <= len(mine) or len(mine) < 2:
        return False
    ctx.reply(texts.progress([progress_line(ctx, mine[number - 1])], 0))
    return True


def _take_back(ctx: Context) -> bool:
    matter = living(ctx, JOINS_FOR)
    if matter is None or not ctx.is_proven:
        return False
    ask_back(ctx, matter)
    return True


def needs_nobody(ctx: Context) -> bool:
    """不用了, right after what he told: is it to be taken back? False where he has told of nothing just now."""
    is_meant = ctx.is_direct and _NO_NEED.fullmatch(ctx.said.strip(" 。！!")) is not None
    return is_meant and living(ctx, CONTINUES_FOR) is not None and _take_back(ctx)
