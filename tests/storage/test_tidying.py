"""Words kept longer than their time are gone; that they were said, and what was told to all, stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.fetching import Fetcher
from domain.messages import Kind, Media
from storage import tidying
from storage.database import Database
from storage.media import MediaFetch
from storage.questions import Running, new_question
from storage.tidying import forget_conversations, forget_letters, forget_matters, forget_questions
from tests.storage.desk import NOW, VAULT, batch_of, matter, post, put, rows, said, step, turn

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


def test_the_result_of_a_poll_keeps_its_digest_though_persons_had_it(database: Database) -> None:
    """In a village without a group nobody else has it, and `verify poll` called a sound poll tampered with."""
    with turn(database, now=OLD) as store:
        store.outbox.put("person:1", "poll.result", "查验码：" + "a" * 64, OLD, once="poll:1:result:organiser")
        store.outbox.put("person:1", "poll.closing", "投票快截止了", OLD, once="poll:1:closing")
    deliver_all(database)
    forget_all_letters(database)
    assert bodies(database) == ["查验码：" + "a" * 64, ""]


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


def test_a_matter_long_over_keeps_its_number_and_loses_its_words_and_who_told_it(database: Database) -> None:
    told = [
        matter(text=f"第{n}件", contact_id=1, reporter_id=5, ended_at=ended)
        for n, ended in enumerate((OLD, YOUNG, None))
    ]
    with turn(database) as store:
        for one in told:
            store.matters.add(one, step())
            store.matters.add_note(one, "text", "还漏水", 1, OLD)
    with turn(database) as store:
        assert forget_matters(store.batch, BEFORE) == 1
        assert forget_matters(store.batch, BEFORE) == 0
    assert [(row.text, row.contact_id, row.reporter_id) for row in rows(database, "matters")] == [
        ("", None, None),
        ("第1件", 1, 5),
        ("第2件", 1, 5),
    ]
    assert [row.number for row in rows(database, "matters")] == [one.number for one in told]
    assert {row.matter_id for row in rows(database, "notes")} == {told[1].id, told[2].id}


def test_the_pictures_of_a_forgotten_matter_are_deleted(database: Database, tmp_path: Path) -> None:
    shown = replace(said(""), kind=Kind.IMAGE, media=Media("m-1", "", "jpg"))
    one = matter(contact_id=1, ended_at=OLD)
    with turn(database, shown) as store:
        store.matters.add(one, step())
        store.media.expect(shown, 1, one.id, OLD)
    fetch = MediaFetch(database)
    (medium,) = fetch.claim(OLD)
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.jpg").write_bytes(b"sealed")
    fetch.kept(medium, "media/a.jpg", "jpg", 6, OLD)
    fetcher = Fetcher(fetch, {}, tmp_path, VAULT, lambda: NOW)
    fetcher._forget()
    assert (tmp_path / "media" / "a.jpg").exists()
    with turn(database) as store:
        forget_matters(store.batch, BEFORE)
    fetcher._forget()
    assert not (tmp_path / "media" / "a.jpg").exists()
    assert [(row.path, row.contact_id) for row in rows(database, "media")] == [("", 0)]
