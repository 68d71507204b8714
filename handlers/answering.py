"""What a message answers: the precedence of open questions and running conversations (design §4).

A bare `1` goes to: the quoted message's question → the question about life → the running conversation → the newest open
question that takes it; two that take it are told apart by asking. What answers nothing is never forced to: it goes on
to be read as a command or as a story, and no option is ever picked by accident.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta

from domain.conversations import Said
from domain.questions import LIFE, OpenQuestion, asked
from domain.refusals import NotUnderstood
from handlers import conversing
from handlers.context import Context
from handlers.danger import pass_on
from handlers.filing import clear_topic
from handlers.registry import ANSWERS, answers
from handlers.texts import people as texts
from handlers.texts import refusals
from nlp.numbers import option_number, said_number

# Kinds that take a story rather than a choice: tried after commands, so that a command stays one; the newest first.
STORIES = ("rating.why", "result", "addition", "scan.name", "place", "topic", "split", "picture")
# Kinds that end when he says 算了: questions of the running talk, not of the village.
PASSING = frozenset(
    {"topic", "split", "addition", "withdraw", "readings", "proxy", "unbind", "place", "picture", "apart"}
)
_NAMED = re.compile(r"(?:[A-Za-z]{2,6}-\d{6}-)?(\d{3,4})[\s,，:：号]+([1-3])\s*[。.!！]?")
_LABELS = {
    "rating": "评价", "topic": "说的哪件事", "split": "分几件记", "withdraw": "撤回", "safety": "安不安全",
    "readings": "要办啥", "proxy": "代家人", "unbind": "解绑", "scan.confirm": "核实门牌", "unbind.second": "同意解绑",
    "danger.check": "有没有危险", "alarm": "收到",
}  # fmt: skip
APART_FOR = timedelta(minutes=30)


def answer(ctx: Context) -> bool:
    """Give the message to what it answers; False where it answers nothing."""
    questions = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    return (
        _quoted(ctx, questions)
        or _about_life(ctx, questions)
        or _in_conversation(ctx)
        or _leaving(ctx, questions)
        or _named_matter(ctx, questions)
        or _bare(ctx, questions)
        or _in_words(ctx, questions)
    )


def story(ctx: Context) -> bool:
    """Words that are no command, given to the newest question that asked for words."""
    questions = ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now)
    asking = [q for q in reversed(questions) if q.kind in STORIES and not _is_about_something_else(ctx, q)]
    return any(_try(ctx, question) for question in asking)


def _is_about_something_else(ctx: Context, question: OpenQuestion) -> bool:
    """A matter of its own is no reason, no place and no name: 垃圾没人拉 while the lamp is still being spoken of."""
    if question.kind not in ("rating.why", "place", "scan.name"):
        return False
    matter = ctx.store.matters.get(question.thing_id) if question.thing_id else None
    return clear_topic(ctx.reading) not in (None, matter.code if matter else None)


def _try(ctx: Context, question: OpenQuestion, said: str | None = None) -> bool:
    act = ANSWERS.get(question.kind)
    if act is None:
        return False
    try:
        act(ctx, question, ctx.said if said is None else said)
    except NotUnderstood:
        return False
    return True


def _quoted(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """A quoted message names its question by the number it ends with."""
    if not ctx.incoming.quote:
        return False
    for question in reversed(questions):
        matter = ctx.store.matters.get(question.thing_id) if question.thing_id else None
        if matter is not None and matter.number in ctx.incoming.quote and _try(ctx, question):
            return True
    return False


def _about_life(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """While somebody may be in danger, an answer counts for that, and other words reach those who were alerted."""
    for question in reversed(questions):
        if question.kind not in LIFE:
            continue
        if _try(ctx, question):
            return True
        if question.kind == "safety" and not ctx.understanding.certain:
            pass_on(ctx, question)
            return not _is_matter(ctx)  # a matter of its own is passed on and filed as well
    return False


def _is_matter(ctx: Context) -> bool:
    return clear_topic(ctx.reading) is not None


def _in_conversation(ctx: Context) -> bool:
    contact, group = ctx.sender.contact.id, ctx.incoming.group
    running = ctx.store.conversations.running(contact, group)
    if running is None:
        return False
    if conversing.is_over(ctx, running):
        ctx.store.conversations.end(contact, group)
        if said_number(ctx.said) is None:
            return False
        ctx.reply(texts.expired())
        return True
    try:
        conversing.continue_conversation(ctx, running)
    except NotUnderstood as missed:
        if _means_something_else(ctx):
            return False
        ctx.reply(refusals.hint(missed.hint) or conversing.ask_again(ctx, running))
    return True


def _means_something_else(ctx: Context) -> bool:
    """In the middle of a conversation: is it a command, or a matter of its own? Then that comes first."""
    if ctx.understanding.certain and ctx.understanding.intent not in ("chat", "confirm", "change", "vote"):
        return True
    return _is_matter(ctx) and len(ctx.said) > 3


def _leaving(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    if conversing.said_as(ctx.said) is not Said.LEAVE:
        return False
    passing = [q for q in questions if q.kind in PASSING]
    for question in passing:
        ctx.store.questions.close(question, ctx.now)
    ctx.reply(texts.left() if passing else texts.ended_nothing())
    return True


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
    return False


def _bare(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """A whole message that is a number, or one of the bare words a question takes."""
    number = said_number(ctx.said)
    bare = str(number) if number is not None else ctx.said.strip(" 。！!")
    meant = asked(questions, bare, ctx.now)
    if not meant:
        return False
    if len(meant) == 1 or bare == "收到":
        return _try(ctx, meant[0], bare)
    kinds = [_LABELS.get(question.kind, question.kind) for question in meant[:4]]
    kept = json.dumps({"answer": bare, "questions": [q.id for q in meant[:4]]})
    accepts = tuple(str(n) for n in range(1, len(kinds) + 1))
    _forget_apart(ctx, questions)
    ctx.ask("apart", 0, accepts, APART_FOR, data=kept)
    ctx.reply(texts.told_apart(kinds))
    return True


def _forget_apart(ctx: Context, questions: tuple[OpenQuestion, ...]) -> None:
    for question in questions:
        if question.kind == "apart":
            ctx.store.questions.close(question, ctx.now)


@answers("apart")
def tell_apart(ctx: Context, question: OpenQuestion, said: str) -> None:
    """`2` after 您是回1投票 2评价: the first answer goes where it was meant."""
    kept = json.loads(question.data)
    chosen = option_number(said, [str(number) for number in kept["questions"]])
    if chosen is None:
        raise NotUnderstood("apart")
    ctx.store.questions.close(question, ctx.now)
    target = kept["questions"][chosen - 1]
    for other in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if other.id == target:
            _try(ctx, other, kept["answer"])


def _in_words(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """满意, 安全, 撤回, 3 没修好: a choice said in its own words."""
    return any(_try(ctx, q) for q in reversed(questions) if q.kind not in STORIES and q.kind != "apart")
