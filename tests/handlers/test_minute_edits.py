"""Minutes put right while they are written, votes of a hall that signed on paper, and decisions that stay apart."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village

BENCH = "明天下午三点半在村委会开九社板凳会 议题：机井、明年预算"


@pytest.fixture
def desk(village: Village) -> Village:
    """The desk of a meeting that is going on; three have signed in, thirty-eight households are there."""
    village.say("文书", BENCH)
    village.say("文书", "1")
    village.later(hours=29, minutes=40)
    village.say("文书", "签到 王德福 张桂兰 王秀英")
    village.say("文书", "来了38户")
    assert "开始记会1" in village.say("文书", "会议记录")
    village.say("文书", "议题1")
    return village


def words(village: Village) -> list[tuple[str, str]]:
    return [(row.speaker, row.text) for row in village.rows(t.speeches) if row.kind == "words"]


def test_what_was_counted_on_paper_is_there(desk: Village) -> None:
    """38户 made the meeting valid, and a vote of 38 was more than the three who had signed in."""
    assert "到会38人" in desk.say("文书", "同意30 反对5 弃权3")
    assert "到会38人" in desk.say("文书", "谁来了")
    assert "比到会的38人还多" in desk.say("文书", "同意30 反对12")


@pytest.mark.parametrize("line", ["都同意", "全票通过", "举手表决 全部同意", "一致同意", "大家都同意"])
def test_all_agree_is_a_vote_of_those_there(desk: Village, line: str) -> None:
    """都同意 opened the desk again, 全票通过 was a line of words."""
    assert "同意38，反对0" in desk.say("文书", line)
    assert words(desk) == []


def test_all_agree_needs_to_know_of_how_many(village: Village) -> None:
    village.say("文书", BENCH)
    village.say("文书", "1")
    village.later(hours=29, minutes=40)
    village.say("文书", "会议记录")
    village.say("文书", "议题1")
    assert "到会的还没登记" in village.say("文书", "都同意")


def test_a_vote_may_name_its_topic_by_its_words(desk: Village) -> None:
    assert "明年预算：应到" in desk.say("文书", "预算 同意30 反对5")
    assert "还多，没有记" in desk.say("文书", "预算 同意1 反对99")
    assert words(desk) == []


def test_one_number_of_a_vote_is_put_right(desk: Village) -> None:
    desk.say("文书", "同意30 反对5 弃权3")
    assert "同意30，反对3，弃权3" in desk.say("文书", "改一下 反对是3票")


def test_lines_are_read_out_deleted_and_put_right(desk: Village) -> None:
    """Each of these was stored as a line of its own."""
    for line in ("张桂兰：再看看", "王德福：先修渠", "李桂花：同意"):
        desk.say("文书", line)
    assert "2. 王德福：先修渠" in desk.say("文书", "念一下记录")
    assert "2. 王德福：先修渠" in desk.say("文书", "刚才记了啥")
    assert "这条去掉了" in desk.say("文书", "删掉第2条")
    assert "第1条改成：张桂兰：同意" in desk.say("文书", "第1条改成 张桂兰：同意")
    assert "这条去掉了" in desk.say("文书", "最后一条不要")
    assert words(desk) == [("张桂兰", "同意")]
    assert "没有这一条" in desk.say("文书", "删掉第9条")


@pytest.mark.parametrize("line", ["第1条路先修", "大家记了账再说", "张三：把第2条删掉", "删掉井边的树"])
def test_lines_that_only_sound_so_are_kept(desk: Village, line: str) -> None:
    desk.say("文书", line)
    assert len(words(desk)) == 1


def test_two_decisions_stay_two(desk: Village) -> None:
    """The second took the place of the first one's owner, and 12月32日 was the last of December."""
    assert "几号前办完" in desk.say("文书", "决定 换管子 张桂兰负责 昨天")
    second = desk.say("文书", "决定 修井房 李四负责 12月32日前")
    assert "没有12月32日" in second
    assert "名册上没找到李四" in second
    desk.say("文书", "12月20日前")
    assert [(row.text, row.owner, row.due_at and row.due_at.day) for row in desk.rows(t.decisions)] == [
        ("换管子", "张桂兰", None),
        ("修井房", "李四", 20),
    ]


def test_the_owner_is_told_although_another_has_his_name(desk: Village) -> None:
    desk.say("文书", "决定 打机井 王德福负责 12月5日前")
    desk.heard("老王")
    desk.say("文书", "记完了")
    desk.say("文书", "1")
    assert "打机井由您负责" in desk.heard("老王")


def test_the_result_is_told_though_it_was_written_early(village: Village) -> None:
    village.say("文书", BENCH)
    village.say("文书", "1")
    village.later(hours=29)
    for line in ("签到 王德福 张桂兰 王秀英", "会议记录", "决定 打机井 王德福负责 12月5日前", "记完了", "1"):
        village.say("文书", line)
    assert "定下：打机井" in village.say("文书", "会议结果")
    assert "定下：打机井" in village.say("老王", "会上定了啥")


def test_what_was_said_before_is_shown(village: Village) -> None:
    village.say("文书", BENCH)
    village.say("文书", "1")
    assert "还没有人提意见" in village.say("文书", "会前意见")
    village.say("老王", "3")
    village.say("老王", "井要打在村东头")
    assert "王德福：井要打在村东头" in village.say("文书", "大家说了啥")


def test_a_meeting_that_did_not_take_place_waits_for_no_result(village: Village) -> None:
    village.say("文书", BENCH)
    village.say("文书", "1")
    village.later(hours=31)
    assert "没开成" in village.say("文书", "会没开成")
    assert village.rows(t.meetings)[0].status == "cancelled"
    assert not village.matters()


def test_a_call_for_a_meeting_about_a_well_is_no_accident(village: Village) -> None:
    """板凳会 说机井 was asked whether anybody was in danger, and the meeting was lost."""
    assert "开板凳会" in village.say("文书", "明天下午三点在九社老槐树底下开个板凳会 说机井")
    village.say("文书", "取消")
    assert "先救人" in village.say("文书", "明天开会 九社有人掉机井了")
