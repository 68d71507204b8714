"""What a cadre wants said to many: 通知九社明天停水, 给全村说一声 后天打疫苗, 群发通知 九社 停水. Words only, no effects."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.lazy import regex
from nlp.slots_poll import AREAS


def _to(name: str) -> str:
    return (
        rf"(?P<{name}>全村|村里|大家|大伙儿?|各户|各家|村民|群众|乡亲们?|社员|全体|{AREAS.pattern})"
        r"(?:的)?(?:人|村民|乡亲们?|群众|住户|各户|大家)?(?:们)?(?:都)?"
    )


_ASKS = r"^(?:请|麻烦|劳驾|帮忙?|帮我|你|给我|小议)*[\s,，]*"
_SAYS = r"(?:说|发|通知|告诉|喊|讲|念|提个醒|提醒|交代)(?:上)?(?:一声|一下|一遍|一个|一条|个|条|下|清楚)*(?:通知|消息|公告)?"
_SHAPES = (
    regex(rf"{_ASKS}(?:给|跟|向|对|让|叫){_to('a')}{_SAYS}[\s,，:：]*(?P<an>.*)$"),
    regex(
        rf"{_ASKS}(?:在|用|拿)?(?:群里|大喇叭|喇叭|广播)(?:里|上)*(?:给|跟|向)?(?:{_to('b')})?{_SAYS}[\s,，:：]*(?P<bn>.*)$"
    ),
    regex(
        rf"{_ASKS}(?:群发|广播|公告|发(?:个|一个|一下|条)?(?:通知|公告|消息)|通知|告诉|告知|提醒|喊)"
        rf"(?:一声|一下|个|条|下)?(?:通知|公告|消息)?[\s,，:：给到]*(?:{_to('c')})?[\s,，:：]*(?P<cn>.*)$"
    ),
    regex(rf"{_ASKS}{_to('d')}(?:群发|通知|广播)[\s,，:：]*(?P<dn>.*)$"),
    # 下大雪了 大家别出门, by one who speaks to all: the whole of it is the notice.
    regex(
        r"^(?P<e>)(?P<en>.*(?:大家|各户|各家|乡亲们?|大伙儿?|群众|住户|沿河的?)(?:都|们|的)*"
        r"(?:别|不要|注意|小心|千万|赶快|赶紧|快点?撤|记得|务必|一定要).*)$"
    ),
)
_NO_NOTE = regex(r"(?:了)?(?:没有?|吗|过|谁|一下|一声|没人)?[?？!！。]*|了.{0,4}[没吗]?[?？]?")


@dataclass(frozen=True, slots=True)
class BroadcastWords:
    """To whom ("" where that was not said) and what ("" likewise)."""

    scope: str = ""
    note: str = ""


def broadcast_said(text: str) -> BroadcastWords | None:
    """Read a command to tell many; None for words that only mention telling (没人通知大家, 通知了没)."""
    text = text.strip(" 。.!！,，")
    for name, shape in zip("abcde", _SHAPES, strict=True):
        match = shape.match(text)
        if match is None:
            continue
        note = match[f"{name}n"].strip(" ,，:：")
        if note and _NO_NOTE.fullmatch(note):
            return None
        return BroadcastWords((match[name] or "").strip("、,，和及跟 "), note)
    return None
