"""What the words of a batch of messages say: each text is read once, and all of them step by step, ahead of the turns.

Reading one message walks through tables of hundreds of kilobytes; what lies between two messages throws them out of
the processor's cache again. Reading 64 messages step by step instead, each step over all of them, took 280 → 177 µs a
complaint (docs/decisions/0001).

What many say in the same few words (路灯坏了, 停水了, 进度) is read once for as long as the rules stay what they are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from domain.bodies import MeetingRules
from domain.calendar import Calendar
from nlp.intents import Intents, Understanding, recognise
from nlp.lexicon import Lexicon
from nlp.numbers import said_number
from nlp.poll_rules import PollRules
from nlp.poll_talk import without_number
from nlp.remembered import Recent
from nlp.words import Heard, Reading, classify, hear

# Texts of so many characters may come again, and so many of them are kept with all that was read in them: some 4 KB
# each. They are kept without whose they are, and never written.
SHORT, MOST = 40, 512


class _Kept:
    """What was read in the texts said last."""

    def __init__(self) -> None:
        self.heard: Recent[str, Heard] = Recent(MOST)
        self.understood: Recent[tuple[str, str], Understanding] = Recent(MOST)
        self.read: Recent[str, Reading] = Recent(MOST)


Key = TypeVar("Key", bound=Hashable)
T = TypeVar("T")


class _Known(Generic[Key, T]):
    """What was read in this batch, over what is kept of earlier ones."""

    def __init__(self, kept: Recent[Key, T]) -> None:
        self.now: dict[Key, T] = {}
        self._kept = kept

    def get(self, key: Key) -> T | None:
        found = self.now.get(key)
        if found is None and (found := self._kept.get(key)) is not None:
            self.now[key] = found
        return found

    def put(self, key: Key, value: T, *, lasts: bool) -> None:
        """Keep it for the batch and, where it `lasts`, for those after it."""
        self.now[key] = value
        if lasts:
            self._kept.put(key, value)


@dataclass(frozen=True)
class Words:
    """Everything read from rules/, compiled; swapped as a whole when a file changes."""

    lexicon: Lexicon
    intents: Intents
    calendar: Calendar
    meetings: MeetingRules
    polls: PollRules = field(default_factory=PollRules)
    kept: _Kept = field(default_factory=_Kept, compare=False, repr=False)


class Ears:
    """Hears every text once, with the words and at the moment (aware, in the village's zone) of its batch."""

    def __init__(self, words: Words, now: datetime) -> None:
        self.words = words
        self._now = now
        self._heard = _Known(words.kept.heard)
        self._understood = _Known(words.kept.understood)
        self._read = _Known(words.kept.read)

    @property
    def texts(self) -> Iterable[str]:
        """Everything that was heard so far in the batch."""
        return self._heard.now.keys()

    def heard(self, said: str) -> Heard:
        found = self._heard.get(said)
        if found is None:
            found = hear(self.words.lexicon, said)
            self._heard.put(said, found, lasts=len(said) <= SHORT)
        return found

    def understood(self, said: str, role: str) -> Understanding:
        found = self._understood.get((said, role))
        if found is None:
            meant = without_number(said) if "投票" in said else said
            found = recognise(self.words.intents, meant, role, self._now, self.words.calendar)
            self._understood.put((said, role), found, lasts=len(said) <= SHORT and not found.momentary)
        return found

    def read(self, said: str) -> Reading:
        found = self._read.get(said)
        if found is None:
            found = classify(self.words.lexicon, said, self.heard(said))
            self._read.put(said, found, lasts=len(said) <= SHORT)
        return found

    def listen_ahead(self, spoken: Iterable[tuple[str, str]]) -> None:
        """Read texts, each with its speaker's role, as far as their turns will surely or probably want to know."""
        told = [(said, role) for said, role in dict.fromkeys(spoken) if said]
        for said, _ in told:
            self.heard(said)
        # A bare number answers a question; what it means is not in its words.
        worded = [(said, role) for said, role in told if said_number(said) is None]
        for said, role in worded:
            self.understood(said, role)
        for said, role in worded:
            if not self.understood(said, role).certain:
                self.read(said)
