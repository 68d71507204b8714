"""What people ask around their matters: who comes and when, whose phone, and what we cannot do ourselves."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize("asked", ["多久能修", "谁来修", "小陈啥时候来", "得多久才能修好", "电工几时来"])
def test_when_and_by_whom_is_answered_and_passed_to_nobody(filed: Village, asked: str) -> None:
    filed.heard("小陈")
    told = filed.say("老王", asked)
    assert "陈小军" in told
    assert "11月27日" in told
    assert filed.heard("小陈") == ""


@pytest.mark.parametrize("said", ["周奶奶家停水了 她没手机", "我妈家没水了 她没微信"])
def test_what_is_told_for_somebody_without_a_phone_is_filed(village: Village, said: str) -> None:
    village.say("王秀英", said)
    assert [matter.code for matter in village.matters()] == ["RC03"]


def test_a_request_to_come_and_look_names_the_trouble(village: Village) -> None:
    assert "住房安全" in village.say("老王", "小陈啥时候来我屋里看看漏雨")


@pytest.mark.parametrize("number", ["110", "120", "12345", "110。"])
def test_a_number_to_be_dialled_is_said_to_be_dialled(village: Village, number: str) -> None:
    assert "直接拨" in village.say("老王", number)
    assert not village.matters()


@pytest.mark.parametrize(
    ("asked", "helps"), [("派出所电话", "110"), ("村医电话是多少", "120"), ("供电所电话多少", "95598")]
)
def test_a_phone_we_do_not_have_is_said_so(village: Village, asked: str, helps: str) -> None:
    told = village.say("老王", asked)
    assert helps in told
    assert "赵敏" in told
    assert len(told.split("\n")) <= 6
    assert not village.matters()


def test_a_broken_phone_is_a_matter(village: Village) -> None:
    assert "有事找他们" not in village.say("老王", "我家电话打不通了 没信号")


@pytest.mark.parametrize("said", ["狂犬疫苗多少钱", "申请调解", "我家也是"])
def test_nothing_ends_in_the_old_ways(village: Village, said: str) -> None:
    told = village.say("老王", said)
    assert "办不了" not in told
    assert "说" in told


def test_i_too_joins_what_he_has_just_told(filed: Village) -> None:
    filed.heard("小陈")
    filed.say("老王", "我家也是")
    assert "我家也是" in filed.heard("小陈")


def test_a_quarrel_told_with_the_wish_is_filed(village: Village) -> None:
    village.say("老王", "和邻家说不成 给评评理")
    assert [matter.code for matter in village.matters()] == ["DS01"]
