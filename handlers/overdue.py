"""What has passed its day, what nobody has received in time, and what nobody has decided: the clock reminds its keeper and whoever is over
him ([超期提醒] of the copy page; scenario E08; first contact of P1 within two hours, rulings)."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

from domain.deadlines import OFFICE_HOURS
from domain.matters import Matter, Urgency
from domain.organisation import Person, Role
from handlers.context import Context
from handlers.deciding import DECIDE_WITHIN
from handlers.filing import CONTACT, chief_of, notice_fields, owner_words_known, title_of_matter
from handlers.matter_lookup import HANDLERS
from handlers.registry import every
from handlers.texts import overdue as texts

# Reminded of again after so long, and then the town hears of it too.
AGAIN_AFTER = timedelta(days=7)
A_SLICE = 30
_BY_DAYS = (Urgency.P2, Urgency.P3)
# A decision is asked for again after so long, and so often.
DECIDED_WITHIN, ASKED_AGAIN = timedelta(hours=24), 3
# Three letters a matter at most.
LETTERS = 3
# Cadres are reminded by day; only danger comes at night (rulings, Group budget).
_FROM, _UNTIL = 8, 20


@every(minutes=10, in_slices=True)
def remind_overdue(ctx: Context) -> None:
    """Once when its day has passed and then weekly; what is kept with the matter says when that was."""
    if not _FROM <= ctx.now.hour < _UNTIL or ctx.room <= 0:
        return
    owners = sorted({office.person.id for office in ctx.directory.offices if office.role in HANDLERS})
    late = ctx.store.matters.overdue(owners, ctx.now, AGAIN_AFTER, A_SLICE)
    for matter in late:
        _remind(ctx, matter, texts.overdue_for_owner, texts.overdue_for_chief, "overdue")
    waited = ctx.now - CONTACT[Urgency.P1].span
    urgent = ctx.store.matters.unreceived(owners, (Urgency.P1,), waited, A_SLICE)
    for matter in urgent:
        _remind(ctx, matter, texts.unreceived_for_owner, texts.unreceived_for_chief, "unreceived")
    silent = ctx.store.matters.unreceived(owners, _BY_DAYS, _contacted_by(ctx), A_SLICE, due_after=ctx.now)
    for matter in silent:
        _remind(ctx, matter, texts.silent_for_owner, texts.silent_for_chief, "unreceived")
    ctx.room -= LETTERS * (len(late) + len(urgent) + len(silent))
    if A_SLICE in (len(late), len(urgent), len(silent)):
        ctx.come_back()


def _contacted_by(ctx: Context) -> datetime:
    """What was filed before that moment had to be contacted by the end of the last day of work (defaults page §9)."""
    day, calendar = ctx.now.date(), ctx.words.calendar
    closes = OFFICE_HOURS[-1][1]
    if ctx.now.time() < closes or not calendar.is_working_day(day):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return datetime.combine(day, time(), ctx.now.tzinfo)


@every(minutes=10)
def remind_undecided(ctx: Context) -> None:
    """Who was asked to decide and has not is asked again after a day, three times at most."""
    if not _FROM <= ctx.now.hour < _UNTIL:
        return
    for question in ctx.store.questions.unanswered("decide", ctx.now - DECIDED_WITHIN, ctx.now):
        kept = json.loads(question.data)
        times = int(kept.get("asked_again", 0))
        matter = ctx.store.matters.get(question.thing_id)
        is_open = matter is not None and matter.is_living and matter.owner_id == kept["owner"]
        if matter is None or not is_open or times >= ASKED_AGAIN or not question.is_open(ctx.now):
            continue
        title = title_of_matter(ctx.words.lexicon, matter)
        data = json.dumps({**kept, "asked_again": times + 1}, ensure_ascii=False)
        ctx.ask("decide", matter.id, question.accepts, DECIDE_WITHIN, to=question.contact_id, data=data)
        text = texts.undecided(matter, title, str(kept["said_by"]), str(kept["words"]))
        asked = ctx.store.people.contact(question.contact_id)
        if asked is not None and asked.person is not None:  # whoever has two phones hears it once
            once = f"matter:{matter.id}:undecided:{asked.person.id}:{ctx.now:%y%m%d}"
            ctx.tell(asked.person, text, "matter.update", once=once)


def _remind(ctx: Context, matter: Matter, to_owner: texts.Text, to_chief: texts.Text, kind: str) -> None:
    ctx.store.matters.add_note(matter, kind, "", None, ctx.now)
    owner = ctx.directory.officer(matter.owner_id)
    title, name = title_of_matter(ctx.words.lexicon, matter), owner_words_known(ctx, matter)
    once, fields = f"matter:{matter.id}:{kind}:{ctx.now:%y%m%d}", notice_fields(ctx, matter, "overdue")
    ctx.is_secret = matter.is_sealed
    if owner is not None:
        ctx.tell(owner, to_owner(matter, title, name, ctx.now), "matter.overdue", once=f"{once}:owner", fields=fields)
    for person in [] if matter.is_sealed else _over(ctx, matter, owner):
        waits_for_him = kind == "overdue" and _owes_decision(ctx, matter, person)
        text = (texts.overdue_waits_for_chief if waits_for_him else to_chief)(matter, title, name, ctx.now)
        ctx.tell(person, text, "matter.overdue", once=f"{once}:{person.id}", fields=fields)
    ctx.is_secret = False


def _owes_decision(ctx: Context, matter: Matter, person: Person) -> bool:
    """Was he asked 请您定怎么办 about it, and has not answered?"""
    asked = [
        question
        for sender in ctx.store.people.contacts_of([person.id])
        for question in ctx.store.questions.open_for(sender.contact.id, ctx.now)
    ]
    return any(question.kind == "decide" and question.thing_id == matter.id for question in asked)


def _over(ctx: Context, matter: Matter, owner: Person | None) -> list[Person]:
    """His chief; the town where it has waited a week, and where the chief or a department has it."""
    chief, is_old = chief_of(ctx.directory, matter.village_id), False
    if matter.due_at is not None:
        is_old = ctx.now - matter.due_at >= AGAIN_AFTER
    is_theirs = owner is not None and (owner == chief or Role.DEPT in ctx.directory.roles_of(owner.id))
    town = ctx.directory.holder_upwards(Role.TOWN_LEADER, matter.village_id) if is_old or is_theirs else None
    told = {person.id: person for person in (chief, town) if person is not None and person != owner}
    return list(told.values())
