"""What tells the options of a poll apart (东 of 东路 and 西路), and words that name none of them: 都行, 都不要.

A part counts as the option only where it is all that is said; 东路 and 西路 share 路, which says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.lazy import regex
from nlp.numbers import HAN, number

_SIDE = regex(
    r"(?<=.)(?:那边|这边|边|头|面|侧)(?:的|那条|这条|那个|这个)*$|(?<=.)的?(?:那条|这条|那个|这个|那种|这种)$"
)
_NOT_A_PART = frozenset("不没别都也的了是有要好行对可我你他们一二两三四五六七八九十嗯哦啊吧呢")
_WHO = r"(?:我们?家?|俺们?家?|咱们?家?)?(?:觉得|看|感觉|这边)?"
_END = r"(?:都)?(?:行|成|中|可以|好|能行|要得|没问题|没意见)(?:的|了|吧|呢|啊|嘛|呀|哈|咧)*"
_EITHER = regex(
    rf"{_WHO}(?:(?:两|俩|几|三|这几|这两)(?:个|条|样|种|家|头)?|哪(?:个|条|样|种|边|一个)?|咋(?:样|弄|么)?|怎么(?:样|着)?|选?(?:谁|啥))?(?:都|也)+{_END}"
    rf"|{_WHO}(?:都)?(?:随便|无所谓|随大流|没想好|没主意|(?:不知道|不晓得|不清楚)(?:选|投|哪)(?:啥|什么|谁|个|条|哪个|哪条|个好)?好?|拿不准|拿不定主意|没意见|一样)(?:你们|选|吧|了|的|啊|呢|嘛|啦)*"
    rf"|{_WHO}哪(?:个|条|样|种)[^\s哪]{{1,4}}(?:就)?(?:选|走|要|投|修|用|来)哪(?:个|条|样|种)(?:吧|呗|了)?"
    rf"|{_WHO}(?:听|随|跟着?)(?:大家|大伙儿?|村里|村上|你们|干部|书记)(?:的|走|定|吧)*"
    rf"|(?:你们|大家|大伙儿?|村里|村上)(?:看着?)?(?:定|办|选)(?:吧|就行|就好|都行)*"
)
_NEITHER = regex(
    rf"{_WHO}(?:(?:两|俩|几|三|这几|这两)(?:个|条|样|种)?|哪(?:个|条|样|种|一个)?|一个)?(?:都|也)(?:不|没)(?:行|好|成|中|要|选|投|想选|想要|想投|同意|愿意|满意)(?:的|了|吧|啊)*"
    rf"|{_WHO}(?:都)?不(?:想)?(?:投|选)(?:了|吧|票)*"
)
_BOTH = regex(
    rf"{_WHO}(?:(?:两|俩|几|三|这几|这两)(?:个|条|样|种|家|头)?都|全部?|全都)(?:想|要|选|投|修|装|来)+(?:吧|了|呀|啊|的)*"
    rf"|{_WHO}都(?:想)?(?:要|选|投)(?:吧|上|了|呀|啊|的)*"
)


def distinct_parts(options: Sequence[str]) -> tuple[str, ...]:
    """Give of every option what it does not begin or end with as another does; "" where nothing of its own is left."""
    return tuple(_part(place, options) for place in range(len(options)))


def _part(place: int, options: Sequence[str]) -> str:
    option, others = options[place], [*options[:place], *options[place + 1 :]]
    begins = max((_shared(option, other) for other in others), default=0)
    ends = max((_shared(option[::-1], other[::-1]) for other in others), default=0)
    part = option[begins : len(option) - ends] if begins + ends < len(option) else ""
    return "" if part in _NOT_A_PART or any(part in other for other in others) else part


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def part_said(said: str, options: Sequence[str]) -> int | None:
    """Give the option, 1 the first, whose own part is all that is said: 东, 东边, 东头的; None where none or several are."""
    parts = distinct_parts(options)
    ends = min((_shared(a[::-1], b[::-1]) for a in options for b in options if a != b), default=0)
    shared = options[0][len(options[0]) - ends :] if ends else ""  # 东边那条路 of 东路 and 西路
    for words in (said, _SIDE.sub("", said), _SIDE.sub("", said.removesuffix(shared))):
        if words and parts.count(words) == 1:
            return parts.index(words) + 1
    return None


def is_misspelt(said: str, options: Sequence[str]) -> bool:
    """Is it an option with one wrong character, the part that tells it apart being right (东璐)?"""
    return any(
        part in said and len(said) == len(option) and sum(a != b for a, b in zip(said, option, strict=True)) == 1
        for part, option in zip(distinct_parts(options), options, strict=True)
        if part
    )


def names_none(text: str) -> str | None:
    """Tell whether a whole message leaves it open ("either": 都行, 随便), wants none ("neither": 都不要) or all ("both":
    两个都要); None else."""
    if _BOTH.fullmatch(text):
        return "both"
    if _NEITHER.fullmatch(text):
        return "neither"
    return "either" if _EITHER.fullmatch(text) else None


_FIGURES = regex(rf"[{HAN}]+")
_WEEKDAY = regex(r"(?:星期|礼拜)(?=[一二三四五六日天])")


def in_other_figures(said: str, options: Sequence[str]) -> int | None:
    """Give the option that is the same in other figures, 1 the first: 9点 of 九点, 3天 of 三天, 礼拜五 of 周五."""
    plain = _plain(said) if 2 <= len(said) <= _LONGEST else ""
    places = [place for place, option in enumerate(options, 1) if plain and _plain(option) == plain]
    return places[0] if len(places) == 1 else None


_LONGEST = 12


_CLOCK = regex(r"(?P<hour>\d{1,2})[:：点](?P<minute>[0-5]\d)(?:分)?(?!\d)")


def _in_words(match: re.Match[str]) -> str:
    """八点半 for 8:30 and 20:30."""
    hour, minute = int(match["hour"]), match["minute"]
    hour -= 12 if 12 < hour <= 24 else 0
    return f"{hour}点{ {'00': '', '30': '半'}.get(minute, minute) }"


def _plain(words: str) -> str:
    """The words with figures for numbers, one way to write a time, and one name for a day of the week."""
    named = _WEEKDAY.sub("周", words).replace("周天", "周日")  # before 五 is 5
    return _in_figures(_CLOCK.sub(_in_words, _in_figures(named)))


def _in_figures(words: str) -> str:
    return _FIGURES.sub(lambda match: str(number(match.group()) or match.group()), words)
