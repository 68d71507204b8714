"""From the fields of one push to one Incoming (platform pages: receiving messages, receiving events)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any, NamedTuple

from bot.channels.official_account import CHANNEL
from bot.channels.official_fields import MAX_DIGITS, MAX_NAME, Fields, Unreadable
from domain.messages import Actor, Incoming, Kind, Media, Place, Trust

_CHINA = timezone(timedelta(hours=8))

# What the platform writes in place of a sticker or anything else it does not hand over.
UNSUPPORTED = "【收到不支持的消息类型，暂无法显示】"

# `data["keys"]` of a push that came under the former token and key, so that its answer is sealed the same way.
FORMER = "former"

Parts = dict[str, Any]


class Arrival(NamedTuple):
    """What is known of a push before it is read."""

    account: str
    received_at: datetime
    trust: Trust
    former: bool


def incoming_text(arrival: Arrival, to: str, sender: str, sent: str, content: str, message_id: str) -> Incoming:
    """The commonest message of all, without a detour through a dict."""
    unsupported = content == UNSUPPORTED
    data = {"type": "unsupported"} if unsupported else {}
    if arrival.former:
        data["keys"] = FORMER
    return Incoming(
        CHANNEL,
        arrival.account,
        f"m:{sender}:{message_id}",
        Kind.UNKNOWN if unsupported else Kind.TEXT,
        Actor(CHANNEL, arrival.account, sender),
        arrival.received_at,
        platform_time(sent),
        to,
        text="" if unsupported else content,
        trust=arrival.trust,
        data=data,
    )


def incoming(arrival: Arrival, fields: Fields) -> Incoming:
    """Any message or event. Raises Unreadable where a field that decides is missing, repeated, nested or ill-typed."""
    sender, sent = _name(fields, "FromUserName"), _digits(fields, "CreateTime")
    type_ = _text(fields, "MsgType").lower()
    if not type_:
        raise Unreadable("no MsgType")
    if type_ == "event":
        kind, parts = _event(fields)
        event_id = event_key(fields, sender, sent)
    else:
        kind, parts = _message(type_, fields)
        event_id = _message_key(fields, sender, sent)
    data = {name: value for name, value in parts.pop("data", {}).items() if value}
    if arrival.former:
        data["keys"] = FORMER
    return Incoming(
        channel=CHANNEL,
        account=arrival.account,
        event_id=event_id,
        kind=kind,
        actor=Actor(CHANNEL, arrival.account, sender),
        received_at=arrival.received_at,
        platform_time=platform_time(sent),
        to=_name(fields, "ToUserName"),
        trust=arrival.trust,
        data=data,
        **parts,
    )


def platform_time(seconds: str) -> datetime | None:
    """The platform's own time; None where it is beyond what a calendar holds. Nothing is refused by it."""
    try:
        return datetime.fromtimestamp(int(seconds), _CHINA)
    except (ValueError, OverflowError, OSError):
        return None


def event_key(fields: Fields, sender: str, sent: str) -> str:
    """Events have no id: two may share sender, second, event and key, so the whole body joins in."""
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(canonical.encode()).hexdigest()[:16]
    named = _text(fields, "Event") or _text(fields, "MsgType")
    message_id = _text(fields, "MsgID") or _text(fields, "MsgId")
    return f"e:{sender}:{sent}:{named[:64]}:{_text(fields, 'EventKey')[:64]}:{message_id[:MAX_DIGITS]}:{digest}"


def _message_key(fields: Fields, sender: str, sent: str) -> str:
    """By MsgId; a message without one is still told apart by its whole body."""
    name = "MsgId" if fields.get("MsgId") is not None else "MsgID"
    if fields.get(name) is None:
        return event_key(fields, sender, sent)
    return f"m:{sender}:{_digits(fields, name)}"


# --- messages


def _message(type_: str, fields: Fields) -> tuple[Kind, Parts]:
    read = _MESSAGES.get(type_)
    if read is None:
        return Kind.UNKNOWN, {"data": {"type": type_[:64]}}
    return read(fields)


def _text_message(fields: Fields) -> tuple[Kind, Parts]:
    content = _text(fields, "Content")
    if content == UNSUPPORTED:
        return Kind.UNKNOWN, {"data": {"type": "unsupported"}}
    return Kind.TEXT, {"text": content, "data": {"menu_id": _text(fields, "bizmsgmenuid")}}


def _image(fields: Fields) -> tuple[Kind, Parts]:
    return Kind.IMAGE, {"media": Media(_text(fields, "MediaId"), url=_text(fields, "PicUrl"))}


def _voice(fields: Fields) -> tuple[Kind, Parts]:
    media = Media(_text(fields, "MediaId"), format=_text(fields, "Format"))
    return Kind.VOICE, {"media": media, "text": _text(fields, "Recognition")}


def _video(fields: Fields) -> tuple[Kind, Parts]:
    media = Media(_text(fields, "MediaId"))
    return Kind.VIDEO, {"media": media, "data": {"thumb_media_id": _text(fields, "ThumbMediaId")}}


def _location(fields: Fields) -> tuple[Kind, Parts]:
    label = _text(fields, "Label")
    return Kind.LOCATION, {"place": _place(fields, "Location_X", "Location_Y", label)}


def _link(fields: Fields) -> tuple[Kind, Parts]:
    wanted = {"title": "Title", "description": "Description", "url": "Url"}
    return Kind.LINK, {"data": {ours: _text(fields, theirs) for ours, theirs in wanted.items()}}


_MESSAGES: dict[str, Callable[[Fields], tuple[Kind, Parts]]] = {
    "text": _text_message,
    "image": _image,
    "voice": _voice,
    "video": _video,
    "shortvideo": _video,
    "location": _location,
    "link": _link,
}

# --- events


def _event(fields: Fields) -> tuple[Kind, Parts]:
    name = _text(fields, "Event")
    if not name:
        raise Unreadable("an event without Event")
    kind, read = _EVENTS.get(name.lower(), (Kind.UNKNOWN, _unknown_event))
    parts = read(fields)
    parts["data"] = {"event": name.lower()[:64], **parts.get("data", {})}
    return kind, parts


def _unknown_event(fields: Fields) -> Parts:
    """Nobody spoke: the platform tells of something we have no use for, so nothing is to be said to anyone."""
    return {"addressed": False}


def _keyed(fields: Fields) -> Parts:
    return {"data": {"key": _text(fields, "EventKey"), "ticket": _text(fields, "Ticket")}}


def _follow(fields: Fields) -> Parts:
    parts = _keyed(fields)
    parts["data"]["key"] = parts["data"]["key"].removeprefix("qrscene_")
    return parts


def _whereabouts(fields: Fields) -> Parts:
    return {"place": _place(fields, "Latitude", "Longitude", ""), "data": {"precision": _text(fields, "Precision")}}


def _scan_code(fields: Fields) -> Parts:
    info = _inner(fields, "ScanCodeInfo")
    return {
        "data": {
            "key": _text(fields, "EventKey"),
            "scan_type": _text(info, "ScanType"),
            "scan_result": _text(info, "ScanResult"),
        }
    }


def _receipt(fields: Fields) -> Parts:
    message_id = _text(fields, "MsgID") or _text(fields, "MsgId")
    counts = {name: _text(fields, name) for name in ("TotalCount", "FilterCount", "SentCount", "ErrorCount")}
    return {"data": {"message_id": message_id, "status": _text(fields, "Status"), **counts}}


def _grants(fields: Fields) -> Parts:
    """`grant:<template>` → accept or reject; the last word on a template counts."""
    entries = _entries(fields, "SubscribeMsgPopupEvent") + _entries(fields, "SubscribeMsgChangeEvent")
    return {"data": {f"grant:{_text(e, 'TemplateId')}": _text(e, "SubscribeStatusString") for e in entries}}


def _notice_receipt(fields: Fields) -> Parts:
    """One receipt each entry: the first under the plain names, further ones under `message_id.2` and so on."""
    data = {}
    for number, entry in enumerate(_entries(fields, "SubscribeMsgSentEvent"), 1):
        tail = f".{number}" if number > 1 else ""
        data[f"message_id{tail}"] = _text(entry, "MsgID") or _text(entry, "MsgId")
        data[f"status{tail}"] = _text(entry, "ErrorStatus")
        data[f"error_code{tail}"] = _text(entry, "ErrorCode")
        data[f"template_id{tail}"] = _text(entry, "TemplateId")
    return {"data": data}


# scancode_push opens on the phone by itself, and pic_* and location_select are followed by the picture or place as a
# message of its own: an answer to the event would be a second bubble, so they are visits.
_EVENTS: dict[str, tuple[Kind, Callable[[Fields], Parts]]] = {
    "subscribe": (Kind.FOLLOW, _follow),
    "unsubscribe": (Kind.UNFOLLOW, _keyed),
    "scan": (Kind.SCAN, _keyed),
    "location": (Kind.WHEREABOUTS, _whereabouts),
    "click": (Kind.MENU, _keyed),
    "view": (Kind.VISIT, _keyed),
    "view_miniprogram": (Kind.VISIT, _keyed),
    "scancode_push": (Kind.VISIT, _scan_code),
    "scancode_waitmsg": (Kind.MENU, _scan_code),
    "pic_sysphoto": (Kind.VISIT, _keyed),
    "pic_photo_or_album": (Kind.VISIT, _keyed),
    "pic_weixin": (Kind.VISIT, _keyed),
    "location_select": (Kind.VISIT, _keyed),
    "templatesendjobfinish": (Kind.RECEIPT, _receipt),
    "masssendjobfinish": (Kind.RECEIPT, _receipt),
    "subscribe_msg_popup_event": (Kind.GRANT, _grants),
    "subscribe_msg_change_event": (Kind.GRANT, _grants),
    "subscribe_msg_sent_event": (Kind.RECEIPT, _notice_receipt),
}

# --- fields


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"{name} is repeated or nested")
    return value


def _name(fields: Fields, name: str) -> str:
    value = _text(fields, name)
    if not value or len(value) > MAX_NAME or not value.isprintable():
        raise Unreadable(f"{name} is missing or odd")
    return value


def _digits(fields: Fields, name: str) -> str:
    value = _text(fields, name)
    if not (value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS):
        raise Unreadable(f"{name} is not a number")
    return value


def _place(fields: Fields, latitude: str, longitude: str, label: str) -> Place:
    try:
        north, east = float(_text(fields, latitude)), float(_text(fields, longitude))
    except ValueError:
        raise Unreadable("a place without a point") from None
    if not (math.isfinite(north) and math.isfinite(east) and abs(north) <= 90 and abs(east) <= 180):
        raise Unreadable("a point outside the earth")
    return Place(north, east, label)


def _inner(fields: Fields, name: str) -> Fields:
    value = fields.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unreadable(f"{name} holds no fields")
    return value


def _entries(fields: Fields, name: str) -> list[Fields]:
    """`List` is one element or several, and the parser gives a dict or a list accordingly."""
    value = _inner(fields, name).get("List")
    entries = value if isinstance(value, list) else [value]
    if not all(entry is None or isinstance(entry, dict) for entry in entries):
        raise Unreadable(f"{name} holds no list")
    return [entry for entry in entries if entry]
