"""How dates in figures, clocks and parts of the day are written."""

from __future__ import annotations

import re

from nlp.when_scan import Fields, rule, words
from nlp.when_shared import FIRST, HAN, TO, N, as_int, full_year
from nlp.when_words import (
    PARTS,
)

# ---- whole dates in figures -------------------------------------------------------------------------------------


@rule(
    "date",
    "12",
    r"(\d{4})([-/.])(\d{1,2})\2(3[01]|[12]\d|0?[1-9])(?:[日号]|T?(\d\d):([0-5]\d)(?::\d\d)?)?",
    not_after=r"[\d]",
)
@rule("date", "12", r"(\d{4})( )(\d{2}) (\d{2})(?!\d)", not_after=r"[\d-]")
@rule("date", "12", r"((?:19|20)\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", not_after=r"[\d]")
def _iso(found: re.Match[str]) -> Fields | None:
    fields = _day_of(int(found[1]), int(found[3]), int(found[4]))
    if fields is not None and found.re.groups > 4 and found[5]:  # 2018-12-1209:03, 2018-12-12T09:03
        return {**fields, **(_clock(int(found[5]), int(found[6]), None) or {}), "style": "24"}
    return fields


@rule("date", "0123456789", r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)", not_after=r"[\d/]")
def _day_first(found: re.Match[str]) -> Fields | None:
    day, month = int(found[1]), int(found[2])
    if month > 12:
        day, month = month, day
    fields = _day_of(int(found[3]), month, day)
    return fields and {**fields, "doubt": "day_or_month_first"}


@rule("date", "0123456789", r"(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])", not_after=r"[\d-]")
def _short_year(found: re.Match[str]) -> Fields | None:
    fields = _day_of(full_year(found[1]), int(found[3]), int(found[4]))
    return fields and {**fields, "doubt": "two_figure_year"}


@rule("date", "12", r"((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])(?![\d.:/]|-\d{1,2}(?!\d))", not_after=r"[\d.]")
def _year_month(found: re.Match[str]) -> Fields | None:
    return {"year": int(found[1]), "month": int(found[2])}


def _day_of(year: int, month: int, day: int) -> Fields | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return {"year": year, "month": month, "day": day, "lunar": False}


# ---- clocks -----------------------------------------------------------------------------------------------------


@rule(
    "clock",
    "0123456789",
    r"([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?:\s*([aApP])\.?\s?[mM]\b\.?)?(?:时|点|分)?(?!\d)",
    not_after=r"[\d:]",
)
def _digital(found: re.Match[str]) -> Fields | None:
    return _clock(int(found[1]), int(found[2]), found[3], digital=True)


@rule("clock", "0123456789", r"(1[0-2]|0?\d)()\s*([aApP])\.?[mM]\b\.?", not_after=r"[\d:]")
def _ampm(found: re.Match[str]) -> Fields | None:
    return _clock(int(found[1]), 0, found[3])


def _clock(hour: int, minute: int, half: str | None, *, digital: bool = False) -> Fields | None:
    if half is not None and hour <= 12:
        hour = hour % 12 + 12 * (half in "pP")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    style = "24" if half is not None or hour > 12 or hour == 0 else "digital" if digital else "bare"
    return {"clock": hour * 60 + minute, "style": style}


@rule("clock", "差", rf"差({N}分钟?|[一三1-3]刻钟?)(?:不?到|就)?({N})点")
def _minutes_to(found: re.Match[str]) -> Fields | None:
    fields = _clock(as_int(found[2]), 0, None)
    return fields and {**fields, "clock": fields["clock"] - _minutes(found[1])}


def _minutes(text: str) -> int:
    figure = text.rstrip("钟")
    return as_int(figure[:-1]) * (15 if figure.endswith("刻") else 1)


_ROW_OF_TWO = re.compile(r"[一二三四五六七八九][二两三四五六七八九]")  # 一两点, 七八点 are two hours
_NOT_A_CLOCK = r"(?!(?:意见|建议|要求|问题|想法|希望|原因|说明|内容|都|也不|儿|点|滴|候|间|代|期|分|积分))"


@rule(
    "clock",
    FIRST,
    rf"(\d{{1,2}}|[{HAN}]{{1,3}})(?:点|时(?!候|间|代|期))(?:多|许)?钟?(?:整)?"
    rf"(?:(?P<half>半)|(?P<less>差(?:{N}分|[一1]刻))|过?(?P<quarter>[一二两三1-3]刻)钟?"
    rf"|[零过又]?(?P<minute>\d{{1,2}}|[{HAN}]{{1,3}})分(?!之)钟?(?:\d{{1,2}}秒|[{HAN}]{{1,3}}秒)?"
    rf"|(?P<bare>\d{{2}}|[零〇]?[{HAN}]{{2}}|[{HAN}]{{3}}|[零过]\d)(?![{HAN}\d月日号天个户年人点时块元桌家名位:：社组]))?"
    rf"(?:整|多|许)?{_NOT_A_CLOCK}",
    not_after=rf"[第\d{HAN}.]",
)
def _spoken_clock(found: re.Match[str]) -> Fields | None:
    if found[0] in ("一点", "一时") and not _is_an_hour(found):
        return None
    hour = as_int(found[1])
    if not 0 <= hour <= 24 or _ROW_OF_TWO.fullmatch(found[1]):
        return None
    minute = 30 if found["half"] else _minutes(found["quarter"]) if found["quarter"] else 0
    if written := found["minute"] or found["bare"]:
        minute = as_int(written.lstrip("零〇过") or "零")
    fields = _clock(hour, minute, None) if 0 <= minute <= 59 else None
    if fields is not None and found["less"]:
        fields["clock"] -= _minutes(found["less"][1:])
    return fields


def _is_an_hour(found: re.Match[str]) -> bool:
    """一点 is an hour after a part of the day or before 到; 有一点, 早一点, 一点问题 are no hours."""
    before = found.string[max(0, found.start() - 2) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    return before in ("下午", "中午", "凌晨", "晌午", "后晌", "夜里", "半夜") or after in ("到", "至", "-", "开", "集")


@rule("clock", "正零午", r"零时|正点(?=开)|午夜十二点|零点(?:整)?")
def _midnight(found: re.Match[str]) -> Fields | None:
    return {"clock": 0, "style": "24"} if found[0][0] == "零" else None


# 五到六点, 8-10点, 三四点: the first number is a clock of its own, the second follows.
@rule(
    "clock", FIRST, rf"(\d{{1,2}}|[{HAN}]{{1,2}})(?P<half>半)?(?={TO}{N}(?:点|时(?!间)))", not_after=rf"[第\d{HAN}.:]"
)
@rule("clock", FIRST, r"([一二三四五六七八九十])(?P<half>$^)?(?=[二两三四五六七八九]点)", not_after=rf"[第\d{HAN}]")
def _first_of_two(found: re.Match[str]) -> Fields | None:
    hour = as_int(found[1])
    return _clock(hour, 30 if found["half"] else 0, None) if 0 <= hour <= 24 else None


@rule("office", "下上收放", "下班(?!车)|上班(?=前|时)|收工|放学")
def _office(found: re.Match[str]) -> Fields | None:
    clock = {"下班": 18 * 60, "上班": 8 * 60 + 30, "收工": 18 * 60, "放学": 17 * 60}[found[0]]
    return {"clock": clock, "style": "24", "said": found[0]}


_GUARD = "(?!礼服|会(?=的?节目)|报|稻|餐|辈|年|日|婚|产|熟|就|已|点(?!名)|些|期|恋|上海|饭(?!后))"
words("part", {word: {"part": word} for word in PARTS if word not in ("早", "晚", "晨", "夜")}, guard="(?!饭钱)")
words(
    "part",
    {word: {"part": word} for word in ("早", "晚")},
    guard=r"(?=\s*[\d一二三四五六七八九十两零:到至,，。、]|$|前|开|在|集|送|到)" + _GUARD,
)
