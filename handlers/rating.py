"""How it was: 满意, 凑合, 不满意, and what follows from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain import matters as rules
from domain.matters import Matter, Rating, Reason, Status, Urgency
from domain.organisation import Role
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import afterwards, closing_words, discreet, rating_asked, rating_words, remarks
from handlers.complaining import must_hide
from handlers.context import Context
from handlers.filing import (
    answer_by,
    chief_of,
    clear_topic,
    draft_of,
    notice_fields,
    owner_words_known,
    title_of_matter,
)
from handlers.matter_lookup import fits, is_own, named
from handlers.matter_news import close_questions, reporter_contacts, tell_handler
from handlers.matters import file_words, take_words
from handlers.registry import answers, intent
from handlers.texts import discreet as discreet_texts
from handlers.texts import matters as texts
from handlers.texts import ratings as rating_texts
from handlers.texts.refusals import sentence
from nlp.words import classify


@intent("rate", needs_proof=True)
def rate(ctx: Context) -> None:
    """满意 / 007 1 without a question to it: the newest matter of his that is done."""
    number, words = remarks.split_number(ctx.said)
    if rating_asked.asks_meaning(words):
        raise NotUnderstood("rating")
    done = [m for m in ctx.store.matters.reported_by(ctx.sender.contact.id) if m.status is Status.DONE]
    score, why = rating_words.rating_said(ctx, words)
    try:
        matter = named(ctx, number) if number else next(iter(done), None)
    except Refused as refused:
        if not score:
            raise
        return ctx.reply(sentence(refused.reason, refused.data))  # 001 满意 of another's is no praise to be filed
    if matter is None and score and (open_ := afterwards.living(ctx)) is not None:
        is_good = Rating(score) is Rating.SATISFIED
        return afterwards.add_to(ctx, open_, ctx.said, reply=texts.good_to_hear(open_.number) if is_good else "")
    if matter is None or not score:
        if clear_topic(ctx.reading) is None:
            raise NotUnderstood("rating")
        return take_words(ctx, ctx.said)
    if not is_own(ctx, matter):
        raise Refused(Reason.NOT_YOURS, number=matter.number)
    return take_rating(ctx, matter, score, why)


@answers("rating")
def answer_rating(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 满意 2 凑合 3 不满意, in numbers or in words, also with the reason behind it: 3 没修好."""
    matter = ctx.store.matters.get(question.thing_id, to_change=True)
    number, words = remarks.split_number(said)
    heard = rating_words.heard(ctx, matter, words) if matter is not None else None
    if heard is None and closing_words.nods(words) and _is_asked_last(ctx, question):
        heard = rating_words.Heard(str(Rating.SATISFIED))  # 行, of 您看行不行
    if matter is None or heard is None or (number and not fits(matter, number)):
        raise NotUnderstood("rating")
    if heard.score == rating_words.LATER:
        return ctx.reply(rating_texts.rate_later(matter.number))
    if heard.score == rating_words.ASKS:
        return ctx.reply(rating_texts.what_they_mean(matter.number))
    ctx.store.questions.close(question, ctx.now)
    take_rating(ctx, matter, heard.score, heard.why)
    return _take_beside(ctx, matter, heard.beside) if heard.beside else None


def _is_asked_last(ctx: Context, question: OpenQuestion) -> bool:
    asked = (*ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now), *(ctx.standing or ()))
    return all(other.asked_at <= question.asked_at for other in asked)


def _take_beside(ctx: Context, matter: Matter, words: str) -> None:
    """旁边那截也堵了 is another of its kind; what is clear by itself is whatever it tells of."""
    reading = classify(ctx.words.lexicon, words)
    is_clear = clear_topic(reading) is not None or reading.sealed or reading.danger
    if is_clear or must_hide(ctx, words):
        return take_words(ctx, words)
    file_words(ctx, draft_of(reading, words, matter.code))
    return None


def take_several(ctx: Context, asked: Sequence[OpenQuestion]) -> bool:
    """沟的满意 灯的不满意, 灯亮了, 都满意, where several are asked about: each goes to the one that is named. False where
    one of the parts names none, or does not say how it is."""
    found = [(question, ctx.store.matters.get(question.thing_id)) for question in asked]
    known = [(question, matter) for question, matter in found if matter is not None]
    if (all_ := _ALL.fullmatch(ctx.said)) is not None:
        answered = [(question, matter, all_["how"]) for question, matter in known]
    else:
        parts = [part for part in _PARTS.split(ctx.said) if part]
        answered = [(*one, part) for part in parts if (one := _named_by(ctx, part, known)) is not None]
        if len(answered) != len(parts):
            one = _named_by(ctx, ctx.said, known)
            answered = [(*one, ctx.said)] if one is not None else []
    answered = [(question, matter, _judging(ctx, matter, words)) for question, matter, words in answered]
    heard = [rating_words.heard(ctx, matter, words) for _, matter, words in answered]
    scores = [one.score if one is not None else rating_words.LATER for one in heard]
    is_double = len({question.id for question, _, _ in answered}) < len(answered)
    if (
        not scores
        or is_double
        or {rating_words.LATER, rating_words.ASKS} & set(scores)
        or (all_ is not None and Rating.NOT in scores)
    ):
        return False
    for question, _, words in answered:
        answer_rating(ctx, question, words)
    return True


_THING = re.compile("^(?:路?灯|自来水|水管?|[沟渠路电井]|垃圾|井盖)(?:的|那个|那边|那件)?(?=.)")
_FINE = re.compile("(?:都|是|倒是|挺|还)?(?:好|行|中|要得|可以)(?:了|的|着|呢|哩|嘞|吧)*")


def _judging(ctx: Context, matter: Matter, words: str) -> str:
    """不行, of 水不行, where the name of the thing hides how it is; 好 behind a name is more than a nod."""
    bare = _THING.sub("", words)
    if bare != words and _FINE.fullmatch(bare):
        return "满意"
    return bare if bare != words and rating_words.heard(ctx, matter, words) is None else words


_PARTS = re.compile(r"[\s,，。;；!！]+")
_ALL = re.compile(
    r"(?=.*(?:件|全部|这些|样样|满意))(?:这?[两三四几]件|全部|这些|样样)?(?:事)?(?:都|全)(?P<how>[^都]{1,8})"
)
# Letters that stand in every answer, whatever it is about.
_ANY = re.compile("[的了不没是还我满意好修行一有也就很都个在人来去看说]")


def _named_by(
    ctx: Context, words: str, known: Sequence[tuple[OpenQuestion, Matter]]
) -> tuple[OpenQuestion, Matter] | None:
    """Which of them the words name, by a letter only that one has: 沟 of a ditch and a lamp. None where that is not one."""
    letters = {m.id: set(_ANY.sub("", m.text + title_of_matter(ctx.words.lexicon, m))) for _, m in known}
    said = set(words)
    met = [
        one for one in known
        if said & letters[one[1].id] - set().union(*(letters[m.id] for _, m in known if m.id != one[1].id))
    ]  # fmt: skip
    return met[0] if len(met) == 1 else None


def take_rating(ctx: Context, matter: Matter, score: str, why: str) -> None:
    rating = Rating(score)
    if rating is Rating.NOT and why:
        why, aside = discreet.reason(ctx, why)
    else:
        aside = why if why and must_hide(ctx, why) else ""
        why = "" if aside else why
    _take_score(ctx, matter, rating, why, says_more=bool(why or aside))
    if aside:
        discreet.hide(ctx, aside)


def _take_score(ctx: Context, matter: Matter, rating: Rating, why: str, *, says_more: bool) -> None:
    rated = ctx.store.matters.change(matter, rules.rate(matter, rating), ctx.step(f"rated:{rating}"))
    for contact in {ctx.sender.contact.id, *reporter_contacts(ctx, matter)}:
        close_questions(ctx, matter, "rating", of=contact)
        close_questions(ctx, matter, "rating.why", of=contact)
    if rating is Rating.NOT:
        if says_more:
            return dissatisfied(ctx, rated, why or discreet_texts.NOT_SAID)
        ctx.ask("rating.why", matter.id, (), rules.RATE_WITHIN, data=matter.code)
        return ctx.reply(rating_texts.ask_what_is_wrong(matter.number))
    if why:
        ctx.store.matters.add_note(matter, "rating", why, ctx.sender.contact.id, ctx.now)
        tell_handler(
            ctx, matter, rating_texts.rated_for_owner(matter.number, str(rating), why), f"rated:{ctx.incoming.digest}"
        )
    return ctx.reply(rating_texts.thanks(int(rating), matter.number))


def dissatisfied(ctx: Context, matter: Matter, words: str) -> None:
    """He is not satisfied: reopened once, and the chief is told; the second time it goes to the town leader."""
    ctx.store.matters.add_note(matter, "dissatisfied", words, ctx.sender.contact.id, ctx.now)
    title, owner = title_of_matter(ctx.words.lexicon, matter), owner_words_known(ctx, matter)
    text = rating_texts.dissatisfied_for_chief(matter.number, title, owner, words)
    fields = notice_fields(ctx, matter, "dissatisfied")
    if not rules.may_reopen(matter):
        leader = ctx.directory.holder_upwards(Role.TOWN_LEADER, matter.village_id)
        if leader:
            ctx.tell(
                leader,
                text,
                "matter.dissatisfied",
                once=f"matter:{matter.id}:leader:{ctx.incoming.digest}",
                fields=fields,
            )
        return ctx.reply(rating_texts.second_dissatisfaction(matter.number, texts.who(leader, None) if leader else ""))
    due_at = answer_by(Urgency.P2 if matter.urgency is Urgency.P3 else matter.urgency, ctx.now, ctx.words.calendar)
    reopened = ctx.store.matters.change(matter, rules.reopen(matter, due_at), ctx.step("reopened"))
    due_words = texts.by(reopened)
    tell_handler(ctx, reopened, rating_texts.reopened_for_owner(matter.number, title, words, due_words), "reopened")
    chief = chief_of(ctx.directory, matter.village_id)
    if chief and chief.id != matter.owner_id:
        ctx.tell(chief, text, "matter.dissatisfied", once=f"matter:{matter.id}:chief", fields=fields)
    return ctx.reply(rating_texts.reopened(matter.number, owner, due_words, chief.name if chief else ""))
