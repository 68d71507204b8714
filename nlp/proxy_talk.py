"""For whom a vote is said that is not the speaker's own: 我妈投2 她没微信, 娃他爸选东路, 替邻居投2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.ballot_talk import ROUND, choices_said
from nlp.lazy import regex
from nlp.numbers import WIDE
from nlp.option_parts import distinct_parts
from nlp.remembered import remembered

_NEIGHBOURS = ("邻居", "邻家", "对门", "隔壁")
_KIN = (
    "娃他爸|娃他妈|娃他爹|娃他娘|娃他大|娃爸|娃妈|孩子他爸|孩子他妈|孩子爸|孩子妈|他爸|他妈|妈妈|妈|爸爸|爸|爹|娘|奶奶|爷爷|公公|婆婆|老伴|老头子|老头|"
    "媳妇|婆娘|老婆子|老婆|男人|老公|丈夫|当家的|儿子|女儿|闺女|儿媳|女婿|孙子|孙女|侄子|侄女|兄弟|哥|姐|弟|妹|嫂子|姑|姨|舅|叔|伯|掌柜的|屋里人|屋里的|小子|丫头|大大|大(?!家|伙)|儿(?!子)|娃|外婆|外公|姥姥|姥爷|老人|老汉|"
    + "|".join(_NEIGHBOURS)
)
# 老李, 王婶: somebody who is spoken of.
_CALLED = r"[老小][\u4e00-\u9fff]|[\u4e00-\u9fff](?:叔|婶|爷爷?|奶奶?|嫂子?|伯|姨|姑|大爷|大妈|大娘|大叔|老汉)"
_TELLS = r"(?:(?:没有?|不会|不识|不太会|看不[清见]|(?:人)?在)[^\s,，。]{1,6}?[\s,，]*)?(?:她|他)?(?:说|也|要|想|让我|叫我|打算)*"
_FOR_OTHERS = regex(
    rf"^(?:我|俺)?(?:想|要|能不能|来)?(?:帮|替|代|给)?(?:我|俺|咱)?(?:家|们家)?(?P<who>{_KIN})(?:{_CALLED})?(?:的票)?{_TELLS}"
    r"[\s,，]*(?:投|选|不?同意|反对|不?支持|不?赞成|弃权)"
    rf"|^(?P<called>{_CALLED}){_TELLS}(?:投|选)"
    rf"|^(?:我|俺)?(?:想|要)?(?:帮|替|代)(?!我(?:投|选)|俺(?:投|选))(?:我|俺)?(?:家|们家)?(?P<who2>{_KIN}|[\u4e00-\u9fff]{{2,6}}?)(?:投|选)(?:个|一下|了)?(?:票|第|\d|[一二三四五])"
)
# 我妈说不装 她没手机: the option itself, without a word for voting.
_WANTS = regex(
    rf"^(?:我|俺|咱)?(?:家|们家)?(?P<who>{_KIN})(?:说|想要|要|想|让我|叫我|的意思是?)(?P<what>[^\s,，。;；]+)"
)
_PARTS = regex(r"[\s,，。;；]+")
_ASKING = regex(r"[?？]|啥|什么|咋|怎么|多少|几[时点个]|谁|为何|吗$|[没不]$|了没有?$|哪")
_CASTS = regex(
    r"(?:投|选)[^\s]{0,2}?(?:第?\d|第?[一二三四五六七八九十]|[A-Ta-t](?![a-z]))|投.{0,4}票|弃权|同意|反对|赞成|支持"
)


def for_others(text: str, options: Sequence[str]) -> str | None:
    """Give whom a vote in a poll of these options is cast for where it is not the speaker's own (妈); else None."""
    return _for_others(text, tuple(options))


@remembered
def _for_others(text: str, options: tuple[str, ...]) -> str | None:
    plain = text.translate(WIDE).strip(ROUND)
    if _ASKING.search(plain):  # 邻居投了啥
        return None
    for part in (plain, *_PARTS.split(plain)[1:]):  # 我投1 我妈投2
        match = _FOR_OTHERS.search(part)
        if match is not None and _names_a_choice(part[match.start() :], options):
            return str(match["who"] or match["called"] or match["who2"])
        wants = _WANTS.search(part)
        if wants is not None and choices_said(wants["what"], options):
            return str(wants["who"])
    return None


def _names_a_choice(text: str, options: Sequence[str]) -> bool:
    """邻居选种子骗人 casts no vote: neither an option nor a number stands in it."""
    if _CASTS.search(text) or any("".join(option.split()) in text for option in options):
        return True
    return any(part and re.search(rf"[投选]了?{re.escape(part)}", text) for part in distinct_parts(options))


def is_kin(who: str) -> bool:
    """Is it a word for a relative or a neighbour, not a name?"""
    return re.fullmatch(_KIN, who) is not None


def is_family(who: str) -> bool:
    """Is it a word for a relative, who may well live in one household with him? A neighbour does not."""
    return is_kin(who) and who not in _NEIGHBOURS
