"""What kind of request a message is, how urgent, and whether it must be sealed: three axes beside the topic."""

from __future__ import annotations

from collections.abc import Iterable

from nlp.rules import Cue
from nlp.topics import SHORT, Topic

TYPES = ("咨询", "求助", "投诉", "举报", "建议", "表扬")
URGENCIES = ("P1", "P2", "P3", "petition")
MARKS = ("accusation", "blame", "violence", "anonymous")


class Signs:
    """The cues found in one text, by axis and value, with their points."""

    __slots__ = ("_points",)

    def __init__(self, found: Iterable[tuple[Cue, int]]) -> None:
        points: dict[tuple[str, str], int] = {}
        for cue, _ in found:
            key = (cue.axis, cue.value)
            points[key] = points.get(key, 0) + cue.weight
        self._points = points

    def has(self, axis: str, value: str) -> bool:
        return (axis, value) in self._points

    def points(self, axis: str, value: str) -> int:
        return self._points.get((axis, value), 0)


def type_of(signs: Signs, topic: Topic | None) -> str:
    """Return the request type with the most points; where nothing speaks, a state is complained of or help is asked."""
    best = max(TYPES, key=lambda kind: signs.points("type", kind))
    return best if signs.points("type", best) else "求助"


def urgency_of(signs: Signs, topic: Topic | None, kind: str, length: int) -> str:
    """Return P1, P2 or P3: a cue of danger or of going up to higher places raises, asking and proposing lowers.

    A long letter meets many words; there a single one of them makes nothing urgent.
    """
    cues = signs.points("level", "P1") + 2 * signs.points("level", "petition")
    if cues >= (1 if length <= SHORT else 4):
        return "P1"
    base = topic.urgency if topic else "P3"
    if signs.has("level", "P2"):
        return min(base, "P2")
    if signs.has("level", "P3") or kind in ("咨询", "建议", "表扬"):
        return "P3"
    return base


BESIDE = 0.05
"""A sealed topic this likely beside the chosen one seals too: the matter may be a road, the accusation is the point."""


def is_sealed(signs: Signs, topic: Topic | None, kind: str, length: int, beside: float = 0.0) -> bool:
    """Sealed: an accusation, violence in a family, a wish to stay unnamed, or a cadre named together with blame.

    Who asks for a cadre or praises him accuses nobody. A long letter names cadres and blames things without accusing
    anybody, so there one sign alone is not enough.
    """
    if signs.has("mark", "violence") or signs.has("mark", "anonymous"):
        return True
    told = 2 * signs.points("mark", "accusation") + signs.points("mark", "blame")
    if told or kind not in ("咨询", "表扬"):
        if topic is not None and topic.sealed:
            return True
        told += 3 if beside >= BESIDE else 0
    return told >= (1 if length <= SHORT else 3)
