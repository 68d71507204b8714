"""Plain reports: most of what people write is a complaint and sounds like nothing else, which likeness alone tells.

Three expressions of hundreds of words give the marks of a message (trouble, matters, asking). Where the pieces of its
text put the report so far ahead of every other intent that no marks could bring one near, they need not be looked for,
and no readings need to be made and sorted (measured: 22 → 7 µs a complaint).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.lanes import pack
from nlp.likeness import UNIT, Likeness, Speaking

POINTS_PER_LOG = 0.4  # how much of a form's score one unit of log-likeness is worth
FOREIGN = 16.0  # how many points a label lent by the other role is worth less
NEAR = 3.0  # readings within so many points of the best are asked about
ONLY_BY_FORM = frozenset(("danger", "scam"))  # an alarm is never raised by mere likeness
REPORT = "report"
_SLIP = 0.01  # points; more than what sums of fractions lose


class PlainReports:
    """Tells which texts that fit no form are a report and nothing else, whatever marks they hold."""

    __slots__ = ("_ahead", "_likeness", "_place")

    def __init__(self, likeness: Likeness, foreign: Mapping[str, bool], marks: Iterable[str]) -> None:
        """Take which labels are foreign, and the pieces that are marks."""
        self._likeness = likeness
        self._place = likeness.names[REPORT]
        over = [likeness.over(mark, REPORT) for mark in marks]
        ahead = []
        for name, place in likeness.names.items():
            points = NEAR + _SLIP + FOREIGN * max(0, foreign[REPORT] - foreign[name])
            needed = 0 if name in ONLY_BY_FORM or name == REPORT else round(points * POINTS_PER_LOG / UNIT)
            ahead.append((place, needed + sum(max(0, gains[place]) for gains in over)))
        self._ahead = pack(ahead)

    def holds(self, spoken: Speaking) -> bool:
        """Tell so of a text by what its pieces say: the report stays the best, even when each other is given a lead."""
        scores = self._likeness.scores(spoken, self._ahead)
        return max(scores) == scores[self._place]
