"""What is said about meetings: questions, the read-back, notices, changes, reminders, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.bodies import Body
from domain.meetings import AgendaItem, Meeting, Reason
from domain.notices import script, shortened
from handlers.texts.dates import CHINA, clock, day, moment

ASK_TIME = "哪天几点开？比如“明天下午3点”。"
ASK_VENUE = "在哪里开？比如“村委会”。"
ASK_TOPIC = "商量什么事？几件事就用顿号隔开，一件一议。"
ASK_WHO = "请谁来？1全村每户 2村民代表 3党员 4村干部。也可以说“九社”这样的地方。"
CHANGE_WHAT = "改哪样？直接说新的就行，比如“改到下午4点”“地点改大队”“议题 修路”“请党员”。"
NO_TIME = "时间我没听明白。您说哪天几点，比如“周五晚上7点”“腊月二十上午9点”。"
NO_TOPIC = "议题我没听明白。一句话说清商量啥，比如“打机井”。"
TOO_MANY_TOPICS = "一个会最多议8件事，多了议不透。先留最要紧的几件，再说一遍。"
NO_VENUE = "地点我没听明白。说个地方就行，比如“村委会”“九社老槐树下”。"
NO_WHO = "请谁来我没听明白。回 1全村每户 2村民代表 3党员 4村干部，或者说哪个社、哪个网格。"
NO_LUNAR_DAY = "农历没有这一天，您说的是哪天？可以说公历，比如“2月5日”。"


# -- refusals


def past(starts_at: datetime) -> str:
    return f"{moment(starts_at)}已经过了，通知没有发。您说的是哪天几点？比如“明天下午3点”。"


def far(starts_at: datetime) -> str:
    return f"{starts_at.astimezone(CHINA).year}年{day(starts_at.astimezone(CHINA).date())}太远了，没有发。您再说一遍哪天几点。"


def hour(starts_at: datetime, earliest: Any, latest: Any) -> str:
    return (
        f"{clock(starts_at)}大伙儿都歇着，来不了，通知没有发。会定在{earliest.hour}点到{latest.hour}点之间，您说几点？"
    )


def notice_too_short(body: Body, first: date) -> str:
    law = f"（{body.article}）" if body.article else ""
    text = f"{body.name}要提前{body.notice_days}天通知{law}，通知没有发。现在通知，最早{day(first)}能开。您回个那天往后的时间。"
    if body.has_exception:
        text += "\n真有特殊情况（比如抢险救灾）要早开，回“特殊情况”加原因。"
    return text


def not_your_meeting(body: Body, caller: str) -> str:
    return f"{body.name}要由{caller}召集，您这边发不了，没有发。请他在微信里说一句，或者换成“群众会”。"


def no_meeting() -> str:
    return "眼下没有通知过的会。要开会直接说，比如“明天下午3点在村委会开会说机井的事”。"


def which_meeting(meetings: Sequence[Meeting]) -> str:
    lines = [f"会{m.number}：{moment(m.starts_at)} {m.title}" for m in meetings[:4]]
    return "您说的是哪个会？开头带上会的号再说一遍，比如“会" + f"{meetings[0].number} 改到周五”。\n" + "\n".join(lines)


def over(meeting: Meeting) -> str:
    word = "取消了" if meeting.status == "cancelled" else "开过了"
    return f"会{meeting.number}（{moment(meeting.starts_at)}）已经{word}，没有改动。要再开就重新说一遍时间地点。"


def nobody(body: Body) -> str:
    return f"{body.name}的名单上还没有人，通知没有发。请文书把名单补上，或者换一拨人：回“全村”“代表”“党员”“干部”。"


def same(meeting: Meeting) -> str:
    return (
        f"会{meeting.number}本来就是{moment(meeting.starts_at)}在{meeting.venue}，没有改。要改成啥，说新的时间或地点。"
    )


REFUSALS: Mapping[str, Callable[[dict[str, Any]], str]] = {
    Reason.MEETING_PAST: lambda d: past(d["starts_at"]),
    Reason.MEETING_FAR: lambda d: far(d["starts_at"]),
    Reason.MEETING_HOUR: lambda d: hour(d["starts_at"], d["earliest"], d["latest"]),
    Reason.MEETING_NOTICE: lambda d: notice_too_short(d["body"], d["first"]),
    Reason.MEETING_CALLER: lambda d: not_your_meeting(d["body"], d["caller"]),
    Reason.MEETING_NONE: lambda d: no_meeting(),
    Reason.MEETING_WHICH: lambda d: which_meeting(d["meetings"]),
    Reason.MEETING_OVER: lambda d: over(d["meeting"]),
    Reason.MEETING_NOBODY: lambda d: nobody(d["body"]),
    Reason.MEETING_SAME: lambda d: same(d["meeting"]),
}
HINTS: Mapping[str, str] = {
    "meeting.time": NO_TIME,
    "meeting.topic": NO_TOPIC,
    "meeting.topics": TOO_MANY_TOPICS,
    "meeting.venue": NO_VENUE,
    "meeting.who": NO_WHO,
    "meeting.lunar": NO_LUNAR_DAY,
}


# -- what everybody reads


def agenda_line(items: Sequence[AgendaItem] | Sequence[str]) -> str:
    """Give 打机井 for one topic, 1.打机井 2.水费 for more."""
    titles = [item if isinstance(item, str) else item.title for item in items]
    return titles[0] if len(titles) == 1 else " ".join(f"{n}.{title}" for n, title in enumerate(titles, start=1))


def _at(meeting: Meeting) -> str:
    return f"在{meeting.venue}" if meeting.venue else ""


def loudspeaker(meeting: Meeting, items: Sequence[AgendaItem], who: str) -> str:
    """The script to be read aloud twice: at most 80 characters, the fullest that fits."""
    when, titles = moment(meeting.starts_at), "、".join(item.title for item in items)
    lead = f"乡亲们注意：{when}{_at(meeting)}开{meeting.title}"
    return script(
        [
            f"{lead}，商量{titles}。请{who}准时参加，来不了的让家里人替。再说一遍，{when}。",
            f"{lead}，商量{titles}。请{who}准时参加。",
            f"{lead}，商量{shortened(titles, 16)}。请{shortened(who, 8)}参加。",
            f"{when}{shortened(_at(meeting), 14)}开{shortened(meeting.title, 12)}，请大家准时参加。",
        ]
    )
