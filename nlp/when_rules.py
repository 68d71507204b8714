"""How each word of time is written: the rules the scanner tries, in order."""

from __future__ import annotations

import re

from nlp.numbers import number
from nlp.when_scan import Fields, rule, words
from nlp.when_words import (
    DAY_AND_PART,
    HOLIDAYS,
    LUNAR_MONTHS,
    MARKET,
    PARTS,
    RELATIVE_DAYS,
    UNITS,
    VAGUE,
    WEATHER_TERMS,
    WEEKDAYS,
    YEARS,
)

HAN = "零〇○一二两三四五六七八九十廿卅"
_FIRST = f"0123456789{HAN}"
_N = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_WEEK = "(?:周|星期|礼拜)"
_TO = "(?:到|至|--|——|-|~|—|－|–|～)"
# After these a number counts things or names a house or a road; it is no day, month or hour.
_THINGS = r"(?!\s*(?:[户个人元万块亩斤桌米层楼天周岁次件名位辆盏条口家只吨度倍%％成毛票斗包袋箱年]|公里|工作日|小时|钟头|分钟|平方|平米))"
_NO_PLACE = r"(?!\s*(?:楼|线|院|房|门|路|桥|井|机|地块|杆|文件|令|台|库|棚|渠|泵|村|社|组|队|电|车|人|公路|国道|省道|报|报纸|选|选手|方案|议题))"


def _n(text: str | None) -> int:
    """Read a number known to be one; -1 where the numerals make none."""
    value = number(text) if text else None
    return value if isinstance(value, int) else -1


def _year(text: str) -> int:
    value = int(text) if text.isdigit() else _n(text)
    return value if len(text) > 2 else 2000 + value if value < 70 else 1900 + value


# ---- whole dates in figures -------------------------------------------------------------------------------------


@rule("date", "12", r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(3[01]|[12]\d|0?[1-9])(?:[日号]|T?(\d\d):([0-5]\d)(?::\d\d)?)?")
@rule("date", "12", r"(?<![\d-])(\d{4})( )(\d{2}) (\d{2})(?!\d)")
@rule("date", "12", r"(?<!\d)((?:19|20)\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
def _iso(found: re.Match[str]) -> Fields | None:
    fields = _day_of(int(found[1]), int(found[3]), int(found[4]))
    if fields is not None and found.re.groups > 4 and found[5]:  # 2018-12-1209:03, 2018-12-12T09:03
        return {**fields, **(_clock(int(found[5]), int(found[6]), None) or {}), "style": "24"}
    return fields


@rule("date", "0123456789", r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
def _day_first(found: re.Match[str]) -> Fields | None:
    day, month = int(found[1]), int(found[2])
    if month > 12:
        day, month = month, day
    fields = _day_of(int(found[3]), month, day)
    return fields and {**fields, "doubt": "day_or_month_first"}


@rule("date", "0123456789", r"(?<![\d-])(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d-])")
def _short_year(found: re.Match[str]) -> Fields | None:
    fields = _day_of(_year(found[1]), int(found[3]), int(found[4]))
    return fields and {**fields, "doubt": "two_figure_year"}


@rule("date", "12", r"(?<![\d.-])((?:19|20)\d{2})[-/.](0?[1-9]|1[0-2])(?![\d.:/-])")
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
    r"(?<![\d:])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?:\s*([aApP])\.?\s?[mM]\b\.?)?(?:时|点|分)?(?!\d)",
)
def _digital(found: re.Match[str]) -> Fields | None:
    return _clock(int(found[1]), int(found[2]), found[3], digital=True)


@rule("clock", "0123456789", r"(?<![\d:])(1[0-2]|0?\d)()\s*([aApP])\.?[mM]\b\.?")
def _ampm(found: re.Match[str]) -> Fields | None:
    return _clock(int(found[1]), 0, found[3])


def _clock(hour: int, minute: int, half: str | None, *, digital: bool = False) -> Fields | None:
    if half is not None and hour <= 12:
        hour = hour % 12 + 12 * (half in "pP")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    style = "24" if half is not None or hour > 12 or hour == 0 else "digital" if digital else "bare"
    return {"clock": hour * 60 + minute, "style": style}


@rule("clock", "差", rf"差({_N}分钟?|[一三1-3]刻钟?)(?:不?到|就)?({_N})点")
def _minutes_to(found: re.Match[str]) -> Fields | None:
    fields = _clock(_n(found[2]), 0, None)
    return fields and {**fields, "clock": fields["clock"] - _minutes(found[1])}


def _minutes(text: str) -> int:
    figure = text.rstrip("钟")
    return _n(figure[:-1]) * (15 if figure.endswith("刻") else 1)


_NOT_A_CLOCK = r"(?!(?:意见|建议|要求|问题|想法|希望|原因|说明|内容|都|也不|儿|点|滴|候|间|代|期|分|积分))"


@rule(
    "clock",
    _FIRST,
    rf"(?<![第\d{HAN}.])(\d{{1,2}}|[{HAN}]{{1,3}})(?:点|时(?!候|间|代|期))(?:多|许)?钟?(?:整)?"
    rf"(?:(?P<half>半)|(?P<less>差(?:{_N}分|[一1]刻))|过?(?P<quarter>[一二两三1-3]刻)钟?"
    rf"|[零过又]?(?P<minute>\d{{1,2}}|[{HAN}]{{1,3}})(?:分(?!之)(?:钟)?(?:\d{{1,2}}秒|[{HAN}]{{1,3}}秒)?"
    rf"|(?![{HAN}\d月日号天个户年人点时块元桌家名位:：])))?(?:整|多|许)?{_NOT_A_CLOCK}",
)
def _spoken_clock(found: re.Match[str]) -> Fields | None:
    if found[0] in ("一点", "一时") and not _is_an_hour(found):
        return None
    hour = _n(found[1])
    if not 0 <= hour <= 24:
        return None
    minute = 30 if found["half"] else _minutes(found["quarter"]) if found["quarter"] else 0
    if found["minute"]:
        minute = _n(found["minute"])
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
@rule("clock", _FIRST, rf"(?<![第\d{HAN}.:])(\d{{1,2}}|[{HAN}]{{1,2}})(?P<half>半)?(?={_TO}{_N}(?:点|时(?!间)))")
@rule("clock", _FIRST, rf"(?<![第\d{HAN}])([一二三四五六七八九十])(?P<half>$^)?(?=[二三四五六七八九]点)")
def _first_of_two(found: re.Match[str]) -> Fields | None:
    hour = _n(found[1])
    return _clock(hour, 30 if found["half"] else 0, None) if 0 <= hour <= 24 else None


# ---- spans and what lies a span away ----------------------------------------------------------------------------

_MANY = rf"(?:\d+(?:\.\d+)?|[{HAN}百]{{1,4}}|半|好?几|[俩仨]|数)"
_UNIT = "分钟|刻钟|小时|钟头|工作日|天|日(?!报)|宿|周(?!岁|年|边|围)|星期|礼拜|月(?!份)|季度|年(?!级|纪|轻|货|底|初|末|代)|秒钟?"
_BEFORE = "(?:再|还)?过|再等|未来|接下来|今后|往后|之前|之后|最近|近|此前|(?<![一二三四五六七八九十\\d])下"
_AFTER = "之后|以后|过后|后(?!天|面|来|边|果|悔)|之内|以内|内(?!容|部)|里(?=[办修解给弄完必面])|之前|以前|前(?!面|头|后|往|来|去)|开外"


@rule(
    "duration",
    f"再还过未接今往之最近此下{_FIRST}半几好俩仨数百",
    rf"(?P<before>{_BEFORE})?(?:的)?(?P<n>{_MANY})(?P<few>几|来|多|余)?(?:个(?P<half>半)?)?(?P<unit>{_UNIT})(?P<more>半)?"
    rf"(?:左右|上下)?(?:的)?(?:时间)?(?P<after>{_AFTER})?",
)
@rule(
    "duration",
    f"{_FIRST}半几",
    rf"()(?P<before>$^)?(?P<n>{_MANY})(?P<few>$^)?(?P<half>$^)?(?P<unit>分|秒)(?P<more>$^)?(?P<after>之后|以后|后)",
)
def _duration(found: re.Match[str]) -> Fields | None:
    unit = UNITS[found["unit"].removesuffix("钟") if found["unit"].startswith("秒") else found["unit"]]
    written = found["n"]
    about = written.endswith("几") or written == "数" or bool(found["few"]) or _TWO.fullmatch(written) is not None
    amount = _amount(written)
    if amount is None or (unit in ("day", "month", "year") and _is_a_date(found, unit)):
        return None
    if found["few"] == "几":
        amount += 1
    if found["half"] or found["more"]:
        amount += 0.5
    side = _side(found["before"] or "", found["after"] or "")
    if side is None and found["before"] == "下":
        return {"delta": (amount, unit, "next"), "doubt": "next_span"}
    return {"delta": (amount, unit, side), **({"about": True} if about else {})}


_TWO = re.compile(r"[一二两三四五六七八九][二两三四五六七八九]")


def _amount(written: str) -> float | None:
    if written in ("几", "好几", "数"):
        return 3
    if _TWO.fullmatch(written):
        return _n(written[1])
    value = number(written)
    return None if value is None else float(value)


def _is_a_date(found: re.Match[str], unit: str) -> bool:
    """3日, 5月 and 2026年 are dates; 3天, 5个月 and 3年后 are spans."""
    sides = found["before"] or found["after"]
    if unit == "year":
        return len(found["n"]) >= 4 or not (sides or found["n"] in ("一", "两", "半", "几") or found["half"])
    written = found["unit"]
    if written == "日":
        return not sides or ((found["after"] or "").endswith(("前", "内", "后")) and not found["before"])
    return written == "月" and "个" not in found[0] and found["n"] not in ("俩", "仨", "半", "几")


def _side(before: str, after: str) -> str | None:
    if after.endswith(("内", "里")):
        return "within"
    if after.endswith("后") or before.endswith("过") or before == "再等":
        return "after"
    if after.endswith("前"):
        return "ago"
    if before in ("之前", "此前", "近", "最近"):
        return "last"
    return "coming" if before in ("未来", "接下来", "今后", "往后", "之后") else None


# ---- months and days --------------------------------------------------------------------------------------------

_CALENDAR = "(?P<calendar>农历|阴历|旧历|老历|阳历|公历|新历)?"
_MONTH = rf"(?P<leap>闰)?(?P<month>[正冬腊]|{_N})月份?"
_LUNAR_DAY = r"初[一二三四五六七八九十]|初\d{1,2}|廿[一二三四五六七八九]?|卅"
_FIRST_MONTH = f"农阴旧老阳公新闰正冬腊{_FIRST}"


@rule(
    "day",
    _FIRST_MONTH,
    rf"(?<![第\d{HAN}.]){_CALENDAR}{_MONTH}的?(?P<day>{_LUNAR_DAY}|{_N})(?:(?P<sign>[日号])|(?![{HAN}\d点时:：.日号月]){_THINGS})",
)
def _month_day(found: re.Match[str]) -> Fields | None:
    month, day = LUNAR_MONTHS.get(found["month"]) or _n(found["month"]), _day_number(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    fields: Fields = {"month": month, "day": day}
    if found["leap"]:
        fields["leap"] = True
    return {**fields, **_which_calendar(found, month, day)}


def _which_calendar(found: re.Match[str], month: int, day: int) -> Fields:
    """号 and figures are solar; 正月, 冬月, 腊月, 初五, 廿二 and 闰 are lunar; 八月十五 is lunar by custom and asked."""
    if found["calendar"]:
        return {"lunar": found["calendar"] in ("农历", "阴历", "旧历", "老历")}
    if found["month"] in LUNAR_MONTHS or found["leap"] or found["day"][0] in "初廿卅":
        return {"lunar": True}
    if found["sign"] or found["month"] == "一" or (found["day"].isdigit() and not (month, day) == (8, 15)):
        return {"lunar": False}
    return {"lunar": True} if found["day"].isdigit() is False and day <= 30 and _is_a_feast(month, day) else _asked(day)


def _is_a_feast(month: int, day: int) -> bool:
    return (month, day) in _FEASTS


_FEASTS = frozenset({(2, 2), (3, 3), (5, 5), (6, 6), (7, 7), (7, 15), (8, 15), (9, 9)})


def _asked(day: int) -> Fields:
    return {"lunar": day <= 30, "doubt": "lunar_or_solar"}


def _day_number(text: str) -> int:
    if text[0] == "初":
        return _n(text[1:])
    return _n(text)


_NEAR_MONTHS = {"上上": -2, "上": -1, "前": -1, "这": 0, "本": 0, "当": 0, "该": 0, "下": 1, "次": 1, "下下": 2}
_OF_MONTH = r"(?P<part>底|末|初(?![一二三四五六七八九十\d])|中旬|中(?!午|旬|秋|心)|上旬|下旬|内)?"


@rule("month", "上前这本当该下次", rf"(?P<which>上上|上|前|这|本|当|该|下下|下|次)(?:一)?个?月份?的?{_OF_MONTH}")
def _near_month(found: re.Match[str]) -> Fields | None:
    return _with_part({"month_off": _NEAR_MONTHS[found["which"]]}, found)


@rule("month", "月", r"月(?P<part>底|末|初|中旬|中|内)(?!华|级)")
def _this_month(found: re.Match[str]) -> Fields | None:
    return _with_part({"month_off": 0}, found)


@rule("month", _FIRST_MONTH, rf"(?<![第\d{HAN}.]){_CALENDAR}{_MONTH}{_OF_MONTH}")
def _month(found: re.Match[str]) -> Fields | None:
    month = LUNAR_MONTHS.get(found["month"]) or _n(found["month"])
    if not 1 <= month <= 12:
        return None
    lunar = found["month"] in LUNAR_MONTHS or bool(found["leap"]) or (found["calendar"] or "")[:1] in tuple("农阴旧老")
    fields: Fields = {"month": month, "lunar": lunar}
    if found["leap"]:
        fields["leap"] = True
    return _with_part(fields, found)


def _with_part(fields: Fields, found: re.Match[str]) -> Fields:
    if found["part"]:
        fields["month_part"] = found["part"]
    return fields


@rule(
    "day",
    "0123456789",
    rf"(?<![\d.:/-])(0?[1-9]|1[0-2])(?P<sep>[/·-]|\.(?=\d\d?(?!\d?[点时])))(3[01]|[12]\d|0?[1-9])(?P<sign>[日号])?"
    rf"(?![\d:/%％]|[-.]\d|\s*[点时]){_THINGS}",
)
def _figures(found: re.Match[str]) -> Fields | None:
    return {"month": int(found[1]), "day": int(found[3]), "lunar": False}


@rule("calendar", "农阴旧老阳公新", "农历|阴历|旧历|老历|阳历|公历|新历")
def _calendar(found: re.Match[str]) -> Fields | None:
    return {"lunar": found[0] in ("农历", "阴历", "旧历", "老历")}


@rule("day", "初廿", rf"(?:{_LUNAR_DAY})(?![中高级次步见衷心恋版始期\d号日])")
def _bare_lunar_day(found: re.Match[str]) -> Fields | None:
    return {"day": _day_number(found[0]), "lunar": True}


# 3到5号, 10、12日: the first day borrows the sign of the second.
@rule("day", _FIRST, rf"(?<![第\d{HAN}.:])(\d{{1,2}}|[{HAN}]{{1,3}})(?={_TO}{_N}[日号]{_NO_PLACE})")
@rule("day", _FIRST, rf"(?<![第\d{HAN}.])(\d{{1,2}}|[{HAN}]{{1,3}})[日号]{_NO_PLACE}(?!称|码)")
def _day(found: re.Match[str]) -> Fields | None:
    day = _n(found[1])
    return {"day": day, "lunar": False} if 1 <= day <= 31 else None


# 十五 alone before a part of the day or a market may be lunar or solar: asked.
@rule(
    "day",
    "一二三四五六七八九十",
    rf"(?<![第\d{HAN}.])((?:[一二三]?十[一二三四五六七八九]?))(?=(?:那天|这天)?(?:上午|下午|早上|早晨|晚上|中午|前晌|后晌|晌午|赶集|庙会))",
)
def _bare_day(found: re.Match[str]) -> Fields | None:
    day = _n(found[1])
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
_DAY_OF_WEEK = r"(?P<day>[一二三四五六日天末]|[1-7](?![\d.:：点月号日]))"


@rule(
    "week",
    "上前这本今当下次",
    rf"(?P<which>上上上|上上|上|前|这|本|今|当|下下下|下下|下|次)(?:一)?个?{_WEEK}(?:的)?{_DAY_OF_WEEK}?(?P<in>内)?",
)
def _near_week(found: re.Match[str]) -> Fields | None:
    fields = {"week": _NEAR_WEEKS[found["which"]]}
    return {**fields, **_weekday(found["day"])}


@rule(
    "week",
    "周星礼双",
    rf"(?<![一二两三四五六七八九十几\d半每])(?:双休日|{_WEEK}{_DAY_OF_WEEK}(?!家|哥|叔|婶|岁|年庆|老))",
)
def _bare_weekday(found: re.Match[str]) -> Fields | None:
    return _weekday("末" if found[0] == "双休日" else found["day"])


# 周一到五: the second day of a row of days.
@rule("week", "二三四五六日天", rf"(?<=[一二三四五六](?:到|至|-|~|—))(?P<day>[二三四五六日天])(?![点月号日时{HAN}个])")
def _second_weekday(found: re.Match[str]) -> Fields | None:
    before = found.string[: found.start() - 1]
    return _weekday(found["day"]) if re.search(rf"{_WEEK}[一二三四五六]$", before) else None


def _weekday(char: str | None) -> Fields:
    if char is None:
        return {}
    return {"weekend": True} if char == "末" else {"weekday": WEEKDAYS[char]}


@rule(
    "nth",
    "第头最倒",
    rf"(?P<last>最后|倒数)?\s?(?:第|头)?\s?(?P<n>{_N})?\s?个?\s?(?P<unit>{_WEEK}(?:(?P<day>[一二三四五六日天])(?!{_WEEK}))?|天(?!气))(?!年|岁)",
)
def _nth(found: re.Match[str]) -> Fields | None:
    n = _n(found["n"]) if found["n"] else 1
    if n < 1 or found[0][0] not in "第头最倒" or (found["n"] is None and found["last"] is None):
        return None
    what = "day" if found["unit"] == "天" else WEEKDAYS[found["day"]] if found["day"] else "week"
    return {"nth": (n, what, bool(found["last"]), "第" in found[0])}


@rule("nth", "下次第头最", "(?:下一?个|次一?个|第一个|头一个)工作日|(?P<last>最后一个)工作日")
def _nth_working_day(found: re.Match[str]) -> Fields | None:
    return {"nth": (1, "working_day", bool(found["last"]), True)}


# ---- recurring --------------------------------------------------------------------------------------------------


@rule("every", "每隔天逢", r"每隔?(?P<n>[一二两三四五六七八九十]|\d+)(?P<unit>天|周|个?星期|个?礼拜|个?月|年)")
def _every_some(found: re.Match[str]) -> Fields | None:
    unit = UNITS[found["unit"].removeprefix("个")]
    n = _n(found["n"]) + ("隔" in found[0])
    return {"every": (n, unit)} if n > 0 else None


@rule(
    "every",
    "每隔天逢",
    rf"(?P<unit>天天|(?:每逢?|逢)个?(?:天|日|晚(?!上)|早(?!上)|{_WEEK}|月|年|季度|工作日)|每(?=上午|下午|早上|晚上|晚|早)|隔(?:天|日|周))(?:的)?{_DAY_OF_WEEK}?",
)
def _every(found: re.Match[str]) -> Fields | None:
    unit = found["unit"]
    fields = _weekday(found["day"])
    every = (2 if unit[0] == "隔" else 1, next((name for sign, name in _EVERY if sign in unit), "day"))
    if unit[-1] in "晚早":
        fields["part"] = "晚上" if unit[-1] == "晚" else "早上"
    return {"every": every, **fields}


_EVERY = (
    ("工作日", "working_day"),
    ("季度", "quarter"),
    ("周", "week"),
    ("星期", "week"),
    ("礼拜", "week"),
    ("月", "month"),
    ("年", "year"),
)


@rule("every", "工", "工作日(?=的|上午|下午|早|晚|每)")
def _working_days(found: re.Match[str]) -> Fields | None:
    return {"every": (1, "working_day")}


# ---- years, halves, quarters ------------------------------------------------------------------------------------


@rule("year", "0123456789零〇○一二三四五六七八九", r"(?<!\d)(\d{4}|[零〇○一二三四五六七八九]{4})年(?:度)?(?!级)")
@rule(
    "year",
    "0123456789零〇○一二三四五六七八九",
    rf"(?<!\d)(\d{{2}}|[零〇○一二三四五六七八九]{{2}})年(?=[{_FIRST}正冬腊农阴小大立雨春元国中端清除夏秋处白寒霜惊谷芒])",
)
def _a_year(found: re.Match[str]) -> Fields | None:
    year = _year(found[1])
    return {"year": year} if 1900 <= year <= 2100 else None


words("year", {word: {"year_off": offset} for word, offset in YEARS.items()}, guard="(?!级|纪)")


@rule(
    "half",
    "上下年岁第一二三四1234本这季学",
    r"上半年|下半年|年(?:底|末|初|中)(?!级)|岁末|年内|(?:第?(?P<n>[一二三四1-4])|本|这个?|下个?|上个?|(?=季))季度?(?P<end>末|底)|(?:第?(?P<m>[一二三四1-4])|本|这个?|下个?|上个?)季度|(?:本|这)?学期末",
)
def _half(found: re.Match[str]) -> Fields | None:
    word = found[0]
    number_of = found["n"] or found["m"]
    if "季" in word:
        offset = 1 if word[0] == "下" else -1 if word[0] == "上" else 0
        return {"quarter": _n(number_of) if number_of else None, "quarter_off": offset, "end": bool(found["end"])}
    return {"half": word} if word[0] in "上下年岁" else None


# ---- words ------------------------------------------------------------------------------------------------------

words("relative", {word: {"rday": day, "part": part} for word, (day, part) in DAY_AND_PART.items()}, guard="(?!会)")


@rule("shift", "前后之第", r"(?:之)?(?P<side>前|后)(?P<n>[一二两三四五六七八九十]|\d{1,2})天(?:内)?|前(?:一)?[晚夕]")
def _shift(found: re.Match[str]) -> Fields | None:
    if not found["side"]:
        return {"shift": -1, **({"part": "晚上"} if found[0][-1] == "晚" else {})}
    return {"shift": (-1 if found["side"] == "前" else 1) * _n(found["n"])}


words("relative", {word: {"rday": day} for word, day in RELATIVE_DAYS.items()})
words("vague", {word: {"vague": word} for word in VAGUE})
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
