"""What a keeper says of several matters at once: 001 002 都办好了, 灯修好了 水管明天, 路灯和水管都修好了. Each gets its own words,
and none is done for what was said of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain.matters import Matter
from handlers import handling, interim, remarks, undone
from handlers.context import Context
from handlers.filing import title_of_matter
from handlers.matter_lookup import HANDLERS, in_charge, newest, told_by_one_named, which
from nlp.lazy import regex

LONGEST = 60
_NUMBER = r"(?:[A-Za-z]{1,8}-\d{6}-)?\d{3,4}(?!\d)号?"
_NUMBERS = regex(
    rf"\s*(?P<numbers>{_NUMBER}(?:[\s,，、和跟与及]+{_NUMBER})+)[\s,，:：]*(?:这?[几两三四]件)?(?P<words>[^\d\s].*)"
)
_ALL = regex("^(?:都|全部?|一起)+")
# What a thing is known by among the matters in one's hands, in one letter.
_THING = regex("[灯水管路渠沟桥电垃气暖井树墙房狗厕网盖杆线堤坝坑渣闸泵]")
_SAME = regex("都|全|[两二三四五六几]家|[两二三四五六几]个")
_TOGETHER = regex("[和跟与、]|都|全|两[个件样]")
_BESIDE = regex("旁边|那边|边上|[下上]面|底下|附近|门口|跟前|对面")
_PAUSE = regex(r"[\s,，。;；!！]+")


def take(ctx: Context) -> bool:
    """Take it apart; False for what speaks of one matter alone, and for other words."""
    if not ctx.roles & HANDLERS or not ctx.is_proven or not ctx.is_direct or len(ctx.said) > LONGEST:
        return False
    if ctx.person is None or not (remarks.is_ended(ctx.said) or remarks.is_plan(ctx.said)):
        return False
    return _take_numbers(ctx) or _take_things(ctx)


def _take_numbers(ctx: Context) -> bool:
    """001 002 都办好了, 001和003 换了灯泡, 001 002 明天去修."""
    listed = _NUMBERS.fullmatch(ctx.said)
    if listed is None or undone.asks_whether_done(listed["words"]):
        return False
    numbers = list(dict.fromkeys(re.findall(_NUMBER, listed["numbers"])))
    found = [in_charge(ctx, number.strip("号").upper()) for number in numbers]
    if not all(found):
        return False
    matters = [newest(each, number) for each, number in zip(found, numbers, strict=True)]
    living = [matter for matter in matters if matter.is_living]
    return bool(living) and _tell_each(ctx, living, _ALL.sub("", listed["words"]))


def _tell_each(ctx: Context, matters: Sequence[Matter], words: str) -> bool:
    ctx.is_secret = ctx.is_secret or any(matter.is_sealed for matter in matters)
    if remarks.is_ended(words) and not remarks.is_open(words):
        result = remarks.work_done(words, is_named=False)
        if not result:
            handling.ask_result(ctx, matters)
            return True
        for matter in matters:
            handling.finish_with(ctx, ctx.store.matters.held(matter), result)
        return True
    if not remarks.is_plan(words):
        return False
    for matter in matters:
        interim.tell(ctx, matter, words)
    return True


def _take_things(ctx: Context) -> bool:
    """灯修好了 水管明天: by what each of them is about. With one thing named it is that one, whatever it sounds like."""
    understood = ctx.understanding
    if (understood.certain and understood.intent != "dept.done") or undone.asks_whether_done(ctx.said):
        return False
    if understood.slots.get("number") or not remarks.is_ended(ctx.said) or ctx.person is None:
        return False
    mine = [matter for matter in ctx.store.matters.living_of_owner(ctx.person.id) if not matter.is_sealed]
    said_of = _said_of(ctx, mine) if len(mine) > 1 else {}
    if not said_of or (len(said_of) == 1 and remarks.is_open(ctx.said)):
        return False
    by_id = {matter.id: matter for matter in mine}
    for matter_id, words in said_of.items():
        matter = ctx.store.matters.held(by_id[matter_id])
        is_over = remarks.is_ended(words) and not remarks.is_open(words)
        (handling.finish_with if is_over else interim.tell)(ctx, matter, words)
    return True


def of_what_it_names(ctx: Context, mine: Sequence[Matter]) -> list[Matter]:
    """Those of them whose thing the words name and no other's: the lamp, of 灯, among a lamp and a pipe."""
    kinds = {matter.code for matter in mine}
    things = {code: _things(ctx, (m for m in mine if m.code == code)) for code in kinds}
    letters = set(_THING.findall(ctx.said))
    return [matter for matter in mine if letters & things[matter.code] - _others(things, matter.code)]


def _said_of(ctx: Context, mine: Sequence[Matter]) -> dict[int, str]:
    """The words said of each, by their ids; empty where it is not plain of which they are."""
    kinds: dict[str, list[Matter]] = {}
    for matter in mine:
        kinds.setdefault(matter.code, []).append(matter)
    things = {code: _things(ctx, matters) for code, matters in kinds.items()}
    said: dict[int, list[str]] = {}
    last: list[Matter] = []
    before: list[str] = []
    for clause in filter(None, _PAUSE.split(ctx.said)):
        beside = _BESIDE.search(clause)  # 路灯旁边的水管 is the pipe
        letters = set(_THING.findall(clause[beside.end() :] if beside else clause))
        named = [code for code in kinds if letters & things[code] - _others(things, code)]
        if len(named) > 1 and not _TOGETHER.search(clause):
            return {}
        last = [matter for code in named for matter in _meant(ctx, kinds[code], clause)] or last
        if not last:
            before.append(clause)  # 张婶家的弄好了 换了块盖板
        for matter in last:
            said.setdefault(matter.id, [*before] if not said else []).append(clause)
    return {matter_id: " ".join(clauses) for matter_id, clauses in said.items()}


def _meant(ctx: Context, alike: list[Matter], clause: str) -> list[Matter]:
    """Of several of a kind: those of whom the clause names, or all of them (三家都好了)."""
    named = told_by_one_named(ctx, alike, clause) if len(alike) > 1 else alike
    named = told_by_one_named(ctx, named, ctx.said) if len(named) > 1 else named
    if len(named) > 1 and not _SAME.search(ctx.said):
        raise which(ctx, named)
    return named


def _things(ctx: Context, matters: Iterable[Matter]) -> set[str]:
    return {
        letter
        for matter in matters
        for letter in _THING.findall(matter.text + title_of_matter(ctx.words.lexicon, matter))
    }


def _others(things: dict[str, set[str]], code: str) -> set[str]:
    return set().union(*(letters for other, letters in things.items() if other != code))
