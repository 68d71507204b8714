"""Pieces of expression that several rules share."""

from __future__ import annotations

from nlp.numbers import number
from nlp.when_scan import Fields
from nlp.when_words import WEEKDAYS

HAN = "零〇○一二两三四五六七八九十廿卅"
FIRST = f"0123456789{HAN}"
N = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
WEEK = "(?:周|星期|礼拜)"
TO = "(?:到|至|--|——|-|~|—|－|–|～)"
# After these a number counts things or names a house or a road; it is no day, month or hour.
THINGS = (
    r"(?!\s*(?:[户个人元万块亩斤桌米层楼天周岁次件名位辆盏条口家只吨度倍%％成毛票斗包袋箱年]|公里|工作日|小时|钟头|"
    r"分钟|平方|平米))"
)
NO_PLACE = (
    r"(?!\s*(?:楼|线|院|房|门|路|桥|井|机|地块|杆|文件|令|台|库|棚|渠|泵|村|社|组|队|电|车|人|公路|国道|省道|报|报纸|"
    r"选|选手|方案|议题))"
)


def as_int(text: str | None) -> int:
    """Read a number known to be one; -1 where the numerals make none."""
    value = number(text) if text else None
    return value if isinstance(value, int) else -1


def full_year(text: str) -> int:
    value = int(text) if text.isdigit() else as_int(text)
    return value if len(text) > 2 else 2000 + value if value < 70 else 1900 + value


DAY_OF_WEEK = r"(?P<day>[一二三四五六日天末]|[1-7](?![\d.:：点月号日]))"


def weekday_fields(char: str | None) -> Fields:
    if char is None:
        return {}
    return {"weekend": True} if char == "末" else {"weekday": WEEKDAYS[char]}
