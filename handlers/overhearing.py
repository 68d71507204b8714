"""What is said in a group and calls nobody: where it sounds like a matter, its keeper is asked quietly whether to file it.

Off by default (OVERHEAR): group talk leaves nothing then. Nobody in the group hears of it, and a keeper with one such
question open gets no second. Danger, what must be sealed and blame of those in office never come here; a line is a matter only where
nlp/chatter.py is sure of it (docs/rules.md has the rates).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.organisation import Person, first_receiver
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.complaining import must_hide
from handlers.context import Context
from handlers.filing import draft_of, place_of
from handlers.matters import file_words
from handlers.registry import answers
from handlers.texts import overhearing as texts
from nlp.chatter import is_a_matter
from nlp.words import classify

KIND = "overheard"
OFFER_FOR = timedelta(hours=24)
_YES, _NO = ("1", "登记", "登记吧", "要", "登", "记下"), ("2", "不用", "不登记", "不用登记", "不要", "不用了")


def offer(ctx: Context) -> bool:
    """Ask the keeper of the place; False where the line is no matter, or he is asked already."""
    if ctx.group is None or not ctx.said or ctx.reading.danger or ctx.reading.sealed or must_hide(ctx, ctx.said):
        return False
    if not is_a_matter(ctx.words.lexicon, ctx.said).matter:
        return False
    keeper = first_receiver(ctx.directory, place_of(ctx, ctx.said), ctx.village.id)
    if keeper is None or (ctx.person is not None and ctx.person.id == keeper.id):  # he can tell us himself
        return False
    if _open_to(ctx, keeper):
        return False
    ctx.ask_person(keeper, KIND, 0, ("1", "2"), OFFER_FOR, data=ctx.said)
    ctx.tell(keeper, texts.offered(ctx.said), KIND, once=f"{KIND}:{ctx.incoming.digest}")
    return True


def _open_to(ctx: Context, keeper: Person) -> list[OpenQuestion]:
    """What he is asked of this, on whichever of his phones."""
    contacts = ctx.store.people.contacts_of([keeper.id])
    open_ = [question for other in contacts for question in ctx.store.questions.open_for(other.contact.id, ctx.now)]
    return [question for question in open_ if question.kind == KIND]


@answers(KIND)
def answer(ctx: Context, question: OpenQuestion, said: str) -> None:
    """登记: it becomes a matter the keeper has told of. 不用: nothing is left of it."""
    words = said.strip(" 。.！!")
    if words not in (*_YES, *_NO):
        raise NotUnderstood(KIND)
    for each in _open_to(ctx, ctx.person) if ctx.person else [question]:
        ctx.store.questions.close(replace(each, data=""), ctx.now)
    if words in _NO:
        return ctx.reply(texts.let_be())
    there = replace(ctx, said=question.data, replies=[])
    file_words(there, draft_of(classify(ctx.words.lexicon, question.data), question.data))
    ctx.is_secret = ctx.is_secret or there.is_secret
    return ctx.reply("\n".join(there.replies))
