"""What keepers and those over them are reminded of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.matters import Matter
from handlers.texts.matters import by, shortened

Text = Callable[[Matter, str, str, datetime], str]


def _late(matter: Matter, now: datetime) -> str:
    days = (now.date() - matter.due_at.astimezone(now.tzinfo).date()).days if matter.due_at else 0
    return f"超期{days}天了" if days > 0 else "今天到期了"


def overdue_for_owner(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【超期】{title}，{_late(matter, now)}，反映人在等。今天请回一句：\n"
        f"办了回“{tail} 办好了 怎么办的”\n还要几天回“{tail} 延期到几号 为啥”\n办不了回“{tail} 办不了 为啥”\n编号 {matter.number}"
    )


def overdue_for_chief(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【超期】{title}，在{owner or '村里'}手上，{_late(matter, now)}，已请他今天回话。\n"
        f"给别人办回“{tail} 转给谁”，看全部回“超期的”。\n编号 {matter.number}"
    )


def overdue_waits_for_chief(matter: Matter, title: str, owner: str, now: datetime) -> str:
    """What the chief reads of a late matter that waits for his own word."""
    tail = matter.number.rpartition("-")[2]
    return (
        f"【超期】{title}，在{owner or '村里'}手上，{_late(matter, now)}。办事的人请您定过怎么办，还在等您的话。\n"
        f"给别人办回“{tail} 转给谁”，看全部回“超期的”。\n编号 {matter.number}"
    )


def unreceived_for_owner(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【急】{title}，两小时了还没人回话。请马上联系反映人，{by(matter)}办好。\n"
        f"收到回“{tail} 收到”，问是谁报的回“{tail} 是谁报的”。\n编号 {matter.number}"
    )


def unreceived_for_chief(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【急】{title}，交给{owner or '村里'}两小时了，还没回“收到”。请打电话问一声。\n"
        f"给别人办回“{tail} 转给谁”。\n编号 {matter.number}"
    )


def silent_for_owner(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【提醒】{title}，第一次联系的时间过了，还没见您回话。请联系反映人，{by(matter)}办好。\n"
        f"联系了回“{tail} 收到 哪天去”，办不了回“{tail} 办不了 为啥”。\n编号 {matter.number}"
    )


def silent_for_chief(matter: Matter, title: str, owner: str, now: datetime) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【提醒】{title}，交给{owner or '村里'}过了一个工作日，还没回“收到”。请问一声。\n"
        f"给别人办回“{tail} 转给谁”。\n编号 {matter.number}"
    )


def undecided(matter: Matter, title: str, said_by: str, words: str) -> str:
    tail = matter.number.rpartition("-")[2]
    return (
        f"【等您定】{title}，{said_by}说：“{shortened(words, 60)}”，还没等到您的话。\n"
        f"照他说的办回“{tail} 同意”，不同意回“{tail} 不同意”；给别人办回“{tail} 转给谁”，定日子回“{tail} 延期到几号”。\n编号 {matter.number}"
    )
