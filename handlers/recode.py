"""改类: a clerk says what a matter really is about. The correction is a ledger row, and a candidate example for the rules."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from domain.matters import Reason
from domain.organisation import TOWN_STAFF, VILLAGE_STAFF
from domain.refusals import Refused
from handlers import resealing
from handlers.context import Context
from handlers.filing import title_of
from handlers.matter_lookup import HANDLERS, in_charge, named
from handlers.registry import intent
from handlers.resealing import SEALED_CODES
from handlers.texts import in_hand as hand_texts
from handlers.texts import matters as texts
from handlers.texts import sealed as sealed_texts

CLASSIFIERS = VILLAGE_STAFF | TOWN_STAFF
# The ledger's `why` of a correction: `rules learn --from-ledger` finds it by this word.
WHY = "recode"
_AROUND = re.compile("改[成为到类]?|归[到为]?|分?类|[的是应该把那这个件事号]|[^\\u4e00-\\u9fff]")


@intent("recode", who=CLASSIFIERS, needs_proof=True)
def recode(ctx: Context) -> None:
    """改类 007 EN01, by those who may classify in their area (organisation page §2.3). What they find to be for few eyes
    leaves theirs."""
    number = str(ctx.understanding.slots.get("number") or "")
    code = str(ctx.understanding.slots.get("code") or "").upper()
    if not number:
        return ctx.reply(texts.ask_recode())
    matter = named(ctx, number)
    if matter.is_sealed or matter not in in_charge(ctx, number):
        raise Refused(Reason.NOT_YOURS, number=matter.number)
    if code not in ctx.words.lexicon.topics:
        named_so = _named_so(ctx, number)
        if len(named_so) != 1:
            return ctx.reply(texts.no_such_code(code, _near(ctx, code, named_so)))
        code = named_so[0]
    if code == matter.code:
        return ctx.reply(texts.is_so_already(matter.number, title_of(ctx.words.lexicon, code)))
    held = ctx.store.matters.held(matter)
    changed = replace(held, code=code, second_code=held.code)
    why = f"{WHY}:{held.code}>{code}"
    if code in SEALED_CODES:
        return ctx.reply(sealed_texts.resealed(resealing.seal(ctx, held, code, why, ctx.role_in(CLASSIFIERS))))
    ctx.store.matters.change(held, changed, ctx.step(why, ctx.role_in(CLASSIFIERS)))
    return ctx.reply(texts.recoded(held.number, title_of(ctx.words.lexicon, code)))


@intent("recode", who=HANDLERS)
def may_not(ctx: Context) -> None:
    """001 改类 用电 from a keeper: the clerk does that, and it is no new matter."""
    ctx.reply(hand_texts.clerk_recodes())


def _named_so(ctx: Context, number: str) -> list[str]:
    """The codes whose titles have most in common with what he says: 001改成道路的."""
    words = _AROUND.sub("", ctx.said.replace(number, "", 1))
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    shared = {code: sum(pair in topic.title for pair in pairs) for code, topic in ctx.words.lexicon.topics.items()}
    most = max(shared.values(), default=0)
    return sorted(code for code, count in shared.items() if count == most) if most else []


def _near(ctx: Context, code: str, named_so: list[str]) -> list[str]:
    """Codes named so, else codes written alike, with their titles."""
    topics = ctx.words.lexicon.topics
    near = named_so[:3] or difflib.get_close_matches(code, sorted(topics), 3, 0.5) or sorted(topics)[:3]
    return [f"{found} {topics[found].title}" for found in near]
