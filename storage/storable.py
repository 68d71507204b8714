"""What no database takes: NUL (PostgreSQL) and halves of surrogate pairs (both). Channels that parse XML never let
them in; a gateway's JSON can spell them."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.messages import Incoming

_ODD = re.compile("[\x00\ud800-\udfff]")


def storable(incoming: Incoming) -> Incoming:
    """Return the message so that it can be written: odd characters of texts become U+FFFD, those of names are spelled
    out, so that two names never become one. Nearly always it is the same object."""
    actor, media, place = incoming.actor, incoming.media, incoming.place
    texts = (incoming.text, incoming.quote, place.label if place else "", *incoming.data.values())
    names = (actor.native_id, incoming.event_id, incoming.group, incoming.to, *(_parts(incoming) if media else ()))
    if not _ODD.search("".join((*texts, *names))):
        return incoming
    return replace(
        incoming,
        text=_shown(incoming.text),
        quote=_shown(incoming.quote),
        place=replace(place, label=_shown(place.label)) if place else None,
        data={key: _shown(value) for key, value in incoming.data.items()},
        actor=replace(actor, native_id=_spelled(actor.native_id)),
        event_id=_spelled(incoming.event_id),
        group=_spelled(incoming.group),
        to=_spelled(incoming.to),
        media=replace(media, media_id=_spelled(media.media_id), url=_spelled(media.url), format=_spelled(media.format))
        if media
        else None,
    )


def _parts(incoming: Incoming) -> tuple[str, ...]:
    media = incoming.media
    return (media.media_id, media.url, media.format) if media else ()


def _shown(text: str) -> str:
    return _ODD.sub("\ufffd", text)


def _spelled(name: str) -> str:
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", name)
