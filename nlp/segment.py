"""Cut runs of Han characters into words for search. One tokenizer, two engines with equal answers.

jieba's words and its way of choosing among them are kept; nlp/cutter.py holds them in half the memory.
Only Han runs go to it: on whole texts its two engines differ, on Han runs they agree (rulings.md, "Segmenter").
Letters and digits are cut by our own rule: a run of ASCII letters and digits is one word. A rule table learned on one
tokenizer and run with another loses seven points of F1, so the name below is part of a rule table's contract.
"""

from __future__ import annotations

import importlib
import logging
import re
import threading
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nlp.cutter import Cutter, Tree, plant
from nlp.keeping import Keeper

TOKENIZER = "jieba-0.42.1/cut_for_search/han-runs/no-hmm"

_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")

Cut = Callable[[str], list[str]]


class Segmenter:
    """Cuts text into words; loads its dictionary at the first cut, once, whatever the number of threads."""

    def __init__(self, cache_dir: Path | None = None, accelerated: bool = True) -> None:
        self._cache_dir = cache_dir
        self._accelerated = accelerated
        self._lock = threading.Lock()
        self._cut: Cut | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """A dictionary is kept by itself: whoever recalls what a segmenter belongs to (nlp/keeping.py) gives it his own."""
        return Segmenter, ()

    def load(self) -> Cut:
        """Return the engine's cut of one Han run, loading the dictionary if need be."""
        if self._cut is None:
            with self._lock:
                if self._cut is None:
                    self._cut = (self._accelerated and _rust_cut()) or _python_cut(self._cache_dir)
        return self._cut

    def is_accelerated(self) -> bool:
        """Whether the optional engine (rjieba) does the cutting."""
        return self.load().__qualname__.startswith("_rust_cut")

    def cut(self, text: str) -> list[str]:
        """Return the words of the text in order, search mode: a long word's inner words come before it."""
        cut = self._cut or self.load()
        words: list[str] = []
        for run in _RUN.findall(text):
            if run[0] > "\u4dff":
                words += cut(run)
            else:
                words.append(run.lower())
        return words


def _rust_cut() -> Cut | None:
    try:
        engine = importlib.import_module("rjieba")
    except ImportError:
        return None
    search = engine.cut_for_search

    def cut(run: str) -> list[str]:
        words: list[str] = search(run, False)
        return words

    return cut


def _python_cut(cache_dir: Path | None) -> Cut:
    return Cutter(*_dictionary(cache_dir)).cut


def _dictionary(cache_dir: Path | None) -> tuple[Tree, float]:
    """Return jieba's dictionary as a tree, as it is kept if it is: a fifth of the time, half of the memory."""
    return Keeper(cache_dir).kept("jieba-0.42.1.tree", lambda: plant(_frequencies()))


def _frequencies() -> dict[str, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    frequencies, _total = jieba.Tokenizer.gen_pfdict(jieba.Tokenizer().get_dict_file())
    return dict(frequencies)


SHARED = Segmenter()
"""The process's segmenter when the caller names none: one dictionary is enough for all."""
