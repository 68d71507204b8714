"""Which ways are open, when a letter may go, when it is tried again, and whose turn it is: the rules as tables."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from domain.delivery import (
    HURRIED,
    PATIENT,
    SEND_NOW,
    Budget,
    Notice,
    Offer,
    Push,
    Reach,
    Source,
    Timing,
    Way,
    Window,
    fair_turns,
    next_midnight,
    next_try,
    open_windows,
    timing,
    ways,
)
from domain.quiet import NEVER_QUIET, QuietHours, quiet_hours

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 27, 10, 0, tzinfo=CHINA)
ALL = frozenset({"customer_service", "subscribe", "template"})
NOTICES = (Notice("L", Way.LONG_TERM), Notice("O", Way.ONE_TIME), Notice("T", Way.TEMPLATE))
OPEN = (Window(Source.MESSAGE, 5, NOW + timedelta(hours=1)),)
USED_UP = (Window(Source.MESSAGE, 0, NOW + timedelta(hours=1)),)
OVER = (Window(Source.MESSAGE, 5, NOW),)


@pytest.mark.parametrize(
    ("reach", "offer", "expected"),
    [
        (Reach(windows=OPEN), Offer(ALL, NOTICES), "service template"),
        (Reach(windows=OPEN, grants=frozenset("LO")), Offer(ALL, NOTICES), "service long_term one_time template"),
        (Reach(windows=USED_UP, grants=frozenset("LO")), Offer(ALL, NOTICES), "long_term one_time template service"),
        (Reach(windows=OVER), Offer(ALL, NOTICES), "template service"),
        (Reach(), Offer(ALL, NOTICES), "service template"),
        (Reach(windows=OVER), Offer(ALL), "service"),
        (Reach(windows=OPEN), Offer(frozenset({"template"}), NOTICES), "template"),
        (Reach(windows=OPEN, grants=frozenset("L")), Offer(frozenset(), NOTICES), ""),
        (Reach(follows=False, windows=OPEN), Offer(ALL, NOTICES), ""),
        (Reach(unreachable="43004", windows=OPEN), Offer(ALL, NOTICES), ""),
    ],
)
def test_the_open_ways_best_first(reach: Reach, offer: Offer, expected: str) -> None:
    assert " ".join(ways(reach, offer, NOW)) == expected


def test_the_window_that_ends_first_is_spent_first_and_its_last_seconds_are_left_alone() -> None:
    soon = Window(Source.MENU, 3, NOW + timedelta(seconds=40))
    late = Window(Source.MESSAGE, 5, NOW + timedelta(hours=40))
    ending = Window(Source.SCAN, 3, NOW + timedelta(seconds=2))
    assert open_windows((late, soon, ending), NOW) == [soon, late]


NIGHT = datetime(2026, 11, 27, 23, 0, tzinfo=CHINA)
QUIET = QuietHours()


@pytest.mark.parametrize(
    ("push", "not_after", "now", "expected"),
    [
        (Push.VILLAGER, None, NOW, SEND_NOW),
        (Push.VILLAGER, None, NIGHT, Timing(until=datetime(2026, 11, 28, 7, 0, tzinfo=CHINA))),
        (Push.VILLAGER, NIGHT + timedelta(hours=2), NIGHT, Timing(dropped="quiet hours")),
        (Push.VILLAGER, NIGHT + timedelta(hours=9), NIGHT, Timing(until=datetime(2026, 11, 28, 7, 0, tzinfo=CHINA))),
        (Push.VILLAGER, NIGHT + timedelta(hours=8), NIGHT, Timing(dropped="quiet hours")),
        (Push.OFFICE, None, NIGHT, SEND_NOW),
        (Push.ANY_HOUR, None, NIGHT, SEND_NOW),
        (Push.ANY_HOUR, NIGHT - timedelta(seconds=1), NIGHT, Timing(dropped="too late")),
        (Push.ANY_HOUR, NIGHT, NIGHT, SEND_NOW),
    ],
)
def test_its_time_has_come_or_it_waits_or_it_is_too_late(
    push: Push, not_after: datetime | None, now: datetime, expected: Timing
) -> None:
    assert timing(push, not_after, QUIET, now) == expected


@pytest.mark.parametrize(
    ("clock", "covers", "over", "earlier"),
    [
        ("21:29", False, "27 21:29", "27 21:29"),
        ("21:30", True, "28 07:00", "27 21:29"),
        ("23:59", True, "28 07:00", "27 21:29"),
        ("00:00", True, "27 07:00", "26 21:29"),
        ("06:59", True, "27 07:00", "26 21:29"),
        ("07:00", False, "27 07:00", "27 07:00"),
    ],
)
def test_a_push_waits_for_the_morning_and_a_reminder_moves_before_the_night(
    clock: str, covers: bool, over: str, earlier: str
) -> None:
    at = datetime.fromisoformat(f"2026-11-27T{clock}:00+08:00")
    assert QUIET.covers(at) is covers
    assert f"{QUIET.over_at(at):%d %H:%M}" == over
    assert f"{QUIET.earlier(at):%d %H:%M}" == earlier


@pytest.mark.parametrize("written", ["25:00-07:00", "21:30", "night", "21:30-7", "-"])
def test_quiet_hours_that_cannot_be_read_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        quiet_hours(written)


def test_quiet_hours_are_read() -> None:
    assert quiet_hours("21:30-07:00") == QUIET == quiet_hours("21:30–07:00")
    assert quiet_hours("") is NEVER_QUIET
    assert not NEVER_QUIET.covers(NIGHT)


def test_an_answer_is_tried_again_within_seconds_a_notice_within_minutes_and_then_a_person() -> None:
    def pauses(*, hurried: bool) -> list[float]:
        tries = [next_try(n, NOW, hurried=hurried) for n in range(1, 8)]
        return [(at - NOW).total_seconds() for at in tries if at is not None]

    assert pauses(hurried=True) == list(HURRIED)
    assert pauses(hurried=False) == list(PATIENT) == [300, 600, 900]


def test_the_last_try_is_at_the_deadline_never_after() -> None:
    deadline = NOW + timedelta(minutes=2)
    assert next_try(1, NOW, hurried=False, not_after=deadline) == deadline
    assert next_try(1, deadline, hurried=False, not_after=deadline) is None


@pytest.mark.parametrize(
    ("spent", "allowed"), [(0, (0, 1, 2, 3)), (80, (0, 1, 2)), (95, (0, 1)), (99, (0, 1)), (100, ())]
)
def test_the_days_budget_leaves_room_for_answers(spent: int, allowed: tuple[int, ...]) -> None:
    assert tuple(p for p in range(4) if Budget(100, spent).allows(p)) == allowed


def test_the_day_ends_at_midnight_in_china() -> None:
    assert next_midnight(NOW) == datetime(2026, 11, 28, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("waiting", "room", "taken"),
    [
        ({1: [10, 11, 12], 2: [20]}, 10, [10, 20, 11, 12]),
        ({1: [10, 11, 12], 2: [20, 21], 3: [30]}, 4, [10, 20, 30, 11]),
        ({1: [], 2: [20]}, 4, [20]),
        ({}, 4, []),
        ({1: [10, 11]}, 0, []),
    ],
)
def test_villages_take_turns(waiting: dict[int, list[int]], room: int, taken: list[int]) -> None:
    assert fair_turns(waiting, room) == taken
