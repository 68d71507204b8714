"""How a meeting is called in other words: two times, fields apart by spaces, topics counted, and a read-back answered."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village
from tests.handlers.test_meetings import meetings

TWO_DAYS = "周三或者周四下午三点在村委会开群众会说修路 全村"
TWO_HOURS = "明天下午三点或者四点在村委会开群众会说修路 全村"
PLAIN = "周五晚上七点在村委会开群众会说修路 全村"


@pytest.mark.parametrize(
    ("words", "answer", "when"),
    [
        (TWO_DAYS, "周四", "11月26日 周四 下午3点"),
        (TWO_DAYS, "周三吧", "11月25日 周三 下午3点"),
        (TWO_DAYS, "第二个", "11月26日 周四 下午3点"),
        (TWO_DAYS, "1", "11月25日 周三 下午3点"),
        (TWO_DAYS, "周四下午四点", "11月26日 周四 下午4点"),
        (TWO_DAYS, "周五下午四点", "11月27日 周五 下午4点"),
        (TWO_HOURS, "四点", "11月23日 周一 下午4点"),
        (TWO_HOURS, "三点吧", "11月23日 周一 下午3点"),
        (TWO_HOURS, "后一个", "11月23日 周一 下午4点"),
        (TWO_HOURS, "下午5点", "11月23日 周一 下午5点"),
        ("明天上午还是后天上午十点在村委会开群众会说修路 全村", "后天", "11月24日 周二 上午10点"),
    ],
)
def test_of_two_times_the_answer_names_one(village: Village, words: str, answer: str, when: str) -> None:
    """四点 was read as today's, and 第二个 not at all."""
    assert "您说了两个时间" in village.say("李书记", words)
    assert f"时间：{when}" in village.say("李书记", answer)
    village.say("李书记", "1")
    assert len(meetings(village)) == 1


def test_an_hour_that_fits_both_days_is_asked_back(village: Village) -> None:
    village.say("李书记", TWO_DAYS)
    assert "11月25日 周三，还是11月26日 周四" in village.say("李书记", "四点")
    assert "11月26日 周四 下午4点" in village.say("李书记", "周四下午四点")


@pytest.mark.parametrize(
    ("answer", "when"), [("晚上", "晚7点"), ("晚上的", "晚7点"), ("早上", "早7点"), ("晚上八点", "晚8点")]
)
def test_half_of_the_day_said_alone_keeps_the_day(village: Village, answer: str, when: str) -> None:
    """晚上 after 早7点吗 was this evening."""
    assert "早7点吗" in village.say("李书记", "后天7点在村委会开群众会说修路 全村")
    assert f"11月24日 周二 {when}" in village.say("李书记", answer)


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        ("周五晚上七点群众会 村委会 修路 全村", "商量：修路\n"),
        ("11/28 14:30 村委会 群众会 修路 全村", "商量：修路\n"),
        ("29号上午九点党员会 村委会 学文件", "商量：学文件\n"),
        ("周五晚上七点群众会 村委会 修路 水费 全村", "1.修路 2.水费"),
        ("周五晚上七点群众会 村委会 议题1修路 议题2水费 议题3社火 全村", "1.修路 2.水费 3.社火"),
        ("周五晚上七点群众会 村委会 一是修路 二是水费收缴 三是评积分 全村", "1.修路 2.水费收缴 3.评积分"),
    ],
)
def test_what_stands_between_the_fields_is_the_topic(village: Village, words: str, topics: str) -> None:
    said = village.say("李书记", words)
    assert topics in said.replace("；", " "), said


def test_fields_that_are_all_known_leave_the_topic_to_be_asked(village: Village) -> None:
    assert "商量什么事" in village.say("李书记", "周五晚上七点 地头 板凳会 九社")
    assert "商量啥" in village.say("李书记", "行 发吧"), "and that is no topic"


@pytest.mark.parametrize(
    "words", ["行 发吧", "好着呢", "对着呢 发出去", "没错", "发吧", "中 发", "可以，发", "嗯，就这样发吧"]
)
def test_a_read_back_is_confirmed_in_other_words(village: Village, words: str) -> None:
    village.say("李书记", PLAIN)
    assert village.say("李书记", words).startswith("发出了")
    assert len(meetings(village)) == 1


@pytest.mark.parametrize("words", ["先别发", "先不发", "等一下", "不对", "等等我再看看"])
def test_what_confirms_nothing_sends_nothing(village: Village, words: str) -> None:
    village.say("李书记", PLAIN)
    village.say("李书记", words)
    assert meetings(village) == []
    assert village.say("李书记", "1").startswith("发出了")


def test_a_topic_is_added_after_the_read_back(village: Village) -> None:
    """再加个水费 took the place of the topic there was."""
    village.say("李书记", PLAIN)
    said = village.say("李书记", "再加个水费")
    assert "修路" in said
    assert "水费" in said
    assert "提前" not in said
    assert "11月26日 周四 晚7点" in village.say("李书记", "时间不对 是周四")
    assert "晚6点半" in village.say("李书记", "提前半小时")


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("会议延期到下周三", "12月2日 周三 晚7点"),
        ("会改到下周三", "11月25日 周三 晚7点"),
        ("会推迟到下周六", "11月28日 周六 晚7点"),
    ],
)
def test_put_off_until_next_week_is_later_than_it_stood(village: Village, words: str, when: str) -> None:
    """会议延期到下周三, said on a Sunday of a meeting on Friday, was the Wednesday before it."""
    village.say("李书记", PLAIN)
    village.say("李书记", "1")
    assert f"时间：{when}（原来11月27日" in village.say("李书记", words)


@pytest.mark.parametrize(
    ("words", "topics"),
    [("不是修路 是修渠", "商量：修渠\n"), ("去掉修路 换成水费", "商量：水费\n"), ("把修路去掉", "商量：修路\n")],
)
def test_a_topic_gives_way_to_another(village: Village, words: str, topics: str) -> None:
    village.say("李书记", PLAIN)
    village.say("李书记", words)
    assert topics in village.say("李书记", "改到晚上七点")
