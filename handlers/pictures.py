"""Pictures for chats: a poll's result as a bar chart that reads on an old phone.

Drawn when the letter that carries it is sent, never in a turn: drawing takes tens of milliseconds. The font is a subset
of Noto Sans CJK SC (SIL Open Font License 1.1, beside it in handlers/fonts).
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from domain.polls import Poll, Result, leaders
from handlers.texts import polls as texts

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-subset.otf"
WIDTH, EDGE = 720, 36
_INK, _GREY, _BAR, _FIRST, _PAPER, _TRACK = "#1f2328", "#5c6470", "#8fb3d9", "#d9542b", "#ffffff", "#eef1f4"
_TITLE, _TEXT, _SMALL = 36, 32, 26


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def result_chart(poll: Poll, result: Result) -> bytes:
    """Draw the count as PNG: the question, a bar an option with its number, who took part of how many."""
    title = wrapped(poll.title, _TITLE, WIDTH - 2 * EDGE)
    rows = [wrapped(f"{n} {option}", _TEXT, WIDTH - 2 * EDGE) for n, option in enumerate(poll.options, start=1)]
    foot = [texts.turnout_line(poll, result), texts.CONSULTATIVE.strip("【】")]
    height = EDGE + len(title) * 48 + 20 + sum(len(row) * 42 + 68 for row in rows) + len(foot) * 36 + EDGE
    image = Image.new("RGB", (WIDTH, height), _PAPER)
    draw = ImageDraw.Draw(image)
    y = _lines(draw, title, EDGE, _TITLE, 48, _INK) + 20
    first = leaders(result)
    most = max(result.counts, default=0)
    for number, row in enumerate(rows, start=1):
        y = _lines(draw, row, y, _TEXT, 42, _INK)
        votes = result.counts[number - 1]
        _bar(draw, y + 8, votes, most, _FIRST if number in first else _BAR, f"{votes}{texts.unit(poll)}")
        y += 68
    _lines(draw, foot, y, _SMALL, 36, _GREY)
    return _as_png(image)


def _bar(draw: ImageDraw.ImageDraw, y: int, votes: int, most: int, colour: str, label: str) -> None:
    room = WIDTH - 2 * EDGE - 150
    draw.rounded_rectangle((EDGE, y, EDGE + room, y + 36), 8, fill=_TRACK)
    if votes:
        draw.rounded_rectangle((EDGE, y, EDGE + max(16, room * votes // most), y + 36), 8, fill=colour)
    draw.text((EDGE + room + 16, y + 18), label, font=_font(_SMALL), fill=_INK, anchor="lm")


def _lines(draw: ImageDraw.ImageDraw, lines: list[str], y: int, size: int, step: int, colour: str) -> int:
    for line in lines:
        draw.text((EDGE, y), line, font=_font(size), fill=colour)
        y += step
    return y


def wrapped(text: str, size: int, width: int) -> list[str]:
    """Break a text into lines that fit; Chinese breaks after any letter."""
    lines, line = [], ""
    for char in text:
        if line and _font(size).getlength(line + char) > width:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _as_png(image: Image.Image) -> bytes:
    """Few colours, so that it stays small on a slow line."""
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()
