"""A choice in a secret poll told beside something else, or in words that are no vote: nobody reads it, no table keeps it."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_polls import opened
from tests.handlers.test_voting_beside import kept

TROUPES = "发起投票 请哪家戏班 选项 秦腔团 豫剧团 不请了 截止周五晚八点 不记名"
ROADS = "发起投票 修路选哪条 选项 东路 西路 截止周五晚八点 不记名"
WATCHERS = ("小陈", "书记", "张婶", "王秀英", "镇纪委", "镇领导", "监委主任", "文书")


def heard_by_others(village: Village) -> str:
    return "\n".join(sent.text for sent in village.sent if sent.to != "o-laowang")


@pytest.mark.parametrize(
    "words",
    [
        "我投了豫剧团书记能看见不", "我投的豫剧团 村主任能看到吗", "我投的不请了 他们能看出来吗", "刚才投的豫剧团谁能查到",
        "我选豫剧团的事不要告诉我老汉", "我投2号的事陈小军知道不", "投了秦腔团会不会传出去", "我把票给了豫剧团，别人晓得不",
        "我家选的秦腔团 保密吧？", "我投豫剧 支书看得着么", "咱投的秦腔 村上会知道吗",
    ],
)  # fmt: skip
def test_who_asks_whether_his_vote_is_seen_hears_it_and_it_goes_nowhere(village: Village, words: str) -> None:
    """It was filed, and the keeper read the choice with name and phone."""
    opened(village, TROUPES)
    said = village.say("老王", words)
    assert "谁投了啥谁也看不到" in said
    assert village.matters() == []
    assert "豫剧" not in heard_by_others(village).replace("2 豫剧团", "").replace("豫剧团、", "")
    assert words not in kept(village)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ("我偷偷投豫剧 别跟书记说", 2), ("我偷着投秦腔团 别让书记知道", 1), ("悄悄投豫剧团，千万别告诉我婆婆", 2),
        ("我暗地里投秦腔团 替我瞒着", 1), ("投豫剧团 千万保密", 2),
    ],
)  # fmt: skip
def test_a_vote_with_a_plea_for_silence_counts_and_goes_nowhere(village: Village, words: str, chosen: int) -> None:
    """It was filed as fraud, and the discipline inspection read it."""
    opened(village, TROUPES)
    assert f"您家投的是 {chosen}" in village.say("老王", words)
    assert village.matters() == []
    assert words not in kept(village)


@pytest.mark.parametrize(
    ("words", "filed"),
    [
        ("三号 娃娃上学呢", ""), ("不请 路灯还坏着呢", "路灯还坏着呢"), ("B 井水浑了", ""), ("村口路灯坏了 B", "村口路灯坏了"),
        ("投给豫剧团 另外水管漏了", "水管漏了"), ("我选了豫剧团的，还有我家水管漏了", "我家水管漏了"),
        ("我们家人都商量过了觉得秦腔团唱得好听投秦腔团吧但是村口路灯坏了没人管", "村口路灯坏了没人管"),
        ("豫剧团 我家门口下水道堵了", "我家门口下水道堵了"), ("我家的票给秦腔团 垃圾没人拉", "垃圾没人拉"),
    ],
)  # fmt: skip
def test_trouble_beside_a_choice_goes_on_without_it(village: Village, words: str, filed: str) -> None:
    """The keeper read 不请 路灯还坏着呢."""
    opened(village, TROUPES)
    village.say("老王", words)
    assert [matter.text for matter in village.matters()] == ([filed] if filed else [])
    assert words not in kept(village)


def test_what_cannot_be_parted_from_the_choice_is_asked_for_once_more(village: Village) -> None:
    opened(village, ROADS)
    assert "别带上投了啥" in village.say("老王", "投了东路的人家里水都停了")
    assert village.matters() == []


def test_a_cry_for_help_goes_out_without_the_choice(village: Village) -> None:
    opened(village, TROUPES)
    village.say("老王", "我投豫剧团，我家着火了")
    assert "我家着火了" in heard_by_others(village)
    assert "我投豫剧团" not in kept(village) + heard_by_others(village)


@pytest.mark.parametrize("words", ["不满意 我投的豫剧团他没来", "我投了豫剧团的事会上别念"])
def test_an_open_question_keeps_no_choice(village: Village, words: str) -> None:
    opened(village, TROUPES)
    village.ask("老王", "meeting.say", thing=1)
    village.say("老王", words)
    assert words not in kept(village)


@pytest.mark.parametrize(
    "words",
    ["东路，路灯坏了", "东路路灯坏了", "豫剧团的车把路压坏了", "我家投诉东路的路灯三回了没人管", "选种站的种子坏了"],
)
def test_trouble_with_an_option_s_name_in_it_is_a_matter(village: Village, words: str) -> None:
    """东路 is a place, too; words of voting alone make it a choice."""
    opened(village, ROADS if "东路" in words else TROUPES)
    village.say("老王", words)
    village.say("老王", "1")
    assert [matter.text for matter in village.matters()] == [words]


def test_a_poll_by_name_files_what_stands_beside_its_options_as_before(village: Village) -> None:
    opened(village, TROUPES.replace(" 不记名", ""))
    village.say("老王", "不请 路灯还坏着呢")
    assert [matter.text for matter in village.matters()] == ["不请 路灯还坏着呢"]


def test_a_cadre_still_asks_a_poll_with_the_same_options(village: Village) -> None:
    opened(village, TROUPES)
    assert "豫剧团" in village.say("书记", "发起投票 春节请哪家 选项 豫剧团 秦腔团 截止周六晚八点")


def test_after_the_closing_he_may_not_be_read_either(village: Village) -> None:
    opened(village, TROUPES)
    village.say("老王", "2")
    village.later(days=6)
    said = village.say("老王", "我投了豫剧团书记能看见不")
    assert "已经截止" in said
    assert village.matters() == []
