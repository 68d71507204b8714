"""What a keeper says of a matter that is not done: it never ends it, and reaches whom it concerns."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    "said",
    ["001 明天去修", "001 已经联系了 后天来", "001 修了一半 明天接着修", "001 正在换灯杆", "001 修了没修好 明天再来"],
)
def test_a_plan_reaches_the_reporter_and_leaves_the_matter_open(filed: Village, said: str) -> None:
    assert "已告诉反映人" in filed.say("小陈", said)
    told = filed.heard("老王")
    assert said[4:] in told
    assert "满意" not in told
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize(
    "said",
    ["001 修不了 要报镇上", "001 转水利站", "001 不归我管 转给李书记", "001 假的 没这回事", "001 退回", "001 延期三天"],
)
def test_what_is_beyond_the_keeper_goes_to_the_chief(filed: Village, said: str) -> None:
    assert "李长河" in filed.say("小陈", said)
    assert said[4:] in filed.heard("李书记") + filed.heard("书记") + "".join(sent.text for sent in filed.sent)
    assert filed.heard("老王") == ""
    assert len(filed.matters()) == 1
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize(("answer", "heard"), [("1", True), ("2", False)])
def test_whether_the_reporter_hears_anything_else_is_asked(filed: Village, answer: str, heard: bool) -> None:
    assert "要告诉反映人吗" in filed.say("小陈", "001 查不到这个地方")
    assert filed.heard("老王") == ""
    filed.say("小陈", answer)
    assert ("查不到这个地方" in filed.heard("老王")) is heard
    assert filed.notes()[-1] == "查不到这个地方"


def test_the_work_said_after_the_question_for_it_may_be_no_work(filed: Village) -> None:
    filed.say("小陈", "001 办好了")
    filed.say("小陈", "灯泡要等镇上发 下周换")
    assert filed.matter().status is Status.FILED
    assert "下周换" in filed.heard("老王")


@pytest.mark.parametrize(
    "said",
    [
        "001 办好了 换了灯泡",
        "001 修好了 明天再来看一眼",
        "001 已经换好了 等两天再看",
        "路灯那个修好了",
        "001 处理完了 没啥问题",
    ],
)
def test_what_is_done_is_done_whatever_is_promised_beside(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.DONE


@pytest.mark.parametrize("said", ["001 收到 明天去", "001 接单 下午去看", "好的 明天这就去", "收到"])
def test_what_accepts_accepts_with_a_plan_beside(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.ACCEPTED


def test_the_number_of_another_s_matter_is_no_word_about_it(filed: Village) -> None:
    filed.say("张婶", "001 明天去修")
    assert filed.heard("老王") == ""


def test_a_keeper_s_other_commands_with_a_number_stay_commands(filed: Village) -> None:
    assert "垃圾清运保洁" in filed.say("小陈", "001 改类 EN01")
    assert "路灯" in filed.say("小陈", "001 啥情况") or "垃圾" in filed.say("小陈", "001 啥情况")


@pytest.mark.parametrize("said", ["我手上有几件", "还有啥没办", "进度"])
def test_what_is_on_his_hands_is_shown_to_the_keeper(filed: Village, said: str) -> None:
    assert "001" in filed.say("小陈", said)


@pytest.mark.parametrize("said", ["001 换了灯泡 下午亮的", "001 清了渠 下午水过来"])
def test_work_told_with_the_number_is_done_though_it_sounds_like_a_matter(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert len(filed.matters()) == 1
    assert filed.matter().status is Status.DONE
