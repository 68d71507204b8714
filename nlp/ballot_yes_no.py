"""Polls that ask whether (装不装监控: 装 不装; 要不要装监控: 要 不要): 装嘛, 该装, 不想装, 不装监控, 没必要.

What is said besides the yes or the no must be what the poll asks: 不要再往我家门口倒垃圾 is no vote.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.lazy import regex
from nlp.remembered import remembered

_ROUND = " \t\r\n。.!！,，~～、;；:："
_WHETHER = regex(r"(?<!不)(?P<it>[\u4e00-\u9fff]{1,2})不(?P=it)(?P<what>[\u4e00-\u9fff]?)")
_LEAD = regex(
    r"^(?:我们?家?|俺们?家?|咱们?家?|家里|全家)?(?:都|也|还是|就|看|觉得|认为|说|是|那|真|坚决|肯定|当然|绝对)*"
)
_NO = regex(r"^(?:不想|不用|不需要|没必要|没有必要|不必|不该|不应该|不要|不能|别|莫|反对|不同意|不支持|不赞成|不)")
_YES = regex(
    r"^(?:可以|应该|应当|该|必须|一定|要|得|想|同意|支持|赞成|愿意|需要|最好|有必要|先|快|赶紧|还是|就|都|也)+"
)
_TAIL = regex(r"(?:吧|啊|呀|哈|呢|了|的|嘛|么|啦|咯|喽|呗|哩|咧|嘞|哦|好|行|中|成|可以|最好|才好|谢谢|起来|上)+$")
# 装好了, 装上了: it has been done, and nobody is asked any more.
_DONE = regex("(?:好|上|完|起来)了$")
# Alone they wonder or warn as often as they refuse: 不应该啊, 不能.
_NO_BY_ITSELF = frozenset(
    ("不想", "不用", "不需要", "没必要", "没有必要", "不必", "不要", "反对", "不同意", "不支持", "不赞成")
)
_NOT_NO = frozenset("不别没吗么啥哪谁咋")
LONGEST = 14


def asks_whether(text: str) -> bool:
    """装不装啊, 要不要装: he asks it back."""
    return "不" in text and _WHETHER.search(text) is not None


def yes_or_no(text: str, options: Sequence[str], title: str) -> int | None:
    """Give the option a whole message means in a poll of yes and no, 1 the first; None for other words and polls."""
    return _yes_or_no(text, tuple(options), title) if len(text) <= LONGEST else None


@remembered
def _yes_or_no(text: str, options: tuple[str, ...], title: str) -> int | None:
    pair = _pair(options)
    if pair is None:
        return None
    plain = "".join(text.split()).strip(_ROUND)
    if not plain or plain in options or asks_whether(plain) or _DONE.search(plain):
        return None
    yes, no = pair
    verbs = {options[yes - 1], *(words for match in _WHETHER.finditer(title) for words in match.groups() if words)}
    about = (set(title) | set(options[yes - 1])) - _NOT_NO
    said = _LEAD.sub("", plain) or plain
    if refused := _NO.match(said):
        core = _TAIL.sub("", said[refused.end() :])
        is_whole = refused.group() in _NO_BY_ITSELF and not core
        return no if is_whole or (core and set(core) <= about and _begins(core, verbs)) else None
    wanted = _YES.match(said)
    core = _TAIL.sub("", said[wanted.end() :] if wanted else said)
    if core and not set(core) <= about:
        return None
    is_said = _begins(core, verbs) if core else bool(wanted and any(verb in wanted.group() for verb in verbs))
    return yes if is_said else None


def _begins(core: str, verbs: set[str]) -> bool:
    return any(core.startswith(verb) for verb in verbs)


def is_yes_or_no(options: Sequence[str]) -> bool:
    """装 and 不装 among the options: the poll asks for a yes or a no."""
    return _pair(tuple(options)) is not None


def _pair(options: tuple[str, ...]) -> tuple[int, int] | None:
    """The places of an option and of its refusal (装 and 不装), where they are the only such pair."""
    pairs = [
        (options.index(option.removeprefix("不")) + 1, place)
        for place, option in enumerate(options, 1)
        if option.startswith("不") and option.removeprefix("不") in options
    ]
    return pairs[0] if len(pairs) == 1 else None
