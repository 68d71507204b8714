"""What kind of request a message is, how urgent, and whether it must be sealed: three axes beside the topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.rules import Cue

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


def is_private(signs: Signs) -> bool:
    """Whether violence in a family is told of, or whoever writes wants to stay unnamed."""
    return "violence" in signs or "anonymous" in signs


def is_sealed(signs: Signs, accused: float | None) -> bool:
    """Whether marks seal: violence in a family, a wish to stay unnamed, or an accusation.

    An accusation is told by its own words (贪污), by a cadre close to blame, or by somebody in office who is named and
    faults anywhere in the text. `accused` is how likely a cadre is accused by the words of the topics, which a letter tells
    of; None for a short text, whose wording is weighed by itself (nlp/sealing.py): there somebody in office who is only
    named is nothing.
    """
    if is_private(signs):
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
