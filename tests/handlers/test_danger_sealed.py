"""What is said after something sealed goes the same way: the few who read the one hear of the other, and nobody else."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

AT_HOME = "我那口子喝酒就打人 打了十几年了"
BEATEN = "我男人打我"
UNNAMED = "匿名 隔壁在偷排污水"


def told_openly(village: Village) -> str:
    """What reached those who may not read what happens at home."""
    return "".join(village.heard(who) for who in ("小陈", "镇领导", "朱德福"))


@pytest.mark.parametrize(
    "said",
    [
        "他刚才又打了",
        "又打了",
        "他又动手了",
        "我眼睛都肿了",
        "刚才又打了我一顿",
        "他还在打",
        "他拿皮带抽我",
        "又开始打了",
        "他拿刀了",
        "我被打出血了",
    ],
)
@pytest.mark.parametrize("days", [0, 1])
def test_blows_after_sealed_ones_are_told_to_the_same_few(village: Village, said: str, days: int) -> None:
    village.say("张婶", AT_HOME)
    village.later(days=days)
    village.heard("妇联")
    assert "110" in village.say("张婶", said)
    assert "【人命关天】" in village.heard("妇联")
    assert said not in told_openly(village)
    assert all(matter.is_sealed for matter in village.matters())


@pytest.mark.parametrize("said", ["又打了", "又动手了", "还在打", "刚又打了一顿", "打得更凶了", "又挨打了"])
@pytest.mark.parametrize("calm", ["1", "谢谢 我没事了"])
@pytest.mark.parametrize("hours", [0, 2, 20])
def test_blows_after_an_alarm_at_home_are_told_to_the_same_few(
    village: Village, said: str, calm: str, hours: int
) -> None:
    village.say("张婶", BEATEN)
    village.say("张婶", calm)
    village.later(hours=hours)
    village.heard("妇联")
    assert "110" in village.say("张婶", said)
    assert said in village.heard("妇联")
    assert told_openly(village) == ""


@pytest.mark.parametrize("said", ["昨晚又打了一回", "昨天夜里又动手了", "前天又挨打了"])
def test_blows_of_last_night_are_told_as_well(village: Village, said: str) -> None:
    """Answered with a greeting before."""
    village.say("张婶", BEATEN)
    village.say("张婶", "1")
    village.later(days=1)
    village.heard("妇联")
    assert "110" in village.say("张婶", said)
    assert said in village.heard("妇联")
    assert told_openly(village) == ""


@pytest.mark.parametrize("said", ["着火了快来人", "我爸晕倒了叫不醒", "隔壁老李家打起来了 出血了", "有人掉河里了"])
def test_another_danger_stays_everybodys(village: Village, said: str) -> None:
    village.say("张婶", AT_HOME)
    village.say("张婶", said)
    assert said in village.heard("小陈")


@pytest.mark.parametrize(
    "said", ["你别给我儿子说 他会打死我", "千万莫跟我儿子讲 他要打死我的", "不要让我儿子知道 他会打死我"]
)
def test_who_fears_blows_at_home_is_asked_and_nobody_else_hears(village: Village, said: str) -> None:
    village.say("王秀英", "我儿子打我 不给我饭吃")
    village.heard("妇联")
    answer = village.say("王秀英", said)
    assert "110" in answer or "有没有人有危险" in answer
    assert "别人看不到" in answer or "不告诉" in answer or "不跟别人说" in answer or "只有" in answer
    village.later(minutes=6)
    assert told_openly(village) == ""
    assert said in village.heard("妇联")


@pytest.mark.parametrize(
    "said",
    ["在村东头砖厂后面", "在村西头猪场后面", "就在河边上那家", "水都发黑了 臭得很", "晚上偷着排 臭得人头疼"],
)
@pytest.mark.parametrize("minutes", [0, 20])
def test_more_of_what_bears_no_name_is_no_alarm_by_name(village: Village, said: str, minutes: int) -> None:
    village.say("老王", UNNAMED)
    village.later(minutes=minutes)
    village.heard("小陈")
    village.say("老王", said)
    village.later(minutes=6)
    told = "".join(village.heard(who) for who in ("小陈", "书记", "镇领导"))
    assert "王德福" not in told
    assert village.phone("老王") not in told
    assert said in told


@pytest.mark.parametrize("said", ["在村东头砖厂后面", "就在村西头猪场后面", "是在河边那家"])
@pytest.mark.parametrize("hours", [2, 20])
def test_where_it_was_is_told_later_without_a_name(village: Village, said: str, hours: int) -> None:
    village.say("老王", UNNAMED)
    village.later(hours=hours)
    village.heard("小陈")
    village.say("老王", said)
    village.later(minutes=6)
    told = "".join(village.heard(who) for who in ("小陈", "书记", "镇领导"))
    assert said in told
    assert "王德福" not in told


@pytest.mark.parametrize("said", ["又打了", "他又动手了", "昨晚又打了一回"])
def test_a_lamp_told_of_between_takes_no_alarm_away(village: Village, said: str) -> None:
    village.say("张婶", AT_HOME)
    village.say("张婶", "另外村口路灯坏了")
    village.later(minutes=30)
    village.heard("小陈")
    village.heard("妇联")
    assert "110" in village.say("张婶", said)
    assert "【人命关天】" in village.heard("妇联")
    assert told_openly(village) == ""


@pytest.mark.parametrize("said", ["着火了快来人", "我爸晕倒了叫不醒"])
def test_a_danger_told_after_what_bears_no_name_is_told_by_name(village: Village, said: str) -> None:
    village.say("老王", UNNAMED)
    village.say("老王", said)
    assert "王德福" in village.heard("书记")


@pytest.mark.parametrize(
    "said",
    [
        "我心里头焦得很 活着没得意思",
        "我把药都攒够了 你们以后不用给我送菜了",
        "我要是不在了 娃们就轻省了",
        "没盼头了",
        "我想走了 去找我老汉",
        "我死了你们就轻松了",
        "我走了以后娃就交给你们了",
        "我不想拖累娃们了",
        "我想去那边陪老伴",
        "等我走了 你们把猪卖了",
    ],
)
def test_despair_in_its_own_words_is_for_the_two(village: Village, said: str) -> None:
    answer = village.say("王秀英", said)
    assert "12356" in answer
    village.later(minutes=6)
    assert told_openly(village) == ""
    assert said in village.heard("书记")


def test_who_is_threatened_at_home_is_not_ill(village: Village) -> None:
    for said in ("我不想跟他过了 他拿娃威胁我", "我要离婚 他说要把娃弄死", "他喝了酒就摔东西 我不敢回屋"):
        village.say("张婶", said)
        village.later(hours=1)
        assert told_openly(village) == ""
    assert "威胁" in village.heard("妇联")


@pytest.mark.parametrize(
    "said", ["我和男人吵架了 他摔门走了", "我跟媳妇吵了一架 她摔门走了", "两口子吵架 他摔了个碗走了"]
)
def test_a_quarrel_is_no_illness(village: Village, said: str) -> None:
    village.say("张婶", said)
    village.later(minutes=6)
    assert "急病" not in village.heard("书记") + village.heard("小陈")
    assert all(matter.urgency != "P0" for matter in village.matters())


@pytest.mark.parametrize(
    "said",
    [
        "他们把危房指标给了有楼房的人",
        "他们把低保都给了自己亲戚",
        "村干部把救灾的米面都拉回自己家了",
        "我不是告书记啊 我就是说路不好走",
    ],
)
def test_blame_of_those_in_office_that_sounds_a_little_like_a_cry_reaches_none_of_them(
    village: Village, said: str
) -> None:
    village.say("老王", said)
    village.later(minutes=6)
    assert said not in village.heard("书记")


@pytest.mark.parametrize("said", ["他们把危房指标给了有楼房的人", "有人把救灾款分给亲戚了"])
def test_such_blame_is_for_discipline_inspection(village: Village, said: str) -> None:
    """Which it is was asked about a danger, and afterwards not understood."""
    assert "举报腐败" in village.say("老王", said)
    village.say("老王", "1")
    assert said in village.heard("镇纪委")
    assert village.heard("小陈") == village.heard("书记") == ""


@pytest.mark.parametrize("said", ["昨晚有人砸我家窗户", "昨晚有人砸我家的门", "他叫人来打我"])
@pytest.mark.parametrize("hours", [1, 20])
def test_what_befalls_him_who_has_accused_is_not_for_the_accused(village: Village, said: str, hours: int) -> None:
    village.say("老王", "书记贪污救灾款")
    village.later(hours=hours)
    village.heard("书记")
    village.say("老王", said)
    village.later(minutes=6)
    assert said not in village.heard("书记")
    assert said in "".join(map(village.heard, ("小陈", "妇联", "镇领导", "镇纪委")))
