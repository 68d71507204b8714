"""Answers within bounds: what one person sends is always done, but he is not answered without end, nor cut short.

No more than twenty answers in any minute, in each process; the one that makes the minute full says so once, and after
it he hears nothing until a minute has room again. His votes and stories count all the same, and danger to life is
always answered.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.official_account import CHANNEL
from bot.channels.official_text import LIMIT, byte_size, fit
from bot.metrics import FLOODED
from bot.turn import Outcome, Play
from domain.messages import Actor, Incoming, Kind
from handlers.texts.delivery import too_fast
from nlp.lexicon import Lexicon
from nlp.words import look_for_danger
from storage.outbox import Priority
from storage.store import Store

MINUTE = 60.0
# So many people are remembered at once; the one who has been quiet longest is forgotten first.
REMEMBERED = 20_000


@dataclass(slots=True)
class _Minute:
    """When he was answered last, at most `per_minute` moments in a ring; `next` is the oldest of a full one.

    `full_at`: when he last filled his minute or was refused.
    """

    answered: array[float] = field(default_factory=lambda: array("d"))
    next: int = 0
    full_at: float | None = None


class Tempered:
    """A Play that answers one person only so often. `per_minute` 0: without limit."""

    def __init__(self, play: Play, per_minute: int, lexicon: Callable[[], Lexicon]) -> None:
        self._play = play
        self._per_minute = per_minute
        self._lexicon = lexicon
        self._minutes: OrderedDict[Actor, _Minute] = OrderedDict()

    def __call__(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        return _spilled(store, incoming, self._tempered(store, incoming, now), now)

    def _tempered(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        outcome = self._play(store, incoming, now)
        if not self._per_minute or incoming.kind is Kind.TICK or outcome.reply is None:
            return outcome
        answer = self._take(incoming.actor, outcome.reply, now.timestamp())
        if answer is None and look_for_danger(self._lexicon(), incoming.text) is not None:
            return outcome
        if answer is None:
            FLOODED.inc()
        return outcome if answer is outcome.reply else replace(outcome, reply=answer)

    def listen_ahead(self, store: Store, incomings: Sequence[Incoming], now: datetime) -> None:
        self._play.listen_ahead(store, incomings, now)

    def apology(self, store: Store, incoming: Incoming) -> str:
        return self._play.apology(store, incoming)

    def _take(self, actor: Actor, reply: str, now: float) -> str | None:
        """What he hears: the reply, the reply with the warning, or nothing."""
        minute = self._minute(actor)
        answered, is_full = minute.answered, len(minute.answered) == self._per_minute
        if is_full and 0 <= now - answered[minute.next] < MINUTE:
            minute.full_at = now
            return None
        if is_full:
            answered[minute.next] = now
            minute.next = (minute.next + 1) % self._per_minute
        else:
            answered.append(now)
        if len(answered) < self._per_minute or now - answered[minute.next] >= MINUTE:
            return reply
        is_warned = minute.full_at is not None and now - minute.full_at < MINUTE
        minute.full_at = now
        return reply if is_warned else f"{reply}\n{too_fast()}"

    def _minute(self, actor: Actor) -> _Minute:
        minute = self._minutes.get(actor)
        if minute is None:
            minute = self._minutes[actor] = _Minute()
            if len(self._minutes) > REMEMBERED:
                self._minutes.popitem(last=False)
        else:
            self._minutes.move_to_end(actor)
        return minute


def _spilled(store: Store, incoming: Incoming, outcome: Outcome, now: datetime) -> Outcome:
    """A reply longer than the response may carry: its beginning goes there, the rest follows by the outbox."""
    reply = outcome.reply
    if reply is None or incoming.channel != CHANNEL or byte_size(reply) <= LIMIT:
        return outcome
    first, rest = fit(reply, LIMIT)
    contact = store.people.sender(incoming.actor).contact
    once = f"rest:{incoming.digest}"
    store.outbox.put(
        f"contact:{contact.id}", "reply", rest, now, once=once, priority=Priority.REPLY, is_secret=outcome.is_secret
    )  # fmt: skip
    return replace(outcome, reply=first)
