"""What a villager says of those who handle his matter: 小陈电话打不通, 换个人, 一群废物. None of it is a matter of its own."""

from __future__ import annotations

from domain.matters import Matter
from domain.organisation import Person, Role
from handlers import afterwards, assigning
from handlers.context import Context
from handlers.filing import chief_of, notice_fields, office_of, owner_words_known, title_of_matter
from handlers.manners import scolds
from handlers.matter_lookup import HANDLERS
from handlers.matter_news import tell_handler
from handlers.talk import who
from handlers.texts import discontent as texts
from handlers.texts.matters import who as named
from nlp.lazy import regex

LONGEST = 24
_MAY = regex("[电换别要废饭货蛋吃拿]|联系|手机")
_WHO = r"(?P<who>小[\u4e00-\u9fff]|网格[长员]|书记|文书|[他她]|[\u4e00-\u9fff]{2,3}(?:书记|主任))"
_UNREACHED = regex(
    rf"(?:我)?(?:给|打|跟|和)?{_WHO}(?:打)?(?:了)?(?:[几一两三]?[个次回遍])?(?:的)?(?:电话|手机|号码)?(?:号)?(?:一直|老是|总是?|都|又|也|根本)*"
    r"(?:打不通|打不进|没人接|没有?接|不接(?:电话)?|关机|停机|接不通|不通|联系不上)(?:了|啊|呀|的)*"
)
_WHOM = r"(?:小[\u4e00-\u9fff]|网格[长员]|[他她])"
_ANOTHER = regex(
    rf"(?:(?:我)?(?:别|莫|不要?|不想)?(?:让|叫|喊|要)?{_WHOM}(?:就)?(?:别|不要|莫|不用)?(?:再)?(?:来|修|管|办|弄)?(?:了)?[\s,，]*)?"
    r"(?:能不能|可不可以|可以|给我|给|我要|请|麻烦)*(?:换|另派|重新派|另外派)(?:个|一个|别)的?(?:人|别人)(?:来|修|办|弄|管|干)*(?:吗|吧|行不行|行吗|可以吗|嘛)?"
    rf"|(?:我)?(?:别|莫|不要|不想)(?:让|叫|喊|要)?{_WHOM}(?:再)?(?:来|修|管|办|弄)(?:了|我的事)?"
)


def take(ctx: Context) -> bool:
    """Take such words of a villager; False for all others, and where nothing of his is in anybody's hands."""
    if len(ctx.said) > LONGEST or _MAY.search(ctx.said) is None or not ctx.is_direct or ctx.roles & HANDLERS:
        return False
    said = ctx.said.strip(" 。！!?？")
    if (met := _UNREACHED.fullmatch(said)) is not None:
        return _take_unreached(ctx, met["who"])
    if _ANOTHER.fullmatch(said) is not None:
        return _take_wish(ctx)
    return scolds(said) and _take_scolding(ctx)


def _take_unreached(ctx: Context, whom: str) -> bool:
    """He is asked to call back, and whoever else may be called is named."""
    matter = afterwards.living(ctx)
    officer = assigning.named(ctx, ctx.village, whom)
    owner = ctx.directory.officer(matter.owner_id) if matter else None
    is_owner = owner is not None and (officer is None or officer.id == owner.id)
    if officer is None and not (is_owner and whom in ("他", "她", "网格长", "网格员")):
        return False
    if matter is None or owner is None or not is_owner:
        who(ctx)
        return True
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    text = texts.call_him_back(matter.number, title_of_matter(ctx.words.lexicon, matter), ctx.said)
    tell_handler(ctx, matter, text, f"note:{ctx.incoming.digest}")
    ctx.reply(texts.asked_to_call(matter.number, owner.name, _over(ctx, matter, owner)))
    return True


def _over(ctx: Context, matter: Matter, owner: Person | None) -> str:
    """Who else answers for it, with his phone; "" where nobody does."""
    chief = _chief(ctx, matter, owner)
    return named(chief, office_of(ctx.directory, chief, matter.village_id)) if chief else ""


def _chief(ctx: Context, matter: Matter, owner: Person | None) -> Person | None:
    chief = chief_of(ctx.directory, matter.village_id)
    if chief is not None and owner is not None and chief.id == owner.id:
        return ctx.directory.holder_upwards(Role.TOWN_LEADER, matter.village_id)
    return chief


def _take_wish(ctx: Context) -> bool:
    """换个人: whoever is over its keeper decides; the keeper does not hear it from us."""
    matter = afterwards.living(ctx)
    owner = ctx.directory.officer(matter.owner_id) if matter else None
    chief = _chief(ctx, matter, owner) if matter else None
    if matter is None or owner is None or chief is None:
        return False
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    title, in_whose = title_of_matter(ctx.words.lexicon, matter), owner_words_known(ctx, matter)
    once, fields = f"matter:{matter.id}:another:{ctx.incoming.digest}", notice_fields(ctx, matter, "overdue")
    ctx.tell(
        chief, texts.wants_another(matter.number, title, in_whose, ctx.said), "matter.wish", once=once, fields=fields
    )
    ctx.reply(texts.chief_decides(matter.number, _over(ctx, matter, owner), owner.name))
    return True


def _take_scolding(ctx: Context) -> bool:
    """一群废物: he has waited long enough. His keeper is pressed without the abuse."""
    matter = afterwards.living(ctx)
    if matter is None:
        ctx.reply(texts.what_is_it())
    else:
        afterwards.urge_matter(ctx, ctx.store.matters.held(matter), "")
    return True
