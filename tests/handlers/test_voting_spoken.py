"""What is said and asked of one's own vote, and options named by a part of their words: answered or counted, never filed."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_polls import opened
from tests.handlers.test_voting_beside import choice

SITE = "发起投票 村口空地干啥 选项 盖凉亭 建公厕 村民篮球场 先缓缓 截止周五晚八点"


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village, SITE)
    return village


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("凉亭", 1), ("公厕吧 老人方便", 2), ("篮球场那个好", 3), ("我投给凉亭，不对，公厕", 2), ("我不同意他投的 我投缓缓", 4),
        ("我投错了是公厕", 2), ("换成凉亭 不对 换成篮球场", 3), ("选凉亭，哦不，选公厕", 2), ("我家要公厕", 2), ("还是缓缓吧", 4),
        ("篮球场呗", 3), ("投1 错了 投3", 3),
    ],
)  # fmt: skip
def test_a_part_of_an_option_chooses_it_where_no_other_has_it(poll: Village, words: str, chosen: int) -> None:
    """They were filed as toilets and public places, with a number."""
    poll.say("老王", words)
    assert choice(poll) == 1 << (chosen - 1)
    assert [matter.text for matter in poll.matters()] == []


@pytest.mark.parametrize(
    "words", ["公厕脏得很没人扫", "凉亭的灯坏了", "篮球场那边狗咬人了", "别盖凉亭", "不要公厕", "东头公厕"]
)
def test_an_option_s_part_in_other_words_chooses_nothing(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert choice(poll) is None


@pytest.mark.parametrize("words", ["凉亭", "公厕"])
def test_what_an_option_refuses_is_not_meant_by_it(village: Village, words: str) -> None:
    """凉亭 is no 不盖凉亭."""
    opened(village, "发起投票 村口空地干啥 选项 不盖凉亭 不要公厕 先缓缓 截止周五晚八点")
    village.say("老王", words)
    assert choice(village) is None


@pytest.mark.parametrize(
    "words", ["我当时投的哪个", "我当时投的啥", "我选的几", "俺那次选的是哪一个来着", "我最后投的是几号"]
)
def test_after_the_closing_he_hears_what_he_chose(poll: Village, words: str) -> None:
    poll.say("老王", "2")
    poll.later(days=6)
    assert "您投的是 2 建公厕" in poll.say("老王", words)
    assert poll.matters() == []


@pytest.mark.parametrize(
    "words",
    ["谁改的我的票", "我没投过 谁替我投的", "谁动了我的票", "哪个把我的票改了", "我没投 咋说我投了", "谁替我家投的", "我的票咋变了", "是谁改了我家的票"],
)  # fmt: skip
def test_who_cast_his_vote_is_told_and_not_for_what(poll: Village, words: str) -> None:
    """Told in a letter that the vote of his house had changed, he asked who did it and got a number of a matter."""
    poll.say("王秀英", "1")
    said = poll.say("老王", words)
    assert "没有投过票的记录" in said
    poll.bind("老王的儿子", to=poll.person("老王"))
    poll.say("老王的儿子", "1")
    heard = poll.say("老王", words)
    assert "最后一次是" in heard
    assert "凉亭" not in heard
    assert poll.matters() == []


@pytest.mark.parametrize(
    "words", ["必须投吗", "不投行不行", "非投不可吗", "不投会咋样", "不投票罚钱不", "是不是都得投票", "可以不投吗"]
)
def test_nobody_need_vote(poll: Village, words: str) -> None:
    assert "不投没人罚" in poll.say("老王", words)
    assert poll.matters() == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("怎么不能投", "回个数就行"), ("为啥我投不了", "回个数就行"), ("我家几口人一人一票还是一户一票", "一户一票"),
        ("一家一票还是一人一票", "一户一票"), ("按人还是按户投票", "一户一票"), ("投票投过了", "您还没投"), ("我早投完了", "您还没投"),
        ("投票的", "没算成票"), ("投的那个", "没算成票"), ("我们的票呢", "没算成票"), ("投票结束", "只有发的人"),
    ],
)  # fmt: skip
def test_words_of_an_open_poll_are_answered_with_it(poll: Village, words: str, told: str) -> None:
    """Each was filed as elections, and the keeper called out."""
    assert told in poll.say("老王", words)
    assert poll.matters() == []


def test_who_may_not_vote_hears_why(poll: Village) -> None:
    assert "绑定" in poll.say("外村人", "怎么不能投")


@pytest.mark.parametrize(
    "words", ["投票箱让人撬了", "我要投诉水费太贵没人管", "小学投了多少钱修的，账没公开", "选举代表的事没人管"]
)
def test_what_tells_of_more_than_votes_is_still_filed(poll: Village, words: str) -> None:
    poll.say("老王", words)
    poll.say("老王", "1")
    assert len(poll.matters()) == 1


@pytest.mark.parametrize("words", ["投票的", "是投票", "回投票那个"])
def test_which_of_two_he_answers_is_told_in_words(poll: Village, words: str) -> None:
    """投票的, to 您是回 1来不来开会 2投票, was filed."""
    poll.say("书记", "周五晚上七点在村委会开群众会说修路 九社")
    poll.say("书记", "1")
    assert "您是回" in poll.say("老王", "1")
    assert "您家投的是 1" in poll.say("老王", words)


def visit(village: Village) -> None:
    opened(village, "发起投票 门朝哪边开 选项 朝东 朝西 截止周五晚八点")
    village.say("王秀英", "周奶奶投2 她没微信")
    assert "已告诉" in village.say("王秀英", "请人")


@pytest.mark.parametrize(
    "words",
    ["周奶奶投2", "周奶奶说投2", "上门问了 周奶奶选2", "问了 周奶奶投2", "问到了 周奶奶 投2", "周奶奶 朝西", "刚去了周奶奶家 投2",
     "周奶奶投2 已经问了", "打电话问了周奶奶 2", "周奶奶的票 朝西", "问清楚了，周奶奶选朝西"],
)  # fmt: skip
def test_the_keeper_who_was_asked_to_see_her_tells_her_ballot_in_his_words(village: Village, words: str) -> None:
    """He was told to ask himself to come, or it was counted as his own vote."""
    visit(village)
    assert "记下了：周奶奶，2 朝西" in village.say("小陈", words)


@pytest.mark.parametrize("words", ["老王投2", "问到了 唐万财 投2"])
def test_of_nobody_else_does_he_tell_a_ballot_so(village: Village, words: str) -> None:
    visit(village)
    assert "记下了" not in village.say("小陈", words)


@pytest.mark.parametrize("words", ["我妈投上了没", "我妈投了没", "周奶奶的票投上没", "周奶奶投了没"])
def test_whether_the_house_has_voted_is_told_at_home(village: Village, words: str) -> None:
    """我妈 was looked for on the roster."""
    visit(village)
    assert "您还没投" in village.say("王秀英", words)
    assert village.matters() == []


@pytest.mark.parametrize("words", ["行", "好", "OK", "嗯", "👍", "可以", "好的", "没问题", "中"])
def test_a_nod_to_a_poll_of_yes_and_no_is_told_how_it_would_count(village: Village, words: str) -> None:
    """He was greeted, and the poll just put to him was not mentioned."""
    opened(village, "发起投票 村里装不装监控 选项 装 不装 截止周五晚八点")
    assert "没算成票" in village.say("老王", words)
    assert choice(village) is None
    village.later(days=2)
    assert "没算成票" not in village.say("老王", "好的")


@pytest.mark.parametrize(("words", "chosen"), [("8:30", 2), ("20:30", 2), ("7：30", 1), ("9:00", 3), ("八点三十", 2)])
def test_a_time_in_figures_is_the_option_in_words(village: Village, words: str, chosen: int) -> None:
    """8:30 was answered 您还没有反映过事情."""
    opened(village, "发起投票 晚上几点开锣 选项 七点半 八点半 九点 截止周五晚八点")
    assert f"您家投的是 {chosen}" in village.say("老王", words)


@pytest.mark.parametrize("words", ["1-3", "1到3", "6:15", "1~3"])
def test_figures_that_are_no_choice_are_told_so(village: Village, words: str) -> None:
    opened(village, "发起投票 晚上几点开锣 选项 七点半 八点半 九点 截止周五晚八点")
    assert "回个数就行" in village.say("老王", words)
    assert choice(village) is None


@pytest.mark.parametrize("words", ["只要1", "我只选1", "就要修路", "光要1", "只留1"])
def test_only_one_of_several_is_that_one(village: Village, words: str) -> None:
    """只要1 was looked for among his family."""
    opened(village, "发起投票 先办哪几样 选项 修路 装灯 修渠 截止周五晚八点 可多选")
    village.say("老王", "1 2")
    village.say("老王", words)
    assert choice(village) == 1
