"""进度: where a matter stands, also a sealed one, by its token."""

from __future__ import annotations

from domain.matters import Matter, Reason, Status
from domain.organisation import STAFF
from domain.refusals import Refused
from handlers.context import Context
from handlers.filing import owner_words_known, title_of_matter
from handlers.matter_lookup import named
from handlers.matter_news import expect_rating
from handlers.registry import intent
from handlers.sealing import LOOKUPS_A_DAY, token_digest
from handlers.texts import known as known_texts
from handlers.texts import matters as texts
from handlers.texts import sealed as sealed_texts
from nlp.lazy import regex

SHOWN = 3
_TOKEN = regex(r"[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}[- ]?[A-HJKMNP-Z2-9]{3}(?![A-Z0-9])")


@intent("track")
def track(ctx: Context) -> None:
    """进度: the newest matters; 进度 007: that one; 进度 K7Q-…: the sealed one of that token."""
    if token := _TOKEN.search(ctx.said.upper()):
        return _track_sealed(ctx, token.group())
    number = str(ctx.understanding.slots.get("number") or "")
    if number:
        matter = named(ctx, number)
        _ask_again(ctx, matter)
        return ctx.reply(progress_line(ctx, matter))
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    own = [m for m in mine if m.status is not Status.WITHDRAWN] or mine
    if not own and ctx.roles & STAFF and ctx.person:
        own = ctx.store.matters.living_of_owner(ctx.person.id)
    if not own:
        raise Refused(Reason.NO_SUCH, digits="")
    # A message has six lines: three matters, or two and how to see the rest.
    _ask_again(ctx, own[0])
    lines = [progress_line(ctx, matter) for matter in own[: SHOWN if len(own) <= SHOWN else SHOWN - 1]]
    return ctx.reply(texts.progress(lines, len(own) - len(lines)))


def _ask_again(ctx: Context, matter: Matter) -> None:
    """等您说行不行 is asked anew where the week to say so has run out: 1 2 3 are then an answer."""
    if matter.status is Status.DONE and matter.contact_id == ctx.sender.contact.id and not matter.is_sealed:
        expect_rating(ctx, matter)


# XH-261122-001 and 001 alone name a matter, and choose nothing.
_NUMBER = regex(r"(?:编号|事项)?[\s:：]*([A-Za-z]{2,6}-\d{6}-\d{3,6}|\d{3,6})[\s。.!！?？]*")


def take_number(ctx: Context) -> bool:
    """Say where the matter stands whose number is the whole message; False for other words, and where there is none."""
    found = _NUMBER.fullmatch(ctx.said) if ctx.is_direct else None
    if found is None:
        return False
    try:
        matter = named(ctx, found[1].upper())
    except Refused:
        if "-" in found[1]:
            raise
        return False
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    ctx.reply(progress_line(ctx, matter))
    return True


# 老王反映的路灯咋样了; 书记说的 is what was promised, and nobody's matter.
_ANOTHERS = regex(
    r"(?P<who>(?!我|俺|咱|额|自己|昨|前|上|刚|以前|那天|之前|去年|今|本|这|那|早)[\u4e00-\u9fff]{1,5}?)(?:前几?天|上次|昨天|那天)?(?P<verb>反映|反应|报|投诉|说|提)(?:过|了)?的.{1,12}?"
    r"(?:咋样|怎么样|怎样|如何|到哪|[修办弄处]理?(?:好|完)?了?(?:没|吗)|有(?:结果|消息|信儿?|下文)|啥时候|几时|什么时候).{0,5}"
)
_CHARS = 24


def take_anothers(ctx: Context) -> bool:
    """老王反映的路灯咋样了, of a villager: where it stands is for whoever told of it (rulings, Sealed matters)."""
    if not ctx.is_direct or ctx.roles & STAFF or not whose(ctx.said):
        return False
    own = [m for m in ctx.store.matters.reported_by(ctx.sender.contact.id) if m.is_living]
    if any(matter.code == ctx.reading.code for matter in own):
        return False
    ctx.reply(known_texts.told_by_another())
    return True


def whose(said: str) -> str:
    """Who is said to have told of what is asked about; "" for other words."""
    met = _ANOTHERS.fullmatch(said.strip(" 。！!?？")) if len(said) <= _CHARS and "的" in said else None
    return "" if met is None or (met["verb"] in ("说", "提") and _OFFICIAL.search(met["who"])) else met["who"]


_OFFICIAL = regex("书记|支书|主任|文书|干部|村长|网格|小[\u4e00-\u9fff]|镇|村里|你们?|您|上面|领导|政府")


def progress_line(ctx: Context, matter: Matter) -> str:
    """Say where it stands, in one line and its number."""
    owner = owner_words_known(ctx, matter)
    return texts.progress_line(matter, title_of_matter(ctx.words.lexicon, matter), owner, ctx.now)


def _track_sealed(ctx: Context, token: str) -> None:
    tries = ctx.store.counters.count(f"lookup:{ctx.sender.contact.id}:{ctx.now:%y%m%d}")
    matter = ctx.store.matters.with_token(token_digest(ctx, token)) if tries <= LOOKUPS_A_DAY else None
    ctx.is_secret = True
    if matter is None:
        return ctx.reply(texts.no_such(token))
    return ctx.reply(sealed_texts.sealed_progress(token.upper(), matter))
