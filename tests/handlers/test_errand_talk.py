"""What a keeper says of the households he is to call: told, not reached, which of two of a name, who is left."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_attendance import called


@pytest.fixture
def listed(village: Village) -> Village:
    called(village)
    return village


@pytest.mark.parametrize("said", ["剩下的名单", "还剩哪些户", "全部名单", "还有谁没通知到"])
def test_the_whole_list_is_given_when_asked_for(listed: Village, said: str) -> None:
    """He saw twelve names of 74 and could not get at the rest."""
    heard = listed.say("小陈", said)
    assert "这74户还没得信儿" in heard
    assert "林满仓" in heard


@pytest.mark.parametrize(
    "said", ["曹春生家没人", "曹春生家没人接", "曹春生没接电话", "曹春生电话打不通", "曹春生家去过了 没人"]
)
def test_who_was_not_reached_stays_on_the_list(listed: Village, said: str) -> None:
    """It was asked whether somebody was in danger, or filed as a matter of the network."""
    assert "曹春生家没说上，还留在名单上" in listed.say("小陈", said)
    assert "曹春生" in listed.say("小陈", "剩下的名单")
    assert listed.matters() == []


@pytest.mark.parametrize(
    "said", ["给唐万财打电话了", "我去了唐万财家", "唐万财家说了", "通知了唐万财", "去了唐万财家，说了"]
)
def test_who_was_told_is_crossed_out(listed: Village, said: str) -> None:
    assert "记下了：唐万财。还剩73户" in listed.say("小陈", said)
    assert "先前就记过了" in listed.say("小陈", "唐万财说了")


def test_who_was_told_before_is_named_again_without_harm(listed: Village) -> None:
    listed.say("小陈", "说了唐万财和韩东升")
    assert "还剩71户" in listed.say("小陈", "唐万财、朱万财都通知到了")


def test_namesakes_are_told_apart(listed: Village) -> None:
    """说了高志明 crossed out both households of that name."""
    assert "叫高志明的有2家，电话尾号2015、7935" in listed.say("小陈", "说了高志明")
    assert "还剩73户" in listed.say("小陈", "说了 高志明2015")
    assert "还剩72户" in listed.say("小陈", "说了高志明")


def test_namesakes_may_both_be_told(listed: Village) -> None:
    assert "还剩72户" in listed.say("小陈", "高志明两家都说了")


def test_all_are_told_in_one_breath(listed: Village) -> None:
    assert "都说到了，辛苦您了" in listed.say("小陈", "打电话了 都说到了")


def test_a_household_that_answered_its_keeper_is_off_his_list(listed: Village) -> None:
    assert "唐万财家媳妇来" in listed.say("小陈", "唐万财让他媳妇来")
    assert "这73户" in listed.say("小陈", "剩下的名单")


@pytest.mark.parametrize("said", ["唐万财家水管坏了没人修", "唐万财说路灯不亮", "唐万财家电话线断了"])
def test_a_matter_of_a_household_on_the_list_is_a_matter(listed: Village, said: str) -> None:
    assert "编号" in listed.say("小陈", said)
    assert "这74户" in listed.say("小陈", "剩下的名单")


def test_the_clerk_hears_who_has_not_heard(listed: Village) -> None:
    """The clerk was told that everything was delivered, with 22 households left."""
    listed.say("小陈", "都说到了")
    assert "还没信儿的：" in listed.say("文书", "还有谁没通知到")
