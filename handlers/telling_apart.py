"""Questions that take the same bare answer are told apart by asking (您是回 1投票 2评价？): their names, and which is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.texts import people as texts
from handlers.texts.matters import first_words
from nlp.numbers import option_number

# 投票的, 是投票那个.
_MEANT = re.compile("^(?:我)?(?:说|回|指)?的?(?:是|就是)?(?=.{2})|(?:的|那个|这个|的事|的那个)$")
# A matter is known again by so many of its first letters.
TOLD_CHARS = 10


def labels_of(ctx: Context, meant: tuple[OpenQuestion, ...]) -> list[str]:
    """Name the questions so that they can be told apart: 评价 and 投票, but 评价001 and 评价002."""
    plain = [texts.LABELS.get(question.kind, question.kind) for question in meant]
    named = [f"{label}{_thing(ctx, question)}" for label, question in zip(plain, meant, strict=True)]
    return [name if plain.count(label) > 1 else label for label, name in zip(plain, named, strict=True)]


def _thing(ctx: Context, question: OpenQuestion) -> str:
    if question.kind in ("scan.confirm", "unbind.second", "unbind", "proxy"):
        person = ctx.store.people.person(question.thing_id)
        return person.name if person else ""
    if question.kind == "rsvp":
        meeting = ctx.store.meetings.get(question.thing_id)
        return str(meeting.number) if meeting else ""
    if question.kind.startswith("poll"):
        poll = ctx.store.polls.get(question.thing_id)
        return f"{poll.number} {poll.title}" if poll else ""
    matter = ctx.store.matters.get(question.thing_id) if question.thing_id else None
    if matter is None:
        return ""
    tail, is_told = matter.number.rpartition("-")[2], question.kind in ("rating", "rating.why") and not matter.is_sealed
    return f"{tail} {first_words(matter.text, TOLD_CHARS)}" if is_told else tail


def which_meant(said: str, labels: Sequence[str]) -> int | None:
    """Which of them is meant, 1 the first: by its number, or by its name (投票); None for other words."""
    plain = said.replace(" ", "").strip("。！")
    bare = _MEANT.sub("", plain)
    named = [place for place, label in enumerate(labels, 1) if label.split(" ")[0] in (plain, bare)]
    return named[0] if len(named) == 1 else option_number(said, labels)


def forget(ctx: Context) -> None:
    """The choices of a poll have been shown since: a number is an answer to them, not to which question was meant."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == "apart":
            ctx.store.questions.close(question, ctx.now)
