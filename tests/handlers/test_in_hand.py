"""What a keeper says and asks of the matters in his hands without a command, and what is left to do."""

from __future__ import annotations

import pytest

from domain.matters import Status
from storage import tables
from tests.handlers.talk import LAMP, Village

DITCH = "九社的水渠堵了 浇不上水"


# -- a number and words with nothing between them


@pytest.mark.parametrize("said", ["001不归我管", "001转给镇上", "001是假的", "001延期三天", "001重复了"])
def test_a_number_written_close_to_the_words_names_the_matter_too(filed: Village, said: str) -> None:
    assert "李长河" in filed.say("小陈", said)
    assert filed.matter().status is Status.FILED
    assert len(filed.matters()) == 1


def test_a_number_nobody_has_is_said_to_be_none(filed: Village) -> None:
    assert "没找到编号尾数是009" in filed.say("小陈", "009转给文书")
    assert len(filed.matters()) == 1


def test_a_villager_s_digits_are_no_keeper_s_number(filed: Village) -> None:
    filed.say("王秀英", "007的路灯杆子倒在路上了")
    assert len(filed.matters()) == 2


def test_a_keeper_s_number_is_never_taken_for_danger(filed: Village) -> None:
    assert "危险" not in filed.say("小陈", "001料还没到 缓两天")


# -- who reported it


@pytest.mark.parametrize(
    "asked", ["001是谁报的", "001的电话多少", "001在哪", "001说的啥", "这个是谁报的", "他家在哪", "报的人电话"]
)
def test_a_keeper_asks_who_reported_it(filed: Village, asked: str) -> None:
    told = filed.say("小陈", asked)
    assert LAMP in told
    assert "王德福" in told
    assert filed.phone("老王") in told


def test_nobody_else_learns_who_reported_it(filed: Village) -> None:
    assert "王德福" not in filed.say("王秀英", "001是谁报的")
    assert filed.phone("老王") not in filed.say("王秀英", "001的电话多少")


def test_of_a_sealed_matter_nobody_is_told_who(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    matter = village.matter()
    assert matter.is_sealed
    for who in ("小陈", "书记"):
        told = village.say(who, f"{matter.number[-3:]}是谁报的")
        assert "王德福" not in told
        assert "吃拿卡要" not in told


def test_not_answering_the_phone_is_no_question_for_it(filed: Village) -> None:
    assert "要告诉反映人吗" in filed.say("小陈", "001他不接电话")


# -- work without a number


@pytest.mark.parametrize(
    "said", ["叫电工了", "叫水管工了", "叫了师傅来", "等配件", "我正在去的路上", "已经给供电所打电话了", "联系好师傅了"]
)
def test_work_told_without_a_number_belongs_to_the_only_matter(filed: Village, said: str) -> None:
    assert filed.matter().number in filed.say("小陈", said)
    assert len(filed.matters()) == 1
    assert filed.matter().status is Status.FILED


def test_a_plan_without_a_number_reaches_the_reporter(filed: Village) -> None:
    filed.say("小陈", "明天去修")
    assert "明天去修" in filed.heard("老王")


def test_what_he_cannot_do_goes_to_the_chief(filed: Village) -> None:
    assert "李长河" in filed.say("小陈", "这事我办不了")


def test_work_that_is_done_asks_the_reporter(filed: Village) -> None:
    filed.say("小陈", "灯泡换了 亮了")
    assert filed.matter().status is Status.DONE
    assert "灯泡换了" in filed.heard("老王")


def test_with_two_matters_he_is_asked_which(filed: Village) -> None:
    filed.say("老王", DITCH)
    assert "哪件" in filed.say("小陈", "叫电工了")
    assert len(filed.matters()) == 2


def test_with_none_in_hand_it_is_a_matter_like_anybody_s(village: Village) -> None:
    village.say("小陈", "我家门口的路灯坏了 修不了")
    assert len(village.matters()) == 1


def test_how_to_send_a_picture_ends_no_matter(filed: Village) -> None:
    assert "相册" in filed.say("小陈", "拍张照片咋发")
    assert filed.matter().status is Status.FILED


# -- whoever stands over him


@pytest.mark.parametrize("said", ["001咋还没办", "001让小陈抓紧", "001赶紧的"])
def test_the_secretary_presses_for_it(filed: Village, said: str) -> None:
    assert "催过了" in filed.say("书记", said)
    assert said[3:] in filed.heard("小陈")
    assert len(filed.matters()) == 1


# -- what is left


@pytest.mark.parametrize("asked", ["超期的", "没办完的", "我手上还有几件", "今天有啥事", "哪些快到期了"])
def test_a_keeper_sees_what_is_left_and_when_it_is_due(filed: Village, asked: str) -> None:
    told = filed.say("小陈", asked)
    assert "危险" not in told
    if asked == "超期的":
        assert told == "没有超期的。您手上没办完的还有1件，看哪些回“没办完的”。"
    else:
        assert told == "您手上没办完的1件：\n路灯照明，11月27日 周五前 " + filed.matter().number


def test_what_is_late_comes_first_and_says_for_how_long(filed: Village) -> None:
    filed.later(days=8)
    filed.say("老王", DITCH)
    lines = filed.say("小陈", "没办完的").split("\n")
    assert lines[0] == "您手上没办完的2件，超期1件："
    assert lines[1].startswith("路灯照明，超期3天")
    assert len(filed.say("小陈", "超期的").split("\n")) == 2


def test_the_secretary_sees_everybody_s_with_whose_it_is_and_nothing_sealed(filed: Village) -> None:
    filed.say("老王", "我要举报文书吃拿卡要")
    told = filed.say("书记", "没办完的")
    assert "没办完的1件" in told
    assert "陈小军" in told


def test_more_than_fit_are_counted(village: Village) -> None:
    for story in (LAMP, DITCH, "九社的垃圾好几天没人拉", "九社的自来水浑得很", "九社的狗没人管", "九社桥上裂缝了"):
        village.say("老王", story)
    told = village.say("小陈", "没办完的").split("\n")
    assert told[0].startswith(f"您手上没办完的{len(village.matters())}件")
    assert told[-1].startswith(f"还有{len(village.matters()) - 4}件")
    assert len(told) == 6


def test_with_nothing_left_he_is_told_so(village: Village) -> None:
    assert village.say("小陈", "没办完的") == "您手上没有没办完的事。"
    assert "都办了" in village.say("书记", "没办完的")


def test_a_villager_has_no_worklist(filed: Village) -> None:
    assert filed.matter().number not in filed.say("王秀英", "超期的")


def test_of_two_matters_the_one_his_words_are_about_is_meant(filed: Village) -> None:
    filed.say("老王", "我家没水了")
    filed.say("小陈", "水表冻了 换了个新的 有水了")
    assert {matter.code: matter.status for matter in filed.matters()} == {"RC02": Status.FILED, "RC03": Status.DONE}


def test_work_done_on_nothing_in_hand_is_no_new_matter(village: Village) -> None:
    assert village.say("小陈", "老王家路灯修好了").startswith("您手上现在没有要办的事")
    assert not village.matters()


def test_what_is_answered_about_a_sealed_matter_in_hand_is_secret(village: Village) -> None:
    village.say("老王", "我要举报文书吃拿卡要")
    assert "吃拿卡要" in village.say("镇纪委", "这个是谁报的")
    assert village.say("镇纪委", "没办完的")
    kept = [row for row in village.rows(tables.inbox) if "吃拿卡要" in (row.text + (row.reply or ""))]
    assert not kept


def test_asked_who_reported_it_with_two_in_hand_he_is_asked_which(filed: Village) -> None:
    filed.say("老王", DITCH)
    assert "哪件" in filed.say("小陈", "他家在哪")


# -- what is not his to decide, whom he did not reach, and several at once


@pytest.mark.parametrize("said", ["转给水管所", "转水管所", "退回 001 不归我们", "001 延期到12月1日，等零件"])
def test_what_he_may_not_decide_is_told_to_those_over_him(filed: Village, said: str) -> None:
    assert "李长河" in filed.say("小陈", said)
    assert said.removeprefix("001 ")[-4:] in filed.heard("书记")
    assert filed.matter().owner_id == filed.person("小陈").id
    assert len(filed.matters()) == 1


@pytest.mark.parametrize(
    "said", ["001 联系不上人，电话关机", "他电话打不通", "去了，没找到人，家里锁着门", "打电话给老王，没人接"]
)
def test_whom_he_did_not_reach_stays_with_the_matter(filed: Village, said: str) -> None:
    assert "告诉反映人" in filed.say("小陈", said)
    assert len(filed.matters()) == 1
    assert filed.rows(tables.alarms) == []


@pytest.mark.parametrize("said", ["001 他说错了，是机井", "001 他是哪一户的"])
def test_what_is_said_of_a_number_is_not_about_a_voice(filed: Village, said: str) -> None:
    assert "语音" not in filed.say("小陈", said)


def test_both_of_two_numbers_are_received(filed: Village) -> None:
    filed.say("张婶", "厕所抽粪没人来")
    assert "001、002都收到了" in filed.say("小陈", "001和002收到")
    assert [matter.status for matter in filed.matters()] == [Status.ACCEPTED] * 2
    assert "收到" in filed.heard("老王")
    assert "收到" in filed.heard("张婶")


def test_of_two_matters_the_words_say_which_is_done(filed: Village) -> None:
    filed.say("张婶", "水管漏水了")
    filed.say("小陈", "水管的修好了")
    assert [matter.status for matter in filed.matters()] == [Status.FILED, Status.DONE]


def test_a_code_changed_by_its_name_is_no_new_matter(filed: Village) -> None:
    filed.say("小陈", "001 改类 用电电网")
    assert [matter.code for matter in filed.matters()] == ["RC04"]


def test_a_department_may_say_when_it_comes_and_that_it_is_not_its_own(village: Village) -> None:
    village.say("老王", "我家水管冻裂了")
    village.say("镇领导", "001 转给水管所")
    village.say("水管所", "延到礼拜五，零件没到")
    assert "礼拜五" in village.heard("老王")
    village.heard("书记")
    assert "高远" in village.say("水管所", "这不归我们，该他自己修"), "the town gave it, and decides (scenario E09)"
    assert village.heard("书记") == ""
    assert len(village.matters()) == 1


def test_a_long_story_is_read_to_its_end_by_whoever_handles_it(village: Village) -> None:
    village.say("老王", f"我家门口那条路{'坑坑洼洼的走不成，' * 20}最后一句是桥板断了")
    assert "全文回“001 原话”" in village.heard("小陈")
    assert "最后一句是桥板断了" in village.say("小陈", "001 原话")
    village.say("张婶", f"会计把修路的钱装自己腰包了{'，还有别的' * 30}，最后一笔是三万")
    assert "最后一笔是三万" in village.heard("镇纪委")
