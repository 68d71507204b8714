"""Minutes by conversation: lines, votes, decisions with owner and date, pictures, the result to the group."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.messages import Kind
from handlers.minute_words import votes_of
from storage import tables_meetings as t
from tests.handlers.talk import Village


def held(
    village: Village, text: str = "周五晚上七点在村委会开群众会，议题：机井、修路 全村", *, present: int = 0
) -> None:
    """A meeting that began ten minutes ago, so many people having signed in."""
    assert "回 1 发出" in village.say("李书记", text)
    assert village.say("李书记", "1").startswith("发出了")
    village.later(days=5, hours=9, minutes=10)
    names = [row.name for row in village.rows(t.invitations)]
    once = [name for name in names if names.count(name) == 1][:present]
    if once:
        village.say("文书", "签到 " + " ".join(once))


def said(village: Village) -> list[tuple[str, str, str]]:
    return [(s.speaker, s.text, s.stance) for s in village.rows(t.speeches) if s.kind == "words"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("会议记录 张三:同意 李四:不同意", [("张三", "同意", "同意"), ("李四", "不同意", "反对")]),
        ("会议记录 张三：同意，先修渠；李四：弃权", [("张三", "同意，先修渠", "同意"), ("李四", "弃权", "弃权")]),
        ("记一下 老张说先修渠 老赵说太贵了", [("老张", "先修渠", ""), ("老赵", "太贵了", "")]),
        ("会议纪要 王主任：没意见", [("王主任", "没意见", "")]),
    ],
)
def test_who_said_what(village: Village, text: str, lines: list[tuple[str, str, str]]) -> None:
    held(village)
    answer = village.say("文书", text)
    assert said(village) == lines, answer
    assert village.matters() == []


def test_points_belong_to_their_topic(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录")
    village.say("文书", "张三：都行")
    village.say("文书", "议题2")
    village.say("文书", "李四：路先修一半")
    village.say("文书", "议题1 王五：井要打深")
    items = {row.id: row.title for row in village.rows(t.agenda)}
    assert [(s.speaker, items.get(s.item_id)) for s in village.rows(t.speeches)] == [
        ("张三", None), ("李四", "修路"), ("王五", "机井"),
    ]  # fmt: skip


def test_a_line_that_was_wrong_is_taken_back(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录 张三:同意")
    assert "去掉了" in village.say("文书", "上一条不要")
    assert said(village) == []


@pytest.mark.parametrize(
    ("text", "text_kept", "owner", "due"),
    [
        ("决定：打机井，王秀英负责，12月5日前办完", "打机井", "王秀英", "12-05"),
        ("定了 先修北边 陈小军管 12月10号前弄完", "先修北边", "陈小军", "12-10"),
        ("会上定了 修九社的路 由陈小军负责 月底前完成", "修九社的路", "陈小军", "11-30"),
        ("决定 账目公开", "账目公开", "", None),
    ],
)
def test_decisions_are_rows_with_owner_and_date(
    village: Village, text: str, text_kept: str, owner: str, due: str | None
) -> None:
    held(village)
    village.say("文书", "会议记录")
    village.say("文书", text)
    row = village.rows(t.decisions)[0]
    local = row.due_at.astimezone(village.now.tzinfo) if row.due_at else None
    assert (row.text, row.owner, f"{local:%m-%d}" if local else None) == (text_kept, owner, due)
    assert (row.owner_id is not None) == bool(owner)


def test_of_a_deadline_in_the_middle_nothing_is_left_over(village: Village) -> None:
    """12月10日前修好 left 前修好."""
    held(village)
    village.say("文书", "会议记录")
    assert "机井，修好，陈小军负责，12月10日" in village.say("文书", "定了:机井由陈小军负责 12月10日前修好")


def test_what_a_decision_lacks_is_asked(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录")
    assert "谁负责" in village.say("文书", "决定 账目公开")
    assert "几号前" in village.say("文书", "李长河负责")
    village.say("文书", "下周五前")
    row = village.rows(t.decisions)[0]
    assert (row.owner, row.due_at.astimezone(village.now.tzinfo).date()) == (
        "李长河",
        village.now.date() + timedelta(days=7),
    )


def test_votes_need_a_quorum_and_a_majority(village: Village) -> None:
    """27 of 42 is no quorum, 28 is; of 28 it takes 15 (scenario E19)."""
    held(village, "周五晚上七点在村委会开代表会说修路", present=27)
    village.say("文书", "会议记录")
    assert "人数不够" in village.say("文书", "同意20 反对7")
    assert village.rows(t.agenda)[0].agreed is None
    names = [row.name for row in village.rows(t.invitations) if row.signed_at is None]
    village.say("文书", f"签到 {next(n for n in names if names.count(n) == 1)}")
    assert "没通过" in village.say("文书", "同意14 反对10 弃权4")
    assert "通过" in village.say("文书", "同意15 反对10 弃权3")
    item = village.rows(t.agenda)[0]
    assert (item.outcome, item.agreed, item.opposed, item.abstained) == ("passed", 15, 10, 3)


@pytest.mark.parametrize(
    "words", ["28个同意 3个反对 1个弃权", "有28人同意，3人不同意，1人弃权", "第一个议题 28个同意 3个反对 1个弃权"]
)
def test_the_count_may_stand_before_the_word(village: Village, words: str) -> None:
    held(village, "周五晚上七点在村委会开群众会说修路 全村", present=40)
    village.say("文书", "会议记录")
    village.say("文书", words)
    item = village.rows(t.agenda)[0]
    assert (item.agreed, item.opposed, item.abstained) == (28, 3, 1)


@pytest.mark.parametrize("words", ["记完啦", "好咧", "会开完啦", "就这些了", "散会咧"])
def test_the_end_is_heard_however_it_ends(village: Village, words: str) -> None:
    held(village)
    village.say("文书", "会议记录 张三:同意")
    assert "回 1 发出去" in village.say("文书", words)


@pytest.mark.parametrize("words", ["刚才那句删了", "把上面那条撤掉", "最后那条去掉"])
def test_the_last_line_goes_however_that_is_said(village: Village, words: str) -> None:
    held(village)
    village.say("文书", "会议记录 张三:同意")
    assert "去掉了" in village.say("文书", words)
    assert said(village) == []


def test_more_votes_than_people_are_not_kept(village: Village) -> None:
    held(village, "周五晚上七点在村委会开代表会说修路", present=28)
    village.say("文书", "会议记录")
    assert "还多" in village.say("文书", "同意28 反对3")
    assert village.rows(t.agenda)[0].agreed is None


def test_with_several_topics_a_vote_names_its_own(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录")
    assert "哪个议题" in village.say("文书", "同意28 反对3")
    village.say("文书", "议题2 同意28 反对3")
    assert [row.agreed for row in village.rows(t.agenda)] == [None, 28]


def test_pictures_and_voices_join_the_minutes(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录")
    assert "照片" in village.picture("文书")
    assert "语音" in village.voice("文书")
    assert [s.kind for s in village.rows(t.speeches)] == ["picture", "voice"]
    assert village.matters() == []
    village.picture("老王")
    assert len(village.rows(t.speeches)) == 2, "only those of whoever records"


def test_a_complaint_of_the_clerks_own_stays_one(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录")
    assert "编号" in village.say("文书", "八社的路灯坏了好几天了")
    assert said(village) == []


def test_the_result_goes_to_the_group_and_each_owner_hears_his(village: Village) -> None:
    held(village)
    village.in_group()
    village.say("文书", "会议记录")
    village.say("文书", "张三：我家的地不能占")
    village.say("文书", "议题1 同意28 反对3")
    village.say("文书", "决定 打机井 陈小军负责 12月5日前")
    back = village.say("文书", "记完了")
    assert "回 1 发出去，2 接着记，3 先放着" in back
    assert village.in_group() == "", "read back first"
    answer = village.say("文书", "1")
    posted = village.in_group()
    assert "同意28，反对3" in posted
    assert "打机井，陈小军负责，12月5日 周六前办完" in posted
    assert "张三" not in posted, "what each person said is for the minutes"
    assert "打机井由您负责" in village.heard("小陈")
    assert village.rows(t.meetings)[0].status == "held"
    script = next(line for line in answer.splitlines() if line.startswith("喇叭稿：")).removeprefix("喇叭稿：")
    assert len(script) <= 80


def test_going_on_and_putting_aside(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录 张三:同意")
    village.say("文书", "记完了")
    village.say("文书", "2")
    village.say("文书", "李四：再看看")
    village.say("文书", "散会了")
    village.say("文书", "3")
    assert village.rows(t.meetings)[0].status == "called"
    assert len(said(village)) == 2


def test_minutes_of_no_meeting(village: Village) -> None:
    assert "眼下没有通知过的会" in village.say("文书", "会议记录")
    assert village.does("文书", Kind.IMAGE) != ""


def test_a_villager_keeps_no_minutes(village: Village) -> None:
    held(village)
    village.say("老王", "会议记录 张三:同意")
    assert said(village) == []


def test_what_was_said_and_what_was_decided_may_stand_in_one_line(village: Village) -> None:
    held(village)
    answer = village.say("文书", "会议记录 张三:同意 李四:太贵了 决定: 打机井 王德福负责 12月5日前办完")
    assert said(village) == [("张三", "同意", "同意"), ("李四", "太贵了", "")], answer
    decided = village.rows(t.decisions)
    assert [(d.text, d.owner, f"{d.due_at:%m-%d}") for d in decided] == [("打机井", "王德福", "12-05")]


def test_until_when_nothing_is_done_is_no_deadline(village: Village) -> None:
    held(village)
    village.say("文书", "会议记录 老赵说先看看 决定：腊月前不打")
    assert [(d.text, d.due_at) for d in village.rows(t.decisions)] == [("腊月前不打", None)]
    assert said(village) == [("老赵", "先看看", "")]


@pytest.mark.parametrize("line", ["张三:这事早就决定了", "老赵说决定权在村民会议"])
def test_a_word_of_deciding_within_what_was_said_cuts_nothing(village: Village, line: str) -> None:
    held(village)
    village.say("文书", f"会议记录 {line}")
    assert len(said(village)) == 1
    assert village.rows(t.decisions) == []


@pytest.mark.parametrize("line", ["路灯先装东头", "大家都同意修", "机井归小陈管，腊月二十前打好", "举手表决通过了"])
def test_what_the_meeting_speaks_of_is_a_line_and_no_matter(village: Village, line: str) -> None:
    """路灯装东头 became a matter, and 机井归小陈管，腊月二十前打好 called a meeting."""
    held(village)
    village.say("文书", "会议记录")
    assert "记下了" in village.say("文书", line)
    assert line in [row.text for row in village.rows(t.speeches)]
    assert village.matters() == []


def test_what_was_decided_is_told_to_whoever_asks(village: Village) -> None:
    """会上定了啥 became a matter."""
    held(village)
    assert "还没有" in village.say("老王", "会上定了啥")
    village.say("文书", "会议记录 决定：打机井，王秀英负责，12月5日前办完")
    village.say("文书", "记完了")
    village.say("文书", "1")
    for words in ("会上定了啥", "会议结果", "上次会上决定了什么"):
        assert "打机井，王秀英负责" in village.say("老王", words)
    assert village.matters() == []


@pytest.mark.parametrize("who", ["老王", "李书记"])
@pytest.mark.parametrize(
    "words",
    [
        "会上定的事办了没", "会咋说的", "会上咋定的", "开会说了个啥", "昨晚会上定了个啥", "会上说的机井打了没",
        "我没去开会 会上都说了啥", "会上定的办得咋样了", "会上定的事落实了没有", "上次会上说的那件事到哪一步了",
        "那个机井定了没", "打机井的事谁负责", "机井咋定的", "会上定的事谁负责", "机井几时打", "会议记录给我看看",
    ],
)  # fmt: skip
def test_how_far_a_decision_is_is_asked_of_its_owner(village: Village, who: str, words: str) -> None:
    """会上定的事办了没 became a matter."""
    held(village)
    village.say("文书", "会议记录 决定：打机井，王秀英负责，12月5日前办完")
    village.say("文书", "记完了")
    village.say("文书", "1")
    said = village.say(who, words)
    assert "打机井，王秀英负责" in said
    assert f"问负责的人：王秀英 {village.phone('王秀英')}" in said
    assert village.matters() == []


@pytest.mark.parametrize("words", ["低保定了没", "水管坏了谁负责", "机井坏了没人修", "开会的桌子坏了没人修"])
def test_what_no_meeting_decided_is_no_question_about_one(village: Village, words: str) -> None:
    held(village)
    village.say("文书", "会议记录 决定：打机井，王秀英负责，12月5日前办完")
    village.say("文书", "记完了")
    village.say("文书", "1")
    assert "打机井" not in village.say("老王", words)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("举手表决 同意 30 反对 2", (30, 2, 0)),
        ("改成 同意31 反对2 弃权1", (31, 2, 1)),
        ("大家表决：28个同意，3个反对", (28, 3, 0)),
    ],
)
def test_a_count_is_read_with_what_people_say_before_it(said: str, counts: tuple[int, int, int]) -> None:
    """举手表决 同意 30 was noted as words, and the result told no count."""
    votes = votes_of(said)
    assert votes is not None
    assert (votes.agreed, votes.opposed, votes.abstained) == counts
