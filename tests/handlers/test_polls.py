"""Making a poll in talk, and what it tells people from opening to result."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import tables_polls as t
from tests.handlers.talk import Village

ROADS = "发起投票 修路选哪条 A东路 B西路 截止周五晚八点"


def opened(village: Village, words: str = ROADS, by: str = "李书记") -> None:
    """A poll that is out, its letters sent."""
    assert "回 1 发出" in village.say(by, words)
    assert "到点自己出结果" in village.say(by, "1")
    village.later(minutes=1)


def polls(village: Village) -> int:
    return len(village.rows(t.polls))


# -- making one


@pytest.mark.parametrize(
    ("words", "title", "options", "closes"),
    [
        (ROADS, "修路选哪条", ["1 东路", "2 西路"], "11月27日 周五 晚8点截止"),
        ("发起投票：修路选哪条？1东路 2西路 3南路，截止11月27日晚8点", "修路选哪条", ["3 南路"], "11月27日 周五 晚8点"),
        ("大家投个票，村口装不装监控，装、不装，投三天", "村口装不装监控", ["1 装", "2 不装"], "11月25日 周三"),
        ("发起投票 庙会哪天办 选项 初六 初八 截止腊月廿三晚上八点", "庙会哪天办", ["2 初八"], "1月30日 周六 晚8点"),
        (
            "发起投票 广场舞几点结束 1. 八点 2. 九点 3. 九点半 到周六晚十点截止",
            "广场舞几点结束",
            ["3 九点半"],
            "晚10点截止",
        ),
        (
            "发起投票 路灯坏了先修哪条巷子 选项 东巷 西巷 投到后天晌午",
            "路灯坏了先修哪条巷子",
            ["1 东巷"],
            "11月24日 周二 中午12点",
        ),
        ("搞个投票 题目是打井还是修渠 选项一打井 选项二修渠 截止月底 一人一票", "打井还是修渠", ["2 修渠"], "11月30日"),
    ],
)
def test_one_sentence_is_read_back_whole(
    village: Village, words: str, title: str, options: list[str], closes: str
) -> None:
    said = village.say("李书记", words)
    assert said.startswith("【征求意见，不代替会议表决】\n" + title)
    assert all(option in said for option in options)
    assert closes in said
    assert said.endswith("回 1 发出，回 2 改，回 3 取消")
    assert polls(village) == 0


def test_what_was_not_said_is_asked_one_thing_at_a_time(village: Village) -> None:
    assert "投啥事" in village.say("李书记", "东路/西路 按户投 到周五晚八点")
    assert "1 东路\n2 西路\n一户一票，记名" in village.say("李书记", "修路选哪条")
    assert "投到啥时候" in village.say("小陈", "发起投票 题目 打机井筹钱 选项 同意 不同意 弃权 不记名")
    assert "不记名" in village.say("小陈", "后天晚上八点")


def test_a_sentence_dictated_without_a_pause_is_asked_by_its_options(village: Village) -> None:
    """Its fillers (嗯那个给咱 就行了) were taken for the title."""
    said = "嗯那个给咱弄个投票吧就是路灯是装东头还是装西头一户一票投到后天晚上八点就行了"
    assert "\n路灯是装东头还是装西头\n1 装东头\n2 装西头\n" in village.say("李书记", said)


def test_wide_letters_mark_options_as_narrow_ones_do(village: Village) -> None:
    """Ａ东路 was an option of that name."""
    said = village.say("李书记", "发起投票 修路选哪条 Ａ东路 Ｂ西路 截止１１月２７日晚８点")
    assert "\n1 东路\n2 西路\n" in said


def test_to_vote_on_whether_is_a_poll_and_no_matter(village: Village) -> None:
    """投票看要不要… by the secretary was filed as a matter about land."""
    said = village.say("李书记", "投票看要不要把河滩地包给鑫农公司 投到周日")
    assert "1 要\n2 不要\n" in said
    assert "农村集体经济组织成员大会" in said
    assert village.matters() == []


@pytest.mark.parametrize(
    "words", ["大家投票评评谁家婆媳最不和 张家 李家 投到周五", "发起投票 哪户最爱嚷仗 赵家 钱家 截止周五"]
)
def test_whose_household_quarrels_is_not_voted_on(village: Village, words: str) -> None:
    assert "不能拿来投票" in village.say("李书记", words)


def test_a_waste_flat_leased_to_an_owner_belongs_to_the_assembly_of_the_collective(village: Village) -> None:
    said = village.say("李书记", "发起投票 村东那片荒滩租给老板种药材 同意 不同意 截止周五晚八点")
    assert "农村集体经济组织成员大会" in said


def test_a_question_that_names_its_options_needs_no_title(village: Village) -> None:
    read = village.say("李书记", "弄个投票看东路好还是西路好按户投投到周五晚八点")
    assert read.startswith("【征求意见，不代替会议表决】\n东路还是西路\n1 东路\n2 西路\n一户一票")
    assert "11月27日 周五 晚8点" in read
    village.say("李书记", "取消")
    village.say("李书记", "搞个投票问问大家是装太阳能路灯还是普通路灯")
    assert "\n1 太阳能路灯\n2 普通路灯\n" in village.say("李书记", "三天")


@pytest.mark.parametrize(
    ("said", "answer"),
    [("进度 007", "没找到编号"), ("九社的路灯坏了三天没人管", "收到了"), ("通知大家明天停水", "发到"),
     ("明天下午三点在村委会开群众会说修路", "通知这样发")],
)  # fmt: skip
def test_another_command_in_the_middle_is_obeyed_and_the_poll_is_not_forgotten_silently(
    village: Village, said: str, answer: str
) -> None:
    village.say("李书记", "发起投票")
    village.say("李书记", "修路选哪条")
    village.say("李书记", "东路 西路")
    said_then = village.say("李书记", said)
    assert answer in said_then
    if "刚才的投票没发出" in said_then:  # another conversation has taken its place
        assert "没发出" in village.say("李书记", "取消")
        assert "没有弄到一半的事" in village.say("李书记", "取消")
    else:
        assert "刚才的投票还没发" in said_then
        assert "1 东路\n2 西路" in village.say("李书记", "周五晚八点")


def test_the_same_command_begins_anew_and_is_no_title(village: Village) -> None:
    village.say("李书记", "发起投票")
    assert "投啥事" in village.say("李书记", "发起投票")
    assert "1 南坡\n2 北坡" in village.say("李书记", "发起投票 果园放哪 A南坡 B北坡 截止周五晚八点")
    assert "没发出" in village.say("李书记", "取消")


def test_a_villagers_wish_for_a_poll_reaches_his_keeper(village: Village) -> None:
    assert "转给网格长陈小军" in village.say("老王", "能不能让大家投票定一下先修哪条路")
    assert "十分之一以上村民" in village.say("老王", "1")
    assert "能不能让大家投票定一下先修哪条路" in village.heard("小陈")
    assert village.matters() == []
    assert "想让大伙儿投啥" in village.say("张婶", "发起投票")
    assert "村民小组会议" in "".join([village.say("张婶", "选社长让谁当"), village.say("张婶", "1")])


def test_a_wish_that_judges_a_person_is_not_passed_on(village: Village) -> None:
    village.say("老王", "发起投票")
    assert "私事" in village.say("老王", "投一下谁家媳妇最懒") or village.heard("小陈") == ""
    village.say("老王", "取消")
    assert village.heard("小陈") == ""


@pytest.mark.parametrize("said", ["投票箱坏了没人修", "上次投票结果咋还没出来", "我投1"])
def test_what_merely_mentions_a_vote_is_no_wish(village: Village, said: str) -> None:
    assert "您的主意我转给" not in village.say("老王", said)


def test_a_title_that_sounds_like_a_complaint_is_a_title(village: Village) -> None:
    village.say("李书记", "投票")
    assert "有哪些选项" in village.say("李书记", "路灯坏了先修哪条巷子")
    assert "投到啥时候" in village.say("李书记", "东巷、西巷")
    assert "1 东巷\n2 西巷" in village.say("李书记", "三天")
    assert village.matters() == []


def test_everything_can_be_changed_after_the_read_back(village: Village) -> None:
    village.say("李书记", ROADS)
    assert "改哪样" in village.say("李书记", "2")
    assert "晚9点截止" in village.say("李书记", "截止改到周六晚九点")
    assert "不记名" in village.say("李书记", "不记名")
    assert "一人一票，不记名，只选一个；全村780人" in village.say("李书记", "一人一票")
    assert "3 南路" in village.say("李书记", "加一个选项 南路")
    assert "西路" not in village.say("李书记", "去掉西路")
    assert "选哪条路好\n1 东路" in village.say("李书记", "题目改成选哪条路好")
    assert "九社" in village.say("李书记", "只九社投")
    assert "村民代表一人一票" in village.say("李书记", "代表投")
    assert "全村党员60人" in village.say("李书记", "按人投 党员")
    assert "可以多选" in village.say("李书记", "可以多选")
    assert "上午9点开始" in village.say("李书记", "明天早上九点开始投")
    assert "好，刚才的不弄了" in village.say("李书记", "算了")
    assert polls(village) == 0


def test_a_list_of_names_is_a_roll(village: Village) -> None:
    village.say("李书记", ROADS)
    assert "不止一个" in village.say("李书记", "名单 王德福 张桂兰")
    assert "没找到" in village.say("李书记", "名单 孙悟空")
    assert "名单上2户" in village.say("李书记", "名单 九社王德福 八社李长河")


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("发起投票 把机动地租给公司 同意 反对 截止周五", "农村集体经济组织成员大会"),
        ("发起投票 打机井每户出二百 同意 反对 截止周五", "村民会议"),
        ("发起投票 村规民约第五条改不改 改 不改 截止周五", "村民会议"),
    ],
)
def test_what_a_meeting_must_decide_stays_a_consultation(village: Village, words: str, body: str) -> None:
    said = village.say("李书记", words)
    assert f"按法要由{body}" in said
    assert "只能征求意见，不能代替" in said
    village.say("李书记", "1")
    assert f"按法要由{body}" in village.in_group()


# -- bad input: a kind sentence, and nothing is changed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("发起投票 修桥 选项 同意 反对 截止昨天", "已经过了"),
        ("发起投票 修桥 选项 同意 反对 截止周八", "没有周八"),
        ("发起投票 修桥 选项 同意 反对 截止13月1号", "没有13月1号"),
        ("发起投票 修桥 截止25点 选项 同意 反对", "没有25点"),
        ("发起投票 修桥 选项 同意 反对 截止周五还是周六", "您说了两个时间：周五、周六"),
        ("发起投票 修桥 选项 同意 反对 截止11月20日", "已经过了"),
        ("发起投票 修桥 选项 同意 反对 截止明年12月1日", "太远了"),
        ("发起投票 路名 选项 东路 西路 东路 截止周五", "写了两遍"),
        ("发起投票 路名 选项 " + " ".join(f"路{n}" for n in range(21)) + " 截止周五", "最多20个"),
        ("发起投票 谁是村里最懒的人 选项 张三 李四 截止周五", "脸面或私事"),
        ("发起投票 张三家媳妇作风好不好 A好 B不好 截止周五", "脸面或私事"),
        ("发起投票 老李人品咋样 A好 B差 截止周五", "脸面或私事"),
        ("发起投票 王家儿子孝不孝顺 A孝顺 B不孝顺 截止周五", "脸面或私事"),
        ("发起投票 王二媳妇该不该离婚 选项 该 不该 截止周五", "脸面或私事"),
        ("发起投票 张三是不是小偷 选项 是 不是 截止周五", "脸面或私事"),
        ("发起投票 低保给谁家 选项 张三家 李四家 截止周五", "脸面或私事"),
        ("发起投票 " + "长" * 70 + " 选项 好 不好 截止周五", "题目太长"),
        ("发起投票 装灯 选项 装 不装 截止周五 只七社投", "不归您管"),
    ],
)
def test_a_poll_that_cannot_be_is_refused_kindly(village: Village, words: str, sentence: str) -> None:
    said = village.say("小陈" if "七社" in words else "李书记", words)
    assert sentence in said
    assert polls(village) == 0
    assert village.sent == []
    assert village.matters() == []


def test_twenty_options_are_taken(village: Village) -> None:
    options = " ".join(f"路{n}" for n in range(20))
    assert "20 路19" in village.say("李书记", f"发起投票 路名 选项 {options} 截止周五")


def test_one_option_is_asked_again_and_nothing_is_lost(village: Village) -> None:
    village.say("李书记", "发起投票 修路选哪条 截止周五晚八点")
    assert "至少要两个选项" in village.say("李书记", "东路")
    assert "修路选哪条\n1 东路\n2 西路" in village.say("李书记", "东路 西路")


@pytest.mark.parametrize("when", ["半夜", "随便", "过两天", "东路"])
def test_a_closing_that_is_no_moment_is_asked_again(village: Village, when: str) -> None:
    village.say("李书记", "发起投票 修路选哪条 选项 东路 西路")
    assert "投到啥时候" in village.say("李书记", when)


def test_a_month_without_a_thirtieth_is_said(village: Village) -> None:
    said = village.say("李书记", "发起投票 庙会哪天办 选项 初六 初八 截止腊月三十")
    assert "2月5日 周五" in said
    assert "没有三十，廿九是最后一天" in said


def test_a_villager_cannot_ask_the_village(village: Village) -> None:
    village.say("老王", ROADS)
    village.say("老王", "1")
    assert polls(village) == 0


def test_a_poll_left_lying_is_refused_when_its_closing_has_passed(village: Village) -> None:
    village.say("李书记", "发起投票 吃啥 选项 面 饭 截止今天上午10点20分")
    village.now += timedelta(minutes=25)
    assert "已经过了" in village.say("李书记", "1")
    assert polls(village) == 0


# -- out it goes


def test_it_reaches_the_group_and_the_people_once(village: Village) -> None:
    opened(village)
    assert "引用这条回个数就行" in village.in_group()
    assert "1 东路\n2 西路\n全村300户来投" in village.heard("老王")
    village.later(minutes=5)
    assert village.heard("老王") == ""
    assert len(village.rows(t.poll_roll)) == 300


def test_a_poll_for_one_grid_is_for_its_households(village: Village) -> None:
    opened(village, "发起投票 巷子口装不装灯 选项 装 不装 截止周五", by="小陈")
    assert "四网格78户来投" in village.in_group()
    assert village.heard("村民代表") == ""
    assert "里面没有您" in village.say("村民代表", "投票1 投1")


def test_it_may_open_later(village: Village) -> None:
    village.say("李书记", "发起投票 明天早上九点开始投 修路选哪条 A东路 B西路 截止周五晚八点")
    assert "准时开始" in village.say("李书记", "1")
    assert village.in_group() == ""
    assert "才开始" in village.say("老王", "投票1 投1")
    village.later(hours=23)
    assert "修路选哪条" in village.in_group()
    village.later(minutes=1)
    assert "记下了" in village.say("老王", "1")


def test_it_waits_for_the_morning(village: Village) -> None:
    village.now = village.now.replace(hour=22)
    opened(village)
    assert village.in_group() == ""
    assert village.heard("老王") == ""
    village.later(hours=8, minutes=58)
    village.later(minutes=3)
    assert "修路选哪条" in village.in_group()
    assert "修路选哪条" in village.heard("老王")


def test_those_who_have_not_voted_are_reminded_a_day_before(village: Village) -> None:
    opened(village)
    village.say("老王", "1")
    village.heard("老王"), village.heard("张婶"), village.in_group()
    village.later(days=4, hours=9, minutes=59)
    village.later(minutes=2)
    assert "还有299户没投" in village.in_group()
    assert village.heard("老王") == ""
    assert "您家还没投" in village.heard("张婶")
    village.later(minutes=10)
    assert village.heard("张婶") == ""


def test_an_extended_poll_reminds_again_without_any_clean_up(village: Village) -> None:
    opened(village)
    village.later(days=4, hours=10)
    assert "延长到11月29日" in village.say("李书记", "延长到周日")
    village.heard("张婶")
    village.later(days=1)
    assert "您家还没投" not in village.heard("张婶")  # closing is more than a day off again
    village.later(days=1, hours=1, minutes=13)
    assert village.heard("张婶") == ""
    village.later(minutes=2)  # a day before midnight is night: it comes the evening before
    assert "11月29日" in village.heard("张婶")


# -- changing one that is out


def test_a_change_after_the_first_vote_asks_everybody_again(village: Village) -> None:
    opened(village)
    village.say("老王", "1")
    village.heard("老王"), village.in_group()
    said = village.say("李书记", "题目改成修哪条路好")
    assert "已经有1户投过，改了要请大伙儿重新投" in said
    village.say("李书记", "1")
    assert "这次投票改了，请重新投" in village.in_group()
    village.later(minutes=1)
    assert "修哪条路好" in village.heard("老王")
    assert "您还没投" in village.say("老王", "我投了啥")
    assert "投的是 2 西路" in village.say("老王", "2")
    assert [(row.version, row.state) for row in village.rows(t.polls)] == [(1, "replaced"), (2, "open")]


def test_a_change_given_up_changes_nothing(village: Village) -> None:
    opened(village)
    village.say("老王", "1")
    village.say("李书记", "加一个选项 南路")
    village.say("李书记", "3")
    assert "投的是 1 东路" in village.say("老王", "我投了啥")
    assert polls(village) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("延长到昨天", "已经过了"), ("延长到明天", "本来就投到"), ("投票9延长三天", "说的是哪个投票")],
)
def test_an_extension_that_cannot_be(village: Village, words: str, sentence: str) -> None:
    opened(village)
    assert sentence in village.say("李书记", words)


def test_only_who_answers_for_it_may_close_it(village: Village) -> None:
    opened(village)
    village.say("小陈", "投票1结束")
    village.say("小陈", "1")
    village.say("老王", "投票结束")
    village.later(minutes=1)
    assert village.rows(t.polls)[0].state == "open"


def test_closing_early_is_asked_once_more_and_cannot_be_taken_back(village: Village) -> None:
    opened(village)
    assert "截了不能再开" in village.say("李书记", "投票结束")
    assert "不截止" in village.say("李书记", "3")
    village.say("李书记", "投票结束")
    village.say("李书记", "1")
    village.later(minutes=1)
    assert "投票结果" in village.in_group()
    assert "没有正在投的票" in village.say("李书记", "延长到周日")


# -- how it stands


def test_nobody_sees_a_count_before_the_closing(village: Village) -> None:
    opened(village)
    for who in ("老王", "张婶"):
        village.say(who, "2")
    for who, words in [
        ("李书记", "投票结果"),
        ("李书记", "看看票"),
        ("文书", "东路西路哪个票多"),
        ("老王", "投票结果"),
    ]:
        said = village.say(who, words)
        assert "西路 2" not in said
        assert "2户" not in said.replace("已投2户", "")
        assert "截止" in said
    assert "已投2户，还差298户" in village.say("李书记", "投票结果")


def test_who_has_not_voted_is_named_in_a_named_poll_only(village: Village) -> None:
    opened(village, "发起投票 巷口装灯 选项 装 不装 截止周五 名单 九社王德福 九社王秀英")
    village.say("王秀英", "1")
    assert "还有" in village.say("李书记", "谁还没投")


def test_the_result_says_who_could_who_did_and_what_comes_next(village: Village) -> None:
    opened(village)
    for who, words in [("老王", "1"), ("张婶", "选东路"), ("王秀英", "2")]:
        village.say(who, words)
    village.in_group(), village.heard("李书记")
    village.later(days=5, hours=9, minutes=59)
    village.later(minutes=1)
    said = village.in_group()
    assert "1.东路 2户\n2.西路 1户\n参加3户/应投300户" in said
    assert "征求意见，不代替会议表决" in said
    assert "选“东路”的最多" in said
    assert "下一步" in said
    assert said.endswith("投票1")
    assert "参加3户" in village.heard("李书记")
    assert "1.东路 2户" in village.say("老王", "投票结果")


def test_a_breakdown_with_a_small_cell_is_withheld(village: Village) -> None:
    opened(village)
    village.say("老王", "1")
    village.say("李书记", "投票结束")
    village.say("李书记", "1")
    village.later(minutes=1)
    assert "所以不列" in village.say("李书记", "投票结果分社")


# -- what is said beside what was asked


@pytest.mark.parametrize(
    ("said", "closes"),
    [
        ("初六 初八 截止腊月三十", "2月5日 周五"),
        ("初六 初八 投到周五晚八点", "11月27日 周五 晚8点"),
        ("初六、初八，周五晚八点截止", "11月27日 周五 晚8点"),
    ],
)
def test_options_may_be_answered_with_the_closing_beside_them(village: Village, said: str, closes: str) -> None:
    """The closing was asked for again."""
    village.say("李书记", "发起投票 庙会哪天办")
    read_back = village.say("李书记", said)
    assert "1 初六\n2 初八\n一户一票" in read_back
    assert closes in read_back


def test_settings_said_with_the_options_are_no_options(village: Village) -> None:
    village.say("李书记", "发起投票 修路选哪条")
    village.say("李书记", "东路 西路 不记名")
    assert "1 东路\n2 西路\n一户一票，不记名" in village.say("李书记", "三天")


def test_ways_to_pay_are_options_though_they_sound_like_settings(village: Village) -> None:
    village.say("李书记", "发起投票 垃圾费咋收")
    village.say("李书记", "按户 按人")
    assert "1 按户\n2 按人\n" in village.say("李书记", "三天")


def test_the_question_may_be_answered_with_its_options(village: Village) -> None:
    village.say("李书记", "发起投票")
    assert "\n修路选哪条\n1 东路\n2 西路\n" in village.say("李书记", "修路选哪条 东路 西路 到周五晚八点截止")


@pytest.mark.parametrize(
    "said", ["选谁当社长 张三 李四", "发起投票 选谁当社长 张三 李四 王五", "谁来当社长 张三丰 李四"]
)
def test_names_behind_a_question_are_its_options_and_the_law_is_told(village: Village, said: str) -> None:
    """They were asked for again, or the sentence became a matter."""
    assert "投到啥时候" in village.say("李书记", said)
    read_back = village.say("李书记", "周五晚八点")
    assert "1 张三" in read_back
    assert "2 李四" in read_back
    assert "村民小组会议" in read_back
    assert "只能征求意见" in read_back


def test_who_is_to_be_elected_may_be_the_title(village: Village) -> None:
    village.say("李书记", "发起投票")
    assert "有哪些选项" in village.say("李书记", "选谁当社长")


def test_a_villager_who_says_so_makes_no_poll(village: Village) -> None:
    village.say("老王", "选谁当社长 张三 李四")
    assert "投到啥时候" not in village.say("老王", "选谁当社长 张三 李四")
    assert polls(village) == 0


@pytest.mark.parametrize("slip", ["投漂", "投飘", "投嫖", "头票"])
def test_a_slip_in_the_command_is_not_in_the_title(village: Village, slip: str) -> None:
    """弄个投漂 stood before the question everybody read."""
    said = village.say("李书记", f"弄个{slip}路灯装东头还是西头 周五晚八点截止")
    assert said.startswith("【征求意见，不代替会议表决】\n路灯装东头还是西头\n1 东头\n2 西头\n")


def test_an_option_keeps_its_first_letter(village: Village) -> None:
    """学校门口 was cut to the length of 庙门口."""
    assert "1 学校门口\n2 庙门口" in village.say("李书记", "大家选一下 戏台子搭在学校门口还是庙门口 明天中午截止")


def test_a_keeper_hears_that_the_poll_is_not_his(village: Village) -> None:
    """谁还没投 of a keeper heard that no poll was open."""
    opened(village)
    said = village.say("小陈", "谁还没投")
    assert "不归您管" in said
    assert "书记" in said


def test_a_question_that_holds_both_answers_needs_no_others(village: Village) -> None:
    """The options of 同意不同意修路 were asked for."""
    assert "1 同意\n2 不同意\n" in village.say("李书记", "发起投票 同意不同意修路 截止周五晚八点")


def test_what_is_said_of_the_closing_is_not_the_title(village: Village) -> None:
    """就投今天 left 就投 for the title, and 路灯装 was lost."""
    said = village.say("李书记", "弄个投票 路灯装东头还是西头 就投今天")
    assert "\n路灯装东头还是西头\n1 东头\n2 西头\n" in said


def test_a_number_no_poll_has_is_answered_with_those_there_are(village: Village) -> None:
    """投票9延到礼拜天 heard that no poll was open."""
    opened(village)
    assert "投票1 修路选哪条" in village.say("李书记", "投票9延到礼拜天")


def test_a_full_day_of_the_group_is_not_called_sent(village: Village) -> None:
    """已发到群里 was said of a poll that the group would read the next morning."""
    for title in ("修路选哪条", "修渠选哪条", "修桥选哪条"):
        opened(village, f"发起投票 {title} 东路 西路 截止周五晚八点")
    village.say("李书记", "发起投票 庙会哪天办 初六 初八 截止周五晚八点")
    assert "群里今天说满三条了" in village.say("李书记", "1")


def test_what_is_begun_at_night_is_not_called_sent(village: Village) -> None:
    """已发到群里 was said at eleven of a poll and 群里也发了 of a meeting that the group would read at seven."""
    village.later(hours=(23 - village.now.hour) % 24)
    village.say("李书记", "发起投票 修路选哪条 东路 西路 截止周五晚八点")
    poll = village.say("李书记", "1")
    assert "早7点发到群里" in poll
    assert "已发" not in poll
    village.say("李书记", "后天下午三点在村委会开群众会说修路的事")
    meeting = village.say("李书记", "1")
    assert "早7点送到" in meeting
    assert "群里也发了" not in meeting


@pytest.mark.parametrize(
    ("words", "title", "options"),
    [
        ("征求一下大家意见 庙会唱几天戏 三天 五天 七天 投到月底", "庙会唱几天戏", "1 三天\n2 五天\n3 七天\n"),
        ("大伙儿说说 打机井 同意的投1 不同意的投2 明晚八点截止", "打机井", "1 同意\n2 不同意\n"),
        ("搞个匿名投票 村医换不换 截止后天", "村医换不换", "1 换\n2 不换\n"),
        ("发起投票 选最美儿媳 张桂兰 王秀英 截止周五", "选最美儿媳", "1 张桂兰\n2 王秀英\n"),
    ],
)
def test_a_question_put_to_everybody_in_other_words_is_a_poll(
    village: Village, words: str, title: str, options: str
) -> None:
    """The first became a matter, the others were asked for options or kept 搞个 in the title."""
    said = village.say("李书记", words)
    assert f"\n{title}\n{options}" in said
    assert village.matters() == []


@pytest.mark.parametrize(
    "words",
    [
        "该不该开除张桂兰的低保 截止周五",
        "张家和李家的地界谁对 张家 李家 截止周五",
        "取消老王家的救助 同意 不同意 截止周五",
    ],
)
def test_whose_relief_ends_and_who_is_right_is_not_voted_on(village: Village, words: str) -> None:
    assert "不能拿来投票" in village.say("李书记", f"发起投票 {words}")


@pytest.mark.parametrize("words", ["停车场对低保户免费 同意 不同意 截止周五", "低保评议要不要公开 截止周五"])
def test_what_concerns_nobody_by_name_is(village: Village, words: str) -> None:
    assert "回 1 发出" in village.say("李书记", f"发起投票 {words}")
