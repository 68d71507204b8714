"""From the bytes of one push to its fields: a strict fast path for the commonest forms, wechatpy for everything else.

The fast path takes only what reads the same in both ways (proven on generated messages in the tests); whatever is the
least bit unusual goes to wechatpy behind one guard, after what could hurt it was taken away or refused.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any, cast

from bot.channels.official_text import CONTROLS, ILLEGAL

Fields = dict[str, Any]

# The richest event the platform documents has about forty elements.
MAX_TAGS = 400

# Longer names and numbers are refused further down, so the fast path leaves them to the slow one.
MAX_NAME = 128
MAX_DIGITS = 20

_SPACE = r"[ \t\n]*"
_NAME = rf"[A-Za-z0-9_@.-]{{1,{MAX_NAME}}}"
_DIGITS = rf"[0-9]{{1,{MAX_DIGITS}}}"
_HEAD = (
    rf"{_SPACE}<xml>{_SPACE}<ToUserName><!\[CDATA\[({_NAME})\]\]></ToUserName>{_SPACE}"
    rf"<FromUserName><!\[CDATA\[({_NAME})\]\]></FromUserName>{_SPACE}"
    rf"<CreateTime>({_DIGITS})</CreateTime>{_SPACE}"
)
TEXT = re.compile(
    rf"{_HEAD}<MsgType><!\[CDATA\[text\]\]></MsgType>{_SPACE}<Content><!\[CDATA\[([^\]]*(?:\][^\]]+)*\]?)\]\]></Content>{_SPACE}"
    rf"<MsgId>({_DIGITS})</MsgId>{_SPACE}</xml>{_SPACE}"
)
_PLAIN = r"[\x20-\x5c\x5e-\x7e]*"
EVENT = re.compile(
    rf"{_HEAD}<MsgType><!\[CDATA\[event\]\]></MsgType>{_SPACE}"
    rf"<Event><!\[CDATA\[(subscribe|unsubscribe|SCAN|CLICK|VIEW)\]\]></Event>{_SPACE}"
    rf"(?:<EventKey><!\[CDATA\[({_PLAIN})\]\]></EventKey>{_SPACE})?"
    rf"(?:<Ticket><!\[CDATA\[({_PLAIN})\]\]></Ticket>{_SPACE})?</xml>{_SPACE}"
)


class Unreadable(Exception):
    """Authentic and of no use: the reason, without a word of what the person wrote."""


class Forbidden(Unreadable):
    """A DOCTYPE or other declaration, which the platform never sends."""


def decode(body: bytes) -> str:
    """The text of a body. Raises Unreadable for anything but UTF-8.

    Surrogates written as UTF-8 (some phones' emoji) are joined where they are pairs and dropped where they are alone.
    """
    try:
        return body.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        pass
    try:
        text = body.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore").removeprefix("\ufeff")


def fast_text(body: bytes, text: str) -> tuple[str, str, str, str, str] | None:
    """(to, from, time, content, message id) of a text message in the exact form the platform sends, else None."""
    match = TEXT.fullmatch(text)
    if match is None or len(body.translate(None, _UNUSUAL)) != len(body) or b"\xef\xbf" in body:
        return None
    to, sender, sent, content, message_id = match.groups()
    return to, sender, sent, content.strip(), message_id


def fast_event(text: str) -> Fields | None:
    """The fields of a subscribe, unsubscribe, SCAN, CLICK or VIEW in the exact form the platform sends, else None."""
    match = EVENT.fullmatch(text)
    if match is None:
        return None
    to, sender, sent, event, key, ticket = match.groups()
    fields: Fields = {"ToUserName": to, "FromUserName": sender, "CreateTime": sent, "MsgType": "event", "Event": event}
    if key is not None:
        fields["EventKey"] = key.strip() or None
    if ticket is not None:
        fields["Ticket"] = ticket.strip() or None
    return fields


_UNUSUAL = CONTROLS + b"\r"


def all_fields(text: str) -> Fields:
    """The fields of any push, read by wechatpy. Raises Unreadable, and Forbidden for declarations."""
    text = ILLEGAL.sub("", text)
    markup = _outside_cdata(text)
    if "<!" in markup:
        raise Forbidden("a declaration such as DOCTYPE")
    if markup.count("<") > MAX_TAGS or markup.count("=") > MAX_TAGS:
        raise Unreadable("too many elements or attributes")
    return _through_wechatpy(text)


def _outside_cdata(text: str) -> str:
    """What is markup: the text without its CDATA sections; an unclosed one stays and is refused as a declaration."""
    kept, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + 3
    kept.append(text[at:])
    return "".join(kept)


def warm_up() -> None:
    """Import what the first picture needs (a tenth of a second) before it comes; call off the event loop."""
    _parser()


@cache
def _parser() -> Callable[[str], Any]:
    """wechatpy's reading of a message. Its package first imports clients of every kind with 166 modules (8 MB) that
    nobody here uses: while the parser is imported a package that was not begun stands in its place."""
    spec = find_spec("wechatpy")
    if spec is None or "wechatpy" in sys.modules:
        return cast("Callable[[str], Any]", import_module("wechatpy.parser").parse_message)
    sys.modules["wechatpy"] = module_from_spec(spec)
    try:
        return cast("Callable[[str], Any]", import_module("wechatpy.parser").parse_message)
    finally:
        del sys.modules["wechatpy"]


def _through_wechatpy(text: str) -> Fields:
    """wechatpy's reading with its changes undone. Nothing it raises escapes but Unreadable."""
    try:
        message = _parser()(text)
        fields = dict(message._data)
    except Exception as wrong:  # KeyError, AttributeError, ExpatError, ValueError, RecursionError: it promises nothing
        raise Unreadable(f"not a message ({type(wrong).__name__})") from None
    # It renames these two events and cuts the scene's prefix; the event key is made from what was sent.
    if fields.get("Event") == "subscribe_scan":
        fields["Event"] = "subscribe"
        fields["EventKey"] = f"qrscene_{fields.get('EventKey') or ''}"
    elif fields.get("Event") == "subscribe_scan_product":
        fields["Event"] = "subscribe"
    return fields
