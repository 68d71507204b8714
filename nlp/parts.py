"""Several matters in one message: `还有`, `另外`, numbered lines. A split is offered, never made unasked."""

from __future__ import annotations

import re
from collections.abc import Callable

_BREAK = re.compile(
    r"(?:^|(?<=[\s。；;，,！!：:]))(?:[（(]?[1-9一二三四五六七八九][)）、.．]|[①-⑨]|第[一二三四五六七八九][个件]?[，,、:：]?|[一二三四五六]是)"
    r"|(?<=[\u4e00-\u9fff])(?=[2-9][.、．)）](?!\d))[2-9][.、．)）]"
    r"|(?<=[。；;，,！!？?\s])(?:还有(?:一件|个|就是|一个)?事?|另外|再一个|再就是|再有|再说|其次|同时|顺便(?:说|问|反映)?(?:一下)?|另)"
)
_MAY = re.compile("还有|另|再[一就有说]|其次|同时|顺便|[1-9一二三四五六七八九][)）、.．是]|[①-⑨]|第[一二三四五]")
_LEAST = 3
_MOST = 6


def split_matters(text: str, code_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the parts of a message that speak of different matters, in order; one part where it is one matter.

    `code_of` names the matter of a part, or None where it names none: such a part belongs to the one before.
    """
    if _MAY.search(text) is None:
        return (text,)
    cut = [part.strip(" ，,。；;、：:\n") for part in _BREAK.split(text[:2000])]
    pieces = [part for part in cut if part]
    if len(pieces) < 2:
        return (text,)
    parts: list[str] = []
    codes: list[str | None] = []
    for piece in pieces:
        code = code_of(piece) if len(piece) >= _LEAST else None
        if parts and (code is None or code == codes[-1] or codes[-1] is None):
            parts[-1] += "，" + piece
            codes[-1] = codes[-1] or code
        else:
            parts.append(piece)
            codes.append(code)
    return tuple(parts[:_MOST]) if len(parts) > 1 else (text,)
