"""Voting (投票): a number, an option's words, a quoted poll; changeable until closing, one vote a roll entry.

A poll is a question that stands open to everybody on its roll without a row for each. A secret vote leaves nothing of
what was said: its text and its reply are blanked in its own commit (rulings, Secret polls).
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from functools import cache

from domain import matters
from domain.contacts import Level
from domain.organisation import KEEPERS, Person, first_receiver
from domain.polls import Ballot, Poll, Reason, Unit, bits, check_choice, check_open, event_order, numbers
from domain.questions import CONTESTED_WITHIN, OpenQuestion
from domain.refusals import NotUnderstood, Refused
from domain.secret_ballots import marks_of, receipt_said
from handlers import asides
from handlers.context import Context
from handlers.filing import office_of
from handlers.poll_scope import scope_words
from handlers.polls import notice_fields
from handlers.registry import answers, intent, standing
from handlers.texts import ballots as ballot_texts
from handlers.texts import matters as matter_texts
from handlers.texts import people as people_texts
from handlers.texts import polls as texts
from nlp.ballot_forms import changed, without_name, without_title
from nlp.ballot_more import vote_beside
from nlp.ballot_talk import ballot_taken, choices_said, poll_named
from nlp.numbers import said_number
from nlp.proxy_talk import for_others, is_family, is_kin
from storage.polls import entry_of

VISIT_ASKED_FOR = timedelta(hours=24)
# So long after its closing a poll is still spoken of.
SPOKEN_OF = timedelta(days=7)
_YES_OR_NO = re.compile(
    r"(?:好|行|那|就|要|麻烦|可以)*(?:请人|请个人|上门|打电话|收票|请代表|请网格员|来人)(?:来|去)?(?:收票|问|吧|一下|收一下|打电话)*"
    r"|(?:不用|不请|不要|不需要)(?:了|人|请人|吧)*"
)


# -- which polls stand open to whom


def in_quote(ctx: Context, quote: str) -> OpenQuestion | None:
    """Find the poll a quoted post of ours ends with (投票3), or whose question it repeats."""
    number, _ = poll_named(quote)
    polls = ctx.store.polls.alive_in(ctx.village.id)
    poll = next((poll for poll in polls if poll.number == number or poll.title in quote), None)
    if poll is None and number is not None:
        poll = ctx.store.polls.numbered(ctx.village.id, number)
    return _question(ctx, poll, poll.opens_at) if poll is not None else None


@standing("poll", in_quote=in_quote)
def open_polls(ctx: Context) -> tuple[OpenQuestion, ...]:
    """The polls the sender may answer here and now. One he has answered only takes what nothing else takes."""
    if ctx.person is None:
        return ()
    found = []
    for poll in ctx.store.polls.alive_in(ctx.person.village_id or 0):
        entry = entry_of(poll, ctx.person)
        if entry is None or not poll.is_open(ctx.incoming.received_at) or not _fits_scene(ctx, poll):
            continue
        stands = ctx.store.polls.entry(poll, entry)
        if stands.on_roll:
            asked_at = poll.opens_at if stands.ballot is None else poll.opens_at - 2 * CONTESTED_WITHIN
            found.append(_question(ctx, poll, asked_at))
    return tuple(found)


def _fits_scene(ctx: Context, poll: Poll) -> bool:
    return ctx.is_direct or (poll.in_group and not poll.is_secret)


def _question(ctx: Context, poll: Poll, asked_at: datetime) -> OpenQuestion:
    accepts = _numbers(len(poll.options))
    return OpenQuestion(poll.id, ctx.sender.contact.id, "poll", poll.id, accepts, asked_at, poll.closes_at)


@cache
def _numbers(many: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, many + 1))


# -- a vote


@answers("poll")
def vote(ctx: Context, question: OpenQuestion, said: str) -> None:
    poll = ctx.store.polls.get(question.thing_id)
    if poll is None or for_others(said, poll.options):
        raise NotUnderstood("poll")
    number, rest = poll_named(said)
    if number is not None and number != poll.number and rest:
        raise NotUnderstood("poll")
    words = without_title(rest if number == poll.number else said, poll.title)
    words = without_name(words, ctx.person.name if ctx.person else "")
    if poll.is_multiple and (several := _changed(ctx, poll, words)):
        return cast(ctx, poll, several)
    whole, (apart, beside) = choices_said(words, poll.options), vote_beside(words, poll.options)
    chosen = whole or apart
    if not chosen:
        raise NotUnderstood("poll")
    cast(ctx, poll, chosen)
    return asides.take(ctx, beside) if beside and chosen == apart else None


def _changed(ctx: Context, poll: Poll, said: str) -> tuple[int, ...]:
    """再加个4, 不要3了 of the several options he chose before; () for other words."""
    entry = entry_of(poll, ctx.person) if ctx.person else None
    ballot = ctx.store.polls.entry(poll, entry).ballot if entry is not None else None
    return changed(said, numbers(ballot.choice), lambda words: choices_said(words, poll.options)) if ballot else ()


def cast(ctx: Context, poll: Poll, chosen: tuple[int, ...]) -> None:
    """Count a vote of the sender's roll entry. Raises Refused with the reason where it may not count."""
    entry = check_may_vote(ctx, poll)
    check_choice(poll, chosen)
    before = ctx.store.polls.entry(poll, entry).ballot
    incoming = ctx.incoming
    by = ctx.person.id if ctx.person else None
    ballot = Ballot(bits(chosen), incoming.platform_time or incoming.received_at, event_order(incoming.event_id), by)
    if not ctx.store.polls.cast(poll, entry, ballot):
        return _answer(ctx, poll, ballot_texts.kept_newer(poll))
    if before is not None and before.choice != ballot.choice:
        _tell_household(ctx, poll, entry)
    receipt = marks_of(poll.key, entry).receipt if poll.is_secret else ""
    return _answer(
        ctx,
        poll,
        ballot_texts.counted(
            poll, chosen, is_change=before is not None and before.choice != ballot.choice, receipt=receipt, now=ctx.now
        ),
    )


def check_may_vote(ctx: Context, poll: Poll) -> int:
    """Whose vote it is. Everything that forbids it raises Refused here; of a secret poll no word of it is kept."""
    ctx.is_secret = ctx.is_secret or poll.is_secret
    if not ctx.is_proven:
        raise Refused(matters.Reason.PLAIN_MODE)
    check_open(poll, ctx.incoming.received_at)
    if not _fits_scene(ctx, poll):
        raise Refused(Reason.PRIVATE_ONLY, poll=poll)
    binding = ctx.sender.binding
    if binding is None or ctx.person is None:
        raise Refused(Reason.NOT_BOUND)
    entry = entry_of(poll, ctx.person)
    if entry is None or not ctx.store.polls.entry(poll, entry).on_roll:
        raise Refused(Reason.NOT_ON_ROLL, poll=poll, scope=scope_words(ctx.directory, poll))
    if binding.level is not Level.FULL:
        raise Refused(Reason.NEEDS_CODE, poll=poll)
    return entry


def _answer(ctx: Context, poll: Poll, text: str) -> None:
    if poll.is_secret:
        ctx.is_secret = True
        ctx.kept_reply = f"{ballot_texts.VOTE_KEPT}\n{texts.name(poll)}"
    ctx.reply(text)


def _tell_household(ctx: Context, poll: Poll, entry: int) -> None:
    """The others of the household hear that its vote changed and by whom, never what it is now."""
    if poll.unit is not Unit.HOUSEHOLD or ctx.person is None:
        return
    members = _others_at_home(ctx, entry)
    text = ballot_texts.household_told(poll, ctx.person.name)
    for person_id in sorted(members):
        once = f"poll:{poll.id}:changed:{ctx.incoming.event_id}:{person_id}"
        fields = notice_fields(ctx, poll, "changed")
        ctx.tell(members[person_id], text, "poll.changed", once=once, not_after=poll.closes_at, fields=fields)


def _others_at_home(ctx: Context, household_id: int) -> dict[int, Person]:
    """The other members of a household who have a phone bound."""
    own = ctx.person.id if ctx.person else 0
    members = {member.id: member for member in ctx.store.people.household_of(household_id) if member.id != own}
    senders = ctx.store.people.contacts_of(list(members)) if members else ()
    bound = {binding.person.id for sender in senders for binding in sender.bindings}
    return {person_id: member for person_id, member in members.items() if person_id in bound}


# -- what is said of votes where no question takes it


@intent("vote")
def vote_unasked(ctx: Context) -> None:
    """A vote no open poll of his took: say why, and what would do."""
    number, rest = poll_named(ctx.said)
    mine = [poll for q in open_polls(ctx) if (poll := ctx.store.polls.get(q.thing_id)) is not None]
    named = ctx.store.polls.numbered(ctx.village.id, number) if number is not None else None
    if named is not None and (named in mine or not rest):
        return _about(ctx, named, rest)
    if named is not None:
        check_may_vote(ctx, named)  # says why he may not
    if number is not None and rest and named is None:
        return ctx.reply(ballot_texts.no_such_poll(number, mine))
    if mine:
        return _about(ctx, mine[-1], ctx.said)
    _refuse_best(ctx)
    return ctx.reply(people_texts.nothing_asked() if said_number(ctx.said) else ballot_texts.nothing_to_vote())


def _about(ctx: Context, poll: Poll, said: str) -> None:
    check_may_vote(ctx, poll)
    chosen = choices_said(said, poll.options)
    if chosen:
        return cast(ctx, poll, chosen)
    is_try = any(char.isdigit() for char in said) or ctx.understanding.certain
    return ctx.reply(ballot_texts.no_such_option(poll) if is_try and said else ballot_texts.which_options(poll))


def _refuse_best(ctx: Context) -> None:
    """Raise the reason of the poll he most likely means: one alive here, else the one closed last."""
    alive = ctx.store.polls.alive_in(ctx.village.id)
    if alive:
        check_may_vote(ctx, alive[-1])
    last = last_closed(ctx)
    if last is not None:
        check_may_vote(ctx, last)


def last_closed(ctx: Context) -> Poll | None:
    """The poll closed last, while it is still spoken of."""
    last = ctx.store.polls.last_closed(ctx.village.id)
    return last if last is not None and ctx.now - last.closes_at < SPOKEN_OF else None


# -- those without a phone


def take_for_others(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """我妈投2 她没微信: not counted; the keeper may ask her by telephone or at her door. False where no poll is open."""
    mine = [question for question in questions if question.kind == "poll"]
    poll = ctx.store.polls.get(mine[-1].thing_id) if mine else None
    who = for_others(ctx.said, poll.options) if poll is not None else None
    if who is None or poll is None:
        return False
    ctx.is_secret = poll.is_secret
    ctx.reply(
        ballot_texts.for_other(poll, who, is_kin=is_kin(who), is_at_home=is_family(who) or _lives_with_him(ctx, who))
    )
    if not poll.is_secret:
        ctx.ask("poll.proxy", poll.id, (), VISIT_ASKED_FOR, data=json.dumps({"who": who}, ensure_ascii=False))
    return True


def _lives_with_him(ctx: Context, who: str) -> bool:
    household = ctx.person.household_id if ctx.person else None
    return household is not None and any(member.name == who for member in ctx.store.people.household_of(household))


@answers("poll.proxy")
def arrange_visit(ctx: Context, question: OpenQuestion, said: str) -> None:
    """请人: no number, for a number is his own vote."""
    poll, words = ctx.store.polls.get(question.thing_id), said.strip(" 。！!，,")
    if poll is None or not _YES_OR_NO.fullmatch(words):
        raise NotUnderstood("poll.proxy")
    ctx.store.questions.close(question, ctx.now)
    if "不" in words:
        return ctx.reply(ballot_texts.not_needed(poll))
    check_open(poll, ctx.incoming.received_at)
    person = ctx.person
    keeper = first_receiver(ctx.directory, person.micro_grid_id, ctx.village.id) if person else None
    if person is None or keeper is None:
        return ctx.reply(ballot_texts.no_keeper())
    who = json.loads(question.data)["who"]
    text = ballot_texts.visit_task(poll, who, f"{person.name}{person.phone}")
    once, fields = f"poll:{poll.id}:visit:{person.household_id}:{who}", notice_fields(ctx, poll, "visit")
    ctx.tell(keeper, text, "poll.visit", once=once, fields=fields)
    until = poll.closes_at - ctx.now
    ctx.ask_person(keeper, "poll.visit", poll.id, (), until)
    return ctx.reply(
        ballot_texts.visit_arranged(poll, matter_texts.who(keeper, office_of(ctx.directory, keeper, ctx.village.id)))
    )


@answers("poll.visit")
def take_ballot(ctx: Context, question: OpenQuestion, said: str) -> None:
    """周奶奶 2: the keeper asked her himself. What the household cast by its own phones goes before it."""
    poll, taken = ctx.store.polls.get(question.thing_id), ballot_taken(said)
    if poll is None or taken is None:
        raise NotUnderstood("poll.visit")
    chosen = choices_said(taken[1], poll.options)
    if not chosen or not ctx.is_proven:
        raise NotUnderstood("poll.visit")
    if poll.is_secret:
        raise Refused(Reason.PRIVATE_ONLY, poll=poll)
    check_choice(poll, chosen)
    check_open(poll, ctx.incoming.received_at)
    person = _called(ctx, taken[0])
    if person is not None:
        _take(ctx, poll, person, chosen)


def _called(ctx: Context, name: str) -> Person | None:
    """The one of that name whom the keeper looks after; says so where there is none, or several."""
    mine = [
        person
        for person in ctx.store.people.named(name, ctx.village.id)
        if ctx.person is not None and ctx.directory.serves(ctx.person.id, KEEPERS, person.micro_grid_id)
    ]
    if len(mine) == 1:
        return mine[0]
    ctx.reply(ballot_texts.several_called(name) if mine else ballot_texts.nobody_called(name))
    return None


def _take(ctx: Context, poll: Poll, person: Person, chosen: tuple[int, ...]) -> None:
    entry = entry_of(poll, person)
    stands = ctx.store.polls.entry(poll, entry) if entry is not None else None
    if entry is None or stands is None or not stands.on_roll:
        return ctx.reply(ballot_texts.nobody_called(person.name))
    if stands.ballot is not None and stands.ballot.how == "wechat":
        return ctx.reply(ballot_texts.voted_themselves(poll, person.name))
    keeper = ctx.person
    incoming = ctx.incoming
    by = keeper.id if keeper else None
    ballot = Ballot(
        bits(chosen), incoming.platform_time or incoming.received_at, event_order(incoming.event_id), by, "visit"
    )
    ctx.store.polls.cast(poll, entry, ballot)
    ctx.store.ledger.add("ballot", poll.id, poll.area_id, "", "visit", ctx.step(f"entry {entry}", ctx.role_in(KEEPERS)))
    text = ballot_texts.taken_told(poll, keeper.name if keeper else "", person.name)
    members = {member.id: member for member in ctx.store.people.household_of(person.household_id or 0)}
    for sender in ctx.store.people.contacts_of(list(members)):
        for binding in sender.bindings:
            if binding.person.id in members:
                once = f"poll:{poll.id}:visited:{entry}:{incoming.event_id}:{binding.person.id}"
                ctx.tell(binding.person, text, "poll.visit", once=once, fields=notice_fields(ctx, poll, "taken"))
    return ctx.reply(ballot_texts.taken(poll, person.name, chosen))


# -- one's own vote, and the receipts of secret ones


def check(ctx: Context) -> None:
    """我投了啥: one's own vote while the poll is open; 回执 K7Q4-MX9P: is it in the published list?"""
    receipt = receipt_said(ctx.said)
    if receipt is not None:
        return _check_receipt(ctx, receipt)
    lines = [line for q in open_polls(ctx) if (line := _own(ctx, q))]
    if not lines:
        return _check_afterwards(ctx)
    ctx.is_secret = True
    ctx.kept_reply = ballot_texts.VOTE_KEPT
    return ctx.reply("\n".join(lines))


def _check_afterwards(ctx: Context) -> None:
    """No poll is open to him: his vote in the one closed last, or why there is none to see."""
    last = last_closed(ctx)
    entry = entry_of(last, ctx.person) if last and ctx.person else None
    if ctx.store.polls.alive_in(ctx.village.id) or last is None or entry is None:
        _refuse_best(ctx)
        return ctx.reply(ballot_texts.nothing_to_vote())
    ctx.is_secret, ctx.kept_reply = True, ballot_texts.VOTE_KEPT  # 我投东路算了没 tells a vote
    if last.is_secret:
        return ctx.reply(ballot_texts.own_is_gone(last))
    ballot = ctx.store.polls.entry(last, entry).ballot
    if ballot is not None and last.unit is Unit.HOUSEHOLD and not _is_his_own(ctx, last, ballot, entry):
        return ctx.reply(ballot_texts.household_counted(last))
    return ctx.reply(ballot_texts.own_counted(last, numbers(ballot.choice) if ballot else ()))


def _own(ctx: Context, question: OpenQuestion) -> str:
    poll = ctx.store.polls.get(question.thing_id)
    entry = entry_of(poll, ctx.person) if poll and ctx.person else None
    if poll is None or entry is None:
        return ""
    ballot = ctx.store.polls.entry(poll, entry).ballot
    if ballot is None:
        return ballot_texts.not_voted_yet(poll)
    receipt = marks_of(poll.key, entry).receipt if poll.is_secret else ""
    if poll.unit is Unit.HOUSEHOLD and not _is_his_own(ctx, poll, ballot, entry):
        return ballot_texts.household_voted(poll)
    return ballot_texts.my_ballot(poll, numbers(ballot.choice), receipt)


def _is_his_own(ctx: Context, poll: Poll, ballot: Ballot, entry: int) -> bool:
    """Did he cast the household's vote himself? What another of them chose is not told him (rulings, Household votes).

    Whose hand cast a secret one is not kept: it is his own where no other of them has a phone bound.
    """
    if not poll.is_secret:
        return ctx.person is not None and ballot.by_id == ctx.person.id
    return not _others_at_home(ctx, entry)


def _check_receipt(ctx: Context, receipt: str) -> None:
    poll = ctx.store.polls.with_receipt(ctx.village.id, receipt)
    ctx.reply(ballot_texts.receipt_found(poll, receipt) if poll else ballot_texts.receipt_not_found(receipt))
