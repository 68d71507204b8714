"""What people ask of a poll is answered with it: it is no matter about elections, and nothing of it moves a vote."""

from __future__ import annotations

import pytest

from storage import tables_polls as t
from tests.handlers.talk import Village
from tests.handlers.test_polls import opened

ROADS = "发起投票 修路选哪条 东路 西路 截止周五晚八点"
FEE = "发起投票 每户交卫生费三十 同意 反对 弃权 截止周五晚八点"


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village, ROADS)
    return village


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("这是啥投票", "1 东路"), ("有啥选项", "1 东路"), ("啥时候结束", "周五 晚8点截止"), ("几号截止", "周五 晚8点截止"), ("还能不能改", "之前可以改"),
        ("我想改", "之前可以改"), ("迟了没投上咋办", "1 东路"), ("谁发的投票", "书记李长河"), ("谁能投", "每户都能投|一户一票"), ("我媳妇也能投吗", "一户一票"),
        ("投了有用吗", "征求意见"), ("我没投票", "您还没投"), ("取消投票", "只有发的人"), ("投票结束", "只有发的人"), ("你们能看见我投的吗", "记名投票"),
        ("结果", "还没截止"), ("哪个领先", "还没截止"), ("谁没投", "只有发投票的人"), ("谁投了东路", "谁投了啥不公布"), ("张桂兰投了没", "只有发投票的人"),
        ("我有意见", "有啥意见您直接说"), ("支持", "没算成票"), ("投反对票", "先没给您记票"), ("请人", "先说是谁"), ("我不服", "还没截止"),
        ("为啥选东路", "1 东路"),
    ],
)  # fmt: skip
def test_a_question_about_a_poll_is_answered_with_it(poll: Village, words: str, said: str) -> None:
    """They were filed as 选举代表, or not understood, or answered with a list of telephone numbers."""
    heard = poll.say("老王", words)
    assert any(each in heard for each in said.split("|"))
    assert poll.matters() == []
    assert poll.rows(t.ballots) == [] or all(row.choice is None for row in poll.rows(t.ballots))


def test_a_question_asked_does_not_become_a_matter_a_day_later(poll: Village) -> None:
    """谁能投 was asked about (1选举代表 2没啥事) and filed by itself the next day."""
    poll.say("老王", "谁能投")
    poll.later(hours=23)
    assert poll.matters() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [("结果有假", "监委会周正"), ("我不服", "监委会周正"), ("迟了没投上咋办", "已经截止"), ("结果", "投票结果"), ("谁投了东路", "投票结果")],
)  # fmt: skip
def test_after_the_closing_it_is_no_part_of_another_matter(poll: Village, words: str, said: str) -> None:
    """我不服 was added to his matter about the lamp."""
    poll.later(days=5, hours=11)
    poll.say("老王", "路灯坏了")
    assert said in poll.say("老王", words)
    assert len(poll.matters()) == 1


@pytest.mark.parametrize("words", ["咋投票", "我要投票", "谁能投", "有啥选项"])
def test_one_unknown_is_offered_binding(poll: Village, words: str) -> None:
    """我要投票 of one not bound began an idea for a poll, and his name became the idea."""
    assert "绑定" in poll.say("外村人", words)
    assert poll.matters() == []


@pytest.mark.parametrize("words", ["投票箱坏了", "选举作假", "我家停水了结果没人管"])
def test_a_matter_is_a_matter_though_a_poll_is_open(poll: Village, words: str) -> None:
    assert "编号" in poll.say("老王", words)


@pytest.mark.parametrize("words", ["谁能投", "我有意见", "支持", "结果"])
def test_where_nothing_is_voted_on_nothing_is_said_of_a_poll(village: Village, words: str) -> None:
    assert "投票1" not in village.say("老王", words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("谁能投", "一户一票"), ("谁投了东路", "谁投了啥不公布"), ("王德福投了没", "九社王德福家还没投"), ("谁没投", "还有300户没投"), ("结果", "应投300户"),
        ("取消投票", "现在就截止吗"),
    ],
)  # fmt: skip
def test_who_asked_the_poll_hears_what_is_his_to_know(poll: Village, words: str, said: str) -> None:
    """谁能投 and 谁投了东路 gave the names of those who had not voted."""
    assert said in poll.say("书记", words)


@pytest.mark.parametrize("words", ["随大流", "听大家的", "你们定吧"])
def test_who_follows_the_others_has_not_abstained(village: Village, words: str) -> None:
    """After 反对 it was changed to 弃权 without asking."""
    opened(village, FEE)
    village.say("老王", "反对")
    assert "先没给您记票" in village.say("老王", words)
    assert "2 反对" in village.say("老王", "我投的啥")


def test_an_agreement_in_dialect_behind_an_option_chooses_it(poll: Village) -> None:
    """东路中 was taken for a question who had won."""
    assert "您家投的是 1" in poll.say("老王", "东路中")


@pytest.mark.parametrize("words", ["有人改票", "干部投票作假"])
def test_tampering_is_told_to_discipline_inspection(poll: Village, words: str) -> None:
    assert "镇纪委" in poll.say("老王", words)
