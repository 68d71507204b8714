"""What is said of a poll while it is made and after it is read back: whom it asks, until when, and corrections of its text."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village

ROADS = "发起投票 修路选哪条 A东路 B西路 截止周五晚八点"
SECTIONS = "水渠先淘哪段\n1 上段\n2 下段\n"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("发起投票 八社九社的人投 水渠先淘哪段 上段 下段 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；八社、九社200户"),
        ("发起投票 四网格 水渠先淘哪段 上段 下段 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；四网格78户"),
        ("发起投票 水渠先淘哪段 上段 下段 截止周五晚八点 八社、九社", f"{SECTIONS}一户一票，记名，只选一个；八社、九社200户"),
        ("发起投票 水渠先淘哪段 上段 下段 九社 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；九社100户"),
        ("给九社发个投票 水渠先淘哪段 上段 下段 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；九社100户"),
        ("在九社搞个投票 水渠先淘哪段 上段 下段 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；九社100户"),
        ("发起投票 水渠先淘哪段 上段 下段 除了九社都投 周五晚八点", f"{SECTIONS}一户一票，记名，只选一个；七社、八社200户"),
        ("发起投票 水渠先淘哪段 上段 下段 周五晚八点 九社不投", f"{SECTIONS}一户一票，记名，只选一个；七社、八社200户"),
        ("发起投票 水渠先淘哪段 上段 下段 截止周五晚八点 名单 九社王德福 九社张桂兰", f"{SECTIONS}一户一票，记名，只选一个；名单上2户"),
        ("发起投票 党员投 主题党日去哪 烈士陵园 敬老院 周五晚八点", "主题党日去哪\n1 烈士陵园\n2 敬老院\n一人一票，记名，只选一个；全村党员60人"),
        ("发起投票 主题党日去哪 烈士陵园 敬老院 周五晚八点 党员投", "全村党员60人"),
        ("发起投票 修路选哪条\n1东路\n2西路\n3南路\n截止周五晚八点\n九社", "3 南路\n一户一票，记名，只选一个；九社100户"),
    ],
)  # fmt: skip
def test_whom_it_asks_is_found_wherever_it_stands(village: Village, said: str, read: str) -> None:
    assert read in village.say("李书记", said)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("发起投票 九社水渠先淘哪段 上段 下段 周五晚八点", "九社水渠先淘哪段\n1 上段\n2 下段"),
        ("发起投票 哪个社先修路 七社 八社 九社 周五晚八点", "1 七社\n2 八社\n3 九社"),
        ("发起投票 先给哪个社修渠 选项 八社 九社 周五晚八点", "1 八社\n2 九社"),
        ("发起投票 党员活动去哪 烈士陵园 敬老院 周五晚八点", "党员活动去哪\n"),
    ],
)
def test_an_area_that_is_asked_about_does_not_say_whom_it_asks(village: Village, said: str, read: str) -> None:
    told = village.say("李书记", said)
    assert read in told
    assert "全村300户" in told


def test_a_keeper_says_his_own_grid(village: Village) -> None:
    told = village.say("小陈", "发起投票 修路选哪条 东路 西路 周五晚八点 我网格")
    assert "2 西路\n一户一票，记名，只选一个；四网格78户" in told


def test_whom_and_how_is_said_in_the_answers(village: Village) -> None:
    village.say("李书记", "发起投票")
    told = village.say("李书记", "九社的，路灯几点关，十点还是十一点，不记名，到周五晚八点")
    assert "\n路灯几点关\n1 十点\n2 十一点\n一户一票，不记名，只选一个；九社100户" in told
    village.say("李书记", "发起投票 修路选哪条 东路 西路")
    assert "九社100户\n11月27日 周五 晚8点截止" in village.say("李书记", "周五晚八点 九社")


@pytest.mark.parametrize(
    ("before", "said", "read"),
    [
        (ROADS, "除了九社", "七社、八社200户"),
        (f"{ROADS} 只八社投", "加上九社", "2 西路\n一户一票，记名，只选一个；八社、九社200户"),
        (ROADS, "不是全村 是九社", "九社100户"),
        (ROADS, "八社九社都投", "八社、九社200户"),
        (ROADS, "不是西路 是西沟路", "1 东路\n2 西沟路\n"),
        (ROADS, "东路写错了是东沟路", "1 东沟路\n2 西路\n"),
        (ROADS, "东路改东沟路", "1 东沟路\n2 西路\n"),
        (ROADS, "选项：南路、北路、中路", "1 南路\n2 北路\n3 中路\n"),
        (ROADS, "重新写选项 南路 北路", "1 南路\n2 北路\n一户"),
        (ROADS, "不是修路是修渠", "\n修渠选哪条\n"),
        (ROADS, "题目里修路写成修渠", "\n修渠选哪条\n"),
        (ROADS, "先修哪条路", "\n先修哪条路\n1 东路"),
        (ROADS, "再加个南路吧", "3 南路\n"),
        (ROADS, "加一项弃权", "3 弃权\n"),
        (ROADS, "加两个选项 南路 北路", "3 南路\n4 北路\n一户"),
        (ROADS.replace("B西路", "B西路 C南路"), "西路不要了", "1 东路\n2 南路\n一户"),
        (ROADS.replace("B西路", "B西路 C南路"), "把西路删掉", "1 东路\n2 南路\n一户"),
        (ROADS, "少个南路", "2 西路\n3 南路\n"),
        (ROADS, "晚上九点吧", "11月27日 周五 晚9点截止"),
        (ROADS, "改成九点", "11月27日 周五 晚9点截止"),
        (ROADS, "下午六点", "11月27日 周五 晚6点截止"),
        (ROADS, "不对 截止是周四", "11月26日 周四 晚8点截止"),
        (ROADS, "早一天", "11月26日 周四 晚8点截止"),
        (ROADS, "提前一天截止", "11月26日 周四 晚8点截止"),
        (ROADS, "延长一个礼拜", "12月4日 周五 晚8点截止"),
        (ROADS, "到月底", "11月30日 周一 晚11点59分截止"),
        (ROADS, "明天早上八点发", "11月23日 周一 上午8点开始\n11月27日 周五 晚8点截止"),
        (ROADS, "2\n题目改成先挖哪条\n加选项 北路", "先挖哪条\n1 东路\n2 西路\n3 北路\n"),
        (ROADS, "改截止到周六晚八点，不记名，九社", "不记名，只选一个；九社100户\n11月28日 周六 晚8点截止"),
        (f"{ROADS} 不记名", "改成记名", "，记名，"),
        (ROADS.replace("B西路", "B西路 C南路 最多选两个"), "最多选一个", "只选一个"),
    ],
)  # fmt: skip
def test_a_correction_changes_what_it_says_and_is_no_matter(
    village: Village, before: str, said: str, read: str
) -> None:
    village.say("李书记", before)
    assert read in village.say("李书记", said)
    assert village.matters() == []


@pytest.mark.parametrize(
    ("said", "asked", "answer", "read"),
    [
        ("改题目", "投啥事", "先修哪条渠", "\n先修哪条渠\n1 东路"),
        ("题目不对", "投啥事", "先修哪条渠", "\n先修哪条渠\n1 东路"),
        ("改选项", "有哪些选项", "北渠 南渠", "修路选哪条\n1 北渠\n2 南渠\n一户"),
        ("改时间", "投到啥时候", "周六晚八点", "11月28日 周六 晚8点截止"),
        ("改范围", "让谁投", "九社", "九社100户"),
        ("重来", "投啥事", "装不装监控 投到周六", "装不装监控\n1 装\n2 不装\n"),
    ],
)
def test_the_part_that_is_wrong_is_asked_anew(village: Village, said: str, asked: str, answer: str, read: str) -> None:
    village.say("李书记", ROADS)
    assert asked in village.say("李书记", said)
    assert read in village.say("李书记", answer)


def test_what_answers_another_question_is_kept_while_one_is_asked(village: Village) -> None:
    village.say("李书记", "弄个投票")
    village.say("李书记", "修路选哪条 东路还是西路")
    for said in ("九社投", "不记名", "可以选多个", "题目改成先修哪条路", "加一个选项 南路"):
        assert "好，记下了。投到啥时候" in village.say("李书记", said)
    told = village.say("李书记", "周五")
    assert "先修哪条路\n1 东路\n2 西路\n3 南路\n一户一票，不记名，可以多选；九社100户" in told


@pytest.mark.parametrize("said", ["1 发出", "1发出", "对头", "要得", "得劲", "👍"])
def test_it_is_sent_in_the_words_of_the_read_back_and_of_the_village(village: Village, said: str) -> None:
    village.say("李书记", ROADS)
    assert "已发到群里" in village.say("李书记", said)


@pytest.mark.parametrize("said", ["算了不发", "3 取消", "算了吧不弄"])
def test_it_is_left_in_other_words(village: Village, said: str) -> None:
    village.say("李书记", ROADS)
    assert "没发出" in village.say("李书记", said)


@pytest.mark.parametrize("said", ["东路塌了过不去人", "九社水管爆了没水"])
def test_trouble_said_beside_the_draft_is_no_correction(village: Village, said: str) -> None:
    village.say("李书记", ROADS)
    assert "改哪样" not in village.say("李书记", said)


def test_who_cannot_be_asked_together_is_not_narrowed_in_silence(village: Village) -> None:
    village.say("李书记", f"{ROADS} 党员投")
    assert "党员" not in village.say("李书记", "加上八社").replace("只九社投", "")
    assert "没找到“党员和代表" in village.say("李书记", "党员和代表投")
    assert "全村42位代表" in village.say("李书记", "代表投")
    assert "全村党员60人" in village.say("李书记", "党员")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("就同意不同意", "1 同意\n2 不同意\n一户"),
        ("同意反对弃权", "1 同意\n2 反对\n3 弃权\n"),
        ("有三个：十点、十一点、不关", "1 十点\n2 十一点\n3 不关\n"),
        ("有水的地方 有树的地方", "1 有水的地方\n2 有树的地方\n"),
        ("打井还是修渠 到周六晚八点", "1 打井\n2 修渠\n"),
    ],
)
def test_options_are_answered_in_one_breath(village: Village, said: str, read: str) -> None:
    village.say("李书记", "弄个投票")
    village.say("李书记", "村口的事咋定")
    if "截止" not in (told := village.say("李书记", said)):
        told = village.say("李书记", "周五")
    assert read in told


def test_a_scope_that_is_not_his_is_asked_again_and_the_draft_is_kept(village: Village) -> None:
    told = village.say("小陈", "大家选一下九社文化墙画啥 1 山水 2 戏曲 3 村规 投到后天晚上九点 只八社投")
    assert "范围四网格" in told
    assert "文化墙画啥\n1 山水\n2 戏曲\n3 村规\n一户一票，记名，只选一个；四网格78户" in village.say(
        "小陈", "范围四网格"
    )


def test_a_name_borne_by_several_is_asked_again_and_the_draft_is_kept(village: Village) -> None:
    assert "不止一个" in village.say("李书记", "发起投票 名单 王德福 张桂兰 路灯几点关 十点 十一点 周五晚八点")
    assert "1 十点\n2 十一点\n一户一票，记名，只选一个；名单上2户" in village.say("李书记", "九社王德福 九社张桂兰")


def test_a_secret_poll_made_named_is_answered_in_the_group_again(village: Village) -> None:
    village.say("李书记", f"{ROADS} 不记名")
    village.say("李书记", "1")
    told = village.say("李书记", "改成记名")
    assert "，记名，" in told
    assert "只能私聊投" not in told
