"""What has passed its day is reminded of, to its keeper and to whoever is over him, once and then weekly."""

from __future__ import annotations

import pytest

from tests.handlers.talk import LAMP, Village


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


# -- the first contact, and what nobody has decided


def test_keeper_and_secretary_hear_when_nobody_was_contacted_within_a_working_day(filed: Village) -> None:
    """Before, 请11月23日晚6点前联系 passed without a word, for weeks."""
    filed.later(hours=31)
    assert filed.heard("小陈") == ""
    filed.later(hours=2)
    assert "第一次联系的时间过了" in filed.heard("小陈")
    assert "还没回“收到”" in filed.heard("书记")
    filed.later(days=1)
    assert filed.heard("小陈") + filed.heard("书记") == ""


@pytest.mark.parametrize("said", ["001 收到", "001 明天下午去看", "001 办好了 换了灯泡", "001 是哪根杆"])
def test_who_has_said_anything_on_it_is_not_reminded_of_the_first_contact(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    filed.heard("书记")
    filed.later(hours=33)
    assert "【提醒】" not in filed.heard("小陈") + filed.heard("书记")


def test_a_holiday_is_no_day_to_be_silent_on(village: Village) -> None:
    village.later(days=5, hours=9)  # a Friday evening
    village.say("老王", LAMP)
    village.heard("小陈")
    village.later(days=2)
    assert "【提醒】" not in village.heard("小陈")
    village.later(days=1)
    assert "【提醒】" in village.heard("小陈")


def test_who_has_not_decided_is_asked_again_and_once(filed: Village) -> None:
    """Before, 已告诉李长河，请他定 was the last word for days."""
    filed.say("小陈", "001 收到")
    filed.say("小陈", "001 不归我管")
    filed.heard("书记")
    filed.later(hours=23)
    assert filed.heard("书记") == ""
    filed.later(hours=2)
    assert filed.heard("书记").count("【等您定】") == 1
    filed.later(minutes=20)
    assert filed.heard("书记") == ""
    assert "还是他办" in filed.say("书记", "001 不同意")
    filed.later(days=2)
    assert "【等您定】" not in filed.heard("书记")


def test_of_what_is_late_for_want_of_a_decision_the_secretary_hears_so(filed: Village) -> None:
    filed.say("小陈", "001 不归我管")
    filed.later(days=6)
    assert "还在等您的话" in filed.heard("书记")


def test_a_late_matter_that_waits_for_the_chief_says_so_to_him(filed: Village) -> None:
    filed.say("小陈", "001 不归我管")
    for _ in range(6):
        filed.later(days=1)
    late = [sent.text for sent in filed.letters("书记") if "【超期】" in sent.text]
    assert late
    assert all("还在等您的话" in text and "已请他今天回话" not in text for text in late)
