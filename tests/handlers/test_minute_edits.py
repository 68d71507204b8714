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


@pytest.fixture
def reps(village: Village) -> Village:
    """Forty of forty-two representatives are there; three have spoken, and one thing is decided."""
    village.say("李书记", "周四上午九点村委会开村民代表会 议题 戏票")
    village.say("李书记", "1")
    village.later(days=4)
    for line in ("到了40人", "会议记录", "老王：票价三块", "张婶：路上撒盐", "张三：男女不一样"):
        village.say("文书", line)
    village.say("文书", "决定 修渠 赵敏负责 12月5日前")
    return village


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("上一句改一下 是男女一样大", ("张三", "男女一样大")),
        ("刚才那句不对，应该是男女一样大", ("张三", "男女一样大")),
        ("最后一条改成男女一样大", ("张三", "男女一样大")),
        ("老王那句不对 是两块", ("老王", "两块")),
        ("把老王的话改成：票价两块", ("老王", "票价两块")),
        ("老王说的那句错了，是票价两块", ("老王", "票价两块")),
        ("张婶不是说撒盐 是说撒煤渣", ("张婶", "路上撒煤渣")),
        ("张婶说的不是撒盐，是撒煤渣", ("张婶", "路上撒煤渣")),
    ],
)
def test_what_somebody_said_is_put_right_in_plain_words(reps: Village, line: str, kept: tuple[str, str]) -> None:
    """Each became a line of its own, or of a speaker 张婶不是, beside the one that was wrong."""
    assert "改成" in reps.say("文书", line)
    assert kept in words(reps)
    assert len(words(reps)) == 3


@pytest.mark.parametrize(
    ("line", "owner", "day"),
    [
        ("改成小陈负责", "小陈", 5), ("不是赵敏 是周正负责", "周正", 5), ("不对，应该由周正负责", "周正", 5), ("换周正牵头", "周正", 5),
        ("负责人换成周正来办", "周正", 5), ("日期改到12月20日", "赵敏", 20), ("期限不对 改成12月20号", "赵敏", 20), ("改到12月20日前办完", "赵敏", 20),
    ],
)  # fmt: skip
def test_a_decision_is_put_right(reps: Village, line: str, owner: str, day: int) -> None:
    """改成小陈负责 was a line of the minutes, and 赵敏 was told that it is hers."""
    reps.say("文书", line)
    kept = reps.rows(t.decisions)
    assert [(row.owner, row.due_at.astimezone(reps.now.tzinfo).day) for row in kept] == [(owner, day)]
    assert len(words(reps)) == 3


@pytest.mark.parametrize("line", ["撤掉刚才的决定", "刚才的决定作废", "那个决定不算", "把上一个决定删了"])
def test_a_decision_is_taken_back(reps: Village, line: str) -> None:
    assert "去掉了" in reps.say("文书", line)
    for said in ("记完了", "1"):
        reps.say("文书", said)
    assert "修渠" not in reps.in_group()
    assert "修渠" not in reps.say("老王", "会上定了啥")
    assert "由您负责" not in reps.heard("文书")


@pytest.mark.parametrize(
    ("lines", "votes"),
    [
        (("都同意", "不是都同意 有三户反对"), (37, 3, 0)),
        (("都同意", "没有都同意，有2人弃权"), (38, 0, 2)),
        (("同意30 反对9", "改一下 同意31 反对9"), (31, 9, 0)),
        (("同意30 反对9", "刚数错了 赞成14"), (14, 9, 0)),
        (("同意30 反对5", "反对的应该是9"), (30, 9, 0)),
        (("同意30 反对5", "重新数了一遍 同意28 反对7"), (28, 7, 0)),
        (("赞成的15个 反对的10个 没举手的3个",), (15, 10, 3)),
        (("15个赞成 10个反对 3个没举手",), (15, 10, 3)),
    ],
)
def test_a_vote_is_put_right(reps: Village, lines: tuple[str, ...], votes: tuple[int, int, int]) -> None:
    for line in lines:
        reps.say("文书", line)
    item = reps.rows(t.agenda)[0]
    assert (item.agreed, item.opposed, item.abstained) == votes
    assert len(words(reps)) == 3


@pytest.mark.parametrize("line", ["不对，记错了", "反对的应该是19", "数错了"])
def test_a_correction_that_is_not_understood_is_asked_about(reps: Village, line: str) -> None:
    assert "要改哪样" in reps.say("文书", line)
    assert len(words(reps)) == 3


@pytest.mark.parametrize("line", ["看看记了啥", "看会议记录", "都记了些啥", "会议记录给我念一下"])
def test_what_is_written_is_read_out(reps: Village, line: str) -> None:
    assert "1. 老王：票价三块" in reps.say("文书", line)
    assert len(words(reps)) == 3


@pytest.mark.parametrize("line", ["会议记录 补一条 决定 老人免费", "补一条 决定 老人免费", "再记一条：决定：老人免费"])
def test_a_decision_is_added(reps: Village, line: str) -> None:
    reps.say("文书", line)
    assert [row.text for row in reps.rows(t.decisions)] == ["修渠", "老人免费"]


@pytest.mark.parametrize(
    "line",
    ["李四：不是票价的事", "王五说不是都同意", "不是钱的事，是没人管", "赵六：改成两块行不行", "这事得有人负责", "日子改到腊月谁都方便", "张婶说是撒盐好"],
)  # fmt: skip
def test_what_only_sounds_like_a_correction_is_a_line(reps: Village, line: str) -> None:
    reps.say("文书", line)
    assert len(words(reps)) == 4
    assert [(row.owner, row.due_at.astimezone(reps.now.tzinfo).day) for row in reps.rows(t.decisions)] == [("赵敏", 5)]
