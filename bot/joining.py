"""Letters that leave together: many to one person at once become one message, in their order.

Only where a whole text goes (customer service, a gateway): a notice has room for one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from storage.letters import Letter, Priority, Repeat

# Three messages in a row are read; more are a flood, and each costs one of the window's five.
TOGETHER_FROM = 3
_BETWEEN = "\n——\n"
_JOINED_BYTES = 2000


def bundles(
    letters: Sequence[Letter], room: int, goes_whole: Callable[[Letter], bool] = lambda letter: True
) -> list[list[Letter]]:
    """The letters one by one where there is room for that many messages, else joined as far as they fit.

    `goes_whole`: will its text go as it is? What leaves as a notice leaves alone.
    """
    joins = [] if len(letters) <= room else [may_join(letter) and goes_whole(letter) for letter in letters]
    if sum(joins) <= room:
        return [[letter] for letter in letters]
    found: list[list[Letter]] = []
    joinable = False  # may the last bundle take one more?
    for letter, may in zip(letters, joins, strict=True):
        if joinable and may and _fits(found[-1], letter):
            found[-1].append(letter)
        else:
            found.append([letter])
        joinable = may
    return found


def may_join(letter: Letter) -> bool:
    is_plain = not letter.image and not letter.is_secret and not letter.parts
    return is_plain and letter.priority != Priority.LIFE and letter.repeat is Repeat.YES


def joined(bundle: Sequence[Letter]) -> Letter:
    if len(bundle) == 1:
        return bundle[0]
    return replace(bundle[0], text=_BETWEEN.join(letter.text for letter in bundle))


def _fits(bundle: Sequence[Letter], letter: Letter) -> bool:
    first = bundle[0]
    if (first.priority, first.not_after) != (letter.priority, letter.not_after):
        return False
    text = _BETWEEN.join([*(one.text for one in bundle), letter.text])
    return len(text.encode(errors="replace")) <= _JOINED_BYTES
