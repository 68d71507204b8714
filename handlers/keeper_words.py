"""What a keeper's few words on a matter are: that he has read of it, a question to the one who told of it, or work done.

Pure functions, as in remarks.py.
"""

from __future__ import annotations

import re

_READ = re.compile(
    r"(?:我|我们)?(?:已知悉?|知道|知悉|收悉|晓得|明白|清楚|看到|看见|了解)(?:了|啦|咧)?(?:[\s,，。]*(?:这就|马上|回头)?(?:我|我们)?(?:去|来)?(?:看看|看|办|处理)(?:一下)?)?"
)
_AGREES = re.compile(r"(?:好的?|行|嗯+|要得|没问题|可以|[oO][kK])(?:了|吧|的)?")
_SHOWS = re.compile(
    "(?:看(?:一下|下|看)?|查(?:一下|下)?)?(?:详情|详细(?:情况|内容)?|明细|具体(?:情况|内容)?|内容|原文)(?:看看|看下)?"
)
# What is done is told by what has become of it. 知道了 and 除了 tell of nothing done.
_RESULT = re.compile(
    r"(?<![算为除道得白忘坏])[了过]|[修办弄换装接清补焊拉通说谈][好通妥完]|已|完(?:成|工|毕)|恢复|搞定|正常|"
    r"更换|疏通|维修|清[理运扫]|安装|加固|补发|发放|调解|处理|解决|协调|喷|铺|挖|焊"
)
_END_CHARS = 30
_NOT_THE_END = re.compile(
    "又|还[是没]|没[人来有]|不[亮通热清]|但|可是|却|结果|谁|吗|[?？]|昨天|上次|去年|以前|我家|俺家|我们家|门口"
)
_AGAIN = re.compile("又(?:坏|灭|堵|漏|停|断|黑|臭|不|没|满|那样|爆|塌)")
_ASKS_HIM = re.compile(
    r"^(?:请?问(?:一?下|问|他|她|反映人|你|您|老乡)*|(?:帮我)?问问)[\s,，:：]*(?P<what>.{2,})", re.DOTALL
)
_NOT_OF_PROGRESS = re.compile("办到|进度|办了没|[啥咋怎]样|情况|什么时候能|啥时候能|几时能")
_QUESTION_CHARS = 18
# 看看能不能修, 不知道哪个坏了, 等几天 ask nobody anything.
_NOT_ASKED = re.compile("看看|去看|试|不知道|不晓得|不清楚|(?<!有)没|等|再|后|[修换弄办]了|已")
_WHICH = re.compile(
    r"^(?:您|你|他)?(?:家|们)?(?:说的)?(?:那个|这个)?(?:是|在)?(?:哪|啥|什么|几)[一]?(?:根|盏|段|截|条|块|处|口|棵|台|个|户|号|边|头|样|种|家|点|天|层|楼|米|时候|原因|牌子|型号)|"
    r"(?:是不是|有没有|能不能|多(?:大|长|宽|深|高|久|少)|(?<!等)(?<!过)几(?:户|家|天|米|处|个|根|盏)).{0,8}[?？]?$|(?:吗|(?<!什)么)[?？]?$|[?？]$"
)
_WHICH_ALONE = re.compile(
    r"(?:请问|问一?下)?[\s,，]*(?:您|你|他)?(?:说的)?(?:那个|这个)?(?:是|在)?哪[一]?(?:根|盏|段|截|条|块|处|口|棵|台|个)[^\s,，?？哪谁]{0,5}(?:啊|呀|呢)?[?？]?"
)


def says_read(words: str) -> bool:
    """已知, 知道了: behind a number it is 收到; so are 好的 and 行, which say nothing where no number is named."""
    said = words.strip(" 。！!,，~")
    return _READ.fullmatch(said) is not None or _AGREES.fullmatch(said) is not None


def says_read_alone(text: str) -> bool:
    """知道了, 看到了 as a whole message."""
    return _READ.fullmatch(text.strip(" 。！!,，~")) is not None


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


def asks_which(text: str) -> bool:
    """哪个路灯, 是哪根杆子？ as a whole message without a number."""
    return _WHICH_ALONE.fullmatch(text.strip()) is not None
