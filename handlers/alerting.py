"""Who is alerted of a danger, and what he reads: the keeper of the place, the secretary, the town on duty; nobody whom the
words accuse, and no name where the teller did not want one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.matters import Matter, Urgency
from domain.organisation import Person, Role, first_receiver
from handlers.accusing import accused_in, called
from handlers.complaining import blamed_in, without_him
from handlers.context import Context
from handlers.danger_kinds import NOT_KNOWN, PRIVATE_KINDS
from handlers.filing import office_of, place_name, place_of, reporter_words
from handlers.pleas import wants_no_name
from handlers.sealed_more import accused_before
from handlers.texts import danger as texts
from handlers.texts import matters as matter_texts
from nlp.lazy import regex
from storage.alarms import Alarm
from storage.outbox import Priority

ALARM_FOR = timedelta(hours=12)
_NAMES_COUNT = frozenset({"violence", "domestic", "assault", NOT_KNOWN})


def is_unnamed_of(kind: str, story: str) -> bool:
    """Did he ask not to be named? Whoever helps at home or in despair must know whom."""
    return kind not in PRIVATE_KINDS and wants_no_name(story)


def accused_of(ctx: Context, kind: str, words: str) -> frozenset[int]:
    """Whom the words accuse; 他打我 means whoever was accused just before (handlers/sealed_more.py).

    Beside blows whoever is named (凶手是小陈) may be he who strikes, and in what merely may be a danger (我不是告书记啊) he who
    must not read it: one letter less costs little, the town gets it.
    """
    accused = accused_in(ctx, words)
    return accused | accused_before(ctx) | _named_in(ctx, words) if kind in _NAMES_COUNT else accused


_BLOW = "[打砍捅刺杀揍踢扇掐推撞]"
_SENT_FOR = regex("(?:叫|喊|找|请|通知|告诉|联系|给|跟)(?:村里的?|[\u4e00-\u9fff])?$")
_STRIKES = regex(f".{{0,2}}{_BLOW}(?!.?电话)")
_IS_HE = regex("是[\u4e00-\u9fff]?$")
# 书记 有人打架, 小陈快来, 小陈让人砍了, 小陈家门口: he is called, or hurt himself, or lives there.
_NO_BLAME = regex(
    r"[\s,，:：!！]*(?:快|救|来(?![了打砍捅找我])|帮|您|你|看[见到]|也?在(?:劝|拉|场)|知道|不接)"
    f"|(?:[让被叫遭给](?!我|俺)|挨).{{0,4}}?{_BLOW}|家?(?:门口|门前|门外|旁边|隔壁|附近|屋后|背后|那边)"
)
_HAILS = regex(r"[\s,，:：!！。]")


def _named_in(ctx: Context, words: str) -> frozenset[int]:
    named = ((name, people) for name, people in called(ctx).items() if name in words)
    return frozenset().union(*(people for name, people in named if _is_blamed(words, name)))


def _is_blamed(words: str, name: str) -> bool:
    for met in re.finditer(re.escape(name), words):
        before, after = words[: met.start()], words[met.end() :]
        is_hailed = len(before) <= 1 and _HAILS.match(after) is not None
        is_sent_for = _SENT_FOR.search(before) is not None and _STRIKES.match(after) is None
        if _IS_HE.search(before) or not (is_hailed or is_sent_for or _NO_BLAME.match(after)):
            return True
    return False


def responders(
    ctx: Context, kind: str, place_id: int | None, words: str, kept: frozenset[int] = frozenset()
) -> list[Person]:
    """Who is alerted: the keeper of the place, the secretary, the town on duty; for despair and violence at home the
    secretary and the women's federation only. Whoever the words accuse is not, nor who is `kept` from it, and the town is in
    his stead."""
    village, accused = ctx.village.id, kept | accused_of(ctx, kind, words)
    if kind in PRIVATE_KINDS:
        order: tuple[Role, ...] = (Role.SECRETARY, Role.WOMEN) if kind == "suicide" else (Role.WOMEN, Role.SECRETARY)
        order = (*order, Role.TOWN_LEADER) if accused else order
        found = [ctx.directory.holder_upwards(role, village) for role in order]
    else:
        keeper = first_receiver(ctx.directory, place_id, village)
        found = [keeper, *(ctx.directory.holder_upwards(role, village) for role in (Role.SECRETARY, Role.TOWN_LEADER))]
    told = {person.id: person for person in found if person is not None and person.id not in accused}
    return list(told.values())


def alerted(ctx: Context, alarm: Alarm, matter: Matter | None) -> list[Person]:
    """Who hears of what becomes of an alarm: those who were alerted, but for whom the teller has accused since."""
    words = matter.text if matter is not None else ""
    return responders(ctx, alarm.kind, place_of_danger(ctx, matter), words, alarm.kept_ids)


_LASTS = timedelta(hours=6)


def accused_lately(ctx: Context) -> frozenset[int]:
    """Whom he has accused while an alarm of his stood: what he cries next is not for them either."""
    raised = ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - _LASTS)
    return frozenset().union(*(alarm.kept_ids for alarm in raised))


def keep_from_alarms(ctx: Context, words: str) -> None:
    """Blame told while nothing is asked any more: whom it accuses hears no more of his alarms."""
    for alarm in ctx.store.alarms.of_contact(ctx.sender.contact.id, ctx.now - _LASTS):
        keep_accused(ctx, alarm, words)


def keep_apart(ctx: Context, matter: Matter, words: str) -> Matter:
    """The matter, in other hands where it is an alarm's and the words name whoever has it: 补充 是小陈."""
    alarm = ctx.store.alarms.of_matter(matter.id) if matter.urgency is Urgency.P0 else None
    if alarm is not None:
        keep_accused(ctx, alarm, words)
    return ctx.store.matters.get(matter.id) or matter


def keep_accused(ctx: Context, alarm: Alarm, words: str) -> Alarm:
    """是李书记砍的我, said of an alarm that stands: from now on he hears nothing of it, and has it in his hands no more."""
    accused = accused_of(ctx, alarm.kind, words) - alarm.kept_ids
    if not accused:
        return alarm
    alarm = ctx.store.alarms.save(alarm.but(accused))
    matter = ctx.store.matters.get(alarm.matter_id, to_change=True)
    if matter is not None and matter.owner_id in accused:
        left = alerted(ctx, alarm, matter)
        given = replace(matter, owner_id=left[0].id if left else None)
        ctx.store.matters.change(matter, given, ctx.step("accused"))
    return alarm


def place_of_danger(ctx: Context, matter: Matter | None) -> int | None:
    """Where the danger is: the place that was named when it was told, else where the teller is at home."""
    return (matter.place_id if matter else None) or ctx.place_id


def alert(
    ctx: Context, alarm: Alarm, matter: Matter, people: list[Person], round_: int, *, confirmed: bool = True
) -> None:
    """Alert them for the first time, or again."""
    place, reporter = shown_of(ctx, alarm, matter, confirmed=confirmed)
    blamed = blamed_in(ctx, matter.text)  # 小陈不管 我妈晕倒了: he is called, and reads nothing of himself
    for are_blamed in (False, True):
        called_now = [person for person in people if (person.id in blamed) is are_blamed]
        story = (without_him(ctx, matter.text) if called_now and are_blamed else "") or matter.text
        words = matter_texts.shortened(story)
        text = (
            texts.alarm(alarm.kind, place, reporter, words, matter.number, round_)
            if confirmed
            else texts.unconfirmed_alarm(place, reporter, words, matter.number)
        )
        tell_all(ctx, alarm, called_now, text, str(round_), waits=True)


def shown_of(ctx: Context, alarm: Alarm, matter: Matter, *, confirmed: bool = True) -> tuple[str, str]:
    """Where it is and who says so, as those alerted read it; "" for who does not want to be named."""
    reporter = "" if is_unnamed_of(alarm.kind, matter.text) else _reporter(ctx)
    return _place_shown(ctx, alarm, matter, confirmed=confirmed), reporter


def alert_unsafe(ctx: Context, alarm: Alarm, matter: Matter | None, people: Sequence[Person]) -> None:
    """The teller says that he is not safe: they hear it at once."""
    is_unnamed = matter is not None and is_unnamed_of(alarm.kind, matter.text)
    place = (
        _place_shown(ctx, alarm, matter)
        if matter is not None and is_unnamed
        else place_name(ctx.directory, ctx.person, place_of_danger(ctx, matter))
    )
    text = texts.unsafe_for_keeper(place, matter.number if matter else "", is_unnamed=is_unnamed)
    tell_all(ctx, alarm, people, text, "unsafe", waits=True)


def tell_all(
    ctx: Context, alarm: Alarm, people: Sequence[Person], text: str, fact: str, *, waits: bool = False
) -> None:
    """Tell everybody who is alerted, each `fact` once; `waits`: until one of them answers 收到."""
    for person in people:
        ctx.tell(person, text, "alarm", once=f"alarm:{alarm.id}:{fact}:{person.id}", priority=Priority.LIFE)
        if waits:
            ctx.ask_person(person, "alarm", alarm.id, ("收到",), ALARM_FOR)


def _place_shown(ctx: Context, alarm: Alarm, matter: Matter, *, confirmed: bool = True) -> str:
    """Where it is, as they read it: a sealed one keeps no place, and his home would tell who he is."""
    at = matter.place_id if alarm.kind in PRIVATE_KINDS else place_of_danger(ctx, matter)
    if is_unnamed_of(alarm.kind, matter.text) and (told := place_of(ctx, matter.text)) is not None:
        at = told if confirmed or told != ctx.place_id else None
    return place_name(ctx.directory, ctx.person, at, matter.place_text)


def _reporter(ctx: Context) -> str:
    """Who says it; of a stranger in the group at least where he was heard."""
    if ctx.person is None and ctx.group is not None:
        return texts.heard_in_group(ctx.group.name)
    return reporter_words(ctx)


def helper_and_phone(ctx: Context, people: Sequence[Person]) -> tuple[str, str]:
    """Whom the teller is told of, and how to reach him; nobody: "" and ""."""
    if not people:
        return "", ""
    role = office_of(ctx.directory, people[0], ctx.village.id)
    return f"{matter_texts.ROLE_NAMES.get(role, '') if role else ''}{people[0].name}", people[0].phone
