"""Further ways to choose: what stands around a vote (书记好, [玫瑰], 不对不对), the option a sentence ends with after all
(东路不好走还是西路吧), by its place (后头那个), all but one (除了打井都要), and a change of several (再加个4, 不要3了)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from nlp.lazy import regex
from nlp.numbers import WIDE, number

_ROUND = " \t\r\n。.!！,，~～、;；:：?？"
_PICTURES = regex(r"\[[\u4e00-\u9fffA-Za-z]{1,5}\]|[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]")
_HELLO = regex(
    r"^(?:(?:李|王|张|陈|刘|赵)?(?:书记|主任|支书|社长|队长|组长|村长|领导|网格长|网格员|文书|小议|同志|大家|各位|叔|婶)?(?:\u60a8|你|大家)?(?:们)?好[啊呀]?[\s,，!！。]+"
    r"|(?:书记|主任|支书|社长|队长|组长|村长|领导|网格长|网格员|文书)[啊呀]?(?:[\s,，]*(?=我|俺|咱|[投选]\d)|[\s,，]+(?=[投选])))"
)
_THANKS = regex(
    r"(?:[\s,，。!！]*(?:谢谢(?:[\u60a8你]|了|啦|书记|大家)*|麻烦[\u60a8你]?了|辛苦[\u60a8你]?了|就这样[吧了]?|就这么[定着][吧了]?|好吧|说定了))+$"
)
_SECOND_THOUGHT = regex(
    r"^(?:(?:我|俺)?(?:刚才|刚刚|刚|前面)?(?:改主意了?|反悔了?|想了想|(?:投|选|按|点|发|写|搞|弄)错(?:了|啦|咧|哩)?|[头投]票)|不对|错了|不是(?=[\s,，]))(?:[\s,，。!！]*(?:不对|错了))*[\s,，。!！]*"
)
_MEANT = regex("^(?:我)?(?:要投|要选|想投|应该|应当)?(?:的)?是(?=[\u4e00-\u9fffA-Za-z\\d])(?!不是)")
_IT_IS = regex(
    r"^(?:我的)?(?:答案|选择|票)?(?:应该|应当)?是[\s:：]*(?=(?:第)?[\d一二三四五六七八九十A-Ta-t](?:号|个)?$)"
)
# 改2, 换2, 重新投2, 我点的1.
_ANEW = regex(
    r"^(?:(?:我|俺|我家)?(?:重新?|改|换|变)(?:投|选|成|为|到|个)?|(?:我|俺|我家)(?:点|按|写|回|发|投|选)(?:了|的|的是))(?=第?(?:\d{1,2}|[一二三四五六七八九十])(?:号|个|项)?(?:吧|了|的)?$)"
)
# 只要1, 光选东路.
_JUST = regex("^(?:我|俺|我家)?[只光单](?=[要选投])")
_PLUS = regex(r"(?<=[\u4e00-\u9fff])\s*[+＋]\s*1$")

# The end of a sentence: particles, and what praises the option it ends with.
_TAIL = regex(
    r"(?:(?:那个|这个|那条|这条|那项|方案)|一票|好一些|好一点|好些|好点|更好|比较好|挺好|最好|才好|强些|强|要得|得劲|好|行|就行|可以|得了|算了|"
    r"吧|啊|呀|哈|呢|了|的|嘛|啦|咯|喽|呗|哩|咧|哒|嘞|哦|噢|嗯|谢谢)+$"
)
_CASTS = r"(?:选择|选|投给|投|赞成|支持|同意)"
_CUE = regex(
    rf"(?P<cue>就?{_CASTS}|(?:意见|投的|选的)(?:就)?是|记成|记上|写成|写上|还是{_CASTS}?|应该是|(?:我|俺|我家|我们)(?:还是)?(?:看|觉得|认为)|就(?:是|走|要|修|定)?|定了?|要|走)(?:了|个|一下)?(?:那个|这个|那条|这条|给|是)*$"
)
_WONDERS = regex(
    r"[?？]|吗|么$|要是|如果|万一|谁|为啥|为什么|凭啥|咋|怎么|哪|啥|是不是|能不能|可不可以|不是.*就|要么|除非|假如"
)
_TROUBLE = regex(r"坏|堵|塌|漏|[停没]了?[水电]|摔|撞|淹|着火|打架")
_BUT_NOT = regex(r"(?:不|没|别|没法|不能|不敢|不想|不用)[^\s]{0,1}$")
# Whoever stands before the choice is the one who chooses: only he himself votes with it, in letters of such words
# (我们家商量来商量去最后还是). 支书选了西路 and 施工队要走西路 tell of somebody else.
_HIMSELF = regex(
    "(?:我(?:是|叫)[\u4e00-\u9fff]{2,4}[啊呀,，])?(?:麻烦|请)?(?:你?们?(?:给|帮)我)?[我俺咱额偏们家里头个全一老两口子自己商量合计寻思琢磨想考虑看来去半天下晚上好了过的完那嗯哎唉呀啊这次回今现在最后终到底还是就也都要决定打算肯定坚决必须当然真觉得认为反正行改主意成换投选票给再，。！,!]*"
)
# 本来想选东路: he does not any more, or says no further.
_ONCE = regex(r"(?:本来|原来|原先|起初|当初|一开始|先前|差点儿?|之前|以前)(?:都|就|是|还|也)*(?:想|要|打算|准备)?$")
_MISLIKED = regex(r"不|没|太|难|窄|绕|远|贵|怕|陡|费|慢|危险")
_I_CAST = regex(
    r"(?:我|俺|咱)(?:们)?(?:家)?(?:就|还是|要|想|也|是)*(?:选择|选|投)(?:了|个)?第?(?P<n>\d{1,2}|[一二三四五六七八九十])(?:号|个|项|条)?(?:那个)?$"
)
_SOMEBODY = regex(r"让|叫|替|帮|说|妈|爸|爹|娘|爷|奶|婆|媳妇|老伴|儿|女|哥|弟|姐|妹|叔|婶|邻居|隔壁|不|没|别")
_FILLERS = regex(r"就是说|嗯+|呃+|额+")
_NTH = regex(r"第?(?P<n>\d{1,2}|[一二三四五六七八九十])(?:号|个|条|项)?$")

_STANCE = regex(r"(?P<stance>.{0,6}?(?:同意|赞成|支持|反对))(?P<about>[\u4e00-\u9fff]{2,10})")
_FIRST = regex(
    r"(?:我|我家|俺|就|要|选|投|同意|支持)*(?:(?:前|头|上)(?:面|头|边)?|开头)(?:的)?(?:那|这|一)?(?:个|条|种|项|样|家)(?:吧|了|呢)?"
)
_LAST = regex(
    r"(?:我|我家|俺|就|要|选|投|同意|支持)*(?:最后(?:头|面|边)?|末尾|(?P<of_two>(?:后|下)(?:面|头|边)?))(?:的)?(?:那|这|一)?(?:个|条|种|项|样|家)(?:吧|了|呢)?"
)
_ALL_BUT = regex(
    r"(?:我|我家|俺)?除(?:了|开|掉)?(?P<but>.{1,12}?)(?:以外|之外|外)?[\s,，]*(?:其[他它余]的?|别的|剩下的?)?(?:都|全)(?:要|选|投|行|可以|好|同意|成|中)(?:了|吧|的)*"
)
_MORE = regex(
    r"(?:我|我家|俺)?(?:再|还要?|另外|也)?(?:加|添|补|多)(?:上|投|选)?(?:个|一个)?(?P<it>.+?)(?:吧|了|呢)?|还有(?P<also>.+?)(?:吧|了|呢)?|(?:我|我家|俺)?(?:再|还)(?:选|投|要)(?:上|个|一个)*(?P<that>.+?)(?:吧|了|呢)?"
)
_ONLY = regex(r"(?:我|我家|俺)?(?:只|就|光|单)(?:留|剩|要|选|投|保留)(?:下)?(?:第)?(?P<it>.+?)(?:吧|了|呢)?")
_LESS = regex(
    r"(?:我|我家|俺)?(?:不要|不选|不投|去掉|去了|划掉|取消|删掉)(?:第)?(?P<it>.+?)(?:吧|了|呢|号)*|(?:把)?(?P<that>.+?)(?:去掉|去了|划掉|取消|删掉|不要)(?:吧|了)*"
)
_SEVERAL = regex(
    r"(?<!第)(?:这|那)?(?:两|俩|三|四|五|几|\d)(?:个|样|项|件)(?:都(?:要|选|投))?$|(?<=[\u4e00-\u9fff]{2})都(?:要|选|投)$"
)
_EACH = regex(r"(?:[投选第][\d一二三四五六七八九](?:号|个|项)?|[\d一二三四五六七八九](?:号|个|项)){2,}")
_EACH_NUMBER = regex(r"[\d一二三四五六七八九]")

Chooses = Callable[[str], tuple[int, ...]]


# Looked for around the place of the name: an expression with the name in it would be compiled anew for everybody.
_BEFORE_NAME = regex("(?:我是|我叫)?(?:[0-9一二三四五六七八九十]{1,3}[社组队])?的?")
_AFTER_NAME = regex(r"家?[\s,，:：]*")


def bared(text: str) -> str:
    """Take away what stands around a vote: pictures, a greeting, thanks, a second thought (刚才按错了 是2)."""
    plain = _PICTURES.sub(" ", text.translate(WIDE)).strip(_ROUND)
    plain = re.sub(r"[(（](\d{1,2})[)）]", r"\1", plain)
    plain = _THANKS.sub("", _HELLO.sub("", plain)) or plain
    second = _SECOND_THOUGHT.sub("", plain).strip(_ROUND)
    plain = (second if second == plain else _MEANT.sub("", second)) or plain  # 我投错了 是公厕
    plain = _JUST.sub("", plain)
    plain = _ANEW.sub("", _PLUS.sub("", _IT_IS.sub("", plain)))
    half = len(plain) // 2  # 西路西路
    return plain[:half] if len(plain) >= 4 and plain[:half] * 2 == plain else plain


def without_name(text: str, name: str) -> str:
    """九社王德福 2: he writes his own name before his vote, as on paper."""
    at = text.find(name) if name else -1
    if at < 0 or not _BEFORE_NAME.fullmatch(text, 0, at):
        return text
    own = _AFTER_NAME.match(text, at + len(name))
    return (text[own.end() :] if own else "") or text


def without_title(text: str, title: str) -> str:
    """我支持修桥 where 修便民桥 is asked: what is agreed to or not is what the poll asks."""
    stance = _STANCE.fullmatch("".join(text.split()).strip(_ROUND))
    return stance["stance"] if stance and set(stance["about"]) <= set(title) else text


def by_place(text: str, many: int) -> int | None:
    """Give the option named by where it stands: 前头那个 the first, 最后一个 the last, of two options 后头那个 too."""
    plain = "".join(text.split())
    if many > 1 and _FIRST.fullmatch(plain):
        return 1
    last = _LAST.fullmatch(plain)
    return many if last is not None and (last["of_two"] is None or many == 2) else None


def decided_on(text: str, names: Sequence[str]) -> int | None:
    """Give the option a sentence ends with after a word of choosing, 1 the first: 商量好了就东路, 东路不好走还是西路吧.

    Who asks, supposes, tells of trouble or of others' choice chooses nothing.
    """
    plain = "".join(text.split()).strip(_ROUND)
    if _WONDERS.search(plain) or _TROUBLE.search(plain):
        return None
    plain = _FILLERS.sub("", plain)
    core = _TAIL.sub("", plain)
    cast = _I_CAST.search(core)
    if cast is not None and not _SOMEBODY.search(core[: cast.start()]):
        chosen = number(cast["n"])
        return chosen if isinstance(chosen, int) and 1 <= chosen <= len(names) else None
    places = [place for place, name in enumerate(names, 1) if len(name) > 1 and core.endswith(name)]
    if len(places) != 1:
        return None
    before = core[: -len(names[places[0] - 1])]
    if (nth := _NTH.search(before)) is not None and number(nth["n"]) == places[0]:
        before = before[: nth.start()]
    return places[0] if _is_chosen(before, places[0], names, is_soft=core != plain) else None


def _is_chosen(before: str, place: int, names: Sequence[str], *, is_soft: bool) -> bool:
    """Does what stands before the option choose it? Another option may stand there only where it is found fault with."""
    cue = _CUE.search(before)
    if cue is None:
        return False
    story = before[: cue.start()]
    others = [name for other, name in enumerate(names, 1) if other != place and name in story]
    if _BUT_NOT.search(story) or _ONCE.search(story) or story in names:
        return False
    if not others:
        return names[place - 1] in story or _HIMSELF.fullmatch(story) is not None  # 西路近便就西路
    return _MISLIKED.search(story) is not None and (is_soft or cue["cue"] != "还是")


def all_but(text: str, many: int, chooses: Chooses) -> tuple[int, ...]:
    """Give all options but those of 除了打井都要; () for other words, and where only one would be left."""
    match = _ALL_BUT.fullmatch("".join(text.split()).strip(_ROUND)) if many > 2 else None
    left_out = chooses(match["but"]) if match else ()
    return tuple(place for place in range(1, many + 1) if place not in left_out) if left_out else ()


_HAN_FIGURES = str.maketrans("一二三四五六七八九", "123456789")


def run_together(text: str, many: int) -> tuple[int, ...]:
    """Read 13, 一三 and 1.3.4 as several options where there are fewer than ten; () where they do not count up."""
    plain = text.strip(_ROUND)
    parts = re.split(r"[.．]", plain) if re.fullmatch(r"\d(?:[.．]\d)+", plain) else list(plain.translate(_HAN_FIGURES))
    if many > 9 or len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    numbers = tuple(int(part) for part in parts)
    is_rising = all(a < b for a, b in itertools.pairwise(numbers))
    return numbers if is_rising and numbers[0] >= 1 and numbers[-1] <= many else ()


def without_count(text: str) -> str:
    """修路 装灯 修渠 这三个 and 修路和打井都要 are those named; 投1投3 is 1 3."""
    plain = text.strip(_ROUND)
    if _EACH.fullmatch(plain):
        return " ".join(_EACH_NUMBER.findall(plain))
    return _SEVERAL.sub("", plain).strip(_ROUND) or text


def changed(text: str, before: tuple[int, ...], chooses: Chooses) -> tuple[int, ...]:
    """Give what several options become by 再加个4 or 不要3了; () where nothing is changed so, or nothing would be left."""
    plain = text.strip(_ROUND)
    if only := _ONLY.fullmatch(plain):
        return chooses(only["it"])
    for pattern, is_more in ((_MORE, True), (_LESS, False)):
        match = pattern.fullmatch(plain)
        meant = chooses(next(filter(None, match.groups()))) if match else ()
        if meant and is_more:
            return tuple(sorted({*before, *meant}))
        if meant:
            return tuple(place for place in before if place not in meant)
    return ()
