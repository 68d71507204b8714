"""Title and options of a poll where no word marks them: 选环卫员：张三、李四; 过年节目 秧歌 社火 唱戏."""

from __future__ import annotations

import re

from nlp.lazy import regex
from nlp.slots_poll import title_of

_EMPTY = regex(
    r"(?:我们?|咱们?|俺|给|帮|请|麻烦|你|能不能|可以|可不可以|想|要|打算|准备|需要|来|下|一下|个|一个|大家|大伙儿?|群里|村里|的|吧|呗|谢谢|谢了|辛苦了?|拜托|嗯|呃|那个|啊|[\s,，。])+"
)
# 选环卫员：张三、李四; 先修哪样？路灯 水渠.
_COLON = regex(r"^(?P<title>[^:：?？]{2,40}(?:[:：]|[?？](?=\s*\S+[\s、/,，])))\s*(?P<options>[^:：?？]+)$")
_HEADS = regex(r"(?:题目|标题|议题|主题|内容|问题|选项|候选|备选|截止|时间|范围)(?:是|为)?\s*$")
_BETWEEN = regex(r"\s*[、/／|｜]\s*|还是|或者|[\s,，;；]+")
_ASKS = regex(
    r"谁|哪|啥|什么|几|咋|怎么|多少|如何|吗|[吧呢啊呀]$|大家|大伙|请|快|投|截止|通知|谢|记得|只有|\d{4,}|今天|明天|今年|明年|这次"
)
# 征求一下大家意见 庙会唱几天 三天 五天.
SOUNDS_OUT = regex(
    "^(?:征求|问问?|听听|看看)一?下?(?:(?:大家|大伙儿?|群众|村民|乡亲们)的?(?:意见|意思|看)?|意见|意思)[\\s,，:：]*"
    "|^问(?:一下|下|问)?(?:大家|大伙儿?|各位|乡亲们)(?:一个|一件|个|件)?事(?:情|儿)?[\\s,，:：]+"
)
LONGEST = 12
SHORT = 6


def bare(title: str | None) -> str | None:
    """Give a title without 定下 before it; None for 我想 of 我想发个投票, where nothing is asked."""
    if title is None or _EMPTY.fullmatch(title):
        return None
    return without_name(_SETTLES.sub("", _HEAD_BEHIND.sub("", title)))


_HEAD_BEHIND = regex(r"(?<=.{2})[\s,，。;；]*(?:选项|候选项?|备选)(?:是|有|为)?[:：]?$")


def without_name(title: str) -> str:
    """Give 修戏台 of 题目是修戏台."""
    return _NAMED.sub("", title) or title


_NAMED = regex(
    r"^(?:题目|标题)(?:是|为|叫|就是)?[\s,，:：]*|^(?:议题|主题)(?:(?:是|为|叫|就是)[\s,，:：]*|[\s,，:：]+)"
)
_SETTLES = regex(r"^(?:定下来?|定一下|决定一?下)(?=.{4})")
_CALLS = regex(
    r"^(?:咱们?|大家|给大家)?(?:弄|搞|整|发|来)(?:一)?个票[\s,，:：]|^(?:只|光|就)?(?:让|叫|请)\S{1,8}?投(?:一下|个票|票)?[\s,，:：]"
    r"|^(?:发[起启]|发个|搞个|弄个|做个|群众|村民|全民|民主|大家)?投票[\s,，:：]+(?=[^\s\d])"
)


def calls_for_votes(text: str) -> bool:
    """弄个票 …, 只让代表投 …, 投票：几点开会？…: the words begin as a poll that is put to people does."""
    return _CALLS.match(text) is not None or any(form.match(text) for form, _ in _OTHERWISE)


# The command in other words: 三选一投票 …, 群里投个票 …, 请各户投一下 …, 弄一个党员投票 ….
_MAKES = r"(?:弄|搞|发|发起|开|做|整|来|组织)(?:起)?(?:一)?(?:个|次|场)?"
_OTHERWISE = (
    (regex(rf"^\s*(?:{_MAKES})?(?:投票[\s,，:：]*)?[二两三四五六]选一(?:的?投票)?[\s,，:：]+"), "发起投票 单选 "),
    (regex(rf"^\s*(?:在|往|到)?(?:咱们?)?群里(?:{_MAKES})?投(?:个|一个|一次|一下)?票[\s,，:：]+"), "发起投票 "),
    (
        regex(
            rf"^\s*(?:给|请|让|叫)(?:各|每)(?:户|家)(?:人家?)?(?:都|来)?(?:{_MAKES})?投(?:一下|个票|票|一票)[\s,，:：]+"
        ),
        "发起投票 一户一票 ",
    ),
    (regex(rf"^\s*{_MAKES}(?:全体)?党员投票[\s,，:：]+"), "发起投票 只党员投 "),
    (regex(rf"^\s*{_MAKES}(?:村民)?代表投票[\s,，:：]+"), "发起投票 只村民代表投 "),
)
_TILL = regex(r"(?<=[\s,，])截[到至]?(?=[今明后周下月年腊正冬\d]|大后|星期|礼拜)")
_SUPPER = regex(r"(?:吃)?(?:晚饭|黑饭)(?:之|以)?前")


def _otherwise(text: str) -> str:
    for form, plain in _OTHERWISE:
        if found := form.match(text):
            return plain + text[found.end() :]
    return text


# What a voice puts around the command: 嗯那个帮我弄一个投票啊就是…, 整个投票嘛 就说….
_VOICED = regex(
    r"^(?:嗯|呃|哎|那个|这个|你|帮我|给我|麻烦|请|咱们?|\s)+(?=(?:发起|弄|搞|整|开|做|来|发|组织).{0,3}投票)"
)
_VOICED_BEHIND = regex(
    r"(?<=投票)(?:啊|嘛|呢|哈|吧|呀|哎)+[\s,，]*(?:就是说?|就说|说的是|是说)?|(?<=投票)[\s,，]+(?:就是说|就说)"
)
_CALLS_BEHIND = regex(
    r"(?<=\S)(?:让|请|叫)(?:大家|大伙儿?)(?:都)?(?:来)?(?:选|投)(?:一下|一选|个票|一票|下)?(?=$|[\s,，。]|投[到至]|截止)"
)
_MANNER = regex(r"(?:投票)?方式\s*(?:[:：]|是|为)?\s*(?=不?记名|无记名|匿名|实名|[一每按][人户家]|[单多]选)")
_AT_ONCE = regex(r"[\s,，]+(?:马上|现在|立刻|立马|赶紧|赶快|尽快|这就)(?:就)?发(?:出去|出|群里)?(?:吧)?(?=$|[\s,，。])")
_AGAINST = regex(r"\s*(?<![A-Za-z])(?:vs|VS|Vs|pk|PK)(?![A-Za-z])\.?\s*")
_DASHED = regex(r"(?m)^\s*[-—•·*●]+\s*(?=\S)")
_SLIPS = regex("^(?:发[启气其]|群众|村民|全民|民主)投票")
_STEMS = regex(r"(?<=[\s,，:：])([甲乙丙丁])[.、．:：)）]?\s*(?=([\u4e00-\u9fff][^\s,，、]*))")


def plainly(text: str) -> str:
    """Write a sentence that makes a poll without what a voice puts around it, its marks as numbers."""
    text = _SUPPER.sub("晚上六点", _TILL.sub("截止到", _otherwise(text)))
    text = _VOICED_BEHIND.sub(" ", _VOICED.sub("", _SLIPS.sub("发起投票", text)))
    if text.count("投票") == 1:
        text = _CALLS_BEHIND.sub(" ", text)
    text = _AGAINST.sub("还是", _MANNER.sub(" ", _AT_ONCE.sub(" ", text)))
    if len(_DASHED.findall(text)) > 1:
        numbers = iter(range(1, 100))
        text = _DASHED.sub(lambda _mark: f"{next(numbers)}.", text)
    stems = _STEMS.findall(text)  # 甲班 乙班 keep theirs
    if "".join(stem for stem, _ in stems) in ("甲乙", "甲乙丙", "甲乙丙丁") and len({word for _, word in stems}) > 1:
        text = _STEMS.sub(lambda mark: f"{'甲乙丙丁'.index(mark[1]) + 1}.", text)
    return text


_BY = regex(r"(?:(?<=\s)|^)按[^\s,，、/]{1,4}(?:[\s,，、/]+按[^\s,，、/]{1,4})+(?=$|[\s,，。])")


def by_what(text: str) -> tuple[str, list[str]]:
    """Take 按股 按人 out of a sentence: ways to choose from, rather than for whom a vote counts."""
    found = _BY.search(text)
    if found is None:
        return text, []
    return f"{text[: found.start()]} {text[found.end() :]}", re.split(r"[\s,，、/]+", found.group())


def spelt_out(text: str) -> str:
    """Say 弄个投票 for 弄个票, and 代表投票 for 只让代表投."""
    text = re.sub(r"^(\s*(?:咱们?|大家|给大家)?(?:弄|搞|整|发|来)(?:一)?个)票(?=[\s,，:：])", r"\1投票", text)
    text = re.sub(r"^\s*请?各位(?:户主|乡亲|村民|老乡|邻居|群众)?们?(?=投个?票|表决)", "", text)
    return re.sub(r"^\s*(?:只|光|就)?(?:让|叫|请)(?:村民)?代表们?投(?:一下|个票|票)?(?=[\s,，:：])", "代表投票 ", text)


def behind_colon(body: str) -> tuple[str | None, list[str]] | None:
    """Read 选环卫员：张三、李四、王五: what stands behind the one colon, or behind the question, is the options."""
    match = _COLON.match(body.strip(" ,，。:："))
    if match is None or _HEADS.search(match["title"].rstrip(":：")):
        return None
    options = [part for part in _BETWEEN.split(match["options"].strip(" ,，。")) if part]
    short = len(options) >= 2 and all(len(option) <= LONGEST and not option[:1].isdigit() for option in options)
    if not short or any(re.match(r"[A-Za-z一二三四五六七八九]?[.、．:：)）]|选项", option) for option in options):
        return None
    return title_of(match["title"].strip(" ,，。:：")), options


_IN_LINE = regex(r"[^\s、/／|｜？?]{1,12}(?:[、/／|｜][^\s、/／|｜？?]{1,12})+")


def only_options(title: str) -> list[str]:
    """Read 东路、西路, which asks nothing: the options it lists. [] for a title."""
    return re.split(r"[、/／|｜]", title) if _IN_LINE.fullmatch(title) and not _ASKS.search(title) else []


def listed(body: str) -> tuple[str | None, list[str]] | None:
    """Read 过年节目 秧歌 社火 唱戏 放电影: a title and short words behind it, in a sentence that asks for a poll."""
    head, *rest = [part for part in re.split(r"[\s,，、/]+", body.strip(" ,，。、/")) if part] or [""]
    if len(rest) < 2 or any(len(part) > SHORT or _ASKS.search(part) for part in rest) or not title_of(head):
        return None
    return title_of(head), rest
