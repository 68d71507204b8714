"""What a cadre hears of an announced meeting: whom it has reached, why nobody is added, when reminders go out by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.meetings import Meeting
from domain.polls import Poll
from handlers.texts.dates import moment
from handlers.texts.meetings import tail
from handlers.texts.polls import name

SHOWN = 20
# How a household showed that it has heard, in the order it is told.
_WAYS = {
    "answered": "回了话", "signed_up": "报了名", "opened": "看了通知", "called": "打过电话", "visited": "上门说了", "told": "当面说了",
    "signed_in": "签了到",
}  # fmt: skip


def reached(
    meeting: Meeting, due: int, heard: int, share: float, wanted: float, ways: Mapping[str, int], left: Sequence[str]
) -> str:
    """`share` of the households have heard; below `wanted` a keeper calls or visits the others."""
    lines = [f"{moment(meeting.starts_at)}的{meeting.title}，请了{due}户，得着信儿的{heard}户（{share:.0%}）。"]
    said = "、".join(f"{label}{ways[how]}户" for how, label in _WAYS.items() if ways.get(how))
    if said:
        lines.append(f"{said}。")
    if left:
        shown = "、".join(left[:SHOWN])
        lines.append(f"还没信儿的：{shown}" + (f" 等{len(left)}户" if len(left) > SHOWN else ""))
    if share < wanted:
        lines.append(f"到时候不到{wanted:.0%}，我会派网格员打电话、上门。")
    return "\n".join([*lines, tail(meeting)])


def roll_is_frozen(meeting: Meeting) -> str:
    return (
        f"{moment(meeting.starts_at)}的{meeting.title}已经通知出去，名单不能再添；没在名单上的都可以来旁听，您叫一声就行。\n"
        f"要换成另外的人开，先回“会议取消”，再重发一遍。{tail(meeting)}"
    )


def put_off_what() -> str:
    return "您说的是会还是投票？会就回“会议改到周五”，投票就回“投票延长到周日”。"


def extend_until_when(poll: Poll) -> str:
    return f"“{poll.title}”延到啥时候？回“延长到周日”这样说一声。\n{name(poll)}"


def reminded_by_itself(meeting: Meeting | None, poll: Poll | None) -> str:
    if meeting is not None:
        return (
            f"不用催，我自己提醒：开会前一天和前半小时给没回话的发，前3小时群里说一遍。没手机的派了人上门。\n"
            f"看谁没回话回“谁没报名”。{tail(meeting)}"
        )
    words = (
        "不用催，截止前一天我自己给没投的发一遍（投得短的就不再发）。现在就要催，回“提醒没投的”。看谁没投回“谁还没投”。"
    )
    return f"{words}\n{name(poll)}" if poll is not None else words


def page(meeting: Meeting, link: str) -> str:
    """Where the page is; without an address of our own there is none."""
    if not link:
        return f"打印要先配好网址（PUBLIC_URL），请找管理员配。要念的稿子回“喇叭稿”。\n{tail(meeting)}"
    return f"点开就能打印：{link}\n{tail(meeting)}"
