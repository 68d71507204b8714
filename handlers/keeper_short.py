"""The plain words of a keeper without a command, which sound like commands of meetings, polls and letters: 没空, 已上报,
电工来了, 谁报的. Where nothing of that kind is open to him they are about the matter in his hands.

Pure functions; what was asked of him is answered before they are looked at.
"""

from __future__ import annotations

from typing import Literal

from handlers import undone
from nlp.lazy import regex

Meant = Literal["", "read", "tell", "details", "ask"]

LONGEST = 20
_READ = regex(
    r"(?:已阅|阅|好的?|行|嗯+|要得|中|[oO][kK]|可以)(?:了|吧|啊|嘞)?|(?:好的?[\s,，]*)?(?:我|我们)(?:去|来|过去)?(?:看看|(?<=[去来])看|瞧瞧|瞅瞅)(?:一下|再说|吧)?"
)
_DETAILS = regex(
    r"(?:这|那)?(?:是)?(?:谁|哪个|哪家|谁家)(?:报|反映|说|提|家)(?:的|了)?(?:啊|呀)?|(?:他|她|反映人)?(?:的)?电话(?:是)?(?:多少|号码|呢)|(?:具体)?(?:在)?(?:哪里|哪儿|哪|啥地方|什么地方)(?:啊|呀|的)?"
)
_ASK = regex(
    r"(?:啥时候|什么时候|几时|哪天|多久|几天|怎么|咋)(?:开始|就)?(?:坏|停|断|堵|漏|没|弄|成|不亮)(?:的|了|坏的)?(?:啊|呀)?|(?:把|有)?(?:照片|图片|视频|相片)(?:发我|发来|发给我|拍给我|给我)(?:看看|看|一下|一张)*|(?:拍|发)(?:个|张|一张)?(?:照片|图片|视频|图)(?:给我|发我|来|看看|我看看)+"
)
_TIME = r"(?:今天|明天|后天|下午|上午|早上|晚上|明早|这几天|这两天|下周|过[几两]天)?"
_TELL = regex(
    rf"(?:已经?|都)?(?:上报|报(?:给|到)?|反映)(?:给|到)?(?:镇[上里]?|乡[上里]|县[上里]|上级|书记|领导)?(?:了|过了)|已上报"
    rf"|(?:电工|师傅|施工队|水工|工人|人){_TIME}(?:来|到|去|在修|到场)(?:了|的)?|(?:说|约|联系|讲|谈)好了?[\s,，]*.{{0,4}}{_TIME}.{{0,4}}(?:来|去|修|弄|到)(?:了|的)?"
    r"|(?:材料|配件|灯泡|零件|水管|管子|东西|货)(?:都|已经)?(?:买|拿|领|运|送|订)(?:回来|来|到|好)?了|(?:(?:过完年|年后|开春|忙完|等|天晴|雨停|有空|秋后|回头)(?:了|后|这阵)?)+(?:再|就)(?:说|弄|修|办|看)(?:吧)?"
    r"|(?:这个?|那个?)?(?:不用|不需要|用不着|没必要)[修办弄换管去](?:了)?|(?:让|叫)(?:他|她|他们)(?:自己|自个儿?)(?:去)?[修办弄换掏解](?:吧|去)?|转(?:给|到)?[一二三四五六七八九十]{1,2}[社组队]"
    r"|(?:还)?没(?:有)?[修办弄换](?:好|完|成)?(?:呢)?|(?:还)?没(?:找[着到]|看[到见])是?(?:哪|啥|什么).{0,6}|(?:我)?(?:又)?不是.{0,5}(?:网格[长员]|电工|干部|管这个的)"
)
_HIM = "(?:她|他|人家|反映人|这家|老[\u4e00-\u9fff]|[\u4e00-\u9fff](?:婶|叔|奶奶|大爷|大娘))"
# What he found out of whoever told of it, or of the thing: she is not entitled, it was told before, he has talked to her.
_FOUND = regex(
    rf"{_HIM}(?:们|家)?(?:自己|又|也|就是|已经?|其实)?(?:不(?:够|符合|要|用|修|让|肯|愿|同意|讲理|满足)|够不上|超了|胡说|瞎说|乱说|说(?:错|谎|不|好|没)|没(?:交|说清|填)|[有儿女](?:车|房|钱|工资|退休|儿|子|女)|同意|答应).{{0,12}}"
    rf"|(?:我|俺|我们)?(?:已经?|刚)?(?:跟|给|和|向){_HIM}(?:家)?(?:都)?(?:解释|说|讲|谈|打|沟通|做).{{0,16}}"
    r"|(?:这个?|那个?)?(?:重复|重了|报重).{0,12}|(?:这)?[几两三四]个(?:都)?是?(?:一回事|同一[个件]事?|一样的)|.{0,5}(?:早就|已经|前几天|昨天)?(?:报|反映)过(?:了|的)?"
    r"|(?:我|我们)?(?:刚|已经|才)?(?:到|来|去)(?:了|过)?(?:现场|地方|那边|那儿|他家|她家)?了?[\s,，]*(?:没|不)(?:找[着到]|看[见到]|见|知道).{0,10}"
    r"|(?:我|我们|俺)?也?(?:是|真)?没(?:有|得)?(?:啥|什么)?(?:办法|法子?|辙|招)(?:了|啊|呀)?"
    r"|(?:是|就是)(?:因为)?.{0,4}(?:没|坏|断|堵|停|烧|老化|跳闸).{1,12}|没(?:有)?.{1,5}了?[\s,，]*(?:在|要|得)?等.{1,8}"
    r"|(?:这|这个|这事|那)?(?:个)?(?:事)?(?:应该|该)?归(?!我).{1,6}管(?:的)?"
)
_NOT_HIS_WORK = regex(r"[我俺]们?家|投票|票|开会(?:通知|的事)|议题|报名|名单")


def meant(said: str) -> Meant:
    """What such words do: "read" takes it on, "tell" is kept with it, "details" asks us, "ask" asks the teller; "" is none."""
    words = said.strip(" 。！!,，~?？")
    if not words or len(words) > LONGEST or _NOT_HIS_WORK.search(words):
        return ""
    if _READ.fullmatch(words):
        return "read"
    if _DETAILS.fullmatch(words):
        return "details"
    if _ASK.fullmatch(words):
        return "ask"
    return "tell" if _TELL.fullmatch(words) or _FOUND.fullmatch(words) or undone.refuses(words) else ""


_ALL = regex(r"(?:[两二三四几]件|这些|那些)?(?:都|全|全部|两件|[三四几]件)+(?:都)?(?:收到|知道|接)了?")
_THAT_ONE = regex(r"(?P<what>.{1,8}?)(?:的)?(?:那个|那件|这个|这件|那事|事|的)(?:我)?(?:也|已经)?收到了?")


def receives_all(said: str) -> bool:
    """都收到了, 两件都收到."""
    return len(said) <= LONGEST and _ALL.fullmatch(said.strip(" 。！!")) is not None


def receives_one(said: str) -> str:
    """灯 of 灯的那个收到了; "" for other words."""
    found = _THAT_ONE.fullmatch(said.strip(" 。！!")) if len(said) <= LONGEST else None
    return found["what"] if found else ""
