"""How much was told and done in a week, a month, a year (这个月办了多少件, 周报): the numbers, from the matters themselves.

Sealed matters are counted nowhere: that there is one is nobody's to know (rulings page, small cells).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.in_hand import OVERSEERS, overseen
from handlers.matter_lookup import HANDLERS
from handlers.registry import intent
from handlers.texts import in_hand as texts

_TODAY = re.compile("今天|今日|日报")
_TABLE = re.compile("导|表|下载|excel|csv|xlsx", re.IGNORECASE)
_YEAR = re.compile("(今|全|这一|本)年|年报|年度|半年")
_WEEK = re.compile("周|星期|礼拜")
_BEFORE = re.compile("上(个|一)?(周|星期|礼拜)")


@intent("ledger", who=HANDLERS, wins=True)
@intent("digest", who=HANDLERS, wins=True)
def figures(ctx: Context) -> None:
    """台账 本月, 这周情况: told, done, left, late. A keeper is told of his own, who answers for a village of everybody's."""
    if ctx.in_trouble and not ctx.understanding.certain:
        raise NotUnderstood("ledger")
    if ctx.person is None:
        return ctx.reply(texts.nothing_left(is_own=True))
    since, until = _span(ctx)
    villages = overseen(ctx, OVERSEERS)
    tally = ctx.store.matters.tally(ctx.person.id, villages, since, until, ctx.now)
    told = texts.figures(since, min(until - timedelta(days=1), ctx.now), tally, is_own=not villages)
    return ctx.reply(f"{told}\n{texts.no_tables()}" if _TABLE.search(ctx.said) else told)


def _span(ctx: Context) -> tuple[datetime, datetime]:
    """Return the first moment of the days asked for and the first after them; this month where none are named."""
    today = ctx.now.replace(hour=0, minute=0, second=0, microsecond=0)
    month = str(ctx.understanding.slots.get("month") or "")
    if not month and _TODAY.search(ctx.said):
        return today, today + timedelta(days=1)
    if not month and _WEEK.search(ctx.said):
        monday = today - timedelta(days=today.weekday() + (7 if _BEFORE.search(ctx.said) else 0))
        return monday, monday + timedelta(days=7)
    if not month and _YEAR.search(ctx.said):
        return today.replace(month=1, day=1), today.replace(year=today.year + 1, month=1, day=1)
    first = datetime.strptime(month, "%Y-%m").replace(tzinfo=today.tzinfo) if month else today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
