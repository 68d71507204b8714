"""Several matters in one message: `还有`, `另外`, numbered lines. A split is offered, never made unasked."""

from __future__ import annotations

import re
from collections.abc import Callable

_COUNTS = "[社组队号个点天月年日只头条棵盏户家人口辆斤亩米里块元毛次遍件岁楼层栋万千百十小分位名]"
_BREAK = re.compile(
    r"(?:^|(?<=[\s。；;，,！!：:]))(?:[（(]?[1-9一二三四五六七八九][)）、.．]|[①-⑨]|第[一二三四五六七八九][个件]?[，,、:：]?|[一二三四五六]是|(?:另外?一?|[一二三四])[个件](?:事)?(?:就)?是)"
    rf"|(?:^|(?<=\n))[1-9](?=[\u4e00-\u9fff])(?!{_COUNTS})|(?<=[\u4e00-\u9fff])[②-⑨]"
    r"|(?<=[\u4e00-\u9fff])(?=[2-9][.、．)）](?!\d))[2-9][.、．)）]"
    r"|(?<=[。；;，,！!？?\s])(?:还有(?:一件|个|就是|一个)?事?|另外|再一个|再就是|再有|再说|其次|同时|顺便(?:说|问|反映)?(?:一下)?|另)"
)
_MAY = re.compile(
    r"个是|件(?:事)?是|^[1-9]|\n[1-9]|还有|另|再[一就有说]|其次|同时|顺便|[1-9一二三四五六七八九][)）、.．是]|[①-⑨]|第[一二三四五]"
)
# 低保停了 儿子也没工作 房子还漏雨: clauses that add something, at least two of them in a short message.
_AS_WELL = re.compile(r"[\s，,。；;、]+(?=[\u4e00-\u9fff]{1,5}?[也还](?![有是行好可要能得想算]))")
_SHORT, _ADDED = 60, 2
_LEAST = 3
_MOST = 6


def split_matters(text: str, code_of: Callable[[str], str | None]) -> tuple[str, ...]:
    """Return the parts of a message that speak of different matters, in order; one part where it is one matter.

    `code_of` names the matter of a part, or None where it names none: such a part belongs to the one before.
    """
    pieces = _cut(_BREAK, text) if _MAY.search(text) is not None else []
    may_add = len(pieces) < 2 and len(text) <= _SHORT and ("也" in text or "还" in text)
    if may_add and len(_AS_WELL.findall(text)) >= _ADDED:
        pieces = _cut(_AS_WELL, text)
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


def _cut(breaks: re.Pattern[str], text: str) -> list[str]:
    cut = [part.strip(" ，,。；;、：:\n") for part in breaks.split(text[:2000])]
    return [part for part in cut if part]
