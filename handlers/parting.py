"""What of a message that tells on somebody everybody may see: 路灯坏了，还有书记贪钱 has a lamp in it for those who mend lamps."""

from __future__ import annotations

import re

from handlers.complaining import must_hide, without_him
from handlers.context import Context
from handlers.filing import clear_topic
from nlp.lazy import regex
from nlp.words import Reading, classify, has_mark, hear

_ALSO = regex(r"[\s,，。;；]*(?:还有|另外|再就是|再一个)[\s,，:：]*")
# The codes of things everybody may see: surroundings, roads, water and lamps.
_OF_THE_VILLAGE = ("RC", "EN")
# What goes on with the blame: 树也砍了.
_SURE = 0.85
_NOT_DONE = regex("没有?(?:修|装|通|拉|清|弄|换|人)")
_GOES_ON = regex("[他她也]|(?:^|，)还|都是|就是|才|说")


def apart(ctx: Context, text: str, reading: Reading) -> list[str]:
    """The parts of what must be sealed in one of them, where another is a matter everybody may see.

    Whoever asks for silence asks it for all of it; and what says 他 of somebody goes on with the blame.
    """
    lexicon = ctx.words.lexicon
    if has_mark(lexicon, hear(lexicon, text), "anonymous"):
        return [text]
    parts = list(reading.parts) if len(reading.parts) > 1 else [part for part in _ALSO.split(text) if len(part) > 1]
    if len(parts) < 2:
        return _clauses_apart(ctx, text)
    read = [classify(lexicon, part) for part in parts]
    shown = [part for part, each in zip(parts, read, strict=True) if not each.sealed]
    is_apart = any(not each.sealed and clear_topic(each) for each in read) and not re.search("[他她]", " ".join(shown))
    return parts if is_apart else [text]


def _clauses_apart(ctx: Context, text: str) -> list[str]:
    """干部不管我们死活 水停了五天: the water is for those who mend it."""
    rest = without_him(ctx, text)
    if not rest or not must_hide(ctx, text) or _GOES_ON.search(rest):
        return [text]
    reading = classify(ctx.words.lexicon, rest)
    is_broken = ctx.words.intents.words["trouble"].search(rest) is not None or _NOT_DONE.search(rest) is not None
    is_thing = (clear_topic(reading) or "").startswith(_OF_THE_VILLAGE)
    return [text, rest] if is_thing and (is_broken or reading.confidence >= _SURE) else [text]


_COUNTED = regex(
    r"(?:第[一二三四五六](?:个|件|条|样)?(?:就)?(?:是)?|(?:再|还有|另|另外)?一(?:个|件|样)(?:就)?是|[一二三四五六](?:是|、)|[1-6](?:[、.．]|是))[\s,，:：]*"
)
# 我说几个事 before it says nothing.
_LEAD = 8


def counted(ctx: Context, text: str) -> list[str]:
    """一个是路灯不亮了一个是垃圾没人拉: what he counts himself, where every part is surely about something; [] else."""
    if len(_COUNTED.findall(text)) < 2:
        return []
    lead, *told = [part.strip(" ,，。;；、") for part in _COUNTED.split(text)]
    if (
        lead
        and not announces(lead)
        and (len(lead) > _LEAD or clear_topic(classify(ctx.words.lexicon, lead)) is not None)
    ):
        told = [lead, *told]
    codes = [clear_topic(classify(ctx.words.lexicon, part)) for part in told]
    return told if len(told) > 1 and all(codes) and len(set(codes)) > 1 else []


_ANNOUNCES = regex(
    r"(?:我|俺)?(?:今天|现在)?(?:要|想|给你们?|跟你们?|再)*(?:说|讲|反映|反应|报)(?:一下|下)?(?:这么)?(?:[几两三四五六]|一些|好几)[个件样](?:事|问题|情况)(?:情|儿)?[啊哈吧]?"
)


def announces(part: str) -> bool:
    """我说几个事: it says that stories follow."""
    return _ANNOUNCES.fullmatch(part.strip(" ,，。:：")) is not None
