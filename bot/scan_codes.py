"""Codes to scan, as pictures."""

from __future__ import annotations

import io


def scan_code(text: str, scale: int = 8, border: int = 4) -> bytes:
    """Draw a code that holds this text as PNG, `scale` dots a module and so many modules of white around it.

    What draws is loaded at the first code: most servers draw none for days.
    """
    import segno

    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=scale, border=border)
    return picture.getvalue()
