"""Who is there (签到): sign-in by a scan at the door, by code, by words, by the clerk's list.

Presence is counted against the frozen roll, people and households side by side. An answer to the notice is a promise;
only a sign-in is presence (rulings, Presence).
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from domain import matters
from domain.attendance import Invited
from domain.bodies import Unit
from domain.meetings import Coming, Meeting, MeetingStatus
from domain.refusals import NotUnderstood, Refused
from handlers.coming_others import called_so
from handlers.context import Context
from handlers.meeting_lookup import CALLERS, invited_to, pick
from handlers.minute_desk import here_of
from handlers.registry import intent
from handlers.rsvp import note_coming
from handlers.sign_lists import (
    DESK,
    at_hand,
    is_list_of_came,
    names_said,
    sign_names,
    take_list,
    take_undo,
    takes_signatures,
)
from handlers.texts import attendance as texts
from nlp.ballot_forms import without_name
from nlp.coming import FAMILY, NAME, kin
from nlp.lazy import regex
from nlp.presence import is_on_the_way, signs_in
from storage.outbox import Priority
from storage.vault import Vault

_DOOR_SCENE = regex(r"ci\.(\d{1,19})\.([0-9a-f]{8})")


# -- signing in


@intent("checkin.open", who=CALLERS, needs_proof=True, wins=True)
def open_checkin(ctx: Context) -> None:
    """开始签到: a code to be written on the board; whoever says it was there."""
    if _CLOSES_IT.search(ctx.said):
        meeting = pick(ctx, at_hand(ctx))
        return ctx.reply(texts.checkin_ends_itself(meeting, *here_of(ctx, meeting)))
    if names := names_said(ctx):
        return sign_names(ctx, names)
    meeting = pick(ctx, at_hand(ctx))
    code = meeting.code or f"{secrets.randbelow(9000) + 1000}"
    ctx.store.meetings.keep(replace(meeting, code=code, checkin_at=meeting.checkin_at or ctx.now))
    _send_door(ctx, replace(meeting, code=code))
    return ctx.reply(texts.checkin_open(meeting, code, *here_of(ctx, meeting)))


_CLOSES_IT = regex(
    "(?:停止|停了|停掉|结束|关闭|关掉|关了|截止)(?:现场)?的?签到|签到(?:就)?(?:停止|停了|停掉|结束|关闭|关掉|关了|截止)"
)


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
    if not takes_signatures(ctx, meeting):
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


@intent("checkin", who=DESK)
def checkin_by_desk(ctx: Context) -> None:
    """签到 张三 李四 by whoever keeps the list; his own 签到 or 到了 as anybody's."""
    if names := names_said(ctx):
        if not ctx.is_proven:
            raise Refused(matters.Reason.PLAIN_MODE)
        return sign_names(ctx, names)
    return checkin(ctx)


@intent("checkin")
def checkin(ctx: Context) -> None:
    """签到 1234, 到了: present, if he is on the roll of a meeting that is going on. 水到了 is no signature."""
    said = without_name(ctx.said, ctx.person.name if ctx.person else "")
    ready = _ready(ctx)
    if _ASKS.search(said):
        return ctx.reply(texts.where_the_code_is() if ready else _nothing_to_sign(ctx))
    digits = re.search(r"\d+", said)
    if digits is not None and _WITH_CODE.fullmatch(said):
        named = [(m, i) for m, i in ready if m.code == digits[0]]
        if not named:
            return ctx.reply(texts.wrong_code() if ready else _nothing_to_sign(ctx))
        return _sign(ctx, *_own(ctx, named), "code")
    if _sign_for(ctx, said):
        return None
    if not signs_in(said):
        raise NotUnderstood("checkin")
    return _sign(ctx, *_own(ctx, ready), "words") if ready else ctx.reply(_nothing_to_sign(ctx))


# 签到码多少, 咋签到: asked for, it is no signature.
_ASKS = regex(
    "码.{0,3}(?:多少|是?啥|什么|几|呢|在哪)|(?:哪|啥|什么).{0,3}码|(?:咋|怎么?样?|如何|在哪[里儿]?|哪[里儿]|用啥|啥时候|什么时候|几点)(?:能|个|去)?签|签到(?:是)?(?:咋|怎么|在哪|是?啥|什么|几点)|(?:要不要|用不用)签"
)
_WITH_CODE = regex(r"\D{0,8}?(?:签到?|到了?|码|号)?\D{0,4}\d{1,8}\D{0,6}")
_OF_ANOTHER = regex(
    rf"(?:我|来)?(?:替|帮|给|代)(?P<for>{FAMILY}|{NAME})家?(?:也)?(?:签(?:个|一下|下)?到?|报到|打卡)(?:了|一下|吧|行不)*"
    rf"|(?:签(?:个)?到|报到)[\s:：,，]*(?P<listed>{FAMILY}|{NAME})家?|(?P<came>{FAMILY}|{NAME})家?(?:也|已经|都|替我|代我)*(?:到|来)(?:会场|场|会)?了[啊呀哈吧]*"
)
_BARE_CODE = regex(r"[\s“”\"]*\d{4}[\s“”\"。.!！]*")


def take_code(ctx: Context) -> bool:
    """The four digits alone, while a meeting he is invited to takes signatures. False for other words and else."""
    if not _BARE_CODE.fullmatch(ctx.said) or not _ready(ctx):
        return False
    checkin(ctx)
    return True


def take_presence(ctx: Context) -> bool:
    """来了来了, 在 while a meeting he is invited to takes signatures: he is there. 快到了 is a promise, 还没到 nothing yet.

    周奶奶到了 signs in who is of his household, 王德福、张桂兰到了 by whoever keeps the list whoever is named.

    False for other words, and where no meeting takes signatures.
    """
    if take_undo(ctx):
        return True
    if not (ctx.roles & DESK or invited_to(ctx)):
        return False
    said = without_name(ctx.said, ctx.person.name if ctx.person else "")
    is_list = bool(ctx.roles & DESK) and is_list_of_came(ctx.said)
    here, comes = signs_in(said) and not is_list, is_on_the_way(said)
    ready = _ready(ctx) if here or comes is not None else []
    if not ready and _OF_ANOTHER.fullmatch(said) and _ready(ctx) and not ctx.roles & DESK:
        return _sign_for(ctx, said)
    if not (ctx.is_direct or ctx.incoming.addressed):
        return False
    if not ready:
        return take_list(ctx)
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


def _sign_for(ctx: Context, said: str) -> bool:
    """周奶奶到了, 我媳妇到了: of his own household. Others sign for themselves, or the clerk does. False for other words."""
    found = _OF_ANOTHER.fullmatch(said.strip(" 。.!！"))
    who = (found["for"] or found["listed"] or found["came"]) if found else ""
    if not who:
        return False
    ready = _ready(ctx)
    if not ready:
        ctx.reply(_nothing_to_sign(ctx))
        return True
    meeting, own = _own(ctx, ready)
    if re.fullmatch(FAMILY, who):
        if ctx.words.meetings.bodies[meeting.body].unit is Unit.PERSON:
            ctx.reply(texts.signs_himself(kin(who), meeting))
        else:
            _sign(ctx, meeting, own, "words", companion=kin(who))
        return True
    lines = called_so(ctx, ctx.store.meetings.roll(meeting.id), who)
    mine = [line for line in lines if line.unit == own.unit]
    if len(mine) == 1:
        _sign(ctx, meeting, mine[0], "words")
    elif lines:
        ctx.reply(texts.signs_himself(who, meeting))
    return bool(lines)


def _ready(ctx: Context) -> list[tuple[Meeting, Invited]]:
    """The meetings he is invited to that take signatures now."""
    return [(m, i) for m, i in invited_to(ctx) if takes_signatures(ctx, m)]


def _own(ctx: Context, lines: Sequence[tuple[Meeting, Invited]]) -> tuple[Meeting, Invited]:
    """His own line rather than that of one he speaks for."""
    return next(((m, i) for m, i in lines if ctx.person is not None and i.person_id == ctx.person.id), lines[0])


def _nothing_to_sign(ctx: Context) -> str:
    ahead = [m for m, _ in invited_to(ctx) if m.starts_at > ctx.now]
    if ahead:
        return texts.too_early(ahead[0])
    living = at_hand(ctx)
    if living and takes_signatures(ctx, living[0]):
        return texts.not_invited(living[0], is_bound=ctx.person is not None)
    return texts.no_notice(is_bound=ctx.person is not None)


def _sign(ctx: Context, meeting: Meeting, line: Invited, how: str, companion: str = "") -> None:
    """He is there, or `companion` for his household; whoever was to come in his stead is not, once he came himself."""
    if line.is_present:
        return ctx.reply(texts.signed_before(line.name, meeting))
    stands_in = Coming.PROXY if companion else Coming.YES if line.companion else line.answer
    signed = replace(line, signed_at=ctx.now, signed_by=how, answer=stands_in, companion=companion)
    ctx.store.meetings.save_line(signed)
    ctx.store.reach.acknowledge("meeting", meeting.id, line.unit, "signed_in", ctx.now, line.person_id)
    return ctx.reply(texts.signed(line.name, companion, meeting, *here_of(ctx, meeting)))
