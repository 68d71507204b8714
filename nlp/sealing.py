"""Whether a text must be sealed: who is in office, what is held against him, who does what to whom at home, who wants to
stay unnamed, and how it is worded, weighed together (nlp/spoken.py).

Lists of marks (rules/topics_sealed.csv) know what somebody thought of. Whoever writes next says it otherwise, but speaks of
the same things.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.rules import CueTable
from nlp.signs import SEALING_MARKS
from nlp.spoken import Told

PRAISE = "表扬"
SEALS, DENIES = 2, -40
"""From more points on a short text is sealed; with so few even a mark seals nothing (电影里那个贪官被抓了): all else speaks
against it (docs/rules.md)."""
TALK_SEALS = 12
"""The same of what sounds more like mere talk than like a matter (洱海边那家洗涤厂招人，我表姐干着，管两顿)."""
LETTER_SEALS, LETTER_DENIES = 5, -50
"""The same of a letter."""
LEAST = 7
"""A text of fewer letters (他家吃低保) says too little to be weighed."""


def is_talk_sealed(told: Told, is_marked: bool, table: CueTable, text: str, hits: Sequence[tuple[int, int]]) -> bool:
    """Whether a short text is sealed: by its wording, or by a mark or a private matter (`is_marked`) that its wording does
    not deny. Where a mark was met in a context that makes it none (打我微信, 小时候, 电视里) it was looked at closer than by any
    wording: then it is not."""
    if is_marked and told.sealed > DENIES:
        return True
    if told.sealed <= (SEALS if told.matter > 0 else TALK_SEALS) or told.kind == PRAISE or len(text) < LEAST:
        return False
    marks = [(at, place) for at, place in hits if table.cues[at].value in SEALING_MARKS]
    return len(table.kept(text, marks)) == len(marks)


def is_letter_sealed(told: Told, *, is_marked: bool) -> bool:
    """Whether a letter is sealed for accusing somebody in office: by its words, or by marks that they do not deny."""
    return told.sealed > (LETTER_DENIES if is_marked else LETTER_SEALS)
