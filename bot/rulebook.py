"""The rules in force: files of rules/ (and the township's own) compiled into the words of the house, watched, swapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.rule_files import RULES, calendar, compiled_intents, poll_rules
from handlers.context import Words
from nlp.intents import Intents
from nlp.keeping import Keeper, digest_of
from nlp.lexicon import compile_lexicon
from nlp.segment import Segmenter
from storage.meeting_rules import FILE as MEETINGS
from storage.meeting_rules import read_meeting_rules
from storage.rulebook import INTENTS, Rulebook, Tables

_ROOMS = ("nlp", "domain", "storage", "bot/rulebook", "bot/rule_files")
"""Whose code makes words of rules: another code may make others of the same."""


def open_rulebook(override: Path | None, cache: Path) -> Rulebook[Words]:
    """Read and compile all rules, or take what was made of the same at an earlier start from `cache`; load the segmenter.
    A township's faulty file is left out and named in `faults`."""
    maker = _Maker(cache)
    book = Rulebook(RULES, override, maker.words, maker)
    maker.segmenter.load()
    return book


class _Maker:
    """Makes the words of the house from tables; keeps them whole (the `Shelf` of its rulebook), for they take seconds."""

    def __init__(self, cache: Path) -> None:
        self.segmenter = Segmenter(cache)
        self._keeper = Keeper(cache)
        self._intents: tuple[Mapping[str, str], Intents] | None = None

    def words(self, tables: Tables) -> Words:
        meetings = read_meeting_rules(tables.texts.get(MEETINGS, ""))
        return Words(
            compile_lexicon(tables.rows, self.segmenter),
            self._intents_of(tables.texts),
            calendar(tables.rows.get("calendar", ())),
            meetings,
            poll_rules(tables.texts, meetings.profile),  # one law for both
        )

    def _intents_of(self, texts: Mapping[str, str]) -> Intents:
        """Those compiled last, if they still hold: they take as long as all tables together and are edited seldom."""
        chosen = {name: text for name, text in texts.items() if name.startswith(INTENTS + "/")}
        if self._intents is None or chosen != self._intents[0]:
            self._intents = chosen, compiled_intents(chosen)
        return self._intents[1]

    def recall(self, contents: Sequence[bytes]) -> Words | None:
        parts: Any = self._keeper.recall(_file_of(contents))
        if parts is None:
            return None
        lexicon, self._intents, *others = parts
        return Words(replace(lexicon, segmenter=self.segmenter), parts[1][1], *others)

    def keep(self, contents: Sequence[bytes], made: Words) -> None:
        file = _file_of(contents)
        self._keeper.keep(file, (made.lexicon, self._intents, made.calendar, made.meetings, made.polls))
        for pattern in ("words-*.whole", "likeness-*.table"):  # the second: of earlier versions
            self._keeper.only(pattern, file)


def _file_of(contents: Sequence[bytes]) -> str:
    return f"words-{digest_of(contents, _ROOMS)}.whole"
