"""Reading what a meeting is about: named, behind the meeting's name, or among the fields of a call. Raises NotUnderstood."""

from __future__ import annotations

import re

from domain.meetings import MAX_AGENDA
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.meeting_who import area_named
from nlp.lazy import regex
from nlp.numbers import number, said_number
from nlp.slots_meeting import is_place, split_items
from nlp.when import find

_LIST = regex(r"\s*(?:[,，、;；\n]|(?:^|\s)\d{1,2}[.、．)）]|以及|还有)\s*")
_MOVES_TIME = regex(r"(?:改|推迟|推|挪|延)到|.*会.{0,2}(?:不开了|取消|推迟)")
_CALLS = regex(
    r"(?:请|叫|让|通知|要求).{1,14}(?:参加|到会|准时.{0,4}|来.{0,5})$|(?:请|通知)?(?:大家|各位).{0,4}准时.{0,6}$"
)
_NOTHING_BIG = regex(r"^(?:也|就|都)*(?:没|没有)(?:啥|什么)(?:大事|别的|事)?[\s,，]*(?:就是?|主要)*")
_NO_TOPIC_ANSWER = regex(r"(?:行|好|对|可以|中|成|嗯|是)*[\s,，]*(?:发|发吧|发出去|不发|先不发|好着呢)?")

_BEHIND = regex(r"^(?:开|一下|，|,|\s|的)*(?P<it>[\u4e00-\u9fff]{2,16})$")
_NO_TOPIC = regex(
    r"^(?:通知|大家|全村|全体|各户|在|到|请|叫|开会|参加|都来|[一二三四五六七八九十\d]+(?:社|组|网格))|[吗呢吧啊呀了]$"
)


def topic_behind(ctx: Context) -> str:
    """Read 学文件 of 开党员会学文件: what stands behind the meeting's name, where nothing else says the topic."""
    body = ctx.words.meetings.body_in(ctx.said)
    word = max((w for w in body.words if w in ctx.said), key=len) if body else ""
    match = _BEHIND.match(ctx.said.rpartition(word)[2].strip(" 。，,！!")) if word else None
    if match is None or _NO_TOPIC.search(match["it"]) or area_named(ctx.directory, ctx.village, match["it"]):
        return ""
    return match["it"]


_FIELDS = regex(r"[\s,，。;；]+")
_CALL = regex(
    r"(?:通知|喊|叫|请|让|召集|安排|准备|咱们?|我们|大家|各位|定于|定在|拟|开个|开|召开|举行|会议|会|一下|的|截止|截至|书面|征求意见)*(?:开会|会议|会|召开|举行|通知)?(?:通知)?(?:大家|各位)?(?:参加|都来|来开会)?"
)


def topic_among(ctx: Context) -> str:
    """Read 修路 of 周五晚上七点 群众会 村委会 修路 全村: the fields that are no time, no place, no people and no command."""
    found = find(ctx.said, ctx.now, ctx.words.calendar)
    begin, end = found.at if found.kind is not None else (0, 0)
    fields = [field for field in _FIELDS.split(f"{ctx.said[:begin]} {ctx.said[end:]}") if field]
    if len(fields) < 3:
        return ""
    left = [field for field in fields if not _is_known(ctx, field)]
    return "、".join(left) if left and all(2 <= len(field) <= 16 for field in left) else ""


def _is_known(ctx: Context, field: str) -> bool:
    rules, text = ctx.words.meetings, re.sub(r"^(?:在|到|去|请|叫|通知)|(?:参加|都来|来开会?|都参加)$", "", field)
    if (
        _CALL.fullmatch(field)
        or rules.form_in(field).code != "meeting"
        or is_place(text)
        or rules.body_of_people(text) is not None
    ):
        return True
    if find(text, ctx.now, ctx.words.calendar).kind is not None or number(text) is not None:
        return True
    area = area_named(ctx.directory, ctx.village, text)
    return (
        (area is not None and len(text) <= len(area.name) + 2)
        or (len(text) <= 8 and text.endswith(("会", "会议", "大会")) and rules.body_in(text) is not None)
        or text.endswith(("会", "家院子"))
    )


def without_people(ctx: Context, topic: str) -> str:
    """Take away who is called where he stands behind the topic: 修路 全村."""
    head, _, last = topic.strip().rpartition(" ")
    return head if head and is_people(ctx, last) else topic


def is_people(ctx: Context, field: str) -> bool:
    """Is a field of a sentence nothing but who is called: 全村, 请党员参加, 叫八社?"""
    plain = re.sub(r"^(?:请|叫|通知)|参加$", "", field)
    people = {word for words in ctx.words.meetings.people.values() for word in words}
    area = area_named(ctx.directory, ctx.village, plain)
    return plain in people or (area is not None and area.name == plain)


def read_topics(text: str) -> list[str]:
    """机井、水费 are two topics: each is talked over and decided by itself (一事一议)."""
    text = _NOTHING_BIG.sub("", text.strip(" 。！!"))
    words = re.sub(
        r"^(?:议题(?![\d一二三四五六七八九十])|内容|主题|商量|讨论|说说|说|议(?!题))(?:改成|改为|换成|是|为|有)?[一下]*[:：\s]*",
        "",
        text,
    )
    if _MOVES_TIME.match(words) or _NO_TOPIC_ANSWER.fullmatch(words):
        raise NotUnderstood("meeting.topic")
    named = split_items(words) or _LIST.split(words)
    parts = [re.sub(r"(?:的事情?|的事儿|的问题)$", "", part.strip(" 。，,")) for part in named]
    titles = list(dict.fromkeys(part for part in parts if part and not _CALLS.match(part)))
    if not titles or all(len(title) < 2 for title in titles) or said_number(words) is not None:
        raise NotUnderstood("meeting.topic")
    if len(titles) > MAX_AGENDA:
        raise NotUnderstood("meeting.topics")
    return [title[:60] for title in titles]
