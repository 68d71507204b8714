"""Contacts and bindings (绑定): which account on which platform speaks for whom, and how far that is proven.

A phone may serve several members of a household; one of them is the one it speaks as. Source: conversation page §6.4,
rulings (Binding).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.organisation import Person, Role


class Level(StrEnum):
    """What a binding unlocks: LIMITED reports and one's own matters, FULL also votes, points and offices."""

    LIMITED = "limited"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Binding:
    id: int
    contact_id: int
    person: Person
    level: Level
    proven_by: str
    consent: str
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """One account of one platform. `speaking_as` names the member it speaks for, None before binding."""

    id: int
    channel: str
    account: str
    native_id: str
    speaking_as: int | None = None
    followed_at: datetime | None = None
    unfollowed_at: datetime | None = None
    place_id: int | None = None  # the place a guest named, asked once only
    large_text: bool = False


def speaking(contact: Contact, bindings: tuple[Binding, ...]) -> Binding | None:
    """Return the binding a contact speaks by: the member it chose, else the first."""
    for binding in bindings:
        if binding.person.id == contact.speaking_as:
            return binding
    return bindings[0] if bindings else None


@dataclass(frozen=True)
class Sender:
    """Who is speaking now: the contact, whom it is bound to, and the offices he may act in."""

    contact: Contact
    bindings: tuple[Binding, ...] = ()
    roles: frozenset[Role] = frozenset({Role.GUEST})
    # Whom he speaks as, found once: every turn asks a dozen times.
    binding: Binding | None = field(init=False, repr=False, compare=False)
    person: Person | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        binding = speaking(self.contact, self.bindings)
        object.__setattr__(self, "binding", binding)
        object.__setattr__(self, "person", binding.person if binding else None)

    @property
    def is_bound(self) -> bool:
        return bool(self.bindings)
