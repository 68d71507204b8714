"""Words by their sound: voice input and pinyin keyboards write 亭水 for 停水; both sound the same.

The table gives every letter one toneless syllable (its commonest); each syllable is one private letter, so that a
text's sound is a string as long as the text and can be scanned the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import add

from nlp.rules import BadRule, Row

_PRIVATE = 0xE000


Sounding = Mapping[str, tuple[tuple[str, str, int], ...]]
"""By the first two sounds of words: the sound of each, the word, and its packed points."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Letter → private letter of its syllable; letters without one stand for themselves."""

    table: Mapping[int, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        return text.translate(self.table)

    def heard(self, known: Sounding, text: str, cut: Iterable[str]) -> list[tuple[str, int]]:
        """Return words written with other letters of the same sound, where the tokenizer found only a single letter."""
        singles = {word for word in cut if len(word) == 1}
        if not singles:
            return []
        sound = self.of(text)
        found: dict[str, int] = {}
        met = [(at, hooks) for at, hooks in enumerate(map(known.get, map(add, sound, sound[1:]))) if hooks]
        for at, hooks in met:
            for key, word, packed in hooks:
                if word in text or not sound.startswith(key, at):
                    continue
                if not singles.isdisjoint(text[at : at + len(key)]):
                    found[word] = packed
        return list(found.items())


def compile_sounds(rows: Iterable[Row]) -> Sounds:
    """Compile the table of syllables. Raises BadRule for a letter that stands under two of them."""
    table: dict[int, str] = {}
    for number, row in enumerate(rows):
        for letter in row.cells["letters"]:
            if ord(letter) in table:
                raise BadRule(row, f"double:{letter}", row.cells["sound"])
            table[ord(letter)] = chr(_PRIVATE + number)
    return Sounds(table)
