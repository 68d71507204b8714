"""Names of places carry letters that mean nothing there (桥 of a Bridge Village): they are taken out before topics
are scored, and are a first hint of where the matter is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from nlp.numbers import HAN, number

_NAME = r"[^\W\d_A-Za-z请求反映咨询投诉举报建议希望关于硬化修路灯水电的了在给对把被和与我们咱你他]"
_CODED = r"[A-Z]\d{0,3}(?:县市|县县|市县|[县市区州])"
_COUNTY = rf"{_NAME}{{2,3}}?(?:自治县|县|市|区|州)"
_TOWN = rf"{_NAME}{{1,4}}?(?:瑶族乡|街道(?:办事处|办)?|办事处|镇|乡)"
_NO_VILLAGE = "级干委里口支上小医镇庄集规务容头组社子外道路部"  # 村级, 村口, 村规 are no names
_VILLAGE = rf"{_NAME}{{1,4}}?(?:社区|居委会|自然村|新村|(?=村民)|(?<!农)村(?![{_NO_VILLAGE}]))"
_GROUP = (
    rf"(?:{_NAME}{{1,4}}?|第?[一二三四五六七八九十\d]{{1,3}})(?:组(?![长级员织])|(?<![用作销行])社(?![区会员长保]))"
)

_CHAIN = re.compile(
    rf"(?:{_CODED})+(?:{_COUNTY})?(?:{_TOWN})?(?:{_VILLAGE})*(?:{_GROUP})?"
    rf"|(?:{_COUNTY})?{_TOWN}(?:{_VILLAGE})+(?:{_GROUP})?"
)
_HAS = re.compile(r"[镇乡]|街道|办事处|[A-Z]\d{0,3}[县市区州]")


def split_place(text: str) -> tuple[str, str]:
    """Return the text without the chains of place names in it, and the first such chain ("" if none).

    A single name (兴河村) stays: alone it is too easily a word of the matter.
    """
    if _HAS.search(text) is None:
        return text, ""
    found = _CHAIN.search(text)
    if found is None:
        return text, ""
    start, end = found.span()
    if _HAS.search(text, end) is None:  # mostly: one chain, and no need to look for more
        return text[:start] + text[end:], found.group()
    return _CHAIN.sub("", text), found.group()


# What a spot is called holds no letter of what somebody does or suffers there: 火烧到这边 and 掉井边 are no names of spots.
_SPOT_NAME = (
    r"[^\W\d_我你他她它人有到了在着来去不没从把被给烧倒掉跌摔栽跳投落淹冲撞砸压埋塌垮死伤血火烟跑追打砍杀喊叫躺趴"
    r"滚滑翻沉困卡吊昏晕咬救快要说看是就还都也和跟让拉抢偷哭吵闹闻听掐吃喝见只个两三几哪走开过起出进回站坐等修停漏冒流满堵脏臭喂刚]{1,6}?"
)
_BESIDE = "旁边|边上|边|门口|跟前|对面"
_AROUND = f"{_BESIDE}|门前|脚下|底下|附近|口|场|桥头"
_ANYWHERE = f"{_AROUND}|边头|旁|下面|下头|下|上面|上头|上|后头|后面|前头|前面|头|里|站|院|室|店|堂|校"
_SPOT = re.compile(
    rf"(?:就?在)?{_SPOT_NAME}(?:"
    rf"(?:{_ANYWHERE})(?:[这那](?:边|里|儿|块|一?段|一片))[，,\s]*"
    rf"|(?:{_AROUND})[，,\s]+"
    rf"|(?:{_BESIDE})(?=[这那][个盏条些块几座根段口棵边里一]))"
)
_LEAST = 4


def without_spot(text: str) -> str:
    """Return a text without the spot it begins with (老井边这边，路灯坏了): what stands where is no hint of what happened."""
    found = _SPOT.match(text)
    return text[found.end() :] if found and len(text) - found.end() >= _LEAST else text


_NUMBERED = re.compile(rf"第?(?P<number>[{HAN}]{{1,3}}|\d{{1,2}})(?:社|村民小组|小组|组|生产队|队)")
_SUFFIX = re.compile("(?:社|村民小组|小组|组|生产队|队)$")
# 八社社长, 八社的老李: somebody is named, not where it is.
_OF_SOMEBODY = re.compile(
    "的?(?:[社组队]长|老(?!(?:槐|榆|柳|杨|桑|枣|核桃)?树|[槐井桥房屋院庙戏学街路村水渠坟磨])[\u4e00-\u9fff](?!家)|人(?!家)|那[个帮群]|干部|会计)"
)
_LEAST_NAME = 3


def told_among(text: str, names: Mapping[int, str]) -> list[int]:
    """Return which of these places of one village a text says something is at, in its order: 八社的路灯, 8组, 李家湾路口.

    A numbered 社 is called 组 and 队 as well; a longer name without its 社 (李家湾).
    """
    numbered, words = _called(tuple(names.items()))
    found: list[tuple[int, int]] = []
    for met in _NUMBERED.finditer(text) if numbered else ():
        value = number(met["number"])
        key = None if value is None else numbered.get(value)
        if key is not None and not _OF_SOMEBODY.match(text, met.end()):
            found.append((met.start(), key))
    for key, word in words:
        at = text.find(word)
        if at >= 0 and not _OF_SOMEBODY.match(text, at + len(word)):
            found.append((at, key))
    return list(dict.fromkeys(key for _, key in sorted(found)))


@lru_cache(maxsize=512)  # a village's names stay as they are; they are asked for every matter
def _called(names: tuple[tuple[int, str], ...]) -> tuple[Mapping[int | Decimal, int], tuple[tuple[int, str], ...]]:
    """How the places are found: those with a number by it, the others by their name, without its 社 where it is long."""
    numbered = {value: key for key, name in names if (value := _number_of(name)) is not None}
    words = []
    for key, name in names:
        if key not in numbered.values():
            stem = _SUFFIX.sub("", name)
            words.append((key, stem if len(stem) >= _LEAST_NAME else name))
    return numbered, tuple(words)


def _number_of(name: str) -> int | Decimal | None:
    met = _NUMBERED.fullmatch(name)
    return number(met["number"]) if met else None
