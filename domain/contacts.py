"""Contacts and bindings (绑定): which account on which platform speaks for whom, and how far that is proven.

A phone may serve several members of a household; one of them is the one it speaks as. Source: conversation page §6.4,
rulings (Binding).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

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


@dataclass(frozen=True)
class Sender:
    """Who is speaking now: the contact, whom it is bound to, and the offices he may act in."""

    contact: Contact
    bindings: tuple[Binding, ...] = ()
    roles: frozenset[Role] = frozenset({Role.GUEST})

    @cached_property
    def binding(self) -> Binding | None:
        wanted = self.contact.speaking_as
        return next((b for b in self.bindings if b.person.id == wanted), self.bindings[0] if self.bindings else None)

    @cached_property
    def person(self) -> Person | None:
        binding = self.binding
        return binding.person if binding else None

    @property
    def is_bound(self) -> bool:
        return bool(self.bindings)
