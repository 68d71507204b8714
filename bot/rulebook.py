"""The rules in force: files of rules/ (and the township's own) compiled into the words of the house, watched, swapped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.rule_files import RULES, calendar, compiled_intents, poll_rules, shipped_intents
from handlers.context import Words
from nlp.intents import Intents
from nlp.keeping import Keeper
from nlp.lexicon import compile_lexicon
from nlp.segment import Segmenter
from storage.meeting_rules import FILE as MEETINGS
from storage.meeting_rules import read_meeting_rules
from storage.rulebook import INTENTS, Rulebook, Tables


def open_rulebook(override: Path | None, cache: Path) -> Rulebook[Words]:
    """Read and compile all rules and load the segmenter; a township's faulty file is left out and named in `faults`."""
    segmenter = Segmenter(cache)
    intents = IntentsInForce(Keeper(cache))
    # First of all: what compiling them needs for a moment is then room for the tables that are read next.
    intents.of(shipped_intents())
    book = Rulebook(RULES, override, lambda tables: _words(tables, segmenter, intents))
    segmenter.load()
    return book


class IntentsInForce:
    """The intents compiled last: they take as long as all tables together and are edited seldom."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._texts: Mapping[str, str] | None = None
        self._made: Intents | None = None

    def of(self, texts: Mapping[str, str]) -> Intents:
        """Return the intents of the files in `texts`. Raises RuleFault."""
        chosen = {name: text for name, text in texts.items() if name.startswith(INTENTS + "/")}
        if self._made is None or chosen != self._texts:
            self._made = compiled_intents(chosen, self._keeper)
            self._texts = chosen
        return self._made


def _words(tables: Tables, segmenter: Segmenter, intents: IntentsInForce) -> Words:
    meetings = read_meeting_rules(tables.texts.get(MEETINGS, ""))
    return Words(
        compile_lexicon(tables.rows, segmenter),
        intents.of(tables.texts),
        calendar(tables.rows.get("calendar", ())),
        meetings,
        poll_rules(tables.texts, meetings.profile),  # one law for both
    )
