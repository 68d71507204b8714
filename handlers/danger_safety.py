"""After an alarm: what the teller answers to the question about safety, in numbers and in words, and what he says next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.matters import Matter, Urgency
from domain.organisation import Person
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import anonymous, discreet
from handlers.accusing import blames_alone
from handlers.alerting import (
    alert,
    alert_unsafe,
    alerted,
    helper_and_phone,
    is_unnamed_of,
    keep_accused,
    responders,
    tell_all,
)
from handlers.context import Context
from handlers.danger import SAFETY_FOR
from handlers.danger_answers import is_alone, is_attended, is_close, is_parted
from handlers.danger_kinds import (
    CALLED_OFF,
    FIGHTS,
    PRIVATE_KINDS,
    lies_still,
    of_story,
)
from handlers.danger_over import is_helped, is_mistaken, is_out, is_over, is_thanks
from handlers.matter_news import tell_handler
from handlers.pleas import is_plea
from handlers.registry import answers
from handlers.sealed_more import expect
from handlers.sealed_more import is_of_another as is_of_another_matter
from handlers.texts import danger as texts
from handlers.texts import discreet as discreet_texts
from handlers.texts import matters as matter_texts
from handlers.whereabouts import area_named, newest
from nlp.danger import Danger
from nlp.numbers import option_number
from storage.alarms import Alarm

# It is said in few words that something was none.
OVER_CHARS = 24
_WHY = ("DS", "EC", "LA", "PS", "SS")
"""Family, money, land, illness and want: what drives people to despair."""


@answers("safety")
def answer_safety(ctx: Context, question: OpenQuestion, said: str) -> None:
    """1 安全 2 不安全 (or 1 有人 2 没人). Anything else goes to those who were alerted, and the question stays."""
    alarm = ctx.store.alarms.get(question.thing_id)
    if alarm is None:
        raise NotUnderstood("safety")
    matter = ctx.store.matters.get(alarm.matter_id)
    was_secret = ctx.is_secret  # letters are sealed when they are written: before anything is said
    ctx.is_secret = was_secret or alarm.kind in PRIVATE_KINDS or (matter is not None and matter.is_sealed)
    alarm = keep_accused(ctx, alarm, said)
    people = alerted(ctx, alarm, matter)
    chosen = _chosen(ctx, alarm, said, people)
    if chosen is None:
        ctx.is_secret = was_secret
        raise NotUnderstood("safety")
    ctx.store.questions.close(question, ctx.now)
    alarm = ctx.store.alarms.get(alarm.id) or alarm  # it may have ended just now
    ctx.store.alarms.save(replace(alarm, safety="safe" if chosen == 1 else "unsafe"))
    if chosen == 1 and matter is not None and matter.is_sealed:
        expect(ctx, matter)  # what he says of it now is for nobody else either
    if chosen == 1:
        is_said = option_number(said, ("有", "没有")) is None and not is_attended(said)
        return ctx.reply(texts.glad_to_hear() if alarm.kind == "suicide" and is_said else texts.safe_noted(alarm.kind))
    alert_unsafe(ctx, alarm, matter, people)
    helper, phone = helper_and_phone(ctx, people)
    return ctx.reply(texts.unsafe_noted(question.data, alarm.kind, helper, phone))


def _chosen(ctx: Context, alarm: Alarm, said: str, people: Sequence[Person]) -> int | None:
    """1 safe (somebody is with him), 2 not; said in words, they are told to those who were alerted."""
    is_despair = alarm.kind == "suicide"
    chosen = option_number(said, ("有", "没有") if is_despair else ("安全", "不安全"))
    if chosen is None and is_despair:
        chosen = 2 if is_alone(said) else 1 if is_attended(said) else None
    matter = ctx.store.matters.get(alarm.matter_id) if chosen is None else None
    if matter is None:
        return chosen
    if is_over(said) or is_mistaken(ctx, said):
        _tell_end(ctx, alarm, matter, people)
        return 1
    if not is_despair and (is_out(said) or (alarm.kind in FIGHTS and is_parted(said))):
        tell_more(ctx, alarm, matter, people)
        return 1
    return None


def _tell_end(ctx: Context, alarm: Alarm, matter: Matter, people: Sequence[Person]) -> None:
    """火灭了, 看错了: those who are on their way hear it at once; but for violence and despair nobody is alerted again."""
    if alarm.kind not in CALLED_OFF:
        return tell_more(ctx, alarm, matter, people)
    alarm = ctx.store.alarms.get(alarm.id) or alarm
    if alarm.state == "open":
        ctx.store.alarms.save(replace(alarm, state="ended"))
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    text = texts.said_over(ctx.said, matter.number, is_unnamed=is_unnamed_of(alarm.kind, matter.text))
    return tell_all(ctx, alarm, people, text, "over")


def tell_more(ctx: Context, alarm: Alarm, matter: Matter, people: Sequence[Person]) -> None:
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    text = matter_texts.addition_for_owner(matter.number, ctx.said)
    tell_all(ctx, alarm, people, text, f"more:{ctx.incoming.digest}")


def pass_on(ctx: Context, question: OpenQuestion) -> bool:
    """More words while somebody may be in danger: they reach those who were alerted, word for word, and he is asked
    again. Returns whether that was all they are for: at home and in despair nothing is filed for others to read."""
    alarm = ctx.store.alarms.get(question.thing_id)
    matter = ctx.store.matters.get(alarm.matter_id) if alarm else None
    if alarm is None or matter is None:
        return False
    if _asks_silence(ctx, alarm, matter) or anonymous.take(ctx):
        return True
    heard = ctx.heard.danger
    is_aside = not matter.is_sealed or (
        heard is None and blames_alone(ctx, ctx.said)
    )  # 书记收了我两千 of one in despair
    if is_aside and discreet.take_aside(ctx, ctx.said):
        return True
    if matter.is_sealed and is_of_another_matter(ctx) and not (alarm.kind == "suicide" and _drives_to_despair(ctx)):
        return False
    ctx.is_secret = matter.is_sealed
    matter = _placed(ctx, alarm, matter)
    people = alerted(ctx, alarm, matter)
    helper, phone = helper_and_phone(ctx, people)
    if alarm.kind == "suicide" and (is_close(ctx.said) or (heard is not None and heard.certain)):
        _alert_closer(ctx, alarm, matter, people)
        ctx.reply(texts.closer(helper, phone))
        return True
    if is_thanks(ctx.said):
        ctx.reply(texts.welcome(alarm.kind))
        return True
    tell_more(ctx, alarm, matter, people)
    number = "" if is_helped(ctx.said) else _number_now(ctx, alarm, heard, question.data)
    ctx.reply(texts.also_add(number, alarm.kind, helper, phone))
    return matter.is_sealed


def _drives_to_despair(ctx: Context) -> bool:
    """工钱要不回来 地也让人占了, said by one in despair, is why: those who help must read it; a broken lamp is not."""
    return (ctx.reading.code or "")[:2] in _WHY


def _number_now(ctx: Context, alarm: Alarm, heard: Danger | None, first: str) -> str:
    """找到了 在沟里 不动了: another number than the one he was told first. What merely sounds like a danger (6岁 穿红衣服)
    names none."""
    is_another = (
        heard is not None and heard.certain and (heard.is_named or lies_still(ctx.said)) and alarm.kind != "suicide"
    )
    return of_story(ctx, heard, ctx.said).number if heard is not None and is_another else first or "110"


def _asks_silence(ctx: Context, alarm: Alarm, matter: Matter) -> bool:
    """莫跟旁人讲: it is told to nobody; those who were alerted by his name know it already."""
    if not is_plea(ctx.said):
        return False
    is_quiet = matter.is_sealed and (alarm.kind in PRIVATE_KINDS or is_unnamed_of(alarm.kind, matter.text))
    if not is_quiet:
        discreet.promise(ctx, matter)
    else:
        ctx.reply(discreet_texts.stays_with_helpers())
    return True


def _alert_closer(ctx: Context, alarm: Alarm, matter: Matter, people: Sequence[Person]) -> None:
    """药都买好了, 我到河边了: a matter of minutes; the two are alerted again, whoever had answered."""
    ctx.store.matters.add_note(matter, "text", ctx.said, ctx.sender.contact.id, ctx.now)
    text = texts.closer_for_helper(ctx.said, matter.number)
    tell_all(ctx, alarm, people, text, f"closer:{ctx.incoming.digest}", waits=True)


def _placed(ctx: Context, alarm: Alarm, matter: Matter) -> Matter:
    """Where it is, said by somebody of whom it was not known: its keeper is alerted, too."""
    area = area_named(ctx, ctx.said) if matter.place_id is None and not matter.is_sealed else None
    if area is None:
        return matter
    known = responders(ctx, alarm.kind, ctx.place_id, matter.text, alarm.kept_ids)
    placed = replace(matter, place_id=area.id, place_text=ctx.said)
    people = responders(ctx, alarm.kind, area.id, matter.text, alarm.kept_ids)
    if people and all(person.id != people[0].id for person in known):
        placed = replace(placed, owner_id=people[0].id)
        alert(ctx, alarm, placed, people[:1], 0)
    return ctx.store.matters.change(ctx.store.matters.held(matter), placed, ctx.step("place"))


def take_over(ctx: Context) -> bool:
    """是锅烧糊了, 没事 就是说气话, 救护车来了, soon after something urgent, when nothing is asked any more: those who know of
    it hear it."""
    if len(ctx.said) > OVER_CHARS:
        return False
    is_ended = is_over(ctx.said) or is_mistaken(ctx, ctx.said)
    if not is_ended and not is_helped(ctx.said):
        return False
    alarms = ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - SAFETY_FOR)
    if not alarms and not ctx.is_direct:
        return False
    told = ctx.store.matters.get(alarms[-1].matter_id) if alarms else newest(ctx) if is_ended else None
    if told is None or told.urgency > Urgency.P1:
        return False
    ctx.is_secret = told.is_sealed
    if not alarms:
        ctx.store.matters.add_note(told, "text", ctx.said, ctx.sender.contact.id, ctx.now)
        text = matter_texts.addition_for_owner(told.number, ctx.said)
        tell_handler(ctx, told, text, f"note:{ctx.incoming.digest}")
        ctx.reply(texts.calm_noted(told.number))
        return True
    people = alerted(ctx, alarms[-1], told)
    if not is_ended:
        tell_more(ctx, alarms[-1], told, people)
        ctx.reply(texts.help_noted())
        return True
    _tell_end(ctx, alarms[-1], told, people)
    ctx.reply(texts.glad_to_hear() if alarms[-1].kind == "suicide" else texts.safe_noted(alarms[-1].kind))
    return True
