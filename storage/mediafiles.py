"""Pictures and voices on our own disk: recognised by their content, bounded, pictures re-encoded without anything hidden.

The platform deletes what people send after three days, so it is fetched within minutes. What it calls a file is not
believed: the first bytes tell. A picture is drawn anew, which leaves out where and with which phone it was taken. All
of it is sealed on the disk: any of them may belong to a matter nobody else may see.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from storage.vault import Vault, is_sealed

FOLDER = "media"
MAX_PICTURE = 10 * 1024 * 1024
MAX_VOICE = 2 * 1024 * 1024
MAX_VIDEO = 10 * 1024 * 1024
_DRAFT = ".part"

# What a file begins with.
_SIGNS: tuple[tuple[str, int, bytes], ...] = (
    ("jpg", 0, b"\xff\xd8\xff"),
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("gif", 0, b"GIF87a"),
    ("gif", 0, b"GIF89a"),
    ("webp", 8, b"WEBP"),
    ("bmp", 0, b"BM"),
    ("amr", 0, b"#!AMR"),
    ("silk", 0, b"#!SILK"),
    ("silk", 1, b"#!SILK"),
    ("mp3", 0, b"ID3"),
    ("mp3", 0, b"\xff\xfb"),
    ("mp3", 0, b"\xff\xf3"),
    ("speex", 28, b"Speex"),
    ("ogg", 0, b"OggS"),
    ("mp4", 4, b"ftyp"),
)
PICTURES = frozenset({"jpg", "png", "gif", "webp", "bmp"})
VOICES = frozenset({"amr", "silk", "mp3", "speex", "ogg"})
KINDS = {"image": (PICTURES, MAX_PICTURE), "voice": (VOICES, MAX_VOICE), "video": (frozenset({"mp4"}), MAX_VIDEO)}


class NotKept(Exception):
    """It will not be kept; the text is a code: empty, too_large, not_image, not_voice, not_video, broken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`path` is relative to DATA_DIR; `size` is that of the content, not of the sealed file."""

    path: str
    type: str
    size: int


def sniff(content: bytes) -> str:
    """The type its first bytes show, "" for none that we know."""
    return next((type_ for type_, at, sign in _SIGNS if content[at : at + len(sign)] == sign), "")


def keep(data: Path, kind: str, content: bytes, vault: Vault) -> Kept:
    """Write it sealed under DATA_DIR/media with a name nobody can guess; raises NotKept."""
    types, limit = KINDS[kind]
    if not content:
        raise NotKept("empty")
    if len(content) > limit:
        raise NotKept("too_large")
    type_ = sniff(content)
    if type_ not in types:
        raise NotKept(f"not_{kind}")
    if kind == "image":
        # Only now: a server whose people send no picture saves the memory of all that can draw.
        from storage.redrawing import drawn_anew

        content, type_ = drawn_anew(content), "jpg"
    path = Path(FOLDER) / secrets.token_hex(2)[:2] / f"{secrets.token_hex(16)}.{type_}"
    _write(data / path, vault.seal_bytes(content))
    return Kept(str(path), type_, len(content))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: half a picture after a power cut would be believed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(_DRAFT)
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def lying_open(data: Path) -> list[Path]:
    """Return the files of DATA_DIR/media that lie there as they came, from before files were sealed."""
    return [path for path in sorted((data / FOLDER).glob("*/*.*")) if path.suffix != _DRAFT and _lies_open(path)]


def seal_old(paths: Sequence[Path], vault: Vault) -> int:
    """Seal these files and return how many were sealed.

    Each is replaced whole: a stop in between loses nothing, and whoever looks again finds those that are left. One that
    cannot be read or written is left as it is.
    """
    sealed = 0
    for path in paths:
        with contextlib.suppress(OSError):
            _write(path, vault.seal_bytes(path.read_bytes()))
            sealed += 1
    return sealed


def _lies_open(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return not is_sealed(file.read(64))
    except OSError:
        return False
