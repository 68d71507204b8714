"""Deadlines: worked days, worked hours, calendar days and hours on the wall."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.deadlines import CHINA, OFFICE_HOURS, Count, Policy, due, is_working_time, wall_hours, worked_days

HOLIDAYS = Calendar(
    holidays=frozenset(date(2026, 10, day) for day in range(1, 8)) | {date(2026, 9, 25)},
    make_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    years=frozenset({2026}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "policy", "expected"),
    [
        ("2026-11-22 10:00", worked_days(3), "2026-11-25 18:00"),  # Sunday: Monday is the first
        ("2026-11-20 20:00", worked_days(5), "2026-11-27 18:00"),
        ("2026-09-30 09:00", worked_days(3), "2026-10-10 18:00"),  # over the National Day, with a Saturday worked
        ("2026-11-22 10:00", worked_days(0), "2026-11-23 18:00"),
        ("2026-11-22 23:30", wall_hours(2), "2026-11-23 01:30"),
        ("2026-11-20 17:00", Policy(timedelta(hours=2), Count.WORKED_TIME), "2026-11-23 09:30"),
        ("2026-11-23 11:00", Policy(timedelta(hours=2), Count.WORKED_TIME), "2026-11-23 15:30"),  # noon break
        ("2026-11-23 13:00", Policy(timedelta(0), Count.WORKED_TIME), "2026-11-23 14:30"),
        ("2026-11-22 10:00", Policy(timedelta(days=3), Count.CALENDAR_DAYS), "2026-11-25 18:00"),
        ("2026-11-19 10:00", Policy(timedelta(days=2), Count.CALENDAR_DAYS), "2026-11-23 18:00"),
        ("2026-11-19 10:00", Policy(timedelta(days=2), Count.CALENDAR_DAYS, may_land_off=True), "2026-11-21 23:59"),
    ],
)
def test_it_is_due(start: str, policy: Policy, expected: str) -> None:
    assert due(at(start), policy, HOLIDAYS) == at(expected)


def test_a_naive_start_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        due(datetime(2026, 11, 22), worked_days(1), HOLIDAYS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"span": timedelta(days=-1)},
        {"span": timedelta(hours=5)},
        {"span": timedelta(days=1), "sessions": ()},
        {"span": timedelta(days=1), "sessions": ((time(12), time(9)),)},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"deadline|days|office"):
        Policy(**wrong)  # type: ignore[arg-type]


starts = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(lambda it: it.replace(tzinfo=CHINA))
days_off = st.frozensets(st.dates(date(2026, 1, 1), date(2029, 3, 1)), max_size=40)
made_up = st.frozensets(st.dates(date(2026, 1, 1), date(2029, 3, 1)), max_size=10)
calendars = st.builds(lambda off, worked: Calendar(off, worked - off), days_off, made_up)
minutes = st.integers(0, 60 * 24 * 9).map(lambda n: timedelta(minutes=n))
whole_days = st.integers(0, 30).map(lambda n: timedelta(days=n))
policies = st.one_of(
    st.builds(Policy, minutes, st.sampled_from([Count.WALL, Count.WORKED_TIME])),
    st.builds(
        Policy, whole_days, st.sampled_from([Count.WORKED_DAYS, Count.CALENDAR_DAYS]), may_land_off=st.booleans()
    ),
)


@given(starts, starts, policies, calendars)
def test_who_starts_later_is_never_due_earlier(one: datetime, other: datetime, policy: Policy, days: Calendar) -> None:
    earlier, later = sorted((one, other))
    assert due(earlier, policy, days) <= due(later, policy, days)


@given(starts, minutes, minutes, calendars)
def test_worked_time_adds_up_over_days_off(start: datetime, one: timedelta, two: timedelta, days: Calendar) -> None:
    def after(begun: datetime, span: timedelta) -> datetime:
        return due(begun, Policy(span, Count.WORKED_TIME), days)

    twice = after(after(start, one), two)
    assert twice == after(start, one + two) or (two == timedelta(0) and one + two == one)


@given(starts, st.integers(1, 20), st.integers(1, 20), calendars)
def test_worked_days_add_up_over_days_off(start: datetime, one: int, two: int, days: Calendar) -> None:
    assert due(due(start, worked_days(one), days), worked_days(two), days) == due(start, worked_days(one + two), days)


@given(starts, policies, calendars)
def test_nothing_is_due_outside_working_time_unless_the_policy_says_so(
    start: datetime, policy: Policy, days: Calendar
) -> None:
    moment = due(start, policy, days)
    assert moment >= start
    if policy.count is Count.WALL:
        assert moment - start == policy.span
    elif not (policy.count is Count.CALENDAR_DAYS and policy.may_land_off):
        assert is_working_time(moment, policy, days)


@given(starts, st.integers(1, 20))
def test_a_day_off_more_never_brings_it_forward(start: datetime, count: int) -> None:
    plain = due(start, worked_days(count), Calendar())
    more = Calendar(holidays=frozenset({plain.date()}))
    assert due(start, worked_days(count), more) > plain


def test_the_office_is_closed_at_noon() -> None:
    assert ((time(8, 30), time(12)), (time(14, 30), time(18))) == OFFICE_HOURS
    assert not is_working_time(at("2026-11-23 13:00"), worked_days(1), Calendar())
