"""What a keeper or a chief says of a matter ends it only where it tells that it is done, and is a 收到 only where it is one."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village


@pytest.mark.parametrize("who", ["书记", "文书", "镇领导", "小陈"])
@pytest.mark.parametrize("said", ["001 弄好了没有", "001 换好了吗？", "001 是不是弄好了"])
def test_a_question_whether_it_is_done_finishes_nothing(filed: Village, who: str, said: str) -> None:
    answer = filed.say(who, said)
    assert filed.matter().status is Status.FILED
    assert "满意" not in filed.heard("老王")
    assert "编号" in answer


def test_a_keeper_who_asks_whether_it_is_done_asks_the_one_who_told_of_it(filed: Village) -> None:
    filed.say("小陈", "路灯修好了没")
    assert "问您" in filed.heard("老王")
    filed.say("老王", "没有呢")
    assert "没有呢" in filed.heard("小陈")


def test_a_chief_who_asks_hears_where_it_stands(filed: Village) -> None:
    assert "等他回话" in filed.say("书记", "001 修好了没")
    assert "等他回话" in filed.say("书记", "路灯修好了吗")
    filed.say("小陈", "001 办好了 换了灯头")
    assert "换了灯头" in filed.say("书记", "001 修好了没有")


@pytest.mark.parametrize(
    "said",
    ["正在修", "001 快弄好了", "抢修中", "001 看了 杆子歪了 得请吊车", "001 订了灯头", "换了灯头还是不行",
     "001 换好了两盏 还差一盏", "001 我不干了 你们找刘主任", "001 修着呢"],
)  # fmt: skip
def test_work_under_way_or_half_done_ends_nothing(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is not Status.DONE
    assert len(filed.matters()) == 1


@pytest.mark.parametrize(
    "said",
    ["001 已经换了 亮了", "001 换了灯头还是不亮 又接了线 通了", "001 修好了 另外把杆子也扶正了", "修好了 换了保险丝",
     "001 换了灯头 您看行不行", "001 灯在路口 已经修好了"],
)  # fmt: skip
def test_what_is_said_to_be_done_is_done(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.DONE


@pytest.mark.parametrize("said", ["001 我弄不了", "001 我没空", "001 我在住院 换个人吧", "我病了", "001 我不管"])
def test_a_refusal_is_no_receipt_and_goes_to_the_chief(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.FILED
    assert filed.heard("老王") == ""
    assert "请您定怎么办" in filed.heard("书记")


@pytest.mark.parametrize("said", ["001 这人老是没事找事", "001 老王不在了", "001 灯好着呢"])
def test_a_remark_is_no_receipt(filed: Village, said: str) -> None:
    assert "要告诉反映人吗" in filed.say("小陈", said)
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize("said", ["001 我来弄", "001 我们去看", "001 好的", "001 马上安排", "001 收到 我没空 让老李去"])
def test_who_takes_it_on_has_it(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.ACCEPTED


@pytest.mark.parametrize(
    "said", ["001 弄错了 灯还没亮", "001 说错了 没修", "搞错了", "报错了 是002", "001 按错了 还不亮"]
)
def test_a_done_said_by_mistake_is_taken_back(filed: Village, said: str) -> None:
    filed.say("小陈", "001 办好了 换了灯头")
    filed.say("小陈", said)
    assert filed.matter().status is Status.ACCEPTED
    assert "还没办好" in filed.heard("老王")


def test_another_word_for_what_was_done_takes_nothing_back(filed: Village) -> None:
    filed.say("小陈", "001 办好了 换了灯头")
    filed.say("小陈", "001 说错了 换的是线")
    assert filed.matter().status is Status.DONE


def test_a_mistake_hours_later_is_about_something_else(filed: Village) -> None:
    filed.say("小陈", "001 办好了 换了灯头")
    filed.later(hours=5)
    filed.say("小陈", "搞错了")
    assert filed.matter().status is Status.DONE


def test_a_date_that_is_past_is_promised_to_nobody(filed: Village) -> None:
    filed.later(days=9)
    filed.heard("老王")
    filed.say("小陈", "001 收到")
    told = filed.heard("老王")
    assert "收到了您说的" in told
    assert "11月27日" not in told


def test_who_handed_it_on_takes_it_no_more(filed: Village) -> None:
    filed.say("书记", "001 转给赵敏")
    filed.heard("老王")
    assert "赵敏" in filed.say("小陈", "001 收到")
    assert filed.heard("老王") == ""
    assert filed.matter().status is Status.FILED


def test_after_a_hand_over_the_new_keepers_receipt_reaches_the_reporter(filed: Village) -> None:
    filed.say("小陈", "001 收到")
    filed.say("书记", "001 转给赵敏")
    filed.heard("老王")
    filed.say("文书", "001 收到")
    assert "赵敏" in filed.heard("老王")
    filed.say("文书", "001 收到")
    assert "收到了" not in filed.heard("老王")


def test_a_chief_who_urges_is_named(filed: Village) -> None:
    filed.say("书记", "001 催一下")
    told = filed.heard("小陈")
    assert "李长河" in told
    assert "他说" not in told


def test_who_told_of_it_urges_in_his_own_name(filed: Village) -> None:
    filed.say("老王", "催一下")
    assert "李长河" not in filed.heard("小陈")


@pytest.mark.parametrize("said", ["打了两次 没人接", "打不通", "一直占线"])
def test_a_call_in_vain_reaches_the_asker(village: Village, said: str) -> None:
    village.say("老王", "人工")
    village.heard("老王")
    village.say("文书", said)
    assert "赵敏" in village.heard("老王")
