"""What is said beside a poll that is being made: when to remind, into which group it goes, and short names of other things."""

from __future__ import annotations

import re

from nlp.said import EDGES

# 把打井换成修渠, 第二个改成装路灯.
SWAP = re.compile(r"(?:把|将)?(?P<old>.{1,16}?)(?:换成|改成|改为|换为)(?P<new>.{1,20})")
NO_OPTION = re.compile(r"截止|截至|时间|日期|题目|标题|内容|问题|选项|范围|票|投|期限|最晚|最迟")

_REMINDER = re.compile(
    r"[\s,，。;；]*(?:截止|到期|结束)?(?:之)?(?:提前|前)(?P<span>[^\s,，。提前]{1,4}?(?:天|日|小时|钟头|分钟))(?:的时候|再)?(?:提醒|通知|催|喊)(?:一下|一声|一遍)?(?:没投的?|大家|大伙儿?|他们|各户)?(?:人|户)?"
)
_TO_GROUP = re.compile(
    r"[\s,，。;；]*(?:发|转)(?:到|在|给)(?P<group>[^\s,，。]{0,6}?)群(?:里|上)?(?:去)?(?=$|[\s,，。])"
)


def without_errands(text: str) -> str:
    """Give the sentence without when to remind (提前两小时提醒没投的) and into which group it goes (发到九社群里)."""
    return _TO_GROUP.sub(" ", _REMINDER.sub(" ", text))


def errands_said(text: str) -> tuple[str, str]:
    """Give the span of a reminder that was asked for, and the group that was named; "" for what was not said."""
    reminder, group = _REMINDER.search(text), _TO_GROUP.search(text)
    return (reminder["span"] if reminder else ""), (group["group"] if group else "")


_TROUBLE = re.compile(r"坏|堵|塌|漏|[停没]了?[水电气]|没人|不|摔|撞|淹|脏|臭|断")


def names_things(text: str) -> bool:
    """修桥、修路 and 把打井换成修渠, said while a poll is made: short names with no trouble in them are no matter."""
    swap = SWAP.fullmatch(text.strip(EDGES))
    if swap is not None and not NO_OPTION.match(swap["old"]) and not _TROUBLE.search(text):
        return True
    parts = [part.strip() for part in re.split(r"[,，、;；/／]+", text.strip(EDGES))]  # 进度 007 is a command
    return (
        len(parts) >= 2
        and all(re.fullmatch(r"[\u4e00-\u9fff]{2,6}", part) for part in parts)
        and not _TROUBLE.search(text)
    )
