"""Greetings and thanks around a story, words that are no more than that, and what is said of a matter in passing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.matters import Status
from handlers import manners
from storage import tables
from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("谢谢你啊我高龄补贴没打", "高龄残疾补贴"),
        ("我家水管漏谢谢你啊", "饮水供水"),
        ("在吗我家停电了", "用电电网"),
        ("好的谢谢，另外我家水管漏了", "饮水供水"),
        ("替我妈反映，她低保没了", "低保特困"),
        (
            "闺女啊我跟你说我那个高龄补贴两个月没打了我去信用社问人家说没打过来我腿脚不行你帮我看看啊谢谢你啊",
            "高龄残疾补贴",
        ),
    ],
)
def test_a_polite_story_is_a_story(village: Village, said: str, title: str) -> None:
    assert title in village.say("王秀英", said)
    assert len(village.matters()) == 1


@pytest.mark.parametrize("said", ["谢谢你啊", "在吗", "好的谢谢", "辛苦了", "你好"])
def test_politeness_alone_is_no_story(village: Village, said: str) -> None:
    village.say("王秀英", said)
    assert village.matters() == []


@pytest.mark.parametrize("said", ["谢谢你啊", "谢谢", "多谢多谢", "辛苦了", "谢谢你们哈"])
def test_thanks_are_answered_with_no_need_to(village: Village, said: str) -> None:
    assert "不用谢" in village.say("王秀英", said)


@given(st.text(alphabet="谢你您好在吗水管漏了啊，。 !a1[]", max_size=40))
def test_nothing_is_added_to_what_was_said(text: str) -> None:
    bare = manners.without_politeness(text)
    assert bare in text
    assert len(bare) <= len(text)


@pytest.mark.parametrize("said", ["要得", "晓得了", "👍", "[握手]", "好人一生平安", "吃饭了没"])
def test_a_friendly_word_is_not_sent_to_the_keeper(filed: Village, said: str) -> None:
    filed.heard("小陈")
    filed.say("老王", said)
    assert filed.heard("小陈") == ""


@pytest.mark.parametrize("said", ["排上队没", "还得多久", "啥编号", "小陈咋说的", "是不是把我忘了", "啥时候来人"])
def test_how_far_it_is_may_be_asked_in_any_words(filed: Village, said: str) -> None:
    filed.heard("小陈")
    assert "等他回话" in filed.say("老王", said)
    assert filed.heard("小陈") == ""


@pytest.mark.parametrize("said", ["亮了", "不用来了", "不用了，问清楚了"])
@pytest.mark.parametrize("yes", ["1", "是", "对", "撤吧"])
def test_what_is_over_may_be_taken_back(filed: Village, said: str, yes: str) -> None:
    assert "撤回" in filed.say("老王", said)
    assert filed.matter().status is Status.FILED
    assert "撤回了" in filed.say("老王", yes)
    assert filed.matter().status is Status.WITHDRAWN


def test_of_two_matters_the_one_named_is_pressed_for(filed: Village) -> None:
    filed.say("老王", "水渠堵了")
    assert "催过了" in filed.say("老王", "催一下路灯的事")
    assert filed.matter("001").urged_at is not None
    assert filed.matter("002").urged_at is None
    assert len(filed.matters()) == 2


@pytest.mark.parametrize("said", ["还有就是厕所满了", "另外还有厕所满了"])
def test_another_matter_is_another_matter(filed: Village, said: str) -> None:
    assert "厕所" in filed.say("老王", said)
    assert len(filed.matters()) == 2


def test_matters_numbered_without_a_space_are_offered_apart(village: Village) -> None:
    assert "您说了3件事" in village.say("老王", "1.路灯不亮2.垃圾桶烂了3.井盖没了")


@pytest.mark.parametrize("said", ["都不是", "没有这几样", "都不对"])
def test_none_of_the_choices_files_none_of_them(village: Village, said: str) -> None:
    village.say("张婶", "水")
    assert "人工" in village.say("张婶", said)
    assert village.rows(tables.matters) == []
    assert "灌溉" in village.say("张婶", "浇地的井抽不上水")


# -- how it was


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("满意个屁", 3),
        ("哪有，我刚去看了黑的", 3),
        ("马马虎虎吧", 2),
        ("好着呢，谢谢小陈", 1),
    ],
)
def test_how_it_was_is_heard_in_any_words(filed: Village, said: str, score: int) -> None:
    filed.say("小陈", "001 换了灯泡")
    filed.say("老王", said)
    assert filed.matter().rating == score


# -- the keeper's plan ends nothing


@pytest.mark.parametrize("said", ["后天就能修好", "修好一半了", "周五能弄好", "下午换好"])
def test_a_promise_is_no_end(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status in (Status.FILED, Status.ACCEPTED)


@pytest.mark.parametrize("said", ["修好了", "换好了 亮了", "昨天就修好了"])
def test_an_end_is_one(filed: Village, said: str) -> None:
    filed.say("小陈", said)
    assert filed.matter().status is Status.DONE


# -- who it is


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("会计电话", "吴账"),
        ("妇女主任是谁", "何秀芝"),
        ("水管所归谁管", "罗涛"),
        ("谁负责垃圾", "陈小军"),
        ("管低保的是哪个", "陈小军"),
    ],
)
def test_who_is_asked_for_is_named_and_nothing_filed(village: Village, said: str, name: str) -> None:
    assert name in village.say("老王", said)
    assert village.matters() == []


def test_rubbish_nobody_cares_for_is_a_matter(village: Village) -> None:
    village.say("老王", "垃圾谁管啊 臭死了")
    assert len(village.matters()) == 1
