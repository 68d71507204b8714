"""What people read where a poll cannot be made so, and where a vote cannot count: each reason with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.polls import Poll, Reason
from handlers.texts import ballots as ballot_texts
from handlers.texts import polls
from handlers.texts.dates import moment


def bare_numbers() -> str:
    return "选项光是数字，大伙儿回“2”分不清是第2个还是2。请带上字再说一遍选项，比如“两块 三块 四块”。"


def too_few() -> str:
    return "至少要两个选项，大伙儿才好选。再说一遍，比如“东路 西路”。"


def too_many(many: int) -> str:
    return f"您给了{many}个选项，最多20个，多了不好选。请并一并再说一遍。"


def same_option(option: str) -> str:
    return f"“{option}”写了两遍，分不清。请改一改再说一遍选项。"


def title_too_long() -> str:
    return "题目太长了，手机上看不完。请用60个字以内说一句。"


def option_too_long(option: str) -> str:
    return f"选项“{option[:12]}…”太长了，请用30个字以内，再说一遍选项。"


def closes_in_the_past(at: datetime) -> str:
    return f"{moment(at)}已经过了，大伙儿没法投。投到啥时候？比如“周五晚八点”。"


def no_such_time(words: str) -> str:
    return f"没有{words}。投到啥时候？比如“周五晚八点”。"


def two_times(either: tuple[str, ...]) -> str:
    return f"您说了两个时间：{'、'.join(either)}。投到哪个？说一个就行。"


def closes_too_late(at: datetime) -> str:
    return f"{at.year}年{moment(at)}太远了，最多半年。投到啥时候？比如“周五晚八点”。"


def opens_after_closing() -> str:
    return "开始比截止还晚，大伙儿没法投。请再说一遍从啥时候投到啥时候。"


def dignity() -> str:
    return "这个不能拿来投票：会伤着人的脸面或私事。有矛盾可以申请调解，回“申请调解”；有情况要反映直接说，我只告诉管事的人。"


def no_such_scope(said: str) -> str:
    return f"没找到“{said}”，不知道让谁投。可以说“全村”“九社”“一网格”“党员”“代表”，或者“名单 王德福 张桂兰”。"


def several_on_list(said: str) -> str:
    return f"叫“{said}”的不止一个，不知道是哪位。请带上社再说，比如“名单 九社{said}”。"


def not_your_area(said: str, may: str = "") -> str:
    """`may`: what he may ask himself, where it is whom a poll asks."""
    if may:
        return f"“{said}”不归您管，可以请村书记来发。您自己能让{may}投，要改就说“范围{may}”。"
    return f"“{said}”不归您管，我不能照您说的办。可以请村书记来发、来问、来改。"


def empty_roll() -> str:
    return "照这个范围名单上一个人也没有，没法投。请换个范围再说。"


def not_later(poll: Poll) -> str:
    return (
        f"现在本来就投到{moment(poll.closes_at)}。要延长就说个更晚的时间；要早截止就说“投票结束”。\n{polls.name(poll)}"
    )


def earlier_than_now() -> str:
    return "这个时间已经过了。要延长到啥时候？比如“延长到周日晚八点”“再投两天”。"


HINTS = {
    "poll.when": f"我没听出是啥时候。{polls.ASK_CLOSES}",
    "poll.title": polls.ASK_TITLE,
    "poll.change": polls.ASK_CHANGE,
    "poll.confirm": "回 1 截止，回 3 不截。",
    "poll.wish": polls.ASK_WISH,
}

REFUSALS: dict[str, Callable[[dict[str, Any]], str]] = {
    Reason.TOO_FEW: lambda d: too_few(),
    Reason.BARE_NUMBERS: lambda d: bare_numbers(),
    Reason.TOO_MANY: lambda d: too_many(d["many"]),
    Reason.SAME_OPTION: lambda d: same_option(d["option"]),
    Reason.TITLE_TOO_LONG: lambda d: title_too_long(),
    Reason.OPTION_TOO_LONG: lambda d: option_too_long(d["option"]),
    Reason.NO_SUCH_TIME: lambda d: no_such_time(d["words"]),
    Reason.TWO_TIMES: lambda d: two_times(d["either"]),
    Reason.CLOSES_IN_THE_PAST: lambda d: closes_in_the_past(d["at"]),
    Reason.CLOSES_TOO_LATE: lambda d: closes_too_late(d["at"]),
    Reason.OPENS_AFTER_CLOSING: lambda d: opens_after_closing(),
    Reason.DIGNITY: lambda d: dignity(),
    Reason.NO_SUCH_SCOPE: lambda d: no_such_scope(d["said"]),
    Reason.SEVERAL_CALLED: lambda d: several_on_list(d["said"]),
    Reason.NOT_YOUR_AREA: lambda d: not_your_area(d["said"], d.get("may", "")),
    Reason.EMPTY_ROLL: lambda d: empty_roll(),
    Reason.CLOSED: lambda d: ballot_texts.closed(d["poll"]),
    Reason.NOT_OPEN_YET: lambda d: ballot_texts.not_open_yet(d["poll"]),
    Reason.NO_KEY: lambda d: ballot_texts.no_key(d["poll"]),
    Reason.REPLACED: lambda d: ballot_texts.replaced(d["poll"]),
    Reason.PRIVATE_ONLY: lambda d: ballot_texts.private_only(d["poll"]),
    Reason.NOT_BOUND: lambda d: ballot_texts.not_bound(),
    Reason.NEEDS_CODE: lambda d: ballot_texts.needs_code(d["poll"]),
    Reason.NOT_ON_ROLL: lambda d: ballot_texts.not_on_roll(d["poll"], d["scope"]),
    Reason.ONE_ONLY: lambda d: ballot_texts.one_only(d["poll"]),
    Reason.TOO_MANY_CHOSEN: lambda d: ballot_texts.too_many_chosen(d["poll"], d["many"]),
    Reason.NO_SUCH_OPTION: lambda d: ballot_texts.no_such_option(d["poll"]),
    Reason.NONE_OPEN: lambda d: polls.none_open(),
    Reason.WHICH: lambda d: polls.which(d["polls"]),
    Reason.EARLIER_THAN_NOW: lambda d: earlier_than_now(),
    Reason.NOT_LATER: lambda d: not_later(d["poll"]),
}
