"""Open questions, running conversations, alarms, groups, incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.messages import Incident
from domain.questions import OpenQuestion
from storage.alarms import Alarm
from storage.database import Database
from storage.ids import new_id
from storage.questions import Running, new_question
from tests.storage.desk import NOW, VILLAGE, batch_of, count, later, rows, said, turn

ME = said("1")
MY_CONTACT, OTHER_CONTACT = 1, 2


def question(kind: str = "rating", thing: int = 7, contact: int = MY_CONTACT) -> OpenQuestion:
    return new_question(contact, kind, thing, ("1", "2", "3"), NOW, later(days=7), "{}")


def test_an_open_question_waits_for_its_answer(database: Database) -> None:
    asked = question()
    with turn(database, ME) as store:
        store.questions.ask(asked)
        assert store.questions.open_for(MY_CONTACT, NOW) == (asked,)
    with turn(database, ME) as store:
        assert store.questions.open_for(MY_CONTACT, NOW) == (asked,)
        store.questions.close(asked, NOW)
        assert store.questions.open_for(MY_CONTACT, NOW) == ()
    with batch_of(database, ME) as store:
        assert store.questions.open_for(MY_CONTACT, NOW) == ()
    assert [row.state for row in rows(database, "questions")] == ["answered"]


def test_a_question_past_its_time_is_not_open(database: Database) -> None:
    with turn(database, ME) as store:
        store.questions.ask(question())
        assert store.questions.open_for(MY_CONTACT, later(days=7)) == ()
    with batch_of(database, ME, now=later(days=7)) as store:
        assert store.questions.open_for(MY_CONTACT, later(days=7)) == ()


def test_the_same_question_again_replaces_the_older_one(database: Database) -> None:
    first, other, again = question(), question(thing=8), question()
    with turn(database, ME) as store:
        for one in (first, other, again):
            store.questions.ask(one)
    with batch_of(database, ME) as store:
        assert store.questions.open_for(MY_CONTACT, NOW) == (other, again)
    assert [row.state for row in rows(database, "questions")] == ["replaced", "open", "open"]


def test_a_question_to_somebody_else_is_found_by_him_and_by_later_turns(database: Database) -> None:
    asked = question("alarm", contact=OTHER_CONTACT)
    with batch_of(database, ME) as store:
        with store.batch.turn():
            store.questions.ask(asked)
        with store.batch.turn():
            assert store.questions.open_for(OTHER_CONTACT, NOW) == (asked,)
    with batch_of(database, ME) as store:
        assert store.questions.open_for(OTHER_CONTACT, NOW) == (asked,)
    with batch_of(database, said("收到", "o-zhangshen")) as store:
        assert store.questions.open_for(OTHER_CONTACT, NOW) == (asked,)


def test_the_clock_finds_what_has_waited_too_long(database: Database) -> None:
    with turn(database, ME) as store:
        old = question("danger.check")
        store.questions.ask(old)
        store.questions.ask(replace(question("danger.check", 9), asked_at=later(minutes=4)))
        store.questions.ask(question("rating"))
    with batch_of(database) as store:
        assert store.questions.unanswered("danger.check", later(minutes=1)) == [old]


def test_a_conversation_is_kept_and_its_version_rises(database: Database) -> None:
    with turn(database, ME) as store:
        assert store.conversations.running(MY_CONTACT, "") is None
        store.conversations.keep(MY_CONTACT, "", Running("bind", {"name": "王德福"}, NOW))
        store.conversations.keep(MY_CONTACT, "xinghe", Running("poll", {}, NOW))
    with turn(database, ME) as store:
        running = store.conversations.running(MY_CONTACT, "")
        assert running == Running("bind", {"name": "王德福"}, NOW, 1)
        store.conversations.keep(MY_CONTACT, "", replace(running, progress={"name": "王德福", "code": "1234"}))
    with turn(database, ME) as store:
        store.conversations.end(MY_CONTACT, "")
        assert store.conversations.running(MY_CONTACT, "") is None
        assert store.conversations.running(MY_CONTACT, "xinghe") == Running("poll", {}, NOW, 1)
    with batch_of(database, ME) as store:
        assert store.conversations.running(MY_CONTACT, "") is None
    assert {(row.group_name, row.name, row.version) for row in rows(database, "conversations")} == {
        ("", "", 3),
        ("xinghe", "poll", 1),
    }


def test_the_version_of_a_conversation_rises_with_every_turn_and_past_its_end(database: Database) -> None:
    versions = []
    for _ in range(2):
        with batch_of(database, ME) as store:
            for _ in range(2):
                with store.batch.turn():
                    running = store.conversations.running(MY_CONTACT, "") or Running("bind", {}, NOW)
                    store.conversations.keep(MY_CONTACT, "", running)
            with store.batch.turn():
                store.conversations.end(MY_CONTACT, "")
        versions += [row.version for row in rows(database, "conversations")]
    assert versions == [3, 6]


def test_a_conversation_of_somebody_not_in_the_batch_is_read_on_demand(database: Database) -> None:
    with turn(database, ME) as store:
        store.conversations.keep(MY_CONTACT, "", Running("bind", {}, NOW))
    with batch_of(database, said("", "o-zhangshen")) as store:
        assert store.conversations.running(MY_CONTACT, "") == Running("bind", {}, NOW, 1)


def test_a_conversation_refused_is_forgotten_with_its_turn(database: Database) -> None:
    with batch_of(database, ME) as store:
        with store.batch.turn():
            store.conversations.keep(MY_CONTACT, "", Running("bind", {}, NOW))
            store.batch.forget_turn()
        assert store.conversations.running(MY_CONTACT, "") is None
    assert count(database, "conversations") == 0


def test_an_alarm_rings_until_it_is_answered(database: Database) -> None:
    raised = Alarm(new_id(), 7, MY_CONTACT, VILLAGE, "fire", NOW, rounds=1)
    with batch_of(database) as store:
        with store.batch.turn():
            store.alarms.save(raised)
        with store.batch.turn():
            assert store.alarms.open(NOW) == [raised]
            assert store.alarms.get(raised.id) == raised
            answered = store.alarms.save(replace(raised, state="answered", answered_by=5, answered_at=later(minutes=1)))
    with batch_of(database) as store:
        assert store.alarms.open(NOW) == []
        assert store.alarms.get(raised.id) == answered
        assert store.alarms.get(1) is None


def test_an_alarm_nobody_answered_is_none_any_more_a_day_later(database: Database) -> None:
    with turn(database) as store:
        store.alarms.save(Alarm(new_id(), 7, None, VILLAGE, "fire", NOW))
    with batch_of(database) as store:
        assert len(store.alarms.open(later(hours=23))) == 1
        assert store.alarms.open(later(hours=25)) == []


def test_an_alarm_answered_in_this_turn_rings_no_more(database: Database) -> None:
    with turn(database) as store:
        raised = store.alarms.save(Alarm(new_id(), 7, None, VILLAGE, "fire", NOW))
    with turn(database) as store:
        store.alarms.save(replace(raised, state="answered"))
        assert [alarm.id for alarm in store.alarms.open(NOW) if alarm.state == "open"] == []


def test_a_group_is_known_by_its_chat(database: Database) -> None:
    with batch_of(database) as store:
        group = store.groups.of_chat("sim", "demo", "xinghe-family")
        assert group is not None
        assert (group.name, group.area_id) == ("兴河大家庭", VILLAGE)
        assert store.groups.of_area(VILLAGE) == [group]
        assert [one.native_id for one in store.groups.transports(group.id)] == ["xinghe-family"]
        assert store.groups.of_chat("sim", "demo", "nobody") is None
        assert store.groups.of_chat("oa", "demo", "xinghe-family") is None


def test_an_incident_is_kept_without_words(database: Database) -> None:
    with turn(database) as store:
        store.incidents.add(Incident("oa", "demo", "no MsgType", NOW, "0123"))
    with batch_of(database) as store:
        assert store.incidents.count() == 1
    assert [(row.reason, row.digest, row.at) for row in rows(database, "incidents")] == [("no MsgType", "0123", NOW)]


def test_questions_over_long_ago_hide_none_that_waits(database: Database) -> None:
    """After two hundred of them the clock reminded of nothing any more."""
    old, asked = NOW - timedelta(days=20), NOW - timedelta(days=2)
    with turn(database) as store:
        for number in range(250):
            store.questions.ask(new_question(1, "decide", number, (), old, old + timedelta(days=7)))
        store.questions.ask(new_question(1, "decide", 999, (), asked, asked + timedelta(days=7)))
    with turn(database) as store:
        waiting = store.questions.unanswered("decide", NOW - timedelta(days=1), NOW)
    assert [question.thing_id for question in waiting] == [999]
