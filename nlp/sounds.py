"""Words by their sound: voice input and pinyin keyboards write 亭水 for 停水; both sound the same.

The table gives every letter one toneless syllable (its commonest); each syllable is one private letter, so that a
text's sound is a string as long as the text and can be scanned the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nlp.rules import BadRule, Row

_PRIVATE = 0xE000


@dataclass(frozen=True, slots=True)
class Sounds:
    """Letter → private letter of its syllable; letters without one stand for themselves."""

    table: Mapping[int, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        return text.translate(self.table)


def compile_sounds(rows: Iterable[Row]) -> Sounds:
    """Compile the table of syllables. Raises BadRule for a letter that stands under two of them."""
    table: dict[int, str] = {}
    for number, row in enumerate(rows):
        for letter in row.cells["letters"]:
            if ord(letter) in table:
                raise BadRule(row, f"double:{letter}", row.cells["sound"])
            table[ord(letter)] = chr(_PRIVATE + number)
    return Sounds(table)
