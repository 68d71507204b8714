"""What a keeper is told of the matters in his hands, and whoever answers for a village of everybody's."""

from __future__ import annotations

from datetime import datetime

from domain.matters import Matter
from domain.organisation import Person
from handlers.texts.matters import by, shortened


def nothing_left(*, is_own: bool) -> str:
    return "您手上没有没办完的事。" if is_own else "没有没办完的事，都办了。"


def none_late(left: int, *, is_own: bool) -> str:
    return f"没有超期的。{'您手上' if is_own else ''}没办完的还有{left}件，看哪些回“没办完的”。"


def worklist(lines: list[str], left: int, late: int, more: int, *, is_own: bool) -> str:
    head = f"{'您手上' if is_own else ''}没办完的{left}件" + (f"，超期{late}件" if late else "")
    rest = f"还有{more}件，办了这些再看。" if more > 0 else ""
    return "\n".join([f"{head}：", *lines, *([rest] if rest else [])])


def line(matter: Matter, title: str, now: datetime, owner: str) -> str:
    """路灯照明，超期3天，陈小军 XH-261122-001"""
    due = by(matter)
    if matter.due_at is not None and matter.due_at < now:
        days = (now.date() - matter.due_at.astimezone(now.tzinfo).date()).days
        due = f"超期{days}天" if days else "刚超期"
    return f"{title}，{due}{f'，{owner}' if owner else ''} {matter.number}"


def details(matter: Matter, title: str, place: str, reporter: Person | None) -> str:
    who = f"{reporter.name}{reporter.phone}" if reporter else "一位没绑定的群众"
    where = f"，{place}" if place else ""
    return f"{title}{where}。\n{who}说：“{shortened(matter.text)}”\n{by(matter)}办好。\n编号 {matter.number}"


def details_sealed(matter: Matter, title: str) -> str:
    return (
        f"{title}，反映人没留名字，这里也查不到。\n“{shortened(matter.text)}”\n{by(matter)}办好。\n编号 {matter.number}"
    )
