"""The slots of a poll that is being made: what is said is put into them, by one sentence, by answers and by changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.polls import Reason, Unit, check_options, check_times, check_title
from domain.refusals import NotUnderstood, Refused
from handlers.context import Context
from handlers.poll_scope import left_without, resolve
from handlers.texts import refusals
from nlp.numbers import option_number, said_number
from nlp.poll_changes import change_said, is_change, pieces, retells
from nlp.poll_talk import PollWords
from nlp.poll_times import Moment, keeping
from nlp.poll_titles import calls_for_votes
from nlp.poll_whom import whom_alone
from nlp.slots_poll import AREAS, ONE_AREA

CREATE = "poll.create"
ASKS_SCOPE = "asks_scope"  # the slot that has whom it asks asked
Slots = dict[str, Any]


def put_together(ctx: Context, slots: Slots, said: PollWords, *, asks_again: bool = False) -> Slots:
    """Put what was said into the slots. Raises Refused; with `asks_again` a refused slot is said and asked anew."""
    slots = dict(slots)
    slots.update(
        (name, value)
        for name, value in (
            ("unit", said.unit), ("secret", said.is_secret), ("multiple", said.is_multiple),
            ("most", said.most if said.is_multiple else None), ("in_group", said.in_group),
        )
        if value is not None
    )  # fmt: skip
    for name, put in (
        ("scope", _put_scope), ("title", _put_title), ("options", _put_options), ("closes_at", _put_times),
    ):  # fmt: skip
        try:
            slots.update(put(ctx, slots, said))
        except Refused as refused:
            if not asks_again or refused.reason == Reason.DIGNITY:
                raise
            slots.pop(name, None)
            slots.update({ASKS_SCOPE: True} if name == "scope" else {})
            _say_refused(ctx, refused)
    return slots


def _put_scope(ctx: Context, slots: Slots, said: PollWords) -> Slots:
    if not (said.scope or said.scope_less):
        return {}
    scope = said.scope or slots.get("scope") or ""
    if said.scope_less:
        scope = left_without(ctx, scope, said.scope_less, unit_of(slots))
    is_party = "党员" in scope and "代表" not in scope and said.unit is None
    unit = Unit.PERSON if is_party and unit_of(slots) is Unit.REPRESENTATIVE else None
    resolve(ctx, scope, unit or unit_of(slots))
    return {"scope": scope, "unit": unit.value} if unit else {"scope": scope}


def _say_refused(ctx: Context, refused: Refused) -> None:
    ctx.reply(refusals.sentence(refused.reason, refused.data))


def _put_title(ctx: Context, slots: Slots, said: PollWords) -> Slots:
    if said.title is None:
        return {}
    check_title(said.title)
    check_dignity(ctx, said.title, said.options or slots.get("options", ()))
    return {"title": said.title}


def _put_options(ctx: Context, slots: Slots, said: PollWords) -> Slots:
    options = list(said.options or slots.get("options", ()))
    options = [option for option in options if option not in said.less] + list(said.more)
    if not options:
        return {}
    check_options(options)
    check_dignity(ctx, said.title or slots.get("title", ""), options)
    return {"options": options}


def check_dignity(ctx: Context, title: str, options: Any) -> None:
    if ctx.words.polls.judges_a_person(f"{title} {' '.join(options)}"):
        raise Refused(Reason.DIGNITY)


def check_named(moment: Moment | None) -> None:
    """Raises Refused for 周八 and for 周五或者周六: words of a time that name none."""
    if moment is not None and moment.cannot_be:
        raise Refused(Reason.NO_SUCH_TIME, words=moment.cannot_be)
    if moment is not None and moment.either:
        raise Refused(Reason.TWO_TIMES, either=moment.either)


def _put_times(ctx: Context, slots: Slots, said: PollWords) -> Slots:
    found: Slots = {}
    check_named(said.closes)
    check_named(said.opens)
    if said.opens is not None and said.opens.at is not None:
        found["opens_at"] = said.opens.at.isoformat()
    if said.closes is not None and (at := _closing_meant(slots, said.closes)):
        found["closes_at"] = [at.isoformat(), said.closes.no_thirtieth]
    closes = found.get("closes_at", slots.get("closes_at"))
    if closes and said.longer:
        closes = found["closes_at"] = [(time_of(closes[0]) + timedelta(days=said.longer)).isoformat(), False]
    if closes:
        opens = found.get("opens_at", slots.get("opens_at"))
        check_times(time_of(closes[0]), time_of(opens) if opens else None, ctx.now)
    return found


def _closing_meant(slots: Slots, closes: Moment) -> datetime | None:
    """晚上九点 of a poll that closes on Friday at eight is Friday at nine."""
    if slots.get("closes_at") and closes.words:
        return keeping(time_of(slots["closes_at"][0]), closes)
    return None if closes.question else closes.at


def time_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def unit_of(slots: Mapping[str, Any]) -> Unit:
    return Unit(slots.get("unit") or Unit.HOUSEHOLD)


# -- changing them


def amended(ctx: Context, slots: Mapping[str, Any], text: str) -> Slots:
    """A change of what was said before. Raises NotUnderstood where it changes nothing, and for a new poll."""
    makes_one = ctx.understanding.intent == CREATE and (ctx.understanding.certain or calls_for_votes(text))
    if makes_one and not is_change(text):
        raise NotUnderstood("poll.change")
    changed = _by_pieces(ctx, dict(slots), text) or _changed(ctx, dict(slots), text)
    if changed is None and retells(text, slots.get("title", "")):
        changed = put_together(ctx, dict(slots), PollWords(title=text.strip(" ,，。！!")))
    if changed is None or changed == slots:
        raise NotUnderstood("poll.change")
    return changed


def _by_pieces(ctx: Context, slots: Slots, text: str) -> Slots | None:
    """Several changes of one message, one after the other; None where one of them is none."""
    parts = pieces(text)
    for part in parts:
        changed = _changed(ctx, slots, part)
        if changed is None:
            return None
        slots = changed
    return slots if parts else None


def _changed(ctx: Context, slots: Slots, text: str) -> Slots | None:
    """The slots after one change; None for words that change nothing."""
    said = change_said(text, ctx.now, ctx.words.calendar)
    if said.swap is not None:
        is_of_whom = all(whom_alone(words, bare=True) for words in said.swap)
        found = None if is_of_whom and said.swap[0] not in slots.get("options", ()) else _swapped(slots, said)
        said = found or change_said(said.swap[1], ctx.now, ctx.words.calendar)
        if found is None and (said.swap is not None or said.title is not None):
            return None
    if said.again:
        return _to_be_asked(slots, said.again)
    changed = put_together(ctx, slots, _as_meant(slots, said))
    return changed if changed != slots else None


def _swapped(slots: Slots, said: PollWords) -> PollWords | None:
    """What becomes of the options and the title where one word of them takes the place of another; None where it is in none."""
    old, new = said.swap or ("", "")
    options, title = list(slots.get("options", ())), slots.get("title", "")
    place = None if said.in_title else option_number(old, options)
    if place is not None:
        swapped = [new if number == place else option for number, option in enumerate(options, 1)]
    elif not said.in_title and said_number(old) == len(options) + 1:  # 第三个选项 都不修
        swapped = [*options, new]
    elif not said.in_title and len(old) > 1:
        swapped = [option.replace(old, new) for option in options]
    else:
        swapped = options
    is_in_title = len(old) > 1 and old in title and (said.in_title or new not in title)
    if swapped == options and not is_in_title:
        return None
    return PollWords(title=title.replace(old, new) if is_in_title else None, options=tuple(swapped))


def _as_meant(slots: Slots, said: PollWords) -> PollWords:
    """加上九社 and 去掉九社 are of those asked, unless a 社 is among the options; 少个南路 is an option that is missing."""
    options = list(slots.get("options", ()))
    has_areas = any(AREAS.fullmatch(option) for option in options)
    less = tuple(options[n - 1] if (n := option_number(option, options)) else option for option in said.less)
    more = (*said.more, *(option for option in said.lacking if option not in options))
    less = (*less, *(option for option in said.lacking if option in options))
    scope = slots.get("scope", "")
    if more and not has_areas and all(map(AREAS.fullmatch, more)):
        joins = scope and all(map(_ONE_OF.fullmatch, scope.split("、")))  # 党员 and 八社 are not asked together
        return replace(said, more=(), lacking=(), scope="、".join([scope, *more]) if joins else None)
    if less and not has_areas and all(map(AREAS.fullmatch, less)):
        return replace(said, less=(), lacking=(), scope_less="、".join(less))
    return replace(said, more=more, less=less, lacking=())


def speaks_of(slots: Mapping[str, Any], text: str) -> bool:
    """Are the words about what was read back, though they change nothing? (东路那条写错了)"""
    named = any(len(option) > 1 and option in text for option in slots.get("options", ()))
    return named or _OF_A_DRAFT.search(text) is not None


_ONE_OF = re.compile(ONE_AREA)
_OF_A_DRAFT = re.compile("题目|标题|选项|截止|范围|记名|一户一票|一人一票")


def _to_be_asked(slots: Slots, slot: str) -> Slots:
    """改题目: that slot is asked once more; 重来: all of them."""
    if slot == "all":
        return {name: value for name, value in slots.items() if name == "replaces"}
    kept = {name: value for name, value in slots.items() if name != slot}
    return {**kept, ASKS_SCOPE: True} if slot == "scope" else kept
