"""How spans, halves of a year and recurrences are written."""

from __future__ import annotations

import re

from nlp.numbers import number
from nlp.when_scan import Fields, rule, words
from nlp.when_shared import DAY_OF_WEEK, FIRST, HAN, WEEK, as_int, weekday_fields
from nlp.when_words import (
    UNITS,
    VAGUE,
)

words("vague", {word: {"vague": word} for word in VAGUE}, guard="(?![后内])")


@rule(
    "half",
    "上下年岁前第一二三四1234本这季学春夏秋冬",
    r"前(?P<first>[二两三2-3])个?季度|(?P<season>[春夏秋冬])(?:天(?!气)|季(?!度))|上半年|下半年|年(?:底|末|初|中)(?!级)|岁末|年内|(?:第?(?P<n>[一二三四1-4])|本|这个?|下个?|上个?|"
    r"(?=季))季度?(?P<end>末|底)|(?:第?(?P<m>[一二三四1-4])|本|这个?|下个?|上个?)季度|(?:本|这)?学期末",
)
def _half(found: re.Match[str]) -> Fields | None:
    word = found[0]
    number_of = found["n"] or found["m"]
    if found["season"] or found["first"]:
        first = "春夏秋冬".index(found["season"]) * 3 + 3 if found["season"] else 1
        return {"months": (first, 3 if found["season"] else 3 * as_int(found["first"]))}
    if "季" in word:
        offset = 1 if word[0] == "下" else -1 if word[0] == "上" else 0
        return {"quarter": as_int(number_of) if number_of else None, "quarter_off": offset, "end": bool(found["end"])}
    return {"half": word} if word[0] in "上下年岁" else None


# ---- spans and what lies a span away ----------------------------------------------------------------------------

_MANY = rf"(?:\d+(?:\.\d+)?|[{HAN}百]{{1,4}}|半|好?几|[俩仨]|数)"
_UNIT = (
    "分钟|刻钟|小时|钟头|工作日|天|日(?!报)|宿|(?:周(?!岁|年|边|围)|星期|礼拜)(?![一二三四五六日天末])|月(?!份)|季度|"
    "年(?!级|纪|轻|货|底|初|末|代)|秒钟?"
)
_BEFORE = (
    "过去|(?:再|还)?过|再等|未来|接下来|今后|往后|之前|之后|最近|近|此前|"
    "[前上](?=[\\d一二两三四五六七八九十]+个?(?:小时|天|周|星期|礼拜|月|年|季度))|(?<![一二三四五六七八九十\\d])下"
)
_AFTER = (
    "之后|以后|过后|后(?!天|面|来|边|果|悔)|之内|以内|内(?!容|部)|里(?=[办修解给弄完必面])|之前|以前|前(?!面|头|后|"
    "往|来|去)|开外"
)


@rule(
    "duration",
    f"再还过未接今往之最近此下前上{FIRST}半几好俩仨数百",
    rf"(?P<before>{_BEFORE})?(?:的)?(?P<n>{_MANY})(?P<few>几|来|多|"
    rf"余)?(?:个(?P<half>半)?)?(?P<unit>{_UNIT})(?P<more>半)?"
    rf"(?:左右|上下)?(?:的)?(?:时间)?(?P<after>{_AFTER})?",
)
@rule(
    "duration",
    f"{FIRST}半几",
    rf"()(?P<before>$^)?(?P<n>{_MANY})(?P<few>$^)?(?P<half>$^)?(?P<unit>分|秒)(?P<more>$^)?(?P<after>之后|以后|后)",
)
def _duration(found: re.Match[str]) -> Fields | None:
    unit = UNITS[found["unit"].removesuffix("钟") if found["unit"].startswith("秒") else found["unit"]]
    written = found["n"]
    about = written.endswith("几") or written == "数" or bool(found["few"]) or _TWO.fullmatch(written) is not None
    amount = _amount(written)
    if amount is None or (unit in ("day", "month", "year") and _is_a_date(found, unit)) or _has_elapsed(found):
        return None
    if found["few"] == "几":
        amount += 1
    if found["half"] or found["more"]:
        amount += 0.5
    side = _side(found["before"] or "", found["after"] or "")
    if side is None and found["before"] == "下":
        return {"delta": (amount, unit, "next"), "doubt": "next_span"}
    fields: Fields = {"delta": (amount, unit, side)}
    if about:
        fields["about"] = True
    if found["before"] == "前" and unit in ("day", "week"):
        fields["ahead"] = int(amount) * (7 if unit == "week" else 1)  # 国庆前三天 is three days before it
    return fields


_TWO = re.compile(r"[一二两三四五六七八九][二两三四五六七八九]")


def _amount(written: str) -> float | None:
    if written in ("几", "好几", "数"):
        return 3
    if _TWO.fullmatch(written):
        return as_int(written[1])
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


def _has_elapsed(found: re.Match[str]) -> bool:
    """等了三天, 都半个月了: how long it lasted already, no time to come."""
    if found["before"] or found["after"]:
        return False
    text, begun = found.string, found.string[max(0, found.start() - 2) : found.start()]
    return text[found.end() : found.end() + 1] in ("了", "没", "都") or begun.endswith(("了", "都", "已经", "快"))


def _side(before: str, after: str) -> str | None:
    if after.endswith(("内", "里")):
        return "within"
    if after.endswith("后") or before in ("过", "再过", "还过") or before == "再等":
        return "after"
    if after.endswith("前"):
        return "ago"
    if before in ("之前", "此前", "近", "最近", "过去", "前", "上"):
        return "last"
    return "coming" if before in ("未来", "接下来", "今后", "往后", "之后") else None


# ---- recurring --------------------------------------------------------------------------------------------------


@rule("every", "每隔天逢", r"每隔?(?P<n>[一二两三四五六七八九十]|\d+)(?P<unit>天|周|个?星期|个?礼拜|个?月|年)")
def _every_some(found: re.Match[str]) -> Fields | None:
    unit = UNITS[found["unit"].removeprefix("个")]
    n = as_int(found["n"]) + ("隔" in found[0])
    return {"every": (n, unit)} if n > 0 else None


@rule(
    "every",
    "每隔天逢",
    rf"(?P<unit>天天|(?:每逢?|逢)个?(?:天|日|晚(?!上)|早(?!上)|月|年|季度|工作日)|每(?=上午|下午|早上|"
    rf"晚上|晚|早)|隔周)|(?:每逢?|逢)个?{WEEK}(?:的)?{DAY_OF_WEEK}?",
)
def _every(found: re.Match[str]) -> Fields | None:
    unit = found["unit"] or "周"
    fields = weekday_fields(found["day"])
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
