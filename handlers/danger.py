"""Danger to life: before everything else, in every scene. The right number and one safety question at once; the keeper
and the secretary alerted at 0, 3 and 10 minutes until one says 收到, whatever the hour.

We never claim that someone is on his way before he says so (rulings, Danger).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Status, Urgency, accept
from domain.organisation import Person
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import anonymous, discreet
from handlers.alerting import ALARM_FOR, accused_of, alert, helper_words, is_unnamed_of, place_of_danger, responders
from handlers.anonymous import file_unnamed
from handlers.context import Context, village_of
from handlers.danger_kinds import NOT_KNOWN, PRIVATE_KINDS, is_of_another, kind_of, of_story
from handlers.danger_over import is_mistaken, is_over, leaves, presses
from handlers.filing import NO_MATTER, Draft, file_matter, office_of, place_name, place_of
from handlers.matter_lookup import HANDLERS, fits
from handlers.matters import take_words
from handlers.pleas import is_plea, wants_no_name
from handlers.registry import answers, every
from handlers.sealed_more import expect
from handlers.sealed_more import is_of_another as is_of_another_matter
from handlers.sealing import file_sealed
from handlers.texts import danger as texts
from handlers.texts import discreet as discreet_texts
from handlers.texts import matters as matter_texts
from handlers.whereabouts import area_named
from nlp.danger import Danger
from nlp.numbers import option_number
from nlp.words import classify
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
_CODES = {"fire": "SA01", "traffic": "SA02", "landslide": "SA03", "drowning": "SA05", "domestic": "DS02", "assault": "DS02", "stuck": "SA05",
          "violence": "DS04", "collapse": "RC09", "shock": "RC04", "medical": "PS01"}  # fmt: skip


def raise_alarm(ctx: Context, danger: Danger, story: str, *, confirmed: bool = True) -> None:
    """File it as P0, alert at once, and answer with the number to call and one question about safety."""
    danger = of_story(ctx, danger, story)
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        if question.kind == "danger.check":  # what was doubtful is certain now
            ctx.store.questions.close(question, ctx.now)
    code = _CODES.get(danger.kind, "SA06")
    is_unnamed = is_unnamed_of(danger.kind, story)
    # Who is accused reads no list it stands in, nor does anybody read in one who did not want to be named.
    is_sealed = is_private(danger) or bool(accused_of(ctx, danger.kind, story)) or is_unnamed
    draft = Draft(story, code, Urgency.P0, is_sealed=is_sealed, is_unnamed=is_unnamed)
    people = responders(ctx, danger.kind, place_of(ctx, story), story)
    matter = _file(ctx, draft, danger.kind, people)
    alarm = ctx.store.alarms.save(
        Alarm(new_id(), matter.id, ctx.sender.contact.id, ctx.village.id, danger.kind, ctx.now, rounds=1)
    )
    alert(ctx, alarm, matter, people, 0, confirmed=confirmed)
    _ask_safety(ctx, alarm, danger, people, story)
    if is_unnamed:
        ctx.reply(texts.told_without_name())


def is_private(danger: Danger) -> bool:
    return danger.sealed or danger.kind in PRIVATE_KINDS


def is_new(ctx: Context, danger: Danger) -> bool:
    """Is it another danger than those the sender is being asked about already?"""
    kind = kind_of(ctx, danger, ctx.said)
    for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now):
        alarm = ctx.store.alarms.get(question.thing_id) if question.kind == "safety" else None
        if alarm is not None and (alarm.kind == kind or not danger.is_named):
            return False
    return True


def _file(ctx: Context, draft: Draft, kind: str, people: list[Person]) -> Matter:
    if draft.is_sealed:
        return file_sealed(ctx, draft, kind)[0]
    return file_matter(ctx, draft, people[0] if people else None)


def _ask_safety(ctx: Context, alarm: Alarm, danger: Danger, people: list[Person], story: str) -> None:
    helper, phone = (helper_words(ctx, people[0]), people[0].phone) if people else ("", "")
    is_other = danger.kind == "suicide" and is_of_another(story)
    words = texts.first_words(danger.number, helper, phone, kind=danger.kind, of_another=is_other)
    ctx.ask("safety", alarm.id, ("1", "2"), SAFETY_FOR, data=danger.number)
    if ctx.is_direct:
        ctx.reply(words)
        return
    ctx.tell_contact(ctx.sender.contact.id, words, "safety", once=f"safety:{alarm.id}", priority=Priority.LIFE)
    if danger.kind not in PRIVATE_KINDS:
        ctx.reply(texts.in_group(danger.number, helper, phone))


@answers("safety")
def answer_safety(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 安全 2 不安全 (or 1 有人 2 没人). Anything else goes to those who were alerted, and the question stays."""
    alarm = ctx.store.alarms.get(question.thing_id)
    if alarm is None:
        raise NotUnderstood("safety")
    chosen = option_number(said, ("有", "没有") if alarm.kind == "suicide" else ("安全", "不安全"))
    matter = ctx.store.matters.get(alarm.matter_id)
    place_id = place_of_danger(ctx, matter)
    people = responders(ctx, alarm.kind, place_id, matter.text if matter else "")
    if chosen is None and (is_over(said) or is_mistaken(ctx, said)):
        chosen = _told_over(ctx, alarm, people)
    if chosen is None:
        raise NotUnderstood("safety")
    ctx.store.questions.close(question, ctx.now)
    ctx.is_secret = alarm.kind in PRIVATE_KINDS
    ctx.store.alarms.save(replace(alarm, safety="safe" if chosen == 1 else "unsafe"))
    if chosen == 1 and matter is not None and matter.is_sealed:
        expect(ctx, matter)  # what he says of it now is for nobody else either
    if chosen == 1:
        is_said = option_number(said, ("有", "没有")) is None
        return ctx.reply(texts.glad_to_hear() if alarm.kind == "suicide" and is_said else texts.safe_noted(alarm.kind))
    place = place_name(ctx.directory, ctx.person, place_id)
    number = matter.number if matter else ""
    for person in people:
        once = f"alarm:{alarm.id}:unsafe:{person.id}"
        ctx.tell(person, texts.unsafe_for_keeper(place, number), "alarm", once=once, priority=Priority.LIFE)
        ctx.ask_person(person, "alarm", alarm.id, ("收到",), ALARM_FOR)
    helper, phone = (helper_words(ctx, people[0]), people[0].phone) if people else ("", "")
    return ctx.reply(texts.unsafe_noted(question.data, alarm.kind, helper, phone))


def _told_over(ctx: Context, alarm: Alarm, people: Sequence[Person]) -> int:
    """找到了, 火灭了: those who are on their way hear it at once; he is safe."""
    matter = ctx.store.matters.get(alarm.matter_id)
    if matter is not None:
        _tell_more(ctx, alarm, matter, people)
    return 1


def _tell_more(ctx: Context, alarm: Alarm, matter: Matter, people: Sequence[Person]) -> None:
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    for person in people:
        text = matter_texts.addition_for_owner(matter.number, ctx.said)
        once = f"alarm:{alarm.id}:more:{ctx.incoming.digest}:{person.id}"
        ctx.tell(person, text, "alarm", once=once, priority=Priority.LIFE)


def pass_on(ctx: Context, question: OpenQuestion) -> bool:
    """More words while somebody may be in danger: they reach those who were alerted, word for word, and he is asked
    again. Returns whether that was all they are for: at home and in despair nothing is filed for others to read."""
    alarm = ctx.store.alarms.get(question.thing_id)
    matter = ctx.store.matters.get(alarm.matter_id) if alarm else None
    if alarm is None or matter is None:
        return False
    if _asks_silence(ctx, alarm, matter) or anonymous.take(ctx):
        return True
    if not matter.is_sealed and discreet.take_aside(ctx, ctx.said):
        return True
    ctx.is_secret = matter.is_sealed
    if matter.is_sealed and is_of_another_matter(ctx):
        return False
    matter = _placed(ctx, alarm, matter)
    people = responders(ctx, alarm.kind, place_of_danger(ctx, matter), f"{matter.text}\n{ctx.said}")
    _tell_more(ctx, alarm, matter, people)
    helper, phone = (helper_words(ctx, people[0]), people[0].phone) if people else ("", "")
    heard = ctx.heard.danger  # 找到了 在沟里 不动了: another number than the one he was told first
    number = (
        of_story(ctx, heard, ctx.said).number if heard and heard.certain and alarm.kind != "suicide" else question.data
    )
    ctx.reply(texts.also_add(number or "110", alarm.kind, helper, phone))
    return matter.is_sealed


def _asks_silence(ctx: Context, alarm: Alarm, matter: Matter) -> bool:
    """莫跟旁人讲: it is told to nobody; those who were alerted by his name know it already."""
    if not is_plea(ctx.said):
        return False
    is_quiet = matter.is_sealed and (alarm.kind in PRIVATE_KINDS or is_unnamed_of(alarm.kind, matter.text))
    ctx.reply(discreet_texts.stays_with_helpers() if is_quiet else discreet_texts.told_already(matter.number))
    return True


def _placed(ctx: Context, alarm: Alarm, matter: Matter) -> Matter:
    """Where it is, said by somebody of whom it was not known: its keeper is alerted, too."""
    area = area_named(ctx, ctx.said) if matter.place_id is None and not matter.is_sealed else None
    if area is None:
        return matter
    known = responders(ctx, alarm.kind, ctx.place_id, matter.text)
    placed = replace(matter, place_id=area.id, place_text=ctx.said)
    people = responders(ctx, alarm.kind, area.id, matter.text)
    if people and all(person.id != people[0].id for person in known):
        placed = replace(placed, owner_id=people[0].id)
        alert(ctx, alarm, placed, people[:1], 0)
    return ctx.store.matters.change(ctx.store.matters.held(matter), placed, ctx.step("place"))


def ask_first(ctx: Context, danger: Danger) -> None:
    """It may be a saying, a memory or a worry: ask once; an answer of 有, or none in five minutes, alarms."""
    kind = (
        danger.kind if danger.is_named or danger.sealed else NOT_KNOWN
    )  # what was merely heard in the wording is a guess
    kept = json.dumps({"kind": kind, "number": danger.number, "story": ctx.said}, ensure_ascii=False)
    if is_private(danger):
        ctx.is_secret, kept = True, ctx.store.vault.seal(kept)
    ctx.ask("danger.check", 0, ("1", "2"), SAFETY_FOR, data=kept)
    ctx.reply(texts.ask_check(danger.kind))


def _doubtful(ctx: Context, question: OpenQuestion) -> tuple[Danger, str]:
    """What was asked about: the danger as it would be if it is one, and the words."""
    kept = json.loads(ctx.store.vault.open(question.data))
    return Danger(kept["kind"], kept["number"], True, (), kept["kind"] in PRIVATE_KINDS), kept["story"]


@answers("danger.check")
def answer_check(ctx: Context, question: OpenQuestion, said: str) -> None:
    danger, story = _doubtful(ctx, question)
    if is_plea(said):
        return _check_quietly(ctx, question, f"{story}\n{said}")
    chosen = 2 if is_over(said) or leaves(ctx, said) else option_number(said, ("有", "没有"))
    chosen = 1 if chosen is None and presses(said) else chosen
    if chosen is None:
        raise NotUnderstood("danger.check")
    ctx.store.questions.close(question, ctx.now)
    if chosen == 1:
        return raise_alarm(ctx, danger, story)
    reading = classify(ctx.words.lexicon, story)
    if is_private(danger) or not reading.is_founded or reading.code == NO_MATTER:
        ctx.is_secret = ctx.is_secret or is_private(danger)
        return ctx.reply(texts.no_danger(danger.kind))
    if wants_no_name(story):
        return file_unnamed(ctx, story)
    return take_words(ctx, story, may_ask=False)


def _check_quietly(ctx: Context, question: OpenQuestion, story: str) -> None:
    """别说是我讲的, before he has said whether somebody is in danger: what is told of it then bears no name."""
    kept = json.loads(ctx.store.vault.open(question.data)) | {"story": story}
    ctx.is_secret = True
    ctx.store.questions.close(question, ctx.now)
    ctx.ask("danger.check", 0, ("1", "2"), SAFETY_FOR, data=ctx.store.vault.seal(json.dumps(kept, ensure_ascii=False)))
    ctx.reply(texts.ask_check_quietly())


@answers("alarm")
def take_alarm(ctx: Context, question: OpenQuestion, said: str) -> None:
    """收到 from one of those alerted: the reporter hears who has answered, the others that they need not."""
    alarm, person = ctx.store.alarms.get(question.thing_id), ctx.person
    if alarm is None or person is None or not _says_received(ctx, said):
        raise NotUnderstood("alarm")
    matter = ctx.store.matters.get(alarm.matter_id, to_change=True)
    number = str(ctx.understanding.slots.get("number") or "") if ctx.understanding.intent == "dept.accept" else ""
    if matter is None or (number and not fits(matter, number)):
        raise NotUnderstood("alarm")  # 收到 for another matter
    ctx.store.questions.close(question, ctx.now)
    ctx.is_secret = matter.is_sealed
    if alarm.state != "open":
        return _hear_who_has_it(ctx, alarm, person)
    ctx.store.alarms.save(replace(alarm, state="answered", answered_by=person.id, answered_at=ctx.now))
    if matter.status is Status.FILED:
        ctx.store.matters.change(matter, accept(matter), ctx.step("alarm", ctx.role_in(HANDLERS)))
    _tell_answered(ctx, alarm, matter, person)
    return ctx.reply(texts.thanks_keeper(matter.number))


_COMING = re.compile(
    r"(?:我们?)?(?:已经|正在?|马上|这就|就|先)*(?:在?路上|(?:赶|往那边)?(?:过去|过来|去|到)|赶去|出发|动身|到现场|在现场)(?:了|的路上|看看|一趟|呢|啊)*[。！!]*"
)


def _says_received(ctx: Context, said: str) -> bool:
    """Only one whose office is proven may end an alarm; 在路上了 says as much as 收到."""
    return bool(ctx.roles & HANDLERS) and (
        _COMING.fullmatch(said.strip()) is not None
        or re.match(r"收到(?:了|$|[\s,，。！!])", said.strip()) is not None
        or ctx.understanding.intent == "dept.accept"
    )


def _hear_who_has_it(ctx: Context, alarm: Alarm, person: Person) -> None:
    """Somebody else was quicker. One who has other matters on his hands means those."""
    waiting = ctx.store.matters.living_of_owner(person.id)
    if any(m.status is Status.FILED and m.id != alarm.matter_id for m in waiting):
        raise NotUnderstood("alarm")
    quicker = ctx.store.people.person(alarm.answered_by) if alarm.answered_by else None
    ctx.reply(texts.answered_for_others(_named(ctx, alarm, quicker) if quicker else "有人"))


def _named(ctx: Context, alarm: Alarm, person: Person) -> str:
    return matter_texts.who(person, office_of(ctx.directory, person, alarm.village_id))


def _tell_answered(ctx: Context, alarm: Alarm, matter: Matter, person: Person) -> None:
    named = _named(ctx, alarm, person)
    if alarm.contact_id is not None:
        once = f"alarm:{alarm.id}:answered"
        ctx.tell_contact(alarm.contact_id, texts.answered(named), "alarm.answered", once=once, priority=Priority.LIFE)
    here = _as_of(ctx, alarm)
    for other in responders(here, alarm.kind, place_of_danger(here, matter), matter.text):
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
        people = responders(here, alarm.kind, place_of_danger(here, matter), matter.text)
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


@every(minutes=1)
def alarm_unanswered_checks(ctx: Context) -> None:
    """A question whether somebody is in danger that stays unanswered for five minutes: tell the keeper to call."""
    for question in ctx.store.questions.unanswered("danger.check", ctx.now - CHECK_FOR):
        sender = ctx.store.people.contact(question.contact_id)
        if sender is None:
            continue
        danger, story = _doubtful(ctx, question)
        ctx.store.questions.close(question, ctx.now)
        there = replace(ctx, sender=sender, village=village_of(ctx.directory, sender, ctx.village), replies=[])
        raise_alarm(there, danger, story, confirmed=False)
        for text in there.replies:
            there.tell_contact(question.contact_id, text, "safety", priority=Priority.LIFE)
