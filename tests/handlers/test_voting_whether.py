"""Votes in the words of what is asked, and what stands beside them: nothing of it is lost, and what is no vote is said to be none."""

from __future__ import annotations

import pytest

from storage import tables_polls as t
from tests.handlers.talk import HOUSE, Village
from tests.handlers.test_polls import opened

ROADS = "修路选哪条 东路 西路"
CAMERAS = "装不装监控 装 不装"
WHETHER = "要不要装监控 要 不要"


def ask(village: Village, question: str) -> None:
    opened(village, f"发起投票 {question} 截止周五晚八点")


def choice(village: Village) -> int | None:
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE["o-laowang"]]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("question", "words", "chosen", "matter"),
    [
        (ROADS, "1 我家停水了", 1, "我家停水了"),
        (ROADS, "2，另外我家路灯不亮", 2, "我家路灯不亮"),
        (ROADS, "东路，我家停电了", 1, "我家停电了"),
        (ROADS, "我同意东路 但是路边垃圾没人管臭死了", 1, "但是路边垃圾没人管臭死了"),
    ],
)
def test_a_vote_beside_a_complaint_counts_and_the_complaint_is_filed(
    village: Village, question: str, words: str, chosen: int, matter: str
) -> None:
    """The complaint was filed and the vote dropped without a word."""
    ask(village, question)
    said = village.say("老王", words)
    assert f"您家投的是 {chosen}" in said
    assert "编号" in said
    assert choice(village) == chosen
    assert village.matter().text == matter


@pytest.mark.parametrize("words", ["东路，路灯坏了", "路灯坏了 东路"])
def test_an_option_that_may_be_the_place_of_a_trouble_is_said_to_be_no_vote(village: Village, words: str) -> None:
    ask(village, ROADS)
    said = village.say("老王", words)
    assert "编号" in said
    assert "“东路”没算成票。要投东路，单回1就行" in said
    assert choice(village) is None


@pytest.mark.parametrize("words", ["1 路灯坏了 2 水管漏了", "3 社路灯坏了", "2 号机井坏了没人修"])
def test_a_number_that_counts_complaints_or_names_a_thing_is_no_vote(village: Village, words: str) -> None:
    ask(village, ROADS)
    village.say("老王", words)
    assert choice(village) is None


@pytest.mark.parametrize(
    ("question", "words", "chosen"),
    [
        (CAMERAS, "装监控好", 1), (CAMERAS, "不装监控", 2), (CAMERAS, "装监控", 1), (CAMERAS, "不想装", 2), (CAMERAS, "应该装", 1),
        (WHETHER, "装嘛", 1), (WHETHER, "不装", 2), (WHETHER, "可以装", 1), (WHETHER, "肯定要", 1), (WHETHER, "不需要", 2),
        (WHETHER, "该装", 1), (WHETHER, "没必要", 2), (WHETHER, "我家要装监控", 1), ("先修哪个 桥 路 渠", "修桥", 1),
        ("路灯几点关 九点 十点 十一点", "10点", 2), ("放几天假 一天 两天 三天", "3天", 3), ("哪天开会好 周五 周六", "礼拜五", 1),
        ("开哪个店 一号店 二号店 三号店", "3号店", 3), (ROADS, "不是1是2", 2), (ROADS, "不要1要2", 2), (ROADS, "换2", 2), (ROADS, "改2", 2),
        (ROADS, "重新投2", 2), (ROADS, "我点的1", 1), (ROADS, "1 你们赶紧修", 1), (ROADS, "1，东路人多", 1), (ROADS, "不是东路是西路", 2),
    ],
)  # fmt: skip
def test_a_vote_in_the_words_of_the_question_counts(village: Village, question: str, words: str, chosen: int) -> None:
    """These were not understood, filed as matters, or answered with 没有这一项."""
    ask(village, question)
    assert f"您家投的是 {chosen}" in village.say("老王", words)
    assert choice(village) == 1 << (chosen - 1)
    assert village.matters() == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (CAMERAS, "装不装啊"), (WHETHER, "要不要装"), ("水渠修不修 修 不修", "修，但是别占我家地"), (ROADS, "东路吧，不过资金要公开"),
        (ROADS, "能选1吗"), (ROADS, "选1可以不"), (ROADS, "1是哪条路"), (ROADS, "投1和投2有啥区别"),
        ("每户交卫生费三十 同意 反对 弃权", "我同意，但太贵了"),
    ],
)  # fmt: skip
def test_what_is_no_clear_vote_is_said_not_to_count(village: Village, question: str, words: str) -> None:
    """The bare choices came again, as if something had been counted, or 没有这一项 of an option that is there."""
    ask(village, question)
    said = village.say("老王", words)
    assert "没算成票" in said
    assert "没有这一项" not in said
    assert choice(village) is None
    assert village.matters() == []


@pytest.mark.parametrize("words", ["投票", "我投", "我要投票"])
def test_who_only_says_that_he_votes_is_shown_the_choices(village: Village, words: str) -> None:
    ask(village, ROADS)
    said = village.say("老王", words)
    assert "1 东路" in said
    assert "没有这一项" not in said


@pytest.mark.parametrize("words", ["1 2 3", "投3", "选5"])
def test_a_number_behind_the_last_option_is_none(village: Village, words: str) -> None:
    ask(village, ROADS)
    assert "没有这一项" in village.say("老王", words)
    assert choice(village) is None


def test_a_prohibition_is_no_answer_to_whether(village: Village) -> None:
    ask(village, WHETHER)
    assert "编号" in village.say("老王", "不要再往我家门口倒垃圾")
    assert choice(village) is None


def test_an_option_called_as_another_is_numbered_is_asked_about(village: Village) -> None:
    """二 was counted for the second, which is called 一."""
    ask(village, "装几盏灯 二 一 三")
    assert "说不准" in village.say("老王", "二")
    assert choice(village) is None
    assert "您家投的是 2 一" in village.say("老王", "第2个")
    assert "您家投的是 3 三" in village.say("老王", "三")


def test_figures_run_together_are_several(village: Village) -> None:
    ask(village, "添啥 篮球架 长椅 路灯 多选")
    assert "1 篮球架、3 路灯" in village.say("老王", "一三")
