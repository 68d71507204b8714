"""Corrections behind the read-back of a meeting: another time, place, agenda or audience, one or several at once.

What names nothing that can be changed raises NotUnderstood; what cannot be done (发晚一点, 带板凳) says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.meetings import check_start
from domain.refusals import NotUnderstood
from handlers import meeting_topics, meeting_who, meeting_words
from handlers.context import Context
from handlers.meeting_words import iso, starts_at
from nlp.lazy import regex
from nlp.numbers import number
from nlp.slots_meeting import split_items

Slots = Mapping[str, Any]
_AROUND = " \n。！!,，?？"
_SPECIAL = regex(
    r"(?:特殊情况|情况特殊|特殊原因|情况紧急|紧急情况|情况急)(?:是|因为|由于|[:：,，。!！\s])*(?P<why>.{2,40})",
    re.DOTALL,
)
_TOPIC = regex(r"^(?:(?:议题|会议内容|主题)(?:改成|改为|换成|是|为|[:：\s])*|只(?:说|议|商量|讨论)(?=.{2}))")
_NTH_TOPIC = regex(
    r"(?:把)?(?:第(?P<n>[\d一二三四五六七八])(?:个|件|项|条)?(?:议题|事)?|议题(?P<m>[\d一二三四五六七八]))(?:给我)?(?:改成|改为|换成|改|换)(?:是|成|为|[:：\s])*(?P<it>.{2,30})"
)
_MORE_TOPIC = regex(
    r"^(?:再|还要?|另外)?(?:加|添)(?:上|一)?(?:个|一个|条|一条|项)?(?:议题|事)?[:：\s]*(?P<it>.{2,30})$"
    r"|^(?:还有|再说|再议|再商量|还要说|还要议|顺便说|顺带说)(?:一下|一|个|件)*(?P<also>[^\s,，]{2,20}?)(?:的事情?|的事儿|的问题)?$"
)
_SWAPS_TOPIC = regex(
    r"(?:议题)?不是(?P<old>.{2,20}?)[\s,，]*(?:而)?是(?P<new>.{2,20})|(?:把)?(?:去掉|删掉|不说|不要)(?P<gone>.{2,20}?)(?:[\s,，]*(?:换成|改成|说)(?P<instead>.{2,20}))?"
    r"|(?:把)?(?P<out>.{2,20}?)(?:的事)?(?:这次|先|就)?(?:去掉|删掉|删了|拿掉|不说|不议|不商量|不讨论|不要)(?:了|吧)*"
)
_VENUE = regex(r"^(?:地点|地方|会场|改在|换到|挪到)|(?:地点|地方|会场)(?:改|换|挪)")
_VENUE_HEAD = regex(r"^.*?(?=地点|地方|会场|改在|换到|挪到)")
_AT = regex(r"^(?:就|还是)?(?:在|到|去)(?P<it>[^\d\s,，在到去]{2,12}?)(?:开会?|集合|碰头)?(?:吧|就行)?$")
# 不是明天 是后天, 不在村委会 在小学: what is meant stands last.
_NOT_BUT = regex(
    r"^(?:不是|不在|不到|不去|不叫|不请)[^\s,，。;；]{1,12}?[\s,，。;；]*(?:而)?(?P<meant>(?:是|在|到|去|叫|请)[^\s,，。;；]{1,14})$"
)
_FORM = regex(r"(?:会议?)?(?:形式|方式)(?:改|换|变|用)?(?:成|为|是|到)?")
_GUESTS = regex(
    r"(?:再|也|还|还要|另外)(?:请|叫|喊|通知|邀请)(?:上|一下)?(?P<who>[^\s,，]{2,10}?)(?:的)?(?:人|同志|领导)?(?:也|都)?(?:来|参加|到会)?(?:一下|吧)?"
)
_BRINGS = regex(
    r"^(?:备注|附注|注明|另注)|(?:^|请|让|叫|大家|都|记得|要|自己?|各|别忘了?)(?:带|自带|备)(?:上|好|着|个)?\S{1,10}(?:来|开会)?$"
)
_LATER = regex(r"[明今后早晚午点会等]\S{0,6}发(?:出去|出|通知)?(?:吧)?$")
_LOOKS = regex(
    r"(?:是|要|都)*(?:发给|请|叫|通知)(?:的|了|到)*(?:都|是)*(?:谁|哪些人|哪些|几个人|多少人|多少户)(?:来)?|(?:再)?(?:念|看|说|发)(?:一遍|一下|我看看?)(?:呢|啊)?|(?:是)?(?:几点|哪天|在哪|在哪里|啥时候)(?:开|来着|的)?"
)


def amended(ctx: Context, slots: Slots, text: str) -> dict[str, Any]:
    """After the read-back: 特殊情况 防汛, 议题 修路, 地点改大队, 请党员, 改到下午4点, or several of them in one line."""
    text = text.strip(_AROUND)
    if why := special_reason(text):
        return {**slots, "reason": why}
    if _LOOKS.fullmatch(text):
        return dict(slots)
    if _TOPIC.match(text):  # 议题 修路 请八社 地点小学
        fields = text.split()
        others = [f for f in fields[1:] if _VENUE.search(f) or meeting_topics.is_people(ctx, f)]
        for other in others:
            slots = _one(ctx, slots, other)
        return {**slots, "topics": _agenda(slots["topics"], " ".join(f for f in fields if f not in others))}
    if items := split_items(text):
        return {**slots, "topics": meeting_topics.read_topics("、".join(items))}
    parts = [part for part in re.split(r"[\s,，。;；]+", text) if part]
    if len(parts) > 1 and not _NOT_BUT.match(text) and not _SWAPS_TOPIC.fullmatch(text):
        try:
            return _one_by_one(ctx, slots, parts)
        except NotUnderstood:
            pass
    return _one(ctx, slots, text)


def special_reason(text: str) -> str:
    """防汛 of 特殊情况 防汛, 县里要求 of 情况特殊 县里要求; "" where the text does not begin so."""
    special = _SPECIAL.match(_SAYS_YES.sub("", text.strip(_AROUND)))
    return special["why"].strip() if special else ""


_SAYS_YES = regex("^(?:这是|就是|确实|真|是|有|属于|因为|那就|算|回)+(?=特殊|情况|紧急)")


def _one_by_one(ctx: Context, slots: Slots, parts: Sequence[str]) -> dict[str, Any]:
    """下午四点 在小学 叫全村: each part changes what it names. Raises NotUnderstood where one of them names nothing."""
    changed = dict(slots)
    for part in parts:
        changed = _one(ctx, changed, part)
    return changed


def _one(ctx: Context, slots: Slots, text: str) -> dict[str, Any]:
    if special := _SPECIAL.search(text):
        return {**slots, "reason": special["why"].strip()}
    if topics := _agenda(slots["topics"], text):
        return {**slots, "topics": topics}
    if meant := _NOT_BUT.match(text):
        text = meant["meant"]
    if form := _FORM.match(text):
        return _another_form(ctx, slots, text[form.end() :])
    _refuse(ctx, text)
    if _VENUE.search(text):
        return {**slots, "venue": meeting_words.read_venue(_VENUE_HEAD.sub("", text))}
    before = starts_at(slots)
    moved = meeting_words.moved_start(ctx, text, before) if before else None
    if moved is not None:
        check_start(ctx.words.meetings, moved, ctx.now)
        kept = {key: value for key, value in slots.items() if key not in ("sure", "clock")}
        return {**kept, "when": {"at": iso(moved), "assumed": meeting_words.moved_remark(ctx, text)}}
    if (at := _AT.match(text)) and ctx.words.meetings.body_in(text) is None:
        return {**slots, "venue": meeting_words.read_venue(at["it"])}
    try:
        return _another_form(ctx, slots, text)
    except NotUnderstood as missed:
        raise (NotUnderstood("meeting.amend") if missed.hint == "meeting.who" else missed) from None


def _another_form(ctx: Context, slots: Slots, text: str) -> dict[str, Any]:
    """院坝会, 党员, 九社: another form or other people; what is not named stays."""
    form = ctx.words.meetings.form_in(text)
    who = meeting_who.changed_who(ctx, slots, text)
    return {**slots, "who": who} | ({"form": form.code} if form.code != "meeting" and form.needs_place else {})


def _refuse(ctx: Context, text: str) -> None:
    """Say why where it is none of what a notice holds: a guest from outside, what to bring, when to send it."""
    guest = _GUESTS.fullmatch(text)
    is_ours = guest is not None and (
        meeting_who.area_said(ctx, text) or ctx.words.meetings.body_of_people(text) or meeting_who.nowhere(ctx, text)
    )
    if guest is not None and not is_ours:
        raise NotUnderstood("meeting.guest")
    if _BRINGS.search(text):
        raise NotUnderstood("meeting.note")
    if _LATER.search(text):
        raise NotUnderstood("meeting.later")


# -- the agenda


def _agenda(topics: Sequence[str], text: str) -> list[str]:
    """The agenda after 议题 修路, 只说修渠, 再加一个水费, 第二个议题改成垃圾, 把路灯去掉; [] for other words."""
    if nth := _NTH_TOPIC.fullmatch(text):
        place = number(nth["n"] or nth["m"])
        if not isinstance(place, int) or not 1 <= place <= len(topics):
            raise NotUnderstood("meeting.topic")
        return _unique([*topics[: place - 1], *meeting_topics.read_topics(nth["it"]), *topics[place:]])
    if _TOPIC.match(text):
        return meeting_topics.read_topics(_TOPIC.sub("", text) if text.startswith("只") else text)
    if more := _MORE_TOPIC.match(text):
        return _unique([*topics, *meeting_topics.read_topics(more["it"] or more["also"])])
    return _without(topics, text)


def _without(topics: Sequence[str], text: str) -> list[str]:
    """不是修路 是修渠, 去掉修路 换成水费: a topic there is gives way; [] for other words, and where none would be left."""
    match = _SWAPS_TOPIC.fullmatch(text)
    old = _named(topics, (match["old"] or match["gone"] or match["out"]) if match else "")
    if match is None or not old:
        return []
    new = match["new"] or match["instead"]
    put = meeting_topics.read_topics(new) if new else []
    return _unique([one for topic in topics for one in (put if topic == old else [topic])])


def _named(topics: Sequence[str], words: str) -> str:
    """The topic of these words, or the only one that holds them; "" where there is none."""
    if not words or words in topics:
        return words
    found = [topic for topic in topics if words in topic or topic in words]
    return found[0] if len(found) == 1 else ""


def _unique(topics: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(topics))


def is_amendment(text: str) -> bool:
    """Is it one whatever it sounds like (议题 路灯坏了)?"""
    text = text.strip(_AROUND)
    if _SPECIAL.search(text) or _TOPIC.match(text) or _MORE_TOPIC.match(text) or _VENUE.search(text):
        return True
    return bool(_GUESTS.fullmatch(text) or _BRINGS.search(text) or _NTH_TOPIC.fullmatch(text) or _LOOKS.fullmatch(text))
