"""Polls and the clock: opening, telling the people on the roll, reminding, closing, counting, publishing.

What is due is derived at each tick from what is stored. A turn does a slice and the next part of the tick goes on, so
that none is long however many polls close at eight o'clock.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from domain.polls import Poll, Result, State, count, may_count_at, reminder_is_due
from domain.posts import PostKind, is_quiet
from domain.secret_ballots import choice_lines, digest_of
from handlers.context import Context
from handlers.polls import announce, asked_text, notice_fields
from handlers.posts import groups_for, post_to_groups
from handlers.registry import every
from handlers.texts import polls as texts
from storage.outbox import Priority
from storage.polls import as_closed
from storage.vault import new_key

# What opening, reminding or counting a poll costs, in letters: so much, and a share of its roll.
A_POLL, ENTRIES_A_LETTER = 10, 10
SALT_BYTES = 8
# Votes that came in time and whose turn has not come yet are looked for again after this.
LOOKS_AGAIN_IN = timedelta(seconds=1)


@every(minutes=1, in_slices=True)
def run_polls(ctx: Context) -> None:
    """Open, remind and close what is due, as many as there is room for."""
    for poll in ctx.store.polls.alive():
        if ctx.room <= 0:
            return ctx.come_back()
        try:
            if _run(ctx, poll):
                ctx.room -= A_POLL + poll.roll // ENTRIES_A_LETTER
        except ValueError:  # more ballots than the roll, or published before: somebody wrote into the tables
            _report(ctx, poll, texts.does_not_add_up(poll), "wrong")
    return None


def _report(ctx: Context, poll: Poll, text: str, once: str) -> None:
    organiser = ctx.store.people.person(poll.by_id)
    if organiser is not None:
        ctx.tell(organiser, text, "poll.result", once=f"poll:{poll.id}:{once}")


def _run(ctx: Context, poll: Poll) -> bool:
    """Do what is due, if it still is: another process may have done it, or put the closing off, since this one read."""
    if _due(ctx, poll) is None:
        return False
    poll = ctx.store.polls.held(poll)
    act = _due(ctx, poll)
    if act is None:
        return False
    if poll.lacks_key:  # the ballots cannot be told whose they are, and what is saved would lose the key for good
        _report(ctx, poll, texts.no_key_to_count(poll), "key")
        return False
    return act(ctx, poll)


def _due(ctx: Context, poll: Poll) -> Callable[[Context, Poll], bool] | None:
    if poll.state is State.WAITING:
        return _open if poll.opens_at <= ctx.now else None
    if poll.state is not State.OPEN:
        return None
    if ctx.now >= poll.closes_at:
        return _close if _is_all_in(ctx, poll) else None
    return _remind if reminder_is_due(poll, ctx.now) else None


def _is_all_in(ctx: Context, poll: Poll) -> bool:
    """Is every vote that came in time counted? Else the clock comes back for it."""
    counts_at = may_count_at(poll)
    if ctx.now < counts_at:
        ctx.come_back(counts_at)
        return False
    if ctx.store.inbox.is_waiting_before(poll.closes_at, ctx.now):
        ctx.come_back(ctx.now + LOOKS_AGAIN_IN)
        return False
    return True


def _open(ctx: Context, poll: Poll) -> bool:
    """The roll is frozen now, as it stands at opening."""
    entries = ctx.store.rolls.entries(poll.scope, poll.unit, ctx.now.year)
    opened = replace(poll, state=State.OPEN, roll=len(entries), key=poll.key or (new_key() if poll.is_secret else b""))
    ctx.store.polls.save(opened, ctx.step("opened", "clock"), entries)
    announce(ctx, opened)
    return True


# -- telling the roll


def _remind(ctx: Context, poll: Poll) -> bool:
    """Named: those who have not voted, and the group with a count. Secret: a count only."""
    ctx.store.polls.save(replace(poll, reminded_for=poll.closes_at), ctx.step("reminded", "clock"))
    left = poll.roll - ctx.store.polls.voted(poll)
    if left <= 0:
        return True
    area = ctx.directory.areas[poll.area_id]
    text = texts.closing_soon(poll, left, ctx.now)
    once = f"poll:{poll.id}:closing:{poll.closes_at:%y%m%d%H%M}"
    post_to_groups(ctx, area, text, PostKind.CLOSING, once=once, not_after=poll.closes_at)
    if not poll.is_secret:
        ctx.store.rolls.reach(poll.id, "closing", 0)
    return True


def remind_now(ctx: Context, poll: Poll) -> tuple[int, bool]:
    """催一遍, at the organiser's word: the same letters, once a day. Return how many have not voted, and whether the
    groups are told as well."""
    left = poll.roll - ctx.store.polls.voted(poll)
    if left <= 0:
        return 0, False
    area = ctx.directory.areas[poll.area_id]
    once, text = f"poll:{poll.id}:urge:{ctx.now:%y%m%d}", texts.closing_soon(poll, left, ctx.now)
    full = post_to_groups(ctx, area, text, PostKind.CLOSING, once=once, not_after=poll.closes_at)
    if not poll.is_secret:
        ctx.store.rolls.reach(poll.id, "urge", 0)
    return left, bool(groups_for(ctx, area)) and not full


@every(minutes=1, in_slices=True)
def tell_rolls(ctx: Context) -> None:
    """Go on with the letters to the people on the rolls, by day only, as many as there is room for."""
    for poll_id, what, reached in ctx.store.rolls.rounds():
        poll = ctx.store.polls.get(poll_id)
        if what == "ballots":
            ctx.store.polls.forget_ballots(poll_id)
            ctx.store.rolls.reach(poll_id, what, -1)
        elif poll is None or not _still_worth(ctx, poll, what):
            ctx.store.rolls.reach(poll_id, what, -1)
        elif not is_quiet(ctx.now):
            if ctx.room <= 0:
                return ctx.come_back()
            _tell_some(ctx, poll, what, reached)
    return None


def _still_worth(ctx: Context, poll: Poll, what: str) -> bool:
    """Not a reminder of a closing that has been put off since."""
    if what == "result":
        return poll.state is State.CLOSED
    return poll.is_open(ctx.now) and (what != "closing" or poll.reminded_for == poll.closes_at)


def _tell_some(ctx: Context, poll: Poll, what: str, reached: int) -> None:
    many = ctx.room
    # Whoever has voted from the group already would think that it did not count; of a secret poll nobody knows who has.
    is_needless = what in ("closing", "urge") or (what in ("open", "extended") and not poll.is_secret)
    people = ctx.store.rolls.reachable(poll, reached, many, only_missing=is_needless)
    text, fields = _letter(ctx, poll, what), notice_fields(ctx, poll, _NOTICES.get(what, what))
    for person in people:
        once = f"poll:{poll.id}:{what}{_again(ctx, poll, what)}:{person.id}"
        not_after = None if what == "result" else poll.closes_at
        ctx.tell(person, text, f"poll.{what}", once=once, priority=Priority.BULK, not_after=not_after, fields=fields)
    is_over = len(people) < many
    ctx.store.rolls.reach(poll.id, what, -1 if is_over else people[-1].id)
    ctx.room -= len(people) + A_POLL
    if not is_over:
        ctx.come_back()


def _again(ctx: Context, poll: Poll, what: str) -> str:
    """What tells a reminder from the one before: extended, it is said again; asked for, once a day."""
    closing = f":{poll.closes_at:%y%m%d%H%M}"
    return {"closing": closing, "extended": closing, "urge": f":{ctx.now:%y%m%d}"}.get(what, "")


# What a notice of the platform calls a letter, where it has no word of its own.
_NOTICES = {"urge": "closing", "extended": "open"}
_LETTERS: dict[str, Callable[[Context, Poll], str]] = {
    "open": lambda ctx, poll: asked_text(ctx, poll, in_group=False),
    "closing": lambda ctx, poll: texts.reminder(poll, ctx.now),
    "urge": lambda ctx, poll: texts.reminder(poll, ctx.now),
    "extended": lambda ctx, poll: texts.extended(poll, ctx.now),
    "result": lambda ctx, poll: result_text(ctx, poll),
}


def _letter(ctx: Context, poll: Poll, what: str) -> str:
    return _LETTERS[what](ctx, poll)


# -- closing


def _close(ctx: Context, poll: Poll) -> bool:
    """Count, destroy the key of a secret poll in the same commit, and tell: groups, or where there are none the roll."""
    result = count(ctx.store.polls.by_choice(poll), len(poll.options), poll.roll)
    if poll.is_secret:
        result = _publish(ctx, poll, result)
    closed = as_closed(poll, result, ctx.now)
    ctx.store.polls.save(closed, ctx.step(f"digest {result.digest}" if result.digest else "counted", "clock"))
    area = ctx.directory.areas[poll.area_id]
    text = result_text(ctx, closed)
    image = f"charts/poll-{poll.id}.png"  # drawn when it is sent (bot/charts.py)
    post_to_groups(ctx, area, text, PostKind.RESULT, once=f"poll:{poll.id}:result", image=image)
    if not groups_for(ctx, area):
        ctx.store.rolls.reach(poll.id, "result", 0)
    organiser = ctx.store.people.person(poll.by_id)
    if organiser is not None:
        once, fields = f"poll:{poll.id}:result:organiser", notice_fields(ctx, closed, "result")
        ctx.tell(organiser, text, "poll.result", once=once, image=image, fields=fields)
    return True


def _publish(ctx: Context, poll: Poll, result: Result) -> Result:
    """Keep the lists people can count; what has been published is never written over. Raises ValueError then."""
    if ctx.store.polls.published(poll.id) is not None:
        raise ValueError("published already")
    receipts, choices = ctx.store.polls.secret_rows(poll)
    lines = choice_lines(choices, [secrets.token_hex(SALT_BYTES) for _ in choices])
    digest = digest_of(poll, receipts, lines)
    ctx.store.polls.publish(poll, receipts, lines, digest)
    ctx.store.rolls.reach(poll.id, "ballots", 0)
    return replace(result, digest=digest)


def result_text(ctx: Context, poll: Poll) -> str:
    body = ctx.words.polls.body(poll.body) if poll.body else None
    if poll.result is None:
        return texts.result_later(poll, ctx.now)
    village = ctx.directory.areas.get(poll.village_id)
    lists = f"/polls/{village.code if village else ''}/{poll.number}.txt"
    return texts.result(poll, poll.result, next_step=texts.next_step(body.title if body else ""), lists=lists)
