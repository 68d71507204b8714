"""What a batch says is read ahead, each text once, and read the same as if it were read alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from handlers import listening
from handlers.context import Words
from handlers.listening import Ears, _Kept

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=timezone(timedelta(hours=8)))
SPOKEN = [
    ("路灯坏了好几天了，黑灯瞎火的", "villager"),
    ("进度", "villager"),
    ("1", "villager"),
    ("明儿下午三点半在大队开会说机井的事", "cadre"),
    ("隔壁着火了快来人", "villager"),
    ("投票：修东路还是西路", "cadre"),
]


@pytest.fixture
def knowledge(knowledge: Words) -> Words:
    """Rules in whose words nothing was heard yet."""
    return replace(knowledge, kept=_Kept())


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every look at a text, by what was done with it."""
    looks: list[tuple[str, str]] = []
    for name in ("hear", "recognise", "classify"):
        true = getattr(listening, name)

        def noted(rules: object, text: str, *more: object, _name: str = name, _true: object = true) -> object:
            looks.append((_name, text))
            return _true(rules, text, *more)  # type: ignore[operator]

        monkeypatch.setattr(listening, name, noted)
    return looks


@pytest.mark.parametrize(("said", "role"), SPOKEN)
def test_read_ahead_is_read_the_same(knowledge: Words, said: str, role: str) -> None:
    ahead, alone = Ears(knowledge, NOW), Ears(knowledge, NOW)
    ahead.listen_ahead([*SPOKEN, *SPOKEN])
    assert ahead.heard(said) == alone.heard(said)
    assert ahead.understood(said, role) == alone.understood(said, role)
    assert ahead.read(said)._replace(scores=None) == alone.read(said)._replace(scores=None)  # type: ignore[arg-type]


def test_a_text_said_by_many_is_read_once(knowledge: Words, counted: list[tuple[str, str]]) -> None:
    ears = Ears(knowledge, NOW)
    ears.listen_ahead([("路灯坏了好几天了", "villager")] * 64)
    for _ in range(64):
        ears.read("路灯坏了好几天了")
    assert sorted(counted) == [(name, "路灯坏了好几天了") for name in ("classify", "hear", "recognise")]


def test_what_many_say_is_read_once_for_all_batches(knowledge: Words, counted: list[tuple[str, str]]) -> None:
    for _ in range(3):
        Ears(knowledge, NOW).listen_ahead([("水管爆了三天没人来", "villager")])
    assert sorted(counted) == [(name, "水管爆了三天没人来") for name in ("classify", "hear", "recognise")]


def test_other_rules_read_it_anew(knowledge: Words, counted: list[tuple[str, str]]) -> None:
    for words in (replace(knowledge, kept=_Kept()), replace(knowledge, kept=_Kept())):
        Ears(words, NOW).read("水管爆了三天没人来")
    assert len(counted) == 4


def test_a_letter_is_kept_no_longer_than_its_batch(knowledge: Words, counted: list[tuple[str, str]]) -> None:
    letter = "去年秋天修的排水沟又堵了，" * 4
    for _ in range(2):
        Ears(knowledge, NOW).listen_ahead([(letter, "villager")])
    assert counted.count(("hear", letter)) == 2


@pytest.mark.parametrize("said", ["明天下午三点开会", "下个月31号投票", "会改到后天", "三天后截止", "3月的账公开了没"])
@pytest.mark.parametrize("role", ["villager", "cadre"])
def test_words_of_time_mean_another_day_tomorrow(knowledge: Words, said: str, role: str) -> None:
    """What was kept of yesterday must never answer for today."""
    for days in (0, 1, 31, 65):
        now = NOW + timedelta(days=days)
        fresh = Ears(replace(knowledge, kept=_Kept()), now).understood(said, role)
        assert Ears(knowledge, now).understood(said, role) == fresh


def test_the_same_words_of_a_cadre_are_understood_apart(knowledge: Words) -> None:
    ears = Ears(knowledge, NOW)
    ears.listen_ahead([("今天的", "villager"), ("今天的", "cadre")])
    assert ears.understood("今天的", "villager") == Ears(knowledge, NOW).understood("今天的", "villager")
    assert ears.understood("今天的", "cadre") == Ears(knowledge, NOW).understood("今天的", "cadre")


def test_what_needs_no_reading_is_not_read(knowledge: Words, counted: list[tuple[str, str]]) -> None:
    """A bare number answers a question, a command is obeyed: neither is looked at for its matter."""
    Ears(knowledge, NOW).listen_ahead([("1", "villager"), ("进度", "villager"), ("", "villager")])
    assert ("classify", "进度") not in counted
    assert {look for look in counted if look[1] == "1"} == {("hear", "1")}
    assert not [look for look in counted if not look[1]]
