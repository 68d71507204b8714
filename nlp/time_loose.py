"""Times said loosely: a span of hours (九点到十一点), two days in one word (明后天, 周六周日), a date in four digits (1125), no day at all (收秋后).

Asked only of words that are known to name a time, before they are read (as nlp/time_slips.py is).
"""

from __future__ import annotations

import re

from nlp.lazy import regex

_HAN = "零一二三四五六七八九十两"
_HOUR = rf"(?:\d{{1,2}}[:：]\d{{2}}|(?:\d{{1,2}}|[{_HAN}]{{1,3}})(?:点|时)(?:半|整|[一三]刻|\d{{1,2}}分?|[{_HAN}]{{1,3}}分)?)"
_PART = r"(?:当天|当日)?(?:上午|下午|中午|晚上|早上|晌午|傍晚|晚|早)?"
_UNTIL = r"\s*(?:到|至|[-—–~～－]+)\s*"
_SPAN = regex(
    rf"(?P<from>{_HOUR}){_UNTIL}{_PART}{_HOUR}(?:结束|散会|为止|左右)?"
    rf"|(?<![\d月/.{_HAN}])(?P<bare>\d{{1,2}}|[{_HAN}]{{1,3}}){_UNTIL}{_PART}(?:\d{{1,2}}|[{_HAN}]{{1,3}})(?P<unit>点|时)(?!间)"
)
_TWO_DAYS = regex(r"明后(?:两)?天|今明(?:两)?天")
_WEEK = r"(?:周|星期|礼拜)"
_TWO_WEEKDAYS = regex(
    rf"(?P<week>下|这|本)?(?P<a>{_WEEK})(?:(?P<first>[一二三四五六日天])[、和跟及\s]*{_WEEK}(?P<last>[一二三四五六日天])|六[日天](?![点号月]))"
)
_FOUR_DIGITS = regex(
    r"(?<![\d.:：-])(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=\s*(?:上午|下午|中午|晚上|早上|[早晚]|\d{1,2}[点:：]))"
)
_SOME_DAY = regex(
    r"等(?![上下中]午)[^\s,，。点\d]{1,8}?(?:回来|来了|好了|完了?|后|再)"
    r"|(?:等)?(?:收秋|秋收|麦收|收麦|夏收|农忙|农闲|忙完|春播|开春|过完年|年后|放假|开学|下完?雪|雪化|雨停|天晴)[^\s,，。\d]{0,3}?(?:了|以后|之后|后|完|(?=[\s,，上下中早晚]))"
)


def spelled_out(text: str) -> str:
    """Give the text with what is loose in it said plainly: a span by its beginning, two days with 或者 between them."""
    if "天" in text:
        text = _TWO_DAYS.sub(lambda met: "明天或者后天" if met[0][0] == "明" else "今天或者明天", text)
    text = _TWO_WEEKDAYS.sub(_two_weekdays, text)
    text = _FOUR_DIGITS.sub(lambda met: f"{int(met['month'])}月{int(met['day'])}日", text)
    return _SPAN.sub(lambda met: met["from"] or f"{met['bare']}{met['unit']}", text)


def _two_weekdays(met: re.Match[str]) -> str:
    week = f"{met['week'] or ''}{met['a']}"
    return f"{week}{met['first'] or '六'}或者{week}{met['last'] or '日'}"


def some_day(text: str) -> str:
    """The words of a day nobody can find in a calendar (收秋后, 等小陈回来); "" where there are none."""
    found = _SOME_DAY.search(text)
    return found[0] if found else ""
