"""What belongs to the matter he has told of though it resembles a command or a question: how he is reached (我电话换了
139…, 来之前打个电话), and what became of it so far (小陈来了 没带灯泡). It goes to the one who handles the matter."""

from __future__ import annotations

import re

from handlers.afterwards import JOINS_FOR, add_to, living
from handlers.context import Context
from handlers.filing import NO_MATTER, clear_topic
from nlp.lazy import regex

CHARS = 40
_MAY = regex("电话|手机|[来说看拴]|门|钥匙|有人")
_KIN = r"(?:老婆|媳妇|老公|男人|老汉|老伴|儿子|女儿|娃|闺女|爸|妈|家里?|邻居|隔壁|[哥姐弟妹])"
_REACHED = regex(
    rf"(?:我|俺)(?:家|的)?(?:手机|电话)(?:号码?)?(?:换|改|变)(?:了|成)?(?:[^\d]{{0,8}}1\d{{10}})?"
    rf"|(?:我|俺)(?:的|家的?)?(?:{_KIN}的?)?(?:手机|电话)(?:号码?)?(?:是|就是)?[\s:：]*1\d{{10}}"
    rf"|(?:有事|没人|找不到我|找不着我|我不在|打不通)?[\s,，]*(?:就|请|可以)?(?:打|找|联系)(?:给)?(?:我|俺)(?:们)?(?:{_KIN}的?)?(?:这个)?(?:手机|电话)?(?:号码?)?(?:是)?[\s:：]*1\d{{10}}"
    r"|(?:你们?|您|师傅)?(?:来|过来|上门|到)(?:修|看|弄)?(?:之前|以前|前|的时候)[\s,，]*(?:先|提前|麻烦|请|记得|给我|跟我)*(?:打|来|说|招呼)(?:一?个|一?声|一下|声)?(?:电话|招呼)?(?:给我)?(?:吧|啊|哈)?"
)
# How one gets in: 狗拴着呢 直接进, 钥匙在邻居家.
_WAY_IN = regex(
    r"(?:我家|我们家|家里|院里|院子里)?的?(?:有)?狗(?:我|都|已经)?(?:拴|关|锁|绑)(?:着|好|起来|住)?(?:了|呢|的|哩)*[\s,，]*(?:(?:你们?|师傅|放心|尽管|直接|只管)*(?:进|来)(?:来|去|屋)?(?:就行|吧|就是|就好)?)?[\s,，]*(?:别怕|不咬人)?"
    r"|(?:我家)?(?:大|院|后|前)?门(?:没锁|开着|没关|给你们?留着|留着)(?:呢|的|哩)*[\s,，]*(?:你们?|师傅|自己|直接|推门)*(?:(?:进|来)(?:来|去|屋)?)?(?:就行|吧|就是|就好)?"
    r"|(?:我家)?(?:的)?钥匙(?:就)?(?:在|放在|搁在|放|压在|给了?|留给)[^\s,，]{1,10}|(?:家里|屋里|我家)(?:白天|上午|下午|晚上|一直|都|随时)*(?:都)?有人(?:在)?[\s,，]*(?:随时|直接|啥时候)?(?:都)?(?:能)?(?:来|进)?(?:就行|吧)?"
)
_WHO = r"(?:小[\u4e00-\u9fff]|老[李张刘陈赵杨]|[他她]们?|师傅|电工|水工|网格[员长]|书记|主任|修[灯水路]?的(?:人|师傅)?|你们的?人|来的人|人家)"
_BECAME = regex(
    rf"(?:昨天|今天|刚才|刚|前天|早上|上午|下午)?{_WHO}(?:刚才?|昨天|今天|早上|上午|下午|已经|倒是|是)?"
    r"(?:来了?(?:过|看过|瞧过|修过)(?:了|一[回次趟])?|来了|看了|说了?|答应了?|讲了?)[\s,，]*(?P<what>.{0,25})",
    re.DOTALL,
)
_ASKS = regex(r"[?？吗么呢啥谁几哪咋]|怎么|什么|没有?$|了没|是不是|有没有|不$")


def take(ctx: Context) -> bool:
    """Take such words while an open matter of his is fresh; False for all others."""
    said = ctx.said.strip(" 。！!,，")
    if len(said) > CHARS or not ctx.is_direct or _MAY.search(said) is None:
        return False
    became = _BECAME.fullmatch(said)
    is_told = became is not None and _ASKS.search(said) is None
    is_way_in = _WAY_IN.fullmatch(said) is not None and not ctx.in_trouble
    if not is_told and not is_way_in and _REACHED.fullmatch(said) is None:
        return False
    matter = living(ctx, JOINS_FOR)
    if (
        matter is None
        or ctx.reading.sealed
        or (is_told and clear_topic(ctx.reading) not in (None, NO_MATTER, matter.code))
    ):
        return False
    add_to(ctx, matter, ctx.said)
    return True
