"""What is said right after something that was sealed (他小舅子叫李二牛, a picture, a voice): it joins it, and nobody else reads it.

A sealed matter keeps no contact. For three days a question stands open to the one who told it; which matter it is of
is encrypted, and the question is gone when it has ended (docs/decisions/0004). For half an hour it takes whatever is said of
nothing else, afterwards what begins as going on with it (补充, 他又).
"""

from __future__ import annotations

from datetime import timedelta

from domain.matters import Matter, Urgency
from domain.messages import Kind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.accusing import accused_in
from handlers.context import Context
from handlers.filing import AT_HOME, CONDUCT, NO_MATTER, clear_topic
from handlers.manners import is_small_talk
from handlers.matter_news import tell_handler
from handlers.pleas import wants_no_name
from handlers.registry import answers, claims
from handlers.texts import discreet as texts
from handlers.texts import matters as matter_texts
from nlp.lazy import regex
from nlp.numbers import said_number
from nlp.words import classify
from storage.media import NOBODY

KIND = "sealed.more"
MORE_FOR, LATER_FOR = timedelta(minutes=30), timedelta(days=3)
_SMALL = 4
"""So many letters, of nothing in particular, are thanks."""
# 就是那个张三家, 他小舅子: they point at what was told.
_POINTS = regex("[他她打砸刀]|就是|那个|那笔|这个|证据|作证|还有")
# Behind it a thing that is mended is a matter of its own; a pension may be more of what he accuses somebody of.
_ONE_MORE = regex(r"(?:还有|对了|再就是|再一个)(?:就是|一?[个件]?事)?[\s,，:：]*")
_OF_THE_VILLAGE = ("RC", "EN", "AG01")
_ADDED = regex("补充|追加|再补")
# 他还收了刘家两千, 还是臭: what begins so the day after goes on with it.
_LATER = regex("(?:(?:昨|今|前)[天晚晌夜黑]|刚才|后来|刚)?(?:还是?|又|(?P<him>[他她]))")
# 就在砖厂后面: said by itself the day after, it tells where that was, and would bear his name.
_WHERE = regex("(?:地方|位置|地点)?(?:就|是)*[在是](?!吗|不|家|屋)")
_SURE = 0.6


def expect(ctx: Context, matter: Matter) -> None:
    """Let what he says next join the matter; what was sealed before no longer takes any."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == KIND:
            ctx.store.questions.close(question, ctx.now)
    ctx.ask(KIND, 0, (), LATER_FOR, data=ctx.store.vault.seal(str(matter.id)))


def is_of_another(ctx: Context) -> bool:
    """路灯也坏了, 低保咋停了, after what nobody may read: a matter of its own, and nothing of what was told."""
    reading = ctx.reading
    code, is_added = clear_topic(reading), _ADDED.match(ctx.said) is not None
    if (begun := _ONE_MORE.match(ctx.said)) is not None:  # 还有 路灯坏了
        code = clear_topic(classify(ctx.words.lexicon, ctx.said[begun.end() :]))
        is_mended = (code or "").startswith(_OF_THE_VILLAGE) and ctx.in_trouble and not reading.sealed
        if is_mended and not _POINTS.search(ctx.said[begun.end() :]):
            return True
    if not is_added and not _POINTS.search(ctx.said) and _is_told_of(ctx):
        return True
    if code is None or code in CONDUCT or code == AT_HOME or reading.sealed:
        return False
    if not (ctx.in_trouble or (reading.confidence >= _SURE and not is_added)) or _POINTS.search(ctx.said):
        return False
    return not _is_of_unnamed(ctx, code)


def _is_of_unnamed(ctx: Context, code: str) -> bool:
    """在村东头砖厂后面, 臭得人头疼, after 匿名 隔壁在偷排污水: of a kin topic it is that one; filed by itself it would bear his name."""
    matter = told_within(ctx, LATER_FOR)
    return matter is not None and wants_no_name(matter.text) and matter.code[:2] == code[:2]


def told_just_now(ctx: Context) -> Matter | None:
    """What was sealed within the half hour and still takes words; None where he has told of something else since."""
    return told_within(ctx, MORE_FOR)


def told_within(ctx: Context, span: timedelta) -> Matter | None:
    """The same, of what was sealed within so long."""
    asked = _asked(ctx, span)
    if asked is None:
        return None
    named = next((m for m in ctx.store.matters.reported_by(ctx.sender.contact.id) if m.is_living), None)
    return None if named is not None and named.id > asked.id else _matter(ctx, asked)


def sealed_lately(ctx: Context) -> Matter | None:
    """What was sealed last in these days, whatever he has told of since: a cry may be of the same people."""
    asked = _asked(ctx, LATER_FOR)
    return _matter(ctx, asked) if asked is not None else None


def _asked(ctx: Context, span: timedelta) -> OpenQuestion | None:
    asked = [q for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == KIND]
    return asked[-1] if asked and ctx.now - asked[-1].asked_at <= span else None


def accused_before(ctx: Context) -> frozenset[int]:
    """Who is meant by 他打我, said some time after something that accused him: a cry must not call him."""
    matter = sealed_lately(ctx)
    return accused_in(ctx, matter.text) if matter is not None else frozenset()


# 当时我婆娘在旁边看到的: who was there, and when it was.
_WITNESSED = regex(
    "看[到见]|瞧见|见[到过]|在场|在旁边|旁边|作证|证[人据明]|录[音像下]|听[到见说]|晓得|知道|当时|那[天回次]|上[次回]|昨|前[天年]|去年"
)
_GOES_ON = regex("[他她也还]|就是|那个|这个|他们")
_NOW = regex("快|救|正在|现在|这会|不动|没气|晕|昏|死|血|刀|棍|砸|堵|追|撵|来人|又来")


def is_of_it(ctx: Context, *, is_sure: bool) -> bool:
    """有人看见的, which merely sounds like a cry, right after what was sealed: more of it, and no danger. What would only
    be asked about goes on with it as soon as it points to somebody (他小舅子也拿了)."""
    points = _WITNESSED.search(ctx.said) or (not is_sure and _GOES_ON.search(ctx.said))
    if not points or _NOW.search(ctx.said) is not None:
        return False
    matter = told_just_now(ctx)
    return matter is not None and matter.urgency is not Urgency.P0


_BEATS = regex("^(?:后来|昨天|前天|昨晚)?(?:他|她|他们)(?:.{0,8})(?:打|骂|威胁|吓|揍|扇|踢|推)(?:了|过)?(?:我|俺|人)")


def is_beaten_too(ctx: Context) -> bool:
    """他还打我威胁我, right after he accused somebody in office, and not now."""
    if _BEATS.match(ctx.said) is None or _NOW.search(ctx.said) is not None or not ctx.is_direct:
        return False
    matter = told_just_now(ctx)
    return matter is not None and matter.code in CONDUCT


def take(ctx: Context) -> bool:
    """It joins what he accused him of, and nobody of the village hears of it."""
    matter = told_just_now(ctx) if is_beaten_too(ctx) else None
    if matter is None:
        return False
    _join(ctx, matter, "text", ctx.said, ctx.said)
    ctx.reply(texts.beaten_too())
    return True


@answers(KIND)
def add(ctx: Context, question: OpenQuestion, said: str) -> None:
    """His next words, unless they are another matter, an answer to something else, or thanks."""
    is_small = len(said) <= _SMALL and not ctx.in_trouble and ctx.reading.code in (None, NO_MATTER)
    is_small = is_small and (ctx.understanding.intent == "chat" or is_small_talk(said) or not _has_named(ctx))
    matter = _matter(ctx, question)
    is_late = ctx.now - question.asked_at > MORE_FOR
    if matter is None or is_small or said_number(said) is not None or is_of_another(ctx):
        raise NotUnderstood(KIND)
    if is_late and not _goes_on_later(ctx, matter):
        raise NotUnderstood(KIND)
    _join(ctx, matter, "text", said, said)
    ctx.reply(texts.beaten_too() if matter.code == AT_HOME and _BLOWS.search(said) else texts.sealed_too())


_BLOWS = regex("打(?!.{0,2}电话)|动手|[杀砍掐捅揍]|弄死")


def _is_told_of(ctx: Context) -> bool:
    """还没人来修灯, while a lamp of his is in somebody's hands."""
    return any(matter.is_living and matter.code == ctx.reading.code for matter in _told(ctx))


def _has_named(ctx: Context) -> bool:
    """Has he a matter in somebody's hands, who would read what is not taken here (微信转的)?"""
    return any(matter.is_living for matter in _told(ctx))


def _told(ctx: Context) -> list[Matter]:
    return ctx.store.matters.reported_by(ctx.sender.contact.id)


def _goes_on_later(ctx: Context, matter: Matter) -> bool:
    """他昨晚又来了: of a matter of its own (他家漏水了) it is not, nor 还是没修 of one who waits for a lamp."""
    if _WHERE.match(ctx.said) and wants_no_name(matter.text) and not ctx.in_trouble:
        return True
    begins = _LATER.match(ctx.said)
    if begins is None or clear_topic(ctx.reading) not in (None, matter.code, *CONDUCT, AT_HOME):
        return False
    return begins["him"] is not None or not _has_named(ctx)


def take_addition(ctx: Context, words: str) -> bool:
    """补充 会计是去年拿的, where what was sealed is what he told last: it is for nobody else. False for another matter."""
    matter = told_within(ctx, LATER_FOR if _ADDED.match(ctx.said) else MORE_FOR)
    if matter is None or (words and is_of_another(ctx)):
        return False
    if words:
        _join(ctx, matter, "text", words, words)
    ctx.reply(texts.sealed_too() if words else texts.ask_sealed())
    return True


def join(ctx: Context, matter: Matter) -> None:
    """What he says now is kept with it, and told to whoever reads it."""
    _join(ctx, matter, "text", ctx.said, ctx.said)


def _join(ctx: Context, matter: Matter, kind: str, kept: str, shown: str) -> None:
    ctx.is_secret = True
    ctx.store.matters.add_note(matter, kind, kept, None, ctx.now)
    tell_handler(ctx, matter, matter_texts.addition_for_owner(matter.number, shown), f"note:{ctx.incoming.digest}")


@claims(Kind.IMAGE, Kind.VIDEO, Kind.VOICE, Kind.LOCATION, Kind.LINK)
def take_thing(ctx: Context) -> bool:
    """A picture, a voice or a place sent right after: it loses who sent it. False where nothing was sealed just now."""
    matter = told_just_now(ctx) if ctx.is_direct else None
    if matter is None:
        return False
    media, place = ctx.incoming.media, ctx.incoming.place
    label = place.label if place else ctx.incoming.data.get("title", "")
    ctx.store.media.expect(ctx.incoming, NOBODY, matter.id, ctx.now)
    shown = f"[{matter_texts.THINGS.get(ctx.incoming.kind, '语音')}] {label}".strip()
    _join(ctx, matter, ctx.incoming.kind, media.media_id if media else label, shown)
    ctx.reply(texts.sealed_too())
    return True


def _matter(ctx: Context, question: OpenQuestion) -> Matter | None:
    return ctx.store.matters.get(int(ctx.store.vault.open(question.data) or 0))
