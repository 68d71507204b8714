"""What is a text about: words and phrases with weights add up; the best code and the runner-up, with a margin.

The same code reads the village's 77 codes and any table `rules learn` wrote for other labels. A row is found as

* `word`: a word the tokenizer cuts, said n times it counts log2(1 + n) times;
* `phrase`: a pattern (see nlp/patterns.py) anywhere in the text, counted once;
* `letter`: a single letter, in short texts only: where there are few words its letters say much, else nothing.

A word of a short text that was written with other letters of the same sound counts half.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add

from nlp.normalise import Spelling, normalise
from nlp.patterns import BadPattern, Groups, Pattern, Scan, Unless, compile_pattern
from nlp.rules import BadRule, Fired, Row, read_unless, read_weight, refuse_doubles
from nlp.segment import TOKENIZER, Segmenter
from nlp.sounds import Sounds

MATCHES = ("word", "phrase", "letter")
ALWAYS = "*"
"""The word that always fires: how common a code is before anything is said."""
CONTRACT = "#"
"""The code of the row that names the tokenizer the table was made for; its weight is the points of one e-fold."""
SCALE = 3
SHORT = 60
"""Letters and sounds are looked at in texts up to this length."""
HEARD = 0.5

_GAIN = tuple(math.log2(1 + times) for times in range(64))


@dataclass(frozen=True, slots=True)
class Topic:
    """The facts of one code: its class, a title a villager understands, who handles it, how urgent it is by itself."""

    code: str
    top: str
    title: str
    seed_class: str
    handlers: tuple[str, ...]
    urgency: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Weighted:
    """One row: `word` speaks for the code at `place` with `weight`, except near `unless`."""

    place: int
    word: str
    weight: int
    unless: Unless | None


Found = tuple[Weighted, ...]


@dataclass(frozen=True, slots=True)
class TopicRules:
    """A compiled table. Rows by how they are found; `heard` by the first two sounds of a word; `base` by code."""

    codes: tuple[str, ...]
    words: Mapping[str, Found]
    letters: Mapping[str, Found]
    scan: Scan
    phrases: tuple[Found, ...]
    heard: Mapping[str, tuple[tuple[str, str, Found], ...]]
    sounds: Sounds
    base: tuple[int, ...]
    scale: float


@dataclass(slots=True)
class Scores:
    """Points by place of the code, and every row that fired with what it gave."""

    points: dict[int, float] = field(default_factory=dict)
    fired: list[tuple[Weighted, float]] = field(default_factory=list)

    def count(self, found: Found, times: float, text: str, at: int) -> None:
        for row in found:
            if row.unless is None or not row.unless.holds(text, at):
                self.points[row.place] = self.points.get(row.place, 0.0) + row.weight * times
                self.fired.append((row, times))


@dataclass(slots=True)
class _Draft:
    """A table while it is being compiled."""

    places: Mapping[str, int]
    words: dict[str, list[Weighted]] = field(default_factory=dict)
    letters: dict[str, list[Weighted]] = field(default_factory=dict)
    phrases: dict[str, list[Weighted]] = field(default_factory=dict)
    patterns: dict[str, Pattern] = field(default_factory=dict)
    base: dict[int, int] = field(default_factory=dict)
    scale: int = SCALE


def compile_topics(
    rows: Sequence[Row],
    codes: Iterable[str] | None = None,
    groups: Groups | None = None,
    spelling: Spelling | None = None,
    sounds: Sounds | None = None,
) -> TopicRules:
    """Compile a table of weights. With `codes` given any other code is a fault; without, the table says its own labels.

    Words are read through the dialect table, so that a row may be written the way people talk. Raises BadRule.
    """
    labels = codes if codes is not None else (row.cells["code"] for row in rows if row.cells["code"] != CONTRACT)
    known = tuple(dict.fromkeys(labels))
    refuse_doubles(rows, ("code", "word", "match"))
    draft = _Draft({code: place for place, code in enumerate(known)})
    for row in rows:
        if row.cells["code"] == CONTRACT:
            _read_contract(draft, row)
        else:
            _read_row(draft, row, groups or {}, spelling)
    sounds = sounds or Sounds()
    return TopicRules(
        known,
        _frozen(draft.words),
        _frozen(draft.letters),
        Scan([draft.patterns[said] for said in draft.phrases]),
        tuple(map(tuple, draft.phrases.values())),
        _by_sound(draft, sounds),
        sounds,
        tuple(draft.base.get(place, 0) for place in range(len(known))),
        draft.scale,
    )


def _read_contract(draft: _Draft, row: Row) -> None:
    """Take the table's scale; a table of another tokenizer would lose seven points, so it is refused."""
    if row.cells["word"] != TOKENIZER:
        raise BadRule(row, f"unknown_tokenizer:{row.cells['word']}", TOKENIZER)
    draft.scale = read_weight(row)


def _read_row(draft: _Draft, row: Row, groups: Groups, spelling: Spelling | None) -> None:
    code, word, match = row.cells["code"], row.cells["word"], row.cells.get("match", "") or "phrase"
    if code not in draft.places:
        raise BadRule(row, f"unknown_code:{code}", ",".join(draft.places))
    if match not in MATCHES or (match == "letter" and len(word) > 1):
        raise BadRule(row, f"unknown_match:{match}", ",".join(MATCHES))
    place = draft.places[code]
    weighted = Weighted(place, word, read_weight(row), read_unless(row, groups))
    if word == ALWAYS:
        draft.base[place] = weighted.weight
        return
    said = normalise(spelling, word) if spelling else word
    if match == "word":
        draft.words.setdefault(said.lower(), []).append(weighted)
    elif match == "letter":
        draft.letters.setdefault(said, []).append(weighted)
    else:
        try:
            draft.patterns.setdefault(said, compile_pattern(said, groups))
        except BadPattern as wrong:
            raise BadRule(row, f"bad_pattern:{said}", str(wrong)) from wrong
        draft.phrases.setdefault(said, []).append(weighted)


def _frozen(table: Mapping[str, list[Weighted]]) -> dict[str, Found]:
    return {key: tuple(found) for key, found in table.items()}


def _by_sound(draft: _Draft, sounds: Sounds) -> dict[str, tuple[tuple[str, str, Found], ...]]:
    """Index words and plain phrases of at least two letters by the sound of their first two."""
    heard: dict[str, list[tuple[str, str, Found]]] = {}
    plain = {said: found for said, found in draft.phrases.items() if draft.patterns[said].anchors == (said,)}
    for word, found in {**draft.words, **plain}.items():
        if len(word) > 1 and all(ord(letter) in sounds.table for letter in word):
            sound = sounds.of(word)
            heard.setdefault(sound[:2], []).append((sound, word, tuple(found)))
    return {key: tuple(each) for key, each in heard.items()}


def score(rules: TopicRules, segmenter: Segmenter, text: str) -> Scores:
    """Add up what fires in a normalised text."""
    scores = Scores()
    cut = segmenter.cut(text) if rules.words or rules.heard else []
    known = [word for word in cut if word in rules.words]
    if len(set(known)) == len(known):
        for word in known:
            scores.count(rules.words[word], 1.0, text, text.find(word))
    else:
        for word, times in Counter(known).items():
            scores.count(rules.words[word], _gain(times), text, text.find(word))
    for index, at in rules.scan.find(text).items():
        scores.count(rules.phrases[index], 1.0, text, at)
    if len(text) <= SHORT:
        if rules.letters:
            _count_letters(rules, text, scores)
        if rules.heard:
            _count_heard(rules, text, cut, scores)
    return scores


def _gain(times: int) -> float:
    return _GAIN[times] if times < len(_GAIN) else math.log2(1 + times)


def _count_letters(rules: TopicRules, text: str, scores: Scores) -> None:
    for letter in dict.fromkeys(text):
        found = rules.letters.get(letter)
        if found is not None:
            scores.count(found, _gain(text.count(letter)), text, text.find(letter))


def _count_heard(rules: TopicRules, text: str, cut: list[str], scores: Scores) -> None:
    """Count words written with other letters of the same sound, where the tokenizer found only a single letter."""
    singles = {word for word in cut if len(word) == 1}
    if not singles:
        return
    sound = rules.sounds.of(text)
    told: set[str] = set()
    for at, hooks in enumerate(map(rules.heard.get, map(add, sound, sound[1:]))):
        for key, word, found in hooks or ():
            if word in told or not sound.startswith(key, at) or word in text:
                continue
            if not singles.isdisjoint(text[at : at + len(key)]):
                told.add(word)
                scores.count(found, HEARD, text, at)


def rank(rules: TopicRules, points: Mapping[int, float]) -> list[tuple[int, float]]:
    """Return places with their points, best first; a code nothing spoke for comes in if it has a base."""
    total = {place: points.get(place, 0.0) + base for place, base in enumerate(rules.base) if base or place in points}
    return sorted(total.items(), key=lambda each: (-each[1], each[0]))


def shares(ranked: Sequence[tuple[int, float]], scale: float) -> list[float]:
    """Turn points into shares that add up to one: softmax at the scale the table was calibrated to."""
    if not ranked:
        return []
    top = ranked[0][1]
    weights = [math.exp((points - top) / scale) for _, points in ranked]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def fired_for(scores: Scores, place: int) -> tuple[Fired, ...]:
    """Return the words that spoke for a code with the points each gave (at least 1), the heaviest first."""
    words = [Fired(row.word, max(1, round(row.weight * times))) for row, times in scores.fired if row.place == place]
    return tuple(sorted(words, key=lambda each: -each.weight))
