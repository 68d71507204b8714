"""The clerk's list (签到 张三 李四): who is there by the word of whoever keeps the list, and what was put down wrongly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.attendance import Invited, present, tally
from domain.bodies import Unit
from domain.meetings import Coming, Meeting, MeetingStatus
from domain.organisation import Role
from handlers.coming_others import called_so
from handlers.context import Context
from handlers.meeting_lookup import CALLERS, pick
from handlers.texts import attendance as texts
from nlp.coming import relative_of
from nlp.lazy import regex

DESK = CALLERS | {Role.SUPERVISOR, Role.REP}


# -- which meeting takes signatures


def at_hand(ctx: Context) -> list[Meeting]:
    """The meetings that can be signed in to now: an hour before they begin, or going on; else the next one."""
    rules = ctx.words.meetings
    living = ctx.store.meetings.living([ctx.village.id], ctx.now - rules.checkin_open)
    now = [m for m in living if m.starts_at <= ctx.now + rules.checkin_before]
    return now or living[:1]


def takes_signatures(ctx: Context, meeting: Meeting) -> bool:
    """From an hour before, or as soon as it was opened by hand; a door left open closes by itself."""
    rules = ctx.words.meetings
    opens = min(meeting.checkin_at or meeting.starts_at, meeting.starts_at - rules.checkin_before)
    closes = max(opens, meeting.starts_at) + rules.checkin_open
    return meeting.status is MeetingStatus.CALLED and opens <= ctx.now <= closes


# -- the list


_SIGNS = regex(
    r"^(?:给|帮)?(?:签到|签个到|到会|点名|到场|已到)(?:的)?(?:有|是|了)?[\s:：,，、]+(?P<names>[^\d]{2,200})$"
)
_PRESENT_LIST = regex(r"^(?P<names>[\u4e00-\u9fff·\s、,，和]{2,200}?)(?:都)?(?:到了|来了|到会了|签到)[。!！]?$")


# 来了 刘满仓 许东升, of who keeps the list: they have come, not he.
_CAME = regex(
    r"(?:来了|到了|到会的?|来的)[\s,，:：]+(?P<names>[\u4e00-\u9fff]{2,6}(?:[\s、,，和]+[\u4e00-\u9fff]{2,6})*)[。.!！]*$"
)
_CAME_ONE = regex(r"((?:(?![到来])[\u4e00-\u9fff]){2,6}?)也?都?(?:到了|来了)")
_EACH_CAME = regex(rf"(?:{_CAME_ONE.pattern}[\s,，、。]*){{2,}}")


def names_said(ctx: Context) -> list[str]:
    """The names of 签到 张三 李四 or 张三、李四到了; none where nobody is named."""
    text = ctx.said.strip()
    match = _SIGNS.match(text) or _PRESENT_LIST.match(text) or _CAME.match(text)
    if _EACH_CAME.fullmatch(text):  # 张桂兰到了 王秀英也到了
        names = _CAME_ONE.findall(text)
    elif match is None:
        return []
    else:
        names = [name for name in re.split(r"[\s、,，和]+", match["names"].strip(" 。.!！")) if name]
    strange = {
        "停止",
        "结束",
        "关闭",
        "再开一次",
        "重新",
        "重新开",
        "再次",
        "再开",
        "继续",
        "开放",
        "我",
        "我们",
        "人",
        "大家",
        "已经",
        "都",
        "开始",
        "现在",
        "我家",
        "俺",
    }
    return names if all(2 <= len(name) <= 6 and name not in strange for name in names) else []


def take_list(ctx: Context) -> bool:
    """签到 张三 李四, 张三、李四到了 by whoever keeps the list, while a meeting takes signatures. False for all else."""
    names = names_said(ctx) if ctx.roles & DESK and ctx.is_proven else []
    near = at_hand(ctx) if names else []
    meetings = [meeting for meeting in near if takes_signatures(ctx, meeting)]
    if not meetings and len(near) == 1 and _ARRIVED.search(ctx.said):
        return _is_early(ctx, near[0], names)
    if len(meetings) != 1:
        return False
    roll = ctx.store.meetings.roll(meetings[0].id)
    if _SIGNS.match(ctx.said.strip()) is None and not any(_lines_of(ctx, meetings[0], roll, name) for name in names):
        return False
    sign_names(ctx, names)
    return True


_ARRIVED = regex("到了|到会|签到")


def _is_early(ctx: Context, meeting: Meeting, names: Sequence[str]) -> bool:
    """王德福到了 before anybody can sign in. False where it is none of those called."""
    roll = ctx.store.meetings.roll(meeting.id) if meeting.starts_at > ctx.now else []
    if not roll or not all(_lines_of(ctx, meeting, roll, name) for name in names):
        return False
    ctx.reply(texts.too_early(meeting))
    return True


def sign_names(ctx: Context, names: Sequence[str]) -> None:
    """The clerk's list: each name once; namesakes and strangers are told apart and come back to him."""
    meeting = pick(ctx, at_hand(ctx))
    roll = ctx.store.meetings.roll(meeting.id)
    found = {name: _lines_of(ctx, meeting, roll, name) for name in dict.fromkeys(names)}
    unknown = [name for name, lines in found.items() if not lines]
    doubtful, done = [], []
    for name, lines in found.items():
        # A nickname may mean one who is there already; a full name does not.
        fresh = [line for line in lines if not line.is_present or line.name != name]
        doubtful += [name] if len(fresh) > 1 else []
        fresh = [line for line in fresh if not line.is_present] if len(fresh) == 1 else fresh
        if len(fresh) == 1:
            ctx.store.meetings.save_line(replace(fresh[0], signed_at=ctx.now, signed_by="clerk"))
            ctx.store.reach.acknowledge("meeting", meeting.id, fresh[0].unit, "signed_in", ctx.now, fresh[0].person_id)
            done.append(name)
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    ctx.reply(texts.signed_by_clerk(meeting, done, unknown, doubtful, present(body, roll), tally(roll)))


def is_list_of_came(said: str) -> bool:
    """来了 刘满仓 许东升, 张桂兰到了 王秀英也到了: names of several, and no word of himself."""
    return _CAME.match(said) is not None or _EACH_CAME.fullmatch(said) is not None


def _lines_of(ctx: Context, meeting: Meeting, roll: Sequence[Invited], said: str) -> list[Invited]:
    """The lines of 许东升, of 七社许东升 where several are called so; 王德福媳妇 comes for 王德福's household.

    Nobody comes for one who is called himself (村民代表).
    """
    lines = called_so(ctx, roll, said)
    is_personal = ctx.words.meetings.bodies[meeting.body].unit is Unit.PERSON
    sent = None if lines or is_personal else relative_of(said)
    if sent is None:
        return lines
    who, companion = sent
    return [replace(line, answer=Coming.PROXY, companion=companion) for line in called_so(ctx, roll, who)]


# -- what was put down wrongly

_TAKES_OFF = "(?:撤销|取消|撤回|撤|去掉|划掉|删掉|删除|作废|不算)"
_UNDO = regex(
    rf"(?:把|){_TAKES_OFF}(?:掉)?[\s:：]*(?P<a>[^\s,，]{{0,20}}?)(?:的)?(?:签到|到会)(?:吧|了)?"
    rf"|(?:把)?(?P<b>[^\s,，]{{0,20}}?)(?:的)?(?:签到|到会)[\s,，]*(?:给我)?{_TAKES_OFF}(?:了|吧|掉)*"
    r"|(?:我|刚才?)*(?:签|记|点)错(?:人)?了?[\s:：,，]*(?P<c>[^\s,，]{0,20}?)(?:根本)?(?:没来|没到|没在)?(?:了)?"
    rf"|(?P<d>[^\s,，]{{2,20}}?)(?:根本|其实)?(?:没来|没到|没在)[\s,，]*(?:是)?(?:(?:签|记|点)错了?|{_TAKES_OFF}(?:了|吧)?)"
)


def take_undo(ctx: Context) -> bool:
    """撤销 王德福签到, 签错了 王德福没来, by whoever keeps the list; 撤销签到 of himself. False for other words."""
    said = ctx.said.strip(" 。.!！")
    found = _UNDO.fullmatch(said) if "签" in said or "错" in said else None
    meetings = [meeting for meeting in at_hand(ctx) if takes_signatures(ctx, meeting)] if found else []
    if found is None or len(meetings) != 1:
        return False
    named = found["a"] or found["b"] or found["c"] or found["d"] or ""
    names = [name for name in re.split(r"[、和]", named) if name and name not in ("我", "我的")]
    if names and not (ctx.roles & DESK and ctx.is_proven):
        return False
    meeting = meetings[0]
    if not names and ctx.person is not None:
        names = [ctx.person.name]
    _unsign(ctx, meeting, names, own=not named or named.startswith("我"))
    return True


def _unsign(ctx: Context, meeting: Meeting, names: Sequence[str], *, own: bool) -> None:
    roll = ctx.store.meetings.roll(meeting.id)
    done, unknown = [], []
    for name in names:
        lines = [line for line in called_so(ctx, roll, name) if line.is_present]
        if own:
            lines = [line for line in lines if ctx.person is not None and line.person_id == ctx.person.id]
        if len(lines) == 1:
            ctx.store.meetings.save_line(replace(lines[0], signed_at=None, signed_by=""))
            done.append(lines[0].name)
        else:
            unknown.append(name)
    body, roll = ctx.words.meetings.bodies[meeting.body], ctx.store.meetings.roll(meeting.id)
    ctx.reply(texts.unsigned(done, unknown, present(body, roll), tally(roll), meeting))
