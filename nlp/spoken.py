"""How urgent a text is, what kind of request, whether it must be sealed, and whether it is a matter at all: whatever was
met in it says a little for each, in tenths of a logit.

A line of talk seldom names what it wants and whom it accuses (灯又不亮了, 头儿家盖了四层). So its letters and pairs of
letters, how it begins and ends, the signs and cues that stand in it, what it is about and how surely, and how much it sounds
like danger are added up, eleven sums at once (rules/spoken.csv). Of a letter its words are, for it has many letters
(rules/written.csv). Both are fitted by `python -m bench spoken_refit`; docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from nlp.lanes import Lanes, pack
from nlp.patterns import Groups
from nlp.pieces import pieces_of
from nlp.rules import MOST_WEIGHT, BadRule, Cue, Fired, Row, read_sign, refuse_doubles
from nlp.signs import MARKS, TYPES, URGENCIES, Signs
from nlp.tables import quick_to_miss
from nlp.topics import Topic

AXES = ("urgent", "waits", "sealed", "matter", "cry", *TYPES)
MATTER = AXES.index("matter")
LETTERS, WORD, BEGINS, ENDS, CODE, SIGN, SOUNDS, SURE, OFFICE, FAMILY, ALWAYS = FOUND = (
    "letters", "word", "begins", "ends", "code", "sign", "sounds", "sure", "office", "family", "always",
)  # fmt: skip
"""How the `what` of a row is found: a letter or a pair of them; a word; the first or the last letter; the best code; a
sign; ten points of the wording of danger; ten per cent of what the topics give to the best code, to those by which somebody
in office is accused, to that of violence at home; in every text."""
_MOST_LETTERS = {LETTERS: 2, BEGINS: 1, ENDS: 1}
KIND_CUE, LETTER_CUE = 4, 2
"""So much a point of a cue of a kind (rules/topics_types.csv) speaks for it; in a letter, which meets cues of most kinds,
less, and no more than MOST_CUES points do."""
MOST_CUES = 6
LEAST_SOUND, MOST_SOUND = -100, 60
"""Points of the wording of danger count within these bounds."""
STEP = 10
"""So many points or per cent are one step: whole ones count."""
ALWAYS_SAID = "*"
_FAMILY = "DS02"
STEPPED = (SOUNDS, SURE, OFFICE, FAMILY)
_ONLY = {**dict.fromkeys(STEPPED, str(STEP)), ALWAYS: ALWAYS_SAID}
CUES = frozenset((*MARKS, *TYPES, *URGENCIES))
"""What other tables look for already: a sign of that name is met where one of theirs is."""
_MAY_BE_URGENT = -15
"""From so little on a matter that is P1 by itself, and told of, is urgent."""
_TOLD_OF = ("求助", "投诉", "举报")
_MARKS = "。！？!?~，,.… "
_LANES = Lanes(len(AXES))
_MIDDLE = 1 << 31
_ALL_MIDDLE = pack((place, _MIDDLE) for place in range(len(AXES)))


class Known(NamedTuple):
    """What else is known of a text: the code it is most likely about and how surely, how likely it is that somebody in
    office is accused or that violence at home is meant (shares of the topics), and how it sounds of danger, in points."""

    code: str | None = None
    sure: float = 0.0
    office: float = 0.0
    family: float = 0.0
    sounds: int | None = None

    @property
    def steps(self) -> tuple[int, int, int, int]:
        """How many steps each of STEPPED has."""
        sounds = 0 if self.sounds is None else max(LEAST_SOUND, min(MOST_SOUND, self.sounds)) // STEP
        return sounds, int(STEP * self.sure), int(STEP * self.office), int(STEP * self.family)


def known_of(order: Iterable[tuple[str, float]], accusing: Container[str], sounds: int | None) -> Known:
    """Return what is known of a text beside its letters, from its likeliest codes with their shares, best first, and the
    points of its wording of danger. `accusing` are the codes by which somebody in office is accused."""
    code, sure, office, family = None, 0.0, 0.0, 0.0
    for each, share in order:
        if code is None:
            code, sure = each, share
        if each in accusing:
            office += share
        elif each == _FAMILY:
            family = share
    return Known(code, sure, office, family, sounds)


class Told(NamedTuple):
    """What a text tells of being urgent, of being able to wait, of what the village may not see, of being a matter
    and not mere talk, of a life in danger now and not only sooner or later, and of each kind of request (as in TYPES)."""

    urgent: int
    waits: int
    sealed: int
    matter: int
    cry: int
    kinds: tuple[int, ...]

    @property
    def kind(self) -> str:
        return TYPES[self.kinds.index(max(self.kinds))]


@dataclass(frozen=True, slots=True)
class Spoken:
    """The sums of each row, packed, by how it is found; `steps` as STEPPED."""

    letters: Mapping[str, int]
    words: Mapping[str, int]
    begins: Mapping[str, int]
    ends: Mapping[str, int]
    codes: Mapping[str, int]
    signs: Mapping[str, int]
    steps: tuple[int, ...]
    always: int

    def speaking(self, pieces: Iterable[str], signs: Iterable[str], axis: int) -> list[Fired]:
        """Return what speaks for an axis (its place in AXES), the heaviest first: of letters and pairs, or words, and signs."""
        told = [(piece, self.letters.get(piece) or self.words.get(piece, 0)) for piece in pieces]
        told += [(sign, self.signs.get(sign, 0)) for sign in signs]
        fired = [Fired(each, points) for each, packed in told if (points := _apart(packed)[axis]) > 0]
        return sorted(fired, key=lambda each: (-each.weight, each.word))


def compile_spoken(
    rows: Sequence[Row], groups: Groups, codes: Container[str], looked_for: Container[str] = CUES
) -> tuple[Spoken, list[Cue]]:
    """Read the table; also the signs that no other table looks for (`looked_for` are), each once. Raises BadRule."""
    refuse_doubles(rows, ("found", "what"))
    tables: dict[str, dict[str, int]] = {found: {} for found in FOUND}
    cues = []
    once: dict[int, int] = {}
    for row in rows:
        found, what = row.cells["found"], row.cells["what"]
        _check(row, found, what, codes)
        if found == SIGN and what not in looked_for:
            cues.append(Cue("sign", what, read_sign(row, what, groups)))
        packed = pack((place, _points(row, axis)) for place, axis in enumerate(AXES))
        tables[found][what] = once.setdefault(packed, packed)
    letters, words, begins, ends, matters, signs = (
        tables[found] for found in (LETTERS, WORD, BEGINS, ENDS, CODE, SIGN)
    )
    steps = tuple(tables[found].get(str(STEP), 0) for found in STEPPED)
    always = tables[ALWAYS].get(ALWAYS_SAID, 0)
    return Spoken(quick_to_miss(letters), quick_to_miss(words), begins, ends, matters, signs, steps, always), cues


def _check(row: Row, found: str, what: str, codes: Container[str]) -> None:
    """Refuse a row that could never be met."""
    if found not in FOUND:
        raise BadRule(row, f"unknown_value:{found}", ",".join(FOUND))
    if found in _ONLY and what != _ONLY[found]:
        raise BadRule(row, f"unknown_value:{what}", _ONLY[found])
    if len(what) > _MOST_LETTERS.get(found, len(what)):
        raise BadRule(row, f"bad_pattern:{what}", f"1…{_MOST_LETTERS[found]}")
    if found == CODE and what not in codes:
        raise BadRule(row, f"unknown_code:{what}", "topics_list.csv")


def _points(row: Row, axis: str) -> int:
    """Read a cell: a whole number, also below nothing; an empty one says nothing."""
    cell = row.cells.get(axis, "")
    if not cell:
        return 0
    digits = cell.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9 and int(digits) <= MOST_WEIGHT):
        raise BadRule(row, f"bad_weight:{cell}", f"-{MOST_WEIGHT}…{MOST_WEIGHT}")
    return int(cell)


def tell(spoken: Spoken, text: str, known: Known, signs: Signs) -> Told:
    """Return what a short text without its places tells."""
    told = sum(filter(None, map(spoken.letters.get, pieces_of(text))))
    told += spoken.begins.get(text[:1], 0) + spoken.ends.get(last_of(text), 0)
    return _told(spoken, told, known, signs, {kind: KIND_CUE * signs[kind] for kind in TYPES if kind in signs})


def tell_letter(written: Spoken, words: Iterable[str], known: Known, signs: Signs) -> Told:
    """Return what a letter tells, by its words; its cues speak less than those of a short text."""
    told = sum(filter(None, map(written.words.get, set(words))))
    cues = {kind: LETTER_CUE * min(MOST_CUES, signs[kind]) for kind in TYPES if kind in signs}
    return _told(written, told, known, signs, cues)


def _told(table: Spoken, told: int, known: Known, signs: Signs, cues: Mapping[str, int]) -> Told:
    """Return it all, where letters or words tell so much; `cues` are the points of each kind by its own cues."""
    told += table.always + table.codes.get(known.code or "", 0) + sum(filter(None, map(table.signs.get, signs)))
    told += sum(map(mul, table.steps, known.steps))
    urgent, waits, sealed, matter, cry, *kinds = _apart(told)
    if cues:
        kinds = [points + cues.get(kind, 0) for kind, points in zip(TYPES, kinds, strict=True)]
    return Told(urgent, waits, sealed, matter, cry, tuple(kinds))


def _apart(told: int) -> list[int]:
    return [each - _MIDDLE for each in _LANES.apart(told + _ALL_MIDDLE)]


def urgency_of_talk(signs: Signs, topic: Topic | None, told: Told, *, is_calm: bool) -> str:
    """Return P1, P2 or P3 of a short text that is no cry. Going up to higher places raises; what only speaks of danger
    (`is_calm`) makes nothing urgent; old accounts can wait."""
    is_danger = topic is not None and topic.urgency == "P1"
    is_told = is_danger and told.waits <= 0 and told.kind in _TOLD_OF
    if "petition" in signs or "loud" in signs or (not is_calm and told.urgent > (_MAY_BE_URGENT if is_told else 0)):
        return "P1"
    return "P3" if told.waits > 0 or ("old" in signs and not is_danger) else "P2"


def urgency_of_letter(signs: Signs, told: Told) -> str:
    """Return P1, P2 or P3 of a letter: going up to higher places raises, all else is weighed."""
    if "petition" in signs or told.urgent > 0:
        return "P1"
    return "P3" if told.waits > 0 else "P2"


def is_calm(signs: Signs, *, is_danger: bool) -> bool:
    """Whether a short text only speaks of danger: asks where to buy an extinguisher, announces a drill, imagines, tells of
    what is past, found again, on television. Where somebody may be in danger nothing is calm: that is asked about."""
    return not is_danger and "calm" in signs


def last_of(text: str) -> str:
    """Return the last letter of a text, marks left out."""
    return text.rstrip(_MARKS)[-1:]
