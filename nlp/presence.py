"""What is said at the door of a meeting: 来了来了, 我坐这儿呢, 我和媳妇都到了 is presence; 快到了, 路上呢, 还没到 is none yet.

Asked only while a meeting takes signatures: 在 and 到 alone mean nothing elsewhere.
"""

from __future__ import annotations

from nlp.lazy import regex

_KIN = r"(?:媳妇儿?|婆婆|公公|爷爷|奶奶|老婆|婆娘|老公|男人|老汉|老伴|掌柜的|当家的|儿子|女儿|闺女|娃|爸|妈|大|娘|爹|哥|弟|姐|妹|孙子|孙女)"
_DONE = r"(?:了|啦|咧|喽|哩|嘞|咯)"
_HERE_WORD = r"(?:这儿?|这里|这达|这搭|会场|会上|现场|场|会|村委会|大队部?|会议室|门口|里头|后头|前头|跟前)"
_TOGETHER = rf"(?:我|俺)(?:和|跟|同|带着?|引着?)(?:我|俺)?(?:家)?{_KIN}|(?:我|俺|咱)(?:们|家)?(?:老?两口子?|俩|全家)|(?:我|俺|咱)(?:们家|们|家)"
_HERE = regex(
    rf"(?:(?:(?:{_TOGETHER})(?:两个|俩|一起|一块儿?)?都?|我|俺|咱|人|我人)?(?:也|都|已经|已|刚)*(?:到|来){_HERE_WORD}?{_DONE}+[\s,，。!！]*)+"
    rf"(?:在{_HERE_WORD})?"
    rf"|(?:我|我们|俺|人|就|已经)*(?:坐|站|在)(?:在|到)?{_HERE_WORD}(?:坐|站|等)?着?(?:呢|哩|了|啦)*"
    r"|(?:我|我们|俺)?在(?:呢|哩)?|到|(?:我|俺)?刚刚?(?:到|来)"
)
_SIGNS = regex(
    rf"(?:我|来|人|已经|已|现在|给我|帮我)*(?:(?:签(?:个|一下|下)?[到道]?|打卡|报到|到会|到场|到)(?:一下|{_DONE})*)++(?:吧|呢)?"
)
# Beside it, neither this nor that: 我来开会了, 在门口, 迟到了.
_BESIDE = regex(
    rf"(?:我|人|已经|刚|就)*(?:来开会{_DONE}?|在(?:{_HERE_WORD}|现场)(?:{_DONE}|呢)?|迟到{_DONE}?|不好意思|好的?|书记|(?:还有|连|带着?|和|跟|同)(?:我|俺)?(?:家)?{_KIN}(?:也|都|一起|一块儿?)*(?:到|来)?{_DONE}?)"
)
_CLAUSES = regex(r"[\s,，。.!！~～:：、]+")
_NOT_YET = regex(
    rf"(?:我|我们|俺|人)?(?:已经|正|都)*(?:快|马上|这就|立马|立刻|就|眼看)(?:要|就)?(?:到|来){_HERE_WORD}?{_DONE}*"
    r"|(?:我|我们|俺|人|还|都|正|已经)*在?半?路上(?:了|呢|哩|着)*"
    r"|(?:我|我们|俺|正|在)*(?:往过|往这|往那|往会场|往村上|往大队)(?:达|里|儿)?(?:走|赶|来)(?:着|呢|哩)*"
    r"|(?:我|我们|俺|得|要|可能|会)*(?:迟|晚)(?:到|来|去)?(?:一会儿?|一阵儿?|一下|几分钟|\d{1,2}分钟|点儿?)(?:到|来)?"
    r"|(?:你们)?(?:先开|等等?|等下|等一下|等会儿?)我(?:一下|一会儿?|几分钟)?"
    r"|(?P<absent>(?:我|我们|俺)?(?:还|都|也)*没有?(?:到|来)(?:会场)?(?:呢|哩)?)"
)
# 迟到了 刚到: late, and there.
_LATE = regex(r"^(?:我|不好意思|[\s,，])*(?:迟到|来晚|来迟)了?[\s,，]+")
# So long a message says more than that one is there.
LONGEST = 40
_AROUND = " \t\n。.!！,，~～"


def is_here(text: str) -> bool:
    """Does a whole message say that he is there?"""
    said = text.strip(_AROUND)
    return _HERE.fullmatch(_LATE.sub("", said)) is not None


def signs_in(text: str) -> bool:
    """Does the whole message sign somebody in: 签到, 签个到 人到了, 我来开会了 签到? 水到了 and 我到了村委会没人 do not."""
    if len(text) > LONGEST:
        return False
    parts = [part for part in _CLAUSES.split(text.strip(_AROUND)) if part]
    signs = [_SIGNS.fullmatch(part) is not None or is_here(part) for part in parts]
    return any(signs) and all(s or _BESIDE.fullmatch(part) for s, part in zip(signs, parts, strict=True))


def is_on_the_way(text: str) -> bool | None:
    """True where a whole message says that he is coming, False where it only says that he is not there; None else."""
    found = _NOT_YET.fullmatch(text.strip(_AROUND))
    return None if found is None else found["absent"] is None
