"""Where handlers are bound to what sets them off: intents, answers, kinds of message, the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from domain.messages import Kind
from domain.organisation import Role
from domain.questions import OpenQuestion
from handlers.context import Context

Handler = Callable[[Context], None]
Claim = Callable[[Context], bool]
Answering = Callable[[Context, OpenQuestion, str], None]
Standing = Callable[[Context], Sequence[OpenQuestion]]
Quoted = Callable[[Context, str], OpenQuestion | None]


@dataclass(frozen=True, slots=True)
class Bound:
    """A handler, who may set it off (None: anybody), and whether it needs a channel that proves who wrote the body.

    `wins`: for those who may, it is a command also where it is about something that could be a matter (开会说机井的事).
    """

    act: Handler
    who: frozenset[Role] | None
    needs_proof: bool
    wins: bool = False


@dataclass(frozen=True, slots=True)
class Timed:
    """What the clock sets off. `in_slices`: it leaves over what a turn has no room for (Context.room)."""

    act: Handler
    every: timedelta
    in_slices: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """Questions nobody wrote down: `open_to` derives those of a sender, `in_quote` finds the one a quoted post is about."""

    open_to: Standing
    in_quote: Quoted | None


INTENTS: dict[str, list[Bound]] = {}
ANSWERS: dict[str, Answering] = {}
STANDING: dict[str, Stands] = {}
KINDS: dict[Kind, Handler] = {}
CLAIMS: dict[Kind, list[Claim]] = {}
TIMED: list[Timed] = []

H = TypeVar("H", bound=Handler)
C = TypeVar("C", bound=Claim)
S = TypeVar("S", bound=Standing)
A = TypeVar("A", bound=Answering)


def intent(
    name: str, *, who: frozenset[Role] | None = None, needs_proof: bool = False, wins: bool = False
) -> Callable[[H], H]:
    """Bind a handler to an intent of rules/intents; the first whose `who` holds one of the sender's roles acts."""

    def bind(act: H) -> H:
        INTENTS.setdefault(name, []).append(Bound(act, who, needs_proof, wins))
        return act

    return bind


def answers(kind: str) -> Callable[[A], A]:
    """Bind a handler to the answers of a kind of open question. It raises NotUnderstood for what is no answer."""

    def bind(act: A) -> A:
        ANSWERS[kind] = act
        return act

    return bind


def standing(kind: str, *, in_quote: Quoted | None = None) -> Callable[[S], S]:
    """Bind what derives the questions of a kind that stand open to a sender by what is stored: no row a villager.

    A poll is open to everybody on its roll, a meeting to everybody invited. The function is called at most once a
    message and must be cheap where nothing is open (what it reads is fetched ahead for the whole batch). It gives
    OpenQuestions with that `kind`, an id that stays the same for that thing, and the moment it was put to him;
    answers go to the function bound by `answers(kind)`, which must not close them.
    `in_quote` finds the question a quoted post of ours is about, whoever quotes it; the answering function then says
    why it is not open to him.
    """

    def bind(open_to: S) -> S:
        STANDING[kind] = Stands(open_to, in_quote)
        return open_to

    return bind


def on(*kinds: Kind) -> Callable[[H], H]:
    def bind(act: H) -> H:
        for kind in kinds:
            KINDS[kind] = act
        return act

    return bind


def claims(*kinds: Kind) -> Callable[[C], C]:
    """Bind what looks at messages of these kinds before their handler does; True where it took the message."""

    def bind(claim: C) -> C:
        for kind in kinds:
            CLAIMS.setdefault(kind, []).append(claim)
        return claim

    return bind


def every(*, minutes: int, in_slices: bool = False) -> Callable[[H], H]:
    """Bind a handler to the clock. What is due is derived from what is stored, at each tick."""

    def bind(act: H) -> H:
        TIMED.append(Timed(act, timedelta(minutes=minutes), in_slices))
        return act

    return bind
