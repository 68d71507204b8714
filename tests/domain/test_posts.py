"""The group budget: three a day, what is weightier first, nobody woken at night."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from domain.posts import Placed, Posted, PostKind, awake, place

CHINA = timezone(timedelta(hours=8))


def at(clock: str, day: int = 27) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


def post(number: int, kind: PostKind, clock: str) -> Posted:
    return Posted(number, kind, at(clock), f"post:{number}")


NIGHT = [
    # kind, due, now, posted at
    (PostKind.REMINDER, at("15:00"), at("14:00"), at("15:00")),
    (PostKind.REMINDER, at("21:30"), at("14:00"), at("21:29")),
    (PostKind.REMINDER, at("23:10"), at("14:00"), at("21:29")),
    (PostKind.CLOSING, at("05:00", 28), at("14:00"), at("21:29")),
    (PostKind.REMINDER, at("05:00", 28), at("22:00"), None),
    (PostKind.REMINDER, at("06:59"), at("06:30"), None),
    (PostKind.NOTICE, at("21:30"), at("21:30"), at("07:00", 28)),
    (PostKind.RESULT, at("03:00"), at("03:00"), at("07:00")),
    (PostKind.CHANGE, at("22:00"), at("22:00"), at("07:00", 28)),
    (PostKind.LIFE, at("03:00"), at("03:00"), at("03:00")),
    (PostKind.NOTICE, at("07:00"), at("06:00"), at("07:00")),
    (PostKind.RESULT, at("10:00"), at("12:00"), at("12:00")),  # what is overdue goes now
]


@pytest.mark.parametrize(("kind", "due", "now", "posted"), NIGHT)
def test_nobody_is_woken_and_no_reminder_comes_late(
    kind: PostKind, due: datetime, now: datetime, posted: datetime | None
) -> None:
    assert awake(kind, due, now) == posted


def test_three_a_day_and_danger_besides() -> None:
    full = [post(1, PostKind.NOTICE, "08:00"), post(2, PostKind.RESULT, "09:00"), post(3, PostKind.REMINDER, "10:00")]
    now = at("12:00")
    assert place(PostKind.NOTICE, now, now, full[:2]) == Placed(now)
    assert place(PostKind.CHANGE, now, now, full) == Placed(None)
    assert place(PostKind.LIFE, now, now, full) == Placed(now)
    alarm = post(4, PostKind.LIFE, "11:00")
    assert place(PostKind.REMINDER, now, now, [*full[:2], alarm]) == Placed(now)


def test_the_lightest_that_has_not_left_gives_way() -> None:
    now = at("12:00")
    day = [post(1, PostKind.NOTICE, "08:00"), post(2, PostKind.CLOSING, "18:00"), post(3, PostKind.REMINDER, "17:00")]
    assert place(PostKind.CHANGE, now, now, day) == Placed(now, day[2])
    assert place(PostKind.RESULT, now, now, day) == Placed(now, day[2])
    assert place(PostKind.REMINDER, now, now, day) == Placed(None)
    heavier = [post(1, PostKind.CHANGE, "18:00"), post(2, PostKind.NOTICE, "18:00"), post(3, PostKind.CHANGE, "18:00")]
    assert place(PostKind.CLOSING, now, now, heavier) == Placed(None)


def test_the_order_is_that_of_the_rulings() -> None:
    order = ["life", "change", "notice", "closing", "result", "reminder"]
    assert [kind.value for kind in PostKind] == order
