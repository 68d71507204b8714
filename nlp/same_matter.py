"""Do two messages speak of the same matter? A proposal for a person to merge, never a merge by itself.

The score adds up what they share: rare pairs of letters (a name of a place or firm, the thing itself), the topic, the
place. Pairs that every message has (反映, 请求) say nothing. Pure: the caller chooses which open matters to compare.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.places import split_place

SAME = 0.2
"""From this score two messages are candidates; its precision and recall are in docs/rules.md."""

_HAN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]*\d+")
_EMPTY = re.compile(
    "关于|反映|咨询|投诉|举报|建议|请求|恳请|希望|请问|问题|相关|有关|情况|解决|处理|政府|领导|部门|尊敬|一下|我们|你们|"
    "什么|怎么|为何|何时|能否|是否|谁来|没有|严重|坚决|强烈|再次|附近|村民|居民|小区|A市"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one message: its rare pairs with their weights, its code and place."""

    pairs: Mapping[str, float]
    length: float
    code: str | None
    place: str


def spread_of(texts: Iterable[str]) -> Counter[str]:
    """Return in how many of the texts each pair stands: what is rare is told from what is common by this."""
    return Counter(pair for text in texts for pair in _pairs(text))


def facts_of(text: str, code: str | None = None, spread: Mapping[str, int] | None = None, texts: int = 0) -> Facts:
    """Return what is compared of a normalised text. Without a `spread` all pairs weigh the same."""
    matter, place = split_place(text)
    weights = {pair: _weight(pair, spread or {}, texts) for pair in _pairs(matter)}
    return Facts(weights, math.sqrt(sum(each * each for each in weights.values())), code, place)


def _pairs(text: str) -> set[str]:
    found: set[str] = set()
    for run in _HAN.findall(_EMPTY.sub(" ", text)):
        if run[0].isascii():
            found.add(run)
        else:
            found.update(map("".join, pairwise(run)))
    return found


def _weight(pair: str, spread: Mapping[str, int], texts: int) -> float:
    return math.log((texts + 2) / (spread.get(pair, 0) + 1)) if texts else 1.0


def same_matter_score(one: Facts, other: Facts) -> float:
    """Return how likely both speak of the same matter, 0 to 1. Symmetric."""
    shared = one.pairs.keys() & other.pairs.keys()
    if not shared:
        return 0.0
    likeness = sum(one.pairs[pair] * other.pairs[pair] for pair in shared) / (one.length * other.length)
    if one.code and other.code:
        likeness += 0.06 if one.code == other.code else -0.06
    if one.place and other.place:
        likeness += 0.04 if _same_place(one.place, other.place) else -0.08
    return max(0.0, min(1.0, likeness))


def _same_place(one: str, other: str) -> bool:
    return one in other or other in one


def candidates(new: Facts, opened: Sequence[tuple[str, Facts]], most: int = 4) -> list[tuple[str, float]]:
    """Return the keys of open matters the new message may belong to, likeliest first, with their scores."""
    scored = [(key, same_matter_score(new, facts)) for key, facts in opened]
    near = [(key, score) for key, score in scored if score >= SAME]
    return sorted(near, key=lambda each: (-each[1], each[0]))[:most]
