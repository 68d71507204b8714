"""An alarm is kept from whom its teller names, whenever he names him; what follows one that few may read goes to the same few."""

from __future__ import annotations

import pytest

from storage import tables
from tests.handlers.talk import LAMP, Village

CRY = "有人拿刀砍我 快来人"


@pytest.mark.parametrize(
    ("said", "accused"),
    [
        ("小陈砍我 快救命", "小陈"), ("李长河拿刀追着我 救命", "书记"), ("打我的是小陈 流血了", "小陈"),
        ("小陈把我堵在屋里 手里有刀", "小陈"), ("是书记打的我 血流不停 救命", "书记"), ("李书记屋里儿子拿刀砍我", "书记"),
    ],
)  # fmt: skip
def test_whoever_is_named_beside_blows_is_not_called(village: Village, said: str, accused: str) -> None:
    told = village.say("老王", said)
    village.later(minutes=4)
    assert village.person(accused).phone not in told
    assert village.heard(accused) == ""
    assert "【人命关天】" in village.heard("镇领导")
    assert village.matter().is_sealed


@pytest.mark.parametrize(
    "said",
    ["小陈你快来 有人拿刀砍我", "我叫小陈来 有人砍我 快点", "书记家门口有人动刀子", "给小陈打电话没人接 有人拿刀砍我", "书记 有人拿刀砍我"],
)  # fmt: skip
def test_who_is_called_or_lives_there_is_called(village: Village, said: str) -> None:
    village.say("老王", said)
    assert "【人命关天】" in village.heard("小陈")
    assert "【人命关天】" in village.heard("书记")


@pytest.mark.parametrize(
    ("named", "accused"),
    [
        ("是李书记", "书记"), ("拿刀的人是李长河", "书记"), ("李书记砍的我", "书记"), ("砍我的就是书记李长河", "书记"),
        ("小陈还堵在门口", "小陈"), ("动手的是小陈", "小陈"), ("小陈打的", "小陈"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("is_safe", [False, True])
def test_a_name_given_later_is_kept_with_the_alarm(village: Village, named: str, accused: str, is_safe: bool) -> None:
    """Before, the next line (我躲在…) and every further alert went to him, and he could answer 收到 for it."""
    village.say("老王", CRY)
    village.say("老王", named)
    assert named not in village.heard(accused)
    if is_safe:
        village.say("老王", "1")
    village.say("老王", "我藏在张婶家柴房里")
    village.later(minutes=12)
    assert village.heard(accused) == ""
    assert "已告诉" not in village.say(accused, "收到") + village.say(accused, "001 收到")
    assert "王德福" not in village.say(accused, "001 是谁报的")
    assert "（第3次" in village.heard("镇领导")
    assert village.matter("001").owner_id != village.person(accused).id


def test_a_name_in_an_addition_is_kept_with_it_too(village: Village) -> None:
    village.say("老王", CRY)
    village.say("老王", "1")
    village.heard("小陈")
    village.say("老王", "补充 是小陈")
    assert village.heard("小陈") == ""
    assert "是小陈" in village.heard("书记")


@pytest.mark.parametrize("said", ["书记你快来", "我给小陈说了", "在八社桥头"])
def test_a_call_for_help_takes_nobody_off_it(village: Village, said: str) -> None:
    village.say("老王", CRY)
    village.say("老王", said)
    village.heard("书记"), village.heard("小陈")
    village.say("老王", "我藏在张婶家柴房里")
    assert "柴房" in village.heard("书记")
    assert "柴房" in village.heard("小陈")


@pytest.mark.parametrize(
    ("story", "answer"),
    [
        ("我男人打我 救命", "没打了 他睡下了"), ("我不想活了", "说着玩的"), ("李书记拿刀砍我 救命", "看错了"),
        ("李书记拿刀砍我 救命", "2"), ("别说是我说的 有人拿刀砍人", "1"),
    ],
)  # fmt: skip
def test_what_answers_the_question_of_a_sealed_alarm_is_sealed(village: Village, story: str, answer: str) -> None:
    """Before, the letters were written first and sealed never: the clerk read them in 没送到的."""
    village.say("张婶", story)
    assert village.matter().is_sealed
    village.say("张婶", answer)
    assert all(row.body.startswith("sealed:") for row in village.rows(tables.outbox))
    assert not any(answer in row.text for row in village.rows(tables.inbox))


def test_blame_that_is_no_cry_goes_its_own_way_beside_despair(village: Village) -> None:
    village.say("张婶", "我不想活了")
    village.heard("妇联")
    assert "镇纪委" in village.say("张婶", "李书记收了我两千块钱")
    assert "两千" in village.heard("镇纪委")
    assert "两千" not in village.heard("妇联") + village.heard("书记")
    village.say("张婶", "我还是想死")
    assert "想死" in village.heard("妇联")


# -- what follows


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0, "补充 他喝醉了"), (0, "他拿东西砸窗子"), (0, "他还在喝酒 我不敢进屋"), (20, "他昨黑又打我了"),
        (20, "他又喝多了 我不敢回去"), (60, "他又动手了"), (2, "他在外头踹门"),
    ],
)  # fmt: skip
def test_what_follows_a_beating_goes_to_the_same_few(village: Village, hours: int, said: str) -> None:
    """Before, it became an illness, a fight or somebody missing, by her name, at keeper and town."""
    village.say("王秀英", "男人又打我")
    village.say("王秀英", "1")
    village.say("妇联", "收到")
    village.heard("妇联")
    village.later(hours=hours)
    village.say("王秀英", said)
    village.later(minutes=6)
    assert village.heard("小陈") == village.heard("镇领导") == ""
    assert said.removeprefix("补充 ") in village.heard("妇联")
    assert all(matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize("said", ["邻居家着火了", "我妈晕倒了 没气了", "隔壁有人拿刀砍人"])
def test_another_danger_is_another_alarm(village: Village, said: str) -> None:
    village.say("王秀英", "男人又打我")
    village.say("王秀英", "1")
    village.say("王秀英", said)
    assert said in village.heard("小陈")


@pytest.mark.parametrize("is_lamp_told", [False, True])
@pytest.mark.parametrize("more", ["补充 那笔是修渠的钱", "补充 赵家能作证", "补充 转账的", "有录音"])
def test_an_addition_to_what_was_sealed_stays_sealed(village: Village, more: str, is_lamp_told: bool) -> None:
    if is_lamp_told:
        village.say("老王", LAMP)
        village.heard("小陈")
    village.say("老王", "匿名 村里账不对 会计拿了公家的钱")
    village.say("老王", more)
    village.later(hours=1)
    assert village.heard("小陈") == ""
    assert more.removeprefix("补充 ") in village.heard("镇纪委")


@pytest.mark.parametrize("more", ["补充 路灯杆子也歪了", "还没人来修灯"])
def test_an_addition_to_the_lamp_reaches_its_keeper(village: Village, more: str) -> None:
    village.say("老王", LAMP)
    village.say("老王", "匿名 村里账不对 会计拿了公家的钱")
    village.heard("小陈"), village.heard("镇纪委")
    village.say("老王", more)
    assert village.heard("小陈")
    assert village.heard("镇纪委") == ""


@pytest.mark.parametrize(
    ("first", "more", "reader"),
    [
        ("匿名 村里账不对 会计拿了公家的钱", "他前年还拿了赵家三千", "镇纪委"),
        ("匿名 村里账不对 会计拿了公家的钱", "补充 赵家能作证", "镇纪委"),
        ("不要说是我说的 我隔壁家养猪臭得很", "还是臭", "小陈"),
    ],
)
def test_a_day_later_it_still_goes_on_with_it(village: Village, first: str, more: str, reader: str) -> None:
    village.say("老王", first)
    village.heard(reader)
    village.later(days=1)
    village.heard(reader)
    village.say("老王", more)
    village.later(hours=2)
    assert more.removeprefix("补充 ") in village.heard(reader)
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["他家水管漏了", "又停电了", "路灯还是不亮", "还没人来收垃圾"])
def test_a_day_later_a_matter_of_its_own_is_filed(village: Village, said: str) -> None:
    village.say("老王", "匿名 村里账不对 会计拿了公家的钱")
    village.heard("镇纪委")
    village.later(days=1)
    village.say("老王", said)
    assert said not in village.heard("镇纪委")
