"""A letter of the outbox as the sender holds it, and what becomes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# States of a letter that nobody will send any more (storage/tables.py names them all).
ENDED = frozenset({"sent", "carried", "dropped", "stuck"})


class Repeat(StrEnum):
    """May it be said again when we do not know whether it arrived?"""

    NEVER = "never"
    IF_DEDUPLICATED = "if_deduplicated"
    YES = "yes"


class Priority:
    """Smaller goes first: life before answers before bulk."""

    LIFE = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """One row to be sent. `address` is `person:ID`, `contact:ID` or `group:ID`; `image` a path relative to DATA_DIR.

    `fields` is what a template notice may show of it (`what`, `when`, `where`, `who`, `number`, `status`). `way` names
    the way an attempt went whose outcome is unknown; `parts` how many parts of the text have arrived.
    """

    id: int
    address: str
    purpose: str
    text: str
    repeat: Repeat
    not_after: datetime | None
    attempts: int
    cause: str = ""
    priority: int = Priority.NOTICE
    image: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    village_id: int = 0
    way: str = ""
    parts: int = 0
    is_secret: bool = False
    created_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def kind(self) -> str:
        return self.address.partition(":")[0]

    @property
    def target(self) -> int:
        return int(self.address.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a letter we hold: a final state, or `pending` again from `due_at` on.

    `counts` is False where nothing was tried: the account rests, or the hour is quiet.
    """

    letter: Letter
    state: str
    error: str = ""
    due_at: datetime | None = None
    way: str = ""
    parts: int = 0
    receipt: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    letter_id: int
    contact_id: int | None
    way: str
    outcome: str
    why: str
    receipt: str
    at: datetime


@dataclass
class Journal:
    """Everything the sender has learnt since it last wrote: written in one transaction by `Post.write`."""

    ended: list[Ended] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    spent: Counter[tuple[int, str]] = field(default_factory=Counter)  # by (contact, source of the window)
    closed: set[int] = field(default_factory=set)  # contacts whose windows the platform says are closed
    used: Counter[tuple[int, str]] = field(default_factory=Counter)  # grants, by (contact, template)
    revoked: set[tuple[int, str]] = field(default_factory=set)
    unreachable: dict[int, str] = field(default_factory=dict)
    pushed: Counter[str] = field(default_factory=Counter)  # by account
    rests: dict[tuple[str, str], tuple[datetime, str]] = field(default_factory=dict)  # by (account, way)

    def __bool__(self) -> bool:
        return bool(self.ended or self.attempts or self.rests)
