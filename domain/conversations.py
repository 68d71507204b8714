"""Conversations (对话): questions asked one at a time, read back, and only then done.

A conversation is data. `start` and `advance` are the whole machine and are pure: they take the progress and return the
next one. Effects come only after a Turn with `is_done`. Expiry is arithmetic on the time we last asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.refusals import NotUnderstood

Slots = dict[str, Any]


class Said(StrEnum):
    """What kind of thing was said, as the words of the message tell."""

    ANSWER = "answer"
    LEAVE = "leave"  # 取消/算了/退出, as a whole message
    BACK = "back"  # 上一步


@dataclass(frozen=True, slots=True)
class Question:
    """One slot. `parse` is pure: it returns a value that JSON can hold, or raises NotUnderstood.

    `takes_any`: almost any words may answer it (a title), so that a story is not read as a matter of its own.
    `ask` may depend on what is known already (下周六吗), and `when` says whether it is asked at all then.
    `beside` gives other slots that the same answer fills (初六 初八 截止月底); what is known already stands.
    `aside` takes words that answer another question than this one (不记名, 九社投): it returns the new slots or raises
    NotUnderstood; the question is then asked again.
    """

    slot: str
    ask: str | Callable[[Mapping[str, Any]], str]
    parse: Callable[[str], Any]
    takes_any: bool = False
    when: Callable[[Mapping[str, Any]], bool] | None = None
    beside: Callable[[str], Slots] | None = None
    aside: Callable[[Mapping[str, Any], str], Slots] | None = None

    def words(self, slots: Mapping[str, Any]) -> str:
        return self.ask if isinstance(self.ask, str) else self.ask(slots)

    def is_open(self, slots: Mapping[str, Any]) -> bool:
        return self.slot not in slots and (self.when is None or self.when(slots))


@dataclass(frozen=True, slots=True)
class Conversation:
    """`read_back` shows what will be done and asks 1 send, 2 change, 3 cancel; None where nothing is created.

    `choose` reads those three answers: it returns 1, 2 or 3 or raises NotUnderstood.
    `amend` takes a change said in words (改到周六, 不记名) after the read-back: it returns the new slots or raises
    NotUnderstood. `ask_amend` is what 2 is answered with then; without `amend` a change begins from the first question.
    `noted` stands before a question that is asked again because something else was said. `is_about` knows words that are
    about what was read back though they change nothing, so that they are no matter of their own. `left` is what he hears
    who leaves it, where that is not that nothing was sent.
    """

    name: str
    questions: tuple[Question, ...]
    forget_after: timedelta = timedelta(minutes=30)
    read_back: Callable[[Mapping[str, Any]], str] | None = None
    choose: Callable[[str], int] | None = None
    amend: Callable[[Mapping[str, Any], str], Slots] | None = None
    ask_amend: str = ""
    noted: str = ""
    left: str = ""
    is_about: Callable[[Mapping[str, Any], str], bool] | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: the slots filled, and the slot being asked ("" while reading back)."""

    slots: Mapping[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What to keep and what to say. `say` is None when it is done or left."""

    progress: Progress
    say: str | None = None
    is_done: bool = False
    is_left: bool = False


def start(conversation: Conversation, slots: Slots) -> Turn:
    """Begin with what the first sentence already said; ask for the first thing it did not."""
    return _next(conversation, slots)


def advance(conversation: Conversation, progress: Progress, text: str, said: Said) -> Turn:
    """Take one message. Raises NotUnderstood where it answers nothing; the progress then stays as it was."""
    if said is Said.LEAVE:
        return Turn(progress, is_left=True)
    if said is Said.BACK:
        return _back(conversation, progress)
    if progress.at == "":
        return _chosen(conversation, progress, text)
    question = next(q for q in conversation.questions if q.slot == progress.at)
    try:
        value = question.parse(text)
    except NotUnderstood as missed:
        if question.aside is None:
            raise
        return _aside(conversation, question, progress, text, missed)
    beside = question.beside(text) if question.beside else {}
    return _next(conversation, {**beside, **progress.slots, question.slot: value})


def _aside(
    conversation: Conversation, question: Question, progress: Progress, text: str, missed: NotUnderstood
) -> Turn:
    """Take what answers another question, and go on asking. Raises what the question itself raised where it is none."""
    try:
        slots = question.aside(progress.slots, text) if question.aside else {}
    except NotUnderstood:
        raise missed from None
    turn = _next(conversation, slots)
    return replace(turn, say=f"{conversation.noted}{turn.say}") if turn.progress.at else turn


def is_forgotten(conversation: Conversation, asked_at: datetime, now: datetime) -> bool:
    return now - asked_at > conversation.forget_after


def _next(conversation: Conversation, slots: Slots) -> Turn:
    for question in conversation.questions:
        if question.is_open(slots):
            return Turn(Progress(slots, question.slot), question.words(slots))
    if conversation.read_back is None:
        return Turn(Progress(slots, ""), is_done=True)
    return Turn(Progress(slots, ""), conversation.read_back(slots))


def _back(conversation: Conversation, progress: Progress) -> Turn:
    """Ask the question before this one again; at the first, ask the first."""
    order = [q.slot for q in conversation.questions if q.slot in progress.slots or q.slot == progress.at]
    place = order.index(progress.at) if progress.at else len(order)
    earlier = order[max(place - 1, 0)]
    slots = {slot: value for slot, value in progress.slots.items() if slot != earlier}
    ask = next(q.words(slots) for q in conversation.questions if q.slot == earlier)
    return Turn(Progress(slots, earlier), ask)


# 先不发 neither sends nor changes: what was read back waits.
WAIT = "conversation.wait"


def _chosen(conversation: Conversation, progress: Progress, text: str) -> Turn:
    """After the read-back: 1 do it, 2 change (from the first question on), 3 leave."""
    if conversation.choose is None:
        raise NotUnderstood("conversation.choose")
    try:
        choice = conversation.choose(text)
    except NotUnderstood as missed:
        if conversation.amend is None or missed.hint == WAIT:
            raise
        return _next(conversation, conversation.amend(progress.slots, text))
    if choice == 1:
        return Turn(progress, is_done=True)
    if choice == 3:
        return Turn(progress, is_left=True)
    if conversation.amend is not None:
        return Turn(progress, conversation.ask_amend)
    first = conversation.questions[0]
    return Turn(Progress({}, first.slot), first.words({}))
