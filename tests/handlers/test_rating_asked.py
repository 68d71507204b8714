"""What is asked about the scores while 您看行不行 stands open gives none; and after a 3 he may let it rest."""

from __future__ import annotations

import pytest

from domain.matters import Status
from tests.handlers.talk import Village


@pytest.fixture
def asked(village: Village) -> Village:
    village.say("王秀英", "路灯坏了")
    village.say("小陈", "001 办好了 换了灯泡")
    for who in ("王秀英", "小陈", "李书记"):
        village.heard(who)
    return village


@pytest.mark.parametrize(
    "said",
    [
        "啥叫满意", "凑合是啥意思", "不满意会咋样", "我要是说不满意 小陈会不会骂我", "满意是啥意思", "什么叫凑合", "3是啥意思",
        "怎么才算满意", "要是回3 会不会得罪人", "不敢说不满意", "我怕说不满意得罪小陈", "万一选了不满意呢", "说了不满意会不会被穿小鞋",
        "满意和凑合有啥区别", "1代表什么",
    ],
)  # fmt: skip
def test_a_question_about_the_scores_is_explained_and_scores_nothing(asked: Village, said: str) -> None:
    """Before, 啥叫满意 was a 3 and the matter closed, and of 不满意会咋样 the keeper and the chief were told."""
    assert "没办好，重新办" in asked.say("王秀英", said)
    assert (asked.matter().rating, asked.matter().status) == (None, Status.DONE)
    assert asked.heard("小陈") == asked.heard("李书记") == ""
    asked.say("王秀英", "1")
    assert asked.matter().rating == 1


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("满意", 1), ("凑合吧", 2), ("3", 3), ("不满意", 3), ("不满意 有啥用", 3), ("3 态度不好", 3), ("不满意 会不会修", 3),
        ("满意个啥", 3),
    ],
)  # fmt: skip
def test_a_score_stays_one(asked: Village, said: str, score: int) -> None:
    asked.say("王秀英", said)
    assert asked.matter().rating == score


@pytest.mark.parametrize(
    "said", ["算了 就这样吧", "就这样吧", "不用重办了", "算了 不麻烦你们了", "唉 懒得说了", "算了 将就用吧"]
)
def test_who_lets_it_rest_after_a_3_sends_nobody_once_more(asked: Village, said: str) -> None:
    asked.say("王秀英", "3")
    assert "不重办" in asked.say("王秀英", said)
    asked.later(hours=30)
    assert (asked.matter().rating, asked.matter().status, asked.matter().reopened) == (3, Status.CLOSED, 0)
    assert asked.heard("李书记") == ""


def test_a_reason_still_reopens(asked: Village) -> None:
    asked.say("王秀英", "3")
    asked.say("王秀英", "晚上还是不亮")
    assert asked.matter().status is Status.ACCEPTED


@pytest.mark.parametrize(
    "said", ["我儿说亮着呢 好着呢", "不错不错 比上回快多了", "孙子说亮了", "比以前亮多了", "不赖不赖"]
)
def test_praise_in_other_words_is_praise(asked: Village, said: str) -> None:
    asked.later(hours=50)
    asked.say("王秀英", said)
    assert asked.matter().rating == 1


@pytest.mark.parametrize("said", ["灯好 水不行", "水不行，灯好了", "灯行 水管还是不行"])
def test_of_two_each_is_heard_by_its_name(asked: Village, said: str) -> None:
    asked.say("王秀英", "我家水管漏水了")
    asked.say("小陈", "002 办好了 换了管子")
    asked.say("王秀英", said)
    assert [matter.rating for matter in asked.matters()] in ([1, 3], [3, 1])
    assert asked.matter("001").rating == 1


@pytest.mark.parametrize("said", ["好 谢谢 就是旁边那个垃圾桶也该换了", "好的 谢谢 另外我家水管漏了"])
def test_a_friendly_word_before_a_story_is_no_story(asked: Village, said: str) -> None:
    """Before, it was asked whether 好 谢谢 is a matter of its own."""
    assert "您说了2件事" not in asked.say("王秀英", said)
    assert len(asked.matters()) == 2
