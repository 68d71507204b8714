"""Votes said in a roundabout way, and sentences that end like one and are none."""

from __future__ import annotations

import pytest

from nlp.ballot_forms import bared, by_place, changed, run_together, without_title
from nlp.ballot_more import vote_beside
from nlp.ballot_talk import choices_said
from nlp.poll_questions import asked_loosely, asks_of_option

ROADS = ("东路", "西路")
WORKS = ("修路", "打井", "装灯", "修渠")
STANDS = ("同意", "反对", "弃权")


@pytest.mark.parametrize(
    "words",
    [
        "二呗", "2[强]", "西路[玫瑰][玫瑰]", "西路👍", "西路西路", "书记我选二", "书记好，我家投西路，谢谢", "后头那个", "最后一个",
        "选西边那条路", "我觉得西路好些", "商量好了就西路", "西路近便就西路吧", "东路不好走还是西路吧", "东路太窄就西路吧", "那个修路的我投2",
        "两个里头我看西路强", "西路+1", "刚才按错了 是2", "不对不对 我要投西路", "投错咧 应该是西路", "我反悔了投西路", "答案是2",
        "我是老王啊我家投第二个西路那个", "呃那个我们家商量了一下就是说就选那个西路吧好吧就这样", "想来想去还是西路",
        "俺家还是西路得劲", "选(2)", "麻烦你给我记成西路", "我们家意见是西路", "2 谢谢书记 辛苦了", "我投的是西路",
    ],
)  # fmt: skip
def test_a_vote_in_a_roundabout_way_is_a_vote(words: str) -> None:
    assert choices_said(words, ROADS) == (2,)


@pytest.mark.parametrize(
    "words",
    [
        "大家都选西路", "隔壁都选西路", "他们都要走西路", "老李投西路", "干部定了西路", "书记说就西路", "天黑不敢走西路", "车都走西路",
        "路灯坏了就走西路", "我要是选西路", "娃娃上学走西路", "东路还是西路", "东路还是西路吧", "不是东路就西路", "东路修了就西路", "是不是就西路了",
        "别选西路", "我不想选西路", "说好了不走西路", "谁选西路", "我妈说让我投2", "不是2", "二楼", "上头来人了", "后头",
    ],
)  # fmt: skip
def test_a_sentence_that_merely_ends_like_a_vote_is_none(words: str) -> None:
    """大家都选西路, 天黑不敢走西路 and 我要是选西路 were votes."""
    assert choices_said(words, ROADS) == ()


@pytest.mark.parametrize("words", ["西路呗，东路那边坟多", "西路吧 东路太绕", "西路就行，离得近"])
def test_a_name_with_a_particle_is_a_vote_whatever_follows(words: str) -> None:
    assert vote_beside(words, ROADS)[0] == (2,)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("13", (1, 3)), ("1.3.4", (1, 3, 4)), ("选1还有4", (1, 4)), ("第1第2", (1, 2)), ("修路 装灯 修渠 这三个", (1, 3, 4)),
        ("除了打井都要", (1, 3, 4)), ("除修路外其他都选", (2, 3, 4)), ("第一个跟第三个", (1, 3)), ("投1投3", (1, 3)), ("1号3号", (1, 3)), ("修路和打井都要", (1, 2)), ("15", ()), ("31", ()), ("2026", ()),
        ("1-3", ()), ("13号", ()), ("1.5", ()),
    ],
)  # fmt: skip
def test_several_options(words: str, chosen: tuple[int, ...]) -> None:
    assert choices_said(words, WORKS) == chosen


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("同意修", 1), ("我家人都同意", 1), ("我家不同意修", 2), ("不行", 2), ("不中", 2), ("使不得", 2), ("不表态", 3),
        ("必须同意", 1), ("赞成票", 1), ("投反对票", 2), ("不是不同意", None), ("不反对", None), ("中", None), ("好的", None), ("反对无效", None),
    ],
)  # fmt: skip
def test_for_and_against(words: str, chosen: int | None) -> None:
    assert choices_said(words, STANDS) == ((chosen,) if chosen else ())


def test_what_follows_may_refuse_the_other() -> None:
    assert vote_beside("投东路 不投西路", ROADS)[0] == (1,)
    assert vote_beside("投东路 不行", ROADS)[0] == ()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("我支持修桥", "我支持"),
        ("反对修桥", "反对"),
        ("同意修路", "同意修路"),
        ("支持打井，路灯坏了", "支持打井，路灯坏了"),
    ],
)
def test_what_the_poll_asks_is_no_part_of_the_stance(words: str, left: str) -> None:
    assert without_title(words, "修便民桥") == left


def test_what_stands_around_is_taken_away() -> None:
    assert bared("书记好！2，谢谢您") == "2"
    assert bared("好2") == "好2"
    assert by_place("后头那个", 3) is None
    assert by_place("最后那个", 3) == 3
    assert run_together("12", 12) == ()


@pytest.mark.parametrize(
    ("words", "became"),
    [
        ("再加个4", (1, 3, 4)),
        ("还要2", (1, 2, 3)),
        ("不要3了", (1,)),
        ("把修路去掉", (3,)),
        ("再加个水龙头", ()),
        ("还有4", (1, 3, 4)),
        ("只留1", (1,)),
        ("还有路灯坏了", ()),
    ],
)
def test_several_are_changed(words: str, became: tuple[int, ...]) -> None:
    assert changed(words, (1, 3), lambda said: choices_said(said, WORKS)) == became


@pytest.mark.parametrize(
    "words", ["为啥选东路", "咋是东路赢了", "凭啥走东路", "东路多少票", "东路咋赢了", "东路赢了没", "最后为啥定了东路"]
)
def test_how_an_option_fared_is_asked(words: str) -> None:
    assert asks_of_option(words, ROADS)
    assert choices_said(words, ROADS) == ()


@pytest.mark.parametrize(
    "words", ["为啥东路还没修", "东路咋走", "东路坏了咋办", "东路多少米", "凭啥占我家东路的地", "选东路"]
)
def test_of_the_road_itself_nothing_is_asked_about_the_poll(words: str) -> None:
    assert not asks_of_option(words, ROADS)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("投到几号", "how"), ("这个咋投哩 我不会", "how"), ("我要投票", "how"), ("来投个票", "how"), ("别人看不到吧", "secret"), ("真的保密吗", "secret"),
        ("我投的啥别人能看见不", "secret"), ("是记名还是不记名", "secret"), ("我还没投呢", "own"), ("投票谁赢了", "result"), ("最后选的哪个", "result"),
        ("啥时候能知道结果", "result"), ("投票咋看结果", "result"), ("一户投几次", "how"), ("你说投哪个好", "how"), ("体检啥时候出结果", None),
        ("别人家的树倒了", None), ("路灯看不见", None), ("我不会种地", None), ("咋办 我不会", None),
    ],
)  # fmt: skip
def test_what_is_asked_about_a_poll(words: str, asked: str | None) -> None:
    assert asked_loosely(words) == asked
