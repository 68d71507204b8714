"""What is heard of the closing question's answer: the score, the reason, and a story told beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.matters import Matter, Rating
from handlers import afterwards, closing_words, manners, remarks
from handlers.afterwards import OTHER
from handlers.context import Context
from handlers.filing import clear_topic
from handlers.rating_asked import asks_meaning
from nlp.intents import recognise
from nlp.lazy import regex
from nlp.numbers import option_number, said_number
from nlp.words import classify

# He will say so once he has seen it.
LATER = "later"
# He asks what the scores mean.
ASKS = "asks"


@dataclass(frozen=True, slots=True)
class Heard:
    """`score` is 1, 2, 3, LATER or ASKS; `beside` is a story of another matter that was told in the same message."""

    score: str
    why: str = ""
    beside: str = ""


# Words that are surely something else are none of the rating.
_RATES = frozenset(
    {None, "rate", "urge", "withdraw", "report", "chat", "add", "consult", "confirm", "vote", "change", "cancel", "opinion",
     "support", "track", "dept.done"}
)  # fmt: skip
# So few letters are the rating itself, and no reason for it.
_BARE_CHARS = 4
# 垃圾也该拉了, 另一盏没修: something is to be done there too.
_WANTS = regex("[也还都]?(?:该|得|要)(?:拉|修|清|掏|换|弄|管|扫|补|装)|没(?:人)?(?:修|拉|清|掏|管|弄|换)")
_BESIDE = regex(
    r"(?P<rating>[^\s,，。!！]+?(?:[\s,，。!！]+(?:谢谢|多谢|辛苦)[^\s,，。!！]*)?)[\s,，。!！]*(?:就是|不过|但是?|可是?|只是|另外|顺便|还有(?:个|就是)?)[\s,，]*(?P<more>.{3,})",
    re.DOTALL,
)
_ANOTHER = regex("也|旁边|隔壁|另外|另[一几个]|还有|那边|别处|上头|下头|前头|后头|对面")


_SLIP = regex(
    r"(?:不对|哦|噢|哎呀?|对不起|不好意思)?[\s,，]*(?:(?:我|刚才|刚刚)*(?:按|点|打|写|选|弄|搞|发|回|说|评)错(?:了|啦)?|手(?:滑|误|抖)了?|(?:不是|不对)\s*[123]|其实)"
    r"[\s,，。!！]*(?:我|应该|应当|其实)*(?:改(?:成|为)?|想?选|给|打|评|回)?(?:是)?|(?:我|应该|应当|给我|要)*(?:改(?:成|为)?|应该是|应当是)(?=[\s123不满凑没还])"
)


def behind_slip(text: str) -> str | None:
    """What is meant instead, behind 按错了 是3, 改成不满意, 其实没修; "" where he does not say, None where nothing slipped."""
    found = _SLIP.match(text.strip())
    return None if found is None else text.strip()[found.end() :].strip(" ,，。!！")


def judged(ctx: Context, words: str) -> tuple[str, str]:
    """Read the score and the reason behind it in words about what he has been asked of: 是满意的, 还是漏, 亮了."""
    score, why = rating_said(ctx, words)
    if score:
        return score, words if score == Rating.NOT and not why and fails(words) and "满意" not in words else why
    score = remarks.how_it_is(manners.without_politeness(words)) or closing_words.score(words) or _in_parts(ctx, words)
    return score, words if score == Rating.NOT else ""


_PAUSE = regex(r"[\s,，。!！]+")


def _in_parts(ctx: Context, words: str) -> str:
    """哦亮了 刚才没开闸 满意: the last part says it outright."""
    last = _PAUSE.split(words.strip(" 。！!,，"))[-1]
    return rating_said(ctx, last)[0] if "满意" in last or "凑合" in last else ""


def fails(text: str) -> bool:
    """还是不亮, 没修, 还是老样子: does it say that all is as it was?"""
    return remarks.how_it_is(text) == Rating.NOT or closing_words.score(text) == Rating.NOT


def rating_said(ctx: Context, said: str) -> tuple[str, str]:
    """Read a score and the reason behind it, in numbers or in words (3 没修好); ("", "") where it is no rating."""
    score, why = _rating_said(ctx, said)
    return score, why or (_behind(said) if score == Rating.NOT else "")


def _behind(said: str) -> str:
    """晚上还是闪, of 谈不上满意 晚上还是闪: who has said what is wrong is not asked for it."""
    _, _, rest = _PAUSE.sub(" ", manners.without_politeness(said)).strip().partition(" ")
    return rest if len(rest) > 1 and "满意" not in rest else ""


def _rating_said(ctx: Context, said: str) -> tuple[str, str]:
    if asks_meaning(said):
        return "", ""
    if remarks.denies(said):
        return str(Rating.NOT), said
    if denied := closing_words.denied(said):
        return denied, ""
    if closing_words.not_seen(said) or closing_words.cannot_say(said):
        return "", ""
    chosen = option_number(said, ("满意", "凑合", "不满意"))
    if chosen is not None:
        return str(chosen), ""
    if found := remarks.scored(said):
        # 2 路灯又坏了 may be a story that happens to begin with a digit; only a 3 is expected to bring one.
        is_expected = found[0] == "3" or remarks.begins_with_rating(found[1])
        return found if is_expected or clear_topic(classify(ctx.words.lexicon, found[1])) is None else ("", "")
    understood = recognise(ctx.words.intents, said, "villager", ctx.now, ctx.words.calendar)
    if understood.intent != "rate" or not (understood.certain or remarks.judges(said)):
        return "", ""
    return str(understood.slots.get("score") or ""), remarks.reason(said)


def heard(ctx: Context, matter: Matter, words: str) -> Heard | None:
    """Read what he says to the open question; None where it is no answer to it."""
    if asks_meaning(words):
        return Heard(ASKS)
    if closing_words.not_seen(words) or closing_words.cannot_say(words):
        return Heard(LATER)
    if (found := _BESIDE.fullmatch(words)) is not None and (both := _with_more(ctx, matter, found)) is not None:
        return both if both.score else None
    score, why = rating_said(ctx, words)
    if score:
        return Heard(score, why)
    if ctx.understanding.certain and ctx.understanding.intent not in _RATES:
        return None
    judges = closing_words.judges(words)
    is_of_it = _is_of_it(ctx, matter, words)
    score = remarks.how_it_is(manners.without_politeness(words)) if is_of_it else ""  # 谢谢 亮了
    if score:
        return Heard(score, "" if score == Rating.SATISFIED else words)
    score = closing_words.score(words) if judges or is_of_it or closing_words.is_elsewhere(words) else ""
    is_bare = score == Rating.SATISFIED or len(words) <= _BARE_CHARS
    return Heard(score, "" if is_bare else words) if score else None


# The tops of the codes of things that are mended, emptied or carried away: a lamp is, a pension is not.
MENDED = ("RC", "EN", "AG")


def _is_of_it(ctx: Context, matter: Matter, words: str) -> bool:
    """亮了 and 没人来 may be about what is not done yet, 没人来拉垃圾 is about neither; 还没修好 is about no pension."""
    rivals = afterwards.all_living(ctx)
    if matter.code.startswith(MENDED) and remarks.tells_of_mending(words):
        rivals = [rival for rival in rivals if rival.code.startswith(MENDED)]
    return not rivals and not _is_of_another(ctx, matter, remarks.without_teller(words))


def _is_of_another(ctx: Context, matter: Matter, words: str) -> bool:
    reading = classify(ctx.words.lexicon, words)
    if reading.sealed or reading.danger:
        return True
    code = clear_topic(reading)
    return code not in (None, matter.code) and not (code or OTHER).startswith(OTHER)


def _with_more(ctx: Context, matter: Matter, found: re.Match[str]) -> Heard | None:
    """满意 就是门口路灯也坏了: the rating, and a story of its own. 满意 不过还在漏 says both; then it is asked again."""
    rating, more = found["rating"], found["more"]
    score = rating_said(ctx, rating)[0] or closing_words.score(rating)
    is_rated = "满意" in rating or said_number(rating) is not None
    if score not in (Rating.SATISFIED, Rating.SO_SO):
        return None
    reading = classify(ctx.words.lexicon, more)
    is_trouble = ctx.words.intents.words["trouble"].search(more) is not None or _WANTS.search(more) is not None
    if is_trouble and (clear_topic(reading) not in (None, matter.code) or _ANOTHER.search(more)):
        return Heard(score, beside=more)
    if closing_words.blames(more) and is_rated:
        return Heard("")
    return Heard(score, more) if is_rated else None
