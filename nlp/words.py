"""The room's doors: `classify` and its sisters read a text with a Lexicon (nlp/lexicon.py). No text raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from nlp.danger import EVERY_DAY, LONGEST, Danger, given_points, judge_danger, may_be_a_cry, sounds_of_danger
from nlp.danger_parts import LOUD, RUNS_ON, all_runs, clauses_of, loud_runs, may_be_loud, sentences_of, windows
from nlp.lexicon import Lexicon
from nlp.normalise import normalise, said_apart
from nlp.parts import Sure, split_matters, tells_one
from nlp.pieces import Pieces
from nlp.places import split_place, without_spot
from nlp.rules import Fired
from nlp.sealing import is_letter_sealed, is_talk_sealed
from nlp.signs import Signs, accuses, is_private, is_sealed, signs_of
from nlp.spoken import Told, is_calm, known_of, tell, tell_letter, urgency_of_letter, urgency_of_talk
from nlp.tone import Tone
from nlp.topics import SHORT, UNIT, Scores, Topic, TopicRules, fired_for, rank, score, speaks_for

_Hits = list[tuple[int, int]]

ASK_BELOW = 0.55
GUESS = 0.3
"""Below this the code is a mere guess, and nothing is sealed for its sake."""
CHOICES = 4
_NEAR_DANGER = frozenset({"SA02", "DS02", "PS01", "PS02", "RC04", "RC06", "RC09", "EN07", "EN09"})
"""Matters of every day in which somebody may be hurt: traffic, violence at home, illness, children, power, gas, houses."""
PART_LEAST, PART_LEAD = 2.0, 0.5
"""A part of a message must gain this many e-folds of points, and so many more than for all but one other code, to count as
a matter of its own: 还有别的 says a little of many."""
PART_SURE, PART_AHEAD = 0.4, 3.5
"""So sure must a clause be, and so many times likelier than the runner-up its matter, to be told from the one before
without a word that joins them. A clause of five letters leaves much to codes nobody named: its share alone says little."""
CRY_NAMED, CRY_UNNAMED = -30, -10
"""What alarms and has fewer points of a cry (rules/spoken.csv) is asked about first: 全庄子两天没水了 and 校车刹车不灵 are
urgent, but nobody is dying of it now. What was named in so many words is doubted less than what only sounded so.
Measured: docs/rules.md."""
_NO_THING = "OT"
"""The class of what is about no thing of the village: such a clause goes on with the one before."""


class Heard(NamedTuple):
    """One look at a text, for its danger and for its matter: in standard spelling, what the rules met, and where."""

    said: str
    matter: str
    place: str
    topics: _Hits
    signs: _Hits
    danger: Danger | None
    sounds: int | None


class Wording(NamedTuple):
    """What of a text is weighed by its wording, and the points beside it: by a find (None: none), and as if without one."""

    text: str
    found: int | None
    alone: int


class Reading(NamedTuple):
    """What a text is about. `code` is the best guess, also when `ask`; shares of `alternatives` follow, best first.

    `choices` are the codes to offer when asking; `parts` are the matters of one message where there are several;
    `place` is the chain of place names found in it; `told` is what a short text tells besides (None: a letter). With a
    table of other labels the village's axes are None.
    """

    code: str | None
    top: str | None
    second: str | None
    type: str | None
    confidence: float
    margin: float
    urgency: str | None
    alternatives: tuple[tuple[str, float], ...]
    ask: bool
    choices: tuple[str, ...]
    sealed: bool | None
    parts: tuple[str, ...]
    petition: bool
    danger: Danger | None
    place: str
    scores: Scores
    at: int
    told: Told | None

    @property
    def is_founded(self) -> bool:
        """Whether any word of the rules spoke for the code."""
        return speaks_for(self.scores, self.at)

    @property
    def why(self) -> tuple[Fired, ...]:
        """The words that spoke for the code, the heaviest first."""
        return fired_for(self.scores, self.at)


def _sections(found: Mapping[int, int], first: int) -> tuple[_Hits, _Hits]:
    """Tell apart what was met of two tables that were looked for together, the first with so many rows."""
    one: _Hits = []
    other: _Hits = []
    for index, at in found.items():
        if index < first:
            one.append((index, at))
        else:
            other.append((index - first, at))
    return one, other


def say_standard(lexicon: Lexicon, text: str) -> str:
    """Return the text as every rule sees it."""
    return normalise(lexicon.spelling, text)


def look_for_danger(lexicon: Lexicon, text: str) -> Danger | None:
    """Return who is in what danger, or None; `certain` means alarm at once, else ask one question. Never raises."""
    return hear(lexicon, text).danger


def score_matter(lexicon: Lexicon, said: str) -> Scores:
    """Score a text in standard spelling by the village's codes; names of places say nothing about the matter."""
    return score(lexicon.rules, lexicon.segmenter, split_place(said)[0])


def hear(lexicon: Lexicon, text: str) -> Heard:
    """Look once at a text for everything that must be known of it at once, then at its parts, where one may be a cry
    that the rest drowns (nlp/danger_parts.py). Never raises."""
    heard, is_named, pieces, tones = _look(lexicon, text)
    danger = heard.danger
    if (danger is not None and danger.certain) or (heard.sounds is None and not is_named):
        return heard
    said = normalise(lexicon.spelling, text.replace(" ", "，")) if " " in text else heard.said
    clauses = clauses_of(said)
    if len(clauses) > 1:
        # Only what is spelled as in the whole is sure to hold no other signs than the whole.
        most = lexicon.danger.tone.most_of(pieces.all, tones) if said == heard.said else None
        runs = _runs(lexicon.danger.tone, said, clauses, pieces, most, is_named=is_named)
        louder = _loudest(lexicon, said, heard, runs, most, is_named=is_named)
        return heard if louder is danger else heard._replace(danger=louder)
    if is_named and danger is None and heard.sounds is not None and len(heard.said) > RUNS_ON:
        found = (_look(lexicon, piece)[0].danger for piece in windows(heard.said))
        named = next((each for each in found if each is not None and each.is_named), None)
        return heard._replace(danger=replace(named, certain=False) if named else None)
    return heard


def _runs(
    tone: Tone, said: str, clauses: list[str], pieces: Pieces, most: int | None, *, is_named: bool
) -> Iterable[str]:
    """Return the clauses, alone and by two, that may be cries; `most` points have all signs (None: not known)."""
    if is_named:
        return all_runs(clauses)
    if most is not None and not may_be_loud(tone, said, clauses, pieces, most):
        return ()
    return loud_runs(tone, clauses)


def _loudest(
    lexicon: Lexicon, said: str, heard: Heard, runs: Iterable[str], most: int | None, *, is_named: bool
) -> Danger | None:
    """Return the danger of a part, where one does more than the whole. In a letter only what is named does, and asks.
    `most` points have all signs that may stand in it (None: not known)."""
    danger, is_letter, tone = heard.danger, heard.sounds is None, lexicon.danger.tone
    for part in sentences_of(lexicon.greeting, said):
        if not (is_named or (not is_letter and tone.weighs(part, LOUD, most))):
            continue
        found = _look(lexicon, part)[0].danger
        if found is None or (is_letter and not found.is_named):
            continue
        if found.certain and not is_letter and (found.is_named or found.points >= LOUD):
            return found
        danger = danger or replace(found, certain=False)
    if danger is not None or (is_letter and not is_named):
        return danger
    for part in runs:
        found = _look(lexicon, part)[0].danger
        is_meant = found is not None and (is_named if found.is_named else found.points >= LOUD)
        if found is not None and found.certain and is_meant:
            return replace(found, certain=False)
    return None


def _look(lexicon: Lexicon, text: str) -> tuple[Heard, bool, Pieces, list[int]]:
    """Look at a text as one cry; say whether a pattern named a danger in it, beside which no idiom makes it none; and
    its pieces and the signs of its wording."""
    said, pieces = said_apart(lexicon.spelling, text)
    matter, place = split_place(said)
    # A danger may hide in the name of a place, which says nothing of the matter.
    whole, rest = lexicon.joint.find(said, pieces, matter)
    rules = lexicon.danger
    dangers, tones = _sections(whole, len(rules.cues.cues))
    topics, signs = _sections(rest, len(lexicon.rules.patterns))
    sounds = sounds_of_danger(rules, said, pieces, tones)
    danger, is_named = judge_danger(rules, said, rules.cues.kept(said, dangers), sounds)
    if danger is not None and danger.may_be_of_every_day and is_of_every_day(lexicon, matter, topics):
        danger = danger.less(EVERY_DAY)
    heard = Heard(said, matter, place, topics, signs, danger, sounds)
    if danger is not None and danger.certain and _is_doubted(lexicon, heard, danger):
        heard = heard._replace(danger=replace(danger, certain=False))
    return heard, is_named, pieces, [index for index, _ in tones]


def _is_doubted(lexicon: Lexicon, heard: Heard, danger: Danger) -> bool:
    """Whether what would alarm is told as something that may cost a life sooner or later, not now. Who speaks of dying, or of
    blows at home, is never doubted."""
    if danger.sealed or (danger.is_named and danger.kind == "violence") or len(heard.said) > SHORT:
        return False
    _, order = _order(lexicon.rules, score(lexicon.rules, lexicon.segmenter, heard.matter, heard.topics))
    known = known_of(order, lexicon.accusing, heard.sounds)
    if known.family >= GUESS:
        return False
    told = tell(lexicon.spoken, heard.matter, known, signs_of(lexicon.signs.kept(heard.matter, heard.signs)))
    return told.cry < (CRY_NAMED if danger.is_named else CRY_UNNAMED)


def wording_of(lexicon: Lexicon, text: str) -> Wording | None:
    """Return what the wording of a short text is weighed beside, for fitting its weights; None for a longer one."""
    said, matter, _, topics, _, _, _ = hear(lexicon, text)
    if not 0 < len(said) <= LONGEST:
        return None
    found, alone = given_points(lexicon.danger, said, lexicon.danger.cues.find(said))
    if is_of_every_day(lexicon, matter, topics):
        alone -= EVERY_DAY
    return Wording(without_spot(said), found, alone)


def is_of_every_day(lexicon: Lexicon, matter: str, hits: _Hits) -> bool:
    """Whether a text is surely about something that can wait: 门锁叫人撬了 sounds like a cry, but is hardly one.

    What only sounds like danger does not outweigh words that say what it is.
    """
    ranked = rank(lexicon.rules, score(lexicon.rules, lexicon.segmenter, matter, hits), 1)
    if not ranked or ranked[0][1] < ASK_BELOW:
        return False
    topic = lexicon.topics.get(lexicon.rules.codes[ranked[0][0]])
    return _is_everyday(topic)


def _surely_everyday(topic: Topic | None, confidence: float) -> bool:
    """Whether a thing of every day is surely meant: whatever it sounds like besides is no cry that was missed."""
    return confidence >= ASK_BELOW and topic is not None and topic.top != _NO_THING and _is_everyday(topic)


def _is_everyday(topic: Topic | None) -> bool:
    return topic is not None and topic.urgency != "P1" and topic.code not in _NEAR_DANGER


def classify(lexicon: Lexicon, text: str, heard: Heard | None = None) -> Reading:
    """Read a text with the village's own rules: matter, runner-up, type, urgency, sealing. Never raises.

    `heard` is what `hear` made of the same text, where it was heard before.
    """
    heard = heard or hear(lexicon, text)
    said, matter, place, topic_hits, sign_hits, danger, _ = heard
    scores = score(lexicon.rules, lexicon.segmenter, matter, topic_hits)
    at, order = _order(lexicon.rules, scores)
    code, confidence, margin = _best(order)
    topic = lexicon.topics.get(code or "")
    signs = signs_of(lexicon.signs.kept(matter, sign_hits)) if sign_hits else {}
    known = known_of(order, lexicon.accusing, heard.sounds)
    is_of_few = topic is not None and topic.sealed and confidence >= GUESS and not topic.accuses
    is_talk = len(said) <= SHORT
    if is_talk:
        told = tell(lexicon.spoken, matter, known, signs)
        urgency = _urgency_of_talk(lexicon, heard, signs, topic, confidence, told)
        is_told = "anonymous" in signs or is_talk_sealed(
            told, is_of_few or is_sealed(signs, None), lexicon.signs, matter, sign_hits
        )
    else:
        told = tell_letter(lexicon.written, scores.cut, known, signs)
        urgency = urgency_of_letter(signs, told)
        is_marked = is_sealed(signs, known.office)
        is_told = is_of_few or is_private(signs) or is_letter_sealed(told, is_marked=is_marked)
    certain = danger is not None and danger.certain
    ask = not certain and (confidence < ASK_BELOW or danger is not None)
    sealed = is_told or (danger is not None and danger.sealed and (certain or danger.is_named))
    # By their places, in the order of the fields: that takes half the time of their names.
    return Reading(
        code,
        topic.top if topic else None,
        order[1][0] if len(order) > 1 else None,
        told.kind,
        confidence,
        margin,
        "P0" if certain else urgency,
        tuple(order[1:]),
        ask,
        _choices(order) if ask else (),
        sealed,
        # What may be a cry is no list of complaints unless he says so; and what goes on with the blame stays with it.
        _parts(lexicon, text, is_one=danger is not None or sealed),
        "petition" in signs or "loud" in signs,
        danger,
        place,
        scores,
        at,
        told if is_talk else None,
    )


def _parts(lexicon: Lexicon, text: str, *, is_one: bool) -> tuple[str, ...]:
    """Return the matters of a message; where `is_one`, only what is told apart in so many words."""
    if tells_one(text):
        return (text,)
    return split_matters(
        text,
        lambda part: _matter_of(lexicon, part),
        lambda part: None if is_one else _surely(lexicon, part),
    )


def _urgency_of_talk(lexicon: Lexicon, heard: Heard, signs: Signs, topic: Topic | None, sure: float, told: Told) -> str:
    """Return how urgent a short text is that is surely no cry. A missed cry must not wait for days: what sounds a little
    like one is P1, unless a thing of every day is surely meant."""
    calm = is_calm(signs, is_danger=heard.danger is not None)
    urgency = urgency_of_talk(signs, topic, told, is_calm=calm)
    is_low = urgency != "P1" and not calm and not _surely_everyday(topic, sure)
    return "P1" if is_low and may_be_a_cry(lexicon.danger, heard.said, heard.sounds) else urgency


def tells_on(lexicon: Lexicon, heard: Heard) -> bool:
    """Whether what was heard accuses somebody in office or tells of violence at home in so many words."""
    return accuses(signs_of(lexicon.signs.kept(heard.matter, heard.signs)))


def has_mark(lexicon: Lexicon, heard: Heard, mark: str) -> bool:
    """Whether what was heard tells of what that mark of rules/topics_sealed.csv stands for (violence, anonymous)."""
    return mark in signs_of(lexicon.signs.kept(heard.matter, heard.signs))


def classify_with(lexicon: Lexicon, table: TopicRules, text: str) -> Reading:
    """Read a text with a table of other labels: the village's own axes are then None. Never raises."""
    scores = score(table, lexicon.segmenter, normalise(lexicon.spelling, text))
    at, order = _order(table, scores)
    code, confidence, margin = _best(order)
    ask = confidence < ASK_BELOW
    return Reading(
        code=code,
        top=None,
        second=order[1][0] if len(order) > 1 else None,
        type=None,
        confidence=confidence,
        margin=margin,
        urgency=None,
        alternatives=tuple(order[1:]),
        ask=ask,
        choices=_choices(order) if ask else (),
        sealed=None,
        parts=(text,),
        petition=False,
        danger=None,
        place="",
        scores=scores,
        at=at,
        told=None,
    )


def _order(rules: TopicRules, scores: Scores) -> tuple[int, list[tuple[str, float]]]:
    """Return the place of the best code (-1: none), and codes with their shares, best first."""
    ranked = rank(rules, scores, 1 + CHOICES)
    return ranked[0][0] if ranked else -1, [(rules.codes[place], part) for place, part in ranked]


def _best(order: Sequence[tuple[str, float]]) -> tuple[str | None, float, float]:
    if not order:
        return None, 0.0, 0.0
    code, confidence = order[0]
    return code, confidence, confidence - (order[1][1] if len(order) > 1 else 0.0)


def _choices(order: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """At most four codes to offer: those that may well be meant."""
    return tuple(code for code, part in order[:CHOICES] if part >= 0.05)


def _matter_of(lexicon: Lexicon, part: str) -> str | None:
    scores = score_matter(lexicon, normalise(lexicon.spelling, part))
    best, _, third = [*(scores.points[place] for place in scores.first[:3]), 0, 0, 0][:3]
    fold = UNIT * lexicon.rules.scale
    is_one = best >= PART_LEAST * fold and best - third >= PART_LEAD * fold
    return lexicon.rules.codes[scores.first[0]] if is_one else None


def _surely(lexicon: Lexicon, part: str) -> Sure | None:
    """Return what a clause is about where its words leave no doubt."""
    scores = score_matter(lexicon, normalise(lexicon.spelling, part))
    at, order = _order(lexicon.rules, scores)
    code, confidence, margin = _best(order)
    topic = lexicon.topics.get(code or "")
    is_ahead = confidence >= PART_SURE and confidence >= PART_AHEAD * (confidence - margin)
    if topic is None or topic.top == _NO_THING or not is_ahead or not speaks_for(scores, at):
        return None
    return Sure(topic.top, topic.code)
