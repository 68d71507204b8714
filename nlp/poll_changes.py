"""What a cadre says to change a poll that is read back, or one that is out: 题目改成…, 西路不要了, 截止改到周六, 除了九社."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from nlp import slots_poll
from nlp.lazy import regex
from nlp.numbers import number
from nlp.poll_beside import NO_OPTION, SWAP
from nlp.poll_talk import CUES, OPENING, PRIVATE, SENDING, PollWords, cut, how_said, options_said
from nlp.poll_times import Moment, from_morning, moment_of, slip_of
from nlp.poll_whom import whom_alone, whom_said
from nlp.said import EDGES, Said
from nlp.time_slips import corrected
from nlp.when import find
from nlp.when_base import Calendar

_POLL_NAMED = regex(
    r"^(?:把|将|改|修改|更正)?(?:一下)?投票\s*\d+\s*(?:的|号)?[\s,，:：]*|^(?:把|将)|^投票(?=题目|标题|选项|[加添](?!不)|范围|截止|时间|改)"
)
_OBJECTS = regex(
    r"^(?:错了|不对|不是|写错了|不行|(?:时间|日子)?(?:太短|不够|太紧)了?)[\s,，]+|^2[\s,，。、]+(?=\D{2})|^改(?:一下)?[\s,，:：]+|^改(?=截止)"
)
_SOFT = regex(r"(?<![网酒水茶书])(?:吧|呗|嘛|哈|啊|呀|行不行?|可以吗|也行)+$")

# 改题目, 选项不对, 时间改一下: which part is asked anew; 重来: all of it.
_PARTS = {
    "title": "题目|标题",
    "options": "选项",
    "closes_at": "截止时间|截止|时间|日期|日子",
    "scope": "范围|投票范围|谁投",
}
_AGAIN = {
    slot: regex(
        rf"(?:我)?(?:要|想|得|再)?(?:重新|重)?(?:改|换|写|弄|定)?(?:一下|下|个)?(?:{words})(?:都|全|我)*(?:要|得|想)?"
        r"(?:改一下|改改|改|换一下|换|错了?|有错|有误|写错了?|有问题|重新写|重写|重弄|太.{1,2}|再?(?:往)?(?:晚|早|长|短|后|前)一?点|不(?:对|好|行|合适|清楚|准))?(?:吧|了)?"
    )
    for slot, words in _PARTS.items()
}
_ALL_AGAIN = regex(
    r"(?:全部?|都|那就)?(?:重来|重新来|重新弄|重新写|重新做|重弄|重写|重做|从头来|从头再来|重新开始|重新发起)(?:一遍|一个|一次)?(?:吧|了)?"
)

_WITHIN_TITLE = regex(
    r"(?:题目|标题)(?:里头?|里面|中|上)(?:的)?(?:把)?(?P<old>.{1,20}?)(?:写成|改成|换成|改为|错了?[\s,，]*(?:应该)?是|应该是)(?P<new>.{1,20})"
)
_TITLE_CHANGE = regex(
    r"(?:(?:题目|标题)(?:(?:(?:写|打|弄)?错了?|不对|有误|改一下)[\s,，:：]*(?:应该|应当)?(?:改成|改为|换成|叫|成|是)|改一下|改成|改为|换成|写成|应该是|改|是|为|叫)?|(?:内容|问题)(?:改成|改为|换成|[:：]))"
    r"\s*[:：]?\s*(?P<t>(?!不用|不要改|不改|别改|没问题|就这|可以$|挺|很好|好着).+)"
)
_OPTION_CHANGE = regex(
    r"(?:重新?|再)?(?:写|弄|定|列)?(?:一下)?选项(?:都|全)*(?:重新?写?|改成|改为|换成|写成|改|换|是|为)?[:：\s]*(?P<t>.+)"
)
_OPTION_IS = regex(r"选项(?:都)?(?:改成|改为|换成|改|是|为)\s*[:：]?\s*.+")
_MANY = r"(?:[\d一两俩二三四五](?:个|项|条|样|种)|个|项)?"
_OPTION_MORE = regex(
    r"(?:选项(?:里头?|里面|中)?)?(?:还|再|也)?(?:给我)?(?:要)?(?:加|添)(?:上|进去?|一下)?"
    rf"{_MANY}(?:新的?)?(?:选项)?(?:叫|是)?\s*[:：]?\s*(?P<t>.+)"
)
_OPTION_LACKS = regex(r"(?:还)?(?:少|缺|漏)(?:了)?(?:一?个|一?项|一?条)(?:选项)?(?:叫|是)?[:：\s]*(?P<t>\S{1,12})")
_LETTERED = regex(
    r"(?:把)?(?:选项\s*(?P<n>[A-Ja-j]|\d{1,2}|[一二三四五六七八九十])|第(?P<m>\d{1,2}|[一二三四五六七八九十])[个项](?:选项)?|(?P<l>[A-Ja-j])(?:选?项)?)\s*"
    r"(?:(?:写|打|弄)?错了?[\s,，]*)?(?:改成|改为|换成|应该是|应该叫|改叫)[\s:：]*(?P<new>.{1,20})"
)
_NTH_OPTION = regex(r"(?P<old>第(?:\d{1,2}|[一二三四五六七八九十])个)(?:选项)?(?:是|为|[:：\s])+(?P<new>.{1,20})")
_FOR_WHOM = regex(r"(?:只?让|叫|请|只)(?:全体)?(?:党员|村民代表|代表|干部)(?:们)?(?:来)?投(?:票)?")
_PER_PERSON = regex(r"(?:一?每?户|按户|一户一票|户)(?:改|换)(?:成|为)?(?:一?每?人|按人|一人一票)(?:投)?(?:吧|了)?")
_PER_HOUSEHOLD = regex(r"(?:一?每?人|按人|一人一票)(?:改|换)(?:成|为)?(?:一?每?户|按户|一户一票)(?:投)?(?:吧|了)?")
_SPAN = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?P<unit>天|日|周|星期|礼拜)"
_LATER = regex(
    rf"(?:时间|截止)?(?:再|还|往|向)*(?:宽限|延长|延期|延后|延|往后推|后推|推后|推迟|晚|迟|多投|多给|多|加|放宽|推)(?:上|个)?{_SPAN}(?:截止)?(?:吧|了)?"
)
_EARLIER = regex(
    rf"(?:时间|截止)?(?:再|还|往|向)*(?:提前|往前|前推|提早|早|少给|少投|少)(?:上|个)?{_SPAN}(?:截止|结束)?(?:吧|了)?"
)
# 把东路删了换中路: one instead of the other.
_INSTEAD = regex(
    r"(?P<old>[^\s,，]{1,12}?)(?:删了|删掉|去掉|不要了|拿掉)[\s,，]*(?:换|改)(?:成|上|为)?(?P<new>[^\s,，]{1,12})"
)
_GONE = r"(?:删除|删掉|删了|删|去掉|去了|拿掉|撤掉|划掉|不要了|不要|取消)"
_OPTION_LESS = regex(
    rf"{_GONE}(?:选项)?\s*[:：]?\s*(?P<t>.+)|(?P<it>[^\s,，]{{1,14}}?)(?:这个|那个)?(?:选项)?(?:给我)?{_GONE}(?:吧|掉|了)*"
)
# 不是西路 是西沟路, 东路写错了是东沟路, 东路改东沟路: what was meant instead.
_NOT_BUT = (
    regex(
        r"不(?:是|叫|选)(?P<old>[^\s,，]{1,16}?)[\s,，]*(?:而是|应该是|应当是|应该叫|是|叫|选)(?P<new>[^\s,，]{1,20})"
    ),
    regex(
        r"(?P<old>[^\s,，]{1,16}?)(?:这个)?(?:(?:写|打|说|弄|搞|记)?错了?|不对)[\s,，]*(?:应该?是|应当是|应为|应该叫|要写|是|改成|改为|叫)(?P<new>[^\s,，]{1,20})"
    ),
    regex(r"(?P<old>[^\s,，]{1,16}?)(?:应该是|应当是|应该叫|应为)(?P<new>[^\s,，]{1,20})"),
    regex(r"(?P<old>[\u4e00-\u9fff\w]{2,12}?)(?:改|换)(?P<new>[\u4e00-\u9fff\w]{2,12})"),
)


def change_said(text: str, now: datetime, calendar: Calendar) -> PollWords:
    """Read a change after the read-back: 截止改到周六, 不记名, 一人一票, 选项加一个南路, 题目改成…, 只九社投."""
    text = _SOFT.sub("", _POLL_NAMED.sub("", corrected(text.strip(EDGES), now, calendar)))
    text = _POLL_NAMED.sub("", _OBJECTS.sub("", text))
    slot = next((slot for slot, pattern in _AGAIN.items() if pattern.fullmatch(text)), "")
    if slot or _ALL_AGAIN.fullmatch(text):
        return PollWords(again=slot or "all")
    if whom := whom_alone(text, bare=True):
        said = Said(text, text, now, calendar)
        return PollWords(scope=whom.scope or None, scope_less=whom.less, unit=slots_poll.unit(said))
    return _of_time(text) or _of_text(text, now, calendar) or _settings(text, now, calendar)


def _of_time(text: str) -> PollWords | None:
    """早一天, 多给两天: days the closing is moved by."""
    later = _LATER.fullmatch(text)
    moved = later or _EARLIER.fullmatch(text)
    days = number(moved["n"]) if moved else None
    if moved is None or not isinstance(days, int):
        return None
    days *= 1 if moved["unit"] in ("天", "日") else 7
    return PollWords(longer=days if later else -days)


def _of_text(text: str, now: datetime, calendar: Calendar) -> PollWords | None:
    """What becomes of the title and the options."""
    said = Said(text, text, now, calendar)
    if lettered := _LETTERED.fullmatch(text):
        return PollWords(
            swap=(f"第{_place(lettered['n'] or lettered['m'] or lettered['l'])}个", lettered["new"].strip(EDGES))
        )
    if nth := _NTH_OPTION.fullmatch(text):
        return PollWords(swap=(nth["old"], nth["new"].strip(EDGES)))
    if _PER_PERSON.fullmatch(text):
        return PollWords(unit="person")
    if _PER_HOUSEHOLD.fullmatch(text):
        return PollWords(unit="household")
    if moved := _INSTEAD.fullmatch(text):
        return PollWords(swap=(moved["old"].strip(EDGES), moved["new"].strip(EDGES)))
    if within := _WITHIN_TITLE.fullmatch(text):
        return PollWords(swap=(within["old"].strip(EDGES), within["new"].strip(EDGES)), in_title=True)
    if match := _TITLE_CHANGE.match(text):
        return PollWords(title=match["t"].strip(EDGES))
    if lacks := _OPTION_LACKS.fullmatch(text):
        return PollWords(lacking=tuple(options_said(lacks["t"])))
    if match := _OPTION_MORE.match(text):
        return PollWords(more=tuple(options_said(slots_poll.without_settings(match["t"]))), **how_said(said))
    if match := _OPTION_CHANGE.match(text):
        return PollWords(options=tuple(options_said(slots_poll.without_settings(match["t"]))), **how_said(said))
    is_of_names = slots_poll.secret(said) is not None or _SECRET_LESS.search(text)
    if not is_of_names and not _PART_NAMED.match(text) and (less := _OPTION_LESS.fullmatch(text)):
        return PollWords(less=tuple(options_said(less["t"] or less["it"])))
    return _instead(text)


def _place(said: str) -> int:
    """The place of B, 2 or 二 among the options."""
    return ord(said.upper()) - ord("A") + 1 if said.isascii() and said.isalpha() else int(number(said) or 0)


_SECRET_LESS = regex("名字|记名|群里|私聊")
_PART_NAMED = regex("题目|标题|截止|时间|范围|投票|票|通知|会")


def _instead(text: str) -> PollWords | None:
    for pattern in (SWAP, *_NOT_BUT):
        swap = pattern.fullmatch(text)
        if swap and not NO_OPTION.match(swap["old"]) and not _ABOUT_NAMES.match(swap["new"]):
            return PollWords(swap=(swap["old"].strip(EDGES), swap["new"].strip(EDGES)))
    return None


_ABOUT_NAMES = regex("不?记名|匿名|[一每按][人户]|[单多]选")


def _settings(text: str, now: datetime, calendar: Calendar) -> PollWords:
    """A closing, a beginning, for whom, and how one votes."""
    said = Said(text, text, now, calendar)
    rest, whom = whom_said(text)
    words = rest.split()  # 按人投 党员
    if not whom.scope and len(words) > 1 and (alone := whom_alone(words[-1], bare=True)):
        rest, whom = " ".join(words[:-1]), alone
    rest = re.sub(r"^时间(?:应该|定在|改到|改成|改|是|为)*[:：\s]*", "", rest) or rest
    rest, opens = cut(rest, (OPENING, SENDING), now, calendar)
    closes = cut(rest, CUES, now, calendar)[1] or _bare_moment(rest.strip(EDGES), now, calendar)
    bounded = slots_poll.BOUNDED.search(rest)
    return PollWords(
        closes=closes, opens=from_morning(opens), in_group=False if PRIVATE.search(text) else None,
        scope=whom.scope or (bounded["area"].strip("、,，和及跟 ") if bounded else None), scope_less=whom.less,
        **how_said(said),
    )  # fmt: skip


def is_setting(text: str, now: datetime, calendar: Calendar) -> bool:
    """Do the words say nothing but how, for whom or until when: 不记名, 九社投, 周五截止, 题目改成…?"""
    said = change_said(text, now, calendar)
    if said.title or said.again or said.longer or said.scope_less or whom_alone(text.strip(EDGES)):
        return True
    left = cut(slots_poll.without_settings(text), CUES, now, calendar)[0].strip(EDGES)
    is_time = said.closes is not None and _bare_moment(text.strip(EDGES), now, calendar) is not None
    return (not left or is_time) and said != PollWords()


def pieces(text: str) -> list[str]:
    """Give the changes of a message one by one: 2 / 题目改成… / 加选项 北渠; of one alone nothing."""
    parts = [
        part for part in re.split(r"[\n,，;；。]+", text) if part.strip(EDGES) not in ("", "2", "改", "不对", "错了")
    ]
    return parts if len(parts) > 1 or (parts and len(parts[0]) < len(text) - 1 and "\n" in text) else []


_TITLE_AGAIN = regex(
    r"(?:题目|标题)(?:改成|改为|换成|(?:(?:写|打|弄)?错了?|不对|有误|改一下)[\s,，:：]*(?:应该|应当)?(?:改成|改为|换成|叫|成|是))"
)


def is_change(text: str) -> bool:
    """题目改成…, 选项加一个…: words that can only mean a poll that is there already."""
    text = re.sub(r"^(?:把|将)", "", text.strip(EDGES))
    named = _POLL_NAMED.match(text)
    text = text[named.end() :] if named else text
    is_option = (
        _OPTION_IS.fullmatch(text)
        or _OPTION_MORE.match(text)
        or _NTH_OPTION.fullmatch(text)
        or _LETTERED.fullmatch(text)
    )
    return bool(is_option or _FOR_WHOM.fullmatch(text)) or bool(_TITLE_AGAIN.match(text))


_ASKS = regex(r"谁|哪|啥|什么|几|咋|怎么|多少|如何|还是|(.)不\1")
_SHARED = 2


def retells(text: str, title: str) -> bool:
    """先修哪条路 beside 修路选哪条: a question in words of the title, told anew."""
    text = text.strip(EDGES)
    pairs = {title[at : at + _SHARED] for at in range(len(title) - 1)}
    shares = any(text[at : at + _SHARED] in pairs for at in range(len(text) - 1))
    return shares and text != title and _ASKS.search(text) is not None


def _bare_moment(text: str, now: datetime, calendar: Calendar) -> Moment | None:
    """A change that is nothing but a time: 周六晚八点."""
    if len(text) <= 12 and (slip := slip_of(text, now, calendar)):
        return slip
    found = find(text, now, calendar)
    begin, end = found.at
    if not found.kind or begin > 2 or end < len(text) - 1:
        return None
    return replace(moment_of(found, now), words=text[begin:end])
