"""Answers within bounds: what one person sends is always done, but he is not answered without end, nor cut short.

A bucket a person: forty answers at once, then twenty a minute; whoever goes on hears once that it is too fast, and then
nothing until he slows down. His votes and stories count all the same, and danger to life is always answered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.official_account import CHANNEL
from bot.channels.official_text import LIMIT, byte_size, fit
from bot.metrics import FLOODED
from bot.turn import Outcome, Play
from domain.messages import Actor, Incoming, Kind
from handlers.texts.delivery import too_fast
from nlp.words import Lexicon, look_for_danger
from storage.outbox import Priority
from storage.store import Store

BURST = 40
# So many people are remembered at once; the one who has been quiet longest is forgotten first.
REMEMBERED = 20_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    is_warned: bool = False


class Tempered:
    """A Play that answers one person only so often. `per_minute` 0: without limit."""

    def __init__(self, play: Play, per_minute: int, lexicon: Callable[[], Lexicon]) -> None:
        self._play = play
        self._per_minute = per_minute
        self._lexicon = lexicon
        self._buckets: OrderedDict[Actor, _Bucket] = OrderedDict()

    def __call__(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        return _spilled(store, incoming, self._tempered(store, incoming, now), now)

    def _tempered(self, store: Store, incoming: Incoming, now: datetime) -> Outcome:
        outcome = self._play(store, incoming, now)
        if not self._per_minute or incoming.kind is Kind.TICK or outcome.reply is None:
            return outcome
        verdict = self._take(incoming.actor, now.timestamp())
        if verdict is None or look_for_danger(self._lexicon(), incoming.text) is not None:
            return outcome
        FLOODED.inc()
        return replace(outcome, reply=verdict or None)

    def apology(self, store: Store, incoming: Incoming) -> str:
        return self._play.apology(store, incoming)

    def _take(self, actor: Actor, now: float) -> str | None:
        """None: answer him; else what he hears instead, "" for nothing."""
        bucket = self._buckets.get(actor)
        if bucket is None:
            bucket = self._buckets[actor] = _Bucket(float(BURST), now)
            if len(self._buckets) > REMEMBERED:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(actor)
        bucket.left = min(float(BURST), bucket.left + max(now - bucket.at, 0.0) * self._per_minute / 60)
        bucket.at = max(now, bucket.at)
        if bucket.left >= 1:
            bucket.left -= 1
            bucket.is_warned = bucket.is_warned and bucket.left < BURST / 2
            return None
        warned, bucket.is_warned = bucket.is_warned, True
        return "" if warned else too_fast()


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
