"""More time, or other hands: what a keeper may not decide is answered by whoever is over him, and all concerned hear it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.matters import Outcome
from tests.handlers.talk import CHINA, Village


def due(village: Village) -> str:
    at = village.matter().due_at
    return f"{at.astimezone(CHINA):%m-%d}" if at else ""


@pytest.mark.parametrize(
    ("asked", "until"),
    [("延期到12月2日 配件没到", "12-02"), ("001 延期三天 等料", "11-30"), ("再给两天 配件没到", "11-29")],
)
@pytest.mark.parametrize("answer", ["同意", "1", "准了"])
def test_more_time_is_given_and_the_reporter_hears_the_reason_and_the_day(
    filed: Village, asked: str, until: str, answer: str
) -> None:
    assert "李长河" in filed.say("小陈", asked)
    assert "1 同意，改到" in filed.heard("书记")
    filed.heard("老王")
    filed.heard("小陈")
    filed.say("书记", answer)
    assert due(filed) == until
    told = filed.heard("老王")
    assert "对不住" in told
    assert asked.removeprefix("001 ") in told
    assert "同意改到" in filed.heard("小陈")


@pytest.mark.parametrize("answer", ["2", "不同意", "还是小陈办", "让他接着办"])
def test_it_may_be_left_as_it_is(filed: Village, answer: str) -> None:
    filed.say("小陈", "延期到12月2日 配件没到")
    filed.heard("老王")
    assert "陈小军" in filed.say("书记", answer)
    assert "还是您办" in filed.heard("小陈")
    assert filed.heard("老王") == ""
    assert due(filed) == "11-27"


@pytest.mark.parametrize("answer", ["001 延期到12月1日", "延期到12月1日"])
def test_another_day_may_be_set(filed: Village, answer: str) -> None:
    filed.say("小陈", "延期到12月9日 配件没到")
    filed.say("书记", answer)
    assert due(filed) == "12-01"


def test_what_a_department_should_do_is_asked_of_the_town(filed: Village) -> None:
    filed.say("小陈", "退回 归水管所")
    assert "水管所罗涛" in filed.heard("书记")
    assert "高远" in filed.say("书记", "同意")
    assert "归水管所" in filed.heard("镇领导")


@pytest.mark.parametrize("answer", ["转给文书", "001 转给文书", "让赵敏去办"])
def test_it_may_be_given_to_somebody_in_the_answer(filed: Village, answer: str) -> None:
    filed.say("小陈", "001 修不了 没钱")
    assert "赵敏" in filed.say("书记", answer)
    assert filed.matter().owner_id == filed.person("赵敏").id


def test_whom_the_keeper_names_is_given_it_on_one_word(filed: Village) -> None:
    filed.say("小陈", "001 不归我管 该文书办")
    assert "1 转给文书赵敏" in filed.heard("书记")
    filed.say("书记", "1")
    assert filed.matter().owner_id == filed.person("赵敏").id


def test_an_answer_to_what_is_no_longer_so_changes_nothing(filed: Village) -> None:
    filed.say("小陈", "延期到12月2日 配件没到")
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.say("书记", "同意")
    assert due(filed) == "11-27"


def test_without_a_day_he_is_asked_for_one(filed: Village) -> None:
    assert "要延到哪天" in filed.say("小陈", "001 延期")
    assert filed.heard("书记") == ""


@pytest.mark.parametrize("who", ["书记", "文书", "镇领导"])
def test_whoever_is_over_him_may_put_it_off_unasked(filed: Village, who: str) -> None:
    assert "12月2日" in filed.say(who, "001 延期到12月2日 等配件")
    assert due(filed) == "12-02"
    assert "等配件" in filed.heard("老王")


@pytest.mark.parametrize("who", ["小陈", "老王", "王秀英", "监委主任"])
def test_nobody_else_may(filed: Village, who: str) -> None:
    filed.say(who, "001 延期到12月2日 等配件")
    assert due(filed) == "11-27"


def test_no_more_than_sixty_days(filed: Village) -> None:
    assert "最多60天" in filed.say("书记", "001 延期到2027年3月1日 等配件")
    assert due(filed) == "11-27"


def test_a_day_before_it_is_due_is_told_as_a_plan(filed: Village) -> None:
    filed.say("小陈", "001 延到礼拜四，等料")
    assert "礼拜四" in filed.heard("老王")
    assert filed.heard("书记") == ""
    assert filed.matter().due_at is not None
    assert filed.matter().due_at >= datetime(2026, 11, 27, tzinfo=CHINA) - timedelta(hours=8)


def test_with_nothing_to_decide_it_is_about_a_poll(filed: Village) -> None:
    assert "投" in filed.say("书记", "同意")


@pytest.mark.parametrize("said", ["会议改到周五", "让赵敏看一下会议通知", "投票延长到周日"])
def test_other_commands_decide_nothing(filed: Village, said: str) -> None:
    filed.say("小陈", "延期到12月9日 配件没到")
    filed.say("书记", said)
    assert due(filed) == "11-27"
    assert filed.matter().owner_id == filed.person("小陈").id


def test_a_vote_is_no_decision(filed: Village) -> None:
    filed.say("小陈", "延期到12月9日 配件没到")
    filed.say("书记", "发起投票 修不修渠 同意 反对 周五晚八点")
    filed.say("书记", "1")
    filed.later(hours=1)
    filed.say("书记", "同意")
    assert due(filed) == "11-27"


# -- declining


def test_a_keeper_s_declining_is_decided_over_him_and_told_with_its_reason(filed: Village) -> None:
    assert "李长河" in filed.say("小陈", "001 不受理 找物业")
    assert filed.heard("老王") == ""
    filed.say("书记", "同意")
    told = filed.heard("老王")
    assert "找物业" in told
    assert "村里定不了" in told
    assert filed.matter().outcome is Outcome.DECLINED
    assert "您不用办了" in filed.heard("小陈")
    assert "村里定不了：找物业" in filed.say("老王", "进度")


def test_nothing_is_declined_without_a_reason(filed: Village) -> None:
    assert "为啥不受理" in filed.say("书记", "001 不受理")
    assert filed.matter().is_living
    filed.say("书记", "001 不受理 小区里的灯归物业")
    assert filed.matter().outcome is Outcome.DECLINED


def test_a_declining_that_is_not_agreed_to_changes_nothing(filed: Village) -> None:
    filed.say("小陈", "001 不受理 找物业")
    filed.say("书记", "2")
    assert filed.matter().is_living
    assert filed.heard("老王") == ""
