"""A choice told in whatever words (我偷偷投豫剧, 我投的豫剧团书记能看见不), and whether he asks that nobody hear of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.ballot_talk import ROUND, choices_said, poll_named
from nlp.lazy import regex
from nlp.numbers import HAN, WIDE, number, said_number
from nlp.option_parts import distinct_parts
from nlp.remembered import remembered

# 投诉, 选种 and 票价 are no words of voting.
_CASTS = r"(?:投(?![诉资保钱入标稿靠奔降案毒放递产机])|选(?![址购课菜种品举民房])|票(?![价房据子箱]))"
_OF_VOTES = regex(_CASTS)
_HIMSELF = regex("[我俺咱]")
_AGREES = r"[我俺咱](?:们?家?|们?家?人)?(?:都|也|还是|就|偷偷|坚决|肯定|是)*(?:支持|赞成|同意)"
_NUMBER = regex(rf"{_CASTS}(?:[了的给是个就]|一票)*第?(?P<n>\d{{1,2}}|[{HAN}])(?!\d)(?:[号个项条]|(?=[\s,，。]|$))")
# Options of such words stand in many a sentence of another kind.
_GENERAL = regex(
    "(?:不|没|没有|暂不|先不)?(?:同意|赞成|支持|反对|要|能|用|行|有|可以|需要|愿意|是|否|好|办|修|装|去|来)(?:了|的)?"
)
_CLAUSES = regex(
    r"[\s,，。;；!！?？~～]+(?:另外|还有|顺便|对了|再就是|再一个)?|但是?(?=\S{3})|不过(?=\S{3})|另外(?=\S{3})|还有(?=\S{3})"
)
_PLACE = regex("[路街巷社桥沟湾渠坡院场口村庄塘坝井]$")
_PLEA_CHARS = 12
_LETTER = regex("[A-Ta-tＡ-Ｔａ-ｔ]")
_SLYLY = regex("(?:偷偷|偷着|悄悄|暗地里|暗中|私下里?|背地里?|瞒着[^\\s,，投选]{1,4})(?:地|的|给)*")
_SEEN = r"(?:看|瞧|瞅|知道|晓得|查|认|猜)(?:得|不)?(?:见|到|着|出来?|来)?"
_WHO = (
    r"(?:[书支]记|主任|村长|[社队组]长|网格[长员]|干部|领导|村上|村里|别人|人家|旁人|外人|邻居|大家|大伙|人|[他她]们?|谁|你们?|\u60a8|后台|系统"
    r"|老汉|老公|男人|媳妇|婆娘|老婆|婆婆|公公|儿子|女儿|爸|妈|哥|嫂子)"
)
_MODAL = "(?:会不会|能不能|可不可以|是不是|能|会|可以|都|要是)"
_ASKS = regex(
    rf"(?:{_WHO}(?:们|家)?{_MODAL}*|{_MODAL}){_SEEN}[^\s,，。]{{0,8}}?(?:吗|不|没|么|嘛|吧|呢|[?？]|$)"
    r"|(?:知道|晓得|看见|看到)了?(?:吗|不|没|么|[?？])$|(?:会不会|会|能)[^\s,，]{0,3}(?:泄露|传出去|说出去|漏出去)"
    r"|(?:保密|匿名|不记名|泄露|传出去|说出去|漏出去|查得?[出到])(?:吗|不|么|的吧|的吗|呢|[?？])"
)
_PLEADS = regex(
    rf"(?:别|莫|甭|不要|不能|不敢|千万|可不能|请勿)[^\s,，。]{{0,3}}?(?:让|叫|给|跟|和|对|同|告诉|说|传|讲|声张|泄露|外传|透露){_WHO}?"
    r"|(?:替|帮|给)[我俺咱](?:们|家)*(?:保密|瞒着?|藏着?)|保密|瞒着?|背着"
)


def _names(options: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options' own words that tell of nothing else, and those that count only right behind a word of voting."""
    names = {"".join(option.split()) for option in options} | {part for part in distinct_parts(options) if part}
    names |= {name.rstrip("了吧的") for name in names if len(name) > 2}
    own = [name for name in names if len(name) > 1 and not _GENERAL.fullmatch(name)]
    return own, sorted(names, key=len, reverse=True)


@remembered
def tells_ballot(text: str, options: tuple[str, ...]) -> bool:
    """Does a clause name an option, or its number, together with words of voting? What chooses alone (B) does not."""
    return any(_tells(clause, options) for clause in clauses_of(text))


def _tells(clause: str, options: tuple[str, ...]) -> bool:
    plain = poll_named("".join(clause.split()))[1]
    own, names = _names(options)
    if _OF_VOTES.search(plain) and any(name in plain for name in own):
        return True
    told = "|".join(map(re.escape, names))
    if re.search(rf"(?:{_CASTS}(?:[了的给是个就]|一票)*|{_AGREES})(?:{told})", plain):
        return True
    found = _NUMBER.search(plain)
    chosen = number(found["n"]) if found else None
    return isinstance(chosen, int) and 1 <= chosen <= len(options)


_FILLS = regex(
    r"[投票选改我俺咱家们的了那这个哪啥几谁吗呢吧他她它呀啊没不是有过就都也还咋怎么能要来说事回次给别人干\s,，。?？!！]"
)
_MOST_ELSE = 1


def only_of_votes(text: str) -> bool:
    """投的那个, 我们的票呢: words of voting, and next to nothing else. 投票箱让人撬了 tells of more."""
    return _OF_VOTES.search(text) is not None and len(_FILLS.sub("", text)) <= _MOST_ELSE


def clauses_of(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text.translate(WIDE).strip(ROUND)) if clause]


def is_his_own(text: str) -> bool:
    """Does he speak of himself? What was voted for is known to all after the closing, what he chose is not."""
    return _HIMSELF.search(text) is not None


def chooses_alone(clause: str, options: Sequence[str]) -> bool:
    """B, 三号 and 不请 choose by themselves; the bare name of a place (东路) may be where a lamp is out."""
    if said_number(clause) is None and not _LETTER.fullmatch(clause) and _PLACE.search(clause):
        return False
    own, _ = _names(options)
    return clause in own or choices_said(clause, options) != ()


def without_ballots(text: str, options: tuple[str, ...]) -> str:
    """What is said besides: every clause that neither tells a choice nor makes one, nor pleads that it be kept."""
    return "，".join(clause for clause in clauses_of(text) if not _is_of_it(clause, options))


def _is_of_it(clause: str, options: tuple[str, ...]) -> bool:
    is_plea = len(clause) <= _PLEA_CHARS and wants_secrecy(clause)
    return is_plea or _tells(clause, options) or chooses_alone(clause, options)


def cast_slyly(text: str, options: tuple[str, ...]) -> tuple[int, ...]:
    """What 我偷偷投豫剧 别跟书记说 chooses: the first clause does, and he only pleads. () where he asks, or chooses nothing."""
    if _asks(text):
        return ()
    first = next(iter(clauses_of(text)), "")
    bare = _PLEADS.sub("", _SLYLY.sub("", first)) if wants_secrecy(first) or _SLYLY.search(first) else first
    return choices_said(bare, options)


@remembered
def wants_secrecy(text: str) -> bool:
    """Does he ask who sees it (书记能看见不), or plead that nobody hear of it (别跟书记说)?"""
    return _PLEADS.search(text) is not None or _asks(text)


def _asks(text: str) -> bool:
    """别让书记知道 asks nothing."""
    return _ASKS.search(_PLEADS.sub("", text)) is not None
