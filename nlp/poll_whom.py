"""Whom a poll asks, taken out of a sentence: 九社投, 八社九社的人投, 我网格, 名单 王德福 张桂兰, 除了九社, 九社不投.

What says so by itself is taken wherever it stands. A bare 九社 is whom it asks only at an edge of the sentence, and only
where the rest is a poll without it (nlp/poll_talk.py): 七社 八社 九社 may be what is chosen from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.lazy import regex
from nlp.slots_poll import ALL_OF, ONE_AREA, without_settings

OWN_AREA = r"(?:我们?|咱们?|俺们?|本|自己)(?:的|这个|这)?(?:网格|村民小组|小组|社|组|队)"
_ONE = rf"(?:{ONE_AREA}|{ALL_OF}|{OWN_AREA}|代表(?=都?来?投))"
_WHO = rf"{_ONE}(?:[、,，和及跟]?\s*{_ONE})*"
_PEOPLE = r"(?:的)?(?:人家?|户主?|住户|社员|群众|村民|乡亲们?|各户|大家|大伙儿?|党员|代表)?们?"
_VOTES = r"(?:都|全|一起|一块|来|去|能|可以|参加|算)*(?:投票?|选|表决|参加)(?:一下|一投|一票|个票|票)?"
_ONLY = r"(?:这次|这个|投票|范围|只|光|就|仅|限|让|叫|请|给|由|面向|改成?|定|是|为|[:：])*\s*"
_END = r"(?:吧|了|就行|就好|即可)*"
_SURE = regex(
    rf"{_ONLY}(?P<who>{_WHO}{_PEOPLE}){_VOTES}{_END}|{_ONLY}(?P<own>{OWN_AREA}(?:[、,，和及跟]?{OWN_AREA})*){_PEOPLE}{_END}"
    rf"|(?:这次|投票)?范围(?:改成?|定|是|为|[:：])*(?P<named>{_WHO}{_PEOPLE}){_END}"
)
_EXCEPT = regex(
    rf"(?:全村|大家|其他社?|别的社?)?(?:除了|除开|除去|除|不含|不包括|不算)(?P<but>{_WHO}){_PEOPLE}(?:以外|之外|外)?"
    rf"(?:的)?(?:其他|其余|别的)?(?:社|组|人|户)?(?:都|全)?(?:{_VOTES})?{_END}"
    rf"|(?P<not>{_WHO}){_PEOPLE}(?:都)?(?:不用|不要|不能|不|别)(?:来)?(?:投票?|选|参加|算){_END}"
    rf"|(?:不|别)(?:让|叫|给|要)(?P<kept>{_WHO}){_PEOPLE}(?:投票?|选|参加)?{_END}"
)
_BARE = regex(rf"(?P<who>{_WHO}{_PEOPLE})")
_ENDS_WITH_AREA = regex(rf"{_ONE}$")
# 给九社发个投票, 在九社搞个投票, 九社发个投票.
_FOR_AREA = regex(
    rf"^\s*(?:请|帮我|麻烦)?(?:给|在|让|叫|跟|向|对)?(?P<who>{_WHO}{_PEOPLE})(?:群里|群|里|内)?"
    r"(?:发起|发|搞|弄|整|开|做|办|组织|来)(?:一?个|一?次|一?下)?(?=投票|投个票|表决)"
    rf"|^\s*(?:让|叫|请|给)?(?P<they>{_WHO}{_PEOPLE})都?来?(?:投|选|表决)(?:一下|一投|个票|一票|下|票)?(?=[看定问])"
)
_SEGMENT = regex(r"[^\s,，。;；!！]+")
_COMMAND = regex(r"\S{0,10}(?:投票|投个票|选一下|表决)[:：]?")
_LIST = regex(r"(?:^|(?<=[\s,，。;；]))(?:只让|让|就)?名单(?:是|为|上的?)?[:：\s]+")
_NAME = regex(r"(?:第?[\d一二三四五六七八九十]{1,2}(?:社|组))?[\u4e00-\u9fff]{2,4}")
_NO_NAME = regex(r"谁|哪|啥|什么|几|咋|怎么|[不要]|记名|单选|多选|一票|截止|投|选")
_ASKS_WHICH = regex(r"哪.{0,2}(?:社|组|队|网格)|(?:社|组|队|网格)选项")

_CLOSES = regex(r"(?:投票?)?(?:截止|截至|到|至|最晚)|(?:下个?|这个?)?(?:周|星期|礼拜)|[今明后]|月底|\S{0,6}[点号日天]")


@dataclass(frozen=True, slots=True)
class Whom:
    """`scope`: who votes; `less`: who of those that would does not. "" for what was not said."""

    scope: str = ""
    less: str = ""


def whom_said(text: str) -> tuple[str, Whom]:
    """Take whom it asks out of a sentence, where that is said for certain."""
    if command := _FOR_AREA.match(text):
        return text[command.end() :], Whom(_plain(command["who"] or command["they"]))
    if listed := _LIST.search(text):
        names, end = _names(text, listed.end())
        if names:
            return f"{text[: listed.start()]} {text[end:]}", Whom(f"名单 {' '.join(names)}")
    for segment in _SEGMENT.finditer(text):
        found = whom_alone(segment.group())
        if found is None:
            continue
        begin, before = segment.start(), _SEGMENT.findall(text[: segment.start()])
        while found.scope and before and _BARE.fullmatch(before[-1]):  # 八社 九社的人投
            begin = text.rindex(before[-1], 0, begin)
            found = Whom(f"{_plain(before.pop())}、{found.scope}")
        return f"{text[:begin]} {text[segment.end() :]}", found
    return text, Whom()


def _names(text: str, at: int) -> tuple[list[str], int]:
    names: list[str] = []
    for word in re.compile(r"[^\s,，、。;；]+").finditer(text, at):
        name = re.sub(r"(?:投票?|来投)$", "", word.group())
        if not _NAME.fullmatch(name) or _NO_NAME.search(name):
            break
        names.append(name)
        at = word.end()
    return names, at


def whom_alone(segment: str, *, bare: bool = False) -> Whom | None:
    """Read words that say nothing but whom it asks; with `bare` 九社 by itself does."""
    if but := _EXCEPT.fullmatch(segment):
        return Whom(less=_plain(but["but"] or but["not"] or but["kept"]))
    sure = _SURE.fullmatch(segment) or (_BARE.fullmatch(segment) if bare else None)
    if sure is None:
        return None
    found = sure.groupdict()
    return Whom(_plain(found["who"] or found.get("own") or found.get("named") or ""))


def at_an_edge(text: str) -> Iterator[tuple[str, str]]:
    """Give the sentence without the bare areas it ends or begins with, each time with those: 上段 下段 八社、九社.

    Settings and the closing may stand beside them: 东路 西路 九社 按户 投到周五.
    """
    parts = list(_SEGMENT.finditer(text))
    is_area = [_BARE.fullmatch(part.group()) is not None for part in parts]
    if not any(is_area):
        return
    last = len(parts)
    while last and (is_area[last - 1] or _says_how(parts[last - 1].group())):
        last -= 1
    is_behind = last > 0 and any(is_area[last:]) and not _ENDS_WITH_AREA.search(parts[last - 1].group())
    if is_behind and not _ASKS_WHICH.search(text):
        yield _without(text, [part for part, bare in zip(parts[last:], is_area[last:], strict=True) if bare])
    first = 0
    while first < len(parts) and _COMMAND.fullmatch(parts[first].group()):
        first += 1
    end = first
    while end < len(parts) and is_area[end]:
        end += 1
    if first < end < len(parts):
        yield _without(text, parts[first:end])


def _says_how(segment: str) -> bool:
    return _CLOSES.match(segment) is not None or not without_settings(segment).strip()


def _without(text: str, parts: list[re.Match[str]]) -> tuple[str, str]:
    for part in reversed(parts):
        text = f"{text[: part.start()]} {text[part.end() :]}"
    return text, "、".join(_plain(part.group()) for part in parts)


def _plain(who: str) -> str:
    who = re.sub(r"的?(?:人家?|户主?|住户|社员|群众|村民|乡亲们?|各户|大家|大伙儿?)?$", "", who)
    return who.strip("、,，和及跟 ")
