"""What the keeper says of a matter that is neither 收到 nor 办好了: 007 明天去修, 007 修不了 要报镇上.

Such words must never end a matter. A plan is what the reporter waits for, and he hears it; what is beyond the keeper
goes to the chief; whether the reporter hears anything else is the keeper's to say.
"""

from __future__ import annotations

import re

from domain.matters import Matter
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import deciding, keeper_short, remarks
from handlers.context import Context
from handlers.filing import title_of_matter
from handlers.matter_lookup import HANDLERS, in_charge, newest
from handlers.matter_news import close_questions, said_by, tell_reporter
from handlers.matters import CHOICE_FOR
from handlers.registry import INTENTS, answers
from handlers.texts import deciding as deciding_texts
from handlers.texts import matters as texts
from handlers.texts.dates import day
from nlp.numbers import option_number

# A day, and perhaps why.
DAY_CHARS = 20
_OF_OTHERS = re.compile("会(?!计)|投票|通知|报名|公示")  # 明天下午三点开会 names a day of another thing
# What else a message that begins with a number may be, to whoever handles that matter.
_OTHERS = frozenset(
    {"track", "recode", "transcribe", "undelivered", "undelivered.done", "delivery.history", "relayed", "withdraw"}
)


def take(ctx: Context, number: str, words: str) -> bool:
    """Take what a keeper says of the matter of that number in his charge; False for everything else."""
    if not ctx.roles & HANDLERS or not ctx.is_proven:
        return False
    found = in_charge(ctx, number)
    if not found or not newest(found, number).is_living:
        return False
    if is_interim(ctx, words):
        tell(ctx, newest(found, number), words)
        return True
    # 001 换了灯泡 下午亮的 sounds like a matter, but the number says of which it tells.
    done = INTENTS["dept.done"] if ctx.understanding.intent == "dept.done" else []
    for bound in done:
        bound.act(ctx)
    return bool(done)


def is_interim(ctx: Context, words: str) -> bool:
    """Do the words leave the matter open?"""
    understood = ctx.understanding
    if (remarks.did_not_reach(words) and not remarks.is_ended(words)) or (
        understood.intent == "transcribe" and not understood.certain
    ):
        return True  # 联系不上人, 他说错了 是机井: said of the matter that is named
    if understood.intent == "dept.done":
        return remarks.is_open(words)
    if understood.intent == "dept.accept":
        return not remarks.accepts(words) and (not understood.certain or remarks.is_open(words))
    if (not understood.certain or understood.intent == "undelivered.done") and keeper_short.meant(words) in (
        "tell",
        "ask",
    ):
        return True  # 001 过完年再说, 001 不用修, 001 给她打电话了 她说不修了
    is_command = understood.certain and understood.intent in INTENTS
    return not is_command and understood.intent not in _OTHERS


def tell(ctx: Context, matter: Matter, words: str) -> None:
    """Keep the words with the matter, and let those hear of them whom they concern."""
    ctx.is_secret = ctx.is_secret or matter.is_sealed
    ctx.store.matters.add_note(matter, "keeper", words, ctx.sender.contact.id, ctx.now)
    chief = deciding.over(ctx, matter)
    if deciding.wants_time(words) and deciding.take(ctx, matter, words):
        return None
    if chief and ctx.person and chief.id != ctx.person.id and not matter.is_sealed:
        wants_time = deciding.wants_time(words)
        until = deciding.asked_until(ctx, matter, words) if wants_time else None
        if wants_time and until is None and not remarks.is_plan(words):
            close_questions(ctx, matter, "until")
            ctx.ask("until", matter.id, (), CHOICE_FOR, data=words)
            return ctx.reply(deciding_texts.ask_until(matter.number))
        if until is not None and matter.due_at is not None and until <= matter.due_at:
            _tell_reporter(ctx, matter, words)  # 延到礼拜五, and on Friday it is due
            return ctx.reply(deciding_texts.not_later(day(until.date()), texts.by(matter)))
        if until is not None or remarks.is_beyond_him(words):
            deciding.bring(ctx, matter, words, chief)
            return ctx.reply(texts.told_chief(matter.number, chief.name))
    if matter.contact_id is None:
        return ctx.reply(texts.kept_with(matter.number))
    if remarks.is_plan(words):
        return _tell_reporter(ctx, matter, words)
    close_questions(ctx, matter, "interim")  # of two, 1 would be neither's
    ctx.ask("interim", matter.id, ("1", "2"), CHOICE_FOR, data=words)
    return ctx.reply(texts.ask_whether_to_tell(matter.number, words))


@answers("until")
def name_day(ctx: Context, question: OpenQuestion, said: str) -> None:
    """下周五, 12月2日 配件没到, after 要延到哪天."""
    matter = ctx.store.matters.get(question.thing_id)
    is_day = len(said) <= DAY_CHARS and not remarks.split_number(said)[0] and not _OF_OTHERS.search(said)
    if matter is None or not matter.is_living or not is_day or deciding.asked_until(ctx, matter, said) is None:
        raise NotUnderstood("until")
    ctx.store.questions.close(question, ctx.now)
    wants = "" if deciding.wants_time(said) else "延期到"
    return tell(ctx, matter, f"{wants}{said}")


@answers("interim")
def choose(ctx: Context, question: OpenQuestion, said: str) -> None:
    chosen = option_number(said, ("告诉", "只记下"))
    matter = ctx.store.matters.get(question.thing_id)
    if chosen is None or matter is None:
        raise NotUnderstood("interim")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1:
        return _tell_reporter(ctx, matter, question.data)
    return ctx.reply(texts.kept_with(matter.number))


def _tell_reporter(ctx: Context, matter: Matter, words: str) -> None:
    title = title_of_matter(ctx.words.lexicon, matter)
    text = texts.keeper_says(matter.number, title, said_by(ctx, matter), words)
    tell_reporter(ctx, matter, text, f"note:{ctx.incoming.digest}")
    ctx.reply(texts.told_reporter(matter.number))
