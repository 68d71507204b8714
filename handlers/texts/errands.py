"""What keepers hear of the households they call or visit."""

from __future__ import annotations

from collections.abc import Sequence

from domain.meetings import Meeting, MeetingStatus
from handlers.texts.dates import moment

SHOWN = 12
# A whole list fits into one message up to so many names.
WHOLE = 120


def _names(names: Sequence[str]) -> str:
    shown = "、".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} 等{len(names)}户"


def made(households: int, keepers: Sequence[str]) -> str:
    """What whoever called the meeting hears of those without a phone."""
    who = "、".join(keepers[:4]) + (f"等{len(keepers)}人" if len(keepers) > 4 else "")
    return (
        f"{households}户没绑微信，派{who}上门或打电话。"
        if keepers
        else f"{households}户没绑微信，还没有网格员，请您安排人去说。"
    )


def made_again(households: int, keepers: Sequence[str]) -> str:
    return f"上门说过的{households}户，请{'、'.join(keepers[:4])}再去说一声。"


def for_keeper(meeting: Meeting, names: Sequence[str]) -> str:
    when = moment(meeting.starts_at)
    if meeting.status is MeetingStatus.CANCELLED:
        words = f"{when}的{meeting.title}不开了，请给这{len(names)}户再说一声："
    else:
        where = f"在{meeting.venue}" if meeting.venue else ""
        words = f"{when}{where}开{meeting.title}，这{len(names)}户还没得信儿，请打电话或上门说一声："
    more = "看全部名单回“剩下的名单”。" if len(names) > SHOWN else ""
    return f"{words}\n{_names(names)}\n说一户回“说了 {names[0]}家”，全说到了回“都说到了”。{more}会{meeting.number}"


def whole_list(meeting: Meeting, names: Sequence[str]) -> str:
    """Everybody who is left, to be gone through one by one."""
    off = "不开了" if meeting.status is MeetingStatus.CANCELLED else ""
    shown = "、".join(names[:WHOLE]) + (f" 等{len(names)}户" if len(names) > WHOLE else "")
    return f"{moment(meeting.starts_at)}的{meeting.title}{off}，这{len(names)}户还没得信儿：\n{shown}\n说一户回“说了 {names[0]}家”，全说到了回“都说到了”。会{meeting.number}"


def noted_before(names: Sequence[str], left: Sequence[str]) -> str:
    return f"{_names(names)}先前就记过了。还剩{len(left)}户：{_names(left)}。"


def not_reached(names: Sequence[str]) -> str:
    return f"知道了，{_names(list(dict.fromkeys(names)))}家没说上，还留在名单上。换个时候再打，或者上门说一声；说到了回“说了 {names[0]}家”。"


def which_of_the_name(name: str, phones: Sequence[str]) -> str:
    """Namesakes are told apart by the ends of their numbers."""
    known = [phone for phone in phones if phone]
    if len(set(known)) < len(phones):
        return f"叫{name}的有{len(phones)}家。都说到了回“{name}{len(phones)}家都说了”。"
    return (
        f"叫{name}的有{len(phones)}家，电话尾号{'、'.join(known)}。"
        f"说到的是哪家？回“说了 {name}{known[0]}”；都说到了回“{name}两家都说了”。"
    )


def noted(done: Sequence[str], left: Sequence[str]) -> str:
    words = f"记下了：{_names(done)}。"
    return words + (f"还剩{len(left)}户：{_names(left)}。" if left else "都说到了，辛苦您了。")
