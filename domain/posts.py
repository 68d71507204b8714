"""The group budget (群里一天最多三条): what may be posted to a group unasked, when, and what gives way.

At most three posts a day and group outside danger to life; none from 21:30 to 07:00; what is weightier takes the place
of a lighter one that has not left yet. Source: rulings, Group budget; copy page, Group etiquette.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

A_DAY = 3
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7, 0)


class PostKind(StrEnum):
    """Kinds of unasked posts, the weightiest first."""

    LIFE = "life"  # P0, flood, fire: outside the budget and the quiet hours
    CHANGE = "change"  # a meeting moved or cancelled, a poll asked again
    NOTICE = "notice"  # what the law or the village wants announced: a meeting, a poll, a posting
    CLOSING = "closing"  # a poll that is about to close
    RESULT = "result"
    REMINDER = "reminder"


_WEIGHT = {kind: place for place, kind in enumerate(PostKind)}
# A reminder that comes late is worse than one that comes early; everything else can wait for the morning.
EARLIER = frozenset({PostKind.CLOSING, PostKind.REMINDER})
# What still means something the next morning is kept for the digest when the day is full.
DIGESTED = frozenset({PostKind.NOTICE, PostKind.RESULT, PostKind.CHANGE})


@dataclass(frozen=True, slots=True)
class Posted:
    """One post of a group that counts for a day; once its time has come nothing takes its place any more."""

    id: int
    kind: PostKind
    due_at: datetime
    once: str


@dataclass(frozen=True, slots=True)
class Placed:
    """When it is posted (None: not in the group that day) and the lighter post that gives way to it."""

    at: datetime | None
    instead_of: Posted | None = None


def is_quiet(at: datetime) -> bool:
    return not QUIET_UNTIL <= at.time() < QUIET_FROM


def awake(kind: PostKind, due_at: datetime, now: datetime) -> datetime | None:
    """Move a post out of the quiet hours: a reminder earlier (None where that has passed), all else to the morning.

    `due_at` and `now` are aware and in the village's zone.
    """
    due_at = max(due_at, now)
    if kind is PostKind.LIFE or not is_quiet(due_at):
        return due_at
    if kind not in EARLIER:
        morning = due_at.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
        return morning if morning >= due_at else morning + timedelta(days=1)
    evening = before_night(due_at)
    return evening if evening >= now else None


def before_night(at: datetime) -> datetime:
    """Give the last minute before the quiet hours a moment lies in; the moment itself where it lies in none."""
    if not is_quiet(at):
        return at
    evening = at.replace(hour=QUIET_FROM.hour, minute=QUIET_FROM.minute, second=0, microsecond=0)
    return evening - (timedelta(minutes=1) if at.time() >= QUIET_FROM else timedelta(days=1, minutes=1))


def place(kind: PostKind, at: datetime, now: datetime, of_the_day: Sequence[Posted]) -> Placed:
    """Find a place among the day's posts of one group; `at` is already outside the quiet hours."""
    counted = [post for post in of_the_day if post.kind is not PostKind.LIFE]
    if kind is PostKind.LIFE or len(counted) < A_DAY:
        return Placed(at)
    waiting = [post for post in counted if post.due_at > now and _WEIGHT[post.kind] > _WEIGHT[kind]]
    if not waiting:
        return Placed(None)
    return Placed(at, max(waiting, key=lambda post: (_WEIGHT[post.kind], post.due_at)))


def day_number(at: datetime) -> int:
    """Give the day a post counts for: 20261127."""
    return at.year * 10_000 + at.month * 100 + at.day
