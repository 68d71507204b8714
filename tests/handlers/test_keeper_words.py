"""A keeper's few words: what has been read, what is asked back, and what ends a matter and what does not."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village


@pytest.mark.parametrize("said", ["001 灯头", "001 没去", "001 在村口", "001 老王家的"])
def test_words_that_tell_of_nothing_done_end_nothing(filed: Village, said: str) -> None:
    assert "要告诉反映人吗" in filed.say("小陈", said)
    assert filed.matter().status is Status.FILED
    assert filed.heard("老王") == ""


@pytest.mark.parametrize("said", ["没去", "还没看", "没动"])
def test_not_having_been_there_is_no_answer_to_what_was_done(filed: Village, said: str) -> None:
    filed.say("小陈", "办好")
    filed.say("小陈", said)
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize("said", ["灯头换了个", "更换灯泡", "紧了下螺丝"])
def test_what_was_done_may_be_said_in_any_words(filed: Village, said: str) -> None:
    filed.say("小陈", "办好")
    filed.say("小陈", said)
    assert filed.matter().status is Status.DONE


@pytest.mark.parametrize("said", ["001 详情", "001 具体情况", "001 看下详情"])
def test_the_whole_of_it_is_shown(filed: Village, said: str) -> None:
    assert filed.phone("老王") in filed.say("小陈", said)
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize("said", ["001 已知", "001 知道了", "001 好的", "知道了", "看到了", "知道了 回头去看看"])
def test_whoever_has_read_of_it_has_received_it(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.ACCEPTED
    assert "收到了" in filed.heard("老王")


def test_what_has_been_read_of_two_is_asked_with_what_each_is_about(filed: Village) -> None:
    filed.say("张婶", "水管漏水了")
    told = filed.say("小陈", "知道了")
    assert "001 路灯照明" in told
    assert "002 饮水供水" in told
    assert "“002 收到”" in told


def test_with_nothing_new_in_hand_it_is_small_talk(filed: Village) -> None:
    filed.say("小陈", "001 收到")
    filed.heard("老王")
    assert "001" not in filed.say("小陈", "知道了")
    assert filed.heard("老王") == ""


@pytest.mark.parametrize(
    "said", ["编号001办好了，换了灯头", "编号 001 换了灯头", "第001号办好了 换了灯头", "灯那个修好了 换了灯泡"]
)
def test_a_report_of_work_done_is_no_new_matter(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert len(filed.matters()) == 1
    assert filed.matter().status is Status.DONE


def test_a_call_made_is_told_of_the_matter_it_was_made_for(filed: Village) -> None:
    filed.say("小陈", "打过电话给供电所了 他们说后天来")
    assert len(filed.matters()) == 1
    assert "后天来" in filed.heard("老王")


@pytest.mark.parametrize("said", ["我家路灯昨天修好了 今天又灭了", "水管那个修好了 换了截管子"])
def test_what_fails_again_or_is_in_nobodys_hands_ends_no_matter(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter("001").status is Status.FILED


# -- asking back


@pytest.mark.parametrize("said", ["001 问一下 是哪根杆", "001 是哪根杆", "是哪根杆子？", "哪个路灯", "请问是哪根杆"])
def test_whoever_told_of_it_is_asked_and_his_answer_reaches_the_keeper(filed: Village, said: str) -> None:
    assert "问反映人了" in filed.say("小陈", said)
    assert "哪" in filed.heard("老王")
    assert len(filed.matters()) == 1
    filed.heard("小陈")
    filed.say("老王", "村口第二根")
    assert "村口第二根" in filed.heard("小陈")


@pytest.mark.parametrize("said", ["没有", "3", "有"])
def test_the_shortest_answer_reaches_him_too(filed: Village, said: str) -> None:
    filed.say("小陈", "001 请问有没有照片")
    filed.heard("小陈")
    filed.say("老王", said)
    assert f"“{said}”" in filed.heard("小陈")


def test_a_story_of_its_own_is_no_answer(filed: Village) -> None:
    filed.say("小陈", "001 是哪根杆")
    filed.say("老王", "我家垃圾没人拉")
    assert [matter.code for matter in filed.matters()] == ["RC02", "EN01"]


@pytest.mark.parametrize("said", ["001 啥情况", "001 办了没"])
def test_how_far_it_is_is_asked_of_the_house(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.heard("老王") == ""


def test_whoever_stands_over_the_keeper_asks_the_reporter_nothing(filed: Village) -> None:
    filed.say("书记", "001 能不能快点")
    assert filed.heard("老王") == ""
    assert "能不能快点" in filed.heard("小陈")


def test_nobody_can_be_asked_of_a_sealed_matter(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    told = village.say("镇纪委", f"{village.matter().number[-3:]} 请问你有没有证据")
    assert "问不到他" in told
    assert village.heard("老王") == ""


@pytest.mark.parametrize(
    "said", ["001 没什么大事 紧了下螺丝", "001 等几天再弄", "001 看看能不能修", "001 过几天来修", "001 不知道哪个坏了"]
)
def test_what_only_sounds_like_a_question_asks_nobody(filed: Village, said: str) -> None:
    assert "问反映人了" not in filed.say("小陈", said)


@pytest.mark.parametrize("said", ["路灯杆换了位置 挡我家门口了", "路灯换了 太亮了睡不着"])
def test_a_complaint_of_a_keeper_s_own_ends_nothing(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter("001").status is Status.FILED
