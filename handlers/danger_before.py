"""What the sender said before a danger: a doubt that stands open, words about dying. It belongs to what he says now."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from domain.matters import Urgency
from domain.questions import LIFE, OpenQuestion
from handlers.alerting import is_unnamed_of
from handlers.context import Context
from handlers.danger_answers import clauses_of, is_close
from handlers.danger_kinds import PRIVATE_KINDS, goes_with, is_private, number_of
from handlers.pleas import wants_no_name
from nlp.danger import Danger

CHECK = "danger.check"
# So long after somebody spoke of dying, the water he stands at is about that.
DESPAIR_LASTS = timedelta(hours=6)
# So long after he told of a matter what he says may go on with it.
GOES_ON_FOR = timedelta(days=3)
# So long after an alarm without a name what is told of the same danger bears none.
GOES_ON_UNNAMED = timedelta(hours=6)
HIS_OWN = re.compile(
    "[我俺咱](?:们|家|屋)?(?:里|头)?(?:[爸妈爹娘爷奶婆公娃儿女孙哥姐弟妹]|老婆|老公|男人|媳妇|老伴|老汉|堂客|屋里人)"
)
FOLLOWS = 25
"""How many points less wording alone counts there."""
_ABOUT_A_MATTER = frozenset({"rating", "rating.why", "addition"})


class Doubt(NamedTuple):
    """What was asked about: the danger it would be, whom to call, and what was said."""

    kind: str
    number: str
    story: str


def doubt_of(ctx: Context, question: OpenQuestion) -> Doubt:
    return Doubt(**json.loads(ctx.store.vault.open(question.data)))


def kept_as(ctx: Context, doubt: Doubt) -> str:
    """How a doubt is kept with its question: what only two may read, or bears no name, is sealed there as well."""
    kept = json.dumps(doubt._asdict(), ensure_ascii=False)
    return ctx.store.vault.seal(kept) if doubt.kind in PRIVATE_KINDS or wants_no_name(doubt.story) else kept


def doubts(ctx: Context) -> list[OpenQuestion]:
    """The questions whether somebody is in danger that stand open to the sender."""
    return [q for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == CHECK]


def with_doubt(ctx: Context, danger: Danger, story: str) -> tuple[Danger, str]:
    """What was doubtful is certain now: what was said first is told with it, unless fewer may read that."""
    for question in doubts(ctx):
        ctx.store.questions.close(question, ctx.now)
        first = doubt_of(ctx, question)
        if first.story not in story and (is_private(danger) or first.kind not in PRIVATE_KINDS):
            story = f"{first.story}\n{story}"
    return danger, story


def with_unnamed(ctx: Context, danger: Danger, story: str) -> str:
    """他们还在砍, after an alarm he did not want to be named for: it goes on with that story, and bears no name either.

    Of his own family (我爸晕倒了) it is another: whoever helps them must be able to ask him.
    """
    if HIS_OWN.search(story):
        return story
    for alarm in reversed(ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - GOES_ON_UNNAMED)):
        told = ctx.store.matters.get(alarm.matter_id)
        if told is not None and is_unnamed_of(alarm.kind, told.text) and goes_with(alarm.kind, danger.kind, story):
            return f"{told.text}\n{story}"
    return story


def in_despair(ctx: Context, danger: Danger, story: str) -> Danger:
    """我到河边了, 我站在水库坝上, of somebody who spoke of dying a while ago, is about that, and goes to the same two."""
    if danger.is_named and not is_close(story):
        return danger
    is_doubted = any(doubt_of(ctx, question).kind == "suicide" for question in doubts(ctx))
    since = ctx.now - DESPAIR_LASTS
    if is_doubted or any(a.kind == "suicide" for a in ctx.store.alarms.of_contact(ctx.sender.contact.id, since)):
        return Danger("suicide", "12356", danger.certain, danger.why, sealed=True)
    return danger


# So long after an alarm what got worse again is the same danger.
WORSE_FOR = timedelta(hours=6)
_WORSE_CHARS = 24
_WORSE = re.compile(
    "(?:我|俺|咱)?(?:家)?(?:[他她人火水爸爹妈娘爷奶娃]|爸爸|妈妈|爷爷|奶奶|老婆|媳妇|老公|男人|老伴|老汉|孩子|老人)?(?:现在|这会儿?|刚才|刚刚|好像|怕是|人|都|就)*"
    "(?:(?:又|更|越来越)(?:不行|不好|不对|不动|严重|厉害|恶化|加重|昏|晕|倒|抽|吐|喘|疼|痛|流血|烧|着|冒|塌|垮|涨|漏|打|闹|不见|没气)[^吗没不，。]{0,4}"
    "|(?:快|要)?不行|没(?:气|呼吸|反应|心跳|知觉)|(?:喊|叫)(?:都|也)?不(?:应|醒)|不(?:喘气|出气|会动|动))"
    "(?:了|啦|咯|哒|啊|呀)*"
)


MAY_BE_WORSE = re.compile("[又更越]|不(?:行|应|醒|喘气|出气|会动|动)|没(?:气|呼吸|反应|心跳|知觉)")
"""One of these stands in all that says so."""
_CALLS = re.compile("来人|快来|救|咋办|咋弄|怎么办|赶紧|快点|120")


def worse_again(ctx: Context, found: Danger | None) -> Danger | None:
    """又不行了 没气了, after he said that all was well: it is certain then, whatever it would be by itself."""
    if len(ctx.said) > _WORSE_CHARS or not MAY_BE_WORSE.search(ctx.said) or (found is not None and found.certain):
        return found
    clauses = clauses_of(ctx.said)
    if not any(map(_WORSE.fullmatch, clauses)) or not all(_WORSE.fullmatch(c) or _CALLS.search(c) for c in clauses):
        return found
    alarms = ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - WORSE_FOR)
    if not alarms:
        return found
    if found is not None and found.is_named:
        return replace(found, certain=True)
    kind = alarms[-1].kind
    return Danger(kind, number_of(kind), True, (ctx.said,), kind in PRIVATE_KINDS)


def of_what_he_told(ctx: Context, danger: Danger) -> Danger | None:
    """水还在流, 下午我婆娘在屋: of a matter he has just told of, or is being asked about, wording alone counts less.

    What is joined to a matter reaches its keeper at once. None where nothing is left of it.
    """
    if danger.is_named or danger.sealed or not danger.would_fall(FOLLOWS) or not (ctx.is_direct and _goes_on(ctx)):
        return danger
    return danger.less(FOLLOWS)


def _goes_on(ctx: Context) -> bool:
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if any(question.kind in LIFE for question in asked):
        return False
    if any(question.kind in _ABOUT_A_MATTER for question in asked):
        return True
    told = ctx.store.matters.reported_by(ctx.sender.contact.id)
    return any(m.is_living and m.urgency is not Urgency.P0 and ctx.now - m.filed_at <= GOES_ON_FOR for m in told)
