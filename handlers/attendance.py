"""Who is there (签到): sign-in by a scan at the door, by code, by words, by the clerk's list.

Presence is counted against the frozen roll, people and households side by side. An answer to the notice is a promise;
only a sign-in is presence (rulings, Presence).
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from domain import matters
from domain.attendance import (
    Invited,
    Tally,
    expected,
    present,
    reached_share,
    tally,
    unanswered,
    verdicts,
    with_counted,
)
from domain.attendance import is_quorate as quorate
from domain.bodies import Body, Unit
from domain.meetings import LASTS, Lack, Meeting, MeetingStatus, Readiness, lacks, notice_kept
from domain.organisation import Role
from domain.refusals import Refused
from handlers.context import Context
from handlers.meeting_lookup import CALLERS, called_words, pick
from handlers.poll_scope import area_named
from handlers.registry import intent
from handlers.rsvp import invited_to, note_coming
from handlers.texts import attendance as texts
from handlers.texts import meetings as texts_of_meetings
from nlp.ballot_forms import without_name
from nlp.numbers import number
from nlp.presence import is_here, is_on_the_way
from storage.outbox import Priority
from storage.vault import Vault

_DOOR_SCENE = re.compile(r"ci\.(\d{1,19})\.([0-9a-f]{8})")
DESK = CALLERS | {Role.SUPERVISOR, Role.REP}


# -- signing in


@intent("checkin.open", who=CALLERS, needs_proof=True, wins=True)
def open_checkin(ctx: Context) -> None:
    """开始签到: a code to be written on the board; whoever says it was there."""
    if names := _names_said(ctx):
        return _sign_names(ctx, names)
    meeting = pick(ctx, _at_hand(ctx))
    code = meeting.code or f"{secrets.randbelow(9000) + 1000}"
    ctx.store.meetings.keep(replace(meeting, code=code, checkin_at=meeting.checkin_at or ctx.now))
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    _send_door(ctx, replace(meeting, code=code))
    return ctx.reply(texts.checkin_open(meeting, code, present(body, roll), tally(roll)))


# -- the picture at the door


def door_scene(vault: Vault, meeting: Meeting) -> str:
    """The scene in the picture at the door; nobody can make that of another meeting."""
    return f"ci.{meeting.id}.{vault.digest('door scene', f'{meeting.id}:{meeting.code}')[:8]}"


def door_image(meeting: Meeting) -> str:
    """The picture's path in DATA_DIR; it is drawn when it is sent (bot/doors.py)."""
    return f"doors/{meeting.id}-{meeting.code}.png"


def _send_door(ctx: Context, meeting: Meeting) -> None:
    if ctx.person is None:
        return
    ctx.tell(
        ctx.person, texts.door(meeting), "meeting.door", once=f"meeting:{meeting.id}:door:{ctx.incoming.digest}",
        priority=Priority.REPLY, not_after=meeting.starts_at + ctx.words.meetings.checkin_open,
        image=door_image(meeting),
    )  # fmt: skip


def scanned(ctx: Context, scene: str) -> bool:
    """A scan at the door signs in whoever is on the roll. False where the scene is none of ours."""
    match = _DOOR_SCENE.fullmatch(scene)
    meeting = ctx.store.meetings.get(int(match[1])) if match else None
    if meeting is None or not meeting.code or not hmac.compare_digest(door_scene(ctx.store.vault, meeting), scene):
        return False
    if not _takes_signatures(ctx, meeting):
        is_ahead = meeting.status is MeetingStatus.CALLED and meeting.starts_at > ctx.now
        ctx.reply(texts.too_early(meeting) if is_ahead else texts.door_closed(meeting))
        return True
    mine = [(m, line) for m, line in invited_to(ctx) if m.id == meeting.id]
    if not mine:
        ctx.reply(texts.not_invited(meeting, is_bound=ctx.person is not None))
        return True
    own = next(((m, line) for m, line in mine if ctx.person is not None and line.person_id == ctx.person.id), mine[0])
    _sign(ctx, *own, "scan")
    return True


def _at_hand(ctx: Context) -> list[Meeting]:
    """The meetings that can be signed in to now: an hour before they begin, or going on; else the next one."""
    rules = ctx.words.meetings
    living = ctx.store.meetings.living([ctx.village.id], ctx.now - rules.checkin_open)
    now = [m for m in living if m.starts_at <= ctx.now + rules.checkin_before]
    return now or living[:1]


@intent("checkin", who=DESK)
def checkin_by_desk(ctx: Context) -> None:
    """签到 张三 李四 by whoever keeps the list; his own 签到 or 到了 as anybody's."""
    if names := _names_said(ctx):
        if not ctx.is_proven:
            raise Refused(matters.Reason.PLAIN_MODE)
        return _sign_names(ctx, names)
    return checkin(ctx)


@intent("checkin")
def checkin(ctx: Context) -> None:
    """签到 1234, 到了: present, if he is on the roll of a meeting that is going on."""
    code = re.search(r"(?<!\d)\d{4}(?!\d)", ctx.said)
    ready = _ready(ctx)
    if code is None and _ASKS_CODE.search(ctx.said):
        return ctx.reply(texts.where_the_code_is() if ready else _nothing_to_sign(ctx))
    if code is not None:
        named = [(m, i) for m, i in ready if m.code == code[0]]
        if not named:
            return ctx.reply(texts.wrong_code() if ready else _nothing_to_sign(ctx))
        ready = named
    if not ready:
        return ctx.reply(_nothing_to_sign(ctx))
    return _sign(ctx, *_own(ctx, ready), "code" if code is not None else "words")


# 签到码多少: asked for, it is no signature.
_ASKS_CODE = re.compile("码.{0,3}(?:多少|是?啥|什么|几|呢|在哪)|(?:哪|啥|什么).{0,3}码")
_BARE_CODE = re.compile(r"[\s“”\"]*\d{4}[\s“”\"。.!！]*")


def take_code(ctx: Context) -> bool:
    """The four digits alone, while a meeting he is invited to takes signatures. False for other words and else."""
    if not _BARE_CODE.fullmatch(ctx.said) or not _ready(ctx):
        return False
    checkin(ctx)
    return True


def take_presence(ctx: Context) -> bool:
    """来了来了, 在 while a meeting he is invited to takes signatures: he is there. 快到了 is a promise, 还没到 nothing yet.

    False for other words, and where no meeting takes signatures.
    """
    if ctx.roles & DESK and (_CAME.match(ctx.said) or _EACH_CAME.fullmatch(ctx.said)):
        return take_list(ctx)
    said = without_name(ctx.said, ctx.person.name if ctx.person else "")
    here, comes = is_here(said), is_on_the_way(said)
    ready = _ready(ctx) if here or comes is not None else []
    if not ready or not (ctx.is_direct or ctx.incoming.addressed):
        return False
    meeting, line = _own(ctx, ready)
    if here:
        _sign(ctx, meeting, line, "words")
    elif line.is_present:
        ctx.reply(texts.signed_before(line.name, meeting))
    else:
        if comes and meeting.starts_at > ctx.now:
            note_coming(ctx, line)
        ctx.reply(texts.sign_when_there(meeting))
    return True


def _ready(ctx: Context) -> list[tuple[Meeting, Invited]]:
    """The meetings he is invited to that take signatures now."""
    return [(m, i) for m, i in invited_to(ctx) if _takes_signatures(ctx, m)]


def _own(ctx: Context, lines: Sequence[tuple[Meeting, Invited]]) -> tuple[Meeting, Invited]:
    """His own line rather than that of one he speaks for."""
    return next(((m, i) for m, i in lines if ctx.person is not None and i.person_id == ctx.person.id), lines[0])


def _takes_signatures(ctx: Context, meeting: Meeting) -> bool:
    """From an hour before, or as soon as it was opened by hand; a door left open closes by itself."""
    rules = ctx.words.meetings
    opens = min(meeting.checkin_at or meeting.starts_at, meeting.starts_at - rules.checkin_before)
    closes = max(opens, meeting.starts_at) + rules.checkin_open
    return meeting.status is MeetingStatus.CALLED and opens <= ctx.now <= closes


def _nothing_to_sign(ctx: Context) -> str:
    ahead = [m for m, _ in invited_to(ctx) if m.starts_at > ctx.now]
    if ahead:
        return texts.too_early(ahead[0])
    living = _at_hand(ctx)
    if living and _takes_signatures(ctx, living[0]):
        return texts.not_invited(living[0], is_bound=ctx.person is not None)
    return texts.no_notice(is_bound=ctx.person is not None)


def _sign(ctx: Context, meeting: Meeting, line: Invited, how: str) -> None:
    if line.is_present:
        return ctx.reply(texts.signed_before(line.name, meeting))
    signed = replace(line, signed_at=ctx.now, signed_by=how)
    ctx.store.meetings.save_line(signed)
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "signed_in", ctx.now, line.person_id)
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    return ctx.reply(texts.signed(line.name, meeting, present(body, roll), tally(roll)))


_SIGNS = re.compile(
    r"^(?:给|帮)?(?:签到|签个到|到会|点名|到场|已到)(?:的)?(?:有|是|了)?[\s:：,，、]+(?P<names>[^\d]{2,200})$"
)
_PRESENT_LIST = re.compile(r"^(?P<names>[\u4e00-\u9fff·\s、,，和]{2,200}?)(?:都)?(?:到了|来了|到会了|签到)[。!！]?$")


# 来了 刘满仓 许东升, of who keeps the list: they have come, not he.
_CAME = re.compile(
    r"(?:来了|到了|到会的?|来的)[\s,，:：]+(?P<names>[\u4e00-\u9fff]{2,6}(?:[\s、,，和]+[\u4e00-\u9fff]{2,6})*)[。.!！]*$"
)
_CAME_ONE = re.compile(r"([\u4e00-\u9fff]{2,6}?)也?都?(?:到了|来了)")
_EACH_CAME = re.compile(rf"(?:{_CAME_ONE.pattern}[\s,，、。]*){{2,}}")
_PLACED = re.compile(r"第?[\d一二三四五六七八九十]{1,3}[社组队]")


def _names_said(ctx: Context) -> list[str]:
    """The names of 签到 张三 李四 or 张三、李四到了; none where nobody is named."""
    text = ctx.said.strip()
    match = _SIGNS.match(text) or _PRESENT_LIST.match(text) or _CAME.match(text)
    if _EACH_CAME.fullmatch(text):  # 张桂兰到了 王秀英也到了
        names = _CAME_ONE.findall(text)
    elif match is None:
        return []
    else:
        names = [name for name in re.split(r"[\s、,，和]+", match["names"].strip(" 。.!！")) if name]
    strange = {"我", "我们", "人", "大家", "已经", "都", "开始", "现在", "我家", "俺"}
    return names if all(2 <= len(name) <= 6 and name not in strange for name in names) else []


def take_list(ctx: Context) -> bool:
    """签到 张三 李四, 张三、李四到了 by whoever keeps the list, while a meeting takes signatures. False for all else."""
    names = _names_said(ctx) if ctx.roles & DESK and ctx.is_proven else []
    meetings = [meeting for meeting in _at_hand(ctx) if _takes_signatures(ctx, meeting)] if names else []
    if len(meetings) != 1:
        return False
    invited = {line.name for line in ctx.store.meetings.roll(meetings[0].id)}
    if _SIGNS.match(ctx.said.strip()) is None and not invited.intersection(names):
        return False
    _sign_names(ctx, names)
    return True


def _sign_names(ctx: Context, names: Sequence[str]) -> None:
    """The clerk's list: each name once; namesakes and strangers are told apart and come back to him."""
    meeting = pick(ctx, _at_hand(ctx))
    roll = ctx.store.meetings.roll(meeting.id)
    by_name: dict[str, list[Invited]] = {}
    for line in roll:
        by_name.setdefault(line.name, []).append(line)
    found = {name: _lines_of(ctx, by_name, name) for name in dict.fromkeys(names)}
    unknown = [name for name, lines in found.items() if not lines]
    doubtful, done = [], []
    for name, lines in found.items():
        fresh = [line for line in lines if not line.is_present]
        doubtful += [name] if len(fresh) > 1 else []
        if len(fresh) == 1:
            ctx.store.meetings.save_line(replace(fresh[0], signed_at=ctx.now, signed_by="clerk"))
            ctx.store.reach.acknowledge("meeting", meeting.id, fresh[0].unit, "signed_in", ctx.now, fresh[0].person_id)
            done.append(name)
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    ctx.reply(texts.signed_by_clerk(meeting, done, unknown, doubtful, present(body, roll), tally(roll)))


def _lines_of(ctx: Context, by_name: Mapping[str, list[Invited]], said: str) -> list[Invited]:
    """The lines of 许东升, or of 七社许东升 where several are called so."""
    placed = _PLACED.match(said)
    if placed is None or said in by_name:
        return by_name.get(said, [])
    area = area_named(ctx, placed.group())
    people = [(line, ctx.store.people.person(line.person_id)) for line in by_name.get(said[placed.end() :], [])]
    return [line for line, person in people if area and person and person.group_id == area.id]


# -- how many are there


_COUNTED = re.compile(
    r"(?:到|来|有)(?:会|场)?了?\s*(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,5})\s*(?P<unit>个|人|位|户|家)"
)


@intent("meeting.roster", who=DESK, wins=True)
def roster(ctx: Context) -> None:
    """谁来了, 谁没签到, 报名情况, 差几户; 到了23个 够不够 is answered by both routes."""
    meeting = pick(ctx, _near(ctx))
    body = ctx.words.meetings.bodies[meeting.body]
    roll = ctx.store.meetings.roll(meeting.id)
    counted = _COUNTED.search(ctx.said)
    if counted is not None:
        return _count(ctx, meeting, body, roll, int(number(counted["n"]) or 0), counted["unit"])
    due = tally(roll)
    here = _there(meeting, body, roll)
    has_begun = any(line.is_present for line in roll) or meeting.starts_at <= ctx.now
    found = verdicts(body, here if has_begun else expected(body, roll), due)
    if has_begun and not re.search(r"报名|回话|回复", ctx.said):
        absent = _absent(body, roll)
        asks_absent = re.search(r"没|缺|差谁", ctx.said) is not None
        return ctx.reply(texts.attendance(meeting, body, roll, here, due, found, absent if asks_absent else None))
    silent = unanswered(roll)
    asks_silent = re.search(r"没(?:报|回|答|签|来)", ctx.said) is not None
    return ctx.reply(texts.answers(meeting, body, roll, due, found, silent, names_silent=asks_silent))


def _there(meeting: Meeting, body: Body, roll: Sequence[Invited]) -> Tally:
    """Who signed in, or what was counted from the paper register where that is more."""
    return with_counted(present(body, roll), meeting.counted_people, meeting.counted_households)


def _absent(body: Body, roll: Sequence[Invited]) -> list[Invited]:
    """Who is not there; where households count, those of whom nobody is."""
    there = {line.unit for line in roll if line.is_present}
    return [i for i in roll if not i.is_present and (body.unit is Unit.PERSON or i.unit not in there)]


def _near(ctx: Context) -> list[Meeting]:
    """The meeting that is going on, else the next one; several only where several are near."""
    going_on = [m for m in ctx.store.meetings.living([ctx.village.id], ctx.now - LASTS) if m.starts_at <= ctx.now]
    ahead = ctx.store.meetings.living([ctx.village.id], ctx.now)
    opened = [m for m in ahead if m.checkin_at is not None or m.starts_at - ctx.now <= timedelta(hours=1)]
    return going_on or opened or ahead


def _count(ctx: Context, meeting: Meeting, body: Body, roll: Sequence[Invited], many: int, unit: str) -> None:
    """到了23个: the clerk counted heads (or households); both routes say how far that is."""
    households = unit in ("户", "家")
    due = tally(roll)
    is_unit_said = unit != "个"
    by_household = households or (not is_unit_said and body.unit is Unit.HOUSEHOLD)
    kept = replace(meeting, counted_households=many) if by_household else replace(meeting, counted_people=many)
    ctx.store.meetings.keep(kept)
    ctx.reply(texts.counted(meeting, body, many, due, by_household=households, both=not is_unit_said))


@intent("meeting.check", who=DESK, wins=True)
def check(ctx: Context) -> None:
    """这会能不能开: what is missing, by both routes, and how to mend it."""
    meeting = pick(ctx, _near(ctx))
    rules, roll = ctx.words.meetings, ctx.store.meetings.roll(meeting.id)
    body = rules.bodies[meeting.body]
    due = tally(roll)
    has_begun = any(line.is_present for line in roll) or meeting.starts_at <= ctx.now
    here = _there(meeting, body, roll) if has_begun else expected(body, roll)
    share = reached_share(roll, ctx.store.reach.reached("meeting", meeting.id))
    ready = Readiness(
        bool(meeting.venue) or not rules.forms[meeting.form].needs_place,
        bool(ctx.store.meetings.items(meeting.id)),
        notice_kept(body, meeting, meeting.created_at),
        share,
        quorate(body, here, due),
        has_begun,
    )
    missing: tuple[Lack, ...] = lacks(rules, body, ready)
    ctx.reply(texts.readiness(meeting, body, missing, verdicts(body, here, due), share, has_begun=has_begun))


def loudspeaker(ctx: Context) -> None:
    """大喇叭: the script of the next meeting, to be read aloud."""
    meeting = pick(ctx, _near(ctx))
    body = ctx.words.meetings.bodies[meeting.body]
    words = texts_of_meetings.loudspeaker(
        meeting, ctx.store.meetings.items(meeting.id), called_words(ctx, meeting), may_send=body.unit is Unit.HOUSEHOLD
    )
    return ctx.reply(texts_of_meetings.aloud(meeting, words))
