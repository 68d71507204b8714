"""What a keeper is told of the matters in his hands, and whoever answers for a village of everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.matters import Matter, Tally
from handlers.texts import dates
from handlers.texts.matters import by, shortened, whole


def nothing_left(*, is_own: bool) -> str:
    return "您手上没有没办完的事。" if is_own else "没有没办完的事，都办了。"


def none_late(left: int, *, is_own: bool) -> str:
    return f"没有超期的。{'您手上' if is_own else ''}没办完的还有{left}件，看哪些回“没办完的”。"


def worklist(lines: list[str], left: int, late: int, more: int, *, is_own: bool) -> str:
    head = f"{'您手上' if is_own else ''}没办完的{left}件" + (f"，超期{late}件" if late else "")
    rest = f"还有{more}件，办了这些再看。" if more > 0 else ""
    return "\n".join([f"{head}：", *lines, *([rest] if rest else [])])


def worklist_of(name: str, lines: list[str], left: int, late: int) -> str:
    if not left:
        return f"{name}手上没有没办完的事。"
    head = f"{name}手上没办完的{left}件" + (f"，超期{late}件" if late else "")
    return "\n".join([f"{head}：", *lines, *([f"还有{left - len(lines)}件。"] if left > len(lines) else [])])


def none_told_by(name: str) -> str:
    return f"没找到{name}反映的、还没办完的事。没办完的有哪些，回“没办完的”看。"


def figures(since: datetime, last: datetime, tally: Tally, *, is_own: bool) -> str:
    first, until = dates.day(since.date()), dates.day(last.date())
    days = first if first == until else f"{first}到{until}"
    head = f"{days}，{'您手上' if is_own else '村里'}收到{tally.filed}件"
    if not tally.filed:
        return f"{head}。"
    left = f"，没办完{tally.left}件" + (f"（超期{tally.late}件）" if tally.late else "") if tally.left else "，都办了"
    more = "。没办完的有哪些，回“没办完的”看。" if tally.left else "。"
    return f"{head}，办完{tally.filed - tally.left}件{left}{more}"


def no_tables() -> str:
    return "表格我还不会出，要表请照老办法填。"


def line(matter: Matter, title: str, now: datetime, owner: str) -> str:
    """路灯照明，超期3天，陈小军 XH-261122-001"""
    due = by(matter)
    if matter.due_at is not None and matter.due_at < now:
        days = (now.date() - matter.due_at.astimezone(now.tzinfo).date()).days
        due = f"超期{days}天" if days else "刚超期"
    return f"{title}，{due}{f'，{owner}' if owner else ''} {matter.number}"


def details(matter: Matter, title: str, place: str, reporter: str) -> str:
    where = f"，{place}" if place else ""
    return f"{title}{where}。\n{reporter}说：“{whole(matter.text)}”\n{by(matter)}办好。\n编号 {matter.number}"


def details_sealed(matter: Matter, title: str) -> str:
    return f"{title}，反映人没留名字，这里也查不到。\n“{whole(matter.text)}”\n{by(matter)}办好。\n编号 {matter.number}"


def accepted_all(numbers: Sequence[str]) -> str:
    return f"好，{'、'.join(numbers)}都收到了，已告诉反映人。\n办好哪件回哪件，比如“{numbers[0]} 办好了 怎么办的”。"


def clerk_recodes() -> str:
    return "改类要请文书来改，跟文书说一声就行。"


# -- asking back


def keeper_asks(number: str, title: str, said_by: str, words: str) -> str:
    return f"您说的{title}的事，{said_by}问您：“{shortened(words)}”\n直接回一句就行，我转给他。\n编号 {number}"


def asked_reporter(number: str) -> str:
    return (
        f"好，这话问反映人了，他一回就转给您。急就打电话，电话回“{number.rpartition('-')[2]} 是谁报的”。\n编号 {number}"
    )


def nobody_to_ask(number: str) -> str:
    return f"反映人没留名字，这句问不到他，先记在这件事上了。\n编号 {number}"


# -- passing a matter on


def done_by_another(number: str, title: str, name: str, result: str) -> str:
    return f"{title}这件事，{name}报了办好：“{shortened(result, 60)}”\n您不用办了。\n编号 {number}"


def added_to_done(number: str) -> str:
    return f"好，这话也告诉反映人了，等他看行不行。\n编号 {number}"


def ordered(number: str, title: str, said_by: str, words: str, due: str) -> str:
    by_when = f"\n请{due}办好。" if due else ""
    return f"{title}这件事，{said_by}说：“{shortened(words, 60)}”{by_when}\n编号 {number}"


def gave_order(number: str, owner: str, due: str) -> str:
    return f"好，已告诉{owner}{f'，{due}办好' if due else ''}。\n编号 {number}"


def taken_away(number: str, title: str, owner: str) -> str:
    return f"{title}这件事转给{owner}了，您不用办了。\n编号 {number}"


def in_other_hands(number: str, title: str, owner: str) -> str:
    return f"{title}这件事现在在{owner}手上，不用您收。要接过来，请书记或文书转给您。\n编号 {number}"


def nobody_called(number: str, name: str) -> str:
    tail = number.rpartition("-")[2]
    return (
        f"没找到“{name}”，或者叫这名的不止一个，还没转。请写全名，比如“{tail} 转给文书”；\n"
        f"名册上没有的单位，请打电话联系，这件事先不动。\n编号 {number}"
    )


def given_for_reporter(number: str, title: str, owner: str) -> str:
    return f"您说的{title}的事，转给{owner}办了。\n编号 {number}"


def gave(number: str, owner: str) -> str:
    return f"好，转给{owner}了，也告诉反映人了。\n编号 {number}"


def asks_town(number: str, village: str, title: str, asker: str, words: str) -> str:
    tail = number.rpartition("-")[2]
    return f"{village}{asker}请镇里定：{title}这件事“{shortened(words, 60)}”\n交给谁办回“{tail} 转给水管所”这样的话。\n编号 {number}"


def asked_town(number: str, town: str) -> str:
    return f"这要镇里定，已告诉{town}。定下来以前还是您这边办。\n编号 {number}"


def proof_sent(number: str) -> str:
    return f"照片收到了，发给反映人看。\n编号 {number}"


def proof_waits(number: str) -> str:
    tail = number.rpartition("-")[2]
    return f"照片收到了。是办好的照片，接着回“{tail} 办好了 怎么办的”，一起发给反映人；是新的事，说一句在哪儿、什么事。"


def proof_for_reporter(number: str) -> str:
    return f"办事的人发来的照片。\n编号 {number}"
