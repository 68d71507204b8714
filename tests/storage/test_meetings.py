"""Meetings on both engines: the roll, reminders decided once, what was said, whom a notice has reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from domain.attendance import Invited
from domain.meetings import AgendaItem, Coming, Meeting, MeetingStatus
from domain.polls import Scope, Unit
from storage import tables
from storage.database import Database
from storage.ids import new_id
from storage.meeting_rules import read_meeting_rules
from storage.meetings import Decision, speech
from storage.reach import Errand
from storage.rolls import Rolls
from storage.store import Store
from tests.storage.desk import NOW, VILLAGE, batch_of, count, rows, said, step, turn

RULES = read_meeting_rules((Path(__file__).resolve().parents[2] / "rules" / "meetings.yaml").read_text("utf-8"))
FRIDAY = NOW + timedelta(days=3)


def meeting(starts_at: datetime = FRIDAY, **more: Any) -> Meeting:
    made = Meeting(
        new_id(), new_id() % 2**31, VILLAGE, VILLAGE, "rep_meeting", "meeting", "机井", "村委会", starts_at,
        MeetingStatus.CALLED, 4, NOW, NOW,
    )  # fmt: skip
    return replace(made, **more)


def line(found: Meeting, person: int, home: int | None = 1, **more: Any) -> Invited:
    return replace(Invited(found.id, person, home, f"人{person}", "女", True), **more)


def call(store: Store, found: Meeting, *lines: Invited, groups: tuple[int, ...] = ()) -> Meeting:
    items = [AgendaItem(new_id(), found.id, place, title) for place, title in enumerate(("机井", "水费"), start=1)]
    store.meetings.add(found, items, lines, groups, step("called"))
    return found


def test_a_meeting_comes_back_with_its_agenda_its_roll_and_its_groups(database: Database) -> None:
    with turn(database) as store:
        called = meeting(reach_due_at=NOW)
        call(store, called, line(called, 2), line(called, 3, None), groups=(7, 9))
    with batch_of(database) as store:
        assert store.meetings.get(called.id) == called
        assert store.meetings.with_number(VILLAGE, called.number) == called
        assert store.meetings.get(1) is None
        assert [item.title for item in store.meetings.items(called.id)] == ["机井", "水费"]
        assert [found.person_id for found in store.meetings.roll(called.id)] == [2, 3]
        assert store.meetings.groups(called.id) == [7, 9]


def test_every_change_of_its_life_leaves_a_row_in_the_ledger(database: Database) -> None:
    with turn(database) as store:
        called = call(store, meeting())
    with turn(database) as store:
        store.meetings.change(called, replace(called, status=MeetingStatus.CANCELLED), step("cancelled"))
    with batch_of(database) as store:
        assert [row.became for row in store.ledger.of("meeting", called.id)] == ["called", "cancelled"]
        assert store.meetings.living([VILLAGE], NOW) == []


def test_what_is_answered_and_signed_stands_on_the_line(database: Database) -> None:
    with turn(database) as store:
        called = meeting()
        call(store, called, line(called, 2))
    with turn(database) as store:
        known = store.meetings.line(called.id, 2)
        assert known is not None
        signed = replace(known, answer=Coming.PROXY, companion="媳妇", answered_at=NOW, signed_at=NOW, signed_by="code")
        store.meetings.save_line(signed)
        assert store.meetings.roll(called.id) == [signed], "a turn sees what it wrote itself"
    with batch_of(database) as store:
        assert store.meetings.line(called.id, 2) == signed
        assert store.meetings.line(called.id, 3) is None


def test_whoever_is_invited_finds_his_meetings_the_next_one_first(database: Database) -> None:
    with turn(database, said("1")) as store:
        wang = store.people.sender(said("1").actor).person
        assert wang is not None
        later, sooner, over, off = (
            meeting(FRIDAY), meeting(NOW + timedelta(hours=3)), meeting(NOW - timedelta(days=1)),
            meeting(status=MeetingStatus.CANCELLED),
        )  # fmt: skip
        for one in (later, sooner, over, off):
            call(store, one, line(one, wang.id))
    with batch_of(database, said("1"), said("1", "o-zhangshen")) as store, store.batch.turn():
        contact = store.people.sender(said("1").actor).contact.id
        found = store.meetings.invited(contact, NOW - timedelta(hours=4))
        assert [m.id for m, _ in found] == [sooner.id, later.id]
        assert {mine.person_id for _, mine in found} == {wang.id}
        store.meetings.save_line(replace(found[0][1], answer=Coming.YES))
        assert store.meetings.invited(contact, NOW)[0][1].answer is Coming.YES
        zhang = store.people.sender(said("1", "o-zhangshen").actor).contact.id
        assert store.meetings.invited(zhang, NOW) == []


def test_a_reminder_is_due_until_it_is_decided_and_again_for_another_start(database: Database) -> None:
    with turn(database) as store:
        called = call(store, meeting())
    span = (NOW, FRIDAY)
    with turn(database) as store:
        assert [m.id for m in store.meetings.due("day", *span, 10)] == [called.id]
        assert store.meetings.due("day", FRIDAY, FRIDAY + timedelta(days=1), 10) == [], "it starts no later than that"
        assert store.meetings.due("day", *span, 10, ["mass"]) == []
        store.meetings.decide_reminder(called, "day", NOW)
    with turn(database) as store:
        store.meetings.decide_reminder(called, "day", NOW)  # the other worker
        assert store.meetings.due("day", *span, 10) == []
        assert len(store.meetings.due("soon", *span, 10)) == 1
    with turn(database) as store:
        store.meetings.change(called, replace(called, starts_at=FRIDAY - timedelta(hours=1)), step("moved"))
    with batch_of(database) as store:
        assert len(store.meetings.due("day", *span, 10)) == 1
    assert count(database, "meeting_reminders") == 1


def test_a_reminder_of_a_start_that_no_longer_holds_is_taken_back(database: Database) -> None:
    with turn(database) as store:
        called = call(store, meeting())
        store.outbox.put("person:2", "meeting", "明天开会", NOW, once=f"meeting:{called.id}:r:x:2")
        store.outbox.put("person:2", "meeting", "通知", NOW, once=f"meeting:{called.id}:notice:2")
    with turn(database) as store:
        store.meetings.withdraw_reminders(called, NOW)
    assert [row.state for row in rows(database, "outbox")] == ["dropped", "pending"]


def test_the_reach_is_looked_at_when_its_time_has_come(database: Database) -> None:
    with turn(database) as store:
        due = call(store, meeting(reach_due_at=NOW - timedelta(minutes=1)))
        call(store, meeting(reach_due_at=NOW + timedelta(hours=1)))
        call(store, meeting(reach_due_at=None))
    with turn(database) as store:
        assert [m.id for m in store.meetings.reach_due(NOW, 10)] == [due.id]
        store.meetings.keep(replace(due, reach_due_at=None))
    with batch_of(database) as store:
        assert store.meetings.reach_due(NOW, 10) == []


def test_what_was_said_and_decided_is_kept_in_order(database: Database) -> None:
    called = meeting()
    with turn(database) as store:
        store.meetings.add_speech(speech(called.id, "先修渠", NOW, speaker="张三", stance="同意"))
        store.meetings.add_speech(speech(called.id, "pic-1", NOW, kind="picture"))
        store.meetings.add_decision(Decision(new_id(), called.id, None, "打机井", 5, "王德福", FRIDAY, NOW))
    with batch_of(database) as store:
        assert [(s.speaker, s.kind) for s in store.meetings.speeches(called.id)] == [("张三", "words"), ("", "picture")]
        decided = store.meetings.decisions(called.id)[0]
        assert (decided.text, decided.owner, decided.due_at, decided.status) == ("打机井", "王德福", FRIDAY, "open")


@pytest.mark.parametrize(
    ("code", "area", "people", "households"),
    [
        ("rep_meeting", "兴河村", 42, None),
        ("party_meeting", "兴河村", 60, None),
        ("villagers_assembly", "兴河村", 780, 300),
        ("group_assembly", "九社", None, 100),
        ("bandeng", "四网格", None, None),
    ],
)
def test_the_roll_of_each_body_is_read_from_the_village(
    database: Database, code: str, area: str, people: int | None, households: int | None
) -> None:
    with batch_of(database) as store:
        where = next(a for a in store.directory.areas.values() if a.name == area)
        roll = store.reach.called(1, RULES.bodies[code], where, NOW)
        assert len({found.person_id for found in roll}) == len(roll) > 0
        assert people is None or len(roll) == people
        assert households is None or len({found.unit for found in roll}) == households
        everybody = store.reach.called(1, RULES.bodies["mass"], store.directory.areas[VILLAGE], NOW)
        assert {"王德福", "王秀英", "李长河"} <= {found.name for found in everybody if found.has_phone}
        grandmother = next(found for found in everybody if found.name == "周奶奶")
        assert not grandmother.has_phone


@pytest.mark.parametrize("status", ["dead", "moved"])
def test_who_is_gone_is_called_to_no_meeting_and_asked_in_no_poll(database: Database, status: str) -> None:
    with batch_of(database) as store:
        body, village = RULES.bodies["rep_meeting"], store.directory.areas[VILLAGE]
        gone = {found.person_id for found in store.reach.called(1, body, village, NOW)[:10]}
    with database.write() as connection:
        person = tables.people.c
        connection.execute(update(tables.people).where(person.id.in_(gone)).values(status=status))
    with batch_of(database) as store:
        for code, many in (("rep_meeting", 32), ("villagers_assembly", 770)):
            roll = {found.person_id for found in store.reach.called(1, RULES.bodies[code], village, NOW)}
            assert len(roll) == many
            assert gone.isdisjoint(roll)
        inside = tuple(area for area in store.directory.areas if store.directory.within(area, VILLAGE))
        asked = Rolls(store.batch).entries(Scope(inside), Unit.REPRESENTATIVE, NOW.year)
        assert len(asked) == 32
        assert gone.isdisjoint(asked)


def test_who_has_heard_by_what_sign(database: Database) -> None:
    with turn(database) as store:
        store.reach.acknowledge("meeting", 1, 10, "answered", NOW, 2)
        store.reach.acknowledge("meeting", 1, 10, "answered", NOW, 3)
        store.reach.acknowledge("meeting", 1, -5, "opened", NOW)
        store.reach.acknowledge("meeting", 2, 11, "opened", NOW)
    with turn(database) as store:
        assert store.reach.reached("meeting", 1) == {10: {"answered"}, -5: {"opened"}}
        store.reach.acknowledge("meeting", 1, 10, "signed_in", NOW)
        assert store.reach.reached("meeting", 1)[10] == {"answered", "signed_in"}


def test_a_keeper_finds_what_he_has_still_to_do(database: Database) -> None:
    todo = Errand(new_id(), "meeting", 1, 10, 5, "王秀英", "visit", NOW, FRIDAY)
    with turn(database) as store:
        store.reach.add_errand(todo)
        store.reach.add_errand(replace(todo, id=new_id(), household_id=11, until_at=NOW - timedelta(hours=1)))
        store.reach.add_errand(replace(todo, id=new_id(), household_id=12, keeper_id=6))
    with turn(database) as store:
        assert [e.household_id for e in store.reach.errands_of(5, NOW)] == [10]
        store.reach.save_errand(replace(todo, done_at=NOW, done_how="visited"))
    with batch_of(database) as store:
        assert store.reach.errands_of(5, NOW) == []
        assert [e.done_how for e in store.reach.errands_about("meeting", 1)] == ["visited", "", ""]
