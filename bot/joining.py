"""Letters that leave together: many to one person at once become one message, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storage.letters import Letter, Priority, Repeat

# Three messages in a row are read; more are a flood, and each costs one of the window's five.
TOGETHER_FROM = 3
_BETWEEN = "\n——\n"
_JOINED_BYTES = 2000


def bundles(letters: Sequence[Letter], room: int) -> list[list[Letter]]:
    """The letters one by one where there is room for that many messages, else joined as far as they fit."""
    if sum(map(may_join, letters)) <= room:
        return [[letter] for letter in letters]
    found: list[list[Letter]] = []
    for letter in letters:
        if found and may_join(letter) and _fits(found[-1], letter):
            found[-1].append(letter)
        else:
            found.append([letter])
    return found


def may_join(letter: Letter) -> bool:
    is_plain = not letter.image and not letter.is_secret and not letter.parts and not letter.fields
    return is_plain and letter.priority != Priority.LIFE and letter.repeat is Repeat.YES


def joined(bundle: Sequence[Letter]) -> Letter:
    if len(bundle) == 1:
        return bundle[0]
    return replace(bundle[0], text=_BETWEEN.join(letter.text for letter in bundle))


def _fits(bundle: Sequence[Letter], letter: Letter) -> bool:
    first = bundle[0]
    if not may_join(first) or (first.priority, first.not_after) != (letter.priority, letter.not_after):
        return False
    text = _BETWEEN.join([*(one.text for one in bundle), letter.text])
    return len(text.encode(errors="replace")) <= _JOINED_BYTES
