"""Several matters in one message: `还有`, `另外`, numbered lines. A split is offered, never made unasked.

Three ways to tell them apart, each stricter than the one before: joining words and numbers; a number of things that is
announced (两件事: …); and, in a short message, clauses that are surely of different matters though nothing joins them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from nlp.lazy import regex

_COUNTS = "[社组队号个点天月年日只头条棵盏户家人口辆斤亩米里块元毛次遍件岁楼层栋万千百十小分位名]"
# 第一次, 第一书记, 第三个月: an ordinal of these counts what happened and begins no list.
_ORDINAL = "[次天年回批季组社队名期层栋户代书遍趟周排位节场轮步届茬胎]|学期|小学|中学|人民|个?(?:月|星期|礼拜|学期|小时|人|孩子|娃)"
_TO_SAY = "(?:说|问|反映|打听|咨询|讲|提|报)"
# 顺便问下 is said whole, while 下 of 下雨 belongs to what follows.
_A_LITTLE = (
    "(?:一下|一句|一声|一?[个件]事情?|[一个][个件]?(?=[，,:：])|下(?![雨水雪面大暴冰不来去户乡地游午个次课学]))?"
)
_BREAK = regex(
    r"(?:^|(?<=[\s。；;，,！!？?：:]))(?:"
    r"[（(]?[1-9一二三四五六七八九][)）、.．]|[①-⑨]|[A-Ea-e][、.．)）\s](?=\s*[\u4e00-\u9fff])"
    rf"|第[一二三四五六七八九](?!{_ORDINAL})(?:[个件样](?:事情?)?是?)?[，,、:：]?|[一二三四五六]是|[一二三]来(?!就|二去)是?"
    r"|(?:另外?一?|[一二三四])[个件样](?:(?:事情?)?(?:就)?是|事情?)|[头再]一(?:件|样|个(?!月|星期|礼拜|学期|小时|人|孩子|娃))(?:事情?)?(?:是|就是)?"
    r")"
    rf"|(?:^|(?<=\n))[1-9](?=[\u4e00-\u9fff])(?!{_COUNTS})|(?<=[\u4e00-\u9fff])[②-⑨]"
    r"|(?<=[\u4e00-\u9fff])(?=[2-9][.、．)）](?!\d))[2-9][.、．)）]"
    r"|(?<=[\u4e00-\u9fff])第[二三四五六][个件样]事情?[是，,:：]?"
    rf"|^(?:首先是?|先{_TO_SAY}(?:一下)?)"
    r"|(?<=[。；;，,！!？?\s])(?:哦|噢|哎)?(?:"
    r"还有(?!.{0,2}$|[两俩三四五六七八九十百几\d]+(?:天|户|家|年|个月|亩|块|斤|人|位|只|头|里))(?:一[件个样]|一[点条](?=[，,:：])|个|呢)?(?:事情?)?(?:就是|呀|啊)?|另(?:外|有)?(?![一两三]?[家户组社村边头位]|一个(?!是|事|就|[，,:：]))(?:还有)?(?:一?[个件](?:事情?)?(?:是)?)?"
    rf"|再一?个|再就是|再有|再说(?!吧|了)(?:一[句下声点])?|再{_TO_SAY}(?!一[遍次回]){_A_LITTLE}"
    rf"|(?:还|也)(?:想|要){_TO_SAY}{_A_LITTLE}|其次|同时|此外|除此(?:之外|以外)?|(?:对了?|哦对)(?:还有)?(?=[，,\s])"
    rf"|(?:顺便|顺带|捎带)(?:着|再)?{_TO_SAY}?{_A_LITTLE}"
    r")"
)
# All of them begin so: asked first, for most places in a text are none (1.1 → .5 µs).
_MAY_BEGIN = "1-9一二三四五六七八九A-Ea-e①-⑨第个件样首先\\n还也另再其同此除对哦顺捎头"
_MAY = regex(
    rf"(?=[{_MAY_BEGIN}])(?:[个件样](?:事情?)?是|[个件样]事|^[1-9首先]|\n[1-9]|还有|还[想要]|也[想要]|另|再|其次|同时|此外|除此|对了|哦对|顺[便带]|捎带|[一二]来|[头再]一"
    r"|[1-9一二三四五六七八九A-Ea-e][)）、.．是\s]|[①-⑨]|第[一二三四五])"
)
# 谢谢帮我修了水管，就是路还没修: who thanks and goes on with 不过 tells of something else.
_THANKS = regex(r"^.{0,6}(?:谢谢|感谢|多谢|表扬|多亏|夸)")
_BUT = regex(r"[，,。；;！!\s]+(?:不过|但是|可是|只是|就是|但)")
_BESIDES = regex(r"^除了([^，,]{2,20})[，,](?=.{0,8}[也还])")
# 反映两点, 有俩问题: how many things are to come, or (两样都没人管) were told. It is no matter itself.
_MANY = "[两俩二三四五六几2-6]"
# Only so does what is announced begin; one look instead of two longer ones.
_SAYS_MANY = regex(rf"{_MANY}[件桩个小大事问情意样点]")
_NUMBER = {"两": 2, "俩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_ANNOUNCES = (
    rf"(?:书记|主任|队长|社长|网格员)?(?:我们?家?|俺们?家?|咱们?)?(?:这|今天)?(?:想|要|来)?有?{_TO_SAY}?(?:一下|下|你)?(?:这么?)?"
    rf"({_MANY})(?:[件桩](?:小|大)?(?:事情?)?|个?(?:小|大)?(?:事情?|问题|情况|意见)|[样点])(?:事情?|意见|问题)?"
    "(?:啊|哈|呀|呢|嘛|儿|要(?:说|问|反映))*"
)
_ANNOUNCED = regex(rf"^{_ANNOUNCES}(?:[:：，,。\s]+)")
_TOLD_ALL = regex(rf"[，,。；;！!\s]+(?:这|那)?({_MANY})[样个件](?:事情?)?(?:都|一起|全)")
_IS_NO_PART = regex(
    rf"{_ANNOUNCES}|(?:我)?反映(?:一下)?|[哦噢哎]?对了?|你好|在吗|谢谢|好的|是的|[^看听]?(?:看|听)(?:哈|嘛|着|我说)"
)
_ITEM = regex(r"[、，,；;。！!\n]+|\s+")
# 都要人来看: what is said of all of them.
_OF_ALL = regex(rf"(?:这|那)?(?:{_MANY}[样个件](?:事情?)?)?(?:都|全|一起)")
# 路烂了没人修，电也老停: a clause that adds a thing of its own to the one before. Who is only 我, 他 or 人 in it goes on
# with the story (我也病了, 人也走了); so does what says where and when (在学校门口也不减); 还 may say no more than "still".
_GOES_ON = (
    r"(?!(?:我们?|俺们?|你|人家?|喊|叫|说|问|一直|天天)(?:也|又|还)|[\u4e00-\u9fff]{0,6}[他她它]|(?:盖|看|说|问|管|理|动|吃|修|来|去|还|给|收)也不"
    "|[在到连从对往给把再]|怎么|咋|白天|晚上|夜里|半夜|冬天|夏天|下雨|平时|现在|今年|去年)"
)
_AS_WELL = regex(rf"[\s，,。；;、！!]+(?={_GOES_ON}[\u4e00-\u9fff]{{1,7}}?[也又](?![有是行好可要能得想算]))")
_AND_MORE = regex(
    rf"[\s，,。；;、！!]+(?={_GOES_ON}[\u4e00-\u9fff]{{1,7}}?(?:[也又](?![有是行好可要能得想算])|还(?![有是行好可要能得想算在不没])))"
)
_SENTENCE = regex(r"[。；;！!？?\n]+")
_ADDS = regex(r"[也还又。；;！!？?\n]")
# Without one of these letters a message is one matter unless it begins with a number or says how many things it tells.
_TELLS = regex(r"[①-⑨第个件样首先还也另再其同此除对哦顺捎头来是)）、.．\s谢扬亏夸又。；;！!？?]")
_ALSO = regex("[也还又]")
_GRATEFUL = regex("[谢扬亏夸]")
_SHORT, _ADDED = 60, 2
_LEAST = 2
_MOST = 6
_PIECES = 24
"""So many pieces are looked at, however long the message: what follows stays with the last of them."""


class Sure(NamedTuple):
    """What a clause is surely about."""

    top: str
    code: str


def tells_one(text: str) -> bool:
    """Whether a message has no letter by which it might be split: it is one matter whatever it is about."""
    return _TELLS.search(text) is None and not text[:1].isdigit() and _SAYS_MANY.search(text) is None


def split_matters(
    text: str, code_of: Callable[[str], str | None], sure_of: Callable[[str], Sure | None]
) -> tuple[str, ...]:
    """Return the parts of a message that speak of different matters, in order; one part where it is one matter.

    `code_of` names the matter of a part, or None where it names none: such a part belongs to the one before. `sure_of`
    says what a clause is surely about: only then are two told apart though no word says that there are several.
    """
    if len(parts := _joined(text, code_of)) > 1 or len(parts := _counted(text, code_of)) > 1:
        return _at_most(parts)
    if len(text) <= _SHORT and _ADDS.search(text) and len(parts := _surely_apart(text, sure_of)) > 1:
        return _at_most(parts)
    return (text,)


def _joined(text: str, code_of: Callable[[str], str | None]) -> list[str]:
    """Parts told apart by a joining word or a number."""
    if _MAY.search(text) is not None and len(pieces := _cut(_BREAK, text)) > 1:
        return _together(pieces, code_of)
    if len(text) > _SHORT:
        return []
    if _GRATEFUL.search(text) and _THANKS.match(text) and len(pieces := _cut(_BUT, text)) > 1:
        return _together(pieces, code_of)
    if text.startswith("除了") and (besides := _BESIDES.match(text)) is not None:
        return _together([besides[1], text[besides.end() :]], code_of)
    return []


def _counted(text: str, code_of: Callable[[str], str | None]) -> list[str]:
    """Parts of a short message that says how many things it tells; more than it says are the clauses of a story."""
    if len(text) > _SHORT or _SAYS_MANY.search(text) is None:
        return []
    if (announced := _ANNOUNCED.match(text)) is not None:
        many, text = announced[1], text[announced.end() :]
    elif (told := _TOLD_ALL.search(text)) is not None:
        many = told[1]
    else:
        return []
    parts = _together(_cut(_ITEM, text), code_of)
    most = int(many) if many.isdigit() else _NUMBER.get(many, _MOST)
    return parts if len(parts) <= most else []


def _surely_apart(text: str, sure_of: Callable[[str], Sure | None]) -> list[str]:
    """Clauses that are surely of different classes; where several are added, of different matters is enough."""
    also = ((_AND_MORE, _ADDED + 1), (_AS_WELL, _ADDED)) if _ALSO.search(text) else ()
    for breaks, least in (*also, (_SENTENCE, _ADDED)):
        pieces = _cut(breaks, text)
        if len(pieces) < least:
            continue
        is_list = len(pieces) > _ADDED
        known = {piece: sure_of(piece) for piece in pieces}

        def name(piece: str, known: dict[str, Sure | None] = known, is_list: bool = is_list) -> str | None:
            sure = known[piece]
            return None if sure is None else sure.code if is_list else sure.top

        if len(parts := _together(pieces, name)) > 1:
            return parts
    return []


def _together(pieces: list[str], code_of: Callable[[str], str | None]) -> list[str]:
    """Put pieces together that speak of one matter."""
    parts: list[str] = []
    codes: list[str | None] = []
    for piece in pieces:
        if _IS_NO_PART.fullmatch(piece):
            continue
        code = code_of(piece) if len(piece) >= _LEAST and not _OF_ALL.match(piece) else None
        if parts and (code is None or code == codes[-1] or codes[-1] is None):
            parts[-1] += "，" + piece
            codes[-1] = codes[-1] or code
        else:
            parts.append(piece)
            codes.append(code)
    return parts


def _at_most(parts: list[str]) -> tuple[str, ...]:
    """Nothing said is lost: what is too much for an answer stays with the last part."""
    return (*parts[: _MOST - 1], "，".join(parts[_MOST - 1 :])) if len(parts) > _MOST else tuple(parts)


def _cut(breaks: re.Pattern[str], text: str) -> list[str]:
    cut = [part.strip(" ，,。；;、：:！!\n") for part in breaks.split(text, _PIECES)]
    return [part for part in cut if part]
