"""Minutes put right while they are written: 念一下记录, 删掉第2条, 第1条改成…, 反对是3票. What they ask for is no line of them."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.meetings import AgendaItem, Meeting
from handlers import minute_words
from handlers.context import Context
from handlers.minute_words import Votes
from handlers.texts import minutes as texts
from nlp.lazy import regex
from nlp.numbers import number
from storage.meetings import Speech

_N = r"第?\s*(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:条|句|个)"
_RECITES = regex(
    r"(?:再|给我|让我|我)*(?:念|读|看|看看|查|查看|列|说)(?:一下|一遍|下)?(?:会议|刚才的?|记的?|全部)?(?:记录|纪要|内容|都记了啥)(?:给我)?(?:听听|看看|听)?"
    r"|(?:给我|让我|我|再)*(?:看看?|念念?|读读?|查查?|说说?)?(?:一下|一遍)?(?:刚才|前面|现在|都|已经)*记(?:了|下|的|着)+(?:些|点|是)?(?:啥|什么|哪些|几条|多少)(?:了)?|(?:会议)?(?:记录|纪要)(?:给我|再|让我)*(?:念|读|看)(?:一下|一遍|看|念)*"
)
_DELETES = regex(
    rf"(?:把)?(?:删掉?|去掉|撤掉?|抹掉|划掉|不要)(?:记录)?(?:的)?{_N}(?:吧|了)?|(?:把|记录)*{_N.replace('<n>', '<m>')}(?:给我|给)?(?:删|去|撤|抹|划)?(?:掉|了|不要|错了删掉?)+(?:吧|了)?"
)
_REPLACES = regex(
    rf"(?:把|记录)*{_N}(?:话)?(?:给我)?(?:改成|改为|改一下|应该是|应是|换成|改)[是为\s:：,，]*(?P<it>.{{2,200}})",
    re.DOTALL,
)
_COUNT = r"(?:应该|应当|应|改成|改为|是|有|票数|\s)*(?P<n>\d{1,4}|[一二两三四五六七八九十百零]{1,5})(?:人|票|户|个)?"
_WRONG = r"(?:改一下|更正(?:一下)?|改正|不对|错了|(?:刚才?|又|都)*(?:票数?)?(?:记|数|说|写|念|报)错了?|把|重新数了?(?:一遍)?)"
_RECOUNTS = regex(
    rf"{_WRONG}[\s,，:：]*(?P<what>同意|赞成|反对|不同意|弃权)(?:的|票)*{_COUNT}[。.]*"
    rf"|(?P<other>同意|赞成|反对|不同意|弃权)(?:的|票)*(?:应该|应当|应|改成|改为|不对|错了|是|[\s,，])+{_COUNT.replace('<n>', '<m>')}[。.]*"
)
# 不是都同意 有三户反对: so many of them were against it.
_NOT_ALL = regex(
    rf"{_WRONG}?[\s,，]*(?:不是|没有|并非)(?:全|全部|全都|都|一致|大家都)*(?:同意|赞成|通过)[\s,，]*(?:还|其中|里头)?(?:有)?(?P<n>\d{{1,4}}|[一二两三四五六七八九十]{{1,3}})(?:人|票|户|个)?(?:是)?(?P<what>反对|不同意|弃权)(?:的)?"
)
_SINGLE_LAST = r"(?:上(?:面)?(?:那|这|一)?(?:条|句)|(?:刚才|刚刚|最后|上面)的?(?:那|这|一)*(?:条|句)|刚才说的)(?:话)?"
_TO = r"(?:不对|错了|记错了|写错了|改一下|改成|改为|换成|应该是|应该|[\s:：,，]|(?<=[\s,，])是(?=说)?|(?<=对)是|(?<=了)是|(?<=下)是)"
_LAST_AGAIN = regex(rf"[把]?{_SINGLE_LAST}(?:给我|给)?{_TO}+[说]?(?P<it>.{{2,200}})", re.DOTALL)
_WHOSE = r"(?P<who>[\u4e00-\u9fff·]{2,6}?)"
_HIS_AGAIN = regex(
    rf"[把]?{_WHOSE}(?:的话|(?:说的)?(?:那|这)一?(?:句|条|段)(?:话)?|的发言|说的(?:话)?)(?:给我|给)?{_TO}+[说]?(?P<it>.{{2,200}})",
    re.DOTALL,
)
_HE_SAID = regex(rf"{_WHOSE}(?:说的|说)?不是说?(?P<old>.{{1,40}}?)[\s,，]*(?:而)?是说?(?P<it>.{{1,80}})")
# Words that put something right, whatever it may be: no line of the minutes.
_CORRECTS = regex(
    rf"(?:不对|错了|改一下|改成|改为|更正|改正|{_SINGLE_LAST}(?:不对|错|改)|(?:刚才?)?(?:数|记|说|写|念|报)错了?)(?:[\s,，:：]|$|是|应该|同意|反对|赞成)"
    r"|(?:不?同意|赞成|反对|弃权)(?:的|票)*(?:应该|应当|改成|改为|不对|错了)|(?:撤掉|撤销|去掉|删掉|作废)(?:刚才|上面|上一|最后|那)"
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
    return _put_right(ctx, meeting, said)


def corrects(said: str) -> bool:
    """改成…, 数错了…, 上一句不对: a correction, also where it is not understood what it is of."""
    return _CORRECTS.match(said.strip()) is not None


def _put_right(ctx: Context, meeting: Meeting, said: str) -> bool:
    """上一句改一下 是…, 老王那句不对 是…, 张婶不是说撒盐 是说撒煤渣. False for other words, and where he said nothing yet."""
    lines = [line for line in lines_of(ctx, meeting) if line.kind == "words"]
    if last := _LAST_AGAIN.fullmatch(said):
        if not lines:
            ctx.reply(texts.nothing_to_take_back())
        return not lines or _rewrite(ctx, meeting, lines[-1], last["it"])
    for pattern in (_HIS_AGAIN, _HE_SAID):
        found = pattern.fullmatch(said)
        his = [line for line in lines if found and line.speaker == found["who"]]
        if found and his:
            old = found["old"] if pattern is _HE_SAID else ""
            line = next((one for one in reversed(his) if old in one.text), his[-1])
            return _rewrite(
                ctx, meeting, line, line.text.replace(old, found["it"]) if old and old in line.text else found["it"]
            )
    return False


def _rewrite(ctx: Context, meeting: Meeting, line: Speech, words: str) -> bool:
    place = [one.id for one in lines_of(ctx, meeting)].index(line.id) + 1
    return _replace(ctx, meeting, str(place), words.strip(" ：:，,"))


def recounted(said: str, item: AgendaItem | None) -> Votes | None:
    """改一下 反对是3票: the votes of the topic with one number put right; None for other words."""
    if item is None or item.agreed is None:
        return None
    votes = Votes(item.agreed, item.opposed or 0, item.abstained or 0)
    if some := _NOT_ALL.fullmatch(said.strip(" 。！!")):
        others = int(number(some["n"]) or 0)
        is_abstaining = some["what"] == "弃权"
        return Votes(max(votes.all - others, 0), 0 if is_abstaining else others, others if is_abstaining else 0)
    match = _RECOUNTS.fullmatch(said.strip(" 。！!"))
    if match is None:
        return None
    many = int(number(match["n"] or match["m"]) or 0)
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
