"""What stands around a story and says nothing of it: greetings, thanks; and words that are only that."""

from __future__ import annotations

import re

from nlp.lazy import regex

_LEAD = regex(
    r"(?:(?:你好|您好|在吗|在不在|在么|在不|喂|哎|诶|闺女|小伙子|姑娘|同志|领导|好的|好嘞|嗯|麻烦(?:你|您)?(?:一下)?|打扰(?:一下)?|不好意思|请问|"
    r"谢谢(?:你们?|您|大家)?|多谢|辛苦(?:你们?|您)?|顺便(?:说|问)?(?:一下|哈子|下)?|另外|我跟你说|跟你说(?:个事)?)(?:啊|呀|哈|了|哦|嘛)*[\s,，。!！~、]*)+"
)
_TAIL = regex(
    r"[\s,，。!！~]*(?:(?:谢谢|多谢)(?:你们?|您|大家|了)?|麻烦(?:你们?|您)了?|辛苦(?:你们?|您)?了?|拜托(?:你们?|您)?了?|(?:你|您)?帮我(?:看看|问问|查查)|给看看)(?:啊|呀|哈|哦|了)*[!！。~\s]*"
)
_SMALL = regex(
    r"(?:要得|晓得了?|知道了?|好嘞|好的?|行|中|嗯|哦|噢|[oO][kK]|收到|好人一生平安|吃(?:饭)?了(?:没|吗)|忙着呢?|辛苦了?|👍|👌|🙏|🌹|\[[^\[\]]{1,4}\])*"
    r"(?:谢谢.{0,12}|多谢.{0,10})?[。!！~\s]*"
)
_PROGRESS = regex(
    r"(?:排上队|排到(?:我)?|轮到(?:我)?|有(?:信儿?|消息|动静|结果|人来)|安排(?:上|人)?|派人(?:来)?|报上去|修上|弄上)(?:了)?(?:没有?|吗|不)|还(?:得|要)(?:等)?(?:多久|几天|多长时间|好久)|(?:那|这)?(?:得|要|大概|估计)*(?:多久|几天|多长时间)(?:才)?(?:能|可以|会)?(?:修|办|弄|处理|解决|来|搞)?(?:好|完|人)?|(?:是|由|派)?谁(?:来|去)?(?:给我)?(?:们)?(?:修|办|弄|处理|负责修)|(?:小[\u4e00-\u9fff]|网格[长员]|他们?|电工|师傅|人)(?:啥时候|几时|什么时候|多会儿|哪天)(?:能|才|会|过)?(?:来|到|修|去)(?:修|看|弄)?|(?:啥|什么)编号|编号(?:是)?(?:多少|啥|几)"
    r"|(?:小[\u4e00-\u9fff]|网格[长员]|他们?|书记)(?:咋|怎么)说的?|(?:啥时候|几时|什么时候|多会儿)(?:能)?(?:来|修|弄|办|好|到)(?:人)?|(?:是不是)?(?:把我)?(?:这事)?忘了(?:吧|没)?|(?:都)?过了?期了?(?:咋|怎么)?还没.{1,3}|到哪一?步了?"
)
_SETTLED = regex(
    r"(?:现在|刚|今天|垃圾|路?灯|水管?|沟|渠|路|电|信号|网)*(?:又|都|已经|自己|让?人)*(?:来(?:电|水|气)|[电水气]?(?<=[电水气])来|通|亮|不漏|不堵|不停|不响|不臭|不滴|好|修好|弄好|解决|问清楚|找到|拉走|清走|运走|清完|拉完|清干净)了(?:[\s,，]*(?:不用(?:来|管|修)?了|谢谢.{0,4}))?|不用了[\s,，]*.{0,8}(?:好|清楚|到|通|亮|来)了|不用(?:来|管|修|办)了"
)


_FOR_ANOTHER = regex(
    r"(?:我|俺)?(?:替|代|帮)(?:我|俺)?\s*[^\s,，]{1,7}?\s*(?:来)?(?:反映|说|问|报)(?:一下|个事|一声)?[\s,，:：]+.{3,}",
    re.DOTALL,
)


def tells_for_another(text: str) -> bool:
    """替我妈反映，她低保没了."""
    return _FOR_ANOTHER.fullmatch(text.strip()) is not None


def without_politeness(text: str) -> str:
    """Give what is left of a message between its greetings and thanks; "" where that is all."""
    text = text.strip()
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    tails = [tail for tail in _TAIL.finditer(text) if tail.end() == len(text)]
    while tails:
        text = text[: tails[0].start()]
        tails = [tail for tail in _TAIL.finditer(text) if tail.end() == len(text) and tail.group()]
    return text.strip(" ,，。!！~")


def is_small_talk(text: str) -> bool:
    """Whether it says no more than that he has heard, or is friendly: 要得, 好人一生平安."""
    return _SMALL.fullmatch(text.strip()) is not None


def asks_progress(text: str) -> bool:
    """排上队没, 还得多久, 小陈咋说的, of a matter he has just told of."""
    return _PROGRESS.fullmatch(text.strip(" 。！？?!~啊呀呢嘛")) is not None


_PRESSES = regex(
    r"(?:再)?(?:帮我)?催(?:一)?(?:下|催)?[^\s,，]{1,8}(?:的)?(?:那件?)?事(?:情|儿)?(?:吧|呗)?"
    r"|[^\s,，]{1,8}?(?:的|那|这)(?:那|这)?(?:一)?[个件]?(?:事(?:情|儿)?)?[\s,，]*(?:再|帮我|给我|麻烦|帮忙)*催(?:一)?(?:下|催)?(?:吧|呗)?"
)


def presses_for(text: str) -> bool:
    """催一下路灯的事."""
    return _PRESSES.fullmatch(text.strip(" 。！!")) is not None


_NO_HURRY = regex(
    r"(?:我|俺|这事?|这个|倒|也|都|真|先)*(?:不|莫|别|甭|不用|不必|用不着)(?:着|太|那么|用)?急(?:的|着)?(?:啊|哈|呢|嘛|哦|了)*"
    r"|(?:你们?|您)?慢慢(?:来|弄|修|办)(?:吧|就行|就好|啊|哈)*|(?:啥时候|几时|什么时候)有空(?:啥时候|几时|什么时候|再)?(?:来|弄|修|办)(?:就行|吧|都行)?"
)


def behind_no_hurry(text: str) -> str | None:
    """What is said behind 不着急, 不急 慢慢来: "" where that is all, None where he is in a hurry or says nothing of it."""
    found = _NO_HURRY.match(text)
    if found is None:
        return None
    while found is not None and found.end():
        text = text[found.end() :].lstrip(" ，,。!！~")
        found = _NO_HURRY.match(text)
    return text


_SCOLDS = regex(
    r"(?:真是|简直|都是|你们?|就是|这帮|这群|这些|村里?|干部){0,4}(?:一?(?:群|帮|伙))?(?:都|全)?(?:是)?(?:一?(?:群|帮|伙))?"
    r"(?:废物|饭桶|草包|窝囊废|混蛋|王八蛋|吃(?:干|白|闲)饭的?|(?:干|是干)(?:啥|什么)吃的?|白拿(?:工资|钱)的?|光吃不干的?|不干人事)(?:的)?(?:吗|吧|啊|呀|嘛|[!！?？])*"
)


def scolds(text: str) -> bool:
    """一群废物, 你们都是吃干饭的吗, and no more: he has waited too long, and praises nobody."""
    return _SCOLDS.fullmatch(text.strip(" 。！!，,")) is not None


def says_settled(text: str) -> bool:
    """来电了, 不漏了, 不用了 问清楚了: what he told of is over."""
    return _SETTLED.fullmatch(text.strip(" 。！!~啊呀哈")) is not None


_RESTS = regex(
    r"(?:算了|不说了|莫说了|罢了|莫管了|别管了|不追究了|不计较了|就这样吧)(?:算了|吧|不说了|不告了|不追究了|不计较了|莫管了|别管了|嘛)*[\s,，]*"
    r"(?:都是|毕竟是?|大家|到底是)*(?:邻里邻居|乡里乡亲|街坊邻居|隔壁邻居|邻居|乡亲|一个村(?:的|上的|里的)?|抬头不见低头见|亲戚|一家人|自家人|和为贵)(?:的|嘛|呢|啊|了)*"
)


def lets_it_rest(text: str) -> bool:
    """算了不说了 邻里邻居的: he wants no more of it, and tells nothing new."""
    return _RESTS.fullmatch(text.strip(" 。！!~")) is not None
