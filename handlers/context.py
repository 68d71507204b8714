"""What a handler holds in its hands: the message, who speaks, the memory, the words, and three ways to speak."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from domain.contacts import Sender
from domain.messages import Incoming, Trust
from domain.organisation import Area, AreaKind, Directory, Person, Role
from domain.questions import OpenQuestion
from handlers.listening import Ears, Words
from nlp.intents import Understanding
from nlp.words import Heard, Reading
from storage.groups import Group
from storage.ledger import Step
from storage.questions import Running, new_question
from storage.store import Store

__all__ = ["SLICE", "Context", "Words", "role_spoken_in", "village_of"]

# So much a turn of the clock decides: a letter counts one. Measured: 20 to 60 ms on the machine of the benchmarks.
SLICE = 150


@dataclass
class Context:
    """One message in its turn. `now` is aware and in the village's zone (+08:00)."""

    store: Store
    incoming: Incoming
    now: datetime
    ears: Ears
    village: Area
    sender: Sender
    group: Group | None = None
    said: str = ""
    replies: list[str] = field(default_factory=list)
    is_secret: bool = False
    # What a redelivery is answered with where the first answer may not be kept (a secret vote); None: the answer.
    kept_reply: str | None = None
    # The address people reach this server at, for links; "" where nobody has set it: then no link is given.
    public_url: str = ""
    # The questions that stand open to the sender without a row (handlers/registry.py); derived when first asked for.
    standing: tuple[OpenQuestion, ...] | None = None
    # The conversation that what was said did not belong to; it waits, and is mentioned at the end.
    interrupted: Running | None = None
    # How much this turn of the clock may still decide; what is left over comes with the next part of the tick.
    room: int = SLICE
    # When the clock is wanted before its next minute.
    again_at: datetime | None = None

    # Said in private, and not in a group.
    is_direct: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_direct = self.incoming.is_direct

    # -- what was said

    @cached_property
    def in_trouble(self) -> bool:
        """Does what was said speak of something broken, lacking or done wrong (rules/intents/words.yaml)?"""
        trouble, standard = self.words.intents.words["trouble"], self.heard.said
        return trouble.search(self.said) is not None or (
            standard != self.said and trouble.search(standard) is not None  # 灯不明了
        )

    @property
    def words(self) -> Words:
        return self.ears.words

    @cached_property
    def understanding(self) -> Understanding:
        return self.ears.understood(self.said, role_spoken_in(self.sender))

    @property
    def heard(self) -> Heard:
        return self.ears.heard(self.said)

    @property
    def reading(self) -> Reading:
        return self.ears.read(self.said)

    # -- who and where

    @property
    def directory(self) -> Directory:
        return self.store.directory

    @property
    def person(self) -> Person | None:
        return self.sender.person

    @property
    def roles(self) -> frozenset[Role]:
        return self.sender.roles

    @property
    def is_proven(self) -> bool:
        """May this message change things? Plain mode signs the URL only, so anyone could have written the body."""
        return self.incoming.trust is not Trust.SIGNED_URL

    @property
    def place_id(self) -> int | None:
        """Where the sender's matters are: his micro-grid, or the place a guest named."""
        person = self.person
        if person is not None and person.micro_grid_id is not None:
            return person.micro_grid_id
        return self.sender.contact.place_id

    def role_in(self, roles: frozenset[Role]) -> str:
        """Name the role he acts in, for the ledger."""
        held = sorted(self.roles & roles)
        return str(held[0]) if held else str(Role.VILLAGER if self.sender.is_bound else Role.GUEST)

    def step(self, why: str, by_role: str | None = None) -> Step:
        role = by_role or (Role.VILLAGER if self.sender.is_bound else Role.GUEST)
        return Step(self.now, str(role), why, self.person.id if self.person else None)

    # -- the clock

    def come_back(self, at: datetime | None = None) -> None:
        """Ask for the clock before its next minute: at once, for what is left over, or at that moment."""
        at = at or self.now
        self.again_at = at if self.again_at is None else min(at, self.again_at)

    # -- three ways to speak

    def reply(self, text: str) -> None:
        """Answer the one who spoke; several replies of one turn leave as one message."""
        self.replies.append(text)

    def tell(self, person: Person, text: str, purpose: str, **how: Any) -> None:
        """Decide that a person will be told, over whatever reaches him.

        `how`: once, priority, due_at, not_after, repeat, `image` (a picture's path in DATA_DIR, sent before the text),
        `fields` (what a template notice may show: what, when, where, who, number, status).
        """
        self._put(f"person:{person.id}", purpose, text, how)

    def tell_contact(self, contact_id: int, text: str, purpose: str, **how: Any) -> None:
        self._put(f"contact:{contact_id}", purpose, text, how)

    def tell_group(self, group: Group, text: str, purpose: str, **how: Any) -> None:
        self._put(f"group:{group.id}", purpose, text, how)

    def _put(self, address: str, purpose: str, text: str, how: dict[str, Any]) -> None:
        how.setdefault("village_id", self.village.id)
        if self.is_secret:  # fields are kept in the clear
            how.pop("fields", None)
        self.store.outbox.put(address, purpose, text, self.now, is_secret=self.is_secret, **how)

    def ask(
        self,
        kind: str,
        thing_id: int,
        accepts: tuple[str, ...],
        valid: timedelta,
        *,
        to: int | None = None,
        data: str = "",
    ) -> OpenQuestion:
        """Open a question to the sender (or to another contact); bare answers in `accepts` will find it."""
        contact_id = self.sender.contact.id if to is None else to
        question = new_question(contact_id, kind, thing_id, accepts, self.now, self.now + valid, data)
        self.store.questions.ask(question)
        return question

    def ask_person(
        self, person: Person, kind: str, thing_id: int, accepts: tuple[str, ...], valid: timedelta, data: str = ""
    ) -> None:
        """Open a question to every contact a person has."""
        for other in self.store.people.contacts_of([person.id]):
            self.ask(kind, thing_id, accepts, valid, to=other.contact.id, data=data)


_CADRES = frozenset(
    {
        Role.GRID_MICRO, Role.GRID_HEAD, Role.GRID_CHIEF, Role.CLERK, Role.VC, Role.SECRETARY, Role.SUPERVISOR,
        Role.TOWN_CLERK, Role.TOWN_LEADER, Role.DEPT, Role.DISCIPLINE, Role.COUNCIL, Role.STATION_HEAD, Role.WOMEN,
    }
)  # fmt: skip


def role_spoken_in(sender: Sender) -> str:
    """Whose words are looked for: a cadre commands where a villager complains (conversation.md §6, rule 4)."""
    return "cadre" if sender.roles & _CADRES else "villager"


def village_of(directory: Directory, sender: Sender, account_area: Area) -> Area:
    """Return the village a message belongs to: the sender's own, else the account's (a town account keeps the town)."""
    person = sender.person
    home = directory.areas.get(person.village_id) if person and person.village_id else None
    if home is None and sender.contact.place_id is not None:
        home = directory.above(sender.contact.place_id, AreaKind.VILLAGE)
    return home or account_area
