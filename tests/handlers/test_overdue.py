"""What has passed its day is reminded of, to its keeper and to whoever is over him, once and then weekly."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


def test_keeper_and_secretary_hear_of_it_once_and_the_reporter_sees_it(filed: Village) -> None:
    filed.heard("小陈")
    filed.later(days=6)
    told = filed.heard("小陈")
    assert "【超期】路灯照明，超期1天了" in told
    assert "延期到几号" in told
    assert "陈小军" in filed.heard("书记")
    assert filed.heard("镇领导") == ""
    assert "已经超期" in filed.say("老王", "进度")
    filed.later(days=1)
    assert filed.heard("小陈") + filed.heard("书记") == ""


def test_a_week_later_the_town_hears_too(filed: Village) -> None:
    filed.later(days=6)
    filed.heard("小陈")
    filed.heard("书记")
    filed.later(days=7, hours=1)
    assert "超期8天" in filed.heard("小陈")
    assert "超期8天" in filed.heard("书记")
    assert "超期8天" in filed.heard("镇领导")


@pytest.mark.parametrize("ended", ["001 办好了 换了灯泡", "001 收到"])
def test_what_is_done_is_over_and_what_is_only_received_is_not(filed: Village, ended: str) -> None:
    filed.say("小陈", ended)
    filed.later(days=6)
    assert ("超期" in filed.heard("小陈")) is (ended == "001 收到")


def test_what_is_put_off_is_late_by_its_new_day(filed: Village) -> None:
    filed.say("书记", "001 延期到12月2日 等配件")
    filed.later(days=6)
    assert "超期" not in filed.heard("小陈")
    filed.later(days=5)
    assert "超期1天" in filed.heard("小陈")


def test_nobody_is_reminded_at_night(filed: Village) -> None:
    filed.later(days=5, hours=12)
    assert "超期" not in filed.heard("小陈")


def test_a_sealed_one_is_reminded_of_to_its_keeper_alone(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    village.later(days=6)
    assert "【超期】" in village.heard("镇纪委")
    for who in ("书记", "镇领导", "小陈"):
        assert "超期" not in village.heard(who)


def test_what_is_urgent_and_not_received_is_asked_for_after_two_hours(village: Village) -> None:
    village.say("老王", "我家水亭了三天了没人管")
    assert village.matter().urgency == "P1"
    village.later(minutes=110)
    village.heard("小陈")
    village.heard("书记")
    village.later(minutes=20)
    assert "两小时了" in village.heard("小陈")
    assert "还没回“收到”" in village.heard("书记")
    village.later(hours=2)
    assert "两小时了" not in village.heard("小陈")


def test_what_has_been_received_is_not_asked_for(village: Village) -> None:
    village.say("老王", "我家水亭了三天了没人管")
    village.say("小陈", "001 收到")
    village.later(hours=3)
    assert "两小时了" not in village.heard("小陈")
