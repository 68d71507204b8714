"""Danger to life: before everything else, in every scene. The right number and one safety question at once; the keeper
and the secretary alerted at 0, 3 and 10 minutes until one says 收到, whatever the hour.

We never claim that someone is on his way before he says so (rulings, Danger).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from domain.organisation import Person, Role, first_receiver
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.filing import Draft, file_matter, office_of, place_name, reporter_words
from handlers.matters import take_words
from handlers.registry import answers, every
from handlers.sealing import file_sealed
from handlers.texts import danger as texts
from handlers.texts import matters as matter_texts
from nlp.danger import Danger
from nlp.numbers import option_number
from storage.alarms import Alarm
from storage.ids import new_id
from storage.outbox import Priority

# Alerts after the first, counted from the moment of danger (topics page §5.2).
ROUNDS = (timedelta(0), timedelta(minutes=3), timedelta(minutes=10))
# No transport accepted the alert within a minute: the reporter gets the next number (rulings, Danger).
UNHEARD_AFTER = timedelta(minutes=1)
# A danger that may be none is asked about; silence counts as danger after this time.
CHECK_FOR = timedelta(minutes=5)
SAFETY_FOR = timedelta(minutes=60)
ALARM_FOR = timedelta(hours=12)
# Said in a group, these go to the person's private chat; the group reads nothing of them.
PRIVATE_KINDS = frozenset({"suicide", "domestic"})
_CODES = {"fire": "SA01", "traffic": "SA02", "landslide": "SA03", "drowning": "SA05", "domestic": "DS02",
          "violence": "DS04", "collapse": "RC09", "shock": "RC04", "medical": "PS01"}  # fmt: skip


def raise_alarm(ctx: Context, danger: Danger, story: str, *, confirmed: bool = True) -> None:
    """File it as P0, alert at once, and answer with the number to call and one question about safety."""
    code = _CODES.get(danger.kind, "SA06")
    draft = Draft(story, code, Urgency.P0, is_sealed=danger.sealed or danger.kind in PRIVATE_KINDS)
    people = responders(ctx, danger.kind)
    matter = _file(ctx, draft, danger.kind, people)
    alarm = ctx.store.alarms.save(
        Alarm(new_id(), matter.id, ctx.sender.contact.id, ctx.village.id, danger.kind, ctx.now, rounds=1)
    )
    _alert(ctx, alarm, matter, people, 0, confirmed=confirmed)
    _ask_safety(ctx, alarm, danger, people)


def _file(ctx: Context, draft: Draft, kind: str, people: list[Person]) -> Matter:
    if draft.is_sealed:
        return file_sealed(ctx, draft, kind)[0]
    return file_matter(ctx, draft, people[0] if people else None)


def responders(ctx: Context, kind: str) -> list[Person]:
    """Who is alerted: the keeper of the place, the secretary, the town on duty; for despair and violence at home the
    secretary and the women's federation only."""
    village = ctx.village.id
    if kind in PRIVATE_KINDS:
        found = [ctx.directory.holder_upwards(role, village) for role in (Role.SECRETARY, Role.WOMEN)]
    else:
        keeper = first_receiver(ctx.directory, ctx.place_id, village)
        found = [keeper, *(ctx.directory.holder_upwards(role, village) for role in (Role.SECRETARY, Role.TOWN_LEADER))]
    return list({person.id: person for person in found if person is not None}.values())


def _alert(
    ctx: Context, alarm: Alarm, matter: Matter, people: list[Person], round_: int, *, confirmed: bool = True
) -> None:
    place = place_name(ctx.directory, ctx.person, matter.place_id, matter.place_text)
    words = matter_texts.shortened(matter.text)
    reporter = reporter_words(ctx) if ctx.sender.contact.id == alarm.contact_id else _reporter_of(ctx, alarm)
    text = (
        texts.alarm(alarm.kind, place, reporter, words, round_)
        if confirmed
        else texts.unconfirmed_alarm(place, reporter, words)
    )
    for person in people:
        ctx.tell(person, text, "alarm", once=f"alarm:{alarm.id}:{round_}:{person.id}", priority=Priority.LIFE)
        ctx.ask_person(person, "alarm", alarm.id, ("收到",), ALARM_FOR)


def _reporter_of(ctx: Context, alarm: Alarm) -> str:
    sender = ctx.store.people.contact(alarm.contact_id) if alarm.contact_id else None
    person = sender.person if sender else None
    return f"{person.name}{person.phone}" if person else "一位没绑定的群众"


def _helper(ctx: Context, person: Person) -> str:
    role = office_of(ctx.directory, person, ctx.village.id)
    return f"{matter_texts.ROLE_NAMES.get(role, '') if role else ''}{person.name}"


def _ask_safety(ctx: Context, alarm: Alarm, danger: Danger, people: list[Person]) -> None:
    helper, phone = (_helper(ctx, people[0]), people[0].phone) if people else ("", "")
    words = texts.first_words(danger.number, helper, phone, kind=danger.kind)
    ctx.ask("safety", alarm.id, ("1", "2"), SAFETY_FOR, data=danger.number)
    if ctx.is_direct:
        ctx.reply(words)
        return
    ctx.tell_contact(ctx.sender.contact.id, words, "safety", once=f"alarm:{alarm.id}:safety", priority=Priority.LIFE)
    if danger.kind not in PRIVATE_KINDS:
        ctx.reply(texts.in_group(danger.number))


@answers("safety")
def answer_safety(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 安全 2 不安全 (or 1 有人 2 没人). Anything else goes to those who were alerted, and the question stays."""
    alarm = ctx.store.alarms.get(question.thing_id)
    if alarm is None:
        raise NotUnderstood("safety")
    chosen = option_number(said, ("有", "没有") if alarm.kind == "suicide" else ("安全", "不安全"))
    people = responders(ctx, alarm.kind)
    if chosen is None:
        raise NotUnderstood("safety")
    ctx.store.questions.close(question, ctx.now)
    ctx.is_secret = alarm.kind in PRIVATE_KINDS
    ctx.store.alarms.save(replace(alarm, safety="safe" if chosen == 1 else "unsafe"))
    if chosen == 1:
        return ctx.reply(texts.safe_noted(alarm.kind))
    place = place_name(ctx.directory, ctx.person, ctx.place_id)
    for person in people:
        once = f"alarm:{alarm.id}:unsafe:{person.id}"
        ctx.tell(person, texts.unsafe_for_keeper(place), "alarm", once=once, priority=Priority.LIFE)
        ctx.ask_person(person, "alarm", alarm.id, ("收到",), ALARM_FOR)
    helper, phone = (_helper(ctx, people[0]), people[0].phone) if people else ("", "")
    return ctx.reply(texts.unsafe_noted(question.data, alarm.kind, helper, phone))


def pass_on(ctx: Context, question: OpenQuestion) -> None:
    """More words while somebody may be in danger: they reach those who were alerted, word for word."""
    alarm = ctx.store.alarms.get(question.thing_id)
    if alarm is None:
        return
    matter = ctx.store.matters.get(alarm.matter_id)
    ctx.is_secret = alarm.kind in PRIVATE_KINDS
    if matter is not None:
        ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
        for person in responders(ctx, alarm.kind):
            text = matter_texts.addition_for_owner(matter.number, ctx.said)
            once = f"alarm:{alarm.id}:more:{ctx.incoming.digest}:{person.id}"
            ctx.tell(person, text, "alarm", once=once, priority=Priority.LIFE)
    ctx.reply(texts.also_add(question.data or "110"))


def ask_first(ctx: Context, danger: Danger) -> None:
    """It may be a saying, a memory or a worry: ask once; an answer of 有, or none in five minutes, alarms."""
    kept = json.dumps({"kind": danger.kind, "number": danger.number, "story": ctx.said}, ensure_ascii=False)
    ctx.ask("danger.check", 0, ("1", "2"), SAFETY_FOR, data=kept)
    ctx.reply(texts.ask_check())


@answers("danger.check")
def answer_check(ctx: Context, question: OpenQuestion, said: str) -> None:
    kept = json.loads(question.data)
    chosen = option_number(said, ("有", "没有"))
    if chosen is None:
        raise NotUnderstood("danger.check")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1:
        sealed = kept["kind"] in PRIVATE_KINDS
        raise_alarm(ctx, Danger(kept["kind"], kept["number"], True, (), sealed), kept["story"])
        return
    take_words(ctx, kept["story"], may_ask=False)


@answers("alarm")
def take_alarm(ctx: Context, question: OpenQuestion, said: str) -> None:
    """收到 from one of those alerted: the reporter hears who has answered, the others that they need not."""
    if said.strip(" 。！!") != "收到" and ctx.understanding.intent != "dept.accept":
        raise NotUnderstood("alarm")
    alarm = ctx.store.alarms.get(question.thing_id)
    ctx.store.questions.close(question, ctx.now)
    person = ctx.person
    if alarm is None or person is None:
        raise NotUnderstood("alarm")
    if alarm.state == "open":
        ctx.store.alarms.save(replace(alarm, state="answered", answered_by=person.id, answered_at=ctx.now))
        _tell_answered(ctx, alarm, person)
    ctx.reply(texts.thanks_keeper())


def _tell_answered(ctx: Context, alarm: Alarm, person: Person) -> None:
    role = office_of(ctx.directory, person, alarm.village_id)
    title = matter_texts.ROLE_NAMES.get(role, "") if role else ""
    ctx.is_secret = alarm.kind in PRIVATE_KINDS
    if alarm.contact_id is not None:
        text = texts.answered(title, person.name, person.phone)
        ctx.tell_contact(
            alarm.contact_id, text, "alarm.answered", once=f"alarm:{alarm.id}:answered", priority=Priority.LIFE
        )
    for other in responders(ctx, alarm.kind):
        if other.id != person.id:
            once = f"alarm:{alarm.id}:taken:{other.id}"
            ctx.tell(other, texts.answered_for_others(person.name), "alarm.answered", once=once)


# -- the clock


@every(minutes=1)
def alert_again(ctx: Context) -> None:
    """Alert at 3 and at 10 minutes while nobody has answered; give the reporter the next number when none was heard."""
    for alarm in ctx.store.alarms.open():
        due_rounds = sum(1 for after in ROUNDS if ctx.now - alarm.raised_at >= after)
        matter = ctx.store.matters.get(alarm.matter_id)
        if matter is None:
            continue
        ctx.is_secret = matter.is_sealed
        here = _as_of(ctx, alarm)
        people = responders(here, alarm.kind)
        for round_ in range(alarm.rounds, due_rounds):
            _alert(here, alarm, matter, people, round_)
        if due_rounds > alarm.rounds:
            alarm = ctx.store.alarms.save(replace(alarm, rounds=due_rounds))
        if ctx.now - alarm.raised_at >= UNHEARD_AFTER:
            _give_next_number(ctx, alarm, people)
    ctx.is_secret = False


def _as_of(ctx: Context, alarm: Alarm) -> Context:
    """The tick's context, standing in the village and at the place of the one who reported."""
    sender = ctx.store.people.contact(alarm.contact_id) if alarm.contact_id else None
    village = ctx.directory.areas.get(alarm.village_id, ctx.village)
    return replace(ctx, village=village, sender=sender or ctx.sender)


def _give_next_number(ctx: Context, alarm: Alarm, people: list[Person]) -> None:
    if alarm.contact_id is None or len(people) < 2 or ctx.store.outbox.any_sent(f"alarm:{alarm.id}:"):
        return
    text = texts.next_number(people[1].name, people[1].phone)
    ctx.tell_contact(alarm.contact_id, text, "alarm.next", once=f"alarm:{alarm.id}:next", priority=Priority.LIFE)


@every(minutes=1)
def alarm_unanswered_checks(ctx: Context) -> None:
    """A question whether somebody is in danger that stays unanswered for five minutes: tell the keeper to call."""
    for question in ctx.store.questions.unanswered("danger.check", ctx.now - CHECK_FOR):
        sender = ctx.store.people.contact(question.contact_id)
        if sender is None:
            continue
        kept = json.loads(question.data)
        ctx.store.questions.close(question, ctx.now)
        there = replace(ctx, sender=sender, replies=[])
        sealed = kept["kind"] in PRIVATE_KINDS
        raise_alarm(there, Danger(kept["kind"], kept["number"], True, (), sealed), kept["story"], confirmed=False)
        for text in there.replies:
            ctx.tell_contact(question.contact_id, text, "safety", priority=Priority.LIFE)
