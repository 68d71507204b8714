"""A keeper's plain words without a command are about the only matter in his hands, and about no meeting, poll or letter."""

from __future__ import annotations

import pytest

from domain.matters import Status
from handlers import keeper_short, remarks
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    "said",
    ["已经上报了", "报给镇上了", "师傅来了", "约好了 后天师傅来", "弄不定", "没时间", "路不通去不成", "让他自己换", "转七社",
     "没找到是哪盏", "配件到了", "等天晴再说", "还没弄好", "我又不是网格长", "001 忙完再说", "001 用不着换"],
)  # fmt: skip
def test_a_plain_word_is_kept_with_the_matter_in_hand(filed: Village, said: str) -> None:
    assert "XH-261122-001" in filed.say("小陈", said)
    assert filed.matter().status is Status.FILED
    assert filed.notes()


@pytest.mark.parametrize("said", ["好的", "嗯", "OK", "已阅", "我去看看", "好 我去看看"])
def test_a_nod_to_a_matter_just_given_takes_it_on(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.ACCEPTED


def test_a_nod_long_after_takes_nothing_on(filed: Village) -> None:
    filed.later(hours=6)
    filed.say("小陈", "好的")
    assert filed.matter().status is Status.FILED


@pytest.mark.parametrize("said", ["谁说的", "他电话多少", "在哪儿"])
def test_who_and_where_is_shown(filed: Village, said: str) -> None:
    assert "王德福" in filed.say("小陈", said)


@pytest.mark.parametrize("said", ["啥时候停的", "拍个照片给我", "001 明早过去中不中", "001 下午在家吗"])
def test_what_only_the_teller_knows_is_asked_of_him(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert "问您" in filed.heard("老王")
    filed.heard("小陈")
    filed.say("老王", "行")
    assert "行" in filed.heard("小陈")


@pytest.mark.parametrize("said", ["没空", "谁报的", "已上报", "好的"])
def test_who_has_nothing_in_hand_is_heard_as_before(village: Village, said: str) -> None:
    village.say("小陈", said)
    assert not village.matters()


@pytest.mark.parametrize("said", ["我家没电 没空做饭", "投票没空", "报名的人谁报的", "开个会吧", "八社的灯也坏了"])
def test_other_words_mean_nothing_of_it(said: str) -> None:
    assert keeper_short.meant(said) == ""


def test_all_that_is_new_is_received(filed: Village) -> None:
    filed.say("张婶", "九社垃圾堆没人拉")
    filed.say("小陈", "两件都收到了")
    assert {matter.status for matter in filed.matters()} == {Status.ACCEPTED}


def test_the_one_that_is_named_is_received(filed: Village) -> None:
    filed.say("张婶", "九社垃圾堆没人拉")
    filed.say("小陈", "垃圾那个收到")
    assert filed.matter("002").status is Status.ACCEPTED
    assert filed.matter("001").status is Status.FILED


@pytest.mark.parametrize("said", ["不行 按时办", "不能再拖 抓紧办", "最晚到12月2号"])
def test_the_chief_decides_in_words(filed: Village, said: str) -> None:
    filed.say("小陈", "001 延期到12月8号 等配件")
    filed.heard("小陈")
    filed.say("书记", said)
    assert filed.heard("小陈")
    assert "decide" not in filed.kinds("书记")


@pytest.mark.parametrize("who", ["书记", "镇领导"])
def test_a_name_nobody_has_is_said_to_be_none(filed: Village, who: str) -> None:
    assert "没找到" in filed.say(who, "001 转给马大哈")
    assert filed.heard("书记") == ""


def test_a_keepers_unheard_voice_is_kept_with_the_matter_in_his_hands(filed: Village) -> None:
    assert "打字" in filed.voice("小陈")
    assert len(filed.matters()) == 1


def test_a_villagers_unheard_voice_is_a_matter(filed: Village) -> None:
    filed.voice("张婶")
    assert len(filed.matters()) == 2


def test_a_plan_said_in_the_group_is_of_the_matter_in_hand(filed: Village) -> None:
    filed.group("路灯线断了 明天修", by="小陈", addressed=True)
    assert len(filed.matters()) == 1
    assert "明天修" in filed.heard("老王")


@pytest.mark.parametrize("text", ["1000是哪根杆", "1000转给文书", "123修不了 要报镇上"])
def test_a_number_glued_to_words_may_name_a_matter(text: str) -> None:
    assert remarks.split_glued(text)[0] in ("1000", "123")


@pytest.mark.parametrize("text", ["300户没水", "1000块钱", "2026年的事", "120斤", "15个人"])
def test_what_counts_something_names_none(text: str) -> None:
    assert remarks.split_glued(text) == ("", text)


def test_the_day_that_was_asked_for_is_taken(filed: Village) -> None:
    assert "哪天" in filed.say("小陈", "001 再缓几天")
    filed.say("小陈", "12月4号 等配件")
    assert "12月4日" in filed.heard("书记")


def test_after_that_question_another_word_is_no_day(filed: Village) -> None:
    filed.say("小陈", "001 再缓几天")
    filed.say("小陈", "001 收到")
    assert filed.heard("书记") == ""
    assert filed.matter().status is Status.ACCEPTED


@pytest.mark.parametrize("said", ["1000是哪根杆", "1000谁报的", "1000修不了 要报镇上", "1000"])
def test_the_thousandth_matter_of_a_day_is_named_like_the_first(filed: Village, said: str) -> None:
    with filed.database.write() as connection:
        connection.exec_driver_sql("UPDATE matters SET number = 'XH-261122-1000'")
    assert "XH-261122-1000" in filed.say("小陈", said)
    assert len(filed.matters()) == 1


def test_a_meeting_is_no_answer_to_the_day_asked_for(filed: Village) -> None:
    filed.say("小陈", "001 再缓几天")
    filed.say("小陈", "12月4号下午三点开会")
    assert "请您定怎么办" not in filed.heard("书记")


def test_after_a_name_nobody_has_the_chief_may_still_decide(filed: Village) -> None:
    filed.say("小陈", "001 延期到12月8号 等配件")
    assert "没找到" in filed.say("书记", "转给马大哈")
    filed.heard("小陈")
    filed.say("书记", "1")
    assert "12月8日" in filed.heard("小陈")
