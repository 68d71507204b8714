"""代 王德福 反映 路灯坏了, of an officer: the matter is the villager's, who called or has no phone; he hears and rates."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.contacts import Binding, Level, Sender
from domain.organisation import STAFF, Person
from handlers.context import Context
from handlers.filing import draft_of, places_in
from handlers.matters import file_words
from handlers.texts import matters as texts
from nlp.places import told_among
from nlp.words import classify
from storage.ids import new_id
from storage.outbox import Priority

_FOR = re.compile(
    r"(?:代|替|帮)\s*(?P<who>[\u4e00-\u9fff]{2,4}?)\s*(?:反映|反应|上报|报|说)(?:一下|个事|一声)?[\s,，:：]*(?P<story>.{4,})",
    re.DOTALL,
)


def take(ctx: Context) -> bool:
    """Take such words where the name is one of the roster; False for all others."""
    if ctx.said[:1] not in ("代", "替", "帮") or not (ctx.is_direct and ctx.is_proven and ctx.roles & STAFF):
        return False
    met = _FOR.fullmatch(ctx.said.strip())
    meant = _named(ctx, met["who"], met["story"]) if met else []
    if met is None or len(meant) != 1:
        return False
    _file(ctx, meant[0], met["story"])
    return True


def _named(ctx: Context, name: str, story: str) -> list[Person]:
    """Everybody of that name; of several those of the 社 or grid the story names."""
    found = ctx.store.people.named(name, ctx.village.id)
    told = set(told_among(story, places_in(ctx.directory, ctx.village.id))) if len(found) > 1 else set()
    return [p for p in found if told & {p.group_id, p.micro_grid_id}] or found


def _file(ctx: Context, person: Person, story: str) -> None:
    """What he would hear at once goes to the officer, and to his own phone if he has one."""
    there = replace(ctx, sender=_as(ctx, person), said=story, replies=[])
    file_words(there, draft_of(classify(ctx.words.lexicon, story), story))
    ctx.is_secret = ctx.is_secret or there.is_secret
    receipt = "\n".join(there.replies)
    contact = there.sender.contact.id
    if contact != ctx.sender.contact.id and not there.is_secret:
        once = f"behalf:{ctx.incoming.digest}"
        by = ctx.person.name if ctx.person else ""
        ctx.tell_contact(contact, texts.told_for_you(by, receipt), "reply", once=once, priority=Priority.REPLY)
    ctx.reply(texts.told_for(person.name, receipt))


def _as(ctx: Context, person: Person) -> Sender:
    """Him at his own phone; at the officer's where he has none, who is asked in his place."""
    reached = ctx.store.people.contacts_of([person.id])
    contact = replace(reached[0].contact if reached else ctx.sender.contact, speaking_as=person.id)
    return Sender(contact, (Binding(new_id(), contact.id, person, Level.LIMITED, "proxy", "", ctx.now),))
