"""What a template or subscription notice shows of a letter (通知的字段) to somebody outside of every reply window.

Each field must be true without the text beside it: a meeting called off says so in `what`, not in its time. The
platform's limits are applied where a notice is filled (bot/channels/official_notices.py), which cuts the ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from domain.matters import Matter
from domain.meetings import Meeting
from domain.organisation import Person
from domain.polls import Poll
from handlers.texts.dates import CHINA

Fields = dict[str, str]

# By what is said of it: what stands before the name of the thing, and the status (at most five Chinese characters).
_MEETING = {
    "notice": ("", "请您回复"),
    "again": ("", "请您参加"),
    "changed": ("有变动：", "有变动"),
    "cancelled": ("取消：", "不开了"),
    "reminder": ("提醒：", "请您参加"),
    "errands": ("上门通知：", "等您上门"),
}
_POLL = {
    "open": ("投票：", "请您投票"),
    "closing": ("快截止：", "还没投票"),
    "result": ("结果：", "投票结束"),
    "changed": ("您家改了票：", "已改票"),
    "visit": ("上门收票：", "等您上门"),
    "taken": ("替您家投了：", "已投票"),
}
# By the fact a letter about a matter tells.
_MATTER = {
    "new": "等您处理",
    "copy": "急事已转办",
    "note": "有新补充",
    "place": "有新补充",
    "urge": "在催办",
    "withdrawn": "已撤回",
    "rated": "已评价",
    "reopened": "请重新办",
    "accepted": "正在办理",
    "done": "请您评价",
    "dissatisfied": "群众不满意",
    "overdue": "已过期限",
}


def of_meeting(meeting: Meeting, said: str, form: str, caller: Person | None, village: str) -> Fields:
    """`said`: notice, again, changed, cancelled, reminder or errands; `form` is shown where nobody sits together."""
    before, status = _MEETING[said]
    return {
        "what": f"{before}{meeting.title}",
        "when": stamp(meeting.starts_at),
        "where": meeting.venue or form,
        "number": str(meeting.number),
        "status": status,
        **_contact(caller, village),
    }


def of_poll(poll: Poll, said: str, organiser: Person | None, village: str) -> Fields:
    """`said`: open, closing, result, changed, visit or taken. The time is when it closes."""
    before, status = _POLL[said]
    return {
        "what": f"{before}{poll.title}",
        "when": stamp(poll.closes_at),
        "number": str(poll.number),
        "status": status,
        **_contact(organiser, village),
    }


def of_matter(matter: Matter, fact: str, title: str, at: datetime, contact: Person | None, place: str = "") -> Fields:
    """`fact` may go on behind a colon. Nothing at all of a sealed matter: fields are kept and shown in the clear."""
    if matter.is_sealed:
        return {}
    status = _MATTER.get(fact) or _MATTER.get(fact.partition(":")[0], "有新消息")
    shown = {"what": f"{title}：{status}", "when": stamp(at), "number": matter.number, "status": status}
    if place:
        shown["where"] = place
    shown.update(_contact(contact, ""))
    return shown


def _contact(person: Person | None, village: str) -> Mapping[str, str]:
    known = {}
    if person is not None and person.name:
        known["who"] = person.name
    if person is not None and person.phone:
        known["phone"] = person.phone
    if village:
        known["village"] = village
    return known


@lru_cache(maxsize=1024)  # every letter of a batch is of one moment
def stamp(at: datetime) -> str:
    """The moment as the platform's `time` and `date` take it, by the village's clock: 2026-11-27 19:00."""
    return at.astimezone(CHINA).isoformat(" ", "minutes")[:16]
