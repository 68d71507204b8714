"""Slips in a time that is said: one that cannot be (周八, 13月, 25点), one put right (三点，不，四点), two at once (周三或者周四).

Asked only of words that are known to name a time: of a call for a meeting, a change of it, the closing of a poll.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from nlp.lazy import regex
from nlp.numbers import number
from nlp.when import Calendar, find

_HAN = "零一二三四五六七八九十"
_COUNT = rf"(?:\d{{1,3}}|[{_HAN}]{{1,3}})"
_WEEKDAY = regex(
    rf"(?<![一每两几])(?P<it>(?:周|星期|礼拜)(?P<n>[八九十]|[089](?!\d)))(?=[上下中早晚前的开投截，,。\s{_HAN}\d]|$)"
)
_MONTH = regex(
    rf"(?<![\d{_HAN}])(?P<it>(?P<n>{_COUNT})月(?:{_COUNT}[号日]|(?=份|[\d{_HAN}初底中末上下早晚前截投]|$|[\s,，。])))"
)
_DAY = regex(
    rf"(?<![\d{_HAN}百])(?:(?P<month>{_COUNT})月)?(?P<it>(?P<n>{_COUNT})[号日])(?![楼院地线井机房门路桥渠社组棚库车])"
)
_CLOCK = regex(
    rf"(?<![\d{_HAN}])(?P<it>(?P<n>{_COUNT})(?:点(?!建议|意见|五)|时(?![间候])))|(?<!\d)(?P<colon>(?P<h>\d{{1,2}})[:：](?P<m>\d{{2}}))(?!\d)"
)
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _value(text: str | None) -> int | None:
    found = number(text) if text else None
    return found if isinstance(found, int) else None


def impossible(text: str) -> str | None:
    """Give the words of a day or an hour that there is none of (周八, 13月, 2月30号, 32号, 25点); None where all may be."""
    return _no_leap(text) or _no_day(text) or _no_hour(text)


# 闰月 without its month: few years have one, and which month it follows is not said.
_LEAP = regex(rf"闰月[初{_HAN}]{{0,3}}")


def _no_leap(text: str) -> str | None:
    found = _LEAP.search(text)
    return found.group() if found else None


def _no_day(text: str) -> str | None:
    if weekday := _WEEKDAY.search(text):
        return str(weekday["it"])
    for month in _MONTH.finditer(text):
        if (value := _value(month["n"])) is not None and not 1 <= value <= 12:
            return str(month["it"])
    for day in _DAY.finditer(text):
        value, month_said = _value(day["n"]), _value(day["month"])
        longest = _LENGTHS[month_said - 1] if month_said is not None and 1 <= month_said <= 12 else 31
        if value is not None and not 1 <= value <= longest:
            return f"{day['month']}月{day['it']}" if day["month"] else str(day["it"])
    return None


def _no_hour(text: str) -> str | None:
    for clock in _CLOCK.finditer(text):
        if clock["colon"]:
            if int(clock["h"]) > 24 or int(clock["m"]) > 59:
                return str(clock["colon"])
        elif (value := _value(clock["n"])) is not None and value > 24:
            return str(clock["it"])
    return None


_WRONG = regex(
    r"(?<![\s,，。、])[\s,，。、]*+(?:哦|噢|啊|呃|额|唉|嗯)?[\s,，]*(?:不是?(?=[\s,，])|不对|[写说打记搞弄]错了?|错了|更正)[了啊哈呀]?[\s,，。:：]*"
    r"(?:应该?是|应当是|改成|改为|是)?[\s,，]*"
)
_HOUR = regex(rf"(?:\d{{1,2}}|[{_HAN}两]{{1,3}})(?:点(?:钟|半|整|[一三]刻|[\d{_HAN}]{{1,3}}分?)?|[:：]\d{{2}})\s*$")
_PART = regex(r"上午|下午|中午|晚上|早上|早晨|晌午|前晌|后晌|傍晚|凌晨|夜里|[早晚](?=\s*[\d一二两三四五六七八九十])")
DAY_WORDS = regex(r"[今明后昨]|周|星期|礼拜|[号日初月腊旬集节底]|除夕|年三十|小年|天(?!气)")
_NEAR = 14
# 下个月十五 names a day of the sun's month; 11/25 18:00 is one moment.
_DAY_OF_MONTH = regex(rf"((?:下个?|这个?|本|当)月[{_HAN}]{{1,3}})(?![号日个天社组月多几\d{_HAN}])")
_DATE_CLOCK = regex(r"(?<!\d)(\d{1,2})[/.](\d{1,2})\s+(\d{1,2}[:：]\d{2})")
# 下午两三点: which of the two is not said.
_TWO_HOURS = regex(r"([一二两三四五六七八九])([二三四五六七八九])点")


def corrected(text: str, now: datetime, calendar: Calendar) -> str:
    """Give the text with a time that was put right as it was meant: 后天三点，不，四点开会 is 后天四点开会."""
    text = _DAY_OF_MONTH.sub(r"\1号", _DATE_CLOCK.sub(r"\1月\2日\3", text))
    for wrong in _WRONG.finditer(text):
        before, after = text[: wrong.start()], text[wrong.end() :]
        first, last = _ending(before, now, calendar), _beginning(after, now, calendar)
        if not first or not last:
            continue
        return f"{before[: len(before) - len(first)]}{_put_right(first, last)}{after[len(last) :]}"
    return text


def _put_right(first: str, last: str) -> str:
    """Of the time said first, keep what the second does not say: the day of 后天三点 for 四点, the hour of 周三三点 for 周四."""
    hour = _HOUR.search(first)
    if not DAY_WORDS.search(last):
        kept = first[: hour.start()] if hour else first
        return f"{_PART.sub('', kept) if _PART.search(last) else kept}{last}"
    has_hour = _HOUR.search(last) or _PART.search(last)
    part = _PART.search(first)
    clock = first[part.start() :] if part else hour.group() if hour else ""
    return last if has_hour else f"{last}{clock}"


_OR = regex(r"[\s,，]*(?:或者|或是|还是|要么|或)[\s,，]*")
_ABOUT = regex(r"议题|商量|讨论|研究|内容|主题|选项")


def alternatives(text: str, now: datetime, calendar: Calendar) -> tuple[str, str] | None:
    """Give the two times between which a sentence leaves the choice: 周三 and 周四 of 周三或者周四开会."""
    about = _ABOUT.search(text)
    text = text[: about.start()] if about else text
    hours = _TWO_HOURS.search(text)
    if (
        hours is not None
        and "二三四五六七八九十".find(hours[2]) - "一二三四五六七八九".find(hours[1].replace("两", "二")) == 0
    ):
        return f"{hours[1]}点", f"{hours[2]}点"
    for either in _OR.finditer(text):
        first = _ending(text[: either.start()], now, calendar)
        last = _beginning(text[either.end() :], now, calendar)
        if first and last:
            return first, last
    return None


_NEXT_WEEK = regex(r"下个?(?:周|星期|礼拜)")
_LATER = regex(r"延|推迟|推到|往后|向后|改后|顺延|宽限")
_PUT_OFF_AT_MOST = timedelta(days=7)


def put_off(text: str, said: datetime, stands: datetime) -> datetime:
    """延期到下周三, said on a Sunday of what stands on Friday, cannot mean the Wednesday before it: a week later then."""
    is_too_early = said <= stands < said + _PUT_OFF_AT_MOST
    return said + _PUT_OFF_AT_MOST if is_too_early and _NEXT_WEEK.search(text) and _LATER.search(text) else said


def says_later(text: str) -> bool:
    """延长到周四, 推迟到周二: is something moved away, whatever day is named?"""
    return _LATER.search(text) is not None


def _ending(text: str, now: datetime, calendar: Calendar) -> str:
    """The words of a time the text ends with."""
    tail = text[-_NEAR:].rstrip()
    found = find(tail, now, calendar)
    begin, end = found.at
    return tail[begin:] if found.kind is not None and len(tail) - end <= 1 and end > begin else ""


def _beginning(text: str, now: datetime, calendar: Calendar) -> str:
    """The words of a time the text begins with."""
    head = re.split(r"[,，。;；]", text[:_NEAR])[0]
    found = find(head, now, calendar)
    begin, end = found.at
    return head[:end] if found.kind is not None and begin <= 1 and end > begin else ""
