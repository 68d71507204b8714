"""Votes as people say them, around and beside the point: what counts, what is asked back, and what is answered."""

from __future__ import annotations

import pytest

from domain.polls import numbers
from storage import tables_polls as t
from tests.handlers.talk import HOUSE, Village
from tests.handlers.test_polls import opened

WORKS = "发起投票 先办哪几件 选项 修路 打井 装灯 修渠 可以多选 截止周五晚八点"
BRIDGE = "发起投票 修便民桥 选项 同意 反对 弃权 截止周五晚八点"


def chosen(village: Village) -> tuple[int, ...]:
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE["o-laowang"]]
    return numbers(found[0]) if found else ()


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village)
    return village


@pytest.mark.parametrize(
    "words", ["二呗", "2[强]", "书记好，我家投西路，谢谢", "九社王德福 2", "王德福 西路", "投票一，选2", "东路不好走还是西路吧", "西路呗，东路那边坟多"]
)  # fmt: skip
def test_a_vote_in_a_roundabout_way_counts(poll: Village, words: str) -> None:
    """九社王德福 2 began a binding, and the others were asked again."""
    assert "投的是 2 西路" in poll.say("老王", words)
    assert chosen(poll) == (2,)
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["刚才按错了 是2", "不对不对 我要投西路", "投错咧 应该是西路"])
def test_who_slipped_puts_it_right(poll: Village, words: str) -> None:
    poll.say("老王", "1")
    poll.say("老王", words)
    assert chosen(poll) == (2,)


@pytest.mark.parametrize(
    "words", ["给我大也投上 投1", "我婆娘也要投2", "天黑不敢走西路", "我要是选西路", "哪个便宜选哪个", "不晓得投哪个好", "前面那个路口的灯坏了"]
)  # fmt: skip
def test_what_is_no_vote_of_his_counts_for_none(poll: Village, words: str) -> None:
    """给我大也投上 投1 was the household's own vote."""
    poll.say("老王", words)
    assert chosen(poll) == ()


@pytest.mark.parametrize(
    "words", ["哪个便宜选哪个", "不晓得投哪个好", "我要投票", "来投个票", "这个咋投哩 我不会", "投票投啥"]
)
def test_who_cannot_decide_or_asks_hears_the_choices(poll: Village, words: str) -> None:
    """我要投票, said while a poll was open, was taken for a wish for another."""
    assert "1 东路\n2 西路" in poll.say("老王", words)
    assert poll.matters() == []


def test_of_several_one_is_added_and_one_taken_away(village: Village) -> None:
    opened(village, WORKS)
    village.say("老王", "13")
    assert chosen(village) == (1, 3)
    village.say("老王", "再加个4")
    assert chosen(village) == (1, 3, 4)
    village.say("老王", "不要3了")
    assert chosen(village) == (1, 4)
    village.say("老王", "都选")
    assert chosen(village) == (1, 2, 3, 4)
    assert village.matters() == []


@pytest.mark.parametrize("words", ["中", "行呢", "能成", "同意是同意 就是钱咋来", "赞成修 但钱要公开"])
def test_a_nod_to_a_question_of_agreement_is_asked_back(village: Village, words: str) -> None:
    """中 became a matter about school buses."""
    opened(village, BRIDGE)
    assert "1 同意\n2 反对" in village.say("老王", words)
    assert chosen(village) == ()
    assert village.matters() == []


@pytest.mark.parametrize("words", ["不行", "不中", "使不得", "我家不同意修", "反对修桥"])
def test_a_plain_no_is_against(village: Village, words: str) -> None:
    opened(village, BRIDGE)
    village.say("老王", words)
    assert chosen(village) == (2,)


def test_another_of_the_family_may_differ(village: Village) -> None:
    opened(village, BRIDGE)
    village.say("老王", "我同意，我儿不同意")
    assert chosen(village) == ()


@pytest.mark.parametrize("words", ["别人看不到吧", "真的保密吗", "别人能看见我投的啥不"])
@pytest.mark.parametrize(("settings", "said"), [(" 不记名", "谁也看不到"), ("", "记名投票")])
def test_whether_others_see_it_is_answered(village: Village, words: str, settings: str, said: str) -> None:
    """真的保密吗 became a sealed matter."""
    opened(village, "发起投票 修路选哪条 A东路 B西路 截止周五晚八点" + settings)
    assert said in village.say("老王", words)
    assert village.matters() == []


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("为啥选东路", "1 东路"), ("咋是东路赢了", "谁也看不到"), ("凭啥走东路", "1 东路"), ("东路多少票", "谁也看不到"),
        ("投票谁赢了", "谁也看不到"), ("最后选的哪个", "谁也看不到"),
    ],
)  # fmt: skip
def test_after_the_closing_the_result_answers_why(poll: Village, words: str, before: str) -> None:
    """为啥选东路 was refused as a vote that came too late; before the closing nobody has chosen anything yet."""
    for who in ("张婶", "王秀英"):
        poll.say(who, "1")
    assert before in poll.say("老王", words)
    poll.later(days=5, hours=11)
    said = poll.say("老王", words)
    assert "东路" in said
    assert "户" in said
    assert "没记" not in said
    assert poll.matters() == []


def test_who_has_not_voted_hears_what_became_of_it(poll: Village) -> None:
    assert "没投" in poll.say("老王", "我还没投呢")
    poll.later(days=5, hours=11)
    assert "截止" in poll.say("老王", "我还没投呢")
