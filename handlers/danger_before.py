"""What the sender said before a danger: a doubt that stands open, words about dying. It belongs to what he says now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from domain.matters import Matter, Urgency
from domain.questions import LIFE, OpenQuestion
from handlers.alerting import is_unnamed_of
from handlers.context import Context
from handlers.danger_answers import clauses_of, is_close
from handlers.danger_kinds import FIGHTS, PRIVATE_KINDS, goes_with, is_private, number_of
from handlers.filing import AT_HOME, CONDUCT
from handlers.matter_lookup import HANDLERS
from handlers.pleas import unnamed_story, wants_no_name
from handlers.sealed_more import sealed_lately, told_just_now, told_within
from nlp.danger import EVERY_DAY, Danger
from nlp.lazy import regex
from storage.alarms import Alarm

CHECK = "danger.check"
# So long after somebody spoke of dying, the water he stands at is about that.
DESPAIR_LASTS = timedelta(hours=6)
# So long after he told of a matter what he says may go on with it.
GOES_ON_FOR = timedelta(days=3)
# So long after an alarm without a name what is told of the same danger bears none.
GOES_ON_UNNAMED = timedelta(hours=6)
HIS_OWN = regex(
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
    return unnamed_story(story) if _is_of_unnamed(ctx, danger, story) else story


_OF_US = regex("[我俺咱]")


def _is_of_unnamed(ctx: Context, danger: Danger, story: str) -> bool:
    """在砖厂后面, 他们拿刀出来了, right after 匿名 隔壁在偷排污水: what merely sounds like a cry, or is a fight with those he told
    on. Who cries for himself must be found."""
    if (danger.is_named and danger.kind not in FIGHTS) or _OF_US.search(story):
        return False
    told = told_within(ctx, GOES_ON_UNNAMED)
    return told is not None and told.is_sealed and wants_no_name(told.text)


def told_at_home(ctx: Context) -> tuple[Alarm | None, Matter] | None:
    """What he told in these days of violence at home or of despair that only few may read: an alarm, or a sealed matter."""
    alarms = ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - GOES_ON_FOR)
    alarm = next((alarm for alarm in reversed(alarms) if alarm.kind in PRIVATE_KINDS), None)
    matter = ctx.store.matters.get(alarm.matter_id) if alarm is not None else None
    if matter is not None:
        return alarm, matter
    sealed = sealed_lately(ctx)
    return (None, sealed) if sealed is not None and sealed.code == AT_HOME else None


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
_WORSE = regex(
    "(?:我|俺|咱)?(?:家)?(?:[他她人火水爸爹妈娘爷奶娃]|爸爸|妈妈|爷爷|奶奶|老婆|媳妇|老公|男人|老伴|老汉|孩子|老人)?(?:现在|这会儿?|刚才|刚刚|好像|怕是|人|都|就)*"
    "(?:(?:又|更|越来越)(?:不行|不好|不对|不动|严重|厉害|恶化|加重|昏|晕|倒|抽|吐|喘|疼|痛|流血|烧|着|冒|塌|垮|涨|漏|打|闹|不见|没气)[^吗没不，。]{0,4}"
    "|(?:快|要)?不行|没(?:气|呼吸|反应|心跳|知觉)|(?:喊|叫)(?:都|也)?不(?:应|醒)|不(?:喘气|出气|会动|动))"
    "(?:了|啦|咯|哒|啊|呀)*"
)


MAY_BE_WORSE = regex("[又更越]|不(?:行|应|醒|喘气|出气|会动|动)|没(?:气|呼吸|反应|心跳|知觉)")
"""One of these stands in all that says so."""
_CALLS = regex("来人|快来|救|咋办|咋弄|怎么办|赶紧|快点|120")


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


_MAY_BE_AGAIN = regex("[又还再更继]|接着")
_AGAIN_CHARS = 24
AGAIN = regex(
    r"^(?:补充|追加)?[\s,，]*(?:他|她|那个?人|我|俺|[昨今前]|[天晚夜晌黑早晨上里头]|半夜|刚才?|后来|这会儿?|现在|就|都|一直|喝了?酒|回来|完)*"
    r"(?:又|还|再次|接着|继续)[^，。]{0,5}?(?:动手|挨(?:了|打|一)|[揍踢踹掐捶砸]|抽(?!烟|水|空)|扇(?!风)"
    r"|打(?!电话|针|工|牌|麻将|扫|药|水|滑|鼾|呼|算|听|开|扰|雷|闪|霜|场|谷|井|折|烊|转|包|卡|印|款|来|通))"
    r"|打得?(?:更|越来越|比|.{0,2}[凶狠])"
)
"""又打了, 昨晚又动手了, 打得更凶了: it names nobody, and is of whom he told before."""


def beaten_again(ctx: Context, found: Danger | None) -> Danger | None:
    """昨晚又打了一回, after he told of violence at home: by itself little of the kind would be heard in it, and less beside a lamp
    he has told of since."""
    if (
        (found is not None and found.certain and found.is_named)
        or len(ctx.said) > _AGAIN_CHARS
        or not _MAY_BE_AGAIN.search(ctx.said)
    ):
        return found
    is_again = AGAIN.search(ctx.said) is not None and told_at_home(ctx) is not None
    return Danger("violence", "110", True, (ctx.said,)) if is_again else found


def of_what_he_told(ctx: Context, danger: Danger) -> Danger | None:
    """水还在流, 下午我婆娘在屋: of a matter he has just told of, or is being asked about, and of a mere quarrel, wording alone
    counts less.

    What is joined to a matter reaches its keeper at once. None where nothing is left of it.
    """
    if danger.is_named or danger.sealed or not danger.would_fall(FOLLOWS) or not ctx.is_direct:
        return danger
    if not danger.certain and _is_at_work(ctx):
        return danger.less(EVERY_DAY)
    return danger.less(FOLLOWS) if _is_quarrel(ctx) or _goes_on(ctx) else danger


def _is_at_work(ctx: Context) -> bool:
    """找不到人 她家锁着门, of a keeper who has something to see to: he tells how far he is."""
    person = ctx.person
    return bool(ctx.roles & HANDLERS) and person is not None and bool(ctx.store.matters.living_of_owner(person.id))


_QUARREL = regex("吵|嚷仗|拌嘴|嘴仗|摔门|赌气|回.{0,2}娘家|冷战|闹别扭")
_FEARED = regex("打(?!.{0,2}电话)|动手|威胁|吓|杀|死|刀|棍|[怕躲救血伤掐锁砸绑抢跳晕昏]|娃|孩|闺女|不见|找不")


def _is_quarrel(ctx: Context) -> bool:
    """我和男人吵架了 他摔门走了: of two who are cross with one another, and of nobody who is harmed."""
    if not _QUARREL.search(ctx.said) or _FEARED.search(ctx.said):
        return False
    return ctx.reading.code == AT_HOME


def _goes_on(ctx: Context) -> bool:
    asked = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if any(question.kind in LIFE for question in asked):
        return False
    if any(question.kind in _ABOUT_A_MATTER for question in asked):
        return True
    if _goes_on_sealed(ctx):
        return True
    told = ctx.store.matters.reported_by(ctx.sender.contact.id)
    return any(m.is_living and m.urgency is not Urgency.P0 and ctx.now - m.filed_at <= GOES_ON_FOR for m in told)


def _goes_on_sealed(ctx: Context) -> bool:
    """在砖厂后面, after what bears no name. Of violence at home every cry weighs in full, and soon of whoever is accused, too:
    昨晚有人砸我家窗户."""
    sealed = told_within(ctx, GOES_ON_FOR)
    if sealed is None or sealed.code == AT_HOME or sealed.urgency is Urgency.P0:
        return False
    return sealed.code not in CONDUCT or told_just_now(ctx) is not None
