"""How months, days, weeks, years and holidays are written."""

from __future__ import annotations

import re

from nlp.when_scan import Fields, rule, words
from nlp.when_shared import DAY_OF_WEEK, FIRST, HAN, NO_PLACE, THINGS, TO, WEEK, N, as_int, full_year, weekday_fields
from nlp.when_words import (
    DAY_AND_PART,
    FOLLOWING_DAYS,
    FOLLOWING_PARTS,
    HOLIDAYS,
    LUNAR_MONTHS,
    MARKET,
    RELATIVE_DAYS,
    WEATHER_TERMS,
    WEEKDAYS,
    YEARS,
)

# ---- months and days --------------------------------------------------------------------------------------------

_CALENDAR = "(?P<calendar>农历|阴历|旧历|老历|阳历|公历|新历)?"
_MONTH = rf"(?P<leap>闰)?(?P<month>[正冬腊]|{N})月份?"
_LUNAR_DAY = r"初[一二三四五六七八九十]|初\d{1,2}|廿[一二三四五六七八九]?|卅"
_FIRST_MONTH = f"农阴旧老阳公新闰正冬腊{FIRST}"


@rule(
    "day",
    _FIRST_MONTH,
    rf"{_CALENDAR}{_MONTH}的?(?P<day>{_LUNAR_DAY}|{N})(?:(?P<sign>[日号])|(?![{HAN}\d点时:：.日号月]){THINGS})",
    not_after=rf"[第\d{HAN}.]",
)
def _month_day(found: re.Match[str]) -> Fields | None:
    month, day = LUNAR_MONTHS.get(found["month"]) or as_int(found["month"]), _day_number(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    fields: Fields = {"month": month, "day": day}
    if found["leap"]:
        fields["leap"] = True
    return {**fields, **_which_calendar(found, month, day)}


def _which_calendar(found: re.Match[str], month: int, day: int) -> Fields:
    """号 and figures are solar; 正月, 冬月, 腊月, 初五, 廿二, 闰 and feasts are lunar; the rest is asked."""
    if found["calendar"]:
        return {"lunar": found["calendar"] in ("农历", "阴历", "旧历", "老历")}
    if found["month"] in LUNAR_MONTHS or found["leap"] or found["day"][0] in "初廿卅":
        return {"lunar": True}
    if found["sign"] or found["month"] == "一" or (found["day"].isdigit() and (month, day) != (8, 15)):
        return {"lunar": False}
    return {"lunar": True} if found["day"].isdigit() is False and day <= 30 and _is_a_feast(month, day) else _asked(day)


def _is_a_feast(month: int, day: int) -> bool:
    return (month, day) in _FEASTS


_FEASTS = frozenset({(2, 2), (3, 3), (5, 5), (6, 6), (7, 7), (7, 15), (8, 15), (9, 9)})


def _asked(day: int) -> Fields:
    return {"lunar": day <= 30, "doubt": "lunar_or_solar"}


def _day_number(text: str) -> int:
    if text[0] == "初":
        return as_int(text[1:])
    return as_int(text)


_NEAR_MONTHS = {"上上": -2, "上": -1, "前": -1, "这": 0, "本": 0, "当": 0, "该": 0, "下": 1, "次": 1, "下下": 2}
_OF_MONTH = r"(?P<part>底|末|初(?![一二三四五六七八九十\d])|中旬|中(?!午|旬|秋|心)|上旬|下旬|内)?"


@rule("month", "上前这本当该下次", rf"(?P<which>上上|上|前|这|本|当|该|下下|下|次)(?:一)?个?月份?的?{_OF_MONTH}")
def _near_month(found: re.Match[str]) -> Fields | None:
    return _with_part({"month_off": _NEAR_MONTHS[found["which"]]}, found)


@rule("month", "月", r"月(?P<part>底|末|初|中旬|中|内)(?!华|级)")
def _this_month(found: re.Match[str]) -> Fields | None:
    return _with_part({"month_off": 0}, found)


@rule("month", _FIRST_MONTH, rf"{_CALENDAR}{_MONTH}{_OF_MONTH}", not_after=rf"[第\d{HAN}.]")
def _month(found: re.Match[str]) -> Fields | None:
    month = LUNAR_MONTHS.get(found["month"]) or as_int(found["month"])
    if not 1 <= month <= 12:
        return None
    lunar = found["month"] in LUNAR_MONTHS or bool(found["leap"]) or (found["calendar"] or "")[:1] in tuple("农阴旧老")
    fields: Fields = {"month": month, "lunar": lunar}
    if found["leap"]:
        fields["leap"] = True
    return _with_part(fields, found)


def _with_part(fields: Fields, found: re.Match[str]) -> Fields:
    if found["part"] == "内":
        fields["within"] = True
    elif found["part"]:
        fields["month_part"] = found["part"]
    return fields


_END = rf"(?P<sign>[日号])?(?![\d:/%％]|(?P=sep)\d|\s*[点时]){THINGS}"


@rule("day", "0123456789", rf"(0?[1-9]|1[0-2])(?P<sep>-)(3[01]|[12]\d|0?[1-9]){_END}", not_after=r"[\d.:/-]")
@rule(
    "day",
    "0123456789",
    rf"(0?[1-9]|1[0-2])(?P<sep>[/·]|\.(?=\d\d?(?!\d?[点时])))(3[01]|[12]\d|0?[1-9]){_END}",
    not_after=r"[\d.:/]",
)
def _figures(found: re.Match[str]) -> Fields | None:
    return {"month": int(found[1]), "day": int(found[3]), "lunar": False}


@rule("calendar", "农阴旧老阳公新", "农历|阴历|旧历|老历|阳历|公历|新历")
def _calendar(found: re.Match[str]) -> Fields | None:
    return {"lunar": found[0] in ("农历", "阴历", "旧历", "老历")}


@rule("day", "初", "初一[、,，和]?十五")
def _new_and_full_moon(found: re.Match[str]) -> Fields | None:
    return {"day": 1, "or_day": 15, "lunar": True}


@rule("day", "初廿", rf"(?:{_LUNAR_DAY})(?![中高级次步见衷心恋版始期\d号日])")
def _bare_lunar_day(found: re.Match[str]) -> Fields | None:
    return {"day": _day_number(found[0]), "lunar": True}


# 3到5号, 10、12日: the first day borrows the sign of the second.
@rule("day", FIRST, rf"(\d{{1,2}}|[{HAN}]{{1,3}})(?={TO}{N}[日号]{NO_PLACE})", not_after=rf"[第\d{HAN}.:]")
@rule("day", FIRST, rf"(\d{{1,2}}|[{HAN}]{{1,3}})[日号]{NO_PLACE}(?!称|码)", not_after=rf"[第\d{HAN}.月]")
def _day(found: re.Match[str]) -> Fields | None:
    day = as_int(found[1])
    return {"day": day, "lunar": False} if 1 <= day <= 31 else None


# 十五 alone before a part of the day or a market may be lunar or solar: asked.
@rule(
    "day",
    "一二三四五六七八九十",
    r"((?:[一二三]?十[一二三四五六七八九]?))(?=(?:那天|这天)?(?:上午|下午|早上|早晨|晚上|中午|前晌|后晌|晌午|"
    r"赶集|庙会))",
    not_after=rf"[第\d{HAN}.]",
)
def _bare_day(found: re.Match[str]) -> Fields | None:
    day = as_int(found[1])
    return {"day": day, "lunar": True, "doubt": "lunar_or_solar"} if 10 <= day <= 30 else None


# ---- weeks ------------------------------------------------------------------------------------------------------

_NEAR_WEEKS = {
    "上上上": -3,
    "上上": -2,
    "上": -1,
    "前": -1,
    "这": 0,
    "本": 0,
    "今": 0,
    "当": 0,
    "下": 1,
    "次": 1,
    "下下": 2,
    "下下下": 3,
}


@rule(
    "week",
    "上前这本今当下次",
    rf"(?P<which>上上上|上上|上|前|这|本|今|当|下下下|下下|下|次)(?P<one>一)?个?{WEEK}(?:的)?{DAY_OF_WEEK}?(?P<in>内)?",
)
def _near_week(found: re.Match[str]) -> Fields | None:
    if found["one"] and found["which"] == "下" and found["day"]:
        return weekday_fields(found["day"])  # 下一个周五 is the coming one
    fields: Fields = {"week": _NEAR_WEEKS[found["which"]], **weekday_fields(found["day"])}
    return {**fields, "within": True} if found["in"] else fields


@rule(
    "week",
    "周星礼双",
    rf"(?:双休日|{WEEK}六(?:日|、?周日|、?星期日)|{WEEK}{DAY_OF_WEEK}(?!家|哥|叔|婶|岁|年庆|老))",
    not_after=r"[一二两三四五六七八九十几\d半每]",
)
def _bareweekday_fields(found: re.Match[str]) -> Fields | None:
    return weekday_fields(found["day"] or "末")


# 周一到五: the second day of a row of days.
@rule("week", "二三四五六日天", rf"(?<=[一二三四五六](?:到|至|-|~|—))(?P<day>[二三四五六日天])(?![点月号日时{HAN}个])")
def _secondweekday_fields(found: re.Match[str]) -> Fields | None:
    before = found.string[: found.start() - 1]
    return weekday_fields(found["day"]) if re.search(rf"{WEEK}[一二三四五六]$", before) else None


@rule(
    "nth",
    "第头最倒",
    r"(?P<last>最后|倒数)?\s?(?:第|"
    rf"头)?\s?(?P<n>{N})?\s?个?\s?(?P<unit>{WEEK}(?:(?P<day>[一二三四五六日天])(?!{WEEK}))?|天(?!气))(?!年|岁)",
)
def _nth(found: re.Match[str]) -> Fields | None:
    n = as_int(found["n"]) if found["n"] else 1
    if n < 1 or found[0][0] not in "第头最倒" or (found["n"] is None and found["last"] is None):
        return None
    what = "day" if found["unit"] == "天" else WEEKDAYS[found["day"]] if found["day"] else "week"
    return {"nth": (n, what, bool(found["last"]), "第" in found[0])}


@rule("nth", "下次第头最", "(?:下一?个|次一?个|第一个|头一个)工作日|(?P<last>最后一个)工作日")
def _nth_working_day(found: re.Match[str]) -> Fields | None:
    return {"nth": (1, "working_day", bool(found["last"]), True)}


# ---- years, halves, quarters ------------------------------------------------------------------------------------


@rule(
    "year",
    "0123456789零〇○一二三四五六七八九",
    r"(\d{4}|[零〇○一二三四五六七八九]{4})年(?:度)?(?!级)",
    not_after=r"[\d]",
)
@rule(
    "year",
    "09零九",
    r"(0\d|9\d|零[零一二三四五六七八九]|九[零一二三四五六七八九])年(?![级前后内纪])",
    not_after=r"[\d]",
)
@rule(
    "year",
    "0123456789零〇○一二三四五六七八九",
    rf"(\d{{2}}|[零〇○一二三四五六七八九]{{2}})年(?=[{FIRST}正冬腊农阴小大立雨春元国中端清除夏秋处白寒霜惊谷芒])",
    not_after=r"[\d]",
)
def _a_year(found: re.Match[str]) -> Fields | None:
    year = full_year(found[1])
    return {"year": year} if 1900 <= year <= 2100 else None


words("year", {word: {"year_off": offset} for word, offset in YEARS.items()}, guard="(?!级|纪)")


# ---- words ------------------------------------------------------------------------------------------------------

words("relative", {word: {"rday": day, "part": part} for word, (day, part) in DAY_AND_PART.items()}, guard="(?!会)")


@rule("shift", "前后之第", r"(?:之)?(?P<side>前|后)(?P<n>[一二两三四五六七八九十]|\d{1,2})天(?:内)?|前(?:一)?[晚夕]")
def _shift(found: re.Match[str]) -> Fields | None:
    if not found["side"]:
        return {"shift": -1, **({"part": "晚上"} if found[0][-1] == "晚" else {})}
    return {"shift": (-1 if found["side"] == "前" else 1) * as_int(found["n"])}


words(
    "now",
    {word: {"now": True} for word in ("现在", "此刻", "目前", "当前", "此时", "眼下", "马上", "立刻")},
    guard="(?!的问题)",
)
words("now", {"今": {"now": True}}, guard="(?<=[至到]今)(?![天日晚早年明后])")
words("relative", {word: {"rday": 0, "rday_to": 1} for word in ("今明两天", "今明两日", "今明")}, guard="(?!年)")
words("relative", {word: {"rday": 1, "rday_to": 2} for word in ("明后两天", "明后天", "明后两日")})
words("following", {word: {"follows": days} for word, days in FOLLOWING_DAYS.items()})
words("following", {word: {"follows": 0, "part": part} for word, part in FOLLOWING_PARTS.items()})
words("relative", {word: {"rday": day} for word, day in RELATIVE_DAYS.items()})
words("market", {word: {"market": word} for word in MARKET})
words(
    "holiday",
    {word: {"holiday": word} for word in HOLIDAYS if word not in WEATHER_TERMS},
    guard="(?!(?<=[一二三四五六七八九十])[十百千万日号月点户个年里人])",
)
words(
    "holiday",
    {word: {"holiday": word} for word in WEATHER_TERMS},
    guard="(?=$|那天|这天|当天|节气|前|后|以前|以后|之前|上午|下午|早|晚)",
)
