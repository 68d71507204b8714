"""The rules of polls: what may be asked, when a vote counts, how it is counted, and what a reader can verify."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.polls import (
    Ballot,
    Poll,
    Reason,
    Result,
    Scope,
    State,
    Unit,
    bits,
    check_open,
    check_options,
    check_times,
    count,
    event_order,
    leaders,
    may_count_at,
    newest,
    numbers,
    publishable,
    remind_at,
    reminder_is_due,
)
from domain.refusals import Refused
from domain.secret_ballots import choice_lines, digest_of, faults, marks_of, receipt_said

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
POLL = Poll(
    1, 3, 1, 3, 3, Scope((3,)), "修路选哪条", ("东路", "西路"), Unit.HOUSEHOLD, False, False, True, State.OPEN,
    NOW, NOW + timedelta(days=5), 1, roll=300,
)  # fmt: skip


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), Reason.TOO_FEW),
        (("东路",), Reason.TOO_FEW),
        (tuple(map(str, range(21))), Reason.TOO_MANY),
        (("东路", "西路", "东路"), Reason.SAME_OPTION),
        (("东路", "东 路。"), Reason.SAME_OPTION),
        (("A", "a"), Reason.SAME_OPTION),
        (("东路", "长" * 31), Reason.OPTION_TOO_LONG),
    ],
)
def test_options_that_cannot_be(options: tuple[str, ...], reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        check_options(options)
    assert refused.value.reason == reason


@pytest.mark.parametrize("many", [2, 20])
def test_two_to_twenty_options(many: int) -> None:
    check_options([f"路{n}" for n in range(many)])


@pytest.mark.parametrize(
    ("closes", "opens", "reason"),
    [
        (NOW, None, Reason.CLOSES_IN_THE_PAST),
        (NOW - timedelta(days=1), None, Reason.CLOSES_IN_THE_PAST),
        (NOW + timedelta(days=181), None, Reason.CLOSES_TOO_LATE),
        (NOW + timedelta(days=1), NOW + timedelta(days=1), Reason.OPENS_AFTER_CLOSING),
    ],
)
def test_times_that_cannot_be(closes: datetime, opens: datetime | None, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        check_times(closes, opens, NOW)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("poll", "at", "reason"),
    [
        (POLL, POLL.closes_at - timedelta(milliseconds=1), None),
        (POLL, POLL.closes_at, Reason.CLOSED),
        (POLL, POLL.opens_at, None),
        (POLL, POLL.opens_at - timedelta(milliseconds=1), Reason.NOT_OPEN_YET),
        (replace(POLL, state=State.CLOSED), NOW, Reason.CLOSED),
        (replace(POLL, state=State.REPLACED), NOW, Reason.REPLACED),
        (replace(POLL, state=State.WAITING), NOW, Reason.NOT_OPEN_YET),
    ],
)
def test_when_a_vote_counts(poll: Poll, at: datetime, reason: Reason | None) -> None:
    if reason is None:
        return check_open(poll, at)
    with pytest.raises(Refused) as refused:
        check_open(poll, at)
    return None if refused.value.reason == reason else pytest.fail(str(refused.value))


def test_choices_are_bits_and_back() -> None:
    assert bits((1, 3, 3)) == 0b101
    assert numbers(0b101) == (1, 3)
    assert numbers(bits(range(1, 21))) == tuple(range(1, 21))


def test_events_sort_as_their_numbers_count() -> None:
    events = ["m:wx:9", "m:wx:10", "m:wx:24000000000000000001"]
    assert sorted(events, key=event_order) == events
    assert event_order("no number") == "no number"


def test_counting() -> None:
    assert count({0b01: 120, 0b10: 88}, 2, 300) == Result((120, 88), 208, 300)
    assert count({0b11: 2, 0b01: 1}, 2, 300) == Result((3, 2), 3, 300)
    with pytest.raises(ValueError, match="more ballots"):
        count({1: 301}, 2, 300)


def test_leaders() -> None:
    assert leaders(Result((2, 1), 3, 9)) == (1,)
    assert leaders(Result((2, 2), 4, 9)) == (1, 2)
    assert leaders(Result((0, 0), 0, 9)) == ()


def test_a_breakdown_with_one_small_cell_is_not_shown_at_all() -> None:
    assert publishable({"七社": (10, 5), "八社": (0, 9)})
    assert not publishable({"七社": (10, 5), "八社": (4, 9)})


def test_the_count_waits_until_the_votes_of_all_processes_are_in() -> None:
    assert may_count_at(POLL) == POLL.closes_at + timedelta(seconds=10)


def test_of_two_votes_of_one_age_the_one_that_is_cast_now_counts() -> None:
    known, cast = Ballot(0b01, NOW, "m:1"), Ballot(0b10, NOW, "m:1")
    assert newest(known, cast) is cast
    assert newest(cast, known) is known
    assert newest(None, cast) is cast


def test_a_secret_poll_without_its_key_takes_no_vote() -> None:
    """Its ballots were kept under an empty key, which everybody has."""
    secret = replace(POLL, is_secret=True, key=b"")
    assert secret.lacks_key
    with pytest.raises(Refused) as refused:
        check_open(secret, NOW)
    assert refused.value.reason == Reason.NO_KEY
    assert not replace(secret, key=b"k").lacks_key
    assert not replace(secret, state=State.CLOSED).lacks_key
    assert not POLL.lacks_key
    with pytest.raises(ValueError, match="no key"):
        marks_of(b"", 1)


@pytest.mark.parametrize(
    ("span", "before"),
    [(timedelta(days=5), timedelta(hours=24)), (timedelta(hours=5), timedelta(hours=1)), (timedelta(hours=2), None)],
)
def test_when_those_who_have_not_voted_are_reminded(span: timedelta, before: timedelta | None) -> None:
    poll = replace(POLL, closes_at=POLL.opens_at + span)
    assert remind_at(poll) == (poll.closes_at - before if before else None)


def test_a_reminder_is_said_once_for_each_closing() -> None:
    now = POLL.closes_at - timedelta(hours=23)
    assert reminder_is_due(POLL, now)
    reminded = replace(POLL, reminded_for=POLL.closes_at)
    assert not reminder_is_due(reminded, now)
    assert reminder_is_due(replace(reminded, closes_at=POLL.closes_at + timedelta(hours=1)), now + timedelta(hours=2))


# -- secret ballots

KEY = bytes(range(32))
SECRET = replace(POLL, is_secret=True, roll=5)


def published(choices: list[int]) -> tuple[Poll, list[str], list[str], str]:
    receipts = sorted(marks_of(KEY, entry).receipt for entry in range(len(choices)))
    lines = choice_lines(sorted(choices), [f"{salt:016x}" for salt in range(len(choices), 0, -1)])
    digest = digest_of(SECRET, receipts, lines)
    result = replace(count({c: choices.count(c) for c in set(choices)}, 2, 5), digest=digest)
    return replace(SECRET, result=result), receipts, lines, digest


def test_what_stands_for_an_entry_is_its_own_and_the_keys() -> None:
    marks = [marks_of(KEY, entry) for entry in range(2000)]
    assert len({mark.token for mark in marks}) == len({mark.receipt for mark in marks}) == 2000
    assert marks_of(KEY, 7) == marks[7]
    assert marks_of(KEY[::-1], 7) != marks[7]


def test_a_blinded_time_orders_the_votes_of_one_entry_only() -> None:
    mark = marks_of(KEY, 7)
    assert mark.blind(NOW) < mark.blind(NOW + timedelta(milliseconds=1)) < 2**63
    assert mark.seen(mark.blind(NOW)) == NOW
    blinds = [marks_of(KEY, entry).blind(NOW + timedelta(seconds=entry)) for entry in range(50)]
    assert blinds != sorted(blinds)


@pytest.mark.parametrize("said", ["K7Q4-MX9P", "k7q4mx9p", "回执 K7Q4-MX9P", "查回执：K7Q4 MX9P"])
def test_a_receipt_may_be_typed_in_any_way(said: str) -> None:
    assert receipt_said(said) == "K7Q4-MX9P"


@pytest.mark.parametrize("said", ["回执", "K7Q4", "K7Q4-MX9", "O0I1-O0I1", "我投了啥"])
def test_what_is_no_receipt(said: str) -> None:
    assert receipt_said(said) is None


def test_what_was_published_honestly_verifies() -> None:
    poll, receipts, lines, digest = published([1, 2, 1])
    assert faults(poll, receipts, lines, digest) == []
    assert lines == sorted(lines)


def test_every_change_after_the_digest_is_found() -> None:
    poll, receipts, lines, digest = published([1, 2, 1])
    turned = [lines[0][:-1] + ("2" if lines[0].endswith("1") else "1"), *lines[1:]]
    assert faults(poll, receipts, turned, digest) == ["lists_changed", "counts_differ"]
    assert "turnout_differs" in faults(poll, receipts[1:], lines, digest)
    assert "lists_changed" in faults(replace(poll, title="别的"), receipts, lines, digest)
    assert "lists_changed" in faults(replace(poll, roll=9), receipts, lines, digest)
    assert faults(poll, receipts, lines, "0" * 64) == ["lists_changed"]
    assert "bad_line" in faults(poll, receipts, [*lines[:2], "nonsense"], digest)
    assert "receipt_twice" in faults(poll, [receipts[0]] * 3, lines, digest)
    assert "no_result" in faults(replace(poll, result=None), receipts, lines, digest)


def test_a_digest_that_fits_made_up_lists_does_not_make_them_true() -> None:
    """Whoever changes lists, digest and result together is found by the digest the group has read."""
    honest, _, _, posted = published([1, 2, 1])
    forged, receipts, lines, _ = published([2, 2, 2])
    assert faults(forged, receipts, lines, posted) == ["lists_changed"]
    above = replace(forged, roll=2)
    assert "above_roll" in faults(above, receipts, lines, digest_of(above, receipts, lines))
    assert honest.result != forged.result
