"""When a meeting may be called, when it is remembered, what is missing: tables, and time itself at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bodies import Body, MeetingRules, Members, Quiet, Reminder, Remote, Unit
from domain.deadlines import CHINA
from domain.meetings import (
    Lack,
    Meeting,
    MeetingStatus,
    Readiness,
    Reason,
    before_quiet,
    check_notice,
    check_start,
    earliest_day,
    errands_at,
    is_quiet,
    is_wanted,
    lacks,
    notice_kept,
    quiet_ends,
    reminder_at,
    send_at,
    starts_due,
)
from domain.refusals import Refused

QUIET = Quiet(time(21, 30), time(7), time(21, 15))
DAY = Reminder("day", timedelta(hours=24), False, timedelta(hours=4))
HOURS = Reminder("hours", timedelta(hours=3), True, timedelta(minutes=45))
SOON = Reminder("soon", timedelta(minutes=30), False, timedelta(minutes=5))
RULES = MeetingRules(
    "cn_2026", {}, {}, {}, (DAY, HOURS, SOON), QUIET, time(6), time(22), 0.6, timedelta(hours=1), timedelta(hours=4)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=CHINA)


NOW = at("11-22T10:00")


def body(notice: int = 0, *, exception: bool = False, **more: Any) -> Body:
    plain = Body(
        "x", "会", ("会",), Members.ADULTS, frozenset(), "any", Unit.HOUSEHOLD, (), None, notice, exception, "", "r",
        Remote.NOT_PROVIDED, frozenset(),
    )  # fmt: skip
    return replace(plain, **more)


def meeting(starts: datetime, told: datetime = NOW, **more: Any) -> Meeting:
    plain = Meeting(1, 1, 3, 3, "x", "meeting", "会", "村委会", starts, MeetingStatus.CALLED, 4, told, told)
    return replace(plain, **more)


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ("11-22T09:59", Reason.MEETING_PAST),
        ("11-22T10:00", Reason.MEETING_PAST),
        ("11-21T15:00", Reason.MEETING_PAST),
        ("11-23T03:00", Reason.MEETING_HOUR),
        ("11-23T05:59", Reason.MEETING_HOUR),
        ("11-23T22:01", Reason.MEETING_HOUR),
        ("11-22T10:01", None),
        ("11-23T06:00", None),
        ("11-23T22:00", None),
    ],
)
def test_a_meeting_is_called_for_a_time_people_can_come(starts: str, reason: Reason | None) -> None:
    if reason is None:
        return check_start(RULES, at(starts), NOW)
    with pytest.raises(Refused) as refused:
        check_start(RULES, at(starts), NOW)
    assert refused.value.reason is reason
    return None


def test_a_meeting_in_two_years_is_a_slip() -> None:
    with pytest.raises(Refused) as refused:
        check_start(RULES, NOW + timedelta(days=700), NOW)
    assert refused.value.reason is Reason.MEETING_FAR


@pytest.mark.parametrize(
    ("days", "exception", "reason", "starts", "ok"),
    [
        (10, True, "", "12-02T09:00", True),
        (10, True, "", "12-01T22:00", False),
        (10, True, "防汛", "11-23T09:00", True),
        (10, False, "防汛", "11-23T09:00", False),
        (3, False, "", "11-25T06:00", True),
        (3, False, "", "11-24T22:00", False),
        (0, False, "", "11-22T10:30", True),
    ],
)
def test_the_notice_of_the_law(days: int, exception: bool, reason: str, starts: str, ok: bool) -> None:
    asked = body(days, exception=exception)
    kept = notice_kept(asked, meeting(at(starts), reason=reason), NOW)
    assert kept is ok
    if ok:
        check_notice(asked, at(starts), NOW, reason)
    else:
        with pytest.raises(Refused) as refused:
            check_notice(asked, at(starts), NOW, reason)
        assert refused.value.data["first"] == earliest_day(asked, NOW)


@pytest.mark.parametrize(
    ("reminder", "starts", "due"),
    [
        (DAY, "11-27T19:00", "11-26T19:00"),
        (HOURS, "11-27T19:00", "11-27T16:00"),
        (SOON, "11-27T19:00", "11-27T18:30"),
        (HOURS, "11-27T08:00", "11-26T21:15"),
        (SOON, "11-27T07:20", "11-26T21:15"),
        (SOON, "11-27T07:30", "11-27T07:00"),
        (DAY, "11-27T06:30", "11-25T21:15"),
        (DAY, "11-27T22:00", "11-26T21:15"),
    ],
)
def test_a_reminder_in_quiet_hours_moves_earlier(reminder: Reminder, starts: str, due: str) -> None:
    assert reminder_at(reminder, at(starts), QUIET) == at(due)


MINUTES = st.integers(0, 60 * 24 * 40).map(lambda n: NOW + timedelta(minutes=n))


@given(MINUTES, MINUTES, st.sampled_from((DAY, HOURS, SOON)))
def test_the_span_of_starts_is_exactly_what_is_due(now: datetime, starts: datetime, reminder: Reminder) -> None:
    """A start lies in the span if and only if its reminder is due, makes sense still, and nobody sleeps."""
    after, upto = starts_due(reminder, now, QUIET)
    due = reminder_at(reminder, starts, QUIET)
    expected = not is_quiet(now, QUIET) and due <= now and starts > now + reminder.latest
    assert (after < starts <= upto) is expected


@given(MINUTES)
def test_out_of_the_quiet_is_out_of_the_quiet(moment: datetime) -> None:
    assert before_quiet(moment, QUIET) <= moment <= quiet_ends(moment, QUIET)
    assert not is_quiet(before_quiet(moment, QUIET), QUIET)
    assert not is_quiet(quiet_ends(moment, QUIET), QUIET)


@given(MINUTES, st.integers(1, 60 * 24 * 30))
def test_a_notice_leaves_before_its_meeting(now: datetime, ahead: int) -> None:
    starts = now + timedelta(minutes=ahead)
    assert now <= send_at(now, starts, QUIET) < starts


@pytest.mark.parametrize(
    ("told", "starts", "reminder", "wanted"),
    [
        ("11-22T10:00", "11-27T19:00", DAY, True),
        ("11-26T20:00", "11-27T19:00", DAY, False),
        ("11-26T20:00", "11-27T19:00", HOURS, True),
        ("11-27T17:00", "11-27T19:00", HOURS, False),
        ("11-27T18:40", "11-27T19:00", SOON, False),
        ("11-26T22:00", "11-27T08:00", HOURS, False),
    ],
)
def test_nobody_is_reminded_of_what_he_has_just_heard(told: str, starts: str, reminder: Reminder, wanted: bool) -> None:
    assert is_wanted(reminder, meeting(at(starts), at(told)), QUIET) is wanted


def test_a_meeting_called_off_reminds_nobody() -> None:
    off = meeting(at("11-27T19:00"), status=MeetingStatus.CANCELLED)
    assert not is_wanted(DAY, off, QUIET)


@pytest.mark.parametrize(
    ("told", "starts", "due"),
    [
        ("11-22T10:00", "11-23T10:00", "11-22T10:00"),  # a day ahead: at once
        ("11-22T10:00", "11-24T10:00", "11-23T10:00"),
        ("11-22T10:00", "12-02T10:00", "11-27T10:00"),
        ("11-22T10:00", "11-22T15:00", "11-22T10:00"),
        ("11-22T20:00", "11-24T06:00", "11-23T07:00"),
    ],
)
def test_when_it_is_looked_whom_the_notice_has_not_reached(told: str, starts: str, due: str) -> None:
    assert errands_at(at(told), at(starts), QUIET) == at(due)


READY = Readiness(True, True, True, 1.0, True, False)


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, ()),
        ({"has_venue": False}, (Lack.VENUE,)),
        ({"has_agenda": False, "notice_kept": False}, (Lack.AGENDA, Lack.NOTICE)),
        ({"reached_share": 0.59}, (Lack.REACH,)),
        ({"reached_share": 0.6}, ()),
        ({"is_quorate": False}, (Lack.ANSWERS,)),
        ({"is_quorate": False, "has_begun": True, "reached_share": 0.1}, (Lack.QUORUM,)),
    ],
)
def test_what_is_missing_before_it_may_begin(changed: dict[str, Any], missing: tuple[Lack, ...]) -> None:
    from domain.bodies import Of, Route

    asked = body(routes=(Route(Of.PEOPLE, Fraction(2, 3)),))
    assert lacks(RULES, asked, replace(READY, **changed)) == missing
