"""What is heard some time after violence at home or despair: of the same people it is for the same few, whatever it would
be by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.matters import Matter
from handlers import sealed_more
from handlers.alerting import alerted, helper_and_phone, keep_accused
from handlers.anonymous import stays
from handlers.context import Context
from handlers.danger import SAFETY_FOR, raise_alarm
from handlers.danger_answers import clauses_of
from handlers.danger_before import AGAIN, HIS_OWN, told_at_home
from handlers.danger_check import ask_first
from handlers.danger_kinds import FIGHTS, goes_with, is_private, kind_of
from handlers.danger_safety import tell_more
from handlers.filing import AT_HOME, clear_topic
from handlers.pleas import is_plea
from handlers.texts import danger as texts
from nlp.danger import Danger
from storage.alarms import Alarm

_OTHERS = re.compile("邻居|隔壁|有人|别人|人家|路上|街上|河里|村口|桥上")
_OF_THEM = re.compile("^(?:补充|追加)|[他她我俺]|^(?:刚才?|现在|这会儿?)?(?:又|还|越来越)")
_BREAKS_IN = re.compile("[他她].{0,8}(?:砸|踹|撬|撞|踢).{0,4}(?:门|窗|东西|锅|家)")
_DRUNK = re.compile("喝.{0,3}酒|喝(?:多|醉|高|麻)|酒疯")


def goes_on(ctx: Context, danger: Danger) -> bool:
    """他在砸门, 又打了, 我眼睛都肿了, some time after violence at home or despair: the same few hear of it, in an alarm of that
    kind, or beside what stands where it is no cry. By the one line it would be an illness or a fight for everybody to read.
    """
    told = told_at_home(ctx)
    if told is None:
        return False
    alarm, matter = told
    kind = alarm.kind if alarm is not None else "domestic"
    if not _is_of_them(ctx, kind, danger):
        return False
    ctx.is_secret = True
    is_drunk = danger.kind == "medical" and _DRUNK.search(ctx.said) is not None
    if danger.certain and not (is_drunk and ctx.is_direct):
        raise_alarm(ctx, replace(danger, kind=kind, sealed=True), ctx.said)
    elif alarm is not None:
        _add(ctx, alarm, matter)
    else:
        _ask_beside(ctx, replace(danger, kind=kind, number="110", sealed=True), matter)
    return True


def _add(ctx: Context, alarm: Alarm, matter: Matter) -> None:
    alarm = keep_accused(ctx, alarm, ctx.said)
    people = alerted(ctx, alarm, matter)
    tell_more(ctx, alarm, matter, people)
    number = "12356" if alarm.kind == "suicide" else "110"
    ctx.ask("safety", alarm.id, ("1", "2"), SAFETY_FOR, data=number)
    ctx.reply(texts.also_add(number, alarm.kind, *helper_and_phone(ctx, people)))


def _ask_beside(ctx: Context, danger: Danger, matter: Matter) -> None:
    """你别给我儿子说 他会打死我: kept with what he told, and the silence he asks for is promised before he is asked."""
    sealed_more.join(ctx, matter)
    if any(map(is_plea, clauses_of(ctx.said))):
        ctx.reply(stays(ctx, matter))
    ask_first(ctx, danger)


def _is_of_them(ctx: Context, before: str, danger: Danger) -> bool:
    """Of nobody else, and of no other danger that is named (着火了, 我爸晕倒了)."""
    if is_private(danger) or _OTHERS.search(ctx.said):
        return False
    if not (_OF_THEM.search(ctx.said) or AGAIN.search(ctx.said)):
        return False
    if _BREAKS_IN.search(ctx.said):
        return True  # 他砸窗子 is no house that falls
    kind = kind_of(ctx, danger, ctx.said)
    is_guess = not (danger.certain or danger.is_named) and clear_topic(ctx.reading) in (None, AT_HOME)
    return (is_guess or goes_with(before, kind, ctx.said)) and (kind in FIGHTS or not HIS_OWN.search(ctx.said))
