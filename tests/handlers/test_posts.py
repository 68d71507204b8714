"""Posts to the village group: three a day, each fact once, the rest in the morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from domain.posts import PostKind
from domain.questions import OpenQuestion
from domain.refusals import NotUnderstood
from handlers import posts
from handlers.context import Context
from handlers.registry import ANSWERS, STANDING, TIMED, Stands, Timed
from tests.handlers.talk import Village


@pytest.fixture
def at_tick(village: Village) -> Callable[[Callable[[Context], Any]], list[Any]]:
    """Let something be done at the next minute, as the clock does it."""

    def do(act: Callable[[Context], Any]) -> list[Any]:
        found: list[Any] = []
        once = Timed(lambda ctx: found.append(act(ctx)), timedelta(minutes=1))
        TIMED.append(once)
        village.later(minutes=1)
        TIMED.remove(once)
        return found

    return do


def poster(text: str, kind: PostKind = PostKind.NOTICE, **more: Any) -> Callable[[Context], Any]:
    return lambda ctx: posts.post_to_groups(ctx, ctx.village, text, kind, once=f"test:{text}", **more)


def test_a_fact_is_posted_once_however_often_it_is_decided(village: Village, at_tick: Any) -> None:
    assert at_tick(poster("停水通知")) == [[]]
    assert at_tick(poster("停水通知")) == [[]]
    assert village.in_group() == "停水通知"


def test_what_fails_at_a_tick_stops_nothing_else(village: Village, at_tick: Any) -> None:
    def fails(ctx: Context) -> None:
        posts.post_to_groups(ctx, ctx.village, "写了一半", PostKind.NOTICE, once="test:half")
        raise KeyError("a body nobody knows")

    broken = Timed(fails, timedelta(minutes=1))
    TIMED.insert(0, broken)
    try:
        assert at_tick(poster("停水通知")) == [[]]
    finally:
        TIMED.remove(broken)
    assert village.in_group() == "停水通知"


def test_the_fourth_of_a_day_waits_for_the_morning(village: Village, at_tick: Any) -> None:
    for text in ("一", "二", "三"):
        at_tick(poster(text))
    left = at_tick(poster("结果出来了", PostKind.RESULT))
    assert [group.name for group in left[0]] == ["兴河大家庭"]
    assert [group.name for group in at_tick(poster("还没投的快投", PostKind.CLOSING))[0]] == ["兴河大家庭"]
    assert village.in_group() == "一\n\n二\n\n三"
    village.later(hours=20)  # six in the morning
    assert village.in_group() == ""
    village.later(hours=1, minutes=10)
    told = village.in_group()
    assert "结果出来了" in told
    assert "还没投" not in told  # a reminder of yesterday is worth nothing today
    village.later(minutes=10)
    assert village.in_group() == ""


def test_danger_is_not_counted(village: Village, at_tick: Any) -> None:
    for text in ("一", "二", "三"):
        at_tick(poster(text))
    at_tick(poster("河里涨水了，快离开", PostKind.LIFE))
    assert "涨水" in village.in_group()


def test_what_is_weightier_takes_the_place_of_a_reminder_to_come(village: Village, at_tick: Any) -> None:
    evening = village.now.replace(hour=19)
    at_tick(poster("一"))
    at_tick(poster("二"))
    at_tick(poster("晚上开会别忘了", PostKind.REMINDER, due_at=evening))
    assert at_tick(poster("今晚的会不开了", PostKind.CHANGE)) == [[]]
    village.later(hours=11)
    assert village.in_group() == "一\n\n二\n\n今晚的会不开了"


def test_what_would_come_too_late_is_not_posted(village: Village, at_tick: Any) -> None:
    night = village.now.replace(hour=23)
    assert at_tick(poster("夜里的话", due_at=night, not_after=night + timedelta(hours=2)))[0] != []
    village.later(days=1)
    assert village.in_group() == ""


# -- questions that stand without a row


@pytest.fixture
def asks_everybody(village: Village) -> Iterator[list[str]]:
    """A question every known person is asked, until the test ends."""
    answered: list[str] = []
    asked_at = village.now

    def question(ctx: Context) -> OpenQuestion:
        return OpenQuestion(
            77, ctx.sender.contact.id, "poll.toy", 7, ("1", "2"), asked_at, asked_at + timedelta(days=9)
        )

    def open_to(ctx: Context) -> tuple[OpenQuestion, ...]:
        return (question(ctx),) if ctx.person is not None else ()

    def take(ctx: Context, asked: OpenQuestion, said: str) -> None:
        if said.strip() not in ("1", "2", "东路"):
            raise NotUnderstood("toy")
        answered.append(f"{ctx.sender.contact.native_id} {said}")
        ctx.reply(f"记下了：{said}")

    STANDING["poll.toy"] = Stands(open_to, lambda ctx, quote: question(ctx) if "玩具投票" in quote else None)
    ANSWERS["poll.toy"] = take
    yield answered
    del STANDING["poll.toy"], ANSWERS["poll.toy"]


def test_a_standing_question_takes_bare_and_spoken_answers(village: Village, asks_everybody: list[str]) -> None:
    assert village.say("老王", "1") == "记下了：1"
    assert village.say("老王", "东路") == "记下了：东路"
    assert "记下了" not in village.say("外村人", "1")
    assert asks_everybody == ["o-laowang 1", "o-laowang 东路"]


def test_it_is_told_apart_from_a_question_with_a_row(village: Village, asks_everybody: list[str]) -> None:
    village.ask("老王", "rating", "1", "2", "3")
    said = village.say("老王", "1")
    assert "您是回" in said
    assert "评价" in said
    number = next(part[0] for part in said.replace("？", " ").split() if "poll" in part or "投票" in part)
    assert village.say("老王", number) == "记下了：1"


def test_a_quoted_post_finds_it_in_the_group_too(village: Village, asks_everybody: list[str]) -> None:
    village.bind("老王", to="老王", channel="sim")
    assert village.group("2", by="老王") == ""
    assert village.group("2", by="老王", quote="玩具投票：走哪条路") == "已私信您。"
    assert asks_everybody == ["o-laowang 2"]
