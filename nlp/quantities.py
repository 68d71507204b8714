"""Amounts in a text: 一亩六分, 块八毛, 十几户, 三到五户, 百十来户, 三成, 第三条.

Everything is exact (int or Decimal). Text that holds no amount gives nothing; nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp.numbers import HAN, UNITS, WIDE, as_number, number


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number found in a text: between `low` and `high` (equal when exact) of `unit`, at text[start:end].

    `about` marks 十几, 百十来, 三四十, 左右. Money is in 元 and land in 亩 whatever was spoken; 成 is a share of 1.
    """

    start: int
    end: int
    low: int | Decimal
    high: int | Decimal
    unit: str = ""
    about: bool = False
    ordinal: bool = False


_UNIT_WORDS = (
    "工作日|个工作日|个小时|小时|个钟头|钟头|个月|个星期|个礼拜|星期|礼拜|分钟|平方米|平米|公里|公斤|"
    "户|家|人|口|个|亩|分|元|桌|天|日|年|月|周|次|件|票|斤|袋|盏|条|棵|头|只|米|里|号|岁|成|度|方|吨|辆|遍|回|位|"
    "名|场|间|座"
)
_NUM = rf"(?:\d+(?:\.\d+)?[万千百wW]?|[{HAN}万亿]+(?:点[{HAN}]+)?|半)"
_ONE = rf"[{HAN}\d]"
_FOUND = re.compile(
    rf"(?P<yuan>{_NUM})?(?P<kuai>块|元)(?:钱)?(?:(?P<jiao>{_ONE})[毛角]?(?![{HAN}\d个]))?(?P<fen>{_ONE}分)?"
    rf"|(?P<dimes>{_NUM})[毛角](?:钱)?(?P<cents>{_ONE})?分?"
    rf"|(?P<mu>{_NUM})亩(?:(?:(?P<li>{_ONE})分)?(?P<half>半)?(?![{HAN}\d]))?"
    rf"|几(?P<scale>[十百千万])(?P<some>{_UNIT_WORDS})?"
    rf"|(?P<first>第)?(?P<low>{_NUM})(?P<few>几|多|来|余)?(?P<group>万|千|百)?"
    rf"(?:(?:到|至|-|~|—)(?P<high>{_NUM}))?(?P<unit>{_UNIT_WORDS})?(?P<about>左右|上下|多|来)?"
)
_TWO_IN_A_ROW = re.compile(r"([一二两三四五六七八]?)(十?)([一二两三四五六七八])([二两三四五六七八九])(十|百|千|万)?")
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def quantities(text: str) -> tuple[Quantity, ...]:
    """Find every number with what it counts, from left to right; parts that are no number are left out."""
    text = text.translate(WIDE)
    return tuple(one for match in _FOUND.finditer(text) if (one := _quantity(match)) is not None)


def _exactly(match: re.Match[str], value: int | Decimal, unit: str) -> Quantity:
    value = as_number(Decimal(value))
    return Quantity(match.start(), match.end(), value, value, unit)


def _or_none(text: str | None) -> int | Decimal | None:
    return None if text is None else number(text)


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["kuai"] or match["dimes"]:
        return _money(match)
    if match["mu"]:
        acres = number(match["mu"])
        half = Decimal(0) if not match["half"] else _TENTH / 2 if match["li"] else Decimal("0.5")
        part = (_or_none(match["li"]) or 0) * _TENTH + half
        return None if acres is None else _exactly(match, acres + part, "亩")
    if match["scale"]:
        ten = UNITS.get(match["scale"], 10_000)
        return Quantity(match.start(), match.end(), 2 * ten, 9 * ten, match["some"] or "", about=True)
    return _counted(match)


def _money(match: re.Match[str]) -> Quantity | None:
    if match["dimes"]:
        dimes = number(match["dimes"])
        cents = (_or_none(match["cents"]) or 0) * _HUNDREDTH
        return None if dimes is None else _exactly(match, dimes * _TENTH + cents, "元")
    if match["yuan"] is None and match["jiao"] is None:
        return None
    yuan = 1 if match["yuan"] is None else number(match["yuan"])  # 块八 is 1.8
    if yuan is None:
        return None
    dimes = (_or_none(match["jiao"]) or 0) * _TENTH
    fen = (number(match["fen"][0]) or 0) * _HUNDREDTH if match["fen"] else 0
    return _exactly(match, yuan + dimes + fen, "元")


def _counted(match: re.Match[str]) -> Quantity | None:
    low, high, about = _bounds(match)
    if low is None or high is None or high < low:
        return None
    unit = match["unit"] or ""
    if unit == "成":
        low, high = as_number(low * _TENTH), as_number(high * _TENTH)
    return Quantity(match.start(), match.end(), low, high, unit, about or bool(match["about"]), bool(match["first"]))


def _bounds(match: re.Match[str]) -> tuple[int | Decimal | None, int | Decimal | None, bool]:
    """Give the least and the most that was meant: 十几 11–19, 三四十 30–40, 百十来 about 110, 三到五 3–5."""
    written = match["low"]
    if (pair := _TWO_IN_A_ROW.fullmatch(written)) is not None and (pair[2] or not pair[1]):
        tens = f"{pair[1]}{pair[2]}" if pair[2] else ""
        scale = pair[5] or ""
        return number(f"{tens}{pair[3]}{scale}"), number(f"{tens}{pair[4]}{scale}"), True
    low = number(written)
    if low is None:
        return None, None, False
    if match["group"]:
        low *= UNITS.get(match["group"], 10_000)
    if match["high"]:
        return low, number(match["high"]), False
    if match["few"] == "几":
        return low + 1, low + 9, True
    return low, low, bool(match["few"])
