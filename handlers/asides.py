"""What is said beside an answer: 我要投东路 西路灯太黑了. The answer counts, and nothing of the rest is lost."""

from __future__ import annotations

from handlers.context import Context
from handlers.filing import clear_topic
from handlers.matters import take_words
from handlers.texts import matters as texts
from nlp.words import classify


def is_matter(ctx: Context, words: str) -> bool:
    """Is it surely trouble of a kind somebody is there for? 车坏了 and 娃发烧了 are reasons, no matters."""
    in_trouble = ctx.words.intents.words["trouble"].search(words) is not None
    return in_trouble and clear_topic(classify(ctx.words.lexicon, words)) is not None


def take(ctx: Context, rest: str) -> None:
    """File what is surely a matter; of what may be one he hears how to have it filed."""
    reading = classify(ctx.words.lexicon, rest)
    if clear_topic(reading) is None:
        return None
    if ctx.words.intents.words["trouble"].search(rest) is not None:
        return take_words(ctx, rest, may_ask=False)
    return ctx.reply(texts.say_it_alone(rest))
