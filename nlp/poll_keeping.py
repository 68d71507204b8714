"""What an organiser says of polls that are out, in a whole message: which there are, who is missing, remind them, how one is made."""

from __future__ import annotations

import re

from nlp.lazy import regex
from nlp.numbers import WIDE
from nlp.remembered import remembered
from nlp.said import EDGES

_NOW = r"(?:现在|这会儿|眼下|目前|今天|村里|咱村)*"
_SEE = r"(?:我)?(?:看看?|查查?|看一下|查一下|给我看看?)?"
_POLL = r"(?:这个|这次|那个|这)?(?:投票|票)"
_MISSING = r"(?:还)?没(?:有)?投(?:过|上)?(?:票)?"
_THOSE = r"(?:的)?(?:人|户|人家|那些人|那几户|乡亲们?|各户|村民|大家|大伙儿?)?"
_DAY = r"(?:周|星期|礼拜)[一二三四五六日天]|[今明后]天|\d{1,2}(?:月\d{1,2})?[号日]"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("how", regex(
        r"(?:我)?(?:咋|怎么|怎样|如何)(?:样)?(?:能|才能)?(?:个)?(?:发起|发布|发|弄|搞|整|做|建|开|办|组织|创建|新建)(?:起)?(?:一个|个|一次|次|一场)?投票(?:啊|呀|呢|哩|吗)*"
        r"|(?:发起|发|搞|弄|做)?投票(?:要|该)?(?:咋|怎么|如何)(?:个)?(?:发起|发布|发|搞|做|建|开|办|组织)(?:法|啊|呀|呢|哩)*|(?:我)?不会(?:发起|发|弄|搞|做|建)投票"
    )),
    ("list", regex(
        rf"{_SEE}{_NOW}(?:一共|总共)?(?:有|开着|在投|正在投)?(?:的)?(?:几个|哪些|哪几个|多少个|什么|啥)(?:正在投的|没结束的|开着的|在投的)?投票(?:在投|开着|没结束|没截止)?(?:啊|呢|了)*"
        rf"|{_SEE}(?:所有|全部|正在投|没截止)?(?:的)?投票(?:列表|清单|目录|记录)|{_SEE}(?:所有|全部|正在投的|没截止的)投票"
    )),
    ("state", regex(
        rf"{_SEE}{_POLL}(?:的)?(?:是)?(?:啥|什么|咋个|怎么个)?(?:情况|进展|进度|状况|动静)(?:如何|咋样|怎么样)?(?:了|啊|呢)*|(?:开|唱|计|点)票(?:了|吧|吗)*"
        rf"|(?:打印|打出来)(?:一下|一份)?投票结果|(?:把)?投票(?:的)?结果(?:给我)?(?:打印|打出来|公示|公布|贴|上墙|张榜)(?:出来|出去|一下|一份|[\d一二三四五六七八九十]{{1,3}}天)*"
        rf"|(?:把)?投票(?:的)?名单(?:给我|让我|发我|发来)*(?:看看?|看一下|瞅瞅)*|(?:给我|让我|我)*(?:看|看看|看下|看一下)?(?:各家|各户|每家|每户|大家|都|谁|谁家)+投(?:的|了)?(?:是)?(?:啥|什么|哪个)(?:给(?:我)?(?:个|一个)?名单)?"
    )),
    ("again", regex(r"(?:把)?(?:这个|那个)?(?:投票)?(?:给我)?(?:重新|再次)(?:打开|开放|开|投)(?:一次|一遍|一下|一回)?(?:吧|了)?")),
    ("missing", regex(
        rf"{_SEE}{_POLL}?{_MISSING}(?:票)?{_THOSE}(?:的)?(?:名单|有谁|是谁|有哪些|有哪几户|都有谁|有几个|有几户|有多少)(?:呢|啊)*"
        rf"|{_SEE}(?P<whose>我(?:们|的)?(?:网格|社|组|这边|这里|这儿)|[\d一二三四五六七八九十]{{1,3}}(?:社|组|网格))(?:里|上)?(?:的)?(?:还)?(?:有)?(?:谁|哪些人|哪几户|哪些户|几户|几家|几个人|多少户|多少人|多少家){_MISSING}(?:啊|呢)*"
        rf"|{_SEE}(?:还差|还缺|差)(?:谁|哪几户|哪些户|几户|多少户|几个|几家)(?:{_MISSING})?(?:没投|投票)(?:啊|呢)*"
    )),
    ("remind", regex(
        rf"(?:再|给我|帮我|麻烦|去)*(?:提醒|催|催催|通知|叫|喊|督促)(?:一下|一遍|一声|下)?(?:{_MISSING}{_THOSE}|大家|大伙儿?|他们|各户|乡亲们?|村民|群众)?(?:抓紧|赶紧|赶快|快点?|都|来|去)*(?:投|投票|投一下|投个票)(?:一下|一遍|一声|吧|了)*"
        rf"|(?:再|给我|帮我)*(?:提醒|催|催催|通知|叫|喊|督促)(?:一下|一遍|一声|下)?{_MISSING}{_THOSE}(?:一下|一遍|一声|吧)*"
        r"|(?:投票)?(?:再)?(?:提醒|催)(?:一|1)?(?:遍|次)(?:投票|没投的)?(?:吧)?|(?:把)?投票(?:再|重新?)(?:发|通知|提醒)(?:一)?(?:遍|次|下)?(?:到群里)?(?:吧)?|(?:再|重新?)发(?:一)?(?:遍|次|下)?投票"
    )),
    ("change", regex(
        rf"(?:要|想|怎么|咋|能不能|能)*(?:修改|改动|更正|改)(?:一下|下)?{_POLL}(?:内容)?(?:吗|吧)*|{_POLL}(?:内容)?(?:要|想|能不能|能)*(?:修改|改动|改)(?:一下|一改|改)?(?:吗|吧)*"
    )),
    ("print", regex(r"(?:把)?(?:打印|打出来|印)(?:一下|一份)?(?:这个)?投票(?:单|内容|通知)?(?:打印|打出来|印)?(?:一下|一份|出来)?|(?:把)?投票(?:单|内容|通知)?打印(?:一下|一份|出来)?")),
    ("until", regex(
        rf"{_POLL}?(?:时间)?(?:再)?(?:延长|延期|推迟|延后|往后推|后推|顺延|宽限)(?:一下|下|几天|{_POLL})?(?:吧)?"
        rf"|{_POLL}?(?:时间)?(?:再|往)*(?:延长|延期|推迟|延后|往后推|后推|顺延|宽限)(?:上)?(?:\d{{1,2}}|[一二两三四五六七八九十半]{{1,2}})个?(?:天|日|周|星期|礼拜)(?:吧|了)?"
        rf"|{_POLL}?(?:时间)?(?:延长|延期|推迟|延后|顺延|延)(?:到|至)(?:\S{{1,12}})(?:吧|了)?"
        rf"|{_POLL}?(?:提前|提早)(?:到|至)(?:\S{{1,8}})(?:截止|结束)?(?:吧)?"
        rf"|{_POLL}?再(?:开|放|投|等|给)(?:上)?(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})个?(?:天|日|周|星期|礼拜)(?:时间)?(?:(?:让|叫|等)\S{{0,6}}投(?:完|上|票|一下)?)?(?:吧)?"
        rf"|(?:把)?{_POLL}?(?:的)?截止(?:时间|日期|日子)?(?:给我)?(?:改|挪|定|换|推|延|提|调)?(?:到|成|为|在|至)(?:\S{{1,14}})"
        rf"|{_POLL}?(?:时间)?(?:改|挪|换|调)(?:到|成|为|在|至)(?:\S{{1,12}})(?:截止|结束投票|为止)(?:吧|了)?"
        rf"|(?:把|从)(?:{_DAY})\S{{0,6}}?(?:改|挪|换|调|延|推)(?:到|成|为|在|至)(?:{_DAY})(?:\S{{0,6}})"
    )),
)  # fmt: skip
_MAY_BE = regex("[投票]|重新|再|[延推后]|提前|提早|顺延|宽限|[催醒]|截止|改|挪")
LONGEST = 24


@remembered
def asked_by_keeper(text: str) -> str | None:
    """Tell what a whole message asks of the polls one answers for: "how", "list", "state", "missing", "remind", "change",
    "print", "until" (a closing is moved); None for other words."""
    if len(text) > LONGEST or not _MAY_BE.search(text):
        return None
    plain = "".join(text.translate(WIDE).split()).strip(EDGES)
    return next((asked for asked, pattern in _FORMS if pattern.fullmatch(plain)), None)


_TAKES_BACK = regex("取消|作废|撤|删|不要了|收回|发错|弄错|搞错")


def takes_back(text: str) -> bool:
    """取消投票, 发错了把投票撤了: is the poll wanted gone, rather than closed?"""
    return _TAKES_BACK.search(text) is not None


_WEEKDAY = regex(r"(?<![上下这本])(?:周|星期|礼拜)[一二三四五六日天]")


def names_a_weekday(text: str) -> bool:
    """周日, without this or next before it: of a closing that is put off, the one behind the closing."""
    return _WEEKDAY.search(text) is not None and "今" not in text


_FROM_TO = regex(rf"^(?:投票)?(?:\d+)?\s*(?:把|从)(?:{_DAY})\S{{0,6}}?(?=(?:改|挪|换|调|延|推)(?:到|成|为|在|至))")


def moved_to(text: str) -> str:
    """把周五改成周六 without the day that no longer holds."""
    return _MORE_DAYS.sub("再多给", _LET_THEM.sub("", _FROM_TO.sub("", text.strip())))


_MORE_DAYS = regex(r"^再(?:开|放|投|等|给)(?=[\d一二两三四五六七八九十])")
_LET_THEM = regex(r"(?<=[天日周期拜])[\s,，]*(?:让|叫|等)\S{0,6}投(?:完|上|票|一下)?吧?$")


_NEARER = regex("提前|提早|早点|早些|往前")


def moves_nearer(text: str) -> bool:
    """提前到周四, 提前两天截止: the closing of one that is out is only put off, or made now."""
    return _NEARER.search(text) is not None


_AS_IT_IS = regex(
    r"(?:算了[\s,，]*)?(?:那?就|还是|先|暂时)*(?:不|别|不用|不要)(?:急着)?(?:截止?|动|延长?|延期|改|关|结束)(?:它)?(?:了|吧|呢)*"
)


def leaves_as_it_is(text: str) -> bool:
    """不截, 先不延了: the closing stands."""
    return _AS_IT_IS.fullmatch(text.strip(" 。！!，,")) is not None
