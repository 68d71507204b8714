"""A vote with something beside it: 我要投东路 西路灯太黑了; 不装，怕花钱; and words that try to vote and do not say how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.ballot_talk import choices_said
from nlp.lazy import regex
from nlp.numbers import said_number
from nlp.option_parts import distinct_parts
from nlp.remembered import remembered

_MOST_PARTS = 8
_PARTS = regex(r"[\s,，。;；!！~～]+(?:另外|还有|顺便|对了|再就是|再一个|就是)?[\s,，]*")
# 1 3，另外我家停水了: figures side by side are one vote.
_FIGURES = regex(r"\d{1,2}(?:[\s,，、和]+\d{1,2})+(?=[\s,，。;；!！])")
_CASTS = regex(r"[投选改]|支持|赞成|同意")
_WONDERS = regex(r"[?？]|吗|要是|如果|还是|万一|谁|为啥|凭啥|咋|哪")
# What begins so is of something else, and the option before it no place: 2，另外路灯不亮.
_APART = regex(r"^[\s,，。;；!！~～]+(?:另外|还有|顺便|对了|再就是|再一个)")
_OURS = regex(r"^(?:[我俺咱]们?家|我们[社组队院])")
_BIDS = regex(r"^(?:你们|赶紧|赶快|快|请|抓紧|早点|就这)")
_REASON = regex(
    r"^(?:因为|怕|离|近|省|方便|这样|大家|大伙|谢|好走|便宜|安全|就这|改|把|不改|定了|说定|没错|别|快|记上|给我记)"
)
_BUT = regex(r"^(?:不|但|可是?|不过|就是|只是|还是|算了)")
# 东路呗，西路那边坟多: the particle says that it is a choice, not the place of a trouble.
_SETTLES = regex(r"(?:吧|呗|就行|算了|得了|好了)$")
_CHOOSES_TOO = regex(r"^(?:投|选).*(?:都|也)(?:行|可以|好|中|成)")
_TRIES = regex(
    r"(?:投|选)了?(?:第?\s*\d{1,2}|第?[一二三四五六七八九十])(?:号|个)?$|(?:投|选)(?:老|大|[\u4e00-\u9fff]{2,4})选的那个"
)


def vote_beside(text: str, options: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """Give the options the first or the last clause clearly chooses, and what else is said; () where none does.

    Nothing else in it may choose otherwise. A bare name of an option (东路，路灯坏了) may be the place of a trouble:
    it chooses only where a reason follows.
    """
    return _vote_beside(text, tuple(options))


@remembered
def _vote_beside(text: str, options: tuple[str, ...]) -> tuple[tuple[int, ...], str]:
    parts = _clauses(text.strip())
    if not 2 <= len(parts) <= _MOST_PARTS:
        return (), ""
    for vote, others in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        chosen = choices_said(vote, options)
        if not chosen or _WONDERS.search(vote) or any(_differs(part, chosen, options) for part in others):
            continue
        rest = _without(text, vote, is_first=vote is parts[0])
        is_cast = _CASTS.search(vote) is not None and (not _BUT.match(rest) or _refuses(rest, options))
        if vote is parts[0] and _SETTLES.search(vote) and not _BUT.match(rest) and not _WONDERS.search(rest):
            return chosen, rest
        is_first = vote is parts[0]
        if is_first and _APART.match(text.strip()[len(vote) :]) and not _WONDERS.search(text):
            return chosen, rest
        if is_first and _is_of_it(rest, chosen, options) and not _WONDERS.search(rest):
            return chosen, rest
        if is_cast or (vote is parts[0] and len(vote) > 1 and _REASON.match(rest) and not _WONDERS.search(rest)):
            return chosen, rest
    return (), ""


def _clauses(text: str) -> list[str]:
    figures = _FIGURES.match(text)
    rest = text[figures.end() :] if figures else text
    return [*([figures[0]] if figures else []), *(part for part in _PARTS.split(rest) if part)]


def _is_of_it(rest: str, chosen: tuple[int, ...], options: tuple[str, ...]) -> bool:
    """1，东路人多 gives a reason for the option he names by its number, 1 你们赶紧修 goes on with it."""
    return _BIDS.match(rest) is not None or (len(chosen) == 1 and rest.startswith(options[chosen[0] - 1]))


def vote_before(text: str, options: Sequence[str]) -> tuple[tuple[int, ...], str]:
    """Give the options the first clause chooses before 但是, 不过 or 我家, and what follows: it counts where that is a matter.

    我同意东路 但是垃圾没人管; 东路，我家停电了.
    """
    parts = _clauses(text.strip())
    chosen = choices_said(parts[0], tuple(options)) if 2 <= len(parts) <= _MOST_PARTS else ()
    rest = _without(text, parts[0], is_first=True) if chosen else ""
    return (chosen, rest) if _OURS.match(rest) or _BUT.match(rest) else ((), "")


def _differs(part: str, chosen: tuple[int, ...], options: tuple[str, ...]) -> bool:
    """Does another clause choose otherwise, or as well (投西路都行)?"""
    as_well = _CHOOSES_TOO.search(part) is not None and tells_choice(part, options)
    return as_well or choices_said(part, options) not in ((), chosen)


def _refuses(rest: str, options: tuple[str, ...]) -> bool:
    """投东路 不投西路: what follows refuses another option, and that is all."""
    match = re.fullmatch(r"(?:坚决)?(?:不|别)(?:投|选|要|走|同意|支持)(?P<it>.+?)(?:了|吧)?", rest)
    return match is not None and choices_said(match["it"], options) != ()


def _without(text: str, vote: str, *, is_first: bool) -> str:
    at = text.index(vote) if is_first else text.rindex(vote)
    rest = text[at + len(vote) :] if is_first else text[:at]
    return re.sub(r"^(?:另外|还有|顺便|对了|再就是|再一个)[\s,，]*", "", rest.strip(" ,，。;；!！~～"))


def tries_to_vote(text: str) -> bool:
    """我同意我妈的意见投2: it ends like a vote, and whose it is is not clear."""
    return said_number(text) is None and _TRIES.search(text.strip(" 。.!！,，~～")) is not None


@remembered
def tells_choice(text: str, options: tuple[str, ...]) -> bool:
    """我家还是要投西路咯谢谢书记: does it tell what somebody voted for, or would, in whatever words?"""
    plain = "".join(text.split())
    names = [*("".join(option.split()) for option in options), *(part for part in distinct_parts(options) if part)]
    told = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.search(rf"(?:[投选](?:[了的给票是个]|一票)*|支持|赞成|同意|要)(?:{told})", plain) is not None
