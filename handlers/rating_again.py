"""What he says of a matter that has ended already: its rating changed (按错了 是3), 又坏了, a withdrawal taken back."""

from __future__ import annotations

from datetime import timedelta

from domain import matters as rules
from domain.matters import Matter, Rating, Reason, Status
from domain.refusals import Refused
from handlers import afterwards, rating_words, remarks
from handlers.context import Context
from handlers.filing import (
    Draft,
    answer_by,
    clear_topic,
    file_matter,
    filed_words,
    owner_words_known,
    title_of_matter,
)
from handlers.matter_lookup import HANDLERS, fits
from handlers.matter_news import tell_handler
from handlers.rating import take_rating
from handlers.rating_words import MENDED
from handlers.texts import matters as texts
from handlers.texts import ratings as rating_texts
from nlp.lazy import regex

LONGEST = 24
# So long after it was done a bare number, where nothing is asked, changes how he rated it.
BARE_WITHIN = timedelta(hours=24)
_DIGIT = regex(r"\s*[123](?:\s*[。.!！])?\s*")
# One of these stands in everything that is taken here.
_MAY = regex("满意|凑合|[又没不错改实还悔撤复]|^[123]")
# And one of these: most that say 没 or 不 say it of something else (measured: 7.4 → 3.6 µs a complaint).
MAY_BE = regex(
    "[又错滑误抖改实撤悔恢新满哪骗看是还123]|[瞎胡]说|凑合|的事|根本|一[盏处段根截头个边]"
    "|(?:没有?|不)(?:[亮水电通修弄拉清动热好]|[来有][水电人]|人[来修拉管弄清扫]|见[人动]|解决|变化)"
)
_LED_BY_DIGIT = regex(r"^[123][\s,，。、]+(?=又)")
_WANTS_BACK = regex(
    r"(?:那|我|算了|不行|哎呀?|嗯)*[\s,，]*(?:撤(?:回)?错了|(?:还是|先|又|再)*(?:别|莫|不|不要|甭)撤(?:回)?(?:了|吧)*|后悔了"
    r"|还是(?:要|想|得|再)*(?:反映|报|修|管|办|弄)|还是(?:麻烦|请|让|叫|要)*(?:你们?|您|他们|人)?(?:来|给)(?![水电])|恢复(?:吧|一下)?$|重新(?:报|反映|办|弄)(?![了好]))"
)


def take(ctx: Context) -> bool:
    """Take a few words about what ended not long ago; False for all others, and where nothing of his has."""
    if len(ctx.said) > LONGEST or not ctx.is_direct or not ctx.is_proven or _MAY.search(ctx.said) is None:
        return False
    if MAY_BE.search(ctx.said) is None:
        return False
    number, words = remarks.split_number(ctx.said)
    words = _LED_BY_DIGIT.sub("", remarks.addition(words, is_named=False))
    if remarks.has_failed_again(words):
        return _take_again(ctx, number, words)
    fails = remarks.fails(words)
    if _take_change(ctx, number, words, fails=fails):
        return True
    return (fails or _WANTS_BACK.match(words) is not None) and _take_wanted(ctx, number, words)


def _mine(ctx: Context, number: str) -> list[Matter]:
    mine = ctx.store.matters.reported_by(ctx.sender.contact.id)
    said_of = [m for m in mine if not m.is_sealed and (not number or fits(m, number))]
    code = clear_topic(ctx.reading)
    return said_of if number or code is None else [m for m in said_of if m.code == code]


def _has_ended_lately(ctx: Context, matter: Matter) -> bool:
    return matter.ended_at is not None and ctx.now - matter.ended_at <= rules.RATE_WITHIN


def _lately_done(ctx: Context, mine: list[Matter]) -> Matter | None:
    """The newest that was done and rated lately, or waits for that; a thing that is mended before any other."""
    done = [m for m in mine if (m.rating or m.status is Status.DONE) and _has_ended_lately(ctx, m)]
    return next((m for m in done if m.code.startswith(MENDED)), next(iter(done), None))


def _take_again(ctx: Context, number: str, words: str) -> bool:
    """又坏了, 001 又堵了: it is taken up once more; where the same is still in hand, its keeper hears it."""
    mine = _mine(ctx, number)
    living = next((m for m in mine if m.is_living and (number or m.code.startswith(MENDED))), None)
    if living is not None:
        if words == ctx.said:
            return False  # joined like any other word to it
        afterwards.add_to(ctx, living, words)
        return True
    matter = _lately_done(ctx, mine)
    if matter is None:
        return _take_wanted(ctx, number, words) or _file_anew(ctx, mine, words)
    take_rating(ctx, ctx.store.matters.held(matter), str(Rating.NOT), words)
    return True


# So long after a lamp was mended 又灭了 is about it: a matter of its own, told with what it was.
ANEW_WITHIN = timedelta(days=90)


def _file_anew(ctx: Context, mine: list[Matter], words: str) -> bool:
    """又灭了, too long after it was done to be taken up once more."""
    done = [m for m in mine if m.rating and m.ended_at is not None and ctx.now - m.ended_at <= ANEW_WITHIN]
    before = next((m for m in done if m.code.startswith(MENDED) and not m.is_sealed), None)
    if before is None or clear_topic(ctx.reading) not in (None, before.code):
        return False
    story = f"{words}（{rating_texts.told_before(before.number, texts.shortened(before.text))}）"
    matter = file_matter(ctx, Draft(story, before.code, before.urgency, before.second_code))
    ctx.reply(filed_words(ctx, matter))
    return True


def _take_change(ctx: Context, number: str, words: str, *, fails: bool) -> bool:
    """不满意, 3, 按错了 是3, 其实没修, after he has rated it."""
    slip, is_bare = rating_words.behind_slip(words), _DIGIT.fullmatch(words) is not None
    fails = fails and slip is None
    if not (slip or is_bare or fails or "满意" in words or "凑合" in words):
        return False
    mine = _mine(ctx, number)
    matter = _lately_done(ctx, mine)
    if matter is None or (fails and any(m.is_living for m in mine)):
        return False
    if matter.status is Status.DONE and not is_bare and not slip:
        return False  # of what waits for it still the rating in words is known anywhere
    if is_bare and (matter.ended_at is None or ctx.now - matter.ended_at > BARE_WITHIN):
        return False
    score, why = rating_words.judged(ctx, slip or words)
    if score:
        take_rating(ctx, ctx.store.matters.held(matter), score, why)
    return bool(score)


def _take_wanted(ctx: Context, number: str, words: str) -> bool:
    """别撤, 还是要反映 你们来修吧, 还是坏的: what he withdrew lately is taken up again."""
    mine = _mine(ctx, number)
    matter = mine[0] if mine else None
    if matter is None or matter.status is not Status.WITHDRAWN or not _has_ended_lately(ctx, matter):
        return False
    _restore(ctx, ctx.store.matters.held(matter), words)
    return True


def _restore(ctx: Context, matter: Matter, words: str) -> None:
    due_at = answer_by(matter.urgency, ctx.now, ctx.words.calendar)
    again = ctx.store.matters.change(matter, rules.restore(matter, due_at), ctx.step("restored"))
    ctx.store.matters.add_note(again, "text", words, ctx.sender.contact.id, ctx.now)
    title = title_of_matter(ctx.words.lexicon, again)
    text = rating_texts.restored_for_owner(again.number, title, words, texts.by(again))
    tell_handler(ctx, again, text, f"restored:{ctx.incoming.digest}")
    ctx.reply(rating_texts.restored(again.number, owner_words_known(ctx, again), texts.by(again)))


def rate_named(ctx: Context, number: str, score: str) -> bool:
    """`001 3` without a question to it: it names its target, and nothing else (design §4). False for a number of nobody's.

    Raises Refused where that matter is not his, not done yet, or ended too long ago.
    """
    is_number = "-" in number or number.startswith("0")  # 100 1 may be anything
    mine = _mine(ctx, number)
    if not mine:
        if is_number and not ctx.roles & HANDLERS:
            raise Refused(Reason.NO_SUCH, digits=number)
        return False
    matter = mine[0]
    if matter.is_living:
        if ctx.roles & HANDLERS:
            return False
        raise Refused(Reason.NOT_DONE_YET, number=matter.number)
    if matter.status is Status.WITHDRAWN or not _has_ended_lately(ctx, matter):
        raise Refused(Reason.ALREADY_ENDED, number=matter.number, status=matter.status)
    if not ctx.is_proven:
        raise Refused(Reason.PLAIN_MODE)
    take_rating(ctx, ctx.store.matters.held(matter), score, "")
    return True
