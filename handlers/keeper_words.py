"""What a keeper's few words on a matter are: that he has read of it, a question to the one who told of it, or work done.

Pure functions, as in remarks.py.
"""

from __future__ import annotations

import re

from nlp.lazy import regex

_READ = regex(
    r"(?:我|我们)?(?:已知悉?|知道|知悉|收悉|晓得|明白|清楚|看到|看见|了解)(?:了|啦|咧)?(?:[\s,，。]*(?:这就|马上|回头)?(?:我|我们)?(?:去|来)?(?:看看|看|办|处理)(?:一下)?)?"
)
_AGREES = regex(r"(?:好的?|行|嗯+|要得|没问题|可以|[oO][kK])(?:了|吧|的)?")
_SHOWS = regex(
    "(?:看(?:一下|下|看)?|查(?:一下|下)?)?(?:详情|详细(?:情况|内容)?|明细|具体(?:情况|内容)?|内容|原文)(?:看看|看下)?"
)
# What is done is told by what has become of it. 知道了 and 除了 tell of nothing done.
_RESULT = regex(
    r"(?<![算为除道得白忘坏买看去到问订找病走约打过])(?<!电工来)(?<!师傅来)(?<!人来)[了过]|[修办弄换装接清补焊拉通说谈][好通妥完]|已(?!经?(?:不|没|上报|转|联系|通知|安排|阅|知))|完(?:成|工|毕)|恢复|搞定|正常|"
    r"更换|疏通|维修|清[理运扫]|安装|加固|补发|发放|调解|处理|解决|协调|喷|铺|挖|焊"
)
_END_CHARS = 30
_NOT_THE_END = regex(
    "又|还[是没]|没[人来有]|不[亮通热清]|但|可是|却|结果|谁|吗|[?？]|昨天|上次|去年|以前|我家|俺家|我们家|门口"
)
_AGAIN = regex("又(?:坏|灭|堵|漏|停|断|黑|臭|不|没|满|那样|爆|塌)")
_ASKS_HIM = regex(r"^(?:请?问(?:一?下|问|他|她|反映人|你|您|老乡)*|(?:帮我)?问问)[\s,，:：]*(?P<what>.{2,})", re.DOTALL)
_NOT_OF_PROGRESS = regex("办到|进度|办了没|[啥咋怎]样|情况|什么时候能|啥时候能|几时能")
_QUESTION_CHARS = 18
# 看看能不能修, 不知道哪个坏了, 等几天 ask nobody anything.
_NOT_ASKED = regex("看看|去看|试|不知道|不晓得|不清楚|(?<!有)没|等|再|后|[修换弄办]了|已")
_WHICH = regex(
    r"^(?:您|你|他)?(?:家|们)?(?:说的)?(?:那个|这个)?(?:是|在)?(?:哪|啥|什么|几)[一]?(?:根|盏|段|截|条|块|处|口|棵|台|个|户|号|边|头|样|种|家|点|天|层|楼|米|时候|原因|牌子|型号)|"
    r"(?:是不是|有没有|能不能|多(?:大|长|宽|深|高|久|少)|(?<!等)(?<!过)几(?:户|家|天|米|处|个|根|盏)).{0,8}[?？]?$|(?:吗|(?<!什)么)[?？]?$|[?？]$"
)
_WHICH_ALONE = regex(
    r"(?:请问|问一?下)?[\s,，]*(?:您|你|他)?(?:说的)?(?:那个|这个)?(?:是|在)?哪[一]?(?:根|盏|段|截|条|块|处|口|棵|台|个)[^\s,，?？哪谁]{0,5}(?:啊|呀|呢)?[?？]?"
)


def says_read(words: str) -> bool:
    """已知, 知道了: behind a number it is 收到; so are 好的 and 行, which say nothing where no number is named."""
    said = words.strip(" 。！!,，~")
    return _READ.fullmatch(said) is not None or _AGREES.fullmatch(said) is not None


def says_read_alone(text: str) -> bool:
    """知道了, 看到了 as a whole message."""
    return _READ.fullmatch(text.strip(" 。！!,，~")) is not None


_ACCEPTING = regex(
    r"^[\s,，]*(?:[A-Za-z]{1,8}-\d{6}-)?(?:\d{1,4}号?)?[\s,，]*(?:我|好的?|嗯)?[\s,，]*(?:收到|收悉|接单|接收|签收|受理|知道|晓得|明白)(?:了|啦|咧)?[\s,，。.:：!！]*"
)


def is_bare_receipt(text: str) -> bool:
    """收到, 好的 收到了, and no more."""
    return _ACCEPTING.fullmatch(text.strip()) is not None


def behind_accepting(text: str) -> str:
    """Give what the keeper says behind 收到: 今天后晌三点过来; "" where it is no more than another nod."""
    found = _ACCEPTING.match(text)
    words = text[found.end() :].strip(" 。！!,，") if found else ""
    return "" if len(words) < 2 or says_read(words) else words


_BY_MISTAKE = regex(
    r"(?:我|刚才|刚刚|上面|前面|那句|这个|这件)*(?:[搞弄点发报说记看按打回选]错(?:了|啦|件)?|撤(?:回|销|了)(?:办好|办结|那句|上一?[句条])?|取消(?:办好|办结)?|(?:还|其实|都)*(?:没有?|未)(?:[办弄修搞换装掏清]|处理|解决)(?:好|完|成|呢)?(?:呢|哩|的)?|不是(?:办好|这件)|还要(?:弄|办|修))"
)
_TAKEN_BACK = regex(rf"(?>{_BY_MISTAKE.pattern}(?:了|的)?[\s,，。!！]*)+")


_ERRED = regex(
    r"(?:我|刚才|刚刚|上面|前面|那句|这个|这件|不对|哦|哎呀|[\s,，])*[搞弄点发报说记看按打回选]错(?:了|啦)?[\s,，。!！]*"
)
_NOT_SO = regex(
    r"[^\s,，]{0,4}?(?:还|都|其实|根本|并)*(?:没有?|未|不)(?:[好亮通行成]|[修办弄换装掏清拉去来]|处理|解决|动).{0,6}"
    r"|(?:是|应该是|要说的是)?(?P<other>(?:[A-Za-z]{1,8}-\d{6}-)?\d{3,})号?(?:的|那件|那个)?"
)


def takes_back_end(words: str) -> bool:
    """搞错了 还没办, 说错了 灯没好, 搞错了 是001, 撤回办好, of what he has just said is done. 说错了 换的是线 does not."""
    said = words.strip(" 。！!,，")
    if _TAKEN_BACK.fullmatch(said) is not None:
        return True
    erred = _ERRED.match(said)
    return erred is not None and _NOT_SO.fullmatch(said[erred.end() :]) is not None


def asks_to_see(words: str) -> bool:
    """详情, 具体内容."""
    return _SHOWS.fullmatch(words.strip(" 。！!?？,，")) is not None


def tells_result(words: str) -> bool:
    """Do the words tell what has been done? 灯头 and 没去 do not."""
    return _RESULT.search(words) is not None


def tells_end(text: str) -> bool:
    """水管那个修好了 换了截管子: a short word on something that is over, and no complaint of what was mended once."""
    return len(text) <= _END_CHARS and tells_result(text) and _NOT_THE_END.search(text) is None


def fails_again(text: str) -> bool:
    """昨天修好了 今天又灭了."""
    return _AGAIN.search(text) is not None


def asked_back(words: str) -> str:
    """Return what the keeper asks of whoever told of it (是哪根杆, 请问你有没有证据); "" where he asks nothing, and where
    it is about how far the matter is."""
    said = words.strip()
    if _NOT_OF_PROGRESS.search(said):
        return ""
    if found := _ASKS_HIM.match(said):
        return found["what"].strip()
    is_short = len(said) <= _QUESTION_CHARS and _NOT_ASKED.search(said) is None
    return said if is_short and _WHICH.search(said) else ""


_OF_WORK = regex(
    r"(?:我|俺|我们|催啥催|别催了?|在外[头面].{0,4}|看见了)?[\s,，]*(?:今天|今晚|今儿个?|今黑|明天|明早|明晚|明儿个?|后天|后儿个?|上午|下午|前晌|后晌|晌午|傍晚|早上|一早|晚上|黑了|中午|下周|周[一二三四五六日天]|礼拜|过[几两]天|马上|这就|等下|一会儿?|[一二两三四五六七八九十\d]{1,2}点).{0,10}(?:[去来到看]|过[去来]|[修弄换装掏办]|上门|等我|联系).{0,4}"
    r"|(?:我|人)?(?:正|已经|都|现在|还)?(?:在|走在)(?:去的)?(?:半)?路上(?:了|咧|哩|呢)?|(?:看[见到]了|收到)?[\s,，]*(?:我|人)?(?:还|正)?在(?:外[头面地]|镇上|县里|乡里)(?:开会|办事|学习|培训)?(?:呢|哩|了)?"
    r"|.{0,4}(?:要|得|需要|怕)(?:花|掏)?.{0,4}[千百万块](?:块)?(?:钱)?.{0,10}|.{0,8}(?:村里|村上|队上|我们)?没(?:得|有)?(?:钱|经费).{0,6}"
    r"|(?:要|得|还)?等.{1,8}(?:[到来停干好]了?|有空)(?:了)?[\s,，]*(?:再|就|才).{1,5}|.{0,3}(?:要|得)(?:找|请|叫|喊|借).{1,6}(?:机|车|师傅|工|人).{0,12}"
    r"|.{0,8}(?:误报|报错了|没这回事)(?:的)?|(?:这个|这事|他|人家)?.{0,4}不(?:用|要求|需要|消)(?:再)?[办弄修来管](?:了)?|已经?[跟和给](?:他|她|人家|反映人).{0,3}(?:说|讲|谈)(?:好|过|通|清).{0,12}"
    r"|(?:前几天|前天|昨天|上个?月|早|刚)(?:就|才)?(?:已经)?[修弄掏换清办].{0,3}[过好完]了?[\s,，]*(?:他|又|再|还).{1,8}|让[\u4e00-\u9fff]{2,4}[去来](?:弄|修|办|看|处理)(?:一下)?"
    r"|(?:您|你)?人(?:在|到)(?:哪[里儿]?|啥地方|屋)(?:啊|呀|哦|呢|吗)*|(?:这|那)?(?:个)?(?:要|得|是)?多少钱(?:哦|啊|呀|呢)*|[你您]家.{2,14}"
)
_CALLS_OTHERS = regex(
    "开(?:个|一个)?(?!会[呢哩]?$).{0,2}会|会议|投票|通知|大家|全村|各户|群里|村委会|党员|代表|议题|公示|去[县镇市乡]|赶集|医院|学校|[我俺]们?家|两委"
)
_SELF_CHARS = 24


def speaks_of_work(text: str) -> bool:
    """明儿个后晌去, 正在路上, 村里没钱, 多少钱, from one with a matter in his hands: a word on it, and no meeting or matter of his own."""
    said = text.strip(" 。！!,，~?？")
    return len(said) <= _SELF_CHARS and _OF_WORK.fullmatch(said) is not None and _CALLS_OTHERS.search(said) is None


_CONSENT = regex(r"(?:行|可以|中|方便|在家|有空|合适|来得及)(?:吗|么|不(?:行|可以|中|方便)?|没有?)[啊呀\s]*[?？]*$")


def asks_consent(words: str) -> bool:
    """明天上午去行吗: only who told of it can say."""
    return _CONSENT.search(words.strip()) is not None


def asks_which(text: str) -> bool:
    """哪个路灯, 是哪根杆子？ as a whole message without a number."""
    return _WHICH_ALONE.fullmatch(text.strip()) is not None
