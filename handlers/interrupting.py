"""What is said in the middle of a conversation and is no answer: another command, the same one anew, a matter of its own.

The conversation waits, and what waits is mentioned behind the answer; another conversation takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.questions import OpenQuestion
from handlers import conversing, remarks
from handlers.context import Context
from handlers.filing import clear_topic
from handlers.texts import people as texts
from nlp.broadcast_talk import broadcast_said
from nlp.numbers import said_number
from nlp.poll_talk import wants_poll
from storage.questions import Running

STORY_CHARS = 10
# 签到 王德福, 决定：打机井: said while a meeting goes on, of it.
_AT_A_MEETING = re.compile(r"(?:签到|点名|会议记录|记录)[\s:：]+\S{2}|(?:会上)?(?:决定|议定)[\s:：]+\S{2}")


# Asked in his own talk with us, numbered, right behind what he said.
_HIS_OWN = frozenset({"minutes.end", "readings", "apart", "split", "topic"})


def is_overtaken(ctx: Context, asked: OpenQuestion, questions: Sequence[OpenQuestion]) -> bool:
    """Does his number answer what was asked of him since? Only a mere doubt about danger is overtaken so, no danger."""
    if asked.kind != "danger.check" or said_number(ctx.said) is None:
        return False
    if any(q.kind in _HIS_OWN and q.asked_at > asked.asked_at for q in questions):
        return True
    running = conversing.running_here(ctx)
    return running is not None and running.asked_at > asked.asked_at


def begins_anew(ctx: Context, running: Running) -> bool:
    """发起投票 … while a poll is being made: the same command once more begins it anew."""
    if ctx.understanding.intent != running.name or conversing.amends(ctx, running):
        return False
    return ctx.understanding.certain or is_whole_command(ctx)


def is_whole_command(ctx: Context) -> bool:
    """A cadre's sentence that calls a meeting with its time, makes a poll, writes minutes, or tells many something: no title, no place."""
    understood = ctx.understanding
    if understood.intent == "meeting.create":
        slots = understood.slots
        return bool(slots.get("starts_at") and (slots.get("venue") or slots.get("topic")))
    if understood.intent == "poll.create":
        return wants_poll(ctx.said)
    if _AT_A_MEETING.match(ctx.said):
        return True
    said = broadcast_said(ctx.said) if understood.intent == "broadcast" else None
    return said is not None and bool(said.note)


def tells_many(ctx: Context) -> bool:
    """A notice, or a call for a meeting with its time: 明天下午三点开板凳会 说机井 is no accident at a well."""
    understood = ctx.understanding
    is_call = understood.intent == "meeting.create" and "starts_at" in understood.slots
    return is_call or understood.intent == "broadcast"


def is_no_name(ctx: Context, running: Running) -> bool:
    """九社水渠堵了浇不上水 is no place to meet at, whatever was asked just now. (A title may be about trouble.)"""
    return running.progress["at"] in ("venue", "who") and ctx.in_trouble and is_complaint(ctx)


def is_matter(ctx: Context) -> bool:
    return clear_topic(ctx.reading) is not None


def is_complaint(ctx: Context) -> bool:
    """没水了 is one, 李玉桥 is a name: of a few letters only words of trouble are believed."""
    in_trouble = ctx.in_trouble or remarks.judges(ctx.said)
    if len(ctx.said) <= 4:
        return in_trouble and is_matter(ctx)
    # A sentence that tells something and names nobody is a story, also where it is doubtful what it is about.
    tells = len(ctx.said) >= STORY_CHARS and ctx.understanding.intent in (
        "report",
        "urge",
        "consult",
        "chat",
        "add",
        None,
    )
    return is_matter(ctx) or ((in_trouble or tells) and ctx.reading.is_founded)


def mention_waiting(ctx: Context) -> None:
    """Say that the conversation that was interrupted still waits, or that another has taken its place."""
    before = ctx.interrupted
    now = ctx.store.conversations.running(ctx.sender.contact.id, conversing.PRIVATE)
    if before is None or now is None or not ctx.is_direct or not ctx.replies:
        return
    label = conversing.label(before)
    if not label:
        return
    if conversing.falls(before):  # nobody calls a meeting off with the 1 he says to something else later
        if now.name == before.name and now.asked_at == before.asked_at:
            ctx.store.conversations.end(ctx.sender.contact.id, conversing.PRIVATE)
        ctx.reply(texts.dropped(label))
    elif now.name != before.name:
        ctx.replies.insert(0, texts.put_aside(label))
    elif now.asked_at == before.asked_at:
        ctx.reply(texts.still_waiting(label, conversing.asked_shortly(ctx, now)))


def is_about_something_else(ctx: Context, question: OpenQuestion) -> bool:
    """A matter of its own is no reason, no place and no name: 垃圾没人拉 while the lamp is still being spoken of."""
    if question.kind not in ("rating.why", "place", "scan.name"):
        return False
    if question.kind == "scan.name":
        return is_complaint(ctx)
    return clear_topic(ctx.reading) not in (None, question.data)  # its data is the code of the matter asked about
