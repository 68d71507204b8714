"""jieba's search cut (no HMM) over jieba's dictionary kept as a tree: the same words in half the memory.

jieba keeps half a million strings, every word and every beginning of one. Here words hang under their first letter, so
that 路灯 and 电灯 share the one string 灯, and each holds the logarithm jieba would compute again at every cut.
The way of choosing is jieba's: of all ways to cut a run the likeliest, a longer word before a shorter one where they tie.
Tests hold it equal to jieba itself and to rjieba.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

Tree = dict[str, dict[str, float]]
"""First letter → rest of the word → logarithm of its share (at most 0), or BEGINNING where only longer words begin so."""

BEGINNING = 1.0


def plant(frequencies: Mapping[str, int]) -> tuple[Tree, float]:
    """Make the tree of jieba's prefix dictionary and what a word not in it weighs. Words with other signs than Han
    letters are left out: runs have none."""
    whole = math.log(sum(frequencies.values()))
    tails: dict[str, str] = {}
    logs: dict[int, float] = {0: BEGINNING}
    tree: Tree = {}
    for word, frequency in frequencies.items():
        if all("\u4e00" <= letter <= "\u9fff" for letter in word):
            tail = tails.setdefault(word[1:], word[1:])
            weight = logs.get(frequency)
            if weight is None:
                weight = logs[frequency] = math.log(frequency) - whole
            tree.setdefault(word[0], {})[tail] = weight
    return tree, -whole


class Cutter:
    """Cuts one run of Han letters."""

    def __init__(self, tree: Tree, unknown: float) -> None:
        self._tree = tree
        self._unknown = unknown

    def cut(self, run: str) -> list[str]:
        """Return the words in order; the known words of two and three letters inside a longer one come before it."""
        ends = self._ends(run)
        words: list[str] = []
        at = 0
        while at < len(run):
            end = ends[at]
            if end - at > 2:
                self._inner(words, run, at, end)
            words.append(run[at:end])
            at = end
        return words

    def _ends(self, run: str) -> list[int]:
        """Return for each place where its word ends on the likeliest way from there to the end of the run."""
        get, unknown = self._tree.get, self._unknown
        length = len(run)
        likelihood = [0.0] * (length + 1)
        ends = [0] * length
        for at in range(length - 1, -1, -1):
            tails = get(run[at])
            best, chosen = 0.0, 0
            if tails is not None:
                end = at + 1
                weight = tails.get("")
                while weight is not None:
                    if weight <= 0.0:
                        value = weight + likelihood[end]
                        if not chosen or value >= best:
                            best, chosen = value, end
                    if end == length:
                        break
                    end += 1
                    weight = tails.get(run[at + 1 : end])
            if not chosen:
                best, chosen = unknown + likelihood[at + 1], at + 1
            likelihood[at], ends[at] = best, chosen
        return ends

    def _inner(self, words: list[str], run: str, start: int, end: int) -> None:
        tree = self._tree
        for size in (2, 3):
            if end - start > size:
                for at in range(start, end - size + 1):
                    tails = tree.get(run[at])
                    if tails is not None and tails.get(run[at + 1 : at + size], BEGINNING) <= 0.0:
                        words.append(run[at : at + size])
