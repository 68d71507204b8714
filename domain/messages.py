"""What arrives and what leaves, the same for every channel.

Nothing above a channel sees XML or JSON of a platform: it sees these values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import blake2b


class Kind(StrEnum):
    """What kind of thing arrived (platform page: receiving messages, receiving events)."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    LOCATION = "location"
    LINK = "link"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SCAN = "scan"
    MENU = "menu"
    VISIT = "visit"  # he opened a link of the menu; needs no answer
    WHEREABOUTS = "whereabouts"  # the phone reported its place by itself; needs no answer
    RECEIPT = "receipt"  # what became of a notice we sent
    GRANT = "grant"  # he allowed or refused notices
    TICK = "tick"  # the clock, which is just another sender
    UNKNOWN = "unknown"


# Kinds a person made on purpose: each must be answered in a private chat, or he hears silence.
SPOKEN = frozenset(
    {
        Kind.TEXT, Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.LOCATION, Kind.LINK,
        Kind.FOLLOW, Kind.SCAN, Kind.MENU, Kind.UNKNOWN,
    }
)  # fmt: skip


class Trust(StrEnum):
    """How far the channel proved who speaks; plain mode signs the URL, not the body."""

    SIGNED_BODY = "signed_body"
    SIGNED_URL = "signed_url"
    BEARER = "bearer"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks, by his name on that platform (openid, userid), never by nickname."""

    channel: str
    account: str
    native_id: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, voice or video as the platform names it, with what it says of it."""

    media_id: str
    url: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map with the words the phone put beside it."""

    latitude: float
    longitude: float
    label: str = ""


_RUN_MOST = 32
_LONG_RUN = re.compile(rf"[^\w]{{{_RUN_MOST + 1},}}")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or event, authentic and read, before anything was done about it.

    `event_id` is unique within (channel, account): the inbox keeps one row for it however often the platform delivers.
    `group` is the platform's own name of the group chat, or "" for a direct chat.
    `data` holds what only some kinds carry: the scene or menu key (`key`), the receipt's `status` and `message_id`,
    grants per template. `received_at` is the server's time; closing times count by it, never by `platform_time`.
    """

    channel: str
    account: str
    event_id: str
    kind: Kind
    actor: Actor
    received_at: datetime
    platform_time: datetime | None = None
    to: str = ""
    group: str = ""
    addressed: bool = True
    text: str = ""
    media: Media | None = None
    place: Place | None = None
    quote: str = ""
    trust: Trust = Trust.SIGNED_BODY
    data: dict[str, str] = field(default_factory=dict)

    @property
    def is_direct(self) -> bool:
        return not self.group

    @property
    def said(self) -> str:
        """The text as all who read it see it: of a long run of marks and spaces the first ones only. It says nothing
        more, and one message of 20,000 full stops must not hold everybody up."""
        text = self.text.strip()
        return text if len(text) <= _RUN_MOST else _LONG_RUN.sub(lambda run: run[0][:_RUN_MOST], text)

    @property
    def digest(self) -> str:
        """The name this message has in every log line; nobody's openid can be read from it."""
        return _digest(self.account, self.event_id)


@lru_cache(maxsize=1024)  # asked for several times on a message's way, and not again
def _digest(account: str, event_id: str) -> str:
    return blake2b(f"{account}\0{event_id}".encode(errors="replace"), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class Incident:
    """Something authentic that we could not use; kept for the operator, never with its text."""

    channel: str
    account: str
    reason: str
    at: datetime
    digest: str = ""
