"""Reading what is said about a meeting: when, where, about what, who is called. Raises NotUnderstood, has no effects.

What cannot be decided alone stays open in the value: a day without an hour, a moment that must be asked about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.deadlines import CHINA
from domain.refusals import NotUnderstood
from handlers.context import Context
from handlers.texts import meetings as texts
from handlers.texts import words as time_texts
from nlp.lazy import regex
from nlp.numbers import number, said_number
from nlp.time_loose import some_day, spelled_out
from nlp.time_slips import alternatives, corrected, impossible
from nlp.when import Found, find

When = dict[str, Any]
Who = dict[str, Any]
# Doubts that are settled by saying yes; the others need another time.
_GUESSES = frozenset({"past_weekday", "which_week", "which_half", "which_small_year"})
# Assumptions a villager must hear before anything is sent.
_SAID_OF = frozenset({"hour_of_part", "lunar", "next_year", "next_month", "short_month", "half_of_day", "next_day"})
DAY_WORDS = regex(r"[今明后昨]|周|星期|礼拜|[号日初月腊旬集节底]|除夕|年三十|小年|天(?!气)")
_SHIFT = regex(
    r"(?P<back>往前|提前|提早|早)?(?:往后|向后|延后|顺延|晚|推|延|挪|移|迟|个)*"
    r"(?P<n>\d{1,2}|[一二两三四五六七八九十俩仨半]{1,2})个?(?P<unit>天|日|周|星期|礼拜|小时|钟头|半小时)"
)
_MOVES = regex(r"往后|向后|推迟|延后|延迟|顺延|往前|提前|提早|推|延|挪|晚|早(?![上起晨饭\d])")
_YES = frozenset(
    {"是", "是的", "对", "对的", "嗯", "好", "行", "可以", "就是", "没错", "是这天", "对着呢", "就那天", "1"}
)
_NO = frozenset({"不是", "不对", "不", "2", "错了"})
_NOT_TITLE = regex(r"[。！？!?]$")


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


# -- when


def read_when(ctx: Context, text: str) -> When:
    """Read a moment ({"at"}), a day without an hour ({"day"}), each with what is doubtful or assumed of it."""
    text = settled(ctx, text)
    found = find(text, ctx.now, ctx.words.calendar)
    if (words := some_day(text)) and not DAY_WORDS.search(text[slice(*found.at)]):
        raise NotUnderstood("meeting.when", say=texts.which_day_is(words))
    if found.kind is None or found.kind in ("span", "recurring") or found.start is None:
        if found.question is not None:
            raise NotUnderstood("meeting.when", say=time_texts.question(found.question.code, found.question.value))
        raise NotUnderstood("meeting.time")
    moment = found.end if found.kind == "deadline" and found.end is not None else found.start
    value: When = {"at": iso(moment)} if found.has_clock else {"day": moment.date().isoformat()}
    return value | _remarks(found)


def settled(ctx: Context, text: str) -> str:
    """Give the text with a time put right (三点，不，四点) as it was meant. What cannot be, and a choice left open, is asked."""
    text = spelled_out(text)
    if wrong := impossible(text):
        raise NotUnderstood("meeting.when", say=texts.no_such_time(wrong))
    text = corrected(text, ctx.now, ctx.words.calendar)
    if both := alternatives(text, ctx.now, ctx.words.calendar):
        raise NotUnderstood("meeting.when", say=texts.which_of_two(*both), either=both)
    return text


_NIGHT_ENDS = 5
_EVENING = regex(r"[晚夜黑]")
_SURELY_NIGHT = regex(r"凌晨|半夜|午夜|子夜")


def asked_back(when: When, text: str) -> When:
    """今晚三点 is three in the night to the clock and hardly to him: its day is kept, its hour is asked ({"day", "night"})."""
    moment = datetime.fromisoformat(when["at"]).astimezone(CHINA) if "at" in when else None
    if moment is None or moment.hour >= _NIGHT_ENDS or not _EVENING.search(text) or _SURELY_NIGHT.search(text):
        return when
    evening = (moment - timedelta(days=1)).date()
    return {"day": evening.isoformat(), "night": f"{moment:%H:%M}"}


def _remarks(found: Found) -> When:
    kept: When = {}
    said = [time_texts.assumed(r.code, r.value) for r in found.assumed if r.code in _SAID_OF]
    if said:
        kept["assumed"] = "；".join(said)
    missing = next((r for r in found.assumed if r.code == "month_has_29"), None)
    if missing is not None:
        kept["doubt"] = time_texts.assumed(missing.code, missing.value) + "。"
    elif found.question is not None and found.question.code in _GUESSES:
        kept["doubt"] = time_texts.question(found.question.code, found.question.value)
    return kept


def is_doubtful(slots: Mapping[str, Any]) -> bool:
    return bool(slots.get("when", {}).get("doubt"))


def needs_clock(slots: Mapping[str, Any]) -> bool:
    """A day is known and no hour: neither was it said with the day, nor when the day was put right."""
    return "at" not in slots.get("when", {"at": ""}) and "at" not in (slots.get("sure") or {})


_HALF = regex(r"(?P<late>晚上?|夜里|黑了|下午|后晌|傍晚)|(?:早上?|上午|清早|前晌|早起|早晨)")


def read_sure(ctx: Context, text: str, asked: When) -> When:
    """是 to 下周六吗; another time in words is taken instead. {} keeps what was guessed.

    晚上 after 早7点吗 is seven in the evening, and an hour alone is of the day that was asked about.
    """
    bare = text.strip(" 。！!,，")
    if bare in _YES or said_number(bare) == 1:
        return {}
    if bare in _NO or said_number(bare) == 2:
        raise NotUnderstood("meeting.time")
    half = _HALF.fullmatch(re.sub(r"^(?:是|就|定在)+|(?:的|吧|开|呢)+$", "", bare))
    if half is not None and "at" in asked:
        moment = datetime.fromisoformat(asked["at"]).astimezone(CHINA)
        return {"at": iso(moment.replace(hour=moment.hour % 12 + (12 if half["late"] else 0)))}
    found = {key: value for key, value in read_when(ctx, text).items() if key != "doubt"}
    if "at" in found and not DAY_WORDS.search(bare) and ("at" in asked or "day" in asked):
        return {"at": f"{day_of(asked)}{found['at'][10:]}"}
    return found


def read_clock(ctx: Context, text: str) -> str:
    """Read the hour of a day that is known: 上午九点, 9点, 15:30. A bare 7点 is in the daytime."""
    bare = re.sub(r"^(?:就|定|在)+", "", text.strip(" 。！!,，"))
    hour = number(bare) if re.fullmatch(r"\d{1,2}|[一二两三四五六七八九十]{1,3}", bare) else None
    found = find(f"{bare}点" if hour is not None else bare, ctx.now, ctx.words.calendar)
    if found.start is None or not found.has_clock:
        raise NotUnderstood("meeting.clock")
    local = found.start.astimezone(CHINA)
    if hour is not None and 1 <= local.hour <= 6:
        local += timedelta(hours=12)
    return f"{local:%H:%M}"


def starts_at(slots: Mapping[str, Any]) -> datetime | None:
    """Put day, hour and what was confirmed together; None while something is missing."""
    when = slots.get("when") or {}
    sure = slots.get("sure") or {}
    if "at" in sure:
        return datetime.fromisoformat(sure["at"])
    day = sure.get("day") or when.get("day")
    if day is not None and "at" in when:  # another day for the hour that was said
        return datetime.fromisoformat(f"{day}T{when['at'][11:16]}").replace(tzinfo=CHINA)
    if day is None:
        return datetime.fromisoformat(when["at"]) if "at" in when else None
    if not slots.get("clock"):
        return None
    return datetime.fromisoformat(f"{day}T{slots['clock']}").replace(tzinfo=CHINA)


MOVED_TO = regex(r"(?:改|挪|换|推|延)(?:到|成|为|在|至)?")


def moved_start(ctx: Context, text: str, before: datetime) -> datetime | None:
    """Read the new start of a meeting that stood at `before`: 改到周五 keeps the hour, 改到四点 the day, 推一天 both."""
    local = before.astimezone(CHINA)
    text = settled(ctx, text)
    shift = _shift(text)
    if shift is not None:
        return local + shift
    target = MOVED_TO.split(text)[-1]  # 后天的会改大后天
    found = find(target, ctx.now, ctx.words.calendar)
    if found.kind is None:
        target, found = text, find(text, ctx.now, ctx.words.calendar)
    moment = found.end if found.kind == "deadline" and found.end is not None else found.start
    if moment is None or found.kind in ("span", "recurring"):
        return None
    begin, end = found.at
    has_day = DAY_WORDS.search(target[begin:end]) is not None
    moment = moment.astimezone(CHINA)
    if not found.has_clock:
        return local.replace(year=moment.year, month=moment.month, day=moment.day)
    if has_day:
        return moment
    hour = moment.hour if not is_half_open(found) else nearest_half(moment.hour, local.hour)
    return local.replace(hour=hour, minute=moment.minute)


# What whoever moves a meeting must hear of the day it is moved to.
_SAID_OF_A_MOVE = frozenset({"month_has_29", "short_month", "next_year", "lunar"})


def moved_remark(ctx: Context, text: str) -> str:
    """What was assumed of a new day (there is no 三十 in this month); "" where nothing was."""
    found = find(MOVED_TO.split(settled(ctx, text))[-1], ctx.now, ctx.words.calendar)
    said = (time_texts.assumed(r.code, r.value) for r in found.assumed if r.code in _SAID_OF_A_MOVE)
    return "；".join(dict.fromkeys(words.rstrip("。") for words in said))


def is_half_open(found: Found) -> bool:
    return found.question_code == "which_half" or any(r.code == "half_of_day" for r in found.assumed)


def nearest_half(hour: int, before: int) -> int:
    """改到四点 of a meeting in the afternoon is four in the afternoon."""
    halves = (hour % 12, hour % 12 + 12)
    return min(halves, key=lambda one: abs(one - before))


def day_of(when: When) -> str:
    return str(when.get("day") or when["at"][:10])


def _shift(text: str) -> timedelta | None:
    if not _MOVES.search(text) or re.search(r"(?:到|至|成|在)\s*[\d一二三四五六七八九十明后今周下]", text):
        return None
    match = _SHIFT.search(text)
    if match is None:
        return None
    many = 0.5 if match["n"] == "半" else number(match["n"])
    if many is None:
        return None
    per = {"天": 24, "日": 24, "周": 168, "星期": 168, "礼拜": 168}.get(match["unit"], 1)
    span = timedelta(hours=float(many) * per)
    return -span if match["back"] else span


# -- where, about what


def read_venue(text: str) -> str:
    """A place in his own words; 大队 is the village committee's house."""
    words = re.sub(
        r"^(?:地点|地方|会场)?(?:改|换|挪|定|放)?(?:就)?(?:在|到|是|为|成|去)*[:：\s]*", "", text.strip(" 。！!,，")
    )
    words = re.sub(r"(?:开会?|吧|就行|集合)$", "", words).strip()
    if words in ("大队", "大队部", "大队院", "大队上"):
        words = "村委会"
    if re.match(r".{0,3}[\d一二三四五六七八九十]{1,3}(?:[点:：]|月|号)", words) and not re.search(
        r"[社组村楼室院]", words
    ):
        raise NotUnderstood("meeting.venue")
    if not 1 < len(words) <= 20 or _NOT_TITLE.search(words) or said_number(words) is not None:
        raise NotUnderstood("meeting.venue")
    return words


_NEW_VENUE = regex(
    r"(?:地点|(?:地方|会场)(?=[改换挪移到在成为是:：\s]))(?:改|换|挪|移)?(?:到|在|成|为|是)?[:：\s]*(?P<place>[^\s,，。;；]{2,12})"
    r"|(?:改|换|挪|移)(?:到|在|成|去)(?P<there>[^\s,，。;；\d]{2,12}?)(?:开会?|集合|$)"
)
_TIMELIKE = regex(r"[点时周天月日号]|星期|礼拜|上午|下午|晚上|早上|中午|初[一二三四五六七八九十]")


def new_venue(text: str) -> str:
    """Read the new place of 地点改村小学 or 挪到祠堂开; "" where none is named."""
    match = _NEW_VENUE.search(text)
    found = (match["place"] or match["there"]) if match else ""
    if not found or _TIMELIKE.search(found):
        return ""
    try:
        return read_venue(found)
    except NotUnderstood:
        return ""
