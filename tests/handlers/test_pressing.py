"""Few words about what was told, which name nothing: they press, ask, take back or add, and are no matter."""

from __future__ import annotations

import pytest

from tests.handlers.talk import LAMP, Village


@pytest.fixture
def told(village: Village) -> Village:
    village.say("王秀英", LAMP)
    village.heard("小陈")
    return village


@pytest.mark.parametrize(
    "said",
    [
        "人呢",
        "说好今天来的 咋还没到",
        "师傅到哪了",
        "不是说昨天来吗 人还没到",
        "小陈说今天来的 怎么还没来",
        "修灯的人呢",
    ],
)
def test_whoever_waits_for_somebody_presses(told: Village, said: str) -> None:
    """Before, 人呢 was 没听明白, and the other was asked to be one of four topics."""
    told.later(days=1)
    told.heard("小陈")
    told.say("王秀英", said)
    assert "催办" in told.heard("小陈")
    assert len(told.matters()) == 1


@pytest.mark.parametrize("said", ["都催", "全部催一下", "两件都催一下", "都给我催催"])
def test_all_of_them_are_pressed_for(told: Village, said: str) -> None:
    """Before, 催过了, though of two only one was."""
    told.say("王秀英", "我家水管漏了")
    told.heard("小陈")
    told.say("王秀英", said)
    assert all(matter.urged_at for matter in told.matters())


def test_the_second_of_the_list_is_told(told: Village) -> None:
    told.say("王秀英", "我家水管漏了")
    told.say("王秀英", "进度")
    told.heard("小陈")
    assert "路灯照明" in told.say("王秀英", "第二个呢")
    assert told.heard("小陈") == ""


@pytest.mark.parametrize(
    "said", ["不用了", "前面说的那个不算", "不用来了", "刚才说的作废", "我刚才说的那个当没说", "不用管了"]
)
def test_what_is_not_wanted_any_more_is_asked_back(told: Village, said: str) -> None:
    """Before, 不用了 was 现在没有弄到一半的事, and the other an addition."""
    assert "要撤回" in told.say("王秀英", said)
    told.say("王秀英", "1")
    assert not told.matter().is_living


def test_nothing_is_taken_back_where_nothing_was_told(village: Village) -> None:
    assert "要撤回" not in village.say("王秀英", "不用了")


@pytest.mark.parametrize(
    "said", ["狗拴着呢 直接进", "门没锁 直接进来", "钥匙在窗台上", "家里有人 随时来", "我家狗拴好了 别怕", "大门开着呢"]
)
def test_how_one_gets_in_goes_to_the_keeper(told: Village, said: str) -> None:
    """Before, the dog on its chain was a matter of its own."""
    told.say("王秀英", said)
    assert len(told.matters()) == 1
    assert said[:4] in told.heard("小陈")


def test_a_dog_that_bites_is_a_matter(told: Village) -> None:
    told.say("王秀英", "隔壁的狗没拴 咬人")
    assert len(told.matters()) == 2


@pytest.mark.parametrize("said", ["又灭了", "又不亮了", "又坏了"])
def test_what_fails_again_long_after_is_told_anew(told: Village, said: str) -> None:
    """Before, 又灭了 was 没听明白 a week after it had been rated."""
    told.say("小陈", "001 办好了 换了灯泡")
    told.say("王秀英", "1")
    told.later(days=9)
    told.heard("小陈")
    told.say("王秀英", said)
    assert [matter.code for matter in told.matters()] == ["RC02", "RC02"]
    assert said in told.heard("小陈")


def test_a_matter_told_beside_an_old_grief_is_not_dropped(village: Village) -> None:
    """Before, 那就好 was all that was said, and the land was lost."""
    village.say("王秀英", "去年我老伴喝农药走的 现在他的地咋办")
    heard = village.say("王秀英", "2")
    assert "那就好" not in heard
    assert "土地" in heard
    village.later(minutes=45)
    assert "他的地" in village.matter().text
    assert "农药" not in village.matter().text


@pytest.mark.parametrize(
    "said", ["我眼睛看不见了 白内障 能报销不", "给我借五百块钱行不", "收药材吗", "给我讲个笑话", "我家也没水"]
)
def test_what_merely_sounds_like_a_command_is_none(village: Village, said: str) -> None:
    heard = village.say("王秀英", said)
    for beside in ("关怀模式", "没有要念的通知", "180天", "给您打电话", "您家也是啥事"):
        assert beside not in heard
