"""Slots: what a message says beside its intent, each read by one small function.

A reader gets what was said and gives a value, or None when the text does not say it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.lazy import regex
from nlp.numbers import HAN, number, said_number
from nlp.said import Reader, Said, trimmed
from nlp.slots_meeting import MEETING_READERS
from nlp.slots_poll import POLL_READERS
from nlp.slots_time import TIME_READERS
from nlp.slots_village import VILLAGE_READERS

_FULL = regex(r"(?<![A-Za-z0-9])[A-Za-z]{1,8}-\d{6}-\d{3,}(?!\d)")
# Digits alone; not 三天, 5户, 12345, a phone number, a clock, a date, a code or part of a longer number.
_DIGITS = regex(
    r"(?<![A-Za-z\d.:点月/-])(?:(?P<number>\d{3,4})|(?P<short>\d{1,2})(?=号(?!能|可以|会|之?前|以前|来|去|[上中下]午|晚|早)))(?!\d|[.:/-]\d|工作日|[A-Za-z]"
    r"|[天日户个人点月年周岁元块钟时小亩家件次成桌万千百斤米瓦度]|分(?!类))(?:号(?![楼院线机井路桥杆房]))?"
)
_FIRST_IN_REST = regex(
    r"^[\s,，:：#号]*(?P<number>\d{1,4})(?!\d|[.:/-]\d|[天日户个人点月年周岁元块分钟时小亩家件次成桌万千百斤米])"
)
_SPOKEN = regex(rf"(?<![{HAN}月第])(?P<number>[{HAN}]{{1,4}})号(?=[的那事件单]|$)")


def matter_number(said: Said) -> str | None:
    """Give the number of a matter as typed: the full one, else its digits (007), else 七号那事 as 7."""
    if (full := _FULL.search(said.text)) is not None:
        return full[0].upper()
    if (digits := _DIGITS.search(said.text)) is not None:
        return digits["number"] or digits["short"]
    if said.rest != said.text and (first := _FIRST_IN_REST.match(said.rest)) is not None:
        return first["number"]
    if (spoken := _SPOKEN.search(said.text)) is not None:
        value = number(spoken["number"])
        return None if value is None else str(value)
    return None


def matter_numbers(said: Said) -> list[str] | None:
    """Give every number of a matter named."""
    found = [match[0].upper() for match in _FULL.finditer(said.text)]
    found = found or [match["number"] or match["short"] for match in _DIGITS.finditer(said.text)]
    one = matter_number(said)
    return found or ([one] if one else None)


def rest(said: Said) -> str | None:
    """Give what follows the command words."""
    return trimmed(said.rest)


def note(said: Said) -> str | None:
    """Give what follows the command words, without a matter's number."""
    return trimmed(_DIGITS.sub("", _FULL.sub("", said.rest)))


_CHOICE = regex(
    rf"(?:改投|改成|改选|改为|投给|投票?|选项|选择|选|回|要)个?\s*(?:第|方案)?\s*(?P<number>\d{{1,2}}|[{HAN}]{{1,3}}|"
    r"[A-Ta-t](?![A-Za-z]))"
    r"(?:个|号|项)?(?![天户点月人桌年])"
)
_STANCE_VOTE = regex(r"不同意|不赞成|反对|弃权|同意|赞成|支持")
_NAMED = regex(
    r"(?:我|俺|我家|我们家)?(?:就|要)?(?:改投|改成|改选|投给|投|选择|选)\s*(?P<name>[^\d\s,，。!！]{1,10}?)(?:吧|"
    r"了|哈|那个|这个)?$"
)
_NTH = regex(rf"第(?P<number>\d{{1,2}}|[{HAN}]{{1,3}})(?:个|号|项|条|种)")


def choice(said: Said) -> int | str | None:
    """Give the number of the option voted for, or its words (东路, 同意) when no number is said."""
    value = said_number(said.text)
    if value is not None:
        return value
    for expression in (_NTH, _CHOICE):
        if (match := expression.search(said.text)) is not None:
            written = match["number"]
            if written.isascii() and written.isalpha():
                return ord(written.upper()) - ord("A") + 1
            numbered = number(written)
            if isinstance(numbered, int):
                return numbered
    if (named := _NAMED.search(said.text)) is not None:
        return named["name"]
    stance = _STANCE_VOTE.search(said.text)
    return stance[0] if stance else None


_CODE = regex(r"(?:绑定码|码|code)\s*(?:是|为|:|：)?\s*([A-Za-z0-9]{4,10})")
_TAIL_OF_PHONE = regex(r"尾号|手机|电话")
_FIGURES = regex(r"(?<![\dA-Za-z])\d{4,6}(?!\d)")
_AREA = regex(rf"(?:第)?(?:\d{{1,2}}|[{HAN}]{{1,3}})(?:社|组|队|网格|微网格|小组)|[\u4e00-\u9fff]{{1,4}}(?:村|庄)")
_HOUSE = regex(r"老[\u4e00-\u9fff](?=家)|[\u4e00-\u9fff]{2,3}(?=家的?$)")
_NAME = regex(r"(?:^|[\s,，、:：]|我叫|我是|名字是|姓名)\s*([\u4e00-\u9fff]{2,4})(?=$|[\s,，、。])")


def code(said: Said) -> str | None:
    """Give the paper code (绑定码), letters in capitals."""
    named = _CODE.search(said.text)
    if named is not None:
        return named[1].upper()
    bare = None if _TAIL_OF_PHONE.search(said.text) else _FIGURES.search(said.rest)
    return bare[0] if bare else None


def area(said: Said) -> str | None:
    """Give the place among the village's units (九社, 三网格)."""
    match = _AREA.search(said.text)
    return match[0] if match else None


_CALLED = regex(r"(?:我叫|名字是|名字叫|姓名[:：]?)\s*(?P<name>[\u4e00-\u9fff]{2,4}?)(?=$|[\s,，、。]|是|住|在|家)")


def person(said: Said) -> str | None:
    """Give the name of a person: 张桂兰, or 老李 of 老李家."""
    called = _CALLED.search(said.text)
    if called is not None:
        return called["name"]
    text = _AREA.sub(" ", said.rest if _AREA.sub("", said.rest).strip(" 的") else said.text)
    house = _HOUSE.search(text)
    if house is not None:
        return house[0]
    for match in _NAME.finditer(text):
        if match[1] not in ("绑定", "绑定码", "解绑", "验证码", "手机", "一下", "认证"):
            return match[1]
    return None


_KIN = (
    r"(?:我|俺)?(?:妈妈|妈|爸爸|爸|爹|娘|奶奶|奶|爷爷|爷|公公|婆婆|婆|媳妇|老婆|老公|男人|儿子|女儿|娃|老汉|老伴|"
    r"哥|姐|弟|妹|叔|婶|舅|姑|嫂子)"
)
_PROXY = regex(
    rf"(?:代|替|帮|给)\s*(?P<name>{_KIN}|(?:邻居|隔壁)?[\u4e00-\u9fff]{{2,4}}?)(?=代?投|报|选|办|签|说|反映|代|$|"
    rf"[\s,，])|^(?P<kin>{_KIN})"
)


def proxied(said: Said) -> str | None:
    """Give for whom somebody acts: 张桂兰 of 代 张桂兰, 我妈 of 我妈投2."""
    match = _PROXY.search(said.text)
    return None if match is None else (match["name"] or match["kin"]).removeprefix("邻居").removeprefix("隔壁")


_ROLE = regex(
    r"微网格长|微网格员|微网格|总网格长|网格长|网格员|副书记|第一书记|村支书|支书|书记|村主任|主任|文书|会计|"
    r"监委|监督委员|妇联主席|妇联|村医|社长|队长|"
    r"组长|包村干部|包村领导|驻村干部|党员|联系人|代表|调解员|电工|水管员|保洁员|派出所|民警|负责人|干部"
)


def role(said: Said) -> str | None:
    """Give whom he looks for, in his own words (网格员, 书记)."""
    match = _ROLE.search(said.text)
    return match[0] if match else None


_TOPIC_CODE = regex(r"(?<![A-Za-z])(?:RC|EN|LA|AG|EC|SS|PS|DS|SA|CU|GO|OT)\d{2}(?!\d)", re.IGNORECASE)


def topic_code(said: Said) -> str | None:
    """Give the code of a kind of matter (RC03)."""
    match = _TOPIC_CODE.search(said.text)
    return match[0].upper() if match else None


_DEPARTMENT = regex(
    r"供电所|电力公司|水管所|水管站|水利站|水站|水厂|派出所|司法所|自然资源所|国土所|土地所|环保所|环保站|"
    r"生态环境|卫生院|中心校|学校|应急办|应急|消防|"
    r"人社所|医保站|医保所|医保局|财政所|畜牧站|兽医站|林草站|林站|交管站|公路段|公路站|交通|移动公司|电信公司|"
    r"联通公司|移动|电信|联通|"
    r"通信公司|纪委|市场监管所|工商所|文化站|妇联|"
    r"退役军人站|劳动监察|燃气公司|供热公司|综治中心|综治|民政所|民政办|民政|社会事务办|便民服务中心|"
    r"农业农村中心|农技站|农业站|农经站|村镇建设|城建|"
    r"经发办|乡村振兴|扶贫办|信访办|调解委员会|调委会|村委会|村委|电管站|电站|自来水公司|住建|林业站|水务"
)


def department(said: Said) -> str | None:
    """Give the last department named: in 不归我们管 归供电所 the one it belongs to."""
    found = _DEPARTMENT.findall(said.text)
    return found[-1] if found else None


def support_number(said: Said) -> str | None:
    """Give the number of the matter supported, unless a topic is named."""
    return None if "议题" in said.text or "+" in said.text else matter_number(said)


_TO_THE_MEETING = regex(r"把(?P<it>.+?)(?:的事情|的事|这个?事)?(?:拿到|放到|弄到)会上")
_PROPOSE = regex(r"^(?:我)?(?:要|想)?(?:交|出|荐|提)(?:个|一个)?(?:议)?题\s*")
_ABOUT = regex(r"^(?:一个|个|一下|下|是|：|:|关于|，|,|\s)+|(?:的事|的事情)$")
_MAY_WE = regex(
    r"^.*?(?:能不能|可不可以|能否|是不是|应该|建议|希望|最好)?(?:把)?(?:村里|大家|我们)?(?:开个?会|坐下来|"
    r"一起)*(?:商量|议一议|议议|讨论|研究|说说|说一下)(?:一下|下)?"
)


def topic_title(said: Said) -> str | None:
    """Give what a villager wants talked over: after 出题, or after 能不能开会商量下."""
    held = _TO_THE_MEETING.search(said.text)
    if held is not None:
        return trimmed(held["it"])
    text = _PROPOSE.sub("", said.rest if said.rest.strip() else said.text)
    return trimmed(_ABOUT.sub("", _MAY_WE.sub("", text)))


_ITS = regex(r"^(?:号)?\s*(?:退回|退单|拒收|拒接)?(?:去|给|了|吧)?")


def reason(said: Said) -> str | None:
    """Give why it comes back: all that is said beside the command word and the matter's number."""
    return trimmed(_ITS.sub("", _DIGITS.sub("", _FULL.sub("", said.text)).strip()))


READERS: Mapping[str, Reader] = {
    "matter_number": matter_number,
    "matter_numbers": matter_numbers,
    "rest": rest,
    "note": note,
    "choice": choice,
    "code": code,
    "area": area,
    "person": person,
    "proxied": proxied,
    "role": role,
    "topic_code": topic_code,
    "department": department,
    "reason": reason,
    "support_number": support_number,
    "topic_title": topic_title,
    **TIME_READERS,
    **POLL_READERS,
    **MEETING_READERS,
    **VILLAGE_READERS,
}
