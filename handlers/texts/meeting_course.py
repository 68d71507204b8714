"""What is said of the meetings there are: which they are, that one is not yet, that it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.meetings import AgendaItem, Meeting
from domain.notices import shortened
from handlers.texts.dates import moment
from handlers.texts.meetings import agenda_line, at_venue, tail


def _line(meeting: Meeting) -> str:
    return f"{tail(meeting)}：{moment(meeting.starts_at)}{at_venue(meeting)}开{meeting.title}"


def listed(ahead: Sequence[Meeting], agendas: Mapping[int, Sequence[AgendaItem]], unwritten: Sequence[Meeting]) -> str:
    """The meetings to come with what they are about, and those of today whose minutes are not written."""
    told = [f"{_line(meeting)}，商量：{agenda_line(agendas[meeting.id])}" for meeting in ahead]
    lines = ["通知过还没开的会：", *told] if ahead else ["眼下没有通知过、还没开的会。"]
    if unwritten:
        lines += ["开了还没记结果的：", *map(_line, unwritten), "要记回“会议记录”。"]
    hint = f"要改要取消带上会的号，比如“会{ahead[0].number} 改到周五”“会{ahead[0].number} 取消”。" if ahead else ""
    return "\n".join([*lines, hint or "要开会直接说，比如“明天下午3点在村委会开会说机井的事”。"])


def unchanged(ahead: Sequence[Meeting]) -> str:
    return "\n".join(["好，不改，通知也不另发。", *map(_line, ahead)])


def not_yet(meeting: Meeting) -> str:
    return f"{_line(meeting)}，还没到时候。开会前一小时起说“开始签到”。要提前开就说“会{meeting.number} 提前到”几点。"


def over_now() -> str:
    return "好，会散了，把结果记下来，发到群里大伙儿才知道。"


def not_begun(meeting: Meeting) -> str:
    return f"{_line(meeting)}，还没开呢，我没有动它。真不开了回“会{meeting.number} 取消”。"


def said_before(meeting: Meeting, said: Sequence[tuple[str, str]]) -> str:
    """What was said ahead of it, to whoever keeps its minutes."""
    if not said:
        return f"{tail(meeting)}会前还没有人提意见。"
    lines = [f"{speaker}：{shortened(text, 40)}" for speaker, text in said[-8:]]
    return "\n".join([f"{tail(meeting)}会前有{len(said)}条意见：", *lines])


def has_sat(meeting: Meeting) -> str:
    """Enough people sat there: it is not struck off by a word."""
    return f"这个会到会人数够，不能当没开过。记下说了啥，发“会议记录”。{tail(meeting)}"


def not_held(meeting: Meeting) -> str:
    return f"记下了，{moment(meeting.starts_at)}的{meeting.title}没开成，不等结果了。要重开，再说一遍时间地点，我重新通知。{tail(meeting)}"
