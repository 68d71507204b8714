"""Kept tables are equal to made ones, belong to their rules and their code, and never stand in the way of a start."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.rule_files import compiled_intents, shipped_intents
from domain.calendar import Calendar
from nlp.intents import recognise
from nlp.keeping import Keeper, digest_of

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=timezone(timedelta(hours=8)))


def test_a_table_is_made_once_and_read_afterwards(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(1)
        return {"路": 1 << 90}

    assert [Keeper(tmp_path / "new").kept("t.table", make) for _ in range(3)] == [{"路": 1 << 90}] * 3
    assert made == [1]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xe9\xff"])
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.table").write_bytes(content)
    assert Keeper(tmp_path).kept("t.table", lambda: [1]) == [1]
    assert Keeper(tmp_path).kept("t.table", lambda: [2]) == [1]


def test_another_text_is_another_name_and_what_is_old_is_thrown_away(tmp_path: Path) -> None:
    names = [f"x-{digest_of([text])}.table" for text in ("一", "二")]
    assert names[0] != names[1]
    for name in names:
        Keeper(tmp_path).kept(name, lambda: 1)
    Keeper(tmp_path).only("x-*.table", names[1])
    assert [path.name for path in tmp_path.iterdir()] == [names[1]]


def test_kept_intents_understand_as_made_ones_and_changed_rules_are_made_anew(tmp_path: Path) -> None:
    texts = shipped_intents()
    plain, first, again = (compiled_intents(texts, keeper) for keeper in (None, Keeper(tmp_path), Keeper(tmp_path)))
    said = ["路灯坏了", "进度", "发起投票 修路选哪条 A东路 B西路", "咋没人管咧", "我去", "开会通知到多少人了"]
    for text in said:
        for role in ("villager", "cadre"):
            answers = [recognise(intents, text, role, NOW, Calendar()) for intents in (plain, first, again)]
            assert answers[0] == answers[1] == answers[2], text
    kept = list(tmp_path.iterdir())
    villager = next(name for name in texts if name.endswith("villager.yaml"))
    compiled_intents({**texts, villager: texts[villager] + "\n# a remark\n"}, Keeper(tmp_path))
    assert list(tmp_path.iterdir()) != kept
    assert len(list(tmp_path.iterdir())) == 1
