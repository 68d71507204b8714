"""A message as the slot readers see it, with its time read at most once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from nlp.lazy import regex
from nlp.when import TIMELESS, Found, find
from nlp.when_base import Calendar


class Said:
    """What was said: cleaned `text`, `rest` of it after the command words, and the present."""

    __slots__ = ("_found", "_now", "calendar", "is_momentary", "rest", "text")

    def __init__(self, text: str, rest: str, now: datetime, calendar: Calendar) -> None:
        self.text = text
        self.rest = rest
        self._now = now
        self.calendar = calendar
        self._found: Found | None = None
        self.is_momentary = False
        """Did the present matter to what was read so far? Else the same words say the same tomorrow."""

    @property
    def now(self) -> datetime:
        self.is_momentary = True
        return self._now

    @property
    def time(self) -> Found:
        """The time the text is about; an empty one where it names none."""
        if self._found is None:
            self._found = find(self.text, self._now, self.calendar)
            self.is_momentary = self.is_momentary or self._found is not TIMELESS
        return self._found

    @property
    def asked(self) -> tuple[str, Any] | None:
        """What must be asked of the time, where a slot read it: what is doubtful, or that it is past already."""
        found = self._found
        if found is None:
            return None
        if found.question is not None:
            return found.question.code, found.question.value
        moment = found.end or found.start
        if moment is not None and moment < self.now:
            return "past_moment", moment.date()
        return None

    def without_time(self, text: str) -> str:
        """Give the text with the words of its time (and what binds them: 截止, 投到, 之前) cut out."""
        begin, end = self.time.at
        words = self.text[begin:end]
        if self.time.kind is None or not words or words not in text:
            return text
        before, _, after = text.partition(words)
        return f"{_TIME_LEAD.sub('', before)} {_TIME_TAIL.sub('', after)}"


Reader = Callable[[Said], Any]

_TIME_LEAD = regex(
    r"(?:截止|截至|时间|日期|期限|限期|最迟|最晚|定于|定在|于|在|到|至|投|赶|限|延长|延期|公示|改|推迟|推|挪|"
    r"提前|开会|是|为|[:：,，\s])*$"
)
_TIME_TAIL = regex(r"^\s*(?:之前|以前|截止|为止|止|前|内|开始|开|结束|[,，。\s])*")
EDGES = " ,，。.:：、;；!！?？~～-—\"'“”"


def trimmed(text: str) -> str | None:
    """Give the text without punctuation around it, None where nothing is left."""
    return re.sub(r"\s+", " ", text).strip(EDGES) or None
