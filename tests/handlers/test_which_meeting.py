"""Of two meetings ahead the one that is named is meant; asked which, a bare number finishes what was begun."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village
from tests.handlers.test_attendance import called


@pytest.fixture
def two(village: Village) -> Village:
    """会1 on Monday afternoon about the well, 会2 on Tuesday morning about the insurance."""
    called(village, "明天下午三点半在村委会开群众会 九社每户 说机井")
    called(village, "后天上午九点在村委会开群众会 九社每户 说医保")
    return village


def answers(village: Village) -> list[str]:
    """What 老王 answered to 会1 and to 会2."""
    me = village.person("老王").id
    by_meeting = {row.meeting_id: row.answer for row in village.rows(t.invitations) if row.person_id == me}
    return [by_meeting[row.id] for row in sorted(village.rows(t.meetings), key=lambda row: row.number)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("机井的会我去", ["yes", ""]),
        ("医保那个去不成", ["", "no"]),
        ("上午的去 下午的去不成", ["no", "yes"]),
        ("两个都去", ["yes", "yes"]),
        ("会2去", ["", "yes"]),
        ("会1我去，会2不去", ["yes", "no"]),
        ("明天的去不了", ["no", ""]),
        ("明天有事，后天行", ["no", "yes"]),
        ("第二个会让我媳妇去", ["", "proxy"]),
    ],
)
def test_the_meeting_that_is_named_is_answered(two: Village, said: str, found: list[str]) -> None:
    """All of these heard 哪个会, again and again."""
    two.say("老王", said)
    assert answers(two) == found
    assert two.matters() == []


@pytest.mark.parametrize(
    ("said", "found"),
    [("2", ["", "yes"]), ("机井的", ["yes", ""]), ("都去", ["yes", "yes"]), ("上午的去 下午的去不成", ["no", "yes"])],
)
def test_asked_which_any_way_of_naming_it_is_an_answer(two: Village, said: str, found: list[str]) -> None:
    assert "哪个会" in two.say("老王", "我去")
    two.say("老王", said)
    assert answers(two) == found


def test_a_question_in_between_is_answered(two: Village) -> None:
    two.say("老王", "我去")
    heard = two.say("老王", "几点开会")
    assert "下午3点半" in heard
    assert "上午9点" in heard
    assert "下午3点半" not in two.say("老王", "医保的会几点")


def test_a_command_waits_for_the_meeting_to_be_named(two: Village) -> None:
    """不开了, then 会1, asked for a new time, and 1 said that he comes to 会2."""
    assert "哪个会" in two.say("书记", "不开了")
    assert "会1：11月23日 周一 下午3点半在村委会开的九社群众大会，不开了？" in two.say("书记", "会1")
    assert "取消了" in two.say("书记", "1")
    assert [row.status for row in sorted(two.rows(t.meetings), key=lambda row: row.number)] == ["cancelled", "called"]


def test_a_command_may_name_its_meeting_by_the_time_of_day(two: Village) -> None:
    assert two.say("书记", "上午的会取消").startswith("会2")


def test_the_new_time_of_a_change_names_no_meeting(two: Village) -> None:
    assert "哪个会" in two.say("文书", "会议改到周五上午十点")
    assert "会1（九社群众大会）这样改" in two.say("文书", "1")


def test_one_meeting_ahead_may_be_named_too(village: Village) -> None:
    called(village, "明天下午三点半在村委会开群众会 九社每户 说机井")
    village.say("老王", "机井的会我去")
    assert answers(village) == ["yes"]
