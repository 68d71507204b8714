"""A picture's dots and nothing else: drawn anew, without where and with which phone it was taken."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from storage.mediafiles import NotKept

# A picture is for a keeper to look at on a phone.
LONGEST_SIDE = 2048
# More dots than any phone's camera makes; a small file can claim to hold billions. A JPEG of one pass is read in steps
# and already small; every other has to lie in memory whole, four bytes a dot.
MAX_DOTS, MAX_DOTS_WHOLE = 210_000_000, 36_000_000
_QUALITY = 85


def drawn_anew(content: bytes) -> bytes:
    """The picture's dots and nothing else, the right way up, no side longer than LONGEST_SIDE.

    At most 150 MB at a time, if it is called for one picture at a time.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we count the dots ourselves, and what a camera noted is thrown away
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF", "WEBP", "BMP")) as picture:
                if picture.width * picture.height > _most_dots(picture):
                    raise NotKept("too_large")
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                plain = _on_white(_upright(picture))
        drawn = io.BytesIO()
        plain.save(drawn, "JPEG", quality=_QUALITY, exif=b"")
    except NotKept:
        raise
    except Image.DecompressionBombError:
        raise NotKept("too_large") from None
    except Exception:  # a decoder may raise anything on a file made wrong
        raise NotKept("broken") from None
    return drawn.getvalue()


def _most_dots(picture: Image.Image) -> int:
    return MAX_DOTS if picture.format == "JPEG" and not picture.info.get("progressive") else MAX_DOTS_WHOLE


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as its camera was held; as it lies where what the camera noted cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """A fresh picture holding only the dots: no comment, no profile, no place travels along."""
    coloured = picture.convert("RGBA")
    plain = Image.new("RGB", coloured.size, "white")
    plain.paste(coloured, mask=coloured.getchannel("A"))
    return plain
