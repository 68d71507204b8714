"""Open questions (design §4): what we asked somebody, which answers count, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question put to one contact. `accepts` are the bare answers it takes, e.g. ("1", "2", "3")."""

    id: int
    contact_id: int
    kind: str
    thing_id: int
    accepts: tuple[str, ...]
    asked_at: datetime
    valid_until: datetime
    data: str = ""
    state: str = "open"

    def is_open(self, now: datetime) -> bool:
        return self.state == "open" and now < self.valid_until


# Two questions that take the same bare answer are told apart by asking, if both were put within this time.
CONTESTED_WITHIN = timedelta(hours=48)


def asked(questions: tuple[OpenQuestion, ...], answer: str, now: datetime) -> tuple[OpenQuestion, ...]:
    """Return the questions a bare answer may mean: none, the one it means, or several to be told apart.

    The newest that accepts it wins, unless another that accepts it was put within 48 h of now.
    A question about life comes before all others.
    """
    fits = [q for q in questions if answer in q.accepts and q.is_open(now)]
    if not fits:
        return ()
    fits.sort(key=lambda q: q.asked_at)
    urgent = [q for q in fits if q.kind in LIFE]
    if urgent:
        return (urgent[-1],)
    recent = [q for q in fits if now - q.asked_at <= CONTESTED_WITHIN]
    return tuple(reversed(recent)) if len(recent) > 1 else (fits[-1],)


# Kinds that ask whether somebody is in danger now.
LIFE = frozenset({"safety", "danger.check"})
