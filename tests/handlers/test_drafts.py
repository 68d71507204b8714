"""What is read back and not sent yet: left, kept waiting, changed; and whom and when it names."""

from __future__ import annotations

import pytest

from storage import tables, tables_polls
from tests.handlers.talk import Village

POLL = "弄个投票 修路 东路 西路 按户 投到周五晚八点"
MEETING = "后天下午三点在大队开群众会说水费 每户一人"


@pytest.mark.parametrize("draft", [POLL, MEETING])
@pytest.mark.parametrize(
    "said", ["取消那个投票", "取消明天的会", "不发了 明天再说", "这个通知不要了", "删了吧", "把刚才的投票撤了"]
)
def test_whoever_leaves_a_draft_sends_nothing_with_the_next_1(village: Village, draft: str, said: str) -> None:
    village.say("李书记", draft)
    assert "没发出" in village.say("李书记", said)
    village.say("李书记", "1")
    assert village.in_group() == ""
    assert village.matters() == []


@pytest.mark.parametrize("said", ["先不发", "先别发", "等会儿发", "等会儿再发"])
def test_a_draft_waits_and_how_to_send_it_is_said(village: Village, said: str) -> None:
    village.say("李书记", POLL)
    assert "先不发" in village.say("李书记", said)
    assert village.in_group() == ""
    village.say("李书记", "1")
    assert "东路" in village.in_group()


@pytest.mark.parametrize("said", ["不要写名字", "别写名字", "保密", "别记名", "匿名"])
def test_names_are_left_out_where_a_draft_is_spoken_of(village: Village, said: str) -> None:
    village.say("李书记", POLL)
    assert "不记名" in village.say("李书记", said)
    assert village.matters() == []


@pytest.mark.parametrize("said", ["取消投票", "投票作废", "删除投票", "撤销投票", "取消刚才的投票"])
def test_a_poll_that_is_out_can_only_be_closed_and_that_is_asked(village: Village, said: str) -> None:
    village.say("李书记", POLL)
    village.say("李书记", "1")
    assert "回 1 截止" in village.say("李书记", said)
    assert village.matters() == []


def test_a_day_more_said_to_the_question_of_closing_closes_nothing(village: Village) -> None:
    village.say("李书记", POLL)
    village.say("李书记", "1")
    village.say("李书记", "投票停了")
    told = village.say("李书记", "再加一天")
    assert "延长" in told
    assert "发出" not in told
    assert village.rows(tables_polls.polls)[0].state == "open"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("加中路 不记名 一人一票", ("3 中路", "不记名", "一人一票")),
        ("再多两天", ("11月29日",)),
    ],
)
def test_a_change_says_several_things(village: Village, said: str, words: tuple[str, ...]) -> None:
    village.say("李书记", POLL)
    told = village.say("李书记", said)
    assert all(word in told for word in words)
    assert "4 " not in told


@pytest.mark.parametrize(
    ("said", "words", "never"),
    [
        ("弄个投票 修路 东路 西路 九社 按户 不记名 投到周五", "九社100户", "3 九社"),
        ("弄个投票 修路 东路 西路 投到下个月十五", "12月15日", "3 十五"),
        ("弄个投票 修路 东路 西路 11/25 18:00截止", "11月25日 周三 晚6点截止", "1 11"),
        ("弄个投票 修路 东路 西路 后天开始 投三天", "11月24日 周二 上午8点开始\n11月27日", "11点59分开始"),
    ],
)
def test_whom_and_when_is_no_option(village: Village, said: str, words: str, never: str) -> None:
    told = village.say("李书记", said)
    assert words in told
    assert never not in told


@pytest.mark.parametrize(
    "said", ["后天下午三点除了九社都来大队开群众会说水费", "后天下午三点八社和九社在大队开群众会说水费"]
)
def test_who_is_called_is_asked_where_one_place_does_not_say_it(village: Village, said: str) -> None:
    told = village.say("李书记", said)
    assert "请" in told
    assert "100户" not in told
    assert "几个社分开" in village.say("李书记", "九社和八社")


def test_an_hour_between_two_is_asked(village: Village) -> None:
    assert "两个时间" in village.say("李书记", "后天下午两三点开群众会 大队 说水费")


# -- two polls at once


def test_the_numbers_of_two_polls_are_those_one_presses(village: Village) -> None:
    for draft in (POLL, "弄个投票 修桥 修 不修 按户 投到周五晚八点"):
        village.say("李书记", draft)
        village.say("李书记", "1")
    assert "1投票1 修路 2投票2 修桥" in village.say("王秀英", "1")
    assert "东路" in village.say("王秀英", "投票1")


# -- votes and questions in any words


@pytest.fixture
def poll(village: Village) -> Village:
    village.say("李书记", POLL)
    village.say("李书记", "1")
    return village


@pytest.mark.parametrize("said", ["1️⃣", "先修东路", "肯定是东路么", "给东路投一票"])
def test_a_vote_in_any_words(poll: Village, said: str) -> None:
    assert "您家投的是 1 东路" in poll.say("王秀英", said)


@pytest.mark.parametrize(
    "said",
    [
        "投票啥意思",
        "这投票算数不",
        "我家5口人投5票",
        "东路还是西路好？",
        "能改几回",
        "媳妇投了我还用投不",
    ],
)
def test_a_question_about_the_poll_is_answered_with_it(poll: Village, said: str) -> None:
    told = poll.say("老王", said)
    assert "一户一票" in told
    assert "之前可以改" in told
    assert poll.rows(tables_polls.ballots) == []
    assert poll.rows(tables.matters) == []


@pytest.mark.parametrize(
    ("said", "option"), [("我看中", "1 同意"), ("要得", "1 同意"), ("我看行", "1 同意"), ("不得行", "2 反对")]
)
def test_yes_and_no_in_the_words_of_the_place(village: Village, said: str, option: str) -> None:
    village.say("李书记", "弄个投票 修路 同意 反对 弃权 投到周五晚八点")
    village.say("李书记", "1")
    assert f"您家投的是 {option}" in village.say("张婶", said)


def test_who_does_not_know_has_not_abstained(village: Village) -> None:
    village.say("李书记", "弄个投票 修路 同意 反对 弃权 投到周五晚八点")
    village.say("李书记", "1")
    assert "没给您记票" in village.say("王秀英", "不晓得")
    assert village.rows(tables_polls.ballots) == []


def test_numbers_that_are_not_their_own_places_are_no_options(village: Village) -> None:
    assert "带上字" in village.say("李书记", "弄个投票 水费一方收几块 2 3 4 按户 投到周五晚八点")
    assert "1 两块" in village.say("李书记", "两块 三块 四块")


@pytest.mark.parametrize(
    "said",
    [
        "投票 谁是村里的后进户 1老王家 2张婶家 投到周三",
        "弄个投票 老王疯了没 疯了 没疯 投到周五晚八点",
        "弄个投票 老王该不该吃低保 该 不该 投到周五",
        "弄个投票 要不要给老王家断水 要 不要 投到周五",
        "弄个投票 谁欠钱不还 老王 张婶 投到周五",
    ],
)
def test_nobody_s_dignity_is_put_to_a_vote(village: Village, said: str) -> None:
    assert "脸面" in village.say("李书记", said)


def test_a_new_chair_is_elected_by_the_villagers(village: Village) -> None:
    assert "村民选举" in village.say("李书记", "弄个投票 选新主任 周正 李长河 投到周五晚八点")


@pytest.mark.parametrize(("said", "words"), [("每户改成每人", "一人一票"), ("把东路删了换中路", "1 中路")])
def test_a_draft_is_put_right(village: Village, said: str, words: str) -> None:
    village.say("李书记", POLL)
    assert words in village.say("李书记", said)


def test_topics_marked_as_they_are_written_are_topics(village: Village) -> None:
    said = "12月1号下午两点半 大队 群众大会 议题：一、修水渠 二、收卫生费 三、选网格员"
    assert "1.修水渠 2.收卫生费 3.选网格员" in village.say("李书记", said)


def test_a_leap_month_that_is_none_is_no_day(village: Village) -> None:
    assert "没有闰月初一" in village.say("李书记", "闰月初一开群众会 大队 说水费 下午三点")


# -- answers to a notice


@pytest.fixture
def called(village: Village) -> Village:
    village.say("李书记", MEETING)
    village.say("李书记", "1")
    return village


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("我妈去世了 去不了", "您来不了"),
        ("我儿去", "您儿子替您家来"),
        ("我奶去", "您奶奶替您家来"),
        ("还是我去", "您来"),
        ("3 水费太贵", "会上念给大伙儿听"),
        ("我想说两句：水费不能涨", "会上念给大伙儿听"),
    ],
)
def test_an_answer_in_any_words(called: Village, said: str, words: str) -> None:
    assert words in called.say("会计", said)
    assert called.matters() == []


def test_whether_he_comes_or_not_is_no_answer(called: Village) -> None:
    assert "您来不了" not in called.say("老王", "来不来都行")


@pytest.mark.parametrize("said", ["让我爷去", "老婆子叫我去", "我弟去 他手机139000000", "老汉瘫在炕上 我去"])
def test_no_answer_is_taken_for_danger(called: Village, said: str) -> None:
    assert "危险" not in called.say("老王", said)
    assert called.rows(tables.alarms) == []


# -- the clerk's list and the minutes


def test_the_clerk_signs_in_those_he_names(called: Village) -> None:
    called.later(days=2, hours=5)
    assert "签到1人：张桂兰" in called.say("文书", "来了 张桂兰 许东升")
    assert "赵敏" not in called.say("文书", "谁来了")
    assert "签到1人：王秀英" in called.say("文书", "王秀英到了 张桂兰也到了")
    assert "王德福" in called.say("文书", "签到 九社王德福").partition("到会")[0]


def test_what_too_few_decide_is_kept_as_words(village: Village) -> None:
    village.say("李书记", "26号上午九点村民代表会 村委会 议题 打井收钱、修路")
    village.say("李书记", "1")
    village.later(days=3, hours=23.3)
    village.say("文书", "签到 马代民")
    village.say("李书记", "会议记录")
    assert "定不了" in village.say("李书记", "决定 打井 李长河 12月1号")
    assert "卫生费" in village.say("李书记", "再补一句 卫生费从正月开始收")
    assert "定下" not in village.say("李书记", "记完了")
    assert "定下" not in village.say("李书记", "1")
