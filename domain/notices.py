"""Notices (通知) for those without a phone: the A4 page for the board and the script for the loudspeaker.

A script has at most 80 characters (copy.md §7): it is read aloud, and what is longer nobody hears to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SCRIPT_CHARS = 80


@dataclass(frozen=True, slots=True)
class Paper:
    """One printed page: a heading, lines with their labels, paragraphs, and who stands behind it."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    signed: tuple[str, ...]


def script(variants: Sequence[str]) -> str:
    """Give the fullest of the variants (fullest first) that fits; the last one cut to fit where none does."""
    for text in variants:
        if len(text) <= SCRIPT_CHARS:
            return text
    return shortened(variants[-1], SCRIPT_CHARS)


def shortened(text: str, limit: int) -> str:
    """Cut to `limit` characters, the last of them an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip(" ，、。,.") + "…"
