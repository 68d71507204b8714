"""What a voter says: 1, 投1, 壹, 选东路, 同意第一个, 改成2, 我家选东路, 1和3. For whom: nlp/proxy_talk.py.

Only a message that is nothing but an answer is one. What merely mentions an option (东路的灯坏了) gives nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from nlp.ballot_forms import all_but, bared, by_place, decided_on, run_together, without_count
from nlp.ballot_pressed import presses_votes
from nlp.ballot_yes_no import asks_whether, is_yes_or_no
from nlp.lazy import regex
from nlp.numbers import WIDE, number, option_number, option_numbers, said_number
from nlp.option_parts import in_other_figures, is_misspelt, names_none, part_said
from nlp.remembered import remembered

_NAMED = regex(
    r"(?:(?:第)?(?P<a>\d{1,4})号?投票|投票(?:编号)?\s*(?P<b>\d{1,4})(?!\d)(?:号|的)?|投票(?P<c>[一二三四五六七八九十]{1,3})(?=[\s,，:：、]))[\s,，:：、]*"
)
# What may stand around a whole message, and means nothing.
ROUND = " \t\r\n。.!！,，~～、;；:：?？（）()【】[]“”\"'"
_LEAD = regex(
    r"^(?:那就|那|嗯|就|好)?(?:我们家|我们|我家|咱家|俺家|咱们|我|俺|咱)?(?:的票|这票|家的票)?"
    r"(?:还是|就|要|想|都|也|再|觉得|先|肯定是?|当然是?|必须是?)*"
    r"(?:改主意了?|投错了|选错了)?[\s,，]*(?:改投|改选|改成|改为|换成|投给|投票给|投(?:[1一](?:张)?)?票给|投|选择|选|支持|赞成|同意|要|用|改)?"
    r"(?:给)?(?:第?(?P<number>\d{1,2})[个号、.．:： ]*)?"
)
_TAIL = regex(
    r"(?:(?:那个|这个|那条|这条|那项|方案)|一票|这边|那边|好一些|好一点|好些|好点|更好|比较好|挺好|最好|才好|才行|强些|强|要得|好|中|行|就行|可以|"
    r"投一票|吧|啊|呀|哈|呢|了|的|嘛|么|谢谢|啦|咯|喽|呗|哩|咧|哒|嘞|哦|噢|嗯)+$"
)
_GAPS = regex(r"(?<=[投选第改])\s+(?=\d)|(?<=改成)\s+(?=\d)|(?<=\d)\s+(?=[号个项])")
_DOES = regex(r"^(?:修|走|建|种|装|用|买|打|挖|盖|放|去)(?=[\u4e00-\u9fff]{2})")
# 修桥, where the option is 桥.
_DOES_IT = regex(r"^(?:先)?(?:修|走|建|种|装|用|买|打|挖|盖|放|去)(?=[\u4e00-\u9fff]$)")
# 给我投个东: the bot is asked to cast it.
_ASKS_US = regex(
    r"^(?:麻烦|请)?(?:你|你们)?(?:给|帮|替|为)(?:我|俺|咱)(?:们)?(?:家)?(?=[投选改])|(?<=[投选])(?:个|一个)(?!票)"
)
_REFUSES = regex(r"^(?:我|我家|俺)?(?:不|别|没|反对)(?:要|选|投|同意|支持)?")
# 同意修, 不同意这么办: what is agreed to is what the poll asks.
_THIS = r"(?:票|这个|这事|方案|修|建|办|搞|弄|装|盖|打|加|改|这样|这么(?:办|弄|修|定))?"
_STANDS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (frozenset({"不同意", "反对", "不赞成", "不支持", "不可以", "不行", "不愿意", "不要", "否"}),
     regex(rf"(?:坚决|投|必须|肯定|我们?家?|俺家?|人|全家|一家|都)*(?:不同意|反对|不赞成|不支持|不行|不愿意|不要|不中|不成|使不得|要不得|不得行|要不成|不可以){_THIS}")),
    (frozenset({"同意", "赞成", "支持", "可以", "行", "愿意", "是", "要"}),
     regex(rf"(?:坚决|投|必须|肯定|双手|举双手|我们?家?|俺家?|人|全家|一家|都|完全)*(?:同意|赞成|支持|愿意|没意见|没问题|要得|(?:我|俺)看(?:中|行|可以|要得)){_THIS}")),
    (frozenset({"弃权", "都行", "随便", "没想好", "都行/没想好"}),
     regex(r"(?:我们?家?|俺家?)*(?:弃权|都行|随便|没想好|无所谓|不表态|不发表意见)")),
)  # fmt: skip
_AGREES = regex(
    r"[+＋]1|加一|同意楼上的?|支持楼上的?|附议|同上|我也一样|我也是|(?:我|我家)?(?:也)?(?:就)?(?:跟|和|同|随|照|跟着|随着|照着)[\u4e00-\u9fff]{1,5}?(?:家)?(?:投|选)?的?(?:一样|一个样|走)(?:吧|的|投)?"
)
_CLAUSES = regex(r"[\s,，。;；!！~～]+")
_WONDERS = regex(r"[?？]|吗|要是|如果|还是|万一|谁|为啥|凭啥|咋")
_ASKING = regex(r"[?？]|啥|什么|咋|怎么|多少|几[时点个]|谁|为何|吗$|[没不]$|了没有?$|哪")
_CHOOSING = "投选改就要"


@remembered
def poll_named(text: str) -> tuple[int | None, str]:
    """Give the number of the poll a message names (投票3 投2) and what is left of it; None where it names none."""
    plain = text.translate(WIDE).strip()
    match = _NAMED.search(plain)
    if match is None:
        return None, plain
    named = number(match["a"] or match["b"] or match["c"])
    return (named if isinstance(named, int) else None), f"{plain[: match.start()]} {plain[match.end() :]}".strip(ROUND)


_LONGEST = 200
"""What is longer chooses nothing in so many words."""


def choices_said(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """Give the options a whole message chooses, 1 the first; () where it chooses none of them clearly."""
    return _choices_said(text, tuple(options))


@remembered
def _choices_said(text: str, options: tuple[str, ...]) -> tuple[int, ...]:
    if len(text) > _LONGEST or presses_votes(text) or (asks_whether(text) and text.strip(ROUND) not in options):
        return ()
    if is_double(text, options):
        return ()
    text = _ASKS_US.sub("", _GAPS.sub("", bared(_GAPS.sub("", text))))  # 投 1 号
    one = option_number(text, options) or by_place(text, len(options))
    if one is not None:
        return (one,)
    several = (
        option_numbers(without_count(text), options)
        or run_together(text, len(options))
        or all_but(text, len(options), lambda words: choices_said(words, options))
    )
    if several:
        return several
    if said_number(text) is not None:
        return ()
    if (instead := _instead(text, options)) is not None:
        return instead
    ends = _corrected(text, options) or _ends_choosing(text, options)
    if ends:
        return ends
    letter = unicodedata.normalize("NFKC", text).upper()
    if len(letter) == 1 and "A" <= letter <= "T":  # a poll is often written down as A, B, C
        place = ord(letter) - ord("A") + 1
        return (place,) if place <= len(options) else ()
    stand = _stand(text.strip(ROUND), options)
    if stand:
        return (stand,)
    if (plain := text.strip(ROUND).rstrip("了吧呗")) in options:  # 不办了, where 不办 is one
        return (options.index(plain) + 1,)
    if (same := in_other_figures(_TAIL.sub("", plain) or plain, options)) is not None:
        return (same,)
    words = _worded(text, options)
    numbered = _LEAD.match("".join(text.translate(WIDE).strip(ROUND).split()))
    if words and numbered and numbered["number"] and number(numbered["number"]) != words:
        return ()  # 2东路, where 东路 is the first
    return (words,) if words else ()


_INSTEAD = regex(
    r"(?:我|俺|我家)?不(?:是|投|选|要)(?P<other>\S{1,8}?)[\s,，]*(?:了)?[\s,，]*(?:是|改投|改成|换成|投|选|要)(?P<it>\S{1,8})"
)


def _instead(text: str, options: tuple[str, ...]) -> tuple[int, ...] | None:
    """不是1是2, 不要东路要西路: the second, where the first is another option. None for other words."""
    match = _INSTEAD.fullmatch(text.strip(ROUND)) if "不" in text else None
    if match is None or not (other := choices_said(match["other"], options)):
        return None
    chosen = choices_said(match["it"], options)
    return chosen if chosen != other else ()


def is_double(text: str, options: Sequence[str]) -> bool:
    """二 where the options are 二 一 三: the first by its words, the second by its number."""
    plain = text.strip(ROUND)
    place = said_number(plain) if plain in options else None
    return place is not None and place != options.index(plain) + 1 and 1 <= place <= len(options)


_CORRECTS = regex(
    r"[\s,，。!！]+(?:(?:啊|哎|哦|噢)?(?:不对|不是|错了|说错了?|打错了?|写错了?|按错了?|发错了?|投错了?|改主意了?|哦不|不不))(?:[\s,，。!！]+(?:不对|错了))*[\s,，。!！]*(?:我)?(?:要|应该)?是?"
)


def _corrected(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """我投给凉亭，不对，公厕: what stands behind the correction, where both choose."""
    parts = _CORRECTS.split(text.strip(ROUND))
    if len(parts) < 2 or not all(choices_said(part, options) for part in (parts[0], parts[-1])):
        return ()
    return choices_said(parts[-1], options)


def _ends_choosing(text: str, options: Sequence[str]) -> tuple[int, ...]:
    """我们商量好了，投2; 2！2！: the last clause chooses, and nothing before it chooses otherwise, wonders or supposes."""
    clauses = [clause for clause in _CLAUSES.split(text.strip(ROUND)) if clause]
    if len(clauses) < 2 or _WONDERS.search(text):
        return ()
    last = choices_said(clauses[-1], options)
    before = [chosen for clause in clauses[:-1] if (chosen := choices_said(clause, options))]
    is_meant = last and (clauses[-1][0] in _CHOOSING or (all(chosen == last for chosen in before) and before))
    return last if is_meant else ()


def mentions(text: str, options: Sequence[str]) -> bool:
    """Does a message speak of an option by its name without choosing it (西路太绕), and ask nothing?"""
    plain = "".join(text.split())
    names = [option for option in options if option not in _FORBIDS or len(plain) <= len(option) + 2]
    return not _ASKING.search(plain) and any(len(name) > 1 and name in plain for name in names)


# Options that begin many a sentence of another kind: 不要再往我家门口倒垃圾.
_FORBIDS = frozenset({"不要", "不能", "不用", "不行", "没有", "可以", "需要", "不需要"})


def _stand(text: str, options: Sequence[str]) -> int | None:
    """赞成 where the option is called 同意: they mean the same where only one option means it."""
    bare = _TAIL.sub("", text) or text
    for names, pattern in _STANDS:
        if (pattern.fullmatch(bare) or pattern.fullmatch(text)) and (found := _called(names, options)):
            return found
    is_open = leaves_open(text) == "either" and not _FOLLOWS.search(text)
    return _called(_STANDS[-1][0], options) if is_open else None


# 随大流, 听大家的, 你们定: perhaps no abstention at all; worth asking.
_FOLLOWS = regex(
    r"随大流|[听随跟]着?(?:大家|大伙|村里|村上|你们|干部|书记)|(?:你们|大家|大伙儿?|村里|村上)(?:看着?)?[定办选]"
)


_NOD = regex(r"(?:中|行|成|能成|能行|可以|要得|好着呢|好)(?:呢|哩|着呢|着哩|的|咧|啊|呀|吧|了)*")
_NOD_BUT = regex(
    r"(?:我|我家|俺)?(?:倒)?(?:不?同意|赞成|支持|反对)(?:是(?:同意|赞成|支持))?[^\s,，]{0,3}[\s,，]*(?:但是?|可是?|不过|就是|只是|要是).{1,16}"
)


def nods(text: str, options: Sequence[str]) -> bool:
    """中, 行呢, 同意是同意 就是钱咋来, where the poll asks for agreement: perhaps a vote, perhaps only 知道了. Worth asking."""
    if not any(_called(names, options) for names, _ in _STANDS[:2]):
        return False
    plain = text.strip(ROUND)
    return ((len(plain) > 1 or plain == "中") and _NOD.fullmatch(plain) is not None) or _NOD_BUT.fullmatch(
        plain
    ) is not None


_BARE_NOD = regex("(?:[oO][kK]|[好行嗯哦中成对是的啊呀嘞呢可以要得没问题👍👌✅])+")


def nods_barely(text: str, options: Sequence[str]) -> bool:
    """好, OK, 👍 to a poll of yes and no put just now: heard, or agreed to? Worth asking."""
    if len(text) > _SHORT_NOD or _BARE_NOD.fullmatch(text.strip(ROUND)) is None:
        return False
    return is_yes_or_no(options) or any(_called(names, options) for names, _ in _STANDS[:2])


_SHORT_NOD = 6


def _called(names: frozenset[str], options: Sequence[str]) -> int | None:
    places = [place for place, option in enumerate(options, 1) if option.strip(ROUND) in names]
    return places[0] if len(places) == 1 else None


def _worded(text: str, options: Sequence[str]) -> int | None:
    """我家就选东路那条吧: an option in its own words, or in a part of them that no other option has."""
    plain = "".join(text.translate(WIDE).strip(ROUND).split())
    names = ["".join(option.split()) for option in options]
    if _REFUSES.match(plain) and not any(
        plain.endswith(name) and name.startswith(("不", "别", "没")) for name in names
    ):
        return None
    rest = plain[_LEAD.match(plain).end() :]  # type: ignore[union-attr]
    bare = _TAIL.sub("", rest)
    for said in (plain, rest, bare, _DOES.sub("", bare), _DOES_IT.sub("", bare)):
        if said and said in names and names.count(said) == 1:
            return names.index(said) + 1
    for said in (rest, _TAIL.sub("", rest), _DOES.sub("", _TAIL.sub("", rest))):
        if (place := part_said(said, names)) is not None:
            return place
    if (decided := decided_on(plain, names)) is not None:
        return decided
    core = _TAIL.sub("", rest)
    begun = [place for place, name in enumerate(names, 1) if len(core) >= 2 and name.startswith(core)]
    return begun[0] if len(begun) == 1 else _ended(core, names)


def _ended(core: str, names: Sequence[str]) -> int | None:
    """凉亭 of 盖凉亭: the end of one option, which no other has in it. 不盖凉亭 is not meant by it."""
    if len(core) < 2 or sum(core in name for name in names) != 1:
        return None
    place = next(place for place, name in enumerate(names, 1) if core in name)
    before = names[place - 1].removesuffix(core)
    is_end = names[place - 1].endswith(core) and not _DENIES.search(before)
    return place if is_end and not _GENERAL_END.fullmatch(core) else None


_DENIES = regex("[不别没莫甭反停免无非]|取消|拒绝")
_GENERAL_END = regex(
    "(?:同意|赞成|支持|可以|愿意|需要|晚上|早上|上午|下午|中午|今年|明年|大家|村里|村上|没有|知道|一样|这个|那个)"
)


def is_slip(text: str, options: Sequence[str]) -> bool:
    """Is a whole message an option with one character wrong? It is no vote, but worth asking about."""
    plain = "".join(text.translate(WIDE).strip(ROUND).split())
    rest = plain[_LEAD.match(plain).end() :]  # type: ignore[union-attr]
    names = ["".join(option.split()) for option in options]
    return any(is_misspelt(said, names) for said in (plain, rest, _TAIL.sub("", rest)))


def leaves_open(text: str) -> str | None:
    """Tell whether a whole message names no single option: "either" (都行, 随便), "neither" (都不要), "both" (两个都要),
    "agrees" (+1, 同意楼上); else None."""
    if _AGREES.fullmatch("".join(text.translate(WIDE).split()).strip(ROUND)):
        return "agrees"
    return names_none("".join(text.translate(WIDE).strip(ROUND).split()))


_TAKEN = regex(
    r"^(?:代收|替收|上门收票|收票|代|替|帮)?\s*(?P<name>[\u4e00-\u9fff·]{2,4}?)\s*(?:家)?\s*(?:投的?是?|选的?是?|[:：,，\s])\s*(?P<said>.+)$"
)


def ballot_taken(text: str) -> tuple[str, str] | None:
    """Read what a keeper reports from a visit or a call: 周奶奶 2, 代收 周奶奶 投东路. None for other words."""
    match = _TAKEN.match(text.translate(WIDE).strip(ROUND))
    return (match["name"], match["said"]) if match else None
