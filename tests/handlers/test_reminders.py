"""Reminders: derived at each tick, each once, never late, by the budget of the groups; a moved meeting needs no clean-up."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from bot.clock import tick
from handlers.context import SLICE
from storage import tables
from storage import tables_meetings as t
from tests.handlers.talk import Village


def called(village: Village, text: str = "周五晚上七点在村委会开群众会说修路 九社") -> None:
    assert "回 1 发出" in village.say("李书记", text)
    assert village.say("李书记", "1").startswith("发出了")


def run(village: Village, until: str, *, step: int = 30) -> None:
    """Play a tick every few minutes until that moment (month-day hour:minute)."""
    end = datetime.strptime(f"{village.now.year}-{until}", "%Y-%m-%d %H:%M").replace(tzinfo=village.now.tzinfo)
    while village.now < end:
        village.now = min(village.now + timedelta(minutes=step), end)
        village.play(tick(village.now))


def reminders(village: Village, who: str) -> list[str]:
    """When and by which reminder somebody was reminded."""
    to = who if who.startswith("o-") else {"老王": "o-laowang", "张婶": "o-zhangshen", "党员": "o-dangyuan"}[who]
    kinds = ("meeting.reminder", "post.reminder")
    return [f"{s.at:%m-%d %H:%M}" for s in village.sent if s.to == to and s.purpose in kinds]


GROUP = "o-group:xinghe-family"


def test_three_reminders_by_the_budget(village: Village) -> None:
    """24 h and 30 min to persons, 3 h to the group (scenario E17)."""
    called(village)
    run(village, "11-27 19:30")
    assert reminders(village, "老王") == ["11-26 19:00", "11-27 18:30"]
    assert reminders(village, GROUP) == ["11-27 16:00"]


def test_in_quiet_hours_it_comes_earlier(village: Village) -> None:
    called(village, "周五早上八点在村委会开群众会说修路 九社")
    run(village, "11-27 08:30", step=20)
    assert reminders(village, GROUP) == ["11-26 21:20"], "five in the morning is the evening before"
    assert reminders(village, "老王") == ["11-26 08:00", "11-27 07:40"]


def test_a_moved_meeting_reminds_of_its_new_time_only(village: Village) -> None:
    called(village)
    run(village, "11-26 19:30")
    village.say("李书记", "会议改到周日")
    village.say("李书记", "1")
    run(village, "11-29 19:30", step=60)
    assert reminders(village, "老王") == ["11-26 19:00", "11-28 19:30", "11-29 18:30"]
    assert reminders(village, GROUP) == ["11-29 16:30"]


def test_whoever_cannot_come_is_left_alone_and_who_is_silent_is_asked(village: Village) -> None:
    called(village)
    village.say("老王", "来不了")
    run(village, "11-27 19:30", step=30)
    assert reminders(village, "老王") == []
    asked = next(s.text for s in village.sent if s.purpose == "meeting.reminder" and s.to == "o-zhangshen")
    assert "您还没回话：来回1，来不了回2" in asked


def test_after_a_night_without_power_nothing_comes_too_late(village: Village) -> None:
    called(village)
    village.now += timedelta(days=5, hours=8, minutes=57)  # 18:57; no tick was played since
    village.play(tick(village.now))
    assert reminders(village, "老王") == []
    assert reminders(village, GROUP) == []


def test_a_sender_that_is_behind_drops_what_has_lost_its_sense(village: Village) -> None:
    called(village)
    village.send()
    village.now += timedelta(days=4, hours=9)  # 19:00 the day before
    village.play(tick(village.now), deliver=False)
    rows = [r for r in village.rows(tables.outbox) if r.purpose == "meeting.reminder"]
    assert rows
    assert all(r.not_after == r.created_at + timedelta(hours=20) for r in rows), "four hours before it begins"
    village.say("李书记", "会议取消")
    village.play(village.text("李书记", "1"), deliver=False)
    states = {r.state for r in village.rows(tables.outbox) if r.purpose == "meeting.reminder"}
    assert states <= {"sent", "dropped"}


def test_whoever_has_just_heard_is_not_reminded_at_once(village: Village) -> None:
    called(village, "今天下午两点在村委会开群众会说修路 九社")
    run(village, "11-22 14:30")
    assert reminders(village, "老王") == ["11-22 13:30"]
    assert reminders(village, GROUP) == ["11-22 11:00"]


def test_a_statutory_meeting_called_long_ahead_is_announced_again(village: Village) -> None:
    """初八: called in November, announced again three days before (scenario E18)."""
    called(village, "初八上午开代表会 在村委会说修路")
    run(village, "12-16 09:30", step=240)
    told = [f"{s.at:%m-%d}" for s in village.sent if s.to == "o-daibiao" and s.purpose.startswith("meeting.")]
    assert told == ["11-22", "12-13", "12-15"]
    posts = [f"{s.at:%m-%d}" for s in village.sent if s.to == GROUP]
    assert "12-13" in posts


def test_a_tick_played_twice_decides_nothing_twice(village: Village) -> None:
    called(village)
    village.now += timedelta(days=4, hours=9)
    for minute in range(3):
        village.now += timedelta(minutes=minute)
        village.play(tick(village.now))
    once = Counter(r.once for r in village.rows(tables.outbox) if r.once and ":r:" in r.once)
    assert once
    assert set(once.values()) == {1}
    assert len(village.rows(t.meeting_reminders)) == 1


def test_a_full_group_sends_the_reminder_to_persons(village: Village) -> None:
    called(village)
    run(village, "11-27 15:00", step=60)
    for n in range(3):
        called(village, f"12月{n + 10}号晚上七点在村委会开群众会说修路{n} 九社")
    before = reminders(village, "老王")
    run(village, "11-27 16:30")
    assert reminders(village, GROUP) == []
    assert reminders(village, "老王") == [*before, "11-27 16:00"]


def test_a_roll_longer_than_a_slice_goes_on_where_it_stopped(village: Village) -> None:
    """A whole village is invited: every turn writes a slice, everybody is written to once."""
    called(village)
    row = village.rows(t.invitations)[0]
    many = 2 * SLICE + 50
    with village.database.write() as connection:
        more = [dict(row._mapping) | {"person_id": 9_000_000 + n, "has_phone": True} for n in range(many)]
        connection.execute(t.invitations.insert(), more)
    village.now += timedelta(days=4, hours=9)
    turns = []
    village.play(tick(village.now), deliver=False)
    while village.dispatch.bell.rings(village.now):
        turns.append(len(village.rows(tables.outbox, tables.outbox.c.purpose == "meeting.reminder")))
        village.play(tick(village.now, len(turns)), deliver=False)
    told = village.rows(tables.outbox, tables.outbox.c.purpose == "meeting.reminder")
    assert turns == sorted(turns)
    assert max(after - before for before, after in zip([0, *turns], [*turns, len(told)], strict=True)) <= SLICE
    assert {f"person:{9_000_000 + n}" for n in range(many)} <= {letter.address for letter in told}
    assert len(told) == len({letter.once for letter in told})
    decided = village.rows(t.meeting_reminders)
    assert [(reminder.kind, reminder.meeting_id) for reminder in decided] == [("day", row.meeting_id)]
