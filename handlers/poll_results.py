"""Asking how a poll stands: the count after closing, turnout before it, who has not voted where it is named; and what an
organiser asks of those that are out (nlp/poll_keeping.py)."""

from __future__ import annotations

import re

from domain.organisation import Area, Role
from domain.polls import Poll, Reason, State, numbers, publishable
from domain.refusals import NotUnderstood, Refused
from handlers import telling_apart
from handlers.context import Context
from handlers.meeting_lookup import upcoming
from handlers.poll_clock import remind_now, result_text
from handlers.poll_commands import change, extend, managed, none_of_his, serves, which_one
from handlers.poll_scope import ORGANISERS, area_named, below
from handlers.registry import Handler, intent
from handlers.texts import ballots as ballot_texts
from handlers.texts import polls as texts
from handlers.voting import check, last_closed, open_polls
from nlp.ballot_talk import poll_named
from nlp.poll_changes import change_said, is_change
from nlp.poll_keeping import asked_by_keeper
from nlp.poll_questions import ABOUT, asked_loosely, asked_of_polls, asks_of_option
from nlp.poll_whom import OWN_AREA
from nlp.slots_poll import AREAS

NAMES_SHOWN = 30
_PARTS = ("投票", "改投票", "题目", "标题", "选项")
_OWN = re.compile(OWN_AREA)
_WHY = re.compile("(?:为啥|为什么|为何|凭啥|凭什么|咋|怎么)(?:要|都|就|给)*[选投走定]")
_WHO = ("谁", "哪些", "哪几", "名单", "没投", "未投", "哪家")
_AHEAD = ("领先", "票多", "谁赢")  # asks how it stands, not who is missing


@intent("poll.result", who=ORGANISERS, needs_proof=True)
@which_one
def result(ctx: Context) -> None:
    """投票结果, 谁还没投: while it is open nobody sees the votes, the organiser neither."""
    poll = _meant(ctx)
    if poll.state is State.CLOSED:
        return ctx.reply(_breakdown(ctx, poll) if "分社" in ctx.said or "各社" in ctx.said else result_text(ctx, poll))
    voted = ctx.store.polls.voted(poll)
    if (within := _area_asked_about(ctx, poll)) is not None and not any(word in ctx.said for word in _AHEAD):
        return ctx.reply(_of_area(ctx, poll, within))
    if not any(word in ctx.said for word in _WHO) or any(word in ctx.said for word in _AHEAD):
        return ctx.reply(texts.turnout(poll, voted, ctx.now))
    left = poll.roll - voted
    if poll.is_secret:
        return ctx.reply(texts.missing_secret(poll, left))
    return ctx.reply(texts.missing(poll, ctx.store.rolls.missing(poll, NAMES_SHOWN), left))


def _of_area(ctx: Context, poll: Poll, area: Area) -> str:
    """九社谁没投, 九社投了几户: of one 社 that is asked about, where the poll tells who voted."""
    if poll.is_secret:
        return texts.missing_secret(poll, poll.roll - ctx.store.polls.voted(poll))
    within = [area.id, *(part.id for part in below(ctx.directory, area.id))]  # households name a micro-grid, no grid
    names = ctx.store.rolls.missing(poll, poll.roll, within)
    if any(word in ctx.said for word in _WHO):
        return texts.missing(poll, names[:NAMES_SHOWN], len(names), area.name)
    return texts.turnout_of(poll, area.name, ctx.store.rolls.on_roll(poll, within), len(names), ctx.now)


def _area_asked_about(ctx: Context, poll: Poll) -> Area | None:
    """九社谁没投: a 社 that is not part of what is asked."""
    words = ctx.said.replace(poll.title, "")
    said = AREAS.search(words) or _OWN.search(words)
    area = area_named(ctx, said.group()) if said else None
    return area if area is not None and area.id != ctx.village.id else None


def _meant(ctx: Context) -> Poll:
    """The poll asked about: the one named, else the one open, else the one closed last."""
    number, _ = poll_named(ctx.said)
    if number is not None:
        return managed(ctx, alive=False)
    alive = [poll for poll in ctx.store.polls.alive_in(ctx.village.id) if serves(ctx, poll)]
    last = ctx.store.polls.last_closed(ctx.village.id)
    if "结果" in ctx.said and last is not None and not alive:
        return last
    if len(alive) > 1:
        raise Refused(Reason.WHICH, polls=alive)
    found = alive[0] if alive else last
    if found is None:
        raise none_of_his(ctx)
    return found


def _breakdown(ctx: Context, poll: Poll) -> str:
    """By 社, for a named poll; withheld as a whole where a cell is small (rulings, Small cells)."""
    cells: dict[str, list[int]] = {}
    for group_id, choice, many in [] if poll.is_secret else ctx.store.rolls.by_group(poll):
        area = ctx.directory.areas.get(group_id)
        row = cells.setdefault(area.name if area else "", [0] * len(poll.options))
        for number in numbers(choice):
            row[number - 1] += many
    if not cells or not publishable(cells):
        return texts.breakdown_withheld(poll)
    return texts.breakdown(poll, list(cells.items()))


def ask(ctx: Context) -> bool:
    """投票结果, 我投了啥 and 回执 … of anybody; False for other words, and for an organiser's plain 投票结果."""
    if not (ctx.is_direct or ctx.incoming.addressed):
        return False
    asked = asked_of_polls(ctx.said)
    if asked is None and ABOUT.search(ctx.said) and (loosely := asked_loosely(ctx.said)) and _is_spoken_of(ctx):
        asked = loosely
    if asked is None:
        return _ask_of_option(ctx)
    if asked == "how" and ctx.roles & ORGANISERS and ctx.understanding.intent == "poll.create":
        return False  # 来投个票 of one who makes them
    if asked == "result" and ctx.roles & ORGANISERS:
        is_command = ctx.understanding.intent == "poll.result" and ctx.understanding.certain
        if is_command or not ctx.is_proven:
            return False
        result(ctx)  # 老王投了啥, 投1的多不多
        return True
    if asked in ("how", "back", "secret"):
        return _about_the_open_one(ctx, asked)
    if asked == "result":
        result_for_all(ctx)
    else:
        check(ctx)
    return True


def keep(ctx: Context) -> bool:
    """What an organiser says of polls that are out, before anything of it is read as a vote. False for other words."""
    if not (ctx.roles & ORGANISERS and ctx.is_proven and (ctx.is_direct or ctx.incoming.addressed)):
        return False
    return _keeps(ctx) or _takes_out(ctx)


def _takes_out(ctx: Context) -> bool:
    """删掉先缓缓: an option of one of his polls."""
    if not _TAKES_OUT.match(ctx.said):
        return False
    less = set(change_said(ctx.said, ctx.now, ctx.words.calendar).less)
    mine = [poll for poll in ctx.store.polls.alive_in(ctx.village.id) if serves(ctx, poll)] if less else []
    if not any(less & set(poll.options) for poll in mine):
        return False
    change(ctx)
    return True


_TAKES_OUT = re.compile("(?:把|投票|选项)?.{0,14}(?:删|去掉|拿掉|划掉)")


def _keeps(ctx: Context) -> bool:
    """没投的名单, 有几个投票, 再催一遍, 咋发投票, by one who makes polls; False for other words and where none is his."""
    _, said = poll_named(ctx.said)
    asked = asked_by_keeper(said) or asked_by_keeper(ctx.said)
    if asked is None and ctx.said.startswith(_PARTS) and is_change(ctx.said):
        asked = "change"
    if asked is None:
        return False
    if asked == "how":
        ctx.reply(texts.how_to_make())
        return True
    mine = [poll for poll in ctx.store.polls.alive_in(ctx.village.id) if serves(ctx, poll)]
    if asked == "list":
        ctx.reply(texts.in_hand([(poll, ctx.store.polls.voted(poll)) for poll in mine], ctx.now))
        return True
    if asked in ("until", "remind") and not _is_of_a_poll(ctx):
        return False
    _KEEPING[asked](ctx)
    return True


def _is_of_a_poll(ctx: Context) -> bool:
    """推迟两天, 再催一遍: with a meeting ahead or work in hand it is not surely of the poll, unless that is said."""
    if "投" in ctx.said or "票" in ctx.said or "截止" in ctx.said:
        return True
    if not any(serves(ctx, poll) for poll in ctx.store.polls.alive_in(ctx.village.id)):
        return False
    has_work = ctx.person is not None and bool(ctx.store.matters.living_of_owner(ctx.person.id))
    return not (has_work or upcoming(ctx))


@which_one
def remind(ctx: Context) -> None:
    """再催一遍: once a day, of a poll that runs."""
    poll = managed(ctx)
    if not poll.is_open(ctx.now):
        return ctx.reply(texts.not_to_be_urged(poll, ctx.now))
    if ctx.store.counters.count(f"poll:{poll.id}:urge:{ctx.now:%y%m%d}") > 1:
        return ctx.reply(texts.urged_today(poll))
    left, is_posted = remind_now(ctx, poll)
    return ctx.reply(texts.reminded(poll, left, in_group=is_posted))


@which_one
def show_paper(ctx: Context) -> None:
    ctx.reply(texts.no_paper(managed(ctx)))


@which_one
def open_again(ctx: Context) -> None:
    """投票1重新开: what is closed and counted stays so; one that runs is put off."""
    poll = managed(ctx, alive=False)
    if poll.state in (State.OPEN, State.WAITING):
        return extend(ctx)
    return ctx.reply(texts.stays_closed(poll))


_KEEPING: dict[str, Handler] = {
    "again": open_again, "state": result, "missing": result, "remind": remind, "change": change, "print": show_paper, "until": extend,
}  # fmt: skip


def _ask_of_option(ctx: Context) -> bool:
    """为啥选东路, 东路多少票: the result tells it, before the closing when it will come. False for other words."""
    last = last_closed(ctx)
    for poll in (*reversed(ctx.store.polls.alive_in(ctx.village.id)), *([last] if last else ())):
        if asks_of_option(ctx.said, poll.options):
            later = ballot_texts.how if _WHY.search(ctx.said) else texts.result_later  # 为啥选东路, before anybody has
            ctx.reply(result_text(ctx, poll) if poll.state is State.CLOSED else later(poll, ctx.now))
            return True
    return False


def _is_spoken_of(ctx: Context) -> bool:
    """Is a poll open in the village, or was one not long ago?"""
    return bool(ctx.store.polls.alive_in(ctx.village.id)) or last_closed(ctx) is not None


def take_back(ctx: Context) -> bool:
    """撤回我的票, 不投了: a vote may be changed, not taken away. False for other words, and where no poll is open to him."""
    return ("投" in ctx.said or "票" in ctx.said) and asked_of_polls(ctx.said) == "back" and ask(ctx)


def _about_the_open_one(ctx: Context, asked: str) -> bool:
    mine = open_polls(ctx)
    poll = ctx.store.polls.get(mine[-1].thing_id) if mine else None
    if poll is None:
        return False
    said = {
        "how": lambda: ballot_texts.how(poll, ctx.now),
        "secret": lambda: ballot_texts.who_sees(poll),
        "back": lambda: texts.no_way_back(poll),
    }
    telling_apart.forget(ctx)
    ctx.reply(said[asked]())
    return True


@intent("poll.result", who=frozenset({Role.SUPERVISOR}))
def result_for_supervisor(ctx: Context) -> None:
    """投票1多少票 of whoever watches over it: what anybody may hear."""
    if not ctx.understanding.certain and poll_named(ctx.said)[0] is None:
        raise NotUnderstood("poll.result")
    result_for_all(ctx)


def result_for_all(ctx: Context) -> None:
    """A villager asks: the result after closing, before it when it will come."""
    number, _ = poll_named(ctx.said)
    poll = ctx.store.polls.numbered(ctx.village.id, number) if number is not None else None
    alive = ctx.store.polls.alive_in(ctx.village.id)
    poll = poll or ctx.store.polls.last_closed(ctx.village.id) or (alive[-1] if alive else None)
    if poll is None:
        return ctx.reply(texts.no_result_yet())
    if poll.state is not State.CLOSED:
        return ctx.reply(texts.result_later(poll, ctx.now))
    return ctx.reply(result_text(ctx, poll))
