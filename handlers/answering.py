"""What a message answers: the precedence of open questions and running conversations (design §4).

A bare `1` goes to: the quoted message's question → the question about life → the running conversation → the newest open
question that takes it; two that take it are told apart by asking. What answers nothing is never forced to: it goes on
to be read as a command or as a story, and no option is ever picked by accident.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

from domain.conversations import Said
from domain.matters import Reason
from domain.questions import CONTESTED_WITHIN, LIFE, OpenQuestion, asked
from domain.refusals import NotUnderstood, Refused
from handlers import (
    ahead,
    attendance,
    coming_others,
    conversing,
    interrupting,
    meeting_asides,
    meeting_course,
    meeting_results,
    poll_commands,
    poll_results,
    poll_wishes,
    pressing,
    rereading,
    tracking,
    undecided,
    voting_asked,
    voting_secret,
    voting_several,
)
from handlers.closing_words import score
from handlers.context import Context
from handlers.danger_safety import pass_on
from handlers.question_kinds import NEEDS_PROOF, PASSING, STORIES, UNFILED
from handlers.rating import take_several
from handlers.rating_again import rate_named
from handlers.rating_words import rating_said
from handlers.registry import ANSWERS, INTENTS, STANDING, answers
from handlers.remarks import split_number
from handlers.talk import offer_readings
from handlers.telling_apart import answer_kept, kept_answer, labels_of, which_meant
from handlers.texts import people as texts
from handlers.texts import refusals
from handlers.voting_beside import SHORTEST
from handlers.voting_others import take_for_others
from handlers.voting_pressed import take_pressed
from nlp.ballot_more import vote_beside
from nlp.ballot_talk import choices_said
from nlp.numbers import said_number
from storage.questions import Running

_NAMED = re.compile(r"(?:[A-Za-z]{2,6}-\d{6}-)?(\d{3,4})[\s,，:：号]+([1-3])\s*[。.!！]?")
_NUMBER = re.compile(r"[A-Z]{2,6}-\d{6}-\d{3,}")
_VOTED = re.compile("[投A-Ta-tＡ-Ｔａ-ｔ]|支持|赞成")
_CASTS = re.compile(r"[我俺咱]?家?改?[投选]")
# Whole messages of these may be a title, too.
_LIKE_A_TITLE = ("chat", "confirm", "change", "vote", "report", "urge", "opinion", "rate", "support")
# Commands of meetings and of polls: each is other than a conversation about one of the other kind.
_OTHERS = ("meeting.", "poll.", "minutes", "checkin.open")
APART_FOR = timedelta(minutes=30)
# So long after the question a friendly word (好的) is taken for a try to answer it, and he is told that it was forgotten.
REMIND_WITHIN = SAID_OVER_FOR = timedelta(hours=24)


def open_to(ctx: Context) -> tuple[OpenQuestion, ...]:
    """Everything that stands open to the sender, oldest first: questions with a row, and those that are derived."""
    rows = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    if ctx.standing is None:
        ctx.standing = tuple([question for kind in STANDING.values() for question in kind.open_to(ctx)])
    return tuple(sorted((*rows, *ctx.standing), key=lambda q: q.asked_at)) if ctx.standing else rows


def answer(ctx: Context) -> bool:
    """Give the message to what it answers; False where it answers nothing."""
    questions = open_to(ctx)
    return (
        _quoted(ctx, questions)
        or undecided.take_quoted(ctx)
        or _about_life(ctx, questions)
        or (len(ctx.said) >= SHORTEST and take_pressed(ctx, questions))  # a bare number pays for no look
        or take_for_others(ctx, questions)
        or _in_conversation(ctx, questions)
        # A number leaves nothing; what else may be a leave-word is asked of the vocabulary, which costs more.
        or (said_number(ctx.said) is None and not _is_choice(ctx, questions) and _leaves(ctx, questions))
        or _named_matter(ctx, questions)
        or poll_results.keep(ctx)
        or attendance.take_code(ctx)
        or tracking.take_number(ctx)
        or (bool(questions) and _bare(ctx, questions))
        or attendance.take_presence(ctx)
        or coming_others.take(ctx)
        or voting_several.take(ctx, questions)
        or (bool(questions) and _in_words(ctx, questions))
        or voting_asked.take(ctx, questions)
        or poll_results.ask(ctx)
        or rereading.take(ctx)
        or meeting_results.tell(ctx)
        or voting_secret.take(ctx, questions)
        or poll_wishes.take(ctx)
        or poll_commands.take_question(ctx)
        or meeting_course.take(ctx)
        or meeting_asides.take(ctx)
        or undecided.take(ctx, questions)
        or undecided.take_unasked(ctx, questions)
        or ahead.take(ctx)
        or voting_asked.take_stray(ctx, questions)
    )


def _is_choice(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """选东路, where nothing but one poll is open to him: an option, whatever else the word may mean elsewhere."""
    is_alone = len(questions) == 1 and questions[0].kind == "poll"
    poll = ctx.store.polls.get(questions[0].thing_id) if is_alone else None
    return poll is not None and bool(choices_said(ctx.said, poll.options))


def answer_quoted(ctx: Context) -> bool:
    """Give the message to the question it quotes, if it quotes one of ours."""
    return _quoted(ctx, open_to(ctx)) or undecided.take_quoted(ctx)


def story(ctx: Context) -> bool:
    """Words that are no command, given to the newest question that asked for words."""
    questions = open_to(ctx)
    if not questions:
        return False
    asking = [q for q in reversed(questions) if q.kind in STORIES and not interrupting.is_about_something_else(ctx, q)]
    # Almost any words may be a place; a name is known when it is heard.
    asking.sort(key=lambda q: q.kind != "scan.name")
    return any(_try(ctx, question) for question in asking)


def _try(ctx: Context, question: OpenQuestion, said: str | None = None) -> bool:
    act, said = ANSWERS.get(question.kind), ctx.said if said is None else said
    is_poll = question.kind.startswith("poll")
    if act is None or (not is_poll and (names_a_poll(said) or voting_secret.told_poll(ctx, said) is not None)):
        return False
    try:
        act(ctx, question, said)
    except NotUnderstood:
        return False
    if question.kind in NEEDS_PROOF and not ctx.is_proven:
        raise Refused(Reason.PLAIN_MODE)
    return True


def names_a_poll(said: str) -> bool:
    """投1 and 选A are votes, wherever a bare 1 would go."""
    return said_number(said) is not None and _VOTED.search(said) is not None


def _quoted(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """A quoted message names its question by the number it ends with. It lends its answer to no other."""
    if not ctx.incoming.quote:
        return False
    for question in reversed(questions):
        matter = ctx.store.matters.get(question.thing_id) if question.thing_id else None
        if matter is not None and matter.number in ctx.incoming.quote and _try(ctx, question):
            return True
    for kind in STANDING.values():
        found = kind.in_quote(ctx, ctx.incoming.quote) if kind.in_quote else None
        if found is not None and _try(ctx, found):
            return True
    number = _NUMBER.search(ctx.incoming.quote)
    if number is None or said_number(ctx.said) is None or not (ctx.is_direct or ctx.incoming.addressed):
        return False
    ctx.reply(texts.nothing_asked_about(number.group()))
    return True


def _about_life(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """While somebody may be in danger, an answer counts for that, and other words reach those who were alerted."""
    for question in reversed(questions):
        if question.kind not in LIFE or interrupting.is_overtaken(ctx, question, questions):
            continue
        if _try(ctx, question):
            return True
        if question.kind == "safety" and not (_is_command(ctx) or _is_said_as_vote(ctx, questions)):
            # A matter of its own is passed on and filed as well, unless nobody else may read any of it.
            return pass_on(ctx, question) or not interrupting.is_matter(ctx)
    return False


def _is_command(ctx: Context) -> bool:
    """进度 and 找谁 are; 10, 嗯 and 好的 are not, nor is 叫不醒, which commands nothing."""
    is_known = ctx.understanding.certain and ctx.understanding.intent in INTENTS
    return is_known and ctx.understanding.intent not in ("vote", "chat")


def votes_beside(ctx: Context) -> bool:
    """我投豫剧团，我家着火了: a vote and something else, which is heard for danger by itself (handlers/voting_beside.py)."""
    polls = (ctx.store.polls.get(question.thing_id) for question in open_to(ctx) if question.kind == "poll")
    return any(poll is not None and bool(vote_beside(ctx.said, poll.options)[0]) for poll in polls)


def _is_said_as_vote(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """投1 and 选西路 are votes whatever else stands open to him; a bare 1 or 西路 may mean something else."""
    polls = [question for question in questions if question.kind == "poll"]
    if not polls or not _CASTS.match(ctx.said):
        return False
    named = (ctx.store.polls.get(question.thing_id) for question in polls)
    return names_a_poll(ctx.said) or any(poll is not None and choices_said(ctx.said, poll.options) for poll in named)


def _in_conversation(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    running = conversing.running_here(ctx)
    if running is None or (not ctx.is_direct and _takes_bare(ctx, questions)):
        return False
    if conversing.is_over(ctx, running):
        ctx.store.conversations.end(conversing.private_contact(ctx), conversing.PRIVATE)
        return _say_it_is_over(ctx, running, questions)
    if interrupting.begins_anew(ctx, running):
        return False
    if conversing.said_inside(ctx, running) is Said.ANSWER and _interrupts(ctx, running):
        ctx.interrupted = running
        return False
    try:
        conversing.continue_conversation(ctx, running)
    except NotUnderstood as missed:
        if _takes_bare(ctx, questions):
            return False
        ctx.reply(refusals.hint(missed.hint, missed.data) or conversing.ask_again(ctx, running))
    if not ctx.is_proven:
        raise Refused(Reason.PLAIN_MODE)
    return True


def _interrupts(ctx: Context, running: Running) -> bool:
    """Does what is said in the middle of a conversation belong to something else?"""
    understood, offered = ctx.understanding, conversing.CONVERSATIONS[running.name]
    if understood.intent in offered.takes or offered.claims(ctx.said):
        return False
    # 发起投票 … 截止周五晚八点 while a meeting is read back has a time in it, and changes no meeting.
    if understood.certain and understood.intent != running.name and interrupting.is_whole_command(ctx):
        return True
    if str(understood.intent).startswith(_OTHERS) and conversing.names_the_other(ctx, running):
        return True  # 会取消, 会不开了 while a poll is about to be closed
    if conversing.amends(ctx, running):
        return False
    if conversing.takes_any(ctx, running):  # a title may sound like anything but a command of a whole message
        is_other = understood.certain and understood.intent not in (*_LIKE_A_TITLE, running.name)
        return is_other or interrupting.is_no_name(ctx, running) or interrupting.is_whole_command(ctx)
    is_other = understood.intent != running.name and interrupting.is_whole_command(ctx)
    return is_other or conversing.only_chooses(ctx, running) or _means_something_else(ctx, running.name)


def _say_it_is_over(ctx: Context, running: Running, questions: tuple[OpenQuestion, ...]) -> bool:
    """刚才的没发出, to words that mean nothing else; not to somebody who comes back days later."""
    if ctx.now - running.asked_at > SAID_OVER_FOR or _means_something_else(ctx) or _takes_bare(ctx, questions):
        return False
    ctx.reply(texts.expired())
    return True


def _takes_bare(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    number = said_number(ctx.said)
    return number is not None and bool(asked(questions, str(number), ctx.now))


def _means_something_else(ctx: Context, running: str = "") -> bool:
    """In the middle of a conversation: is it a command, or a complaint of its own? Then that comes first."""
    others = ("chat", "confirm", "change", "vote", running)
    is_command = ctx.understanding.certain and ctx.understanding.intent not in others
    return is_command or interrupting.is_complaint(ctx)


def _leaves(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    if poll_results.take_back(ctx):
        return True
    passing = [q for q in questions if q.kind in PASSING] if questions else []
    if conversing.said_as(ctx) is not Said.LEAVE and not (
        _takes_it_back(ctx) and any(q.kind in UNFILED for q in passing)
    ):
        return False
    for question in passing:
        ctx.store.questions.close(question, ctx.now)
    if passing or not pressing.needs_nobody(ctx):
        ctx.reply(texts.left() if passing else texts.ended_nothing())
    return True


def _takes_it_back(ctx: Context) -> bool:
    """算了不反映了: of what is being spoken of, not of a matter he names."""
    understood = ctx.understanding
    return understood.certain and understood.intent == "withdraw" and not understood.slots.get("number")


def _named_matter(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """`007 1` names its target."""
    match = _NAMED.fullmatch(ctx.said.strip())
    if match is None:
        return False
    digits, chosen = int(match.group(1)), match.group(2)
    for question in reversed(questions):
        matter = ctx.store.matters.get(question.thing_id) if question.kind == "rating" else None
        if matter is not None and int(matter.number.rpartition("-")[2]) == digits:
            return _try(ctx, question, chosen)
    return ctx.is_direct and rate_named(ctx, match.group(0).split()[0].rstrip(",，:：号").upper(), chosen)


def _bare(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """A whole message that is a number, or one of the bare words a question takes."""
    number = said_number(ctx.said)
    bare = str(number) if number is not None else ctx.said.strip(" 。！!")
    apart = next((q for q in reversed(questions) if q.kind == "apart"), None)
    if apart is not None and _try(ctx, apart):
        return True
    only_polls = names_a_poll(ctx.said)
    candidates = tuple(q for q in questions if q is not apart and (q.kind.startswith("poll") or not only_polls))
    meant = asked(candidates, bare, ctx.now)
    if not meant:
        return False
    if meant[0].kind == "readings":  # of the poll he was told he may change, or of the menu he has just read
        meant = (*meant, *(q for q in candidates if q.kind == "poll" and q not in meant and bare in q.accepts))
    meant = voting_several.changed_by(ctx, meant)
    if len(meant) == 1 or bare == "收到":
        return _try(ctx, meant[0], bare)
    return _ask_apart(ctx, meant[:4], bare)


def _ask_apart(ctx: Context, meant: tuple[OpenQuestion, ...], answer: str) -> bool:
    """Ask which question an answer is for; what he answered is kept until he says."""
    if all(question.kind == "poll" for question in meant):  # 1 is then 投票1, if it can be
        meant = tuple(reversed(meant))
    labels = labels_of(ctx, meant)
    kept = {"questions": [q.id for q in meant], "labels": labels, **kept_answer(ctx, meant, answer)}
    ctx.ask("apart", 0, (), APART_FOR, data=json.dumps(kept, ensure_ascii=False))
    ctx.reply(texts.told_apart(labels))
    return True


@answers("apart")
def tell_apart(ctx: Context, question: OpenQuestion, said: str) -> None:
    """`2` after 您是回1投票 2评价: the first answer goes where it was meant."""
    kept = json.loads(question.data)
    chosen = which_meant(said, kept["labels"])
    if chosen is None:
        raise NotUnderstood("apart")
    ctx.store.questions.close(replace(question, data=""), ctx.now)
    answer = answer_kept(ctx, kept)
    still = [q for q in open_to(ctx) if q.id == kept["questions"][chosen - 1] and answer]
    if not any(_try(ctx, other, answer) for other in still):
        ctx.reply(texts.nothing_asked())


def _in_words(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """满意, 安全, 撤回, 3 没修好: a choice said in its own words. Of two ratings it is asked which."""
    rated = [q for q in reversed(questions) if q.kind == "rating" and ctx.now - q.asked_at <= CONTESTED_WITHIN]
    number, words = split_number(ctx.said)
    if len(rated) > 1 and not number and ctx.is_proven:
        if take_several(ctx, rated):
            return True
        if rating_said(ctx, words)[0] or score(words):
            return _ask_apart(ctx, tuple(rated[:4]), ctx.said)
    return any(_try(ctx, q) for q in reversed(questions) if q.kind not in STORIES and q.kind != "apart")


def remind_of_rating(ctx: Context) -> bool:
    """The same of how it was done, where nothing was asked since and what he says is understood as nothing."""
    questions = open_to(ctx)
    is_asked = bool(questions) and questions[-1].kind == "rating" and ctx.is_direct
    return is_asked and ctx.now - questions[-1].asked_at <= REMIND_WITHIN and remind(ctx)


def say_not_understood(ctx: Context) -> None:
    if not remind_of_rating(ctx):
        offer_readings(ctx)


def remind(ctx: Context) -> bool:
    """A number or a friendly word that answers nothing: say again what the newest question takes. False if none waits."""
    questions = open_to(ctx)
    is_choice = said_number(ctx.said) is not None
    for question in reversed(questions):
        if is_choice and question.kind == "topic":  # 5, of three
            return _try(ctx, question)
        options = texts.OPTIONS.get(question.kind)
        if options and (is_choice or ctx.now - question.asked_at <= REMIND_WITHIN):
            matter = ctx.store.matters.get(question.thing_id) if question.thing_id else None
            ctx.reply(texts.options_again(options, matter.number if matter else ""))
            return True
    return False
