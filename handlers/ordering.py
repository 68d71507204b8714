"""Whoever answers for the village tells a keeper when a matter is to be done: 让小陈明天必须修好, 001 周三前办完, 小陈 怎么回事.

The keeper hears it, and it is due by then; it stays in his hands, and whoever told of it is promised nothing new.
"""

from __future__ import annotations

import re
from datetime import timedelta

from domain import matters as rules
from domain.matters import Matter
from domain.organisation import Person
from handlers import afterwards, assigning, deciding, in_hand, remarks
from handlers.assigning import GIVERS
from handlers.context import Context
from handlers.filing import owner_words_known, title_of_matter
from handlers.keeper_several import of_what_it_names
from handlers.matter_lookup import in_charge, newest, which
from handlers.matter_news import said_by, tell_handler
from handlers.texts import in_hand as texts
from handlers.texts.dates import day
from nlp.said import Said
from nlp.slots_time import days, until

LONGEST = 30
_DONE = "(?:办|修|弄|处理|解决|换|装|清|拉|落实|答复|回话)"
_BY = r"(?:今天|明天|后天|今晚|明早|[一二两三四五六七八九十\d]+(?:天|个?工作日|日)(?:之?内)?|本?[下这]?(?:周|礼拜|星期)[一二三四五六日天]|月底|\d{1,2}[号日])(?:之?前|以前|之?内)?"
_ORDERS = re.compile(
    rf"(?:(?:让|叫|喊|请|要求|通知|告诉|给|限)(?:他|她|小|老)?[^\s,，]{{0,4}}?)?[\s,，]*(?:必须|务必|一定|抓紧|尽快|赶紧|最迟|最晚|限)*(?:要|给我|得|在)*{_BY}[^\s,，]{{0,6}}?{_DONE}.{{0,4}}"
    rf"|.{{0,6}}(?:必须|务必|一定要?|抓紧|赶紧|尽快).{{0,4}}{_DONE}.{{0,4}}"
)
_PRESSES = re.compile("(?:帮我|给我|再)*催(?:一?下|催|一催|办)(?!没看|没报)|你们?村.{1,8}(?:咋|怎么)")
_WANTS_TO_KNOW = re.compile("(?:怎么|咋)(?:个)?(?:回事|搞的|弄的|还没|不办)|(?:啥|什么)情况")


def take(ctx: Context) -> bool:
    """Hand the order on; False for other words, and from anybody who gives none."""
    if not ctx.roles & GIVERS or not ctx.is_proven or not ctx.is_direct or len(ctx.said) > LONGEST:
        return False
    number, words = remarks.split_number(ctx.said)
    if number:
        return _orders(ctx, words) and _by_number(ctx, number, words)
    whose = assigning.named(ctx, ctx.village, ctx.said) if _orders(ctx, words) or _WANTS_TO_KNOW.search(words) else None
    if whose is None:
        return _presses_for(ctx)
    return ctx.person is not None and whose.id != ctx.person.id and _to(ctx, whose)


def _presses_for(ctx: Context) -> bool:
    """催一下兴河村的路灯, of whoever told of none himself: the only open one it can be about."""
    if not _PRESSES.match(ctx.said) or ctx.person is None or afterwards.all_living(ctx):
        return False
    left = ctx.store.matters.unfinished(ctx.person.id, in_hand.overseen(ctx, in_hand.OVERSEERS))
    left = [matter for matter in left if not matter.is_sealed and matter.owner_id not in (None, ctx.person.id)]
    meant = [m for m in left if m.code == ctx.reading.code] if ctx.reading.is_founded else []
    if len(meant) > 1:
        raise which(ctx, meant)
    if meant:
        afterwards.urge_matter(ctx, ctx.store.matters.held(meant[0]), ctx.said)
    return bool(meant)


def _orders(ctx: Context, words: str) -> bool:
    is_meeting = ctx.understanding.certain and ctx.understanding.intent not in ("assign", None)
    may = not is_meeting and not deciding.wants_time(words)
    return may and not remarks.is_ended(_NAMES_NO_END.sub("", words)) and _ORDERS.search(words) is not None


# 修好 of 必须修好 is still to come.
_NAMES_NO_END = re.compile(f"{_DONE}(?:好|完|通|妥|掉|了)?$")


def _by_number(ctx: Context, number: str, words: str) -> bool:
    found = in_charge(ctx, number)
    matter = newest(found, number) if found else None
    if matter is None or ctx.person is None or not matter.is_living or matter.is_sealed:
        return False
    if matter.owner_id in (None, ctx.person.id):
        return False
    whose = assigning.named_for(ctx, matter, words)
    if whose is not None and whose.id != matter.owner_id:
        return False  # it is given to another (handlers/assigning.py)
    _tell(ctx, matter, words)
    return True


def _to(ctx: Context, whose: Person) -> bool:
    villages = in_hand.overseen(ctx, in_hand.OVERSEERS)
    left = [
        matter for matter in ctx.store.matters.unfinished(ctx.person.id if ctx.person else 0, villages)
        if matter.owner_id == whose.id and not matter.is_sealed
    ]  # fmt: skip
    meant = of_what_it_names(ctx, left) or left
    if not left or (_WANTS_TO_KNOW.search(ctx.said) and not _orders(ctx, ctx.said) and len(meant) > 1):
        return in_hand.show_work_of(ctx, whose, left)
    if len(meant) > 1:
        raise which(ctx, meant)
    _tell(ctx, meant[0], ctx.said)
    return True


def _tell(ctx: Context, matter: Matter, words: str) -> None:
    """Its keeper hears the words, and by when."""
    before, said = ctx.store.matters.held(matter), Said(words, words, ctx.now, ctx.words.calendar)
    named, count = until(said), days(said)
    due_at = deciding.at_end_of(named) if named else ctx.now + timedelta(days=count) if count else None
    changed = before
    if due_at is not None and before.due_at is not None and ctx.now < due_at < before.due_at:
        step = ctx.step("hastened", ctx.role_in(GIVERS))
        changed = ctx.store.matters.change(before, rules.hasten(before, due_at), step)
    ctx.store.matters.add_note(changed, "ordered", words, ctx.sender.contact.id, ctx.now)
    title, due = title_of_matter(ctx.words.lexicon, changed), f"{day(due_at.date())}前" if due_at else ""
    text = texts.ordered(changed.number, title, said_by(ctx, changed), words, due)
    tell_handler(ctx, changed, text, f"ordered:{ctx.incoming.digest}")
    ctx.reply(texts.gave_order(changed.number, owner_words_known(ctx, changed), due))
