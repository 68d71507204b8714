"""Numbers as villagers write them: 三百五, 两万五, 2w, 壹, １; and the number of an answer (投1, 选A, 我投第一个).

Everything is exact (int or Decimal). Text that holds no number gives None or nothing; nothing raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from nlp.lazy import regex
from nlp.remembered import remembered

_DIGITS = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)),
} | {"两": 2, "俩": 2, "仨": 3, "幺": 1, "○": 0, "貳": 2, "參": 3, "陸": 6, "兩": 2}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "w": 10**4, "W": 10**4, "亿": 10**8}
_CIRCLED = {chr(0x2460 + n): str(n + 1) for n in range(20)} | {chr(0x2776 + n): str(n + 1) for n in range(10)}
WIDE: dict[int, str | None] = (
    {0xFF10 + n: str(n) for n in range(10)}
    | {0xFE0F: None, 0x20E3: None}
    | {0xFF0E: ".", 0xFF0B: "+"}
    | {ord(k): v for k, v in _CIRCLED.items()}
)

_ANY_WIDE = regex(f"[{''.join(map(chr, WIDE))}]")

HAN = "".join([*_DIGITS, *_TENS, *UNITS])
_HAN_NUMBER = rf"[{HAN}万萬亿]+"
_ARABIC = r"\d+(?:\.\d+)?"
_PLAIN = regex(rf"(?:{_ARABIC}|{_HAN_NUMBER})(?:点[{HAN}]+)?[万萬千百wW亿]*")


def _below_ten_thousand(text: str) -> int | None:
    """Read 三千二百零五, 三百五 (350), 一千二 (1200), 廿三, 百十; None where the units do not descend."""
    total, digit, last, zero = 0, None, 10_000, False
    for char in text:
        if char in _DIGITS:
            if digit is not None and digit != 0:
                return None
            digit, zero = _DIGITS[char], zero or _DIGITS[char] == 0
        elif char in _TENS:
            total, last, digit = total + _TENS[char], 10, None
        elif char in UNITS:
            unit = UNITS[char]
            if unit >= last:
                return None
            total, last, digit, zero = total + (1 if digit in (None, 0) else digit or 1) * unit, unit, None, False
    if digit is None:
        return total
    # 三百五 is 350 and 一千二 is 1200, but 三百零五 is 305 and 三十五 is 35.
    short = last >= 100 and not zero and last != 10_000
    return total + digit * (last // 10 if short else 1)


def _han_integer(text: str) -> int | None:
    if not any(char in UNITS or char in _TENS or char in _GROUPS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if all(c in _DIGITS for c in text) else None
    head, rest, scale = text, "", 1
    for group in ("亿", "万", "萬"):
        if group in text:
            head, _, rest = text.partition(group)
            scale = _GROUPS[group]
            break
    if scale == 1:
        return _below_ten_thousand(text)
    high = _han_integer(head) if head else 1
    if high is None:
        return None
    if len(rest) == 1 and rest in _DIGITS:  # 两万五 is 25,000
        return high * scale + _DIGITS[rest] * (scale // 10)
    low = _han_integer(rest) if rest else 0
    return None if low is None or low >= scale else high * scale + low


def as_number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def number(text: str) -> int | Decimal | None:
    """Read one whole string as a number (三百五, 1.5万, 2w, 两万五, ３６, 三点五, 半), else None."""
    text = text.translate(WIDE).strip().replace(",", "").replace("，", "")
    if text == "半":
        return Decimal("0.5")
    if not text or len(text) > 24 or not _PLAIN.fullmatch(text):
        return None
    whole, point, fraction = text.partition("点")
    scale = 1
    while len(text) > 1 and text[-1] in _GROUPS and (text[0].isdigit() or point):
        scale, text = scale * _GROUPS[text[-1]], text[:-1]
    while text and text[-1] in UNITS and text[0].isdigit():
        scale, text = scale * UNITS[text[-1]], text[:-1]
    if text and text[0].isdigit() and not point:
        return as_number(Decimal(text) * scale) if re.fullmatch(_ARABIC, text) else None
    if point:
        return _spoken_fraction(whole, fraction.rstrip("".join(_GROUPS)), scale)
    return _han_integer(text)


def _spoken_fraction(whole: str, fraction: str, scale: int) -> int | Decimal | None:
    high = number(whole)
    if high is None or not fraction or any(char not in _DIGITS for char in fraction):
        return None
    digits = "".join(str(_DIGITS[char]) for char in fraction)
    return as_number((Decimal(high) + Decimal(f"0.{digits}")) * scale)


# What may stand around the number of an answer: 投1, 我选第一个, 回2吧, 选项三, 改成2.
_ANSWER = regex(
    r"(?:那|嗯+[\s,，]*)?(?:我|俺|我家|我们家|咱家|我们)?(?:就|要|想|还是|也)*(?:改投|改成|改选|改为|投给|投票给|投|选择|选项|选|"
    r"回复|回|要|同意|支持|赞成|换成)?"
    rf"\s*(?:第|方案|选项|选)?\s*(?P<number>\d{{1,3}}|[{HAN}]{{1,4}}|[A-Ta-t])(?:个|号|项|条|种|方案|选项)?"
    r"(?:那个|方案)?\s*(?:吧|啊|呀|了|哈|呢|的|呗|嘛|咧|哩|喽|咯|谢谢|就行)*"
)
_ROUND = " \t\r\n。.!！,，~～、;；:：?？()（）【】[]"


@remembered
def said_number(text: str) -> int | None:
    """Read a whole message that is nothing but the number of an answer (1, 一, 投1, 选A, ①, 我投第一个), else None.

    House 12 is no answer, 10 is not 1, and 十一点 is a time.
    """
    plain = text.translate(WIDE) if _ANY_WIDE.search(text) else text
    match = _ANSWER.fullmatch(plain.strip(_ROUND))
    if match is None:
        return None
    written = match["number"]
    if written.isascii() and written.isalpha():
        return ord(written.upper()) - ord("A") + 1
    value = number(written)
    return value if isinstance(value, int) else None


def option_number(text: str, options: Sequence[str]) -> int | None:
    """Give which of the numbered options the whole message answers with, 1 the first; None when it names none of them.

    Besides numbers it takes an option's own words, with or without its number (`东路`, `我选东路`, `1东路`).
    """
    value = said_number(text)
    if value is not None:
        return value if 1 <= value <= len(options) else None
    bare = _bare(text)
    places = [place for place, option in enumerate(options, 1) if bare and _answers(bare, _bare(option), place)]
    return places[0] if len(places) == 1 else None


def option_numbers(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """Give every option a multiple-choice answer names (`1 3`, `一和三`, `1、2`), or () when any part names none."""
    parts = [
        part
        for part in re.split(
            r"(?:还有|以及|[\s,，、和跟与;；])+|(?<=[\d一二三四五六七八九十])(?=第)", text.translate(WIDE).strip(_ROUND)
        )
        if part
    ]
    numbers = [option_number(part, options) for part in parts]
    if not numbers or None in numbers:
        return ()
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


_LEAD = regex(r"^(?:我们家|我家|我们|我|俺|咱家)?(?:就|要|想|还是)?(?:改投|改成|投给|投|选择|选|支持|要)?")
_TRAIL = regex(r"(?:吧|啊|呀|哈|呢|谢谢|就行)+$")


def _bare(text: str) -> str:
    text = "".join(char for char in text.translate(WIDE) if char not in _ROUND)
    return _TRAIL.sub("", text).lower()


def _answers(said: str, option: str, place: int) -> bool:
    return bool(option) and option in (said, said.removeprefix(str(place)), _LEAD.sub("", said))
