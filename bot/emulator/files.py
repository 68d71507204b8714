"""The platform's store of temporary media: three days, then gone; what it has not got is a JSON error with status 200."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.emulator.phones import Clock
from bot.scan_codes import scan_code

KEPT_FOR = timedelta(days=3)
MAX_IMAGE = 10 * 1024 * 1024
KINDS = {"image": MAX_IMAGE, "voice": 2 * 1024 * 1024, "video": 10 * 1024 * 1024, "thumb": 64 * 1024}


# A second of silence as a phone records it: the header and fifty frames that say nothing.
SILENCE = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50


def sample_picture() -> bytes:
    return scan_code("photo")


def sample_voice() -> bytes:
    return SILENCE


def sample_video() -> bytes:
    """The head of a film, which is all that anybody looks at here."""
    return b"\0\0\0\x18ftypmp42" + bytes(64)


@dataclass(frozen=True, slots=True)
class File:
    kind: str
    type: str
    content: bytes
    until: datetime


class Files:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, File] = {}
        self._ids = itertools.count(1)

    def put(self, kind: str, type_: str, content: bytes, media_id: str = "") -> str:
        """Keep it for three days under this id, or one of our own."""
        media_id = media_id or f"media-{next(self._ids)}"
        self._files[media_id] = File(kind, type_, content, self._clock() + KEPT_FOR)
        return media_id

    def get(self, media_id: str) -> File | None:
        file = self._files.get(media_id)
        return file if file is not None and self._clock() < file.until else None
