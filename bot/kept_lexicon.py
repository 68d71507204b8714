"""A lexicon for commands that only read what a text is about: as it was kept if it was, so that a call costs no second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.rule_files import RULES
from nlp.keeping import Keeper, digest_of
from nlp.lexicon import Lexicon, compile_lexicon
from nlp.segment import Segmenter
from storage.rulebook import RuleFault, contents_of, read_tables


def open_lexicon(rules_dir: Path | None, cache: Path | None, tell: Callable[[RuleFault], None]) -> Lexicon:
    """Return the shipped tables compiled, a township's own laid over them; `tell` gets what is wrong in its files. `cache`
    None: this user's own place among the temporary files. Raises BadRule."""
    keeper, contents = Keeper(cache), contents_of(RULES, rules_dir)
    file = f"lexicon-{digest_of(contents, ('nlp', 'storage'))}.whole" if contents else ""
    kept = keeper.recall(file) if file else None
    if isinstance(kept, Lexicon):
        return replace(kept, segmenter=Segmenter(cache))
    tables = read_tables(RULES, rules_dir)
    for fault in tables.faults:
        tell(fault)
    lexicon = compile_lexicon(tables.rows, Segmenter(cache))
    if file and not tables.faults:
        keeper.keep(file, lexicon)
        keeper.only("lexicon-*.whole", file)
    return lexicon
