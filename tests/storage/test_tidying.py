"""Words kept longer than their time are gone; that they were said, and what was told to all, stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import tidying
from storage.database import Database
from storage.questions import Running, new_question
from storage.tidying import forget_conversations, forget_letters, forget_questions
from tests.storage.desk import NOW, batch_of, post, put, rows, said, turn

OLD, YOUNG = NOW - timedelta(days=200), NOW - timedelta(days=20)
BEFORE = NOW - timedelta(days=180)


def bodies(database: Database) -> list[str]:
    return [row.body for row in rows(database, "outbox")]


def deliver_all(database: Database) -> None:
    sender = post(database)
    while letters := sender.claim(NOW):
        sender.mark(letters, "sent", NOW)


def forget_all_letters(database: Database) -> list[int]:
    looked = []
    while not looked or looked[-1]:
        with turn(database) as store:
            looked.append(forget_letters(store.batch, BEFORE))
    return looked


def test_a_letter_sent_half_a_year_ago_keeps_its_fact_and_loses_its_words(database: Database) -> None:
    with turn(database, now=OLD) as store:
        store.outbox.put("person:1", "matter.new", "老王反映路灯坏了", OLD, once="fact:1", fields={"what": "路灯"})
        store.outbox.put("person:2", "matter.new", "还没送出", OLD, once="fact:2", due_at=NOW + timedelta(days=1))
        store.outbox.put("group:1", "poll.result", "表决通过", OLD, once="fact:3")
        store.outbox.put("person:1", "matter.new", "上个月的", YOUNG, once="fact:4")
    deliver_all(database)
    forget_all_letters(database)
    assert bodies(database) == ["", "还没送出", "表决通过", "上个月的"]
    assert next(row.fields for row in rows(database, "outbox")) == ""
    put(database, "再说一遍", once="fact:1")
    assert len(bodies(database)) == 4


def test_every_letter_is_looked_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "SLICE", 3)
    with turn(database, now=OLD) as store:
        for number in range(7):
            store.outbox.put("person:1", "matter.new", f"第{number}封", OLD)
    deliver_all(database)
    assert forget_all_letters(database) == [3, 3, 1, 0]
    assert bodies(database) == [""] * 7


def test_questions_long_over_are_gone_and_open_ones_stay(database: Database) -> None:
    with turn(database) as store:
        for kind, asked, days in (("readings", OLD, 1), ("rating", OLD, 365), ("rating", YOUNG, 7)):
            store.questions.ask(
                new_question(1, kind, len(kind) + days, ("1",), asked, asked + timedelta(days=days), "原话")
            )
    with turn(database) as store:
        assert forget_questions(store.batch, BEFORE) == 1
    assert [(row.kind, row.asked_at) for row in rows(database, "questions")] == [("rating", OLD), ("rating", YOUNG)]


def test_a_conversation_left_lying_forgets_what_was_said_in_it(database: Database) -> None:
    me = said("1")
    with turn(database, me) as store:
        store.conversations.keep(1, "", Running("poll.create", {"title": "修哪条路"}, OLD))
        store.conversations.keep(2, "", Running("poll.create", {"title": "修哪座桥"}, YOUNG))
    with turn(database) as store:
        assert forget_conversations(store.batch, BEFORE) == 1
    assert [(row.name, "桥" in row.progress) for row in rows(database, "conversations")] == [
        ("", False),
        ("poll.create", True),
    ]
    with batch_of(database, me) as store:
        assert store.conversations.running(1, "") is None
