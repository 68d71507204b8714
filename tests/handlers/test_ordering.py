"""An order of who is over the keepers reaches the keeper, with the day; a department's return is the town's to decide."""

from __future__ import annotations

import pytest

from storage import tables
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("让小陈明天必须修好", "11月23日"), ("001 让小陈三天内办完", "11月25日"), ("001 周三前办完", "11月25日"),
        ("叫小陈三天之内弄好", "11月25日"), ("001 最迟周二修好", "11月24日"), ("小陈 务必明天修好", "11月23日"),
        ("001 抓紧办", ""), ("001 让他赶紧修", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["书记", "镇领导"])
def test_the_keeper_hears_the_order(filed: Village, who: str, said: str, day: str) -> None:
    """Before, 周三前办完 was told to the one who had told of it, and the keeper heard nothing."""
    filed.say(who, said)
    heard = filed.heard("小陈")
    assert said.removeprefix("001 ") in heard
    assert day in heard
    assert filed.heard("老王") == ""
    assert filed.matter().owner_id == filed.person("小陈").id


def test_it_is_due_sooner_and_never_later(filed: Village) -> None:
    before = filed.matter().due_at
    filed.say("书记", "001 三天内办完")
    hastened = filed.matter().due_at
    assert before is not None
    assert hastened is not None
    assert hastened < before
    filed.say("书记", "001 十天内办完")
    assert filed.matter().due_at == hastened


def test_of_two_the_thing_decides(filed: Village) -> None:
    filed.say("张婶", "水管爆了")
    filed.heard("小陈")
    filed.say("书记", "让小陈明天必须把水管修好")
    assert "饮水供水" in filed.heard("小陈")
    assert "哪" in filed.say("书记", "让小陈明天必须办好")


@pytest.mark.parametrize("said", ["小陈 怎么回事", "小陈咋回事", "小陈那边啥情况"])
def test_who_is_asked_after_has_his_work_shown_or_is_asked(filed: Village, said: str) -> None:
    told = filed.say("书记", said)
    assert "陈小军" in told
    assert "没有反映过" not in told


@pytest.mark.parametrize("said", ["明天下午三点开会让小陈来", "让小陈明天来开会", "小陈三天内把名单报上来"])
def test_what_is_no_order_to_mend_is_none(filed: Village, said: str) -> None:
    filed.say("书记", said)
    assert "路灯" not in filed.heard("小陈")


def test_the_town_decides_what_the_town_gave(filed: Village) -> None:
    filed.say("镇领导", "001 交办 水管所 三天")
    filed.say("水管所", "001 收到")
    filed.heard("书记")
    assert "高远" in filed.say("水管所", "不归我们 归供电所")
    asked = filed.heard("镇领导")
    assert "请您定怎么办" in asked
    assert "报镇里" not in asked
    assert filed.heard("书记") == ""
    filed.say("镇领导", "1")
    assert filed.matter().owner_id == filed.person("小陈").id
    assert [row.kind for row in filed.rows(tables.notes, tables.notes.c.kind == "returned")] == ["returned"]


def test_an_office_nobody_is_entered_for_is_named(filed: Village) -> None:
    for said in ("交办 供电所 五天 001", "001 交办 供电所 三天"):
        assert "没找到“供电所”" in filed.say("镇领导", said)
    assert filed.matter().owner_id == filed.person("小陈").id


@pytest.mark.parametrize("said", ["催一下兴河村的路灯", "催一下路灯的事", "你们村路灯咋回事"])
def test_the_town_presses_for_what_is_open(filed: Village, said: str) -> None:
    filed.say("镇领导", said)
    assert "催" in filed.heard("小陈")
    assert len(filed.matters()) == 1
