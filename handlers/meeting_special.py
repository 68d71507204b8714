"""特殊情况 加原因: why a meeting is held before its notice has run out. It answers what was asked, whatever it tells of:
下大雪房塌了要马上定 calls no fire brigade. A cry in it (压住人了 快来救命) is asked about all the same."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from domain.meetings import Meeting, Reason
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood, Refused
from handlers import answering, conversing, danger_check
from handlers.context import Context
from handlers.meeting_amends import special_reason
from handlers.texts import refusals
from nlp.danger import Danger

ASKED_FOR = timedelta(minutes=30)
KIND = "meeting.special"
_RUNNING = frozenset({"meeting.create", "meeting.change"})
_CRIES = re.compile(
    "救命|救人|快来|来人|压[住着在]|埋[住着在了]|困[住着在]|有人|人被|伤|[死亡]|失踪|没出来|出不来|冲走|掉进"
)


def take(ctx: Context, found: Danger) -> bool:
    """Give the reason to what asked for it before it is heard as an alarm. False where nothing asked for one."""
    if not special_reason(ctx.said) or not _is_asked(ctx) or not answering.answer(ctx):
        return False
    if _CRIES.search(ctx.said):
        danger_check.ask_first(ctx, found)
    return True


def _is_asked(ctx: Context) -> bool:
    running = conversing.running_here(ctx)
    if running is not None and running.name in _RUNNING and not conversing.is_over(ctx, running):
        return True
    return any(question.kind == KIND for question in ctx.store.questions.open_for(ctx.sender.contact.id, ctx.now))


def ask(ctx: Context, meeting: Meeting, refused: Refused, said: str) -> None:
    """Say why the meeting may not be moved there; where a reason would help, it is waited for. Other refusals go on."""
    if refused.reason is not Reason.MEETING_NOTICE or not refused.data["body"].has_exception:
        raise refused
    ctx.ask(KIND, meeting.id, (), ASKED_FOR, data=said)
    ctx.reply(refusals.sentence(refused.reason, refused.data))


def reason_for(ctx: Context, question: OpenQuestion, said: str) -> tuple[Meeting, dict[str, Any]]:
    """The meeting that is to be moved, and the reason that was given. Raises NotUnderstood for other words."""
    meeting, why = ctx.store.meetings.get(question.thing_id), special_reason(said)
    if meeting is None or not why:
        raise NotUnderstood(KIND)
    ctx.store.questions.close(question, ctx.now)
    return meeting, {"meeting": meeting.id, "said": question.data, "why": why}
