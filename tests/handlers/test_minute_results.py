"""What a meeting came to: judged by who is there as it is counted now, posted anew when it changes, written by its own."""

from __future__ import annotations

import pytest

from storage import tables_meetings as t
from tests.handlers.talk import Village


@pytest.fixture
def reps(village: Village) -> Village:
    """A representatives' meeting of 42 that began an hour ago; everything sent so far has been looked at."""
    return begin(village, "周四上午九点村委会开村民代表会 议题 老年饭桌", days=4)


@pytest.fixture
def assembly(village: Village) -> Village:
    """A villagers' assembly of 780 people in 300 households."""
    return begin(village, "12月5日上午九点村委会开村民会议 议题 老年饭桌", days=13)


def begin(village: Village, call: str, *, days: int) -> Village:
    village.say("李书记", call)
    assert village.say("李书记", "1").startswith("发出了")
    village.later(days=days)
    for who in ("李书记", "小陈", "老王"):
        village.heard(who)
    village.in_group()
    return village


def says(village: Village, *lines: str, who: str = "李书记") -> str:
    """The answer to the last of the lines."""
    return [village.say(who, line) for line in lines][-1]


def asked(village: Village) -> str:
    return village.say("老王", "会上定了啥")


@pytest.mark.parametrize(
    "recount",
    ["不对 到会的是27人", "到了27人", "数错了 到会27个", "只到了27人", "刚才数错了，实到27人", "应到42 实到27", "更正一下 到会27名代表", "又点了一遍 来了二十七个", "不是30人 是到了27人", "到会27"],
)  # fmt: skip
@pytest.mark.parametrize("when", ["desk", "read", "aside"])
def test_no_result_stands_with_too_few(reps: Village, recount: str, when: str) -> None:
    """The count was taken for a speech, or changed nothing of a vote that was in: 27 of 42 passed it, and the group read so."""
    says(reps, "会议记录", "到了30人", "同意16 反对10", "决定 打机井 陈小军负责 12月5日前")
    if when != "desk":
        assert "通过" in says(reps, "记完了")
    if when == "aside":
        says(reps, "3")
    says(reps, recount, "会议记录")
    assert "还差1人" in says(reps, "记完了")
    assert "结果发到群里了" in says(reps, "1")
    posted = reps.in_group()
    assert "到会27人" in posted
    assert "人数不够，表决不算数" in posted
    assert "通过" not in posted
    assert "定下" not in posted
    assert posted == asked(reps)
    assert "打机井" not in reps.heard("小陈")
    assert not [row for row in reps.rows(t.speeches) if row.kind == "words"]


def test_what_changed_after_the_reading_is_read_again(reps: Village) -> None:
    says(reps, "到了30人", "会议记录 同意16 反对10", "记完了")
    says(reps, "数错了 到会27人", who="文书")
    assert "再看一遍" in says(reps, "1")
    assert reps.in_group() == ""
    assert "结果发到群里了" in says(reps, "1")


def test_more_votes_than_people_are_asked_about_before_anything_is_posted(reps: Village) -> None:
    says(reps, "会议记录", "到了30人", "同意16 反对14", "到了28人")
    assert "票加起来30，到会只有28人" in says(reps, "记完了")
    assert "到会28人。同意15" in says(reps, "同意15 反对13")
    assert "通过" in says(reps, "记完了")


@pytest.mark.parametrize("line", ["张三：到了27人就开", "王五说来了2个人不算会", "同意20 反对7", "东头到了机器再挖"])
def test_a_line_with_a_number_is_no_count(reps: Village, line: str) -> None:
    says(reps, "会议记录", "到了30人", line)
    assert reps.rows(t.meetings)[0].counted_people == 30


def test_a_corrected_result_is_posted(reps: Village) -> None:
    """The reply said it was posted, the group kept the wrong one, and who asked heard the other."""
    says(reps, "到了40人", "会议记录 同意30 反对10", "记完了", "1")
    assert "同意30，反对10，弃权0，通过" in reps.in_group()
    says(reps, "会议记录", "同意10 反对30", "记完了", "1")
    posted = reps.in_group()
    assert "会议结果更正" in posted
    assert "没通过" in posted
    assert posted == asked(reps)
    says(reps, "会议记录", "同意30 反对10", "记完了", "1")
    assert "同意30，反对10，弃权0，通过" in (posted := reps.in_group()), "back to what was said first"
    assert posted == asked(reps)


def test_the_same_result_is_posted_once(reps: Village) -> None:
    says(reps, "到了40人", "会议记录 同意30 反对10", "记完了", "1")
    before = reps.in_group()
    assert "没有再发" in says(reps, "会议记录", "记完了", "1")
    assert reps.in_group() == ""
    assert asked(reps) == before


def test_the_count_of_a_result_that_is_out_is_put_right(reps: Village) -> None:
    says(reps, "到了30人", "会议记录 同意16 反对10", "记完了", "1")
    assert "重新发" in says(reps, "数错了 只到了27人")
    says(reps, "记完了", "1")
    assert "到会27人" in asked(reps)
    assert "表决不算数" in asked(reps)


def test_a_new_owner_hears_of_a_corrected_decision(reps: Village) -> None:
    says(reps, "到了40人", "会议记录 决定 打机井 陈小军负责 12月5日前", "记完了", "1")
    assert "12月5日" in reps.heard("小陈")
    assert "定下：打机井，陈小军负责" in asked(reps)


@pytest.mark.parametrize("who", ["小陈", "监委主任"])
@pytest.mark.parametrize(
    "line", ["会议记录 同意10 反对30", "会议记录 决定 澡堂承包给赵敏", "会议记录", "看会议记录", "散会"]
)
@pytest.mark.parametrize("is_out", [True, False])
def test_nobody_else_writes_the_minutes_of_anothers_meeting(reps: Village, who: str, line: str, is_out: bool) -> None:
    """Any keeper and the supervisor turned 通过 into 没通过, and the caller heard nothing."""
    says(reps, "到了40人", "会议记录 同意30 反对10")
    if is_out:
        says(reps, "记完了", "1")
    reps.say(who, line)
    assert "回 1 发出去" not in reps.say(who, "记完了")
    item = reps.rows(t.agenda)[0]
    assert (item.agreed, item.opposed) == (30, 10)
    assert reps.rows(t.decisions) == []
    assert not [row for row in reps.rows(t.speeches) if row.kind == "words"]


def test_to_read_is_open_to_the_supervisor(reps: Village) -> None:
    says(reps, "到了40人", "会议记录 同意30 反对10", "记完了", "1")
    assert "同意30，反对10，弃权0，通过" in reps.say("监委主任", "看会议记录")


def test_the_clerk_writes_and_the_caller_hears_what_he_put_right(reps: Village) -> None:
    says(reps, "到了40人", "会议记录 同意30 反对10", "记完了", "1", who="文书")
    assert "会议结果" not in reps.heard("李书记"), "the first one the group reads"
    says(reps, "会议记录", "同意29 反对10", "记完了", "1", who="文书")
    assert "改了会议结果" in reps.heard("李书记")


def test_a_keeper_writes_the_minutes_of_the_meeting_he_called(village: Village) -> None:
    village.say("小陈", "周四上午九点九社戏台开群众会 九社每户 议题 机井")
    village.say("小陈", "1")
    village.later(days=4)
    assert "开始记会1" in village.say("小陈", "会议记录")
    assert "开始记会1" in village.say("文书", "会议记录")


# -- counts of people and of households


@pytest.mark.parametrize(
    ("said", "people", "households", "enough"),
    [
        ("到了150户 400人", 400, 150, True),
        ("到了160户 共392人", 392, 160, True),
        ("到了400人 150户", 400, 150, True),
        ("到了392个人 160户人家", 392, 160, True),
        ("到会的一共400人，代表150户", 400, 150, True),
        ("到了400个人", 400, None, True),
        ("到了390个人", 390, None, False),
        ("实到391人，199户", 391, 199, True),
        ("来了300人 199户", 300, 199, False),
        ("到了200户", None, 200, True),
        ("到了199户", None, 199, False),
        ("应到780人 实到三百九十一人", 391, None, True),
        ("到了400个", 400, None, True),
    ],
)  # fmt: skip
def test_people_and_households_are_counted_apart(
    assembly: Village, said: str, people: int | None, households: int | None, enough: bool
) -> None:
    """Of 150户 400人 only the households were read, of 400个人 every person was a household (scenario E20)."""
    answer = assembly.say("文书", said)
    assert ("人数够了，能开" in answer) is enough, answer
    meeting = assembly.rows(t.meetings)[0]
    assert (meeting.counted_people, meeting.counted_households) == (people, households)
    assert ("能开了" in assembly.say("文书", "这会能不能开")) is enough


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("到了400户", "多了，没有记"),
        ("到了900人", "多了，没有记"),
        ("到了150户 100人", "户数不会比人数多"),
        ("到了三百多人", "准数"),
        ("来了五十来户", "准数"),
        ("到了三十几个", "准数"),
    ],
)
def test_a_count_that_cannot_be_is_asked_again(assembly: Village, said: str, answer: str) -> None:
    assembly.say("文书", "到了150户 400人")
    assert answer in assembly.say("文书", said)
    meeting = assembly.rows(t.meetings)[0]
    assert (meeting.counted_people, meeting.counted_households) == (400, 150)


def test_a_count_that_contradicts_the_one_before_takes_its_place(assembly: Village) -> None:
    assembly.say("文书", "到了210户")
    assert "还差" in assembly.say("文书", "数错了 只到了180人")
    assert "暂时还不能开" in assembly.say("文书", "这会能不能开")


def test_who_signed_in_is_there_though_fewer_were_counted(reps: Village) -> None:
    names = [row.name for row in reps.rows(t.invitations)]
    only = [name for name in names if names.count(name) == 1][:30]
    reps.say("文书", "签到 " + " ".join(only))
    assert f"签到的有{len(only)}人" in reps.say("文书", "到了5人")
