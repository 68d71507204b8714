"""Plain reports: what is told from likeness alone is what all the readings would have said."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.commands_words import read_calendar
from bot.rule_files import compiled_intents, shipped_intents
from nlp.intents import Intents, recognise

CALENDAR = read_calendar()
NOW = datetime(2026, 5, 14, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HERE = Path(__file__).parent
TEXTS = [
    line
    for name in ("unseen_complaints.txt", "unseen_chat.txt", "danger_lookalikes.txt", "danger_alarms.txt")
    for line in (HERE / name).read_text(encoding="utf-8").splitlines()
    if line
]


@pytest.fixture(scope="module")
def intents() -> Intents:
    return compiled_intents(shipped_intents())


@pytest.mark.parametrize("role", ["villager", "cadre"])
def test_plain_reports_are_what_all_readings_say(intents: Intents, role: str) -> None:
    slow = replace(intents, plain_reports=dict.fromkeys(intents.plain_reports))
    for text in (*TEXTS, *(f"{text} 另外路灯也坏了" for text in TEXTS)):
        assert recognise(intents, text, role, NOW, CALENDAR) == recognise(slow, text, role, NOW, CALENDAR), text


def test_most_complaints_are_plain(intents: Intents) -> None:
    one = recognise(intents, "路灯坏了好几天了，黑灯瞎火的", "villager", NOW, CALENDAR)
    assert one is recognise(intents, "水渠堵了，田里浇不上水", "villager", NOW, CALENDAR)


def test_rules_without_reports_have_none_plain() -> None:
    texts = {name: text for name, text in shipped_intents().items() if "villager" not in name}
    assert compiled_intents(texts).plain_reports == {"villager": None, "cadre": None}
