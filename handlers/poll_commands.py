"""What cadres say about polls (投票): make one, change one that is out, put its closing off, close it (handlers/polls.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.conversations import Conversation, Question
from domain.polls import Poll, Reason, State, check_times, may_count_at
from domain.posts import PostKind
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.conversing import conversation_for, one_of_three, open_conversation
from handlers.poll_scope import ORGANISERS, scope_said
from handlers.poll_slots import CREATE, Slots, amended, check_named
from handlers.poll_wishes import offer as offer_wish
from handlers.polls import begin
from handlers.posts import post_to_groups
from handlers.registry import Handler, intent
from handlers.texts import polls as texts
from nlp.ballot_talk import choices_said, poll_named
from nlp.numbers import said_number
from nlp.poll_changes import change_said, is_change
from nlp.poll_keeping import asked_by_keeper, leaves_as_it_is, moved_to, moves_nearer, names_a_weekday, takes_back
from nlp.poll_talk import lays_out, poll_said, wants_poll
from nlp.poll_titles import calls_for_votes
from nlp.time_slips import put_off, says_later

CLOSE = "poll.close"


# -- making one


SAYS_WHAT = 4
# 投票路灯颜色白光黄光周五晚八点截止: said without a pause.
_RUNS_ON = re.compile("投票(?![箱站点机室表结墙栏完后了的时截到])")
MAKES = ("投票", "发起", "投个票")


@intent(CREATE, who=ORGANISERS, needs_proof=True)
def create(ctx: Context) -> None:
    """发起投票 修路选哪条 A东路 B西路 截止周五晚八点: asks for what was not said, then reads it back."""
    if poll_named(ctx.said)[0] is not None or is_change(ctx.said):
        return change(ctx)  # 投票3 题目改成…
    said = poll_said(ctx.said, ctx.now, ctx.words.calendar)
    if said.title is None and not said.options and not _MAKES_ONE.search(ctx.said):
        return extend(ctx)  # 今晚八点截止 is said of one that is out
    return begin(ctx, said)


_MAKES_ONE = re.compile("投|选|表决|征求|意见|票")


def take_question(ctx: Context) -> bool:
    """选谁当社长 张三 李四, by one who may ask it: a poll is begun. False for everybody and everything else."""
    if not (ctx.roles & ORGANISERS and ctx.is_proven):
        return False
    is_called = calls_for_votes(ctx.said)
    runs_on = not is_called and _RUNS_ON.match(ctx.said) is not None and not ctx.in_trouble
    if not (is_called or runs_on or lays_out(ctx.said)):
        return False
    said = poll_said(ctx.said, ctx.now, ctx.words.calendar)
    if is_called and len(said.options) < 2:
        return False
    if runs_on and not (said.closes and said.title and len(said.title) >= SAYS_WHAT and not _mine(ctx)):
        return False
    begin(ctx, said)
    return True


@intent(CREATE)
def create_refused(ctx: Context) -> None:
    offer_wish(ctx)


def is_about_one(ctx: Context, intent_: str) -> bool:
    """Does a message that sounds like a command about polls surely mean one? It names it (投票3谁还没投), or makes it."""
    number, _ = poll_named(ctx.said)
    if number is not None:
        return intent_ != "vote" or ctx.store.polls.numbered(ctx.village.id, number) is not None
    if intent_ == "vote":
        asked_of = (*ctx.store.polls.alive_in(ctx.village.id), ctx.store.polls.last_closed(ctx.village.id))
        return any(choices_said(ctx.said, poll.options) for poll in asked_of if poll is not None)
    if intent_ == CREATE:
        return _is_clearly_one(ctx) or (bool(ctx.roles & ORGANISERS) and is_change(ctx.said))
    return intent_ == "poll.extend" and bool(ctx.roles & ORGANISERS)


def _is_clearly_one(ctx: Context) -> bool:
    """东路/西路 按户投 到周五晚八点: options, and how or until when they are voted on, said by one who may ask."""
    if not ctx.roles & ORGANISERS:
        return False
    if wants_poll(ctx.said):
        return True
    said = poll_said(ctx.said, ctx.now, ctx.words.calendar)
    how = (said.closes, said.unit, said.is_secret, said.is_multiple)
    says_how = ctx.said.lstrip().startswith(MAKES) or any(value is not None for value in how)
    return len(said.options) >= 2 and says_how


# -- changing, extending, closing one


def managed(ctx: Context, *, alive: bool = True) -> Poll:
    """The poll a cadre means: the one he names (投票3), else the only one open in what he answers for.

    Raises Refused where there is none, where it is not his, and where it must be asked which.
    """
    number, _ = poll_named(ctx.said)
    mine = _mine(ctx)
    if number is not None:
        poll = ctx.store.polls.numbered(ctx.village.id, number)
        if poll is None:
            raise Refused(Reason.WHICH, polls=mine) if mine else Refused(Reason.NONE_OPEN)
        if not serves(ctx, poll):
            raise Refused(Reason.NOT_YOUR_AREA, said=texts.name(poll))
        if alive and poll.state not in (State.OPEN, State.WAITING):
            raise Refused(Reason.CLOSED, poll=poll)
        return poll
    if not mine:
        raise none_of_his(ctx)
    if len(mine) > 1:
        raise Refused(Reason.WHICH, polls=mine)
    return mine[0]


def none_of_his(ctx: Context) -> Refused:
    """Why no poll is his to manage: none is open, or one that somebody above him asked."""
    alive = ctx.store.polls.alive_in(ctx.village.id)
    return Refused(Reason.NOT_YOUR_AREA, said=texts.name(alive[-1])) if alive else Refused(Reason.NONE_OPEN)


WHICH = "poll.which"


def which_one(act: Handler) -> Handler:
    """Ask which poll is meant, where a command fits several; the answer carries it out. (A story that merely sounds like
    a command is no question.)"""

    def asked(ctx: Context) -> None:
        try:
            act(ctx)
        except Refused as refused:
            if refused.reason != Reason.WHICH or not _is_surely_meant(ctx):
                raise
            numbers = [poll.number for poll in refused.data["polls"]]
            open_conversation(ctx, WHICH, {"said": ctx.said, "act": act.__name__, "numbers": numbers})

    _ACTS[act.__name__] = asked
    return asked


def _is_surely_meant(ctx: Context) -> bool:
    """投票7延长到周日 names a poll, if one that is not: whatever is answered to it is no vote."""
    return ctx.understanding.certain or bool(asked_by_keeper(ctx.said)) or poll_named(ctx.said)[0] is not None


_ACTS: dict[str, Handler] = {}


def _which_shape(ctx: Context) -> Conversation:
    def polls(slots: Mapping[str, Any]) -> list[Poll]:
        found = (ctx.store.polls.numbered(ctx.village.id, number) for number in slots["numbers"])
        return [poll for poll in found if poll is not None]

    def ask(slots: Mapping[str, Any]) -> str:
        return texts.ask_which(polls(slots))

    return Conversation(WHICH, (Question("number", ask, _a_number),))


def _a_number(text: str) -> int:
    named, _ = poll_named(text)
    number = named if named is not None else said_number(text)
    if number is None:
        raise NotUnderstood(WHICH)
    return number


@conversation_for(WHICH, _which_shape)
def carry_out(ctx: Context, said: str, act: str, numbers: list[int], number: int) -> None:
    """Do what was said, of the poll that is meant: by its number, or its place among those that were named."""
    if number not in numbers and 1 <= number <= len(numbers):
        number = numbers[number - 1]
    _ACTS[act](replace(ctx, said=f"投票{number} {said}"))


def _mine(ctx: Context) -> list[Poll]:
    return [poll for poll in ctx.store.polls.alive_in(ctx.village.id) if serves(ctx, poll)]


def serves(ctx: Context, poll: Poll) -> bool:
    return ctx.person is not None and ctx.directory.serves(ctx.person.id, ORGANISERS, poll.area_id)


@intent("poll.options", who=ORGANISERS, needs_proof=True)
@which_one
def change(ctx: Context) -> None:
    """A change of a poll that is out: a new version that asks everybody again, read back before it goes (peers 12)."""
    poll = managed(ctx)
    slots = _slots_of(ctx, poll)
    try:
        open_conversation(ctx, CREATE, amended(ctx, slots, ctx.said))
    except NotUnderstood:  # what is to be changed is asked behind the poll as it stands
        open_conversation(ctx, CREATE, slots)
        ctx.reply(texts.ASK_CHANGE)


def _slots_of(ctx: Context, poll: Poll) -> Slots:
    return {
        "title": poll.title,
        "options": list(poll.options),
        "closes_at": [poll.closes_at.astimezone(ctx.now.tzinfo).isoformat(), False],
        "unit": poll.unit.value,
        "secret": poll.is_secret,
        "multiple": poll.is_multiple,
        "most": poll.most,
        "in_group": poll.in_group or poll.is_secret,  # a secret one is answered in private whatever was said
        "scope": scope_said(ctx.directory, poll),
        "replaces": poll.id,
    }


@intent("poll.extend", who=ORGANISERS, needs_proof=True)
@which_one
def extend(ctx: Context) -> None:
    """延长到周日, 再投两天: until a moment, or by days from the closing that was set. 延长投票: until when is asked."""
    another = poll_said(ctx.said, ctx.now, ctx.words.calendar)
    if len(another.options) >= 2 and ctx.said.lstrip().startswith(MAKES):
        return begin(ctx, another)  # 投票：几点开始？1、两点 2、三点。周日截止: it puts nothing off
    poll = managed(ctx)
    if moves_nearer(ctx.said):
        raise Refused(Reason.NOT_LATER, poll=poll)
    until = _until(ctx, poll, ctx.said)
    if until is None:
        return open_conversation(ctx, UNTIL, {"poll": poll.id})
    return _settle(ctx, poll, ctx.said, until)


def _settle(ctx: Context, poll: Poll, text: str, until: datetime) -> None:
    """Put it off; a day that was guessed to be a week further on is read back before anybody hears of it."""
    later = _a_week_later(ctx, poll, text, until)
    if later == until or until.date() == ctx.now.date():
        return _put_off(ctx, poll, later)
    return open_conversation(ctx, SURE, {"poll": poll.id, "until": later.isoformat()})


def _put_off(ctx: Context, poll: Poll, until: datetime) -> None:
    poll = _held(ctx, poll)
    if poll.state not in (State.OPEN, State.WAITING) or poll.closes_at <= ctx.now:
        raise Refused(Reason.CLOSED, poll=poll)
    if until <= ctx.now:
        raise Refused(Reason.EARLIER_THAN_NOW)
    if until <= poll.closes_at:
        raise Refused(Reason.NOT_LATER, poll=poll)
    check_times(until, None, ctx.now)
    later = replace(poll, closes_at=until)
    ctx.store.polls.save(later, ctx.step("extended"))
    if poll.is_open(ctx.now):  # of one that has not begun nobody has heard yet
        area, once = ctx.directory.areas[poll.area_id], f"poll:{poll.id}:until:{until:%y%m%d%H%M}"
        post_to_groups(ctx, area, texts.extended(later, ctx.now), PostKind.CHANGE, once=once)
        ctx.store.rolls.reach(poll.id, "extended", 0)  # whoever was told the closing hears the new one
    ctx.reply(texts.extended_for_cadre(later, ctx.now))


def _held(ctx: Context, poll: Poll) -> Poll:
    """The poll as it stands now, to be changed. Raises Refused where its key cannot be read."""
    poll = ctx.store.polls.held(poll)
    if poll.lacks_key:
        raise Refused(Reason.NO_KEY, poll=poll)
    return poll


_WEEK = timedelta(days=7)


def _until(ctx: Context, poll: Poll, text: str) -> datetime | None:
    """The moment it is put off to; None where none is said."""
    text = moved_to(text)
    said = change_said(text, ctx.now, ctx.words.calendar)
    slots = ctx.understanding.slots
    days = said.longer or slots.get("days")
    if isinstance(days, int):
        return poll.closes_at.astimezone(ctx.now.tzinfo) + timedelta(days=days)
    check_named(said.closes)
    until = said.closes.at if said.closes else None
    if until is None and slots.get("until"):
        until = datetime.fromisoformat(str(slots["until"]))
    if until is None:
        return None
    return put_off(text, until, poll.closes_at)


def _a_week_later(ctx: Context, poll: Poll, text: str, until: datetime) -> datetime:
    """周日 said on a Sunday, or 延长到周四, of what stands on Friday, is the one behind it. 截止改到周四 names the one before."""
    later = until + _WEEK
    if not until <= poll.closes_at < later or not names_a_weekday(text):
        return until
    return later if until.date() == ctx.now.date() or says_later(text) else until


UNTIL = "poll.until"


def _until_shape(ctx: Context) -> Conversation:
    def parse(text: str) -> str:
        for words in (text, f"延长{text}"):
            said = change_said(words, ctx.now, ctx.words.calendar)
            if said.longer or (said.closes and said.closes.at):
                return words
        raise NotUnderstood("poll.when")

    return Conversation(UNTIL, (Question("said", lambda slots: texts.ask_until(_poll(ctx, slots), ctx.now), parse),))


@conversation_for(UNTIL, _until_shape, takes=frozenset({"poll.extend"}))
def finish_extending(ctx: Context, poll: int, said: str) -> None:
    """周日晚八点, 两天: put off to then."""
    found = _poll(ctx, {"poll": poll})
    _settle(ctx, found, said, _until(ctx, found, said) or found.closes_at)


SURE = "poll.until.sure"


def _sure_shape(ctx: Context) -> Conversation:
    def read_back(slots: Mapping[str, Any]) -> str:
        return texts.confirm_until(_poll(ctx, slots), datetime.fromisoformat(slots["until"]), ctx.now)

    return Conversation(SURE, (), read_back=read_back, choose=_yes_or_no, left=texts.NOT_PUT_OFF)


@conversation_for(SURE, _sure_shape, is_choice=True)
def put_off_surely(ctx: Context, poll: int, until: str) -> None:
    _put_off(ctx, _poll(ctx, {"poll": poll}), datetime.fromisoformat(until))


def _close_shape(ctx: Context) -> Conversation:
    return Conversation(
        CLOSE,
        (),
        read_back=lambda slots: texts.confirm_close(
            _poll(ctx, slots), ctx.now, is_unwanted=bool(slots.get("is_unwanted"))
        ),
        choose=_yes_or_no,
        amend=_unwanted,
        left=texts.GOES_ON,
    )


def _unwanted(slots: Mapping[str, Any], text: str) -> Slots:
    """不是截止 是取消: what can be done is said once more."""
    if not takes_back(text) or "会" in text:  # 会取消 is of another thing
        raise NotUnderstood("conversation.close")
    return {**slots, "is_unwanted": True}


def _poll(ctx: Context, slots: Mapping[str, Any]) -> Poll:
    poll = ctx.store.polls.get(slots["poll"])
    if poll is None:
        raise Refused(Reason.NONE_OPEN)
    return poll


def _yes_or_no(text: str) -> int:
    if leaves_as_it_is(text):
        return 3
    try:
        chosen = one_of_three(text)
    except NotUnderstood as missed:  # 再加一天 is no 1, and nothing is about to be sent
        raise NotUnderstood("conversation.close") from missed
    return 1 if chosen == 1 else 3


@intent(CLOSE, who=ORGANISERS, needs_proof=True)
@which_one
def close(ctx: Context) -> None:
    """投票结束 before its time: asked once more, for it cannot be opened again. 提前到周四结束 is not now."""
    poll = managed(ctx)
    if "提前到" in ctx.said:
        raise Refused(Reason.NOT_LATER, poll=poll)
    open_conversation(ctx, CLOSE, {"poll": poll.id, "is_unwanted": takes_back(ctx.said)})


@conversation_for(CLOSE, _close_shape)
def finish_closing(ctx: Context, poll: int, is_unwanted: bool = False) -> None:
    """Close it now; it is counted by the clock, once every vote that came in time is in."""
    found = _held(ctx, _poll(ctx, {"poll": poll}))
    if not found.is_open(ctx.now):
        return ctx.reply(texts.closed_already(found))
    closing = replace(found, closes_at=ctx.now)
    ctx.store.polls.save(closing, ctx.step("closed early"))
    ctx.come_back(may_count_at(closing))
    return ctx.reply(texts.closing_now(found))
