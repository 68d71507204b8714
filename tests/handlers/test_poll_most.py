"""How many options one may choose, and polls that are begun in few words."""

from __future__ import annotations

import pytest

from storage import tables_polls
from tests.handlers.talk import Village

THREE = "投票：过年节目 秧歌 社火 唱戏 周五截止 {}"


def ballots(village: Village) -> list[int]:
    return [row.choice for row in village.rows(tables_polls.ballots)]


@pytest.mark.parametrize("said", ["最多选两个", "每户最多选2项", "可以投两样", "三选二", "选两个"])
def test_at_most_two_is_read_back_kept_and_said_to_whoever_chooses_three(village: Village, said: str) -> None:
    assert "最多选2个" in village.say("李书记", THREE.format(said))
    village.say("李书记", "1")
    assert "最多选2个" in village.in_group()
    told = village.say("老王", "1 2 3")
    assert "您选了3个" in told
    assert "票没动" in told
    assert ballots(village) == []
    assert "1 秧歌" in village.say("老王", "1 3")
    assert "您选了3个" in village.say("老王", "再加个2")
    assert ballots(village) == [0b101]


def test_the_keeper_hears_the_same_of_a_ballot_he_takes_at_the_door(village: Village) -> None:
    village.say("李书记", THREE.format("一人一票 最多选两个"))
    village.say("李书记", "1")
    village.say("王秀英", "我婆婆没微信 她要投票 咋办")
    if "poll.for_other" in village.kinds("王秀英"):
        village.say("王秀英", "1")
    village.ask("小陈", "poll.visit", thing=village.rows(tables_polls.polls)[0].id)
    assert "您选了3个" in village.say("小陈", "周奶奶 1 2 3")
    assert ballots(village) == []


@pytest.mark.parametrize(
    ("said", "kind"),
    [("最多选三个", "可以多选"), ("只能选一个", "只选一个"), ("可以多选", "可以多选")],
)
def test_it_is_changed_in_the_draft(village: Village, said: str, kind: str) -> None:
    village.say("李书记", THREE.format("最多选两个"))
    assert kind in village.say("李书记", said)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("发起投票 选两名护林员 张三 李四 王五 后天中午截止", "选两名护林员"),
        ("投票 选两个地方装路灯：桥头、村口、学校 周五截止", "选两个地方装路灯"),
    ],
)
def test_so_many_of_them_stays_in_the_title(village: Village, said: str, title: str) -> None:
    told = village.say("李书记", said)
    assert f"\n{title}\n1 " in told
    assert "最多选2个" in told


def test_what_stands_behind_the_question_is_its_answers(village: Village) -> None:
    told = village.say("李书记", "投票：先修哪几样？路灯 水渠 道路 广场。最多选两个，周五晚八点截止，按户")
    assert "\n先修哪几样\n1 路灯\n2 水渠\n3 道路\n4 广场\n" in told


@pytest.mark.parametrize(
    "said", ["投票 修路还是修渠", "投票：修路还是修渠", "投票修路还是修渠", "投票：晚上几点开会？七点、八点"]
)
def test_who_begins_with_the_word_puts_a_poll_and_files_nothing(village: Village, said: str) -> None:
    assert "投到啥时候" in village.say("李书记", said)
    assert village.matters() == []


def test_options_alone_are_asked_what_they_are_for(village: Village) -> None:
    assert "投啥事" in village.say("李书记", "投票：东路、西路")
    village.say("李书记", "修路走哪条")
    assert "\n修路走哪条\n1 东路\n2 西路\n" in village.say("李书记", "周五")


def test_two_hours_are_a_closing(village: Village) -> None:
    assert "中午12点截止" in village.say("李书记", "投票 修路还是修渠 投两个小时")


@pytest.mark.parametrize("said", ["投票 谁还没投", "投票谁没投", "投票名单", "投票 结果啥时候出"])
def test_a_question_about_the_votes_is_no_matter(village: Village, said: str) -> None:
    village.say("李书记", THREE.format(""))
    village.say("李书记", "1")
    assert "投票1" in village.say("李书记", said)
    assert "没截止" in village.say("老王", said)
    assert village.matters() == []


def test_who_of_one_group_has_not_voted(village: Village) -> None:
    village.say("李书记", THREE.format("按户"))
    village.say("李书记", "1")
    village.say("老王", "1")
    assert "九社还有99户没投" in village.say("李书记", "九社谁没投")
    assert "还有299户没投" in village.say("李书记", "谁没投")


@pytest.mark.parametrize("said", ["1 3，另外我家停水了", "1、3 还有我家停水了", "投1和3 我家停水了"])
def test_several_figures_beside_a_matter_are_one_vote(village: Village, said: str) -> None:
    village.say("李书记", THREE.format("最多选两个"))
    village.say("李书记", "1")
    told = village.say("老王", said)
    assert "1 秧歌、3 唱戏" in told
    assert ballots(village) == [0b101]
    assert "停水" in village.heard("小陈")


def test_where_one_counts_several_figures_cost_nobody_his_matter(village: Village) -> None:
    village.say("李书记", THREE.format("单选"))
    village.say("李书记", "1")
    assert "只能选一个" in village.say("老王", "1 3，另外我家停水了")
    assert ballots(village) == []
    assert "停水" in village.heard("小陈")


def test_a_closed_poll_is_put_off_by_no_late_answer(village: Village) -> None:
    village.say("李书记", "发起投票 修路选哪条 东路 西路 截止今天中午十二点")
    village.say("李书记", "1")
    village.later(hours=1, minutes=50)
    village.say("李书记", "延长投票")
    village.later(minutes=20)
    village.in_group()
    assert "截止" in village.say("李书记", "周日晚八点")
    assert "延长到" not in village.in_group()
    assert village.rows(tables_polls.polls)[0].state == "closed"


def test_who_presses_twice_a_day_or_too_early_hears_so(village: Village) -> None:
    village.say("李书记", THREE.format(""))
    village.say("李书记", "1")
    village.say("李书记", "再催一遍没投的")
    assert "明天" in village.say("李书记", "再催一遍没投的")


def test_nobody_is_pressed_for_a_poll_that_has_not_begun(village: Village) -> None:
    village.say("李书记", "发起投票 修路选哪条 东路 西路 明天上午九点开始 周五晚八点截止")
    village.say("李书记", "1")
    assert "才开始" in village.say("李书记", "再催一遍没投的")
    village.say("李书记", "延长两天")
    assert village.in_group() == ""
