"""Questions that take the same bare answer are told apart by asking (您是回 1投票 2评价？): their names, and which is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.polls import Poll
from domain.questions import OpenQuestion
from handlers.context import Context
from handlers.texts import people as texts
from handlers.texts.matters import first_words
from nlp.numbers import option_number
from storage.vault import Vault

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


def kept_answer(ctx: Context, meant: Sequence[OpenQuestion], answer: str) -> dict[str, Any]:
    """The answer as the question keeps it until it is said what it was for.

    Where it may be a secret vote nothing of it is readable, neither in the inbox nor here: it is encrypted with the poll's
    own key, so that it goes with the ballots at closing, answered or not (docs/decisions/0007).
    """
    polls = [ctx.store.polls.get(question.thing_id) for question in meant if question.kind == "poll"]
    secret = next((poll for poll in polls if poll is not None and poll.is_secret), None)
    if secret is None:
        return {"answer": answer}
    ctx.is_secret = True
    return {"poll": secret.id, "answer": _vault_of(ctx, secret).seal(answer)}


def answer_kept(ctx: Context, kept: Mapping[str, Any]) -> str:
    """Read it back; "" where the secret poll it may have been for has been counted meanwhile."""
    poll = ctx.store.polls.get(kept["poll"]) if "poll" in kept else None
    return str(kept["answer"]) if poll is None else _vault_of(ctx, poll).open(kept["answer"])


def _vault_of(ctx: Context, poll: Poll) -> Vault:
    return Vault(poll.key.hex()) if poll.key else ctx.store.vault


def forget(ctx: Context) -> None:
    """The choices of a poll have been shown since: a number is an answer to them, not to which question was meant."""
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == "apart":
            ctx.store.questions.close(replace(question, data=""), ctx.now)
