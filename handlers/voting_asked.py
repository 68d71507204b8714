"""Questions about a poll that is open, or was not long ago: they are answered with it, and are no matter about elections."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

from domain.organisation import Person, Role
from domain.polls import Poll, State
from domain.questions import OpenQuestion
from handlers import telling_apart
from handlers.context import Context
from handlers.filing import NO_MATTER, office_of
from handlers.poll_commands import serves
from handlers.poll_results import result_for_all
from handlers.poll_scope import ORGANISERS, scope_words
from handlers.texts import ballots as texts
from handlers.texts import matters as matter_texts
from handlers.texts import polls as poll_texts
from handlers.texts import undecided as undecided_texts
from handlers.voting import check, check_may_vote, last_closed
from nlp.ballot_secret import only_of_votes
from nlp.ballot_talk import poll_named
from nlp.poll_asking import LONGEST, asked_of_poll, has_voted_asked
from nlp.poll_questions import asked_loosely, asked_of_polls
from nlp.proxy_talk import is_family
from storage.polls import entry_of

JUST_ASKED = timedelta(minutes=30)
# What a cadre says in these words is a command, or his own question (handlers/poll_commands.py, poll_results.py).
_OF_CADRES = frozenset({"end", "missing", "result", "doubt", "view", "late"})
_NAMES_POLLS = re.compile("[投票选]")
# What such words are about, where they are about nothing else: elections, meetings, asking, small talk.
_NOTHING_ELSE, LONGEST_STRAY = frozenset({None, NO_MATTER, "GO04", "GO05", "OT01"}), 24
_OURS = ("poll", "readings", "apart", "rating")


def take(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """谁能投, 有啥选项, 迟了没投上咋办: False for other words, and where no poll is spoken of."""
    if not (ctx.is_direct or ctx.incoming.addressed) or ctx.incoming.quote or _says_too_much(ctx):
        return False
    number, rest = poll_named(ctx.said)
    poll = _meant(ctx, questions, number)
    if poll is None:  # asked first: most villages have no poll most days, and then no words need be looked at
        return False
    said = rest if number is not None else ctx.said
    kind, whom = asked_of_poll(said), has_voted_asked(said)
    is_how = ctx.person is None and (asked_of_polls(said) or asked_loosely(said)) in ("how", "own")
    if kind is None and whom is None and not is_how:
        return False
    if not _NAMES_POLLS.search(said) and _is_about_another(ctx, questions):
        return False
    if ctx.person is None and kind not in ("result", "doubt") and poll.state is not State.CLOSED:
        ctx.reply(texts.not_bound())
        return True
    if whom is not None and kind is None:
        return _tell_whether(ctx, poll, whom)
    is_command = bool(ctx.roles & ORGANISERS) and (
        kind in _OF_CADRES or (kind == "how" and bool({"改", "换"} & set(said)))
    )
    if kind is None or is_command:
        return False
    telling_apart.forget(ctx)
    _answer(ctx, poll, kind)
    return True


def _says_too_much(ctx: Context) -> bool:
    """Is it too long to ask anything of a poll but its number, and names none?"""
    return ctx.person is not None and len(ctx.said) > LONGEST and "投" not in ctx.said


def _meant(ctx: Context, questions: Sequence[OpenQuestion], number: int | None) -> Poll | None:
    """The poll he names, else the newest open to him, else any of the village, else the one closed last."""
    if number is not None:
        return ctx.store.polls.numbered(ctx.village.id, number)
    mine = [question for question in questions if question.kind == "poll"]
    alive = ctx.store.polls.alive_in(ctx.village.id)
    return ctx.store.polls.get(mine[-1].thing_id) if mine else alive[-1] if alive else last_closed(ctx)


def _is_about_another(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """结果 and 我有意见 may be about what was just asked of him."""
    return any(not q.kind.startswith(_OURS) and ctx.now - q.asked_at <= JUST_ASKED for q in questions)


def _answer(ctx: Context, poll: Poll, kind: str) -> None:
    if kind in ("own", "hand"):
        return check(ctx) if kind == "own" else _tell_hand(ctx, poll)
    if kind == "barred":
        check_may_vote(ctx, poll)  # says why he may not
    if kind == "result" or (kind in ("doubt", "whose") and (kind == "whose") == (poll.state is State.CLOSED)):
        return result_for_all(ctx)
    if poll.state is State.CLOSED and kind in ("how", "late", "end", "view", "who", "must", "barred"):
        return ctx.reply(texts.closed(poll))
    answers: dict[str, Callable[[], str]] = {
        "how": lambda: texts.how(poll, ctx.now),
        "late": lambda: texts.how(poll, ctx.now),
        "barred": lambda: texts.how(poll, ctx.now),
        "must": lambda: texts.need_not(poll),
        "who": lambda: texts.who_may(poll, scope_words(ctx.directory, poll)),
        "from": lambda: texts.from_whom(poll, _organiser(ctx, poll)),
        "use": lambda: texts.use(poll),
        "end": lambda: texts.ended_by_organiser(poll),
        "secret": lambda: texts.who_sees(poll),
        "whose": lambda: texts.whose(poll),
        "missing": lambda: texts.missing_for_others(poll),
        "doubt": lambda: texts.doubted(poll, _supervisor(ctx)),
        "view": lambda: _of_a_view(ctx, poll),
        "visit": lambda: texts.say_for_whom(poll),
    }
    return ctx.reply(answers[kind]())


def take_stray(ctx: Context, questions: Sequence[OpenQuestion]) -> bool:
    """投票的, 投的那个: short words of voting while a poll is open to him, of nothing that is broken. Told how one votes
    and how it would be filed: whoever believes that he has voted or been answered must not find a number instead."""
    poll = next(
        (poll for q in reversed(questions) if q.kind == "poll" and (poll := ctx.store.polls.get(q.thing_id))), None
    )
    if poll is None or not ctx.is_direct or len(ctx.said) > LONGEST_STRAY or not only_of_votes(ctx.said):
        return False
    reading, understood = ctx.reading, ctx.understanding
    is_command = understood.certain and understood.intent not in (None, "chat", "report", "consult")
    is_of_another = not reading.ask and reading.is_founded and reading.code not in _NOTHING_ELSE
    if is_command or is_of_another or ctx.in_trouble or reading.sealed or ctx.roles & ORGANISERS:
        return False
    ctx.is_secret = ctx.is_secret or poll.is_secret
    ctx.reply(texts.unclear(poll, ctx.now))
    return True


def _tell_hand(ctx: Context, poll: Poll) -> None:
    """谁改的我的票: whose hand cast the vote of his household, never what it chose (rulings, Household votes)."""
    entry = entry_of(poll, ctx.person) if ctx.person else None
    ballot = ctx.store.polls.entry(poll, entry).ballot if entry is not None else None
    if ballot is None or poll.is_secret:
        is_open = poll.state is not State.CLOSED
        return ctx.reply(texts.hand_unknown(poll, has=ballot is not None, is_open=is_open))
    by = ctx.store.people.person(ballot.by_id) if ballot.by_id else None
    is_own = by is not None and ctx.person is not None and by.id == ctx.person.id
    who = texts.HIMSELF if is_own else by.name if by else ""
    return ctx.reply(texts.hand(poll, who, ballot.cast_at.astimezone(ctx.now.tzinfo), is_visit=ballot.how == "visit"))


def _of_a_view(ctx: Context, poll: Poll) -> str:
    """投反对票 and 支持 where no option means it; 我有意见."""
    if "反对" in ctx.said:
        return undecided_texts.neither(poll)
    is_vote = "投" in ctx.said or "支持" in ctx.said
    return texts.not_counted(poll) if is_vote else texts.say_your_view(poll)


def _organiser(ctx: Context, poll: Poll) -> str:
    person = ctx.store.people.person(poll.by_id)
    return matter_texts.who(person, office_of(ctx.directory, person, ctx.village.id)) if person else ""


def _supervisor(ctx: Context) -> str:
    person = ctx.directory.holder_upwards(Role.SUPERVISOR, ctx.village.id)
    return f"{person.name}（电话{person.phone}）" if person else ""


def _tell_whether(ctx: Context, poll: Poll, whom: str) -> bool:
    """王德福投了没: whoever asked the poll hears it of a named one, nobody else."""
    people = ctx.store.people.named(whom, ctx.village.id)
    if _is_at_home(ctx, whom, people):  # 我妈投上了没: the household's own vote
        check(ctx)
        return True
    if not people:
        return False
    if not (ctx.roles & ORGANISERS and serves(ctx, poll) and ctx.is_proven):
        ctx.reply(texts.missing_for_others(poll))
    elif poll.is_secret:
        ctx.reply(poll_texts.missing_secret(poll, poll.roll - ctx.store.polls.voted(poll)))
    else:
        lines = [line for person in people if (line := _of_person(ctx, poll, person))]
        ctx.reply(texts.who_has_voted(poll, lines) if lines else texts.not_on_this_roll(poll, whom))
    return True


def _is_at_home(ctx: Context, whom: str, people: Sequence[Person]) -> bool:
    """Is it one of the asker's own family?"""
    home = ctx.person.household_id if ctx.person else None
    of_home = bool(people) and home is not None and all(person.household_id == home for person in people)
    return of_home or (not people and is_family(whom.lstrip("我俺咱家").removeprefix("们")))


def _of_person(ctx: Context, poll: Poll, person: Person) -> str:
    entry = entry_of(poll, person)
    stands = ctx.store.polls.entry(poll, entry) if entry is not None else None
    area = ctx.directory.areas.get(person.group_id or 0)
    if stands is None or not stands.on_roll:
        return ""
    return texts.has_voted(poll, f"{area.name if area else ''}{person.name}", has=stands.ballot is not None)
