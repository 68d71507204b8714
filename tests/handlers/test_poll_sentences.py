"""Polls made by one sentence in many words: what is asked, between what, for whom; and what is no poll."""

from __future__ import annotations

import pytest

from tests.handlers.talk import Village


@pytest.mark.parametrize(
    ("words", "title", "options", "more"),
    [
        ("咱们投个票 定下村口小广场装健身器材还是种花 投到周五晚上9点", "村口小广场装健身器材还是种花", "1 装健身器材\n2 种花\n", "一户一票"),
        ("搞一个不记名投票，选环卫员：张三、李四、王五，一人一票，周六中午12点截止", "选环卫员", "1 张三\n2 李四\n3 王五\n", "一人一票，不记名"),
        ("发起投票 过年文艺节目 秧歌 社火 唱戏 放电影 可以选两个 腊月二十截止", "过年文艺节目", "1 秧歌\n2 社火\n3 唱戏\n4 放电影\n", "最多选2个"),
        ("九社的投一下 水渠修南边还是北边 明天晚上十点截止", "水渠修南边还是北边", "1 南边\n2 北边\n", "九社100户"),
        ("发起投票 广场名字 幸福 团结 和谐广场 投三天", "广场名字", "1 幸福\n2 团结\n3 和谐广场\n", "11月25日"),
        ("发起投票：要不要请戏班子？要 不要 到周五", "要不要请戏班子", "1 要\n2 不要\n", "11月27日"),
        ("弄个票 庙会唱秦腔还是放电影 截止周五", "庙会唱秦腔还是放电影", "1 唱秦腔\n2 放电影\n", "11月27日"),
        ("只让代表投 村规第五条改不改 改 不改 截止周五", "村规第五条改不改", "1 改\n2 不改\n", "代表"),
        ("征求一下意见 要不要装监控 装 不装 三天后截止", "要不要装监控", "1 装\n2 不装\n", "11月25日"),
        ("问大家一个事 公厕修在东头还是西头 后天截止", "公厕修在东头还是西头", "1 东头\n2 西头\n", "11月24日"),
        ("请各位户主投票 垃圾清运费一年60还是80 截止12月1号", "垃圾清运费一年60还是80", "1 60\n2 80\n", "12月1日"),
        ("投票 戏台修哪 老村部 学校 明天", "戏台修哪", "1 老村部\n2 学校\n", "11月23日"),
        ("大家选一下护林员 张建国 李为民 截止明天中午", "护林员", "1 张建国\n2 李为民\n", "11月23日"),
        ("发起投票 中秋节活动：猜灯谜/篮球赛/包饺子 每人一票 可以多选 周五中午截止", "中秋节活动", "1 猜灯谜\n2 篮球赛\n3 包饺子\n", "可以多选"),
    ],
)  # fmt: skip
def test_one_sentence_says_it_all(village: Village, words: str, title: str, options: str, more: str) -> None:
    said = village.say("李书记", words)
    assert f"\n{title}\n{options}" in said
    assert more in said
    assert "回 1 发出" in said
    assert village.matters() == []


@pytest.mark.parametrize("words", ["我想发个投票", "能不能帮我发个投票", "帮我发个投票"])
def test_a_wish_for_a_poll_that_says_nothing_asks_about_what(village: Village, words: str) -> None:
    """我想 was its title."""
    assert "投啥事" in village.say("李书记", words)


@pytest.mark.parametrize(
    "words",
    [
        "发起投票 评一评谁家卫生最差 张三家 李四家 截止周五",
        "发起投票 谁家最不讲卫生 老张 老李 截止周五",
        "投票决定老李家算不算贫困户",
        "投票 要不要让老李家退出低保 要 不要 明天截止",
    ],
)
def test_who_is_worst_is_no_question_for_a_poll(village: Village, words: str) -> None:
    assert "脸面或私事" in village.say("李书记", words)


def test_whose_road_is_worst_is_one(village: Village) -> None:
    assert "回 1 发出" in village.say("李书记", "发起投票 谁家门口的路最差 七社 八社 截止周五")


@pytest.mark.parametrize("words", ["叫人投诉了，路灯不亮", "弄个票据证明", "让大家投药 老鼠太多了"])
def test_what_merely_sounds_so_makes_no_poll(village: Village, words: str) -> None:
    assert "回 1 发出" not in village.say("李书记", words)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("投票 卖掉集体的老仓库 同意 不同意 三天", "农村集体经济组织成员大会"),
        ("投票 把老小学租给合作社 同意 不同意 三天", "农村集体经济组织成员大会"),
        ("投票 换不换书记 换 不换 三天", "村党员大会"),
        ("投票 换掉村主任 同意 不同意 三天", "村民选举"),
    ],
)
def test_the_body_the_law_names_is_told(village: Village, words: str, body: str) -> None:
    said = village.say("李书记", words)
    assert body in said
    assert "征求意见，不代替会议表决" in said


def test_a_title_may_be_named_as_one(village: Village) -> None:
    village.say("李书记", "发起投票")
    village.say("李书记", "题目是修戏台")
    village.say("李书记", "老村部 学校")
    assert "\n修戏台\n" in village.say("李书记", "三天")


def test_a_poll_that_asks_for_a_time_puts_nothing_off(village: Village) -> None:
    """It was answered 现在没有正在投的票."""
    said = village.say("李书记", "投票：下周文艺演出几点开始？1、下午两点 2、下午三点 3、晚上七点。周日晚上截止")
    assert "1 下午两点\n2 下午三点\n3 晚上七点" in said
