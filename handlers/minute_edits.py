"""Minutes put right while they are written: 念一下记录, 删掉第2条, 第1条改成…, 反对是3票. What they ask for is no line of them."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.meetings import AgendaItem, Meeting
from handlers import minute_words
from handlers.context import Context
from handlers.minute_words import Votes
from handlers.texts import minutes as texts
from nlp.numbers import number
from storage.meetings import Speech

_N = r"第?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:条|句|个)"
_RECITES = re.compile(
    r"(?:再|给我)?(?:念|读|看|看看|查|查看|列|说)(?:一下|一遍|下)?(?:会议|刚才的?|记的?|全部)?(?:记录|纪要|内容|都记了啥)(?:给我)?(?:听听|看看|听)?|(?:刚才|前面|现在|都|已经)*记(?:了|下)+(?:些)?(?:啥|什么|哪些|几条|多少)(?:了)?|记录(?:念一下|看一下|看看)"
)
_DELETES = re.compile(
    rf"(?:把)?(?:删掉?|去掉|撤掉?|抹掉|划掉|不要)(?:记录)?(?:的)?{_N}(?:吧|了)?|(?:把|记录)*{_N.replace('<n>', '<m>')}(?:给我|给)?(?:删|去|撤|抹|划)?(?:掉|了|不要|错了删掉?)+(?:吧|了)?"
)
_REPLACES = re.compile(
    rf"(?:把|记录)*{_N}(?:话)?(?:给我)?(?:改成|改为|改一下|应该是|应是|换成|改)[是为\s:：,，]*(?P<it>.{{2,200}})",
    re.DOTALL,
)
_COUNT = r"(?:应该|应当|应|改成|改为|是|有|票数|\s)*(?P<n>\d{1,4}|[一二两三四五六七八九十百零]{1,5})(?:人|票|户|个)?"
_RECOUNTS = re.compile(
    rf"(?:改一下|更正(?:一下)?|改正|不对|错了|票数?(?:记)?错了|说错了|把)[\s,，:：]*(?P<what>同意|赞成|反对|不同意|弃权)(?:的|票)*{_COUNT}[。.]*"
    rf"|(?P<other>同意|赞成|反对|不同意|弃权)(?:的|票)*(?:应该|应当|应|改成|改为)+{_COUNT.replace('<n>', '<m>')}[。.]*"
)


def lines_of(ctx: Context, meeting: Meeting) -> list[Speech]:
    """The lines as they are numbered: what was sent in before the meeting stands apart."""
    return [line for line in ctx.store.meetings.speeches(meeting.id) if line.kind != "before"]


def take(ctx: Context, meeting: Meeting, said: str) -> bool:
    """Do what it asks of the lines written so far; False for other words."""
    said = said.strip(" 。！!,，?？")
    if _RECITES.fullmatch(said):
        decisions = [decision.text for decision in ctx.store.meetings.decisions(meeting.id)]
        ctx.reply(texts.recited([(s.speaker, s.text) for s in lines_of(ctx, meeting)], decisions))
        return True
    if replaced := _REPLACES.fullmatch(said):
        return _replace(ctx, meeting, replaced["n"], replaced["it"].strip())
    if deleted := _DELETES.fullmatch(said):
        return _delete(ctx, meeting, deleted["n"] or deleted["m"])
    return False


def recounted(said: str, item: AgendaItem | None) -> Votes | None:
    """改一下 反对是3票: the votes of the topic with one number put right; None for other words."""
    match = _RECOUNTS.fullmatch(said.strip(" 。！!"))
    if match is None or item is None or item.agreed is None:
        return None
    many = int(number(match["n"] or match["m"]) or 0)
    votes = Votes(item.agreed, item.opposed or 0, item.abstained or 0)
    what = match["what"] or match["other"]
    if what in ("同意", "赞成"):
        return replace(votes, agreed=many)
    return replace(votes, abstained=many) if what == "弃权" else replace(votes, opposed=many)


def _numbered(ctx: Context, meeting: Meeting, said: str) -> Speech | None:
    place, lines = number(said), lines_of(ctx, meeting)
    if not isinstance(place, int) or not 1 <= place <= len(lines):
        ctx.reply(texts.no_such_line(len(lines)))
        return None
    return lines[place - 1]


def _delete(ctx: Context, meeting: Meeting, place: str) -> bool:
    line = _numbered(ctx, meeting, place)
    if line is not None:
        ctx.store.meetings.save_speech(replace(line, kind="void"))
        ctx.reply(texts.taken_back(line.speaker, line.text))
    return True


def _replace(ctx: Context, meeting: Meeting, place: str, words: str) -> bool:
    line = _numbered(ctx, meeting, place)
    if line is None:
        return True
    one = (minute_words.said_in(words) or [minute_words.Said(line.speaker, words, minute_words.stance_of(words))])[0]
    kept = replace(line, speaker=one.speaker or line.speaker, text=one.text, stance=one.stance)
    ctx.store.meetings.save_speech(kept)
    ctx.reply(texts.put_right(place, kept.speaker, kept.text))
    return True
