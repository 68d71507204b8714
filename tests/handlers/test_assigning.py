"""交办: a matter passes into other hands, and everybody whom it concerns hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.matters import Outcome, Status
from tests.handlers.talk import LAMP, NOW, Village


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("001转给文书", "文书"), ("001 交给赵敏", "文书"), ("001让妇联处理", "妇联"), ("001 派给何秀芝去看看", "妇联"),
        ("001转给小赵", "文书"),
    ],
)  # fmt: skip
def test_the_secretary_gives_it_to_whoever_holds_an_office(filed: Village, said: str, who: str) -> None:
    told = filed.say("书记", said)
    matter = filed.matter()
    assert filed.person({"文书": "赵敏", "妇联": "何秀芝"}[who]).name in told
    assert (matter.status, matter.outcome) == (Status.FILED, Outcome.ASSIGNED)
    assert matter.owner_id == filed.person({"文书": "赵敏", "妇联": "何秀芝"}[who]).id
    given = filed.heard(who)
    assert LAMP in given
    assert filed.phone("老王") in given
    assert "您不用办了" in filed.heard("小陈")
    assert "转给" in filed.heard("老王")


def test_whoever_got_it_takes_it_on_and_ends_it(filed: Village) -> None:
    filed.say("书记", "001转给文书")
    filed.heard("老王")
    filed.say("文书", "001 收到")
    assert "赵敏" in filed.heard("老王")
    filed.say("文书", "001 办好了 换了灯泡")
    assert "赵敏" in filed.heard("老王")
    assert filed.matter().status is Status.DONE


def test_back_to_the_first_keeper_he_is_told_again(filed: Village) -> None:
    filed.say("书记", "001转给文书")
    filed.heard("小陈")
    filed.say("文书", "001转给小陈")
    assert LAMP in filed.heard("小陈")


def test_a_department_is_asked_of_the_town_and_given_work_by_it(filed: Village) -> None:
    assert "高远" in filed.say("书记", "001转水管所")
    assert filed.matter().owner_id == filed.person("陈小军").id
    assert "转水管所" in filed.heard("镇领导")
    assert "罗涛" in filed.say("镇领导", "001 转给水管所 三天")
    matter = filed.matter()
    assert LAMP in filed.heard("水管所")
    assert matter.owner_id != filed.person("陈小军").id
    assert matter.due_at is not None
    assert matter.due_at - NOW <= timedelta(days=4)


def test_what_the_reporter_was_promised_is_never_put_off_by_passing_it_on(filed: Village) -> None:
    due = filed.matter().due_at
    filed.say("书记", "001转给文书 一个月内")
    assert filed.matter().due_at == due


def test_a_keeper_passes_nothing_on_he_asks_his_chief(filed: Village) -> None:
    assert "李长河" in filed.say("小陈", "001转给文书")
    assert filed.matter().owner_id == filed.person("陈小军").id


@pytest.mark.parametrize("who", ["老王", "王秀英", "监委主任", "妇联"])
def test_nobody_else_may(filed: Village, who: str) -> None:
    filed.say(who, "001转给文书")
    assert filed.matter("001").owner_id == filed.person("陈小军").id


@pytest.mark.parametrize("said", ["001转给周正", "001转给郑清", "001转给监委主任"])
def test_whoever_watches_over_them_is_given_no_work(filed: Village, said: str) -> None:
    filed.say("书记", said)
    assert filed.matter().owner_id == filed.person("陈小军").id


def test_an_office_with_a_longer_name_is_not_the_shorter_one(filed: Village) -> None:
    assert "何秀芝" in filed.say("书记", "001转给妇联主任")


def test_one_nobody_knows_is_given_nothing(filed: Village) -> None:
    filed.say("书记", "001转给老欧阳")
    assert filed.matter().owner_id == filed.person("陈小军").id


def test_what_is_sealed_stays_where_it_is(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    before = village.matter()
    for who in ("书记", "镇领导", "镇纪委"):
        village.say(who, f"{before.number[-3:]}转给文书")
    assert village.matter().owner_id == before.owner_id
    assert "吃拿卡要" not in village.heard("文书")


def test_what_is_over_is_passed_to_nobody(filed: Village) -> None:
    filed.say("小陈", "001 换了灯泡")
    assert "已经了结" in filed.say("书记", "001转给文书")
    assert filed.matter().status is Status.DONE


def test_without_a_number_the_only_one_in_his_hands_is_meant(filed: Village) -> None:
    filed.say("书记", "001转给文书")
    assert "陈小军" in filed.say("文书", "转给小陈")
    assert "哪件" in filed.say("书记", "交办") or "没有要办的事" in filed.say("书记", "交办")


def test_a_matter_is_handed_on_in_the_order_people_say_it(filed: Village) -> None:
    assert "转给文书赵敏" in filed.say("李书记", "把001给文书办")


@pytest.mark.parametrize("asked", ["今天有人反映啥没", "本周有几件没办", "还有几件没办完"])
def test_what_has_come_in_is_what_is_not_done(filed: Village, asked: str) -> None:
    assert "没办完的1件" in filed.say("李书记", asked)
