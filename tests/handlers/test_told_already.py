"""What has been told already is not filed again, and where another's matter stands is not told to everybody."""

from __future__ import annotations

import pytest

from tests.handlers.talk import LAMP, Village


@pytest.mark.parametrize("again", [LAMP, f"{LAMP}！", f"{LAMP}啊", "九社 巷子口的路灯坏了。"])
def test_the_same_words_are_the_same_matter(filed: Village, again: str) -> None:
    filed.heard("小陈")
    told = filed.say("老王", again)
    assert "已经记着了" in told
    assert filed.matter().number in told
    assert len(filed.matters()) == 1
    assert filed.heard("小陈") == ""


@pytest.mark.parametrize("said", ["村口的路灯也坏了", "路灯坏了"])
def test_other_words_may_be_another_lamp(filed: Village, said: str) -> None:
    filed.say("老王", said)
    assert len(filed.matters()) == 2


def test_what_is_reported_done_is_asked_about_until_it_is_rated_and_then_filed_again(filed: Village) -> None:
    """Before, one lamp was counted twice (rulings, Status and bins), and its keeper heard no doubt about the first."""
    filed.say("小陈", "001 办好了 换了灯泡")
    filed.heard("小陈")
    assert "1 满意 2 凑合 3 不满意" in filed.say("老王", LAMP)
    assert LAMP in filed.heard("小陈")
    assert len(filed.matters()) == 1
    filed.say("老王", "满意")
    filed.say("老王", LAMP)
    assert len(filed.matters()) == 2


def test_the_same_words_of_another_are_his_own_matter(filed: Village) -> None:
    filed.say("张婶", LAMP)
    assert len(filed.matters()) == 2


@pytest.mark.parametrize("asked", ["老王反映的路灯咋样了", "老王报的路灯修好了没", "隔壁家反映的事有结果没"])
def test_another_s_matter_is_neither_filed_nor_told(filed: Village, asked: str) -> None:
    told = filed.say("张婶", asked)
    assert "只有本人" in told
    assert "001" not in told
    assert len(filed.matters()) == 1


@pytest.mark.parametrize("asked", ["老王反映的路灯咋样了", "王德福报的路灯修好了没"])
@pytest.mark.parametrize("who", ["小陈", "书记"])
def test_whoever_answers_for_it_hears_where_it_stands(filed: Village, who: str, asked: str) -> None:
    assert "001" in filed.say(who, asked)
    assert len(filed.matters()) == 1


def test_of_whom_nothing_is_open_nothing_is_filed_either(filed: Village) -> None:
    assert "没找到张婶反映的" in filed.say("书记", "张婶反映的路灯咋样了")
    assert len(filed.matters()) == 1


def test_his_own_is_his_own(filed: Village) -> None:
    assert "001" in filed.say("老王", "我反映的路灯咋样了")


def test_twice_at_once_is_one_matter(village: Village) -> None:
    village.together(("老王", LAMP), ("老王", f"{LAMP}！"))
    assert len(village.matters()) == 1


def test_days_later_it_is_told_anew(filed: Village) -> None:
    filed.later(days=4)
    filed.say("老王", LAMP)
    assert len(filed.matters()) == 2
