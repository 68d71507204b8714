"""代 王德福 反映 路灯坏了, of an officer: the matter is the villager's, who called or has no phone; he hears and rates."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.contacts import Binding, Level, Sender
from domain.matters import Status
from domain.organisation import STAFF, Person
from handlers.context import Context
from handlers.filing import clear_topic, draft_of, places_in
from handlers.matters import file_words
from handlers.texts import matters as texts
from nlp.lazy import regex
from nlp.places import told_among
from nlp.words import classify
from storage.ids import new_id
from storage.outbox import Priority

_FOR = regex(
    r"(?:我)?(?:代|替|帮)\s*(?P<who>[\u4e00-\u9fff]{2,4}?)(?:\s*(?:反映|反应|上报|报|说)(?:一下|个事|一声)?[\s,，:：]*|[\s,，:：]+)(?P<story>.{4,})",
    re.DOTALL,
)
# 王秀英来村部说她家水管漏了, 王秀英打电话说…: who came or called, and what of.
_CAME = regex(
    r"(?:刚才?|今天|昨天|早上|上午|下午)?(?P<who>[\u4e00-\u9fff]{2,4}?)(?:刚才?|今天|昨天|早上|上午|下午)?(?:来|到|上|在)?(?:了)?(?:村部|村委会?|大队部?|办公室|我这[儿里]?|服务站|站里)?(?:来)?"
    r"(?:找(?:到)?我|[给跟向]我|打(?:来|了)?(?:个)?电话(?:来|过来)?|来电(?:话)?|托我|让我|叫我|喊我)*(?:帮(?:忙|他|她))?(?:说|反映|反应|讲|报)(?:了|是|一下)?[\s,，:：]*(?P<story>.{4,})",
    re.DOTALL,
)
_SAYS = frozenset("说映应讲报")


def take(ctx: Context) -> bool:
    """Take such words where the name is one of the roster; False for all others."""
    if not (ctx.roles & STAFF and ctx.is_direct and ctx.is_proven):
        return False
    said, is_for = ctx.said.strip(), ctx.said.lstrip("我")[:1] in ("代", "替", "帮")
    if not is_for and (_SAYS.isdisjoint(said) or not ctx.in_trouble):
        return False
    met = (_FOR if is_for else _CAME).fullmatch(said)
    meant = _named(ctx, met["who"], met["story"]) if met else []
    if met is None or len(meant) != 1 or not (is_for or _is_new(ctx, meant[0], met["story"])):
        return False
    _file(ctx, meant[0], met["story"])
    return True


def _is_new(ctx: Context, person: Person, story: str) -> bool:
    """Is it a matter of its own, and not how the one he has told of stands (王秀英说灯还是不亮)?"""
    code = clear_topic(classify(ctx.words.lexicon, story))
    if code is None or person.id == (ctx.person.id if ctx.person else None):
        return False
    told = [
        m
        for other in ctx.store.people.contacts_of([person.id])
        for m in ctx.store.matters.reported_by(other.contact.id)
    ]
    return not any(m.code == code and (m.is_living or m.status is Status.DONE) for m in told)


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
