"""Check a rule table against its own examples: which fail, and which words stole them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.lexicon import Lexicon
from nlp.rules import BadRule, Fired, Row
from nlp.topics import fired_for, rank
from nlp.words import say_standard, score_matter

KINDS = ("example", "counter")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example its own rules read wrongly: what was read instead and by which words (`stolen_by`)."""

    file: str
    line: int
    kind: str
    code: str
    text: str
    read_as: str | None
    stolen_by: tuple[Fired, ...]


def failing_examples(lexicon: Lexicon, rows: Sequence[Row]) -> Iterator[Failure]:
    """Yield every example not read as its code and every counter-example that is. Raises BadRule for a wrong row."""
    for row in rows:
        code, kind, text = row.cells["code"], row.cells["kind"], row.cells["text"]
        if code not in lexicon.topics:
            raise BadRule(row, f"unknown_code:{code}", ",".join(lexicon.topics))
        if kind not in KINDS:
            raise BadRule(row, f"unknown_kind:{kind}", ",".join(KINDS))
        scores = score_matter(lexicon, say_standard(lexicon, text))
        ranked = rank(lexicon.rules, scores, 1)
        read = lexicon.rules.codes[ranked[0][0]] if ranked else None
        if (read == code) != (kind == "example"):
            yield Failure(row.file, row.line, kind, code, text, read, fired_for(scores, ranked[0][0]) if ranked else ())
