"""What is said where a meeting is moved, changed or called off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.meetings import Meeting
from domain.notices import script, shortened
from handlers.texts.dates import moment
from handlers.texts.meetings import CHOICES, at_venue, tail


def change_read_back(before: Meeting, starts_at: datetime, venue: str, told: int, said: str = "") -> str:
    lines = [f"{tail(before)}（{before.title}）这样改，对不对？"]
    if starts_at != before.starts_at:
        lines.append(f"时间：{moment(starts_at)}（原来{moment(before.starts_at)}）" + (f"（{said}）" if said else ""))
    if venue != before.venue:
        lines.append(f"地点：{venue}（原来{before.venue}）")
    return "\n".join([*lines, f"通知过的{told}人都会知道。", CHOICES])


def which(meetings: Sequence[Meeting]) -> str:
    lines = [f"{tail(m)}：{moment(m.starts_at)} {m.title}" for m in meetings[:6]]
    return "\n".join([f"您说的是哪个会？回会的号，比如“{tail(meetings[0])}”。", *lines])


def ask_change(meeting: Meeting) -> str:
    return f"{tail(meeting)}现在是{moment(meeting.starts_at)}{at_venue(meeting)}。改到哪天几点，或者改到哪里？"


def changed(meeting: Meeting, before: Meeting, contact: str) -> str:
    """What those told before hear of the change."""
    moved = meeting.starts_at != before.starts_at
    parts = []
    if moved:
        parts.append(f"改到{moment(meeting.starts_at)}（原来{moment(before.starts_at)}）")
    if meeting.venue != before.venue:
        parts.append(f"地点改到{meeting.venue}")
    lines = [f"【会议改期】{meeting.title}" if moved else f"【会议换地方】{meeting.title}", "，".join(parts) + "。"]
    if not moved:
        lines[1] += f"时间不变：{moment(meeting.starts_at)}。"
    lines.append("能来回1，来不了回2。" if moved else "给您添麻烦了。")
    return "\n".join([*lines, f"联系人 {contact}", tail(meeting)])


def for_caller(words: str, by: str) -> str:
    """What whoever called it hears where another changed it."""
    return f"您召集的会，{by}刚才改了，通知过的人都说到了：\n{words}"


def change_done(meeting: Meeting, told: int, errands: str, aloud: str) -> str:
    lines = [
        f"改好了：{moment(meeting.starts_at)}{at_venue(meeting)}。",
        f"通知过的{told}人都说到了。{errands}",
        f"喇叭稿：{aloud}",
    ]
    return "\n".join([*lines, tail(meeting)])


def change_aloud(meeting: Meeting) -> str:
    return script(
        [
            f"乡亲们注意：{meeting.title}改到{moment(meeting.starts_at)}{at_venue(meeting)}开，请互相转告。再说一遍，{moment(meeting.starts_at)}。",
            f"{shortened(meeting.title, 12)}改到{moment(meeting.starts_at)}{shortened(at_venue(meeting), 14)}开，请互相转告。",
        ]
    )


def ask_cancel(meeting: Meeting, told: int) -> str:
    return f"{tail(meeting)}：{moment(meeting.starts_at)}{at_venue(meeting)}开的{meeting.title}，不开了？\n回1 告诉通知过的{told}人不开了，回2 照常开。"


def still_on(meeting: Meeting) -> str:
    return f"好，照常开：{moment(meeting.starts_at)}{at_venue(meeting)}。{tail(meeting)}"


def cancelled(meeting: Meeting, contact: str) -> str:
    return f"【会议取消】{moment(meeting.starts_at)}的{meeting.title}不开了，给您添麻烦了。再开另外通知。\n联系人 {contact}\n{tail(meeting)}"


def cancel_done(meeting: Meeting, told: int, errands: str, aloud: str) -> str:
    return f"取消了，通知过的{told}人都说到了。{errands}\n喇叭稿：{aloud}\n{tail(meeting)}"


def cancel_aloud(meeting: Meeting) -> str:
    return script(
        [
            f"乡亲们注意：{moment(meeting.starts_at)}的{meeting.title}不开了，再开另外通知，请互相转告。",
            f"{moment(meeting.starts_at)}的{shortened(meeting.title, 14)}不开了，请互相转告。",
        ]
    )
