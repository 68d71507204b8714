"""Title and options of a poll where no word marks them: 选环卫员：张三、李四; 过年节目 秧歌 社火 唱戏."""

from __future__ import annotations

import re

from nlp.slots_poll import title_of

_EMPTY = re.compile(
    r"(?:我们?|咱们?|俺|给|帮|请|麻烦|你|能不能|可以|可不可以|想|要|打算|准备|需要|来|下|一下|个|一个|大家|大伙儿?|群里|村里|的|吧|呗|[\s,，。])+"
)
# 选环卫员：张三、李四; 先修哪样？路灯 水渠.
_COLON = re.compile(r"^(?P<title>[^:：?？]{2,40}(?:[:：]|[?？](?=\s*\S+[\s、/,，])))\s*(?P<options>[^:：?？]+)$")
_HEADS = re.compile(r"(?:题目|标题|议题|主题|内容|问题|选项|候选|备选|截止|时间|范围)(?:是|为)?\s*$")
_BETWEEN = re.compile(r"\s*[、/／|｜]\s*|还是|或者|[\s,，;；]+")
_ASKS = re.compile(
    r"谁|哪|啥|什么|几|咋|怎么|多少|如何|吗|[吧呢啊呀]$|大家|大伙|请|快|投|截止|通知|谢|记得|只有|\d{4,}|今天|明天|今年|明年|这次"
)
# 征求一下大家意见 庙会唱几天 三天 五天.
SOUNDS_OUT = re.compile(
    "^(?:征求|问问?|听听|看看)一?下?(?:(?:大家|大伙儿?|群众|村民|乡亲们)的?(?:意见|意思|看)?|意见|意思)[\\s,，:：]*"
    "|^问(?:一下|下|问)?(?:大家|大伙儿?|各位|乡亲们)(?:一个|一件|个|件)?事(?:情|儿)?[\\s,，:：]+"
)
LONGEST = 12
SHORT = 6


def bare(title: str | None) -> str | None:
    """Give a title without 定下 before it; None for 我想 of 我想发个投票, where nothing is asked."""
    if title is None or _EMPTY.fullmatch(title):
        return None
    return without_name(_SETTLES.sub("", title))


def without_name(title: str) -> str:
    """Give 修戏台 of 题目是修戏台."""
    return _NAMED.sub("", title) or title


_NAMED = re.compile(
    r"^(?:题目|标题)(?:是|为|叫|就是)?[\s,，:：]*|^(?:议题|主题)(?:(?:是|为|叫|就是)[\s,，:：]*|[\s,，:：]+)"
)
_SETTLES = re.compile(r"^(?:定下来?|定一下|决定一?下)(?=.{4})")
_CALLS = re.compile(
    r"^(?:咱们?|大家|给大家)?(?:弄|搞|整|发|来)(?:一)?个票[\s,，:：]|^(?:只|光|就)?(?:让|叫|请)\S{1,8}?投(?:一下|个票|票)?[\s,，:：]"
    r"|^(?:发起|发个|搞个|弄个|做个)?投票[\s,，:：]+(?=[^\s\d])"
)


def calls_for_votes(text: str) -> bool:
    """弄个票 …, 只让代表投 …, 投票：几点开会？…: the words begin as a poll that is put to people does."""
    return _CALLS.match(text) is not None


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


_IN_LINE = re.compile(r"[^\s、/／|｜？?]{1,12}(?:[、/／|｜][^\s、/／|｜？?]{1,12})+")


def only_options(title: str) -> list[str]:
    """Read 东路、西路, which asks nothing: the options it lists. [] for a title."""
    return re.split(r"[、/／|｜]", title) if _IN_LINE.fullmatch(title) and not _ASKS.search(title) else []


def listed(body: str) -> tuple[str | None, list[str]] | None:
    """Read 过年节目 秧歌 社火 唱戏 放电影: a title and short words behind it, in a sentence that asks for a poll."""
    head, *rest = [part for part in re.split(r"[\s,，、/]+", body.strip(" ,，。、/")) if part] or [""]
    if len(rest) < 2 or any(len(part) > SHORT or _ASKS.search(part) for part in rest) or not title_of(head):
        return None
    return title_of(head), rest
