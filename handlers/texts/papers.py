"""The printed pages of a meeting: the notice for the board, the result, the minutes with the list of those present."""

from __future__ import annotations

from datetime import datetime

from domain.attendance import Invited, Tally, is_quorate, present, tally, with_counted
from domain.bodies import Body
from domain.meetings import AgendaItem, MeetingStatus
from domain.notices import Paper
from handlers.texts.attendance import here_of
from handlers.texts.dates import CHINA, day, moment
from handlers.texts.minutes import outcome
from storage.meeting_pages import MeetingPage
from storage.meetings import Speech

_LAWYER = "人数和通过与否按登记的名单自动计算，正式生效前请法律顾问核对。"
_SIGNED_BY = {"code": "签到码", "words": "本人说到", "clerk": "文书记", "scan": "扫码", "remote": "线上"}


def notice(page: MeetingPage, body: Body, printed_at: datetime) -> Paper:
    """The A4 page of a meeting: the notice until it is held, its result afterwards, that it is off when it is."""
    meeting = page.meeting
    if meeting.status is MeetingStatus.HELD:
        return _result(page, body, printed_at)
    off = meeting.status is MeetingStatus.CANCELLED
    heading = f"{meeting.title}{'取消通知' if off else '通知'}"
    facts = [("时间", moment(meeting.starts_at)), ("地点", meeting.venue or "不用到场")]
    facts += [("商量", _agenda(page.items))]
    words = (
        ("这个会不开了，再开另外通知。",)
        if off
        else (
            "能来的在微信里回1，来不了回2，也可以给联系人打电话。",
            body.rule + "。",
            *((f"依据：{body.article}。",) if body.article else ()),
        )
    )
    return Paper(heading, tuple(facts), words, _signed(page, printed_at))


def _result(page: MeetingPage, body: Body, printed_at: datetime) -> Paper:
    meeting = page.meeting
    here, due = _here(page, body), tally(page.roll)
    facts = [
        ("时间", moment(meeting.starts_at)),
        ("地点", meeting.venue or "不用到场"),
        ("到会", here_of(body.unit, here, due)),
    ]
    if meeting.chair:
        facts.append(("主持", meeting.chair))
    words = [f"{item.place}. {item.title}：{outcome(item)}" for item in page.items]
    words += _decisions(page, body)
    words += ["有意见找村监督委员会，或者直接在微信里说，可以匿名。"]
    return Paper(f"{meeting.title}结果", tuple(facts), tuple(words), _signed(page, printed_at))


def minutes(page: MeetingPage, body: Body, printed_at: datetime) -> Paper:
    """The minutes for the archive: who was there, who said what, how it was decided, who does it by when."""
    meeting = page.meeting
    here, due = _here(page, body), tally(page.roll)
    facts = [
        ("时间", moment(meeting.starts_at)),
        ("地点", meeting.venue or "不用到场"),
        ("主持", meeting.chair or page.caller),
        ("应到实到", here_of(body.unit, here, due)),
        ("到会的人", _names(page.roll) or "没有登记"),
        ("依据", f"{body.article} {body.rule}".strip()),
    ]
    words: list[str] = []
    before = [s for s in page.speeches if s.kind == "before"]
    if before:
        words.append("会前说的：" + "；".join(_speech(s) for s in before))
    for item in page.items:
        words.append(f"{item.place}. {item.title}：{outcome(item)}")
        words += [_speech(s) for s in page.speeches if s.item_id == item.id and s.kind == "words"]
    words += [_speech(s) for s in page.speeches if s.item_id is None and s.kind == "words"]
    pictures = sum(s.kind == "picture" for s in page.speeches)
    voices = sum(s.kind == "voice" for s in page.speeches)
    if pictures or voices:
        words.append(f"附照片{pictures}张、语音{voices}段，存在系统里。")
    words += [*_decisions(page, body), _LAWYER]
    return Paper(
        f"{meeting.title}会议记录",
        tuple(facts),
        tuple(words),
        ("记录人签字：", "主持人签字：", *_signed(page, printed_at)),
    )


def _agenda(items: tuple[AgendaItem, ...]) -> str:
    return "；".join(f"{item.place}. {item.title}" for item in items)


def _here(page: MeetingPage, body: Body) -> Tally:
    """Who signed in, or was counted from the paper register: as the result says it."""
    return with_counted(present(body, page.roll), page.meeting.counted_people, page.meeting.counted_households)


def _decisions(page: MeetingPage, body: Body) -> list[str]:
    """What was decided; by too few nothing was."""
    found: list[str] = []
    if body.routes and not is_quorate(body, _here(page, body), tally(page.roll)):
        return found
    for decision in page.decisions:
        owner = f"，{decision.owner}负责" if decision.owner else ""
        until = f"，{day(decision.due_at.astimezone(CHINA).date())}前办完" if decision.due_at else ""
        found.append(f"定下：{decision.text}{owner}{until}。")
    return found


def _speech(speech: Speech) -> str:
    return f"{speech.speaker}：{speech.text}" if speech.speaker else speech.text


def _names(roll: tuple[Invited, ...]) -> str:
    return "、".join(f"{line.name}（{_SIGNED_BY.get(line.signed_by, '')}）" for line in roll if line.is_present)


def _signed(page: MeetingPage, printed_at: datetime) -> tuple[str, ...]:
    contact = f"联系人：{page.caller} {page.phone}".strip() if page.caller else ""
    printed = day(printed_at.astimezone(CHINA).date())
    return tuple(line for line in (contact, f"{page.area} 会{page.meeting.number}", f"打印时间：{printed}") if line)


NOT_FOUND = "这个链接打不开：可能没抄全，或者换了新的。请在微信里再要一次。"
WAIT = "刚开机，还在准备，请过一会儿再打开。"
