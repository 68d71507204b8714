"""Danger that may be none: asked about once. An answer of 有, or none in five minutes, alarms; what is said beside it is
kept with the story."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Urgency
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import anonymous, discreet
from handlers.anonymous import file_unnamed
from handlers.context import Context, village_of
from handlers.danger import SAFETY_FOR, raise_alarm
from handlers.danger_answers import clauses_of, is_close, is_unsure, presses
from handlers.danger_before import CHECK, Doubt, doubt_of, kept_as, told_at_home
from handlers.danger_kinds import NOT_KNOWN, PRIVATE_KINDS, is_private, of_story
from handlers.danger_over import is_mistaken, is_over, leaves
from handlers.filing import AT_HOME, NO_MATTER, clear_topic, draft_of
from handlers.matters import file_words, take_words
from handlers.pleas import is_plea, wants_no_name
from handlers.registry import INTENTS, answers, every
from handlers.texts import danger as texts
from handlers.texts.discreet import stays_with_helpers
from nlp.ballot_talk import choices_said
from nlp.danger import Danger
from nlp.numbers import option_number, said_number
from nlp.words import classify
from storage.ids import new_id
from storage.outbox import Priority

# Silence counts as danger after this time.
CHECK_FOR = timedelta(minutes=5)
# Asked or ordered in between, these are about what he has just told.
_OF_IT = frozenset({"track", "urge"})


def ask_first(ctx: Context, danger: Danger) -> None:
    """It may be a saying, a memory or a worry: ask once; an answer of 有, or none in five minutes, alarms."""
    meant = of_story(ctx, danger, ctx.said)
    # What was merely heard in the wording is a guess, but for what is nobody's business.
    kind = meant.kind if danger.is_named or is_private(meant) else NOT_KNOWN
    if is_private(meant):
        ctx.is_secret = True
    ctx.ask(CHECK, 0, ("1", "2"), SAFETY_FOR, data=kept_as(ctx, Doubt(kind, meant.number, ctx.said)))
    ctx.reply(texts.ask_check(kind, meant.number))


def ask_apart(ctx: Context, danger: Danger) -> bool:
    """老刘头不见了 大家帮忙找找, said in the group: whoever says it is asked in private, and the group reads nothing of it. What
    merely sounds like a danger there is talk."""
    if not danger.is_named:
        return False
    ask_first(ctx, danger)
    words = "\n".join(ctx.replies)
    ctx.replies.clear()
    once = f"check:{ctx.incoming.digest}"
    ctx.tell_contact(ctx.sender.contact.id, words, "safety", once=once, priority=Priority.LIFE)
    return not ctx.incoming.addressed


def _danger_of(doubt: Doubt) -> Danger:
    return Danger(doubt.kind, doubt.number, True, (), doubt.kind in PRIVATE_KINDS)


@answers(CHECK)
def answer_check(ctx: Context, question: OpenQuestion, said: str) -> None:
    doubt = doubt_of(ctx, question)
    if any(map(is_plea, (said, *clauses_of(said)))):
        return _check_quietly(ctx, question, doubt, said)
    chosen = _chosen(ctx, doubt, said)
    if chosen is None:
        return _keep_with_it(ctx, question, doubt, said)
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1:
        story = doubt.story if len(said) <= 2 or said_number(said) is not None else f"{doubt.story}\n{said}"
        raise_alarm(ctx, _danger_of(doubt), story, confirmed=not is_unsure(said))
        return None
    reading = classify(ctx.words.lexicon, doubt.story)
    is_hidden = doubt.kind in PRIVATE_KINDS
    if is_hidden and doubt.kind != "suicide" and told_at_home(ctx) is None:
        return _file_at_home(ctx, doubt.story)
    if is_hidden and (beside := _told_beside(ctx, doubt.story)):
        ctx.reply(texts.no_danger_beside())
        return take_words(ctx, beside, most=Urgency.P2)
    if is_hidden or not reading.is_founded or reading.code == NO_MATTER:
        ctx.is_secret = ctx.is_secret or is_hidden
        return ctx.reply(texts.no_danger(doubt.kind))
    if wants_no_name(doubt.story):
        return file_unnamed(ctx, doubt.story)
    return take_words(ctx, doubt.story, may_ask=False, most=Urgency.P1)


def _told_beside(ctx: Context, story: str) -> str:
    """现在他的地咋办, of 去年我老伴喝农药走的 现在他的地咋办: what can be looked after, without what few may read."""
    told = []
    for clause in (clause for clause in _CLAUSES.split(story) if len(clause) >= _LEAST):
        reading = classify(ctx.words.lexicon, clause)
        is_calm = not (reading.danger or reading.sealed)
        is_of_something = reading.is_founded and not (reading.code or NO_MATTER).startswith("OT")
        wants = ctx.words.intents.words["trouble"].search(clause) or _ASKS.search(clause)
        told += [clause] if is_calm and is_of_something and wants else []
    return "，".join(told)


_LEAST = 5
_CLAUSES = re.compile(r"[\s,，。;；!！?？]+")
_ASKS = re.compile("咋办|怎么办|咋弄|怎么弄|能不能|归谁|找谁|还领|咋领|怎么领|要啥|手续|补助")


def _file_at_home(ctx: Context, story: str) -> None:
    """我儿子打我 不给我饭吃, and nobody is in danger now: it is a matter all the same, for the few who may read it."""
    draft = draft_of(classify(ctx.words.lexicon, story), story, AT_HOME)
    file_words(ctx, replace(draft, urgency=Urgency.P1, is_sealed=True))


def _check_quietly(ctx: Context, question: OpenQuestion, doubt: Doubt, said: str) -> None:
    """别说是我讲的, before he has said whether somebody is in danger: what is told of it then bears no name."""
    ctx.is_secret = True
    _keep(ctx, question, doubt, said)
    is_private_kind = doubt.kind in PRIVATE_KINDS  # whoever helps there must know whom
    ctx.reply(
        f"{stays_with_helpers()}\n{texts.ask_check(doubt.kind)}" if is_private_kind else texts.ask_check_quietly()
    )


def _keep(ctx: Context, question: OpenQuestion, doubt: Doubt, said: str) -> None:
    """Keep the words with the story; the clock of the first question goes on."""
    kept = doubt._replace(story=f"{doubt.story}\n{said}")
    ctx.store.questions.ask(replace(question, id=new_id(), data=kept_as(ctx, kept)))


def _chosen(ctx: Context, doubt: Doubt, said: str) -> int | None:
    """1: somebody is in danger, or may be; 2: nobody is."""
    if doubt.kind == "suicide" and is_close(said):
        return 1
    if is_over(said) or leaves(ctx, said) or is_mistaken(ctx, said):
        return 2
    chosen = option_number(said, ("有", "没有"))
    return 1 if chosen is None and (presses(said) or is_unsure(said)) else chosen


def _keep_with_it(ctx: Context, question: OpenQuestion, doubt: Doubt, said: str) -> None:
    """在八社桥头那个弯弯, 进度: no answer, but about what he has told: it is kept with it, and he is asked again.

    Raises NotUnderstood for what is about something else.
    """
    is_ordered = ctx.understanding.certain and ctx.understanding.intent not in (None, "report", "add", "chat")
    is_of_it = is_ordered and ctx.understanding.intent in _OF_IT
    if anonymous.take(ctx):  # 查询码搞忘了, 我电话给哪个看了: told to nobody
        return
    if not is_of_it and (is_ordered or _is_of_another(ctx, doubt, said)):
        raise NotUnderstood(CHECK)
    if not is_of_it:
        _keep(ctx, question, doubt, said)
    ctx.is_secret = ctx.is_secret or doubt.kind in PRIVATE_KINDS or wants_no_name(doubt.story)
    ctx.reply(texts.ask_check_again())


def _is_of_another(ctx: Context, doubt: Doubt, said: str) -> bool:
    """A number, a matter of its own, what few may read, or what may answer another question that stands open."""
    if said_number(said) is not None or len(ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)) > 1:
        return True
    if _is_vote(ctx, said) or _is_order(ctx):
        return True
    told = classify(ctx.words.lexicon, doubt.story).code
    is_own = clear_topic(ctx.reading) not in (None, told) and ctx.in_trouble
    return is_own or ctx.reading.sealed or discreet.is_unfit(ctx, said) or not ctx.is_direct


def _is_order(ctx: Context) -> bool:
    """明天下午开群众会, of one in office: what only his office lets him do is no more about it."""
    bound = INTENTS.get(ctx.understanding.intent or "", ())
    return any(each.who is not None and ctx.roles & each.who for each in bound)


def _is_vote(ctx: Context, said: str) -> bool:
    polls = (ctx.store.polls.get(question.thing_id) for question in ctx.standing or () if question.kind == "poll")
    return any(poll is not None and choices_said(said, poll.options) for poll in polls)


@every(minutes=1)
def alarm_unanswered_checks(ctx: Context) -> None:
    """A question whether somebody is in danger that stays unanswered for five minutes: tell the keeper to call."""
    for question in ctx.store.questions.unanswered(CHECK, ctx.now - CHECK_FOR):
        sender = ctx.store.people.contact(question.contact_id)
        if sender is None:
            continue
        doubt = doubt_of(ctx, question)
        ctx.store.questions.close(question, ctx.now)
        there = replace(ctx, sender=sender, village=village_of(ctx.directory, sender, ctx.village), replies=[])
        raise_alarm(there, _danger_of(doubt), doubt.story, confirmed=False)
        for text in there.replies:
            there.tell_contact(question.contact_id, text, "safety", priority=Priority.LIFE)
