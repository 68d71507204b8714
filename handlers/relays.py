"""The cadre relay in talk: 已转发, the scan of a forwarded picture, and the clock that asks again."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta

from domain.organisation import STAFF
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.registry import answers, every, intent
from handlers.texts import delivery as texts
from nlp.numbers import option_number
from storage.outbox import Priority
from storage.undelivered import Relay
from storage.vault import Vault

ASK_AGAIN_AFTER = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(hours=24)
CHOICE_FOR = timedelta(minutes=30)
SHOWN = 3
_SCENE = re.compile(r"r\.(\d{1,20})\.([0-9a-f]{8})")


def scene_of(vault: Vault, relay_id: int) -> str:
    """The scene in the picture of a relay; nobody can make one of another."""
    return f"r.{relay_id}.{vault.digest('relay scene', str(relay_id))[:8]}"


@intent("relayed", who=STAFF, needs_proof=True)
def relayed(ctx: Context) -> None:
    """已转发: what he was asked to forward stands in the group. With several open ones he says which."""
    mine = ctx.store.stuck.relays_of(ctx.person.id) if ctx.person else []
    if not mine:
        return ctx.reply(texts.nothing_to_relay())
    if len(mine) == 1:
        return _note(ctx, mine)
    ctx.ask("relayed", 0, tuple(str(n) for n in range(1, min(len(mine), SHOWN) + 2)), CHOICE_FOR)
    return ctx.reply(texts.which_relayed([texts.opening(relay.text) for relay in mine[:SHOWN]], len(mine)))


@answers("relayed")
def choose_relayed(ctx: Context, question: OpenQuestion, said: str) -> None:
    mine = ctx.store.stuck.relays_of(ctx.person.id) if ctx.person else []
    shown = mine[:SHOWN]
    chosen = option_number(said, [*(texts.opening(relay.text) for relay in shown), texts.ALL_RELAYED])
    if chosen is None or not mine:
        raise NotUnderstood("relayed")
    ctx.store.questions.close(question, ctx.now)
    _note(ctx, mine if chosen > len(shown) else [shown[chosen - 1]])


def _note(ctx: Context, relays: list[Relay]) -> None:
    for relay in relays:
        ctx.store.stuck.relayed(relay, ctx.now)
    ctx.reply(texts.relayed([(relay.group_name, texts.opening(relay.text)) for relay in relays]))


def scanned(ctx: Context, scene: str) -> bool:
    """A villager scanned the picture in his group: he reads the notice here and may answer here."""
    match = _SCENE.fullmatch(scene)
    if match is None or not hmac.compare_digest(scene_of(ctx.store.vault, int(match[1])), scene):
        return False
    relay = ctx.store.stuck.relay(int(match[1]))
    if relay is None or not relay.text:
        return False
    ctx.reply(texts.scanned_notice(relay.text))
    return True


@every(minutes=10)
def look_after_relays(ctx: Context) -> None:
    """Ask once again after two hours; after a day, or when it would be late, it goes into the stuck report."""
    for relay in ctx.store.stuck.relays_asked_before(ctx.now - timedelta(minutes=5)):
        if ctx.now - relay.asked_at > GIVE_UP_AFTER or (relay.not_after is not None and ctx.now > relay.not_after):
            ctx.store.stuck.expire(relay, ctx.now)
        elif relay.reminded_at is None and ctx.now - relay.asked_at > ASK_AGAIN_AFTER:
            person = ctx.store.people.person(relay.person_id)
            ctx.store.stuck.reminded(relay, ctx.now)
            if person is not None:
                text = texts.relay_again(relay.group_name, texts.opening(relay.text))
                once = f"relay:{relay.letter_id}:again"
                ctx.tell(person, text, "relay", once=once, priority=Priority.NOTICE, not_after=relay.not_after)
