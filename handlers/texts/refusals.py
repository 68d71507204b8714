"""Every reason a rule may say no for, as a plain sentence with a way forward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.matters import Reason
from handlers.texts import binding, broadcasts, deciding, matters, meeting_amends, meetings, people, poll_refusals
from handlers.texts.dates import day, moment

_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    Reason.ALREADY_ENDED: lambda d: matters.already_ended(d["number"]),
    Reason.NOT_DONE_YET: lambda d: matters.not_done_yet(d["number"]),
    Reason.NOT_YOURS: lambda d: matters.not_yours(d["number"]),
    Reason.NO_SUCH: lambda d: matters.no_such(d["digits"]) if d["digits"] else matters.nothing_yet(),
    Reason.WHICH: lambda d: matters.which_number(d["numbers"]) if d["numbers"] else matters.nothing_in_hand(),
    Reason.URGED_TODAY: lambda d: matters.urged_already(d["number"], moment(d["urged_at"])),
    Reason.NEEDS_RESULT: lambda d: matters.needs_result(d["number"]),
    Reason.PAST_CAP: lambda d: deciding.past_cap(d["number"], day(d["latest"].date())),
    Reason.PLAIN_MODE: lambda d: matters.plain_mode(),
    Reason.NOT_YOUR_ROLE: lambda d: people.not_your_role(),
    **meetings.REFUSALS,
    **poll_refusals.REFUSALS,
}
_HINTS: dict[str, str] = {
    "bind.name": "我要的是名字，比如“张桂兰”。",
    "bind.group": binding.ASK_GROUP,
    "bind.code": binding.ASK_CODE,
    **broadcasts.HINTS,
    **poll_refusals.HINTS,
    "meeting.several": "一次只能请全村或者一个社：1全村每户 2村民代表 3党员 4村干部，或者说一个社，比如“九社”。几个社分开发几次。",
    "conversation.wait": "好，先不发，给您留着。要发回 1，要改直接说，不要了回 3。",
    "conversation.close": "回 1 截止，回 3 不截。要延长先回 3，再说“延长到周六”。",
    "conversation.choose": "回 1 发出，回 2 改，回 3 取消。",
    **meetings.HINTS,
}

_HINTS_WITH_DATA: dict[str, Callable[[dict[str, Any]], str]] = {
    "meeting.when": lambda d: str(d["say"]),
    "meeting.nowhere": lambda d: meeting_amends.nowhere(d["place"], d["known"]) + meeting_amends.ASK_PLACE,
}


def sentence(reason: str, data: dict[str, Any]) -> str:
    return _SENTENCES[reason](data)


def hint(name: str, data: dict[str, Any] | None = None) -> str:
    """The sentence of a hint, "" where there is none and the question is simply asked again."""
    if name in _HINTS_WITH_DATA:
        return _HINTS_WITH_DATA[name](data or {})
    return _HINTS.get(name, "")


def known_reasons() -> frozenset[str]:
    return frozenset(_SENTENCES)
