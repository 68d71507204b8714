"""How many came, as it is said (到了160户 共392人, 数错了 到会27个): people and households apart, each once.

Pure. What is due, missing or denied (应到42人, 缺3户, 不是30人) is no count of who came; 三十多人 is none that can be kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.lazy import regex
from nlp.numbers import number

_N = r"(?P<n>\d{1,5}|[一二两三四五六七八九十百千零]{1,7})"
_UNIT = r"(?P<unit>户人家|个代表|名代表|位代表|家人家|个人|口人|户|家|人|位|名|口|个)"
_PAIR = regex(rf"{_N}\s*(?P<vague>多|来|几|左右|上下)?\s*{_UNIT}(?P<after>左右|上下)?")
# 到会27, 实到30: the number ends the words.
_BARE = regex(rf"(?:实到|到会|到场|来了|到了)(?:的|了)?(?:人数)?(?:是|有|[\s:：])*{_N}(?=$|[\s,，。;；])")
_HOMES = ("户", "户人家", "家", "家人家")
_NO_COUNT = regex(
    r"(?:应到|应该到|应当到|应来|该到|缺席?|差|少|没来的?|没到的?|请假的?|不是|不够|走了|同意|赞成|反对|弃权|通知了?|请了)(?:的|了|是|有|会|[\s:：])*$"
)
_COMES = regex("[到来]|实有|出席|参会|参加|清点|点了|数")
_REST = regex(
    r"(?:不对|不是|错了|弄错|数错了?|记错了?|说错了?|刚才|刚刚|刚|更正|改一下|改正|重新|又|再|清点|点了?|数了?|一遍|一下|应该|应当|应到|实际上?|其实|实到"
    r"|总共|一共|拢共|共计|合计|共|只有?|才|就|到|来|会场?|现场|场|出席|参会|参加|了|的|是|有|人数|人员|代表|户数|改成|改为|现在|今天|今晚|确实|准确|准数|缺席?|缺|差|没"
    r"|和|另外|啊|呢|[\s,，。.、:：;；!！])++"
)


@dataclass(frozen=True, slots=True)
class Headcount:
    """`some` were counted where it is not said of what (23个)."""

    people: int | None = None
    households: int | None = None
    some: int | None = None
    is_vague: bool = False


def headcount(text: str) -> Headcount | None:
    """Read how many came; None where no number says so."""
    found: dict[str, int] = {}
    is_vague = False
    for match in _PAIR.finditer(text):
        if _NO_COUNT.search(text[: match.start()]):
            continue
        unit = match["unit"]
        kind = "households" if unit in _HOMES else "some" if unit == "个" else "people"
        found.setdefault(kind, int(number(match["n"]) or 0))
        is_vague = is_vague or bool(match["vague"] or match["after"])
    if not found and (bare := _BARE.search(text)) is not None:
        found["some"] = int(number(bare["n"]) or 0)
    if not found:
        return None
    if len(found) > 1 and "some" in found:  # 150户 400个: the other is said
        some = found.pop("some")
        found.setdefault("people" if "households" in found else "households", some)
    return Headcount(is_vague=is_vague, **found)


def only_counts(text: str) -> Headcount | None:
    """The same of a whole message that says nothing else: 不对 到会的是27人, 应到42 实到27."""
    if not _COMES.search(text):
        return None
    found = headcount(text)
    left = _BARE.sub(" ", _PAIR.sub(" ", text))
    left = re.sub(r"应到\s*\d{1,5}", " ", left)
    return found if found is not None and not _REST.sub("", left) else None
