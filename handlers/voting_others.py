"""A vote said for somebody else (我妈投2 她没微信), and the visit at which his keeper takes the ballot of one without a phone."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import timedelta

from domain.organisation import KEEPERS, Person, first_receiver
from domain.polls import Ballot, Poll, Reason, bits, check_choice, check_open, event_order
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.filing import office_of
from handlers.polls import notice_fields
from handlers.registry import answers
from handlers.texts import ballots as ballot_texts
from handlers.texts import matters as matter_texts
from nlp.ballot_named import SHORTEST_NAMED, ballot_named, ballot_of, sounds_like_name
from nlp.ballot_talk import ballot_taken, choices_said
from nlp.proxy_talk import for_others, is_family, is_kin
from storage.polls import entry_of

VISIT_ASKED_FOR = timedelta(hours=24)
_YES_OR_NO = re.compile(
    r"(?:好|行|那|就|要|麻烦|可以)*(?:请人|请个人|上门|打电话|收票|请代表|请网格员|来人)(?:来|去)?(?:收票|问|吧|一下|收一下|打电话)*"
    r"|(?:不用|不请|不要|不需要)(?:了|人|请人|吧)*"
)


def take_for_others(ctx: Context, questions: tuple[OpenQuestion, ...]) -> bool:
    """我妈投2 她没微信: not counted; the keeper may ask her by telephone or at her door. False where no poll is open."""
    if not questions:
        return False
    visits = [question for question in questions if question.kind == "poll.visit"]
    if visits and any(_take_visited(ctx, question) for question in reversed(visits)):
        return True
    mine = [question.thing_id for question in questions if question.kind == "poll"]
    polls = [poll for thing_id in reversed(mine) if (poll := ctx.store.polls.get(thing_id)) is not None]
    for poll in polls:
        if (who := for_others(ctx.said, poll.options)) is not None:
            _offer_visit(ctx, poll, who)
            return True
    is_long = len(ctx.said) >= SHORTEST_NAMED
    return is_long and any(_take_named(ctx, poll, questions) for poll in polls)


def _take_visited(ctx: Context, question: OpenQuestion) -> bool:
    """问到了 周奶奶 投2, by the keeper who was asked to see her: her ballot, however he tells it, and never his own."""
    who = str(json.loads(question.data or "{}").get("who", ""))
    told = ballot_of(ctx.said, who)
    poll = ctx.store.polls.get(question.thing_id) if told else None
    if poll is None or not choices_said(told, poll.options):
        return False
    take_ballot(ctx, question, f"{who} {told}")
    return True


def _take_named(ctx: Context, poll: Poll, questions: tuple[OpenQuestion, ...]) -> bool:
    """刘满仓 投1: another's vote, and not the sender's own. A keeper who was asked to see him reports it so."""
    named = ballot_named(ctx.said)
    if named is None or not choices_said(named[1], poll.options):
        return False
    asked = [question for question in questions if question.kind == "poll.visit"]
    for question in reversed(asked):
        with suppress(NotUnderstood):
            take_ballot(ctx, question, ctx.said)
            return True
    who = _somebody_else(ctx, poll, named[0])
    if who is None:
        return False
    if ctx.roles & KEEPERS:
        ctx.is_secret = ctx.is_secret or poll.is_secret
        ctx.reply(ballot_texts.for_other_by_keeper(poll, who))
    else:
        _offer_visit(ctx, poll, who)
    return True


def _offer_visit(ctx: Context, poll: Poll, who: str) -> None:
    ctx.is_secret = ctx.is_secret or poll.is_secret
    ctx.reply(
        ballot_texts.for_other(poll, who, is_kin=is_kin(who), is_at_home=is_family(who) or _lives_with_him(ctx, who))
    )
    if not poll.is_secret:
        ctx.ask("poll.proxy", poll.id, (), VISIT_ASKED_FOR, data=json.dumps({"who": who}, ensure_ascii=False))


def _somebody_else(ctx: Context, poll: Poll, name: str) -> str | None:
    """That name, where it is another's: of the village, or one a keeper has written down wrong. None for an option."""
    if name in poll.options or (ctx.person is not None and name == ctx.person.name):
        return None
    is_slip = ctx.roles & KEEPERS and sounds_like_name(ctx.said, name)
    return name if is_slip or ctx.store.people.named(name, ctx.village.id) else None


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
    whom = json.dumps({"who": who, "household": person.household_id}, ensure_ascii=False)
    ctx.ask_person(keeper, "poll.visit", poll.id, (), until, whom)
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
        ctx.is_secret = True
        raise Refused(Reason.PRIVATE_ONLY, poll=poll)
    check_choice(poll, chosen)
    check_open(poll, ctx.incoming.received_at)
    person = _called(ctx, taken[0])
    if person is None:
        return None
    if not _is_to_be_seen(ctx, poll, person):
        return ctx.reply(ballot_texts.asks_himself(poll, person.name))
    return _take(ctx, poll, person, chosen)


def _is_to_be_seen(ctx: Context, poll: Poll, person: Person) -> bool:
    """Did his household ask for the keeper, or somebody for him; or has nobody there a phone to vote with?"""
    asked = [q for q in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now) if q.kind == "poll.visit"]
    told = [json.loads(question.data or "{}") for question in asked if question.thing_id == poll.id]
    is_at_home = person.household_id is not None and person.household_id in [each.get("household") for each in told]
    if is_at_home or person.name in [each.get("who") for each in told]:
        return True
    members = ctx.store.people.household_of(person.household_id or 0)
    return not ctx.store.people.contacts_of([member.id for member in members])


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
