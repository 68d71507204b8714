"""What keepers and those over them are reminded of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.matters import Matter
from handlers.texts.matters import by

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
