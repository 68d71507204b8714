"""What the reader of a sealed matter says of it without its number (和张三谈过话了): it stays with that matter. Filed like a
villager's words it would go, by name, to the village and to whom the matter accuses."""

from __future__ import annotations

from domain.organisation import Role
from handlers import interim, manners, remarks
from handlers.afterwards import all_living
from handlers.context import Context
from handlers.filing import AT_HOME, CONDUCT, clear_topic
from handlers.matter_lookup import HANDLERS, which
from nlp.numbers import said_number

_READERS = frozenset({Role.DISCIPLINE, Role.WOMEN})
# What may be said to the house itself.
_TO_US = frozenset({"help", "who", "human", "scam"})


def take(ctx: Context) -> bool:
    """Keep it with the only sealed matter in his hands, or ask of which it is. False where he holds none, where he has told
    of something himself, and for another matter (路灯坏了)."""
    if ctx.person is None or not ctx.roles & HANDLERS or not ctx.is_direct or not ctx.is_proven:
        return False
    understood = ctx.understanding
    if (understood.certain and understood.intent != "add") or understood.slots.get("number") or _is_other(ctx):
        return False
    mine = ctx.store.matters.living_of_owner(ctx.person.id)
    is_reader = bool(ctx.roles & _READERS) or all(matter.is_sealed for matter in mine)
    sealed = [matter for matter in mine if matter.is_sealed]
    if not sealed or not is_reader or all_living(ctx):
        return False
    ctx.is_secret = True
    if len(sealed) > 1:
        raise which(ctx, sealed)
    words = remarks.addition(ctx.said, is_named=False) if understood.intent == "add" else ctx.said
    interim.tell(ctx, sealed[0], words or ctx.said)
    return True


def _is_other(ctx: Context) -> bool:
    if ctx.understanding.intent in _TO_US or manners.is_small_talk(ctx.said) or said_number(ctx.said) is not None:
        return True
    topic = clear_topic(ctx.reading)
    return topic is not None and topic not in CONDUCT and topic != AT_HOME and ctx.in_trouble
