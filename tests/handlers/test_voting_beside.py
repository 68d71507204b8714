"""A vote with something beside it, a vote for somebody else, questions about a poll: nothing is lost, nothing is miscounted."""

from __future__ import annotations

import pytest

from storage import tables
from storage import tables_polls as t
from tests.handlers.talk import HOUSE, VAULT, Village
from tests.handlers.test_polls import opened

NAMED = "发起投票 修路选哪条 东路 西路 截止周五晚八点"
SECRET = "发起投票 修路选哪条 东路 西路 截止今晚八点 不记名"


@pytest.fixture
def poll(village: Village) -> Village:
    opened(village, NAMED)
    return village


def choice(village: Village) -> int | None:
    found = [row.choice for row in village.rows(t.ballots) if row.entry == HOUSE["o-laowang"]]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("words", "chosen", "matter"),
    [
        ("我要投东路 西路灯太黑了", 1, "西路灯太黑了"),
        ("选西路，另外我家门口垃圾没人拉", 2, "我家门口垃圾没人拉"),
        ("投东路。还有村口狗咬人没人管", 1, "村口狗咬人没人管"),
        ("我投1，对了我家停电了", 1, "我家停电了"),
        ("村口路灯坏了 我选西路", 2, "村口路灯坏了"),
    ],
)
def test_a_vote_and_a_matter_in_one_breath_are_both_taken(poll: Village, words: str, chosen: int, matter: str) -> None:
    """The whole was filed as a matter, and nothing was said of the vote."""
    said = poll.say("老王", words)
    assert f"您家投的是 {chosen}" in said
    assert "编号" in said
    assert choice(poll) == chosen
    assert [one.text for one in poll.matters()] == [matter]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("我家投南路，把刚才的改了", 3), ("不装，怕花钱", 4), ("投东路 西路太远", 1), ("西路，离我家近", 2),
        ("1 吧", 1), ("那就2", 2), ("给我投个东", 1), ("还是2吧", 2), ("嗯，就投西路吧", 2), ("帮我投2", 2),
    ],
)  # fmt: skip
def test_a_reason_or_a_filler_beside_a_vote_changes_nothing(village: Village, words: str, chosen: int) -> None:
    """那就2 and 1 吧 were not understood."""
    opened(village, "发起投票 修路选哪条 选项 东路 西路 南路 不装 截止周五晚八点")
    assert f"您家投的是 {chosen}" in village.say("老王", words)
    assert choice(village) == 1 << (chosen - 1)
    assert village.matters() == []


@pytest.mark.parametrize(
    "words",
    ["东路，路灯坏了", "投东路 投西路都行", "要是投东路，西路咋办", "选西路的都是傻子", "我同意我妈的意见投2", "东路 远得很", "投东路还是西路，你说呢", "不投东路 西路灯坏了"],
)  # fmt: skip
def test_what_chooses_nothing_clearly_counts_for_nothing(poll: Village, words: str) -> None:
    poll.say("老王", words)
    assert choice(poll) is None


def test_what_may_be_a_matter_beside_a_vote_is_not_lost_silently(poll: Village) -> None:
    said = poll.say("老王", "我投东路，路灯也给修修")
    assert choice(poll) == 1
    assert "“路灯也给修修”要是想让人来办" in said


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("我老头子说投2", "您老头子"), ("娃他爸也投1", "您娃他爸"), ("我妈说西路 她没手机", "您妈"),
        ("对门老李想投2他没手机", "您对门"), ("我替邻居投2", "您邻居"), ("娃他妈选2", "您娃他妈"),
    ],
)  # fmt: skip
def test_a_vote_for_somebody_else_is_not_counted_and_offers_a_way(poll: Village, words: str, who: str) -> None:
    said = poll.say("老王", words)
    assert f"替{who}说的没记" in said
    assert choice(poll) is None
    assert poll.matters() == []


@pytest.mark.parametrize(
    "words", ["邻居选种子骗人", "邻居选的地方不对，把路占了", "我爸选上劳模了", "婆婆选菜摔了一跤"]
)
def test_what_merely_sounds_like_a_vote_for_others_is_none(poll: Village, words: str) -> None:
    """邻居选种子骗人 was taken for a proxy vote."""
    assert "说的没记" not in poll.say("老王", words)
    assert choice(poll) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("这个投票啥时候结束", "11月27日 周五 晚8点截止"),
        ("投到啥时候", "11月27日 周五 晚8点截止"),
        ("还能投不", "回个数就行"),
        ("我不会投", "回个数就行"),
        ("啥叫一户一票", "一户一票"),
        ("我投票了能改不", "之前可以改"),
        ("我儿子在外头打工他咋投", "回个数就行"),
        ("投了多少人了", "还没截止"),
        ("谁赢了", "还没截止"),
        ("结果出来了没", "还没截止"),
        ("查查我投了没", "您还没投"),
        ("我投东路了没", "您还没投"),
        ("我刚才投的算不算", "您还没投"),
        ("投谁都一样", "回个数就行"),
    ],
)
def test_questions_about_an_open_poll_are_answered_and_are_no_matter(poll: Village, words: str, said: str) -> None:
    assert said in poll.say("老王", words)
    assert choice(poll) is None
    assert poll.matters() == []
    assert poll.kinds("老王") == []


def test_where_no_poll_is_spoken_of_the_same_words_mean_something_else(village: Village) -> None:
    assert "投票" not in village.say("老王", "结果出来了没")


# -- secret polls: what was said of a choice stays nowhere, also where it came too late


def kept(village: Village) -> str:
    """Everything any table holds, opened where it is sealed."""
    found = []
    for table in tables.metadata.sorted_tables:
        for row in village.rows(table):
            for value in row:
                if isinstance(value, bytes | str):
                    found += [value if isinstance(value, str) else value.decode("utf-8", "replace"), _opened(value)]
    return "\n".join(found)


def _opened(value: bytes | str) -> str:
    try:
        return VAULT.open(value)  # type: ignore[arg-type]
    except Exception:  # most of what stands there is not sealed
        return ""


TOLD = ["就投西路咯", "我家还是要投西路咯谢谢书记", "我选的西路记上没", "改投西路 东路太远", "我妈说投西路 她没手机", "刚才投西路算不算", "我投西路，村口路灯坏了", "我老伴选的西路", "西路才行"]  # fmt: skip


@pytest.mark.parametrize("words", TOLD)
@pytest.mark.parametrize("is_closed", [False, True])
def test_words_about_a_secret_vote_stay_in_no_table(village: Village, words: str, is_closed: bool) -> None:
    """After the closing a longer sentence was kept in the inbox, and filed as a matter."""
    opened(village, SECRET)
    if is_closed:
        village.say("老王", "1")
        village.later(hours=11)
    said = village.say("老王", words)
    assert words not in kept(village)
    assert [one.text for one in village.matters()] == (["村口路灯坏了"] if "路灯" in words else [])
    if is_closed:
        assert "已经截止" in said
