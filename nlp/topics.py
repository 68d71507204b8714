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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import repeat

from nlp.lanes import Lanes, Packer, foremost, lane, pack
from nlp.normalise import Spelling, normalise
from nlp.patterns import BadPattern, Groups, Pattern, Scan, compile_pattern
from nlp.rules import BadRule, Fired, Row, read_unless, read_weight, refuse_doubles
from nlp.segment import TOKENIZER, Segmenter
from nlp.sounds import Sounding, Sounds
from nlp.tables import quick_to_miss
from nlp.topic_rows import Found, Weighted, Words, apart, found_of, unguarded

MATCHES = ("word", "phrase", "letter")
ALWAYS = "*"
"""The word that always fires: how common a code is before anything is said."""
CONTRACT = "#"
"""The code of the row that names the tokenizer the table was made for; its weight is the points of one e-fold."""
SCALE = 3
SHORT = 60
"""Letters and sounds are looked at in texts up to this length."""
HEARD = 0.5
SURE = 3.0

UNIT = 128
"""Points are kept in 128ths: a word said several times counts log2 of a whole number."""
_ONCE, _HEARD = UNIT, round(HEARD * UNIT)
_GAIN = tuple(round(UNIT * math.log2(1 + times)) for times in range(64))

FIRST = 5
"""So many codes are told from the others when points are added up."""
_FURTHEST = 600
"""Of more e-folds the exponential leaves the floats."""


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

    @property
    def accuses(self) -> bool:
        """Whether it is sealed because somebody in office is accused."""
        return self.sealed and self.top == "GO"


@dataclass(frozen=True, slots=True)
class TopicRules:
    """A compiled table. Rows by how they are found, `base` by code; `phrase_points` are those of the phrases, packed.
    `scale` points are one e-fold, by `grows` a share grows with each unit, and `furthest` units are too many for a float."""

    codes: tuple[str, ...]
    words: Words
    letters: Words
    scan: Scan
    patterns: tuple[Pattern, ...]
    phrases: tuple[Found, ...]
    phrase_points: tuple[int, ...]
    heard: Sounding
    sounds: Sounds
    guarded: bool
    base: int
    lanes: Lanes
    scale: float
    grows: float
    furthest: int


@dataclass(slots=True)
class Scores:
    """Points of each code by its place, in units, and the places of the FIRST that have most, most first; and what was
    met, to say why: the text and its words, the phrases (index, place), and words known by their sound."""

    points: tuple[int, ...]
    first: list[int]
    text: str
    cut: list[str]
    phrases: Collection[tuple[int, int]]
    heard: list[tuple[str, int]]
    rules: TopicRules = field(compare=False, repr=False)


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
    guarded: bool = False
    packed: Packer = field(default_factory=Packer)

    def found(self, rows: Iterable[Weighted]) -> Found:
        return found_of(rows, self.packed)

    def frozen(self, table: Mapping[str, list[Weighted]], lanes: Lanes) -> Words:
        points = {key: self.packed((row.place, row.weight) for row in rows) for key, rows in table.items()}
        more = {key: rows for key, rows in table.items() if any(row.unless or row.word != key for row in rows)}
        return Words(points, {key: self.found(rows) for key, rows in more.items()}, lanes)


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
    patterns = tuple(draft.patterns[said] for said in draft.phrases)
    phrases = tuple(map(draft.found, draft.phrases.values()))
    lanes = Lanes(len(known))
    return TopicRules(
        known,
        draft.frozen(draft.words, lanes),
        draft.frozen(draft.letters, lanes),
        Scan(patterns),
        patterns,
        phrases,
        tuple(found.packed for found in phrases),
        _by_sound(draft, sounds),
        sounds,
        draft.guarded,
        UNIT * pack(draft.base.items()),
        lanes,
        draft.scale,
        math.exp(1 / (draft.scale * UNIT)),
        int(_FURTHEST * draft.scale * UNIT),
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
    unless = read_unless(row, groups)
    draft.guarded = draft.guarded or unless is not None
    weighted = Weighted(place, word, read_weight(row), unless)
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


def _by_sound(draft: _Draft, sounds: Sounds) -> Sounding:
    """Index words and plain phrases of at least two letters by the sound of their first two."""
    heard: dict[str, list[tuple[str, str, int]]] = {}
    plain = {said: found for said, found in draft.phrases.items() if draft.patterns[said].anchors == (said,)}
    for word, rows in {**draft.words, **plain}.items():
        telling = _telling(rows, draft.scale)
        if telling and len(word) > 1 and all(ord(letter) in sounds.table for letter in word):
            sound = sounds.of(word)
            points = draft.packed((row.place, row.weight) for row in telling)
            heard.setdefault(sound[:2], []).append((sound, word, points))
    return quick_to_miss({key: tuple(each) for key, each in heard.items()})


def _telling(rows: Iterable[Weighted], scale: float) -> list[Weighted]:
    return [row for row in rows if 2 * row.weight >= scale]


def with_row(rules: TopicRules, code: str, word: str, match: str, weight: int) -> TopicRules:
    """Return the table with this one row in place of all that have this code and word, as topics_local.csv does it.

    For plain words of at least two letters; a `phrase` only where the table looks for that phrase already.
    """
    place = rules.codes.index(code)

    def changed(found: Found | None, way: str) -> tuple[Weighted, ...]:
        kept = [row for row in found.rows if (row.place, row.word) != (place, word)] if found else []
        return tuple([*kept, Weighted(place, word, weight, None)] if way == match else kept)

    phrases, rows = list(rules.phrases), changed(rules.words.get(word), "word")
    words = rules.words.but(word, rows)
    for index, pattern in enumerate(rules.patterns):
        if pattern.text == word:
            said = changed(phrases[index], "phrase")
            phrases[index] = found_of(said)
            rows = said or rows
    return replace(
        rules,
        words=words,
        phrases=tuple(phrases),
        phrase_points=tuple(found.packed for found in phrases),
        heard=_heard_with(rules, word, rows),
    )


def _heard_with(rules: TopicRules, word: str, rows: Iterable[Weighted]) -> Sounding:
    """Return the index of sounds with these rows for a word, in place of those it had."""
    if not all(ord(letter) in rules.sounds.table for letter in word):
        return rules.heard
    sound = rules.sounds.of(word)
    others = [each for each in rules.heard.get(sound[:2], ()) if each[1] != word]
    telling = _telling(rows, rules.scale)
    own = [(sound, word, found_of(telling).packed)] if telling else []
    return {**rules.heard, sound[:2]: tuple(others + own)}


def score(
    rules: TopicRules, segmenter: Segmenter, text: str, hits: Collection[tuple[int, int]] | None = None
) -> Scores:
    """Add up what fires in a normalised text. `hits` are the phrases met (index, place) if already looked for."""
    cut = segmenter.cut(text) if rules.words or rules.heard else []
    scores = Scores((), [], text, cut, list(rules.scan.find(text).items()) if hits is None else hits, [], rules)
    whole = _add_up_guarded(scores) if rules.guarded else _add_up(scores)
    _spread(scores, whole)
    if rules.heard and len(text) <= SHORT and _in_doubt(scores):
        scores.heard = rules.sounds.heard(rules.heard, text, cut)
        if scores.heard:
            _spread(scores, whole + _HEARD * sum([packed for _, packed in scores.heard]))
    return scores


def _spread(scores: Scores, whole: int) -> None:
    """Take the sum of all that fired apart into the points of each code."""
    scores.points = scores.rules.lanes.apart(whole)
    scores.first = foremost(scores.points, FIRST)


def _add_up(scores: Scores) -> int:
    """Add up without looking at any row. Most things count once: those are added up first, and turned into units
    together; what a repeated one counts beyond that is added afterwards."""
    rules, cut, text = scores.rules, scores.cut, scores.text
    phrases, words = rules.phrase_points, set(cut)
    once = sum([phrases[index] for index, _ in scores.phrases])
    once += sum(filter(None, map(rules.words.points.get, words)))
    more = _said_again(rules.words.points, cut) if len(words) < len(cut) else 0
    if len(text) <= SHORT:
        letters = set(text)
        once += sum(filter(None, map(rules.letters.points.get, letters)))
        if len(letters) < len(text):
            more += _written_again(rules.letters.points, text, letters)
    return rules.base + _ONCE * once + more


def _add_up_guarded(scores: Scores) -> int:
    """Add up row by row, where some rows do not hold near their negative contexts."""
    return sum([found.packed * times for found, times in _fires(scores)], scores.rules.base)


def _said_again(points: Mapping[str, int], said: Iterable[str]) -> int:
    """Return what those of the words or letters that are said several times count beyond once."""
    counted = Counter(said).items()
    return sum([points[each] * (_gain(times) - _ONCE) for each, times in counted if times > 1 and each in points])


def _written_again(points: Mapping[str, int], text: str, letters: AbstractSet[str]) -> int:
    """The same for a short text with these letters: each is counted, until all that stand there again are found (half
    the time of a Counter)."""
    more, left = 0, len(text) - len(letters)
    for each in letters:
        times = text.count(each)
        if times > 1:
            more += points.get(each, 0) * (_gain(times) - _ONCE)
            left -= times - 1
            if not left:
                break
    return more


def _fires(scores: Scores) -> Iterator[tuple[Found, int]]:
    """Yield the rows of everything that fired, and how many times each counts, in units."""
    for found, times in _met(scores):
        yield (unguarded(found, scores.text) if found.guarded else found), times
    for word, packed in scores.heard:
        yield apart(scores.rules.lanes, word, packed), _HEARD


def _met(scores: Scores) -> Iterator[tuple[Found, int]]:
    rules, text = scores.rules, scores.text
    for word, times in Counter(scores.cut).items():
        if word in rules.words:
            yield rules.words[word], _gain(times)
    for index, _ in scores.phrases:
        yield rules.phrases[index], _ONCE
    for letter, times in Counter(text).items() if len(text) <= SHORT else ():
        if letter in rules.letters:
            yield rules.letters[letter], _gain(times)


def _gain(times: int) -> int:
    return _GAIN[min(times, len(_GAIN) - 1)]


def _in_doubt(scores: Scores) -> bool:
    """True where the best code is less than SURE ahead of the next: only then is it worth listening to sounds."""
    points, first = scores.points, scores.first
    ahead = points[first[0]] - (points[first[1]] if len(first) > 1 else 0) if first else 0
    return ahead < SURE * scores.rules.scale * UNIT


def rank(rules: TopicRules, scores: Scores, most: int = 10**6) -> list[tuple[int, float]]:
    """Return the places of codes that got points with their shares, best first: softmax at the table's scale.

    Codes without points are not named, but might be meant all the same: where little was said, they keep shares small.
    """
    points = scores.points
    named = scores.first[:most] if most <= FIRST else foremost(points, most)
    if not named:
        return []
    grows, beyond = rules.grows, points[named[0]] - rules.furthest
    if beyond > 0:
        points = tuple([max(0, each - beyond) for each in points])
    whole = sum(map(pow, repeat(grows), points))
    return [(place, grows ** points[place] / whole) for place in named]


def speaks_for(scores: Scores, place: int) -> bool:
    """Return whether any word spoke for a code; a place of -1 is no code. Whatever speaks adds points to the base."""
    return place >= 0 and scores.points[place] > lane(scores.rules.base, place)


def fired_for(scores: Scores, place: int) -> tuple[Fired, ...]:
    """Return the words that spoke for a code with the points each gave (at least 1), the heaviest first; a word found
    in several ways stands there once, with all its points."""
    if place < 0:
        return ()
    told: dict[str, int] = {}
    for found, times in _fires(scores):
        for row in found.rows:
            if row.place == place:
                told[row.word] = told.get(row.word, 0) + row.weight * times
    words = [Fired(word, max(1, round(points / UNIT))) for word, points in told.items()]
    words.sort(key=lambda each: -each.weight)
    return tuple(words)
