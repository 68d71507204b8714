"""Danger to life: before everything else, in every scene. The right number and one safety question at once; the keeper
and the secretary alerted at 0, 3 and 10 minutes until one says 收到, whatever the hour.

We never claim that someone is on his way before he says so (rulings, Danger).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Status, Urgency, accept
from domain.organisation import Person
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import alarm_words, keeper_words
from handlers.alerting import (
    accused_lately,
    accused_of,
    alert,
    alerted,
    helper_and_phone,
    is_unnamed_of,
    responders,
    shown_of,
    tell_all,
)
from handlers.context import Context
from handlers.danger_before import in_despair, with_doubt, with_unnamed
from handlers.danger_kinds import PRIVATE_KINDS, goes_with, is_of_another, is_private, kind_of, of_story
from handlers.filing import Draft, file_matter, office_of, place_of
from handlers.matter_lookup import HANDLERS, fits
from handlers.registry import answers, every
from handlers.sealing import file_sealed
from handlers.texts import danger as texts
from handlers.texts import matters as matter_texts
from nlp.danger import Danger
from storage.alarms import Alarm
from storage.ids import new_id
from storage.outbox import Priority

# Alerts after the first, counted from the moment of danger (topics page §5.2).
ROUNDS = (timedelta(0), timedelta(minutes=3), timedelta(minutes=10))
# No transport accepted the alert within a minute: the reporter gets the next number (rulings, Danger).
UNHEARD_AFTER = timedelta(minutes=1)
SAFETY_FOR = timedelta(minutes=60)
_CODES = {"fire": "SA01", "traffic": "SA02", "landslide": "SA03", "drowning": "SA05", "domestic": "DS02", "assault": "DS02", "stuck": "SA05",
          "violence": "DS04", "collapse": "RC09", "shock": "RC04", "medical": "PS01"}  # fmt: skip


def raise_alarm(ctx: Context, danger: Danger, story: str, *, confirmed: bool = True) -> Matter:
    """File it as P0, alert at once, and answer with the number to call and one question about safety."""
    danger, story = with_doubt(ctx, of_story(ctx, in_despair(ctx, danger, story), story), story)
    story = with_unnamed(ctx, danger, story)
    code = _CODES.get(danger.kind, "SA06")
    is_unnamed = is_unnamed_of(danger.kind, story)
    # Who is accused reads no list it stands in, nor does anybody read in one who did not want to be named.
    accused = accused_of(ctx, danger.kind, story) | accused_lately(ctx)
    is_sealed = is_private(danger) or bool(accused) or is_unnamed
    draft = Draft(story, code, Urgency.P0, is_sealed=is_sealed, is_unnamed=is_unnamed)
    people = responders(ctx, danger.kind, place_of(ctx, story), story, accused)
    matter = _file(ctx, draft, danger.kind, people, accused)
    raised = Alarm(new_id(), matter.id, ctx.sender.contact.id, ctx.village.id, danger.kind, ctx.now, rounds=1)
    alarm = ctx.store.alarms.save(raised.but(accused))
    alert(ctx, alarm, matter, people, 0, confirmed=confirmed)
    _ask_safety(ctx, alarm, danger, people, story)
    if is_unnamed:
        ctx.reply(texts.told_without_name())
    return matter


def is_new(ctx: Context, danger: Danger) -> bool:
    """Is it another danger than those the sender is being asked about already?"""
    kind = kind_of(ctx, in_despair(ctx, danger, ctx.said), ctx.said)
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        alarm = ctx.store.alarms.get(question.thing_id) if question.kind == "safety" else None
        if alarm is not None and (not danger.is_named or goes_with(alarm.kind, kind, ctx.said)):
            return False
    return True


def is_hidden(ctx: Context, danger: Danger) -> bool:
    """Whether it is not for those who hear of the danger he is asked about already."""
    return is_private(danger) and is_new(ctx, danger)


def _file(ctx: Context, draft: Draft, kind: str, people: list[Person], accused: frozenset[int]) -> Matter:
    if draft.is_sealed:
        return file_sealed(ctx, draft, kind, accused)[0]
    return file_matter(ctx, draft, people[0] if people else None)


def _ask_safety(ctx: Context, alarm: Alarm, danger: Danger, people: list[Person], story: str) -> None:
    helper, phone = helper_and_phone(ctx, people)
    is_other = danger.kind == "suicide" and is_of_another(story)
    words = texts.first_words(danger.number, helper, phone, kind=danger.kind, of_another=is_other)
    ctx.ask("safety", alarm.id, ("1", "2"), SAFETY_FOR, data=danger.number)
    if ctx.is_direct:
        ctx.reply(words)
        return
    ctx.tell_contact(ctx.sender.contact.id, words, "safety", once=f"safety:{alarm.id}", priority=Priority.LIFE)
    if danger.kind not in PRIVATE_KINDS:
        ctx.reply(texts.in_group(danger.number, helper, phone))


@answers("alarm")
def take_alarm(ctx: Context, question: OpenQuestion, said: str) -> None:
    """收到 from one of those alerted: the reporter hears who has answered, the others that they need not."""
    alarm, person = ctx.store.alarms.get(question.thing_id), ctx.person
    if alarm is None or person is None or person.id in alarm.kept_ids:
        raise NotUnderstood("alarm")
    if not _says_received(ctx, said) and not _nods(ctx, question, alarm, said):
        return _hear_other_word(ctx, question, alarm, said)
    matter = ctx.store.matters.get(alarm.matter_id, to_change=True)
    number = str(ctx.understanding.slots.get("number") or "") if ctx.understanding.intent == "dept.accept" else ""
    if matter is None or (number and not fits(matter, number)):
        raise NotUnderstood("alarm")  # 收到 for another matter
    ctx.store.questions.close(question, ctx.now)
    ctx.is_secret = matter.is_sealed
    if alarm.state != "open":
        return _hear_who_has_it(ctx, alarm, person)
    _take(ctx, alarm, matter, person)
    if not number:
        _take_same(ctx, alarm, matter, person)
    return ctx.reply(texts.thanks_keeper(matter.number))


def _take(ctx: Context, alarm: Alarm, matter: Matter, person: Person) -> None:
    ctx.store.alarms.save(replace(alarm, state="answered", answered_by=person.id, answered_at=ctx.now))
    if matter.status is Status.FILED:
        ctx.store.matters.change(matter, accept(matter), ctx.step("alarm", ctx.role_in(HANDLERS)))
    _tell_answered(ctx, alarm, matter, person)


# Two who see one fire tell of it within this time.
_SAME_WITHIN = timedelta(minutes=30)


def _take_same(ctx: Context, alarm: Alarm, matter: Matter, person: Person) -> None:
    """One 收到 is for all who told of the same danger in the same place; what is sealed stands for itself."""
    if matter.is_sealed or matter.place_id is None:
        return
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        other = ctx.store.alarms.get(question.thing_id) if question.kind == "alarm" else None
        if other is None or other.id == alarm.id or other.kind != alarm.kind or other.state != "open":
            continue
        theirs = ctx.store.matters.get(other.matter_id, to_change=True)
        is_same = theirs is not None and theirs.place_id == matter.place_id and not theirs.is_sealed
        if theirs is not None and is_same and abs(other.raised_at - alarm.raised_at) <= _SAME_WITHIN:
            ctx.store.questions.close(question, ctx.now)
            _take(ctx, other, theirs, person)


_COMING = re.compile(
    r"(?:我们?)?(?:已经|正在?|马上|这就|就|先)*(?:在?路上|(?:赶|往那边)?(?:过去|过来|去|到)|赶去|出发|动身|到现场|在现场)(?:了|的路上|看看|一趟|呢|啊)*"
    r"(?:[\s,，]*(?:大概|大约|最多|还有|再有?)?[一二两三四五六七八九十几半\d]+(?:来|多)?(?:分钟?|个?小时|里路?|公里)(?:就|能|内)?(?:赶?到)?)?[。！!]*"
)


def _says_received(ctx: Context, said: str) -> bool:
    """Only one whose office is proven may end an alarm; 在路上了 says as much as 收到."""
    return bool(ctx.roles & HANDLERS) and (
        _COMING.fullmatch(said.strip()) is not None
        or re.match(r"收到(?:了|$|[\s,，。！!])", said.strip()) is not None
        or ctx.understanding.intent == "dept.accept"
    )


# So long after it reached him a nod or a question is about the alarm.
_ABOUT_IT_FOR = timedelta(minutes=30)


def _is_about_it(ctx: Context, question: OpenQuestion) -> bool:
    return bool(ctx.roles & HANDLERS) and ctx.is_direct and ctx.now - question.asked_at <= _ABOUT_IT_FOR


def _nods(ctx: Context, question: OpenQuestion, alarm: Alarm, said: str) -> bool:
    """知道了, 好的, right after the alarm, while nobody has answered: as good as 收到."""
    return alarm.state == "open" and keeper_words.says_read(said) and _is_about_it(ctx, question)


def _hear_other_word(ctx: Context, question: OpenQuestion, alarm: Alarm, said: str) -> None:
    """我在县上 去不了: the others and the teller hear it. 在哪里: he reads it again. 打120了没: the teller is asked."""
    matter = ctx.store.matters.get(alarm.matter_id) if _is_about_it(ctx, question) else None
    if matter is None or ctx.person is None:
        raise NotUnderstood("alarm")
    ctx.is_secret = matter.is_sealed
    if alarm_words.asks_where(said):
        place, reporter = shown_of(_as_of(ctx, alarm), alarm, matter)
        return ctx.reply(texts.alarm_again(place, reporter, matter_texts.whole(matter.text), matter.number))
    if alarm_words.cannot_come(said):
        return _tell_cannot(ctx, alarm, matter, ctx.person, said)
    if not alarm_words.asks_teller(said) or alarm.contact_id is None:
        raise NotUnderstood("alarm")
    ctx.tell_contact(
        alarm.contact_id, texts.helper_asks(_named(ctx, alarm, ctx.person), said), "alarm.asked",
        once=f"alarm:{alarm.id}:asked:{ctx.incoming.digest}", priority=Priority.LIFE,
    )  # fmt: skip
    return ctx.reply(texts.asked_teller(matter.number))


def _tell_cannot(ctx: Context, alarm: Alarm, matter: Matter, person: Person, said: str) -> None:
    """He cannot come: the alarm stays open, and the teller gets the number of the next one."""
    here, fact = _as_of(ctx, alarm), f"cannot:{person.id}"
    others = [other for other in alerted(here, alarm, matter) if other.id != person.id]
    ctx.store.matters.add_note(matter, "keeper", said, ctx.sender.contact.id, ctx.now)
    waits = alarm.state == "open"
    tell_all(ctx, alarm, others, texts.cannot_come(_named(ctx, alarm, person), said, matter.number, waits=waits), fact)
    if others and waits and alarm.contact_id is not None:
        text = texts.call_next(_named(ctx, alarm, person), others[0].name, others[0].phone)
        once = f"alarm:{alarm.id}:{fact}"
        ctx.tell_contact(alarm.contact_id, text, "alarm.next", once=once, priority=Priority.LIFE)
    ctx.reply(texts.cannot_noted([other.name for other in others], matter.number))


def _hear_who_has_it(ctx: Context, alarm: Alarm, person: Person) -> None:
    """Somebody else was quicker. One who has other matters on his hands means those."""
    waiting = ctx.store.matters.living_of_owner(person.id)
    if any(m.status is Status.FILED and m.id != alarm.matter_id for m in waiting):
        raise NotUnderstood("alarm")
    quicker = ctx.store.people.person(alarm.answered_by) if alarm.answered_by else None
    ctx.reply(texts.answered_for_others(_named(ctx, alarm, quicker)) if quicker else texts.over_already())


def _named(ctx: Context, alarm: Alarm, person: Person) -> str:
    return matter_texts.who(person, office_of(ctx.directory, person, alarm.village_id))


def _tell_answered(ctx: Context, alarm: Alarm, matter: Matter, person: Person) -> None:
    named = _named(ctx, alarm, person)
    if alarm.contact_id is not None:
        once = f"alarm:{alarm.id}:answered"
        ctx.tell_contact(alarm.contact_id, texts.answered(named), "alarm.answered", once=once, priority=Priority.LIFE)
    here = _as_of(ctx, alarm)
    for other in alerted(here, alarm, matter):
        if other.id != person.id:
            once = f"alarm:{alarm.id}:taken:{other.id}"
            ctx.tell(other, texts.answered_for_others(named), "alarm.answered", once=once)


# -- the clock


@every(minutes=1)
def alert_again(ctx: Context) -> None:
    """Alert at 3 and at 10 minutes while nobody has answered; give the reporter the next number when none was heard."""
    for alarm in ctx.store.alarms.open(ctx.now):
        due_rounds = sum(1 for after in ROUNDS if ctx.now - alarm.raised_at >= after)
        matter = ctx.store.matters.get(alarm.matter_id)
        if matter is None:
            continue
        ctx.is_secret = matter.is_sealed
        here = _as_of(ctx, alarm)
        people = alerted(here, alarm, matter)
        for round_ in range(alarm.rounds, due_rounds):
            alert(here, alarm, matter, people, round_)
        if due_rounds > alarm.rounds:
            alarm = ctx.store.alarms.save(replace(alarm, rounds=due_rounds))
        if ctx.now - alarm.raised_at >= UNHEARD_AFTER:
            _give_next_number(ctx, alarm, people)
    ctx.is_secret = False


def _as_of(ctx: Context, alarm: Alarm) -> Context:
    """The context, standing in the village and at the place of the one who reported."""
    sender = ctx.store.people.contact(alarm.contact_id) if alarm.contact_id else None
    village = ctx.directory.areas.get(alarm.village_id, ctx.village)
    return replace(ctx, village=village, sender=sender or ctx.sender)


def _give_next_number(ctx: Context, alarm: Alarm, people: list[Person]) -> None:
    if alarm.contact_id is None or len(people) < 2 or ctx.store.outbox.any_sent(f"alarm:{alarm.id}:"):
        return
    text = texts.next_number(people[1].name, people[1].phone)
    ctx.tell_contact(alarm.contact_id, text, "alarm.next", once=f"alarm:{alarm.id}:next", priority=Priority.LIFE)
