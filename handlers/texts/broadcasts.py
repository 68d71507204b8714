"""What is read where a cadre tells many at once (群发通知)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.notices import script, shortened
from handlers.texts.dates import moment

ASK_NOTE = "通知啥？照要发的话说，比如“明天上午停水，请大家接好水”。"
ASK_CHANGE = "改成啥话？直接说新的通知，或者说“只发九社”。"
TOO_LONG = "通知太长了，手机上看不完。请用200个字以内再说一遍。"
NO_NUMBERS = "群里人人看得见，通知里不能有身份证号、银行卡号。请去掉再说一遍。"
DIGNITY = "这话说的是别人家的私事或者伤人，不能往群里发。请换个说法，只说大伙儿要知道的事。"


def cannot_take_back() -> str:
    return (
        "发出去的通知收不回来，没有另发。说错了就再发一条更正，比如“通知九社 更正：停水改到后天”。"
        "会不开了回“会议取消”，改时间回“会议改到”哪天几点。"
    )


def notice(note: str, place: str, who: str) -> str:
    """The post itself: to whom it speaks, what, and who says so with his telephone."""
    return f"【通知】{place}的乡亲们：{note}。\n{who}"


def note_of(posted: str) -> str:
    """What a notice says, without whom it speaks to and who says it."""
    return posted.rpartition("\n")[0].partition("：")[2]


def asked_of_it(posted: str) -> str:
    """The notice he asks about, and who knows more: its last line is who said it."""
    words, _, who = posted.rpartition("\n")
    return f"通知是这么说的：{words.removeprefix('【通知】')}\n这里没说的，问{who}最准。"


def read_back(text: str, to: str, later: datetime | None, *, full: bool) -> str:
    when = f"夜里不打扰人，{moment(later)}发。\n" if later else ""
    crowded = "群里今天已发满三条，会排进明早7点的汇总。\n" if full else ""
    return f"发到{to}：\n{text}\n{when}{crowded}对不对？回 1 发出，回 2 改，回 3 取消"


def to_people(many: int, who: str) -> str:
    return f"{who}{many}人的微信，一人一条"


def sent(to: str, later: datetime | None, *, full: bool, forwarded: bool, reach: str, aloud: str) -> str:
    """`forwarded`: a cadre is asked to forward it; till he has, nobody in the group sees it."""
    done = f"{moment(later)}发" if later else "已请人转发，转好了才看得到" if forwarded else "发出了"
    done = "排进明早7点的汇总了" if full else done
    lines = [f"{done}：{to}。", reach, f"喇叭稿：{aloud}"]
    return "\n".join(line for line in lines if line)


def not_yours(said: str, own: str) -> str:
    return f"“{said}”不归您管，没有发。您能通知的是{own}；要通知那边，请村书记或者那边的网格长来发。"


def no_such_place(said: str) -> str:
    return f"没找到“{said}”，没有发。可以说“全村”“九社”“一网格”“党员”“代表”，比如“通知九社 明天停水”。"


def reach(homes: int, without: int) -> str:
    """Nobody knows who has read it; who cannot have read it is known."""
    if not without:
        return ""
    return f"{homes}户里有{without}户没绑微信，群里不一定看得到，请用大喇叭念一遍，老人家里上门说一声。"


def nobody(place: str) -> str:
    return f"{place}还没有群，也没有绑了微信的人，发不出去。请先用大喇叭说：接上群以后我就能发。"


def aloud(note: str, place: str) -> str:
    """The script for the loudspeaker, at most 80 characters."""
    lead = f"{place}的乡亲们注意："
    return script([f"{lead}{note}。再说一遍，{note}。", f"{lead}{note}。", f"{lead}{shortened(note, 60)}"])


HINTS = {
    "broadcast.note": ASK_NOTE,
    "broadcast.long": TOO_LONG,
    "broadcast.numbers": NO_NUMBERS,
    "broadcast.dignity": DIGNITY,
}


def names(groups: Sequence[str]) -> str:
    return "、".join(f"“{name}”群" for name in groups)
