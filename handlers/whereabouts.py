"""Where a matter is, told after it: 在八社学校门口. It goes to the keeper of that place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter
from domain.organisation import Area, first_receiver
from handlers.context import Context
from handlers.filing import (
    ASK_PLACE_FOR,
    Draft,
    file_matter,
    filed_words,
    owner_words_known,
    places_in,
    tell_owner,
    title_of_matter,
)
from handlers.matter_news import tell_handler
from handlers.texts import in_hand as hand_texts
from handlers.texts import matters as texts
from nlp.lazy import regex
from nlp.places import told_among

# So soon after a matter a few words that only name a place say where it is.
SOON, CHARS, LONGEST = timedelta(minutes=30), 18, 30
# Who says that it was wrong (说错了 是八社的) is heard as long as other words join the matter.
CORRECTS_FOR = timedelta(days=3)
_ONLY_A_PLACE = regex(
    r"(?:不是|不对)?[^在]{0,6}?(?:就|是|位置|地点)?在(?P<where>(?:第)?[一二三四五六七八九十\d]{1,2}[社组队](?:那边|那里|那儿|这边)?|[^在吗没呢不了]{2,14}?(?:[社组队村口头边旁上里前后侧面路桥渠沟井坡坎湾店校院站巷家处]|门口|跟前|附近|那里|那儿|那边|这里|这儿|这边))(?:哈|啊|的)?"
)
_CORRECTS = regex(
    "(?:我?(?:说|打|写|弄)?错了|不是|不对)?[,，\\s]*(?:不是[^,，\\s]{1,5})?[,，\\s]*(?:应该)?是(?:在)?(?P<where>[^吗没呢不]{1,10}?[社组队])(?:[^\\s,，吗没呢不]{1,6}?(?:[口头边旁上里前后门处]|跟前|附近))?(?:那边|那里|那儿)?(?:的)?"
)

# 不是我们这儿 是八社老槐树底下, 错了 八社的, 不在我们这儿 在八社…: one place is denied or wrong, and another is named.
_HERE = r"(?:(?:我们?|咱们?|俺们?)?(?:家(?:门口)?|这[儿里边]|那[儿里边]|屋|门口|社|队|[一二三四五六七八九十\d]{1,2}[社组队])(?:这[儿里边]|那[儿里边])?)"
_SLIPPED = r"(?:(?:你们?|我)?(?:刚才|刚刚|前面)?(?:记|听|说|打|写|弄|搞)错(?:了|啦|地方了)?|错了|不对)[吧啊呀哦]?"
_DENIED = rf"(?:我说的|这个?|那个?|它|灯|地方|位置)?(?:不是|不在)(?:在)?{_HERE}的?[吧啊呀哦]?"
_IS_AT = "(?:应该|应当)?(?:就)?(?:是在|是|在)"
_ELSEWHERE = regex(
    rf"(?:{_SLIPPED}[\s,，。]*(?:{_IS_AT})?|(?:{_SLIPPED}[\s,，。]*)?{_DENIED}(?:[\s,，。]*{_IS_AT}|[\s,，。]+))"
    r"(?P<where>(?:第)?[一二三四五六七八九十\d]{1,2}[社组队][^\s,，吗没呢不]{0,12})"
)
_NOT_THERE = regex(rf"(?:{_SLIPPED}[\s,，。]*)?{_DENIED}")
_WRONG = regex("错了|不是|不对|不在")


def take(ctx: Context) -> bool:
    """Take words that only say where the matter he has just told of is; False for all others."""
    said = ctx.said.strip(" 。！，,.")
    if len(said) > LONGEST:
        return False
    met = (_ONLY_A_PLACE.fullmatch(said) or _CORRECTS.fullmatch(said)) if len(said) <= CHARS else None
    if met is None and _WRONG.search(said):
        met = _ELSEWHERE.fullmatch(said)
        if met is None and _NOT_THERE.fullmatch(said):
            return _ask_where(ctx)
    within = CORRECTS_FOR if met and _WRONG.search(said) else SOON
    matter = newest(ctx, within) if met and not ctx.in_trouble else None
    if met is None or matter is None or matter.is_sealed:
        return False
    area = area_named(ctx, met["where"])
    if area is None or area.id in (matter.place_id, ctx.person.group_id if ctx.person else None):
        ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
        tell_handler(ctx, matter, texts.addition_for_owner(matter.number, ctx.said), f"place:{ctx.incoming.digest}")
        ctx.reply(texts.place_written(matter.number))
        return True
    move(ctx, ctx.store.matters.held(matter), area, met["where"].removesuffix("的"))
    return True


def _ask_where(ctx: Context) -> bool:
    """我说的不是九社, and no other place: he is asked for it."""
    matter = newest(ctx, CORRECTS_FOR)
    if matter is None or matter.is_sealed or not ctx.is_direct:
        return False
    ctx.ask("place", matter.id, (), ASK_PLACE_FOR, data=matter.code)
    ctx.reply(texts.ask_right_place(matter.number))
    return True


_ALSO = regex(
    r"(?P<where>[^\s,，。]{2,12}?)的?(?:那(?:边|里|个|盏|段|条)的?|路灯|灯)?也(?:是|不行|[坏停断堵漏塌]|不[亮通走]|没[电水亮])[^\s吗没呢?？]{0,4}"
)


def take_another(ctx: Context) -> bool:
    """八社巷子口的也坏了, after the lamp of 九社: the same trouble elsewhere, and another keeper's; a matter of its own."""
    said = ctx.said.strip(" 。！!,，")
    met = _ALSO.fullmatch(said) if "也" in said and len(said) <= CHARS and ctx.is_direct else None
    area = area_named(ctx, met["where"]) if met else None
    matter = newest(ctx, CORRECTS_FOR) if area is not None else None
    own_group = ctx.person.group_id if ctx.person else None
    if area is None or matter is None or matter.is_sealed or area.id in (matter.place_id, own_group):
        return False
    title = title_of_matter(ctx.words.lexicon, matter)
    another = file_matter(ctx, Draft(f"{said}（{title}）", matter.code, matter.urgency))
    ctx.reply(filed_words(ctx, another))
    return True


def newest(ctx: Context, within: timedelta = SOON) -> Matter | None:
    """Return the matter he told of so soon before that a few words may still be about it."""
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    return next((matter for matter in mine if matter.is_living and ctx.now - matter.filed_at <= within), None)


def area_named(ctx: Context, words: str) -> Area | None:
    """Return the 社 or grid of the village that the words name."""
    told = told_among(words, places_in(ctx.directory, ctx.village.id))
    return ctx.directory.areas[told[0]] if told else None


def move(ctx: Context, matter: Matter, area: Area, words: str) -> None:
    """Put the matter where it lies; the keeper of that place gets it from whoever had it for want of a place."""
    owner = first_receiver(ctx.directory, area.id, matter.village_id)
    owner_id = owner.id if owner else matter.owner_id
    changed = replace(matter, place_id=area.id, place_text=words, owner_id=owner_id)
    ctx.store.matters.change(matter, changed, ctx.step("place"))
    if owner is not None and owner.id != matter.owner_id:
        tell_owner(ctx, changed, owner)
        title, name = title_of_matter(ctx.words.lexicon, matter), owner_words_known(ctx, changed)
        tell_handler(ctx, matter, hand_texts.taken_away(matter.number, title, name), f"place:{ctx.incoming.digest}")
    else:
        tell_handler(ctx, matter, texts.addition_for_owner(matter.number, words), f"place:{ctx.incoming.digest}")
    ctx.reply(texts.place_noted(words, owner_words_known(ctx, changed) or "村里"))
