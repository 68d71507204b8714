"""What tells of trouble and was read as about nothing: a long story without a pause, hunger, and what has got worse.

Whoever speaks at length is not asked to say it again (topics page §5.4(7): a person reads it).
"""

from __future__ import annotations

import re
from dataclasses import replace

from domain.matters import Matter, Urgency
from domain.messages import Kind
from handlers import afterwards
from handlers.context import Context
from handlers.filing import clear_topic, draft_of
from handlers.matters import file_words
from handlers.story_pieces import clearest

# So many letters tell a story; of a longer one it is enough that it asks for somebody.
STORY_CHARS, LONG_CHARS, WORSE_CHARS = 16, 30, 30
_ASKS_FOR_HELP = re.compile(
    "你们|您们?|能不能|行不行|来(?:个|几个)?人|派[^\\s]{0,2}人|管一?管|说说[他她]|帮(?:忙|我|一下|个)|给(?:我|看|想|解决)|咋办|怎么办|求"
)
_NEED = re.compile(
    "(?:[一两二三四五六七八九十几]+|好几|大半)[天顿]+.{0,3}(?:没|冇|未)(?:有)?(?:吃|喝)|揭不开锅|(?:没|冇)(?:有)?(?:米|面|粮|饭)(?:吃|下锅|了)|断(?:粮|顿)了?|(?:家里|屋里)(?:啥|什么)?都?(?:没|冇)(?:有)?吃的"
    "|吃不[上起]饭|(?:没|冇)(?:有)?钱(?:看病|买药|吃饭|买米|买煤|交电费)"
)
_OF_WORSE = frozenset("更越愈比严厉加恶变裂扩")
_WORSE = re.compile(
    "(?:更|越发|愈发|越来越|比(?:昨天|前天|早上|刚才|上午|原来|以前|先前)(?:还|更)?)(?:加)?[^\\s]{0,2}(?:厉害|严重|大|多|凶|臭|响|烂|宽|深|堵|漏|黑|糟|高|急|狠)|(?:严重|厉害|加重|恶化|变大|裂大|扩大)了"
)


def take(ctx: Context) -> bool:
    """Take such words; False for all others, which are asked about."""
    if not ctx.is_direct or ctx.reading.sealed or ctx.reading.danger:
        return False
    is_long = len(ctx.said) >= (LONG_CHARS if ctx.incoming.kind is Kind.VOICE else STORY_CHARS) and ctx.in_trouble
    is_asked = len(ctx.said) >= LONG_CHARS and _ASKS_FOR_HELP.search(ctx.said) is not None
    if not (is_long or is_asked or _NEED.search(ctx.said)):
        return False
    urgency = min(Urgency(ctx.reading.urgency or Urgency.P2), Urgency.P2)
    file_words(ctx, replace(draft_of(ctx.reading, ctx.said, clearest(ctx, ctx.said)), urgency=urgency))
    return True


def take_worse(ctx: Context) -> bool:
    """漏得更厉害了 都流到邻居家了, while a matter of his is fresh: it goes with the one that shares a letter with it."""
    if (
        len(ctx.said) > WORSE_CHARS
        or not ctx.is_direct
        or _OF_WORSE.isdisjoint(ctx.said)
        or _WORSE.search(ctx.said) is None
    ):
        return False
    code = clear_topic(ctx.reading)
    if ctx.reading.sealed or ctx.reading.danger or not (matter := _fresh(ctx)) or code not in (None, matter.code):
        return False
    afterwards.add_to(ctx, matter, ctx.said)
    return True


def _fresh(ctx: Context) -> Matter | None:
    fresh = [m for m in afterwards.all_living(ctx) if not m.is_sealed and ctx.now - m.filed_at <= afterwards.JOINS_FOR]
    return next((m for m in fresh if set(m.text) & set(_COMMON.sub("", ctx.said))), next(iter(fresh), None))


_COMMON = re.compile("[的了我家都到还是在不没有也就更大多邻居\\W]")
