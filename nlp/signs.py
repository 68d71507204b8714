"""What kind of request a message is, how urgent, and whether it must be sealed: three axes beside the topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nlp.rules import BadRule, Cue, Row, read_weight, refuse_doubles
from nlp.topics import Topic

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬")
SPOKEN = ("calm", "old")
"""What only speaks of danger, and old accounts: heard in short texts only, for a letter tells of many things."""
URGENCIES = ("P1", "P2", "P3", "petition", "loud", *SPOKEN)
SEALING_MARKS = ("accusation", "blame", "violence", "anonymous")
MARKS = (*SEALING_MARKS, "fault", "cadre")
MARK_TELLS = 99
"""What a mark that seals is shown to weigh beside the points of a wording: it asks no points."""


Signs = Mapping[str, int]
"""The cues found in one text: value → points. No axis has a value that is called like one of another axis."""


def signs_of(found: Iterable[tuple[Cue, int]]) -> Signs:
    points: dict[str, int] = {}
    for cue, _ in found:
        points[cue.value] = points.get(cue.value, 0) + cue.weight
    return points


# In a letter, in tenths of a logit: how common a kind is, and what one point of a cue is worth there. Most letters
# thank for being read, so thanks alone are no praise.
_LETTER = {"咨询": 3, "求助": 9, "投诉": 14, "举报": 1, "建议": -3, "表扬": -24}
_LETTER_CUE = 1.7


def kind_of_letter(signs: Signs, topic: Topic | None) -> str:
    """Return the request type of a letter: it meets cues of most kinds, so the matter by itself (`Topic.kinds`) and how
    common a kind is have a say."""
    kinds = topic.kinds if topic else {}
    return max(TYPES, key=lambda each: _LETTER[each] + kinds.get(each, 0) + _LETTER_CUE * signs.get(each, 0))


# What speaks for P3 (it can wait) against P2 in a letter, in tenths of a logit, as `python -m bench urgency_refit` prints
# it. It meets many cues: those of all three tables tell whether something is asked and wished for or goes wrong and is
# somebody's fault; two points count once, at most six.
_LETTER_WAITS = {"咨询": 6, "求助": -4, "投诉": -6, "举报": -4, "建议": 4, "表扬": 0}
_LETTER_BY_ITSELF = {"P1": -5, "P2": -6, "P3": 8}
_LETTER_TELLS = {
    "P1": -6, "P2": -10, "P3": 6, "loud": -1, "accusation": -4, "blame": -7, "cadre": -1, "fault": -6,
    "咨询": 1, "求助": -1, "投诉": -2, "举报": -2, "建议": 4, "表扬": 1,
}  # fmt: skip
_LETTER_START = -1
LETTER_MOST = 6


_RAISED_LETTER = _PETITION = 4
"""So much more than a cue of danger raises: what is `loud` (all villagers, an explanation demanded, the press) sounds like
going up as well, but stands in many letters."""


def urgency_of_letter(signs: Signs, topic: Topic | None, kind: str, words: int) -> str:
    """Return P1, P2 or P3 of a letter: it meets many words, so a single one of danger makes nothing urgent, but going up to
    higher places does; else it is weighed what can wait: asking and proposing can, a state complained of cannot, the
    matter by itself and the `words` of the letter say the rest."""
    base = topic.urgency if topic else "P3"
    if signs.get("loud", 0) + _PETITION * signs.get("petition", 0) + signs.get("P1", 0) >= _RAISED_LETTER:
        return "P1"
    points: float = _LETTER_START + _LETTER_WAITS[kind] + _LETTER_BY_ITSELF[base] + words
    points += sum(weight * min(LETTER_MOST, signs.get(value, 0)) / 2 for value, weight in _LETTER_TELLS.items())
    return "P3" if points > 0 else min(base, "P2")


def read_waits(rows: Sequence[Row]) -> Mapping[str, int]:
    """Read the words of letters: how much each says that it can wait (P3) or cannot (P2). Raises BadRule."""
    refuse_doubles(rows, ("word",))
    waits = {}
    for row in rows:
        if row.cells["level"] not in ("P2", "P3"):
            raise BadRule(row, f"unknown_level:{row.cells['level']}", "P2,P3")
        waits[row.cells["word"]] = read_weight(row) * (1 if row.cells["level"] == "P3" else -1)
    return waits


# What each mark tells of an accusation of somebody in office; each counts at most twice, for a letter meets many words.
_TOLD = {"accusation": 3, "blame": 3, "cadre": 2, "fault": 1}
_MOST = 2
"""Cues of one mark count up to twice."""
_SUPPOSED = ((0.5, 3), (0.4, 2))
"""How likely an accusation is meant by the words of the topics, and what that tells in a letter."""
_SEALS_SHORT, _SEALS_LETTER = 3, 6


def accuses(signs: Signs) -> bool:
    """Whether the words themselves tell of an accusation or of violence at home, whatever else they are about."""
    outright = "accusation" in signs or "blame" in signs or "violence" in signs
    return outright or ("cadre" in signs and "fault" in signs)


def is_sealed(signs: Signs, accused: float | None) -> bool:
    """Whether marks seal: violence in a family, a wish to stay unnamed, or an accusation.

    An accusation is told by its own words (贪污), by a cadre close to blame, or by somebody in office who is named and
    faults anywhere in the text. `accused` is how likely a cadre is accused by the words of the topics, which a letter tells
    of; None for a short text, whose wording is weighed by itself (nlp/sealing.py): there somebody in office who is only
    named is nothing.
    """
    if "violence" in signs or "anonymous" in signs:
        return True
    if accused is None and not ("accusation" in signs or "blame" in signs or "fault" in signs):
        return False
    told = sum([weight * min(_MOST, signs[mark]) for mark, weight in _TOLD.items() if mark in signs])
    return told >= _SEALS_SHORT if accused is None else told + _supposed(accused) >= _SEALS_LETTER


def _supposed(accused: float) -> int:
    for least, points in _SUPPOSED:
        if accused >= least:
            return points
    return 0
