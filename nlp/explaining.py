"""Why a text was read as it was: for `youshi rules explain` and for whoever writes rules."""

from __future__ import annotations

from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.rules import Fired
from nlp.signs import MARK_TELLS, SEALING_MARKS
from nlp.spoken import SEALED
from nlp.topics import SHORT, TopicRules, fired_for, rank, score
from nlp.words import hear, score_matter


def explain(
    lexicon: Lexicon, text: str, table: TopicRules | None = None
) -> tuple[str, list[tuple[str, float, tuple[Fired, ...]]]]:
    """Return the text as the rules see it, and for each code that got points its share and the words that fired."""
    said = normalise(lexicon.spelling, text)
    scores = score(table, lexicon.segmenter, said) if table else score_matter(lexicon, said)
    rules = table or lexicon.rules
    return said, [(rules.codes[place], part, fired_for(scores, place)) for place, part in rank(rules, scores)]


def sealed_for(lexicon: Lexicon, text: str, most: int = 6) -> tuple[Fired, ...]:
    """Return what spoke for sealing a text, the heaviest first: marks (rules/topics_sealed.csv) and, where the text is
    short, letters and pairs (rules/spoken.csv)."""
    heard = hear(lexicon, text)
    met = lexicon.signs.kept(heard.matter, heard.signs)
    told = [Fired(cue.pattern.text, MARK_TELLS) for cue, _ in met if cue.value in SEALING_MARKS]
    if len(heard.matter) <= SHORT:
        told += lexicon.spoken.speaking(heard.matter, SEALED)
    return tuple(sorted(told, key=lambda each: (-each.weight, each.word))[:most])
