"""Slots of a poll: what is asked, the options, who counts, secret or not, and for whom."""

from __future__ import annotations

import re

from nlp.lazy import regex
from nlp.numbers import number
from nlp.said import EDGES, Reader, Said, trimmed
from nlp.slots_time import is_closing
from nlp.when_shared import HAN

_UNITS = (
    ("representative", regex(r"(?:按|由|只|限)?(?:村民)?代表(?:投票|投|表决|一人一票)")),
    ("household", regex(
        r"[一每](?:户|家)(?:只能|只|投|限)?(?:投)?(?:一|1)票|[一每](?:户|家)(?:只能?|就)?投(?:一|1)?个|按(?:户|家)(?:投票|投|算|计票|来|(?=[\s,，。]|$|匿|"
        r"不记|记名|单选|多选))|户主投|以户为单位|"
        r"一家一票|按户头"
    )),
    ("person", regex(
        r"[一每](?:人|个人)(?:只能|只|投|限)?(?:投)?(?:一|1)票|[一每](?:人|个人)(?:只能?|就)?投(?:一|1)?个|按人(?:头)?(?:投票|投|算|计票|来|(?=[\s,，。]|$|"
        r"匿|不记|记名|单选|多选))|人人(?:有|投)票?|"
        r"人头投"
    )),
)  # fmt: skip
_SECRET = regex(
    r"(?:不|别|莫)(?:要|用|需要)?(?:记|写|留|露)名|(?:不|别|莫)(?:要|用|需要)?(?:让人|叫人)?(?:知道|看见|晓得)谁投|保密|无记名|不署名|匿名|秘密|不公开(?:投|选)|背靠背|暗投"
)
_OPEN = regex(r"(?<![不无要用别莫])记名|实名|公开投|明投|举手")
_SO_MANY = (
    r"(?:多?选|投|挑)(?P<most>[两俩三四五六七八九二2-9])(?:个(?!小时|钟头|月|星期|礼拜|周)|项|样|名)|"
    r"[三四五六七八九十3-9]选(?P<of>[两三四五六七八九二2-9])|"
    r"(?:最多|至多|不超过)(?P<upto>[两俩三四五六七八九二2-9])(?:个|项|样)(?=$|[\s,，。;；吧])"
)
_SEVERAL = (
    r"(?:每(?:户|家|人))?(?:可以?|能|允许|最多|至多|不超过|限)*"
    rf"(?:{re.sub('[?]P<[a-z]+>', '?:', _SO_MANY)}|(?<![最至])多选|选多个|选几个)"
)
_MULTIPLE = regex(rf"{_SEVERAL}(?:[\s,，]*{_SEVERAL})*")
_MOST = regex(_SO_MANY)
_SINGLE = regex(
    r"(?<!名)单选|二选一|(?:只能|只|限|最多|至多|每人)*选(?:一|1)(?:个|项|条|名)|(?:最多|至多)(?:一|1)(?:个|项|条)(?=$|[\s,，。;；吧])"
)
ONE_AREA = rf"(?:第)?(?:\d{{1,2}}|[{HAN}]{{1,3}})(?:社|组|队|网格|微网格|村民小组|小组)"
ALL_OF = "全村|全镇|全社|全体村民|全体党员|全体社员|村民代表|党员代表|党员|代表们|各社|各组"
AREAS = regex(rf"(?:{ONE_AREA}(?:[、,，和及跟]\s*)?)+|{ALL_OF}")
_SCOPE = regex(
    rf"(?:范围|只让?|仅|限|就|给|通知|面向|在)(?:是|为|:|：|限|让|给|在)?\s*(?P<area>{AREAS.pattern})|"
    rf"(?P<bare>{AREAS.pattern})"
)


def unit(said: Said) -> str | None:
    """Give household, person or representative."""
    return next((name for name, expression in _UNITS if expression.search(said.text)), None)


def secret(said: Said) -> bool | None:
    """Give True for 不记名, False for 记名."""
    if _SECRET.search(said.text):
        return True
    return False if _OPEN.search(said.text) else None


def multiple(said: Said) -> bool | None:
    """Give True for 多选, False for 单选."""
    if _MULTIPLE.search(said.text):
        return True
    return False if _SINGLE.search(said.text) else None


def most(said: Said) -> int:
    """Give how many may be chosen at most (最多选两个, 三选二), 0 where no number is said."""
    match = _MOST.search(said.text)
    many = number(match["most"] or match["of"] or match["upto"]) if match else 0
    return many if isinstance(many, int) else 0


def scope(said: Said) -> str | None:
    """Give for whom: 九社, 全村, 党员."""
    match = _SCOPE.search(said.text)
    return None if match is None else (match["area"] or match["bare"]).strip("、,，和及跟 ")


# Where it is said for whom: 只九社投, 范围七社. (A bare 九社 may be what the poll is about.)
BOUNDED = regex(rf"(?:范围|只让?|仅|限|就|面向)(?:是|为|:|：|限|让|给|在|由)?\s*(?P<area>{AREAS.pattern})")


_FLAGS = regex(
    "|".join(expression.pattern for _, expression in _UNITS)
    + f"|{_SECRET.pattern}(?:投票)?|{_OPEN.pattern}(?:投票)?|(?:{_MULTIPLE.pattern}|{_SINGLE.pattern})(?![个名]?(?!或)[\u4e00-\u9fff]{{2}})"
    + rf"|(?:范围|只让?|仅|限)(?:是|为|:|：|限|让)?\s*(?:{AREAS.pattern})(?:的(?:人|户)?)?(?:投票|投|参加|选)?"
)
_COMMAND = regex(
    r"(?:发起|弄|搞|整|开|建|做|来|发|组织|设|办|新建|创建|让大家|大家|大伙儿?|请大家|叫大家|用|给群里发|"
    r"给大家发)?(?:一个|个|一次|"
    r"次|一场|一下|新)?(?:投个?票|表决)(?:一下|一次)?(?:给大家|给群里|给大伙儿?)?"
    r"|^\s*大(?:家|伙儿?)(?:都)?(?:说说|看看|议议)|(?:让|叫|请)?大(?:家|伙儿?)(?:都)?(?:来)?(?:选|投|表决)(?:一下|一选|个|下|票)?"
    r"|(?:征求|问问|听听|看看)(?:一下)?(?:大家|大伙儿?|群众|村民)(?:的)?(?:意见|意思)?"
    r"|^\s*(?:征求|问问|听听)(?:一下)?(?:意见|意思)(?=[\s,，:：])"
    r"|^\s*问(?:一下|下|问)?(?:大家|大伙儿?|各位|乡亲们)(?:一个|一件|个|件)?事(?:情|儿)?(?=[\s,，:：])"
)
# 搞个匿名投票 村医换不换: what is left of the command where a setting stands within it.
_VERB_LEFT = regex(r"^\s*(?:我们?|咱们?)?(?:发起|弄|搞|整|开|建|做|来|发|组织)(?:一个|个|一次|次|一场)?\s+(?=\S)")
_TO_WHOM = regex(r"^(?:给|为|帮)(?:大家|大伙儿?|群里|乡亲们|我)\s*")
# 主题党日 and 吃水问题 are words of the question itself.
_TITLE_WORD = regex(
    r"(?:题目|标题)(?:是|为|叫)?\s*[:：]?\s*|(?:^|(?<=[\s,，。;；]))(?:议题|主题|内容|问题)(?:(?:是|为|叫)\s*[:：]?|[:：\s])\s*"
)
_OPTIONS_WORD = regex(r"(?:选项|候选|备选|选择)(?:有|是|为|分别是)?\s*[:：]?\s*(?![一二三四五六七八九\dA-Da-d])")
# A东路 B西路, 1.东路 2.西路, 选项一…选项二…, ①…②…
_MARK = regex(
    r"(?:^|(?<=[\s,，。;；、:：\u4e00-\u9fff]))(?:选项|方案)?\s*(?P<mark>[A-Ga-g](?![A-Za-z])|"
    r"[1-9](?=[.、．:：)）\s]|[\u4e00-\u9fff])(?![\d天日月点年户个人号块万元社组])|[一二三四五六](?=[.、．:：])|"
    r"[①②③④⑤⑥⑦⑧⑨])"
    r"\s*[.、．:：)）]?\s*"
)
_SPOKEN_MARK = regex(r"(?:选项|方案|第)(?P<mark>[一二三四五六七八九])(?:个|是|为|项|选项)?\s*[:：、.]?\s*")
_OR = regex(r"(?<![\s,，])[\s,，]*+(?:还是|或者|或是|或)\s*")
_DOES = regex(r"^(?:装|修|走|建|种|选|买|挖|打|铺|安|盖|栽|养|换|放在|放|设在|设|定在)")
_AT = regex(r"[\u4e00-\u9fff]在(?P<t>[^在]{2,})$")
_LEAD = regex(r"^(?:到底|究竟|就|看|问|大家|大伙儿?|选|定一下|定下来?|定|决定下?|是|要|想|该|用|去|投|关于|说)+")
_HEM = regex(r"^(?:吧|就是说?|那个|这个|嗯|呃|啊|呢|给咱们?|咱们?(?!村))+")
_TAIL = regex(r"(?:好不好|好一些|好一点|好点|更好|好|行|合适|吧|呢|啊|呀|的话|比较|要紧)+$")
_ORDER = "ABCDEFG 一二三四五六七八九 ①②③④⑤⑥⑦⑧⑨ 123456789"


def _body(said: Said) -> str:
    """Give the message without its time, its settings and the command itself."""
    text = said.without_time(said.text) if is_closing(said) else said.text
    text = _FLAGS.sub(" ", text)
    return _VERB_LEFT.sub("", _COMMAND.sub(" ", _TO_WHOM.sub("", text), count=1))


def _split(said: Said) -> tuple[str | None, list[str]]:
    """Give the title and the options."""
    body = _body(said)
    head, options = _after_the_word(body)
    if not options:
        head, options = _marked(body)
    if not options:
        return _either_or(body)
    return _title_of(head), options


def _clean(option: str) -> str:
    return (trimmed(option) or "").strip("。；;").strip()


def _after_the_word(body: str) -> tuple[str, list[str]]:
    """Split 选项 同意 不同意 弃权."""
    match = _OPTIONS_WORD.search(body)
    if match is None:
        return body, []
    tail = body[match.end() :]
    marked_head, marked = _marked(tail)
    if len(marked) >= 2 and not marked_head.strip(EDGES):
        return body[: match.start()], marked
    parts = [
        _clean(part)
        for part in re.split(r"[\s,，、;；/]+|还是|或者|和(?=不?[\u4e00-\u9fff]{1,6}(?:\s|$))", tail)
        if _clean(part)
    ]
    parts = parts if len(parts) >= 2 else _alike(_clean(tail))
    return body[: match.start()], parts


def _alike(text: str) -> list[str]:
    """Cut 东段西段 into equal parts that end alike, as a voice runs options together."""
    for count in (2, 3, 4):
        size, rest = divmod(len(text), count)
        parts = [text[size * place : size * (place + 1)] for place in range(count)]
        if not rest and size > 1 and len({part[-1] for part in parts}) == 1 and len(set(parts)) == count:
            return parts
    return []


def _marked(body: str) -> tuple[str, list[str]]:
    for expression in (_SPOKEN_MARK, _MARK):
        marks = _in_order(list(expression.finditer(body)))
        if len(marks) >= 2:
            ends = [*(mark.start() for mark in marks[1:]), len(body)]
            options = [_clean(body[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
            if all(options):
                if len(set(options)) == 1:  # A歌 B歌, 1袋 2袋: the mark is all that tells them apart
                    options = [f"{mark['mark']}{option}" for mark, option in zip(marks, options, strict=True)]
                return body[: marks[0].start()], options
    return body, []


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Keep the marks that count up from the first of their kind (A, B, C)."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        sign = mark["mark"].upper()
        if not kept:
            if sign in "A一①1":
                kept.append(mark)
        elif _ORDER.index(sign) == _ORDER.index(kept[-1]["mark"].upper()) + 1:
            kept.append(mark)
    return kept


# What is left of a sentence dictated without a pause: it asks nothing.
NOBODYS = regex(r"(?:咱们?|我们|大家|大伙儿?|乡亲们|决定|定|嗯|呃|那个|这个|给|投|就是说?|就|行|可以|吧|了|[\s,，。])+")


def _either_or(body: str) -> tuple[str | None, list[str]]:
    """Split 修路走东路还是西路 into its two options; what names more than the options is the title."""
    phrase = next((part for part in re.split(r"[\s,，。;；:：]+", body) if _OR.search(part)), None)
    if phrase is None:
        return _in_a_row(body)
    pieces = [piece for part in _OR.split(phrase) for piece in part.split("、")]
    last = _TAIL.sub("", pieces[-1].strip(EDGES))
    first = _TAIL.sub("", _LEAD.sub("", pieces[0].strip(EDGES)))
    option = _same_shape(first, last)
    options = [option, *(_TAIL.sub("", piece.strip(EDGES)) for piece in pieces[1:-1]), last]
    if not all(options):
        return _title_of(body), []
    other = _title_of(body.replace(phrase, " "))
    other = None if other is not None and NOBODYS.fullmatch(other) else other
    if other is None and option != first:
        other = _TAIL.sub("", _HEM.sub("", phrase.strip(EDGES))) if len(first) > len(option) + 1 else None
    return other, options


_STANCES = frozenset(
    ("同意", "不同意", "反对", "不反对", "弃权", "赞成", "不赞成", "支持", "不支持", "行", "不行", "好", "不好")
)


# A question awaits its answers: 选谁当社长 张三 李四.
_AWAITS = regex(r"谁|哪|啥|什么|几(?:点|号|天|时|月)|咋|怎么|多少|如何|^选|(?:员|代表|会计|保管|队长|理事|带头人)$")
_NO_ANSWER = regex(r"谁|哪|啥|什么|大家|大伙|请|尽快|快|投|选|截止|通知|谢|记得|\d{4,}|[吧吗呢啊]$")


def asked_in_a_row(text: str) -> tuple[str | None, list[str]]:
    """Split a question from the answers behind it; no options where there are none."""
    return _in_a_row(text)


def without_settings(text: str) -> str:
    """Give the text without 不记名, 一户一票, 可以多选, 范围九社."""
    return _FLAGS.sub(" ", text)


def _in_a_row(body: str) -> tuple[str | None, list[str]]:
    """Split 修路 东路 西路: a title, then options that end alike, or stances, or short answers to a question.

    Anything else is all title.
    """
    head, *rest = re.split(r"[\s,，、/]+", body.strip(EDGES + "/、")) or [""]
    alike = len({part[-1:] for part in rest}) == 1 or _STANCES.issuperset(rest)
    alike = alike or (_AWAITS.search(head) is not None and not any(_NO_ANSWER.search(part) for part in rest))
    if len(rest) < 2 or not alike or max(map(len, rest)) > 8 or not _title_of(head):
        return _title_of(body), []
    return _title_of(head), [_clean(part) for part in rest]


_VERBS = frozenset("装修建种买挖铺盖栽养换拆填打唱演放跳")


def _same_shape(first: str, last: str) -> str:
    """Give the end of `first` that is built like `last`: 东路 of 修路走东路 beside 西路."""
    size = len(last)
    if last.startswith("不") and first.endswith(last[1:]):  # 猪场搬还是不搬
        return last[1:]
    place = _AT.search(first)
    if place is not None and place["t"][-1:] == last[-1:] and abs(len(place["t"]) - size) <= 2:
        return place["t"]  # 戏台搭在学校门口 beside 庙门口
    bare = _DOES.sub("", first)
    if bare != first and 0 <= len(bare) - size <= 2 and bare[-1:] == last[-1:]:  # 装太阳能路灯 beside 普通路灯
        return bare
    does = [place for place, char in enumerate(first) if char in _VERBS and 2 <= place < len(first) - 1]
    if last[:1] in _VERBS and first[:1] not in _VERBS and len(does) == 1:
        return first[does[0] :]  # 村口广场装健身器材 beside 种花
    if len(first) > size and size and (first[-1] == last[-1] or first[-size] == last[0]):
        return first[-size:]
    return first


def _title_of(text: str) -> str | None:
    named = _TITLE_WORD.search(text)
    if named is not None and named.end() < len(text):
        text = text[named.end() :]
    return trimmed(re.sub(r"\s*(?:选项|投票)\s*$", "", _TITLE_WORD.sub(" ", text)))


def body_of(said: Said) -> str:
    """Give the message without the command and its settings."""
    return _body(said)


def title_of(text: str) -> str | None:
    """Give what is left as a title, None where nothing is."""
    return _title_of(text)


def marked(text: str) -> list[str]:
    """Give the options behind A, B or 一、二、, none where they are not marked so."""
    head, options = _marked(text)
    return [] if head.strip(EDGES) else options


def title(said: Said) -> str | None:
    """Give what the poll asks."""
    return _split(said)[0]


def options(said: Said) -> list[str] | None:
    """Give the options, at least two."""
    return _split(said)[1] or None


def listed_options(said: Said) -> list[str] | None:
    """Give options only where they are marked as such (a change of an open draft)."""
    body = _body(said)
    found = _after_the_word(body)[1] or _marked(body)[1]
    return found or None


def option_title(said: Said) -> str | None:
    """Give a new title only where the word 题目 is said."""
    match = _TITLE_WORD.search(said.text)
    return trimmed(said.text[match.end() :]) if match else None


POLL_READERS: dict[str, Reader] = {
    "poll_title": title,
    "options": options,
    "listed_options": listed_options,
    "option_title": option_title,
    "unit": unit,
    "secret": secret,
    "multiple": multiple,
    "scope": scope,
}
