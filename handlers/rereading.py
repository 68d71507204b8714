"""看不清, 念给我听: what he was shown last is said again in plain letters - a poll, its result, a meeting."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from domain.polls import Poll
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.meeting_facts import tell_facts
from handlers.meeting_lookup import invited_to
from handlers.poll_clock import result_text
from handlers.registry import intent
from handlers.texts import meetings as meeting_texts
from handlers.texts import people as texts
from handlers.texts.ballots import which_options
from handlers.voting import in_quote, last_closed, open_polls
from nlp.rereading import is_unreadable

_OF_LETTERS = re.compile("字|屏|大[点些]|放大|图|糊|看不清|瞅不清|老花|眼花|[上发]的|消息|手机|通知")
_OF_READING = re.compile("[念读听播]|语音|朗读|字|广播|喇叭|说给|说一?遍")
_Shown = tuple[datetime, Callable[[], None]]


def is_asked(ctx: Context) -> bool:
    """Does he surely mean what we showed him, and nobody's eyes? Of 我妈看不清 only where something was shown."""
    said = is_unreadable(ctx.said)
    return said == "surely" or (said == "perhaps" and _shown(ctx) is not None)


def take(ctx: Context) -> bool:
    """看不清, 图太糊: False for other words, and in a group that does not call us."""
    if not (ctx.is_direct or ctx.incoming.addressed) or not is_asked(ctx):
        return False
    read_large(ctx)
    return True


@intent("read.large")
def read_large(ctx: Context) -> None:
    if not ctx.understanding.certain and not _OF_LETTERS.search(ctx.said):
        raise NotUnderstood("read.large")  # 我眼睛看不见了 白内障 能报销不
    shown = _shown(ctx)
    if shown is None:
        return ctx.reply(texts.larger())
    ctx.reply(texts.in_letters())
    return shown()


@intent("read.aloud", wins=True)
def read_aloud(ctx: Context) -> None:
    """念给我听: the same; a meeting in the words of the loudspeaker."""
    if not ctx.understanding.certain and not _OF_READING.search(ctx.said):
        raise NotUnderstood("read.aloud")  # 给我借五百块钱行不
    shown = _shown(ctx)
    return shown() if shown is not None else ctx.reply(meeting_texts.nothing_to_read())


def _shown(ctx: Context) -> Callable[[], None] | None:
    """How to say again what he quotes, else what he was shown last; None where there is nothing."""
    quoted = in_quote(ctx, ctx.incoming.quote) if ctx.incoming.quote else None
    polls = [quoted] if quoted is not None else open_polls(ctx)
    found: list[_Shown] = [_of_poll(ctx, poll) for q in polls if (poll := ctx.store.polls.get(q.thing_id)) is not None]
    if quoted is None:
        found += [(m.told_at, lambda: tell_facts(ctx)) for m, _ in invited_to(ctx) if m.starts_at > ctx.now]
        found += [_of_poll(ctx, last) for last in [last_closed(ctx)] if last is not None]
    return max(found, key=lambda shown: shown[0])[1] if found else None


def _of_poll(ctx: Context, poll: Poll) -> _Shown:
    if poll.result is not None:
        return poll.closes_at, lambda: ctx.reply(result_text(ctx, poll))
    return poll.opens_at, lambda: ctx.reply(which_options(poll))
