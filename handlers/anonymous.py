"""Speaking without a name (匿名): it is said who will read it before a word of it is asked (rulings, Sealed matters)."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.afterwards import living
from handlers.context import Context
from handlers.discreet import STORY_FOR
from handlers.filing import NO_MATTER, draft_of
from handlers.matters import file_words, take_words
from handlers.registry import answers, intent
from handlers.texts import discreet as discreet_texts
from handlers.texts import sealed as sealed_texts
from nlp.words import classify

_ALONE = re.compile("我?[要想]?(?:悄悄说|匿名(?:反映|反应|举报|投诉|说)?)(?:一?[个件]?事|一下)?[。.!！~～]*")
_SAYS_NO_MORE = re.compile(
    "(?:千万)?(?:别|莫|不要|不能)(?:说|讲|提)(?:出去)?是?我(?:说|讲|反映|报)?的?[。.!！哈啊]*|(?:别|莫|不要)(?:写|留|提)我?的?名字?[。.!！哈啊]*"
)
_ASKS = re.compile(
    "匿名[^，,。 ]*[吗不么？?]|不想(?:让|叫).*知道|能匿名|可以匿名|能不能匿名|[会能]不[会能].*(?:知道|看见|查|名字|是我)|报复|不敢说|得罪人"
    "|(?:哪|谁).{0,3}(?:告|举报)|(?:告|举报).*[去到找向](?:哪|谁)"
)
_QUESTION = 16
"""A longer message that asks so also tells its story."""
_LEAST = 4
"""What is shorter is a word of thanks or of doubt, and no story."""


@intent("anonymous")
def speak_unnamed(ctx: Context) -> None:
    """匿名反映 and a story: it is filed out of the village's sight. The word alone, and 能匿名吗, ask for the story."""
    if _ALONE.fullmatch(ctx.said) or (len(ctx.said) <= _QUESTION and _ASKS.search(ctx.said)):
        ctx.ask("anonymous", 0, (), STORY_FOR)
        ctx.reply(sealed_texts.ask_unnamed())
    elif _SAYS_NO_MORE.fullmatch(ctx.said) and (matter := living(ctx)) is not None:
        ctx.reply(discreet_texts.told_already(matter.number))  # 别说是我说的, behind what he has told under his name
    elif ctx.understanding.certain:
        _file(ctx, ctx.said)
    else:
        take_words(ctx, ctx.said)


@answers("anonymous")
def take_unnamed(ctx: Context, question: OpenQuestion, said: str) -> None:
    if len(said) < _LEAST and (not ctx.reading.is_founded or ctx.reading.code == NO_MATTER):  # 水 says at least of what
        raise NotUnderstood("anonymous")
    ctx.store.questions.close(question, ctx.now)
    _file(ctx, said)


def _file(ctx: Context, story: str) -> None:
    reading = ctx.reading if story == ctx.said else classify(ctx.words.lexicon, story)
    file_words(ctx, replace(draft_of(reading, story), is_sealed=True, is_unnamed=True))
