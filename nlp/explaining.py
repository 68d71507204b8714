"""Why a text was read as it was: for `youshi rules explain` and for whoever writes rules."""

from __future__ import annotations

from nlp.lexicon import Lexicon
from nlp.normalise import normalise
from nlp.pieces import pieces_of
from nlp.rules import Fired
from nlp.signs import MARK_TELLS, SEALING_MARKS, signs_of
from nlp.spoken import AXES
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


def told_for(lexicon: Lexicon, text: str, axis: str, most: int = 6) -> tuple[Fired, ...]:
    """Return what spoke for one of AXES (urgent, waits, sealed, 咨询 …) in a text, the heaviest first: signs, and letters and
    pairs of a short text (rules/spoken.csv) or words of a letter (rules/written.csv)."""
    heard = hear(lexicon, text)
    signs = signs_of(lexicon.signs.kept(heard.matter, heard.signs))
    is_talk = len(heard.said) <= SHORT
    pieces = pieces_of(heard.matter) if is_talk else set(lexicon.segmenter.cut(heard.matter))
    told = (lexicon.spoken if is_talk else lexicon.written).speaking(pieces, signs, AXES.index(axis))
    return tuple(told[:most])


def sealed_for(lexicon: Lexicon, text: str, most: int = 6) -> tuple[Fired, ...]:
    """Return what spoke for sealing a text, the heaviest first: the words of the marks (rules/topics_sealed.csv), then what
    its wording told."""
    heard = hear(lexicon, text)
    met = lexicon.signs.kept(heard.matter, heard.signs)
    told = [Fired(cue.pattern.text, MARK_TELLS) for cue, _ in met if cue.value in SEALING_MARKS]
    told += [each for each in told_for(lexicon, text, "sealed", most) if each.word not in SEALING_MARKS]
    return tuple(sorted(told, key=lambda each: (-each.weight, each.word))[:most])
