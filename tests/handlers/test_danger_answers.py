"""What is answered in words while somebody may be in danger, or has been: nobody must find the digit first."""

from __future__ import annotations

import pytest

from handlers.danger_answers import is_alone, is_attended, is_close, is_unsure, nobody, presses
from handlers.danger_over import is_out, is_over
from storage import tables
from tests.handlers.talk import Village
from tests.handlers.test_polls import opened
from tests.handlers.test_voting_beside import choice

DESPAIR = "活起没得意思 还不如死了算了"
DOUBT = "后山裂了个大缝"
FIRE = "快来人 柴垛着火了"


def states(village: Village) -> list[str]:
    return [row.state for row in village.rows(tables.alarms)]


def kinds(village: Village) -> list[str]:
    return [row.kind for row in village.rows(tables.alarms)]


# -- is somebody with you?


@pytest.mark.parametrize(
    "said",
    ["没得", "没有人", "没得人", "一个人", "就我一个", "屋头就我一个人", "冇人", "他们都打工去了", "没人陪我", "2"],
)
def test_who_is_alone_says_so_in_words_and_the_two_hear_it_at_once(village: Village, said: str) -> None:
    """Only the digit was understood; in words he was asked the same again."""
    assert "您身边有人吗" in village.say("老王", DESPAIR)
    village.heard("李书记")
    told = village.say("老王", said)
    assert "再通知了一遍" in told
    assert "人命关天" in village.heard("李书记")
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("said", ["有人", "我婆娘在旁边", "老伴守着我", "有我妈陪着", "1"])
def test_who_is_not_alone_says_so_in_words(village: Village, said: str) -> None:
    village.say("老王", DESPAIR)
    assert "有人陪着就好" in village.say("老王", said)


@pytest.mark.parametrize("said", ["没得意思", "没得钱", "一个人都不理我还活啥", "我妈在医院", "工钱要不回来"])
def test_what_only_begins_so_answers_nothing(said: str) -> None:
    assert not is_alone(said)
    assert not is_attended(said)
    assert not is_close(said)


@pytest.mark.parametrize(
    "said", ["药都买好了", "绳子我都找好了", "我到河边了", "我站在楼顶上", "农药倒好了", "莫找我了"]
)
def test_who_has_the_means_at_hand_alerts_the_two_again(village: Village, said: str) -> None:
    """It got the same line as any other word, and the secretary read 又补充了; the river went to the keeper as a drowning."""
    village.say("老王", DESPAIR)
    village.heard("李书记")
    told = village.say("老王", said)
    assert "12356" in told
    assert "110" in told
    for who in ("李书记", "妇联"):
        assert said in village.heard(who)
    assert village.heard("小陈") == ""
    assert kinds(village) == ["suicide"]


@pytest.mark.parametrize("said", ["我没喝", "吃了饭", "喝了点酒", "不喝了", "我在屋头坐到"])
def test_what_is_not_at_hand(said: str) -> None:
    assert is_close(said) == (said == "喝了点酒")  # in such an hour rather once too often


@pytest.mark.parametrize("first", ["气得想跳河", "气得我想跳河 儿媳妇不让我进门", "怄得老子想喝药", "愁得我想上吊"])
@pytest.mark.parametrize("then", ["我现在就在河边上", "我就在河坎上站起的", "我站在水库坝上", "1"])
def test_despair_said_in_anger_is_asked_about_and_what_follows_alarms_the_two(
    village: Village, first: str, then: str
) -> None:
    """It was filed as a matter of heating or of marriage, by name, and the river as a drowning for the keeper."""
    asked = village.say("老王", first)
    assert "12356" in asked
    assert "有没有人有危险" in asked
    assert "12356" in village.say("老王", then)
    assert kinds(village) == ["suicide"]
    assert village.matter().is_sealed
    assert "人命关天" in village.heard("李书记")
    assert first in village.matter().text
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("said", ["热得想跳河", "气死我了", "气得肺都炸了", "笑得要断气了"])
def test_a_saying_stays_one(village: Village, said: str) -> None:
    assert "12356" not in village.say("老王", said)


# -- it is over, it was none


@pytest.mark.parametrize(
    ("cry", "said"),
    [
        ("孙娃子掉塘里了", "弄上来了 没事 吓死人"),
        ("孙娃子掉塘里了", "捞上来了 人好的"),
        ("孙娃子掉塘里了", "爬起来了 娃好着哩"),
        ("着火了", "没着 我看错了 是烧秸秆"),
        ("着火了", "没得事"),
        ("着火了", "莫得事了 泼熄了 谢谢大家"),
        ("着火了", "骗你的"),
        ("着火了", "真的是假的 娃娃拿手机耍的"),
        ("着火了", "是别个烧荒哩"),
        ("着火了", "对不住 发错了"),
    ],
)
def test_an_alarm_is_called_off_in_everyday_words(village: Village, cry: str, said: str) -> None:
    """He was asked again whether he was safe, and the keepers were alerted twice more."""
    village.say("老王", cry)
    village.heard("小陈")
    assert "没事就好" in village.say("老王", said)
    assert said in village.heard("小陈")
    assert states(village) == ["ended"]
    village.later(minutes=12)
    assert "人命关天" not in village.heard("小陈")


@pytest.mark.parametrize("said", ["人都跑出来了", "都撤出来了 吓死人", "1"])
def test_who_is_safe_while_it_burns_on_ends_no_alarm(village: Village, said: str) -> None:
    village.say("老王", "我屋头着火了")
    assert "没事就好" in village.say("老王", said)
    assert states(village) == ["open"]


@pytest.mark.parametrize("said", ["没打了 人走了", "拉开了", "没事了"])
def test_a_fight_that_is_over_is_told_and_those_alerted_go_on(village: Village, said: str) -> None:
    """没打了 人走了 was a second alarm. Who says that it is over may not be free to say it."""
    village.say("老王", "隔壁屋里两口子又干仗 男的拿棒子打女人 女的喊救命")
    village.heard("李书记")
    assert "没事就好" in village.say("老王", said)
    assert said in village.heard("李书记")
    assert states(village) == ["open"]


@pytest.mark.parametrize("said", ["没事 就是说气话", "气话，没得事", "开玩笑的"])
@pytest.mark.parametrize("first", ["1", ""])
def test_despair_taken_back_is_told_to_the_two(village: Village, first: str, said: str) -> None:
    """Once he had answered 1 it was read as a withdrawal: 您还没有反映过事情."""
    village.say("老王", DESPAIR)
    if first:
        village.say("老王", first)
    village.heard("李书记")
    assert "放心" in village.say("老王", said)
    assert said in village.heard("李书记")


@pytest.mark.parametrize(
    "said",
    [
        "捞上来了 没气了", "捞上来了", "没事才怪", "好的", "人没事 房子还在烧", "找到了 在河里", "还没找到", "火还没灭",
        "没事就来人啊", "没得水", "没人来", "不好",
    ],
)  # fmt: skip
def test_it_is_not_over(said: str) -> None:
    assert not is_over(said)


@pytest.mark.parametrize("said", ["跑出来了又进去了", "没跑出来", "水出来了", "狗跑出来咬人"])
def test_they_are_not_out(said: str) -> None:
    assert not is_out(said)


@pytest.mark.parametrize("said", ["看错了 是隔壁着火", "是烧秸秆引起的", "没着急", "骗你的钱"])
def test_it_was_no_mistake(village: Village, said: str) -> None:
    village.say("老王", "着火了")
    assert "没事就好" not in village.say("老王", said)


def test_the_keeper_calls_it_off_in_his_words(village: Village) -> None:
    village.say("老王", "我爹摔沟里头动不得了")
    village.say("小陈", "收到")
    assert "没听明白" not in village.say("小陈", "人抬回来了 没事")
    assert "人抬回来了" in village.heard("老王")


@pytest.mark.parametrize("said", ["是锅烧糊了", "没事了", "看错了 没得事"])
def test_gas_that_was_a_burnt_pot_reaches_the_keeper(village: Village, said: str) -> None:
    """It was answered with 您好，我在, and the keeper of the urgent matter heard nothing."""
    village.say("老王", "屋里一股煤气味咋办")
    village.heard("小陈")
    told = village.say("老王", said)
    assert "没事就好" in told
    assert "撤回" in told
    assert said in village.heard("小陈")


def test_what_is_over_of_no_urgent_matter_is_read_as_ever(village: Village) -> None:
    village.say("老王", "路灯坏了")
    assert "人没事就好" not in village.say("老王", "没事了")


# -- is somebody in danger?


@pytest.mark.parametrize("said", ["暂时没得", "还没有", "应该没有", "目前没得人", "没哪个", "冇得", "没有 就是怕塌"])
def test_nobody_is_in_danger(village: Village, said: str) -> None:
    assert "有没有人有危险" in village.say("老王", DOUBT)
    village.say("老王", said)
    assert village.kinds("老王") == []
    assert states(village) == []
    assert village.matter().text == DOUBT


@pytest.mark.parametrize(
    "said",
    [
        "有撒 天天有娃娃过路",
        "你管他有没有 先来人",
        "不晓得死没死",
        "说不准",
        "有的",
        "肯定有",
        "赶紧派人来",
        "砸到人了",
    ],
)
def test_somebody_is_or_may_be(village: Village, said: str) -> None:
    village.say("老王", DOUBT)
    village.say("老王", said)
    told = village.heard("小陈")
    assert DOUBT in told
    assert ("请核实" if said in ("不晓得死没死", "说不准") else "人命关天") in told


@pytest.mark.parametrize("said", ["在八社桥头那个弯弯", "就在小学后头那条巷巷", "有一米多宽 我怕", "昨黑下的雨"])
def test_more_about_it_is_kept_with_it_and_asked_again(village: Village, said: str) -> None:
    """A place became a second matter of another kind, and the alarm went out with the teller's home."""
    village.say("老王", DOUBT)
    assert "有没有人有危险" in village.say("老王", said)
    village.later(minutes=5)
    assert len(village.matters()) == 1
    assert village.matter().text == f"{DOUBT}\n{said}"


@pytest.mark.parametrize("said", ["进度", "催一下"])
def test_an_order_about_what_is_not_filed_yet_is_answered_with_the_question(village: Village, said: str) -> None:
    village.say("老王", DOUBT)
    assert "有没有人有危险" in village.say("老王", said)


@pytest.mark.parametrize(("said", "heard"), [("路灯坏了", "路灯照明"), ("找谁", "陈小军"), ("帮助", "办不了")])
def test_something_else_is_taken_as_such(village: Village, said: str, heard: str) -> None:
    village.say("老王", DOUBT)
    told = village.say("老王", said)
    assert "这话我一起记下了" not in told
    assert village.kinds("老王") != []


@pytest.mark.parametrize("said", ["不知道咋办", "不晓得咋办低保"])
def test_who_asks_what_to_do_is_not_unsure(said: str) -> None:
    assert not is_unsure(said)


@pytest.mark.parametrize("said", ["没水了", "没得水", "没人管", "没电"])
def test_nothing_there_is_not_nobody(said: str) -> None:
    assert nobody(said) is None


@pytest.mark.parametrize("said", ["有啥事", "进度", "有电话没", "一米多长"])
def test_these_press_for_nothing(said: str) -> None:
    assert not presses(said)


# -- of the same danger


@pytest.mark.parametrize(
    ("cry", "more"),
    [
        ("面包车翻到地里了", "人还压在里头"),
        ("我男人打我", "昏过去了"),
        ("着火了", "烧伤了"),
        ("有人掉河里了", "捞上来没气了"),
    ],
)
def test_what_it_did_is_no_second_alarm(village: Village, cry: str, more: str) -> None:
    """人还压在里头, of a crash, was a fallen house; who was beaten till she fainted was told of to the whole village."""
    village.say("老王", cry)
    first = len(village.letters("李书记"))
    village.say("老王", more)
    assert len(states(village)) == 1
    assert more in village.heard("李书记")
    assert first == 1


def test_a_house_that_fell_after_the_crash_is_one(village: Village) -> None:
    village.say("老王", "面包车翻到地里了")
    village.say("老王", "房子塌了压住人了")
    assert len(states(village)) == 2


@pytest.mark.parametrize("said", ["选东路", "东路", "投1"])
def test_a_vote_is_no_more_of_what_may_be_a_danger(village: Village, said: str) -> None:
    """It was kept with the story, and not counted."""
    opened(village)
    village.say("老王", DOUBT)
    assert "东路" in village.say("老王", said)
    assert choice(village) == 1
    village.later(minutes=6)
    assert DOUBT in village.matter().text
    assert "东路" not in village.matter().text
